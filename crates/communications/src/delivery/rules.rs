//! What an outcome means for a delivery: when it is tried again, and when it is given up.

use backbone_db::Instant;
use backbone_mail::Outcome;
use backbone_mail::smtp::Reply;

/// Seconds between a refusal and the next try, by the number of tries so far; the last one repeats.
const BACK_OFF: [i64; 6] = [300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600];
/// After so many seconds of refusals a delivery is given up (RFC 5321, section 4.5.4.1, asks for 4 to 5 days of a relay;
/// the relay behind us keeps its own queue, so three are enough here).
const GIVE_UP: i64 = 3 * 86_400;
/// A delivery that was under way when its connection broke goes behind the others, in case it is the cause.
const BEHIND: i64 = 60;

/// What becomes of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The mail server has it.
    Accepted {
        /// Its words.
        reply: String,
    },
    /// Tried again.
    Retry {
        /// When.
        at: Instant,
        /// What the server said.
        reply: String,
        /// Whether this counts as a try.
        counts: bool,
    },
    /// Given up.
    Failed {
        /// What the server said.
        reply: String,
        /// Whether the address itself is dead, so that nothing should be sent there any more.
        dead_address: bool,
    },
}

/// The next state of a delivery. `attempts` counts the tries before this one, `since` is when the campaign was sent, and
/// `under_way` says that the connection broke during this very message.
pub fn after(
    outcome: &Outcome,
    attempts: i32,
    since: Instant,
    under_way: bool,
    now: Instant,
) -> Next {
    match outcome {
        Outcome::Delivered { reply } => Next::Accepted {
            reply: reply.to_string(),
        },
        Outcome::Permanent { reply } => Next::Failed {
            reply: reply.to_string(),
            dead_address: is_dead_address(reply),
        },
        Outcome::Transient { reply } => retry_or_give_up(reply.to_string(), attempts, since, now),
        Outcome::Unknown { reason } => retry_or_give_up(reason.clone(), attempts, since, now),
        Outcome::NotSent { reason, .. } => Next::Retry {
            at: if under_way {
                now.plus_seconds(BEHIND)
            } else {
                now
            },
            reply: reason.clone(),
            counts: false,
        },
    }
}

fn retry_or_give_up(reply: String, attempts: i32, since: Instant, now: Instant) -> Next {
    if now.seconds_since(since) >= GIVE_UP {
        return Next::Failed {
            reply,
            dead_address: false,
        };
    }
    Next::Retry {
        at: now.plus_seconds(back_off(attempts)),
        reply,
        counts: true,
    }
}

/// Seconds until the next try after `attempts` earlier ones.
pub fn back_off(attempts: i32) -> i64 {
    let index = usize::try_from(attempts)
        .unwrap_or(0)
        .min(BACK_OFF.len() - 1);
    BACK_OFF[index]
}

/// Whether the reply says that the mailbox or its domain does not exist (RFC 3463, section 3.2). 5.1.7 and 5.1.8 are about
/// the sender's address and say nothing about the recipient.
fn is_dead_address(reply: &Reply) -> bool {
    reply.enhanced.is_some_and(|code| {
        code.class == 5 && code.subject == 1 && matches!(code.detail, 1 | 2 | 3 | 6 | 10)
    })
}

/// Seconds until the mail server is tried again after it could not be used `stumbles` times in a row. A wrong password or
/// certificate needs a person, so that the server need not be bothered often.
pub fn wait_for_server(stumbles: i32, transient: bool) -> i64 {
    if !transient {
        return 900;
    }
    match stumbles {
        ..=1 => 10,
        2 => 30,
        3 => 60,
        4 => 120,
        5 => 300,
        _ => 600,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backbone_mail::smtp::EnhancedCode;

    fn reply(code: u16, enhanced: Option<(u8, u16, u16)>) -> Reply {
        Reply {
            code,
            enhanced: enhanced.map(|(class, subject, detail)| EnhancedCode {
                class,
                subject,
                detail,
            }),
            text: "words".into(),
        }
    }

    #[test]
    fn refusals_wait_longer_and_longer_and_end_after_three_days() {
        let since = Instant::from_unix(1_000_000);
        let refused = Outcome::Transient {
            reply: reply(451, Some((4, 7, 1))),
        };
        for (attempts, seconds_since, expected) in [
            (0, 10, Some(300)),
            (1, 400, Some(900)),
            (2, 2000, Some(3600)),
            (5, 90_000, Some(43_200)),
            (40, 200_000, Some(43_200)),
            (9, GIVE_UP, None),
        ] {
            let now = since.plus_seconds(seconds_since);
            match after(&refused, attempts, since, false, now) {
                Next::Retry { at, counts, .. } => {
                    assert_eq!(Some(at.seconds_since(now)), expected);
                    assert!(counts);
                }
                Next::Failed { dead_address, .. } => {
                    assert_eq!(expected, None);
                    assert!(!dead_address, "a full mailbox is not a dead address");
                }
                Next::Accepted { .. } => panic!("a refusal is no acceptance"),
            }
        }
    }

    #[test]
    fn only_dead_recipients_are_dead() {
        for (code, enhanced, dead) in [
            (550, Some((5, 1, 1)), true),
            (550, Some((5, 1, 10)), true),
            (553, Some((5, 1, 3)), true),
            (550, Some((5, 1, 8)), false),
            (550, Some((5, 7, 1)), false),
            (552, Some((5, 2, 2)), false),
            (550, None, false),
        ] {
            let next = after(
                &Outcome::Permanent {
                    reply: reply(code, enhanced),
                },
                0,
                Instant::from_unix(0),
                false,
                Instant::from_unix(5),
            );
            let Next::Failed { dead_address, .. } = next else {
                panic!("{code} {enhanced:?} is for good");
            };
            assert_eq!(dead_address, dead, "{code} {enhanced:?}");
        }
    }

    #[test]
    fn what_never_left_is_tried_at_once_and_costs_no_attempt() {
        let now = Instant::from_unix(500);
        let outcome = Outcome::NotSent {
            reason: "broke".into(),
            transient: true,
        };
        for (under_way, at) in [(false, now), (true, now.plus_seconds(BEHIND))] {
            assert_eq!(
                after(&outcome, 3, Instant::from_unix(0), under_way, now),
                Next::Retry {
                    at,
                    reply: "broke".into(),
                    counts: false
                }
            );
        }
    }

    #[test]
    fn the_mail_server_is_asked_less_and_less_often() {
        let waits: Vec<i64> = (1..9).map(|n| wait_for_server(n, true)).collect();
        assert!(waits.is_sorted());
        assert_eq!((waits[0], waits[7]), (10, 600));
        assert_eq!(wait_for_server(1, false), 900);
    }
}
