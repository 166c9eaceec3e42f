//! The languages the product speaks.

use std::fmt;
use std::str::FromStr;
use std::sync::{PoisonError, RwLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unic_langid::LanguageIdentifier;

/// A language of pages and mails: English and Dutch, with messages in each crate, and those that are added by a file
/// (see [`super::added`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
    /// One that a file brought: its place among those.
    Added(Place),
}

/// The place of an added language; only this module makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(u8);

/// What is known about an added language besides its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its code: two or three small letters (ISO 639).
    pub code: String,
    /// Its name in itself.
    pub name: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// The mark between groups of three digits.
    pub group_mark: char,
    /// The mark before decimals.
    pub decimal_mark: char,
}

/// Languages that can be added at most.
pub const MOST: usize = 16;

/// The added languages. They stay for the life of the process, so that a [`Lang`] is small and never dangles.
static ADDED: RwLock<Vec<&'static About>> = RwLock::new(Vec::new());

/// The text does not name a language that the product speaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("language {text:?} is not available; choose one of {known}")]
pub struct UnknownLang {
    /// What was given.
    pub text: String,
    /// The codes of those that are.
    pub known: String,
}

/// A language cannot be added.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotAdded {
    /// The code is not two or three small letters.
    #[error("{0:?} is no language code: two or three small letters, such as de or fy")]
    Code(String),
    /// English and Dutch belong to the product.
    #[error("{0} is built in and cannot be added")]
    BuiltIn(String),
    /// There are too many.
    #[error("at most {MOST} languages can be added")]
    TooMany,
}

impl Lang {
    /// The languages that the product brings, the first being the fallback.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Nl];

    /// Every language that can be chosen: those of the product, and those that were added.
    pub fn all() -> Vec<Lang> {
        let added = 0..added().len();
        let places = added.filter_map(|n| u8::try_from(n).ok());
        Lang::ALL
            .into_iter()
            .chain(places.map(|n| Lang::Added(Place(n))))
            .collect()
    }

    /// Adds a language, or gives the one that has its code.
    ///
    /// # Errors
    /// The code is not well-formed or belongs to the product, or there are too many.
    pub fn add(about: About) -> Result<Lang, NotAdded> {
        let plain =
            matches!(about.code.len(), 2 | 3) && about.code.bytes().all(|b| b.is_ascii_lowercase());
        if !plain {
            return Err(NotAdded::Code(about.code));
        }
        if Lang::ALL.iter().any(|l| l.code() == about.code) {
            return Err(NotAdded::BuiltIn(about.code));
        }
        let mut all = ADDED.write().unwrap_or_else(PoisonError::into_inner);
        let place = match all.iter().position(|a| a.code == about.code) {
            Some(place) => place,
            None if all.len() == MOST => return Err(NotAdded::TooMany),
            None => {
                all.push(Box::leak(Box::new(about)));
                all.len() - 1
            }
        };
        u8::try_from(place)
            .map(|n| Lang::Added(Place(n)))
            .map_err(|_| NotAdded::TooMany)
    }

    fn about(self) -> Option<&'static About> {
        match self {
            Lang::Added(place) => added().get(usize::from(place.0)).copied(),
            Lang::En | Lang::Nl => None,
        }
    }

    /// The place of an added language.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Lang::Added(place) => Some(usize::from(place.0)),
            Lang::En | Lang::Nl => None,
        }
    }

    /// The added language at a place, for the numbers in its messages.
    pub(super) fn at<const PLACE: u8>() -> Lang {
        Lang::Added(Place(PLACE))
    }

    /// The code used in `lang=""`, in the database and in file names.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Nl => "nl",
            Lang::En => "en",
            Lang::Added(_) => self.about().map_or("en", |a| a.code.as_str()),
        }
    }

    /// The language's name in itself, for a language chooser.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Nl => "Nederlands",
            Lang::En => "English",
            Lang::Added(_) => self.about().map_or("English", |a| a.name.as_str()),
        }
    }

    /// The direction in which it is written, for `dir=""`. The sheets know no left or right, only start and end.
    pub fn dir(self) -> &'static str {
        match self.about() {
            Some(about) if about.rtl => "rtl",
            _ => "ltr",
        }
    }

    /// The mark between groups of three digits.
    pub fn group_mark(self) -> char {
        match self {
            Lang::Nl => '.',
            Lang::En => ',',
            Lang::Added(_) => self.about().map_or(',', |a| a.group_mark),
        }
    }

    /// The mark before decimals.
    pub fn decimal_mark(self) -> char {
        match self {
            Lang::Nl => ',',
            Lang::En => '.',
            Lang::Added(_) => self.about().map_or('.', |a| a.decimal_mark),
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
        let all = Lang::all();
        let found = all
            .iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary));
        found.copied().ok_or_else(|| UnknownLang {
            text: text.trim().to_owned(),
            known: all.iter().map(|l| l.code()).collect::<Vec<_>>().join(", "),
        })
    }
}

fn added() -> Vec<&'static About> {
    ADDED.read().unwrap_or_else(PoisonError::into_inner).clone()
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(D::Error::custom)
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
        let unknown = "xx".parse::<Lang>().unwrap_err();
        assert_eq!(unknown.text, "xx");
    }

    #[test]
    fn a_language_can_be_added_once_and_is_then_one_of_ours() {
        let about = |code: &str| About {
            code: code.into(),
            name: "Esperanto".into(),
            rtl: false,
            group_mark: '\u{a0}',
            decimal_mark: ',',
        };
        let eo = Lang::add(about("eo")).unwrap();
        assert_eq!(Lang::add(about("eo")), Ok(eo));
        assert_eq!("eo-XX".parse(), Ok(eo));
        assert_eq!((eo.code(), eo.name(), eo.dir()), ("eo", "Esperanto", "ltr"));
        assert!(Lang::all().contains(&eo) && Lang::all().starts_with(&Lang::ALL));
        assert_eq!(Lang::from_accept_language("eo, en;q=0.5"), Some(eo));
        assert_eq!(serde_json::to_string(&eo).unwrap(), "\"eo\"");
        assert_eq!(serde_json::from_str::<Lang>("\"eo\"").unwrap(), eo);
        for (code, wrong) in [
            ("nl", NotAdded::BuiltIn("nl".into())),
            ("Deutsch", NotAdded::Code("Deutsch".into())),
            ("../x", NotAdded::Code("../x".into())),
        ] {
            assert_eq!(Lang::add(about(code)), Err(wrong));
        }
    }
}
