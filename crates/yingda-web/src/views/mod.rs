//! One typed struct per page, paired with the template of the same name.
//!
//! A view holds prepared display data only: texts, moments, badges, addresses. Each has samples in `gallery`, and one test
//! renders all of them in every language (invariant 13).

pub mod account;
pub mod answers;
pub mod calendars;
pub mod clocks;
pub mod day;
pub mod departments;
pub mod desk;
pub mod duty;
pub mod error;
pub mod figures;
pub mod first_run;
pub mod import;
pub mod inbox;
pub mod intake;
pub mod notices;
pub mod overdue;
pub mod people;
pub mod policies;
pub mod processes;
pub mod queue;
pub mod routines;
pub mod search;
pub mod settings;
pub mod sheet;
pub mod sign_in;
pub mod ticket;
