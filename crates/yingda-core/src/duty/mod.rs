//! Duty (值班): shifts as data, the turns of a roster, leave, swaps, and how a department answers out of hours.
//!
//! The one thing to know: a shift is a kind (白班 08:00–22:00), a [`Turn`] is one person's shift on one day, and its instants
//! are laid down when it is planned. Whether a plan holds is said by [`check`], a plan is proposed by [`rotate`], and who
//! gets a piece of work by [`choose`]. What somebody on duty may do is not here: duty gives nobody a right.

pub mod check;
pub mod choose;
pub mod handover;
pub mod rotate;
#[cfg(test)]
mod trial;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, LeaveId, PersonId, ShiftId, SwapId, TurnId};

/// People on a shift where nothing else is said (R-170: at least two).
pub const LEAST: i64 = 2;
/// Minutes between two turns of a person where nothing else is said: ours, no document has one.
pub const REST_MINUTES: i64 = 8 * 60;

/// Makes a word list of a closed set: the stored word, and its reading.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// All of them, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the database and the API.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// What a stored word means.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
pub(crate) use words;

/// On which days a shift is held (节假日值班, R-176).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Every day of the year.
    #[default]
    Daily,
    /// Only on working days of the office calendar.
    WorkingDays,
    /// Only on days off: the holiday duty.
    DaysOff,
}
words!(Held { Daily = "daily", WorkingDays = "working_days", DaysOff = "days_off" });

impl Held {
    /// Whether a shift is held on a day that is off, or not.
    #[must_use]
    pub fn on(self, day: DayKind) -> bool {
        match self {
            Self::Daily => true,
            Self::WorkingDays => day == DayKind::Working,
            Self::DaysOff => day == DayKind::Off,
        }
    }
}

/// What the office calendar says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A working day.
    Working,
    /// A weekend or a holiday.
    Off,
}

/// A kind of shift (班次) of a department: 白班, 夜班, 24 小时, 节假日值班 (J16, J52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// Whose it is.
    pub department: DepartmentId,
    /// A short word, unique in the department: `day`.
    pub code: String,
    /// The name that people see: 白班.
    pub name: String,
    /// When it begins, on the wall.
    pub from: Time,
    /// When it ends; not after `from` means the next day. The same as `from`: 24 hours.
    pub to: Time,
    /// Least people on it.
    pub least: i64,
    /// The training that whoever is on it must have; empty for none.
    pub skill: String,
    /// A night shift: a log is due at its end (T60, R-175).
    pub night: bool,
    /// On which days it is held.
    pub held: Held,
    /// Whether it may still be planned.
    pub active: bool,
    /// Grows with every change.
    pub version: i64,
}

impl Shift {
    /// Whether it ends on the day after it begins.
    #[must_use]
    pub fn over_midnight(&self) -> bool {
        self.to <= self.from
    }

    /// Its instants on a day. A wall time that a clock change skips stands for the moment of the change.
    #[must_use]
    pub fn span(&self, day: Date, zone: &TimeZone) -> Option<Span> {
        span(day, self.from, self.to, zone)
    }
}

/// From one wall time of a day to the next occurrence of another.
pub(crate) fn span(day: Date, from: Time, to: Time, zone: &TimeZone) -> Option<Span> {
    let last = if to <= from { day.tomorrow().ok()? } else { day };
    let instant = |date: Date, time: Time| Some(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp());
    Some(Span { from: instant(day, from)?, to: instant(last, to)? })
}

/// A stretch of time, `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

impl Span {
    /// Whether the two have an instant in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether an instant lies in it.
    #[must_use]
    pub fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The time between two that do not meet; nothing where they do.
    #[must_use]
    pub fn apart(self, other: Self) -> SignedDuration {
        let gap = if self.to <= other.from { other.from - self.to } else { self.from - other.to };
        SignedDuration::try_from(gap).unwrap_or_default().max(SignedDuration::ZERO)
    }
}

/// How far a turn is laid down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    /// A proposal that only those who make the roster work on; nobody is on duty by it.
    #[default]
    Planned,
    /// Everybody counts on it.
    Published,
}
words!(TurnState { Planned = "planned", Published = "published" });

/// Where a turn came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A lead put it there.
    #[default]
    Hand,
    /// The rotation proposed it.
    Rotation,
    /// It was exchanged.
    Swap,
    /// Somebody stands in for whoever did not come.
    Replacement,
}
words!(Origin { Hand = "hand", Rotation = "rotation", Swap = "swap", Replacement = "replacement" });

