//! The queue's filter as its address carries it: read from a query string, and written back as one.
//!
//! The one thing to know: what cannot be read is left out and told ([`Asked::wrong`]), so that an old link still opens a list.
//! What is kept is kept as text too ([`Asked::pairs`], without the page's key): that is what a saved view holds, what an export
//! is asked with, and what the links to neighbouring pages repeat. Days are the desk's days; the last one is included.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use yingda_app::Directory;
use yingda_app::queue::{AssigneeFilter, Filter, Key, Order, Page, SheetsTo, StateFilter};
use yingda_core::ticket::{Priority, State};
use yingda_core::{DepartmentId, PersonId, TicketId};
use yingda_process::Channel;

use crate::front::Visit;
use crate::front::visit::encode;

/// The names that are known, in the order in which they are written.
pub const NAMES: [&str; 24] = [
    "state",
    "process",
    "kind",
    "priority",
    "department",
    "assignee",
    "owner",
    "channel",
    "from",
    "until",
    "overdue",
    "ended_from",
    "ended_until",
    "satisfied",
    "rated",
    "rating",
    "responded",
    "solved",
    "again",
    "sheet",
    "sheet_from",
    "sheet_until",
    "answered",
    "order",
];

/// The value that stands for "empty" in a filter by words, because an empty value is no filter.
pub const NONE: &str = "none";

/// A list that was asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which tickets.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// From where on.
    pub page: Page,
    /// What was understood, as names and values in a fixed order, without the page's key.
    pub pairs: Vec<(String, String)>,
    /// Names of what was not understood.
    pub wrong: Vec<String>,
}

