//! Pages, JSON API, live updates, assets, sign-in: the only crate that knows HTTP and HTML.
//!
//! The face is `shell` (what surrounds every page), `kit` (the components), `views` (one typed struct per page, paired with
//! a template of the same name) and `i18n` (every sentence a person reads). `docs/adding-a-page.md` walks through one page.

pub mod api;
pub mod assets;
pub mod front;
pub mod gallery;
pub mod i18n;
pub mod kit;
pub mod pages;
pub mod shell;
pub mod views;

pub use front::WebState;
pub use pages::router;
