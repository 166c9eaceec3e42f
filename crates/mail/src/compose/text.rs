//! Plain text that reads well: paragraphs, lists with dashes, links as “text (address)”, no traces of tables.

mod tables;

use html2text::{config, render::TextDecorator};

use super::ComposeError;

/// Lines are not broken by us: mail programs do it for the window that they have.
const WIDTH: usize = 4000;

/// Turns HTML into plain text.
///
/// # Errors
/// [`ComposeError::Text`] when the HTML defeats the converter.
pub fn from_html(html: &str) -> Result<String, ComposeError> {
    let text = config::with_decorator(Plain::default())
        .raw_mode(true)
        .allow_width_overflow()
        .no_link_wrapping()
        .link_footnotes(false)
        .string_from_read(tables::opened(html).as_bytes(), WIDTH)
        .map_err(|error| ComposeError::Text(error.to_string()))?;
    Ok(tidy(&text))
}

/// Drops invisible characters and blanks at line ends, keeps at most one empty line.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let visible: String = line
            .chars()
            .filter(|c| {
                !matches!(
                    c,
                    '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{34f}'
                )
            })
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .collect();
        let line = visible.trim_end();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !out.is_empty() {
            out.push('\n');
        }
        empty = 0;
        push_line(&mut out, line);
        out.push('\n');
    }
    out
}

/// A link whose text is its own address is named once: `https://x (https://x)` becomes `https://x`.
fn push_line(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some(open) = rest.find(" (") {
        let (before, after) = rest.split_at(open);
        let target = after[2..].split(')').next().unwrap_or_default();
        let bare = target.strip_prefix("mailto:").unwrap_or(target);
        out.push_str(before);
        let repeated = !bare.is_empty()
            && after[2 + target.len()..].starts_with(')')
            && before
                .strip_suffix(bare)
                .is_some_and(|head| !head.ends_with(char::is_alphanumeric));
        if repeated {
            rest = &after[3 + target.len()..];
        } else {
            out.push_str(" (");
            rest = &after[2..];
        }
    }
    out.push_str(rest);
}

/// How each kind of markup looks as text.
#[derive(Debug, Clone, Default)]
struct Plain {
    open_links: Vec<String>,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        self.open_links.push(url.to_owned());
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        match self.open_links.pop() {
            Some(url) if !url.is_empty() && !url.starts_with('#') => format!(" ({url})"),
            _ => String::new(),
        }
    }

    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _: &str, title: &str) -> (String, ()) {
        (format!("[{title}]"), ())
    }

    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }

    fn decorate_superscript_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
}
