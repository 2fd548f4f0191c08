//! Tickets (工单): a line of a list, everything on one, and what may be asked of one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;
use yingda_app::ticket::TicketView;
use yingda_app::{Directory, Involvement};
use yingda_core::ticket::Ticket;
use yingda_core::{AnswerId, CustomerId, DepartmentId, PersonId, TicketId};

use crate::api::sent::nullable;
use crate::api::shapes::form::{self, Filled, FormShape};
use crate::api::shapes::notice::PhoneCall;
use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::sheet::SheetShape;
use crate::api::shapes::talk::{AttachmentShape, HistoryShape, MessageShape};
use crate::api::shapes::words::{PriorityWord, RoleWord, StateWord, ToldWord};

/// A ticket, as a line of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketLine {
    /// Its id.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub id: TicketId,
    /// 工单编号
    #[schema(example = "ZX2026110001")]
    pub number: String,
    /// Its process.
    #[schema(example = "customer-consultation")]
    pub process: String,
    /// Where it stands.
    pub state: StateWord,
    /// The label of the step that it waits at; empty when ended.
    pub step: String,
    /// 优先级
    pub priority: PriorityWord,
    /// How it came in.
    #[schema(example = "phone")]
    pub channel: String,
    /// 客户名称
    pub customer_name: String,
    /// 联系人
    pub contact_name: String,
    /// 联系方式, as it was said.
    pub phone: String,
    /// 问题类型
    pub kind: String,
    /// One line.
    pub subject: String,
    /// 第一责任部门
    pub lead_department: Option<DepartmentRef>,
    /// 处理部门: who has it now.
    pub department: Option<DepartmentRef>,
    /// 首接负责人
    pub owner: PersonRef,
    /// 处理人; `null` is "nobody has taken it".
    pub assignee: Option<PersonRef>,
    /// 进度
    pub progress: String,
    /// 受理时间
    pub accepted: Timestamp,
    /// The earliest limit that runs now.
    pub due: Option<Timestamp>,
    /// Last change.
    pub updated: Timestamp,
    /// Grows with every change; an edit may name the version that it saw.
    pub version: i64,
}

impl TicketLine {
    pub(crate) fn of(ticket: &Ticket, names: &Directory) -> Self {
        Self {
            id: ticket.id,
            number: ticket.number.clone(),
            process: ticket.process.clone(),
            state: ticket.state.into(),
            step: ticket.step.clone(),
            priority: ticket.priority.into(),
            channel: ticket.channel.clone(),
            customer_name: ticket.customer_name.clone(),
            contact_name: ticket.contact_name.clone(),
            phone: ticket.phone.clone(),
            kind: ticket.kind.clone(),
            subject: ticket.subject.clone(),
            lead_department: ticket.lead_department.map(|id| DepartmentRef::of(id, names)),
            department: ticket.department.map(|id| DepartmentRef::of(id, names)),
            owner: PersonRef::of(ticket.owner, names),
            assignee: ticket.assignee.map(|id| PersonRef::of(id, names)),
            progress: ticket.progress.clone(),
            accepted: ticket.accepted,
            due: ticket.due,
            updated: ticket.updated,
            version: ticket.version,
        }
    }
}

/// A ticket with everything on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketDetail {
    #[serde(flatten)]
    line: TicketLine,
    /// 所属行业
    pub industry: String,
    /// 地址
    pub address: String,
    /// 问题描述
    pub description: String,
    /// 发生时间, as the customer said it.
    pub occurred_at: String,
    /// 影响范围
    pub impact: String,
    /// 客户期望解决时限
    pub wanted_by: String,
    /// 处理结果摘要
    pub result: String,
    /// 备注
    pub remark: String,
    /// 客户评价
    pub rating: Option<RatingShape>,
    /// Times the customer was not satisfied and work began again.
    pub rounds: i64,
    /// Whether the process wants a full event record.
    pub event_record: bool,
    /// The end's label; empty until then.
    pub outcome: String,
    /// 响应时间
    pub responded: Option<Timestamp>,
    /// 解决时间
    pub solved: Option<Timestamp>,
    /// The customer's confirmation.
    pub confirmed: Option<Timestamp>,
    /// The end of the process.
    pub closed: Option<Timestamp>,
    /// The filing.
    pub archived: Option<Timestamp>,
    /// The customer file, where there is one.
    pub customer: Option<CustomerShape>,
    /// The departments that have to do with it.
    pub departments: Vec<Involved>,
    /// Where the process waits.
    pub steps: Vec<OpenStep>,
    /// What the forms hold, by `form.field`; of each form the latest round.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub values: BTreeMap<String, Json>,
    /// What this reader may do.
    pub may: TicketMay,
    /// Messages and notes, oldest first.
    pub messages: Vec<MessageShape>,
    /// What happened, oldest first.
    pub history: Vec<HistoryShape>,
    /// Contact sheets, oldest first.
    pub sheets: Vec<SheetShape>,
    /// Attachments, oldest first.
    pub attachments: Vec<AttachmentShape>,
    /// Other tickets of the same caller or customer, newest first.
    pub others: Vec<TicketLine>,
}

