//! 我的一天: the tickets to look after today, recurring work to do, read and expect; the team's day; one piece of work.

use askama::Template;

use crate::kit::{Badge, Due, FieldForm, Moment};
use crate::shell::Shell;

/// The page at `/day`.
#[derive(Template, Debug, Clone)]
#[template(path = "day.html")]
pub struct DayPage {
    /// Surroundings.
    pub shell: Shell,
    /// The day, such as 11月3日 星期二.
    pub today: String,
    /// Tickets without today's word, what is due first comes first.
    pub open: Vec<TrackRow>,
    /// Tickets with it.
    pub said: Vec<TrackRow>,
    /// Tickets without today's word, also those that are not shown.
    pub untracked: usize,
    /// Running tickets that are shown.
    pub total: usize,
    /// Whether there are more than shown.
    pub more: bool,
    /// Whether the reader has tickets at all by their role.
    pub has_tickets: bool,
    /// Recurring work to do now.
    pub to_do: Vec<TaskCard>,
    /// What was done today.
    pub done: Vec<TaskRow>,
    /// What waits for the reader's reading.
    pub to_read: Vec<TaskRow>,
    /// What comes this week.
    pub coming: Vec<TaskRow>,
    /// Whether the reader may see the team's day.
    pub leads: bool,
}

impl DayPage {
    /// Shares of the bar, in hundredths of its length.
    #[must_use]
    pub fn share(&self) -> usize {
        let said = self.said.len() * 100;
        said.checked_div(self.said.len() + self.untracked).unwrap_or(100)
    }

    /// Tickets with and without a word.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.said.len() + self.untracked
    }
}

/// A ticket to look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackRow {
    /// Public id of the ticket.
    pub id: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Customer; may be empty.
    pub customer: String,
    /// Where it stands in its process.
    pub step: String,
    /// State.
    pub state: Badge,
    /// Limit.
    pub due: Option<Due>,
    /// Who works on it, where that is somebody else.
    pub with: String,
    /// Today's word.
    pub said: Option<Word>,
    /// Note and obstacle.
    pub form: FieldForm,
    /// Whether the form stands open.
    pub unfolded: bool,
}

/// Today's word on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// When.
    pub at: Moment,
    /// What; may be empty.
    pub note: String,
    /// What stands in the way; empty for nothing.
    pub obstacle: String,
}

/// A piece of recurring work in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Public id.
    pub id: String,
    /// Name.
    pub label: String,
    /// Whose it is.
    pub who: String,
    /// The day that it is for, such as 11月6日 星期五.
    pub day: String,
    /// Where it stands.
    pub state: Badge,
    /// Whether it was done after its limit.
    pub late: bool,
    /// From when it can be done.
    pub opens: Moment,
    /// By when; while it is to be done.
    pub due: Option<Due>,
    /// When it recurs, in words.
    pub recurs: String,
    /// Who did it and when; empty while nobody has.
    pub done: String,
    /// The reason for leaving it out.
    pub reason: String,
}

impl TaskRow {
    /// Address.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/work/{}", self.id)
    }
}

/// A piece of work with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCard {
    /// As in lists.
    pub row: TaskRow,
    /// The document's words, or a remark; may be empty.
    pub quote: String,
    /// What has to be written down; none where the reader does not do it now.
    pub form: Option<FieldForm>,
    /// For the daily tracking: tickets that still lack a word; it is done with the last.
    pub left: Option<usize>,
    /// Whether it stands folded on the day: what was missed and can be made up for.
    pub folded: bool,
    /// For leaving it out; none where that cannot be.
    pub exempt: Option<FieldForm>,
    /// Whether that form stands open.
    pub exempting: bool,
    /// Version for the stale check.
    pub version: String,
    /// Idempotency key.
    pub key: String,
}

/// The page at `/work/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "work.html")]
pub struct WorkPage {
    /// Surroundings.
    pub shell: Shell,
    /// The work with its forms.
    pub card: TaskCard,
    /// What was written down: label and text.
    pub record: Vec<(String, String)>,
    /// The reader's mark, remark, name and time.
    pub reading: Option<ReadingDoc>,
    /// For reading it: mark and remark.
    pub read: Option<FieldForm>,
    /// What has changed meanwhile, if a stale form came back.
    pub stale: bool,
    /// Address of the routine, for leads.
    pub routine: Option<String>,
}

/// What a reader said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingDoc {
    /// The mark.
    pub mark: Badge,
    /// The remark; may be empty.
    pub remark: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Moment,
}

/// The page at `/day/team`.
#[derive(Template, Debug, Clone)]
#[template(path = "day_team.html")]
pub struct TeamPage {
    /// Surroundings.
    pub shell: Shell,
    /// The day.
    pub today: String,
    /// Everybody's day.
    pub lines: Vec<TeamRow>,
    /// Work that one does for all.
    pub shared: Vec<TaskRow>,
    /// What waits for a reader.
    pub to_read: Vec<TaskRow>,
    /// What stands in the way: the ticket's address and title, who says so, what.
    pub obstacles: Vec<Obstacle>,
    /// Routines that nobody is there to do: name, address.
    pub nobody: Vec<(String, String)>,
}

/// One person's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// Name.
    pub name: String,
    /// Department.
    pub department: String,
    /// Running tickets.
    pub open: i64,
    /// Those with today's word.
    pub tracked: i64,
    /// Their work.
    pub tasks: Vec<TaskRow>,
    /// What is left, tickets and work together.
    pub left: i64,
}

impl TeamRow {
    /// Whether every ticket has a word.
    #[must_use]
    pub const fn is_through(&self) -> bool {
        self.tracked >= self.open
    }
}

/// Something that stands in the way of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Address of the ticket.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Who says so.
    pub who: String,
    /// What kind.
    pub kind: String,
    /// What.
    pub note: String,
    /// When.
    pub at: Moment,
}
