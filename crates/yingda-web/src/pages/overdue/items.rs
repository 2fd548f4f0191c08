//! One statement, one request for more time, one offer: what it says, where it stands, and what the reader may do about it.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use yingda_app::answerable::extensions::{DecideExtension, Decision};
use yingda_app::answerable::lists::{ExtensionLine, OfferLine, StatementLine};
use yingda_app::answerable::owner::Answer;
use yingda_app::answerable::statements::Review;
use yingda_app::{AppError, AppResult, secret};
use yingda_core::answerable::{ExtensionKind, StatementState, StatementVersion, Verdict};
use yingda_core::ticket::Ticket;
use yingda_core::{ExtensionId, OfferId, Refusal, StatementId, TicketId};

use super::deeds::text;
use super::words::{amount, extension_badge, offer_badge, said, statement_badge, statement_form, verdict_badge};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, refusal_sentence, reply};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Markup};
use crate::pages::actions::once;
use crate::pages::forms::refill;
use crate::pages::show::{Show, failed};
use crate::shell::{Flash, FlashKind};
use crate::views::overdue::{ItemForm, OverdueItemPage, VersionView};

/// A form of such a page that was sent and refused.
struct Back {
    form: &'static str,
    typed: Fields,
    refusal: Refusal,
}

/// Which page it is on.
enum Item {
    Statement(StatementId),
    Extension(ExtensionId),
    Offer(OfferId),
}

async fn page_of(visit: &Visit, item: &Item, back: Option<&Back>) -> Result<OverdueItemPage, Fault> {
    let mut page = match item {
        Item::Statement(id) => {
            let (line, versions) = visit.app.statement(visit.actor(), *id).await?;
            statement(visit, &line, &versions).await?
        }
        Item::Extension(id) => extension(visit, &visit.app.extension(visit.actor(), *id).await?).await?,
        Item::Offer(id) => offer(visit, &visit.app.owner_offer(visit.actor(), *id).await?).await?,
    };
    let Some(back) = back else { return Ok(page) };
    let t = visit.t();
    let wrong = if let Refusal::Fields(fields) = &back.refusal { fields.as_slice() } else { &[] };
    if wrong.is_empty() {
        page.shell.flash = Some(Flash { kind: FlashKind::Failed, text: refusal_sentence(t, &back.refusal) });
    }
    for form in page.forms.iter_mut().filter(|form| form.id == back.form) {
        form.form = refill(t, std::mem::take(&mut form.form), &back.typed, wrong);
    }
    Ok(page)
}

