//! Deciding, from outside: bodies and seats, frameworks, proposals, votes, outcomes.

pub mod bodies;
mod frameworks;
mod meetings;
mod history;
mod interests;
mod opinions;
mod recount;
mod reports;
mod votes;
