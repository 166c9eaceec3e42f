use mail_parser::MessageParser;

use super::*;
use crate::{
    address::Mailbox,
    compose,
    message::{InlineImage, MessageId, Raw, Unsubscribe},
};

const ODD: [&str; 18] = [
    "",
    "Ann",
    " blanks  around ",
    "Zoë 李 🎉",
    "<script>alert(1)</script>",
    "\"quoted\" & 'single' <b>",
    ".",
    ".\r\n.\r\n..",
    "From here\nFrom there",
    "a\r\nBcc: x@example.org\r\n\r\nbody",
    "=3D =?utf-8?Q?x?= 100%",
    "tab\there, nul\0 bell\u{7} gone",
    "trailing blank \nnext\t\n",
    "javascript:alert(1)",
    "\u{169B}name\u{169C}",
    "--=_alternative_00--",
    "https://example.org/?a=1&b=ü ö",
    "{{name}} \\ ` $",
];

/// What RFC 3986 2.3 lets stand as it is.
const UNRESERVED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn content(subject: &str, text: &str, html: &str) -> Content {
    let from = Mailbox::parse("Backbone <news@example.org>").expect("from");
    let mut content = Content::new(from, subject, text);
    content.html = Some(html.to_owned());
    content.images = vec![InlineImage {
        content_id: "chart".into(),
        content_type: "image/png".into(),
        data: vec![7; 99],
    }];
    content
}

fn fill(compiled: &Compiled, values: &[&str]) -> Result<Raw, FillError> {
    let to = Mailbox::parse("Zoë <zoe@example.com>").expect("to");
    let id = MessageId::parse("c1.r7@example.org").expect("id");
    let unsubscribe = Unsubscribe {
        url: "https://example.org/u/abc".into(),
        one_click: true,
    };
    compiled.fill(&Recipient {
        to: &to,
        return_path: None,
        message_id: &id,
        date: "2026-03-01T09:30:00Z".parse().expect("time"),
        unsubscribe: Some(&unsubscribe),
        values,
    })
}

/// Subject, text and HTML as a mail program reads them, with line feeds for line ends.
fn read(raw: &Raw) -> (String, String, String) {
    for line in raw.bytes.split(|b| *b == b'\n') {
        assert!(
            line.len() <= 79 && !line.starts_with(b"."),
            "{}",
            String::from_utf8_lossy(line)
        );
    }
    let message = MessageParser::default().parse(&raw.bytes).expect("parsed");
    assert_eq!(
        message
            .headers()
            .iter()
            .filter(|header| header.name().eq_ignore_ascii_case("bcc"))
            .count(),
        0
    );
    assert_eq!(message.attachment_count(), 1);
    let lines =
        |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().replace("\r\n", "\n");
    (
        message.subject().unwrap_or("").to_owned(),
        lines(message.body_text(0)),
        lines(message.body_html(0)),
    )
}

fn one_line(value: &str) -> String {
    value.replace(char::is_control, " ").trim().to_owned()
}

