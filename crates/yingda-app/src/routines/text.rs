//! A routine as somebody types it, and everything that can be wrong with it.
//!
//! The one thing to know: what could never fall due, and what nobody is there to do, is refused when it is saved, each fault beside
//! its field.

use jiff::Timestamp;
use yingda_core::refusal::FieldRefusal;
use yingda_core::{DepartmentId, PersonId, Refusal, Role};
use yingda_process::routine::{At, Every, FreeDay, Record, Share, Until, WEEKDAYS, When, day_of_year, time_of_day};
use yingda_process::{Limit, LimitUnit};

use super::rule::{Rule, Whom};
use crate::App;

/// Most labels of a record.
const MOST_FIELDS: usize = 20;
/// Longest name, in characters.
const LONGEST_LABEL: usize = 100;

/// What was typed. Words are those of process files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoutineText {
    /// Its name.
    pub label: String,
    /// One person; then role and department say nothing.
    pub person: Option<PersonId>,
    /// Whoever has this role.
    pub role: Option<Role>,
    /// Whoever belongs to this department.
    pub department: Option<DepartmentId>,
    /// `one` or `each`; empty: one.
    pub share: String,
    /// `day`, `week`, `month` or `year`.
    pub every: String,
    /// For `week`: `monday` …
    pub weekdays: Vec<String>,
    /// For `month`: 1 to 31, or `last`.
    pub month_day: String,
    /// For `year`: `11-30`.
    pub year_day: String,
    /// `opening`, `closing` or `17:00`; empty: opening.
    pub at: String,
    /// `skip`, `before`, `after` or `anyway`; empty: skip.
    pub free_day: String,
    /// How long there is; empty: until closing time.
    pub limit: String,
    /// The unit of that, as in process files.
    pub unit: String,
    /// Labels of what has to be written down; none: a text that explains.
    pub fields: Vec<String>,
    /// A word on every open ticket instead.
    pub tickets: bool,
    /// Whether it may be left out with a reason.
    pub exempt: bool,
    /// Whoever reads it: one person,
    pub reader_person: Option<PersonId>,
    /// whoever has this role,
    pub reader_role: Option<Role>,
    /// whoever belongs to this department.
    pub reader_department: Option<DepartmentId>,
    /// A remark.
    pub note: String,
}

impl RoutineText {
    /// What a routine says, as it would be typed.
    #[must_use]
    pub fn of(rule: &Rule, app: &App) -> Self {
        let directory = app.directory();
        let department = |whom: &Whom| {
            whom.department.as_ref().and_then(|code| directory.department(code)).map(|department| department.id)
        };
        let role = |whom: &Whom| whom.role.and_then(|role| role.id().parse::<Role>().ok());
        let reader = rule.read_by.clone().unwrap_or_default();
        let mut text = Self {
            label: rule.label.clone(),
            person: rule.who.person,
            role: role(&rule.who),
            department: department(&rule.who),
            share: rule.share.id().to_owned(),
            at: match rule.when.at {
                At::Opening => "opening".to_owned(),
                At::Closing => "closing".to_owned(),
                At::Clock(hour, minute) => format!("{hour:02}:{minute:02}"),
            },
            free_day: rule.when.free_day.id().to_owned(),
            tickets: rule.record == Record::Tickets,
            exempt: rule.exempt,
            reader_person: reader.person,
            reader_role: role(&reader),
            reader_department: department(&reader),
            note: rule.note.clone(),
            ..Self::default()
        };
        match &rule.when.every {
            Every::Day => "day".clone_into(&mut text.every),
            Every::Week(days) => {
                "week".clone_into(&mut text.every);
                let word = |day: &i8| usize::try_from(day - 1).ok().and_then(|at| WEEKDAYS.get(at));
                text.weekdays = days.iter().filter_map(word).map(|word| (*word).to_owned()).collect();
            }
            Every::Month(day) => {
                "month".clone_into(&mut text.every);
                text.month_day = day.to_string();
            }
            Every::MonthEnd => {
                "month".clone_into(&mut text.every);
                "last".clone_into(&mut text.month_day);
            }
            Every::Year(month, day) => {
                "year".clone_into(&mut text.every);
                text.year_day = format!("{month:02}-{day:02}");
            }
        }
        if let Until::Limit(limit) = rule.until {
            text.limit = limit.amount.to_string();
            limit.unit.id().clone_into(&mut text.unit);
        }
        if let Record::Fields(labels) = &rule.record {
            text.fields.clone_from(labels);
        }
        text
    }

