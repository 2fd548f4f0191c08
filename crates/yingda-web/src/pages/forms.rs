//! A process's form as the kit shows it: labels, options, what was typed, what is wrong with it.
//!
//! The one thing to know: what a field depends on is only shown here where its condition is as simple as "this field has one of
//! these values". Any other condition is left to the check, which reads the whole expression.

use yingda_app::Directory;
use yingda_core::refusal::FieldRefusal;
use yingda_process::{Column, Field, FieldType, Form, RawForm};

use crate::front::field_sentence;
use crate::i18n::Tr;
use crate::kit::{Asks, Choice, Depends, FieldForm, FieldKind, FieldView};

/// Fewest characters of a number worth looking up.
const LEAST_DIGITS: u8 = 4;
/// Fewest characters of a question worth looking for answers to.
const LEAST_WORDS: u8 = 2;

/// What a form is filled with and where its fields look things up.
#[derive(Debug, Clone, Copy)]
pub struct Filling<'a> {
    /// The reader's language.
    pub t: Tr,
    /// People and departments to choose from.
    pub directory: &'a Directory,
    /// What was typed, by `form.field`; a field that is not in it has its default.
    pub raw: &'a RawForm,
    /// What is wrong.
    pub wrong: &'a [FieldRefusal],
    /// Address of the caller's panel, where the page has one.
    pub caller: Option<&'a str>,
    /// Address of the answers' panel and the id of the element that shows it, for the field whose id it gets.
    pub answers: Option<(&'a str, &'a str)>,
}

/// The id of a field's control.
#[must_use]
pub fn control_id(key: &str) -> String {
    FieldView::new(FieldKind::Text, key, "").id
}

impl Filling<'_> {
    /// The fields of a form.
    #[must_use]
    pub fn form(&self, form: &Form) -> FieldForm {
        let fields: Vec<FieldView> = form.fields.iter().map(|field| self.field(form, field)).collect();
        FieldForm { error: self.elsewhere(&fields), fields }
    }

    /// What is wrong with things that no field here is named after, as one text.
    #[must_use]
    pub fn elsewhere(&self, fields: &[FieldView]) -> Option<String> {
        let sentences: Vec<String> = self
            .wrong
            .iter()
            .filter(|wrong| fields.iter().all(|field| field.name != wrong.field))
            .map(|wrong| {
                let fault = field_sentence(self.t, wrong);
                self.t.with("form-field-fault", &[("field", wrong.field.as_str()), ("fault", fault.as_str())])
            })
            .collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// One field.
    #[must_use]
    pub fn field(&self, form: &Form, field: &Field) -> FieldView {
        let key = form.key(&field.id);
        let mut view = FieldView::new(kind_of(field), &key, &field.label);
        view.required = field.required && field.visible_when.is_none();
        view.value = self.value(field, &key);
        view.options = self.options(field);
        view.unit.clone_from(&field.unit);
        view.max_length = field.max_length;
        view.hint = self.hint(field);
        view.error = self.wrong.iter().find(|wrong| wrong.field == key).map(|wrong| field_sentence(self.t, wrong));
        view.many = field.kind == FieldType::Attachment;
        if field.multiline {
            view.rows = 4;
        }
        self.conditions(form, field, &mut view);
        if field.fills == Some(Column::Phone)
            && let Some(address) = self.caller
        {
            view.asks = Some(asks(address, "phone", "caller", LEAST_DIGITS));
            view.autocomplete = Some("off".to_owned());
        }
        if field.searches_answers
            && let Some((address, into)) = self.answers
        {
            view.asks = Some(asks(address, "q", into, LEAST_WORDS));
        }
        view
    }

    fn value(&self, field: &Field, key: &str) -> String {
        if field.kind == FieldType::Attachment {
            return String::new();
        }
        let typed = self.raw.get(key).and_then(|values| values.first()).or(field.default.as_ref());
        let typed = typed.map(String::as_str).unwrap_or_default();
        match field.kind {
            FieldType::YesNo => match typed.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" | "是" | "有" => "yes".to_owned(),
                "false" | "no" | "off" | "0" | "否" | "无" => "no".to_owned(),
                _ => String::new(),
            },
            // Whoever was typed by name is found in the list again.
            FieldType::Person => self.directory.person(typed).map_or_else(String::new, |person| person.id.to_string()),
            _ => typed.to_owned(),
        }
    }

    fn options(&self, field: &Field) -> Vec<Choice> {
        match field.kind {
            FieldType::Choice => field.options.iter().map(|option| Choice::new(&option.value, &option.label)).collect(),
            FieldType::Department => field
                .options
                .iter()
                .map(|option| {
                    let ours = self.directory.department(&option.value);
                    Choice::new(&option.value, ours.map_or(&option.label, |department| &department.name))
                })
                .collect(),
            FieldType::Person => people(self.directory),
            _ => Vec::new(),
        }
    }

    fn hint(&self, field: &Field) -> Option<String> {
        match (&field.help, field.tells_customer) {
            (Some(help), _) => Some(help.clone()),
            (None, true) => Some(self.t.say("form-tells-customer")),
            (None, false) => None,
        }
    }

    fn conditions(&self, form: &Form, field: &Field, view: &mut FieldView) {
        let shown = field.visible_when.as_ref().and_then(|condition| simple(&condition.source, form));
        let needed = field.required_when.as_ref().and_then(|condition| simple(&condition.source, form));
        // Required wherever it is shown: the one sentence says both.
        let always = field.required && field.visible_when.is_some();
        if let Some(shown) = &shown {
            let key = if always || needed.as_ref() == Some(shown) { "form-needed-when" } else { "form-when" };
            view.depends = Some(self.depends(form, shown, key));
        }
        let needed = if always { shown.clone() } else { needed };
        if let Some(needed) = needed {
            let mut depends = self.depends(form, &needed, "form-needed-when");
            if shown.as_ref() == Some(&needed) {
                depends.sentence = String::new();
            }
            view.needed = Some(depends);
        }
    }

    fn depends(&self, form: &Form, on: &Simple, key: &str) -> Depends {
        let label = form.field(&on.field).map_or(on.field.as_str(), |field| field.label.as_str());
        let sentence = if on.values == [""] {
            self.t.with("form-needed-empty", &[("label", label)])
        } else {
            let word = |value: &String| match value.as_str() {
                "yes" | "no" => self.t.say(value),
                other => other.to_owned(),
            };
            let words: Vec<String> = on.values.iter().map(word).collect();
            let words = words.join(&self.t.say("form-or"));
            self.t.with(key, &[("label", label), ("values", words.as_str())])
        };
        Depends { name: form.key(&on.field), values: on.values.clone(), sentence }
    }
}

