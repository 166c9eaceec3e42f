use std::path::Path;
use std::process::ExitCode;

use backbone_web::catalogue::added::{self, Coverage};

use crate::cli::LanguageCommand;
use crate::languages::ENGLISH;

/// Keys that are listed of each sort; more are counted.
const SHOWN: usize = 20;

/// `backbone language …`: needs no server, settings or database.
pub fn run(command: &LanguageCommand) -> ExitCode {
    match command {
        LanguageCommand::Template => {
            print!("{}", template());
            ExitCode::SUCCESS
        }
        LanguageCommand::Check { file } => check(file),
    }
}

/// All English messages, each room under its heading, after what a language says about itself.
fn template() -> String {
    let mut text = String::from(
        "# Translate what stands behind each = sign. Leave names, { $variables } and <tags> as they are.\n\
         # What you leave out is shown in English.\n\n\
         language-name = English\n\
         # ltr or rtl\n\
         language-direction = ltr\n\
         # The marks in numbers; write the word space for a space.\n\
         language-group-mark = ,\n\
         language-decimal-mark = .\n",
    );
    for (room, source) in ENGLISH {
        text.push_str(&format!("\n### {room}\n\n{}\n", source.trim_end()));
    }
    text
}

fn check(file: &Path) -> ExitCode {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("cannot read {}: {error}", file.display());
            return ExitCode::from(2);
        }
    };
    let english: Vec<&str> = ENGLISH.iter().map(|(_, source)| *source).collect();
    let found = added::coverage(&english, &text);
    print!("{}", report(&found));
    match found.readable && found.differing.is_empty() && found.unknown.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn report(found: &Coverage) -> String {
    let mut text = format!(
        "{} % translated: {} of {} messages.\n",
        found.percent(),
        found.said,
        found.all
    );
    if !found.readable {
        text.push_str("Some lines cannot be read; their messages are shown in English.\n");
    }
    for (what, keys) in [
        ("Shown in English, because they are missing", &found.missing),
        (
            "Wrong: they ask for a { $variable } that there is not",
            &found.differing,
        ),
        ("Not used: no such message", &found.unknown),
    ] {
        if keys.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{what} ({}):\n", keys.len()));
        for key in keys.iter().take(SHOWN) {
            text.push_str(&format!("  {key}\n"));
        }
        if keys.len() > SHOWN {
            text.push_str(&format!("  … and {} more\n", keys.len() - SHOWN));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_whole_translation_that_says_the_same() {
        let english: Vec<&str> = ENGLISH.iter().map(|(_, source)| *source).collect();
        let found = added::coverage(&english, &template());
        assert_eq!(found.percent(), 100, "{}", report(&found));
        assert!(
            found.readable && found.unknown.is_empty(),
            "{}",
            report(&found)
        );
        assert!(found.all > 1000, "{}", found.all);
    }

    #[test]
    fn a_report_names_what_is_missing_and_wrong() {
        let found = added::coverage(
            &["a = { $x }\nb = B\nc = C\n"],
            "a = { $y }\nc = D\nz = Z\n",
        );
        let told = report(&found);
        for part in ["33 % translated: 1 of 3", "  b\n", "  a\n", "  z\n"] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }
}
