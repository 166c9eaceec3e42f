//! What a proposal says by mail: the vote is open, a reminder to those who have not voted, the outcome, a mention.

use backbone_db::{Conn, DbError};
use backbone_identity::mail::{Letter, queue, queue_kind};
use backbone_identity::notify::Kind;
use backbone_identity::{Actor, PersonId};
use serde_json::json;

use super::{Comment, Proposal};
use crate::ballot::{Voter, electorate, link, store as ballots};
use crate::body::Body;
use crate::notify;
use crate::outcome::Outcome;
use crate::people::{Member, members};
use crate::seat::{Seat, store as seats};

/// Asks voters for their vote: the one who fills the seat, or the alternate while nobody does, and those who hold a proxy.
pub(crate) fn invite(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    body: &Body,
    voters: &[Voter],
    reminder: bool,
) -> Result<(), DbError> {
    let people = members(conn, actor.tenant())?;
    let proxies = ballots::proxies(conn, actor.tenant(), actor.now)?;
    for voter in voters.iter().filter(|v| v.is_open() && !v.voted) {
        let Some(seat) = seats::find(conn, actor.tenant(), &voter.seat_id)? else {
            continue;
        };
        let ask = electorate::asked(x, &seat, &proxies, actor.now);
        for person in people.iter().filter(|m| ask.contains(&m.person_id)) {
            let to = (
                person.name.as_str(),
                person.email.as_str(),
                person.language.as_str(),
            );
            send_ballot(
                conn,
                actor,
                x,
                body,
                voter,
                to,
                Some(&person.person_id),
                reminder,
            )?;
        }
        if let (Some(name), Some(email)) = (&seat.guest_name, &seat.guest_email) {
            let to = (
                name.as_str(),
                email.as_str(),
                actor.partnership.language.as_str(),
            );
            send_ballot(conn, actor, x, body, voter, to, None, reminder)?;
        }
    }
    Ok(())
}

fn send_ballot(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    body: &Body,
    voter: &Voter,
    to: (&str, &str, &str),
    person: Option<&PersonId>,
    reminder: bool,
) -> Result<(), DbError> {
    let answers: Vec<_> = x
        .standing()
        .filter(|o| o.label.is_empty() && o.key != super::rules::NONE)
        .map(|o| json!({"key": o.key, "word": format!("answer-{}", o.key.replace('_', "-"))}))
        .collect();
    let local = x.closes_at.map(|c| {
        c.jiff()
            .to_zoned(body.zone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    });
    let letter = Letter::new(
        (to.0, to.1),
        to.2.parse().unwrap_or_default(),
        "decisions/emails/vote-open",
    )
    .with("title", x.title.clone())
    .with("body", body.name.clone())
    .with("voted_for", voter.name.clone())
    .with(
        "closes_at",
        x.closes_at.map(|c| c.to_string()).unwrap_or_default(),
    )
    .with("closes", local.unwrap_or_default())
    .with("reminder", reminder)
    .with("answers", answers)
    .link(
        "url",
        link::PATH,
        link::SIGNED,
        &link::subject(voter, person),
    );
    let kind = match reminder {
        true => &notify::CLOSING,
        false => &notify::OPENED,
    };
    match person {
        Some(person) => queue_kind(conn, &actor.partnership, person, kind, letter, actor.now),
        None => queue(conn, Some(&actor.partnership), letter, actor.now).map(drop),
    }
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    to: &Member,
    (kind, template): (&Kind, &str),
    x: &Proposal,
    more: &[(&str, String)],
) -> Result<(), DbError> {
    let letter = Letter::new(
        (&to.name, &to.email),
        to.language.parse().unwrap_or_default(),
        template,
    );
    let path = format!("/p/{}/decisions/{}", actor.partnership.slug, x.id);
    let letter = letter.with("title", x.title.clone()).with("path", path);
    let letter = more
        .iter()
        .fold(letter, |l, (name, value)| l.with(name, value.clone()));
    queue_kind(
        conn,
        &actor.partnership,
        &to.person_id,
        kind,
        letter,
        actor.now,
    )
}

/// Tells the one who proposed that the vote was counted, so that the outcome gets written.
pub(crate) fn closed(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    outcome: &Outcome,
) -> Result<(), DbError> {
    let people = members(conn, actor.tenant())?;
    let voted = format!("{}/{}", outcome.result.voted, outcome.result.eligible);
    for author in people
        .iter()
        .filter(|m| Some(&m.person_id) == x.author_id.as_ref())
    {
        write(
            conn,
            actor,
            author,
            (&notify::CLOSED, "decisions/emails/vote-closed"),
            x,
            &[("voted", voted.clone())],
        )?;
    }
    Ok(())
}

/// Tells everybody who might vote what was decided.
pub(crate) fn decided(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    body: &Body,
    outcome: &Outcome,
    number: i64,
) -> Result<(), DbError> {
    let people = members(conn, actor.tenant())?;
    let all: Vec<Seat> = seats::of_body(conn, actor.tenant(), &body.id)?;
    let sits = |m: &&Member| all.iter().any(|s| s.part_of(&m.person_id).is_some());
    let more = [
        ("statement", outcome.statement.clone()),
        ("body", body.name.clone()),
        ("number", number.to_string()),
    ];
    for member in people.iter().filter(sits) {
        let letter = (&notify::DECIDED, "decisions/emails/decided");
        write(conn, actor, member, letter, x, &more)?;
    }
    Ok(())
}

/// Tells somebody that they were named.
pub(crate) fn mention(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    comment: &Comment,
    to: &Member,
) -> Result<(), DbError> {
    let more = [
        ("by", comment.person_name.clone()),
        ("text", comment.text.clone()),
    ];
    let letter = (&notify::MENTIONED, "decisions/emails/mention");
    write(conn, actor, to, letter, x, &more)
}
