//! One typed struct per page, paired with the template of the same name.
//!
//! A view holds prepared display data only: texts, moments, badges, addresses. Each has samples in `gallery`, and one test
//! renders all of them in every language (invariant 13).

pub mod desk;
