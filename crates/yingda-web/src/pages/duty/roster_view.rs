//! A month's roster as its pages show it: days, people, cells, and what is wrong with each.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use yingda_app::duty::roster::Roster;
use yingda_core::duty::check::Finding;
use yingda_core::duty::{Asked, Leave, Shift, Turn, TurnState};
use yingda_core::{DepartmentId, PersonId, TurnId};

use super::{Signs, date_words, day_words, finding_line, finding_words, hours_words, mark, month_value};
use crate::front::Visit;
use crate::pages::show::Show;
use crate::views::duty::FindingLine;
use crate::views::duty::roster::{Cell, CellTurn, DayHead, DayPerson, Month, PersonRow, ShiftKey};

/// A roster with what it takes to show it.
#[derive(Debug)]
pub(super) struct Look<'a> {
    pub visit: &'a Visit,
    pub show: Show,
    pub department: DepartmentId,
    pub month: Date,
    pub roster: &'a Roster,
    pub signs: Signs,
    /// The cell that is opened.
    pub picked: (Option<PersonId>, Option<Date>),
}

impl<'a> Look<'a> {
    pub fn new(visit: &'a Visit, month: Date, roster: &'a Roster) -> Self {
        Self {
            visit,
            show: Show::new(visit),
            department: roster.department,
            month: month.first_of_month(),
            roster,
            signs: Signs::of(&roster.shifts),
            picked: (None, None),
        }
    }

    /// The address of this month's page, or another's.
    pub fn href(&self, month: Date) -> String {
        format!("/duty/roster?department={}&month={}", self.department, month_value(month))
    }

    fn cell_href(&self, person: Option<PersonId>, day: Date) -> String {
        if !self.roster.may_manage {
            return String::new();
        }
        let person = person.map(|person| format!("&person={person}")).unwrap_or_default();
        format!("{}{person}&day={day}#cell", self.href(self.month))
    }

    /// What is wrong, by day.
    pub fn findings(&self) -> Vec<FindingLine> {
        let t = self.visit.t();
        let zone = self.visit.zone();
        let line = |finding| {
            let what = finding_words(t, &self.show, &self.signs, &zone, finding);
            finding_line(t, &zone, what, finding, self.cell_href(finding.person, finding.day))
        };
        self.ahead().map(line).collect()
    }

