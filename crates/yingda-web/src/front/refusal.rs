//! Refusals as sentences: `refusal-<code>` and `field-<code>` of the language files.

use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

use crate::i18n::Tr;

/// The sentence of a refusal.
#[must_use]
pub fn refusal_sentence(t: Tr, refusal: &Refusal) -> String {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        Refusal::TooMany { seconds } => t.with(&key, &[("minutes", seconds.div_ceil(60))]),
        Refusal::TooLarge { limit } => t.with(&key, &[("mb", limit / 1024 / 1024)]),
        Refusal::FileType { found } => t.with(&key, &[("found", found)]),
        Refusal::Process { why } => t.with(&key, &[("why", why)]),
        Refusal::Import { faults } => t.with(&key, &[("n", *faults)]),
        Refusal::TurnsOverlap { person, day, shift } => {
            t.with(&key, &[("person", person.as_str()), ("day", day), ("shift", shift)])
        }
        Refusal::Untracked { left } => t.with(&key, &[("left", *left)]),
        Refusal::NeedsStatement { clocks } => {
            let clocks = clocks.iter().map(String::as_str).collect::<Vec<_>>().join(&t.say("list-comma"));
            t.with(&key, &[("clocks", clocks)])
        }
        Refusal::UrgedJustNow { minutes } => t.with(&key, &[("minutes", *minutes)]),
        Refusal::Taken { field } => t.say(&format!("refusal-taken-{field}")),
        _ => t.say(&key),
    }
}

/// The sentence of a field at fault.
#[must_use]
pub fn field_sentence(t: Tr, refusal: &FieldRefusal) -> String {
    t.with_words(&format!("field-{}", refusal.code), &refusal.params)
}
