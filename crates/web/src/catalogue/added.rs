//! Languages that a file brings: `locales/de.ftl`, or a folder `locales/de/` of such files, with the messages of all crates together.
//!
//! The file says about itself, in messages of its own: `language-name` (its name in itself), and where they differ from English
//! `language-direction` (`rtl`), `language-group-mark` and `language-decimal-mark`. What it does not say is said in English.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Pattern, PatternElement};

use super::check::variables_by_key;
use super::lang::{About, Lang};

/// Messages about the language itself; they belong to no page.
pub const ABOUT: [&str; 4] = [
    "language-name",
    "language-direction",
    "language-group-mark",
    "language-decimal-mark",
];

/// An added language with its messages.
#[derive(Debug, Clone)]
pub struct Added {
    /// The language.
    pub lang: Lang,
    /// Its Fluent source.
    pub source: String,
}

/// Adds the language that a source describes.
///
/// # Errors
/// A sentence: the code is no language code or belongs to the product, or there are too many languages.
pub fn add(code: &str, source: String) -> Result<Added, String> {
    let values = values(&source);
    let mark = |key: &str, usual: char| {
        let value = values.get(key).and_then(|v| v.chars().next());
        // A trailing space is no value in Fluent, so a space is written as a word.
        match values.get(key).map(String::as_str) {
            Some("space") => '\u{a0}',
            _ => value.unwrap_or(usual),
        }
    };
    let about = About {
        code: code.to_owned(),
        name: values
            .get("language-name")
            .cloned()
            .unwrap_or_else(|| code.to_owned()),
        rtl: values
            .get("language-direction")
            .is_some_and(|d| d.trim() == "rtl"),
        group_mark: mark("language-group-mark", ','),
        decimal_mark: mark("language-decimal-mark", '.'),
    };
    let lang = Lang::add(about).map_err(|e| e.to_string())?;
    Ok(Added { lang, source })
}

/// Adds the languages of a folder: each `<code>.ftl`, and each folder `<code>` with files. A folder that is not there holds none.
///
/// # Errors
/// A sentence that names the file that cannot be read or the code that is none.
pub fn load(folder: &Path) -> Result<Vec<Added>, String> {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    for path in listed(folder)? {
        let code = path
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default();
        let files = if path.is_dir() {
            listed(&path)?
        } else {
            vec![path.clone()]
        };
        for file in files
            .iter()
            .filter(|f| f.extension().is_some_and(|e| e == "ftl"))
        {
            let text = std::fs::read_to_string(file)
                .map_err(|e| format!("cannot read {}: {e}", file.display()))?;
            let source = sources.entry(code.to_owned()).or_default();
            source.push_str(&text);
            source.push('\n');
        }
    }
    sources
        .into_iter()
        .map(|(code, source)| add(&code, source).map_err(|e| format!("{}: {e}", folder.display())))
        .collect()
}

