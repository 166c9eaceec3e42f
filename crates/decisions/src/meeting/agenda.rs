//! The agenda: what is open in the body, and what was added by hand, in an order that somebody chose.

use backbone_db::{Conn, DbError};
use backbone_events::append;
use backbone_identity::Actor;
use backbone_web::Fields;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::plan::{follows, led, locked};
use super::rules::{self, Step};
use super::{AgendaItem, AgendaItemId, AgendaKind, Meeting, MeetingId, NewAgendaItem, store};
use crate::commitment::{Commitment, CommitmentStatus, store as commitments};
use crate::error::{Error, wrong};
use crate::proposal::{DecisionId, Proposal, Status, store as proposals};
use crate::seat::{SeatKind, store as seats};

/// Most points of one agenda.
const MOST: usize = 60;

/// Something open that is not on the agenda yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: AgendaKind,
    /// The decision, for `decision` and `review`.
    pub object_id: Option<String>,
    /// What it is called; empty where the kind says it.
    pub title: String,
    /// Minutes it usually takes.
    pub minutes: i32,
}

/// The last day on which something is due at this meeting.
fn day(conn: &mut Conn, x: &Meeting) -> Result<NaiveDate, DbError> {
    let body = crate::body::store::find(conn, &x.partnership_id, &x.body_id)?;
    let zone = body.map_or(jiff::tz::TimeZone::UTC, |b| b.zone());
    let day = x.starts_at.date_in(&zone);
    let found = NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32);
    Ok(found.unwrap_or_default())
}

/// What was promised at the last meeting, done or not, and what of the body's promises is due by the day of this one.
pub(crate) fn promises(conn: &mut Conn, x: &Meeting) -> Result<Vec<Commitment>, DbError> {
    let tenant = x.partnership_id.clone();
    let day = day(conn, x)?;
    let mut found: Vec<Commitment> = Vec::new();
    if let Some(last) = store::before(conn, x)? {
        for promised in store::promised(conn, &tenant, &last.id)? {
            found.extend(commitments::find(conn, &tenant, &promised.commitment_id)?);
        }
        // What was decided there may have been written down afterwards.
        for vote in store::votes(conn, &tenant, &last.id)? {
            for c in commitments::of_proposal(conn, &tenant, &vote.proposal_id)? {
                if !found.iter().any(|f| f.id == c.id) {
                    found.push(c);
                }
            }
        }
    }
    for c in commitments::in_state(conn, &tenant, CommitmentStatus::Open)? {
        if c.due_on > day || found.iter().any(|f| f.id == c.id) {
            continue;
        }
        let Some(id) = &c.proposal_id else {
            continue;
        };
        let ours = proposals::find(conn, &tenant, id)?.is_some_and(|p| p.body_id == x.body_id);
        if ours {
            found.push(c);
        }
    }
    found.sort_by(|a, b| (a.status, a.due_on, &a.id).cmp(&(b.status, b.due_on, &b.id)));
    Ok(found)
}

