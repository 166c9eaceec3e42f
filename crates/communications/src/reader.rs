//! Readers: people whom a mail brought a story. The link in their mail is theirs alone: it names one delivery, so it holds in one
//! partnership and for one address, ends by itself, and can be ended. It signs nobody in and gives no role.

pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod finding;
mod link;
pub(crate) mod pages;
pub(crate) mod received;
pub(crate) mod store;

pub use finding::documents;
pub use link::Links;
pub(crate) use link::{DAYS, token};
