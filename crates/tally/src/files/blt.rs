//! `.blt`: number of options and of seats; withdrawn options as negative numbers; ballots as weight, options in order, 0; a 0; names; a title.

use super::{FileError, Stop, weight};
use crate::election::Election;

/// Reads a file.
pub(super) fn read(text: &str, places: u8) -> Result<Election, Stop> {
    let mut words = Words::new(text);
    let (line, options) = words.number("the number of options")?;
    let (_, seats) = words.number("the number of seats")?;
    if options == 0 || options > crate::election::MOST_OPTIONS as i64 || seats < 0 {
        let most = crate::election::MOST_OPTIONS;
        let what = "the first line says how many options (1 to ";
        return Err(FileError::at(line, format!("{what}{most}) and seats there are")).into());
    }
    let size = usize::try_from(options).unwrap_or(0);
    let numbers = (1..=size).map(|number| number.to_string());
    let numbered = Election::new(numbers).map_err(FileError::on(line))?;
    let mut election = numbered
        .with_weight_places(places)
        .map_err(FileError::on(line))?;
    election.seats = usize::try_from(seats).ok().filter(|seats| *seats > 0);
    read_ballots(&mut words, &mut election, places)?;
    let names = read_names(&mut words, size)?;
    let mut named = Election::new(names.options).map_err(FileError::on(names.line))?;
    named.title = names.title;
    Ok(election.renamed(named))
}

fn read_ballots(words: &mut Words<'_>, election: &mut Election, places: u8) -> Result<(), Stop> {
    let size = election.options().len();
    loop {
        let Some((line, word)) = words.next()? else {
            let what = "the ballots do not end; put a line with a single 0 after the last one";
            return Err(FileError::at(words.line, what).into());
        };
        if word.quoted {
            let what = "a name stands before the end of the ballots; put a line with a single 0 before the names";
            return Err(FileError::at(line, what).into());
        }
        if let Some(number) = word.text.strip_prefix('-') {
            election
                .withdraw(option(number, size, line)?)
                .map_err(FileError::on(line))?;
            continue;
        }
        // A ballot's own number in brackets, as some programs write it, says nothing about the count.
        if word.text.starts_with('(') {
            continue;
        }
        if word.text == "0" {
            return Ok(());
        }
        let weight = weight::parse(word.text, places, line)?;
        let mut groups: Vec<Vec<usize>> = Vec::new();
        loop {
            let Some((_, word)) = words.next()? else {
                let what = "this ballot does not end; put a 0 after its last option";
                return Err(FileError::at(line, what).into());
            };
            match word.text {
                "0" if !word.quoted => break,
                "-" => continue,
                text if text.starts_with('(') => continue,
                text => {
                    let group = text.split('=').map(|number| option(number, size, line));
                    groups.push(group.collect::<Result<_, _>>()?);
                }
            }
        }
        election
            .rank(&groups, weight)
            .map_err(FileError::on(line))?;
    }
}

struct Names {
    line: usize,
    options: Vec<String>,
    title: Option<String>,
}

fn read_names(words: &mut Words<'_>, size: usize) -> Result<Names, Stop> {
    let mut names = Vec::new();
    let mut last = words.line;
    while let Some((line, word)) = words.next()? {
        last = line;
        if names.len() > size {
            let what = format!("there is more after {size} names and a title; remove it");
            return Err(FileError::at(line, what).into());
        }
        if !word.quoted {
            let what = format!(
                "“{}” is not a name; put names into double quotes",
                word.text
            );
            return Err(FileError::at(line, what).into());
        }
        names.push(word.text.replace("\\\"", "\""));
    }
    if names.len() < size {
        let found = names.len();
        let what =
            format!("{size} options have {found} names; give each its name in double quotes");
        return Err(FileError::at(last, what).into());
    }
    let title = names
        .split_off(size)
        .pop()
        .filter(|title| !title.is_empty());
    Ok(Names {
        line: last,
        options: names,
        title,
    })
}

