//! An edition as HTML: its texts with every figure a link to where it comes from.

use backbone_web::SafeHtml;
use backbone_web::markdown::markdown;
use serde::Serialize;

use super::published::View;
use super::text::{Piece, pieces};

/// Marks that stand for figure number n while Markdown is made into HTML. Private characters, which people's texts lose.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// How figures are linked.
pub(crate) struct Links<'a> {
    /// Address of the story, `/s/{secret}`; without one (a preview) figures are bold words.
    pub base: Option<&'a str>,
    /// Keys of the figures that read differently now.
    pub changed: &'a [String],
    /// Said to screen readers behind a changed figure.
    pub changed_word: &'a str,
}

/// A vignette as HTML.
#[derive(Serialize)]
pub(crate) struct HtmlVignette {
    pub title: SafeHtml,
    pub has_title: bool,
    pub text: SafeHtml,
    pub person: String,
}

/// A quotation as HTML.
#[derive(Serialize)]
pub(crate) struct HtmlQuote {
    pub quote: SafeHtml,
    pub name: String,
    pub role: String,
}

/// The ratio as HTML.
#[derive(Serialize)]
pub(crate) struct HtmlRatio {
    pub ratio: String,
    pub ratio_href: Option<String>,
    pub low: SafeHtml,
    pub high: SafeHtml,
    pub text: SafeHtml,
}

/// An edition's article, ready for its template.
#[derive(Serialize)]
pub(crate) struct Article {
    pub audience: String,
    pub headline: SafeHtml,
    pub dek: SafeHtml,
    pub has_dek: bool,
    pub body: SafeHtml,
    pub vignettes: Vec<HtmlVignette>,
    pub ratio: Option<HtmlRatio>,
    pub outcome: SafeHtml,
    pub method: SafeHtml,
    pub has_method: bool,
    pub assumptions: Vec<String>,
    pub testimonial: Option<HtmlQuote>,
    pub call: SafeHtml,
    pub has_call: bool,
    pub layout: Option<SafeHtml>,
}

/// Makes the article.
pub(crate) fn article(view: &View, links: &Links<'_>) -> Article {
    let block = |text: &str| block(view, links, text);
    let line = |text: &str| line(view, links, text);
    let has = |text: &str| !text.trim().is_empty();
    let anchor = |key: &str| line(&format!("[[{key}]]"));
    Article {
        audience: view.audience.clone(),
        headline: line(&view.headline),
        dek: line(&view.dek),
        has_dek: has(&view.dek),
        body: block(&view.body),
        vignettes: view
            .vignettes
            .iter()
            .map(|v| HtmlVignette {
                title: line(&v.title),
                has_title: has(&v.title),
                text: block(&v.text),
                person: v.person.clone(),
            })
            .collect(),
        ratio: view.ratio.as_ref().map(|r| HtmlRatio {
            ratio: r.ratio.clone(),
            ratio_href: links.base.map(|b| format!("{b}/figure/ratio")),
            low: anchor("ratio_low"),
            high: anchor("ratio_high"),
            text: line(&r.text),
        }),
        outcome: block(&view.outcome),
        method: block(&view.method),
        has_method: has(&view.method) || !view.assumptions.is_empty(),
        assumptions: view.assumptions.clone(),
        testimonial: view.testimonial.as_ref().map(|t| HtmlQuote {
            quote: line(&t.quote),
            name: t.name.clone(),
            role: t.role.clone(),
        }),
        call: block(&view.call),
        has_call: has(&view.call),
        layout: view.layout.as_ref().map(|l| block(l)),
    }
}

/// One line: no Markdown, only figures.
pub(crate) fn line(view: &View, links: &Links<'_>, text: &str) -> SafeHtml {
    let html = pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => escape(words),
            Piece::Figure(key) => figure(view, links, key, true),
        })
        .collect::<String>();
    SafeHtml::trusted(html)
}

/// Markdown with figures. The figures are put in after sanitizing, and only where text stands: within a tag or another link
/// they become plain words.
pub(crate) fn block(view: &View, links: &Links<'_>, text: &str) -> SafeHtml {
    let mut keys: Vec<&str> = Vec::new();
    let marked: String = pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.replace([OPEN, CLOSE], ""),
            Piece::Figure(key) => {
                keys.push(key);
                format!("{OPEN}{}{CLOSE}", keys.len() - 1)
            }
        })
        .collect();
    let html = markdown(&marked);
    let mut out = String::with_capacity(html.len());
    let (mut in_tag, mut in_link) = (false, false);
    let mut rest = html.as_str();
    while let Some(c) = rest.chars().next() {
        if c == OPEN
            && let Some(end) = rest.find(CLOSE)
            && let Some(key) = rest[OPEN.len_utf8()..end]
                .parse::<usize>()
                .ok()
                .and_then(|n| keys.get(n))
        {
            if in_tag {
                out.push_str(&escape(&view.plain(&format!("[[{key}]]"))));
            } else {
                out.push_str(&figure(view, links, key, !in_link));
            }
            rest = &rest[end + CLOSE.len_utf8()..];
            continue;
        }
        match c {
            '<' => {
                in_tag = true;
                in_link = (in_link || rest.starts_with("<a ")) && !rest.starts_with("</a");
            }
            '>' => in_tag = false,
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    SafeHtml::trusted(out)
}

fn figure(view: &View, links: &Links<'_>, key: &str, link: bool) -> String {
    let Some(found) = view.figure(key) else {
        return format!("<mark>[[{}]]</mark>", escape(key));
    };
    let text = escape(&found.text);
    let changed = links.changed.iter().any(|c| c == key);
    let note = if changed {
        format!(
            " <small class=\"watch\">{}</small>",
            escape(links.changed_word)
        )
    } else {
        String::new()
    };
    match links.base {
        Some(base) if link => format!(
            "<a class=\"figure-link\" href=\"{}/figure/{key}\">{text}</a>{note}",
            escape(base)
        ),
        _ => format!("<b>{text}</b>{note}"),
    }
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
