use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};

/// Bytes that are remembered of a body; fields behind a file that is larger are not kept.
const MOST: usize = 4 << 20;

/// Remembers the beginning of a request's body while it is read, and can read on when nobody else does.
pub(super) struct Tape(Rc<RefCell<Shared>>);

struct Shared {
    payload: Payload,
    heard: Vec<u8>,
}

struct Listening(Rc<RefCell<Shared>>);

impl Stream for Listening {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut shared = self.0.borrow_mut();
        let polled = Pin::new(&mut shared.payload).poll_next(cx);
        if let Poll::Ready(Some(Ok(bytes))) = &polled {
            let room = MOST.saturating_sub(shared.heard.len()).min(bytes.len());
            shared.heard.extend_from_slice(&bytes[..room]);
        }
        polled
    }
}

impl Tape {
    /// Listens to the body of a request from now on.
    pub fn attach(req: &mut ServiceRequest) -> Self {
        let shared = Rc::new(RefCell::new(Shared {
            payload: req.take_payload(),
            heard: Vec::new(),
        }));
        req.set_payload(Payload::Stream {
            payload: Box::pin(Listening(shared.clone())),
        });
        Self(shared)
    }

    /// What was heard, after the rest was listened to.
    pub async fn finish(self) -> Bytes {
        let mut rest = Listening(self.0.clone());
        while self.0.borrow().heard.len() < MOST {
            match rest.next().await {
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            }
        }
        Bytes::from(std::mem::take(&mut self.0.borrow_mut().heard))
    }
}
