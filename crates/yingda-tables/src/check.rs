//! From a table and a mapping to typed rows, with every fault of the whole file listed.
//!
//! The one thing to know: nothing stops at the first fault. A row with a fault is not in [`Checked::rows`]; whether the others
//! are imported is the caller's decision, and for tickets it is all or nothing.
//!
//! Not here: how a value is found in its row (`check::values`).

mod values;

use std::collections::HashMap;

use crate::column::ImportColumn as C;
use crate::fault::{CellFault, Fault};
use crate::fold;
use crate::mapping::Mapping;
use crate::row::{ImportRow, Priority};
use crate::rules::{Allowed, Rules, Severity};
use crate::table::{Cell, NoteKind, Table, TableRow};
use crate::when::{Precision, When, parse_when, when_from_serial};

use values::{Found, Resolved};

/// What came of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The rows without a fault, in the file's order.
    pub rows: Vec<ImportRow>,
    /// Every fault, by row, then by field.
    pub faults: Vec<CellFault>,
    pub warnings: Vec<CellFault>,
}

impl Checked {
    /// Whether the file can be imported as a whole.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks the whole table.
#[must_use]
pub fn check(table: &Table, mapping: &Mapping, rules: &Rules) -> Checked {
    let mut checker = Checker {
        table,
        mapping,
        rules,
        columns: Resolved::all(table, mapping),
        kinds: Vocabulary::of(&rules.kinds),
        ratings: Vocabulary::of(&rules.ratings),
        departments: Vocabulary::of(&rules.departments),
        people: Vocabulary::of(&rules.people),
        known: rules.known_numbers.iter().map(|number| fold::narrow(number)).collect(),
        numbers: HashMap::new(),
        checked: Checked::default(),
    };
    checker.headers();
    checker.notes();
    for row in &table.rows {
        checker.row(row);
    }
    let mut checked = checker.checked;
    checked.faults.sort_by_key(|fault| (fault.row, fault.field));
    checked.warnings.sort_by_key(|warning| (warning.row, warning.field));
    checked.rows.retain({
        let faulty: std::collections::HashSet<_> = checked.faults.iter().map(|fault| fault.row).collect();
        move |row| !faulty.contains(&row.row)
    });
    checked
}

struct Checker<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    rules: &'a Rules,
    columns: HashMap<C, Resolved<'a>>,
    kinds: Vocabulary<'a>,
    ratings: Vocabulary<'a>,
    departments: Vocabulary<'a>,
    people: Vocabulary<'a>,
    known: std::collections::HashSet<String>,
    /// Ticket numbers met so far, folded, and the row that has them first.
    numbers: HashMap<String, u32>,
    checked: Checked,
}

