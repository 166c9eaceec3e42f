//! Tables on the way to plain text: those for layout come apart into paragraphs, those with data keep their rows.

use std::borrow::Cow;

/// Rewrites tables so that nothing of their form is left to be drawn.
pub(super) fn opened(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut tables: Vec<Table> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let length = tag_length(&rest[start..]);
        let tag = &rest[start..start + length];
        out.push_str(&rewritten(tag, &mut tables));
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

struct Table {
    layout: bool,
    cells_in_row: usize,
}

fn rewritten<'t>(tag: &'t str, tables: &mut Vec<Table>) -> Cow<'t, str> {
    let name: String = tag[1..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
        .collect::<String>()
        .to_ascii_lowercase();
    if name == "table" {
        let layout = tag.contains("role=\"presentation\"") || tag.contains("role=\"none\"");
        tables.push(Table {
            layout,
            cells_in_row: 0,
        });
        return if layout {
            Cow::Borrowed(tag)
        } else {
            Cow::Borrowed("<div>")
        };
    }
    let Some(table) = tables.last_mut() else {
        return Cow::Borrowed(tag);
    };
    match (name.as_str(), table.layout) {
        ("/td" | "/th", true) => Cow::Owned(format!("<br><br>{tag}")),
        ("/table", layout) => {
            tables.pop();
            Cow::Borrowed(if layout { tag } else { "</div>" })
        }
        ("tr", false) => {
            table.cells_in_row = 0;
            Cow::Borrowed("")
        }
        ("/tr", false) => Cow::Borrowed("<br>"),
        ("td" | "th", false) => {
            table.cells_in_row += 1;
            Cow::Borrowed(if table.cells_in_row > 1 { " | " } else { "" })
        }
        ("/td" | "/th" | "tbody" | "/tbody" | "thead" | "/thead" | "tfoot" | "/tfoot", false) => {
            Cow::Borrowed("")
        }
        _ => Cow::Borrowed(tag),
    }
}

/// The length of the tag or comment at the start of `text`, its end included; one character when it is no tag.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    1
}
