//! `backbone tally`: counts a file of ballots by itself, so that anybody can recompute a result.

mod settings;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use backbone_tally::files::{Cells, Format, MOST_BYTES, read};
use backbone_tally::{Election, Method, Rules, Tally, count, english};
use clap::{Args, ValueEnum};

/// What the command line says.
#[derive(Args, Debug)]
pub struct TallyArgs {
    /// How to count.
    #[arg(long, short, value_parser = clap::builder::PossibleValuesParser::new(Method::NAMES))]
    method: String,
    /// How many options can win. Without it, what the file says, or 1.
    #[arg(long, value_name = "N")]
    seats: Option<usize>,
    /// Votes that are sure to win one of several seats.
    #[arg(long, value_enum, default_value = "droop")]
    quota: QuotaWord,
    /// What makes a majority strong (schulze, ranked-pairs).
    #[arg(long, value_enum, default_value = "winning-votes")]
    strength: StrengthWord,
    /// Draw lots with this seed. Without it, a tie for a seat stays a tie; where a count cannot go on without a lot, the seed is 0.
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    /// Part that is needed, such as 2/3 or 60% (majority: more than that; supermajority and gradients: that or more).
    #[arg(long, value_name = "PART")]
    threshold: Option<String>,
    /// Exactly that part is enough (supermajority and gradients do so by themselves).
    #[arg(long, conflicts_with = "more_than")]
    at_least: bool,
    /// It takes more than that part (majority does so by itself).
    #[arg(long)]
    more_than: bool,
    /// Of whom a part is needed: `cast` (without those who abstain), `present`, or the number of those who may vote.
    #[arg(long, value_name = "WHOM", default_value = "cast")]
    of: String,
    /// The option that stands for abstaining. Without it, one that is called so.
    #[arg(long, value_name = "OPTION")]
    abstain: Option<String>,
    /// The options that agree (consent). Without it, those that are called so; likewise the next two.
    #[arg(long, value_name = "OPTION")]
    agree: Vec<String>,
    /// The options that stand aside (consent).
    #[arg(long, value_name = "OPTION")]
    aside: Vec<String>,
    /// The options that object (consent).
    #[arg(long, value_name = "OPTION")]
    object: Vec<String>,
    /// How many may object (consent).
    #[arg(long, value_name = "N", default_value_t = 0)]
    objections: u64,
    /// How many levels from the top support the proposal (gradients). Without it, half of them.
    #[arg(long, value_name = "N")]
    support: Option<usize>,
    /// How many levels from the bottom block it (gradients).
    #[arg(long, value_name = "N", default_value_t = 1)]
    block: usize,
    /// Lowest and highest mark, such as 0-5 (score, star). Without it, those on the ballots.
    #[arg(long, value_name = "LOW-HIGH")]
    scale: Option<String>,
    /// How many dots a ballot has (dots). Without it, the most that a ballot spends.
    #[arg(long, value_name = "N")]
    dots: Option<u32>,
    /// What can be spent (equal-shares). Without it, what the file says.
    #[arg(long, value_name = "N")]
    budget: Option<u64>,
    /// What a project is worth to its supporters (equal-shares).
    #[arg(long, value_enum, default_value = "cost")]
    utility: UtilityWord,
    /// What happens with money that is left (equal-shares).
    #[arg(long, value_enum, default_value = "raise-then-greedy")]
    completion: CompletionWord,
    /// What numbers in CSV columns are. Without it, what the method needs.
    #[arg(long, value_enum)]
    cells: Option<CellsWord>,
    /// Kind of file. Without it, by its name, or by how it begins.
    #[arg(long, value_enum)]
    format: Option<FormatWord>,
    /// Print the result as JSON: method, winners, ranking and steps.
    #[arg(long)]
    json: bool,
    /// File of ballots (.blt, .csv, .json, .pb); - for standard input.
    file: PathBuf,
}

