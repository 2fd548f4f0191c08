//! How a ticket of the demonstration goes: decided before it begins, from its seed or as a show-piece.

use jiff::Timestamp;

/// Where nobody goes on, so that the ticket still waits there today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Before a step is completed for the nth time (1 is the first).
    Step(&'static str, u32),
    /// A sheet lies unsigned.
    SheetSent,
    /// A sheet is signed for and not answered.
    SheetReceived,
    /// A sheet is answered, and the reply to the customer is still owed.
    SheetAnswered,
}

/// How fast people are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Everything the same day.
    Quick,
    /// Within the limits.
    Usual,
    /// Beyond them.
    Slow,
}

/// Whether the customer is content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// From the first.
    Content,
    /// Not with the first result: the process goes round once more.
    OnceMore,
    /// Confirms, and then rates so badly that it goes round once more (J07).
    BadRating,
}

/// Something beside the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// A note among colleagues.
    Note,
    /// The customer calls and asks how it goes.
    Urge,
    /// The customer is told something on the way.
    Tell,
    /// Something that the customer is still to be told.
    TellLater,
    /// It was the wrong department.
    Transfer,
    /// A sheet by hand, beside the process.
    Sheet,
}

/// A ticket's course.
#[derive(Debug, Clone)]
pub struct Course {
    /// 受理时间
    pub accepted: Timestamp,
    /// Where it still waits, if it does.
    pub halt: Option<Halt>,
    /// How fast people are.
    pub pace: Pace,
    /// 紧急、高、中、低
    pub priority: &'static str,
    /// Answered while the caller is on the line.
    pub at_once: bool,
    /// Whether a complaint is found to be one.
    pub valid: bool,
    /// Whether the customer is content.
    pub mood: Mood,
    /// The word of the rating; empty where none was given.
    pub rating: &'static str,
    /// The engineer has to go there.
    pub on_site: bool,
    /// Colleagues are asked first.
    pub complex: bool,
    /// Several departments work on it.
    pub cross: bool,
    /// The first call back reaches nobody.
    pub missed_call: bool,
    /// The head stands behind a sheet's answer.
    pub countersigned: bool,
    /// The manager is called in.
    pub escalated: bool,
    /// Beside the process, each before the nth deed.
    pub extras: Vec<(u32, Extra)>,
}

impl Course {
    /// The plain way: usual pace, content, nothing beside it.
    #[must_use]
    pub fn plain(accepted: Timestamp) -> Self {
        Self {
            accepted,
            halt: None,
            pace: Pace::Usual,
            priority: "中",
            at_once: false,
            valid: true,
            mood: Mood::Content,
            rating: "满意",
            on_site: false,
            complex: false,
            cross: false,
            missed_call: false,
            countersigned: true,
            escalated: false,
            extras: Vec::new(),
        }
    }
}
