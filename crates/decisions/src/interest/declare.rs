use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, OrganizationId, directory};
use backbone_web::Fields;

use super::{About, Interest, InterestId, NewInterest, rules, store};
use crate::ballot::{VoterState, store as ballots};
use crate::error::{Error, wrong};
use crate::framework::Conflict;
use crate::proposal::{DecisionId, Proposal, Status, store as proposals};
use crate::seat::store as seats;

/// What stands beside the voter who declared an interest.
pub(crate) const DECLARED: &str = "declared";

/// Declares an interest, for one's organization or for oneself. In votes that run, it holds at once where people declare their own; what staff
/// write down for others holds for votes that open later, so that nobody else takes a running vote away.
///
/// # Errors
/// 403 for another organization unless staff; 422.
pub fn declare(conn: &mut Conn, actor: &Actor, input: &NewInterest) -> Result<Interest, Error> {
    let mut fields = Fields::new();
    let reason = fields.text("reason", &input.reason, 1_000);
    fields.finish()?;
    let (about, topic, about_id) = about(conn, actor, input)?;
    let named = input.organization_id.as_deref().filter(|o| !o.is_empty());
    let organization = match named {
        _ if input.personal => None,
        None => actor.organization_id.clone(),
        Some(id) => Some(
            id.parse::<OrganizationId>()
                .map_err(|_| wrong("organization_id", "interest-organization"))?,
        ),
    };
    let own = organization.is_none() || organization == actor.organization_id;
    if !own && !actor.is_staff() {
        return Err(Error::NoSeat);
    }
    let person = actor.person_id.clone().filter(|_| input.personal);
    let all = directory::organizations(conn, actor.tenant())?;
    let card = all.iter().find(|o| Some(&o.id) == organization.as_ref());
    let who = match (card, &person) {
        (Some(card), _) => card.name.clone(),
        (None, Some(_)) => actor.name.clone(),
        (None, None) => return Err(wrong("organization_id", "interest-organization")),
    };
    let made = Interest {
        id: InterestId::new(),
        partnership_id: actor.tenant().into(),
        organization_id: organization,
        person_id: person,
        who,
        about,
        topic,
        about_id,
        reason,
        declared_by: actor.name.clone(),
        declared_at: actor.now,
        ended_by: None,
        ended_at: None,
    };
    store::insert(conn, &made)?;
    let mut event = NewEvent::new("interest.declared", Object::new("interest", &made.id));
    if let Some(id) = &made.organization_id {
        event = event.about(Object::new("organization", id));
    }
    append(conn, actor.tenant(), &actor.by(), event)?;
    if own {
        for x in proposals::in_states(conn, actor.tenant(), &[Status::Voting])? {
            hold(conn, actor, &made, &x)?;
        }
    }
    Ok(made)
}

/// In what the interest is: its kind, its words, and which object.
fn about(
    conn: &mut Conn,
    actor: &Actor,
    input: &NewInterest,
) -> Result<(About, String, Option<String>), Error> {
    let given = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default().trim();
        (!text.is_empty()).then(|| text.to_string())
    };
    match (
        given(&input.topic),
        given(&input.in_organization),
        given(&input.in_decision),
    ) {
        (Some(topic), None, None) => {
            let mut fields = Fields::new();
            let topic = fields.text("topic", &topic, 200);
            // Words of one or two letters stand in every text.
            if topic.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
                fields.fail("topic", "interest-topic");
            }
            fields.finish()?;
            Ok((About::Topic, topic, None))
        }
        (None, Some(id), None) => {
            let all = directory::organizations(conn, actor.tenant())?;
            let card = all.into_iter().find(|o| o.id.as_str() == id);
            let card = card.ok_or_else(|| wrong("in_organization", "interest-organization"))?;
            Ok((About::Organization, card.name, Some(id)))
        }
        (None, None, Some(id)) => {
            let parsed = id.parse::<DecisionId>().ok();
            let found = match parsed {
                Some(id) => proposals::find(conn, actor.tenant(), &id)?,
                None => None,
            };
            let x = found.ok_or_else(|| wrong("in_decision", "interest-decision"))?;
            Ok((About::Decision, x.title, Some(id)))
        }
        _ => Err(wrong("topic", "interest-one")),
    }
}

/// Makes an interest hold in a vote that runs. Who voted openly and has to step back is left out of the count; a secret ballot cannot be
/// found again, so there it is only shown.
fn hold(conn: &mut Conn, actor: &Actor, interest: &Interest, x: &Proposal) -> Result<(), DbError> {
    if x.norms.conflict == Conflict::Off || !rules::touches(interest, x) {
        return Ok(());
    }
    for voter in ballots::voters(conn, actor.tenant(), &x.id)? {
        if voter.state != VoterState::Eligible || voter.interest.contains(DECLARED) {
            continue;
        }
        let seat = seats::find(conn, actor.tenant(), &voter.seat_id)?;
        let holder = seat.and_then(|s| s.person_id);
        if !rules::concerns(interest, voter.organization_id.as_ref(), holder.as_ref()) {
            continue;
        }
        conn.lock(&format!("voter:{}", voter.id))?;
        let again = ballots::voter(conn, actor.tenant(), &voter.id)?;
        let Some(voter) = again else { continue };
        let steps_back = x.norms.conflict == Conflict::Recuse && !(x.norms.secret && voter.voted);
        let state = if steps_back {
            VoterState::Recused
        } else {
            voter.state
        };
        let interest = both(&voter.interest);
        ballots::set_state(conn, actor.tenant(), &voter.id, state, &interest)?;
        let event =
            NewEvent::new("voter.interest", x.object()).about(Object::new("seat", &voter.seat_id));
        append(conn, actor.tenant(), &actor.by(), event)?;
    }
    Ok(())
}

/// What stands beside a voter, with the declared interest.
pub(crate) fn both(before: &str) -> String {
    if before.is_empty() {
        DECLARED.to_string()
    } else {
        format!("{before}, {DECLARED}")
    }
}

/// Says that an interest no longer holds. Votes that run stay as they are.
///
/// # Errors
/// 404; 403 unless it is one's own or one coordinates; 409 when it ended before.
pub fn end(conn: &mut Conn, actor: &Actor, id: &InterestId) -> Result<(), Error> {
    let x = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if !is_own(actor, &x) && !actor.is_staff() {
        return Err(Error::NoSeat);
    }
    if store::end(conn, actor.tenant(), id, &actor.name, actor.now)? == 0 {
        return Err(Error::Rule("interest-ended"));
    }
    let event = NewEvent::new("interest.ended", Object::new("interest", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

/// Whether an interest is one's own, or one's organization's.
pub(crate) fn is_own(actor: &Actor, x: &Interest) -> bool {
    let person = x.person_id.is_some() && x.person_id == actor.person_id;
    person || (x.organization_id.is_some() && x.organization_id == actor.organization_id)
}
