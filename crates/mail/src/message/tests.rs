use mail_parser::{Address as Parsed, MessageParser, MimeHeaders as _};

use super::*;

fn email() -> Email {
    let date = "2026-03-01T09:30:00Z".parse().expect("a date");
    let id = MessageId::parse("c1.r7@example.org").expect("an id");
    let from = Mailbox::parse("Backbone <news@example.org>").expect("from");
    let to = Mailbox::parse("\"Lee, Zoë 李\" <zoe@example.com>").expect("to");
    Email::new(
        from,
        to,
        "What your hours moved — März 2026 ✔",
        "Hello Zoë\n.\nFrom here on\n",
        id,
        date,
    )
}

fn first(address: Option<&Parsed<'_>>) -> (Option<String>, String) {
    let one = address.and_then(|a| a.first()).expect("an address");
    (
        one.name().map(str::to_owned),
        one.address().expect("address").to_owned(),
    )
}

#[test]
fn a_whole_message_reads_back_as_written() {
    let mut email = email();
    email.content.html = Some("<p>Hello Zoë <img src=\"cid:chart@x\"></p>".to_owned());
    email.content.images = vec![InlineImage {
        content_id: "chart@x".into(),
        content_type: "image/png".into(),
        data: vec![0, 1, 2, 255],
    }];
    let data = b"a,b\n.\nFrom\r\n".to_vec();
    email.content.attachments = vec![Attachment {
        file_name: "Übersicht 2026.csv".into(),
        content_type: "text/csv".into(),
        data: data.clone(),
    }];
    email.content.reply_to = Some(Mailbox::parse("Ann <ann@example.org>").expect("mailbox"));
    email.content.return_path = Some(Address::parse("bounce+r7@example.org").expect("address"));
    email.unsubscribe = Some(Unsubscribe {
        url: "https://example.org/u/abc".into(),
        one_click: true,
    });
    email.content.language = Some("nl".into());
    email.content.headers = vec![("List-Id".into(), "Funders <funders.example.org>".into())];
    let raw = email.build().expect("a message");
    let message = MessageParser::default().parse(&raw.bytes).expect("parsed");

    assert_eq!(
        message.subject(),
        Some("What your hours moved — März 2026 ✔")
    );
    assert_eq!(
        first(message.to()),
        (Some("Lee, Zoë 李".into()), "zoe@example.com".into())
    );
    assert_eq!(
        first(message.from()),
        (Some("Backbone".into()), "news@example.org".into())
    );
    assert_eq!(first(message.reply_to()).1, "ann@example.org");
    assert_eq!(message.message_id(), Some("c1.r7@example.org"));
    assert_eq!(
        message.date().map(|d| d.to_timestamp()),
        Some(email.date.as_second())
    );
    assert_eq!(
        message.body_text(0).as_deref(),
        Some("Hello Zoë\r\n.\r\nFrom here on\r\n")
    );
    assert_eq!(
        message.body_html(0).as_deref(),
        Some("<p>Hello Zoë <img src=\"cid:chart@x\"></p>")
    );
    let names: Vec<_> = message
        .attachments()
        .map(|part| part.attachment_name().unwrap_or("-").to_owned())
        .collect();
    assert_eq!(names, ["-", "Übersicht 2026.csv"]);
    let image = message.attachments().next().expect("the image");
    assert_eq!(
        (image.content_id(), image.contents()),
        (Some("chart@x"), [0, 1, 2, 255].as_slice())
    );
    assert_eq!(
        message.attachments().nth(1).expect("the file").contents(),
        data
    );
    assert_eq!(
        message.header_raw("List-Unsubscribe-Post").map(str::trim),
        Some("List-Unsubscribe=One-Click")
    );
    assert_eq!(
        message.header_raw("List-Unsubscribe").map(str::trim),
        Some("<https://example.org/u/abc>")
    );
    assert_eq!(
        message.header_raw("Content-Language").map(str::trim),
        Some("nl")
    );
    assert_eq!(
        raw.envelope_from.as_ref().map(Address::as_str),
        Some("bounce+r7@example.org")
    );
    assert_eq!(raw.envelope_to.as_str(), "zoe@example.com");
    assert_eq!(
        raw,
        email.build().expect("again"),
        "the same parts give the same bytes"
    );
}

#[test]
fn the_wire_form_is_ascii_with_short_lines_and_no_bare_line_ends() {
    let mut email = email();
    email.content.subject = "é".repeat(300);
    email.content.html = Some(format!("<p>{}</p>\n{}", "x".repeat(5000), ".\n".repeat(50)));
    let raw = email.build().expect("a message");
    assert!(raw.bytes.is_ascii());
    let text = String::from_utf8(raw.bytes).expect("ascii");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    for line in text.split("\r\n") {
        assert!(line.len() <= 78, "{line}");
        assert!(
            !line.starts_with('.') && !line.starts_with("From "),
            "{line}"
        );
    }
}

#[test]
fn headers_cannot_be_smuggled_in() {
    type Change = fn(&mut Email);
    let table: [(&str, Change); 8] = [
        ("subject", |e| {
            e.content.subject = "Hi\r\nBcc: x@example.org".into()
        }),
        ("language", |e| {
            e.content.language = Some("nl\nBcc: x@example.org".into())
        }),
        ("List-Id", |e| {
            e.content.headers = vec![("List-Id".into(), "a\r\n b".into())]
        }),
        ("X Y", |e| {
            e.content.headers = vec![("X Y".into(), "a".into())]
        }),
        ("Bcc", |e| {
            e.content.headers = vec![("Bcc".into(), "x@example.org".into())]
        }),
        ("unsubscribe", |e| {
            e.unsubscribe = Some(Unsubscribe {
                url: "javascript:alert(1)".into(),
                one_click: true,
            })
        }),
        ("unsubscribe", |e| {
            e.unsubscribe = Some(Unsubscribe {
                url: "https://x/>\r\nBcc: y@z".into(),
                one_click: true,
            })
        }),
        ("attachment", |e| {
            e.content.attachments = vec![Attachment {
                file_name: "a\r\nb".into(),
                content_type: "text/csv".into(),
                data: vec![],
            }];
        }),
    ];
    for (word, change) in table {
        let mut email = email();
        change(&mut email);
        let error = email.build().expect_err(word).to_string();
        assert!(error.contains(word), "{error}");
    }
    assert!(MessageId::parse("a@b>\r\nBcc: c@d").is_err());
}

#[test]
fn odd_subjects_survive_encoding_and_folding() {
    let long_word = "w".repeat(400);
    let table = [
        "",
        "plain",
        "two  blanks",
        "=?utf-8?Q?not_encoded?=",
        "a=b_c?d",
        "🎉🎉🎉 emoji first",
        "Ünïcödé wïth àccénts throughout the whole of a rather long subject line that must be folded somewhere",
        "漢字ばかりの件名がとても長いので折り返さなければならないのですがどうなるでしょうか漢字ばかりの件名",
        "an ASCII subject so long that it has to be folded twice before it is over, which is what happens here, at the blanks of course",
        &long_word,
    ];
    for subject in table {
        let mut email = email();
        email.content.subject = subject.to_owned();
        let raw = email.build().expect("a message");
        let message = MessageParser::default().parse(&raw.bytes).expect("parsed");
        assert_eq!(message.subject().unwrap_or(""), subject);
    }
}
