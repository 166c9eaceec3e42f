//! The conversation that hands over messages on one connection.

use super::{
    Outcome, Reply, SmtpError,
    connection::Connection,
    reply::EnhancedCode,
    wire::{BrokenWrite, append_stuffed},
};
use crate::message::Raw;

/// Messages still to be sent, with their place in the batch.
pub(super) struct Source<I> {
    messages: I,
    next_index: usize,
    returned: Option<(usize, Raw)>,
}

impl<I: Iterator<Item = Raw>> Source<I> {
    pub(super) fn new(messages: I) -> Self {
        Self {
            messages,
            next_index: 0,
            returned: None,
        }
    }

    pub(super) fn next(&mut self) -> Option<(usize, Raw)> {
        if let Some(returned) = self.returned.take() {
            return Some(returned);
        }
        let raw = self.messages.next()?;
        self.next_index += 1;
        Some((self.next_index - 1, raw))
    }

    /// Whether there is nothing left to send.
    pub(super) fn is_exhausted(&mut self) -> bool {
        let next = self.next();
        self.put_back(next);
        self.returned.is_none()
    }

    /// Takes back a message of which nothing but the envelope was sent.
    fn put_back(&mut self, message: Option<(usize, Raw)>) {
        if let Some(message) = message {
            self.returned = Some(message);
        }
    }
}

/// Why a run on one connection ended.
pub(super) enum End {
    /// No message is left.
    Exhausted,
    /// This connection has carried as many messages as it may; it is still good.
    Spent,
    /// The connection is gone, between two messages: none is in doubt.
    LostBetween(SmtpError),
    /// The connection is gone, or of no use, and going on at once would do harm.
    LostWithin(SmtpError),
}

/// How a server answered to an envelope.
enum Verdict {
    /// Send the body.
    Go,
    /// Refused, but the server waits for a body nevertheless: give it an empty one.
    RefusedOpen(Reply),
    /// Refused.
    Refused(Reply),
}

/// Hands over messages until there is none, `budget` are done, or the connection ends.
///
/// `report` is called once for each message that was dealt with. A message of which only the envelope was sent goes back
/// to the source.
pub(super) async fn run<I: Iterator<Item = Raw>>(
    connection: &mut Connection,
    source: &mut Source<I>,
    mut budget: usize,
    report: &mut impl FnMut(usize, &Raw, Outcome),
) -> End {
    let pipelining = connection.offers().pipelining;
    let Some(mut current) = sendable(connection, source, report) else {
        return End::Exhausted;
    };
    if pipelining {
        let opening = envelope(connection, &current.1).concat();
        if let Err(broken) = connection
            .wire
            .write(opening.as_bytes(), connection.timeouts.command)
            .await
        {
            source.put_back(Some(current));
            return lost_between(broken.error);
        }
    }
    loop {
        let verdict = if pipelining {
            hear(connection).await
        } else {
            ask(connection, &current.1).await
        };
        let verdict = match verdict {
            Ok(verdict) => verdict,
            Err(error) => {
                source.put_back(Some(current));
                return lost_between(error);
            }
        };
        budget = budget.saturating_sub(1);
        let mut out = Vec::new();
        match &verdict {
            Verdict::Go => append_stuffed(&mut out, &current.1.bytes),
            Verdict::RefusedOpen(_) => out.extend_from_slice(b".\r\n"),
            Verdict::Refused(_) => out.extend_from_slice(b"RSET\r\n"),
        }
        let end_of_current = out.len();
        let next = if budget > 0 {
            sendable(connection, source, report)
        } else {
            None
        };
        if let (true, Some((_, next))) = (pipelining, &next) {
            out.extend(envelope(connection, next).concat().bytes());
        }
        let written = connection.wire.write(&out, connection.timeouts.write).await;
        let (outcome, lost) = conclude(connection, verdict, written, end_of_current).await;
        report(current.0, &current.1, outcome);
        if let Some(end) = lost {
            source.put_back(next);
            return end;
        }
        match next {
            Some(next) => current = next,
            None if budget == 0 => return End::Spent,
            None => return End::Exhausted,
        }
    }
}

fn lost_between(error: SmtpError) -> End {
    match error {
        SmtpError::Closed(_) | SmtpError::Lost(_) => End::LostBetween(error),
        _ => End::LostWithin(error),
    }
}

