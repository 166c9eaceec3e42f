//! What a sink does, and what it does wrong.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio_rustls::rustls::ServerConfig;

/// An answer in place of acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// 4xx or 5xx.
    pub code: u16,
    /// The text, mostly beginning with an enhanced code.
    pub text: String,
}

impl Refusal {
    /// A refusal with this code and text.
    #[must_use]
    pub fn new(code: u16, text: &str) -> Self {
        Self {
            code,
            text: text.to_owned(),
        }
    }
}

/// How a connection goes wrong, counted in messages of that connection from 1 on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Closes after reading the beginning of this message's body.
    DropWithin(usize),
    /// Closes after this message's final dot: without storing it, without answering.
    DropAfterDot(usize),
    /// As before, but the message was stored: the case in which a repeat doubles.
    KeepThenDrop(usize),
    /// Answers 421 to the envelope that follows this message, and closes.
    CloseAfter(usize),
    /// Never answers to this message.
    Silent(usize),
    /// Answers to the final dot of this message with these words.
    AnswerDot(usize, Refusal),
}

/// The behaviour of a sink.
#[derive(Debug, Clone)]
pub struct Script {
    /// Offer PIPELINING.
    pub pipelining: bool,
    /// Offer 8BITMIME.
    pub eight_bit: bool,
    /// Offer SIZE, and keep to it.
    pub size: Option<usize>,
    /// The server's certificate: offers STARTTLS, or with `implicit_tls` speaks TLS from the first byte on.
    pub tls: Option<Arc<ServerConfig>>,
    /// TLS from the first byte on.
    pub implicit_tls: bool,
    /// Demand this user and password, offering these ways (`PLAIN`, `LOGIN`).
    pub auth: Option<(String, String)>,
    /// The ways to sign in.
    pub auth_ways: Vec<String>,
    /// Wait before each group of replies: a round trip to a far server.
    pub delay: Duration,
    /// Greet with this instead of 220.
    pub greeting: Option<Refusal>,
    /// Recipients that are refused.
    pub refuse: HashMap<String, Refusal>,
    /// Accept DATA although the only recipient was refused, as some servers do.
    pub open_after_refusal: bool,
    /// Refuse each pair of sender and recipient once with 451.
    pub greylist: bool,
    /// What goes wrong.
    pub slip: Option<Slip>,
    /// Keep whole messages; otherwise only envelope, message id and size.
    pub keep_bytes: bool,
    /// Keep nothing of a message but the counts.
    pub count_only: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            pipelining: true,
            eight_bit: true,
            size: None,
            tls: None,
            implicit_tls: false,
            auth: None,
            auth_ways: vec!["PLAIN".to_owned(), "LOGIN".to_owned()],
            delay: Duration::ZERO,
            greeting: None,
            refuse: HashMap::new(),
            open_after_refusal: false,
            greylist: false,
            slip: None,
            keep_bytes: true,
            count_only: false,
        }
    }
}

impl Script {
    /// Refuses this recipient.
    #[must_use]
    pub fn refusing(mut self, recipient: &str, code: u16, text: &str) -> Self {
        self.refuse
            .insert(recipient.to_owned(), Refusal::new(code, text));
        self
    }
}
