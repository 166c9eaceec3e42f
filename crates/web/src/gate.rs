//! Who asks is settled before what they ask is judged.
//!
//! The framework reads all parts of a request at the same time and answers with the first that fails. A stranger would then learn
//! what is wrong with a body before being told that nobody without a right may send one. So the extractor that lets people in
//! closes a gate when it starts and opens it when it is done, and the extractors of bodies and headers wait there with bad news.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use actix_web::{HttpMessage, HttpRequest};

use crate::problem::Problem;

/// Closed from [`Gate::close`] until [`Gate::open`]; when letting in fails it stays closed and the request ends.
#[derive(Clone, Default)]
pub struct Gate(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    open: bool,
    waiting: Vec<Waker>,
}

impl Gate {
    /// Puts a gate before a request's other extractors.
    pub fn close(req: &HttpRequest) -> Self {
        let gate = Self::default();
        req.extensions_mut().insert(gate.clone());
        gate
    }

    /// Lets those who wait go on.
    pub fn open(&self) {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.open = true;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// What an extractor that fails only after the gate returns.
pub type Gated<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// Does `read`; when it fails, tells so only after the caller was let in. Requests without a gate are told at once.
pub fn gated<T: 'static>(
    req: &HttpRequest,
    read: impl Future<Output = Result<T, Problem>> + 'static,
) -> Gated<T> {
    let req = req.clone();
    Box::pin(async move {
        let outcome = read.await;
        if outcome.is_err() {
            passed(&req).await;
        }
        outcome
    })
}

async fn passed(req: &HttpRequest) {
    let gate = req.extensions().get::<Gate>().cloned();
    let Some(gate) = gate else {
        return;
    };
    poll_fn(|cx| {
        let mut state = gate.0.borrow_mut();
        if state.open {
            return Poll::Ready(());
        }
        state.waiting.push(cx.waker().clone());
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn bad() -> impl Future<Output = Result<(), Problem>> {
        std::future::ready(Err(Problem::bad_request("invalid-json")))
    }

    #[actix_web::test]
    async fn bad_news_waits_until_the_caller_is_let_in() {
        let req = TestRequest::default().to_http_request();
        let gate = Gate::close(&req);
        let mut news = gated(&req, bad());
        let early = poll_fn(|cx| Poll::Ready(news.as_mut().poll(cx).is_ready())).await;
        assert!(!early);
        gate.open();
        assert_eq!(news.await.unwrap_err().code, "invalid-json");
    }

    #[actix_web::test]
    async fn without_a_gate_nobody_waits() {
        let req = TestRequest::default().to_http_request();
        assert!(gated(&req, bad()).await.is_err());
    }
}
