//! No end of a ticket whose missed limits nobody has explained, and no filing away.
//!
//! The one thing to know: it is asked in the transaction in which the ticket ends, after its clocks have caught up with that
//! instant, so a limit that is missed by the very act of closing counts; and it is asked wherever the engine's end is carried out,
//! so there is no door beside it. What a table brings in is of another time (its clocks are void) and is not asked.

use yingda_core::ticket::Ticket;
use yingda_core::{Refusal, TicketId};
use yingda_store::Tx;
use yingda_store::answerable::{extensions, offers, statements};
use yingda_store::clocks::{self, Outcome};

use crate::AppResult;

/// Whether the ticket may end now; what is still open about its limits and its first receiver lapses with it.
///
/// # Errors
/// [`Refusal::NeedsStatement`] with the limits that nobody has explained.
pub(crate) async fn before_end(tx: &mut Tx, ticket: &Ticket) -> AppResult<()> {
    explained(tx, ticket.id).await?;
    extensions::lapse(tx, ticket.id).await?;
    offers::lapse(tx, ticket.id).await?;
    Ok(())
}

/// Whether the ticket may be filed away.
///
/// # Errors
/// As [`before_end`].
pub(crate) async fn before_archive(tx: &mut Tx, ticket: TicketId) -> AppResult<()> {
    explained(tx, ticket).await
}

async fn explained(tx: &mut Tx, ticket: TicketId) -> AppResult<()> {
    let mut owed: Vec<String> = Vec::new();
    let all = clocks::of_ticket(tx, ticket).await?;
    let broken: Vec<_> =
        all.iter().filter(|clock| clock.breached.is_some() && clock.outcome != Outcome::Void).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let statements = statements::of_ticket(tx, ticket).await?;
    for clock in broken {
        let settled = statements.iter().any(|s| s.clock == clock.id && s.chain == clock.chain && s.state.is_settled());
        if !settled && !owed.contains(&clock.label) {
            owed.push(clock.label.clone());
        }
    }
    if owed.is_empty() { Ok(()) } else { Err(Refusal::NeedsStatement { clocks: owed }.into()) }
}
