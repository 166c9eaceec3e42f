use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use backbone_db::{Db, DbError};
use tokio::sync::{broadcast, watch};

use super::{Topic, Topics};

/// How often the marks are looked at.
const LOOK: Duration = Duration::from_millis(400);
/// Open streams of one person on one node at most.
const PER_PERSON: usize = 16;
/// Changes that a slow watcher may be behind; beyond that it is told that anything may have changed.
const BEHIND: usize = 256;

/// A topic of a partnership.
type Key = (String, Topic);

/// One node's watchers, and what they watch.
pub struct Hub {
    changes: broadcast::Sender<Key>,
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    watched: HashMap<Key, Entry>,
    streams: HashMap<String, usize>,
    looking: bool,
}

struct Entry {
    watchers: usize,
    mark: String,
}

/// Why somebody cannot watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Too many streams of this person are open.
    TooMany,
    /// The server is stopping.
    Stopping,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(BEHIND).0,
            state: Mutex::default(),
            closed: watch::Sender::new(false),
        }
    }
}

impl Hub {
    /// Ends every stream, so that a server that stops need not wait for them.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Watches topics of a partnership for a person. `marks` are the topics with the marks that the watcher knows.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn watch(
        self: &Arc<Self>,
        db: &Db,
        topics: &Topics,
        partnership: &str,
        person: &str,
        marks: Vec<(Topic, String)>,
    ) -> Result<Watch, Refused> {
        if *self.closed.borrow() {
            return Err(Refused::Stopping);
        }
        let changes = self.changes.subscribe();
        let mut state = self.state();
        let open = state.streams.entry(person.to_string()).or_default();
        if *open >= PER_PERSON {
            return Err(Refused::TooMany);
        }
        *open += 1;
        let mut keys = Vec::new();
        for (topic, mark) in marks {
            let key = (partnership.to_string(), topic);
            state
                .watched
                .entry(key.clone())
                .or_insert(Entry { watchers: 0, mark })
                .watchers += 1;
            keys.push(key);
        }
        if !state.looking {
            state.looking = true;
            tokio::spawn(self.clone().look(db.clone(), topics.clone()));
        }
        drop(state);
        Ok(Watch {
            hub: self.clone(),
            person: person.to_string(),
            keys,
            changes,
            closed: self.closed.subscribe(),
        })
    }

    /// Looks until nobody watches any more.
    async fn look(self: Arc<Self>, db: Db, topics: Topics) {
        let mut every = tokio::time::interval(LOOK);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            let keys: Vec<Key> = {
                let mut state = self.state();
                if state.watched.is_empty() {
                    state.looking = false;
                    return;
                }
                state.watched.keys().cloned().collect()
            };
            let topics = topics.clone();
            let marks = db
                .read(move |conn| {
                    let mut marks = Vec::with_capacity(keys.len());
                    for (partnership, topic) in keys {
                        let mark = topics.mark(conn, &partnership, &topic)?;
                        marks.push(((partnership, topic), mark));
                    }
                    Ok::<_, DbError>(marks)
                })
                .await;
            match marks {
                Ok(marks) => self.tell(marks),
                Err(error) => {
                    tracing::warn!(%error, "live pages wait: the database cannot be looked at")
                }
            }
        }
    }

    fn tell(&self, marks: Vec<(Key, String)>) {
        let mut state = self.state();
        for (key, mark) in marks {
            let Some(entry) = state.watched.get_mut(&key) else {
                continue;
            };
            if entry.mark != mark {
                entry.mark = mark;
                // Nobody may be listening any more; then there is nobody to tell.
                drop(self.changes.send(key));
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One watcher; it stops watching when dropped.
pub struct Watch {
    hub: Arc<Hub>,
    person: String,
    keys: Vec<Key>,
    changes: broadcast::Receiver<Key>,
    closed: watch::Receiver<bool>,
}

impl Watch {
    /// Waits for a change; `None` when the server stops. A watcher that was too slow is told of all its topics.
    pub async fn next(&mut self) -> Option<Vec<Topic>> {
        loop {
            let got = tokio::select! {
                _ = self.closed.wait_for(|closed| *closed) => return None,
                got = self.changes.recv() => got,
            };
            match got {
                Ok(key) if self.keys.contains(&key) => return Some(vec![key.1]),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(self.keys.iter().map(|(_, topic)| topic.clone()).collect());
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut state = self.hub.state();
        for key in &self.keys {
            if let Some(entry) = state.watched.get_mut(key) {
                entry.watchers -= 1;
                if entry.watchers == 0 {
                    state.watched.remove(key);
                }
            }
        }
        if let Some(open) = state.streams.get_mut(&self.person) {
            *open -= 1;
            if *open == 0 {
                state.streams.remove(&self.person);
            }
        }
    }
}
