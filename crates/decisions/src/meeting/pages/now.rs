//! The present point of a meeting: what is promised, voted on, decided or vacant there.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_web::Problem;
use serde_json::{Value, json};

use super::item_title;
use crate::ballot::electorate::{Acting, acting};
use crate::ballot::{Ballot, Capacity, Voter, form, store as ballots};
use crate::commitment::{Commitment, CommitmentStatus, store as commitments};
use crate::framework::{Method, Shape};
use crate::meeting::room::Room;
use crate::meeting::{AgendaItem, AgendaKind, MeetingStatus, RoomVote, agenda, store};
use crate::outcome::{Outcome, decide, store as outcomes};
use crate::people::Member;
use crate::policy::CastBallot;
use crate::proposal::rules::{Step, may};
use crate::proposal::{DecisionId, Proposal, Status, store as proposals};
use crate::seat::SeatKind;
use crate::view::{Say, organization_name};

/// A vote as it stands.
struct Vote {
    p: Proposal,
    room: Option<RoomVote>,
    voters: Vec<Voter>,
    ballots: Vec<(Voter, Option<Ballot>)>,
    mine: Vec<(Acting, Option<Ballot>)>,
    outcome: Option<Outcome>,
    number: Option<i64>,
    made: Vec<Commitment>,
}

/// What the present point is about, and the votes that are open in the room.
pub(super) struct Now {
    item: Option<AgendaItem>,
    vote: Option<Vote>,
    open: Vec<Vote>,
    promises: Vec<Commitment>,
    made: Vec<Commitment>,
}

pub(super) fn read(c: &mut Conn, actor: &Actor, room: &Room) -> Result<Now, Problem> {
    let item = room.items.iter().find(|i| i.is_current()).cloned();
    let votes = store::votes(c, actor.tenant(), &room.x.id)?;
    let about = item.as_ref().filter(|i| i.kind == AgendaKind::Decision);
    let about: Option<DecisionId> = about
        .and_then(|i| i.object_id.as_deref())
        .and_then(|o| o.parse().ok());
    let vote = match &about {
        Some(id) => vote(c, actor, id, &votes)?,
        None => None,
    };
    let mut open = Vec::new();
    if room.x.status == MeetingStatus::Open {
        let others = votes
            .iter()
            .filter(|v| v.closed_at.is_none() && Some(&v.proposal_id) != about.as_ref());
        for other in others {
            let found = self::vote(c, actor, &other.proposal_id, &votes)?;
            open.extend(found.filter(|v| v.p.status == Status::Voting));
        }
    }
    let promises = match item.as_ref().map(|i| i.kind) {
        Some(AgendaKind::Commitments) => agenda::promises(c, &room.x)?,
        _ => Vec::new(),
    };
    let mut made = Vec::new();
    for p in store::promised(c, actor.tenant(), &room.x.id)? {
        made.extend(commitments::find(c, actor.tenant(), &p.commitment_id)?);
    }
    Ok(Now {
        item,
        vote,
        open,
        promises,
        made,
    })
}

fn vote(
    c: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    votes: &[RoomVote],
) -> Result<Option<Vote>, DbError> {
    let tenant = actor.tenant();
    let Some(p) = proposals::find(c, tenant, id)? else {
        return Ok(None);
    };
    let voters = ballots::voters(c, tenant, id)?;
    let mut cast = Vec::new();
    for voter in &voters {
        let ballot = ballots::of_voter(c, tenant, &voter.id)?;
        cast.push((voter.clone(), ballot));
    }
    let mut mine = Vec::new();
    for one in acting(c, actor, &p)? {
        let ballot = ballots::of_voter(c, tenant, &one.voter.id)?;
        mine.push((one, ballot));
    }
    Ok(Some(Vote {
        room: votes.iter().find(|v| &v.proposal_id == id).cloned(),
        outcome: outcomes::of(c, tenant, id)?,
        number: outcomes::records_of(c, tenant, id)?
            .first()
            .map(|r| r.number),
        made: commitments::of_proposal(c, tenant, id)?,
        ballots: cast,
        voters,
        mine,
        p,
    }))
}

