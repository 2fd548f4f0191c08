//! The procedure as a whole: what can be reached, what can end, and what surely has a value where.
//!
//! The one thing to know: certainty is a forward data flow over all ways, loops included. Completing a form makes its
//! always-filled fields certain and its others uncertain again; where ways meet, only what all of them know is kept;
//! `has()` in a gateway is known along its arrows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::definition::{Case, Gateway, Lane, LaneHolder, Message, Rating, SheetTo, Step, StepKind};
use crate::fault::{FaultKind, Shape};
use crate::form::{FieldRef, Form};
use crate::presence::presence;
use crate::template::{Part, Template};
use crate::yaml::{Node, Place};

use super::faults::Faults;
use super::scope::{IsSheet, TicketScope, always_filled};
use super::steps::{Draft, DraftKind};

/// Everything the judgement needs.
pub(super) struct Matter<'a, 'n> {
    pub drafts: Vec<Draft<'n>>,
    pub start: &'a str,
    pub lanes: &'a [Lane],
    pub forms: &'a [Form],
    pub rating: Option<&'a Rating>,
    /// Whether the file says anything about a rating, be it right or wrong.
    pub rated: bool,
}

/// A way from one step to another and what is known on it.
struct Arrow {
    to: usize,
    known: BTreeSet<String>,
}

type Certain = BTreeSet<String>;

pub(super) fn judge(matter: &Matter<'_, '_>, departments: &[String], faults: &mut Faults) -> Vec<Step> {
    let index: BTreeMap<&str, usize> =
        matter.drafts.iter().enumerate().map(|(at, draft)| (draft.id.as_str(), at)).collect();
    let mut dangling = BTreeSet::new();
    let mut arrows: Vec<Vec<Arrow>> = Vec::new();
    for (at, draft) in matter.drafts.iter().enumerate() {
        let targets = targets(&draft.kind);
        if targets.iter().any(|(to, _)| !index.contains_key(to.as_str())) || matches!(draft.kind, DraftKind::Broken) {
            dangling.insert(at);
        }
        let arrow = |(to, known): (String, Certain)| index.get(to.as_str()).map(|to| Arrow { to: *to, known });
        arrows.push(targets.into_iter().filter_map(arrow).collect());
    }
    let Some(start) = index.get(matter.start).copied() else {
        return Vec::new();
    };
    check_reach(matter, &arrows, start, &dangling, faults);
    check_loops(matter, &arrows, faults);
    let certain = certainty(matter, &arrows, start);
    let lanes = inherit_lanes(matter, &arrows, start, faults);
    let kinds = kinds(&matter.drafts);
    let scope = TicketScope { forms: matter.forms, steps: &kinds, departments, rated: matter.rated };
    let mut steps = Vec::new();
    for (at, draft) in matter.drafts.iter().enumerate() {
        // An unreachable step has been reported; judging it as if everything were certain adds no noise.
        let certain = certain[at].clone().unwrap_or_else(|| everything(matter));
        let Some(kind) = finish(draft, &certain, &scope, matter, faults) else {
            continue;
        };
        let lane = lanes[at].clone().unwrap_or_default();
        steps.push(Step {
            id: draft.id.clone(),
            lane,
            kind,
            certain: certain.into_iter().filter(|name| name != REOPENS).collect(),
            trace: draft.trace.clone(),
        });
    }
    steps
}

/// Every step, and whether expressions may ask for its answer.
pub(super) fn kinds(drafts: &[Draft<'_>]) -> Vec<(String, IsSheet)> {
    let kind = |draft: &Draft<'_>| {
        // A broken step may have been meant as a sheet; its answer is not a second fault.
        let sheet = matches!(draft.kind, DraftKind::Sheet(..) | DraftKind::Broken);
        (draft.id.clone(), if sheet { IsSheet::Yes } else { IsSheet::No })
    };
    drafts.iter().map(kind).collect()
}

const REOPENS: &str = "ticket.reopens";
/// May be taken away from outside while a ticket waits, so no arrow carries it.
const DEPARTMENT: &str = "ticket.department";

