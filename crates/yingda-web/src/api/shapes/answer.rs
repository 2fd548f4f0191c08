//! Standard answers (标准答案).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::answers::AnswerText;
use yingda_app::{AnswerVersion, Directory};
use yingda_core::answer::Answer;
use yingda_core::{AnswerId, DepartmentId, SheetId};

use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::sheet::draft;
use crate::api::shapes::words::AnswerStateWord;

/// A standard answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnswerShape {
    /// Its id.
    #[schema(value_type = String, example = "ans_0c8x4m2p00400")]
    pub id: AnswerId,
    /// The question as customers ask it.
    pub question: String,
    /// What they are told.
    pub answer: String,
    /// Further words under which it is found.
    pub keywords: String,
    /// The department that vouches for it.
    pub department: Option<DepartmentRef>,
    /// Where it stands.
    pub state: AnswerStateWord,
    /// The contact sheet that it came from.
    #[schema(value_type = Option<String>, example = "sht_0c8x4m2p00400")]
    pub source: Option<SheetId>,
    /// Times it was given to a customer.
    pub uses: i64,
    /// Last change.
    pub updated: Timestamp,
    /// By whom.
    pub updated_by: PersonRef,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl AnswerShape {
    pub(crate) fn of(answer: &Answer, names: &Directory) -> Self {
        Self {
            id: answer.id,
            question: answer.question.clone(),
            answer: answer.answer.clone(),
            keywords: answer.keywords.clone(),
            department: answer.department.map(|id| DepartmentRef::of(id, names)),
            state: answer.state.into(),
            source: answer.source,
            uses: answer.uses,
            updated: answer.updated,
            updated_by: PersonRef::of(answer.updated_by, names),
            version: answer.version,
        }
    }
}

/// A standard answer with its earlier texts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnswerDetail {
    #[serde(flatten)]
    answer: AnswerShape,
    /// Its texts, newest first.
    pub versions: Vec<VersionShape>,
}

/// A text of an answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionShape {
    /// Which.
    pub version: i64,
    /// The question then.
    pub question: String,
    /// The answer then.
    pub answer: String,
    /// The keywords then.
    pub keywords: String,
    /// The state then.
    pub state: String,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonRef,
}

impl AnswerDetail {
    pub(crate) fn of(answer: &Answer, versions: Vec<AnswerVersion>, names: &Directory) -> Self {
        let version = |text: AnswerVersion| VersionShape {
            version: text.version,
            question: text.question,
            answer: text.answer,
            keywords: text.keywords,
            state: text.state,
            at: text.at,
            by: PersonRef::of(text.by, names),
        };
        Self { answer: AnswerShape::of(answer, names), versions: versions.into_iter().map(version).collect() }
    }
}

/// A new standard answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// The question as customers ask it.
    pub question: String,
    /// What they are told.
    pub answer: String,
    /// Further words under which it is found.
    #[serde(default)]
    pub keywords: String,
    /// The department that vouches for it.
    #[schema(value_type = Option<String>, example = "dep_0c8x4m2p00400")]
    pub department: Option<DepartmentId>,
    /// `draft`, or at once `published` by whoever leads the desk.
    #[serde(default = "draft")]
    pub state: AnswerStateWord,
}

/// A standard answer as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAnswer {
    /// The question as customers ask it.
    pub question: String,
    /// What they are told.
    pub answer: String,
    /// Further words under which it is found.
    #[serde(default)]
    pub keywords: String,
    /// The department that vouches for it.
    #[schema(value_type = Option<String>, example = "dep_0c8x4m2p00400")]
    pub department: Option<DepartmentId>,
    /// Where it shall stand.
    pub state: AnswerStateWord,
    /// The version that was seen.
    pub version: i64,
}

impl NewAnswer {
    pub(crate) fn text(self) -> AnswerText {
        AnswerText {
            question: self.question,
            answer: self.answer,
            keywords: self.keywords,
            department: self.department,
        }
    }
}

impl EditAnswer {
    pub(crate) fn text(self) -> AnswerText {
        AnswerText {
            question: self.question,
            answer: self.answer,
            keywords: self.keywords,
            department: self.department,
        }
    }
}
