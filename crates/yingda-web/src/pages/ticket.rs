//! One ticket: its page, put together from what the desk gives this reader. What is done on it is in `actions`.
//!
//! The one thing to know: the same builder makes the page that is asked for and the page that comes back after a refusal, with
//! everything typed in its place and, where somebody else was faster, both sides of it.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Deserialize;
use yingda_app::notices::asks_for_call;
use yingda_app::secret;
use yingda_app::ticket::TicketView;
use yingda_app::{Involvement, WorkItem};
use yingda_core::ticket::{RatingSource, State};
use yingda_core::{AnswerId, Refusal, TicketId};

use crate::front::{Fault, PageResult, Visit, WebState, refusal_sentence};
use crate::kit::{Badge, Choice, Due, FieldForm, FieldKind, FieldView, Tone};
use crate::pages::actions::{Place, Returned};
use crate::pages::attachments;
use crate::pages::clocks;
use crate::pages::forms::{departments, people, refill};
use crate::pages::notices;
use crate::pages::particulars;
use crate::pages::phone;
use crate::pages::show::{Show, channel_word, priority, state_badge};
use crate::pages::step::{self, facts};
use crate::pages::timeline::{SHOWN, Timeline, fields};
use crate::shell::{Flash, FlashKind};
use crate::views::intake::CustomerCard;
use crate::views::ticket::{Composer, Conflict, Rating, TicketHead, TicketPage, TicketTab};

/// A running limit warns when less than this is left, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

/// What the address asks for beside the ticket.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    tab: String,
    /// Whether all entries are wanted.
    #[serde(default)]
    all: String,
    /// A standard answer to begin the step's answer with.
    #[serde(default)]
    answer: String,
}

impl Asked {
    fn tab(&self) -> TicketTab {
        if self.tab == "history" { TicketTab::History } else { TicketTab::Conversation }
    }

    /// The standard answer asked for.
    #[must_use]
    pub fn answer(&self) -> Option<AnswerId> {
        self.answer.parse().ok()
    }
}

async fn show(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let view = visit.app.ticket(visit.actor(), id).await?;
    let page = page(&visit, &view, &asked, None).await?;
    visit.page(StatusCode::OK, &page)
}

/// The page of a ticket; `back` is what was sent from it and refused.
///
/// # Errors
/// Where the desk fails; refusals of `back` are on the page.
pub async fn page(
    visit: &Visit,
    view: &TicketView,
    asked: &Asked,
    back: Option<&Returned>,
) -> Result<TicketPage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let timeline = Timeline::new(visit, &show, view);
    let tab = asked.tab();
    let mut entries = timeline.entries(tab);
    let ticket = &view.held.ticket;
    let home = format!("/tickets/{}", ticket.id);
    let more = entries.len() > SHOWN && asked.all.is_empty();
    let older =
        more.then(|| format!("{home}?all=1{}#timeline", if tab == TicketTab::History { "&tab=history" } else { "" }));
    if more {
        entries.drain(..entries.len() - SHOWN);
    }
    let mut shell = visit.shell().await?;
    if let Some(returned) =
        back.filter(|returned| !matches!(returned.refusal, Refusal::Fields(_) | Refusal::NeedsStatement { .. }))
    {
        shell.flash = Some(Flash { kind: FlashKind::Failed, text: refusal_sentence(t, &returned.refusal) });
    }
    let desk = Desk { visit, show: &show, view, back };
    let running = ticket.state.is_running();
    let answers = crate::pages::overdue::card::card(visit, &show, view, back).await?;
    let clocks = clocks::section::of_ticket(visit, &show, view, back).await?;
    let mut head = desk.head(answers.urged);
    if clocks.going.iter().any(|clock| clock.held.is_some()) {
        head.states.push(Badge::new(t.say("due-paused"), Tone::Warn));
    }
    Ok(TicketPage {
        shell,
        head,
        conflict: back.and_then(|returned| conflict(&timeline, &show, view, returned, t)),
        steps: step::steps(visit, &show, view, asked.answer(), back).await?,
        tab,
        entries,
        older,
        composer: desk.composer(),
        progress: timeline.progress(),
        progress_options: if running && view.may.annotate {
            let labels = view.process.definition.progress.iter();
            labels.filter(|label| **label != ticket.progress).map(|label| Choice::same(label)).collect()
        } else {
            Vec::new()
        },
        clocks,
        notices: notices::of_ticket(visit, &show, view, back),
        sheets: view.sheets.iter().map(|sheet| show.sheet(sheet, &ticket.number, false)).collect(),
        copy: (running && view.may.transfer).then(|| desk.copy()),
        new_sheet: (running && view.may.send_sheet).then(|| desk.new_sheet()),
        files: view.attachments.iter().map(|file| attachments::link(file, desk.may_remove(file))).collect(),
        new_file: view.may.annotate.then(|| desk.new_file()),
        facts: facts(visit, &show, view),
        customer: desk.customer(),
        amend: view.may.amend.then(|| particulars::form(t, view, back)),
        others: view.others.iter().map(|other| show.ticket(other)).collect(),
        chart: Some(step::chart(view, t)),
        assignment: (running && view.may.assign).then(|| desk.assignment()),
        transfer: (running && view.may.transfer).then(|| desk.transfer()),
        rating: desk.rating(),
        may_take: running && view.may.assign && desk.in_place() && ticket.assignee != Some(visit.actor().person),
        may_archive: ticket.state == State::Closed && view.may.archive,
        answers,
        key: secret::fresh(&visit.ctx, "form"),
    })
}

