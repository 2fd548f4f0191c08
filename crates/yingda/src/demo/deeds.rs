//! What people do on a ticket of the demonstration, each deed by somebody who may do it.

use jiff::Timestamp;
use yingda_app::Once;
use yingda_app::answers::AnswerText;
use yingda_app::assignment::{Told, Transfer};
use yingda_app::notices::PhoneNotice;
use yingda_app::sheets::SendSheet;
use yingda_app::steps::CompleteStep;
use yingda_app::talk::Say;
use yingda_app::{AppError, AppResult};
use yingda_core::answer::AnswerState;
use yingda_core::ticket::Priority;
use yingda_core::{Actor, MessageId, Refusal, SheetId, TicketId};
use yingda_store::messages::Kind;
use yingda_store::tickets::WorkItem;

use super::course::Extra;
use super::play::{Play, Stage};

/// One deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The call comes in.
    Receive,
    /// Somebody of the department takes it.
    Take { token: i64 },
    /// A step is done for the `pass + 1`th time.
    Complete { token: i64, step: String, pass: u32 },
    /// A sheet is signed for.
    Sign(SheetId),
    /// A sheet is answered.
    Answer(SheetId),
    /// The head stands behind a sheet's answer.
    Countersign(SheetId),
    /// The customer is told what was still to be told.
    Told(MessageId),
    /// Something beside the process.
    Extra(Extra),
}

const NOTES: &[&str] = &[
    "已与对方部门沟通，等回音。",
    "客户脾气比较急，回电时注意先致歉。",
    "同一地点上月也有一张类似的工单，可以参考处理。",
    "资料已存共享文件夹，按工单编号找。",
    "客户只方便用普通话沟通，下午联系。",
    "已核对户号和地址，无误。",
    "备件库存还有{days}件。",
    "请接班同事留意，明早先跟这一张。",
    "与{estate}那一单是同一原因。",
];
const URGES: &[&str] = &[
    "客户来电催问进展，已说明正在处理。",
    "客户再次来电，问今天能不能有结果。",
    "客户发来照片补充说明现场情况。",
    "客户问能否换一个联系电话，已更新。",
];
const TELLS: &[&str] = &[
    "您的问题已转给负责的同事，我们会在{days}天内给您答复。",
    "工程师已出发，到达前会再与您联系。",
    "还需要核对一份资料，结果出来后马上告诉您。",
    "已为您加急，请保持电话畅通。",
];
const TELL_LATER: &[&str] = &[
    "请告知客户：方案已定，等客户确认上门时间。",
    "请告知客户：预计比原定晚{hours}小时。",
    "请告知客户：材料已收到，审核中。",
];

