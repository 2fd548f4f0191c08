//! What a routine says, as the desk keeps it: the same whether a process file, the catalogue or the company says so.
//!
//! The one thing to know: people and departments are found when they are needed, by the words that are kept here, so a routine
//! follows who has which role today. When it falls due is in `dates`.

use serde::{Deserialize, Serialize};
use yingda_core::routine::Holder;
use yingda_core::{DepartmentId, Person, PersonId};
use yingda_process::definition::Trace;
use yingda_process::routine::{Record, Routine, Share, Until, When};
use yingda_process::vocabulary::{Origin, Role};
use yingda_process::{Field, FieldType, Form};

use crate::Directory;

/// The form of a routine that has none of a process.
pub const OWN_FORM: &str = "record";
/// The field of a record that asks for nothing in particular.
pub const ACCOUNT: &str = "account";

/// A routine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub label: String,
    /// Whose work it is.
    pub who: Whom,
    /// Whether everybody does it, or one for all.
    pub share: Share,
    /// When it opens.
    pub when: When,
    /// By when it has to be done.
    pub until: Until,
    /// What has to be written down.
    pub record: Record,
    /// Whether it may be left out with a reason (J23).
    pub exempt: bool,
    /// Who reads it.
    pub read_by: Option<Whom>,
    /// The document that asks for it, such as `S27`; may be empty.
    #[serde(default)]
    pub source: String,
    /// The document's own words; may be empty.
    #[serde(default)]
    pub quote: String,
    /// A remark for the reader; may be empty.
    #[serde(default)]
    pub note: String,
    /// Numbers of the requirements.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// Whether we say so where the document is silent.
    #[serde(default)]
    pub ours: bool,
}

/// People, by words that stay when people change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// This person and nobody else.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Whoever has this role.
    #[serde(default)]
    pub role: Option<Role>,
    /// Whoever belongs to the department of this code.
    #[serde(default)]
    pub department: Option<String>,
}

impl Whom {
    /// Who that is today.
    #[must_use]
    pub fn holder(&self, directory: &Directory) -> Holder {
        // A department that is gone has nobody.
        let department = |code: &String| directory.department(code).map_or(DepartmentId(0), |d| d.id);
        Holder {
            person: self.person,
            role: self.role.and_then(|role| role.id().parse().ok()),
            department: self.department.as_ref().map(department),
        }
    }

    /// The people who may still sign in, in order of arrival.
    #[must_use]
    pub fn people<'d>(&self, directory: &'d Directory) -> Vec<&'d Person> {
        let holder = self.holder(directory);
        let active = directory.people.values().filter(|person| person.active);
        active.filter(|person| holder.covers(person.id, person.department, &person.roles)).collect()
    }
}

impl From<&yingda_process::routine::Holder> for Whom {
    fn from(holder: &yingda_process::routine::Holder) -> Self {
        Self { person: None, role: holder.role, department: holder.department.clone() }
    }
}

impl Rule {
    /// What a file says; `source` is the file's own document.
    #[must_use]
    pub fn of(routine: &Routine, source: Option<&str>) -> Self {
        Self {
            label: routine.label.clone(),
            who: Whom::from(&routine.who),
            share: routine.share,
            when: routine.when.clone(),
            until: routine.until,
            record: routine.record.clone(),
            exempt: routine.exempt,
            read_by: routine.read_by.as_ref().map(Whom::from),
            source: routine.source.as_deref().or(source).unwrap_or_default().to_owned(),
            quote: routine.quote.clone().unwrap_or_default(),
            note: routine.trace.note.clone().unwrap_or_default(),
            requirements: routine.trace.requirements.clone(),
            ours: routine.trace.origin == Origin::Default,
        }
    }

    /// The form of a routine that brings its own labels; a form without fields where a word on every ticket is the record.
    /// The label of the one field of a record that asks for nothing in particular is empty: whoever shows it has the word.
    #[must_use]
    pub fn own_form(&self) -> Form {
        let fields = match &self.record {
            Record::Fields(labels) if !labels.is_empty() => {
                labels.iter().enumerate().map(|(at, label)| text_field(format!("f{}", at + 1), label)).collect()
            }
            Record::Tickets => Vec::new(),
            Record::Fields(_) | Record::Form(_) => vec![text_field(ACCOUNT.to_owned(), "")],
        };
        Form { id: OWN_FORM.to_owned(), title: self.label.clone(), fields, trace: Trace::default() }
    }
}

fn text_field(id: String, label: &str) -> Field {
    Field {
        id,
        label: label.to_owned(),
        kind: FieldType::Text,
        required: true,
        required_when: None,
        visible_when: None,
        help: None,
        options: Vec::new(),
        unit: None,
        min: None,
        max: None,
        max_length: None,
        fills: None,
        tells_customer: false,
        searches_answers: false,
        multiline: true,
        default: None,
        trace: Trace::default(),
    }
}
