//! What a story can begin with: the templates that come along, in each language, and the partnership's own.

use backbone_db::{Conn, DbError};
use backbone_web::{Args, Lang};

use super::{Content, RatioBlock, StoryTemplateId, Testimonial, Vignette, store};
use crate::figure::{Figure, Format};
use crate::words;

/// The templates that come along.
pub const BUILT_IN: &[&str] = &["roi", "update", "blank"];

/// The text of a template; `None` when there is no such template.
///
/// # Errors
/// Only those of the database.
pub fn content(
    conn: &mut Conn,
    partnership: &str,
    template: &str,
    lang: Lang,
) -> Result<Option<Content>, DbError> {
    match template {
        "" | "blank" => Ok(Some(Content::default())),
        "roi" => Ok(Some(roi(lang))),
        "update" => Ok(Some(update(lang))),
        own => {
            let Ok(id) = StoryTemplateId::parse(own) else {
                return Ok(None);
            };
            Ok(store::templates(conn, partnership)?
                .into_iter()
                .find(|(found, _, _)| *found == id)
                .map(|(_, _, content)| content))
        }
    }
}

fn figures(lang: Lang, keys: &[&str]) -> Vec<Figure> {
    keys.iter()
        .map(|key| Figure {
            key: (*key).to_string(),
            label: words::text(lang, &format!("story-template-figure-{key}"), &Args::new()),
            source: None,
            format: Format::default(),
        })
        .collect()
}

/// A headline number, one person, what was put in, the ratio with its range, before and after, how it was calculated, a
/// voice, a call.
fn roi(lang: Lang) -> Content {
    let text = |part: &str| words::text(lang, &format!("story-template-roi-{part}"), &Args::new());
    Content {
        headline: text("headline"),
        dek: text("dek"),
        vignettes: vec![Vignette {
            text: text("vignette"),
            ..Vignette::default()
        }],
        body: text("body"),
        ratio: Some(RatioBlock {
            model: String::new(),
            text: text("ratio"),
        }),
        outcome: text("outcome"),
        method: text("method"),
        testimonial: Some(Testimonial::default()),
        call: text("call"),
        figures: figures(lang, &["people", "hours", "before", "after"]),
        ..Content::default()
    }
}

fn update(lang: Lang) -> Content {
    let text =
        |part: &str| words::text(lang, &format!("story-template-update-{part}"), &Args::new());
    Content {
        headline: text("headline"),
        dek: text("dek"),
        body: text("body"),
        call: text("call"),
        figures: figures(lang, &["after"]),
        ..Content::default()
    }
}
