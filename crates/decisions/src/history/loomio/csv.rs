//! The CSV file: `Export for …`, then a table after the other, each with a title (`Polls (3)`), heads and rows.

use std::collections::HashMap;

use backbone_db::Instant;

use super::{Export, Group, Membership, Outcome, Person, Poll, Said, Thread, plain};

/// A row with the names of its cells.
struct Row<'r> {
    line: u64,
    heads: &'r [String],
    cells: &'r csv::StringRecord,
}

impl Row<'_> {
    /// A cell by any of the names its head has had.
    fn text(&self, names: &[&str]) -> String {
        let at = self.heads.iter().position(|h| names.contains(&h.as_str()));
        let cell = at.and_then(|at| self.cells.get(at));
        cell.unwrap_or_default().trim().to_string()
    }

    fn number(&self, names: &[&str]) -> Option<i64> {
        self.text(names).parse().ok()
    }

    /// `2024-03-01 10:15:00 UTC`, or as RFC 3339 writes it.
    fn at(&self, name: &str) -> Option<Instant> {
        let text = self.text(&[name]);
        let text = text.replace(" UTC", "Z").replacen(' ', "T", 1);
        text.parse().ok()
    }
}

/// Reads the tables.
pub(super) fn read(text: &str) -> Export {
    let mut export = Export::default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut table, mut heads): (Option<String>, Vec<String>) = (None, Vec::new());
    let mut topics: HashMap<i64, i64> = HashMap::new();
    for row in reader.records() {
        let cells = match row {
            Ok(cells) => cells,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                export.unread(line, "not-csv", "");
                continue;
            }
        };
        let line = cells.position().map_or(0, csv::Position::line);
        let first = cells.get(0).unwrap_or_default();
        if let Some(name) = title(&cells) {
            (table, heads) = (Some(name), Vec::new());
        } else if first.starts_with("Export for") || cells.iter().all(|c| c.trim().is_empty()) {
        } else if let Some(name) = &table {
            if heads.is_empty() {
                heads = cells.iter().map(head).collect();
                continue;
            }
            let row = Row {
                line,
                heads: &heads,
                cells: &cells,
            };
            take(&mut export, name, &row, &mut topics);
        } else {
            export.unread(line, "no-table", first);
        }
    }
    settle(&mut export, &topics);
    export
}

/// The name of the table that begins with this row: a word with a number in brackets, and nothing else.
fn title(cells: &csv::StringRecord) -> Option<String> {
    let first = cells.get(0)?.trim();
    let others = cells.iter().skip(1).all(|c| c.trim().is_empty());
    let (name, count) = first.strip_suffix(')')?.rsplit_once(" (")?;
    let counts = count.parse::<u64>().is_ok() && others;
    counts.then(|| name.trim().to_lowercase())
}

/// `Created at` and `created_at` are the same.
fn head(text: &str) -> String {
    text.trim().to_lowercase().replace(' ', "_")
}

