//! 值班: where I stand, what I am asked, who is on duty now.

use askama::Template;

use super::{Ahead, DutyHead, Sign};
use crate::kit::{Badge, Moment};
use crate::shell::Shell;
use crate::views::duty::requests::{LeaveLine, SwapLine};

/// The page at `/duty`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/board.html")]
pub struct BoardPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// The day and the day of the week.
    pub today: String,
    /// Where the reader is now, in a sentence.
    pub presence: String,
    /// Turns that the reader can sign now.
    pub now: Vec<TurnCard>,
    /// The coming ones.
    pub coming: Vec<TurnLine>,
    /// Hand-overs that wait for the reader's side.
    pub handovers: Vec<HandoverDueLine>,
    /// Night logs to read: title and address.
    pub logs: Vec<(String, String)>,
    /// Swaps with a part for the reader.
    pub swaps: Vec<SwapLine>,
    /// The reader's leave.
    pub leaves: Vec<LeaveLine>,
    /// Departments with a roster, who is on duty there.
    pub rostered: Vec<DepartmentNow>,
    /// Departments without one: name, and who is there.
    pub office: Vec<DepartmentNow>,
    /// The coming fortnight, for those who make the roster.
    pub ahead: Option<Ahead>,
}

/// A turn that can be signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurnCard {
    /// Public id.
    pub id: String,
    /// The shift.
    pub sign: Sign,
    /// 12月3日 周三 08:00–22:00
    pub when: String,
    /// Signed in, late, signed out.
    pub state: Badge,
    /// What the reader can do about it.
    pub step: TurnStep,
    /// More about it, such as how late.
    pub note: String,
}

/// The next thing to do about a turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TurnStep {
    /// 签到
    SignIn,
    /// 签退
    SignOut,
    /// Nothing.
    #[default]
    Done,
}

/// A turn in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurnLine {
    /// The shift.
    pub sign: Sign,
    /// 12月3日 周三
    pub day: String,
    /// 08:00–22:00
    pub hours: String,
    /// Where a swap is asked for.
    pub swap: String,
}

/// A shift that is not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverDueLine {
    /// The shift and its day.
    pub title: String,
    /// When it ends.
    pub ends: Moment,
    /// Whether a night's log is due with it.
    pub night: bool,
    /// The record, where it is drawn up.
    pub href: Option<String>,
    /// Shift and day, to draw it up with.
    pub draw: (String, String),
}

/// A department's duty now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DepartmentNow {
    /// Name.
    pub name: String,
    /// Its roster.
    pub href: String,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Name, sign of the shift, until when.
    pub people: Vec<(String, Option<Sign>, String)>,
    /// What to say where nobody is there.
    pub nobody: String,
}