fn option(text: &str, size: usize, line: usize) -> Result<usize, FileError> {
    match text.parse::<usize>() {
        Ok(number) if number >= 1 && number <= size => Ok(number - 1),
        Ok(number) => Err(FileError::at(
            line,
            format!("there is no option number {number}; the options are 1 to {size}"),
        )),
        Err(_) => Err(FileError::at(
            line,
            format!(
                "“{text}” is not the number of an option; the options are 1 to {size}, and 0 ends a ballot"
            ),
        )),
    }
}

/// The words of a file with their lines; comments from # to the end of the line are left out.
struct Words<'t> {
    rest: &'t str,
    line: usize,
}

struct Word<'t> {
    text: &'t str,
    quoted: bool,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            line: 1,
        }
    }

    fn number(&mut self, what: &str) -> Result<(usize, i64), FileError> {
        let line = self.line;
        let Some((line, word)) = self.next()? else {
            return Err(FileError::at(line, format!("the file ends before {what}")));
        };
        let number = word.text.parse().ok().filter(|_| !word.quoted);
        let number = number.ok_or_else(|| {
            FileError::at(
                line,
                format!("“{}” is not {what}; write a number", word.text),
            )
        })?;
        Ok((line, number))
    }

    fn next(&mut self) -> Result<Option<(usize, Word<'t>)>, FileError> {
        loop {
            let trimmed = self.rest.trim_start();
            let skipped = &self.rest[..self.rest.len() - trimmed.len()];
            self.line += skipped.matches('\n').count();
            self.rest = trimmed;
            if !trimmed.starts_with('#') {
                break;
            }
            self.rest = trimmed.find('\n').map_or("", |end| &trimmed[end..]);
        }
        let line = self.line;
        if self.rest.is_empty() {
            return Ok(None);
        }
        let Some(inside) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(|c: char| c.is_whitespace() || c == '#');
            let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest;
            let quoted = false;
            return Ok(Some((line, Word { text, quoted })));
        };
        let mut escaped = false;
        let end = inside.find(|c: char| {
            let ends = (c == '"' && !escaped) || c == '\n';
            escaped = c == '\\' && !escaped;
            ends
        });
        let end = end.filter(|end| inside[*end..].starts_with('"'));
        let Some(end) = end else {
            let what = "a name in double quotes does not end on its line; close the quotes";
            return Err(FileError::at(line, what));
        };
        self.rest = &inside[end + 1..];
        let text = &inside[..end];
        Ok(Some((line, Word { text, quoted: true })))
    }
}

/// Writes a file.
pub(super) fn write(election: &Election) -> Result<String, FileError> {
    if election.has_marks() {
        let what = "marks do not fit into this format; write CSV or JSON instead";
        return Err(FileError::whole(what));
    }
    let size = election.options().len();
    let mut text = format!("{size} {}\n", election.seats.unwrap_or(1));
    let withdrawn = (0..size).filter(|option| election.is_withdrawn(*option));
    let withdrawn: Vec<String> = withdrawn.map(|option| format!("-{}", option + 1)).collect();
    if !withdrawn.is_empty() {
        text.push_str(&format!("{}\n", withdrawn.join(" ")));
    }
    for (groups, weight) in election.rankings() {
        let group = |group: &Vec<usize>| {
            let numbers: Vec<String> = group.iter().map(|one| (one + 1).to_string()).collect();
            numbers.join("=")
        };
        let groups: Vec<String> = groups.iter().map(group).collect();
        text.push_str(&format!(
            "{} {} 0\n",
            weight::show(election, weight),
            groups.join(" ")
        ));
    }
    if election.blank_weight() > 0 {
        text.push_str(&format!(
            "{} 0\n",
            weight::show(election, election.blank_weight())
        ));
    }
    text.push_str("0\n");
    let names = election.options().iter().map(crate::OptionName::as_str);
    for name in names.chain(Some(election.title.as_deref().unwrap_or_default())) {
        if name.contains(['\n', '\\']) {
            let what =
                format!("the name “{name}” does not fit into this format; write JSON instead");
            return Err(FileError::whole(what));
        }
        text.push_str(&format!("\"{}\"\n", name.replace('"', "\\\"")));
    }
    Ok(text)
}
