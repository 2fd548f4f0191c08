//! What can be wrong with a process file, and where.
//!
//! The one thing to know: a fault carries data only; its sentences, in both languages, are in `sentences`.

use std::fmt;

use crate::vocabulary::FieldType;

/// One fault. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub kind: FaultKind,
}

/// A name that was meant to be one of the file's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    Lane,
    Form,
    Field,
    Step,
    Script,
    Department,
    Progress,
    RatingValue,
    IntakeStep,
    Clock,
}

/// A word that was meant to be one of a fixed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordKind {
    Channel,
    Priority,
    Role,
    Requester,
    Origin,
    Milestone,
    Outcome,
    FieldType,
    Column,
    MeasureOf,
    Countersign,
    Moment,
    Recipient,
    Answerable,
    Weekday,
    FreeDay,
    Share,
}

/// What stood there, or was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Text,
    WholeNumber,
    Number,
    YesNo,
    List,
    Mapping,
    Nothing,
}

/// A type of the expression language. Dates and instants are kept apart from numbers and from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CelType {
    String,
    Int,
    Double,
    Bool,
    Date,
    Timestamp,
    /// Files of an attachment field: only `has()` may ask about them.
    Files,
}

/// Why a moment never comes, or is too late or too early to matter to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Never {
    NoStepMarksIt,
    /// Nothing is ever solved, so nothing is reopened.
    NotSolved,
    /// Once, when the matter is taken in; no clock goes before.
    OnlyAtTheStart,
    /// Nothing starts when the ticket ends.
    OnlyAtTheEnd,
    NoSheet,
    /// A gateway, a message or an end.
    NobodyWaits,
    NoStepFillsIt,
}

/// Every way a file can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is no YAML; the reader's own words.
    NotYaml {
        message: String,
    },
    /// Nested, long or numerous beyond what a procedure needs.
    TooDeep {
        max: usize,
    },
    TooLarge {
        max: usize,
    },
    /// Anchors, aliases, tags, several documents: not part of the language.
    NotInLanguage {
        what: &'static str,
    },
    DuplicateKey {
        key: String,
        first_line: u32,
    },
    UnknownKey {
        key: String,
        hint: Option<String>,
    },
    MissingKey {
        key: &'static str,
    },
    /// Exactly one of these keys must stand here.
    OneOf {
        keys: &'static [&'static str],
        found: Vec<String>,
    },
    WrongShape {
        wanted: Shape,
        found: Shape,
    },
    Empty,
    BadId {
        id: String,
    },
    /// A word of the expression language, or a name the language keeps for itself.
    ReservedId {
        id: String,
    },
    UnknownName {
        kind: NameKind,
        name: String,
        hint: Option<String>,
    },
    UnknownWord {
        kind: WordKind,
        word: String,
        allowed: &'static [&'static str],
        hint: Option<String>,
    },
    BadNumber {
        text: String,
        min: i64,
        max: i64,
    },
    BadRequirement {
        text: String,
    },
    /// A key that this type of field does not have.
    KeyNotForType {
        key: &'static str,
        field_type: FieldType,
    },
    /// The bounds leave no value.
    BoundsCrossed,
    /// The default would itself be refused.
    BadDefault {
        text: String,
    },
    /// A field that fills the priority may only offer the four priorities.
    PriorityOption {
        option: String,
    },
    DuplicateOption {
        option: String,
    },
    /// Two fields of one form fill the same column.
    DuplicateColumn {
        column: &'static str,
    },
    /// The field cannot fill that column.
    ColumnType {
        column: &'static str,
        field_type: FieldType,
    },
    /// A reference that must be `form.field` or a field of a wanted type.
    BadReference {
        text: String,
    },
    FieldOfWrongType {
        field: String,
        wanted: &'static [FieldType],
        found: FieldType,
    },
    /// An option that decides a department names none.
    OptionWithoutDepartment {
        option: String,
    },

    NoOtherwise,
    CaseAfterOtherwise,
    Unreachable {
        step: String,
    },
    NoWayToEnd {
        step: String,
    },
    /// A circle of gateways and messages in which nobody ever works.
    LoopWithoutWork {
        step: String,
    },
    /// The task after this one in the chain is another.
    IntakeChain {
        step: String,
        next: String,
    },
    IntakeNotAtStart {
        start: String,
    },
    IntakeNotTask {
        step: String,
    },
    /// No step before it names a lane.
    NoLane {
        step: String,
    },
    RatingScale {
        missing: Vec<String>,
        unknown: Vec<String>,
    },

    CelSyntax {
        message: String,
    },
    CelTooDeep {
        max: usize,
    },
    CelUnsupported {
        what: String,
    },
    CelUnknown {
        name: String,
        hint: Option<String>,
    },
    CelType {
        wanted: CelType,
        found: CelType,
    },
    CelOperands {
        operator: String,
        left: CelType,
        right: CelType,
    },
    /// A choice compared with a text that is none of its options.
    CelNotAnOption {
        field: String,
        option: String,
        hint: Option<String>,
    },
    /// Division and arithmetic that could fail at run time.
    CelMayFail {
        what: String,
    },
    /// Read where it may be empty: ask `has(…)` first.
    MayBeAbsent {
        name: String,
    },
    /// A condition of a form reads another form.
    OtherForm {
        name: String,
    },
    /// `visible_when` reads a field that stands later in the form, or itself.
    LooksAhead {
        name: String,
    },
    BadPlaceholder {
        text: String,
    },

    /// A moment, field or step of a clock that never comes to anything.
    NeverComes {
        what: String,
        why: Never,
    },
    /// Stands in `starts_all`, but leaves no trace to be asked about when the others come.
    NotRemembered {
        moment: String,
    },
    /// The same moment under two keys of one clock.
    SaidTwice {
        moment: String,
        first: &'static str,
        second: &'static str,
    },
    /// A key that means nothing where the limit lies before a planned date.
    NotWithPlanned {
        key: &'static str,
    },
    /// A rung that is reached before the one above it.
    RungOrder,
    NobodyTold,
    /// A day or a time of day that never comes.
    BadRecurrence {
        text: String,
    },
    /// Recurring work for a lane that no people of the house hold.
    LaneWithoutPeople {
        lane: String,
    },
}

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locale {
    ZhCn,
    En,
}

impl Fault {
    /// What is wrong and what to do about it, without the place.
    pub fn sentence(&self, locale: Locale) -> String {
        crate::sentences::sentence(&self.kind, locale)
    }
}

/// `file:line:column: sentence`, in English, for logs and terminals.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.sentence(Locale::En))
    }
}
