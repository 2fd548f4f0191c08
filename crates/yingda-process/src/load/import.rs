//! The `import` section: the form of a row, and where rows of each state wait.

use crate::fault::NameKind;
use crate::place::ImportRules;

use super::Names;
use super::faults::{Faults, View};

pub(super) fn read(view: &View<'_>, names: &Names, faults: &mut Faults) -> Option<ImportRules> {
    const KEYS: &[&str] = &["form", "open", "responded", "solved", "ended"];
    let import = view.get("import").and_then(|node| faults.view(node, KEYS))?;
    faults.trace(&import);
    let form = faults
        .required(&import, "form")
        .and_then(|node| faults.name(node, NameKind::Form, names.forms.iter().map(String::as_str)));
    let mut step = |key: &'static str| {
        faults
            .required(&import, key)
            .and_then(|node| faults.name(node, NameKind::Step, names.steps.iter().map(String::as_str)))
    };
    let (open, responded, solved, ended) = (step("open"), step("responded"), step("solved"), step("ended"));
    Some(ImportRules { form: form?, open: open?, responded: responded?, solved: solved?, ended: ended? })
}