pub(super) fn targets(kind: &DraftKind<'_>) -> Vec<(String, Certain)> {
    let plain = |to: &String| vec![(to.clone(), Certain::new())];
    match kind {
        DraftKind::Task(task) => plain(&task.next),
        DraftKind::Sheet(sheet, _) => plain(&sheet.next),
        DraftKind::Message { next, .. } => plain(next),
        DraftKind::End(_) | DraftKind::Broken => Vec::new(),
        DraftKind::Gateway { cases, otherwise, .. } => {
            let mut before = Certain::new();
            let mut targets = Vec::new();
            for case in cases {
                let proved = case.when.as_ref().map(|when| presence(when.parsed.expr())).unwrap_or_default();
                targets.push((case.to.clone(), &before | &proved.when_true));
                before.extend(proved.when_false);
            }
            targets.push((otherwise.clone(), before));
            targets
        }
    }
}

fn reached(arrows: &[Vec<Arrow>], start: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for arrow in &arrows[at] {
            if seen.insert(arrow.to) {
                queue.push_back(arrow.to);
            }
        }
    }
    seen
}

fn check_reach(
    matter: &Matter<'_, '_>,
    arrows: &[Vec<Arrow>],
    start: usize,
    dangling: &BTreeSet<usize>,
    faults: &mut Faults,
) {
    let seen = reached(arrows, start);
    // A misspelt target may have meant any of the unreached steps: one message is enough.
    if dangling.is_empty() {
        for (at, draft) in matter.drafts.iter().enumerate() {
            if !seen.contains(&at) {
                faults.add(draft.place, FaultKind::Unreachable { step: draft.id.clone() });
            }
        }
    }
    let mut ends: BTreeSet<usize> = dangling.clone();
    ends.extend(
        matter.drafts.iter().enumerate().filter(|(_, d)| matches!(d.kind, DraftKind::End(_))).map(|(at, _)| at),
    );
    loop {
        let more: Vec<usize> = (0..arrows.len())
            .filter(|at| !ends.contains(at) && arrows[*at].iter().any(|arrow| ends.contains(&arrow.to)))
            .collect();
        if more.is_empty() {
            break;
        }
        ends.extend(more);
    }
    for (at, draft) in matter.drafts.iter().enumerate() {
        if !ends.contains(&at) {
            faults.add(draft.place, FaultKind::NoWayToEnd { step: draft.id.clone() });
        }
    }
}

/// A circle without a task or a contact sheet would turn for ever.
fn check_loops(matter: &Matter<'_, '_>, arrows: &[Vec<Arrow>], faults: &mut Faults) {
    let idle = |at: usize| matches!(matter.drafts[at].kind, DraftKind::Gateway { .. } | DraftKind::Message { .. });
    // What stays after taking away, again and again, the idle steps from which no idle step follows, leads into a
    // circle; the circle itself is what can also be reached from itself.
    for (at, draft) in matter.drafts.iter().enumerate().filter(|(at, _)| idle(*at)) {
        let mut seen = BTreeSet::new();
        let mut queue: VecDeque<usize> = arrows[at].iter().map(|arrow| arrow.to).collect();
        while let Some(next) = queue.pop_front() {
            if idle(next) && seen.insert(next) {
                queue.extend(arrows[next].iter().map(|arrow| arrow.to));
            }
        }
        if seen.contains(&at) {
            faults.add(draft.place, FaultKind::LoopWithoutWork { step: draft.id.clone() });
        }
    }
}

/// What is certain when each step is entered; `None` for steps that nothing reaches.
fn certainty(matter: &Matter<'_, '_>, arrows: &[Vec<Arrow>], start: usize) -> Vec<Option<Certain>> {
    let mut certain: Vec<Option<Certain>> = arrows.iter().map(|_| None).collect();
    // A rating that could not be read must not cause a second fault where it is asked about.
    let broken_rating = matter.rated && matter.rating.is_none();
    certain[start] = Some(if broken_rating { Certain::from([REOPENS.to_owned()]) } else { Certain::new() });
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let Some(before) = certain[at].clone() else {
            continue;
        };
        let after = after(&matter.drafts[at], before, matter);
        for arrow in &arrows[at] {
            let mut arriving: Certain = &after | &arrow.known;
            arriving.remove(DEPARTMENT);
            let merged = match &certain[arrow.to] {
                None => arriving,
                Some(known) => known & &arriving,
            };
            if certain[arrow.to].as_ref() != Some(&merged) {
                certain[arrow.to] = Some(merged);
                queue.push_back(arrow.to);
            }
        }
    }
    certain
}

