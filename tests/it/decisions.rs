//! Deciding, from outside: bodies and seats, frameworks, proposals, votes, outcomes.

pub mod bodies;
mod frameworks;
mod history;
mod interests;
mod meetings;
mod opinions;
mod recount;
mod reports;
mod votes;
