//! 工单队列: the filtered list, page by page by key; taking and archiving many at once, each told apart.
//!
//! The one thing to know: the address is the list. Filter, order and the key of the page stand in the query string, so every
//! list can be kept, sent and gone back to. Reading it is `filters`, saved views are `views`.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::routing::{get, post};
use yingda_app::queue::{AssigneeFilter, BulkResult, Filter, Page, key_of};
use yingda_core::ticket::{Priority, State};
use yingda_core::{Action, Role, TicketId};
use yingda_process::Channel;

use crate::front::flash::Pending;
use crate::front::visit::local;
use crate::front::{Fault, PageResult, Posted, Visit, WebState};
use crate::kit::{Choice, FieldKind, FieldView, Paging};
use crate::pages::filters::{Asked, NONE, Reader, address};
use crate::pages::show::{Show, channel_word, priority, sentence, state_word};
use crate::views::queue::{ActiveFilter, OwnView, QueuePage, ViewLink};

/// Tickets on a page.
const SIZE: usize = 50;
/// Counts stop here.
const CAP: i64 = 100;
/// Most refused tickets that are named after a bulk action; the cookie that carries them is small.
const NAMED: usize = 20;

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult {
    let t = visit.t();
    let show = Show::new(&visit);
    let asked = Reader::new(&visit, show.directory()).read(&query.unwrap_or_default());
    let tickets = visit.app.queue(visit.actor(), &asked.filter, asked.order, asked.page, SIZE).await?;
    let first = tickets.rows.first().filter(|_| tickets.earlier).map(|row| asked.page_from("before", key_of(row)));
    // A page that emptied since its link was made leads back to the beginning.
    let prev = if tickets.rows.is_empty() && asked.page != Page::First { Some(address(&asked.query())) } else { first };
    let next = tickets.rows.last().filter(|_| tickets.later).map(|row| asked.page_from("after", key_of(row)));
    let (views, own_view) = views(&visit, &asked).await?;
    let wrong: Vec<String> = asked.wrong.iter().map(|name| filter_word(&visit, name)).collect();
    let page = QueuePage {
        shell: visit.shell().await?,
        filters: fields(&visit, &show, &asked).await?,
        active: active(&visit, &show, &asked),
        views,
        own_view,
        query: asked.query(),
        paging: Paging { prev, next, shown: tickets.rows.len() },
        rows: show.tickets(&tickets.rows).await?,
        may_take: true,
        may_archive: visit.actor().roles.at_desk(),
        may_export: visit.may(Action::Export),
        error: (!wrong.is_empty())
            .then(|| t.with("queue-ignored", &[("names", wrong.join(t.say("list-comma").as_str()))])),
    };
    visit.page(StatusCode::OK, &page)
}

/// The name of a condition; what is no condition keeps the name it was sent under.
fn filter_word(visit: &Visit, name: &str) -> String {
    let key = match name {
        "state" => "ticket-state",
        "process" => "ticket-process",
        "kind" => "ticket-kind",
        "priority" => "priority",
        "department" => "ticket-department",
        "assignee" => "ticket-assignee",
        "owner" => "ticket-owner",
        "channel" => "ticket-channel",
        "from" => "queue-from",
        "until" => "queue-to",
        "overdue" => "queue-overdue",
        "ended_from" => "queue-ended-from",
        "ended_until" => "queue-ended-until",
        "satisfied" => "queue-satisfied",
        "rated" => "queue-rated",
        "rating" => "queue-rating",
        "responded" => "queue-responded",
        "solved" => "queue-solved",
        "again" => "queue-again",
        "sheet" => "queue-sheet",
        "sheet_from" => "queue-sheet-from",
        "sheet_until" => "queue-sheet-until",
        "answered" => "queue-sheet-answered",
        "order" => "queue-order",
        "after" | "before" => "paging",
        other => return other.to_owned(),
    };
    visit.t().say(key)
}

