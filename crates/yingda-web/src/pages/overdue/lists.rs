//! 超时与延期 as lists: what waits for the reader, the statements of the whole desk, requests and first receivers who have left.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use yingda_app::answerable::Filter;
use yingda_app::answerable::lists::{ExtensionLine, OfferLine, PAGE, StatementLine};
use yingda_app::answerable::owner::Offered;
use yingda_app::{AppError, Directory, secret};
use yingda_core::answerable::{ExtensionKind, StatementState};
use yingda_core::{Action, PersonId, Refusal, StatementId};

use super::words::{amount, cause_word, extension_badge, offer_badge, statement_badge};
use crate::front::visit::encode;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, refusal_sentence, reply};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Paging};
use crate::pages::actions::once;
use crate::pages::forms::{departments, people, refill};
use crate::pages::show::Show;
use crate::shell::{Flash, FlashKind, capped};
use crate::views::overdue::{BulkOffer, OverdueLine, OverduePage, OverdueSection, OverdueTab};

/// The people who can be a ticket's first receiver, without one.
#[must_use]
pub fn desk_people(directory: &Directory, without: Option<PersonId>) -> Vec<Choice> {
    let at_desk = |choice: &Choice| {
        choice
            .value
            .parse()
            .ok()
            .filter(|id| Some(*id) != without)
            .and_then(|id| directory.people.get(&id))
            .is_some_and(|p| p.roles.at_desk())
    };
    people(directory).into_iter().filter(at_desk).collect()
}

fn ticket_of(show: &Show, ticket: &yingda_core::ticket::Ticket) -> (String, String, String) {
    let row = show.ticket(ticket);
    let href = row.href();
    (row.number, row.title, href)
}

fn statement_line(t: Tr, show: &Show, line: &StatementLine) -> OverdueLine {
    let s = &line.statement;
    let directory = show.directory();
    let mut notes = Vec::new();
    notes.extend(s.department.map(|id| directory.department_name(id)));
    notes.extend(s.person.map(|id| directory.person_name(id)));
    if !s.cause.is_empty() {
        notes.push(cause_word(t, &s.cause));
    }
    if !s.note.is_empty() {
        notes.push(s.note.clone());
    }
    let action = if line.may_write {
        t.say("overdue-write")
    } else if !line.verdicts.is_empty() && s.state == StatementState::Submitted {
        t.say("overdue-review")
    } else {
        String::new()
    };
    OverdueLine {
        href: format!("/statements/{}", s.id),
        title: s.label.clone(),
        state: statement_badge(t, s.state),
        ticket: Some(ticket_of(show, &line.ticket)),
        notes,
        at: show.moment(s.breached),
        action,
    }
}

/// A request for more time.
pub(super) fn extension_line(t: Tr, show: &Show, line: &ExtensionLine, with_ticket: bool) -> OverdueLine {
    let e = &line.asked;
    let mut notes = vec![t.with("extension-more", &[("amount", amount(t, e.amount, &e.unit))])];
    if e.kind == ExtensionKind::Remote {
        notes.push(t.say("extension-kind-remote"));
    }
    notes.push(show.directory().person_name(e.by));
    if let Some(due) = e.due {
        notes.push(t.with("extension-until", &[("due", show.moment(due).text)]));
    }
    notes.push(e.reason.clone());
    OverdueLine {
        href: format!("/extensions/{}", e.id),
        title: e.label.clone(),
        state: extension_badge(t, e.state),
        ticket: with_ticket.then(|| ticket_of(show, &line.ticket)),
        notes,
        at: show.moment(e.at),
        action: if line.may_decide { t.say("extension-decide") } else { String::new() },
    }
}

/// An offer of a first receiver's place.
pub(super) fn offer_line(t: Tr, show: &Show, line: &OfferLine, with_ticket: bool) -> OverdueLine {
    let o = &line.offer;
    let name = |id| show.directory().person_name(id);
    OverdueLine {
        href: format!("/owner-offers/{}", o.id),
        title: t.with("owner-title", &[("from", name(o.from)), ("to", name(o.to))]),
        state: offer_badge(t, o.state),
        ticket: with_ticket.then(|| ticket_of(show, &line.ticket)),
        notes: vec![o.reason.clone()],
        at: show.moment(o.at),
        action: if line.may_answer { t.say("owner-answer") } else { String::new() },
    }
}

/// A page with nothing on it yet.
async fn blank(visit: &Visit, tab: OverdueTab) -> Result<OverduePage, Fault> {
    let counts = visit.app.answer_counts(visit.actor()).await?;
    let mine = counts.to_write + counts.offered;
    let mut tabs = vec![(OverdueTab::Mine, capped(mine.unsigned_abs()))];
    if visit.may(Action::SeeOverdue) {
        tabs.push((OverdueTab::Statements, capped(counts.to_review.unsigned_abs())));
        tabs.push((OverdueTab::Requests, capped(counts.to_decide.unsigned_abs())));
    }
    Ok(OverduePage {
        shell: visit.shell().await?,
        tab,
        tabs,
        filters: Vec::new(),
        error: None,
        results: Vec::new(),
        sections: Vec::new(),
        paging: None,
        bulk: Vec::new(),
        key: secret::fresh(&visit.ctx, "form"),
    })
}

