//! This crate's messages where no renderer is at hand: in the names that a trace shows.

use std::sync::LazyLock;

use backbone_web::{Args, Catalogue, Lang};

pub(crate) const EN: &str = include_str!("../locales/en.ftl");
pub(crate) const NL: &str = include_str!("../locales/nl.ftl");

static CATALOGUE: LazyLock<Option<Catalogue>> = LazyLock::new(|| {
    let mut builder = Catalogue::builder();
    builder
        .add("identity", Lang::En, EN)
        .add("identity", Lang::Nl, NL);
    // Sources that do not parse also stop the server's start, where the reason is told.
    builder.build().ok()
});

/// Messages in one language.
pub(crate) struct Words(Lang);

impl Words {
    pub(crate) fn of(lang: &str) -> Self {
        Self(lang.parse().unwrap_or_default())
    }

    pub(crate) fn text(&self, key: &str) -> String {
        CATALOGUE
            .as_ref()
            .map_or_else(String::new, |c| c.text(self.0, key, &Args::new()))
    }
}
