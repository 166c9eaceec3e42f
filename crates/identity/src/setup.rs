//! The first start: somebody with the link that the server prints makes the first account and becomes its operator.

pub(crate) mod pages;
mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_web::{Lang, Problem};

use crate::ids::PersonId;
use crate::secret::MasterSecret;

/// The token of the set-up link, `/setup?token=…`. It works as long as nobody has an account, so once.
pub fn token(secret: &MasterSecret) -> String {
    secret.sign("setup", "first-run")
}

/// Whether nobody has an account yet.
pub fn is_needed(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(store::people(conn)? == 0)
}

/// The first account, with its password already hashed.
#[derive(Clone, Debug)]
pub struct FirstPerson {
    /// Their name.
    pub name: String,
    /// Their address in its normal form.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Hash of their password.
    pub password_hash: Option<String>,
}

/// Makes the first account, which operates the server. For the set-up page and the command line.
///
/// # Errors
/// 410 `setup-done` when there is an account already.
pub fn first_person(
    conn: &mut Conn,
    person: &FirstPerson,
    now: Instant,
) -> Result<PersonId, Problem> {
    store::lock(conn)?;
    if !is_needed(conn)? {
        return Err(done());
    }
    Ok(store::insert_operator(conn, person, now)?)
}

pub(crate) fn done() -> Problem {
    Problem::new(actix_web::http::StatusCode::GONE, "setup-done")
}

/// Whether a token is the one of the set-up link.
pub(crate) fn is_token(secret: &MasterSecret, token: &str) -> bool {
    secret.open("setup", token).as_deref() == Some("first-run")
}
