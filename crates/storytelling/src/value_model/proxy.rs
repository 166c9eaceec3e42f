//! The library of financial proxies: what a unit of change is worth, with source and a day of review, to be used in many models.

pub(super) mod api;
pub(super) mod pages;
pub(super) mod store;
pub(crate) use store::reviews;
#[cfg(test)]
mod tests;

use backbone_db::{Conn, Currency, Dec, Instant, id};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::etag::IfMatch;
use backbone_web::problem::FieldError;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::Error;

id!(
    /// Identifies a proxy of the library.
    ValueProxyId
);

/// A proxy of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ValueProxy)]
pub struct Proxy {
    /// Its identifier.
    pub id: ValueProxyId,
    /// As people call it.
    pub name: String,
    /// What one unit is.
    pub unit: String,
    /// The lowest plausible amount, in major units.
    pub low: Dec,
    /// The best estimate.
    pub base: Dec,
    /// The highest plausible amount.
    pub high: Dec,
    /// Currency of the amounts.
    pub currency: Currency,
    /// The year whose prices it is in.
    pub price_year: i32,
    /// Where it comes from.
    pub source: String,
    /// Address of the source; may be empty.
    pub link: String,
    /// The day by which somebody looks at it again.
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<NaiveDate>,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A proxy as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewProxy {
    /// As people call it.
    pub name: String,
    /// What one unit is.
    #[serde(default)]
    pub unit: String,
    /// The lowest plausible amount; the base when not given.
    #[serde(default)]
    pub low: Option<Dec>,
    /// The best estimate, in major units.
    pub base: Dec,
    /// The highest plausible amount; the base when not given.
    #[serde(default)]
    pub high: Option<Dec>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// The year whose prices it is in.
    pub price_year: i32,
    /// Where it comes from.
    pub source: String,
    /// Address of the source.
    #[serde(default)]
    pub link: String,
    /// The day by which somebody looks at it again.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<NaiveDate>,
}

/// The problems of a proxy, each at its field.
pub(super) fn check(new: &NewProxy) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut add = |field: &str, code: &'static str, args: Vec<(&'static str, String)>| {
        found.push(FieldError {
            field: field.into(),
            code,
            args,
        });
    };
    for (field, value, max) in [
        ("name", &new.name, 200),
        ("unit", &new.unit, 100),
        ("source", &new.source, 2000),
        ("link", &new.link, 2000),
    ] {
        if value.chars().count() > max {
            add(field, "too-long", vec![("max", max.to_string())]);
        }
    }
    if new.name.trim().is_empty() {
        add("name", "required", Vec::new());
    }
    if new.source.trim().is_empty() {
        add("source", "vm-source", Vec::new());
    }
    let link = new.link.trim();
    if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
        add("link", "vm-link", Vec::new());
    }
    if !(1900..=2200).contains(&new.price_year) {
        add("price_year", "vm-whole-year", Vec::new());
    }
    if iso_currency::Currency::from_code(new.currency.code()).is_none() {
        add("currency", "vm-currency", Vec::new());
    }
    let base = new.base.get();
    let (low, high) = ends(new);
    if low.get().min(base).is_sign_negative() && !low.get().min(base).is_zero() {
        add("base", "vm-negative", Vec::new());
    } else if base < low.get() || base > high.get() {
        let args = vec![("low", low.to_string()), ("high", high.to_string())];
        add("base", "vm-base-outside", args);
    }
    found
}

/// Low and high, in that order, the base where one is not given.
fn ends(new: &NewProxy) -> (Dec, Dec) {
    let end = |value: &Option<Dec>| value.clone().unwrap_or_else(|| new.base.clone());
    let (a, b) = (end(&new.low), end(&new.high));
    if a.get() <= b.get() { (a, b) } else { (b, a) }
}

/// Adds a proxy to the library.
///
/// # Errors
/// [`Error::Invalid`].
pub fn add(conn: &mut Conn, actor: &Actor, new: &NewProxy) -> Result<Proxy, Error> {
    let proxy = proxy_of(ValueProxyId::new(), 1, actor, new)?;
    store::insert(conn, actor.tenant(), &proxy)?;
    tell(conn, actor, "value_proxy.added", &proxy.id)?;
    Ok(proxy)
}

/// Changes a proxy. Models that used it keep the amounts they took.
///
/// # Errors
/// 412 or 428 when the caller has not seen the newest version; [`Error::Invalid`].
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &ValueProxyId,
    seen: IfMatch,
    new: &NewProxy,
) -> Result<Proxy, Error> {
    conn.lock(&format!("value_proxy:{id}"))
        .map_err(backbone_db::DbError::from)?;
    let known = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(known.version)?;
    let proxy = proxy_of(id.clone(), known.version + 1, actor, new)?;
    store::update(conn, actor.tenant(), &proxy)?;
    tell(conn, actor, "value_proxy.changed", id)?;
    Ok(proxy)
}

/// Takes a proxy out of the library. Models that used it keep the amounts they took.
///
/// # Errors
/// 412 or 428 when the caller has not seen the newest version.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: &ValueProxyId,
    seen: IfMatch,
) -> Result<(), Error> {
    conn.lock(&format!("value_proxy:{id}"))
        .map_err(backbone_db::DbError::from)?;
    let known = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(known.version)?;
    store::retire(conn, actor.tenant(), id, actor.now)?;
    tell(conn, actor, "value_proxy.removed", id)
}

fn proxy_of(id: ValueProxyId, version: i64, actor: &Actor, new: &NewProxy) -> Result<Proxy, Error> {
    let problems = check(new);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (low, high) = ends(new);
    Ok(Proxy {
        id,
        name: new.name.trim().into(),
        unit: new.unit.trim().into(),
        low,
        base: new.base.clone(),
        high,
        currency: new.currency.clone(),
        price_year: new.price_year,
        source: new.source.trim().into(),
        link: new.link.trim().into(),
        review_on: new.review_on,
        version,
        updated_at: actor.now,
    })
}

fn tell(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    id: &ValueProxyId,
) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("value_proxy", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