fn section(t: Tr, id: &'static str, lines: Vec<OverdueLine>) -> OverdueSection {
    OverdueSection {
        id,
        title: t.say(&format!("overdue-section-{id}")),
        empty: t.say(&format!("overdue-empty-{id}")),
        lines,
    }
}

fn bulk(t: Tr, show: &Show, from: PersonId, words: (String, String), lines: Vec<OverdueLine>) -> BulkOffer {
    let within = format!("bulk-{from}");
    BulkOffer {
        form: FieldForm::new([
            FieldView::new(FieldKind::Person, "to", t.say("owner-to"))
                .options(desk_people(show.directory(), Some(from)))
                .required()
                .within(&within),
            FieldView::new(FieldKind::Multiline, "reason", t.say("owner-reason")).required().within(&within),
        ]),
        from: from.to_string(),
        title: words.0,
        hint: words.1,
        lines,
    }
}

async fn mine_page(visit: &Visit) -> Result<OverduePage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let mine = visit.app.my_answers(visit.actor()).await?;
    let mut page = blank(visit, OverdueTab::Mine).await?;
    page.sections.push(section(t, "to-write", mine.to_write.iter().map(|l| statement_line(t, &show, l)).collect()));
    let desk = visit.actor().roles.at_desk();
    if desk || !mine.offered.is_empty() {
        page.sections.push(section(t, "offered", mine.offered.iter().map(|l| offer_line(t, &show, l, true)).collect()));
    }
    let asked = mine.extensions.iter().map(|l| extension_line(t, &show, l, true)).collect();
    page.sections.push(section(t, "asked", asked));
    if !mine.offers.is_empty() {
        page.sections.push(section(t, "offers", mine.offers.iter().map(|l| offer_line(t, &show, l, true)).collect()));
    }
    if mine.running > 0 {
        let n = capped(mine.running.unsigned_abs()).unwrap_or_default();
        let words = (t.with("owner-bulk-mine", &[("n", n)]), t.say("owner-bulk-hint"));
        page.bulk.push(bulk(t, &show, visit.actor().person, words, Vec::new()));
    }
    Ok(page)
}

async fn mine(visit: Visit) -> PageResult {
    let page = mine_page(&visit).await?;
    visit.page(StatusCode::OK, &page)
}

async fn requests_page(visit: &Visit) -> Result<OverduePage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let all = visit.app.answers_to_decide(visit.actor()).await?;
    let mut page = blank(visit, OverdueTab::Requests).await?;
    let open = all.extensions.iter().map(|l| extension_line(t, &show, l, true)).collect();
    page.sections.push(section(t, "requests", open));
    for (person, n) in all.left_behind {
        let name = show.directory().person_name(person);
        let mut lines = Vec::new();
        for ticket in visit.app.left_behind(visit.actor(), person).await? {
            let row = show.ticket(&ticket);
            lines.push(OverdueLine {
                href: row.href(),
                title: row.title,
                state: row.state,
                ticket: None,
                notes: vec![row.number, row.department],
                at: row.received,
                action: String::new(),
            });
        }
        let n = capped(n.unsigned_abs()).unwrap_or_default();
        let words = (t.with("owner-left", &[("who", name), ("n", n)]), t.say("owner-left-hint"));
        page.bulk.push(bulk(t, &show, person, words, lines));
    }
    Ok(page)
}

async fn requests(visit: Visit) -> PageResult {
    let page = requests_page(&visit).await?;
    visit.page(StatusCode::OK, &page)
}

/// What the address of the statements' list asks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// A state, `all`; what waits for a review if not said.
    #[serde(default)]
    state: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    department: String,
    /// `2026-11`.
    #[serde(default)]
    month: String,
    #[serde(default)]
    before: String,
}

impl Asked {
    /// What is asked for, and whether all of it was understood.
    fn filter(&self, visit: &Visit) -> (Filter, bool) {
        let mut understood = true;
        let state = match self.state.as_str() {
            "" => Some(StatementState::Submitted),
            "all" => None,
            word => {
                let state = StatementState::parse(word);
                understood &= state.is_some();
                state
            }
        };
        let (person, department) = (self.person.parse(), self.department.parse());
        understood &= self.person.is_empty() || person.is_ok();
        understood &= self.department.is_empty() || department.is_ok();
        let month = format!("{}-01", self.month).parse::<Date>().ok();
        understood &= self.month.is_empty() || month.is_some();
        let instant = |day: Option<Date>| -> Option<Timestamp> { Some(day?.to_zoned(visit.zone()).ok()?.timestamp()) };
        let filter = Filter {
            state,
            person: person.ok(),
            department: department.ok(),
            from: instant(month),
            until: instant(month.and_then(|day| day.checked_add(1.months()).ok())),
        };
        (filter, understood)
    }

