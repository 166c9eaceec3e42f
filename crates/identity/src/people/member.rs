//! Changing a membership, closing an account, erasing a person's data.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, IfMatch, Problem};
use serde::Deserialize;
use serde_json::json;

use super::invite::check_place;
use super::{Member, rules, store};
use crate::account;
use crate::actor::Actor;
use crate::ids::{MembershipId, OrganizationId};
use crate::role::Role;

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// All their roles from now on.
    pub roles: Option<Vec<Role>>,
    /// The organization they act for; an empty text for none.
    pub organization_id: Option<String>,
    /// Whether they take part.
    pub active: Option<bool>,
}

/// Changes a membership. A change takes effect with the member's next request.
///
/// # Errors
/// 404; 412 when somebody changed it meanwhile; 422; 403 when staff would make or unmake an administrator; 409 `last-admin`.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &MembershipId,
    seen: IfMatch,
    change: &MemberChange,
) -> Result<Member, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let before = store::find(conn, actor.tenant(), id)?.ok_or_else(Problem::not_found)?;
    seen.check(before.version)?;
    let mut after = before.clone();
    let mut fields = Fields::new();
    if let Some(roles) = &change.roles {
        after.roles = Role::ALL
            .iter()
            .copied()
            .filter(|r| roles.contains(r))
            .collect();
    }
    if let Some(organization) = &change.organization_id {
        after.organization_id =
            fields.parse_optional::<OrganizationId>("organization_id", organization);
    }
    after.active = change.active.unwrap_or(after.active);
    if change.roles.is_some() || change.organization_id.is_some() {
        check_place(
            conn,
            actor,
            &mut fields,
            &after.roles,
            after.organization_id.as_ref(),
        )?;
    }
    fields.finish()?;
    let had = if before.active {
        &before.roles[..]
    } else {
        &[]
    };
    let has = if after.active { &after.roles[..] } else { &[] };
    if !rules::may_give(&actor.roles, had, has) {
        return Err(Problem::forbidden());
    }
    if had.contains(&Role::Admin) && !has.contains(&Role::Admin) {
        let admins = account::store::admins(conn, &actor.partnership.id)?;
        if admins == [before.person_id.clone()] {
            return Err(Problem::conflict("last-admin").arg("partnership", &actor.partnership.name));
        }
    }
    after.version += 1;
    store::update(conn, &actor.partnership.id, &after)?;
    let kind = match (before.active, after.active) {
        (true, false) => "membership.ended",
        (false, true) => "membership.resumed",
        _ => "membership.changed",
    };
    let data = json!({"roles": after.roles, "organization_id": after.organization_id, "active": after.active});
    let event = NewEvent::new(kind, Object::new("membership", id))
        .about(Object::new("person", &after.person_id))
        .data(&data);
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(after)
}

/// The member, when the actor may end their account: it belongs to nobody else, or the actor operates the server.
fn may_end(conn: &mut Conn, actor: &Actor, id: &MembershipId) -> Result<Member, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let member = store::find(conn, actor.tenant(), id)?.ok_or_else(Problem::not_found)?;
    let operates = match &actor.person_id {
        Some(me) => store::is_operator(conn, me)?,
        None => true,
    };
    let elsewhere = store::others(conn, &actor.partnership.id, &member.person_id)? > 0;
    if !operates && (elsewhere || store::is_operator(conn, &member.person_id)?) {
        return Err(Problem::conflict("person-elsewhere"));
    }
    Ok(member)
}

/// Closes a member's account: every session, token, key and link of theirs ends with this transaction.
///
/// # Errors
/// 404; 409 `person-elsewhere` when they also belong to other partnerships (end the membership instead), `last-admin`.
pub fn close(conn: &mut Conn, actor: &Actor, id: &MembershipId) -> Result<(), Problem> {
    let member = may_end(conn, actor, id)?;
    account::close(conn, &member.person_id, &actor.by())
}

/// Closes a member's account and forgets who it was.
///
/// # Errors
/// As [`close`].
pub fn erase(conn: &mut Conn, actor: &Actor, id: &MembershipId) -> Result<(), Problem> {
    let member = may_end(conn, actor, id)?;
    account::erase(conn, &member.person_id, &actor.by())
}
