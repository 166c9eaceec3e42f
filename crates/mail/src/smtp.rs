//! An SMTP client for single and bulk sending.
//!
//! One connection carries many messages. Where the server offers PIPELINING, the body of one message and the envelope of
//! the next go out in one write (RFC 2920), so a message costs one round trip instead of four.

mod auth;
mod batch;
mod connection;
mod outcome;
mod reply;
mod session;
mod tls;
mod url;
mod wire;

use std::time::Duration;

pub use outcome::{Outcome, SmtpError};
pub use reply::{EnhancedCode, Reply};
pub use session::{Relay, Session, send_one};
pub use url::{SmtpUrl, TlsMode, UrlError};

/// How long each kind of wait may take. RFC 5321 4.5.3.2 names the generous limits that the defaults keep to or stay below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Resolving and connecting.
    pub connect: Duration,
    /// The greeting, the TLS handshake, and every reply to a command.
    pub command: Duration,
    /// Writing a body, as long as nothing of it is taken.
    pub write: Duration,
    /// The reply to the final dot, when servers scan and store.
    pub delivery: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            command: Duration::from_secs(120),
            write: Duration::from_secs(180),
            delivery: Duration::from_secs(600),
        }
    }
}

/// What a session keeps to, apart from the address.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// See [`Timeouts`].
    pub timeouts: Timeouts,
    /// A new connection is made after so many messages.
    pub messages_per_connection: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeouts: Timeouts::default(),
            messages_per_connection: 1000,
        }
    }
}

#[cfg(test)]
mod tests;
