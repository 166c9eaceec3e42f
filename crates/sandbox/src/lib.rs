//! Work that cannot be trusted runs in a child of the same binary.
//!
//! Parsing a spreadsheet, rendering a template that somebody wrote or typesetting a report can
//! overflow the stack or eat all memory inside well-kept libraries, and either ends the whole
//! process. Here it ends a child: the caller gets an ordinary, explained [`SandboxError`].
//!
//! The server side is [`Sandbox`]; the child side is [`child::serve`].

pub mod child;
mod error;
mod limits;
mod parent;
mod wire;

pub use error::SandboxError;
pub use limits::Limits;
pub use parent::Sandbox;
