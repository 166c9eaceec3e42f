//! Accepting an invitation: newcomers give their name, known people confirm.

use actix_web::http::StatusCode;
use backbone_db::{Conn, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_web::{Fields, Lang, Problem};
use serde_json::json;

use super::store::{self, invitations};
use super::{Invitation, invite};
use crate::ids::PersonId;
use crate::partnership::store::insert_membership;
use crate::partnership::{self, Partnership};
use crate::password;
use crate::secret::MasterSecret;

/// What a newcomer tells about themselves.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    /// Their name.
    pub name: String,
    /// Their language.
    pub lang: Lang,
    /// Hash of their password, if they set one.
    pub password_hash: Option<String>,
}

/// Reads what a newcomer tells, and hashes the password if they set one. Of those who have an account nothing is asked.
///
/// # Errors
/// 422 with the fields that are wrong.
pub(crate) async fn read(
    open: &Open,
    name: &str,
    language: &str,
    typed: &str,
) -> Result<Newcomer, Problem> {
    let mut newcomer = Newcomer::default();
    if open.known.is_some() {
        return Ok(newcomer);
    }
    let mut fields = Fields::new();
    newcomer.name = fields.text("name", name, 120);
    newcomer.lang = fields.parse("language", language).unwrap_or_default();
    if !typed.is_empty() {
        let about = [newcomer.name.as_str(), open.invitation.email.as_str()];
        password::check(&mut fields, "password", typed, &about);
    }
    fields.finish()?;
    if !typed.is_empty() {
        newcomer.password_hash = Some(password::hash(typed.to_string()).await?);
    }
    Ok(newcomer)
}

/// An invitation that can be accepted now.
pub(crate) struct Open {
    pub invitation: Invitation,
    pub partnership: Partnership,
    /// Name of the account that the address belongs to, if any.
    pub known: Option<String>,
}

/// Looks at an invitation without changing anything.
///
/// # Errors
/// 410 `link-ended` when it was accepted, revoked, ran out or was never given, or the account was closed.
pub(crate) fn look(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    now: Instant,
) -> Result<Open, Problem> {
    let ended = || Problem::new(StatusCode::GONE, "link-ended");
    let id = secret.open(invite::SIGNED, token).ok_or_else(ended)?;
    let (invitation, partnership) = invitations::find_any(conn, &id)?.ok_or_else(ended)?;
    if invitation.status(now) != "open" {
        return Err(ended());
    }
    let partnership = partnership::find(conn, partnership.as_str())?.ok_or_else(ended)?;
    let known = match invitations::person(conn, &invitation.email)? {
        Some((_, _, false)) => return Err(ended()),
        Some((_, name, true)) => Some(name),
        None => None,
    };
    Ok(Open {
        invitation,
        partnership,
        known,
    })
}

/// Accepts an invitation; gives the person and the partnership.
///
/// # Errors
/// As for looking at it; 422 when a newcomer gives no name.
pub fn accept(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    newcomer: &Newcomer,
    now: Instant,
) -> Result<(PersonId, Partnership), Problem> {
    let Open { partnership, .. } = look(conn, secret, token, now)?;
    store::lock(conn, &partnership.id)?;
    // Once more under the lock: of two taps at the same time, one accepts.
    let Open {
        mut invitation,
        partnership,
        ..
    } = look(conn, secret, token, now)?;
    let (person, name) = match invitations::person(conn, &invitation.email)? {
        Some((id, name, _)) => (id, name),
        None => {
            let mut fields = Fields::new();
            let name = fields.text("name", &newcomer.name, 120);
            fields.finish()?;
            let hash = newcomer.password_hash.as_deref();
            (
                invitations::insert_person(
                    conn,
                    &invitation.email,
                    &name,
                    newcomer.lang,
                    hash,
                    now,
                )?,
                name,
            )
        }
    };
    join(conn, &partnership, &person, &invitation, now)?;
    invitation.accepted_at = Some(now);
    invitations::update(conn, &invitation)?;
    let by = By {
        kind: ActorKind::Person,
        id: Some(person.to_string()),
        name,
        at: now,
    };
    let mut event = NewEvent::new("person.joined", Object::new("person", &person))
        .data(&json!({"roles": invitation.roles}));
    event = event.about(Object::new("invitation", &invitation.id));
    if let Some(organization) = &invitation.organization_id {
        event = event.about(Object::new("organization", organization));
    }
    append(conn, partnership.id.as_str(), &by, event)?;
    Ok((person, partnership))
}

fn join(
    conn: &mut Conn,
    partnership: &Partnership,
    person: &PersonId,
    invitation: &Invitation,
    now: Instant,
) -> Result<(), Problem> {
    match store::by_person(conn, &partnership.id, person)? {
        Some(mut member) => {
            // Who comes back gets what the invitation says, not what they once had.
            member.roles = if member.active {
                [member.roles, invitation.roles.clone()].concat()
            } else {
                invitation.roles.clone()
            };
            member.organization_id = invitation
                .organization_id
                .clone()
                .or(member.organization_id);
            member.active = true;
            member.version += 1;
            store::update(conn, &partnership.id, &member)?;
        }
        None => {
            let organization = invitation.organization_id.as_ref();
            insert_membership(
                conn,
                &partnership.id,
                person,
                organization,
                &invitation.roles,
                now,
            )?;
        }
    }
    Ok(())
}