impl Checker<'_> {
    fn headers(&mut self) {
        let row = self.table.header_row;
        for column in C::all() {
            let Some(resolved) = self.columns.get(&column) else {
                if self.rules.required.contains(&column) {
                    self.tell(
                        Severity::Fault,
                        CellFault {
                            row,
                            field: Some(column),
                            place: None,
                            value: String::new(),
                            fault: Fault::ColumnMissing,
                        },
                    );
                }
                continue;
            };
            let (missing, twice) = (resolved.missing.clone(), resolved.twice.clone());
            for header in missing {
                let fault = Fault::HeaderMissing { header };
                self.tell(
                    Severity::Fault,
                    CellFault { row, field: Some(column), place: None, value: String::new(), fault },
                );
            }
            for (place, letters) in twice {
                // Only a warning: exports of other systems repeat headers, and the person cannot change them.
                let fault = Fault::HeaderTwice { header: place.header.clone(), letters };
                let value = place.header.clone();
                self.tell(Severity::Warning, CellFault { row, field: Some(column), place: Some(place), value, fault });
            }
        }
    }

    fn notes(&mut self) {
        for note in &self.table.notes {
            // A long row is one whose values have slipped under the wrong headers; a short one only lacks its end.
            let (severity, fault) = match note.kind {
                NoteKind::TooFewCells { cells, headers } => (Severity::Warning, Fault::RowTooShort { cells, headers }),
                NoteKind::TooManyCells { cells, headers } => (Severity::Fault, Fault::RowTooLong { cells, headers }),
            };
            self.tell(severity, CellFault { row: note.row, field: None, place: None, value: String::new(), fault });
        }
    }

    fn row(&mut self, row: &TableRow) {
        let number = self.number(row);
        let accepted = self.time(row, C::AcceptedAt);
        let responded = self.time(row, C::RespondedAt);
        let solved = self.time(row, C::SolvedAt);
        self.order(row, &[(C::AcceptedAt, accepted), (C::RespondedAt, responded), (C::SolvedAt, solved)]);
        let typed = ImportRow {
            row: row.number,
            number,
            customer: self.text(row, C::Customer),
            contact: self.text(row, C::Contact),
            phone: self.text(row, C::Phone),
            kind: self.word(row, C::Kind),
            description: self.text(row, C::Description),
            priority: self.priority(row),
            department: self.word(row, C::Department),
            person: self.word(row, C::Person),
            accepted_at: accepted.map(|when| when.at),
            responded_at: responded.map(|when| when.at),
            solved_at: solved.map(|when| when.at),
            result: self.text(row, C::Result),
            rating: self.word(row, C::Rating),
            remark: self.text(row, C::Remark),
            channel: self.text(row, C::Channel),
            industry: self.text(row, C::Industry),
            occurred_at: self.time(row, C::OccurredAt).map(|when| when.at),
            impact: self.text(row, C::Impact),
            expected_by: self.text(row, C::ExpectedBy),
            address: self.text(row, C::Address),
        };
        self.checked.rows.push(typed);
    }

    /// The value of a field, with the faults that any field can have.
    fn text(&mut self, row: &TableRow, column: C) -> Option<String> {
        self.found(row, column).map(|found| found.text)
    }

    fn found(&mut self, row: &TableRow, column: C) -> Option<Found> {
        let resolved = self.columns.get(&column)?;
        let found = resolved.value(row);
        if found.formula_error {
            self.at(row, column, Fault::FormulaError);
            return None;
        }
        let Some(found) = found.filled() else {
            // A header that is not there has been told once, for all rows.
            if resolved.missing.is_empty() && self.rules.required.contains(&column) {
                self.at(row, column, Fault::Required);
            }
            return None;
        };
        if found.text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.at(row, column, Fault::ControlCharacter);
            return None;
        }
        let (chars, max) = (found.text.chars().count(), *self.rules.max_chars.get(&column).unwrap_or(&Rules::LONG));
        if chars > max {
            self.at(row, column, Fault::TooLong { chars, max });
            return None;
        }
        if matches!(column, C::Number | C::Phone)
            && matches!(found.cell, Some(Cell::Number { value, .. }) if value.abs() >= 1e15)
        {
            self.warn(row, column, Fault::DigitsLost);
        }
        Some(found)
    }

    fn number(&mut self, row: &TableRow) -> Option<String> {
        let number = self.text(row, C::Number)?;
        let folded = fold::narrow(&number);
        if self.known.contains(&folded) {
            self.at(row, C::Number, Fault::AlreadyKnown);
        }
        if let Some(&first_row) = self.numbers.get(&folded) {
            self.at(row, C::Number, Fault::DuplicateInFile { first_row });
        } else {
            self.numbers.insert(folded, row.number);
        }
        Some(number)
    }

    fn priority(&mut self, row: &TableRow) -> Option<Priority> {
        let word = self.text(row, C::Priority)?;
        let priority = Priority::labelled(&word);
        if priority.is_none() {
            let allowed = Priority::ALL.iter().map(|priority| priority.label().to_owned()).collect();
            self.at(row, C::Priority, Fault::NotAllowed { allowed });
        }
        priority
    }

    /// A field with a vocabulary: the vocabulary's own spelling is returned.
    fn word(&mut self, row: &TableRow, column: C) -> Option<String> {
        let word = self.text(row, column)?;
        let (vocabulary, allowed) = match column {
            C::Kind => (&self.kinds, &self.rules.kinds),
            C::Rating => (&self.ratings, &self.rules.ratings),
            C::Department => (&self.departments, &self.rules.departments),
            _ => (&self.people, &self.rules.people),
        };
        let Allowed::OneOf(allowed) = allowed else {
            return Some(word);
        };
        if let Some(spelled) = vocabulary.spelling(&word) {
            return Some(spelled.to_owned());
        }
        let (severity, fault) = match column {
            C::Department => (self.rules.unknown_department, Fault::UnknownDepartment),
            C::Person => (self.rules.unknown_person, Fault::UnknownPerson),
            _ => (Severity::Fault, Fault::NotAllowed { allowed: allowed.clone() }),
        };
        let fault = self.cell_fault(row, column, fault);
        self.tell(severity, fault);
        Some(word)
    }

    fn time(&mut self, row: &TableRow, column: C) -> Option<When> {
        let found = self.found(row, column)?;
        let style = self.mapping.dates;
        let read = match found.cell {
            Some(Cell::Date { serial, .. } | Cell::Number { value: serial, .. }) if is_serial(serial) => {
                when_from_serial(serial, &self.rules.zone)
            }
            _ => parse_when(&found.text, style, &self.rules.zone),
        };
        match read {
            Ok(when) => {
                if when.shown_twice {
                    self.warn(row, column, Fault::ShownTwice);
                }
                Some(when)
            }
            Err(reason) => {
                self.at(row, column, Fault::Date { reason, expected: style.example() });
                None
            }
        }
    }

    /// Each time against the latest one before it; where one of the two is a bare date, days are compared.
    fn order(&mut self, row: &TableRow, times: &[(C, Option<When>)]) {
        let mut before: Option<(C, When)> = None;
        for &(column, when) in times {
            let Some(when) = when else { continue };
            if let Some((earlier, first)) = before
                && self.is_before(when, first)
            {
                let earlier_value = self.columns.get(&earlier).map(|resolved| resolved.shown(row)).unwrap_or_default();
                let fault = self.cell_fault(row, column, Fault::OutOfOrder { earlier, earlier_value });
                self.tell(self.rules.order_of_times, fault);
                continue;
            }
            before = Some((column, when));
        }
    }

    fn is_before(&self, later: When, earlier: When) -> bool {
        if later.precision == Precision::Time && earlier.precision == Precision::Time {
            return later.at < earlier.at;
        }
        let day = |when: When| self.rules.zone.to_datetime(when.at).date();
        day(later) < day(earlier)
    }

    fn at(&mut self, row: &TableRow, column: C, fault: Fault) {
        let fault = self.cell_fault(row, column, fault);
        self.tell(Severity::Fault, fault);
    }

    fn warn(&mut self, row: &TableRow, column: C, fault: Fault) {
        let fault = self.cell_fault(row, column, fault);
        self.tell(Severity::Warning, fault);
    }

    fn cell_fault(&self, row: &TableRow, column: C, fault: Fault) -> CellFault {
        let resolved = self.columns.get(&column);
        CellFault {
            row: row.number,
            field: Some(column),
            place: resolved.and_then(Resolved::place),
            value: resolved.map(|resolved| resolved.shown(row)).unwrap_or_default(),
            fault,
        }
    }

    fn tell(&mut self, severity: Severity, fault: CellFault) {
        match severity {
            Severity::Fault => self.checked.faults.push(fault),
            Severity::Warning => self.checked.warnings.push(fault),
        }
    }
}

/// A number cell in a time column is a serial if it lies between 1954 and 2119; `20241001` is a date written as a number.
fn is_serial(value: f64) -> bool {
    (20_000.0..80_000.0).contains(&value)
}

/// A vocabulary by folded word.
struct Vocabulary<'a>(HashMap<String, &'a str>);

impl<'a> Vocabulary<'a> {
    fn of(allowed: &'a Allowed) -> Self {
        match allowed {
            Allowed::Any => Self(HashMap::new()),
            Allowed::OneOf(words) => Self(words.iter().map(|word| (fold::narrow(word), word.as_str())).collect()),
        }
    }

    fn spelling(&self, word: &str) -> Option<&'a str> {
        self.0.get(&fold::narrow(word)).copied()
    }
}
