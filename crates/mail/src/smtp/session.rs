//! Sessions: one worker's way to a mail server, over one connection at a time.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::{
    Options, Outcome, SmtpError, SmtpUrl, TlsMode,
    batch::{End, Source, run},
    connection::Connection,
    tls::Tls,
};
use crate::message::Raw;

/// A mail server with everything that its sessions share. Cheap to clone.
#[derive(Clone)]
pub struct Relay(Arc<Shared>);

struct Shared {
    url: SmtpUrl,
    options: Options,
    tls: OnceCell<Tls>,
}

impl Relay {
    /// A mail server; nothing is connected yet.
    #[must_use]
    pub fn new(url: SmtpUrl, options: Options) -> Self {
        Self(Arc::new(Shared {
            url,
            options,
            tls: OnceCell::new(),
        }))
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &SmtpUrl {
        &self.0.url
    }

    /// A new session, not connected yet.
    #[must_use]
    pub fn session(&self) -> Session {
        Session {
            relay: self.clone(),
            connection: None,
            carried: 0,
        }
    }

    async fn connect(&self) -> Result<Connection, SmtpError> {
        let shared = &*self.0;
        let tls = shared.tls.get_or_try_init(|| async {
            let extra_ca = shared.url.extra_ca.clone();
            if shared.url.tls == TlsMode::None {
                return Tls::without_system();
            }
            let loaded = tokio::task::spawn_blocking(move || Tls::load(extra_ca.as_deref())).await;
            loaded.unwrap_or_else(|error| Err(SmtpError::Tls(error.to_string())))
        });
        Connection::open(&shared.url, &shared.options, tls.await?).await
    }
}

/// One worker's connection to a mail server, made when first needed and kept for the next message.
pub struct Session {
    relay: Relay,
    connection: Option<Connection>,
    carried: usize,
}

impl Session {
    /// Connects now, to learn whether the settings are good.
    ///
    /// # Errors
    /// A [`SmtpError`] that says what stands in the way.
    pub async fn connect(&mut self) -> Result<(), SmtpError> {
        if self.connection.is_none() {
            self.connection = Some(self.relay.connect().await?);
            self.carried = 0;
        }
        Ok(())
    }

    /// Whether a connection is open, as far as is known.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// Sends messages one after another and reports what became of each, exactly once, as soon as it is known.
    ///
    /// `report` gets the message's place in the batch. When the connection breaks while a message is under way, the rest is
    /// reported as not sent, for the caller to try later. When it ends between two messages of which the first got its
    /// answer, as servers with a limit per connection do, it is made anew and sending goes on.
    pub async fn send_batch<I>(&mut self, messages: I, mut report: impl FnMut(usize, &Raw, Outcome))
    where
        I: IntoIterator<Item = Raw>,
    {
        let mut source = Source::new(messages.into_iter());
        let error = self.drive(&mut source, &mut report).await;
        if let Err(error) = error {
            tracing::warn!(server = %self.relay.url(), %error, "mail sending stopped");
            while let Some((index, raw)) = source.next() {
                report(index, &raw, Outcome::not_sent(&error));
            }
        }
    }

    async fn drive<I: Iterator<Item = Raw>>(
        &mut self,
        source: &mut Source<I>,
        report: &mut impl FnMut(usize, &Raw, Outcome),
    ) -> Result<(), SmtpError> {
        while !source.is_exhausted() {
            let budget = self.relay.0.options.messages_per_connection.max(1);
            if self.carried >= budget {
                self.disconnect().await;
            }
            self.connect().await?;
            // The line above left a connection.
            let Some(mut connection) = self.connection.take() else {
                continue;
            };
            let before = self.carried;
            let end = run(
                &mut connection,
                source,
                budget - before,
                &mut |index, raw, outcome| {
                    self.carried += 1;
                    report(index, raw, outcome);
                },
            )
            .await;
            match end {
                End::Exhausted => {
                    self.connection = Some(connection);
                    return Ok(());
                }
                End::Spent => self.connection = Some(connection),
                // Without a single answer on this connection, a new one would fare no better.
                End::LostBetween(_) if self.carried > 0 => self.carried = 0,
                End::LostBetween(error) | End::LostWithin(error) => {
                    self.carried = 0;
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Sends one message, over the open connection if there is one.
    pub async fn send(&mut self, raw: Raw) -> Outcome {
        let mut result = None;
        self.send_batch(std::iter::once(raw), |_, _, outcome| result = Some(outcome))
            .await;
        // A batch reports each message once; this only names the impossible.
        result.unwrap_or_else(|| Outcome::NotSent {
            reason: "the message was not dealt with".to_owned(),
            transient: true,
        })
    }

    /// Ends the connection politely, if there is one.
    pub async fn disconnect(&mut self) {
        self.carried = 0;
        if let Some(connection) = self.connection.take() {
            let limit = connection.timeouts.connect;
            connection.wire.close(limit).await;
        }
    }
}

/// Sends one message over a connection of its own.
pub async fn send_one(url: &SmtpUrl, options: Options, raw: Raw) -> Outcome {
    let mut session = Relay::new(url.clone(), options).session();
    let outcome = session.send(raw).await;
    session.disconnect().await;
    outcome
}
