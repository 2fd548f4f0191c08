//! What the API gives and takes, as shapes of its own: what the desk keeps may grow without a program seeing it by accident.
//!
//! One file per thing. Ids are in public form (`tkt_…`), instants RFC 3339 in UTC, names stand beside ids.

pub mod answer;
pub mod answerable;
pub mod clock;
pub mod duty;
pub mod figures;
pub mod form;
pub mod found;
pub mod handover;
pub mod notice;
pub mod people;
pub mod process;
pub mod requests;
pub mod routine;
pub mod sheet;
pub mod table;
pub mod talk;
pub mod ticket;
pub mod words;