fn take(export: &mut Export, table: &str, row: &Row<'_>, topics: &mut HashMap<i64, i64>) {
    let group = row.number(&["group", "group_id"]);
    let topic = row.number(&["topic", "topic_id"]);
    let author = row.number(&["author", "author_id"]);
    let known = author.filter(|_| !row.text(&["author_name"]).is_empty());
    if let Some(id) = known {
        let person = export.people.entry(id).or_default();
        if person.name.is_empty() {
            person.name = row.text(&["author_name"]);
        }
    }
    let Some(id) = row
        .number(&["id"])
        .or((table == "memberships").then_some(0))
    else {
        export.unread(row.line, "no-id", table);
        return;
    };
    match table {
        "groups" => export.groups.push(Group {
            id,
            key: or_number(row.text(&["key"]), id),
            name: row.text(&["name"]),
            description: plain(&row.text(&["description"]), ""),
            parent: None,
            archived: false,
        }),
        "memberships" => member(export, row, group),
        "discussions" => {
            if let Some(topic) = topic {
                topics.insert(topic, id);
            }
            export.threads.push(Thread {
                id,
                key: format!("thread-{id}"),
                group,
                author,
                title: row.text(&["title"]),
                text: plain(&row.text(&["description"]), ""),
                at: row.at("created_at"),
            });
        }
        "comments" => export.said.push(Said {
            key: format!("comment-{id}"),
            thread: row
                .number(&["discussion", "discussion_id"])
                .or(topic.map(|t| -t)),
            author,
            author_name: row.text(&["author_name"]),
            text: plain(&row.text(&["body"]), ""),
            at: row.at("created_at"),
            ..Said::default()
        }),
        "polls" => export.polls.push(Poll {
            id,
            key: or_number(row.text(&["key"]), id),
            kind: row.text(&["poll_type"]),
            group,
            thread: row
                .number(&["discussion", "discussion_id"])
                .or(topic.map(|t| -t)),
            author,
            title: row.text(&["title"]),
            text: plain(&row.text(&["details"]), ""),
            at: row.at("created_at"),
            closing: row.at("closing_at"),
            closed: row.at("closed_at"),
            ..Poll::default()
        }),
        "stances" => stance(export, row, id),
        "outcomes" => outcome(export, row),
        _ => *export.left.entry(table.to_string()).or_default() += 1,
    }
}

fn or_number(key: String, id: i64) -> String {
    if key.is_empty() { id.to_string() } else { key }
}

fn member(export: &mut Export, row: &Row<'_>, group: Option<i64>) {
    let (Some(group), Some(user)) = (group, row.number(&["user", "user_id"])) else {
        export.unread(row.line, "no-id", "memberships");
        return;
    };
    export.people.insert(
        user,
        Person {
            name: row.text(&["user_name"]),
            email: row.text(&["user_email"]).to_lowercase(),
        },
    );
    let accepted =
        !row.heads.iter().any(|h| h == "accepted_at") || !row.text(&["accepted_at"]).is_empty();
    if accepted {
        export.members.push(Membership {
            group,
            user,
            title: String::new(),
        });
    }
}

/// What somebody answered is not in this file; why they did is kept as a comment.
fn stance(export: &mut Export, row: &Row<'_>, id: i64) {
    let latest = row.text(&["latest"]);
    let reason = plain(&row.text(&["reason"]), "");
    if latest == "false" || reason.is_empty() {
        return;
    }
    export.said.push(Said {
        key: format!("stance-{id}"),
        poll: row.number(&["poll", "poll_id"]),
        author: row.number(&["participant", "participant_id"]),
        author_name: row.text(&["author_name"]),
        text: reason,
        at: row.at("created_at"),
        ..Said::default()
    });
}

fn outcome(export: &mut Export, row: &Row<'_>) {
    let poll = row.number(&["poll", "poll_id"]);
    let at = row.at("created_at");
    let found = export.polls.iter_mut().find(|p| Some(p.id) == poll);
    if let Some(poll) = found
        && poll.outcome.as_ref().is_none_or(|o| o.at <= at)
    {
        poll.outcome = Some(Outcome {
            statement: plain(&row.text(&["statement"]), ""),
            at,
            review_on: None,
        });
    }
}

/// Topics that are discussions get their discussion, and what has no group belongs to the one that was exported.
fn settle(export: &mut Export, topics: &HashMap<i64, i64>) {
    let thread = |of: Option<i64>| match of {
        Some(topic) if topic < 0 => topics.get(&-topic).copied(),
        other => other,
    };
    let root = export.groups.first().map(|g| g.id);
    for group in export.groups.iter_mut().filter(|g| Some(g.id) != root) {
        group.parent = root;
    }
    for said in &mut export.said {
        said.thread = thread(said.thread);
    }
    for poll in &mut export.polls {
        poll.thread = thread(poll.thread);
        poll.group = poll.group.or(root);
    }
    for thread in &mut export.threads {
        thread.group = thread.group.or(root);
    }
}
