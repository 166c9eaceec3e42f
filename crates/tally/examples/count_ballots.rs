//! Counts elections from standard input, one JSON object a line, for comparison with other programs:
//! `{"method": {"method": "irv"}, "seats": 1, "election": {…}}` gives `{"winners", "ranking", "steps"}` or `{"error"}`.

use std::io::{BufRead, Write};

use backbone_tally::files::{Cells, Format, read};
use backbone_tally::{Method, Rules, Tally, count};
use serde::Deserialize;

#[derive(Deserialize)]
struct Question {
    method: Method,
    seats: usize,
    #[serde(default)]
    seed: Option<String>,
    election: serde_json::Value,
}

fn answer(line: &str) -> Result<Tally, String> {
    let question: Question = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = question.election.to_string();
    let election = read(text.as_bytes(), Format::Json, Cells::Ranks);
    let election = election.map_err(|error| error.to_string())?;
    let rules = Rules {
        seats: question.seats,
        seed: question.seed,
    };
    count(&question.method, &election, &rules).map_err(|error| error.to_string())
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = match answer(&line?) {
            Ok(tally) => serde_json::json!(tally),
            Err(error) => serde_json::json!({ "error": error }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
