//! `clocks:`, and the limits of steps as clocks.
//!
//! The one thing to know: a step's limit becomes the clock `step.ID`: a task from entering to leaving it, a contact sheet from the
//! department's receipt. Beside the limit may stand what a clock has: `calendar`, `paused_in`, `answerable`, `ladder`.

use crate::clock::{Answerable, ClockRule, Moment, Start};
use crate::fault::{FaultKind, NameKind, Never, WordKind};
use crate::form::{FieldRef, Form};
use crate::limit::LimitRule;
use crate::vocabulary::FieldType;
use crate::yaml::{Key, Node};

use super::Names;
use super::faults::{Faults, IdUse, View, is_id};
use super::ladder::{each, ladder};
use super::limits::limit;
use super::moments::{Happenings, Use};
use super::scope::field_of_type;
use super::steps::DraftKind;

const STARTS: &[&str] = &["starts", "starts_all", "planned"];
const KEYS: &[&str] = &[
    "label",
    "starts",
    "starts_all",
    "planned",
    "stops",
    "renews",
    "paused_in",
    "target",
    "calendar",
    "answerable",
    "ladder",
];

/// What clocks are read against.
pub(super) struct Ground<'a, 'n> {
    pub names: &'a Names,
    pub forms: &'a [Form],
    pub happenings: Happenings<'a, 'n>,
    /// The form of imported tables.
    pub imported: Option<&'a str>,
}

/// Every clock, those of the steps first.
pub(super) fn read(view: &View<'_>, ground: &Ground<'_, '_>, faults: &mut Faults) -> Vec<ClockRule> {
    let mut clocks = of_steps(view, ground, faults);
    for (id, node) in view.get("clocks").and_then(|node| faults.entries(node)).unwrap_or_default() {
        super::check_id(&id.text, id.place, IdUse::Key, faults);
        clocks.extend(clock(id, node, ground, faults));
    }
    clocks
}

/// The ids of all clocks that a file means to have, also of those that could not be read.
pub(super) fn ids(view: &View<'_>) -> Vec<String> {
    let section = |key| view.get(key).and_then(View::plain);
    let mut ids = Vec::new();
    for step in section("steps").iter().flat_map(View::keys) {
        let step_view = section("steps").and_then(|steps| steps.get(step)).and_then(View::plain);
        let sheet = step_view.and_then(|view| view.get("contact_sheet")).and_then(View::plain);
        if [step_view, sheet].iter().flatten().any(|view| view.get("limit").is_some()) {
            ids.push(format!("step.{step}"));
        }
    }
    ids.extend(section("clocks").iter().flat_map(View::keys).map(str::to_owned));
    ids
}

fn of_steps(view: &View<'_>, ground: &Ground<'_, '_>, faults: &mut Faults) -> Vec<ClockRule> {
    let steps = view.get("steps").and_then(View::plain);
    let mut clocks = Vec::new();
    for draft in ground.happenings.drafts {
        let step = steps.and_then(|steps| steps.get(&draft.id)).and_then(View::plain);
        let (label, rule, holder, start) = match &draft.kind {
            DraftKind::Task(task) => (&task.label, &task.limit, step, Moment::Entered(draft.id.clone())),
            DraftKind::Sheet(sheet, _) => {
                let holder = step.and_then(|step| step.get("contact_sheet")).and_then(View::plain);
                (&sheet.label, &sheet.limit, holder, Moment::Received(draft.id.clone()))
            }
            _ => continue,
        };
        let Some(rule) = rule else {
            continue;
        };
        let written = holder.and_then(|holder| holder.get("limit")).and_then(View::plain);
        clocks.push(ClockRule {
            id: format!("step.{}", draft.id),
            label: label.clone(),
            start: Start::AnyOf(vec![start]),
            stops: vec![Moment::Left(draft.id.clone())],
            renews: Vec::new(),
            paused_in: written.map(|view| paused_in(&view, ground, faults)).unwrap_or_default(),
            target: Some(rule.clone()),
            calendar: written.and_then(|view| calendar(&view, faults)),
            answerable: written.and_then(|view| answerable(&view, faults)).unwrap_or_default(),
            ladder: written.and_then(|view| view.get("ladder")).map(|node| ladder(node, ground.names, faults)),
            trace: rule.trace.clone(),
        });
    }
    clocks
}

fn clock(id: &Key, node: &Node, ground: &Ground<'_, '_>, faults: &mut Faults) -> Option<ClockRule> {
    let clock = faults.view(node, KEYS)?;
    let label = faults.required_text(&clock, "label").unwrap_or_default();
    let trace = faults.trace(&clock);
    let start = start(&clock, ground, faults);
    let stops = moments(&clock, "stops", Use::Stop, ground, faults);
    let renews = moments(&clock, "renews", Use::Renew, ground, faults);
    let started: &[Moment] = match &start {
        Some(Start::AnyOf(moments) | Start::AllOf(moments)) => moments,
        Some(Start::Planned(_)) | None => &[],
    };
    said_twice(&clock, ("starts", started), ("stops", &stops), faults);
    said_twice(&clock, ("stops", &stops), ("renews", &renews), faults);
    let paused_in = paused_in(&clock, ground, faults);
    if matches!(start, Some(Start::Planned(_))) {
        // Such a limit lies before its date, however long anything stood still.
        for key in ["renews", "paused_in"] {
            if clock.get(key).is_some() {
                faults.add(clock.key_place(key), FaultKind::NotWithPlanned { key });
            }
        }
    } else if clock.get("planned").is_none() {
        faults.required(&clock, "target");
    }
    Some(ClockRule {
        id: id.text.clone(),
        label,
        start: start?,
        stops,
        renews,
        paused_in,
        target: target(&clock, faults),
        calendar: calendar(&clock, faults),
        answerable: answerable(&clock, faults).unwrap_or_default(),
        ladder: clock.get("ladder").map(|node| ladder(node, ground.names, faults)),
        trace,
    })
}

