//! JSON: `{"title", "seats", "budget", "options", "ballots"}`; the README describes it.

use std::collections::HashMap;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{FileError, Stop, weight};
use crate::election::Election;

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    seats: Option<usize>,
    #[serde(default)]
    budget: Option<u64>,
    options: Vec<OptionEntry>,
    #[expect(dead_code, reason = "read in a second pass, but it has to be there")]
    ballots: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OptionEntry {
    Name(String),
    Full(FullOption),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullOption {
    name: String,
    #[serde(default)]
    cost: Option<u64>,
    #[serde(default)]
    withdrawn: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Place {
    One(String),
    Equal(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ballot {
    #[serde(default, alias = "weight")]
    count: Option<serde_json::Value>,
    #[serde(default)]
    choice: Option<String>,
    #[serde(default)]
    ranking: Option<Vec<Place>>,
    #[serde(default)]
    marks: Option<Marks>,
    #[serde(default)]
    checks: Option<Vec<String>>,
}

/// Marks as they stand in the file: a name that is there twice is seen twice, so that it can be refused.
struct Marks(Vec<(String, serde_json::Value)>);

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Marks;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a mark for each option")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Marks, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Marks(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// Reads a file.
pub(super) fn read(text: &str, places: u8) -> Result<Election, Stop> {
    let head: Head = serde_json::from_str(text).map_err(wrong)?;
    let names: Vec<&str> = head.options.iter().map(OptionEntry::name).collect();
    let whole = |error: crate::TallyError| FileError::whole(error.to_string());
    let mut election = Election::new(names.iter().copied()).map_err(whole)?;
    election = election.with_weight_places(places).map_err(whole)?;
    election.title.clone_from(&head.title);
    (election.seats, election.budget) = (head.seats, head.budget);
    for (place, entry) in head.options.iter().enumerate() {
        if let OptionEntry::Full(full) = entry {
            if let Some(cost) = full.cost {
                election.set_cost(place, cost).map_err(whole)?;
            }
            if full.withdrawn {
                election.withdraw(place).map_err(whole)?;
            }
        }
    }
    let known = names.iter().enumerate().map(|(place, name)| (*name, place));
    let mut reader = Reader {
        election: &mut election,
        places: known.collect(),
        weight_places: places,
        more_places: None,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = Document(&mut reader).deserialize(&mut deserializer);
    match (reader.more_places, result) {
        (Some(more), _) => Err(Stop::MorePlaces(more)),
        (None, Ok(())) => Ok(election),
        (None, Err(error)) => Err(wrong(error).into()),
    }
}

impl OptionEntry {
    fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Full(full) => &full.name,
        }
    }
}

fn wrong(error: serde_json::Error) -> FileError {
    let line = error.line();
    let text = error.to_string();
    let what = text
        .rfind(" at line ")
        .map_or(text.as_str(), |end| &text[..end]);
    FileError {
        line: (line > 0).then_some(line),
        what: what.to_owned(),
    }
}

/// Puts ballots into the election while they are read, so that an error knows its line.
struct Reader<'e> {
    election: &'e mut Election,
    places: HashMap<&'e str, usize>,
    weight_places: u8,
    more_places: Option<u8>,
}

impl Reader<'_> {
    fn add(&mut self, ballot: Ballot) -> Result<(), String> {
        let weight = match &ballot.count {
            None => self.weight("1")?,
            Some(serde_json::Value::String(text)) => self.weight(text)?,
            Some(number) => self.weight(&number.to_string())?,
        };
        let said = [
            ballot.choice.is_some(),
            ballot.ranking.is_some(),
            ballot.marks.is_some(),
            ballot.checks.is_some(),
        ];
        if said.iter().filter(|said| **said).count() > 1 {
            return Err(
                "a ballot has one of choice, ranking, marks and checks, not several".into(),
            );
        }
        let election_error = |error: crate::TallyError| error.to_string();
        if let Some(name) = &ballot.choice {
            let option = self.option(name)?;
            return self.election.choose(option, weight).map_err(election_error);
        }
        if let Some(ranking) = &ballot.ranking {
            let mut groups: Vec<Vec<usize>> = Vec::new();
            for place in ranking {
                groups.push(match place {
                    Place::One(name) => vec![self.option(name)?],
                    Place::Equal(names) => {
                        let names = names.iter().map(|name| self.option(name));
                        names.collect::<Result<_, _>>()?
                    }
                });
            }
            return self.election.rank(&groups, weight).map_err(election_error);
        }
        let mut marks: Vec<(usize, i32)> = Vec::new();
        for name in ballot.checks.iter().flatten() {
            marks.push((self.option(name)?, 1));
        }
        for (name, mark) in ballot.marks.iter().flat_map(|marks| &marks.0) {
            if mark.is_null() {
                continue;
            }
            let number = mark.as_i64().and_then(|mark| i32::try_from(mark).ok());
            let number = number.ok_or_else(|| {
                format!("{mark} is not a mark for “{name}”; write a whole number, or leave it out")
            })?;
            marks.push((self.option(name)?, number));
        }
        self.election.mark(&marks, weight).map_err(election_error)
    }

    fn weight(&mut self, text: &str) -> Result<u64, String> {
        weight::parse(text, self.weight_places, 0).map_err(|stop| match stop {
            Stop::Wrong(error) => error.what,
            Stop::MorePlaces(more) => {
                self.more_places = Some(more);
                String::new()
            }
        })
    }

    fn option(&self, name: &str) -> Result<usize, String> {
        self.places.get(name).copied().ok_or_else(|| {
            format!("there is no option “{name}”; add it to the options, or correct the ballot")
        })
    }
}

struct Document<'r, 'e>(&'r mut Reader<'e>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with options and ballots")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "ballots" {
                map.next_value_seed(List(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct List<'r, 'e>(&'r mut Reader<'e>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ballots")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(One(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

struct One<'r, 'e>(&'r mut Reader<'e>);

impl<'de> DeserializeSeed<'de> for One<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let ballot = Ballot::deserialize(deserializer)?;
        self.0.add(ballot).map_err(de::Error::custom)
    }
}

#[derive(Serialize)]
struct Written<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<u64>,
    options: Vec<serde_json::Value>,
    ballots: Vec<serde_json::Value>,
}

/// Writes a file.
pub(super) fn write(election: &Election) -> Result<String, FileError> {
    let name = |option: usize| election.options()[option].as_str();
    let count = |weight: u64| weight::show(election, weight);
    let options = (0..election.options().len()).map(|option| {
        let (cost, withdrawn) = (election.cost(option), election.is_withdrawn(option));
        if cost.is_none() && !withdrawn {
            return serde_json::json!(name(option));
        }
        let mut entry = serde_json::json!({"name": name(option)});
        if let Some(cost) = cost {
            entry["cost"] = cost.into();
        }
        if withdrawn {
            entry["withdrawn"] = true.into();
        }
        entry
    });
    let rankings = election.rankings().map(|(groups, weight)| {
        let group = |group: &Vec<usize>| match group[..] {
            [one] => serde_json::json!(name(one)),
            _ => group.iter().map(|one| name(*one)).collect(),
        };
        let ranking: Vec<serde_json::Value> = groups.iter().map(group).collect();
        serde_json::json!({"count": count(weight), "ranking": ranking})
    });
    let markings = election.markings().map(|(marks, weight)| {
        let marks = marks
            .iter()
            .map(|(option, mark)| (name(*option).to_owned(), (*mark).into()));
        let marks: serde_json::Map<String, serde_json::Value> = marks.collect();
        serde_json::json!({"count": count(weight), "marks": marks})
    });
    let blank = election.blank_weight();
    let blank = (blank > 0).then(|| serde_json::json!({"count": count(blank)}));
    let written = Written {
        title: election.title.as_deref(),
        seats: election.seats,
        budget: election.budget,
        options: options.collect(),
        ballots: rankings.chain(markings).chain(blank).collect(),
    };
    serde_json::to_string_pretty(&written).map_err(|error| FileError::whole(error.to_string()))
}
