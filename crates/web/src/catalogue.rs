//! The message catalogue: every text that people read, in every language the product speaks.
//!
//! Each crate brings its own Fluent sources (`locales/en.ftl`, `locales/nl.ftl`) and the server puts them together
//! at start-up. A key may be defined once per language; the [`check`] module proves that the languages agree.

pub mod added;
mod check;
mod lang;

use std::collections::HashMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;

pub use check::{Disagreement, check_sources};
pub use lang::{About, Lang, MOST, NotAdded, UnknownLang};

/// Named values for the variables of a message. Numbers choose plural forms, text is inserted as it is.
pub type Args<'a> = FluentArgs<'a>;

/// A mistake in the Fluent sources, found when the catalogue is built.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CatalogueError {
    /// The source does not parse.
    #[error("messages of {origin} ({lang}) do not parse: {detail}")]
    Syntax {
        /// Who brought the source, such as `metrics`.
        origin: String,
        /// The language of the source.
        lang: Lang,
        /// What the parser said.
        detail: String,
    },
    /// Two sources define the same key.
    #[error("message {key} ({lang}) is defined by {origin} and by {earlier}; choose another key")]
    Duplicate {
        /// The key that occurs twice.
        key: String,
        /// The language.
        lang: Lang,
        /// Who brought the second definition.
        origin: String,
        /// Who brought the first.
        earlier: String,
    },
}

/// A message could not be shown.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TextError {
    /// No source defines the key in that language.
    #[error("no message {key} in {lang}; add it to the crate's locales")]
    Missing {
        /// The key asked for.
        key: String,
        /// The language asked for.
        lang: Lang,
    },
    /// The message needs a variable that was not given, or refers to something unknown.
    #[error("message {key} ({lang}): {detail}")]
    Resolve {
        /// The key asked for.
        key: String,
        /// The language asked for.
        lang: Lang,
        /// What Fluent said.
        detail: String,
    },
}

/// Collects the sources of all crates.
#[derive(Default)]
pub struct CatalogueBuilder {
    sources: Vec<(String, Lang, String)>,
}

/// The messages that all pages share, for catalogues outside of the renderer: names of periods and units.
pub const SHARED: [(Lang, &str); 2] = [
    (Lang::En, include_str!("../locales/en.ftl")),
    (Lang::Nl, include_str!("../locales/nl.ftl")),
];

impl CatalogueBuilder {
    /// Adds the messages that `origin` (a crate's short name) has in `lang`.
    pub fn add(&mut self, origin: &str, lang: Lang, source: &str) -> &mut Self {
        self.sources
            .push((origin.to_owned(), lang, source.to_owned()));
        self
    }

    /// Parses all sources.
    ///
    /// # Errors
    /// A source that does not parse, or a key defined twice in one language.
    pub fn build(self) -> Result<Catalogue, CatalogueError> {
        let mut bundles = HashMap::new();
        for lang in Lang::all() {
            bundles.insert(lang, new_bundle(lang));
        }
        let mut owners: HashMap<(Lang, String), String> = HashMap::new();
        for (origin, lang, source) in self.sources {
            if lang.place().is_some() {
                add_leniently(&mut bundles, &origin, lang, source);
                continue;
            }
            let resource =
                FluentResource::try_new(source).map_err(|(_, errors)| CatalogueError::Syntax {
                    origin: origin.clone(),
                    lang,
                    detail: format!("{errors:?}"),
                })?;
            for key in keys(&resource) {
                if let Some(earlier) = owners.insert((lang, key.clone()), origin.clone()) {
                    return Err(CatalogueError::Duplicate {
                        key,
                        lang,
                        origin,
                        earlier,
                    });
                }
            }
            if let Some(bundle) = bundles.get_mut(&lang) {
                bundle.add_resource(Arc::new(resource)).map_err(|errors| {
                    CatalogueError::Syntax {
                        origin,
                        lang,
                        detail: format!("{errors:?}"),
                    }
                })?;
            }
        }
        Ok(Catalogue { bundles })
    }
}

fn keys(resource: &FluentResource) -> Vec<String> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            Entry::Term(term) => Some(format!("-{}", term.id.name)),
            _ => None,
        })
        .collect()
}

/// A formatter holds nothing, so there is one for each place that an added language can have.
macro_rules! spell_added {
    ($lang:expr, $($place:literal)*) => {
        match $lang.place() {
            $(Some($place) => |value, _| spell_number(Lang::at::<$place>(), value),)*
            _ => |value, _| spell_number(Lang::En, value),
        }
    };
}

fn new_bundle(lang: Lang) -> FluentBundle<Arc<FluentResource>> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    // Isolation marks would end up in copied text, subjects and file names; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| spell_number(Lang::En, value),
        Lang::Nl => |value, _| spell_number(Lang::Nl, value),
        Lang::Added(_) => spell_added!(lang, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15),
    }));
    bundle
}