    /// What it says, or everything that is wrong with it.
    pub(super) fn checked(&self, app: &App, now: Timestamp) -> Result<Rule, Refusal> {
        let mut faults = Faults::default();
        let directory = app.directory();
        let whom = |person: Option<PersonId>, role: Option<Role>, department: Option<DepartmentId>| Whom {
            person,
            role: role
                .filter(|_| person.is_none())
                .and_then(|role| yingda_process::vocabulary::Role::from_id(role.as_str())),
            department: department
                .filter(|_| person.is_none())
                .and_then(|id| directory.departments.get(&id))
                .map(|department| department.code.clone()),
        };
        let label = self.label.trim().to_owned();
        if label.is_empty() {
            faults.add("label", "missing");
        } else if label.chars().count() > LONGEST_LABEL {
            faults.long("label", LONGEST_LABEL, label.chars().count());
        }
        let who = whom(self.person, self.role, self.department);
        if who == Whom::default() {
            faults.add("role", "nobody-named");
        } else if who.people(&directory).is_empty() {
            faults.add("role", "nobody-there");
        }
        let reader = whom(self.reader_person, self.reader_role, self.reader_department);
        let read_by = (reader != Whom::default()).then_some(reader);
        if read_by.as_ref().is_some_and(|reader| reader.people(&directory).is_empty()) {
            faults.add("reader_role", "nobody-there");
        }
        let share = faults.word("share", &self.share, Share::from_id);
        let free_day = faults.word("free_day", &self.free_day, FreeDay::from_id);
        let every = self.every(&mut faults);
        let at = match self.at.trim() {
            "" | "opening" => Some(At::Opening),
            "closing" => Some(At::Closing),
            clock => time_of_day(clock).map(|(hour, minute)| At::Clock(hour, minute)),
        };
        if at.is_none() {
            faults.add("at", "bad-time");
        }
        let until = self.until(&mut faults);
        let record = self.record(&mut faults);
        let note = self.note.trim().to_owned();
        if note.chars().count() > 1000 {
            faults.long("note", 1000, note.chars().count());
        }
        let (Some(every), Some(at)) = (every, at) else { return Err(Refusal::Fields(faults.0)) };
        let rule = Rule {
            label,
            who,
            share: if self.tickets { Share::Each } else { share },
            when: When { every, at, free_day },
            until,
            record,
            exempt: self.exempt,
            read_by,
            source: String::new(),
            quote: String::new(),
            note,
            requirements: Vec::new(),
            ours: true,
        };
        if app.routine_next(&rule, now).is_none() {
            faults.add("every", "never-comes");
        }
        if faults.0.is_empty() { Ok(rule) } else { Err(Refusal::Fields(faults.0)) }
    }

    fn every(&self, faults: &mut Faults) -> Option<Every> {
        match self.every.as_str() {
            "day" => Some(Every::Day),
            "week" => {
                let number = |word: &String| WEEKDAYS.iter().position(|day| day == word);
                let mut days: Vec<i8> =
                    self.weekdays.iter().filter_map(number).filter_map(|at| i8::try_from(at + 1).ok()).collect();
                days.sort_unstable();
                days.dedup();
                if days.is_empty() || self.weekdays.iter().any(|word| number(word).is_none()) {
                    faults.add("weekdays", if self.weekdays.is_empty() { "missing" } else { "not-an-option" });
                    return None;
                }
                Some(Every::Week(days))
            }
            "month" if self.month_day.trim() == "last" => Some(Every::MonthEnd),
            "month" => {
                let day = self.month_day.trim().parse::<i8>().ok().filter(|day| (1..=31).contains(day));
                if day.is_none() {
                    faults.add("month_day", if self.month_day.trim().is_empty() { "missing" } else { "bad-month-day" });
                }
                day.map(Every::Month)
            }
            "year" => {
                let day = day_of_year(self.year_day.trim());
                if day.is_none() {
                    faults.add("year_day", if self.year_day.trim().is_empty() { "missing" } else { "never-comes" });
                }
                day.map(|(month, day)| Every::Year(month, day))
            }
            other => {
                faults.add("every", if other.is_empty() { "missing" } else { "not-an-option" });
                None
            }
        }
    }

    fn until(&self, faults: &mut Faults) -> Until {
        if self.limit.trim().is_empty() {
            return Until::Closing;
        }
        let amount = self.limit.trim().parse::<u32>().ok().filter(|amount| (1..=10_000).contains(amount));
        let unit = LimitUnit::from_id(self.unit.trim());
        if amount.is_none() {
            faults.add("limit", "bad-amount");
        }
        if unit.is_none() {
            faults.add("unit", if self.unit.trim().is_empty() { "missing" } else { "not-an-option" });
        }
        match (amount, unit) {
            (Some(amount), Some(unit)) => Until::Limit(Limit { amount, unit }),
            _ => Until::Closing,
        }
    }

    fn record(&self, faults: &mut Faults) -> Record {
        if self.tickets {
            return Record::Tickets;
        }
        let labels: Vec<String> =
            self.fields.iter().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect();
        if labels.len() > MOST_FIELDS {
            faults.0.push(FieldRefusal::new("fields", "too-many-fields").with("max", MOST_FIELDS));
        }
        if let Some(long) = labels.iter().map(|label| label.chars().count()).find(|long| *long > LONGEST_LABEL) {
            faults.long("fields", LONGEST_LABEL, long);
        }
        Record::Fields(labels)
    }
}

#[derive(Default)]
struct Faults(Vec<FieldRefusal>);

impl Faults {
    fn add(&mut self, field: &str, code: &str) {
        self.0.push(FieldRefusal::new(field, code));
    }

    fn long(&mut self, field: &str, max: usize, actual: usize) {
        self.0.push(FieldRefusal::new(field, "too-long").with("max", max).with("actual", actual));
    }

    /// A word of a list; the usual one where nothing was said.
    fn word<T: Default>(&mut self, field: &str, word: &str, read: fn(&str) -> Option<T>) -> T {
        if word.trim().is_empty() {
            return T::default();
        }
        read(word.trim()).unwrap_or_else(|| {
            self.add(field, "not-an-option");
            T::default()
        })
    }
}