fn after(draft: &Draft<'_>, mut certain: Certain, matter: &Matter<'_, '_>) -> Certain {
    match &draft.kind {
        DraftKind::Task(task) => {
            let Some(id) = &task.form else { return certain };
            let Some(form) = matter.forms.iter().find(|form| &form.id == id) else {
                return everything(matter);
            };
            for field in &form.fields {
                let key = form.key(&field.id);
                if always_filled(field) {
                    certain.insert(key);
                } else {
                    certain.remove(&key);
                }
            }
            if let Some(rating) = matter.rating.filter(|rating| rating.field.form == form.id) {
                if certain.contains(&rating.field.to_string()) {
                    certain.insert(REOPENS.to_owned());
                } else {
                    certain.remove(REOPENS);
                }
            }
        }
        DraftKind::Sheet(..) => {
            certain.insert(format!("{}.answer", draft.id));
        }
        _ => {}
    }
    certain
}

/// All that could ever be certain.
fn everything(matter: &Matter<'_, '_>) -> Certain {
    let fields = matter.forms.iter().flat_map(|form| form.fields.iter().map(|field| form.key(&field.id)));
    let answers = matter.drafts.iter().map(|draft| format!("{}.answer", draft.id));
    fields.chain(answers).chain([REOPENS.to_owned()]).collect()
}

/// Steps without a lane take that of the step through which they are first reached.
fn inherit_lanes(
    matter: &Matter<'_, '_>,
    arrows: &[Vec<Arrow>],
    start: usize,
    faults: &mut Faults,
) -> Vec<Option<String>> {
    let mut lanes: Vec<Option<String>> = matter.drafts.iter().map(|draft| draft.lane.clone()).collect();
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for arrow in &arrows[at] {
            if lanes[arrow.to].is_none() {
                lanes[arrow.to] = lanes[at].clone();
            }
            if seen.insert(arrow.to) {
                queue.push_back(arrow.to);
            }
        }
    }
    let draft = &matter.drafts[start];
    if lanes[start].is_none() && !matches!(draft.kind, DraftKind::Task(_) | DraftKind::Sheet(..) | DraftKind::Broken) {
        faults.add(draft.place, FaultKind::NoLane { step: draft.id.clone() });
    }
    lanes
}

/// The step itself, its expressions and references checked against what is certain.
fn finish(
    draft: &Draft<'_>,
    certain: &Certain,
    scope: &TicketScope<'_>,
    matter: &Matter<'_, '_>,
    faults: &mut Faults,
) -> Option<StepKind> {
    check_lane(draft, certain, matter, faults);
    match &draft.kind {
        DraftKind::Broken => None,
        DraftKind::Task(task) => Some(StepKind::Task(task.clone())),
        DraftKind::End(end) => Some(StepKind::End(end.clone())),
        DraftKind::Sheet(sheet, places) => {
            needs(&sheet.question, certain, places.question, faults);
            if let SheetTo::Field(field) = &sheet.to {
                needs(field, certain, places.to, faults);
            }
            Some(StepKind::ContactSheet(sheet.clone()))
        }
        DraftKind::Message { label, text, next } => {
            let text = template((*text)?, certain, scope, faults)?;
            Some(StepKind::Message(Message { label: label.clone(), text, next: next.clone() }))
        }
        DraftKind::Gateway { label, cases, otherwise, otherwise_label } => {
            let mut known = certain.clone();
            let mut finished = Vec::new();
            for case in cases {
                let Some(when) = &case.when else { continue };
                if let Some(condition) = when.condition(scope, &known, faults) {
                    finished.push(Case {
                        when: condition,
                        to: case.to.clone(),
                        label: case.label.clone(),
                        trace: case.trace.clone(),
                    });
                }
                known.extend(presence(when.parsed.expr()).when_false);
            }
            Some(StepKind::Gateway(Gateway {
                label: label.clone(),
                cases: finished,
                otherwise: otherwise.clone(),
                otherwise_label: otherwise_label.clone(),
            }))
        }
    }
}

