//! The clocks of a ticket as its page shows them, and the forms beside them.

use yingda_app::clocks::derive::Target;
use yingda_app::clocks::pages::{ClockDeeds, Outcome};
use yingda_app::clocks::view::ClockView;
use yingda_app::ticket::TicketView;
use yingda_process::Definition;

use super::words::{account, calendar_name, limit_words, span, target_words, units};
use crate::front::{Fault, Visit};
use crate::i18n::Tr;
use crate::kit::{Badge, Choice, Depends, Due, FieldForm, FieldKind, FieldView, Tone};
use crate::pages::actions::{Place, Returned};
use crate::pages::forms::refill;
use crate::pages::show::Show;
use crate::views::clocks::{ClockLine, HeldLine, TicketClocks};

/// A running limit warns when less than this is left, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

/// How a limit of one's own can be said, in the order of the form.
pub const HOW: [&str; 3] = ["amount", "until", "usual"];

/// Clocks on the ticket's page; `back` is what was sent from it and refused.
///
/// # Errors
/// Where they cannot be read.
pub async fn of_ticket(
    visit: &Visit,
    show: &Show,
    view: &TicketView,
    back: Option<&Returned>,
) -> Result<TicketClocks, Fault> {
    let clocks = visit.app.ticket_clocks(&visit.ctx, visit.actor(), view.held.ticket.id).await?;
    let deeds = visit.app.clock_deeds(visit.actor(), &view.held);
    let lines = |going: bool| {
        let some = clocks.iter().filter(move |clock| clock.clock.is_going() == going);
        some.map(|clock| line(visit, show, &format!("/tickets/{}", view.held.ticket.id), clock)).collect()
    };
    let t = visit.t();
    let returned = |place: Place, form: FieldForm| match back.filter(|back| back.place == place) {
        Some(back) => refill(t, form, &back.typed, back.wrong()),
        None => form,
    };
    let ClockDeeds { pause, set_limit } = deeds;
    let pausable = pausable(&view.process.definition, &clocks);
    let by_hand = |clock: &ClockView| {
        let mut open = clock.clock.pauses.iter().filter(|pause| pause.to.is_none());
        clock.clock.is_going() && open.any(|pause| !pause.reason.starts_with("step."))
    };
    Ok(TicketClocks {
        going: lines(true),
        past: lines(false),
        pause: (pause && !pausable.is_empty()).then(|| returned(Place::Pause, pause_form(t, pausable))),
        resume: (pause && clocks.iter().any(by_hand)).then(|| returned(Place::Resumption, resume_form(t))),
        limit: (set_limit && clocks.iter().any(|clock| clock.clock.is_going()))
            .then(|| returned(Place::Limit, limit_form(t, &clocks))),
    })
}

/// The reasons that would stop something that runs.
fn pausable(definition: &Definition, clocks: &[ClockView]) -> Vec<Choice> {
    let runs = |clock: &&ClockView| clock.clock.is_going();
    let stops = |reason: &&yingda_process::clock::PauseReason| {
        clocks.iter().filter(runs).any(|clock| {
            let held = clock.clock.pauses.iter().any(|pause| pause.to.is_none() && pause.reason == reason.id);
            !held && reason.stops(&clock.clock.clock.rule)
        })
    };
    definition.pauses.iter().filter(stops).map(|reason| Choice::new(&reason.id, &reason.label)).collect()
}

/// The form that lets clocks stand still.
#[must_use]
pub fn pause_form(t: Tr, reasons: Vec<Choice>) -> FieldForm {
    FieldForm::new(
        [
            FieldView::new(FieldKind::Choice, "reason", t.say("clock-pause-reason")).options(reasons).required(),
            FieldView::new(FieldKind::Text, "note", t.say("clock-pause-note"))
                .required()
                .hint(t.say("clock-pause-note-hint")),
        ]
        .map(|field| field.within("pause")),
    )
}

/// The form that lets them go on.
#[must_use]
pub fn resume_form(t: Tr) -> FieldForm {
    FieldForm::new([FieldView::new(FieldKind::Text, "note", t.say("clock-resume-note")).within("resume")])
}

/// The form that sets a limit of this ticket's own.
#[must_use]
pub fn limit_form(t: Tr, clocks: &[ClockView]) -> FieldForm {
    let going = clocks.iter().filter(|clock| clock.clock.is_going());
    let options = going.map(|clock| Choice::new(clock.clock.clock.id.to_string(), &clock.clock.clock.label)).collect();
    limit_fields(t, options)
}

