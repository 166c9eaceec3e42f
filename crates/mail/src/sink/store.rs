//! What a sink remembers.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// One accepted message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Which connection, counted from 1 on.
    pub connection: usize,
    /// Envelope sender, empty for `<>`.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// From the header, without angle brackets; empty when there is none.
    pub message_id: String,
    /// Of the message without dot-stuffing and final dot.
    pub size: usize,
    /// The message, when the script keeps it.
    pub bytes: Vec<u8>,
    /// Whether the connection was encrypted.
    pub encrypted: bool,
}

/// What a sink counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Connections made.
    pub connections: usize,
    /// Messages accepted.
    pub messages: usize,
    /// Bytes of accepted messages.
    pub bytes: u64,
    /// Recipients refused.
    pub refusals: usize,
    /// Writes to clients: with pipelining about one a message, without it four.
    pub answers: usize,
}

#[derive(Default)]
struct Memory {
    received: Vec<Received>,
    totals: Totals,
    greylisted: HashSet<(String, String)>,
}

#[derive(Default)]
pub(super) struct Store(Mutex<Memory>);

impl Store {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        // The counts stay usable if a test thread panicked while it held them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn count_connection(&self) {
        self.memory().totals.connections += 1;
    }

    pub(super) fn count_answer(&self) {
        self.memory().totals.answers += 1;
    }

    pub(super) fn count_refusal(&self) {
        self.memory().totals.refusals += 1;
    }

    pub(super) fn add(&self, message: Option<Received>, size: usize) {
        let mut memory = self.memory();
        memory.totals.messages += 1;
        memory.totals.bytes += size as u64;
        memory.received.extend(message);
    }

    /// Whether this pair comes for the first time.
    pub(super) fn is_new_pair(&self, from: &str, to: &str) -> bool {
        self.memory()
            .greylisted
            .insert((from.to_owned(), to.to_owned()))
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.memory().received.clone()
    }

    pub(super) fn totals(&self) -> Totals {
        self.memory().totals
    }

    pub(super) fn clear(&self) {
        *self.memory() = Memory::default();
    }
}
