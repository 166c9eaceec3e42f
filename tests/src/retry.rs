//! A caller that does as the API guide says: it sends a request with a key, and sends it again until it is answered.

use std::time::Duration;

use serde_json::Value;

use crate::client::{Client, Response};

/// How one request went, until it was acknowledged.
#[derive(Debug, Default)]
pub struct Story {
    /// Answers that asked to come again.
    pub refused: Vec<Response>,
    /// Times that no answer came.
    pub silent: usize,
}

/// Sends a POST until it is answered with 201, or until `stop` says so; gives the answer.
///
/// # Panics
/// When it is answered with anything else than 201 or 503, or when an answer takes a minute.
pub fn until_acknowledged(
    client: impl Fn() -> Client,
    path: &str,
    key: &str,
    body: &Value,
    stop: impl Fn() -> bool,
) -> (Option<Response>, Story) {
    let mut story = Story::default();
    loop {
        match client()
            .request("POST", path)
            .key(key)
            .json(body)
            .try_send()
        {
            Ok(answer) if answer.status == 201 => return (Some(answer), story),
            Ok(answer) if answer.status == 503 => story.refused.push(answer),
            Ok(answer) => panic!("{key}: {} {}", answer.status, answer.text()),
            Err(_) => story.silent += 1,
        }
        if stop() {
            return (None, story);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
