//! What people owe and ask about limits: statements, requests for more time, urgings, offers of a first receiver's place.
//!
//! The one thing to know: what is open is found by partial indexes, so no list of things to do grows with what is settled. Who may
//! see a row is decided in `yingda-app`.

pub mod extensions;
pub mod offers;
pub mod statements;
pub mod urges;
