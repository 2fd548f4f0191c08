//! One field of a process form, or of any other form: label, control, unit, hint and error, always together.
//!
//! The fields of a step come from its process file; this is their face, whatever their type. A field that only matters when
//! another has a certain value says so (`Depends`): scripts hide it until then, and without scripts it stands there with that
//! sentence. Whether it is required is decided where the form is checked, not here.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::i18n::Tr;

/// The types that a process form knows, and how each is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    Multiline,
    /// One of some words.
    Choice,
    /// Whole number.
    Integer,
    /// Number.
    Decimal,
    /// Amount; the currency stands as unit.
    Money,
    /// Day.
    Date,
    /// Day and time, in the desk's zone.
    Datetime,
    /// Telephone number.
    Phone,
    /// A colleague, by id among the options.
    Person,
    /// A department, by id among the options.
    Department,
    /// A file.
    Attachment,
    /// Yes or no.
    YesNo,
    /// Password; only on our own forms.
    Password,
    /// Mail address; only on our own forms.
    Email,
    /// Search; only on our own forms.
    Search,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// An option.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }

    /// An option that reads as it is sent.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::new(text, text)
    }
}

/// When a field matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depends {
    /// Name of the other field, as it is sent.
    pub name: String,
    /// The values with which this one matters.
    pub values: Vec<String>,
    /// The sentence for readers without scripts, such as 业务类型为“报漏”时填写.
    pub sentence: String,
}

/// A part of the page that follows what is typed into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// Address of the fragment.
    pub fragment: String,
    /// Query parameter that carries what is typed.
    pub param: String,
    /// Id of the element that shows it.
    pub into: String,
    /// Fewest characters worth asking with.
    pub least: u8,
}

/// A field, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldView {
    /// Name as sent.
    pub name: String,
    /// Id in the page; unique there.
    pub id: String,
    /// Label.
    pub label: String,
    /// Type.
    pub kind: FieldKind,
    /// Whether the form is refused without it.
    pub required: bool,
    /// What was typed, or what is kept.
    pub value: String,
    /// Options of a choice, person or department.
    pub options: Vec<Choice>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What helps to fill it.
    pub hint: Option<String>,
    /// Unit after the control, such as mm.
    pub unit: Option<String>,
    /// Longest text in characters.
    pub max_length: Option<u32>,
    /// Least value of a number or date.
    pub min: Option<String>,
    /// Greatest value of a number or date.
    pub max: Option<String>,
    /// `autocomplete` token.
    pub autocomplete: Option<String>,
    /// Placeholder: an example, never the label.
    pub example: Option<String>,
    /// When it matters.
    pub depends: Option<Depends>,
    /// When the form is refused without it, where that follows from another field.
    pub needed: Option<Depends>,
    /// Whether an attachment may be several files.
    pub many: bool,
    /// Files that came with an earlier sending of the same form: they are kept, and sent again by their ids.
    pub kept: Vec<Choice>,
    /// File types that an attachment takes, as in `accept`.
    pub accept: Option<String>,
    /// Rows of a multiline control.
    pub rows: u8,
    /// Asks for a fragment while it is typed into.
    pub asks: Option<Asks>,
    /// Draws a choice as a list however few its words, with this as the empty line: for filters.
    pub list: Option<String>,
}

impl FieldView {
    /// A field of `kind`; its id is its name.
    #[must_use]
    pub fn new(kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        let id = format!("f-{}", name.replace(['[', ']', ' '], "-"));
        Self { id, name, label: label.into(), kind, rows: 3, ..Self::default() }
    }

    /// Marks it required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Sets what is wrong.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// Sets what helps.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the unit.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Sets the options.
    #[must_use]
    pub fn options(mut self, options: impl IntoIterator<Item = Choice>) -> Self {
        self.options = options.into_iter().collect();
        self
    }

    /// Draws a choice as a list whose empty line reads `empty`, such as 全部.
    #[must_use]
    pub fn as_list(mut self, empty: impl Into<String>) -> Self {
        self.list = Some(empty.into());
        self
    }

    /// Sets how many rows a multiline control has.
    #[must_use]
    pub const fn tall(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Sets the `autocomplete` token.
    #[must_use]
    pub fn autocomplete(mut self, token: impl Into<String>) -> Self {
        self.autocomplete = Some(token.into());
        self
    }

    /// Sets the example shown while it is empty.
    #[must_use]
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.example = Some(example.into());
        self
    }

    /// Sets when it matters.
    #[must_use]
    pub fn depends(mut self, depends: Depends) -> Self {
        self.depends = Some(depends);
        self
    }

