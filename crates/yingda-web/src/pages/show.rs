//! What many pages show of the desk's things: tickets and contact sheets as rows, channels, processes and spans of time in words.
//!
//! The one thing to know: a [`Show`] holds the reader's language, zone and the names of one moment, so that a page of fifty rows
//! looks everybody up once. It decides nothing; whoever calls it may see what they give it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use yingda_app::{App, Directory};
use yingda_core::sheet::{Sheet, SheetState};
use yingda_core::ticket::{self, State, Ticket};
use yingda_core::{PersonId, Refusal, TicketId};
use yingda_process::Channel;

use crate::front::flash::Pending;
use crate::front::{Fault, Visit, field_sentence, refusal_sentence};
use crate::i18n::Tr;
use crate::kit::{Badge, Due, Moment, Priority, SheetRow, TicketRow, Tone};

/// A limit warns in a list when less than this is left, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

/// The reader's eyes.
#[derive(Debug, Clone)]
pub struct Show {
    app: App,
    t: Tr,
    now: Timestamp,
    zone: TimeZone,
    directory: Arc<Directory>,
}

impl Show {
    /// Those of a visit.
    #[must_use]
    pub fn new(visit: &Visit) -> Self {
        Self {
            app: visit.app.clone(),
            t: visit.t(),
            now: visit.now(),
            zone: visit.zone(),
            directory: visit.app.directory(),
        }
    }

    /// People and departments.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// A moment.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment::at(at, self.now, &self.zone, self.t)
    }

    /// A person's name; the desk itself where there is none.
    #[must_use]
    pub fn person(&self, id: Option<PersonId>) -> String {
        id.map_or_else(|| self.t.say("the-desk-itself"), |id| self.directory.person_name(id))
    }

    /// A process's name.
    #[must_use]
    pub fn process(&self, id: &str) -> String {
        self.app.processes().current(id).map_or_else(|| id.to_owned(), |process| process.definition.name.clone())
    }

    /// A ticket as a row.
    #[must_use]
    pub fn ticket(&self, ticket: &Ticket) -> TicketRow {
        let customer = if ticket.customer_name.is_empty() { &ticket.contact_name } else { &ticket.customer_name };
        let title =
            if ticket.subject.is_empty() { ticket::subject_of(&ticket.description) } else { ticket.subject.clone() };
        TicketRow {
            id: ticket.id.to_string(),
            number: ticket.number.clone(),
            title: if title.is_empty() { self.process(&ticket.process) } else { title },
            customer: customer.clone(),
            kind: if ticket.kind.is_empty() { self.process(&ticket.process) } else { ticket.kind.clone() },
            priority: Some(priority(ticket.priority)),
            state: state_badge(self.t, ticket.state),
            department: ticket.department.map(|id| self.directory.department_name(id)).unwrap_or_default(),
            assignee: ticket.assignee.map(|id| self.directory.person_name(id)).unwrap_or_default(),
            channel: channel_word(self.t, &ticket.channel),
            due: ticket.due.map(|due| Due::running("", due, self.now, WARNS, &self.zone, self.t)),
            received: self.moment(ticket.accepted),
            updated: self.moment(ticket.updated),
            urged: 0,
            version: ticket.version.to_string(),
        }
    }

    /// Tickets as rows, each with how often it was urged.
    ///
    /// # Errors
    /// Where the counts cannot be read.
    pub async fn tickets(&self, tickets: &[Ticket]) -> Result<Vec<TicketRow>, Fault> {
        let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
        let counts = self.app.urge_counts(&ids).await?;
        let urged = |id| counts.iter().find(|(ticket, _)| *ticket == id).map_or(0, |(_, n)| *n);
        Ok(tickets.iter().map(|ticket| TicketRow { urged: urged(ticket.id), ..self.ticket(ticket) }).collect())
    }

    /// A contact sheet as a row; `number` is its ticket's.
    #[must_use]
    pub fn sheet(&self, sheet: &Sheet, number: &str, receivable: bool) -> SheetRow {
        let due = sheet.due.filter(|_| sheet.state == SheetState::Received);
        SheetRow {
            id: sheet.id.to_string(),
            number: sheet.number.clone(),
            question: ticket::subject_of(&sheet.question),
            from: self.directory.department_name(sheet.from_department),
            to: self.directory.department_name(sheet.to_department),
            ticket: number.to_owned(),
            state: sheet_badge(self.t, sheet.state),
            sent: self.moment(sheet.sent),
            due: due.map(|due| Due::running("", due, self.now, WARNS, &self.zone, self.t)),
            version: sheet.version.to_string(),
            receivable,
        }
    }
}

