//! The languages the product speaks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language of pages and mails. A further one is a variant here and a `locales/<code>.ftl` in each crate.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

/// The text does not name a language that the product speaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("language {0:?} is not available; choose one of en, nl")]
pub struct UnknownLang(pub String);

impl Lang {
    /// Every language, the first being the fallback.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Nl];

    /// The code used in `lang=""`, in the database and in file names.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Nl => "nl",
        }
    }

    /// The language's name in itself, for a language chooser.
    pub const fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Nl => "Nederlands",
        }
    }

    /// The direction in which it is written, for `dir=""`. The sheets know no left or right, only start and end.
    pub const fn dir(self) -> &'static str {
        match self {
            Lang::En | Lang::Nl => "ltr",
        }
    }

    /// The mark between groups of three digits.
    pub const fn group_mark(self) -> char {
        match self {
            Lang::En => ',',
            Lang::Nl => '.',
        }
    }

    /// The mark before decimals.
    pub const fn decimal_mark(self) -> char {
        match self {
            Lang::En => '.',
            Lang::Nl => ',',
        }
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        // The codes above are well-formed, as a test proves; "und" would only lose plural rules.
        self.code().parse().unwrap_or_default()
    }

    /// The best language for an `Accept-Language` header (RFC 9110): highest weight first, region ignored.
    /// `None` when the header names none of ours.
    pub fn from_accept_language(header: &str) -> Option<Lang> {
        let mut best: Option<(Lang, f32)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(Ok(lang)) = pieces.next().map(str::parse::<Lang>) else {
                continue;
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(_, earlier)| weight > earlier) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let primary = text.trim().split(['-', '_']).next().unwrap_or_default();
        Lang::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary))
            .ok_or_else(|| UnknownLang(text.trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_picks_the_heaviest_of_ours() {
        for (header, expected) in [
            ("nl-NL,nl;q=0.9,en;q=0.8", Some(Lang::Nl)),
            ("en;q=0.2, nl;q=0.7", Some(Lang::Nl)),
            ("fr-FR, en-GB;q=0.5", Some(Lang::En)),
            ("nl;q=0, en;q=0.1", Some(Lang::En)),
            ("de, fr", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_accept_language(header), expected, "{header}");
        }
    }

    #[test]
    fn codes_read_back() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse(), Ok(lang));
            assert_eq!(lang.identifier().to_string(), lang.code());
        }
        assert_eq!("NL_be".parse(), Ok(Lang::Nl));
        assert_eq!("xx".parse::<Lang>(), Err(UnknownLang("xx".into())));
    }
}
