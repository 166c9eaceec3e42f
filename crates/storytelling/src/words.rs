//! This room's own messages, for what is told outside of a page: traces, pictures, frozen texts.

use std::sync::LazyLock;

use backbone_web::catalogue::SHARED;
use backbone_web::format::{self, PeriodStyle};
use backbone_web::{Args, Catalogue, Lang};

static CATALOGUE: LazyLock<Option<Catalogue>> = LazyLock::new(|| {
    let mut builder = Catalogue::builder();
    for (lang, source) in SHARED {
        builder.add("web", lang, source);
    }
    builder
        .add("storytelling", Lang::En, include_str!("../locales/en.ftl"))
        .add("storytelling", Lang::Nl, include_str!("../locales/nl.ftl"));
    // The same texts are built at start-up, which refuses them when they cannot be read; a test reads them too.
    builder.build().ok()
});

/// A message of this room in a language.
pub(crate) fn text(lang: Lang, key: &str, args: &Args) -> String {
    match &*CATALOGUE {
        Some(catalogue) => catalogue.text(lang, key, args),
        None => key.to_string(),
    }
}

/// A stored period in people's words: `2026-Q3` is "Q3 2026".
pub(crate) fn period(lang: Lang, text: &str, style: PeriodStyle) -> String {
    let Some(catalogue) = &*CATALOGUE else {
        return text.to_string();
    };
    format::period(catalogue, lang, text, style)
}

/// Whether there is such a message.
pub(crate) fn has(lang: Lang, key: &str) -> bool {
    CATALOGUE.as_ref().is_some_and(|c| c.has(lang, key))
}

/// What a figure is, for those that the ratio block brings along.
pub(crate) fn figure_label(lang: Lang, figure: &crate::figure::Figure) -> String {
    let key = format!("story-figure-{}", figure.key.replace('_', "-"));
    if has(lang, &key) {
        text(lang, &key, &Args::new())
    } else {
        figure.key.clone()
    }
}
