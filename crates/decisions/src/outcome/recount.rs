//! The ballots of a closed vote as a file that anybody can count again: without names, equal ballots put together, options by their
//! keys, because the lot goes by keys.

pub(crate) mod doors;

use backbone_db::Conn;
use backbone_identity::Actor;
use backbone_tally::Method as T;
use backbone_tally::files::{Format, write};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::count;
use crate::ballot::form::name;
use crate::ballot::{Ballot, Voter, electorate, store as ballots};
use crate::error::Error;
use crate::framework::Whole;
use crate::proposal::{DecisionId, Proposal, Status, store as proposals};
use crate::view::Say;

/// In which form ballots leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BallotFormat)]
pub enum FileFormat {
    /// JSON, which holds everything.
    #[default]
    Json,
    /// A table: a column for each option.
    Csv,
    /// The form of many counting programs, for choices and rankings.
    Blt,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [FileFormat; 3] = [FileFormat::Json, FileFormat::Csv, FileFormat::Blt];

    /// The end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            FileFormat::Json => "json",
            FileFormat::Csv => "csv",
            FileFormat::Blt => "blt",
        }
    }

    /// What a browser is told.
    pub fn media_type(self) -> &'static str {
        match self {
            FileFormat::Json => "application/json",
            FileFormat::Csv => "text/csv; charset=utf-8",
            FileFormat::Blt => "text/plain; charset=utf-8",
        }
    }
}

/// A closed vote with what is counted of it.
pub(crate) struct Counted {
    pub x: Proposal,
    pub voters: Vec<Voter>,
    pub ballots: Vec<Ballot>,
}

/// Reads the ballots of a vote that closed.
///
/// # Errors
/// 404; 409 `ballots-open` before the close, `ballots-too-few` for a secret vote below the number from which it shows its turnout.
pub(crate) fn of(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Counted, Error> {
    let x = proposals::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let over = !matches!(
        x.status,
        Status::Draft | Status::Discussion | Status::Voting
    );
    if !over || x.closed_at.is_none() || x.opened_at.is_none() {
        return Err(Error::Rule("ballots-open"));
    }
    let voters = ballots::voters(conn, actor.tenant(), id)?;
    if electorate::turnout(&x, &voters).is_none() {
        let most = x.norms.turnout_from.to_string();
        return Err(Error::RuleOf("ballots-too-few", "n", most));
    }
    let ballots = ballots::all(conn, actor.tenant(), id)?;
    Ok(Counted { x, voters, ballots })
}

impl Counted {
    /// The file; none where the form cannot hold what was voted, such as marks in `.blt` or costs in a table.
    pub(crate) fn file(&self, say: &Say, format: FileFormat) -> Option<String> {
        let x = &self.x;
        let counting = count::counting(&self.voters, &self.ballots);
        let mut election = count::election(x, &counting).ok()?;
        election.title = Some(plain(&x.title));
        election.seats = Some(count::rules(x).seats);
        let held = x
            .content
            .options
            .iter()
            .any(|o| o.withdrawn.is_some() || o.cost.is_some());
        let labels = x.content.options.iter();
        let labels = labels.map(|o| (o.key.clone(), plain(&name(say, x, &o.key))));
        match format {
            FileFormat::Json => {
                let text = write(&election, Format::Json).ok()?;
                let mut file: Value = serde_json::from_str(&text).ok()?;
                file["labels"] = labels
                    .map(|(key, label)| (key, Value::from(label)))
                    .collect();
                file["command"] = Value::from(self.command(format));
                serde_json::to_string_pretty(&file).ok()
            }
            FileFormat::Csv if held => None,
            FileFormat::Csv | FileFormat::Blt => {
                let kind = if format == FileFormat::Csv {
                    Format::Csv
                } else {
                    Format::Blt
                };
                let body = write(&election, kind).ok()?;
                let mut text = format!("# {}\n# {}\n", plain(&x.title), self.command(format));
                for (key, label) in labels {
                    text.push_str(&format!("# {key} = {label}\n"));
                }
                text.push_str(&body);
                Some(text)
            }
        }
    }

    /// The name of the file.
    pub(crate) fn file_name(&self, format: FileFormat) -> String {
        format!("ballots-{}.{}", self.x.id, format.as_str())
    }

    /// The command that counts the file again.
    pub(crate) fn command(&self, format: FileFormat) -> String {
        let x = &self.x;
        let method = count::method(&x.norms, x, count::eligible(&self.voters));
        let rules = count::rules(x);
        let mut words = vec!["backbone tally --method".to_string(), method.name().into()];
        words.extend(self.settings(&method));
        if !matches!(method, T::EqualShares(_)) {
            words.push(format!("--seats {}", rules.seats));
        }
        if let Some(seed) = rules.seed {
            words.push(format!("--seed {seed}"));
        }
        words.push(self.file_name(format));
        words.join(" ")
    }

    fn settings(&self, method: &T) -> Vec<String> {
        let pass = &self.x.norms.pass;
        let threshold = || {
            let exactly = if pass.reaching {
                "--at-least"
            } else {
                "--more-than"
            };
            let part = format!("--threshold {}/{}", pass.numerator, pass.denominator);
            [part, exactly.to_string()]
        };
        match method {
            T::Majority(_) | T::Supermajority(_) => {
                let of = match pass.of {
                    Whole::Cast => "cast".to_string(),
                    Whole::Present => "present".to_string(),
                    Whole::Eligible => count::eligible(&self.voters).to_string(),
                };
                let mut words = Vec::from(threshold());
                words.push(format!("--of {of}"));
                words.push("--abstain abstain".into());
                words
            }
            T::Consent(_) => [
                "--agree agree",
                "--aside stand_aside",
                "--object object",
                "--abstain abstain",
            ]
            .map(String::from)
            .into(),
            T::Gradients(g) => {
                let mut words = vec![
                    format!("--support {}", g.support),
                    format!("--block {}", g.block),
                ];
                words.extend(threshold());
                words
            }
            T::Score(scale) | T::Star(scale) => {
                vec![format!("--scale={}-{}", scale.lowest, scale.highest)]
            }
            T::Dots(dots) => vec![format!("--dots {}", dots.dots)],
            _ => Vec::new(),
        }
    }
}

/// One line without what would end a comment or a quoted name.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\\' { ' ' } else { c })
        .collect();
    text.trim().to_string()
}