pub(super) fn fill(
    say: &Say,
    actor: &Actor,
    room: &Room,
    people: &[Member],
    now: &Now,
    data: &mut Value,
) {
    let promise = |c: &Commitment| {
        json!({"id": c.id, "title": c.title, "organization": organization_name(&room.organizations, Some(&c.organization_id)), "due": c.due_on,
               "progress": c.progress, "status": say.of("commitment-status", c.status.as_str()), "open": c.status == CommitmentStatus::Open,
               "done": c.status == CommitmentStatus::Done})
    };
    data["now"] = json!(now.item.as_ref().map(|i| json!({
        "id": i.id, "n": i.position, "title": item_title(say, i), "minutes": i.minutes, "spent": i.spent(actor.now),
        "over": i.spent(actor.now) > i64::from(i.minutes) * 60, "commitments": i.kind == AgendaKind::Commitments,
        "review": (i.kind == AgendaKind::Review).then(|| i.object_id.clone()), "vacancies": i.kind == AgendaKind::Vacancies,
    })));
    data["promises"] = now.promises.iter().map(promise).collect();
    data["made"] = now.made.iter().map(promise).collect();
    data["vacant"] = room
        .seats
        .iter()
        .filter(|s| s.kind == SeatKind::Member && s.is_vacant())
        .map(|s| json!({"id": s.id, "name": room.seat_name(s)}))
        .collect();
    data["votes_here"] = now
        .vote
        .iter()
        .map(|v| shown(say, actor, room, v))
        .collect();
    data["open_votes"] = now
        .open
        .iter()
        .map(|v| shown(say, actor, room, v))
        .collect();
    data["owners"] = owners(room, people);
    let due = crate::view::today(actor) + chrono::Days::new(14);
    data["due_usual"] = json!(due);
}

/// Who may own a commitment: an organization, or one of its people, in one choice.
fn owners(room: &Room, people: &[Member]) -> Value {
    let mut all = Vec::new();
    for o in room.organizations.iter().filter(|o| o.active) {
        all.push(json!({"value": o.id, "label": o.name}));
        for m in people
            .iter()
            .filter(|m| m.organization_id.as_ref() == Some(&o.id))
        {
            all.push(json!({"value": format!("{} {}", o.id, m.person_id), "label": format!("{}, {}", o.name, m.name)}));
        }
    }
    Value::Array(all)
}

fn shown(say: &Say, actor: &Actor, room: &Room, v: &Vote) -> Value {
    let p = &v.p;
    let open = p.status == Status::Voting && p.closes_at.is_some_and(|c| actor.now < c);
    let voted = v.voters.iter().filter(|v| v.voted).count();
    let needed = crate::outcome::Tallied {
        quorum: crate::outcome::quorum::check(&p.norms.quorum, &v.voters),
        ..crate::outcome::Tallied::default()
    };
    let mine: Vec<Value> = v
        .mine
        .iter()
        .filter(|(a, _)| open && actor.may::<CastBallot>() && a.voter.is_open())
        .map(|(a, ballot)| {
            json!({
                "action": format!("/p/{}/meetings/{}/votes/{}/cast", actor.partnership.slug, room.x.id, p.id), "seat_id": a.voter.seat_id, "name": a.voter.name,
                "says": ballot.as_ref().map(|b| form::words(say, p, &b.says)), "reason": ballot.as_ref().map(|b| b.reason.clone()).unwrap_or_default(),
                "may": !a.voter.voted || !p.norms.secret && p.norms.changeable, "voted": a.voter.voted,
                "ballot": form::view(say, p, ballot.as_ref().map(|b| &b.says), Some(&a.voter.id)),
            })
        })
        .collect();
    json!({
        "id": p.id, "title": p.title, "status": say.of("decision-status", p.status.as_str()), "tone": crate::proposal::pages::tone(p.status),
        "method": say.of("method", p.norms.method.as_str()), "rule": crate::framework::pages::rule(say, &p.norms), "open": open,
        "closed": p.status == Status::Closed, "may_open": may(p.status, Step::Open), "in_room": v.room.is_some(), "secret": p.norms.secret,
        "voted": (!p.norms.secret).then_some(voted), "eligible": v.voters.iter().filter(|v| v.is_open()).count(),
        "quorum": if p.norms.secret { json!([]) } else { crate::outcome::pages::quorum(say, &needed).into() },
        "mine": mine, "hands": hands(say, room, v), "outcome": v.outcome.as_ref().map(|o| outcome(say, v, o)),
        "number": v.number, "id_prefix": format!("v-{}", p.id),
    })
}

