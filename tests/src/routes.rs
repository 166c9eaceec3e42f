//! The pages of the server, found in the source: the framework keeps no list of its routes.

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The path of every GET handler that is not an operation of the API, from the attributes in `crates/*/src`.
pub fn pages() -> Vec<String> {
    let mut found = Vec::new();
    let crates = std::fs::read_dir(project().join("crates")).expect("the folder crates");
    for entry in crates {
        visit(
            &entry.expect("an entry of crates").path().join("src"),
            &mut found,
        );
    }
    found.sort();
    found.dedup();
    found
}

fn visit(folder: &Path, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry of a source folder").path();
        if path.is_dir() {
            visit(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            from_source(
                &std::fs::read_to_string(&path).expect("a source file"),
                found,
            );
        }
    }
}

fn from_source(text: &str, found: &mut Vec<String>) {
    let mut described = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[utoipa::path") {
            described = true;
        } else if let Some(rest) = line.strip_prefix("#[get(\"") {
            let path = rest.split('"').next().unwrap_or_default();
            if !described {
                found.push(path.to_string());
            }
        } else if line.contains("fn ") {
            described = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_of_the_api_are_no_pages() {
        let source = "#[get(\"/p/{partnership}/jobs\")]\nasync fn show() {}\n#[utoipa::path(tag = \"jobs\",\n params())]\n#[get(\"/partnerships/{partnership}/jobs\")]\nasync fn list() {}\n#[get(\"/sign-in\")]\nasync fn sign_in() {}\n";
        let mut found = Vec::new();
        from_source(source, &mut found);
        assert_eq!(found, ["/p/{partnership}/jobs", "/sign-in"]);
    }
}