fn needs(field: &FieldRef, certain: &Certain, place: Place, faults: &mut Faults) {
    let name = field.to_string();
    if !certain.contains(&name) {
        faults.add(place, FaultKind::MayBeAbsent { name });
    }
}

/// A lane that a field decides must be decided before anybody works in it.
fn check_lane(draft: &Draft<'_>, certain: &Certain, matter: &Matter<'_, '_>, faults: &mut Faults) {
    if !matches!(draft.kind, DraftKind::Task(_) | DraftKind::Sheet(..)) {
        return;
    }
    let lane = draft.lane.as_ref().and_then(|id| matter.lanes.iter().find(|lane| &lane.id == id));
    if let Some(LaneHolder::DepartmentFrom(field)) = lane.map(|lane| &lane.holder) {
        needs(field, certain, draft.lane_place, faults);
    }
}

/// Reads a text with placeholders.
fn template(node: &Node, certain: &Certain, scope: &TicketScope<'_>, faults: &mut Faults) -> Option<Template> {
    let scalar = faults.scalar(node, Shape::Text)?;
    let mut parts = Vec::new();
    let mut fixed = String::new();
    let mut characters = scalar.text.chars().enumerate().peekable();
    let mut clean = true;
    while let Some((at, c)) = characters.next() {
        match c {
            '{' | '}' if characters.peek().is_some_and(|(_, next)| *next == c) => {
                characters.next();
                fixed.push(c);
            }
            '{' => {
                let mut name = String::new();
                let closed = characters.by_ref().map(|(_, c)| c).any(|c| {
                    if c != '}' {
                        name.push(c);
                    }
                    c == '}'
                });
                let place = scalar.place_of(node.place, at);
                if !fixed.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut fixed)));
                }
                match placeholder(name.trim(), closed, place, certain, scope, faults) {
                    Some(part) => parts.push(part),
                    None => clean = false,
                }
            }
            '}' => {
                let place = scalar.place_of(node.place, at);
                faults.add(place, FaultKind::BadPlaceholder { text: "}".to_owned() });
                clean = false;
            }
            c => fixed.push(c),
        }
    }
    if !fixed.is_empty() {
        parts.push(Part::Text(fixed));
    }
    clean.then(|| Template { source: scalar.text.clone(), parts })
}

fn placeholder(
    name: &str,
    closed: bool,
    place: Place,
    certain: &Certain,
    scope: &TicketScope<'_>,
    faults: &mut Faults,
) -> Option<Part> {
    let (Some((root, member)), true) = (name.split_once('.'), closed) else {
        faults.add(place, FaultKind::BadPlaceholder { text: name.to_owned() });
        return None;
    };
    let has_form = scope.forms.iter().any(|form| form.id == root);
    let is_sheet = scope.steps.iter().any(|(id, sheet)| id == root && *sheet == IsSheet::Yes);
    let by_field = scope.forms.iter().any(|form| form.id == root && form.field(member).is_some());
    let part = if is_sheet && member == "answer" && !by_field {
        Part::Answer(root.to_owned())
    } else if has_form || !is_sheet {
        super::scope::reference(root, member, scope.forms, place, faults)?;
        Part::Field(FieldRef { form: root.to_owned(), field: member.to_owned() })
    } else {
        faults.add(place, FaultKind::BadPlaceholder { text: name.to_owned() });
        return None;
    };
    if !certain.contains(name) {
        faults.add(place, FaultKind::MayBeAbsent { name: name.to_owned() });
        return None;
    }
    Some(part)
}
