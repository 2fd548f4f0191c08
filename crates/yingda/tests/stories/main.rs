//! The stories: people at browsers before the built desk, on both engines, from the first run to the month's figures.
//!
//! The one thing to know: nothing here knows the API or the database. People press what stands on the page and wait for what
//! they expect to see; pictures of key screens are left in `target/story-screenshots`.

mod first_run;
mod s01;
mod s02;
mod s03;
mod stage;
mod together;
