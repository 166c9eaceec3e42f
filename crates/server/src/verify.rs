//! `backbone verify`: checks a story's bundle without server, database or network.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

/// The list of sums within a bundle.
const SUMS: &str = "SHA256SUMS";
/// Most bytes of one file, so that a crafted bundle cannot fill the memory.
const MOST: u64 = 64 * 1024 * 1024;
/// Most files of a bundle.
const MOST_FILES: usize = 100;

type Files = BTreeMap<String, Vec<u8>>;

/// What a sound bundle holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Sound {
    /// Files whose sums were right.
    pub files: usize,
    /// Figures of the story, each of which has its sources in the bundle.
    pub figures: usize,
    /// SHA-256 of the story.
    pub sha256: String,
}

/// Checks and tells; 0 when the bundle is sound, 1 when it is not.
pub fn run(bundle: &Path) -> ExitCode {
    let found = read(bundle)
        .map_err(|why| vec![why])
        .and_then(|f| check(&f));
    match found {
        Ok(sound) => {
            println!(
                "sound: {} files, {} figures with their sources",
                sound.files, sound.figures
            );
            println!("SHA-256 of the story: {}", sound.sha256);
            println!(
                "The story's public page must show the same bundle; ask the partnership when it does not."
            );
            ExitCode::SUCCESS
        }
        Err(faults) => {
            for fault in faults {
                eprintln!("backbone: {fault}");
            }
            eprintln!("backbone: this bundle is not as it was published");
            ExitCode::FAILURE
        }
    }
}

fn read(bundle: &Path) -> Result<Files, String> {
    let shown = bundle.display();
    if bundle.is_dir() {
        return folder(bundle).map_err(|e| format!("{shown} cannot be read: {e}"));
    }
    let file = File::open(bundle).map_err(|e| format!("{shown} cannot be opened: {e}"))?;
    let mut zip = ZipArchive::new(file).map_err(|e| format!("{shown} is no bundle: {e}"))?;
    if zip.len() > MOST_FILES {
        return Err(format!(
            "{shown} holds {} files, more than a bundle does",
            zip.len()
        ));
    }
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut entry = zip
            .by_index(index)
            .map_err(|e| format!("{shown} is damaged: {e}"))?;
        let name = entry
            .name()
            .map_err(|e| format!("{shown} is damaged: {e}"))?
            .to_string();
        let bytes = bounded(&mut entry).map_err(|e| format!("{name}: {e}"))?;
        if files.insert(name.clone(), bytes).is_some() {
            return Err(format!("{name} is in the bundle twice"));
        }
    }
    Ok(files)
}

fn folder(path: &Path) -> std::io::Result<Files> {
    let mut files = Files::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let bytes = bounded(&mut File::open(entry.path())?)?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(files)
}

fn bounded(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(std::io::Error::other(
            "the file is larger than a bundle's files are",
        ));
    }
    Ok(bytes)
}

fn sum(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Every file has the sum that the list gives, none is missing or added, the story is the recorded one, and each of its figures
/// has its sources.
///
/// # Errors
/// What is wrong, a sentence each.
pub fn check(files: &Files) -> Result<Sound, Vec<String>> {
    let mut faults = Vec::new();
    let listed = sums(files, &mut faults);
    for (name, wanted) in &listed {
        match files.get(name) {
            None => faults.push(format!("{name} is missing")),
            Some(bytes) if sum(bytes) != *wanted => faults.push(format!("{name} was changed")),
            Some(_) => {}
        }
    }
    for name in files
        .keys()
        .filter(|n| *n != SUMS && !listed.contains_key(*n))
    {
        faults.push(format!("{name} was added"));
    }
    let story = files.get("story.json").map(|b| sum(b)).unwrap_or_default();
    let recorded = json(files, "about.json", &mut faults)["sha256_of_story_json"].take();
    if recorded != Value::String(story.clone()) {
        faults.push("story.json is not the story whose sum was recorded at publishing".into());
    }
    let figures = figures(files, &mut faults);
    if faults.is_empty() {
        Ok(Sound {
            files: listed.len(),
            figures,
            sha256: story,
        })
    } else {
        Err(faults)
    }
}

/// The list: 64 digits, two spaces, a name.
fn sums(files: &Files, faults: &mut Vec<String>) -> BTreeMap<String, String> {
    let Some(text) = files.get(SUMS).map(|b| String::from_utf8_lossy(b)) else {
        faults.push(format!("{SUMS} is missing"));
        return BTreeMap::new();
    };
    let mut listed = BTreeMap::new();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        match line.split_once("  ") {
            Some((digits, name)) if digits.len() == 64 => {
                listed.insert(name.to_string(), digits.to_lowercase());
            }
            _ => faults.push(format!("{SUMS} has a line that is no sum: {line}")),
        }
    }
    listed
}

