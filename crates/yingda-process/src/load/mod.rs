//! From a process file to a definition, or to all of its faults.
//!
//! The one thing to know: names are gathered first, so order in the file does not matter; forms are read before steps,
//! because expressions are typed against them. The meaning of the parts is in the files beside this one.

mod clocks;
mod faults;
mod flow;
mod forms;
mod head;
mod import;
mod intake;
mod ladder;
mod limits;
mod moments;
mod routines;
mod scope;
mod steps;

use crate::definition::Definition;
use crate::fault::{Fault, FaultKind};
use crate::yaml::{self, Node, Place};
use faults::{Faults, IdUse, RESERVED, RESERVED_ROOTS, View, is_id};

const TOP_KEYS: &[&str] = &[
    "process",
    "name",
    "source",
    "document",
    "purpose",
    "scope",
    "trigger",
    "control_points",
    "success",
    "channels",
    "requester",
    "number",
    "departments",
    "lanes",
    "scripts",
    "greeting",
    "forms",
    "intake",
    "start",
    "steps",
    "clocks",
    "ladder",
    "triggers",
    "pauses",
    "rating",
    "progress",
    "measures",
    "retention",
    "attachments",
    "import",
    "routines",
    "notes",
];

/// Reads and checks a process file. `file` is only named in the faults.
///
/// # Errors
/// Every fault of the file, in the order of its lines; never empty.
pub fn load(source: &str, file: &str) -> Result<Definition, Vec<Fault>> {
    let mut faults = Faults::default();
    let definition = match yaml::read(source) {
        Ok(root) => build(&root, &mut faults),
        Err(problems) => {
            faults.list = problems;
            None
        }
    };
    match definition {
        Some(definition) if faults.list.is_empty() => Ok(definition),
        _ => Err(in_order(faults, file)),
    }
}

/// Reads a file of ready-made routines.
///
/// # Errors
/// As [`load`].
pub fn catalogue(source: &str, file: &str) -> Result<Vec<crate::routine::Routine>, Vec<Fault>> {
    let mut faults = Faults::default();
    let routines = match yaml::read(source) {
        Ok(root) => routines::alone(&root, &mut faults),
        Err(problems) => {
            faults.list = problems;
            Vec::new()
        }
    };
    if faults.list.is_empty() { Ok(routines) } else { Err(in_order(faults, file)) }
}

fn in_order(mut faults: Faults, file: &str) -> Vec<Fault> {
    if faults.list.is_empty() {
        // Reached only if a reader answered `None` without saying why.
        faults.add(Place { line: 1, column: 1 }, FaultKind::Empty);
    }
    faults.list.sort_by_key(|(place, _)| *place);
    faults.list.dedup();
    let fault = |(place, kind): (Place, FaultKind)| Fault {
        file: file.to_owned(),
        line: place.line,
        column: place.column,
        kind,
    };
    faults.list.into_iter().map(fault).collect()
}

/// The file's own names, known before anything that uses them is read.
#[derive(Default)]
pub(super) struct Names {
    pub departments: Vec<String>,
    pub lanes: Vec<String>,
    pub scripts: Vec<String>,
    pub forms: Vec<String>,
    pub steps: Vec<String>,
    pub progress: Vec<String>,
}

fn build(root: &Node, faults: &mut Faults) -> Option<Definition> {
    let view = faults.view(root, TOP_KEYS)?;
    let names = gather(&view, faults);
    let head = head::read(&view, &names, faults);
    let forms = forms::read(&view, &head.departments, faults);
    let lanes = steps::lanes(&view, &names, &forms, faults);
    let rating = head::rating(&view, &forms, faults);
    let import = import::read(&view, &names, faults);
    let routines = routines::read(&view, &names, &lanes, faults);
    let drafts = steps::read(&view, &names, &forms, faults);
    let chain = intake::chain(&view, &names, &drafts, faults);
    let matter = flow::Matter {
        drafts,
        start: &chain.start,
        lanes: &lanes,
        forms: &forms,
        rating: rating.as_ref(),
        rated: view.get("rating").is_some(),
    };
    let steps = flow::judge(&matter, &names.departments, faults);
    let ground = clocks::Ground {
        names: &names,
        forms: &forms,
        happenings: moments::Happenings { drafts: &matter.drafts, imports: view.get("import").is_some() },
        imported: import.as_ref().map(|import| import.form.as_str()),
    };
    let clocks = clocks::read(&view, &ground, faults);
    let ladder = view.get("ladder").map(|node| ladder::ladder(node, &names, faults));
    let kinds = flow::kinds(&matter.drafts);
    let scope =
        scope::TicketScope { forms: &forms, steps: &kinds, departments: &names.departments, rated: matter.rated };
    let triggers = ladder::triggers(&view, &names, &scope, faults);
    let pauses = ladder::pauses(&view, &clocks::ids(&view), faults);
    Some(Definition {
        id: head.id,
        name: head.name,
        source: head.source,
        document: head.document,
        purpose: head.purpose,
        scope: head.scope,
        trigger: head.trigger,
        control_points: head.control_points,
        success: head.success,
        channels: head.channels,
        requester: head.requester,
        number: head.number,
        departments: head.departments,
        lanes,
        scripts: head.scripts,
        greeting: head.greeting,
        forms,
        intake: chain.intake,
        start: chain.start,
        steps,
        clocks,
        ladder,
        triggers,
        pauses,
        rating,
        progress: names.progress,
        measures: head.measures,
        retention_years: head.retention_years,
        attachments: head.attachments,
        import,
        routines,
        notes: head.notes,
    })
}

fn gather(view: &View<'_>, faults: &mut Faults) -> Names {
    let mut ids = |key: &'static str, id_use: IdUse| -> Vec<String> {
        let Some(entries) = view.get(key).and_then(|node| faults.entries(node)) else {
            return Vec::new();
        };
        for (id, _) in entries {
            check_id(&id.text, id.place, id_use, faults);
        }
        entries.iter().map(|(id, _)| id.text.clone()).collect()
    };
    let departments = ids("departments", IdUse::Key);
    let lanes = ids("lanes", IdUse::Key);
    let scripts = ids("scripts", IdUse::Key);
    let forms = ids("forms", IdUse::Root);
    let steps = ids("steps", IdUse::Root);
    for key in ["lanes", "forms", "steps"] {
        faults.required(view, key);
    }
    let progress = faults.texts(view, "progress");
    Names { departments, lanes, scripts, forms, steps, progress }
}

fn check_id(id: &str, place: Place, id_use: IdUse, faults: &mut Faults) {
    let reserved = match id_use {
        IdUse::Key => false,
        IdUse::Member => RESERVED.contains(&id),
        IdUse::Root => RESERVED.contains(&id) || RESERVED_ROOTS.contains(&id),
    };
    if !is_id(id, id_use) {
        faults.add(place, FaultKind::BadId { id: id.to_owned() });
    } else if reserved {
        faults.add(place, FaultKind::ReservedId { id: id.to_owned() });
    }
}
