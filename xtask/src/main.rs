//! Tasks for developers: `cargo xtask tidy`.

mod finding;
mod rust_source;
mod template;
mod tidy;
mod tree;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <task>

  tidy             checks the rules of the house that a compiler does not know
  tidy --warnings  the same, and shows what is worth a thought but no failure
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tidy"] => tidy::run(false),
        ["tidy", "--warnings"] => tidy::run(true),
        ["--help" | "-h" | "help"] => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}
