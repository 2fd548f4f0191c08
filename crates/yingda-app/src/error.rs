//! What an intention can end in besides success: a refusal that a person is told, or a fault of the house.

use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;
use yingda_process::{FieldFault, WrongValue};
use yingda_store::StoreError;
use yingda_store::write::MayBeLost;

/// Shorthand for results of this crate.
pub type AppResult<T> = Result<T, AppError>;

/// Why an intention did not happen.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppError {
    /// Something that a person can be told and mend.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database is away or broken.
    #[error(transparent)]
    Store(StoreError),
    /// The disk, or a stored process file that can no longer be read.
    #[error("{0}")]
    House(String),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Refused(Refusal::Stale { current: 0 }),
            other => Self::Store(other),
        }
    }
}

impl MayBeLost for AppError {
    fn lost(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.lost(),
            _ => None,
        }
    }
}

impl AppError {
    /// The refusal, where it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// A uniqueness rule of the schema, told as the field that is taken.
pub(crate) fn taken(field: &'static str) -> impl Fn(StoreError) -> AppError {
    move |error| match error {
        StoreError::Conflict(_) => Refusal::Taken { field: field.to_owned() }.into(),
        other => other.into(),
    }
}

/// The engine's faults of a form, as refusals of fields.
pub(crate) fn field_refusals(faults: Vec<FieldFault>) -> Refusal {
    Refusal::Fields(faults.into_iter().map(field_refusal).collect())
}

fn field_refusal(FieldFault { field, fault }: FieldFault) -> FieldRefusal {
    let refusal = |code| FieldRefusal::new(&field, code);
    match fault {
        WrongValue::Missing => refusal("missing"),
        WrongValue::NotANumber => refusal("not-a-number"),
        WrongValue::TooPrecise { places } => refusal("too-precise").with("places", places),
        WrongValue::TooSmall { min } => refusal("too-small").with("min", min),
        WrongValue::TooLarge { max } => refusal("too-large-number").with("max", max),
        WrongValue::NotAnOption { given, options } => {
            refusal("not-an-option").with("given", given).with("options", options.join("、"))
        }
        WrongValue::BadDate => refusal("bad-date"),
        WrongValue::BadDateTime => refusal("bad-datetime"),
        WrongValue::BadPhone => refusal("bad-phone"),
        WrongValue::BadYesNo => refusal("bad-yes-no"),
        WrongValue::TooLong { max, actual } => refusal("too-long").with("max", max).with("actual", actual),
        WrongValue::NotVisible => refusal("not-visible"),
        WrongValue::TooMany => refusal("too-many-values"),
        WrongValue::BadCharacter => refusal("bad-character"),
        WrongValue::UnknownField => refusal("unknown-field"),
        WrongValue::WrongType => refusal("wrong-type"),
    }
}

/// The engine's refusals, as the desk's.
pub(crate) fn engine_refusal(refusal: yingda_process::Refusal) -> AppError {
    use yingda_process::Refusal as Engine;
    match refusal {
        Engine::Fields { faults } => field_refusals(faults).into(),
        Engine::AlreadyEnded => Refusal::TicketEnded.into(),
        Engine::NoSuchToken { .. } | Engine::WrongKind { .. } | Engine::AlreadyStarted | Engine::NotStarted => {
            Refusal::StepNotOpen.into()
        }
        Engine::EmptyAnswer => Refusal::field("answer", "missing").into(),
        Engine::ChannelClosed => Refusal::field("channel", "channel-closed").into(),
        Engine::NeverThere { .. } => Refusal::StepNotOpen.into(),
        Engine::Lacks { step, missing } => {
            AppError::House(format!("step {step} needs {}, which the ticket does not hold", missing.join(", ")))
        }
        Engine::Unfit { what } => AppError::House(format!("a ticket's position does not fit its process: {what}")),
    }
}