/// What the parts of the page are made from.
struct Desk<'a> {
    visit: &'a Visit,
    show: &'a Show,
    view: &'a TicketView,
    back: Option<&'a Returned>,
}

impl Desk<'_> {
    /// A form with what was typed into it, if it is the one that comes back.
    fn returned(&self, place: Place, form: FieldForm) -> FieldForm {
        match self.back.filter(|back| back.place == place) {
            Some(back) => refill(self.visit.t(), form, &back.typed, back.wrong()),
            None => form,
        }
    }

    fn head(&self, urged: i64) -> TicketHead {
        let t = self.visit.t();
        let ticket = &self.view.held.ticket;
        let row = self.show.ticket(ticket);
        let directory = self.show.directory();
        let mut states = vec![state_badge(t, ticket.state)];
        if ticket.rounds > 0 {
            states.push(Badge::new(t.with("state-round", &[("n", ticket.rounds + 1)]), Tone::Warn));
        }
        if urged > 0 {
            states.push(Badge::new(t.with("urged-n", &[("n", urged)]), Tone::Bad));
        }
        if !self.view.held.work.is_empty() && self.view.held.work.iter().all(|item| item.kind == "sheet") {
            states.push(Badge::new(t.say("state-waiting-department"), Tone::Neutral));
        }
        let mut waiting: Vec<&WorkItem> = self.view.held.work.iter().filter(|item| item.due.is_some()).collect();
        waiting.sort_by_key(|item| item.due);
        let due = |item: &WorkItem| {
            item.due.map(|due| Due::running(&item.label, due, self.visit.now(), WARNS, &self.visit.zone(), t))
        };
        let copied = self.view.held.departments.iter().filter(|(_, how)| *how == Involvement::Copied);
        let process = &self.view.process;
        TicketHead {
            id: row.id,
            number: row.number,
            title: row.title,
            version: row.version,
            states,
            priority: row.priority.or(Some(priority(ticket.priority))),
            process: [process.definition.name.as_str(), process.stored.number.as_str()].join(" ").trim().to_owned(),
            process_href: format!("/processes/{}", ticket.process),
            kind: ticket.kind.clone(),
            channel: channel_word(t, &ticket.channel),
            owner: directory.person_name(ticket.owner),
            assignee: row.assignee,
            department: row.department,
            lead: ticket.lead_department.map(|id| directory.department_name(id)).unwrap_or_default(),
            cc: copied.map(|(id, _)| directory.department_name(*id)).collect(),
            received: row.received,
            dues: waiting.into_iter().filter_map(due).collect(),
            since: ticket.updated.as_microsecond().to_string(),
        }
    }

    fn customer(&self) -> CustomerCard {
        let ticket = &self.view.held.ticket;
        let file = self.view.customer.as_ref();
        let or = |own: &str, filed: Option<&String>| {
            if own.is_empty() { filed.cloned().unwrap_or_default() } else { own.to_owned() }
        };
        let name = or(&ticket.customer_name, file.map(|customer| &customer.name));
        let address = or(&ticket.address, file.map(|customer| &customer.address));
        let wanted = if name.is_empty() { &ticket.phone } else { &name };
        let tickets_href = if wanted.is_empty() {
            String::new()
        } else {
            format!("/search?q={}", crate::front::visit::encode(wanted))
        };
        CustomerCard {
            id: file.map(|customer| customer.id.to_string()).unwrap_or_default(),
            contact: ticket.contact_name.clone(),
            phone: ticket.phone.clone(),
            industry: or(&ticket.industry, file.map(|customer| &customer.industry)),
            remark: String::new(),
            lines: Some(address)
                .filter(|address| !address.is_empty())
                .map(|address| (self.visit.t().say("customer-address"), address))
                .into_iter()
                .collect(),
            tickets_href,
            name,
        }
    }

    fn composer(&self) -> Option<Composer> {
        let t = self.visit.t();
        let may = self.view.may;
        if !may.annotate {
            return None;
        }
        let text = |label: &str, within: &str| {
            FieldView::new(FieldKind::Multiline, "text", t.say(label)).required().within(within)
        };
        let file =
            |within: &str| FieldView::new(FieldKind::Attachment, "file", t.say("composer-file")).many().within(within);
        let note = FieldForm::new([text("composer-note-label", "note"), file("note")]);
        let message = may.reply.then(|| {
            let ticket = &self.view.held.ticket;
            let mut channels: Vec<Choice> = self
                .view
                .process
                .definition
                .channels
                .iter()
                .map(|channel| Choice::new(channel.id(), channel_word(t, channel.id())))
                .collect();
            if channels.iter().all(|choice| choice.value != ticket.channel) {
                channels.insert(0, Choice::new(&ticket.channel, channel_word(t, &ticket.channel)));
            }
            let ways = ["now", "later", "from"].map(|way| Choice::new(way, t.say(&format!("message-how-{way}"))));
            let form = FieldForm::new([
                FieldView::new(FieldKind::Choice, "how", t.say("message-how"))
                    .options(ways)
                    .required()
                    .value("now")
                    .within("message"),
                text("composer-message-label", "message"),
                FieldView::new(FieldKind::Choice, "channel", t.say("ticket-channel"))
                    .options(channels)
                    .as_list(t.say("choice-pick"))
                    .value(&ticket.channel)
                    .within("message"),
                file("message"),
            ]);
            self.returned(Place::Message, form)
        });
        Some(Composer { message, note: self.returned(Place::Note, note) })
    }

    /// Whether the reader is where the ticket is: in its department, or at the desk.
    fn in_place(&self) -> bool {
        let actor = self.visit.actor();
        actor.roles.at_desk()
            || self.view.held.ticket.department.is_none_or(|department| department == actor.department)
    }

    fn assignment(&self) -> FieldForm {
        let t = self.visit.t();
        let directory = self.show.directory();
        let ticket = &self.view.held.ticket;
        let near = |person: &yingda_core::Person| {
            person.active
                && (person.roles.at_desk()
                    || ticket.department.is_none_or(|department| department == person.department))
        };
        let mut options: Vec<Choice> = people(directory)
            .into_iter()
            .filter(|choice| choice.value.parse().ok().and_then(|id| directory.people.get(&id)).is_some_and(near))
            .collect();
        options.push(Choice::new("nobody", t.say("ticket-assign-nobody")));
        let mut form = FieldForm::new([FieldView::new(FieldKind::Person, "person", t.say("ticket-assign-to"))
            .options(options)
            .required()
            .within("assign")]);
        if asks_for_call(self.view) {
            form.fields.extend(phone::fields(t, "assign", None));
        }
        self.returned(Place::Assignment, form)
    }

    fn transfer(&self) -> FieldForm {
        let t = self.visit.t();
        let directory = self.show.directory();
        let told = ["now", "later"].map(|way| Choice::new(way, t.say(&format!("message-how-{way}"))));
        let mut form = FieldForm::new(
            [
                FieldView::new(FieldKind::Department, "department", t.say("ticket-transfer-to"))
                    .options(departments(directory))
                    .required(),
                FieldView::new(FieldKind::Person, "person", t.say("ticket-transfer-person"))
                    .options(people(directory))
                    .hint(t.say("ticket-transfer-person-hint")),
                FieldView::new(FieldKind::Multiline, "reason", t.say("ticket-transfer-reason")).required(),
                FieldView::new(FieldKind::Multiline, "tell", t.say("ticket-transfer-tell"))
                    .hint(t.say("ticket-transfer-tell-hint")),
                FieldView::new(FieldKind::Choice, "told", t.say("ticket-transfer-told"))
                    .options(told)
                    .required()
                    .value("later"),
            ]
            .map(|field| field.within("transfer")),
        );
        if asks_for_call(self.view) {
            form.fields.extend(phone::fields(t, "transfer", Some(people(directory))));
        }
        self.returned(Place::Transfer, form)
    }

    fn copy(&self) -> FieldForm {
        let t = self.visit.t();
        let involved = |choice: &Choice| {
            self.view.held.departments.iter().any(|(department, _)| department.to_string() == choice.value)
        };
        let options = departments(self.show.directory()).into_iter().filter(|choice| !involved(choice));
        let form = FieldForm::new([FieldView::new(FieldKind::Department, "department", t.say("ticket-copy-to"))
            .options(options)
            .required()
            .within("copy")]);
        self.returned(Place::Copies, form)
    }

    fn new_sheet(&self) -> FieldForm {
        let t = self.visit.t();
        let form = FieldForm::new(
            [
                FieldView::new(FieldKind::Department, "department", t.say("ticket-sheet-to"))
                    .options(departments(self.show.directory()))
                    .required(),
                FieldView::new(FieldKind::Multiline, "question", t.say("ticket-sheet-question")).required(),
                FieldView::new(FieldKind::Text, "customer_matter", t.say("ticket-sheet-matter"))
                    .hint(t.say("ticket-sheet-matter-hint")),
            ]
            .map(|field| field.within("sheet")),
        );
        self.returned(Place::Sheet, form)
    }

    fn new_file(&self) -> FieldForm {
        let t = self.visit.t();
        let rules = &self.view.process.definition.attachments;
        let mut field = FieldView::new(FieldKind::Attachment, "file", t.say("composer-file"))
            .many()
            .required()
            .hint(t.with("ticket-files-hint", &[("mb", rules.max_mb)]))
            .within("files");
        if !rules.types.is_empty() {
            field.accept = Some(rules.types.iter().map(|kind| format!(".{kind}")).collect::<Vec<_>>().join(","));
        }
        self.returned(Place::Files, FieldForm::new([field]))
    }

    fn may_remove(&self, file: &yingda_app::Attachment) -> bool {
        let actor = self.visit.actor();
        self.view.held.ticket.state.is_running() && (file.by == actor.person || actor.roles.leads_desk())
    }

    fn rating(&self) -> Option<Rating> {
        let t = self.visit.t();
        let rating = self.view.held.ticket.rating.as_ref()?;
        let rated = self.view.history.iter().rev().find(|line| {
            let body: serde_json::Value = serde_json::from_str(&line.body).unwrap_or_default();
            body["happened"]["rated"].is_string()
        });
        let by = t.say(match rating.source {
            RatingSource::Staff => "rating-by-staff",
            RatingSource::Customer => "rating-by-customer",
            RatingSource::Import => "rating-by-import",
        });
        let who = rated.and_then(|line| line.actor).map(|id| self.show.directory().person_name(id));
        Some(Rating {
            badge: Badge::new(&rating.value, if rating.satisfied { Tone::Good } else { Tone::Bad }),
            reason: rating.reason.clone(),
            source: who.map_or_else(|| by.clone(), |who| format!("{by} · {who}")),
            at: self.show.moment(rated.map_or(self.view.held.ticket.updated, |line| line.at)),
        })
    }
}

