//! What of an export would come, what is here, and what does not come. Pure.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::loomio::{Export, Group, Poll, Said, Thread, poll};
use super::{Counts, Found, Line, Note};

/// The program this is from.
pub const SOURCE: &str = "loomio";

/// What is here already, by its name there.
pub type Marks = HashMap<String, String>;

/// The name of a group.
pub(crate) fn group_mark(group: &Group) -> String {
    format!("group/{}", group.key)
}

/// The name of a person's seat in a group.
pub(crate) fn seat_mark(group: &Group, user: i64) -> String {
    format!("seat/{}/{user}", group.key)
}

/// The name of a poll.
pub(crate) fn poll_mark(poll: &Poll) -> String {
    format!("poll/{}", poll.key)
}

/// The name of a discussion.
pub(crate) fn thread_mark(export: &Export, thread: &Thread) -> String {
    format!("discussion/{}/{}", root_key(export), thread.key)
}

/// The name of a comment.
pub(crate) fn said_mark(export: &Export, said: &Said) -> String {
    format!("said/{}/{}", root_key(export), said.key)
}

fn root_key(export: &Export) -> String {
    export.root().map(|g| g.key.clone()).unwrap_or_default()
}

/// The group with a number, if it is in the file and was not put away.
pub(crate) fn group(export: &Export, id: Option<i64>) -> Option<&Group> {
    export
        .groups
        .iter()
        .find(|g| Some(g.id) == id && !g.archived)
}

/// Whether a poll comes: it closed, and belongs to a group.
pub(crate) fn comes(export: &Export, poll: &Poll) -> bool {
    poll.closed.is_some() && group(export, poll.group).is_some()
}

/// Where comments go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    /// Under a poll.
    Poll(i64),
    /// Under a discussion without a poll.
    Thread(i64),
}

/// What was said, by where it goes: what was said in a discussion goes under its first poll, else under the discussion itself.
pub(crate) fn places(export: &Export) -> BTreeMap<At, Vec<&Said>> {
    let mut first: HashMap<i64, i64> = HashMap::new();
    for poll in &export.polls {
        if let Some(thread) = poll.thread {
            first.entry(thread).or_insert(poll.id);
        }
    }
    let mut places: BTreeMap<At, Vec<&Said>> = BTreeMap::new();
    for said in &export.said {
        let known = said
            .poll
            .filter(|p| export.polls.iter().any(|x| x.id == *p));
        let at = match (known, said.thread) {
            (Some(poll), _) => Some(At::Poll(poll)),
            (None, Some(thread)) => Some(match first.get(&thread) {
                Some(poll) => At::Poll(*poll),
                None => At::Thread(thread),
            }),
            _ => None,
        };
        if let Some(at) = at {
            places.entry(at).or_default().push(said);
        }
    }
    places
}

/// Discussions without a poll, which belong to a group.
pub(crate) fn alone(export: &Export) -> impl Iterator<Item = &Thread> {
    let with: HashSet<i64> = export.polls.iter().filter_map(|p| p.thread).collect();
    export
        .threads
        .iter()
        .filter(move |t| !with.contains(&t.id) && group(export, t.group).is_some())
}

/// What would come, beside what is here. `has_seat` says whether a person, by address, would hold a seat for an organization.
pub fn found(export: &Export, marks: &Marks, has_seat: impl Fn(&str) -> bool) -> Found {
    let (mut new, mut there) = (Counts::default(), Counts::default());
    let known = |mark: &str| marks.contains_key(mark);
    for group in export.groups.iter().filter(|g| !g.archived) {
        side(&mut new, &mut there, known(&group_mark(group))).bodies += 1;
        for member in export.members.iter().filter(|m| m.group == group.id) {
            let side = side(&mut new, &mut there, known(&seat_mark(group, member.user)));
            let person = export.people.get(&member.user);
            if person.is_some_and(|p| !p.email.is_empty() && has_seat(&p.email)) {
                side.seats += 1;
            } else {
                side.guests += 1;
            }
        }
    }
    let places = places(export);
    let talk = |at: At, new: &mut Counts, there: &mut Counts| {
        for said in places.get(&at).into_iter().flatten() {
            side(new, there, known(&said_mark(export, said))).comments += 1;
        }
    };
    for poll in export.polls.iter().filter(|p| comes(export, p)) {
        let side = side(&mut new, &mut there, known(&poll_mark(poll)));
        side.decisions += 1;
        side.outcomes += u32::from(poll.outcome.is_some());
        let vote = poll::as_vote(poll);
        let cast = poll.stances.iter().filter(|s| s.at.is_some());
        let cast = cast.filter(|s| poll::says(&vote, s).is_some()).count();
        side.ballots += u32::try_from(cast).unwrap_or(u32::MAX);
        talk(At::Poll(poll.id), &mut new, &mut there);
    }
    for thread in alone(export) {
        side(&mut new, &mut there, known(&thread_mark(export, thread))).discussions += 1;
        talk(At::Thread(thread.id), &mut new, &mut there);
    }
    Found {
        name: export.root().map(|g| g.name.clone()).unwrap_or_default(),
        new,
        there,
        notes: notes(export, &places),
        lines: export
            .unread
            .iter()
            .map(|u| Line {
                line: u.line,
                code: u.code.to_string(),
                what: u.what.clone(),
            })
            .collect(),
    }
}

fn side<'c>(new: &'c mut Counts, there: &'c mut Counts, known: bool) -> &'c mut Counts {
    if known { there } else { new }
}

/// What does not come.
fn notes(export: &Export, places: &BTreeMap<At, Vec<&Said>>) -> Vec<Note> {
    let note = |code: &str, what: &str, n: usize| Note {
        code: code.to_string(),
        what: what.to_string(),
        n: n as u64,
    };
    let outside = |group_id: Option<i64>| group(export, group_id).is_none();
    let private = export.polls.iter().filter(|p| outside(p.group)).count()
        + export.threads.iter().filter(|t| outside(t.group)).count();
    let said: usize = places.values().map(Vec::len).sum();
    let mut notes = vec![
        note(
            "archived",
            "",
            export.groups.iter().filter(|g| g.archived).count(),
        ),
        note("private", "", private),
        note("lost", "", export.said.len() - said),
    ];
    for poll in &export.polls {
        if poll.closed.is_none() && !outside(poll.group) {
            notes.push(note("open", &poll.title, 1));
        }
    }
    if !export.has_answers && !export.polls.is_empty() {
        notes.push(note("answers", "", export.polls.len()));
    }
    for (table, n) in &export.left {
        notes.push(note(
            "left",
            table,
            usize::try_from(*n).unwrap_or(usize::MAX),
        ));
    }
    notes.retain(|n| n.n > 0);
    notes
}