/// One person's shift on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// Its id.
    pub id: TurnId,
    /// The roster that it belongs to.
    pub department: DepartmentId,
    /// Which shift.
    pub shift: ShiftId,
    /// Whose.
    pub person: PersonId,
    /// The day on which it begins.
    pub day: Date,
    /// Its instants.
    pub span: Span,
    /// Planned or published.
    pub state: TurnState,
    /// Where it came from.
    pub origin: Origin,
    /// Whose turn this one stands in for.
    pub replaces: Option<TurnId>,
    /// 签到 (R-177, T67)
    pub signed_in: Option<Timestamp>,
    /// 签退
    pub signed_out: Option<Timestamp>,
    /// Whether the person did not come; such a turn counts for nothing.
    pub absent: bool,
    /// Why they did not come, or another remark.
    pub note: String,
    /// Grows with every change.
    pub version: i64,
}

impl Turn {
    /// Seconds by which the person came late; `None` before they signed in (T67).
    #[must_use]
    pub fn late_seconds(&self) -> Option<i64> {
        self.signed_in.map(|at| (at.as_second() - self.span.from.as_second()).max(0))
    }

    /// Seconds by which the person left early; `None` before they signed out.
    #[must_use]
    pub fn early_seconds(&self) -> Option<i64> {
        self.signed_out.map(|at| (self.span.to.as_second() - at.as_second()).max(0))
    }
}

/// What is taken leave for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// 年假
    #[default]
    Annual,
    /// 病假
    Sick,
    /// 事假
    Personal,
    /// 调休
    InLieu,
    /// 外出培训
    Training,
    /// 其他
    Other,
}
words!(LeaveKind {
    Annual = "annual",
    Sick = "sick",
    Personal = "personal",
    InLieu = "in_lieu",
    Training = "training",
    Other = "other"
});

/// What became of something that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Nobody has answered.
    #[default]
    Open,
    /// The colleague agreed; a lead has not decided yet (swaps only).
    Agreed,
    /// It holds.
    Approved,
    /// It was turned down.
    Refused,
    /// Whoever asked took it back.
    Withdrawn,
}
words!(Asked {
    Open = "open",
    Agreed = "agreed",
    Approved = "approved",
    Refused = "refused",
    Withdrawn = "withdrawn"
});

/// Somebody's leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leave {
    /// Its id.
    pub id: LeaveId,
    /// Whose.
    pub person: PersonId,
    /// From when until when.
    pub span: Span,
    /// What for.
    pub kind: LeaveKind,
    /// In their words.
    pub reason: String,
    /// Only what is approved keeps somebody off duty.
    pub state: Asked,
    /// Who asked for it, and when.
    pub asked_by: PersonId,
    /// See `asked_by`.
    pub asked: Timestamp,
    /// Who approved or refused it.
    pub decided_by: Option<PersonId>,
    /// When that was.
    pub decided: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

/// An exchange of turns: asked by one, agreed by the other, approved by a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Swap {
    /// Its id.
    pub id: SwapId,
    /// The roster that it is about.
    pub department: DepartmentId,
    /// The turn that its holder wants to give.
    pub turn: TurnId,
    /// The turn that they take for it; without one the other simply takes theirs over.
    pub other: Option<TurnId>,
    /// Who asked.
    pub from: PersonId,
    /// Who shall take the turn.
    pub to: PersonId,
    /// In the asker's words.
    pub reason: String,
    /// Where it stands.
    pub state: Asked,
    /// When it was asked.
    pub asked: Timestamp,
    /// When the colleague agreed or declined.
    pub answered: Option<Timestamp>,
    /// The lead who decided.
    pub decided_by: Option<PersonId>,
    /// When that was.
    pub decided: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

/// A training or skill that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skill {
    /// Whose.
    pub person: PersonId,
    /// The word by which shifts ask for it and tickets' kinds match it.
    pub word: String,
    /// Since when.
    pub since: Date,
    /// The last day on which it counts; `None` for ever.
    pub until: Option<Date>,
    /// Who trained them, what the proof is.
    pub note: String,
}

impl Skill {
    /// Whether it counts on a day.
    #[must_use]
    pub fn counts_on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// How work comes to people (S20: balanced numbers, with regard to ability).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigning {
    /// Somebody takes it or gives it.
    #[default]
    Manual,
    /// In turn.
    RoundRobin,
    /// To whoever has least open.
    LeastLoaded,
    /// To whoever has the skill that its kind names, of those the least loaded.
    Skill,
}
words!(Assigning {
    Manual = "manual",
    RoundRobin = "round_robin",
    LeastLoaded = "least_loaded",
    Skill = "skill"
});

