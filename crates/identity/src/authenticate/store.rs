use backbone_db::{Conn, DbError, Instant, parse_id};
use backbone_web::Lang;
use diesel::prelude::*;

use crate::actor::Via;
use crate::ids::{ApiKeyId, OrganizationId, PersonId};
use crate::jwt::Claims;
use crate::partnership::Partnership;
use crate::role::{Role, roles_from_text};
use crate::schema::{
    api_keys, memberships, partnerships, people, sessions, signing_keys, token_families,
};

/// What a request brought, already checked as far as that goes without the database.
#[derive(Clone)]
pub(crate) enum Credential {
    Session(String),
    Token { kid: String, claims: Box<Claims> },
    ApiKey(String),
}

impl Credential {
    /// What it is kept in memory by; holds no secret, only hashes and identifiers.
    pub fn name(&self) -> String {
        match self {
            Self::Session(hash) => format!("session {hash}"),
            Self::ApiKey(hash) => format!("key {hash}"),
            Self::Token { kid, claims } => {
                format!("token {kid} {} {} {}", claims.sid, claims.sub, claims.ptn)
            }
        }
    }
}

/// Who a credential belongs to, and their place in one partnership.
pub(crate) struct Seen {
    pub person_id: PersonId,
    pub name: String,
    pub lang: Lang,
    pub via: Via,
    pub may_write: bool,
    pub member: Option<Member>,
    times: Times,
}

impl Seen {
    /// Whether the credential has not ended by itself meanwhile.
    pub fn holds(&self, now: Instant) -> bool {
        self.times.ends_at.is_none_or(|end| end > now)
    }

    /// Whether this use should be noted: the last note is an hour old.
    pub fn is_stale(&self, now: Instant) -> bool {
        self.times.is_stale(now)
    }
}

/// When a credential ends, and when its use was noted.
struct Times {
    /// A token's own end is looked at before it comes here.
    ends_at: Option<Instant>,
    /// Nothing when its use is not noted at all.
    noted_at: Option<Option<Instant>>,
}

impl Times {
    fn is_stale(&self, now: Instant) -> bool {
        self.noted_at
            .is_some_and(|noted| noted.is_none_or(|at| now.seconds_since(at) >= NOTED_EVERY))
    }
}

