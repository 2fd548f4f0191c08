//! The `routines` section: recurring work with its own limit and record.
//!
//! The one thing to know: a routine that could never fall due (30 February, 25:00) is a fault here. Whether somebody is there to
//! do it is asked where there are people.

use crate::definition::{Lane, LaneHolder};
use crate::fault::{FaultKind, NameKind, WordKind};
use crate::routine::{
    At, Every, FreeDay, Holder, Record, Routine, Share, Until, WEEKDAYS, When, day_of_year, time_of_day,
};
use crate::vocabulary::Role;
use crate::yaml::{Body, Node};

use super::faults::{Faults, IdUse, View};
use super::{Names, check_id, limits};

const KEYS: &[&str] = &[
    "label", "who", "share", "every", "at", "free_day", "limit", "form", "fields", "tickets", "exempt", "read_by",
    "source", "quote",
];
const RECORD_KEYS: &[&str] = &["form", "fields", "tickets"];
const EVERY_KEYS: &[&str] = &["day", "week", "month", "year"];

pub(super) fn read(view: &View<'_>, names: &Names, lanes: &[Lane], faults: &mut Faults) -> Vec<Routine> {
    let entries = view.get("routines").and_then(|node| faults.entries(node)).unwrap_or_default();
    of(entries.iter().map(|(key, node)| (key.text.as_str(), key.place, node)), names, lanes, faults)
}

/// The routines of a file that is nothing else.
pub(super) fn alone(root: &Node, faults: &mut Faults) -> Vec<Routine> {
    let entries = faults.entries(root).unwrap_or_default();
    let entries = entries.iter().map(|(key, node)| (key.text.as_str(), key.place, node));
    of(entries, &Names::default(), &[], faults)
}

fn of<'n>(
    entries: impl Iterator<Item = (&'n str, crate::yaml::Place, &'n Node)>,
    names: &Names,
    lanes: &[Lane],
    faults: &mut Faults,
) -> Vec<Routine> {
    let mut routines = Vec::new();
    for (id, place, node) in entries {
        check_id(id, place, IdUse::Key, faults);
        routines.extend(routine(id, node, names, lanes, faults));
    }
    routines
}

fn routine(id: &str, node: &Node, names: &Names, lanes: &[Lane], faults: &mut Faults) -> Option<Routine> {
    let view = faults.view(node, KEYS)?;
    let trace = faults.trace(&view);
    let label = faults.required_text(&view, "label");
    let who = faults.required(&view, "who").and_then(|node| holder(node, names, lanes, faults));
    let share = view.get("share").and_then(|node| faults.word(node, WordKind::Share, Share::IDS, Share::from_id));
    let every = faults.required(&view, "every").and_then(|node| every(node, faults));
    let at = match view.get("at") {
        Some(node) => at(node, faults),
        None => Some(At::Opening),
    };
    let free_day =
        view.get("free_day").and_then(|node| faults.word(node, WordKind::FreeDay, FreeDay::IDS, FreeDay::from_id));
    let until = match view.get("limit") {
        Some(node) => limits::amount_of(node, faults).map(Until::Limit),
        None => Some(Until::Closing),
    };
    let record = record(&view, names, faults);
    let read_by = view.get("read_by").and_then(|node| holder(node, names, lanes, faults));
    let (source, quote) = (faults.optional_text(&view, "source"), faults.optional_text(&view, "quote"));
    let record = record?;
    Some(Routine {
        id: id.to_owned(),
        label: label?,
        who: who?,
        // Everybody tracks their own tickets.
        share: if record == Record::Tickets { Share::Each } else { share.unwrap_or_default() },
        when: When { every: every?, at: at?, free_day: free_day.unwrap_or_default() },
        until: until?,
        record,
        exempt: faults.flag(&view, "exempt"),
        read_by,
        source,
        quote,
        trace,
    })
}

