//! Work contact sheets (工作联系单).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::sheets::SheetView;
use yingda_core::sheet::Sheet;
use yingda_core::{AnswerId, DepartmentId, SheetId, TicketId};

use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::words::{AnswerStateWord, SheetStateWord};

/// A contact sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SheetShape {
    /// Its id.
    #[schema(value_type = String, example = "sht_0c8x4m2p00400")]
    pub id: SheetId,
    /// 编号
    #[schema(example = "GL2026110001")]
    pub number: String,
    /// The ticket that it belongs to.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// Whether the ticket's process waits for its answer.
    pub process_waits: bool,
    /// Who sent it.
    pub from_person: PersonRef,
    /// For which department.
    pub from_department: DepartmentRef,
    /// Who shall answer.
    pub to_department: DepartmentRef,
    /// The question.
    pub question: String,
    /// 客户事项
    pub customer_matter: String,
    /// 发出
    pub sent: Timestamp,
    /// 接收: from here its limit runs.
    pub received: Option<Timestamp>,
    /// Who signed for it.
    pub received_by: Option<PersonRef>,
    /// 应答复时间; none before receipt.
    pub due: Option<Timestamp>,
    /// 答复; empty until answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<PersonRef>,
    /// When.
    pub answered: Option<Timestamp>,
    /// Whether the process goes on only with a countersignature.
    pub countersign_required: bool,
    /// 会签
    pub countersigned_by: Option<PersonRef>,
    /// When.
    pub countersigned: Option<Timestamp>,
    /// Where it stands.
    pub state: SheetStateWord,
    /// Grows with every change.
    pub version: i64,
}

impl SheetShape {
    pub(crate) fn of(sheet: &Sheet, names: &Directory) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: sheet.id,
            number: sheet.number.clone(),
            ticket: sheet.ticket,
            process_waits: sheet.token.is_some(),
            from_person: person(sheet.from_person),
            from_department: DepartmentRef::of(sheet.from_department, names),
            to_department: DepartmentRef::of(sheet.to_department, names),
            question: sheet.question.clone(),
            customer_matter: sheet.customer_matter.clone(),
            sent: sheet.sent,
            received: sheet.received,
            received_by: sheet.received_by.map(person),
            due: sheet.due,
            answer: sheet.answer.clone(),
            answered_by: sheet.answered_by.map(person),
            answered: sheet.answered,
            countersign_required: sheet.countersign_required,
            countersigned_by: sheet.countersigned_by.map(person),
            countersigned: sheet.countersigned,
            state: sheet.state.into(),
            version: sheet.version,
        }
    }
}

/// A contact sheet with what this reader may do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SheetDetail {
    #[serde(flatten)]
    sheet: SheetShape,
    /// 工单编号
    pub ticket_number: String,
    /// The ticket's subject.
    pub ticket_subject: String,
    /// What this reader may do now.
    pub may: SheetMay,
    /// The standard answer that came of it.
    #[schema(value_type = Option<String>, example = "ans_0c8x4m2p00400")]
    pub published: Option<AnswerId>,
}

/// What a reader may do with a sheet now.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct SheetMay {
    /// `POST /sheets/{id}/receipt`
    pub receive: bool,
    /// `POST /sheets/{id}/answer`
    pub answer: bool,
    /// `POST /sheets/{id}/countersignature`
    pub countersign: bool,
    /// `POST /sheets/{id}/withdrawal`
    pub withdraw: bool,
    /// `POST /sheets/{id}/publication`
    pub publish: bool,
}

impl SheetDetail {
    pub(crate) fn of(view: &SheetView, names: &Directory) -> Self {
        let may = view.may;
        Self {
            sheet: SheetShape::of(&view.sheet, names),
            ticket_number: view.ticket.number.clone(),
            ticket_subject: view.ticket.subject.clone(),
            may: SheetMay {
                receive: may.receive,
                answer: may.answer,
                countersign: may.countersign,
                withdraw: may.withdraw,
                publish: may.publish,
            },
            published: view.published,
        }
    }
}

/// A sheet to send by hand, beside the process.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSheet {
    /// Who shall answer.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub to: DepartmentId,
    /// The question.
    pub question: String,
    /// 客户事项; the ticket's subject if not given.
    #[serde(default)]
    pub customer_matter: String,
}

/// The answer to a sheet.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetAnswer {
    /// 答复
    pub answer: String,
    /// The version that was seen.
    pub version: Option<i64>,
}

/// Taking a sheet back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
}

/// Making a countersigned answer a standard answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The question as customers ask it; the sheet's if not given.
    pub question: Option<String>,
    /// What they are told; the sheet's answer if not given.
    pub answer: Option<String>,
    /// Further words under which it is found.
    #[serde(default)]
    pub keywords: String,
    /// `draft`, or at once `published` by whoever leads the desk.
    #[serde(default = "draft")]
    pub state: AnswerStateWord,
}

pub(crate) fn draft() -> AnswerStateWord {
    AnswerStateWord::Draft
}
