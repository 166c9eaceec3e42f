use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, append};
use backbone_identity::{Actor, OrganizationId};

use super::{NewOpinion, Opinion, OpinionId, Opinions, store};
use crate::ballot::rules;
use crate::error::Error;
use crate::framework::{Norms, Reasons};
use crate::outcome::count;
use crate::proposal::{DecisionId, Proposal, Status, store as proposals};
use crate::seat::{SeatKind, store as seats};

/// Says what one thinks, or changes it, until the vote closes.
///
/// # Errors
/// 404; 403 unless one's organization has a seat there; 409 `opinion-closed` before the discussion and after the close; 422 for what
/// it says.
pub fn give(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &NewOpinion,
) -> Result<Opinions, Error> {
    let x = proposals::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let organization = own(conn, actor, &x)?.ok_or(Error::NoSeat)?;
    let person = actor.person_id.clone().ok_or(Error::NoSeat)?;
    if !is_open(actor, &x) {
        return Err(Error::Rule("opinion-closed"));
    }
    let (says, reason) = rules::check(&input.says, &input.reason, &lenient(&x), &[])?;
    conn.lock(&format!("opinions:{id}"))
        .map_err(DbError::from)?;
    let opinion = Opinion {
        id: OpinionId::new(),
        proposal_id: x.id.clone(),
        organization_id: organization,
        person_id: person,
        person_name: actor.name.clone(),
        says,
        reason,
        given_at: actor.now,
    };
    store::put(conn, actor.tenant(), &opinion)?;
    // That one was given, not by whom for what: the log is read by more than one organization.
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        NewEvent::new("opinion.given", x.object()),
    )?;
    look(conn, actor, &x)
}

/// What one's own organization thinks; nothing for one without, or whose organization has no seat there.
///
/// # Errors
/// Only those of the database.
pub fn look(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<Opinions, Error> {
    let Some(organization) = own(conn, actor, x)? else {
        return Ok(Opinions::default());
    };
    let items = store::of(conn, actor.tenant(), &x.id, &organization)?;
    let counted = count::counted(x, items.iter().map(|o| &o.says));
    Ok(Opinions { counted, items })
}

/// The organization one acts for, where it has a seat that votes in the body.
pub(crate) fn own(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
) -> Result<Option<OrganizationId>, DbError> {
    let Some(organization) = &actor.organization_id else {
        return Ok(None);
    };
    let all = seats::of_body(conn, actor.tenant(), &x.body_id)?;
    let seated = all.iter().any(|s| {
        s.active && s.kind == SeatKind::Member && s.organization_id.as_ref() == Some(organization)
    });
    Ok(seated.then(|| organization.clone()))
}

/// Opinions are given while people talk, and while they vote.
pub(crate) fn is_open(actor: &Actor, x: &Proposal) -> bool {
    match x.status {
        Status::Discussion => true,
        Status::Voting => x.closes_at.is_none_or(|c| actor.now < c),
        _ => false,
    }
}

/// An opinion needs no reason, and whoever may not block may still think that one should.
fn lenient(x: &Proposal) -> Proposal {
    Proposal {
        norms: Norms {
            reasons: Reasons::Optional,
            may_block: Vec::new(),
            secret: true,
            ..x.norms.clone()
        },
        ..x.clone()
    }
}
