//! Adding and changing organizations.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, IfMatch, Problem};
use serde::Deserialize;
use serde_json::json;

use super::{Organization, store};
use crate::actor::Actor;
use crate::ids::OrganizationId;
use crate::role::{OrganizationRole, Sector};

/// An organization to add.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganization {
    /// Its name.
    pub name: String,
    /// `backbone`, `partner`, `funder` or `community`.
    pub role: String,
    /// `public`, `private` or `civil`.
    pub sector: String,
    /// Its website.
    pub website: Option<String>,
    /// Whether its name may be shown to funders and the public.
    #[serde(default)]
    pub public_name: bool,
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationChange {
    /// Its name.
    pub name: Option<String>,
    /// What it is in the partnership.
    pub role: Option<String>,
    /// Its sector.
    pub sector: Option<String>,
    /// Its website; empty for none.
    pub website: Option<String>,
    /// Whether its name may be shown to funders and the public.
    pub public_name: Option<bool>,
    /// Whether it takes part.
    pub active: Option<bool>,
}

fn website(fields: &mut Fields, typed: &str) -> Option<String> {
    let typed = fields.optional("website", typed, 300);
    if typed.is_empty() {
        return None;
    }
    let address = if typed.contains("://") {
        typed
    } else {
        format!("https://{typed}")
    };
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let good = host.is_some_and(|h| {
        h.contains('.')
            && !h.starts_with('.')
            && !h
                .chars()
                .any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '@'))
    });
    if !good {
        fields.fail("website", "website");
    }
    Some(address)
}

/// Adds an organization.
///
/// # Errors
/// 422 with every field that is wrong, the name's being taken included.
pub fn add(conn: &mut Conn, actor: &Actor, new: &NewOrganization) -> Result<Organization, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 150);
    let role: Option<OrganizationRole> = fields.parse("role", &new.role);
    let sector: Option<Sector> = fields.parse("sector", &new.sector);
    let website = website(&mut fields, new.website.as_deref().unwrap_or(""));
    if store::name_taken(conn, &actor.partnership.id, &name, None)? {
        fields.fail("name", "name-taken");
    }
    fields.finish()?;
    let (Some(role), Some(sector)) = (role, sector) else {
        return Err(Problem::internal(
            "an organization was accepted but not read",
        ));
    };
    let made = Organization {
        id: OrganizationId::new(),
        name,
        role,
        sector,
        website,
        public_name: new.public_name,
        active: true,
        version: 1,
        created_at: actor.now,
    };
    store::insert(conn, &actor.partnership.id, &made)?;
    log(conn, actor, "organization.added", &made)?;
    Ok(made)
}

/// Changes an organization, its taking part included.
///
/// # Errors
/// 404, 412 when somebody changed it meanwhile, 422 with every field that is wrong.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &OrganizationId,
    seen: IfMatch,
    change: &OrganizationChange,
) -> Result<Organization, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let mut o = store::find(conn, actor.tenant(), id)?.ok_or_else(Problem::not_found)?;
    seen.check(o.version)?;
    let was_active = o.active;
    let mut fields = Fields::new();
    if let Some(name) = &change.name {
        o.name = fields.text("name", name, 150);
        if store::name_taken(conn, &actor.partnership.id, &o.name, Some(id))? {
            fields.fail("name", "name-taken");
        }
    }
    if let Some(role) = &change.role {
        o.role = fields.parse("role", role).unwrap_or(o.role);
    }
    if let Some(sector) = &change.sector {
        o.sector = fields.parse("sector", sector).unwrap_or(o.sector);
    }
    if let Some(typed) = &change.website {
        o.website = website(&mut fields, typed);
    }
    o.public_name = change.public_name.unwrap_or(o.public_name);
    o.active = change.active.unwrap_or(o.active);
    fields.finish()?;
    o.version += 1;
    store::update(conn, &actor.partnership.id, &o)?;
    let kind = match (was_active, o.active) {
        (true, false) => "organization.deactivated",
        (false, true) => "organization.reactivated",
        _ => "organization.changed",
    };
    log(conn, actor, kind, &o)?;
    Ok(o)
}

fn log(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    o: &Organization,
) -> Result<(), Problem> {
    let data = json!({"name": o.name, "role": o.role, "sector": o.sector, "public_name": o.public_name, "active": o.active, "version": o.version});
    let event = NewEvent::new(kind, Object::new("organization", &o.id)).data(&data);
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn websites_are_web_addresses() {
        for (typed, kept) in [
            ("", Ok(None)),
            ("oost.example", Ok(Some("https://oost.example"))),
            (
                "http://oost.example/a?b",
                Ok(Some("http://oost.example/a?b")),
            ),
            ("javascript://oost.example", Err("website")),
            ("https://me@evil.example", Err("website")),
            ("not a site", Err("website")),
        ] {
            let mut fields = Fields::new();
            let read = website(&mut fields, typed);
            let found = match fields.finish() {
                Ok(()) => Ok(read.as_deref()),
                Err(p) => Err(p.fields[0].code),
            };
            assert_eq!(found, kept, "{typed}");
        }
    }
}
