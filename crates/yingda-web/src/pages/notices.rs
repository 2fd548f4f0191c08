//! 通知与升级: the reader's own, the whole desk's for its leads, one with everything about it; reading, and saying what came of it.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use yingda_app::notices::triggers::{self, Offered, RaiseTrigger};
use yingda_app::notices::{Filter, Kind, Line, PAGE, Show as Which};
use yingda_app::ticket::TicketView;
use yingda_app::{AppError, Once, secret};
use yingda_core::{Action, NoticeId, Refusal, TicketId};

use crate::front::flash::Pending;
use crate::front::visit::encode;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, reply};
use crate::i18n::Tr;
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView, Paging};
use crate::pages::actions::{Place, Returned, done, once};
use crate::pages::forms::{people, refill};
use crate::pages::notice_card::{Cards, kind_word, label};
use crate::pages::show::{Show, failed};
use crate::shell::capped;
use crate::views::notices::{NoticePage, NoticeTab, NoticesPage, TicketNotices};

#[derive(Debug, Default, Deserialize)]
struct Mine {
    #[serde(default)]
    show: String,
    #[serde(default)]
    before: String,
}

async fn mine(visit: Visit, Query(asked): Query<Mine>) -> PageResult {
    let (tab, which) =
        if asked.show == "all" { (NoticeTab::Mine, Which::All) } else { (NoticeTab::Unread, Which::Unread) };
    let before = asked.before.parse::<NoticeId>().ok();
    let found = visit.app.my_notices(&visit.ctx, visit.actor(), which, before, PAGE).await?;
    let unread = visit.app.unread_notices(&visit.ctx, visit.actor()).await?;
    let show = Show::new(&visit);
    let cards = Cards::new(&visit, &show);
    let more = if tab == NoticeTab::Mine { "&" } else { "?" };
    let newest = found.lines.first().map(|line| line.told.notice.id.to_string());
    let page = NoticesPage {
        tab,
        may_see_desk: visit.may(Action::SeeNotices),
        unread: capped(unread.unsigned_abs()),
        newest: newest.filter(|_| unread > 0 && before.is_none()),
        filters: Vec::new(),
        error: None,
        paging: Paging {
            prev: before.map(|_| tab.href().to_owned()),
            next: found.next.map(|next| format!("{}{more}before={next}", tab.href())),
            shown: found.lines.len(),
        },
        cards: found.lines.iter().map(|line| cards.line(line)).collect(),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

#[derive(Debug, Default, Deserialize)]
struct OfDesk {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    before: String,
}

impl OfDesk {
    /// What is asked for, and whether all of it was understood.
    fn filter(&self, visit: &Visit) -> (Filter, bool) {
        let mut understood = true;
        let mut day = |text: &str, days: i64| -> Option<Timestamp> {
            if text.is_empty() {
                return None;
            }
            let at = text.parse::<Date>().ok().and_then(|day| day.checked_add(days.days()).ok());
            let at = at.and_then(|day| day.to_zoned(visit.zone()).ok()).map(|zoned| zoned.timestamp());
            understood &= at.is_some();
            at
        };
        let (from, until) = (day(&self.from, 0), day(&self.until, 1));
        let person = Some(&self.person).filter(|text| !text.is_empty()).map(|text| text.parse());
        understood &= !matches!(person, Some(Err(_)));
        let filter = Filter {
            awaiting: self.outcome == "open",
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            person: person.and_then(Result::ok),
            from,
            until,
        };
        (filter, understood)
    }

    fn fields(&self, t: Tr, show: &Show) -> Vec<FieldView> {
        let kinds = Kind::WORDS.map(|word| match word {
            "level" => Choice::new(word, t.say("notice-kind-levels")),
            other => Choice::new(other, kind_word(t, &Kind::read(other, 0))),
        });
        vec![
            FieldView::new(FieldKind::Choice, "outcome", t.say("notice-outcome"))
                .options([Choice::new("open", t.say("notice-awaits"))])
                .as_list(t.say("notices-any"))
                .value(&self.outcome),
            FieldView::new(FieldKind::Choice, "kind", t.say("notice-kind"))
                .options(kinds)
                .as_list(t.say("notices-any"))
                .value(&self.kind),
            FieldView::new(FieldKind::Person, "person", t.say("notice-told"))
                .options(people(show.directory()))
                .as_list(t.say("notices-any"))
                .value(&self.person),
            FieldView::new(FieldKind::Date, "from", t.say("notices-from")).value(&self.from),
            FieldView::new(FieldKind::Date, "until", t.say("notices-until")).value(&self.until),
        ]
    }

    /// The address of this list, or of the page that begins below `before`.
    fn address(&self, before: Option<NoticeId>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let pairs = [
            ("outcome", &self.outcome),
            ("kind", &self.kind),
            ("person", &self.person),
            ("from", &self.from),
            ("until", &self.until),
            ("before", &before),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { "/notices/desk".to_owned() } else { format!("/notices/desk?{}", query.join("&")) }
    }
}

async fn of_desk(visit: Visit, Query(asked): Query<OfDesk>) -> PageResult {
    let t = visit.t();
    let (filter, understood) = asked.filter(&visit);
    let before = asked.before.parse::<NoticeId>().ok();
    let found = visit.app.all_notices(visit.actor(), &filter, before, PAGE).await?;
    let unread = visit.app.unread_notices(&visit.ctx, visit.actor()).await?;
    let show = Show::new(&visit);
    let cards = Cards::new(&visit, &show);
    let page = NoticesPage {
        tab: NoticeTab::Desk,
        may_see_desk: true,
        unread: capped(unread.unsigned_abs()),
        newest: None,
        filters: asked.fields(t, &show),
        error: (!understood).then(|| t.say("notices-filter-unknown")),
        paging: Paging {
            prev: before.map(|_| asked.address(None)),
            next: found.next.map(|next| asked.address(Some(next))),
            shown: found.lines.len(),
        },
        cards: found.lines.iter().map(|line| cards.line(line)).collect(),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

fn notice_id(text: &str) -> Result<NoticeId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

async fn one_page(visit: &Visit, line: &Line, back: Option<(&Fields, &Refusal)>) -> Result<NoticePage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let settle = line.may_settle.then(|| {
        let field = FieldView::new(FieldKind::Multiline, "outcome", t.say("notice-settle-text"))
            .required()
            .hint(t.say("notice-settle-hint"))
            .within("notice");
        let form = FieldForm::new([field]);
        match back {
            Some((typed, Refusal::Fields(wrong))) => refill(t, form, typed, wrong),
            _ => form,
        }
    });
    Ok(NoticePage {
        card: Cards::new(visit, &show).line(line),
        settle,
        key: secret::fresh(&visit.ctx, "form"),
        shell: visit.shell().await?,
    })
}

async fn one(visit: Visit, Path(id): Path<String>) -> PageResult {
    let line = visit.app.notice(visit.actor(), notice_id(&id)?).await?;
    let page = one_page(&visit, &line, None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn read(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = notice_id(&id)?;
    let ticket = visit.app.read_notice(&visit.ctx, visit.actor(), id).await?;
    let next = match (fields.get("then"), ticket) {
        ("ticket", Some(ticket)) => format!("/tickets/{ticket}"),
        ("notice", _) => format!("/notices/{id}"),
        _ => "/notices".to_owned(),
    };
    Ok(visit.go(&next, &Pending::done("notice-done-read")))
}

async fn read_all(visit: Visit, Posted(fields): Posted) -> PageResult {
    let newest = fields.parse::<NoticeId>("newest").ok_or(Refusal::NotFound)?;
    let n = visit.app.read_all_notices(&visit.ctx, visit.actor(), newest).await?;
    Ok(visit.go("/notices", &Pending::done("notice-done-read-all").with("n", n)))
}

async fn settle(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = notice_id(&id)?;
    let text = fields.get("outcome").to_owned();
    let key = fields.some("key").map(|key| format!("notice:{key}"));
    let once = Once::keyed(key.as_deref(), &["notice", &id.to_string(), &text]);
    match visit.app.settle_notice(&visit.ctx, visit.actor(), id, &text, once).await {
        Ok(_) => {
            let say = Pending::done("notice-done-settled").forgetting(format!("notice-{id}"));
            Ok(visit.go(&format!("/notices/{id}"), &say))
        }
        Err(AppError::Refused(refusal @ Refusal::Fields(_))) => {
            let line = visit.app.notice(visit.actor(), id).await?;
            let page = one_page(&visit, &line, Some((&fields, &refusal))).await?;
            visit.page(reply::status(&AppError::Refused(refusal)), &page)
        }
        // Somebody else has said it meanwhile: theirs stands there, and the browser keeps what was typed.
        Err(AppError::Refused(Refusal::Stale { .. })) => {
            Ok(visit.go(&format!("/notices/{id}"), &Pending::failed("notice-settled-already")))
        }
        Err(AppError::Refused(refusal @ Refusal::KeyReused)) => {
            Ok(visit.go(&format!("/notices/{id}"), &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(Fault(other)),
    }
}

/// What stands on a ticket's page: its notices, and 上报.
#[must_use]
pub fn of_ticket(visit: &Visit, show: &Show, view: &TicketView, back: Option<&Returned>) -> TicketNotices {
    let cards = Cards::new(visit, show);
    let may_settle = |told| yingda_app::notices::may_settle(visit.actor(), told);
    TicketNotices {
        cards: view.notices.iter().map(|told| cards.card(told, Some(&view.held.ticket), may_settle(told))).collect(),
        escalate: view.may.escalate.then(|| {
            let form = escalate(visit.t(), &triggers::offered(&view.process.definition));
            match back.filter(|back| back.place == Place::Escalation) {
                Some(back) => refill(visit.t(), form, &back.typed, back.wrong()),
                None => form,
            }
        }),
    }
}

/// The form of 上报.
#[must_use]
pub fn escalate(t: Tr, offered: &[Offered]) -> FieldForm {
    let options: Vec<Choice> = offered.iter().map(|one| Choice::new(&one.id, label(t, &one.label, &one.id))).collect();
    let only = if let [one] = offered { one.id.as_str() } else { "" };
    let mut fields = vec![
        FieldView::new(FieldKind::Choice, "trigger", t.say("escalate-what")).options(options).required().value(only),
        FieldView::new(FieldKind::Multiline, "note", t.say("escalate-note")).required(),
    ];
    let want: Vec<&Offered> = offered.iter().filter(|one| one.proposal).collect();
    if !want.is_empty() {
        let labels: Vec<String> = want.iter().map(|one| label(t, &one.label, &one.id)).collect();
        let sentence = t.with("escalate-proposal-needed", &[("labels", labels.join(&t.say("list-comma")))]);
        let values = want.iter().map(|one| one.id.clone()).collect();
        fields.push(FieldView::new(FieldKind::Multiline, "proposal", t.say("notice-proposal")).needed(Depends {
            name: "trigger".to_owned(),
            values,
            sentence,
        }));
    }
    FieldForm::new(fields.into_iter().map(|field| field.within("escalate")))
}

async fn raise(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asked = RaiseTrigger {
        trigger: fields.get("trigger").to_owned(),
        note: fields.get("note").to_owned(),
        proposal: fields.get("proposal").to_owned(),
        once: once(&fields, "escalation", &id.to_string()),
    };
    let result = visit.app.raise_trigger(&visit.ctx, visit.actor(), id, asked).await.map(drop);
    done(&visit, id, Place::Escalation, fields, result, Pending::done("notice-done-raised")).await
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/notices", get(mine))
        .route("/notices/desk", get(of_desk))
        .route("/notices/reading", post(read_all))
        .route("/notices/{id}", get(one))
        .route("/notices/{id}/reading", post(read))
        .route("/notices/{id}/outcome", post(settle))
        .route("/tickets/{id}/escalations", post(raise))
}
