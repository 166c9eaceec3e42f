//! Setting up a partnership and changing its settings.

use backbone_db::{Conn, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_web::{Fields, IfMatch, Problem};
use serde::Deserialize;
use serde_json::json;

use super::{Partnership, rules, store};
use crate::actor::Actor;
use crate::ids::{FileId, PartnershipId, PersonId};
use crate::role::Role;

/// Counts below this are not shown outside a partnership that did not choose otherwise.
const SMALL_CELL: i32 = 5;

/// A partnership to set up.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPartnership {
    /// Its name.
    pub name: String,
    /// Why it exists, in a sentence or two.
    pub purpose: String,
    /// `en` or `nl`.
    pub language: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA time zone.
    pub time_zone: String,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: i32,
    /// Colour, `#rrggbb`, at least 4.5 : 1 against white.
    pub accent: String,
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PartnershipChange)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// Why it exists.
    pub purpose: Option<String>,
    /// `en` or `nl`.
    pub language: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: Option<i32>,
    /// Colour, `#rrggbb`.
    pub accent: Option<String>,
    /// Counts below this are not shown outside, at least 1.
    pub small_cell: Option<i32>,
    /// An uploaded image.
    #[schema(value_type = Option<String>)]
    pub logo_file_id: Option<FileId>,
}

/// Who sets a partnership up.
#[derive(Clone, Debug)]
pub struct Founder {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// Sets up a partnership, with its founder as staff and administrator.
///
/// # Errors
/// 403 unless they operate the server or administer a partnership; 422 with every field that is wrong.
pub fn create(
    conn: &mut Conn,
    founder: &Founder,
    new: &NewPartnership,
    now: Instant,
) -> Result<Partnership, Problem> {
    if !store::may_create(conn, &founder.id)? {
        return Err(Problem::forbidden());
    }
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 100);
    let purpose = fields.text("purpose", &new.purpose, 600);
    let language = rules::language(&mut fields, &new.language);
    let currency = rules::currency(&mut fields, &new.currency);
    let time_zone = rules::time_zone(&mut fields, &new.time_zone);
    let month = rules::month(&mut fields, &new.fiscal_year_start.to_string());
    let accent = rules::accent(&mut fields, &new.accent);
    fields.finish()?;
    let currency =
        currency.ok_or_else(|| Problem::internal("a currency was accepted but not read"))?;
    let base = rules::slug(&name);
    let mut slug = base.clone();
    let mut number = 2;
    while store::slug_taken(conn, &slug)? {
        slug = format!("{base}-{number}");
        number += 1;
    }
    let partnership = Partnership {
        id: PartnershipId::new(),
        slug,
        name,
        purpose,
        language: language.code().into(),
        currency,
        time_zone,
        fiscal_year_start: month,
        accent,
        logo_file_id: None,
        small_cell: SMALL_CELL,
        version: 1,
        created_at: now,
    };
    store::insert(conn, &partnership)?;
    store::insert_membership(
        conn,
        &partnership.id,
        &founder.id,
        None,
        &[Role::Staff, Role::Admin],
        now,
    )?;
    let by = By {
        kind: ActorKind::Person,
        id: Some(founder.id.to_string()),
        name: founder.name.clone(),
        at: now,
    };
    let event = NewEvent::new(
        "partnership.created",
        Object::new("partnership", &partnership.id),
    )
    .data(&json!({"name": partnership.name}));
    append(conn, partnership.id.as_str(), &by, event)?;
    Ok(partnership)
}

/// Changes the settings.
///
/// # Errors
/// 412 when somebody changed them meanwhile; 422 with every field that is wrong; 404 for a logo that was not uploaded.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    seen: IfMatch,
    change: &Change,
) -> Result<Partnership, Problem> {
    store::lock(conn, &actor.partnership.id)?;
    let mut p = store::find(conn, actor.tenant())?.ok_or_else(Problem::not_found)?;
    seen.check(p.version)?;
    let mut fields = Fields::new();
    if let Some(name) = &change.name {
        p.name = fields.text("name", name, 100);
    }
    if let Some(purpose) = &change.purpose {
        p.purpose = fields.text("purpose", purpose, 600);
    }
    if let Some(language) = &change.language {
        p.language = rules::language(&mut fields, language).code().into();
    }
    if let Some(currency) = &change.currency {
        p.currency = rules::currency(&mut fields, currency).unwrap_or(p.currency);
    }
    if let Some(zone) = &change.time_zone {
        p.time_zone = rules::time_zone(&mut fields, zone);
    }
    if let Some(month) = change.fiscal_year_start {
        p.fiscal_year_start = rules::month(&mut fields, &month.to_string());
    }
    if let Some(accent) = &change.accent {
        p.accent = rules::accent(&mut fields, accent);
    }
    if let Some(cell) = change.small_cell {
        if !(1..=1000).contains(&cell) {
            let bounds = [("min", "1".to_string()), ("max", "1000".to_string())];
            fields.fail_with("small_cell", "out-of-range", &bounds);
        }
        p.small_cell = cell;
    }
    if let Some(logo) = &change.logo_file_id {
        if !store::is_own_image(conn, &p.id, logo)? {
            fields.fail("logo_file_id", "logo-image");
        }
        p.logo_file_id = Some(logo.clone());
    }
    fields.finish()?;
    p.version += 1;
    store::update(conn, &p)?;
    let event = NewEvent::new("partnership.updated", Object::new("partnership", &p.id))
        .data(&json!({"version": p.version, "name": p.name}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(p)
}
