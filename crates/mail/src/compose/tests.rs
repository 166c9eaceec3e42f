use super::*;

const STORY: &str = include_str!("tests/story.mjml");

#[test]
fn the_html_is_whole_and_loads_nothing() {
    let rendered = from_mjml(STORY).expect("rendered");
    let html = &rendered.html;
    for wanted in [
        "<html lang=\"en\"",
        "1,240",
        "alt=\"Children reading at grade level rose from 930 to 1,240\"",
        "src=\"cid:chart\"",
        "https://example.org/s/abc?x=1&amp;y=2",
        "prefers-color-scheme: dark",
        "name=\"color-scheme\"",
        "color: #667085",
        "<!--[if mso | IE]>",
    ] {
        assert!(html.contains(wanted), "{wanted} is missing in {html}");
    }
    for unwanted in ["fonts.googleapis", "@import", "<link"] {
        assert!(!html.contains(unwanted), "{unwanted} in {html}");
    }
    assert_eq!(rendered.warnings, []);
}

#[test]
fn the_text_reads_well() {
    let rendered = from_mjml(STORY).expect("rendered");
    assert_eq!(rendered.text, include_str!("tests/story.txt"));
}

#[test]
fn what_a_sender_should_know_is_said() {
    let long = format!(
        "<mjml><mj-body><mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section></mj-body></mjml>",
        "word ".repeat(25_000)
    );
    let rendered = from_mjml(&long).expect("rendered");
    assert!(matches!(rendered.warnings[..], [Warning::Clipped { size }] if size > CLIP_LIMIT));
}

#[test]
fn bad_mjml_and_includes_are_refused() {
    for bad in [
        "",
        "<html></html>",
        "<mjml><mj-body>",
        "<mjml><mj-body><mj-include path=\"/etc/passwd\" /></mj-body></mjml>",
    ] {
        assert!(
            matches!(from_mjml(bad), Err(ComposeError::Parse(_))),
            "{bad}: {:?}",
            from_mjml(bad)
        );
    }
}

#[test]
fn html_written_by_hand_becomes_text_too() {
    let table = [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines\n"),
        (
            "<h1>Title</h1><ol><li>a</li><li>b</li></ol>",
            "Title\n1. a\n2. b\n",
        ),
        (
            "<a href=\"https://x.example\">https://x.example</a>",
            "https://x.example\n",
        ),
        (
            "<a href=\"https://x.example\">go</a> (see below)",
            "go (https://x.example) (see below)\n",
        ),
        (
            "<p>a\u{a0}b\u{200b}</p><hr><p>c<sup>2</sup></p>",
            "a b\n\nc²\n",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "a | b\n1 | 2\n",
        ),
        (
            "<table role=\"presentation\"><tr><td>a</td><td>b</td></tr></table>",
            "a\n\nb\n",
        ),
    ];
    for (html, expected) in table {
        assert_eq!(text_from_html(html).expect("text"), expected, "{html}");
    }
}

#[test]
fn a_no_break_space_stays_one_in_texts_and_attributes() {
    let mjml = "<mjml><mj-body><mj-section><mj-column><mj-text>61\u{a0}%</mj-text>\
        <mj-image src=\"cid:chart\" alt=\"from 57\u{a0}% to 71\u{a0}%\" /></mj-column></mj-section></mj-body></mjml>";
    let rendered = from_mjml(mjml).unwrap();
    assert!(!rendered.html.contains("u{a0}"), "{}", rendered.html);
    let alt = rendered
        .html
        .split("alt=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(
        alt.replace("&#160;", "\u{a0}").replace("&nbsp;", "\u{a0}"),
        "from 57\u{a0}% to 71\u{a0}%"
    );
    // In plain text it may as well be a common space: lines are broken elsewhere.
    let text = rendered.text.replace('\u{a0}', " ");
    assert!(text.contains("from 57 % to 71 %"), "{text}");
}