/// The same for some clocks.
#[must_use]
pub fn limit_fields(t: Tr, clocks: Vec<Choice>) -> FieldForm {
    let only = |way: &str| Depends {
        name: "how".to_owned(),
        values: vec![way.to_owned()],
        sentence: t.with("clock-limit-when", &[("choice", t.say(&format!("clock-limit-{way}")))]),
    };
    let first = clocks.first().filter(|_| clocks.len() == 1).map(|choice| choice.value.clone());
    FieldForm::new(
        [
            FieldView::new(FieldKind::Choice, "clock", t.say("clock-limit-which"))
                .options(clocks)
                .as_list(t.say("choice-pick"))
                .required()
                .value(first.unwrap_or_default()),
            FieldView::new(FieldKind::Choice, "how", t.say("clock-limit-how"))
                .options(HOW.map(|way| Choice::new(way, t.say(&format!("clock-limit-{way}")))))
                .required()
                .value(HOW[0]),
            FieldView::new(FieldKind::Integer, "amount", t.say("clock-limit-number")).depends(only("amount")),
            FieldView::new(FieldKind::Choice, "unit", t.say("clock-limit-unit"))
                .options(units(t))
                .as_list(t.say("choice-pick"))
                .depends(only("amount")),
            FieldView::new(FieldKind::Datetime, "until", t.say("clock-limit-instant")).depends(only("until")),
            FieldView::new(FieldKind::Text, "reason", t.say("clock-limit-reason"))
                .required()
                .hint(t.say("clock-limit-reason-hint")),
        ]
        .map(|field| field.within("limit")),
    )
}

/// One clock; `ticket` is the address of its ticket.
#[must_use]
pub fn line(visit: &Visit, show: &Show, ticket: &str, view: &ClockView) -> ClockLine {
    let t = visit.t();
    let clock = &view.clock.clock;
    let working = view.target.is_working();
    let held = view.clock.held();
    let over = clock.due.is_some_and(|due| due < clock.stopped.unwrap_or(visit.now()));
    let state = match clock.outcome {
        Outcome::Met => Badge::new(t.say("clock-met"), Tone::Good),
        Outcome::Broken => Badge::new(t.say("clock-broken"), Tone::Bad),
        Outcome::Void => Badge::new(t.say("clock-void"), Tone::Neutral),
        Outcome::Going if held.is_some() => Badge::new(t.say("clock-paused"), Tone::Warn),
        Outcome::Going if over || clock.breached.is_some() => Badge::new(t.say("clock-over"), Tone::Bad),
        Outcome::Going => Badge::new(t.say("clock-running"), Tone::Active),
    };
    let used = span(t, view.passed, working);
    let share = view.whole.filter(|whole| *whole > 0).map(|whole| {
        let percent = view.passed.clamp(0, whole).saturating_mul(100) / whole;
        u8::try_from(percent).unwrap_or(100)
    });
    ClockLine {
        id: clock.id.to_string(),
        href: format!("{ticket}/clocks/{}", clock.id),
        label: clock.label.clone(),
        round: if clock.round > 1 { t.with("clock-round", &[("n", clock.round)]) } else { String::new() },
        state,
        due: clock
            .due
            .filter(|_| view.clock.is_going() && held.is_none())
            .map(|due| Due::running("", due, visit.now(), WARNS, &visit.zone(), t)),
        at: clock.due.map(|due| show.moment(due)),
        limit: target_words(t, &view.target),
        used: match view.whole {
            Some(whole) => t.with("clock-used-of", &[("used", used), ("whole", span(t, whole, working))]),
            None => t.with("clock-used", &[("used", used)]),
        },
        share,
        over,
        // Time by the clock on the wall goes by no calendar.
        calendar: match view.target {
            Target::Limit(_) | Target::Seconds { .. } if !working => t.say("clock-wall"),
            _ => calendar_name(&visit.app, t, &view.calendar),
        },
        held: held.map(|pause| HeldLine {
            reason: pause.label.clone(),
            since: show.moment(pause.from),
            who: show.person(pause.by),
            note: pause.note.clone(),
        }),
        own: clock.set_by.map(|by| (show.person(Some(by)), clock.set_reason.clone())),
        extra: view.extra.iter().map(|limit| t.with("clock-extra", &[("limit", limit_words(t, *limit))])).collect(),
        warnings: view
            .missing_years()
            .into_iter()
            .map(|year| t.with("clock-missing-year", &[("year", year.to_string())]))
            .collect(),
        account: view.account.iter().flat_map(|one| account(t, one)).collect(),
    }
}
