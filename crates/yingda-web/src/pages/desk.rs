//! 我的工作台: what is mine and what waits. A department sees its inbox where the desk sees whom it still owes word; somebody
//! who only administers has no desk and is sent to the people.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use yingda_core::sheet::SheetState;
use yingda_core::ticket::subject_of;
use yingda_core::{Action, Role};

use crate::front::{PageResult, Visit, WebState, see_other};
use crate::kit::SheetRow;
use crate::pages::show::Show;
use crate::views::desk::{DeskPage, ToTell};

/// Lines of a list; the app gives no more, so a full list may go on.
const LINES: usize = 20;
/// Lines of what is due next, which stands beside the rest.
const SOONEST: usize = 8;

async fn desk(visit: Visit) -> PageResult {
    let roles = &visit.actor().roles;
    let answers = roles.has(Role::Member) || roles.has(Role::Head);
    if !visit.may(Action::SeeQueue) && !answers {
        return Ok(see_other(if visit.may(Action::Administer) { "/people" } else { "/processes" }));
    }
    let show = Show::new(&visit);
    let desk = visit.app.desk(visit.actor()).await?;
    let inbox = if answers { Some(inbox(&visit, &show).await?) } else { None };
    let rows =
        |tickets: &[yingda_core::ticket::Ticket]| tickets.iter().map(|ticket| show.ticket(ticket)).collect::<Vec<_>>();
    let page = DeskPage {
        today: today(&visit),
        mine: rows(&desk.mine),
        mine_more: desk.mine.len() == LINES,
        due_next: rows(&desk.due).into_iter().take(SOONEST).collect(),
        untaken: rows(&desk.untaken),
        untaken_more: desk.untaken.len() == LINES,
        owned: rows(&desk.owned),
        to_tell: desk
            .untold
            .iter()
            .map(|(message, ticket)| {
                let row = show.ticket(ticket);
                ToTell {
                    id: message.id.to_string(),
                    href: row.href(),
                    customer: if row.customer.is_empty() { row.number } else { row.customer },
                    why: subject_of(&message.body),
                    since: show.moment(message.at),
                }
            })
            .collect(),
        sheets: desk.sheets.iter().map(|sheet| show.sheet(sheet, "", false)).collect(),
        inbox,
        at_desk: visit.may(Action::SeeQueue),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

/// What the reader's department owes an answer to: what nobody has signed for first.
async fn inbox(visit: &Visit, show: &Show) -> Result<Vec<SheetRow>, crate::front::Fault> {
    let mut rows = Vec::new();
    for state in [SheetState::Sent, SheetState::Received] {
        let sheets = visit.app.inbox(visit.actor(), state, None, 10).await?;
        rows.extend(sheets.iter().map(|sheet| show.sheet(sheet, "", state == SheetState::Sent)));
    }
    Ok(rows)
}

/// The day and the day of the week, in the desk's zone.
fn today(visit: &Visit) -> String {
    let t = visit.t();
    let here = visit.now().to_zoned(visit.zone());
    t.with(
        "desk-today",
        &[
            ("month", here.month().to_string()),
            ("mon", t.say(&format!("month-{}", here.month()))),
            ("day", here.day().to_string()),
            ("weekday", t.say(&format!("weekday-{}", here.weekday().to_monday_one_offset()))),
        ],
    )
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/", get(desk))
}
