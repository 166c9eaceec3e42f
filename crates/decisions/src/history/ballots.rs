//! A vote that was held elsewhere, on paper or with another program, from a file of its ballots: counted here, and kept as history.

pub(crate) mod api;
pub(crate) mod pages;

use std::collections::BTreeMap;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, append};
use backbone_identity::Actor;
use backbone_tally::files::{Cells, Format, read};
use backbone_tally::{Election, count};
use backbone_web::{Fields, Problem};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::bring::{timed, unnamed};
use super::{Compared, Origin, store};
use crate::ballot::{Ballot, Says, store as cast};
use crate::body::{Body, BodyId, store as bodies};
use crate::error::{Error, wrong};
use crate::framework::{Conflict, Method, Norms, Results, Shape};
use crate::outcome::{Outcome, OutcomeId, Tallied, count as counting, store as outcomes};
use crate::proposal::{
    Choice, Content, DecisionId, Proposal, Status, rules as times, store as proposals,
};

/// What such decisions are from.
pub const SOURCE: &str = "ballots";

/// What has to be known beside the ballots.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewCount {
    /// Who decided.
    pub body_id: String,
    /// The question.
    pub title: String,
    /// How it is counted: a method with options of its own, such as `schulze` or `dots`.
    pub method: String,
    /// How many options win; what the file says, or 1, when not given.
    pub winners: Option<u32>,
    /// The day on which the vote closed.
    pub closed_on: String,
    /// What was decided, in words; left out, nothing was.
    pub statement: String,
}

/// The methods of such a vote: those whose options are put forward.
pub fn methods() -> impl Iterator<Item = Method> {
    let all = Method::ALL.iter().copied();
    all.filter(|m| m.shape() != Shape::Stance)
}

/// A file that can be read and counted.
#[derive(Debug)]
pub struct Counted {
    method: Method,
    election: Election,
    sha256: String,
}

/// Reads a file of ballots.
///
/// # Errors
/// 422 for an unknown method, and for a file that cannot be read or counted, with why.
pub fn look(bytes: &[u8], name: &str, input: &NewCount) -> Result<Counted, Problem> {
    let method = input.method.parse::<Method>().ok();
    let method = method.filter(|m| m.shape() != Shape::Stance);
    let method = method
        .ok_or_else(|| Problem::invalid("invalid").field("method", "history-ballots-method"))?;
    let unread = |why: String| {
        let mut fields = Fields::new();
        fields.fail_with("file", "history-ballots-unread", &[("why", why)]);
        fields.finish().err().unwrap_or_else(Problem::not_found)
    };
    let cells = match method.shape() {
        Shape::Checks | Shape::Marks | Shape::Dots => Cells::Marks,
        _ => Cells::Ranks,
    };
    let format = Format::of_name(name).unwrap_or(Format::Csv);
    let election = read(bytes, format, cells).map_err(|e| unread(e.to_string()))?;
    if election.weight_places() > 0 {
        return Err(unread("weights have to be whole numbers".into()));
    }
    Ok(Counted {
        method,
        election,
        sha256: hex::encode(Sha256::digest(bytes)),
    })
}