    /// What can still be mended: the days that are over stay as they were.
    pub fn ahead(&self) -> impl Iterator<Item = &'a Finding> {
        let today = self.visit.now().to_zoned(self.visit.zone()).date();
        self.roster.findings.iter().filter(move |finding| finding.day >= today)
    }

    /// What is wrong with each day, and with each person on it.
    fn faults(&self) -> BTreeMap<(Date, Option<PersonId>), String> {
        let zone = self.visit.zone();
        let t = self.visit.t();
        let mut faults: BTreeMap<_, String> = BTreeMap::new();
        for finding in self.ahead() {
            let words = finding_words(t, &self.show, &self.signs, &zone, finding);
            let known = faults.entry((finding.day, finding.person)).or_default();
            if !known.is_empty() {
                known.push_str(&t.say("duty-and"));
            }
            known.push_str(&words);
        }
        faults
    }

    /// The month.
    pub fn month(&self) -> Month {
        let t = self.visit.t();
        let faults = self.faults();
        let step = |months: i64| self.month.checked_add(months.months()).unwrap_or(self.month);
        let words = [
            ("year", self.month.year().to_string()),
            ("month", self.month.month().to_string()),
            ("mon", t.say(&format!("month-{}", self.month.month()))),
        ];
        let value = month_value(self.month);
        Month {
            title: t.with("duty-month-of", &words),
            prev: self.href(step(-1)),
            next: self.href(step(1)),
            print: format!("/duty/roster/print?department={}&month={value}", self.department),
            value,
            shifts: self.roster.shifts.iter().map(|shift| self.shift_key(shift)).collect(),
            days: self.roster.days.iter().map(|day| self.day(day.date, &faults)).collect(),
            rows: self.people().into_iter().map(|person| self.row(person, &faults)).collect(),
        }
    }

    /// Who has a row: those who may be rostered, and whoever has a turn although they no longer may.
    fn people(&self) -> Vec<PersonId> {
        let mut people = self.roster.people.clone();
        for turn in &self.roster.turns {
            if !people.contains(&turn.person) {
                people.push(turn.person);
            }
        }
        people
    }

    fn shift_key(&self, shift: &Shift) -> ShiftKey {
        let t = self.visit.t();
        let mut more = vec![t.with("duty-least", &[("n", shift.least)])];
        if !shift.skill.is_empty() {
            more.push(t.with("duty-needs", &[("skill", shift.skill.as_str())]));
        }
        if shift.held != yingda_core::duty::Held::Daily {
            more.push(t.say(&format!("duty-held-{}", shift.held.as_str().replace('_', "-"))));
        }
        ShiftKey {
            id: shift.id.to_string(),
            sign: self.signs.sign(shift.id),
            key: if shift.active { self.signs.key(shift.id).to_owned() } else { String::new() },
            hours: hours_words(t, shift.from, shift.to),
            more: more.join(&t.say("duty-and")),
        }
    }

    fn day(&self, date: Date, faults: &BTreeMap<(Date, Option<PersonId>), String>) -> DayHead {
        let t = self.visit.t();
        let (mark, sign) = mark(self.visit, date);
        let me = self.visit.actor().person;
        let today = self.visit.now().to_zoned(self.visit.zone()).date();
        let mut shifts = Vec::new();
        for shift in &self.roster.shifts {
            let there =
                self.roster.turns.iter().filter(|turn| turn.day == date && turn.shift == shift.id && !turn.absent);
            let people: Vec<DayPerson> = there
                .map(|turn| DayPerson {
                    name: self.show.directory().person_name(turn.person),
                    me: turn.person == me,
                    planned: turn.state == TurnState::Planned,
                    fault: faults.get(&(date, Some(turn.person))).cloned().unwrap_or_default(),
                    href: self.cell_href(Some(turn.person), date),
                })
                .collect();
            if !people.is_empty() {
                shifts.push((self.signs.sign(shift.id), people));
            }
        }
        DayHead {
            date: date.to_string(),
            number: date.day().to_string(),
            weekday: t.say(&format!("duty-weekday-short-{}", date.weekday().to_monday_one_offset())),
            full: day_words(t, date),
            mark,
            sign,
            today: date == today,
            fault: faults.get(&(date, None)).cloned().unwrap_or_default(),
            shifts,
            href: self.cell_href(None, date),
        }
    }

    fn row(&self, person: PersonId, faults: &BTreeMap<(Date, Option<PersonId>), String>) -> PersonRow {
        let cells: Vec<Cell> = self.roster.days.iter().map(|day| self.cell(person, day.date, faults)).collect();
        PersonRow {
            id: person.to_string(),
            name: self.show.directory().person_name(person),
            me: person == self.visit.actor().person,
            total: self.roster.turns.iter().filter(|turn| turn.person == person && !turn.absent).count(),
            cells,
        }
    }

    fn cell(&self, person: PersonId, date: Date, faults: &BTreeMap<(Date, Option<PersonId>), String>) -> Cell {
        let t = self.visit.t();
        let turns: Vec<&Turn> =
            self.roster.turns.iter().filter(|turn| turn.person == person && turn.day == date).collect();
        let fault = faults.get(&(date, Some(person)));
        let leave = self.leave(person, date);
        let mut label = vec![
            self.show.directory().person_name(person),
            date_words(t, date),
            if turns.is_empty() {
                t.say("duty-cell-free")
            } else {
                turns.iter().map(|turn| self.signs.name(turn.shift)).collect::<Vec<_>>().join(&t.say("list-comma"))
            },
        ];
        label.extend(leave.clone().map(|(_, words)| words));
        label.extend(fault.cloned());
        Cell {
            date: date.to_string(),
            mark: mark(self.visit, date).0,
            label: label.join(&t.say("duty-and")),
            turns: turns.into_iter().map(|turn| self.cell_turn(turn)).collect(),
            leave: leave.map(|(sign, _)| sign).unwrap_or_default(),
            fault: fault.is_some(),
            picked: self.picked == (Some(person), Some(date)),
            href: self.cell_href(Some(person), date),
        }
    }

    fn cell_turn(&self, turn: &Turn) -> CellTurn {
        CellTurn {
            id: turn.id.to_string(),
            version: turn.version.to_string(),
            shift: turn.shift.to_string(),
            sign: self.signs.sign(turn.shift),
            planned: turn.state == TurnState::Planned,
            absent: turn.absent,
            movable: self.roster.may_manage && can_move(turn),
        }
    }

    /// Leave on a date: its sign and its words.
    fn leave(&self, person: PersonId, date: Date) -> Option<(String, String)> {
        let t = self.visit.t();
        let zone = self.visit.zone();
        let on = |leave: &&Leave| {
            let at = |instant: jiff::Timestamp| instant.to_zoned(zone.clone()).date();
            let last = at(leave.span.to - jiff::SignedDuration::from_secs(1));
            leave.person == person && at(leave.span.from) <= date && date <= last
        };
        let mut leaves: Vec<&Leave> = self.roster.leaves.iter().filter(on).collect();
        leaves.sort_by_key(|leave| leave.state != Asked::Approved);
        leaves.first().map(|leave| match leave.state {
            Asked::Approved => (t.say("duty-leave-sign"), t.say("duty-leave-on")),
            _ => (t.say("duty-leave-sign-open"), t.say("duty-leave-asked-for")),
        })
    }

    /// A turn of this roster.
    pub fn turn(&self, id: TurnId) -> Option<&'a Turn> {
        self.roster.turns.iter().find(|turn| turn.id == id)
    }
}

/// Whether a turn can still be moved or taken off.
pub(super) fn can_move(turn: &Turn) -> bool {
    !turn.absent && turn.signed_in.is_none()
}