/// Everybody who can be chosen, by department.
#[must_use]
pub fn people(directory: &Directory) -> Vec<Choice> {
    let mut people: Vec<(String, &str, String)> = directory
        .people
        .values()
        .filter(|person| person.active)
        .map(|person| (directory.department_name(person.department), person.name.as_str(), person.id.to_string()))
        .collect();
    people.sort();
    people.into_iter().map(|(department, name, id)| Choice::new(id, format!("{name}（{department}）"))).collect()
}

/// Every department that can be chosen, by its id.
#[must_use]
pub fn departments(directory: &Directory) -> Vec<Choice> {
    let active = directory.departments.values().filter(|department| department.active);
    active.map(|department| Choice::new(department.id.to_string(), &department.name)).collect()
}

/// Puts what was typed and what is wrong into a form of our own.
#[must_use]
pub fn refill(t: Tr, mut form: FieldForm, typed: &crate::front::Fields, wrong: &[FieldRefusal]) -> FieldForm {
    for field in &mut form.fields {
        if typed.has(&field.name) && field.keeps_value() {
            typed.get(&field.name).clone_into(&mut field.value);
        }
        field.error = wrong.iter().find(|wrong| wrong.field == field.name).map(|wrong| field_sentence(t, wrong));
    }
    let stray = wrong.iter().find(|wrong| form.fields.iter().all(|field| field.name != wrong.field));
    form.error = stray.map(|wrong| field_sentence(t, wrong));
    form
}

fn asks(fragment: &str, param: &str, into: &str, least: u8) -> Asks {
    Asks { fragment: fragment.to_owned(), param: param.to_owned(), into: into.to_owned(), least }
}

const fn kind_of(field: &Field) -> FieldKind {
    match field.kind {
        FieldType::Text if field.multiline => FieldKind::Multiline,
        FieldType::Text => FieldKind::Text,
        FieldType::Choice => FieldKind::Choice,
        FieldType::Integer => FieldKind::Integer,
        FieldType::Decimal => FieldKind::Decimal,
        FieldType::Money => FieldKind::Money,
        FieldType::Date => FieldKind::Date,
        FieldType::DateTime => FieldKind::Datetime,
        FieldType::Phone => FieldKind::Phone,
        FieldType::Person => FieldKind::Person,
        FieldType::Department => FieldKind::Department,
        FieldType::Attachment => FieldKind::Attachment,
        FieldType::YesNo => FieldKind::YesNo,
    }
}

/// A condition that a page can follow: a field of the same form has one of some values, as the form sends them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Simple {
    field: String,
    values: Vec<String>,
}

