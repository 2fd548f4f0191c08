//! My desk (我的工作台): what is mine, what is due next, what nobody has taken, whom I still have to tell.

use yingda_core::sheet::Sheet;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Subject, can};
use yingda_store::messages::Message;
use yingda_store::queue::{AssigneeFilter, Filter, Order, Page, Scope};
use yingda_store::{messages, queue, sheets, tickets};

use crate::search::scope;
use crate::{App, AppResult};

/// Lines in each list of the desk.
const LINES: usize = 20;
/// Counts beside menu entries stop here and are shown as "99+".
pub const CAP: i64 = 100;

/// Everything on the page.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Assigned to me and running, what is due first comes first.
    pub mine: Vec<Ticket>,
    /// Everybody's that is due first.
    pub due: Vec<Ticket>,
    /// Nobody has taken it.
    pub untaken: Vec<Ticket>,
    /// I am their first receiver (首接负责) and somebody else works on them.
    pub owned: Vec<Ticket>,
    /// What customers of my tickets still have to be told, with the ticket.
    pub untold: Vec<(Message, Ticket)>,
    /// Sheets that I sent and that are not answered.
    pub sheets: Vec<Sheet>,
}

/// Counts beside menu entries, each at most [`CAP`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Assigned to me and running.
    pub mine: i64,
    /// Nobody has taken it.
    pub untaken: i64,
    /// Sheets that wait for my department.
    pub inbox: i64,
}

impl App {
    /// The actor's desk.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn desk(&self, actor: &Actor) -> AppResult<Desk> {
        let mut desk = Desk::default();
        let Ok(scope) = scope(actor) else {
            return Ok(desk);
        };
        let mut read = self.store().read().await?;
        let mine = Filter { assignee: Some(AssigneeFilter::Person(actor.person)), ..Filter::default() };
        desk.mine = queue::page(&mut read, scope, &mine, Order::Due, Page::First, LINES).await?.rows;
        let all = Filter::default();
        desk.due = queue::page(&mut read, scope, &all, Order::Due, Page::First, LINES).await?.rows;
        desk.due.retain(|ticket| ticket.due.is_some());
        let mut untaken = Filter { assignee: Some(AssigneeFilter::Nobody), ..Filter::default() };
        if let Scope::Department(department) = scope {
            untaken.department = Some(department);
        }
        desk.untaken = queue::page(&mut read, scope, &untaken, Order::Newest, Page::First, LINES).await?.rows;
        let owned = Filter { owner: Some(actor.person), ..Filter::default() };
        desk.owned = queue::page(&mut read, scope, &owned, Order::Due, Page::First, LINES).await?.rows;
        desk.owned.retain(|ticket| ticket.assignee != Some(actor.person));
        for message in messages::untold(&mut read, actor.person, 20).await? {
            if let Some(ticket) = tickets::get(&mut read, message.ticket).await? {
                desk.untold.push((message, ticket));
            }
        }
        if can(actor, Action::SeeQueue, Subject::Desk).is_ok() {
            desk.sheets = sheets::open_from(&mut read, actor.person, 20).await?;
        }
        Ok(desk)
    }

    /// The counts beside the menu.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn counts(&self, actor: &Actor) -> AppResult<Counts> {
        let Ok(scope) = scope(actor) else {
            return Ok(Counts::default());
        };
        let mut read = self.store().read().await?;
        let mine = Filter { assignee: Some(AssigneeFilter::Person(actor.person)), ..Filter::default() };
        let mut untaken = Filter { assignee: Some(AssigneeFilter::Nobody), ..Filter::default() };
        if let Scope::Department(department) = scope {
            untaken.department = Some(department);
        }
        Ok(Counts {
            mine: queue::count(&mut read, scope, &mine, CAP).await?,
            untaken: queue::count(&mut read, scope, &untaken, CAP).await?,
            inbox: sheets::waiting(&mut read, actor.department, CAP).await?,
        })
    }
}