/// A priority as pages draw it.
#[must_use]
pub const fn priority(priority: ticket::Priority) -> Priority {
    match priority {
        ticket::Priority::Urgent => Priority::Urgent,
        ticket::Priority::High => Priority::High,
        ticket::Priority::Medium => Priority::Normal,
        ticket::Priority::Low => Priority::Low,
    }
}

/// A ticket's state in words.
#[must_use]
pub fn state_word(t: Tr, state: State) -> String {
    t.say(match state {
        State::Open => "state-working",
        State::Solved => "state-solved",
        State::Confirmed => "state-confirmed",
        State::Closed => "state-closed",
        State::Archived => "state-archived",
    })
}

/// A ticket's state as a badge.
#[must_use]
pub fn state_badge(t: Tr, state: State) -> Badge {
    let tone = match state {
        State::Open => Tone::Active,
        State::Solved | State::Confirmed => Tone::Good,
        State::Closed | State::Archived => Tone::Neutral,
    };
    Badge::new(state_word(t, state), tone)
}

/// A contact sheet's state as a badge.
#[must_use]
pub fn sheet_badge(t: Tr, state: SheetState) -> Badge {
    let (key, tone) = match state {
        SheetState::Sent => ("sheet-state-new", Tone::Warn),
        SheetState::Received => ("sheet-state-received", Tone::Active),
        SheetState::Answered => ("sheet-state-answered", Tone::Good),
        SheetState::Countersigned => ("sheet-state-countersigned", Tone::Good),
        SheetState::Withdrawn => ("sheet-state-withdrawn", Tone::Neutral),
    };
    Badge::new(t.say(key), tone)
}

/// A channel in words; an unknown one as it is stored.
#[must_use]
pub fn channel_word(t: Tr, channel: &str) -> String {
    if Channel::from_id(channel).is_some() { t.say(&format!("channel-{channel}")) } else { channel.to_owned() }
}

/// Which clock a span of time was measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// By the wall: 25 hours are a day and an hour.
    Wall,
    /// In working time, where a day has no fixed length: hours stay hours.
    Working,
}

/// A span of seconds in its two largest units, rounded down to minutes.
#[must_use]
pub fn span_words(t: Tr, seconds: i64, measured: Measured) -> String {
    let minutes = seconds.max(0) / 60;
    let (days, hours) = match measured {
        Measured::Wall => (minutes / 1440, minutes / 60 % 24),
        Measured::Working => (0, minutes / 60),
    };
    match (days, hours, minutes % 60) {
        (0, 0, 0) => t.say("span-none"),
        (0, 0, m) => t.with("span-minutes", &[("n", m)]),
        (0, h, 0) => t.with("span-hours", &[("n", h)]),
        (0, h, m) => t.with("span-hours-minutes", &[("n", h), ("m", m)]),
        (d, 0, _) => t.with("span-days", &[("n", d)]),
        (d, h, _) => t.with("span-days-hours", &[("n", d), ("m", h)]),
    }
}

/// A refusal as one sentence: of the field at fault, where it is one.
#[must_use]
pub fn sentence(t: Tr, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Fields(fields) => {
            fields.first().map_or_else(|| refusal_sentence(t, refusal), |field| field_sentence(t, field))
        }
        _ => refusal_sentence(t, refusal),
    }
}

/// A refusal for the next page to say.
#[must_use]
pub fn failed(t: Tr, refusal: &Refusal) -> Pending {
    Pending::failed("say").with("text", sentence(t, refusal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_working_day_has_no_fixed_length() {
        let t = Tr::new(Locale::ZhCn);
        assert_eq!(span_words(t, 26 * 3600, Measured::Wall), "1 天 2 小时");
        assert_eq!(span_words(t, 26 * 3600 + 90, Measured::Working), "26 小时 1 分");
        assert_eq!(span_words(t, 59, Measured::Wall), "不到 1 分钟");
        assert_eq!(span_words(t, 0, Measured::Working), "不到 1 分钟");
    }

    #[test]
    fn every_channel_has_its_word() {
        for locale in Locale::ALL {
            for channel in Channel::ALL {
                assert!(!channel_word(Tr::new(locale), channel.id()).contains('⟦'), "{} in {locale}", channel.id());
            }
        }
        assert_eq!(channel_word(Tr::new(Locale::En), "pigeon"), "pigeon");
    }
}
