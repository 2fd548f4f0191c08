//! Leave and swaps: what somebody asks about their duty.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::duty::leave::{LeaveView, Verdict};
use yingda_app::duty::swaps::SwapView;
use yingda_core::duty::{Asked, LeaveKind};
use yingda_core::{LeaveId, SwapId};

use crate::api::shapes::duty::TurnShape;
use crate::api::shapes::people::PersonRef;
use crate::api::shapes::words::words;

words! {
    /// What is taken leave for.
    LeaveWord of LeaveKind { Annual, Sick, Personal, InLieu, Training, Other }
}
words! {
    /// What became of something that was asked for.
    AskedWord of Asked { Open, Agreed, Approved, Refused, Withdrawn }
}
words! {
    /// What somebody says to what was asked.
    VerdictWord of Verdict { Yes, No }
}

/// Somebody's leave.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeaveShape {
    /// Its id.
    #[schema(value_type = String, example = "lve_0c8x4m2p00400")]
    pub id: LeaveId,
    /// Whose.
    pub person: PersonRef,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The first instant after it.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// What for.
    pub kind: LeaveWord,
    /// In their words.
    pub reason: String,
    /// Only what is approved keeps somebody off duty.
    pub state: AskedWord,
    /// Who approved it.
    pub decided_by: Option<PersonRef>,
    /// Published turns of theirs in that time.
    pub turns: Vec<TurnShape>,
    /// Grows with every change; a decision names the version that it saw.
    pub version: i64,
}

impl LeaveShape {
    pub(crate) fn of(view: &LeaveView, names: &Directory) -> Self {
        let leave = &view.leave;
        Self {
            id: leave.id,
            person: PersonRef::of(leave.person, names),
            from: leave.span.from,
            to: leave.span.to,
            kind: leave.kind.into(),
            reason: leave.reason.clone(),
            state: leave.state.into(),
            decided_by: leave.decided_by.map(|person| PersonRef::of(person, names)),
            turns: view.turns.iter().map(|turn| TurnShape::of(turn, names)).collect(),
            version: leave.version,
        }
    }
}

/// An exchange of turns.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SwapShape {
    /// Its id.
    #[schema(value_type = String, example = "swp_0c8x4m2p00400")]
    pub id: SwapId,
    /// Who asked.
    pub from: PersonRef,
    /// Who shall take the turn.
    pub to: PersonRef,
    /// The turn that is given.
    pub turn: Option<TurnShape>,
    /// The turn that is taken for it.
    pub other: Option<TurnShape>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: AskedWord,
    /// Grows with every change; an answer names the version that it saw.
    pub version: i64,
}

impl SwapShape {
    pub(crate) fn of(view: &SwapView, names: &Directory) -> Self {
        let swap = &view.swap;
        Self {
            id: swap.id,
            from: PersonRef::of(swap.from, names),
            to: PersonRef::of(swap.to, names),
            turn: view.turn.as_ref().map(|turn| TurnShape::of(turn, names)),
            other: view.other.as_ref().map(|turn| TurnShape::of(turn, names)),
            reason: swap.reason.clone(),
            state: swap.state.into(),
            version: swap.version,
        }
    }
}
