//! The command line.

mod admin;
mod import;
mod language;
mod run;
mod search;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// One self-hosted server for partnerships of many organizations.
///
/// Start with `backbone demo` to look around with made-up data, or with `backbone serve` on an empty folder: it makes an
/// embedded database, prints an address, and the browser leads through the set-up. Settings come from BACKBONE_* variables or a
/// TOML file (`backbone config` prints a commented sample).
#[derive(Parser)]
#[command(name = "backbone", version, max_term_width = 100)]
struct Cli {
    /// Settings file (TOML); variables override it.
    #[arg(long, global = true, env = "BACKBONE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Migrate, then serve pages, API and background work. The everyday command.
    Serve,
    /// Only background work (mail, imports, schedules), beside one or more `serve` with BACKBONE_WORKERS=0.
    Work,
    /// Load a believable demo partnership into an empty database, then serve, with sign-in links for a staff member, a partner and
    /// a funder. Mail stays in a local mailbox.
    Demo {
        /// Only load the data; do not serve.
        #[arg(long)]
        load_only: bool,
    },
    /// Bring the database's schema up to date and end. `serve` does it by itself.
    Migrate,
    /// Check settings, database, mail server, disk and the event log's hashes; say what is wrong and how to mend it.
    Doctor,
    /// Write a complete backup (database and uploaded files) while the server runs.
    Backup {
        /// Folder to make; it must not exist.
        target: PathBuf,
    },
    /// Restore a backup into an empty data folder and an empty database.
    Restore {
        /// Folder that `backup` wrote.
        source: PathBuf,
    },
    /// Write everything that a partnership put in into one ZIP: a file of JSON lines a table, and every uploaded file. The server may run
    /// meanwhile.
    Export {
        /// The partnership, by its name in addresses or its id.
        partnership: String,
        /// File to make; it must not exist.
        target: PathBuf,
    },
    /// Check a story's bundle, without server or network: that no file was changed, and that the story is the one that was published.
    Verify {
        /// The bundle: the `.zip` that was downloaded, or the folder it was unpacked into.
        bundle: PathBuf,
    },
    /// Print a commented sample of all settings, or check the effective ones.
    Config {
        /// Check and show the effective settings instead.
        #[arg(long)]
        check: bool,
    },
    /// What people find by Ctrl-K: how much there is, whether it is true, or make it anew.
    Search {
        #[command(subcommand)]
        command: SearchCommand,
    },
    /// Write every page and mail, filled from the demo, in each language, into a folder to look at: for whoever changes words or looks.
    Preview {
        /// Folder to make; it must not exist.
        target: PathBuf,
    },
    /// Bring over what was kept elsewhere.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Translate: print what there is to translate, or check a file. A file `locales/<code>.ftl` in the data folder makes its
    /// language choosable at the next start.
    Language {
        #[command(subcommand)]
        command: LanguageCommand,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Count a file of ballots and explain the result step by step, so that anybody can recompute it.
    #[command(after_help = tally::AFTER_HELP)]
    Tally(Box<tally::TallyArgs>),
    /// For operators: sign-in links, keys.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// (internal) Serve one job that cannot be trusted, on standard input and output.
    #[command(hide = true)]
    Sandbox,
}

#[derive(Subcommand)]
enum LanguageCommand {
    /// Print all English messages, to begin a translation with.
    Template,
    /// Say how much a file translates, what is missing and what is wrong with it.
    Check {
        /// The file, such as `de.ftl`.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum SearchCommand {
    /// Read every object again and put the index right. The server may run meanwhile.
    Rebuild,
    /// Compare the index with what it was made from, and say what differs.
    Check,
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Decisions of a Loomio group, from its export (JSON Lines or CSV), as history: bodies, seats, discussions, polls with their votes, outcomes.
    /// Nobody gets a mail; a repeat brings only what is new. Without --dry-run it is brought over.
    Loomio {
        /// The export.
        file: PathBuf,
        /// The partnership it goes to, by its id or slug; needed where there are several.
        #[arg(long, value_name = "SLUG")]
        partnership: Option<String>,
        /// Only say what would come, and what would not.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Print a one-time sign-in link for a person, good for 20 minutes.
    SignInLink {
        /// The person's email address.
        email: String,
    },
    /// Sign access tokens with a new key; the old one is accepted until its tokens have expired.
    RotateKeys,
}

/// Runs the command line; 0 when it worked, 1 when it did not, 2 for wrong arguments or settings.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Sandbox = cli.command {
        backbone_sandbox::child::serve(crate::wiring::SANDBOX_JOBS);
    }
    let config = match &cli.command {
        Command::Config { check: false } => {
            print!("{}", crate::config::sample());
            return ExitCode::SUCCESS;
        }
        Command::Openapi => return print_openapi(),
        Command::Preview { target } => return print_preview(target),
        Command::Language { command } => return language::run(command),
        Command::Verify { bundle } => return crate::verify::run(bundle),
        Command::Tally(arguments) => return print_tally(arguments),
        _ => match load(&cli) {
            Ok(config) => config,
            Err(code) => return code,
        },
    };
    log_to_stderr(&config);
    let result = match cli.command {
        Command::Serve => run::serve(&config),
        Command::Work => run::work(&config),
        Command::Demo { load_only } => run::demo(&config, load_only),
        Command::Migrate => run::migrate(&config),
        Command::Doctor => crate::doctor::run(&config),
        Command::Backup { target } => crate::backup::backup(&config, &target),
        Command::Restore { source } => crate::backup::restore(&config, &source),
        Command::Export {
            partnership,
            target,
        } => export(&config, &partnership, &target),
        Command::Config { .. } => {
            print!("{}", config.describe());
            Ok(())
        }
        Command::Search { command } => search::run(&config, command),
        Command::Import { command } => import::run(&config, command),
        Command::Admin { command } => admin::run(&config, command),
        Command::Openapi
        | Command::Preview { .. }
        | Command::Sandbox
        | Command::Language { .. }
        | Command::Verify { .. }
        | Command::Tally(_) => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("backbone: {why}");
            ExitCode::FAILURE
        }
    }
}

