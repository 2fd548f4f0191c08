//! Sign-in. What went wrong is said without telling whether the name exists.

use askama::Template;

use crate::kit::FieldView;
use crate::shell::Shell;

/// The page at `/session`.
#[derive(Template, Debug, Clone)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// Surroundings, without anybody.
    pub shell: Shell,
    /// Sign-in name as typed.
    pub login: FieldView,
    /// Password, never put back.
    pub password: FieldView,
    /// Where to go afterwards; a path of ours.
    pub next: String,
    /// Why it did not work.
    pub error: Option<String>,
    /// After too many tries: the sentence that says when to try again. The button is then locked.
    pub throttled: Option<String>,
}
