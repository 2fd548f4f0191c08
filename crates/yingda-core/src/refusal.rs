//! Why something is not done: each variant is something that a person can be told.
//!
//! Sentences live in the web crate's language files, keyed by [`Refusal::code`]; the API gives the same code.

use serde::Serialize;

/// A field that cannot be accepted as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRefusal {
    /// The field's name as the form sends it.
    pub field: String,
    /// What is wrong, e.g. `missing`, `not-a-number`, `too-long`.
    pub code: String,
    /// Values for the sentence: limits, options, what was typed.
    pub params: Vec<(String, String)>,
}

impl FieldRefusal {
    /// A refusal without parameters.
    #[must_use]
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), params: Vec::new() }
    }

    /// The same with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }
}

/// Why an intention was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.code())]
pub enum Refusal {
    /// The actor may not do this; or may not even know that the thing exists (then it is `NotFound`).
    NotAllowed,
    /// There is no such thing for this actor.
    NotFound,
    /// Somebody changed it since the actor read it; carries the version that holds now.
    Stale { current: i64 },
    /// Fields at fault, all at once.
    Fields(Vec<FieldRefusal>),
    /// The step was done already, or the ticket moved on.
    StepNotOpen,
    /// The ticket is closed or archived.
    TicketEnded,
    /// Only a closed ticket can be archived.
    NotClosed,
    /// The contact sheet is not in a state that allows this.
    SheetNotOpen,
    /// Only a countersigned answer can become a standard answer.
    NotCountersigned,
    /// A name, login or code that is taken.
    Taken { field: String },
    /// The same idempotency key was used for another request.
    KeyReused,
    /// Sign-in name or password is wrong; which of the two is not said.
    BadCredentials,
    /// Too many attempts; carries the seconds to wait.
    TooMany { seconds: u64 },
    /// The one-time code or link is wrong, used or expired.
    BadCode,
    /// The desk has an administrator already.
    AlreadySetUp,
    /// A file is larger than allowed; carries the limit in bytes.
    TooLarge { limit: u64 },
    /// A file's content is of a kind that is not taken; carries what was found.
    FileType { found: String },
    /// The process file has faults, or a process of that name is not installed.
    Process { why: String },
    /// The file to import has faults; nothing was taken in.
    Import { faults: usize },
    /// No clock runs that could stand still or go on.
    NothingToPause,
    /// The clock has stopped: what it measured is past.
    ClockStopped,
    /// A department that people or open work still belong to.
    InUse,
    /// Recurring work whose time has not come.
    WorkNotOpen,
    /// Recurring work that was submitted or left out already.
    WorkDone,
    /// Only what was submitted can be read.
    WorkNotSubmitted,
    /// Tickets of one's own that have no word of today yet; carries how many.
    Untracked { left: i64 },
    /// Somebody would be in two places; carries who, the day and the shift that they have already.
    TurnsOverlap { person: String, day: String, shift: String },
    /// A turn, swap or leave is no longer in a state that allows this.
    DutySettled,
    /// It is too early to sign in for a turn.
    TooEarly,
    /// The hand-over is signed; nothing on it can change.
    HandoverSigned,
    /// The outgoing side has not signed yet.
    NotHandedOver,
    /// Nobody signs for both sides of a hand-over.
    SameSigner,
    /// Limits were missed and nobody has explained it so that a lead accepts or exempts it; carries what they are called.
    NeedsStatement { clocks: Vec<String> },
    /// The clock is within its limit: there is nothing to explain.
    NotOverdue,
    /// The statement waits for a lead, or is settled.
    StatementSettled,
    /// More time is asked for before the limit, not after it.
    LimitOver,
    /// The clock has no limit that could be extended.
    NoLimit,
    /// More time is asked for already, and nobody has decided.
    ExtensionOpen,
    /// The request is decided or was taken back.
    ExtensionSettled,
    /// Somebody urged the same ticket a moment ago; carries the minutes to wait.
    UrgedJustNow { minutes: i64 },
    /// The ticket is offered to somebody already.
    OfferOpen,
    /// The offer is answered or was taken back.
    OfferSettled,
}

impl Refusal {
    /// The word that names this refusal in language files and the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::Stale { .. } => "stale",
            Self::Fields(_) => "fields",
            Self::StepNotOpen => "step-not-open",
            Self::TicketEnded => "ticket-ended",
            Self::NotClosed => "not-closed",
            Self::SheetNotOpen => "sheet-not-open",
            Self::NotCountersigned => "not-countersigned",
            Self::Taken { .. } => "taken",
            Self::KeyReused => "key-reused",
            Self::BadCredentials => "bad-credentials",
            Self::TooMany { .. } => "too-many",
            Self::BadCode => "bad-code",
            Self::AlreadySetUp => "already-set-up",
            Self::TooLarge { .. } => "too-large",
            Self::FileType { .. } => "file-type",
            Self::Process { .. } => "process",
            Self::Import { .. } => "import",
            Self::NothingToPause => "nothing-to-pause",
            Self::ClockStopped => "clock-stopped",
            Self::InUse => "in-use",
            Self::WorkNotOpen => "work-not-open",
            Self::WorkDone => "work-done",
            Self::WorkNotSubmitted => "work-not-submitted",
            Self::Untracked { .. } => "untracked",
            Self::TurnsOverlap { .. } => "turns-overlap",
            Self::DutySettled => "duty-settled",
            Self::TooEarly => "too-early",
            Self::HandoverSigned => "handover-signed",
            Self::NotHandedOver => "not-handed-over",
            Self::SameSigner => "same-signer",
            Self::NeedsStatement { .. } => "needs-statement",
            Self::NotOverdue => "not-overdue",
            Self::StatementSettled => "statement-settled",
            Self::LimitOver => "limit-over",
            Self::NoLimit => "no-limit",
            Self::ExtensionOpen => "extension-open",
            Self::ExtensionSettled => "extension-settled",
            Self::UrgedJustNow { .. } => "urged-just-now",
            Self::OfferOpen => "offer-open",
            Self::OfferSettled => "offer-settled",
        }
    }

    /// One field at fault.
    #[must_use]
    pub fn field(field: &str, code: &str) -> Self {
        Self::Fields(vec![FieldRefusal::new(field, code)])
    }
}