pub(crate) struct Member {
    pub partnership: Partnership,
    pub organization_id: Option<OrganizationId>,
    pub roles: Vec<Role>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
pub(crate) struct PersonRow {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub language: String,
    pub operator: bool,
}

struct Proof {
    person: PersonRow,
    via: Via,
    may_write: bool,
    times: Times,
    /// The one partnership a token or key is good for.
    bound_to: Option<String>,
}

/// Who this is and what they are in the partnership named by id or slug; `None` when the credential is not good (any more).
pub(crate) fn member(
    conn: &mut Conn,
    credential: &Credential,
    partnership: &str,
    now: Instant,
) -> Result<Option<Seen>, DbError> {
    let Some(proof) = prove(conn, credential, now)? else {
        return Ok(None);
    };
    let member = membership(conn, &proof.person.id, partnership)?.filter(|m| {
        proof
            .bound_to
            .as_ref()
            .is_none_or(|b| b == m.partnership.id.as_str())
    });
    Ok(Some(Seen {
        lang: proof.person.language.parse().unwrap_or_default(),
        person_id: proof.person.id,
        name: proof.person.name,
        via: proof.via,
        may_write: proof.may_write,
        times: proof.times,
        member,
    }))
}

/// Who this is, without a partnership, and whether this use should be noted.
pub(crate) fn person(
    conn: &mut Conn,
    credential: &Credential,
    now: Instant,
) -> Result<Option<(PersonRow, bool)>, DbError> {
    Ok(prove(conn, credential, now)?.map(|p| (p.person, p.times.is_stale(now))))
}

/// Seconds after which a use is noted again.
const NOTED_EVERY: i64 = 3600;

/// Notes that a session or key was used; a session then lasts for another while.
pub(crate) fn note_use(
    conn: &mut Conn,
    credential: &Credential,
    now: Instant,
) -> Result<(), DbError> {
    match credential {
        Credential::Session(hash) => crate::session::touch(conn, hash, now)?,
        Credential::ApiKey(hash) => {
            diesel::update(api_keys::table.filter(api_keys::key_hash.eq(hash)))
                .set(api_keys::used_at.eq(now))
                .execute(conn)?;
        }
        Credential::Token { .. } => {}
    }
    Ok(())
}

fn prove(conn: &mut Conn, credential: &Credential, now: Instant) -> Result<Option<Proof>, DbError> {
    match credential {
        Credential::Session(hash) => by_session(conn, hash, now),
        Credential::Token { kid, claims } => by_token(conn, kid, claims),
        Credential::ApiKey(hash) => by_key(conn, hash, now),
    }
}

fn by_session(conn: &mut Conn, hash: &str, now: Instant) -> Result<Option<Proof>, DbError> {
    let found: Option<(PersonRow, Instant, Instant)> = sessions::table
        .inner_join(people::table.on(people::id.eq(sessions::person_id)))
        .filter(sessions::token_hash.eq(hash))
        .filter(sessions::expires_at.gt(now))
        .filter(people::active.eq(true))
        .select((
            PersonRow::as_select(),
            sessions::seen_at,
            sessions::expires_at,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(|(person, seen_at, expires_at)| Proof {
        person,
        via: Via::Session,
        may_write: true,
        times: Times {
            ends_at: Some(expires_at),
            noted_at: Some(Some(seen_at)),
        },
        bound_to: None,
    }))
}

fn by_token(conn: &mut Conn, kid: &str, claims: &Claims) -> Result<Option<Proof>, DbError> {
    let person = token_families::table
        .inner_join(people::table.on(people::id.eq(token_families::person_id)))
        .filter(token_families::id.eq(&claims.sid))
        .filter(token_families::person_id.eq(&claims.sub))
        .filter(token_families::partnership_id.eq(&claims.ptn))
        .filter(token_families::revoked_at.is_null())
        .filter(people::active.eq(true))
        .filter(diesel::dsl::exists(
            signing_keys::table
                .filter(signing_keys::kid.eq(kid))
                .filter(signing_keys::retired_at.is_null()),
        ))
        .select(PersonRow::as_select())
        .first(conn)
        .optional()?;
    let bound_to = Some(claims.ptn.to_string());
    Ok(person.map(|person| Proof {
        person,
        via: Via::Token,
        may_write: true,
        times: Times {
            ends_at: None,
            noted_at: None,
        },
        bound_to,
    }))
}

type KeyRow = (
    PersonRow,
    ApiKeyId,
    String,
    String,
    Option<Instant>,
    Option<Instant>,
);

fn by_key(conn: &mut Conn, hash: &str, now: Instant) -> Result<Option<Proof>, DbError> {
    let found: Option<KeyRow> = api_keys::table
        .inner_join(people::table.on(people::id.eq(api_keys::person_id)))
        .filter(api_keys::key_hash.eq(hash))
        .filter(api_keys::revoked_at.is_null())
        .filter(
            api_keys::expires_at
                .is_null()
                .or(api_keys::expires_at.assume_not_null().gt(now)),
        )
        .filter(people::active.eq(true))
        .select((
            PersonRow::as_select(),
            api_keys::id,
            api_keys::partnership_id,
            api_keys::scopes,
            api_keys::used_at,
            api_keys::expires_at,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(
        |(person, id, partnership, scopes, used_at, expires_at)| Proof {
            person,
            via: Via::ApiKey(id.to_string()),
            may_write: scopes.split_whitespace().any(|s| s == "write"),
            times: Times {
                ends_at: expires_at,
                noted_at: Some(used_at),
            },
            bound_to: Some(partnership),
        },
    ))
}

/// An active membership, with its partnership found by id or slug.
pub(crate) fn membership(
    conn: &mut Conn,
    person: &PersonId,
    partnership: &str,
) -> Result<Option<Member>, DbError> {
    let base = memberships::table
        .inner_join(partnerships::table.on(partnerships::id.eq(memberships::partnership_id)))
        .filter(memberships::person_id.eq(person))
        .filter(memberships::active.eq(true))
        .select((
            Partnership::as_select(),
            memberships::organization_id,
            memberships::roles,
        ));
    let found: Option<(Partnership, Option<OrganizationId>, String)> = match parse_id(partnership) {
        Ok(id) => base
            .filter(partnerships::id.eq(id))
            .first(conn)
            .optional()?,
        Err(_) => base
            .filter(partnerships::slug.eq(partnership))
            .first(conn)
            .optional()?,
    };
    Ok(found.map(|(partnership, organization_id, roles)| Member {
        partnership,
        organization_id,
        roles: roles_from_text(&roles),
    }))
}
