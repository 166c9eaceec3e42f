//! People: members of partnerships, invitations, and what other rooms ask about them.

pub(crate) mod accept;
pub(crate) mod accept_api;
pub(crate) mod api;
pub mod attention;
pub(crate) mod invite;
pub(crate) mod member;
pub mod notify;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, Lang, Problem};
use serde::Serialize;

use crate::actor::Actor;
use crate::email;
use crate::ids::{InvitationId, MembershipId, OrganizationId, PersonId};
use crate::partnership::store::insert_membership;
use crate::role::Role;

pub use accept::{Newcomer, accept};
pub use invite::{Invited, NewInvitations, invite};
pub use member::{MemberChange, change, close, erase};

/// A member of a partnership.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Member {
    /// Identifies the membership.
    pub id: MembershipId,
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The organization they act for.
    pub organization_id: Option<OrganizationId>,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Whether they take part now.
    pub active: bool,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// Since when.
    pub created_at: Instant,
}

/// An invitation.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// Where it was sent.
    pub email: String,
    /// The name that was typed with it, often empty.
    pub name: String,
    /// The roles it gives.
    pub roles: Vec<Role>,
    /// The organization it is for.
    pub organization_id: Option<OrganizationId>,
    /// Who invited.
    pub invited_by: Option<PersonId>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

impl Invitation {
    /// Where it stands: `accepted`, `revoked`, `expired` or `open`.
    pub fn status(&self, now: Instant) -> &'static str {
        match self {
            Invitation {
                accepted_at: Some(_),
                ..
            } => "accepted",
            Invitation {
                revoked_at: Some(_),
                ..
            } => "revoked",
            Invitation { expires_at, .. } if *expires_at <= now => "expired",
            _ => "open",
        }
    }
}

/// Somebody to add without an invitation.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Their roles.
    pub roles: Vec<Role>,
    /// The organization they act for.
    pub organization_id: Option<OrganizationId>,
    /// Hash of their password, if they have one.
    pub password_hash: Option<String>,
}

/// Adds a member without asking them, making the account when the address has none. For the demo, imports and the command line.
///
/// # Errors
/// 422 for an address that is none; 409 `already-member`.
pub fn add(conn: &mut Conn, actor: &Actor, new: &NewMember) -> Result<PersonId, Problem> {
    let mut fields = Fields::new();
    let email = email::read(&mut fields, "email", &new.email);
    let name = fields.text("name", &new.name, 120);
    invite::check_place(
        conn,
        actor,
        &mut fields,
        &new.roles,
        new.organization_id.as_ref(),
    )?;
    fields.finish()?;
    let partnership = &actor.partnership.id;
    let hash = new.password_hash.as_deref();
    let person = match store::invitations::person(conn, &email)? {
        Some((id, ..)) if store::by_person(conn, partnership, &id)?.is_some() => {
            return Err(Problem::conflict("already-member").arg("name", name));
        }
        Some((id, ..)) => id,
        None => store::invitations::insert_person(conn, &email, &name, new.lang, hash, actor.now)?,
    };
    let organization = new.organization_id.as_ref();
    insert_membership(
        conn,
        partnership,
        &person,
        organization,
        &new.roles,
        actor.now,
    )?;
    let event = NewEvent::new("person.joined", Object::new("person", &person))
        .data(&serde_json::json!({"roles": new.roles}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(person)
}

/// A member's name; `None` for somebody who never belonged to this partnership.
pub fn name(conn: &mut Conn, partnership: &str, id: &PersonId) -> Result<Option<String>, DbError> {
    let found = store::members_by_ids(conn, partnership, &[id.to_string()])?;
    Ok(found.into_iter().next().map(|(_, name)| name))
}
