use super::*;
use crate::{
    address::Mailbox,
    mailbox::MailFolder,
    message::{Email, MessageId},
    sink::{Script, Sink},
};

fn raw(number: usize) -> Raw {
    let now = "2026-03-01T09:30:00Z".parse().expect("time");
    let from = Mailbox::parse("Backbone <news@example.org>").expect("from");
    let to = Mailbox::parse(&format!("r{number}@example.com")).expect("to");
    let id = MessageId::parse(&format!("m{number}@example.org")).expect("id");
    Email::new(from, to, &format!("Number {number}"), "Hello", id, now)
        .build()
        .expect("message")
}

/// A clock that stands still.
fn still() -> Clock {
    Arc::new(|| "2026-03-01T10:00:00.5Z".parse().expect("time"))
}

#[tokio::test]
async fn a_folder_gets_whole_files_and_shows_repeats() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("mail/box");
    let mailer = Mailer::folder(&path, still()).expect("folder");
    mailer.check().await.expect("writable");
    for number in [1, 2, 1] {
        assert!(mailer.send(raw(number)).await.is_delivered());
    }
    let mut names: Vec<_> = std::fs::read_dir(&path)
        .expect("read")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .into_string()
                .expect("name")
        })
        .collect();
    names.sort();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("20260301T100000.500000Z-") && name.ends_with(".eml")),
        "{names:?}"
    );
    assert_eq!(
        names.iter().filter(|name| name.ends_with("-2.eml")).count(),
        1,
        "{names:?}"
    );
    let listing = MailFolder::new(&path).list(0, 10).expect("list");
    assert_eq!(listing.total, 3);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_named_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("mail");
    let mailer = Mailer::folder(&path, still()).expect("folder");
    std::fs::remove_dir_all(&path).expect("removed");
    let outcome = mailer.send(raw(1)).await;
    assert!(
        matches!(&outcome, Outcome::NotSent { transient: true, reason } if reason.contains("mail folder")),
        "{outcome}"
    );
    assert!(mailer.check().await.is_err());
}

#[tokio::test]
async fn single_messages_share_a_connection() {
    let sink = Sink::start(Script::default()).await.expect("sink");
    let mailer = Mailer::smtp(sink.url().parse().expect("url"), Options::default());
    mailer.check().await.expect("reachable");
    for number in 1..=3 {
        assert!(mailer.clone().send(raw(number)).await.is_delivered());
    }
    assert_eq!(
        sink.totals().connections,
        2,
        "one for the check, one for the mail"
    );
    let mut bulk = mailer.bulk();
    let mut delivered = 0;
    bulk.send_batch((1..=5).map(raw), |_, _, outcome| {
        delivered += usize::from(outcome.is_delivered())
    })
    .await;
    bulk.close().await;
    assert_eq!((delivered, sink.totals().messages), (5, 8));
}

#[tokio::test]
async fn memory_keeps_or_refuses() {
    let (mailer, memory) = Mailer::memory();
    assert!(mailer.send(raw(1)).await.is_delivered());
    memory.answer_with(Some(Outcome::Unknown {
        reason: "gone".into(),
    }));
    let mut outcomes = Vec::new();
    mailer
        .bulk()
        .send_batch([raw(2)], |index, _, outcome| {
            outcomes.push((index, outcome))
        })
        .await;
    assert_eq!(
        outcomes,
        [(
            0,
            Outcome::Unknown {
                reason: "gone".into()
            }
        )]
    );
    assert_eq!(memory.sent(), [raw(1)]);
}
