//! `.pb`: participatory budgets as pabulib.org publishes them. Options are the projects' ids; ordinal votes are rankings, others marks.

use std::collections::HashMap;

use csv::StringRecord;

use super::FileError;
use crate::election::Election;

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Election, FileError> {
    let mut section = String::new();
    let mut heads: HashMap<String, usize> = HashMap::new();
    let mut heads_next = false;
    let mut meta: HashMap<String, String> = HashMap::new();
    let mut projects: Vec<(String, u64)> = Vec::new();
    let mut election: Option<(Election, HashMap<String, usize>)> = None;
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(b';')
        .from_reader(text.as_bytes());
    for row in reader.into_records() {
        let row = row.map_err(|error| {
            let line = error
                .position()
                .map(|at| usize::try_from(at.line()).unwrap_or(0));
            let what = format!("this row cannot be read: {error}");
            FileError { line, what }
        })?;
        let line = row
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let first = row.get(0).unwrap_or_default().trim();
        if row.len() == 1 && matches!(first, "META" | "PROJECTS" | "VOTES") {
            first.clone_into(&mut section);
            heads_next = true;
            continue;
        }
        if std::mem::take(&mut heads_next) {
            let names = row
                .iter()
                .map(|head| head.trim().to_lowercase())
                .enumerate();
            heads = names.map(|(at, head)| (head, at)).collect();
            if section == "VOTES" {
                election = Some(set_up(&meta, &projects, line)?);
            }
            continue;
        }
        let cell = |head: &str| -> Option<&str> { row.get(*heads.get(head)?).map(str::trim) };
        match section.as_str() {
            "META" => {
                let value = row.get(1).unwrap_or_default().trim();
                meta.insert(first.to_owned(), value.to_owned());
            }
            "PROJECTS" => {
                let cost = cell("cost").unwrap_or_default();
                let id = cell("project_id").unwrap_or(first).to_owned();
                projects.push((id, whole(cost, "the cost", line)?));
            }
            "VOTES" => {
                if let Some((election, places)) = &mut election {
                    add_vote(election, places, &meta, (&row, &heads), line)?;
                }
            }
            _ => {
                let what = "the file begins with a line META, then PROJECTS, then VOTES";
                return Err(FileError::at(line, what));
            }
        }
    }
    let (election, _) = election.ok_or_else(|| {
        FileError::whole("there is no part VOTES; a file has the parts META, PROJECTS and VOTES")
    })?;
    Ok(election)
}

fn set_up(
    meta: &HashMap<String, String>,
    projects: &[(String, u64)],
    line: usize,
) -> Result<(Election, HashMap<String, usize>), FileError> {
    let ids = projects.iter().map(|(id, _)| id.as_str());
    let mut election = Election::new(ids).map_err(FileError::on(line))?;
    for (place, (_, cost)) in projects.iter().enumerate() {
        election
            .set_cost(place, *cost)
            .map_err(FileError::on(line))?;
    }
    let budget = meta
        .get("budget")
        .map(|text| whole(text, "the budget", line));
    election.budget = budget.transpose()?;
    election.title = meta.get("description").cloned();
    let places = projects.iter().enumerate();
    let places = places.map(|(place, (id, _))| (id.clone(), place)).collect();
    Ok((election, places))
}

fn add_vote(
    election: &mut Election,
    places: &HashMap<String, usize>,
    meta: &HashMap<String, String>,
    (row, heads): (&StringRecord, &HashMap<String, usize>),
    line: usize,
) -> Result<(), FileError> {
    let list = |head: &str| {
        let cell = heads
            .get(head)
            .and_then(|at| row.get(*at))
            .unwrap_or_default();
        cell.split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect::<Vec<&str>>()
    };
    let mut options = Vec::new();
    for id in list("vote") {
        let option = places.get(id).copied().ok_or_else(|| {
            let what =
                format!("there is no project “{id}”; add it to PROJECTS, or correct the vote");
            FileError::at(line, what)
        })?;
        options.push(option);
    }
    if meta.get("vote_type").is_some_and(|kind| kind == "ordinal") {
        let groups: Vec<[usize; 1]> = options.into_iter().map(|option| [option]).collect();
        return election.rank(&groups, 1).map_err(FileError::on(line));
    }
    let points = list("points");
    if !points.is_empty() && points.len() != options.len() {
        let what = "a vote has a number of points for each project; correct one of both lists";
        return Err(FileError::at(line, what));
    }
    let mut marks = Vec::new();
    for (at, option) in options.into_iter().enumerate() {
        let mark = match points.get(at) {
            None => 1,
            Some(text) => text.parse().map_err(|_| {
                FileError::at(
                    line,
                    format!("“{text}” is not a number of points; write a whole number"),
                )
            })?,
        };
        marks.push((option, mark));
    }
    election.mark(&marks, 1).map_err(FileError::on(line))
}

/// A whole number of money; decimals are allowed where they are zero.
fn whole(text: &str, what: &str, line: usize) -> Result<u64, FileError> {
    let (number, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let zeros = part.bytes().all(|byte| byte == b'0');
    let number = number.parse().ok().filter(|_| zeros);
    number.ok_or_else(|| {
        FileError::at(
            line,
            format!("“{text}” is not {what}; write whole units of money, or count in cents"),
        )
    })
}
