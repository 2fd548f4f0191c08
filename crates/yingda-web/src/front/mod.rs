//! The front door: what every request passes before a page or the API sees it, and what every answer passes on its way out.
//!
//! Five beats of a request: extract who and what (`visit`, `posted`), parse into a command (the page), one call into app, choose a
//! view, respond (`reply`). Refusals become pages or problem documents in one place (`dress`).

pub mod cookies;
pub mod dress;
pub mod flash;
pub mod posted;
pub mod refusal;
pub mod reply;
pub mod state;
pub mod table_faults;
pub mod visit;

pub use posted::{Fields, Posted, UploadedFile};
pub use refusal::{field_sentence, refusal_sentence};
pub use reply::{Fault, PageResult, see_other};
pub use state::WebState;
pub use table_faults::{row_fault_line, row_fault_sentence, unreadable_sentence};
pub use visit::{Guest, Visit};
