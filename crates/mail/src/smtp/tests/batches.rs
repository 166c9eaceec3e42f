use super::*;

#[tokio::test]
async fn a_batch_arrives_whole_and_in_order_with_and_without_pipelining() {
    for pipelining in [true, false] {
        let sink = sink(Script {
            pipelining,
            ..Script::default()
        })
        .await;
        let mut session = session_to(&sink);
        let outcomes = send(&mut session, 40).await;
        assert_eq!(letters(&outcomes), "d".repeat(40));
        let received = sink.received();
        for (index, message) in received.iter().enumerate() {
            let expected = raw(index + 1);
            assert_eq!(message.bytes, expected.bytes, "dots and line ends survive");
            assert_eq!(message.to, [recipient(index + 1)]);
            assert_eq!(message.from, "bounce@example.org");
        }
        assert_eq!(received.len(), 40);
        let totals = sink.totals();
        assert_eq!(totals.connections, 1);
        let expected = if pipelining { 40 + 3 } else { 40 * 4 + 2 };
        assert!(
            totals.answers <= expected,
            "{} answers, pipelining {pipelining}",
            totals.answers
        );
        assert_eq!(
            outcomes[0]
                .reply()
                .and_then(|r| r.enhanced)
                .map(|e| e.to_string())
                .as_deref(),
            Some("2.0.0")
        );
        session.disconnect().await;
    }
}

#[tokio::test]
async fn refused_recipients_do_not_disturb_the_others() {
    for pipelining in [true, false] {
        for open_after_refusal in [true, false] {
            let script = Script {
                pipelining,
                open_after_refusal,
                ..Script::default()
            }
            .refusing(&recipient(2), 550, "5.1.1 no such user")
            .refusing(&recipient(3), 452, "4.2.2 mailbox full")
            .refusing(&recipient(6), 550, "5.1.1 no such user");
            let sink = sink(script).await;
            let outcomes = send(&mut session_to(&sink), 6).await;
            assert_eq!(
                letters(&outcomes),
                "dptddp",
                "pipelining {pipelining}, open {open_after_refusal}"
            );
            assert_eq!(
                ids(&sink),
                ["m1@example.org", "m4@example.org", "m5@example.org"]
            );
            let reply = outcomes[1].reply().expect("reply");
            assert_eq!((reply.code, reply.text.as_str()), (550, "no such user"));
        }
    }
}

#[tokio::test]
async fn greylisting_refuses_for_now_and_accepts_the_repeat() {
    let sink = sink(Script {
        greylist: true,
        ..Script::default()
    })
    .await;
    let mut session = session_to(&sink);
    assert_eq!(letters(&send(&mut session, 3).await), "ttt");
    assert_eq!(letters(&send(&mut session, 3).await), "ddd");
    assert_eq!(sink.totals().connections, 1, "the connection is kept");
}

#[tokio::test]
async fn a_connection_carries_no_more_than_it_may() {
    let sink = sink(Script::default()).await;
    let mut session = session(
        &sink.url(),
        Options {
            messages_per_connection: 4,
            ..quick()
        },
    );
    assert_eq!(letters(&send(&mut session, 10).await), "dddddddddd");
    assert_eq!(sink.totals().connections, 3);
    assert_eq!(sink.totals().messages, 10);
    assert_eq!(letters(&send(&mut session, 2).await), "dd");
    assert_eq!(letters(&send(&mut session, 0).await), "");
    assert_eq!(
        sink.totals().connections,
        3,
        "the last one had room for two, and none is made for nothing"
    );
}

#[tokio::test]
async fn size_is_checked_before_the_body_is_sent() {
    let sink = sink(Script {
        size: Some(500),
        ..Script::default()
    })
    .await;
    let mut session = session_to(&sink);
    let mut got = Vec::new();
    let messages = [raw(1), raw_with(2, &"x".repeat(600)), raw(3)];
    session
        .send_batch(messages, |index, _, outcome| got.push((index, outcome)))
        .await;
    got.sort_by_key(|(index, _)| *index);
    let outcomes: Vec<_> = got.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(letters(&outcomes), "dpd");
    assert!(
        outcomes[1].to_string().contains("552 5.3.4"),
        "{}",
        outcomes[1]
    );
}

#[tokio::test]
async fn large_bodies_and_empty_return_paths_go_through() {
    let sink = sink(Script::default()).await;
    let mut message = raw_with(1, &".line\r\n".repeat(200_000));
    message.envelope_from = None;
    let outcome = session_to(&sink).send(message.clone()).await;
    assert!(outcome.is_delivered(), "{outcome}");
    let received = sink.received().remove(0);
    assert_eq!(
        (received.from.as_str(), received.bytes == message.bytes),
        ("", true)
    );
}
