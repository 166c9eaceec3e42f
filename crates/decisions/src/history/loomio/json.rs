//! JSON Lines: `{"table": "polls", "record": {…}}`. Columns were added and moved over the years, so each is looked for where it has been.

use std::collections::{BTreeMap, HashMap};

use backbone_db::Instant;
use serde_json::Value;

use super::{
    Export, Group, Membership, Outcome, Person, Poll, PollOption, Said, Stance, Thread, plain,
};

/// The tables that are read; the others are counted.
const TABLES: [&str; 14] = [
    "groups",
    "users",
    "memberships",
    "discussions",
    "topics",
    "comments",
    "polls",
    "poll_options",
    "stances",
    "stance_choices",
    "outcomes",
    "anonymous_ballots",
    "anonymous_ballot_choices",
    "anonymous_poll_voters",
];

/// One record, with the line it stands on.
struct Record {
    line: u64,
    value: Value,
}

impl Record {
    fn text(&self, column: &str) -> String {
        match &self.value[column] {
            Value::String(text) => text.trim().to_string(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    fn number(&self, column: &str) -> Option<i64> {
        match &self.value[column] {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn at(&self, column: &str) -> Option<Instant> {
        self.value[column].as_str()?.parse().ok()
    }

    fn yes(&self, column: &str) -> bool {
        self.value[column].as_bool().unwrap_or(false)
    }

    fn is_there(&self, column: &str) -> bool {
        !self.value[column].is_null()
    }

    fn words(&self, column: &str) -> String {
        plain(&self.text(column), &self.text(&format!("{column}_format")))
    }

    /// A setting of a poll, which stood among its custom fields in earlier years.
    fn setting(&self, column: &str) -> Option<i64> {
        let earlier = match &self.value["custom_fields"][column] {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        self.number(column).or(earlier)
    }
}

type Tables = HashMap<String, Vec<Record>>;

/// Reads the lines.
pub(super) fn read(text: &str) -> Export {
    let mut export = Export {
        has_answers: true,
        ..Export::default()
    };
    let tables = tables(text, &mut export);
    let all = |name: &str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
    people(all("users"), &mut export);
    groups(all("groups"), &mut export);
    members(all("memberships"), &mut export);
    let topics = topics(all("topics"));
    threads(all("discussions"), &topics, &mut export);
    polls(&tables, &topics, &mut export);
    comments(all("comments"), &tables, &mut export);
    export
}

fn tables(text: &str, export: &mut Export) -> Tables {
    let mut tables = Tables::new();
    for (line, row) in (1..).zip(text.lines()) {
        if row.trim().is_empty() {
            continue;
        }
        let Ok(mut whole) = serde_json::from_str::<Value>(row) else {
            export.unread(line, "not-json", "");
            continue;
        };
        let name = whole["table"].as_str().map(String::from);
        let value = whole.get_mut("record").map(Value::take);
        let value = value.unwrap_or_default();
        let (Some(name), true) = (name, value.is_object()) else {
            export.unread(line, "no-record", "");
            continue;
        };
        if TABLES.contains(&name.as_str()) {
            tables.entry(name).or_default().push(Record { line, value });
        } else {
            *export.left.entry(name).or_default() += 1;
        }
    }
    tables
}

/// The number of a record; one without cannot be brought over.
fn id(record: &Record, table: &str, export: &mut Export) -> Option<i64> {
    let id = record.number("id");
    if id.is_none() {
        export.unread(record.line, "no-id", table);
    }
    id
}

fn people(all: &[Record], export: &mut Export) {
    for record in all {
        let Some(id) = id(record, "users", export) else {
            continue;
        };
        let named = record.text("name");
        let name = if named.is_empty() {
            record.text("username")
        } else {
            named
        };
        let email = record.text("email").to_lowercase();
        export.people.insert(id, Person { name, email });
    }
}

fn groups(all: &[Record], export: &mut Export) {
    for record in all {
        let Some(id) = id(record, "groups", export) else {
            continue;
        };
        let name = record.text("name");
        if name.is_empty() {
            export.unread(record.line, "no-name", "groups");
            continue;
        }
        export.groups.push(Group {
            id,
            key: key(record, id),
            name,
            description: record.words("description"),
            parent: record.number("parent_id"),
            archived: record.is_there("archived_at"),
        });
    }
}

/// The key of a record; its number where it has none.
fn key(record: &Record, id: i64) -> String {
    let key = record.text("key");
    if key.is_empty() { id.to_string() } else { key }
}

/// Those who said yes and were not put out.
fn members(all: &[Record], export: &mut Export) {
    for record in all {
        let (Some(group), Some(user)) = (record.number("group_id"), record.number("user_id"))
        else {
            export.unread(record.line, "no-id", "memberships");
            continue;
        };
        let asked = record.value.get("accepted_at").is_some() && !record.is_there("accepted_at");
        if asked || record.is_there("revoked_at") || record.is_there("archived_at") {
            continue;
        }
        export.members.push(Membership {
            group,
            user,
            title: record.text("title"),
        });
    }
}

/// A topic, which stands between a discussion or poll and its group since 2025.
struct Topic {
    group: Option<i64>,
    discussion: Option<i64>,
}

fn topics(all: &[Record]) -> HashMap<i64, Topic> {
    let topic = |r: &Record| {
        let of = r.text("topicable_type") == "Discussion";
        let topic = Topic {
            group: r.number("group_id"),
            discussion: r.number("topicable_id").filter(|_| of),
        };
        Some((r.number("id")?, topic))
    };
    all.iter().filter_map(topic).collect()
}

fn threads(all: &[Record], topics: &HashMap<i64, Topic>, export: &mut Export) {
    for record in all {
        let Some(id) = id(record, "discussions", export) else {
            continue;
        };
        if record.is_there("discarded_at") {
            continue;
        }
        let topic = record.number("topic_id").and_then(|t| topics.get(&t));
        export.threads.push(Thread {
            id,
            key: key(record, id),
            group: record.number("group_id").or_else(|| topic?.group),
            author: record.number("author_id"),
            title: record.text("title"),
            text: record.words("description"),
            at: record.at("created_at"),
        });
    }
}

fn polls(tables: &Tables, topics: &HashMap<i64, Topic>, export: &mut Export) {
    let all = |name: &str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut found: BTreeMap<i64, Poll> = BTreeMap::new();
    for record in all("polls") {
        let Some(id) = id(record, "polls", export) else {
            continue;
        };
        if record.is_there("discarded_at") || record.yes("template") {
            continue;
        }
        let topic = record.number("topic_id").and_then(|t| topics.get(&t));
        let poll = Poll {
            id,
            key: key(record, id),
            kind: record.text("poll_type"),
            group: record.number("group_id").or_else(|| topic?.group),
            thread: record.number("discussion_id").or_else(|| topic?.discussion),
            author: record.number("author_id"),
            title: record.text("title"),
            text: record.words("details"),
            at: record.at("created_at"),
            closing: record.at("closing_at"),
            closed: record.at("closed_at"),
            anonymous: record.yes("anonymous"),
            lowest: record.setting("min_score"),
            highest: record.setting("max_score"),
            dots: record.setting("dots_per_person"),
            ..Poll::default()
        };
        found.insert(id, poll);
    }
    options(all("poll_options"), &mut found, export);
    stances(all("stances"), all("stance_choices"), &mut found);
    apart(tables, &mut found);
    outcomes(all("outcomes"), &mut found);
    export.polls = found.into_values().collect();
}

fn options(all: &[Record], polls: &mut BTreeMap<i64, Poll>, export: &mut Export) {
    for record in all {
        let Some(id) = id(record, "poll_options", export) else {
            continue;
        };
        let poll = record.number("poll_id").and_then(|p| polls.get_mut(&p));
        let Some(poll) = poll else { continue };
        poll.options.push(PollOption {
            id,
            name: record.text("name"),
            meaning: record.words("meaning"),
            icon: record.text("icon"),
            priority: record.number("priority").unwrap_or(0),
            score: record.number("total_score"),
        });
    }
    for poll in polls.values_mut() {
        poll.options.sort_by_key(|o| (o.priority, o.id));
    }
}

/// The latest stance of each, with its choices; those that were called back are no stances any more.
fn stances(all: &[Record], choices: &[Record], polls: &mut BTreeMap<i64, Poll>) {
    let mut chosen: HashMap<i64, BTreeMap<i64, i64>> = HashMap::new();
    for record in choices {
        if let (Some(stance), Some(option)) =
            (record.number("stance_id"), record.number("poll_option_id"))
        {
            let score = record.number("score").unwrap_or(1);
            chosen.entry(stance).or_default().insert(option, score);
        }
    }
    for record in all {
        let old = record.value.get("latest").is_some() && !record.yes("latest");
        if old || record.is_there("revoked_at") {
            continue;
        }
        let poll = record.number("poll_id").and_then(|p| polls.get_mut(&p));
        let (Some(poll), Some(id)) = (poll, record.number("id")) else {
            continue;
        };
        let choices = chosen.remove(&id).unwrap_or_else(|| scores(record));
        // Before 2021 there was no moment of casting, and nobody was noted who had not voted.
        let at = match record.value.get("cast_at") {
            Some(_) => record.at("cast_at"),
            None => record.at("created_at"),
        };
        poll.stances.push(Stance {
            user: record.number("participant_id").filter(|_| !poll.anonymous),
            name: String::new(),
            reason: record.words("reason"),
            at,
            choices,
        });
    }
}

/// `{"option": points}` in the stance itself.
fn scores(record: &Record) -> BTreeMap<i64, i64> {
    let scores = record.value["option_scores"].as_object();
    let scores = scores.into_iter().flatten();
    scores
        .filter_map(|(option, score)| Some((option.parse().ok()?, score.as_i64()?)))
        .collect()
}

/// Ballots of anonymous polls, which have stood apart from their voters since 2026.
fn apart(tables: &Tables, polls: &mut BTreeMap<i64, Poll>) {
    let all = |name: &str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut ballots: BTreeMap<String, (i64, BTreeMap<i64, i64>)> = BTreeMap::new();
    for record in all("anonymous_ballots") {
        if let Some(poll) = record.number("poll_id") {
            ballots.insert(record.text("id"), (poll, BTreeMap::new()));
        }
    }
    for record in all("anonymous_ballot_choices") {
        let ballot = ballots.get_mut(&record.text("anonymous_ballot_id"));
        if let (Some((_, choices)), Some(option)) = (ballot, record.number("poll_option_id")) {
            choices.insert(option, record.number("score").unwrap_or(1));
        }
    }
    for (poll, choices) in ballots.into_values() {
        if let Some(poll) = polls.get_mut(&poll) {
            poll.anonymous = true;
            let at = poll.closed.or(poll.closing);
            poll.stances.push(Stance {
                at,
                choices,
                ..Stance::default()
            });
        }
    }
    for record in all("anonymous_poll_voters") {
        let poll = record.number("poll_id").and_then(|p| polls.get_mut(&p));
        if let Some(poll) = poll {
            poll.anonymous = true;
        }
    }
}

fn outcomes(all: &[Record], polls: &mut BTreeMap<i64, Poll>) {
    for record in all {
        let old = record.value.get("latest").is_some() && !record.yes("latest");
        let poll = record.number("poll_id").and_then(|p| polls.get_mut(&p));
        let (Some(poll), false) = (poll, old) else {
            continue;
        };
        let at = record.at("created_at");
        if poll.outcome.as_ref().is_none_or(|o| o.at <= at) {
            poll.outcome = Some(Outcome {
                statement: record.words("statement"),
                at,
                review_on: record.text("review_on").parse().ok(),
            });
        }
    }
}

/// Comments with the discussion or poll they stand in: their own, or that of what they answer.
fn comments(all: &[Record], tables: &Tables, export: &mut Export) {
    let stances = tables.get("stances").map(Vec::as_slice).unwrap_or_default();
    let of_stance: HashMap<i64, i64> = stances
        .iter()
        .filter_map(|s| Some((s.number("id")?, s.number("poll_id")?)))
        .collect();
    let parents: HashMap<i64, (String, i64)> = all
        .iter()
        .filter_map(|c| {
            let kind = c.text("parent_type");
            Some((c.number("id")?, (kind, c.number("parent_id")?)))
        })
        .collect();
    for record in all {
        let Some(id) = id(record, "comments", export) else {
            continue;
        };
        let text = record.words("body");
        if record.is_there("discarded_at") || text.is_empty() {
            continue;
        }
        let (mut thread, mut poll) = (record.number("discussion_id"), None);
        let (mut top, mut at) = (None, id);
        // No chain is longer than there are comments; a circle ends there too.
        for _ in 0..=parents.len() {
            let Some((kind, parent)) = parents.get(&at) else {
                break;
            };
            match kind.as_str() {
                "Comment" | "" => (top, at) = (Some(*parent), *parent),
                "Discussion" => thread = thread.or(Some(*parent)),
                "Poll" => poll = Some(*parent),
                "Stance" => poll = of_stance.get(parent).copied(),
                _ => {}
            }
            if !matches!(kind.as_str(), "Comment" | "") {
                break;
            }
        }
        export.said.push(Said {
            key: format!("comment-{id}"),
            thread: thread.filter(|t| *t != 0),
            poll,
            parent: top,
            author: record.number("user_id"),
            author_name: String::new(),
            text,
            at: record.at("created_at"),
        });
    }
}