/// Reads a condition where it is that simple.
fn simple(source: &str, form: &Form) -> Option<Simple> {
    let source = source.trim();
    let of = |name: &str, values: Vec<String>| {
        let field = name.trim().strip_prefix(&form.id)?.strip_prefix('.')?;
        form.field(field).map(|_| Simple { field: field.to_owned(), values })
    };
    if let Some(inside) = source.strip_prefix("!has(").and_then(|rest| rest.strip_suffix(')')) {
        return of(inside, vec![String::new()]);
    }
    if let Some((name, list)) = source.split_once(" in ") {
        let list = list.trim().strip_prefix('[')?.strip_suffix(']')?;
        return of(name, list.split(',').map(literal).collect::<Option<_>>()?);
    }
    if let Some((name, value)) = source.split_once("==") {
        return of(name, vec![literal(value)?]);
    }
    match source.strip_prefix('!') {
        Some(name) => of(name, vec!["no".to_owned()]),
        None => of(source, vec!["yes".to_owned()]),
    }
}

/// A text in quotes, or a truth as the form sends it.
fn literal(source: &str) -> Option<String> {
    let source = source.trim();
    match source {
        "true" => return Some("yes".to_owned()),
        "false" => return Some("no".to_owned()),
        _ => {}
    }
    let quote = source.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inside = source.strip_prefix(quote)?.strip_suffix(quote)?;
    // Escapes and the mark that parts values in the page are left to the check.
    (!inside.contains([quote, '\\', '|'])).then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    const PROCESS: &str = include_str!("../../../../processes/S03-enterprise-support.yaml");

    #[test]
    fn only_simple_conditions_are_followed() {
        let definition = yingda_process::load(PROCESS, "S03").unwrap();
        let form = definition.form("accept").unwrap();
        let read = |source: &str| simple(source, form).map(|simple| (simple.field, simple.values));
        let found = |field: &str, values: &[&str]| {
            Some((field.to_owned(), values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>()))
        };
        assert_eq!(read("accept.complex"), found("complex", &["yes"]));
        assert_eq!(read("!accept.complex"), found("complex", &["no"]));
        assert_eq!(read("accept.complex == false"), found("complex", &["no"]));
        assert_eq!(read("accept.judgement == '售后报修'"), found("judgement", &["售后报修"]));
        assert_eq!(
            read("accept.judgement in ['售后报修', \"投诉建议\"]"),
            found("judgement", &["售后报修", "投诉建议"])
        );
        assert_eq!(read("!has(accept.email)"), found("email", &[""]));
        for complex in [
            "accept.complex && accept.judgement == '售后报修'",
            "has(accept.email)",
            "ticket.priority == '紧急'",
            "accept.nothing",
            "accept.judgement == 'a' || accept.judgement == 'b'",
        ] {
            assert_eq!(read(complex), None, "{complex}");
        }
    }

    #[test]
    fn a_form_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
        let definition = yingda_process::load(PROCESS, "S03").unwrap();
        let form = definition.form("accept").unwrap();
        let raw: RawForm = [("accept.customer", "科技公司"), ("accept.complex", "是"), ("accept.impact", "")]
            .map(|(key, text)| (key.to_owned(), vec![text.to_owned()]))
            .into();
        let wrong = [FieldRefusal::new("accept.contact", "missing"), FieldRefusal::new("channel", "missing")];
        let directory = Directory::default();
        let filling = Filling {
            t: Tr::new(Locale::ZhCn),
            directory: &directory,
            raw: &raw,
            wrong: &wrong,
            caller: Some("/fragments/caller"),
            answers: Some(("/fragments/answers", "answers")),
        };
        let shown = filling.form(form);
        let field = |id: &str| shown.fields.iter().find(|field| field.name == format!("accept.{id}")).unwrap();
        assert_eq!(field("customer").value, "科技公司");
        assert_eq!(field("complex").value, "yes");
        assert!(field("contact").error.is_some() && field("contact").required);
        assert!(shown.error.is_some());
        assert_eq!(field("phone").asks.as_ref().unwrap().param, "phone");
        assert_eq!(field("description").asks.as_ref().unwrap().into, "answers");
        let impact = field("impact");
        assert!(!impact.required && impact.depends.is_none());
        assert_eq!(impact.needed.as_ref().unwrap().values, ["售后报修"]);
        let register = filling.form(definition.form("register").unwrap());
        let cc = register.fields.iter().find(|field| field.name == "register.cc").unwrap();
        assert_eq!(cc.depends.as_ref().unwrap().values, ["yes"]);
        assert_eq!(cc.depends.as_ref().unwrap().sentence, "“涉及跨部门协作”为“是”时必填。");
    }
}