fn outcome(say: &Say, v: &Vote, o: &Outcome) -> Value {
    let counts: Vec<String> = o
        .result
        .counted
        .iter()
        .filter(|c| c.ballots > 0)
        .map(|c| format!("{} {}", form::name(say, &v.p, &c.option), c.ballots))
        .collect();
    json!({
        "passed": o.passed, "quorum": o.result.has_quorum(), "counts": counts.join(" · "), "voted": o.result.voted, "eligible": o.result.eligible,
        "statement": o.statement, "draft": decide::draft(say, &v.p, o), "no_action": o.no_action,
        "made": v.made.iter().map(|c| json!({"id": c.id, "title": c.title, "due": c.due_on})).collect::<Vec<_>>(),
    })
}

/// A row for each voter: who speaks for it, and what was recorded or voted.
fn hands(say: &Say, room: &Room, v: &Vote) -> Value {
    let p = &v.p;
    let there = room.represented(Some(&p.id));
    let shape = match p.norms.method.shape() {
        Shape::Stance | Shape::One => "one",
        Shape::Checks => "checks",
        Shape::Marks | Shape::Dots => "marks",
        Shape::Ranking => "ranks",
    };
    let places: Vec<usize> = (1..=p.standing().count()).collect();
    let rows: Vec<Value> = v
        .ballots
        .iter()
        .filter(|(voter, _)| voter.is_open())
        .map(|(voter, ballot)| {
            let by = there.iter().find(|r| r.seat == voter.seat_id);
            let by = by.and_then(|r| room.people.iter().find(|a| a.id == r.by));
            let own = ballot.as_ref().is_some_and(|b| b.capacity != Capacity::Recorded);
            let recorded = ballot.as_ref().filter(|_| !own).map(|b| &b.says);
            let options: Vec<Value> = p
                .standing()
                .map(|o| {
                    let on = recorded.is_some_and(|s| {
                        s.option.as_ref() == Some(&o.key) || s.checks.contains(&o.key)
                    });
                    let mark = recorded.and_then(|s| s.marks.get(&o.key)).map(ToString::to_string);
                    let rank = recorded
                        .and_then(|s| s.ranks.iter().position(|g| g.contains(&o.key)))
                        .map(|n| n + 1);
                    let ranks: Vec<Value> = places.iter().map(|n| json!({"n": n, "on": Some(*n) == rank})).collect();
                    json!({"key": o.key, "label": form::label(say, o), "on": on, "mark": mark, "ranks": ranks,
                           "id": format!("h-{}-{}", voter.seat_id, o.key)})
                })
                .collect();
            json!({"seat": voter.seat_id, "name": voter.name, "by": by.map(|a| a.name.clone()), "there": by.is_some(), "own": own, "voted": voter.voted,
                   "reason": ballot.as_ref().filter(|_| !own).map(|b| b.reason.clone()).unwrap_or_default(), "options": options})
        })
        .collect();
    let reasons = match p.norms.reasons {
        crate::framework::Reasons::Off | crate::framework::Reasons::Optional => false,
        crate::framework::Reasons::Required | crate::framework::Reasons::OnDisagreement => true,
    };
    let away: Vec<&Value> = rows.iter().filter(|r| r["there"] != true).collect();
    json!({
        "shape": shape, "rows": rows.iter().filter(|r| r["there"] == true).collect::<Vec<_>>(), "away": away, "reasons": reasons,
        "possible": !p.norms.secret, "meeting": p.norms.method == Method::Meeting,
    })
}
