//! The closed word lists of the API: these words stay what they are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::MessageKind;
use yingda_core::Role;
use yingda_core::answer::AnswerState;
use yingda_core::sheet::SheetState;
use yingda_core::ticket::{Priority, State};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $of:ident { $($(#[$word_doc:meta])* $word:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word),* }

        impl From<$of> for $name {
            fn from(word: $of) -> Self {
                match word { $($of::$word => Self::$word),* }
            }
        }

        impl From<$name> for $of {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word),* }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// How urgent a ticket is: 紧急, 高, 中, 低.
    PriorityWord of Priority { Urgent, High, Medium, Low }
}
words! {
    /// Where a ticket stands in its life.
    StateWord of State { Open, Solved, Confirmed, Closed, Archived }
}
words! {
    /// Where a contact sheet stands.
    SheetStateWord of SheetState { Sent, Received, Answered, Countersigned, Withdrawn }
}
words! {
    /// Where a standard answer stands.
    AnswerStateWord of AnswerState { Draft, Published, Retired }
}
words! {
    /// Among colleagues, to the customer, or from the customer.
    MessageWord of MessageKind { Note, ToCustomer, FromCustomer }
}
words! {
    /// What somebody is.
    RoleWord of Role { Agent, Supervisor, Manager, Member, Head, Administrator }
}

/// Whether the customer has been told already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToldWord {
    /// Said just now.
    Now,
    /// Still to be said: stands on the owner's desk until it is.
    #[default]
    Later,
}

impl From<ToldWord> for yingda_app::assignment::Told {
    fn from(word: ToldWord) -> Self {
        match word {
            ToldWord::Now => Self::Now,
            ToldWord::Later => Self::Later,
        }
    }
}
