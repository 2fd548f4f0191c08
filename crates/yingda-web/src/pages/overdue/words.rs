//! Words for states, causes and amounts, and the forms that several pages share.

use yingda_app::answerable::{CAUSES, ExtensionState, OfferState};
use yingda_core::answerable::{Statement, StatementState, Verdict};

use crate::i18n::Tr;
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Tone};

/// Where a statement stands; `None`: nobody has noticed the breach yet, so it is due.
#[must_use]
pub fn statement_badge(t: Tr, state: StatementState) -> Badge {
    let tone = match state {
        StatementState::Due => Tone::Bad,
        StatementState::Submitted | StatementState::Returned => Tone::Warn,
        StatementState::Accepted => Tone::Good,
        StatementState::Exempted | StatementState::Lapsed => Tone::Neutral,
    };
    Badge::new(t.say(&format!("statement-{}", state.as_str())), tone)
}

/// What a lead said about a version.
#[must_use]
pub fn verdict_badge(t: Tr, verdict: Verdict) -> Badge {
    statement_badge(t, verdict.state())
}

/// Where a request stands.
#[must_use]
pub fn extension_badge(t: Tr, state: ExtensionState) -> Badge {
    let tone = match state {
        ExtensionState::Open => Tone::Warn,
        ExtensionState::Granted => Tone::Good,
        ExtensionState::Refused => Tone::Bad,
        ExtensionState::Withdrawn | ExtensionState::Lapsed => Tone::Neutral,
    };
    Badge::new(t.say(&format!("extension-{}", state.as_str())), tone)
}

/// Where an offer stands.
#[must_use]
pub fn offer_badge(t: Tr, state: OfferState) -> Badge {
    let tone = match state {
        OfferState::Open => Tone::Warn,
        OfferState::Accepted => Tone::Good,
        OfferState::Declined => Tone::Bad,
        OfferState::Withdrawn | OfferState::Lapsed => Tone::Neutral,
    };
    Badge::new(t.say(&format!("offer-{}", state.as_str())), tone)
}

/// A cause in words; what is none stays as it is.
#[must_use]
pub fn cause_word(t: Tr, cause: &str) -> String {
    if CAUSES.iter().any(|known| known.id == cause) { t.say(&format!("cause-{cause}")) } else { cause.to_owned() }
}

/// So much of a unit, such as 2 工作小时.
#[must_use]
pub fn amount(t: Tr, n: i64, unit: &str) -> String {
    t.with(&format!("amount-{unit}"), &[("n", n)])
}

/// What was written, as label and text.
#[must_use]
pub fn said(t: Tr, cause: &str, account: &str, improvement: &str) -> Vec<(String, String)> {
    let all = [
        ("statement-cause", cause_word(t, cause)),
        ("statement-account", account.to_owned()),
        ("statement-improvement", improvement.to_owned()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (t.say(key), text)).collect()
}

/// The form of a statement, with what was written before.
#[must_use]
pub fn statement_form(t: Tr, before: Option<&Statement>, within: &str) -> FieldForm {
    let old = |of: fn(&Statement) -> &String| before.map(|statement| of(statement).clone()).unwrap_or_default();
    let causes = CAUSES.iter().map(|cause| Choice::new(cause.id, t.say(&format!("cause-{}", cause.id))));
    FieldForm::new([
        FieldView::new(FieldKind::Choice, "cause", t.say("statement-cause"))
            .options(causes)
            .as_list(t.say("choice-pick"))
            .required()
            .value(old(|s| &s.cause))
            .within(within),
        FieldView::new(FieldKind::Multiline, "account", t.say("statement-account"))
            .hint(t.say("statement-account-hint"))
            .required()
            .value(old(|s| &s.account))
            .within(within),
        FieldView::new(FieldKind::Multiline, "improvement", t.say("statement-improvement"))
            .hint(t.say("statement-improvement-hint"))
            .required()
            .value(old(|s| &s.improvement))
            .within(within),
    ])
}
