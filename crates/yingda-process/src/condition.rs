//! A checked CEL expression that answers yes or no.
//!
//! The one thing to know: one exists only after the type checker let it in, so evaluating it cannot fail; should it
//! ever (a stored position that does not belong to the definition), the caller gets a refusal and not a wrong answer.

use std::sync::Arc;

use crate::form::FieldRef;

/// What a `when` says.
#[derive(Clone)]
pub struct Condition {
    pub source: String,
    /// Every field it reads, also inside `has()`.
    pub reads: Vec<FieldRef>,
    pub(crate) program: Arc<cel::Program>,
}

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Condition").field(&self.source).finish()
    }
}
