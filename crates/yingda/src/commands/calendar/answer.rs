//! `calendar due` and `calendar elapsed`.
//!
//! The one thing to know: the JSON answer is exactly `{"due": …}` or `{"seconds": …}`; only `--explain` adds keys. Without
//! `--json` the answer is the last line, after the account if one was asked for.

use jiff::Timestamp;
use serde_json::{Map, Value};
use worktime::{Calendar, Coverage, Explanation, When};

use super::{Bad, file};
use crate::saying::line;
use crate::settings::Language;
use crate::settings::calendar::{DueAsked, ElapsedAsked, More};

/// Prints when a limit is due.
pub(super) fn due(asked: &DueAsked) -> Result<(), Bad> {
    let calendar = file::read(&asked.calendar)?;
    let (amount, pauses) = (asked.amount.amount(), &asked.more.pauses);
    let due = calendar.due(asked.from, amount, pauses)?;
    let account = match asked.more.explain {
        true => Some(calendar.explain_due(asked.from, amount, pauses)?),
        false => None,
    };
    if let When::Held(since) = due.when {
        let since = shown(&calendar, since);
        eprintln!("{since} 起暂停，尚未恢复，因此还没有到期时间。");
        eprintln!("Paused since {since} and not resumed, so there is no due time yet.");
    }
    let at = due.at().map(|at| shown(&calendar, at));
    let plain = at.clone().unwrap_or_else(|| "-".to_owned());
    tell("due", at.map_or(Value::Null, Value::from), &plain, account.as_ref(), &due.coverage, &asked.more);
    Ok(())
}

/// Prints how much was worked.
pub(super) fn elapsed(asked: &ElapsedAsked) -> Result<(), Bad> {
    let calendar = file::read(&asked.calendar)?;
    let (from, to, pauses) = (asked.from, asked.to, &asked.more.pauses);
    let elapsed = calendar.elapsed(from, to, pauses)?;
    let account = match asked.more.explain {
        true => Some(calendar.explain_elapsed(from, to, pauses)?),
        false => None,
    };
    let plain = elapsed.seconds.to_string();
    tell("seconds", elapsed.seconds.into(), &plain, account.as_ref(), &elapsed.coverage, &asked.more);
    Ok(())
}

fn tell(key: &str, value: Value, plain: &str, account: Option<&Explanation>, coverage: &Coverage, more: &More) {
    let warnings = match more.lang {
        Language::Zh => coverage.chinese(),
        Language::En => coverage.english(),
    };
    for warning in &warnings {
        eprintln!("{warning}");
    }
    let account = account.map(|account| match more.lang {
        Language::Zh => account.chinese(),
        Language::En => account.english(),
    });
    if more.json {
        let mut answer = Map::new();
        answer.insert(key.to_owned(), value);
        if let Some(account) = account {
            answer.insert("explanation".to_owned(), account.into());
            answer.insert("warnings".to_owned(), warnings.into());
        }
        line(&Value::Object(answer).to_string());
    } else {
        account.into_iter().flatten().for_each(|told| line(&told));
        line(plain);
    }
}

/// In the calendar's zone with its offset; in UTC where the zone's offset then had seconds, which RFC 3339 cannot write.
fn shown(calendar: &Calendar, at: Timestamp) -> String {
    let offset = calendar.time_zone().to_offset(at);
    if offset.seconds() % 60 == 0 { at.display_with_offset(offset).to_string() } else { at.to_string() }
}