fn json(files: &Files, name: &str, faults: &mut Vec<String>) -> Value {
    let read = files.get(name).map(|b| serde_json::from_slice::<Value>(b));
    match read {
        Some(Ok(value)) => value,
        Some(Err(e)) => {
            faults.push(format!("{name} cannot be read: {e}"));
            Value::Null
        }
        None => {
            faults.push(format!("{name} is missing"));
            Value::Null
        }
    }
}

/// How many figures the story has; a fault for each without sources.
fn figures(files: &Files, faults: &mut Vec<String>) -> usize {
    let story = json(files, "story.json", faults);
    let sources = json(files, "sources.json", faults);
    let traced: Vec<&str> = sources
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| s["figure"].as_str())
        .collect();
    let keys: Vec<&str> = story["figures"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|f| f["key"].as_str())
        .collect();
    for key in keys.iter().filter(|k| !traced.contains(k)) {
        faults.push(format!("the figure {key} has no sources"));
    }
    keys.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Files {
        let story = br#"{"figures":[{"key":"share"}]}"#.to_vec();
        let about = format!(r#"{{"sha256_of_story_json":"{}"}}"#, sum(&story));
        let mut files = Files::from([
            ("story.json".to_string(), story),
            ("about.json".into(), about.into_bytes()),
            (
                "sources.json".into(),
                br#"[{"figure":"share","trace":{}}]"#.to_vec(),
            ),
            ("index.html".into(), b"<h1>Sami reads</h1>".to_vec()),
        ]);
        relist(&mut files);
        files
    }

    fn relist(files: &mut Files) {
        files.remove(SUMS);
        let list: String = files
            .iter()
            .map(|(name, bytes)| format!("{}  {name}\n", sum(bytes)))
            .collect();
        files.insert(SUMS.into(), list.into_bytes());
    }

    #[test]
    fn a_bundle_is_sound_until_anything_in_it_changes() {
        let sound = check(&bundle()).unwrap();
        assert_eq!((sound.files, sound.figures), (4, 1));

        type Change = (&'static str, fn(&mut Files));
        let change: [Change; 6] = [
            ("index.html was changed", |f| {
                f.insert("index.html".into(), b"other".to_vec());
            }),
            ("index.html is missing", |f| {
                f.remove("index.html");
            }),
            ("extra.txt was added", |f| {
                f.insert("extra.txt".into(), Vec::new());
            }),
            ("SHA256SUMS is missing", |f| {
                f.remove(SUMS);
            }),
            // Somebody who changes the story and makes the list anew is found by the recorded sum.
            ("story.json is not the story", |f| {
                f.insert("story.json".into(), br#"{"figures":[]}"#.to_vec());
                relist(f);
            }),
            ("the figure share has no sources", |f| {
                f.insert("sources.json".into(), b"[]".to_vec());
                relist(f);
            }),
        ];
        for (wanted, spoil) in change {
            let mut files = bundle();
            spoil(&mut files);
            let faults = check(&files).unwrap_err();
            assert!(
                faults.iter().any(|f| f.starts_with(wanted)),
                "{wanted}: {faults:?}"
            );
        }
    }

    #[test]
    fn what_is_no_bundle_is_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.zip");
        std::fs::write(&file, b"not a zip").unwrap();
        assert!(read(&file).unwrap_err().contains("is no bundle"));
        assert!(
            read(&folder.path().join("none.zip"))
                .unwrap_err()
                .contains("cannot be opened")
        );
        std::fs::write(folder.path().join(SUMS), b"short  a\n").unwrap();
        let faults = check(&read(folder.path()).unwrap()).unwrap_err();
        assert!(faults.iter().any(|f| f.contains("no sum")), "{faults:?}");
    }
}