fn listed(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let wrong = |e: std::io::Error| format!("cannot read {}: {e}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(wrong(e)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(wrong)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// How much of the English messages a language says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Messages that there are.
    pub all: usize,
    /// Those that the language says, with the same variables.
    pub said: usize,
    /// Keys that are missing: told in English.
    pub missing: Vec<String>,
    /// Keys whose variables are others than in English: told in English when one is not there.
    pub differing: Vec<String>,
    /// Keys that nobody asks for: misspelt, or no longer there.
    pub unknown: Vec<String>,
    /// Whether every line of the file could be read.
    pub readable: bool,
}

impl Coverage {
    /// Whole percents that are said; 100 only when nothing is missing.
    pub fn percent(&self) -> usize {
        (self.said * 100).checked_div(self.all).unwrap_or(100)
    }
}

/// Compares an added language with the English sources of all crates.
pub fn coverage(english: &[&str], source: &str) -> Coverage {
    let mut wanted = BTreeMap::new();
    for text in english {
        wanted.extend(parsed(text).0);
    }
    let (mut said, readable) = parsed(source);
    said.retain(|key, _| !ABOUT.contains(&key.as_str()));
    let mut found = Coverage {
        all: wanted.len(),
        readable,
        ..Coverage::default()
    };
    for (key, variables) in &wanted {
        match said.get(key) {
            None => found.missing.push(key.clone()),
            // A language may leave a variable out (a plural that needs no number), but cannot ask for one that is not given.
            Some(used) if !used.is_subset(variables) => found.differing.push(key.clone()),
            Some(_) => found.said += 1,
        }
    }
    found.unknown = said
        .into_keys()
        .filter(|key| !wanted.contains_key(key))
        .collect();
    found
}

fn parsed(source: &str) -> (BTreeMap<String, BTreeSet<String>>, bool) {
    match FluentResource::try_new(source.to_owned()) {
        Ok(resource) => (variables_by_key(&resource), true),
        Err((readable, _)) => (variables_by_key(&readable), false),
    }
}

/// The plain values of messages without variables.
fn values(source: &str) -> BTreeMap<String, String> {
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) => resource,
        Err((readable, _)) => readable,
    };
    let mut values = BTreeMap::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry
            && let Some(Pattern { elements }) = &message.value
            && let [PatternElement::TextElement { value }] = elements.as_slice()
        {
            values.insert(message.id.name.to_owned(), (*value).to_owned());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Args, Catalogue};

    const ENGLISH: &str = "hello = Hello { $name }\nhours = { $n ->\n    [one] { $n } hour\n   *[other] { $n } hours\n }\nbye = Bye\n";

    #[test]
    fn a_file_is_a_language_and_english_stands_in() {
        let source = "language-name = Frysk\nlanguage-group-mark = .\nlanguage-decimal-mark = ,\n\
            hello = Hoi { $name }\nhours = { $n } oere\nbroken = {\nbye = { $unknown }\n";
        let fy = add("fy", source.into()).unwrap();
        let mut builder = Catalogue::builder();
        builder
            .add("a", Lang::En, ENGLISH)
            .add("fy.ftl", fy.lang, &fy.source);
        let catalogue = builder.build().unwrap();
        let told = |key: &str| {
            let mut args = Args::new();
            args.set("name", "Noor");
            args.set("n", 1104.5);
            catalogue.text(fy.lang, key, &args)
        };
        assert_eq!(told("hello"), "Hoi Noor");
        assert_eq!(told("hours"), "1.104,5 oere");
        // Neither a variable that is not there nor a line that does not parse is seen by the reader.
        assert_eq!(told("bye"), "Bye");
        assert_eq!(told("nowhere"), "⟦nowhere⟧");
        assert!(catalogue.has(fy.lang, "bye") && !catalogue.has(fy.lang, "nowhere"));
        assert_eq!(fy.lang.name(), "Frysk");
    }

    #[test]
    fn coverage_names_what_is_missing_differs_or_is_unknown() {
        let source = "language-name = X\nhello = A { $nome }\nbye = B\nother = C\n";
        let found = coverage(&[ENGLISH], source);
        assert_eq!((found.all, found.said, found.percent()), (3, 1, 33));
        assert_eq!(found.missing, ["hours"]);
        assert_eq!(found.differing, ["hello"]);
        assert_eq!(found.unknown, ["other"]);
        assert!(found.readable);
        assert!(!coverage(&[ENGLISH], "x = {").readable);
    }

    #[test]
    fn a_folder_holds_files_and_folders_of_languages() {
        let dir = tempfile::tempdir().unwrap();
        assert!(load(&dir.path().join("none")).unwrap().is_empty());
        std::fs::write(
            dir.path().join("lb.ftl"),
            "language-name = Lëtzebuergesch\n",
        )
        .unwrap();
        std::fs::write(dir.path().join("README.md"), "words").unwrap();
        std::fs::create_dir(dir.path().join("ar")).unwrap();
        std::fs::write(dir.path().join("ar/a.ftl"), "language-direction = rtl\n").unwrap();
        std::fs::write(dir.path().join("ar/b.ftl"), "language-name = العربية\n").unwrap();
        let added = load(dir.path()).unwrap();
        let told: Vec<_> = added
            .iter()
            .map(|a| (a.lang.code(), a.lang.name(), a.lang.dir()))
            .collect();
        assert_eq!(
            told,
            [("ar", "العربية", "rtl"), ("lb", "Lëtzebuergesch", "ltr")]
        );
        std::fs::write(dir.path().join("nl.ftl"), "a = b\n").unwrap();
        assert!(load(dir.path()).unwrap_err().contains("nl is built in"));
    }
}