/// The page once more with what was typed, or on to the next place.
async fn answered(
    visit: &Visit,
    item: Item,
    (form, typed): (&'static str, Fields),
    result: AppResult<TicketId>,
    (next, say): (Option<&str>, Pending),
) -> PageResult {
    match result {
        Ok(ticket) => Ok(visit.go(&next.map_or_else(|| format!("/tickets/{ticket}"), str::to_owned), &say)),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => {
            let status = reply::status(&AppError::Refused(refusal.clone()));
            let page = page_of(visit, &item, Some(&Back { form, typed, refusal })).await?;
            visit.page(status, &page)
        }
        Err(other) => Err(Fault(other)),
    }
}

async fn show_item(visit: &Visit, item: Item) -> Result<Response, Fault> {
    let page = page_of(visit, &item, None).await?;
    visit.page(StatusCode::OK, &page)
}

fn ticket_of(show: &Show, ticket: &Ticket) -> (String, String, String) {
    let row = show.ticket(ticket);
    let href = row.href();
    (row.number, row.title, href)
}

fn note_field(t: Tr, key: &str, within: &str) -> FieldView {
    FieldView::new(FieldKind::Multiline, "note", t.say(key)).within(within)
}

async fn statement(
    visit: &Visit,
    line: &StatementLine,
    versions: &[StatementVersion],
) -> Result<OverdueItemPage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let s = &line.statement;
    let name = |id: Option<yingda_core::PersonId>| id.map(|id| show.directory().person_name(id)).unwrap_or_default();
    let department = s.department.map(|id| show.directory().department_name(id)).unwrap_or_default();
    let mut facts = vec![
        (t.say("overdue-missed"), show.moment(s.breached).text),
        (t.say("overdue-person"), name(s.person)),
        (t.say("ticket-department"), department),
        (t.say("ticket-owner"), name(Some(line.ticket.owner))),
    ];
    if let Some(at) = s.reviewed {
        let words = [("who", name(s.reviewed_by)), ("at", show.moment(at).text)];
        facts.push((t.say("overdue-reviewed"), t.with("overdue-by-at", &words)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let mut texts = Vec::new();
    if versions.is_empty() && !s.note.is_empty() {
        texts.push((t.say("statement-exempt-reason"), Markup::prose(&s.note)));
    }
    let mut forms = Vec::new();
    if line.may_write {
        forms.push(ItemForm {
            id: "write",
            title: t.say("overdue-write"),
            hint: t.say("overdue-write-hint"),
            action: format!("/statements/{}", s.id),
            form: statement_form(t, Some(s), "write"),
            name: "do",
            buttons: vec![Choice::new("submit", t.say("overdue-submit"))],
            main: true,
            version: s.version.to_string(),
        });
    }
    if !line.verdicts.is_empty() {
        // Without a statement there is nothing to accept, and to exempt is the exception.
        let submitted = s.state == StatementState::Submitted;
        let verb = |verdict: &Verdict| Choice::new(verdict.as_str(), t.say(&format!("verdict-{}", verdict.as_str())));
        forms.push(ItemForm {
            id: "review",
            title: t.say(if submitted { "overdue-review" } else { "overdue-exempt" }),
            hint: t.say(if submitted { "overdue-review-hint" } else { "overdue-exempt-hint" }),
            action: format!("/statements/{}/review", s.id),
            form: FieldForm::new([note_field(t, "statement-note", "review")]),
            name: "verdict",
            buttons: line.verdicts.iter().map(verb).collect(),
            main: submitted,
            version: s.version.to_string(),
        });
    }
    let version = |v: &StatementVersion| VersionView {
        title: t.with("overdue-version", &[("n", v.round.to_string()), ("who", name(Some(v.by)))]),
        at: show.moment(v.at),
        said: said(t, &v.cause, &v.account, &v.improvement),
        verdict: v.verdict.map(|verdict| verdict_badge(t, verdict)),
        review: match v.reviewed {
            None => String::new(),
            Some(at) => {
                let who = t.with("overdue-by-at", &[("who", name(v.reviewed_by)), ("at", show.moment(at).text)]);
                if v.note.is_empty() { who } else { t.with("line-field", &[("label", who), ("text", v.note.clone())]) }
            }
        },
    };
    Ok(OverdueItemPage {
        kind: t.say("overdue-statement"),
        title: s.label.clone(),
        state: statement_badge(t, s.state),
        ticket: ticket_of(&show, &line.ticket),
        facts,
        texts,
        versions: versions.iter().rev().map(version).collect(),
        forms,
        key: secret::fresh(&visit.ctx, "form"),
        shell: visit.shell().await?,
    })
}

async fn extension(visit: &Visit, line: &ExtensionLine) -> Result<OverdueItemPage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let e = &line.asked;
    let name = |id: yingda_core::PersonId| show.directory().person_name(id);
    let at = |at: Option<jiff::Timestamp>| at.map_or_else(|| t.say("due-none"), |at| show.moment(at).text);
    let mut facts = vec![
        (t.say("extension-amount"), amount(t, e.amount, &e.unit)),
        (t.say("extension-due"), at(e.due)),
        (t.say("extension-by"), t.with("overdue-by-at", &[("who", name(e.by)), ("at", show.moment(e.at).text)])),
    ];
    if e.kind == ExtensionKind::Remote {
        facts.push((t.say("extension-kind"), t.say("extension-kind-remote")));
    }
    if let Some(granted) = e.granted {
        facts.push((t.say("extension-granted"), amount(t, granted, &e.unit)));
        facts.push((t.say("extension-due-after"), at(e.due_after)));
    }
    if let (Some(by), Some(decided)) = (e.decided_by, e.decided) {
        let words = [("who", name(by)), ("at", show.moment(decided).text)];
        facts.push((t.say("extension-decided"), t.with("overdue-by-at", &words)));
    }
    let mut texts = vec![(t.say("extension-reason"), Markup::prose(&e.reason))];
    if !e.note.is_empty() {
        texts.push((t.say("extension-note"), Markup::prose(&e.note)));
    }
    let mut forms = Vec::new();
    if line.may_decide {
        let granted = FieldView::new(FieldKind::Integer, "granted", t.say("extension-grant-amount"))
            .value(e.amount.to_string())
            .unit(t.say(&format!("unit-{}", e.unit)))
            .hint(t.say("extension-grant-hint"))
            .within("decide");
        let buttons = ["grant", "refuse"].map(|word| Choice::new(word, t.say(&format!("extension-do-{word}"))));
        forms.push(ItemForm {
            id: "decide",
            title: t.say("extension-decide"),
            hint: t.say("extension-decide-hint"),
            action: format!("/extensions/{}/decision", e.id),
            form: FieldForm::new([granted, note_field(t, "extension-note", "decide")]),
            name: "decision",
            buttons: buttons.to_vec(),
            main: true,
            version: e.version.to_string(),
        });
    }
    if line.may_withdraw {
        forms.push(ItemForm {
            id: "withdraw",
            title: t.say("extension-withdraw"),
            hint: String::new(),
            action: format!("/extensions/{}/withdrawal", e.id),
            form: FieldForm::default(),
            name: "do",
            buttons: vec![Choice::new("withdraw", t.say("extension-withdraw"))],
            main: false,
            version: e.version.to_string(),
        });
    }
    Ok(OverdueItemPage {
        kind: t.say("extension"),
        title: e.label.clone(),
        state: extension_badge(t, e.state),
        ticket: ticket_of(&show, &line.ticket),
        facts,
        texts,
        versions: Vec::new(),
        forms,
        key: secret::fresh(&visit.ctx, "form"),
        shell: visit.shell().await?,
    })
}

async fn offer(visit: &Visit, line: &OfferLine) -> Result<OverdueItemPage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let o = &line.offer;
    let name = |id: yingda_core::PersonId| show.directory().person_name(id);
    let mut facts = vec![
        (t.say("owner-from"), name(o.from)),
        (t.say("owner-to"), name(o.to)),
        (t.say("owner-by"), t.with("overdue-by-at", &[("who", name(o.by)), ("at", show.moment(o.at).text)])),
    ];
    if let Some(at) = o.answered {
        facts.push((t.say("owner-answered"), show.moment(at).text));
    }
    let mut texts = vec![(t.say("owner-reason"), Markup::prose(&o.reason))];
    if !o.note.is_empty() {
        texts.push((t.say("owner-note"), Markup::prose(&o.note)));
    }
    let mut forms = Vec::new();
    if line.may_answer {
        let buttons = ["accept", "decline"].map(|word| Choice::new(word, t.say(&format!("owner-do-{word}"))));
        forms.push(ItemForm {
            id: "answer",
            title: t.say("owner-answer"),
            hint: t.say("owner-answer-hint"),
            action: format!("/owner-offers/{}/answer", o.id),
            form: FieldForm::new([note_field(t, "owner-note", "answer")]),
            name: "answer",
            buttons: buttons.to_vec(),
            main: true,
            version: o.version.to_string(),
        });
    }
    if line.may_withdraw {
        forms.push(ItemForm {
            id: "withdraw",
            title: t.say("owner-withdraw"),
            hint: String::new(),
            action: format!("/owner-offers/{}/withdrawal", o.id),
            form: FieldForm::default(),
            name: "do",
            buttons: vec![Choice::new("withdraw", t.say("owner-withdraw"))],
            main: false,
            version: o.version.to_string(),
        });
    }
    Ok(OverdueItemPage {
        kind: t.say("owner-offer"),
        title: t.with("owner-title", &[("from", name(o.from)), ("to", name(o.to))]),
        state: offer_badge(t, o.state),
        ticket: ticket_of(&show, &line.ticket),
        facts,
        texts,
        versions: Vec::new(),
        forms,
        key: secret::fresh(&visit.ctx, "form"),
        shell: visit.shell().await?,
    })
}

async fn see_statement(visit: Visit, Path(id): Path<String>) -> PageResult {
    show_item(&visit, Item::Statement(id.parse().map_err(|_| Refusal::NotFound)?)).await
}

async fn see_extension(visit: Visit, Path(id): Path<String>) -> PageResult {
    show_item(&visit, Item::Extension(id.parse().map_err(|_| Refusal::NotFound)?)).await
}

async fn see_offer(visit: Visit, Path(id): Path<String>) -> PageResult {
    show_item(&visit, Item::Offer(id.parse().map_err(|_| Refusal::NotFound)?)).await
}

async fn write(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: StatementId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (line, _) = visit.app.statement(visit.actor(), id).await?;
    let (ticket, clock) = (line.ticket.id, line.statement.clock);
    let text = text(&fields, "version", &clock.to_string());
    let result = visit.app.write_statement(&visit.ctx, visit.actor(), ticket, clock, text).await.map(|_| ticket);
    let say = Pending::done("overdue-done-written").forgetting(format!("/statements/{id}"));
    answered(&visit, Item::Statement(id), ("write", fields), result, (None, say)).await
}

async fn review(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: StatementId = id.parse().map_err(|_| Refusal::NotFound)?;
    let verdict = Verdict::parse(fields.get("verdict"));
    let result = match verdict {
        None => Err(Refusal::field("note", "malformed").into()),
        Some(verdict) => {
            let review = Review {
                verdict,
                note: fields.get("note").to_owned(),
                seen: fields.parse("version"),
                once: once(&fields, "review", &id.to_string()),
            };
            visit.app.review_statement(&visit.ctx, visit.actor(), id, review).await
        }
    };
    let key = format!("overdue-done-{}", verdict.map_or("accepted", Verdict::as_str));
    let say = Pending::done(&key).forgetting(format!("/statements/{id}/review"));
    answered(&visit, Item::Statement(id), ("review", fields), result, (Some("/overdue/statements"), say)).await
}

async fn decide(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: ExtensionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let decision = match fields.get("decision") {
        "grant" => Some(Decision::Grant(fields.get("granted").to_owned())),
        "refuse" => Some(Decision::Refuse),
        _ => None,
    };
    let key = if decision == Some(Decision::Refuse) { "extension-done-refused" } else { "extension-done-granted" };
    let result = match decision {
        None => Err(Refusal::field("note", "malformed").into()),
        Some(decision) => {
            let decide = DecideExtension {
                decision,
                note: fields.get("note").to_owned(),
                seen: fields.parse("version"),
                once: once(&fields, "decision", &id.to_string()),
            };
            visit.app.decide_extension(&visit.ctx, visit.actor(), id, decide).await
        }
    };
    let say = Pending::done(key).forgetting(format!("/extensions/{id}/decision"));
    answered(&visit, Item::Extension(id), ("decide", fields), result, (Some("/overdue/requests"), say)).await
}

async fn answer(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: OfferId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (word, key) = match fields.get("answer") {
        "accept" => (Some(Answer::Accept), "owner-done-accepted"),
        "decline" => (Some(Answer::Decline), "owner-done-declined"),
        _ => (None, ""),
    };
    let result = match word {
        None => Err(Refusal::field("note", "malformed").into()),
        Some(word) => {
            let once = once(&fields, "owner-answer", &id.to_string());
            visit.app.answer_offer(&visit.ctx, visit.actor(), id, word, fields.get("note"), once).await
        }
    };
    let say = Pending::done(key).forgetting(format!("/owner-offers/{id}/answer"));
    answered(&visit, Item::Offer(id), ("answer", fields), result, (None, say)).await
}

/// After a single button: the ticket, with a word about it.
fn button(visit: &Visit, page: &str, result: AppResult<TicketId>, key: &str) -> PageResult {
    match result {
        Ok(ticket) => Ok(visit.go(&format!("/tickets/{ticket}"), &Pending::done(key))),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => Ok(visit.go(page, &failed(visit.t(), &refusal))),
        Err(other) => Err(Fault(other)),
    }
}

async fn withdraw_extension(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: ExtensionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let result = visit.app.withdraw_extension(&visit.ctx, visit.actor(), id).await;
    button(&visit, &format!("/extensions/{id}"), result, "extension-done-withdrawn")
}

async fn withdraw_offer(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: OfferId = id.parse().map_err(|_| Refusal::NotFound)?;
    let result = visit.app.withdraw_offer(&visit.ctx, visit.actor(), id).await;
    button(&visit, &format!("/owner-offers/{id}"), result, "owner-done-withdrawn")
}

pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/statements/{id}", get(see_statement).post(write))
        .route("/statements/{id}/review", post(review))
        .route("/extensions/{id}", get(see_extension))
        .route("/extensions/{id}/decision", post(decide))
        .route("/extensions/{id}/withdrawal", post(withdraw_extension))
        .route("/owner-offers/{id}", get(see_offer))
        .route("/owner-offers/{id}/answer", post(answer))
        .route("/owner-offers/{id}/withdrawal", post(withdraw_offer))
}
