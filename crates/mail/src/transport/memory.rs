//! Mail that stays in memory, for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    message::Raw,
    smtp::{Outcome, Reply},
};

#[derive(Default)]
struct Content {
    sent: Vec<Raw>,
    answer: Option<Outcome>,
}

/// Keeps what is sent. Cheap to clone; all clones see the same messages.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Content>>);

impl Memory {
    fn content(&self) -> MutexGuard<'_, Content> {
        // A test that panicked while it held the lock has not broken the list.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The messages taken so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Raw> {
        self.content().sent.clone()
    }

    /// Answers with this from now on, keeping nothing; `None` goes back to taking everything.
    pub fn answer_with(&self, answer: Option<Outcome>) {
        self.content().answer = answer;
    }

    pub(super) fn take(&self, raw: Raw) -> Outcome {
        let mut content = self.content();
        if let Some(answer) = &content.answer {
            return answer.clone();
        }
        content.sent.push(raw);
        Outcome::Delivered {
            reply: Reply {
                code: 250,
                enhanced: None,
                text: "kept in memory".to_owned(),
            },
        }
    }
}
