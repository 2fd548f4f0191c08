//! Hand-overs (交接班): drawn up by themselves, signed by both sides, and then what is open follows (R-173, R-174, T51, T60, T70).

use jiff::civil::Date;
use yingda_core::duty::Shift;
use yingda_core::duty::handover::{Handover, HandoverTicket, Remarks};
use yingda_core::{Actor, Context, DepartmentId, HandoverId, PersonId, ShiftId, TicketId};

use crate::{App, AppError, AppResult};

/// What the outgoing side says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketMark {
    /// Which.
    pub ticket: TicketId,
    /// The customer has a special need.
    pub flagged: bool,
    /// It stays with whoever has it.
    pub stays: bool,
    /// A remark.
    pub note: String,
}

/// A hand-over as the outgoing side fills it in.
#[derive(Debug, Clone, Default)]
pub struct HandoverText {
    /// Key points, needs, what is unfinished, the night's log.
    pub remarks: Remarks,
    /// Marks on tickets; tickets that are not named have none.
    pub tickets: Vec<TicketMark>,
}

/// Everything on a hand-over's page.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// The record.
    pub handover: Handover,
    /// The shift that ends.
    pub shift: Shift,
    /// The tickets: as they are while it is a draft, as they were once it is signed. What is due first comes first.
    pub tickets: Vec<HandoverTicket>,
    /// Who comes on; empty where nobody is rostered (then anybody of the department may take over).
    pub incoming: Vec<PersonId>,
    /// What the actor may do now.
    pub may: MayHandover,
}

/// What somebody may do on a hand-over now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct MayHandover {
    /// Write on it.
    pub edit: bool,
    /// Sign for the outgoing side (a night's log may still be missing).
    pub hand: bool,
    /// Sign for the incoming side.
    pub take: bool,
    /// Mark the night's log as read.
    pub read: bool,
}

/// A shift that has ended, or ends within two hours, and has no hand-over that both signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverDue {
    /// The department.
    pub department: DepartmentId,
    /// The shift.
    pub shift: ShiftId,
    /// The day on which it began.
    pub day: Date,
    /// When it ends.
    pub ends: jiff::Timestamp,
    /// Whether a night's log is due with it (T60).
    pub night: bool,
    /// The record, where it is drawn up.
    pub handover: Option<HandoverId>,
}

impl App {
    /// Draws a hand-over up for a shift on a day; gives the one that is there where there is one already.
    ///
    /// # Errors
    /// A field for a shift that nobody had that day; not allowed for people who were not on it and do not make the roster.
    pub async fn draw_up_handover(
        &self,
        ctx: &Context,
        actor: &Actor,
        shift: ShiftId,
        day: Date,
    ) -> AppResult<HandoverId> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// A hand-over as it stands.
    ///
    /// # Errors
    /// Not found.
    pub async fn handover(&self, ctx: &Context, actor: &Actor, id: HandoverId) -> AppResult<HandoverView> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Keeps what the outgoing side writes.
    ///
    /// # Errors
    /// `HandoverSigned`, stale, fields too long, not allowed.
    pub async fn edit_handover(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: HandoverId,
        text: HandoverText,
        seen: i64,
    ) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The outgoing side signs: the list of tickets is laid down as it is now.
    ///
    /// # Errors
    /// `HandoverSigned`; the field `summary` where a night's log is missing; stale; not allowed.
    pub async fn hand_over(&self, ctx: &Context, actor: &Actor, id: HandoverId, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The incoming side signs: what is open and named follows to those who come on; owners stay.
    ///
    /// # Errors
    /// `NotHandedOver`, `SameSigner`, `HandoverSigned`, stale, not allowed.
    pub async fn take_over(&self, ctx: &Context, actor: &Actor, id: HandoverId, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The supervisor has read the night's log. A second time changes nothing.
    ///
    /// # Errors
    /// `NotHandedOver`, not allowed.
    pub async fn read_night_log(&self, ctx: &Context, actor: &Actor, id: HandoverId) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// A department's hand-overs, newest first: those with ids below `before`, at most `limit`.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn handovers(
        &self,
        actor: &Actor,
        department: DepartmentId,
        before: Option<HandoverId>,
        limit: i64,
    ) -> AppResult<Vec<Handover>> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The shifts of the last seven days that are not handed over, the oldest first.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn handovers_due(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
    ) -> AppResult<Vec<HandoverDue>> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