fn load(cli: &Cli) -> Result<Config, ExitCode> {
    let names: Vec<String> = std::env::vars_os()
        .filter_map(|(k, _)| k.into_string().ok())
        .collect();
    Config::load(
        cli.config.as_deref(),
        &|name| std::env::var(name).ok(),
        &names,
    )
    .map_err(|errors| {
        eprintln!("backbone: the settings are wrong, so nothing was started:");
        for error in errors {
            eprintln!("  - {error}");
        }
        ExitCode::from(2)
    })
}

fn print_preview(target: &std::path::Path) -> ExitCode {
    match crate::preview::run(target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn print_openapi() -> ExitCode {
    match crate::openapi::document().to_pretty_json() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("backbone: {e}");
            ExitCode::FAILURE
        }
    }
}

fn print_tally(arguments: &tally::TallyArgs) -> ExitCode {
    let (why, code) = match tally::run(arguments) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(tally::Failure::Ballots(why)) => (why, 1),
        Err(tally::Failure::Arguments(why)) => (why, 2),
    };
    eprintln!("backbone: {why}");
    ExitCode::from(code)
}

fn export(config: &Config, partnership: &str, target: &std::path::Path) -> Result<(), String> {
    let core = crate::start::core(config)?;
    crate::home::export_to(&core, partnership, target)
}

fn coloured() -> bool {
    use std::io::IsTerminal;
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

fn log_to_stderr(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Colours are for eyes: not in files, and not where NO_COLOR asks for none.
        .with_ansi(coloured())
        .with_writer(std::io::stderr);
    // A second subscriber (in tests) is no reason to stop.
    let set = if config.log_json {
        lines.json().try_init()
    } else {
        lines.try_init()
    };
    drop(set);
}
