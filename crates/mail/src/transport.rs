//! Where mail goes: a mail server, a folder, or memory. The rest of the project only sees a [`Mailer`].

mod folder;
mod memory;

use std::{io, path::Path, sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};

use crate::{
    message::Raw,
    smtp::{Options, Outcome, Relay, Session, SmtpUrl},
};
pub use folder::Folder;
pub use memory::Memory;

/// Tells the time, for the names of files in a mail folder.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;

/// A connection that was idle for longer is given up: servers close them after a few minutes.
const IDLE_AT_MOST: Duration = Duration::from_secs(60);

/// A way for mail to leave.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(Relay),
    /// Into a folder, one file a message.
    Folder(Folder),
    /// Into memory, for tests.
    Memory(Memory),
}

/// Sends mail. Cheap to clone; all clones share one idle connection for single messages.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    idle: Arc<Mutex<Option<(Session, Instant)>>>,
}

impl Mailer {
    /// Sends by this transport.
    #[must_use]
    pub fn new(transport: Transport) -> Self {
        Self {
            transport,
            idle: Arc::default(),
        }
    }

    /// Sends to a mail server; nothing is connected yet.
    #[must_use]
    pub fn smtp(url: SmtpUrl, options: Options) -> Self {
        Self::new(Transport::Smtp(Relay::new(url, options)))
    }

    /// Writes each message into a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(path: &Path, clock: Clock) -> io::Result<Self> {
        Ok(Self::new(Transport::Folder(Folder::open(path, clock)?)))
    }

    /// Keeps messages in memory, and gives the handle to look at them.
    #[must_use]
    pub fn memory() -> (Self, Memory) {
        let memory = Memory::default();
        (Self::new(Transport::Memory(memory.clone())), memory)
    }

    /// The transport behind this handle.
    #[must_use]
    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// Whether mail could leave now; for checks of the set-up.
    ///
    /// # Errors
    /// A sentence that says what stands in the way.
    pub async fn check(&self) -> Result<(), String> {
        match &self.transport {
            Transport::Smtp(relay) => {
                let mut session = relay.session();
                let connected = session.connect().await.map_err(|error| error.to_string());
                session.disconnect().await;
                connected
            }
            Transport::Folder(folder) => folder.check().map_err(|error| error.to_string()),
            Transport::Memory(_) => Ok(()),
        }
    }

    /// Sends one message, over a kept connection where there is one.
    pub async fn send(&self, raw: Raw) -> Outcome {
        match &self.transport {
            Transport::Smtp(relay) => {
                let kept = self
                    .idle
                    .lock()
                    .await
                    .take()
                    .filter(|(_, since)| since.elapsed() < IDLE_AT_MOST);
                let mut session = kept.map_or_else(|| relay.session(), |(session, _)| session);
                let outcome = session.send(raw).await;
                if session.is_connected() {
                    *self.idle.lock().await = Some((session, Instant::now()));
                }
                outcome
            }
            Transport::Folder(folder) => folder.write(raw).await,
            Transport::Memory(memory) => memory.take(raw),
        }
    }

    /// A way to send many messages: one for each worker.
    #[must_use]
    pub fn bulk(&self) -> Bulk {
        match &self.transport {
            Transport::Smtp(relay) => Bulk::Smtp(relay.session()),
            Transport::Folder(folder) => Bulk::Folder(folder.clone()),
            Transport::Memory(memory) => Bulk::Memory(memory.clone()),
        }
    }
}

/// One worker's way to send many messages.
pub enum Bulk {
    /// Over a connection of its own.
    Smtp(Session),
    /// Into a folder.
    Folder(Folder),
    /// Into memory.
    Memory(Memory),
}

impl Bulk {
    /// Sends messages one after another and reports what became of each, exactly once; see [`Session::send_batch`].
    pub async fn send_batch<I>(&mut self, messages: I, mut report: impl FnMut(usize, &Raw, Outcome))
    where
        I: IntoIterator<Item = Raw>,
    {
        match self {
            Self::Smtp(session) => session.send_batch(messages, report).await,
            Self::Folder(folder) => {
                for (index, raw) in messages.into_iter().enumerate() {
                    let outcome = folder.write(raw.clone()).await;
                    report(index, &raw, outcome);
                }
            }
            Self::Memory(memory) => {
                for (index, raw) in messages.into_iter().enumerate() {
                    let outcome = memory.take(raw.clone());
                    report(index, &raw, outcome);
                }
            }
        }
    }

    /// Ends the connection politely, if there is one.
    pub async fn close(mut self) {
        if let Self::Smtp(session) = &mut self {
            session.disconnect().await;
        }
    }
}

#[cfg(test)]
mod tests;
