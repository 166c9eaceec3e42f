//! A real SMTP server on loopback whose behaviour is scripted: for tests and measurements, not for mail.

mod script;
mod serve;
mod store;

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use script::{Refusal, Script, Slip};
use store::Store;
pub use store::{Received, Totals};

/// A running server; it ends when this is dropped.
pub struct Sink {
    address: SocketAddr,
    store: Arc<Store>,
    script: watch::Sender<Arc<Script>>,
    listener: JoinHandle<()>,
}

impl Sink {
    /// Starts on a free port of the loopback address, inside the running tokio runtime.
    ///
    /// # Errors
    /// When no port can be opened.
    pub async fn start(script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let store = Arc::new(Store::default());
        let (sender, receiver) = watch::channel(Arc::new(script));
        let kept = Arc::clone(&store);
        let task = tokio::spawn(async move {
            loop {
                // A connection that could not be accepted is the client's to notice.
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                kept.count_connection();
                let (script, store, ended) = (
                    receiver.borrow().clone(),
                    Arc::clone(&kept),
                    receiver.clone(),
                );
                tokio::spawn(serve::serve(stream, script, store, ended));
            }
        });
        Ok(Self {
            address,
            store,
            script: sender,
            listener: task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as a client's URL, without TLS.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.address.port())
    }

    /// Behaves differently from the next connection on.
    pub fn change(&self, script: Script) {
        self.script.send_replace(Arc::new(script));
    }

    /// The messages accepted so far, in order of acceptance, as far as the script keeps them.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.store.received()
    }

    /// What was counted so far.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.store.totals()
    }

    /// Forgets messages and counts, and which senders were greylisted.
    pub fn clear(&self) {
        self.store.clear();
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listener.abort();
    }
}
