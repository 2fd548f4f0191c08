//! 我的工作台: what is mine, what is due next, what nobody has taken, whom we still owe word, which sheets to follow.

use askama::Template;

use crate::kit::{Moment, SheetRow, TicketRow};
use crate::shell::Shell;

/// The desk page, at `/`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk.html")]
pub struct DeskPage {
    /// Surroundings.
    pub shell: Shell,
    /// The greeting's date line, such as 11月3日 星期二.
    pub today: String,
    /// My open tickets, soonest limit first.
    pub mine: Vec<TicketRow>,
    /// Whether there are more of mine than shown.
    pub mine_more: bool,
    /// The soonest limits in my lane, mine and my department's.
    pub due_next: Vec<TicketRow>,
    /// Tickets nobody has taken that I may take.
    pub untaken: Vec<TicketRow>,
    /// Whether there are more untaken than shown.
    pub untaken_more: bool,
    /// Tickets that I received first and somebody else works on: I stay answerable.
    pub owned: Vec<TicketRow>,
    /// Customers who still have to be told.
    pub to_tell: Vec<ToTell>,
    /// Sheets I sent that are not answered yet, or answered and not used yet.
    pub sheets: Vec<SheetRow>,
    /// For somebody in a department that answers: sheets that wait for it.
    pub inbox: Option<Vec<SheetRow>>,
    /// Whether the reader works at the desk itself; only it owes customers word and sends sheets.
    pub at_desk: bool,
}

/// A customer we owe word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    /// Public id of the message.
    pub id: String,
    /// Address of the ticket.
    pub href: String,
    /// Customer.
    pub customer: String,
    /// What they are to be told, such as 部门已答复，待回复客户.
    pub why: String,
    /// Since when.
    pub since: Moment,
}
