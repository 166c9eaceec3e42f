//! CSV in three layouts, told apart by the first line: numbers under the options' names, options under places, or one ranking a row.

use std::collections::HashMap;

use csv::StringRecord;

use super::{Cells, FileError, Stop, weight};
use crate::election::Election;

/// Heads of a column that says how often a ballot was cast.
const WEIGHT_HEADS: &[&str] = &[
    "count", "weight", "votes", "number", "aantal", "gewicht", "stemmen",
];
/// Heads of a column that holds a whole ranking or a choice.
const RANKING_HEADS: &[&str] = &[
    "ranking", "ballot", "choice", "vote", "volgorde", "stem", "keuze",
];
/// Words before the number of a place in heads such as `rank 1`.
const PLACE_WORDS: &[&str] = &[
    "rank",
    "choice",
    "preference",
    "place",
    "rang",
    "keuze",
    "voorkeur",
    "plaats",
];

/// How a file is laid out.
enum Layout {
    /// A column for each option, with ranks or marks.
    Options(Vec<String>),
    /// A column for each place, with names of options.
    Places,
    /// One column with rankings such as `A > B = C`.
    Rankings(usize),
}

struct Sheet {
    layout: Layout,
    weights: Option<usize>,
    /// Whether the first row is a ballot already.
    headless: bool,
}

/// Reads a file.
pub(super) fn read(text: &str, cells: Cells, places: u8) -> Result<Election, Stop> {
    let sheet = Sheet::recognize(text)?;
    let mut names = Names::default();
    if let Layout::Options(options) = &sheet.layout {
        for option in options.iter().filter(|option| !option.is_empty()) {
            names.place(option);
        }
        if names.list.len() < options.iter().filter(|option| !option.is_empty()).count() {
            let what = "two columns have the same head; give each option its own name";
            return Err(FileError::at(1, what).into());
        }
    } else {
        // Options are those that a ballot names; their order is that of the alphabet, so that it does not hang on the order of ballots.
        for row in rows(text, sheet.headless) {
            let (_, row) = row?;
            sheet.groups(&row).iter().flatten().for_each(|name| {
                names.place(name);
            });
        }
        names.sort();
    }
    let whole = FileError::on(1);
    let mut election = Election::new(names.list.clone()).map_err(&whole)?;
    election = election.with_weight_places(places).map_err(&whole)?;
    for row in rows(text, sheet.headless) {
        let (line, row) = row?;
        let weight = match sheet
            .weights
            .map(|column| row.get(column).unwrap_or_default().trim())
        {
            None | Some("") => weight::parse("1", places, line)?,
            Some(text) => weight::parse(text, places, line)?,
        };
        match &sheet.layout {
            Layout::Options(options) => {
                let numbers = numbers(options, &row, &names, cells, line)?;
                add_numbers(&mut election, &numbers, weight, cells)
            }
            _ => {
                let groups = sheet.groups(&row);
                let groups = groups.iter().map(|group| {
                    let places = group.iter().filter_map(|name| names.known.get(*name));
                    places.copied().collect::<Vec<usize>>()
                });
                election.rank(&groups.collect::<Vec<_>>(), weight)
            }
        }
        .map_err(FileError::on(line))?;
    }
    Ok(election)
}

#[derive(Default)]
struct Names {
    list: Vec<String>,
    known: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) {
        if !self.known.contains_key(name) {
            self.known.insert(name.to_owned(), self.list.len());
            self.list.push(name.to_owned());
        }
    }

    fn sort(&mut self) {
        self.list.sort();
        let places = self.list.iter().enumerate();
        self.known = places.map(|(place, name)| (name.clone(), place)).collect();
    }
}

