//! Ids, tickets, people, access decisions: pure data and rules.