/// The outcome of the current message, and whether the connection is gone.
async fn conclude(
    connection: &mut Connection,
    verdict: Verdict,
    written: Result<(), BrokenWrite>,
    end_of_current: usize,
) -> (Outcome, Option<End>) {
    let refusal = match verdict {
        Verdict::Go => None,
        Verdict::RefusedOpen(reply) | Verdict::Refused(reply) => Some(Outcome::of(reply)),
    };
    if let Err(BrokenWrite {
        may_have_left,
        error,
    }) = written
    {
        return match refusal {
            Some(outcome) => (outcome, Some(lost_between(error))),
            None if may_have_left < end_of_current => {
                (Outcome::not_sent(&error), Some(End::LostWithin(error)))
            }
            None => (
                Outcome::Unknown {
                    reason: error.to_string(),
                },
                Some(End::LostWithin(error)),
            ),
        };
    }
    if let Some(outcome) = refusal {
        // Whatever the server says to RSET or to the empty body: the refusal stands.
        let lost = connection
            .reply("the answer to RSET")
            .await
            .err()
            .map(lost_between);
        return (outcome, lost);
    }
    match connection
        .wire
        .reply(connection.timeouts.delivery, "the answer to a message")
        .await
    {
        Ok(reply) if reply.code == 421 => {
            let lost = End::LostBetween(SmtpError::Closed(Some(reply.clone())));
            (Outcome::of(reply), Some(lost))
        }
        Ok(reply) if reply.is_positive() || reply.code >= 400 => (Outcome::of(reply), None),
        Ok(reply) => {
            let error = SmtpError::Protocol(reply.to_string());
            (
                Outcome::Unknown {
                    reason: error.to_string(),
                },
                Some(End::LostWithin(error)),
            )
        }
        Err(error) => (
            Outcome::Unknown {
                reason: error.to_string(),
            },
            Some(End::LostWithin(error)),
        ),
    }
}

/// The next message that this server can take; those that it never can are reported on the way.
fn sendable<I: Iterator<Item = Raw>>(
    connection: &Connection,
    source: &mut Source<I>,
    report: &mut impl FnMut(usize, &Raw, Outcome),
) -> Option<(usize, Raw)> {
    loop {
        let (index, raw) = source.next()?;
        match unsendable(connection, &raw) {
            None => return Some((index, raw)),
            Some(reply) => report(index, &raw, Outcome::Permanent { reply }),
        }
    }
}

/// The refusal that the server would give, where its offers already tell.
fn unsendable(connection: &Connection, raw: &Raw) -> Option<Reply> {
    let offers = connection.offers();
    let refuse = |code, subject, detail, text: String| {
        Some(Reply {
            code,
            enhanced: Some(EnhancedCode {
                class: 5,
                subject,
                detail,
            }),
            text,
        })
    };
    let size = raw.bytes.len();
    if let Some(limit) = offers.size.filter(|limit| size as u64 > *limit) {
        return refuse(
            552,
            3,
            4,
            format!("the message has {size} bytes; the mail server takes {limit}"),
        );
    }
    if !offers.eight_bit && !raw.bytes.is_ascii() {
        return refuse(
            554,
            6,
            3,
            "the message is not ASCII, and the mail server does not offer 8BITMIME".to_owned(),
        );
    }
    None
}

/// The three commands before a body.
fn envelope(connection: &Connection, raw: &Raw) -> [String; 3] {
    let offers = connection.offers();
    let from = raw
        .envelope_from
        .as_ref()
        .map_or("", |address| address.as_str());
    let mut mail = format!("MAIL FROM:<{from}>");
    if offers.names_size {
        mail.push_str(&format!(" SIZE={}", raw.bytes.len()));
    }
    if offers.eight_bit && !raw.bytes.is_ascii() {
        mail.push_str(" BODY=8BITMIME");
    }
    mail.push_str("\r\n");
    [
        mail,
        format!("RCPT TO:<{}>\r\n", raw.envelope_to),
        "DATA\r\n".to_owned(),
    ]
}

/// Reads the three answers to an envelope that is already on its way.
async fn hear(connection: &mut Connection) -> Result<Verdict, SmtpError> {
    let mail = connection.reply("the answer to MAIL").await?;
    let rcpt = connection.reply("the answer to RCPT").await?;
    let data = connection.reply("the answer to DATA").await?;
    let refusal = [mail, rcpt].into_iter().find(|reply| !reply.is_positive());
    Ok(match (refusal, data) {
        (None, data) if data.code == 354 => Verdict::Go,
        (None, data) => Verdict::Refused(refusing(data)?),
        (Some(reply), data) if data.code == 354 => Verdict::RefusedOpen(refusing(reply)?),
        (Some(reply), _) => Verdict::Refused(refusing(reply)?),
    })
}

/// Sends the three commands one by one.
async fn ask(connection: &mut Connection, raw: &Raw) -> Result<Verdict, SmtpError> {
    let [mail, rcpt, data] = envelope(connection, raw);
    for (command, what) in [(mail, "the answer to MAIL"), (rcpt, "the answer to RCPT")] {
        let reply = connection.command(&command, what).await?;
        if !reply.is_positive() {
            return Ok(Verdict::Refused(refusing(reply)?));
        }
    }
    let reply = connection.command(&data, "the answer to DATA").await?;
    if reply.code == 354 {
        Ok(Verdict::Go)
    } else {
        Ok(Verdict::Refused(refusing(reply)?))
    }
}

/// An answer that refuses must be 4xx or 5xx: anything else means that client and server are out of step.
fn refusing(reply: Reply) -> Result<Reply, SmtpError> {
    if reply.code >= 400 {
        Ok(reply)
    } else {
        Err(SmtpError::Protocol(reply.to_string()))
    }
}