impl Sheet {
    fn recognize(text: &str) -> Result<Self, FileError> {
        let mut all = rows(text, true);
        let Some(first) = all.next() else {
            return Err(FileError::whole(
                "the file is empty; the first line names the options or the places",
            ));
        };
        let (_, first) = first?;
        let heads: Vec<String> = first
            .iter()
            .map(|head| head.trim().to_lowercase())
            .collect();
        let is = |list: &'static [&'static str]| move |head: &String| list.contains(&head.as_str());
        let weights = heads.iter().position(is(WEIGHT_HEADS));
        let others = || {
            heads
                .iter()
                .enumerate()
                .filter(|(at, _)| Some(*at) != weights)
        };
        let mut filled = others().filter(|(_, head)| !head.is_empty());
        if let (Some((column, head)), None) = (filled.next(), filled.next())
            && is(RANKING_HEADS)(head)
        {
            return Ok(Self {
                layout: Layout::Rankings(column),
                weights,
                headless: false,
            });
        }
        if others().all(|(_, head)| head.is_empty() || is_place(head)) {
            return Ok(Self {
                layout: Layout::Places,
                weights,
                headless: false,
            });
        }
        let (mut any_name, mut any_number) = (false, false);
        for row in all.take(100) {
            let (_, row) = row?;
            let cells = row.iter().skip(1).map(str::trim);
            for cell in cells.filter(|cell| number(cell) != Some(None)) {
                let is_number = number(cell).is_some() || cell.parse::<f64>().is_ok();
                any_number |= is_number;
                any_name |= !is_number;
            }
        }
        if any_name && !any_number && weights.is_none() {
            // Names below names: the first row is a ballot too, perhaps with a count before it.
            let counted = first
                .get(0)
                .is_some_and(|cell| cell.trim().parse::<f64>().is_ok());
            return Ok(Self {
                layout: Layout::Places,
                weights: counted.then_some(0),
                headless: true,
            });
        }
        let options = first.iter().enumerate().map(|(at, head)| {
            let head = if Some(at) == weights { "" } else { head.trim() };
            head.to_owned()
        });
        Ok(Self {
            layout: Layout::Options(options.collect()),
            weights,
            headless: false,
        })
    }

    /// The names of a ballot by groups, in layouts that hold names.
    fn groups<'r>(&self, row: &'r StringRecord) -> Vec<Vec<&'r str>> {
        let cells: Vec<&str> = match self.layout {
            Layout::Rankings(column) => row.get(column).unwrap_or_default().split('>').collect(),
            _ => {
                let cells = row
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| Some(*at) != self.weights);
                cells.map(|(_, cell)| cell).collect()
            }
        };
        let names = |cell: &'r str| -> Vec<&'r str> {
            let names = cell.split('=').map(str::trim);
            names
                .filter(|name| !name.is_empty() && *name != "-")
                .collect()
        };
        let groups = cells.into_iter().map(names);
        groups.filter(|group| !group.is_empty()).collect()
    }
}

/// `1`, `1st`, `rank 1`, `choice_1`.
fn is_place(head: &str) -> bool {
    let words: Vec<&str> = head
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .filter(|word| !word.is_empty())
        .collect();
    let (word, number) = match words[..] {
        [number] => ("", number),
        [word, number] => (word, number),
        _ => return false,
    };
    let glued = PLACE_WORDS
        .iter()
        .find_map(|word| number.strip_prefix(word));
    let number = glued
        .unwrap_or(number)
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (word.is_empty() || PLACE_WORDS.contains(&word))
}

/// What a cell says as a number; nothing for other words.
fn number(cell: &str) -> Option<Option<i64>> {
    match cell.to_lowercase().as_str() {
        "" | "-" => Some(None),
        "x" | "✓" | "yes" | "ja" | "true" => Some(Some(1)),
        "no" | "nee" | "false" => Some(Some(0)),
        text => text.parse().ok().map(Some),
    }
}