    fn fields(&self, visit: &Visit, show: &Show) -> Vec<FieldView> {
        let t = visit.t();
        let states = StatementState::ALL
            .iter()
            .map(|state| Choice::new(state.as_str(), t.say(&format!("statement-{}", state.as_str()))))
            .chain([Choice::new("all", t.say("notices-any"))]);
        let today = visit.now().to_zoned(visit.zone()).date().first_of_month();
        let months = (0..12).filter_map(|back: i64| {
            let day = today.checked_sub(back.months()).ok()?;
            Some(Choice::same(&day.strftime("%Y-%m").to_string()))
        });
        vec![
            FieldView::new(FieldKind::Choice, "state", t.say("ticket-state"))
                .options(states)
                .as_list(t.say("overdue-state-submitted"))
                .value(&self.state),
            FieldView::new(FieldKind::Department, "department", t.say("ticket-department"))
                .options(departments(show.directory()))
                .as_list(t.say("notices-any"))
                .value(&self.department),
            FieldView::new(FieldKind::Person, "person", t.say("overdue-person"))
                .options(people(show.directory()))
                .as_list(t.say("notices-any"))
                .value(&self.person),
            FieldView::new(FieldKind::Choice, "month", t.say("overdue-month"))
                .options(months)
                .as_list(t.say("notices-any"))
                .value(&self.month),
        ]
    }

    /// The address of this list, or of the page that begins below `before`.
    fn address(&self, before: Option<StatementId>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let pairs = [
            ("state", &self.state),
            ("person", &self.person),
            ("department", &self.department),
            ("month", &self.month),
            ("before", &before),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let home = OverdueTab::Statements.href();
        if query.is_empty() { home.to_owned() } else { format!("{home}?{}", query.join("&")) }
    }
}

async fn statements(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = visit.t();
    let show = Show::new(&visit);
    let (filter, understood) = asked.filter(&visit);
    let before = asked.before.parse::<StatementId>().ok();
    let found = visit.app.statements(visit.actor(), &filter, before, PAGE).await?;
    let mut page = blank(&visit, OverdueTab::Statements).await?;
    page.filters = asked.fields(&visit, &show);
    page.error = (!understood).then(|| t.say("overdue-not-understood"));
    page.paging = Some(Paging {
        prev: before.map(|_| asked.address(None)),
        next: found.next.map(|next| asked.address(Some(next))),
        shown: found.lines.len(),
    });
    page.sections.push(section(t, "statements", found.lines.iter().map(|l| statement_line(t, &show, l)).collect()));
    visit.page(StatusCode::OK, &page)
}

async fn offer_all(visit: Visit, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let from: PersonId = fields.get("from").parse().map_err(|_| Refusal::NotFound)?;
    let own = from == visit.actor().person;
    let result = match (fields.get("to"), fields.get("to").parse::<PersonId>()) {
        ("", _) => Err(AppError::from(Refusal::field("to", "missing"))),
        (_, Err(_)) => Err(Refusal::field("to", "unknown-person").into()),
        (_, Ok(to)) => {
            let once = once(&fields, "owner-offers", &from.to_string());
            visit.app.offer_all(&visit.ctx, visit.actor(), from, to, fields.get("reason"), once).await
        }
    };
    match result {
        Ok(results) => {
            let mut page = if own { mine_page(&visit).await? } else { requests_page(&visit).await? };
            page.results = results.iter().map(|one| came_of(t, one)).collect();
            let done = results.iter().filter(|one| one.result.is_ok()).count();
            let kind = if done == results.len() { FlashKind::Done } else { FlashKind::Notice };
            let text = t.with("owner-bulk-done", &[("n", done), ("all", results.len())]);
            page.shell.flash = Some(Flash { kind, text });
            visit.page(StatusCode::OK, &page)
        }
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => {
            let status = reply::status(&AppError::Refused(refusal.clone()));
            let mut page = if own { mine_page(&visit).await? } else { requests_page(&visit).await? };
            refused(t, &mut page, &from.to_string(), &fields, &refusal);
            visit.page(status, &page)
        }
        Err(other) => Err(Fault(other)),
    }
}

fn came_of(t: Tr, one: &Offered) -> (String, String, String, bool) {
    let said = match &one.result {
        Ok(_) => t.say("owner-bulk-offered"),
        Err(refusal) => refusal_sentence(t, refusal),
    };
    (one.number.clone(), format!("/tickets/{}", one.ticket), said, one.result.is_ok())
}

fn refused(t: Tr, page: &mut OverduePage, from: &str, typed: &Fields, refusal: &Refusal) {
    let wrong = if let Refusal::Fields(fields) = refusal { fields.as_slice() } else { &[] };
    if wrong.is_empty() {
        page.shell.flash = Some(Flash { kind: FlashKind::Failed, text: refusal_sentence(t, refusal) });
    }
    for bulk in page.bulk.iter_mut().filter(|bulk| bulk.from == from) {
        bulk.form = refill(t, std::mem::take(&mut bulk.form), typed, wrong);
    }
}

pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/overdue", get(mine))
        .route("/overdue/statements", get(statements))
        .route("/overdue/requests", get(requests))
        .route("/overdue/owner-offers", post(offer_all))
}