impl Asked {
    /// The query string of this list, from its beginning.
    #[must_use]
    pub fn query(&self) -> String {
        query_of(self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The address of the same list without one condition.
    #[must_use]
    pub fn without(&self, name: &str) -> String {
        address(&query_of(
            self.pairs.iter().filter(|(other, _)| other != name).map(|(name, value)| (name.as_str(), value.as_str())),
        ))
    }

    /// The address of a neighbouring page; `way` is `after` or `before`.
    #[must_use]
    pub fn page_from(&self, way: &str, key: Key) -> String {
        let mut pairs: Vec<(&str, &str)> =
            self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let key = key_text(self.order, key);
        pairs.push((way, &key));
        address(&query_of(pairs))
    }

    /// The value of a condition; empty where it is not there.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The queue at a query string.
#[must_use]
pub fn address(query: &str) -> String {
    if query.is_empty() { "/tickets".to_owned() } else { format!("/tickets?{query}") }
}

/// Names and values as a query string.
pub fn query_of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    pairs.into_iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// A row's key as the address carries it.
fn key_text(order: Order, key: Key) -> String {
    match order {
        Order::Newest => key.id.to_string(),
        Order::Due => format!("{}.{}", key.id, key.due),
    }
}

fn key_of(text: &str) -> Option<Key> {
    let (id, due) = text.split_once('.').map_or((text, None), |(id, due)| (id, Some(due)));
    let id: TicketId = id.parse().ok()?;
    let due = match due {
        Some(due) => due.parse().ok()?,
        None => 0,
    };
    Some(Key { due, id })
}

/// What words in a filter mean for this reader.
#[derive(Debug)]
pub struct Reader<'a> {
    me: PersonId,
    now: Timestamp,
    zone: TimeZone,
    directory: &'a Directory,
    processes: &'a yingda_app::Processes,
}

impl<'a> Reader<'a> {
    /// For a visit.
    #[must_use]
    pub fn new(visit: &'a Visit, directory: &'a Directory) -> Self {
        Self {
            me: visit.actor().person,
            now: visit.now(),
            zone: visit.zone(),
            directory,
            processes: visit.app.processes(),
        }
    }

    /// Reads a query string.
    #[must_use]
    pub fn read(&self, query: &str) -> Asked {
        let sent: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let mut asked = Asked::default();
        for name in NAMES {
            let Some((_, value)) = sent.iter().find(|(other, value)| other == name && !value.trim().is_empty()) else {
                continue;
            };
            let value = value.trim();
            if self.take(&mut asked, name, value, &sent).is_some() {
                asked.pairs.push((name.to_owned(), value.to_owned()));
            } else {
                asked.wrong.push(name.to_owned());
            }
        }
        for (name, value) in &sent {
            let page: fn(Key) -> Page = match name.as_str() {
                "after" => Page::After,
                "before" => Page::Before,
                known if NAMES.contains(&known) || known == "encoding" => continue,
                unknown => {
                    asked.wrong.push(unknown.chars().take(20).collect());
                    continue;
                }
            };
            match key_of(value) {
                Some(key) => asked.page = page(key),
                None => asked.wrong.push(name.clone()),
            }
        }
        if asked.order == Order::Due && asked.filter.state != StateFilter::Running {
            // What has ended is due no more; the desk lists it by its age, and its keys are read so.
            asked.order = Order::Newest;
        }
        asked
    }

    /// Takes one condition; `None` where its value means nothing.
    fn take(&self, asked: &mut Asked, name: &str, value: &str, sent: &[(String, String)]) -> Option<()> {
        let filter = &mut asked.filter;
        match name {
            "state" => filter.state = state(value)?,
            "process" => {
                self.processes.current(value)?;
                filter.process = Some(value.to_owned());
            }
            "kind" => filter.kind = Some(word(value)),
            "priority" => filter.priority = Some(priority(value)?.rank()),
            "department" => filter.department = Some(self.department(value)?),
            "assignee" => {
                filter.assignee = Some(match value {
                    NONE => AssigneeFilter::Nobody,
                    other => AssigneeFilter::Person(self.person(other)?),
                });
            }
            "owner" => filter.owner = Some(self.person(value)?),
            "channel" => filter.channel = Some(Channel::from_id(value)?.id().to_owned()),
            "from" => filter.from = Some(self.begin(value)?),
            "until" => filter.until = Some(self.end(value)?),
            "ended_from" => filter.closed_from = Some(self.begin(value)?),
            "ended_until" => filter.closed_until = Some(self.end(value)?),
            "overdue" => filter.overdue_at = yes(value)?.then_some(self.now),
            "satisfied" => filter.satisfied = Some(yes(value)?),
            "rated" => filter.rated = Some(yes(value)?),
            "rating" => filter.rating = Some(word(value)),
            "responded" => filter.responded = Some(yes(value)?),
            "solved" => filter.solved = Some(yes(value)?),
            "again" => filter.again = Some(yes(value)?),
            "sheet" => {
                let day = |name: &str| sent.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
                filter.sheets = Some(SheetsTo {
                    department: self.department(value)?,
                    from: day("sheet_from").and_then(|day| self.begin(day)).unwrap_or(Timestamp::UNIX_EPOCH),
                    until: day("sheet_until").and_then(|day| self.end(day)).unwrap_or(self.now),
                    answered: day("answered").and_then(yes).unwrap_or_default(),
                });
            }
            // Read with `sheet`; alone they say nothing.
            "sheet_from" | "sheet_until" => self.begin(value).map(drop)?,
            "answered" => yes(value).map(drop)?,
            "order" => {
                asked.order = match value {
                    "due" => Order::Due,
                    "newest" => Order::Newest,
                    _ => return None,
                };
            }
            _ => return None,
        }
        Some(())
    }

    fn department(&self, value: &str) -> Option<DepartmentId> {
        let by_id = value.parse::<DepartmentId>().ok().filter(|id| self.directory.departments.contains_key(id));
        by_id.or_else(|| self.directory.department(value).map(|department| department.id))
    }

    /// Also somebody who may no longer sign in: their tickets are still there.
    fn person(&self, value: &str) -> Option<PersonId> {
        if value == "me" {
            return Some(self.me);
        }
        let by_id = value.parse::<PersonId>().ok().filter(|id| self.directory.people.contains_key(id));
        by_id.or_else(|| self.directory.person(value).map(|person| person.id))
    }

    fn begin(&self, value: &str) -> Option<Timestamp> {
        self.midnight(value.parse().ok()?)
    }

    fn end(&self, value: &str) -> Option<Timestamp> {
        let day: Date = value.parse().ok()?;
        self.midnight(day.checked_add(1.day()).ok()?)
    }

    fn midnight(&self, day: Date) -> Option<Timestamp> {
        Some(day.to_zoned(self.zone.clone()).ok()?.timestamp())
    }
}

fn word(value: &str) -> String {
    if value == NONE { String::new() } else { value.chars().take(100).collect() }
}

fn yes(value: &str) -> Option<bool> {
    match value {
        "1" | "yes" => Some(true),
        "0" | "no" => Some(false),
        _ => None,
    }
}

fn state(value: &str) -> Option<StateFilter> {
    match value {
        "running" => Some(StateFilter::Running),
        "any" => Some(StateFilter::Any),
        "ended" => Some(StateFilter::Ended),
        other => State::parse(other).map(StateFilter::Is),
    }
}

/// A priority by either word, or by the word that style sheets use for the middle one.
fn priority(value: &str) -> Option<Priority> {
    Priority::parse(value).or_else(|| (value == "normal").then_some(Priority::Medium))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_into_an_address_and_comes_back() {
        let key = Key { due: 1_793_673_000_000_000, id: TicketId(77) };
        assert_eq!(key_of(&key_text(Order::Due, key)), Some(key));
        assert_eq!(key_of(&key_text(Order::Newest, key)), Some(Key { due: 0, ..key }));
        for bad in ["", "77", "tkt_", "usr_0000000000001", "tkt_0000000000001.x", "tkt_0000000000001."] {
            assert_eq!(key_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_value_cannot_become_another_condition() {
        assert_eq!(query_of([("kind", "a&state=any#漏")]), "kind=a%26state%3Dany%23%E6%BC%8F");
    }
}
