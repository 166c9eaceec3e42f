//! Finding things by name and content, the same on both engines.
//!
//! Each domain says through [`Searchable`] what can be found of its objects and which permission may see it. The event log
//! tells what changed: [`Index::catch_up`] reads the events since the last time and describes their objects anew. A search
//! catches up first, so it finds what was written a moment ago; a schedule keeps the rest short. Events that touch very many
//! objects (an import, a renamed organization) name kinds to be read again, which a job does within seconds.
//!
//! Words are folded here rather than in the database (case, diacritics, ligatures), and ranked here, so that SQLite and
//! PostgreSQL find the same. Who may see what is decided when somebody searches, by their permissions at that moment.

mod document;
mod fold;
mod index;
mod query;
mod rank;
mod schema;
mod store;

pub use document::{Document, Searchable, Touched};
pub use fold::{fold, words};
pub use index::{CaughtUp, Index, weigh};
pub use query::{Found, Piece, Query};
