//! 我的一天 and the team's day. A word on a ticket is said here; the rest of recurring work is done in `work`.
//!
//! The one thing to know: a word that is refused brings the day back with what was typed in its row.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use yingda_app::AppError;
use yingda_app::routines::OBSTACLES;
use yingda_app::routines::{Day, Task};
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Refusal, TicketId};
use yingda_process::routine::Every;

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView};
use crate::pages::answers::fill_faults;
use crate::pages::routines::words;
use crate::pages::show::{Show, failed};
use crate::pages::work;
use crate::views::day::{DayPage, Obstacle, TaskRow, TeamPage, TeamRow, TrackRow, Word};

/// A word that was refused.
struct Returned<'a> {
    ticket: TicketId,
    typed: &'a Fields,
    refusal: &'a Refusal,
}

async fn day(visit: Visit) -> PageResult {
    let page = page(&visit, None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn page(visit: &Visit, returned: Option<Returned<'_>>) -> Result<DayPage, Fault> {
    let (t, show) = (visit.t(), Show::new(visit));
    let Day { date, tickets, untracked, to_do, done, to_read, coming } =
        visit.app.my_day(&visit.ctx, visit.actor()).await?;
    let total = tickets.len();
    let rows = tickets.iter().map(|(ticket, word)| {
        let said = word.as_ref().map(|word| Word {
            at: show.moment(word.at),
            note: word.note.clone(),
            obstacle: obstacle_word(t, &word.obstacle),
        });
        let returned = returned.as_ref().filter(|returned| returned.ticket == ticket.id);
        let (note, obstacle) = match (returned, word) {
            (Some(returned), _) => (returned.typed.get("note"), returned.typed.get("obstacle")),
            (None, Some(word)) => (word.note.as_str(), word.obstacle.as_str()),
            (None, None) => ("", ""),
        };
        track_row(visit, &show, ticket, said, word_form(t, ticket, note, obstacle, returned.map(|r| r.refusal)))
    });
    let (said, open): (Vec<TrackRow>, Vec<TrackRow>) = rows.partition(|row| row.said.is_some());
    let untracked = usize::try_from(untracked).unwrap_or_default();
    let rows = |tasks: &[Task]| tasks.iter().map(|task| row(visit, &show, task)).collect::<Vec<_>>();
    Ok(DayPage {
        shell: visit.shell().await?,
        today: words::day(t, date),
        more: open.len() < untracked,
        total,
        has_tickets: total > 0 || visit.may(Action::SeeQueue),
        open,
        said,
        untracked,
        to_do: to_do.iter().map(|task| work::card(visit, &show, task, Some(untracked), None)).collect(),
        done: rows(&done),
        to_read: rows(&to_read),
        coming: rows(&first_of_daily(coming)),
        leads: visit.may(Action::KeepRoutines),
    })
}

/// Of what comes every day, only the next.
fn first_of_daily(coming: Vec<Task>) -> Vec<Task> {
    let mut seen = Vec::new();
    let mut kept = Vec::new();
    for task in coming {
        if task.routine.rule.when.every == Every::Day {
            if seen.contains(&task.routine.id) {
                continue;
            }
            seen.push(task.routine.id);
        }
        kept.push(task);
    }
    kept
}

fn row(visit: &Visit, show: &Show, task: &Task) -> TaskRow {
    words::row(show, visit.t(), visit.now(), task, &visit.zone())
}

fn obstacle_word(t: Tr, word: &str) -> String {
    if word.is_empty() { String::new() } else { t.say(&format!("obstacle-{word}")) }
}

fn track_row(visit: &Visit, show: &Show, ticket: &Ticket, said: Option<Word>, form: FieldForm) -> TrackRow {
    let row = show.ticket(ticket);
    let me = visit.actor().person;
    TrackRow {
        id: row.id,
        number: row.number,
        title: row.title,
        customer: row.customer,
        step: ticket.step.clone(),
        state: row.state,
        due: row.due,
        with: if ticket.assignee == Some(me) { String::new() } else { row.assignee },
        said,
        unfolded: form.has_faults(),
        form,
    }
}

fn word_form(t: Tr, ticket: &Ticket, note: &str, obstacle: &str, refusal: Option<&Refusal>) -> FieldForm {
    let id = ticket.id.to_string();
    let mut form = FieldForm::new([
        FieldView::new(FieldKind::Text, "note", t.say("day-note")).value(note).within(&id),
        FieldView::new(FieldKind::Choice, "obstacle", t.say("day-obstacle"))
            .options(OBSTACLES.map(|word| Choice::new(word, obstacle_word(t, word))))
            .as_list(t.say("obstacle-none"))
            .value(obstacle)
            .within(&id),
    ]);
    fill_faults(t, &mut form, refusal);
    form
}

async fn track(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let said = visit.app.track(&visit.ctx, visit.actor(), id, fields.get("note"), fields.get("obstacle")).await;
    match said {
        Ok(()) => Ok(visit.go("/day#tracking", &Pending::done("day-word-kept").forgetting(format!("track-{id}")))),
        Err(AppError::Refused(refusal @ Refusal::Fields(_))) => {
            let page = page(&visit, Some(Returned { ticket: id, typed: &fields, refusal: &refusal })).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        // The ticket has ended or gone to somebody else meanwhile: it is no longer on the list.
        Err(AppError::Refused(refusal @ (Refusal::TicketEnded | Refusal::NotAllowed))) => back(&visit, &refusal),
        Err(other) => Err(other.into()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the arm of a handler")]
fn back(visit: &Visit, refusal: &Refusal) -> Result<Response, Fault> {
    Ok(visit.go("/day#tracking", &failed(visit.t(), refusal)))
}

async fn team(visit: Visit) -> PageResult {
    let (t, show) = (visit.t(), Show::new(&visit));
    let team = visit.app.team_day(&visit.ctx, visit.actor()).await?;
    let directory = show.directory();
    let rows = |tasks: &[Task]| tasks.iter().map(|task| row(&visit, &show, task)).collect::<Vec<_>>();
    let lines = team.lines.iter().map(|line| TeamRow {
        name: directory.person_name(line.person),
        department: directory
            .people
            .get(&line.person)
            .map(|person| directory.department_name(person.department))
            .unwrap_or_default(),
        open: line.open,
        tracked: line.tracked,
        tasks: rows(&line.tasks),
        left: line.left(),
    });
    let obstacles = team.obstacles.iter().map(|(word, ticket)| {
        let row = show.ticket(ticket);
        Obstacle {
            href: row.href(),
            title: row.title,
            number: row.number,
            who: directory.person_name(word.person),
            kind: obstacle_word(t, &word.obstacle),
            note: word.note.clone(),
            at: show.moment(word.at),
        }
    });
    let page = TeamPage {
        shell: visit.shell().await?,
        today: words::day(t, team.date),
        lines: lines.collect(),
        shared: rows(&team.shared),
        to_read: rows(&team.to_read),
        obstacles: obstacles.collect(),
        nobody: team.nobody.iter().map(|r| (r.rule.label.clone(), format!("/routines/{}", r.id))).collect(),
    };
    visit.page(StatusCode::OK, &page)
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/day", get(day)).route("/day/team", get(team)).route("/tickets/{id}/tracking", post(track))
}