fn holder(node: &Node, names: &Names, lanes: &[Lane], faults: &mut Faults) -> Option<Holder> {
    const KEYS: &[&str] = &["role", "department", "lane"];
    let view = faults.view(node, KEYS)?;
    let role = view.get("role").and_then(|node| faults.word(node, WordKind::Role, Role::IDS, Role::from_id));
    let known = names.departments.iter().map(String::as_str);
    let department = view.get("department").and_then(|node| faults.name(node, NameKind::Department, known));
    let found: Vec<String> = KEYS.iter().filter(|key| view.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    let Some(lane) = view.get("lane") else {
        if found.is_empty() {
            faults.add(node.place, FaultKind::OneOf { keys: KEYS, found });
        }
        let whole = role.is_some() == view.get("role").is_some()
            && department.is_some() == view.get("department").is_some()
            && (role.is_some() || department.is_some());
        return whole.then_some(Holder { role, department });
    };
    if found.len() > 1 {
        faults.add(node.place, FaultKind::OneOf { keys: KEYS, found });
        return None;
    }
    let id = faults.name(lane, NameKind::Lane, names.lanes.iter().map(String::as_str))?;
    match &lanes.iter().find(|known| known.id == id)?.holder {
        LaneHolder::Role(role) => Some(Holder { role: Some(*role), department: None }),
        LaneHolder::Department(department) => Some(Holder { role: None, department: Some(department.clone()) }),
        // Nobody of the house, or a different department with every ticket.
        LaneHolder::External | LaneHolder::DepartmentFrom(_) => {
            faults.add(lane.place, FaultKind::LaneWithoutPeople { lane: id });
            None
        }
    }
}

fn every(node: &Node, faults: &mut Faults) -> Option<Every> {
    if let Body::Scalar(scalar) = &node.body {
        if scalar.text.trim() == "day" {
            return Some(Every::Day);
        }
        let found = if scalar.is_nothing() { Vec::new() } else { vec![scalar.text.clone()] };
        faults.add(node.place, FaultKind::OneOf { keys: EVERY_KEYS, found });
        return None;
    }
    let view = faults.view(node, &["week", "month", "year"])?;
    match (view.get("week"), view.get("month"), view.get("year")) {
        (Some(week), None, None) => weekdays(week, faults),
        (None, Some(month), None) => {
            if matches!(&month.body, Body::Scalar(scalar) if scalar.text.trim() == "last") {
                return Some(Every::MonthEnd);
            }
            let day = faults.number(month, 1, 31)?;
            Some(Every::Month(i8::try_from(day).ok()?))
        }
        (None, None, Some(year)) => {
            let text = faults.text(year)?;
            let day = day_of_year(&text);
            if day.is_none() {
                faults.add(year.place, FaultKind::BadRecurrence { text });
            }
            day.map(|(month, day)| Every::Year(month, day))
        }
        (week, month, year) => {
            let given = [("week", week), ("month", month), ("year", year)];
            let found = given.iter().filter(|(_, node)| node.is_some()).map(|(key, _)| (*key).to_owned()).collect();
            faults.add(node.place, FaultKind::OneOf { keys: EVERY_KEYS, found });
            None
        }
    }
}

fn weekdays(node: &Node, faults: &mut Faults) -> Option<Every> {
    let number = |word: &str| WEEKDAYS.iter().position(|day| *day == word).and_then(|at| i8::try_from(at + 1).ok());
    let items = match &node.body {
        Body::Scalar(_) => std::slice::from_ref(node),
        _ => faults.items(node)?,
    };
    if items.is_empty() {
        faults.add(node.place, FaultKind::Empty);
    }
    let mut days: Vec<i8> = Vec::new();
    for item in items {
        let word = faults.text(item)?;
        let Some(day) = number(&word) else {
            let hint = crate::hint::nearest(&word, WEEKDAYS.iter().copied());
            faults.add(item.place, FaultKind::UnknownWord { kind: WordKind::Weekday, word, allowed: WEEKDAYS, hint });
            return None;
        };
        days.push(day);
    }
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then_some(Every::Week(days))
}

fn at(node: &Node, faults: &mut Faults) -> Option<At> {
    let text = faults.text(node)?;
    match text.as_str() {
        "opening" => Some(At::Opening),
        "closing" => Some(At::Closing),
        _ => {
            let time = time_of_day(&text);
            if time.is_none() {
                faults.add(node.place, FaultKind::BadRecurrence { text });
            }
            time.map(|(hour, minute)| At::Clock(hour, minute))
        }
    }
}

fn record(view: &View<'_>, names: &Names, faults: &mut Faults) -> Option<Record> {
    let found: Vec<String> =
        RECORD_KEYS.iter().filter(|key| view.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    if found.len() > 1 {
        faults.add(view.place, FaultKind::OneOf { keys: RECORD_KEYS, found });
        return None;
    }
    if let Some(node) = view.get("form") {
        return faults.name(node, NameKind::Form, names.forms.iter().map(String::as_str)).map(Record::Form);
    }
    if faults.flag(view, "tickets") {
        return Some(Record::Tickets);
    }
    Some(Record::Fields(faults.texts(view, "fields")))
}
