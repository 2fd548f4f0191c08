//! Sentences.
pub(crate) fn sentence(kind: &crate::FaultKind, _: crate::Locale) -> String {
    format!("{kind:?}")
}
