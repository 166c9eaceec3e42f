//! What is due for a person, for their calendar: each domain adds its dates, the feed and the page show them.
//!
//! The feed is read by programs that cannot sign in, so its address holds a secret. It is good for reading the calendar and
//! nothing else, and ends when the person ends it, makes another one, or leaves.

mod store;

use backbone_db::{Conn, DbError, Instant, id};
use backbone_web::Problem;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor::{Actor, Via};
use crate::attention::Words;
use crate::directory;
use crate::secret::{hash_secret, new_secret};

id!(
    /// Identifies the secret address of somebody's calendar.
    CalendarLinkId
);

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On a day.
    Day(Date),
    /// At a moment.
    At(Timestamp),
}

impl Due {
    /// The day, in a zone.
    pub fn day(self, zone: &jiff::tz::TimeZone) -> Date {
        match self {
            Due::Day(day) => day,
            Due::At(at) => zone.to_datetime(at).date(),
        }
    }
}

/// Something that is due for somebody.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What makes it the same entry tomorrow, also when its day moves: `kind-id`, unique within the partnership.
    pub key: String,
    /// When.
    pub due: Due,
    /// What is due.
    pub what: Words,
    /// Details.
    pub detail: Option<Words>,
    /// When what it says was last changed.
    pub changed: Instant,
    /// Where it is done, behind `/p/{slug}`.
    pub path: String,
}

/// A domain's dates. Each looks only at what the actor may see and has to do.
pub trait Dated: Send + Sync {
    /// What is due for this actor between two days, both included; what is overdue counts as due on its own day.
    fn entries(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Entry>, DbError>;
}

/// Makes the address of a person's calendar in a partnership, in place of the one there was. Gives its secret, this once.
///
/// # Errors
/// 403 for one who is no person, such as a link that was sent to an organization.
pub fn make_link(conn: &mut Conn, actor: &Actor) -> Result<String, Problem> {
    let person = actor.person_id.as_ref().ok_or_else(Problem::forbidden)?;
    conn.lock(&format!("calendar_links:{person}"))
        .map_err(DbError::from)?;
    store::revoke(conn, actor.tenant(), person, actor.now)?;
    let secret = new_secret();
    store::insert(
        conn,
        actor.tenant(),
        person,
        &hash_secret(&secret),
        actor.now,
    )?;
    Ok(secret)
}

/// Ends the address of a person's calendar; says whether there was one.
///
/// # Errors
/// 403 for one who is no person.
pub fn end_link(conn: &mut Conn, actor: &Actor) -> Result<bool, Problem> {
    let person = actor.person_id.as_ref().ok_or_else(Problem::forbidden)?;
    Ok(store::revoke(conn, actor.tenant(), person, actor.now)? > 0)
}

/// When the person's address was made and last read, if they have one.
pub fn link_of(
    conn: &mut Conn,
    actor: &Actor,
) -> Result<Option<(Instant, Option<Instant>)>, DbError> {
    match &actor.person_id {
        Some(person) => store::of(conn, actor.tenant(), person),
        None => Ok(None),
    }
}

/// The person behind an address, with the roles that they have now; and whether its use is to be noted.
///
/// # Errors
/// 404 for a secret that was never given out, that was ended, or whose person left.
pub fn reader(conn: &mut Conn, secret: &str, now: Instant) -> Result<(Actor, bool), Problem> {
    let hash = hash_secret(secret);
    let (id, tenant, person, used_at) =
        store::by_hash(conn, &hash)?.ok_or_else(Problem::not_found)?;
    let partnership = directory::partnership(conn, &tenant)?.ok_or_else(Problem::not_found)?;
    let member = directory::member(conn, &tenant, &person)?.ok_or_else(Problem::not_found)?;
    let organization_id = crate::authenticate::store::membership(conn, &person, &tenant)?
        .and_then(|m| m.organization_id);
    let stale = used_at.is_none_or(|at| now.seconds_since(at) > 3600);
    let actor = Actor {
        person_id: Some(person),
        name: member.name,
        organization_id,
        partnership,
        roles: member.roles,
        lang: member.language.parse().unwrap_or_default(),
        now,
        via: Via::Link(id.to_string()),
        request_id: String::new(),
    };
    Ok((actor, stale))
}

/// Notes that an address was read.
pub fn note_read(conn: &mut Conn, secret: &str, now: Instant) -> Result<(), DbError> {
    store::used(conn, &hash_secret(secret), now)
}
