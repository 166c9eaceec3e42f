//! The client against the sink: real sockets, scripted servers.

mod batches;
mod faults;
mod security;

use std::time::Duration;

use super::{Options, Outcome, Relay, Session, SmtpUrl, Timeouts};
use crate::{
    address::Address,
    message::{MessageId, Raw},
    sink::{Script, Sink},
};

/// Short where nothing should wait, so that a hanging test ends.
fn quick() -> Options {
    let second = Duration::from_secs(5);
    let timeouts = Timeouts {
        connect: second,
        command: second,
        write: second,
        delivery: second,
    };
    Options {
        timeouts,
        ..Options::default()
    }
}

fn session_to(sink: &Sink) -> Session {
    session(&sink.url(), quick())
}

fn session(url: &str, options: Options) -> Session {
    Relay::new(SmtpUrl::parse(url).expect("url"), options).session()
}

fn recipient(number: usize) -> String {
    format!("r{number}@example.com")
}

fn raw(number: usize) -> Raw {
    raw_with(
        number,
        &format!("Hello {number}\r\n.\r\n..two dots\r\nend\r\n"),
    )
}

fn raw_with(number: usize, body: &str) -> Raw {
    let id = format!("m{number}@example.org");
    Raw {
        envelope_from: Some(Address::parse("bounce@example.org").expect("address")),
        envelope_to: Address::parse(&recipient(number)).expect("address"),
        bytes: format!("Message-ID: <{id}>\r\nSubject: {number}\r\n\r\n{body}").into_bytes(),
        message_id: MessageId::parse(&id).expect("id"),
    }
}

/// What became of each of the messages 1 to `count`, in order.
async fn send(session: &mut Session, count: usize) -> Vec<Outcome> {
    let mut outcomes = vec![None; count];
    session
        .send_batch((1..=count).map(raw), |index, _, outcome| {
            assert!(
                outcomes[index].is_none(),
                "message {index} was reported twice"
            );
            outcomes[index] = Some(outcome);
        })
        .await;
    outcomes
        .into_iter()
        .map(|outcome| outcome.expect("every message is reported"))
        .collect()
}

/// One letter for each outcome, for tables.
fn letters(outcomes: &[Outcome]) -> String {
    let letter = |outcome: &Outcome| match outcome {
        Outcome::Delivered { .. } => 'd',
        Outcome::Transient { .. } => 't',
        Outcome::Permanent { .. } => 'p',
        Outcome::NotSent { .. } => 'n',
        Outcome::Unknown { .. } => 'u',
    };
    outcomes.iter().map(letter).collect()
}

fn ids(sink: &Sink) -> Vec<String> {
    sink.received()
        .into_iter()
        .map(|message| message.message_id)
        .collect()
}

async fn sink(script: Script) -> Sink {
    Sink::start(script).await.expect("a port")
}