/// Messages of an added language: a mistake in one line must not keep the server from starting, because English stands in.
fn add_leniently(
    bundles: &mut HashMap<Lang, FluentBundle<Arc<FluentResource>>>,
    origin: &str,
    lang: Lang,
    source: String,
) {
    let resource = FluentResource::try_new(source).unwrap_or_else(|(readable, errors)| {
        tracing::warn!(
            origin,
            lang = lang.code(),
            ?errors,
            "some messages do not parse"
        );
        readable
    });
    if let Some(bundle) = bundles.get_mut(&lang) {
        bundle.add_resource_overriding(Arc::new(resource));
    }
}

fn spell_number(lang: Lang, value: &FluentValue) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else {
        return None;
    };
    let decimals = options
        .minimum_fraction_digits
        .or(options.maximum_fraction_digits);
    let decimals = decimals.and_then(|digits| u32::try_from(digits).ok());
    Some(crate::format::float(lang, *value, decimals))
}

/// All messages in all languages. Cheap to share behind an `Arc`.
pub struct Catalogue {
    bundles: HashMap<Lang, FluentBundle<Arc<FluentResource>>>,
}

impl Catalogue {
    /// Starts an empty catalogue.
    pub fn builder() -> CatalogueBuilder {
        CatalogueBuilder::default()
    }

    /// The message, or the reason why there is none. `key` may name an attribute: `key.attribute`. In a language that was
    /// added, a message that is missing or wrong is told in English.
    ///
    /// # Errors
    /// The key does not exist in that language, or a variable of the message is not among `args`.
    pub fn try_text(&self, lang: Lang, key: &str, args: &Args) -> Result<String, TextError> {
        let told = self.in_language(lang, key, args);
        match told {
            Err(_) if lang.place().is_some() => self.in_language(Lang::En, key, args),
            told => told,
        }
    }

    fn in_language(&self, lang: Lang, key: &str, args: &Args) -> Result<String, TextError> {
        let missing = || TextError::Missing {
            key: key.to_owned(),
            lang,
        };
        let bundle = self.bundles.get(&lang).ok_or_else(missing)?;
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(id, attr)| (id, Some(attr)));
        let message = bundle.get_message(id).ok_or_else(missing)?;
        let pattern = match attribute {
            None => message.value(),
            Some(name) => message
                .get_attribute(name)
                .map(|attribute| attribute.value()),
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern.ok_or_else(missing)?, Some(args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(TextError::Resolve {
                key: key.to_owned(),
                lang,
                detail: error.to_string(),
            }),
        }
    }

    /// The message, or `⟦key⟧` with a logged warning: a missing text must be seen, but must not take the page down.
    pub fn text(&self, lang: Lang, key: &str, args: &Args) -> String {
        self.try_text(lang, key, args).unwrap_or_else(|error| {
            tracing::warn!(key, lang = lang.code(), %error, "message not shown");
            format!("⟦{key}⟧")
        })
    }

    /// True when `key` (a message, not an attribute) exists in `lang`.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        let in_bundle = |lang: Lang| {
            let bundle = self.bundles.get(&lang);
            bundle.is_some_and(|bundle| bundle.has_message(key))
        };
        in_bundle(lang) || (lang.place().is_some() && in_bundle(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Catalogue {
        let mut builder = Catalogue::builder();
        builder.add("a", Lang::En, "hours = { $n ->\n    [one] { $n } hour\n   *[other] { $n } hours\n }\n    .hint = Whole hours\n");
        builder.add("a", Lang::Nl, "hours = { $n } uur\n    .hint = Hele uren\n");
        builder.build().unwrap()
    }

    #[test]
    fn messages_follow_language_plural_and_attribute() {
        let catalogue = sample();
        for (lang, key, n, expected) in [
            (Lang::En, "hours", 1.0, "1 hour"),
            (Lang::En, "hours", 1104.0, "1,104 hours"),
            (Lang::Nl, "hours", 1104.5, "1.104,5 uur"),
            (Lang::Nl, "hours.hint", 0.0, "Hele uren"),
        ] {
            let mut args = Args::new();
            args.set("n", n);
            assert_eq!(
                catalogue.try_text(lang, key, &args).as_deref(),
                Ok(expected),
                "{key}"
            );
        }
    }

    #[test]
    fn a_missing_key_and_a_missing_variable_are_visible() {
        let catalogue = sample();
        assert_eq!(catalogue.text(Lang::En, "nope", &Args::new()), "⟦nope⟧");
        assert!(matches!(
            catalogue.try_text(Lang::En, "hours", &Args::new()),
            Err(TextError::Resolve { .. })
        ));
    }

    #[test]
    fn a_key_is_defined_once() {
        let mut builder = Catalogue::builder();
        builder
            .add("a", Lang::En, "x = 1\n")
            .add("b", Lang::En, "x = 2\n");
        let error = builder.build().err().unwrap();
        assert!(
            error.to_string().contains("defined by b and by a"),
            "{error}"
        );
    }
}
