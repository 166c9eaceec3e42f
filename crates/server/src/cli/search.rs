use crate::cli::SearchCommand;
use crate::config::Config;
use crate::{search, start};

/// `backbone search …`: for operators, beside a server that runs or stands still.
pub fn run(config: &Config, command: SearchCommand) -> Result<(), String> {
    let core = start::core(config)?;
    match command {
        SearchCommand::Rebuild => {
            let counts = search::rebuild(&core).map_err(|e| e.to_string())?;
            let all: i64 = counts.iter().map(|(_, n)| n).sum();
            println!(
                "{all} things in {} partnerships can be found.",
                counts.len()
            );
            Ok(())
        }
        SearchCommand::Check => {
            let wrong = search::check(&core).map_err(|e| e.to_string())?;
            if wrong.is_empty() {
                println!("The search index says what the data says.");
                return Ok(());
            }
            for line in &wrong {
                println!("differs: {line}");
            }
            Err(format!(
                "{} entries of the search index differ; `backbone search rebuild` puts them right",
                wrong.len()
            ))
        }
    }
}