/// What becomes of work that comes while nobody of the department is on duty (J16).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterHours {
    /// It waits in the department until somebody is on duty.
    #[default]
    Wait,
    /// It goes to whoever is on duty in another department.
    Department(DepartmentId),
    /// It goes to the department's head.
    Head,
}

/// How a department is on duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyRule {
    /// Which department.
    pub department: DepartmentId,
    /// How work comes to people.
    pub assigning: Assigning,
    /// What happens out of hours.
    pub after_hours: AfterHours,
    /// The hours of every day in which somebody has to be there (T14: 24 h, T49: 08–22), `to` not after `from` meaning the next
    /// day; `None` where nothing is required.
    pub cover: Option<(Time, Time)>,
    /// Least minutes between two turns of a person.
    pub rest_minutes: i64,
    /// To whom work came last by turns.
    pub last: Option<PersonId>,
    /// 0 where the department has never set one, else grows with every change.
    pub version: i64,
}

impl DutyRule {
    /// The rule of a department that has set none: nothing is given by itself, nothing is required.
    #[must_use]
    pub fn unset(department: DepartmentId) -> Self {
        Self {
            department,
            assigning: Assigning::Manual,
            after_hours: AfterHours::Wait,
            cover: None,
            rest_minutes: REST_MINUTES,
            last: None,
            version: 0,
        }
    }
}

/// Where somebody is at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "presence")]
pub enum Presence {
    /// On duty.
    OnDuty,
    /// Not on duty; back then, where that is known.
    OffDuty {
        /// The next instant at which they are on duty.
        back: Option<Timestamp>,
    },
    /// On approved leave; back then, where that is known.
    OnLeave {
        /// The first instant after the leave at which they are on duty.
        back: Option<Timestamp>,
    },
}

/// Reads a wall time as people type it: `8:00`, `22:00`, `24:00`, with a full-width colon too.
#[must_use]
pub fn wall_time(text: &str) -> Option<Time> {
    let text = text.trim().replace('\u{ff1a}', ":");
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    match (hour.parse().ok()?, minute.parse().ok()?) {
        (24, 0) => Some(Time::midnight()),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(from: &str, to: &str) -> Shift {
        Shift {
            id: ShiftId(1),
            department: DepartmentId(1),
            code: "s".to_owned(),
            name: "s".to_owned(),
            from: wall_time(from).unwrap(),
            to: wall_time(to).unwrap(),
            least: LEAST,
            skill: String::new(),
            night: false,
            held: Held::Daily,
            active: true,
            version: 1,
        }
    }

    #[test]
    fn a_shift_may_end_tomorrow_and_may_last_a_day() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let day = "2026-11-02".parse().unwrap();
        let hours = |from, to| {
            let span = shift(from, to).span(day, &zone).unwrap();
            (span.from.to_string(), (span.to.as_second() - span.from.as_second()) / 3600)
        };
        assert_eq!(hours("08:00", "22:00"), ("2026-11-02T00:00:00Z".to_owned(), 14));
        assert_eq!(hours("22:00", "08:00"), ("2026-11-02T14:00:00Z".to_owned(), 10));
        assert_eq!(hours("08:00", "08:00").1, 24);
        assert_eq!(hours("00:00", "24:00").1, 24);
        assert_eq!(hours("14:00", "24:00").1, 10);
    }

    #[test]
    fn a_night_that_a_clock_change_shortens_is_shorter() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let night = shift("22:00", "06:00").span("2026-03-07".parse().unwrap(), &zone).unwrap();
        assert_eq!((night.to.as_second() - night.from.as_second()) / 3600, 7);
    }

    #[test]
    fn wall_times_are_read_as_they_are_typed() {
        assert_eq!(wall_time("8:05").map(|t| t.to_string()).as_deref(), Some("08:05:00"));
        assert_eq!(wall_time("24:00"), Some(Time::midnight()));
        assert_eq!(wall_time("22\u{ff1a}30").map(|t| t.hour()), Some(22));
        for wrong in ["", "8", "25:00", "24:01", "8:5", "08:60", "-8:00", "ab:cd", "008:00"] {
            assert_eq!(wall_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn stored_words_are_read_again() {
        for kind in LeaveKind::ALL {
            assert_eq!(LeaveKind::parse(kind.as_str()), Some(*kind));
        }
        for asked in Asked::ALL {
            assert_eq!(Asked::parse(asked.as_str()), Some(*asked));
        }
        assert_eq!(Assigning::parse("lottery"), None);
    }
}
