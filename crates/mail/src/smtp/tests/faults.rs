use super::*;
use crate::sink::{Refusal, Slip};

/// Outcomes of five messages, and which of them the server has.
async fn five(script: Script) -> (String, usize, Vec<Outcome>) {
    let sink = sink(script).await;
    let outcomes = send(&mut session_to(&sink), 5).await;
    (letters(&outcomes), sink.totals().messages, outcomes)
}

#[tokio::test]
async fn a_dropped_connection_leaves_at_most_the_message_under_way_in_doubt() {
    let table = [
        // Dropped with nothing stored: the third is in doubt, because its end had left.
        (Slip::DropAfterDot(3), "ddunn", 2),
        // Dropped after storing: the same from outside, and the reason why the doubt is named.
        (Slip::KeepThenDrop(3), "ddunn", 3),
        // The body was small: all of it had left when the server went.
        (Slip::DropWithin(3), "ddunn", 2),
        (Slip::KeepThenDrop(1), "unnnn", 1),
    ];
    for (slip, expected, stored) in table {
        for pipelining in [true, false] {
            let (got, kept, outcomes) = five(Script {
                pipelining,
                slip: Some(slip.clone()),
                ..Script::default()
            })
            .await;
            assert_eq!(
                (got.as_str(), kept),
                (expected, stored),
                "{slip:?} {pipelining}: {outcomes:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_cut_off_before_its_end_is_known_as_not_sent() {
    let sink = sink(Script {
        slip: Some(Slip::DropWithin(1)),
        ..Script::default()
    })
    .await;
    // Far more than the buffers between both ends hold.
    let large = raw_with(1, &"a long line of text that goes on\r\n".repeat(2_000_000));
    let outcome = session_to(&sink).send(large).await;
    assert!(
        matches!(
            outcome,
            Outcome::NotSent {
                transient: true,
                ..
            }
        ),
        "{outcome}"
    );
    assert_eq!(sink.totals().messages, 0);
}

#[tokio::test]
async fn a_server_with_a_limit_per_connection_gets_a_new_connection() {
    for pipelining in [true, false] {
        let sink = sink(Script {
            pipelining,
            slip: Some(Slip::CloseAfter(2)),
            ..Script::default()
        })
        .await;
        let outcomes = send(&mut session_to(&sink), 5).await;
        assert_eq!(letters(&outcomes), "ddddd", "{outcomes:?}");
        assert_eq!(sink.totals().connections, 3);
    }
}

#[tokio::test]
async fn answers_to_the_final_dot_count() {
    let table = [
        (Refusal::new(451, "4.3.0 disk"), "dtddd"),
        (Refusal::new(554, "5.7.1 spam"), "dpddd"),
        // 421 ends the connection: a refusal for now, and a new connection whose second message fares alike.
        (Refusal::new(421, "4.3.2 going down"), "dtdtd"),
    ];
    for (refusal, expected) in table {
        let (got, _, outcomes) = five(Script {
            slip: Some(Slip::AnswerDot(2, refusal)),
            ..Script::default()
        })
        .await;
        assert_eq!(got, expected, "{outcomes:?}");
    }
}

#[tokio::test]
async fn a_silent_server_is_left_after_the_time_limit() {
    let sink = sink(Script {
        slip: Some(Slip::Silent(2)),
        ..Script::default()
    })
    .await;
    let mut options = quick();
    options.timeouts.delivery = Duration::from_millis(100);
    let outcomes = send(&mut session(&sink.url(), options), 4).await;
    assert_eq!(letters(&outcomes), "dunn", "{outcomes:?}");
    assert!(outcomes[1].to_string().contains("too long"));

    let slow = self::sink(Script {
        delay: Duration::from_secs(30),
        ..Script::default()
    })
    .await;
    options.timeouts.command = Duration::from_millis(100);
    let outcomes = send(&mut session(&slow.url(), options), 2).await;
    assert_eq!(letters(&outcomes), "nn", "{outcomes:?}");
    assert!(
        outcomes[0].to_string().contains("greeting"),
        "{}",
        outcomes[0]
    );
}

#[tokio::test]
async fn no_server_and_unwilling_servers_are_named() {
    let port = {
        let gone = sink(Script::default()).await;
        gone.address().port()
    };
    // The listener's task ends soon after its sink was dropped.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let outcomes = send(
        &mut session(&format!("smtp://127.0.0.1:{port}"), quick()),
        2,
    )
    .await;
    assert_eq!(letters(&outcomes), "nn");
    assert!(
        outcomes[0].to_string().contains("cannot be reached"),
        "{}",
        outcomes[0]
    );

    let script = Script {
        greeting: Some(Refusal::new(554, "5.7.1 not you")),
        ..Script::default()
    };
    let unwilling = sink(script).await;
    let outcome = session_to(&unwilling).send(raw(1)).await;
    assert!(
        matches!(&outcome, Outcome::NotSent { transient: false, reason } if reason.contains("not you")),
        "{outcome}"
    );
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_meanwhile_is_made_anew() {
    let sink = sink(Script {
        slip: Some(Slip::CloseAfter(1)),
        ..Script::default()
    })
    .await;
    let mut session = session_to(&sink);
    for number in 1..=3 {
        let outcome = session.send(raw(number)).await;
        assert!(outcome.is_delivered(), "{outcome}");
    }
    assert_eq!(sink.totals().connections, 3);
}

#[tokio::test]
async fn a_server_that_went_away_leaves_the_message_unsent() {
    let sink = sink(Script::default()).await;
    let mut session = session_to(&sink);
    assert!(session.send(raw(1)).await.is_delivered());
    drop(sink);
    // Connections and listener end with the sink, a moment later.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let outcome = session.send(raw(2)).await;
    assert!(
        matches!(
            outcome,
            Outcome::NotSent {
                transient: true,
                ..
            }
        ),
        "{outcome}"
    );
}
