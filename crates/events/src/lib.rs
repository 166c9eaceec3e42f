//! The append-only log of what happened, the links between objects, and the trace that walks them.
//!
//! Every write of every domain appends its event here in the same transaction. Events of a partnership form a chain of
//! hashes, so that a later change to one is found by [`verify`].

mod append;
mod event;
mod link;
mod schema;
mod store;
mod trace;
mod verify;

pub use append::append;
pub use event::{ActorKind, By, Event, EventId, NewEvent, Object};
pub use link::{Link, link, links_from, links_to, unlink};
pub use store::{
    from_moment, happened, head_seq, heads, kinds_of, of_object, partnerships, recent, since, state,
};
pub use trace::{Audience, Describe, Direction, Fact, Node, Trace, Tracer};
pub use verify::{Broken, verify};