/// What the customer thought of the service.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RatingShape {
    /// The word on the process's scale.
    #[schema(example = "满意")]
    pub value: String,
    /// Whether that word counts as satisfied.
    pub satisfied: bool,
    /// 评价理由
    pub reason: String,
    /// `staff`, `customer` or `import`.
    pub source: String,
}

/// A customer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerShape {
    /// Its id.
    #[schema(value_type = String, example = "cus_0c8x4m2p00400")]
    pub id: CustomerId,
    /// 客户名称
    pub name: String,
    /// 所属行业
    pub industry: String,
    /// 地址
    pub address: String,
}

impl From<&yingda_app::Customer> for CustomerShape {
    fn from(customer: &yingda_app::Customer) -> Self {
        let (name, industry, address) = (customer.name.clone(), customer.industry.clone(), customer.address.clone());
        Self { id: customer.id, name, industry, address }
    }
}

/// A department that has to do with a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Involved {
    #[serde(flatten)]
    department: DepartmentRef,
    /// Only copied in (抄送): it reads, and was not given the work.
    pub copied: bool,
}

/// A place where the process waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenStep {
    /// What to send to `POST /tickets/{id}/steps/{token}`.
    pub token: i64,
    /// The step's id in the process.
    #[schema(example = "answer_at_once")]
    pub step: String,
    /// What people see.
    pub label: String,
    /// `person`, or `sheet`: then the answer to a contact sheet moves it on.
    pub waits_for: String,
    /// The role whose lane it is in.
    pub role: Option<RoleWord>,
    /// The department whose lane it is in.
    pub department: Option<DepartmentRef>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub due: Option<Timestamp>,
    /// Whether this reader may complete it.
    pub may_complete: bool,
    /// The form that completes it; `null`: it is only ticked off.
    pub form: Option<FormShape>,
    /// What to say.
    pub script: Option<String>,
}

/// What a reader may do with a ticket.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct TicketMay {
    /// Write notes, attach files, set the progress label.
    pub annotate: bool,
    /// Tell the customer.
    pub reply: bool,
    /// Correct what was taken down.
    pub amend: bool,
    /// Take it or give it to somebody.
    pub assign: bool,
    /// Give it to another department.
    pub transfer: bool,
    /// Send a contact sheet.
    pub send_sheet: bool,
    /// File it away.
    pub archive: bool,
}

fn steps(view: &TicketView, names: &Directory) -> Vec<OpenStep> {
    let active = view.process.definition.active(&view.instance);
    let step = |item: &yingda_app::WorkItem| {
        let place = active.iter().find(|place| i64::from(place.token) == item.token);
        OpenStep {
            token: item.token,
            step: item.step.clone(),
            label: item.label.clone(),
            waits_for: item.kind.clone(),
            role: item.role.map(RoleWord::from),
            department: item.department.map(|id| DepartmentRef::of(id, names)),
            since: item.since,
            due: item.due,
            may_complete: view.mine.contains(&item.token),
            form: place.and_then(|place| place.form).map(FormShape::from),
            script: place.and_then(|place| place.script).map(|script| script.text.clone()),
        }
    };
    view.held.work.iter().map(step).collect()
}