/// Shown under the help.
pub const AFTER_HELP: &str = "Exit codes: 0 counted (also when nothing wins), 1 the ballots cannot be read or counted, 2 wrong arguments.\n\n\
Needs no settings, database or data folder.";

macro_rules! words {
    ($name:ident => $target:ty { $($word:ident = $value:expr),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, ValueEnum)]
        enum $name { $($word),+ }

        impl From<$name> for $target {
            fn from(word: $name) -> Self {
                match word { $($name::$word => $value),+ }
            }
        }
    };
}

words!(QuotaWord => backbone_tally::Quota { Droop = Self::Droop, Hare = Self::Hare });
words!(StrengthWord => backbone_tally::Strength { WinningVotes = Self::WinningVotes, Margins = Self::Margins });
words!(UtilityWord => backbone_tally::Utility { Cost = Self::Cost, Marks = Self::Marks });
words!(CompletionWord => backbone_tally::Completion {
    None = Self::None, Greedy = Self::Greedy, Raise = Self::Raise, RaiseThenGreedy = Self::RaiseThenGreedy,
});
words!(CellsWord => Cells { Ranks = Self::Ranks, Marks = Self::Marks });
words!(FormatWord => Format { Blt = Self::Blt, Csv = Self::Csv, Json = Self::Json, Pb = Self::Pb });

/// Why nothing was counted.
pub enum Failure {
    /// The arguments are wrong: exit code 2.
    Arguments(String),
    /// The ballots cannot be read or counted: exit code 1.
    Ballots(String),
}

/// Counts and prints.
pub fn run(arguments: &TallyArgs) -> Result<(), Failure> {
    let mut election = load(arguments)?;
    if let Some(budget) = arguments.budget {
        election.budget = Some(budget);
    }
    let method = settings::method(arguments, &election).map_err(Failure::Arguments)?;
    let rules = Rules {
        seats: arguments.seats.or(election.seats).unwrap_or(1),
        seed: arguments.seed.clone(),
    };
    let tally =
        count(&method, &election, &rules).map_err(|why| Failure::Ballots(why.to_string()))?;
    let text = if arguments.json {
        as_json(&tally).map_err(|why| Failure::Ballots(why.to_string()))?
    } else {
        english::explain(&tally)
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads has seen enough.
        Err(why) if why.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(why) => Err(Failure::Ballots(format!(
            "the result cannot be written: {why}"
        ))),
        Ok(()) => Ok(()),
    }
}

/// Exactly these four keys: figures are for pages.
fn as_json(tally: &Tally) -> Result<String, serde_json::Error> {
    #[derive(serde::Serialize)]
    struct Printed<'t> {
        method: &'t str,
        winners: &'t [backbone_tally::OptionName],
        ranking: &'t [Vec<backbone_tally::OptionName>],
        steps: &'t [backbone_tally::Step],
    }
    let printed = Printed {
        method: &tally.method,
        winners: &tally.winners,
        ranking: &tally.ranking,
        steps: &tally.steps,
    };
    serde_json::to_string_pretty(&printed).map(|text| text + "\n")
}

fn load(arguments: &TallyArgs) -> Result<Election, Failure> {
    let file = &arguments.file;
    let name = file.display();
    let bytes =
        bytes(file).map_err(|why| Failure::Ballots(format!("{name} cannot be read: {why}")))?;
    let format = arguments.format.map(Format::from);
    let format = format.or_else(|| Format::of_name(&file.to_string_lossy()));
    let format = format.unwrap_or_else(|| settings::format_by_content(&bytes));
    let cells = arguments.cells.map(Cells::from);
    let cells = cells.unwrap_or_else(|| settings::cells(&arguments.method));
    read(&bytes, format, cells).map_err(|why| Failure::Ballots(format!("{name}: {why}")))
}

/// One byte more than a file may have, so that a longer one is seen as such.
fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let most = MOST_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?
            .take(most)
            .read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
