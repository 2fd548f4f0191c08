//! What a clerk types, written down shortly.

/// `form! { "accept.customer" => "某机械公司", "accept.phone" => "…" }`: a form as a browser sends it. `..other` first begins
/// from another form, whose fields the ones that follow replace.
#[macro_export]
macro_rules! form {
    (..$base:expr, $($field:expr => $text:expr),* $(,)?) => {{
        let mut form: $crate::form::RawForm = $base.clone();
        let pairs: &[(&str, &str)] = &[$(($field, $text)),*];
        form.extend($crate::form::typed(pairs));
        form
    }};
    ($($field:expr => $text:expr),* $(,)?) => {{
        let pairs: &[(&str, &str)] = &[$(($field, $text)),*];
        $crate::form::typed(pairs)
    }};
}

pub use yingda_process::RawForm;

/// Fields and what was typed into each.
#[must_use]
pub fn typed(pairs: &[(&str, &str)]) -> RawForm {
    pairs.iter().map(|(field, text)| ((*field).to_owned(), vec![(*text).to_owned()])).collect()
}
