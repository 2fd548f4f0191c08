//! `/duty`: what I have to do, what I am asked, and who is on duty. Signing in and out.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp, ToSpan};
use yingda_app::AppError;
use yingda_app::duty::handovers::HandoverDue;
use yingda_app::duty::now::{Basis, DutyNow};
use yingda_core::duty::{Presence, Turn};
use yingda_core::{DepartmentId, TurnId};

use super::{
    Asked, Signs, date_words, day_words, department, finding_line, finding_words, head, manages, mark, month_value,
    span_hours, turn_words, weekday_words,
};
use crate::front::flash::Pending;
use crate::front::{Fault, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Badge, Tone};
use crate::pages::show::{Measured, Show, failed, span_words};
use crate::views::duty::board::{BoardPage, DepartmentNow, HandoverDueLine, TurnCard, TurnLine, TurnStep};
use crate::views::duty::{Ahead, AheadDay};

/// Days after today for which gaps are shown: a fortnight with it.
const AHEAD: u16 = 13;
/// Coming turns on the page.
const COMING: usize = 8;
/// How early somebody can sign in for a turn.
const EARLY: SignedDuration = SignedDuration::from_hours(2);

async fn board(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = visit.t();
    let id = department(&visit, &asked.department)?;
    let show = Show::new(&visit);
    let zone = visit.zone();
    let mine = visit.app.my_duty(&visit.ctx, visit.actor()).await?;
    let setup = visit.app.duty_setup(visit.actor(), visit.actor().department).await?;
    let signs = Signs::of(&setup.shifts);
    let begun: Vec<TurnId> = mine.now.iter().map(|turn| turn.id).collect();
    let coming = mine.coming.iter().filter(|turn| !begun.contains(&turn.id)).take(COMING);
    let mut swaps = Vec::new();
    for view in &mine.swaps {
        swaps.push(super::swaps::line(&visit, &show, &signs, view));
    }
    let mut leaves = Vec::new();
    for view in &mine.leaves {
        leaves.push(super::leaves::line(&visit, &show, &signs, view));
    }
    let night = |log: &yingda_core::duty::handover::Handover| {
        (title(t, &signs, log.shift, log.day), format!("/duty/handovers/{}", log.id))
    };
    let (rostered, office) = on_duty(&visit, &show).await?;
    let here = visit.now().to_zoned(zone.clone()).date();
    let page = BoardPage {
        head: head(&visit, id, "/duty"),
        today: day_words(t, here),
        presence: presence(t, &show, mine.presence),
        now: mine.now.iter().map(|turn| card(&visit, &show, &signs, turn)).collect(),
        coming: coming
            .map(|turn| TurnLine {
                sign: signs.sign(turn.shift),
                day: day_words(t, turn.day),
                hours: span_hours(t, turn.span, &zone),
                swap: if turn.span.from > visit.now() {
                    format!("/duty/swaps?turn={}", turn.id)
                } else {
                    String::new()
                },
            })
            .collect(),
        handovers: mine.handovers.iter().map(|due| due_line(&visit, &show, &signs, due)).collect(),
        logs: mine.logs.iter().map(night).collect(),
        swaps,
        leaves,
        rostered,
        office,
        ahead: if manages(&visit, id) { Some(ahead(&visit, &show, id).await?) } else { None },
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

fn presence(t: Tr, show: &Show, presence: Presence) -> String {
    let back = |key: &str, back: Option<Timestamp>| match back {
        Some(back) => t.with(&format!("{key}-until"), &[("when", show.moment(back).text)]),
        None => t.say(key),
    };
    match presence {
        Presence::OnDuty => t.say("duty-presence-on"),
        Presence::OffDuty { back: until } => back("duty-presence-off", until),
        Presence::OnLeave { back: until } => back("duty-presence-leave", until),
    }
}

/// The shift and its day, as hand-overs are called.
pub(super) fn title(t: Tr, signs: &Signs, shift: yingda_core::ShiftId, day: jiff::civil::Date) -> String {
    t.with("duty-shift-of", &[("day", day_words(t, day)), ("shift", signs.name(shift))])
}

fn card(visit: &Visit, show: &Show, signs: &Signs, turn: &Turn) -> TurnCard {
    let t = visit.t();
    let now = visit.now();
    let since = |from: Timestamp| span_words(t, now.as_second() - from.as_second(), Measured::Wall);
    let (state, note) = match (turn.signed_in, turn.signed_out) {
        _ if turn.absent => (Badge::new(t.say("duty-state-absent"), Tone::Bad), turn.note.clone()),
        (_, Some(out)) => (
            Badge::new(t.with("duty-state-out", &[("when", show.moment(out).text)]), Tone::Neutral),
            off_words(t, "duty-early-by", turn.early_seconds()),
        ),
        (Some(at), None) => {
            let late = turn.late_seconds().unwrap_or_default();
            let tone = if late >= 60 { Tone::Warn } else { Tone::Good };
            (
                Badge::new(t.with("duty-state-in", &[("when", show.moment(at).text)]), tone),
                off_words(t, "duty-late-by", turn.late_seconds()),
            )
        }
        (None, None) if turn.span.to <= now => (Badge::new(t.say("duty-state-missed"), Tone::Bad), String::new()),
        (None, None) if turn.span.from <= now => (
            Badge::new(t.say("duty-state-late"), Tone::Bad),
            t.with("duty-late-now", &[("time", since(turn.span.from))]),
        ),
        (None, None) => (Badge::new(t.say("duty-state-waiting"), Tone::Active), String::new()),
    };
    let open = !turn.absent && turn.span.from - EARLY <= now && now < turn.span.to;
    let step = match (turn.signed_in, turn.signed_out) {
        (None, None) if open => TurnStep::SignIn,
        (Some(_), None) if !turn.absent => TurnStep::SignOut,
        _ => TurnStep::Done,
    };
    let day =
        t.with("duty-when", &[("day", day_words(t, turn.day)), ("hours", span_hours(t, turn.span, &visit.zone()))]);
    TurnCard { id: turn.id.to_string(), sign: signs.sign(turn.shift), when: day, state, step, note }
}

/// By how much somebody was late or early; nothing below a minute.
fn off_words(t: Tr, key: &str, seconds: Option<i64>) -> String {
    match seconds {
        Some(seconds) if seconds >= 60 => t.with(key, &[("time", span_words(t, seconds, Measured::Wall))]),
        _ => String::new(),
    }
}

/// A shift that is not handed over, as a line.
pub(super) fn due_line(visit: &Visit, show: &Show, signs: &Signs, due: &HandoverDue) -> HandoverDueLine {
    HandoverDueLine {
        title: title(visit.t(), signs, due.shift, due.day),
        ends: show.moment(due.ends),
        night: due.night,
        href: due.handover.map(|id| format!("/duty/handovers/{id}")),
        draw: (due.shift.to_string(), due.day.to_string()),
    }
}

/// Who is on duty: departments with a roster, and those that go by the office's hours.
async fn on_duty(visit: &Visit, show: &Show) -> Result<(Vec<DepartmentNow>, Vec<DepartmentNow>), Fault> {
    let (mut rostered, mut office) = (Vec::new(), Vec::new());
    for (id, now) in visit.app.duty_board(&visit.ctx, visit.actor()).await? {
        match now.basis {
            Basis::Roster => {
                let signs = Signs::of(&visit.app.duty_setup(visit.actor(), id).await?.shifts);
                rostered.push(department_now(visit, show, &signs, id, &now));
            }
            Basis::Office => office.push(department_now(visit, show, &Signs::default(), id, &now)),
        }
    }
    Ok((rostered, office))
}

fn department_now(visit: &Visit, show: &Show, signs: &Signs, id: DepartmentId, now: &DutyNow) -> DepartmentNow {
    let t = visit.t();
    let people = now.people.iter().map(|one| {
        let sign = one.turn.as_ref().map(|turn| signs.sign(turn.shift));
        let until = one.turn.as_ref().map(|turn| t.with("duty-until", &[("when", show.moment(turn.span.to).text)]));
        (show.directory().person_name(one.person), sign, until.unwrap_or_default())
    });
    let opens = now.opens.map(|at| show.moment(at).text);
    let nobody = match (now.basis, now.people.is_empty(), opens) {
        (Basis::Office, false, _) => t.say("duty-office-open"),
        (_, _, Some(when)) => t.with("duty-nobody-until", &[("when", when)]),
        (_, _, None) => t.say("duty-nobody"),
    };
    DepartmentNow {
        name: show.directory().department_name(id),
        href: format!("/duty/roster?department={id}"),
        own: id == visit.actor().department,
        people: people.collect(),
        nobody,
    }
}

/// The coming fortnight of a department's roster.
async fn ahead(visit: &Visit, show: &Show, id: DepartmentId) -> Result<Ahead, Fault> {
    let t = visit.t();
    let zone = visit.zone();
    let signs = Signs::of(&visit.app.duty_setup(visit.actor(), id).await?.shifts);
    let findings = visit.app.duty_ahead(&visit.ctx, visit.actor(), id, AHEAD).await?;
    let href =
        |day: jiff::civil::Date| format!("/duty/roster?department={id}&month={}&day={day}#cell", month_value(day));
    let today = visit.now().to_zoned(zone.clone()).date();
    let days = (0..=i64::from(AHEAD)).filter_map(|n| today.checked_add(n.days()).ok());
    let days = days.map(|date| {
        let of_day = || findings.iter().filter(|finding| finding.day == date);
        AheadDay {
            date: date_words(t, date),
            weekday: weekday_words(t, date),
            mark: mark(visit, date).0,
            faults: of_day().count(),
            gap: of_day().any(|finding| matches!(finding.what, yingda_core::duty::check::What::Gap { .. })),
            href: href(date),
        }
    });
    let lines = findings.iter().map(|finding| {
        finding_line(t, &zone, finding_words(t, show, &signs, &zone, finding), finding, href(finding.day))
    });
    Ok(Ahead { days: days.collect(), findings: lines.collect() })
}

async fn arrive(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: TurnId = id.parse().map_err(|_| yingda_core::Refusal::NotFound)?;
    match visit.app.begin_turn(&visit.ctx, visit.actor(), id).await {
        Ok(()) => Ok(visit.go("/duty", &Pending::done("duty-signed-in"))),
        Err(AppError::Refused(refusal)) if refusal != yingda_core::Refusal::NotFound => {
            Ok(visit.go("/duty", &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn leave(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: TurnId = id.parse().map_err(|_| yingda_core::Refusal::NotFound)?;
    match visit.app.end_turn(&visit.ctx, visit.actor(), id).await {
        Ok(()) => Ok(visit.go("/duty", &Pending::done("duty-signed-out"))),
        Err(AppError::Refused(refusal)) if refusal != yingda_core::Refusal::NotFound => {
            Ok(visit.go("/duty", &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// A turn in words, for other pages of duty.
pub(super) fn turn_line(visit: &Visit, signs: &Signs, turn: &Turn) -> String {
    turn_words(visit.t(), turn, signs, &visit.zone())
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty", get(board))
        .route("/duty/turns/{id}/arrival", post(arrive))
        .route("/duty/turns/{id}/departure", post(leave))
}
