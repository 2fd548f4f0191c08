//! The first visitor of an empty desk: the one-time code that the program printed makes the administrator.

use askama::Template;

use crate::kit::FieldForm;
use crate::shell::Shell;

/// The page at `/first-run`; there is none once an administrator exists.
#[derive(Template, Debug, Clone)]
#[template(path = "first_run.html")]
pub struct FirstRunPage {
    /// Surroundings, without anybody.
    pub shell: Shell,
    /// Code, company, name, sign-in name, password twice.
    pub form: FieldForm,
}
