//! What Loomio's export of a group says. Pure: text in, what was found out, and what could not be read.
//!
//! Two forms leave Loomio: JSON Lines, one `{"table": …, "record": …}` a line, and a CSV file of several tables, each with a title
//! such as `Polls (12)` and a line of heads. The second has no options and no answers, so only words can be brought over from it.

mod csv;
mod json;
pub(crate) mod poll;
mod text;

use std::collections::BTreeMap;

use backbone_db::Instant;
use chrono::NaiveDate;

pub(crate) use text::plain;

/// A group, which becomes a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its number there.
    pub id: i64,
    /// Its key, which is in its address.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The group it belongs to.
    pub parent: Option<i64>,
    /// Whether it was put away.
    pub archived: bool,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their address; empty for one who was made unrecognizable.
    pub email: String,
}

/// A person in a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// The group.
    pub group: i64,
    /// The person.
    pub user: i64,
    /// Chair, treasurer, …
    pub title: String,
}

/// A discussion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// Its number there.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// The group; none for one that only invited people saw.
    pub group: Option<i64>,
    /// Who began it.
    pub author: Option<i64>,
    /// What it is about.
    pub title: String,
    /// Its first text.
    pub text: String,
    /// When it was begun.
    pub at: Option<Instant>,
}

/// A comment, or the words of a ballot of which nothing else is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Its number there, with a word for its table.
    pub key: String,
    /// The discussion.
    pub thread: Option<i64>,
    /// The poll, where it was said there.
    pub poll: Option<i64>,
    /// The comment it answers.
    pub parent: Option<i64>,
    /// Who.
    pub author: Option<i64>,
    /// Their name, where it is all that is known.
    pub author_name: String,
    /// The words.
    pub text: String,
    /// When.
    pub at: Option<Instant>,
}

/// An option of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PollOption {
    /// Its number there.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// Its sign: `agree`, `disagree`, …
    pub icon: String,
    /// Its place.
    pub priority: i64,
    /// The points that it had there, where that is said.
    pub score: Option<i64>,
}

/// A poll, which becomes a decision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Poll {
    /// Its number there.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// Its kind: `proposal`, `poll`, `ranked_choice`, …
    pub kind: String,
    /// The group; none for one that only invited people saw.
    pub group: Option<i64>,
    /// The discussion it belongs to.
    pub thread: Option<i64>,
    /// Who began it.
    pub author: Option<i64>,
    /// The question.
    pub title: String,
    /// Its text.
    pub text: String,
    /// When it was begun.
    pub at: Option<Instant>,
    /// When it should have closed.
    pub closing: Option<Instant>,
    /// When it closed; none while it runs.
    pub closed: Option<Instant>,
    /// Whether nobody was to know who voted what.
    pub anonymous: bool,
    /// Lowest mark.
    pub lowest: Option<i64>,
    /// Highest mark.
    pub highest: Option<i64>,
    /// Dots of each.
    pub dots: Option<i64>,
    /// Its options.
    pub options: Vec<PollOption>,
    /// Who was asked, with what they said.
    pub stances: Vec<Stance>,
    /// What came of it, the latest version of it.
    pub outcome: Option<Outcome>,
}

/// Somebody's part in a poll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stance {
    /// Who; none where it was anonymous.
    pub user: Option<i64>,
    /// Their name, where it is all that is known.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When they voted; none if they did not.
    pub at: Option<Instant>,
    /// The points of each option, by the option's number.
    pub choices: BTreeMap<i64, i64>,
}

/// What came of a poll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// In words.
    pub statement: String,
    /// When it was written.
    pub at: Option<Instant>,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
}

/// Something in the file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its line, from 1.
    pub line: u64,
    /// Why: a word of messages, `history-unread-…`.
    pub code: &'static str,
    /// What it is about: a table, a field, a number.
    pub what: String,
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Export {
    /// Groups.
    pub groups: Vec<Group>,
    /// People by their number.
    pub people: BTreeMap<i64, Person>,
    /// Who is in which group.
    pub members: Vec<Membership>,
    /// Discussions.
    pub threads: Vec<Thread>,
    /// Comments, the oldest first.
    pub said: Vec<Said>,
    /// Polls, the oldest first.
    pub polls: Vec<Poll>,
    /// Records that are not brought over, by table.
    pub left: BTreeMap<String, u64>,
    /// What cannot be read.
    pub unread: Vec<Unread>,
    /// Whether the file says what people answered.
    pub has_answers: bool,
}

/// Lines of which it is said why they cannot be read; more are only counted.
const MOST_UNREAD: usize = 200;

impl Export {
    fn unread(&mut self, line: u64, code: &'static str, what: impl Into<String>) {
        if self.unread.len() < MOST_UNREAD {
            let what: String = what.into().chars().take(120).collect();
            self.unread.push(Unread { line, code, what });
        }
    }

    /// The group that others belong to: the first without a parent in the file.
    pub fn root(&self) -> Option<&Group> {
        let inside = |g: &&Group| {
            g.parent
                .is_none_or(|p| !self.groups.iter().any(|o| o.id == p))
        };
        self.groups.iter().find(inside)
    }
}

/// Reads a file of either form.
pub fn read(text: &str) -> Export {
    let text = text.trim_start_matches('\u{feff}');
    let mut export = if text.trim_start().starts_with('{') {
        json::read(text)
    } else {
        csv::read(text)
    };
    export.said.sort_by_key(|c| c.at);
    export.polls.sort_by_key(|p| p.at);
    export
}

#[cfg(test)]
mod tests;