/// Keeps the vote as a decision that was taken elsewhere. The same file for the same body and method is the same decision.
///
/// # Errors
/// 404 for an unknown body; 422.
pub fn keep(
    conn: &mut Conn,
    actor: &Actor,
    file: &Counted,
    input: &NewCount,
) -> Result<Proposal, Error> {
    let mut fields = Fields::new();
    let title = fields.text("title", &input.title, 200);
    let statement = fields.optional("statement", &input.statement, 10_000);
    let closed_on = fields.parse::<NaiveDate>("closed_on", &input.closed_on);
    let body = fields.parse::<BodyId>("body_id", &input.body_id);
    fields.finish()?;
    let (Some(closed_on), Some(body)) = (closed_on, body) else {
        return Err(wrong("closed_on", "required"));
    };
    let body = bodies::find(conn, actor.tenant(), &body)?
        .ok_or_else(|| wrong("body_id", "history-ballots-body"))?;
    closed_at(actor, &body, closed_on)?;
    conn.lock(&format!("history:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let mark = format!("{}/{}/{}", body.id, file.method, file.sha256);
    let marks = store::marks(conn, actor.tenant(), SOURCE)?;
    let there = marks
        .get(&mark)
        .and_then(|id| id.parse::<DecisionId>().ok());
    if let Some(id) = there {
        return proposals::find(conn, actor.tenant(), &id)?.ok_or(Error::NotFound);
    }
    let x = proposal(actor, &body, file, input, (title, closed_on, &statement))?;
    let result = counted(&x, file)?;
    proposals::insert(conn, actor.tenant(), &x, &actor.name)?;
    for ballot in ballots(file) {
        cast::insert(conn, actor.tenant(), &x.id, &ballot)?;
    }
    let outcome = Outcome {
        id: OutcomeId::new(),
        proposal_id: x.id.clone(),
        passed: !statement.is_empty(),
        result,
        decided_at: x.closed_at.filter(|_| !statement.is_empty()),
        statement,
        no_action: String::new(),
        counted_at: actor.now,
    };
    outcomes::insert(conn, actor.tenant(), &outcome)?;
    let origin = Origin {
        proposal_id: x.id.clone(),
        source: SOURCE.into(),
        outer_key: file.sha256.clone(),
        told: Vec::new(),
        compared: Compared::Unknown,
        imported_by: actor.name.clone(),
        imported_at: actor.now,
    };
    store::insert_origin(conn, actor.tenant(), &origin)?;
    store::mark(conn, actor.tenant(), SOURCE, &mark, x.id.as_str())?;
    let event = NewEvent::new("decision.imported", x.object())
        .about(backbone_events::Object::new("body", &x.body_id))
        .data(&json!({"source": SOURCE, "status": x.status}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(x)
}

/// Five in the afternoon of the day on which the vote closed, which has passed.
fn closed_at(actor: &Actor, body: &Body, day: NaiveDate) -> Result<Instant, Error> {
    times::moment(&format!("{day}T17:00"), &body.zone())
        .filter(|at| *at <= actor.now)
        .ok_or_else(|| wrong("closed_on", "history-ballots-day"))
}

fn proposal(
    actor: &Actor,
    body: &Body,
    file: &Counted,
    input: &NewCount,
    (title, closed_on, statement): (String, NaiveDate, &str),
) -> Result<Proposal, Error> {
    let closed = closed_at(actor, body, closed_on)?;
    let election = &file.election;
    let seats = election.seats.and_then(|s| u32::try_from(s).ok());
    let marks = || election.markings().flat_map(|(marks, _)| marks);
    let spent = |marks: Vec<(usize, i32)>| marks.iter().map(|(_, n)| (*n).max(0)).sum::<i32>();
    let dots = election.markings().map(|(marks, _)| spent(marks)).max();
    let lowest = marks().map(|(_, n)| n).min().unwrap_or(0).min(0);
    let highest = marks().map(|(_, n)| n).max().unwrap_or(1);
    let option = |place: usize| Choice {
        key: key(place),
        label: election.options()[place].as_str().to_string(),
        cost: election.cost(place),
        withdrawn: election.is_withdrawn(place).then(|| "–".to_string()),
        ..Choice::default()
    };
    Ok(Proposal {
        id: timed(closed, DecisionId::new),
        body_id: body.id.clone(),
        framework_id: None,
        framework_version: 0,
        norms: Norms {
            method: file.method,
            conflict: Conflict::Off,
            results: Results::Always,
            changeable: false,
            close_early: false,
            winners: input.winners.or(seats).unwrap_or(1).max(1),
            dots: u32::try_from(dots.unwrap_or(1).max(1)).unwrap_or(1),
            lowest,
            highest: highest.max(lowest.saturating_add(1)),
            budget: election.budget.unwrap_or(0),
            ..Norms::default()
        },
        title,
        status: if statement.is_empty() {
            Status::Withdrawn
        } else {
            Status::InEffect
        },
        content: Content {
            options: (0..election.options().len()).map(option).collect(),
            ..Content::default()
        },
        opens_at: None,
        closes_at: Some(closed),
        opened_at: Some(closed),
        closed_at: Some(closed),
        reminded_at: None,
        review_on: None,
        supersedes_id: None,
        author_id: None,
        author_name: actor.name.clone(),
        version: 1,
        created_at: closed,
        updated_at: actor.now,
    })
}

fn key(place: usize) -> String {
    format!("o{}", place + 1)
}

/// The count, with the ballots as those who voted, for nobody says who could have.
fn counted(x: &Proposal, file: &Counted) -> Result<Tallied, Error> {
    let rules = counting::rules(x);
    let all = ballots(file);
    let refs: Vec<&Ballot> = all.iter().collect();
    let why = |e: backbone_tally::TallyError| {
        let mut fields = Fields::new();
        fields.fail_with("file", "history-ballots-unread", &[("why", e.to_string())]);
        fields.finish().err().map_or(Error::NotFound, Error::Input)
    };
    let election = counting::election(x, &refs).map_err(why)?;
    count(&counting::method(&x.norms, x, 0), &election, &rules).map_err(why)?;
    let mut result = counting::count(x, &[], &all);
    result.voted = u32::try_from(election.weight()).unwrap_or(u32::MAX);
    result.eligible = result.voted;
    for option in &mut result.counted {
        let named = all.iter().filter(|b| names(x, b, &option.option));
        let weight: i64 = named.map(|b| i64::from(b.weight)).sum();
        option.ballots = u32::try_from(weight).unwrap_or(u32::MAX);
    }
    Ok(result)
}

fn names(x: &Proposal, ballot: &Ballot, key: &str) -> bool {
    let one = counting::counted(x, std::iter::once(&ballot.says));
    one.iter().any(|c| c.option == key && c.ballots > 0)
}

/// One ballot for each different one, with how often it was cast as its weight.
fn ballots(file: &Counted) -> Vec<Ballot> {
    let shape = file.method.shape();
    let keys = |group: Vec<usize>| group.into_iter().map(key).collect::<Vec<String>>();
    let ranked = file.election.rankings().map(|(groups, weight)| {
        let ranks: Vec<Vec<String>> = groups.into_iter().map(keys).collect();
        let says = match shape {
            Shape::Ranking => Says {
                ranks,
                ..Says::default()
            },
            Shape::Checks => Says {
                checks: ranks.into_iter().flatten().collect(),
                ..Says::default()
            },
            // Several equal first choices choose nobody.
            _ => Says {
                option: ranks
                    .into_iter()
                    .next()
                    .filter(|g| g.len() == 1)
                    .map(|g| g.concat()),
                ..Says::default()
            },
        };
        (says, weight)
    });
    let marked = file.election.markings().map(|(marks, weight)| {
        let marks: BTreeMap<String, i32> = marks.into_iter().map(|(o, n)| (key(o), n)).collect();
        let says = match shape {
            Shape::Checks => Says {
                checks: marks
                    .into_iter()
                    .filter(|(_, n)| *n > 0)
                    .map(|(k, _)| k)
                    .collect(),
                ..Says::default()
            },
            _ => Says {
                marks,
                ..Says::default()
            },
        };
        (says, weight)
    });
    let blank = file.election.blank_weight();
    let blank = (blank > 0).then(|| (Says::default(), blank));
    let all = ranked.chain(marked).chain(blank);
    all.map(|(says, weight)| Ballot {
        says,
        weight: i32::try_from(weight).unwrap_or(i32::MAX),
        ..unnamed()
    })
    .collect()
}
