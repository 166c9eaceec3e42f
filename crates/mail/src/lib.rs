//! Mail: building messages, handing them to a mail server, and reading the local mailbox.
//!
//! Knows nothing of the database or of any other part of the project. See the README for the pieces and the traps.

pub mod address;
pub mod compile;
pub mod compose;
pub mod dkim;
pub mod mailbox;
pub mod message;
pub mod sink;
pub mod smtp;
pub mod transport;

pub use address::{Address, AddressError, Mailbox};
pub use message::{
    Attachment, Content, Email, InlineImage, MessageError, MessageId, Raw, Unsubscribe,
};
pub use smtp::{Outcome, SmtpUrl};
pub use transport::Mailer;
