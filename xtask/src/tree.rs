//! The files of the project, as text.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// A text file; the path is relative to the root of the workspace, with forward slashes.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The part of the file name after the last dot, or nothing.
    pub fn extension(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// `crates/<name>` of a file in a crate's folder.
    pub fn crate_folder(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("crates/")?;
        let end = rest.find('/')?;
        Some(&self.path[.."crates/".len() + end])
    }

    /// Whether the whole file is test code: it may do what product code may not.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.contains("/probe/")
            || self.path.contains("/benches/")
            || self.path.contains("/examples/")
            || matches!(self.name(), "tests.rs" | "testing.rs")
            || self.name().ends_with("_tests.rs")
    }
}

/// All files that git knows or would add, and the folders that they lie in.
#[derive(Debug, Default)]
pub struct Tree {
    /// Text files with their content.
    pub files: Vec<File>,
    /// Paths of all files, binary ones as well, and of all folders.
    pub paths: BTreeSet<String>,
}

impl Tree {
    /// Reads the working copy at `root`.
    ///
    /// # Errors
    /// When git cannot list the files or one of them cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let listing = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(root)
            .output()
            .map_err(|error| format!("cannot run git to list the files: {error}"))?;
        if !listing.status.success() {
            return Err(String::from_utf8_lossy(&listing.stderr).into_owned());
        }
        let mut tree = Self::default();
        for path in String::from_utf8_lossy(&listing.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
        {
            let full = root.join(path);
            if !full.is_file() {
                continue; // deleted in the working copy, or a link to a folder
            }
            let bytes =
                std::fs::read(&full).map_err(|error| format!("cannot read {path}: {error}"))?;
            tree.add(path, String::from_utf8(bytes).ok());
        }
        Ok(tree)
    }

    /// A made-up tree for the checks' own tests.
    #[cfg(test)]
    pub fn sample(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            tree.add(path, Some((*text).to_owned()));
        }
        tree
    }

    /// The text of the file at `path`, if there is one.
    pub fn text(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.text)
    }

    /// The files with one of these extensions.
    pub fn with_extension<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| extensions.contains(&file.extension()))
    }

    fn add(&mut self, path: &str, text: Option<String>) {
        self.paths.insert(path.to_owned());
        for (at, _) in path.match_indices('/') {
            self.paths.insert(path[..at].to_owned());
        }
        if let Some(text) = text {
            self.files.push(File {
                path: path.to_owned(),
                text,
            });
        }
    }
}
