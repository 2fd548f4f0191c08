//! Overdue statements of the demonstration: whoever answers for a missed limit explains it before the ticket is closed.

use jiff::Timestamp;
use yingda_app::answerable::Verdict;
use yingda_app::answerable::lists::Overdue;
use yingda_app::answerable::statements::{Review, StatementText};
use yingda_app::{AppResult, Once};
use yingda_core::{Actor, TicketId};

use super::play::{Play, Stage};

/// Cause, account, improvement.
const ACCOUNTS: &[(&str, &str, &str)] = &[
    ("department", "等待对方部门核对资料，多次联系后才得到答复。", "与对方部门约定联系人和每日核对时间。"),
    ("customer-information", "客户提供的地址和户号不全，反复核实耽误了时间。", "受理时按清单逐项核对，缺项当场补齐。"),
    ("parts", "所需备件缺货，到货后才能上门。", "常用备件设最低库存，每周五核对。"),
    ("staffing", "当天来件集中，人手不足，未能按时处理。", "高峰时段增排一人，主管每两小时查看一次待办。"),
    ("oversight", "交接时遗漏了这一项，次日才发现。", "交接单增加逐项勾选，接班人当面核对。"),
    ("system", "系统中断约两小时，期间无法查询和登记。", "中断时先用纸质登记表，恢复后一小时内补录。"),
];

impl Stage<'_> {
    /// Has every missed limit of a ticket explained and the account accepted.
    pub(super) async fn explain(&self, play: &mut Play, at: Timestamp, id: TicketId) -> AppResult<()> {
        let ctx = self.ctx.at(at);
        let all = self.app.ticket_answers(&ctx, &self.company.manager, id).await?.overdue;
        for one in all.into_iter().filter(|one| one.statement.as_ref().is_none_or(|s| !s.state.is_settled())) {
            let writer = self.writer(play, &one)?;
            let n = usize::try_from(at.as_second().unsigned_abs()).unwrap_or_default() % ACCOUNTS.len();
            let (cause, account, improvement) = ACCOUNTS[n];
            let text = StatementText {
                cause: cause.to_owned(),
                account: account.to_owned(),
                improvement: improvement.to_owned(),
                seen: None,
                once: Once::unkeyed(),
            };
            let statement = self.app.write_statement(&self.ctx.at(at), &writer, id, one.clock, text).await?;
            let own = writer.person == self.company.supervisor.person;
            let lead = if own { &self.company.manager } else { &self.company.supervisor };
            let review = Review { verdict: Verdict::Accepted, note: String::new(), seen: None, once: Once::unkeyed() };
            self.app.review_statement(&self.ctx.at(at), lead, statement, review).await?;
        }
        Ok(())
    }

    /// Whoever answered for the limit, else the department's own, else the first receiver.
    fn writer(&self, play: &Play, one: &Overdue) -> AppResult<Actor> {
        let Some(statement) = &one.statement else { return Ok(play.owner.clone()) };
        Ok(match (statement.person, statement.department) {
            (Some(person), _) => self.company.person(person)?.clone(),
            (None, Some(department)) => {
                self.company.member(department).map_or_else(|_| play.owner.clone(), Clone::clone)
            }
            (None, None) => play.owner.clone(),
        })
    }
}