fn start(clock: &View<'_>, ground: &Ground<'_, '_>, faults: &mut Faults) -> Option<Start> {
    let found: Vec<String> =
        STARTS.iter().filter(|key| clock.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    if found.len() != 1 {
        faults.add(clock.place, FaultKind::OneOf { keys: STARTS, found });
        return None;
    }
    if let Some(node) = clock.get("planned") {
        return planned(node, ground, faults).map(Start::Planned);
    }
    let key = if clock.get("starts").is_some() { "starts" } else { "starts_all" };
    let node = clock.get(key)?;
    let nodes = each(node, faults);
    if nodes.is_empty() {
        faults.add(node.place, FaultKind::Empty);
    }
    let mut moments = Vec::new();
    for node in nodes {
        let Some(moment) = ground.happenings.read(node, Use::Start, faults) else {
            continue;
        };
        if key == "starts_all" && !moment.is_remembered() {
            faults.add(node.place, FaultKind::NotRemembered { moment: moment.to_string() });
        }
        moments.push(moment);
    }
    Some(if key == "starts" { Start::AnyOf(moments) } else { Start::AllOf(moments) })
}

/// A date field that some step, or a table, fills in.
fn planned(node: &Node, ground: &Ground<'_, '_>, faults: &mut Faults) -> Option<FieldRef> {
    const DATES: &[FieldType] = &[FieldType::Date, FieldType::DateTime];
    let field = field_of_type(node, ground.forms, DATES, faults)?;
    let filled = ground.imported == Some(field.form.as_str())
        || ground.happenings.drafts.iter().any(|draft| match &draft.kind {
            DraftKind::Task(task) => task.form.as_ref() == Some(&field.form),
            DraftKind::Broken => true,
            _ => false,
        });
    if !filled {
        faults.add(node.place, FaultKind::NeverComes { what: field.to_string(), why: Never::NoStepFillsIt });
    }
    Some(field)
}

fn moments(view: &View<'_>, key: &str, wanted: Use, ground: &Ground<'_, '_>, faults: &mut Faults) -> Vec<Moment> {
    let nodes = view.get(key).map(|node| each(node, faults)).unwrap_or_default();
    nodes.iter().filter_map(|node| ground.happenings.read(node, wanted, faults)).collect()
}

/// A moment cannot be two things to one clock.
fn said_twice(
    clock: &View<'_>,
    (first, before): (&'static str, &[Moment]),
    (second, after): (&'static str, &[Moment]),
    faults: &mut Faults,
) {
    for moment in after.iter().filter(|moment| before.contains(moment)) {
        let kind = FaultKind::SaidTwice { moment: moment.to_string(), first, second };
        faults.add(clock.key_place(second), kind);
    }
}

/// Steps at which tickets wait.
fn paused_in(view: &View<'_>, ground: &Ground<'_, '_>, faults: &mut Faults) -> Vec<String> {
    let nodes = view.get("paused_in").map(|node| each(node, faults)).unwrap_or_default();
    let mut steps = Vec::new();
    for node in nodes {
        let known = ground.names.steps.iter().map(String::as_str);
        let Some(step) = faults.name(node, NameKind::Step, known) else {
            continue;
        };
        let draft = ground.happenings.drafts.iter().find(|draft| draft.id == step);
        let waits =
            |kind: &DraftKind<'_>| matches!(kind, DraftKind::Task(_) | DraftKind::Sheet(..) | DraftKind::Broken);
        if draft.is_some_and(|draft| !waits(&draft.kind)) {
            faults.add(node.place, FaultKind::NeverComes { what: step, why: Never::NobodyWaits });
        } else if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps
}

fn target(clock: &View<'_>, faults: &mut Faults) -> Option<LimitRule> {
    clock.get("target").and_then(|node| limit(node, faults))
}

/// A calendar of the desk, which the file cannot know; its code is written as ids are.
fn calendar(view: &View<'_>, faults: &mut Faults) -> Option<String> {
    let node = view.get("calendar")?;
    let code = faults.text(node)?;
    if !is_id(&code, IdUse::Key) {
        faults.add(node.place, FaultKind::BadId { id: code });
        return None;
    }
    Some(code)
}

fn answerable(view: &View<'_>, faults: &mut Faults) -> Option<Answerable> {
    let node = view.get("answerable")?;
    faults.word(node, WordKind::Answerable, Answerable::IDS, Answerable::from_id)
}