/// Both sides, where somebody else was faster.
fn conflict(
    timeline: &Timeline<'_>,
    show: &Show,
    view: &TicketView,
    returned: &Returned,
    t: crate::i18n::Tr,
) -> Option<Conflict> {
    let advice = match (&returned.refusal, returned.place) {
        (Refusal::Stale { .. } | Refusal::TicketEnded, Place::Particulars) if !view.held.ticket.state.is_running() => {
            t.say("conflict-ended")
        }
        (Refusal::Stale { .. }, _) => t.say("conflict-advice"),
        (Refusal::StepNotOpen | Refusal::TicketEnded, Place::Step(_)) => t.say("conflict-gone"),
        _ => return None,
    };
    let seen = returned.typed.parse::<i64>("since").and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
    let news = timeline.since(seen);
    let last = news.last()?;
    let mut theirs = Vec::new();
    for line in &news {
        theirs.push((timeline.sentence(line), String::new(), String::new()));
        let body = serde_json::from_str(&line.body).unwrap_or_default();
        theirs.extend(fields(&body));
        theirs.extend(particulars::changes(t, &body));
    }
    let who = last.actor.map_or_else(|| t.say("conflict-nobody"), |id| show.directory().person_name(id));
    Some(Conflict {
        who,
        at: show.moment(last.at),
        theirs,
        yours: match returned.place {
            Place::Particulars => particulars::typed(t, &returned.typed),
            _ => step::typed(&view.process.definition, returned),
        },
        advice,
    })
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/tickets/{id}", get(show))
}