/// A condition's value in words.
fn value_word(visit: &Visit, show: &Show, name: &str, value: &str) -> String {
    let t = visit.t();
    let directory = show.directory();
    match name {
        "state" => match value {
            "running" | "any" | "ended" => t.say(&format!("queue-state-{value}")),
            other => State::parse(other).map_or_else(|| other.to_owned(), |state| state_word(t, state)),
        },
        "process" => show.process(value),
        "priority" => Priority::parse(value).map_or_else(|| t.say("priority-normal"), |p| priority(p).word(&t)),
        "department" | "sheet" => value.parse().map_or_else(
            |_| directory.department(value).map_or_else(|| value.to_owned(), |d| d.name.clone()),
            |id| directory.department_name(id),
        ),
        "assignee" | "owner" => match value {
            "me" => t.say("queue-me"),
            NONE => t.say("assignee-none"),
            other => other.parse().map_or_else(
                |_| directory.person(other).map_or_else(|| other.to_owned(), |p| p.name.clone()),
                |id| directory.person_name(id),
            ),
        },
        "channel" => channel_word(t, value),
        "kind" | "rating" if value == NONE => t.say("queue-empty-word"),
        "overdue" | "satisfied" | "rated" | "responded" | "solved" | "again" | "answered" => {
            t.say(if matches!(value, "1" | "yes") { "yes" } else { "no" })
        }
        "order" => t.say(if value == "due" { "queue-order-due" } else { "queue-order-newest" }),
        _ => value.to_owned(),
    }
}

fn active(visit: &Visit, show: &Show, asked: &Asked) -> Vec<ActiveFilter> {
    asked
        .pairs
        .iter()
        .filter(|(name, value)| !(name == "state" && value == "running"))
        .map(|(name, value)| ActiveFilter {
            text: visit.t().with(
                "queue-condition",
                &[("name", filter_word(visit, name)), ("value", value_word(visit, show, name, value))],
            ),
            without: asked.without(name),
        })
        .collect()
}

async fn fields(visit: &Visit, show: &Show, asked: &Asked) -> Result<Vec<FieldView>, Fault> {
    let t = visit.t();
    let directory = show.directory();
    let list = |name: &str, options: Vec<Choice>| {
        FieldView::new(FieldKind::Choice, name, filter_word(visit, name))
            .options(options)
            .as_list(t.say("choice-any"))
            .value(asked.get(name))
    };
    let people = || {
        let mut people: Vec<&yingda_core::Person> = directory
            .people
            .values()
            .filter(|p| p.active && p.roles.0.iter().any(|role| *role != Role::Administrator))
            .collect();
        people.sort_by(|a, b| (a.department, &a.name).cmp(&(b.department, &b.name)));
        people.into_iter().map(|p| Choice::new(p.id.to_string(), p.name.clone())).collect::<Vec<_>>()
    };
    let mut kinds: Vec<Choice> =
        visit.app.queue_kinds(visit.actor()).await?.iter().map(|kind| Choice::same(kind)).collect();
    let kind = asked.get("kind");
    if !kind.is_empty() && kinds.iter().all(|choice| choice.value != kind) {
        kinds.push(Choice::new(kind, value_word(visit, show, "kind", kind)));
    }
    let states = ["any", "ended"].into_iter().chain(State::ALL.iter().map(|state| state.as_str()));
    let mut assignees = vec![Choice::new("me", t.say("queue-me")), Choice::new(NONE, t.say("assignee-none"))];
    assignees.extend(people());
    let mut owners = vec![Choice::new("me", t.say("queue-me"))];
    owners.extend(people());
    let departments = directory.departments.values().map(|d| Choice::new(d.id.to_string(), d.name.clone())).collect();
    let mut state =
        list("state", states.map(|word| Choice::new(word, value_word(visit, show, "state", word))).collect());
    state.list = Some(t.say("queue-state-running"));
    if state.value == "running" {
        state.value = String::new();
    }
    let mut order = list("order", vec![Choice::new("due", t.say("queue-order-due"))]);
    order.list = Some(t.say("queue-order-newest"));
    let processes =
        visit.app.processes().all_current().iter().map(|p| Choice::new(&p.definition.id, &p.definition.name)).collect();
    let priorities = Priority::ALL.iter().map(|p| Choice::new(p.as_str(), priority(*p).word(&t))).collect();
    let channels =
        Channel::ALL.iter().map(|channel| Choice::new(channel.id(), channel_word(t, channel.id()))).collect();
    Ok(vec![
        state,
        list("process", processes),
        list("kind", kinds),
        list("priority", priorities),
        list("department", departments),
        list("assignee", assignees),
        list("owner", owners),
        list("channel", channels),
        FieldView::new(FieldKind::Date, "from", filter_word(visit, "from")).value(asked.get("from")),
        FieldView::new(FieldKind::Date, "until", filter_word(visit, "until")).value(asked.get("until")),
        list("overdue", vec![Choice::new("yes", t.say("yes"))]),
        order,
    ])
}

