//! Who may vote on a proposal, and who acts for whom.

use std::collections::HashSet;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{Object, links_from, of_object};
use backbone_identity::{Actor, OrganizationId, PersonId, directory};

use super::{Capacity, Proxy, Voter, VoterId, VoterState, rules, store};
use crate::body::Body;
use crate::framework::{Conflict, Group};
use crate::interest::declare::both;
use crate::interest::rules::{concerns, touches};
use crate::interest::{Interest, store as interests};
use crate::proposal::Proposal;
use crate::seat::{Part, Seat, SeatKind, store as seats};

/// Fixes who may vote. A proposal that is voted on again keeps its voters, and seats that came since are added.
pub(crate) fn summon(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    body: &Body,
) -> Result<Vec<Voter>, DbError> {
    let tenant = actor.tenant();
    let organizations = directory::organizations(conn, tenant)?;
    let there = store::voters(conn, tenant, &x.id)?;
    let mut declared = interests::held(conn, tenant)?;
    declared.retain(|i| x.norms.conflict != Conflict::Off && touches(i, x));
    for seat in seats::of_body(conn, tenant, &body.id)? {
        let votes =
            seat.kind == SeatKind::Member || (seat.kind == SeatKind::Guest && x.norms.guests);
        if !votes || there.iter().any(|v| v.seat_id == seat.id) {
            continue;
        }
        let card = organizations
            .iter()
            .find(|o| Some(&o.id) == seat.organization_id.as_ref());
        let interest = match (x.norms.conflict, &seat.organization_id) {
            (Conflict::Off, _) | (_, None) => false,
            (_, Some(organization)) => has_given(conn, tenant, x, organization)?,
        };
        let says =
            |i: &Interest| concerns(i, seat.organization_id.as_ref(), seat.person_id.as_ref());
        let declares = declared.iter().any(says);
        let known = if interest { "contributed" } else { "" };
        let known = if declares {
            both(known)
        } else {
            known.to_string()
        };
        let recused = !known.is_empty() && x.norms.conflict == Conflict::Recuse;
        let name = card
            .map(|c| c.name.clone())
            .or_else(|| seat.guest_name.clone());
        let voter = Voter {
            id: VoterId::new(),
            partnership_id: tenant.into(),
            proposal_id: x.id.clone(),
            seat_id: seat.id.clone(),
            organization_id: seat.organization_id.clone(),
            organization_role: card.map(|c| c.role),
            sector: card.map(|c| c.sector),
            name: name.unwrap_or_else(|| seat.title.clone()),
            weight: seat.weight,
            state: if recused {
                VoterState::Recused
            } else {
                VoterState::Eligible
            },
            interest: known,
            voted: false,
        };
        store::insert_voter(conn, &voter)?;
    }
    store::voters(conn, tenant, &x.id)
}

/// Whether an organization logged contributions to what a proposal is about: an interest that is shown, or keeps it from voting. What
/// supports a metric is known from links, and who gave it from the log.
fn has_given(
    conn: &mut Conn,
    tenant: &str,
    x: &Proposal,
    organization: &OrganizationId,
) -> Result<bool, DbError> {
    let mut about: HashSet<String> = HashSet::new();
    for prediction in &x.content.predictions {
        let metric = Object::new("metric", &prediction.metric_id);
        let given = links_from(conn, tenant, &metric)?;
        about.extend(
            given
                .into_iter()
                .filter(|l| l.to.kind == "contribution")
                .map(|l| l.to.id),
        );
    }
    let named = x
        .content
        .evidence
        .iter()
        .filter(|e| e.object.kind == "contribution");
    about.extend(named.map(|e| e.object.id.clone()));
    if about.is_empty() {
        return Ok(false);
    }
    let history = of_object(conn, tenant, &Object::new("organization", organization))?;
    Ok(history
        .iter()
        .any(|e| e.object.kind == "contribution" && about.contains(&e.object.id)))
}

