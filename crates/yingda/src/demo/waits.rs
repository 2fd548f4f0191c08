//! How long people of the demonstration take for what: most within the limits of S01–S03, some beyond them.

use yingda_process::Priority;

use super::calendar::Wait;
use super::course::Pace;
use super::deeds::Deed;
use super::dice::Dice;

/// The wait before a deed.
pub fn before(deed: &Deed, priority: Priority, pace: Pace, dice: &mut Dice) -> Wait {
    let (unit, low, high) = range(deed, priority);
    let minutes = dice.between(low, high);
    let minutes = match pace {
        Pace::Quick => minutes / 5 + 1,
        Pace::Usual => minutes,
        Pace::Slow => minutes * 3,
    };
    unit(minutes)
}

/// Shortest and longest, in minutes of the clock or of working time.
fn range(deed: &Deed, priority: Priority) -> (fn(i64) -> Wait, i64, i64) {
    match deed {
        Deed::Receive => (Wait::Minutes, 0, 0),
        Deed::Take { .. } => (Wait::Working, 4, 45),
        Deed::Sign(_) => (Wait::Working, 10, 200),
        // Two working days are 900 minutes.
        Deed::Answer(_) => (Wait::Working, 90, 760),
        Deed::Countersign(_) => (Wait::Working, 15, 180),
        Deed::Told(_) => (Wait::Working, 20, 240),
        Deed::Extra(_) => (Wait::Working, 5, 60),
        Deed::Complete { step, .. } => at_step(step, priority),
    }
}

fn at_step(step: &str, priority: Priority) -> (fn(i64) -> Wait, i64, i64) {
    match step {
        // While the caller is on the line, or just after.
        "answer_at_once" | "judge_question" | "judge_complaint" | "reply_at_once" | "explain" | "leak"
        | "record_result" => (Wait::Minutes, 1, 6),
        "inquire" | "consult" | "pass_on" | "record_complaint" | "reply_invalid" => (Wait::Minutes, 3, 25),
        "confer" => (Wait::Working, 10, 60),
        // One working hour; what is urgent is not left until the morning.
        "assign" if priority == Priority::Urgent => (Wait::Minutes, 3, 25),
        "assign" => (Wait::Working, 5, 52),
        "notify" => (Wait::Minutes, 2, 13),
        // Two hours by the clock for what is urgent or high.
        "respond" => match priority {
            Priority::Urgent | Priority::High => (Wait::Minutes, 12, 105),
            Priority::Medium | Priority::Low => (Wait::Working, 40, 400),
        },
        "appoint" => (Wait::Minutes, 60, 900),
        "repair_office" | "repair_engineering" => (Wait::Minutes, 20, 105),
        "finish_office" | "finish_engineering" => (Wait::Minutes, 110, 1100),
        "handle" => match priority {
            Priority::Urgent => (Wait::Working, 60, 420),
            Priority::High => (Wait::Working, 120, 780),
            Priority::Medium => (Wait::Working, 180, 1700),
            Priority::Low => (Wait::Working, 400, 3200),
        },
        // One working hour for the confirmation.
        "confirm" => (Wait::Working, 6, 55),
        _ => (Wait::Working, 10, 170),
    }
}
