//! Recurring work in words: when it comes round, whose it is, where an occurrence stands.

use jiff::civil::Date;
use yingda_app::Directory;
use yingda_app::routines::{Rule, Task, Whom};
use yingda_core::routine::{Mark, WorkState};
use yingda_process::routine::{At, Every, FreeDay, Record, Share, Until};

use crate::i18n::Tr;
use crate::kit::{Badge, Due, Tone};
use crate::pages::show::Show;
use crate::views::day::TaskRow;

/// Less than this is left of a limit when it warns, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

/// A day with its day of the week.
#[must_use]
pub fn day(t: Tr, date: Date) -> String {
    t.with(
        "desk-today",
        &[
            ("month", date.month().to_string()),
            ("mon", t.say(&format!("month-{}", date.month()))),
            ("day", date.day().to_string()),
            ("weekday", t.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()))),
        ],
    )
}

/// When it comes round and by when it is due.
#[must_use]
pub fn recurs(t: Tr, rule: &Rule) -> String {
    let every = match &rule.when.every {
        Every::Day => {
            t.say(if rule.when.free_day == FreeDay::Anyway { "routine-every-day" } else { "routine-every-workday" })
        }
        Every::Week(days) => {
            let names: Vec<String> = days.iter().map(|day| t.say(&format!("weekday-{day}"))).collect();
            t.with("routine-every-week", &[("days", names.join(&t.say("list-comma")))])
        }
        Every::Month(day) => t.with("routine-every-month", &[("day", day.to_string())]),
        Every::MonthEnd => t.say("routine-every-month-end"),
        Every::Year(month, day) => t.with(
            "routine-every-year",
            &[("month", month.to_string()), ("mon", t.say(&format!("month-{month}"))), ("day", day.to_string())],
        ),
    };
    let at = match rule.when.at {
        At::Opening => t.say("routine-at-opening"),
        At::Closing => t.say("routine-at-closing"),
        At::Clock(hour, minute) => format!("{hour:02}:{minute:02}"),
    };
    t.with("routine-recurs", &[("every", every), ("at", at), ("until", until(t, rule.until))])
}

/// By when.
#[must_use]
pub fn until(t: Tr, until: Until) -> String {
    match until {
        Until::Closing => t.say("routine-until-closing"),
        Until::Limit(limit) => {
            let amount = t.with(&format!("routine-unit-{}", limit.unit.id()), &[("n", i64::from(limit.amount))]);
            t.with("routine-until-limit", &[("amount", amount)])
        }
    }
}

/// People.
#[must_use]
pub fn whom(t: Tr, directory: &Directory, whom: &Whom) -> String {
    if let Some(person) = whom.person {
        return directory.person_name(person);
    }
    let role = whom.role.map(|role| t.say(&format!("role-{}", role.id())));
    let department = whom
        .department
        .as_ref()
        .map(|code| directory.department(code).map_or_else(|| code.clone(), |department| department.name.clone()));
    [department, role].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whose work it is, and whether everybody does it.
#[must_use]
pub fn who(t: Tr, directory: &Directory, rule: &Rule) -> String {
    let whom = whom(t, directory, &rule.who);
    if rule.who.person.is_some() {
        return whom;
    }
    t.with(if rule.share == Share::Each { "routine-each" } else { "routine-one" }, &[("who", whom)])
}

/// What has to be written down.
#[must_use]
pub fn record(t: Tr, rule: &Rule, labels: &[String]) -> String {
    match &rule.record {
        Record::Tickets => t.say("routine-record-tickets"),
        _ => {
            let label = |label: &String| if label.is_empty() { t.say("work-account") } else { label.clone() };
            labels.iter().map(label).collect::<Vec<_>>().join(&t.say("list-comma"))
        }
    }
}

/// Where an occurrence stands.
#[must_use]
pub fn state(t: Tr, state: WorkState) -> Badge {
    let tone = match state {
        WorkState::Open => Tone::Active,
        WorkState::Submitted | WorkState::Read => Tone::Good,
        WorkState::Exempted => Tone::Neutral,
        WorkState::Missed => Tone::Bad,
    };
    Badge::new(t.say(&format!("work-state-{}", state.as_str())), tone)
}

/// A reader's mark.
#[must_use]
pub fn mark(t: Tr, mark: Mark) -> Badge {
    let tone = if mark == Mark::Good { Tone::Good } else { Tone::Warn };
    Badge::new(t.say(&format!("work-mark-{}", mark.as_str())), tone)
}

/// An occurrence as a row.
#[must_use]
pub fn row(show: &Show, t: Tr, now: jiff::Timestamp, task: &Task, zone: &jiff::tz::TimeZone) -> TaskRow {
    let (work, directory) = (&task.work, show.directory());
    let open = matches!(work.state, WorkState::Open | WorkState::Missed);
    let word = if work.state == WorkState::Open && work.due < now { WorkState::Missed } else { work.state };
    let done = work.done.filter(|_| !open).map(|at| {
        let who = show.person(work.done_by);
        t.with("work-done", &[("who", who), ("at", show.moment(at).text)])
    });
    TaskRow {
        id: work.id.to_string(),
        label: work.label.clone(),
        who: work.person.map_or_else(|| who(t, directory, &task.routine.rule), |person| directory.person_name(person)),
        day: day(t, work.day),
        state: if work.opens > now && open {
            Badge::new(t.say("work-state-coming"), Tone::Neutral)
        } else {
            state(t, word)
        },
        late: work.is_late(),
        opens: show.moment(work.opens),
        due: open.then(|| Due::running("", work.due, now, WARNS, zone, t)),
        recurs: recurs(t, &task.routine.rule),
        done: done.unwrap_or_default(),
        reason: work.reason.clone(),
    }
}