/// What is open and not on the agenda: promises, votes and discussions, reviews that are due, vacant seats.
pub(crate) fn suggestions(conn: &mut Conn, x: &Meeting) -> Result<Vec<Suggestion>, DbError> {
    let tenant = x.partnership_id.clone();
    let mut all = Vec::new();
    let open = promises(conn, x)?;
    let open = open
        .iter()
        .filter(|c| c.status == CommitmentStatus::Open)
        .count();
    let plain = |kind, minutes| Suggestion {
        kind,
        object_id: None,
        title: String::new(),
        minutes,
    };
    if open > 0 {
        let minutes = i32::try_from(2 * open).unwrap_or(30).clamp(5, 30);
        all.push(plain(AgendaKind::Commitments, minutes));
    }
    let states = [
        Status::Voting,
        Status::Discussion,
        Status::Closed,
        Status::InEffect,
    ];
    let mut found = proposals::in_states(conn, &tenant, &states)?;
    found.retain(|p| p.body_id == x.body_id);
    // What closes soonest comes first.
    found.sort_by(|a, b| (a.closes_at, &a.id).cmp(&(b.closes_at, &b.id)));
    let until = day(conn, x)?;
    let of = |p: &Proposal, kind, minutes| Suggestion {
        kind,
        object_id: Some(p.id.to_string()),
        title: p.title.clone(),
        minutes,
    };
    for status in [Status::Voting, Status::Closed, Status::Discussion] {
        let minutes = if status == Status::Closed { 5 } else { 10 };
        let these = found.iter().filter(|p| p.status == status);
        all.extend(these.map(|p| of(p, AgendaKind::Decision, minutes)));
    }
    let due =
        |p: &&Proposal| p.status == Status::InEffect && p.review_on.is_some_and(|d| d <= until);
    all.extend(
        found
            .iter()
            .filter(due)
            .map(|p| of(p, AgendaKind::Review, 10)),
    );
    let seats = seats::of_body(conn, &tenant, &x.body_id)?;
    if seats
        .iter()
        .any(|s| s.kind == SeatKind::Member && s.is_vacant())
    {
        all.push(plain(AgendaKind::Vacancies, 5));
    }
    let there = store::items(conn, &tenant, &x.id)?;
    all.retain(|s| {
        !there
            .iter()
            .any(|i| i.kind == s.kind && i.object_id == s.object_id)
    });
    Ok(all)
}

