//! Just enough of HTML and Handlebars to tell tags, text and expressions apart.

/// One piece of a template with the line on which it starts.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands between the angle brackets, without them.
    Tag(usize, String),
    /// Text between tags; never inside a script, a style sheet or a code sample.
    Text(usize, String),
}

/// Elements whose content is not text that people read.
const OPAQUE: &[&str] = &["script", "style", "code", "pre", "mj-style"];

/// Cuts a template into tags and text, with expressions and comments blanked out.
pub fn pieces(text: &str) -> Vec<Piece> {
    let text = blank_between(&blank_expressions(text), "<!--", "-->");
    let mut pieces = Vec::new();
    let (mut at, mut opaque) = (0, None::<String>);
    while at < text.len() {
        let line = text[..at].matches('\n').count() + 1;
        if text[at..].starts_with('<') {
            let end = tag_end(&text, at);
            let tag = text[at + 1..end].trim_end_matches('>').to_owned();
            let name = tag
                .split([' ', '\n', '\t', '/'])
                .next()
                .unwrap_or("")
                .to_lowercase();
            match &opaque {
                Some(open)
                    if tag.starts_with('/') && tag[1..].trim().eq_ignore_ascii_case(open) =>
                {
                    opaque = None
                }
                None if OPAQUE.contains(&name.as_str()) && !tag.ends_with('/') => {
                    opaque = Some(name)
                }
                _ => {}
            }
            pieces.push(Piece::Tag(line, tag));
            at = end;
        } else {
            let end = text[at..]
                .find('<')
                .map_or(text.len(), |offset| at + offset);
            if opaque.is_none() {
                pieces.push(Piece::Text(line, text[at..end].to_owned()));
            }
            at = end;
        }
    }
    pieces
}

/// The attributes of a tag: lower-case name and value; a bare attribute has an empty value.
pub fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag.trim_start_matches(|c: char| !c.is_whitespace());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return found;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.push((name, value.to_owned()));
        rest = left;
    }
}

/// The expressions `{{…}}` with the line on which each starts; comments are left out.
pub fn expressions(text: &str) -> Vec<(usize, String)> {
    let text = blank_between(text, "{{!--", "--}}");
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{{") {
        let rest = &text[at + 2..];
        if let Some(end) = rest.find("}}").filter(|_| !rest.starts_with(['{', '!'])) {
            let line = text[..at].matches('\n').count() + 1;
            found.push((line, rest[..end].to_owned()));
        }
    }
    found
}

/// Replaces `{{…}}` and its comments by spaces.
fn blank_expressions(text: &str) -> String {
    let text = blank_between(text, "{{!--", "--}}");
    let text = blank_between(&text, "{{{", "}}}");
    blank_between(&text, "{{", "}}")
}

fn blank_between(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let end = rest[start..]
            .find(close)
            .map_or(rest.len(), |offset| start + offset + close.len());
        out.push_str(&rest[..start]);
        out.extend(
            rest[start..end]
                .chars()
                .map(|c| if c == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the tag that starts at `at` ends; a `>` inside a quoted value does not end it.
fn tag_end(text: &str, at: usize) -> usize {
    let mut quote = None;
    for (offset, c) in text[at..].char_indices() {
        match (quote, c) {
            (None, '>') => return at + offset + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tags_text_and_expressions_apart() {
        let found = pieces(
            "<p class=\"{{#if a}}b > c{{/if}}\">{{! no }}Hi\n<b>{{t \"x\"}}</b><style>p { }</style>",
        );
        let tags = found
            .iter()
            .filter(|piece| matches!(piece, Piece::Tag(..)))
            .count();
        assert_eq!(tags, 5);
        let text: Vec<(usize, &str)> = found
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(line, text) if !text.trim().is_empty() => Some((*line, text.trim())),
                _ => None,
            })
            .collect();
        assert_eq!(text, [(1, "Hi")]);
    }

    #[test]
    fn reads_attributes_in_every_form() {
        let found = attributes("input disabled Value='a b' data-x=1 title=\"t\" /");
        let expected = [
            ("disabled", ""),
            ("value", "a b"),
            ("data-x", "1"),
            ("title", "t"),
        ];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