impl TicketDetail {
    pub(crate) fn of(view: &TicketView, names: &Directory) -> Self {
        let ticket = &view.held.ticket;
        let rating = ticket.rating.as_ref().map(|rating| RatingShape {
            value: rating.value.clone(),
            satisfied: rating.satisfied,
            reason: rating.reason.clone(),
            source: rating.source.as_str().to_owned(),
        });
        let involved = |(id, how): &(DepartmentId, Involvement)| Involved {
            department: DepartmentRef::of(*id, names),
            copied: *how == Involvement::Copied,
        };
        let may = view.may;
        Self {
            line: TicketLine::of(ticket, names),
            industry: ticket.industry.clone(),
            address: ticket.address.clone(),
            description: ticket.description.clone(),
            occurred_at: ticket.occurred_at.clone(),
            impact: ticket.impact.clone(),
            wanted_by: ticket.wanted_by.clone(),
            result: ticket.result.clone(),
            remark: ticket.remark.clone(),
            rating,
            rounds: ticket.rounds,
            event_record: ticket.event_record,
            outcome: ticket.outcome.clone(),
            responded: ticket.times.responded,
            solved: ticket.times.solved,
            confirmed: ticket.times.confirmed,
            closed: ticket.times.closed,
            archived: ticket.times.archived,
            customer: view.customer.as_ref().map(CustomerShape::from),
            departments: view.held.departments.iter().map(involved).collect(),
            steps: steps(view, names),
            values: form::values(&view.instance.values),
            may: TicketMay {
                annotate: may.annotate,
                reply: may.reply,
                amend: may.amend,
                assign: may.assign,
                transfer: may.transfer,
                send_sheet: may.send_sheet,
                archive: may.archive,
            },
            messages: view.messages.iter().map(|message| MessageShape::of(message, names)).collect(),
            history: view.history.iter().map(|line| HistoryShape::of(line, names)).collect(),
            sheets: view.sheets.iter().map(|sheet| SheetShape::of(sheet, names)).collect(),
            attachments: view.attachments.iter().map(|file| AttachmentShape::of(file, names)).collect(),
            others: view.others.iter().map(|ticket| TicketLine::of(ticket, names)).collect(),
        }
    }
}

/// A matter that comes in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    /// The process's id; see `GET /processes`.
    #[schema(example = "customer-consultation")]
    pub process: String,
    /// How it came in: one of the process's channels.
    #[schema(example = "phone")]
    pub channel: String,
    /// The fields of the intake forms, by `form.field`; see `GET /processes/{name}`.
    #[schema(value_type = BTreeMap<String, form::Typed>,
        example = json!({"record.contact": "李先生", "record.phone": "13800138000", "record.on_site": false}))]
    pub fields: Filled,
    /// The standard answer that was given at once, if one was.
    #[schema(value_type = Option<String>, example = "ans_0c8x4m2p00400")]
    pub answer: Option<AnswerId>,
}

/// A step that was done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepDone {
    /// The fields of the step's form, by `form.field`.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, form::Typed>, example = json!({"instant_answer.answer": "保修期一年。"}))]
    pub fields: Filled,
    /// How the customer was told, where the step tells them; the ticket's own channel if not given.
    pub channel: Option<String>,
    /// The standard answer that was given, if one was.
    #[schema(value_type = Option<String>, example = "ans_0c8x4m2p00400")]
    pub answer: Option<AnswerId>,
    /// The version of the ticket that was seen.
    pub version: Option<i64>,
}

/// Who works on it from now on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The person, or `null` for nobody.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, required = true, example = "usr_0c8x4m2p00400")]
    pub person: Option<PersonId>,
    /// The telephone call to them; an urgent ticket is given to somebody else only with one.
    pub phone: Option<PhoneCall>,
    /// The version of the ticket that was seen.
    pub version: Option<i64>,
}

/// A ticket goes to another department.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// The department that has it from now on.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub department: DepartmentId,
    /// The person in it, where one is named.
    #[schema(value_type = Option<String>, example = "usr_0c8x4m2p00400")]
    pub person: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// What the customer is told about it; nothing if not given.
    #[serde(default)]
    pub tell: String,
    /// Whether they were told just now.
    #[serde(default)]
    pub told: ToldWord,
    /// The telephone call to whoever gets it; an urgent ticket goes only with one.
    pub phone: Option<PhoneCall>,
    /// The version of the ticket that was seen.
    pub version: Option<i64>,
}

/// A correction of what was taken down.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The new texts by name: `customer_name`, `contact_name`, `phone`, `industry`, `address`, `kind` (one of the process's own
    /// kinds), `description`, `occurred_at`, `impact`, `wanted_by`, `priority`, `remark`. What is not named stays.
    #[schema(example = json!({ "phone": "13900139000", "priority": "high" }))]
    pub particulars: BTreeMap<String, String>,
    /// The version of the ticket that was seen.
    pub version: Option<i64>,
}

/// A department to copy in (抄送).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// Which.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub department: DepartmentId,
}

/// A progress label.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// One of the process's labels.
    #[schema(example = "已联系客户")]
    pub label: String,
    /// A word of explanation.
    #[serde(default)]
    pub note: String,
}