fn numbers(
    heads: &[String],
    row: &StringRecord,
    names: &Names,
    cells: Cells,
    line: usize,
) -> Result<Vec<(usize, i32)>, FileError> {
    let mut numbers = Vec::new();
    if let Some(cell) = row
        .iter()
        .skip(heads.len())
        .find(|cell| !cell.trim().is_empty())
    {
        let what = format!(
            "“{cell}” stands beyond the last head of the first line; remove it, or add a head"
        );
        return Err(FileError::at(line, what));
    }
    for (head, cell) in heads.iter().zip(row.iter()) {
        let Some(option) = names.known.get(head.as_str()) else {
            continue;
        };
        let (cell, least) = (
            cell.trim(),
            if cells == Cells::Ranks {
                1
            } else {
                i64::from(i32::MIN)
            },
        );
        match number(cell) {
            Some(None) => {}
            Some(Some(value)) if value >= least && value <= i64::from(i32::MAX) => {
                numbers.push((*option, value as i32));
            }
            _ if cells == Cells::Ranks => {
                let what = format!(
                    "“{cell}” is not a rank for “{head}”; write 1, 2, 3, … or leave it empty"
                );
                return Err(FileError::at(line, what));
            }
            _ => {
                let what = format!(
                    "“{cell}” is not a mark for “{head}”; write a whole number or leave it empty"
                );
                return Err(FileError::at(line, what));
            }
        }
    }
    Ok(numbers)
}

fn add_numbers(
    election: &mut Election,
    numbers: &[(usize, i32)],
    weight: u64,
    cells: Cells,
) -> Result<(), crate::TallyError> {
    if cells == Cells::Marks {
        return election.mark(numbers, weight);
    }
    // The same rank twice means equal; ranks that nobody has are closed up.
    let mut sorted = numbers.to_vec();
    sorted.sort_by_key(|(option, rank)| (*rank, *option));
    let groups = sorted.chunk_by(|one, other| one.1 == other.1);
    let groups = groups.map(|group| group.iter().map(|(option, _)| *option).collect());
    election.rank(&groups.collect::<Vec<Vec<usize>>>(), weight)
}

/// The rows with their lines; empty ones and comments (#) are left out.
fn rows(
    text: &str,
    with_first: bool,
) -> impl Iterator<Item = Result<(usize, StringRecord), FileError>> + '_ {
    let heads = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let delimiters = [b',', b';', b'\t'].into_iter();
    let occurs = |delimiter: &u8| {
        let bytes = heads.unwrap_or_default().bytes();
        bytes.filter(|byte| byte == delimiter).count()
    };
    // The last of equal ones is taken, so that a comma comes last.
    let delimiter = delimiters.rev().max_by_key(occurs).unwrap_or(b',');
    let reader = csv::ReaderBuilder::new()
        .has_headers(!with_first)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader.into_records().map(|row| {
        let wrong = |error: csv::Error| {
            let line = error
                .position()
                .map(|at| usize::try_from(at.line()).unwrap_or(0));
            FileError {
                line,
                what: format!("this row cannot be read: {error}"),
            }
        };
        let row = row.map_err(wrong)?;
        let line = row
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        Ok((line, row))
    })
}

/// Writes a file: a column for each option with ranks or marks.
pub(super) fn write(election: &Election) -> Result<String, FileError> {
    let size = election.options().len();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let wrong = |error: csv::Error| FileError::whole(error.to_string());
    let heads = election.options().iter().map(crate::OptionName::as_str);
    writer
        .write_record(std::iter::once("count").chain(heads))
        .map_err(wrong)?;
    let ranked = election.rankings().map(|(groups, weight)| {
        let ranks = groups.into_iter().enumerate().flat_map(|(rank, group)| {
            let ranks = group
                .into_iter()
                .map(move |option| (option, rank as i64 + 1));
            ranks.collect::<Vec<_>>()
        });
        (ranks.collect::<Vec<_>>(), weight)
    });
    let marked = election.markings().map(|(marks, weight)| {
        let marks = marks
            .into_iter()
            .map(|(option, mark)| (option, i64::from(mark)));
        (marks.collect::<Vec<_>>(), weight)
    });
    let blank = Some((Vec::new(), election.blank_weight())).filter(|(_, weight)| *weight > 0);
    for (numbers, weight) in ranked.chain(marked).chain(blank) {
        let mut row = vec![String::new(); size + 1];
        row[0] = weight::show(election, weight);
        for (option, number) in numbers {
            row[option + 1] = number.to_string();
        }
        writer.write_record(&row).map_err(wrong)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| FileError::whole(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| FileError::whole(error.to_string()))
}