/// The ready-made views with their capped counts, then the reader's own.
async fn views(visit: &Visit, asked: &Asked) -> Result<(Vec<ViewLink>, Option<OwnView>), Fault> {
    let t = visit.t();
    let here = asked.query();
    let me = visit.actor().person;
    let ready = [
        ("view-all", "", Filter::default()),
        ("view-mine", "assignee=me", Filter { assignee: Some(AssigneeFilter::Person(me)), ..Filter::default() }),
        ("view-untaken", "assignee=none", Filter { assignee: Some(AssigneeFilter::Nobody), ..Filter::default() }),
        ("view-owned", "owner=me", Filter { owner: Some(me), ..Filter::default() }),
        ("view-over", "overdue=yes", Filter { overdue_at: Some(visit.now()), ..Filter::default() }),
    ];
    let mut links = Vec::new();
    for (key, query, filter) in ready {
        let count = visit.app.queue_count(visit.actor(), &filter, CAP).await?;
        links.push(ViewLink {
            name: t.say(key),
            href: address(query),
            current: here == query,
            count: crate::shell::capped(count.unsigned_abs()),
        });
    }
    links.push(ViewLink {
        name: t.say("view-due"),
        href: address("order=due"),
        current: here == "order=due",
        count: None,
    });
    links.push(ViewLink {
        name: t.say("view-ended"),
        href: address("state=ended"),
        current: here == "state=ended",
        count: None,
    });
    let mut own = None;
    for view in visit.app.saved_views(visit.actor()).await? {
        let current = own.is_none() && view.query == here;
        if current {
            own = Some(OwnView { id: view.id.to_string(), name: view.name.clone() });
        }
        links.push(ViewLink { name: view.name, href: address(&view.query), current, count: None });
    }
    Ok((links, own))
}

/// What is ticked on the page.
fn ticked(fields: &crate::front::Fields) -> Vec<TicketId> {
    let mut ids: Vec<TicketId> = fields.all("ticket").filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn take(visit: Visit, Posted(fields): Posted) -> PageResult {
    let ids = ticked(&fields);
    let results = visit.app.take_all(&visit.ctx, visit.actor(), &ids).await?;
    let say = told(&visit, "bulk-taken", &results).await?;
    Ok(visit.go(local(fields.get("back")), &say))
}

async fn archive(visit: Visit, Posted(fields): Posted) -> PageResult {
    let ids = ticked(&fields);
    let results = visit.app.archive_all(&visit.ctx, visit.actor(), &ids).await?;
    let say = told(&visit, "bulk-archived", &results).await?;
    Ok(visit.go(local(fields.get("back")), &say))
}

/// What came of each ticket: how many went well, and for every reason the tickets that it held back.
async fn told(visit: &Visit, done: &str, results: &[BulkResult]) -> Result<Pending, Fault> {
    let t = visit.t();
    if results.is_empty() {
        return Ok(Pending::notice("bulk-none"));
    }
    let well = results.iter().filter(|result| result.refused.is_none()).count();
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (n, result) in results.iter().filter(|result| result.refused.is_some()).enumerate() {
        let Some(refusal) = &result.refused else { continue };
        let numbers = reasons.entry(sentence(t, refusal)).or_default();
        if n < NAMED
            && let Ok(view) = visit.app.ticket(visit.actor(), result.ticket).await
        {
            numbers.push(view.held.ticket.number);
        }
    }
    if reasons.is_empty() {
        return Ok(Pending::done(done).with("n", well));
    }
    let failed: Vec<String> = reasons
        .into_iter()
        .map(|(reason, numbers)| {
            if numbers.is_empty() {
                reason
            } else {
                t.with("bulk-reason", &[("numbers", numbers.join(&t.say("list-comma"))), ("reason", reason)])
            }
        })
        .collect();
    let text = t.with(
        "bulk-partly",
        &[
            ("done", t.with(done, &[("n", well)])),
            ("failed", t.with("bulk-failed", &[("n", results.len() - well)])),
            ("reasons", failed.join(" ")),
        ],
    );
    let pending = if well == 0 { Pending::failed("say") } else { Pending::notice("say") };
    Ok(pending.with("text", text))
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/tickets", get(show))
        .route("/tickets/assignments", post(take))
        .route("/tickets/archivals", post(archive))
}