fn visible(value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    value
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

fn escaped(value: &str) -> String {
    let value = visible(value)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    value.replace('"', "&quot;").replace('\'', "&#39;")
}

#[test]
fn odd_values_read_back_as_given_wherever_they_stand() {
    let (name, other) = (slot("name"), slot("other.one"));
    let text = format!(
        "{name}{other}\nHello {name},\nsee https://example.org/t/{name}?x={other} now.\n{name}\n"
    );
    let html = format!(
        "<p title=\"{name}\">{name}{other}</p>\n<a href='https://example.org/t/{name}?x={other}'>x</a>{name}"
    );
    let compiled = Compiled::new(
        &content(&format!("{name}: moved {other}"), &text, &html),
        "seed",
    )
    .expect("compiled");
    assert_eq!(compiled.slots(), ["name", "other.one"]);
    let long = "long ünbroken".repeat(300);
    let percent =
        |value: &str| percent_encoding::utf8_percent_encode(value, UNRESERVED).to_string();
    let values: Vec<&str> = ODD.into_iter().chain([long.as_str()]).collect();
    for a in &values {
        for b in &values {
            let raw = fill(&compiled, &[a, b]).expect("filled");
            let (subject, text, html) = read(&raw);
            let expected = one_line(&format!("{a}: moved {b}"));
            assert_eq!(subject, expected, "{a:?} {b:?}");
            let (va, vb, pa, pb) = (visible(a), visible(b), percent(a), percent(b));
            let expected = format!(
                "{va}{vb}\nHello {va},\nsee https://example.org/t/{pa}?x={pb} now.\n{va}\n"
            );
            assert_eq!(text, expected, "{a:?} {b:?}");
            let (ea, eb) = (escaped(a), escaped(b));
            let expected = format!(
                "<p title=\"{ea}\">{ea}{eb}</p>\n<a href='https://example.org/t/{pa}?x={pb}'>x</a>{ea}"
            );
            assert_eq!(html, expected, "{a:?} {b:?}");
        }
    }
}

#[test]
fn whole_addresses_lead_to_web_pages_or_mailboxes_only() {
    let html = format!("<a href=\"{}\">x</a>", slot("link"));
    let compiled = Compiled::new(&content("s", "t", &html), "seed").expect("compiled");
    let good = [
        (
            "https://example.org/?a=1&b='2'",
            "https://example.org/?a=1&amp;b=&#39;2&#39;",
        ),
        ("HTTP://x/ü \"", "HTTP://x/%C3%BC%20%22"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ];
    for (given, expected) in good {
        let given = format!("{given} ").replace("\" ", "\"");
        let (_, _, html) = read(&fill(&compiled, &[&given]).expect("filled"));
        assert_eq!(html, format!("<a href=\"{expected}\">x</a>"));
    }
    for bad in [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        " java\nscript:x",
        "é",
    ] {
        assert_eq!(
            fill(&compiled, &[bad]),
            Err(FillError::Address("link".into())),
            "{bad}"
        );
    }
    assert_eq!(
        fill(&compiled, &[]),
        Err(FillError::Count {
            expected: 1,
            given: 0
        })
    );
}

#[test]
fn places_where_nothing_can_be_filled_in_safely_are_refused() {
    let name = slot("name");
    let table = [
        (format!("<{name}>"), Misplaced::Tag),
        (format!("<p {name}>"), Misplaced::Tag),
        (format!("<p {name}=\"x\">"), Misplaced::Tag),
        (format!("<p title={name}>"), Misplaced::Unquoted),
        (format!("<p title=x{name}>"), Misplaced::Unquoted),
        (format!("<p style=\"color:{name}\">"), Misplaced::Attribute),
        (format!("<p OnClick='{name}'>"), Misplaced::Attribute),
        (format!("<img srcset=\"{name}\">"), Misplaced::Attribute),
        (
            format!("<style>p {{ color: {name} }}</style>"),
            Misplaced::Code,
        ),
        (format!("<script>{name}</script>"), Misplaced::Code),
        (format!("<!-- {name} -->"), Misplaced::Comment),
        (format!("<!DOCTYPE {name}>"), Misplaced::Tag),
    ];
    for (html, place) in table {
        let error = Compiled::new(&content("s", "t", &html), "seed").expect_err(&html);
        assert_eq!(
            error,
            CompileError::Misplaced {
                name: "name".into(),
                place
            },
            "{html}"
        );
    }
    let good = [
        format!("<!-- a > b \" --><p>{name}</p>"),
        format!("<!--[if mso]><td title=\"{name}\"><![endif]-->{name}"),
        format!("<!--[if !mso]><!-->{name}<!--<![endif]-->{name}"),
        format!("<style>a > b {{ }}</style><p>1 < 2 {name}</p>"),
        format!("<br/><img alt='\"' title = \"{name}\"/>{name}"),
    ];
    for html in good {
        assert!(
            Compiled::new(&content("s", "t", &html), "seed").is_ok(),
            "{html}"
        );
    }
    for broken in [
        "\u{169B}name",
        "name\u{169C}",
        "\u{169B}Na me\u{169C}",
        "\u{169B}\u{169C}",
        "\u{169B}a\u{169B}b\u{169C}",
    ] {
        let error = Compiled::new(&content("s", broken, "h"), "seed").expect_err(broken);
        assert_eq!(error, CompileError::BrokenMarker("the plain text"));
    }
}

#[test]
fn markers_pass_through_mjml_styles_and_plain_text() {
    let story = include_str!("../compose/tests/story.mjml")
        .replace("Dear Ann", &format!("Dear {}", slot("name")))
        .replace("https://example.org/s/abc?x=1&amp;y=2", &slot("story"))
        .replace(
            "https://example.org/u/abc",
            &format!("https://example.org/u/{}", slot("token")),
        );
    let rendered = compose::from_mjml(&story).expect("rendered");
    let compiled = Compiled::new(
        &content(
            &format!("For {}", slot("name")),
            &rendered.text,
            &rendered.html,
        ),
        "c1",
    )
    .expect("compiled");
    assert_eq!(compiled.slots(), ["name", "story", "token"]);
    let raw = fill(
        &compiled,
        &["Zoë <b>", "https://example.org/s/zoe?a=1&b=2", "t/ö"],
    )
    .expect("filled");
    let (subject, text, html) = read(&raw);
    assert_eq!(subject, "For Zoë <b>");
    for wanted in [
        "Dear Zoë <b>,",
        "(https://example.org/s/zoe?a=1&b=2)",
        "(https://example.org/u/t%2F%C3%B6)",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    for wanted in [
        "Dear Zoë &lt;b&gt;,",
        "href=\"https://example.org/s/zoe?a=1&amp;b=2\"",
        "href=\"https://example.org/u/t%2F%C3%B6\"",
    ] {
        assert!(html.contains(wanted), "{wanted}: {html}");
    }
    let plain = rendered
        .html
        .replace(&slot("name"), "Zoë &lt;b&gt;")
        .replace(&slot("token"), "t%2F%C3%B6");
    assert_eq!(
        html,
        plain.replace(&slot("story"), "https://example.org/s/zoe?a=1&amp;b=2"),
        "the rest is untouched"
    );
}
