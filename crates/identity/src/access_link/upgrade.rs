//! From a link to a session. A link is good for one thing and works for weeks, and mails are forwarded: so it opens a session only while it
//! is young, once, and for nobody who coordinates; otherwise a sign-in link goes to the person's own address.

use actix_web::http::StatusCode;
use backbone_db::{Conn, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_web::Problem;

use super::store::{self, Row};
use crate::role::{Role, roles_from_text};
use crate::secret::hash_secret;
use crate::sign_in;

/// Days after which a link opens no session any more.
const YOUNG_DAYS: i64 = 3;

/// What came of it.
#[derive(Clone, Debug)]
pub enum Upgraded {
    /// A session began; the cookie's secret, and the partnership's name in addresses.
    Session {
        /// The cookie's secret.
        cookie: String,
        /// The partnership's name in addresses.
        slug: String,
    },
    /// A sign-in link has to go to this address.
    Mail {
        /// The person's address.
        email: String,
        /// The partnership's name in addresses.
        slug: String,
    },
}

/// Whether a link may open a session by itself.
fn may_open(row: &Row, roles: &[Role], now: Instant) -> bool {
    let coordinates = roles.iter().any(|r| matches!(r, Role::Staff | Role::Admin));
    row.used_at.is_none() && now < row.created_at.plus_days(YOUNG_DAYS) && !coordinates
}

/// Turns a link into a session, or says where a sign-in link has to go.
///
/// # Errors
/// 404 for a secret that was never given out or names no person; 410 `link-ended` when it ran out or was revoked, or the person or
/// membership behind it is no longer active.
pub fn upgrade(
    conn: &mut Conn,
    secret: &str,
    user_agent: &str,
    now: Instant,
) -> Result<Upgraded, Problem> {
    let ended = || Problem::new(StatusCode::GONE, "link-ended");
    let row = store::find_any(conn, &hash_secret(secret))?.ok_or_else(Problem::not_found)?;
    let person = row.person_id.clone().ok_or_else(Problem::not_found)?;
    if row.revoked_at.is_some() || row.expires_at <= now {
        return Err(ended());
    }
    let partnership = store::partnership(conn, &row.partnership_id)?;
    let member = store::member(conn, &person, &row.partnership_id)?.ok_or_else(ended)?;
    let slug = partnership.slug.clone();
    let roles = roles_from_text(&member.roles);
    // Two who press at once: the first gets the session, the second a mail.
    if !may_open(&row, &roles, now) || !store::used(conn, &row.id, now)? {
        return Ok(Upgraded::Mail {
            email: member.email,
            slug,
        });
    }
    let cookie = sign_in::begin(conn, &person, user_agent, now)?;
    let by = By {
        kind: ActorKind::Link,
        id: Some(person.to_string()),
        name: member.name,
        at: now,
    };
    let event = NewEvent::new("access_link.upgraded", Object::new("person", &person));
    append(conn, partnership.id.as_str(), &by, event)?;
    Ok(Upgraded::Session { cookie, slug })
}