impl Stage<'_> {
    /// Does what is next on a ticket.
    pub(super) async fn act(&self, play: &mut Play, at: Timestamp) -> AppResult<()> {
        let ctx = self.ctx.at(at);
        let Some(id) = play.id else { return self.receive(play, at).await };
        match play.next.clone() {
            Deed::Receive => Ok(()),
            Deed::Take { token } => {
                let taker = self.of_department(play, id, token).await?;
                self.app.assign(&ctx, &taker, id, Some(taker.person), None, None).await
            }
            Deed::Complete { token, step, pass } => self.complete(play, at, id, token, &step, pass).await,
            Deed::Sign(sheet) => {
                let member = self.company.member(self.to_department(sheet).await?)?;
                self.app.receive_sheet(&ctx, member, sheet).await
            }
            Deed::Answer(sheet) => {
                let department = self.to_department(sheet).await?;
                let by_head = play.plan.course.countersigned && play.plan.dice.chance(20);
                let by = if by_head { self.company.head(department)? } else { self.company.member(department)? };
                let answer = play.plan.matter.answer();
                self.app.answer_sheet(&ctx, by, sheet, &answer, None).await
            }
            Deed::Countersign(sheet) => {
                let head = self.company.head(self.to_department(sheet).await?)?;
                self.app.countersign_sheet(&ctx, head, sheet).await?;
                self.publish(play, at, sheet).await
            }
            Deed::Told(message) => self.app.mark_told(&ctx, &play.owner, message).await.map(drop),
            Deed::Extra(extra) => self.beside(play, at, id, extra).await,
        }
    }

    async fn to_department(&self, sheet: SheetId) -> AppResult<yingda_core::DepartmentId> {
        Ok(self.app.sheet(&self.company.manager, sheet).await?.sheet.to_department)
    }

    /// Whoever of the department does its work: the one who has the ticket, else member or head.
    async fn of_department(&self, play: &mut Play, id: TicketId, token: i64) -> AppResult<Actor> {
        let view = self.app.ticket(&self.company.manager, id).await?;
        let item = view.held.work.iter().find(|w| w.token == token);
        self.worker(play, item, view.held.ticket.assignee)
    }

    fn worker(
        &self,
        play: &mut Play,
        item: Option<&WorkItem>,
        assignee: Option<yingda_core::PersonId>,
    ) -> AppResult<Actor> {
        let Some(item) = item else { return Ok(play.owner.clone()) };
        match (item.department, item.role) {
            (Some(department), _) => {
                if let Some(assignee) = assignee
                    && self.company.person(assignee)?.department == department
                {
                    return self.company.person(assignee).cloned();
                }
                let head = play.plan.dice.chance(20);
                Ok(if head { self.company.head(department)? } else { self.company.member(department)? }.clone())
            }
            (None, Some(yingda_core::Role::Manager)) => Ok(self.company.manager.clone()),
            (None, _) => Ok(play.owner.clone()),
        }
    }

    async fn complete(
        &self,
        play: &mut Play,
        at: Timestamp,
        id: TicketId,
        token: i64,
        step: &str,
        pass: u32,
    ) -> AppResult<()> {
        let view = self.app.ticket(&self.company.manager, id).await?;
        let item = view.held.work.iter().find(|w| w.token == token);
        let by = self.worker(play, item, view.held.ticket.assignee)?;
        // Forms that name a person name whoever of the department will be at it.
        let lead = view.held.ticket.lead_department;
        let hand = match (item.and_then(|i| i.department), lead) {
            (Some(_), _) | (None, None) => by.person,
            (None, Some(lead)) => self.company.member(lead)?.person,
        };
        let hand = self.company.login(hand).to_owned();
        let moment = self.moment(at, pass, &hand);
        let fields = play.plan.matter.step(step, &play.plan.course, &moment);
        let done = CompleteStep { token, fields, ..CompleteStep::default() };
        match self.app.complete_step(&self.ctx.at(at), &by, id, done.clone()).await {
            Err(AppError::Refused(Refusal::NeedsStatement { .. })) => {
                self.explain(play, at, id).await?;
                self.app.complete_step(&self.ctx.at(at), &by, id, done).await?;
            }
            other => other?,
        }
        play.passes.insert(step.to_owned(), pass + 1);
        Ok(())
    }

    /// Some countersigned answers become drafts of standard answers.
    async fn publish(&self, play: &mut Play, at: Timestamp, sheet: SheetId) -> AppResult<()> {
        if !play.plan.dice.chance(7) {
            return Ok(());
        }
        let view = self.app.sheet(&self.company.manager, sheet).await?;
        let text = AnswerText {
            question: view.sheet.customer_matter,
            answer: view.sheet.answer,
            keywords: String::new(),
            department: Some(view.sheet.to_department),
        };
        let by = &self.company.agents[0];
        self.app.answer_from_sheet(&self.ctx.at(at), by, sheet, text, AnswerState::Draft).await.map(drop)
    }

    async fn beside(&self, play: &mut Play, at: Timestamp, id: TicketId, extra: Extra) -> AppResult<()> {
        let ctx = self.ctx.at(at);
        let words = &mut play.plan.matter.words;
        let (kind, text, told) = match extra {
            Extra::Note => (Kind::Note, words.any(NOTES), Told::Now),
            Extra::Urge => (Kind::FromCustomer, words.any(URGES), Told::Now),
            Extra::Tell => (Kind::ToCustomer, words.any(TELLS), Told::Now),
            Extra::TellLater => (Kind::ToCustomer, words.any(TELL_LATER), Told::Later),
            Extra::Transfer => return self.transfer(play, at, id).await,
            Extra::Sheet => {
                let to = self.company.another(play.owner.department).unwrap_or(play.owner.department);
                let question = words.any(&[
                    "请协助核对客户{month}的记录，供答复使用。",
                    "请说明{estate}一带的安排，客户会再来电。",
                    "请提供{machine}的说明书中文版。",
                ]);
                let sheet = SendSheet { to, question, customer_matter: String::new(), once: Once::unkeyed() };
                return self.app.send_sheet(&ctx, &play.owner, id, sheet).await.map(drop);
            }
        };
        let say = Say { kind, text, channel: String::new(), told, answer: None, once: Once::unkeyed() };
        self.app.say(&ctx, &play.owner, id, say).await.map(drop)
    }

    async fn transfer(&self, play: &mut Play, at: Timestamp, id: TicketId) -> AppResult<()> {
        let view = self.app.ticket(&self.company.manager, id).await?;
        let item = view.held.work.iter().find(|w| w.department.is_some());
        let Some(from) = item.and_then(|item| item.department) else { return Ok(()) };
        let Some(to) = self.company.another(from) else { return Ok(()) };
        // Whoever has it gives it on; where nobody has taken it yet, the head does.
        let by = match view.held.ticket.assignee {
            Some(assignee) => self.company.person(assignee)?.clone(),
            None => self.company.head(from)?.clone(),
        };
        let head = self.company.head(to)?.person;
        let called = (view.held.ticket.priority == Priority::Urgent).then(|| PhoneNotice {
            person: Some(head),
            at: Some(at),
            ..PhoneNotice::default()
        });
        let later = play.plan.dice.chance(40);
        let words = &mut play.plan.matter.words;
        let transfer = Transfer {
            department: to,
            person: None,
            reason: words.any(&[
                "不属本部门职责范围，经核实应由对方部门处理。",
                "需要对方部门的现场资料才能答复。",
                "同一客户的前一张工单在对方部门，合并处理更快。",
            ]),
            tell: words.fill("您的问题已转到更对口的部门，仍由原来的同事跟进，{days}天内回复您。"),
            told: if later { Told::Later } else { Told::Now },
            phone: called,
            seen: None,
            once: Once::unkeyed(),
        };
        self.app.transfer(&self.ctx.at(at), &by, id, transfer).await
    }
}
