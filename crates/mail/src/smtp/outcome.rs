//! What became of one message, and why a connection could not go on.

use std::{fmt, io};

use super::Reply;

/// Why a connection could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// No connection: name unknown, refused, unreachable.
    #[error("the mail server cannot be reached: {0}")]
    Connect(io::Error),
    /// The connection broke.
    #[error("the connection to the mail server broke: {0}")]
    Lost(io::Error),
    /// A wait took too long; names what was waited for.
    #[error("the mail server took too long: {0}")]
    Timeout(&'static str),
    /// The server closed, or said that it will (421).
    #[error("the mail server closed the connection{}", .0.as_ref().map(|r| format!(": {r}")).unwrap_or_default())]
    Closed(Option<Reply>),
    /// The server answered something that SMTP does not have at this place.
    #[error("the mail server answered unexpectedly: {0}")]
    Protocol(String),
    /// The server refused the session: greeting, EHLO.
    #[error("the mail server refused the session: {0}")]
    Refused(Reply),
    /// User or password were not accepted.
    #[error("the mail server did not accept user and password: {0}")]
    Authentication(Reply),
    /// The server has no way to sign in that this client speaks.
    #[error("the mail server offers neither AUTH PLAIN nor AUTH LOGIN on this connection")]
    NoAuthentication,
    /// TLS is required, and the server does not offer it.
    #[error("the mail server does not offer STARTTLS, which tls=required asks for")]
    NoTls,
    /// The handshake failed, mostly because of the certificate.
    #[error("the encrypted connection to the mail server failed: {0}")]
    Tls(String),
}

impl SmtpError {
    /// Whether waiting may help. Wrong passwords and certificates need a person.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Connect(_)
            | Self::Lost(_)
            | Self::Timeout(_)
            | Self::Closed(_)
            | Self::Protocol(_) => true,
            Self::Refused(reply) | Self::Authentication(reply) => !reply.is_permanent(),
            Self::NoAuthentication | Self::NoTls | Self::Tls(_) => false,
        }
    }
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took the responsibility for the message.
    Delivered {
        /// Its words, often with a queue id.
        reply: Reply,
    },
    /// The server refused for now (4xx): try again later.
    Transient {
        /// Its words.
        reply: Reply,
    },
    /// The server refused for good (5xx), or the message can never be sent to this server.
    Permanent {
        /// Its words.
        reply: Reply,
    },
    /// The message was not handed over: its end never left this machine. Sending it again cannot double it.
    NotSent {
        /// What stood in the way.
        reason: String,
        /// Whether waiting may help; if not, a person has to change the settings.
        transient: bool,
    },
    /// The whole message left, but no answer came: it may have been accepted. A repeat must carry the same Message-ID.
    Unknown {
        /// What happened instead of an answer.
        reason: String,
    },
}

impl Outcome {
    /// The outcome that a final answer of the server means.
    #[must_use]
    pub fn of(reply: Reply) -> Self {
        match reply.code / 100 {
            2 => Self::Delivered { reply },
            5 => Self::Permanent { reply },
            _ => Self::Transient { reply },
        }
    }

    pub(super) fn not_sent(error: &SmtpError) -> Self {
        Self::NotSent {
            reason: error.to_string(),
            transient: error.is_transient(),
        }
    }

    /// Whether the server took the message.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered { .. })
    }

    /// The reply, where there was one.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Delivered { reply } | Self::Transient { reply } | Self::Permanent { reply } => {
                Some(reply)
            }
            Self::NotSent { .. } | Self::Unknown { .. } => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivered { reply } => write!(f, "delivered: {reply}"),
            Self::Transient { reply } => write!(f, "refused for now: {reply}"),
            Self::Permanent { reply } => write!(f, "refused: {reply}"),
            Self::NotSent { reason, .. } => write!(f, "not sent: {reason}"),
            Self::Unknown { reason } => write!(f, "sent, but not answered: {reason}"),
        }
    }
}