    /// Lets the element `into` follow what is typed, from `fragment` with the text as `param`.
    #[must_use]
    pub fn asks(mut self, fragment: &str, param: &str, into: &str, least: u8) -> Self {
        self.asks = Some(Asks { fragment: fragment.to_owned(), param: param.to_owned(), into: into.to_owned(), least });
        self
    }

    /// Sets when the form is refused without it.
    #[must_use]
    pub fn needed(mut self, needed: Depends) -> Self {
        self.needed = Some(needed);
        self
    }

    /// Lets an attachment be several files.
    #[must_use]
    pub const fn many(mut self) -> Self {
        self.many = true;
        self
    }

    /// Puts `prefix` before the id, for pages on which two forms have a field of the same name.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.id = format!("{prefix}-{}", self.id);
        self
    }

    /// On a page.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> FieldPart<'_> {
        FieldPart { t: *t, field: self }
    }

    /// Whether it is drawn as a group of radio buttons: few enough words to see them all.
    #[must_use]
    pub fn is_group(&self) -> bool {
        match self.kind {
            _ if self.list.is_some() => false,
            FieldKind::YesNo => true,
            FieldKind::Choice => {
                self.options.len() <= 6 && self.options.iter().map(|o| o.label.chars().count()).sum::<usize>() <= 40
            }
            _ => false,
        }
    }

    /// Whether it is drawn as a list.
    #[must_use]
    pub fn is_select(&self) -> bool {
        matches!(self.kind, FieldKind::Choice | FieldKind::Person | FieldKind::Department) && !self.is_group()
    }

    /// Whether a line of help stands under the control.
    #[must_use]
    pub const fn has_hint(&self) -> bool {
        self.hint.is_some() || self.depends.is_some() || self.needed.is_some()
    }

    /// Ids of what describes the control, for `aria-describedby`; empty when nothing does.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        if self.has_hint() {
            ids.push(format!("{}-hint", self.id));
        }
        ids.join(" ")
    }

    /// Class of the width that suits the type.
    #[must_use]
    pub const fn width(&self) -> &'static str {
        match self.kind {
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Money => "field-short",
            FieldKind::Date | FieldKind::Datetime | FieldKind::Phone => "field-medium",
            FieldKind::Multiline | FieldKind::Attachment => "field-wide",
            _ => "field-plain",
        }
    }

    /// `type` of an `<input>`.
    #[must_use]
    pub const fn input_type(&self) -> &'static str {
        match self.kind {
            FieldKind::Date => "date",
            FieldKind::Datetime => "datetime-local",
            FieldKind::Phone => "tel",
            FieldKind::Attachment => "file",
            FieldKind::Password => "password",
            FieldKind::Email => "email",
            FieldKind::Search => "search",
            _ => "text",
        }
    }

    /// `inputmode`, so that a phone shows the right keys; numbers stay text so that a browser never rewrites what was typed.
    #[must_use]
    pub const fn input_mode(&self) -> Option<&'static str> {
        match self.kind {
            FieldKind::Integer => Some("numeric"),
            FieldKind::Decimal | FieldKind::Money => Some("decimal"),
            _ => None,
        }
    }

    /// Whether the typed text is put back into the control; passwords and files never are.
    #[must_use]
    pub const fn keeps_value(&self) -> bool {
        !matches!(self.kind, FieldKind::Password | FieldKind::Attachment)
    }
}

/// A field on a page.
#[derive(Template)]
#[template(path = "kit/field.html")]
pub struct FieldPart<'a> {
    t: Tr,
    field: &'a FieldView,
}

impl HtmlSafe for FieldPart<'_> {}

/// Some fields that are sent together, with what is wrong with all of them at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldForm {
    /// Fields in order.
    pub fields: Vec<FieldView>,
    /// A fault of the form as a whole.
    pub error: Option<String>,
}

impl FieldForm {
    /// A form without faults.
    #[must_use]
    pub fn new(fields: impl IntoIterator<Item = FieldView>) -> Self {
        Self { fields: fields.into_iter().collect(), error: None }
    }

    /// Fields with something wrong, for the summary above the form.
    #[must_use]
    pub fn faults(&self) -> Vec<&FieldView> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.error.is_some() || self.fields.iter().any(|field| field.error.is_some())
    }

    /// On a page: the summary of faults, then the fields.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> FieldFormPart<'_> {
        FieldFormPart { t: *t, form: self }
    }
}

/// Fields on a page.
#[derive(Template)]
#[template(path = "kit/fields.html")]
pub struct FieldFormPart<'a> {
    t: Tr,
    form: &'a FieldForm,
}

impl HtmlSafe for FieldFormPart<'_> {}
