//! Keys for programs that act by themselves: bound to a person and a partnership, with scopes, shown once.

pub(crate) mod api;
pub(crate) mod pages;
mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, Problem};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Via};
use crate::ids::{ApiKeyId, PersonId};
use crate::permission::Scope;
use crate::secret::{hash_secret, new_secret};

/// A key, without its secret.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ApiKey {
    /// Its identifier.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// Its first characters, to recognize it by.
    pub prefix: String,
    /// `read`, or `read` and `write`.
    pub scopes: Vec<String>,
    /// Whose rights it has.
    pub person_id: PersonId,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends; never when absent.
    pub expires_at: Option<Instant>,
    /// When it was last used, to the hour.
    pub used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// What to make.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// Whether it may change things; it may always read.
    #[serde(default)]
    pub write: bool,
    /// Days it lasts; without end when absent.
    pub days: Option<i64>,
}

/// Makes a key with the rights of the one who asks; gives it together with its secret.
///
/// # Errors
/// 422 for a missing name or an odd number of days; 403 to a key or link, which may not make keys.
pub fn make(conn: &mut Conn, actor: &Actor, new: &NewApiKey) -> Result<(ApiKey, String), Problem> {
    let (Some(person), Via::Session | Via::Token) = (&actor.person_id, &actor.via) else {
        return Err(Problem::forbidden());
    };
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 80);
    if new.days.is_some_and(|days| !(1..=3650).contains(&days)) {
        let bounds = [("min", "1".to_string()), ("max", "3650".to_string())];
        fields.fail_with("days", "out-of-range", &bounds);
    }
    fields.finish()?;
    let secret = format!("bbk_{}", new_secret());
    let key = ApiKey {
        id: ApiKeyId::new(),
        name,
        prefix: secret[..10].to_string(),
        scopes: scopes(if new.write { Scope::Write } else { Scope::Read }),
        person_id: person.clone(),
        created_at: actor.now,
        expires_at: new.days.map(|days| actor.now.plus_days(days)),
        used_at: None,
        revoked_at: None,
    };
    store::insert(conn, &actor.partnership.id, &key, &hash_secret(&secret))?;
    let event = NewEvent::new("api_key.made", Object::new("api_key", &key.id))
        .data(&serde_json::json!({"name": key.name, "scopes": key.scopes}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok((key, secret))
}

fn scopes(highest: Scope) -> Vec<String> {
    match highest {
        Scope::Read => vec!["read".into()],
        Scope::Write => vec!["read".into(), "write".into()],
    }
}

/// Revokes a key; it stops working with the next request.
///
/// # Errors
/// 404 when it is not of this partnership.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: &ApiKeyId) -> Result<(), Problem> {
    if !store::exists(conn, &actor.partnership.id, id)? {
        return Err(Problem::not_found());
    }
    if store::revoke(conn, &actor.partnership.id, id, actor.now)? {
        let event = NewEvent::new("api_key.revoked", Object::new("api_key", id));
        append(conn, actor.tenant(), &actor.by(), event)?;
    }
    Ok(())
}

/// The partnership's keys, the newest first.
pub fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<ApiKey>, DbError> {
    store::list(conn, &actor.partnership.id)
}
