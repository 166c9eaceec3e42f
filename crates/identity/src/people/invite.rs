//! Inviting people, sending an invitation again, taking it back.

use backbone_db::{Conn, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Invitation;
use super::rules::{self, Invitee};
use super::store::{self, invitations};
use crate::actor::Actor;
use crate::ids::{InvitationId, OrganizationId};
use crate::mail::{self, Letter};
use crate::organizations;
use crate::role::Role;

/// Days an invitation lasts.
pub const DAYS: i64 = 14;
/// What the token in the mail is signed for.
pub(super) const SIGNED: &str = "invitation";

/// Whom to invite, as what.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitations {
    /// One person a line: an address, or a name and an address.
    pub people: String,
    /// The roles they get.
    pub roles: Vec<Role>,
    /// The organization they act for.
    #[schema(value_type = Option<String>)]
    pub organization_id: Option<OrganizationId>,
}

/// What became of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Invited {
    /// Invited now, or once more.
    pub invited: Vec<Invitation>,
    /// Addresses of those who belong to the partnership already.
    pub members: Vec<String>,
}

/// Checks roles and organization, which invitations and memberships share.
pub(super) fn check_place(
    conn: &mut Conn,
    actor: &Actor,
    fields: &mut Fields,
    roles: &[Role],
    organization: Option<&OrganizationId>,
) -> Result<(), Problem> {
    if roles.is_empty() {
        fields.fail("roles", "roles-none");
    }
    if let Some(id) = organization {
        let found = organizations::find(conn, actor.tenant(), id)?;
        if !found.is_some_and(|o| o.active) {
            fields.fail("organization_id", "organization-unknown");
        }
    } else if roles.contains(&Role::Contributor) {
        fields.fail("organization_id", "organization-needed");
    }
    Ok(())
}

/// Invites people: each gets a mail with a link. Who was invited before and has not answered gets a fresh one.
///
/// # Errors
/// 422 for lines without an address, missing roles or organization; 403 when staff would make an administrator.
pub fn invite(conn: &mut Conn, actor: &Actor, new: &NewInvitations) -> Result<Invited, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let mut fields = Fields::new();
    let (people, bad) = rules::read_lines(&new.people);
    if let Some((line, text)) = bad.first() {
        let text: String = text.chars().take(60).collect();
        fields.fail_with(
            "people",
            "people-line",
            &[("line", line.to_string()), ("text", text)],
        );
    } else if people.is_empty() {
        fields.fail("people", "required");
    } else if people.len() > rules::MOST {
        fields.fail_with("people", "people-many", &[("max", rules::MOST.to_string())]);
    }
    check_place(
        conn,
        actor,
        &mut fields,
        &new.roles,
        new.organization_id.as_ref(),
    )?;
    fields.finish()?;
    if !rules::may_give(&actor.roles, &[], &new.roles) {
        return Err(Problem::forbidden());
    }
    let mut done = Invited {
        invited: Vec::new(),
        members: Vec::new(),
    };
    for invitee in people {
        match one(conn, actor, &invitee, new)? {
            Some(invitation) => done.invited.push(invitation),
            None => done.members.push(invitee.email),
        }
    }
    Ok(done)
}

fn one(
    conn: &mut Conn,
    actor: &Actor,
    invitee: &Invitee,
    new: &NewInvitations,
) -> Result<Option<Invitation>, Problem> {
    let partnership = &actor.partnership.id;
    if let Some((person, _, true)) = invitations::person(conn, &invitee.email)?
        && store::by_person(conn, partnership, &person)?.is_some_and(|m| m.active)
    {
        return Ok(None);
    }
    let invitation = match invitations::pending(conn, partnership, &invitee.email)? {
        Some(mut known) => {
            known.roles = new.roles.clone();
            known.organization_id = new.organization_id.clone();
            known.expires_at = actor.now.plus_days(DAYS);
            invitations::update(conn, &known)?;
            known
        }
        None => {
            let made = Invitation {
                id: InvitationId::new(),
                email: invitee.email.clone(),
                name: invitee.name.clone(),
                roles: new.roles.clone(),
                organization_id: new.organization_id.clone(),
                invited_by: actor.person_id.clone(),
                created_at: actor.now,
                expires_at: actor.now.plus_days(DAYS),
                accepted_at: None,
                revoked_at: None,
            };
            invitations::insert(conn, partnership, &made)?;
            made
        }
    };
    send(conn, actor, &invitation)?;
    log(conn, actor, "person.invited", &invitation)?;
    Ok(Some(invitation))
}

fn send(conn: &mut Conn, actor: &Actor, i: &Invitation) -> Result<(), Problem> {
    let organization = match &i.organization_id {
        Some(id) => organizations::find(conn, actor.tenant(), id)?.map(|o| o.name),
        None => None,
    };
    let p = &actor.partnership;
    let letter = Letter::new((&i.name, &i.email), p.lang(), "identity/emails/invitation")
        .with("inviter", actor.name.clone())
        .with("purpose", p.purpose.clone())
        .with("organization", organization.unwrap_or_default())
        .with("until", i.expires_at.to_string())
        .link("url", "/invitation", SIGNED, i.id.as_str());
    mail::queue(conn, Some(p), letter, actor.now)?;
    Ok(())
}

fn log(conn: &mut Conn, actor: &Actor, kind: &'static str, i: &Invitation) -> Result<(), Problem> {
    let mut event =
        NewEvent::new(kind, Object::new("invitation", &i.id)).data(&json!({"roles": i.roles}));
    if let Some(organization) = &i.organization_id {
        event = event.about(Object::new("organization", organization));
    }
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

fn open(conn: &mut Conn, actor: &Actor, id: &InvitationId) -> Result<Invitation, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let found =
        invitations::find(conn, &actor.partnership.id, id)?.ok_or_else(Problem::not_found)?;
    if found.accepted_at.is_some() || found.revoked_at.is_some() {
        return Err(Problem::conflict("invitation-ended"));
    }
    Ok(found)
}

/// Sends an invitation once more, for another while.
///
/// # Errors
/// 404; 409 `invitation-ended` when it was accepted or revoked.
pub fn resend(conn: &mut Conn, actor: &Actor, id: &InvitationId) -> Result<Invitation, Problem> {
    let mut i = open(conn, actor, id)?;
    i.expires_at = actor.now.plus_days(DAYS);
    invitations::update(conn, &i)?;
    send(conn, actor, &i)?;
    log(conn, actor, "person.invited", &i)?;
    Ok(i)
}

/// Takes an invitation back; its link stops working.
///
/// # Errors
/// 404; 409 `invitation-ended` when it was accepted or revoked.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: &InvitationId) -> Result<Invitation, Problem> {
    let mut i = open(conn, actor, id)?;
    i.revoked_at = Some::<Instant>(actor.now);
    invitations::update(conn, &i)?;
    log(conn, actor, "invitation.revoked", &i)?;
    Ok(i)
}