/// In which capacity a person may vote for a seat.
pub(crate) fn capacity(
    x: &Proposal,
    seat: &Seat,
    proxies: &[Proxy],
    person: &PersonId,
    actor: &Actor,
) -> Option<Capacity> {
    match seat.part_of(person) {
        Some(Part::Holder) => Some(Capacity::Holder),
        Some(Part::Alternate) => Some(Capacity::Alternate),
        None => {
            let holds = |p: &&Proxy| {
                p.seat_id == seat.id && &p.person_id == person && p.holds(&x.id, actor.now)
            };
            let given = seat.active && proxies.iter().any(|p| holds(&p));
            given.then_some(Capacity::Proxy)
        }
    }
}

/// Who is asked to vote for a seat: the one who fills it, or the alternate while nobody does, and those who hold its proxy.
pub(crate) fn asked(x: &Proposal, seat: &Seat, proxies: &[Proxy], now: Instant) -> Vec<PersonId> {
    let alternate = seat.alternate_id.iter();
    let fills = seat.person_id.iter();
    let given = proxies
        .iter()
        .filter(|p| p.seat_id == seat.id && p.holds(&x.id, now));
    fills
        .chain(alternate.filter(|_| seat.person_id.is_none()))
        .chain(given.map(|p| &p.person_id))
        .cloned()
        .collect()
}

/// A voter that somebody may act for, and as what.
#[derive(Clone, Debug)]
pub(crate) struct Acting {
    pub voter: Voter,
    pub capacity: Capacity,
}

/// The voters of a proposal that a person may act for: their own seat first, then those they stand in for, then proxies.
pub(crate) fn acting(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<Vec<Acting>, DbError> {
    let Some(person) = &actor.person_id else {
        return Ok(Vec::new());
    };
    let proxies = store::proxies(conn, actor.tenant(), actor.now)?;
    let mut found = Vec::new();
    for voter in store::voters(conn, actor.tenant(), &x.id)? {
        let Some(seat) = seats::find(conn, actor.tenant(), &voter.seat_id)? else {
            continue;
        };
        if let Some(capacity) = capacity(x, &seat, &proxies, person, actor) {
            found.push(Acting { voter, capacity });
        }
    }
    found.sort_by_key(|a| a.capacity);
    Ok(found)
}

/// The groups that a voter belongs to.
pub(crate) fn groups(voter: &Voter) -> Vec<Group> {
    let (Some(role), Some(sector)) = (voter.organization_role, voter.sector) else {
        return Vec::new();
    };
    Group::ALL
        .into_iter()
        .filter(|g| g.holds(role, sector))
        .collect()
}

/// Whether all who may vote have.
pub(crate) fn all_voted(voters: &[Voter]) -> bool {
    let mut open = voters.iter().filter(|v| v.is_open()).peekable();
    open.peek().is_some() && open.all(|v| v.voted)
}

/// Voters whose ballot says nothing any more since an option was taken out: they are asked again.
pub(crate) fn stranded(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
) -> Result<Vec<Voter>, DbError> {
    let mut stranded = Vec::new();
    for mut voter in store::voters(conn, actor.tenant(), &x.id)? {
        let ballot = store::of_voter(conn, actor.tenant(), &voter.id)?;
        if ballot.is_some_and(|b| !rules::still_says(&b.says, x)) {
            store::set_voted(conn, actor.tenant(), &voter.id, false)?;
            voter.voted = false;
            stranded.push(voter);
        }
    }
    Ok(stranded)
}

/// A seat changed hands or ended: what it gave away is taken back, and an ended seat votes no more where it has not voted yet.
pub(crate) fn seat_passed(conn: &mut Conn, actor: &Actor, seat: &Seat) -> Result<(), DbError> {
    store::revoke_proxies_of(conn, actor.tenant(), &seat.id, actor.now)?;
    if seat.active {
        return Ok(());
    }
    for voter in store::voters_of_seat(conn, actor.tenant(), &seat.id)? {
        if voter.is_open() && !voter.voted {
            store::set_state(
                conn,
                actor.tenant(),
                &voter.id,
                VoterState::Revoked,
                &voter.interest,
            )?;
        }
    }
    Ok(())
}

/// How many have voted, as far as it may be told: a secret vote tells it only from the agreed number on.
pub(crate) fn turnout(x: &Proposal, voters: &[Voter]) -> Option<usize> {
    let voted = voters.iter().filter(|v| v.voted).count();
    let enough = usize::try_from(x.norms.turnout_from).unwrap_or(usize::MAX);
    (!x.norms.secret || voted >= enough).then_some(voted)
}
