use super::*;
use crate::{
    address::Mailbox,
    message::{Email, InlineImage, MessageId},
};

fn write(folder: &Path, name: &str, subject: &str, html: Option<&str>) {
    let now = "2026-03-01T09:30:00Z".parse().expect("time");
    let from = Mailbox::parse("Bäckbone <news@example.org>").expect("from");
    let to = Mailbox::parse("Zoë <zoe@example.com>").expect("to");
    let id = MessageId::parse("m1@example.org").expect("id");
    let mut email = Email::new(from, to, subject, "Hello", id, now);
    email.content.html = html.map(str::to_owned);
    email.content.images = vec![InlineImage {
        content_id: "chart".into(),
        content_type: "image/png".into(),
        data: vec![1, 2, 3],
    }];
    fs::write(folder.join(name), email.build().expect("message").bytes).expect("written");
}

#[test]
fn the_list_is_newest_first_and_in_parts() {
    let folder = tempfile::tempdir().expect("folder");
    let mailbox = MailFolder::new(folder.path());
    for number in 1..=5 {
        write(
            folder.path(),
            &format!("2026030{number}T100000.000000Z-aa.eml"),
            &format!("Nº {number}"),
            None,
        );
    }
    fs::write(folder.path().join(".unfinished.eml"), "x").expect("written");
    fs::write(folder.path().join("notes.txt"), "x").expect("written");
    let listing = mailbox.list(1, 2).expect("list");
    assert_eq!(listing.total, 5);
    let subjects: Vec<_> = listing
        .messages
        .iter()
        .map(|m| m.subject.as_str())
        .collect();
    assert_eq!(subjects, ["Nº 4", "Nº 3"]);
    assert_eq!(listing.messages[0].from, "Bäckbone <news@example.org>");
    assert_eq!(listing.messages[0].to, "Zoë <zoe@example.com>");
    assert_eq!(
        listing.messages[0].message_id.as_deref(),
        Some("m1@example.org")
    );
    assert!(
        MailFolder::new(&folder.path().join("none"))
            .list(0, 9)
            .expect("empty")
            .messages
            .is_empty()
    );
}

#[test]
fn a_message_opens_with_its_pictures_and_without_scripts() {
    let folder = tempfile::tempdir().expect("folder");
    let html = concat!(
        "<p style=\"color:red\" onclick=\"x()\">Hi <script>alert(1)</script><img src=\"cid:chart\" alt=\"c\">",
        "<img src=\"cid:none\"><img src=\"data:text/html,x\"><a href=\"javascript:x()\">j</a>",
        "<a href=\"data:text/html,x\">d</a><a href=\"https://example.org/a?b=c\">ok</a><iframe src=\"https://x\"></iframe>",
        "<form action=\"https://x\"><input></form><svg><script>1</script></svg></p>"
    );
    write(folder.path(), "a.eml", "Sübject", Some(html));
    let mailbox = MailFolder::new(folder.path());
    let opened = mailbox
        .open(&MailId::parse("a").expect("id"))
        .expect("opened");
    let shown = opened.html.expect("html");
    assert!(
        shown.contains("src=\"data:image/png;base64,AQID\""),
        "{shown}"
    );
    assert!(
        shown.contains("style=\"color:red\"")
            && shown.contains("href=\"https://example.org/a?b=c\""),
        "{shown}"
    );
    for bad in [
        "script",
        "onclick",
        "javascript",
        "text/html",
        "iframe",
        "form",
        "svg",
        "cid:",
    ] {
        assert!(!shown.contains(bad), "{bad}: {shown}");
    }
    assert_eq!(opened.text.as_deref(), Some("Hello"));
    assert_eq!(opened.summary.subject, "Sübject");
    assert!(
        opened
            .headers
            .iter()
            .any(|(name, value)| name == "Subject" && value == "Sübject"),
        "{:?}",
        opened.headers
    );
    assert!(opened.raw.starts_with(b"Date: "));
    assert_eq!(opened.parts[0].content_type, "image/png");
}

#[test]
fn ids_never_lead_out_of_the_folder() {
    for bad in [
        "",
        ".",
        "..",
        "../a",
        "a/b",
        "/etc/passwd",
        "a\\b",
        ".hidden",
        "a\0b",
        "ä",
        &"x".repeat(300),
    ] {
        assert_eq!(MailId::parse(bad), None, "{bad:?}");
    }
    let folder = tempfile::tempdir().expect("folder");
    let mailbox = MailFolder::new(folder.path());
    assert!(matches!(
        mailbox.open(&MailId::parse("none").expect("id")),
        Err(OpenError::NotFound)
    ));
    fs::create_dir(folder.path().join("d.eml")).expect("made");
    assert!(matches!(
        mailbox.open(&MailId::parse("d").expect("id")),
        Err(OpenError::NotFound)
    ));
}