/// Puts everything that is open on the agenda.
pub(crate) fn fill(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<usize, Error> {
    let all = suggestions(conn, x)?;
    let added = all.len();
    for s in all {
        push(conn, actor, x, s)?;
    }
    Ok(added)
}

fn push(conn: &mut Conn, actor: &Actor, x: &Meeting, s: Suggestion) -> Result<AgendaItem, Error> {
    let there = store::items(conn, actor.tenant(), &x.id)?;
    if there.len() >= MOST {
        return Err(Error::Rule("meeting-agenda-full"));
    }
    let item = AgendaItem {
        id: AgendaItemId::new(),
        partnership_id: actor.tenant().into(),
        meeting_id: x.id.clone(),
        position: there.last().map_or(1, |l| l.position.saturating_add(1)),
        kind: s.kind,
        object_id: s.object_id,
        title: s.title,
        minutes: s.minutes,
        started_at: None,
        ended_at: None,
        spent_seconds: 0,
        created_at: actor.now,
    };
    store::insert_item(conn, &item)?;
    Ok(item)
}

fn changed(conn: &mut Conn, actor: &Actor, x: &Meeting, what: &str) -> Result<(), DbError> {
    store::bump(conn, actor.tenant(), &x.id)?;
    let event = x
        .event("meeting.agenda_changed")
        .data(&json!({"what": what}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

/// Puts everything that is open and not there yet on the agenda.
///
/// # Errors
/// 404; 403 unless one leads it; 409 once it is over.
pub fn assemble(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Vec<AgendaItem>, Error> {
    let x = led(conn, actor, id, Step::Agenda)?;
    if fill(conn, actor, &x)? > 0 {
        changed(conn, actor, &x, "assembled")?;
    }
    Ok(store::items(conn, actor.tenant(), id)?)
}

/// Adds a point: a proposal of the body, or anything by its title. Those with a seat may, until the meeting begins; then who
/// leads it.
///
/// # Errors
/// 404; 403; 409 once it is over; 422.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewAgendaItem,
) -> Result<AgendaItem, Error> {
    let x = locked(conn, actor, id)?;
    follows(&x, Step::Agenda)?;
    if !x.noted_by(actor) {
        if !rules::may(x.status, Step::Edit) {
            return Err(Error::Forbidden("meeting-not-yours"));
        }
        let body = crate::proposal::draft::body(conn, actor, x.body_id.as_str())?;
        crate::proposal::draft::seated(conn, actor, &body)?;
    }
    let mut fields = Fields::new();
    let minutes = minutes(&mut fields, input.minutes.unwrap_or(10));
    let decision = input
        .decision_id
        .as_deref()
        .filter(|d| !d.trim().is_empty());
    let made = match decision {
        Some(decision) => {
            fields.finish()?;
            let proposal = of_body(conn, &x, decision)?;
            let twice = store::items(conn, actor.tenant(), id)?
                .iter()
                .any(|i| i.object_id.as_deref() == Some(proposal.id.as_str()));
            if twice {
                return Err(wrong("decision_id", "meeting-item-twice"));
            }
            Suggestion {
                kind: AgendaKind::Decision,
                object_id: Some(proposal.id.to_string()),
                title: proposal.title,
                minutes,
            }
        }
        None => {
            let title = fields.text("title", &input.title, 200);
            fields.finish()?;
            Suggestion {
                kind: AgendaKind::Topic,
                object_id: None,
                title,
                minutes,
            }
        }
    };
    let item = push(conn, actor, &x, made)?;
    changed(conn, actor, &x, "added")?;
    Ok(item)
}

fn minutes(fields: &mut Fields, minutes: i32) -> i32 {
    if !(0..=600).contains(&minutes) {
        let args = [("min", "0".to_string()), ("max", "600".to_string())];
        fields.fail_with("minutes", "out-of-range", &args);
    }
    minutes
}

/// A proposal of the body that meets.
pub(crate) fn of_body(conn: &mut Conn, x: &Meeting, id: &str) -> Result<Proposal, Error> {
    let id: DecisionId = id
        .trim()
        .parse()
        .map_err(|_| wrong("decision_id", "meeting-other-body"))?;
    proposals::find(conn, &x.partnership_id, &id)?
        .filter(|p| p.body_id == x.body_id)
        .ok_or_else(|| wrong("decision_id", "meeting-other-body"))
}

/// The agenda of a meeting that somebody leads, and where a point stands in it.
fn own(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: &AgendaItemId,
) -> Result<(Meeting, Vec<AgendaItem>, usize), Error> {
    let x = led(conn, actor, id, Step::Agenda)?;
    let items = store::items(conn, actor.tenant(), id)?;
    let at = items.iter().position(|i| &i.id == item);
    let at = at.ok_or(Error::NotFound)?;
    Ok((x, items, at))
}

/// Changes the title of a point that was added by hand, or the minutes of any.
///
/// # Errors
/// 404; 403; 409; 422.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: &AgendaItemId,
    input: &NewAgendaItem,
) -> Result<AgendaItem, Error> {
    let (x, items, at) = own(conn, actor, id, item)?;
    let mut after = items.get(at).cloned().ok_or(Error::NotFound)?;
    let mut fields = Fields::new();
    if let Some(given) = input.minutes {
        after.minutes = minutes(&mut fields, given);
    }
    if after.kind == AgendaKind::Topic && !input.title.trim().is_empty() {
        after.title = fields.text("title", &input.title, 200);
    }
    fields.finish()?;
    store::update_item(conn, &after)?;
    changed(conn, actor, &x, "changed")?;
    Ok(after)
}

/// Moves a point one place up or down.
///
/// # Errors
/// 404; 403; 409.
pub fn shift(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: &AgendaItemId,
    up: bool,
) -> Result<Vec<AgendaItem>, Error> {
    let (x, mut items, at) = own(conn, actor, id, item)?;
    if rules::shift(&mut items, at, up) {
        for item in &items {
            store::update_item(conn, item)?;
        }
        changed(conn, actor, &x, "moved")?;
    }
    Ok(items)
}

/// Takes a point out that was not begun.
///
/// # Errors
/// 404; 403; 409 `meeting-item-begun` once it was begun.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: &AgendaItemId,
) -> Result<Vec<AgendaItem>, Error> {
    let (x, mut items, at) = own(conn, actor, id, item)?;
    let gone = items.remove(at);
    let spoken = store::notes(conn, actor.tenant(), id)?
        .iter()
        .any(|n| n.item_id.as_ref() == Some(item));
    let promised = store::promised(conn, actor.tenant(), id)?
        .iter()
        .any(|p| p.item_id.as_ref() == Some(item));
    if gone.started_at.is_some() || spoken || promised {
        return Err(Error::Rule("meeting-item-begun"));
    }
    store::delete_item(conn, actor.tenant(), &gone.id)?;
    rules::number(&mut items);
    for item in &items {
        store::update_item(conn, item)?;
    }
    changed(conn, actor, &x, "removed")?;
    Ok(items)
}
