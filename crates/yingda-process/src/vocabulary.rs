//! The closed word lists of the language: what may stand after a key that takes one of a fixed set.
//!
//! The one thing to know: every list offers `ALL`, `id()` and `from_id()`, and those ids are what is written in files,
//! payloads and columns. Lists that a procedure may extend (departments, options) are deliberately not here.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $id)] $variant),+ }

        impl $name {
            /// In the order a list shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The same, as written.
            pub const IDS: &'static [&'static str] = &[$($id),+];

            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// Ways in.
    Channel {
        Phone = "phone", Chat = "chat", Mail = "mail", Wecom = "wecom", Wechat = "wechat", Sms = "sms",
        Social = "social", Fax = "fax", Letter = "letter", Visit = "visit", Onsite = "onsite", Api = "api",
        Import = "import",
    }
}

words! {
    /// The four grades of S03.
    Priority { Urgent = "紧急", High = "高", Medium = "中", Low = "低" }
}

words! {
    /// Who may hold a lane.
    Role {
        Agent = "agent", Supervisor = "supervisor", Manager = "manager", Member = "member", Head = "head",
        Administrator = "administrator",
    }
}

words! {
    /// Whose matters are taken (R-009, J47).
    Requester { Customer = "customer", Anyone = "anyone" }
}

words! {
    /// Whether the document says so, or we do where it is silent.
    Origin { Document = "document", Default = "default" }
}

words! {
    /// Moments that figures count from; reached by completing a step.
    Milestone { Responded = "responded", Solved = "solved", Confirmed = "confirmed" }
}

words! {
    /// How a ticket came to its end.
    Outcome { Resolved = "resolved", Answered = "answered", Cancelled = "cancelled", Invalid = "invalid" }
}

words! {
    /// What a field may hold.
    FieldType {
        Text = "text", Choice = "choice", Integer = "integer", Decimal = "decimal", Money = "money", Date = "date",
        DateTime = "datetime", Phone = "phone", Person = "person", Department = "department",
        Attachment = "attachment", YesNo = "yes_no",
    }
}

words! {
    /// The standard columns of a ticket that a field may fill.
    Column {
        CustomerName = "customer_name", ContactName = "contact_name", Phone = "phone", Industry = "industry",
        Kind = "kind", Subject = "subject", Description = "description", OccurredAt = "occurred_at",
        Impact = "impact", WantedBy = "wanted_by", Priority = "priority",
        /// 处理部门: the lead department.
        Department = "department",
        /// 责任人 / 处理人: who works on it.
        Assignee = "assignee",
        Cc = "cc", Channel = "channel", Result = "result", Remark = "remark", Address = "address",
    }
}

words! {
    /// What a measure is a share of (section C of the requirements; J21, J49).
    MeasureOf {
        /// Satisfied ÷ rated.
        Satisfaction = "satisfaction",
        /// Ended ÷ received.
        Handled = "handled",
        /// Steps left within their limit ÷ steps left that had one.
        InTime = "in_time",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the enum, so the default cannot be marked inside it")]
impl Default for Origin {
    fn default() -> Self {
        Self::Document
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the enum, so the default cannot be marked inside it")]
impl Default for Priority {
    fn default() -> Self {
        Self::Medium
    }
}
