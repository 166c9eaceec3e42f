//! Deciding, from outside: bodies and seats, frameworks, proposals, votes, outcomes.

mod bodies;
mod frameworks;
mod meetings;
mod votes;
