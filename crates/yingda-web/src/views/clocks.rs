//! 时限 on a ticket: each clock with how it stands, and the account of one, line by line.

use askama::Template;

use crate::kit::{Badge, Due, FieldForm, Moment};
use crate::shell::Shell;

/// The clocks of a ticket, on its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TicketClocks {
    /// Those that run or stand still.
    pub going: Vec<ClockLine>,
    /// Those that have stopped.
    pub past: Vec<ClockLine>,
    /// Letting them stand still, where the reader may and something runs.
    pub pause: Option<FieldForm>,
    /// Letting them go on, where somebody has stopped them.
    pub resume: Option<FieldForm>,
    /// A limit of this ticket's own, where the reader may.
    pub limit: Option<FieldForm>,
}

impl TicketClocks {
    /// Whether there is nothing to show.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.going.is_empty() && self.past.is_empty()
    }
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClockLine {
    /// Public id.
    pub id: String,
    /// Address of its account.
    pub href: String,
    /// What it measures.
    pub label: String,
    /// Which round it is, in words; empty for the first.
    pub round: String,
    /// How it stands.
    pub state: Badge,
    /// What is left of it, while it runs.
    pub due: Option<Due>,
    /// When it is due, or was.
    pub at: Option<Moment>,
    /// The limit in words.
    pub limit: String,
    /// Used and whole, in words.
    pub used: String,
    /// Share that is used, 0 to 100; none without a limit or while it stands still.
    pub share: Option<u8>,
    /// Whether the limit is over.
    pub over: bool,
    /// Name of its calendar.
    pub calendar: String,
    /// What holds it: reason, since when, who, note.
    pub held: Option<HeldLine>,
    /// This ticket's own limit: who set it, and why.
    pub own: Option<(String, String)>,
    /// Extensions that were granted, in words.
    pub extra: Vec<String>,
    /// What is missing for a sure answer, each a sentence.
    pub warnings: Vec<String>,
    /// The account of its due time, line by line.
    pub account: Vec<String>,
}

/// What holds a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLine {
    /// The reason.
    pub reason: String,
    /// Since when.
    pub since: Moment,
    /// Who.
    pub who: String,
    /// What was said about it.
    pub note: String,
}

/// The account of one clock at `/tickets/{id}/clocks/{clock}`.
#[derive(Template, Debug, Clone)]
#[template(path = "clock.html")]
pub struct ClockPage {
    /// Surroundings.
    pub shell: Shell,
    /// Address of the ticket.
    pub ticket: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// The clock.
    pub line: ClockLine,
    /// What is known of it: label and value.
    pub facts: Vec<(String, String)>,
    /// Accounts: of the limit, then of each extension; heading and lines.
    pub accounts: Vec<(String, Vec<String>)>,
    /// When it stood still.
    pub pauses: Vec<PauseRow>,
    /// When it ran: from, until, how long.
    pub segments: Vec<SegmentRow>,
}

/// A time in which it stood still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseRow {
    /// The reason.
    pub reason: String,
    /// What was said about it.
    pub note: String,
    /// Since when.
    pub from: Moment,
    /// Until when; none while it lasts.
    pub to: Option<Moment>,
    /// Who let it stand still.
    pub by: String,
    /// Who let it go on; empty for nobody yet.
    pub ended_by: String,
}

/// A time in which it ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRow {
    /// Since when.
    pub from: Moment,
    /// Until when; none while it goes on.
    pub to: Option<Moment>,
    /// How long, in its own measure.
    pub long: String,
}
