//! The first start: somebody with the link that the server prints makes the first account and becomes its operator.

pub(crate) mod api;
pub(crate) mod pages;
mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_web::{Fields, Lang, Problem};

use crate::core::Core;
use crate::ids::PersonId;
use crate::secret::MasterSecret;
use crate::{email, password};

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

/// Lets in only who has the link, and only as long as nobody has an account.
///
/// # Errors
/// 410 `setup-done`; 404 for another token.
async fn guard(core: &Core, token: &str) -> Result<(), Problem> {
    if !core.db.read(is_needed).await? {
        return Err(done());
    }
    if is_token(&core.settings.secret, token) {
        Ok(())
    } else {
        Err(Problem::not_found())
    }
}

/// Reads what the first person says about themselves, and hashes the password.
///
/// # Errors
/// 422 with the fields that are wrong.
async fn read_person(
    name: &str,
    address: &str,
    language: &str,
    typed: &str,
) -> Result<FirstPerson, Problem> {
    let mut fields = Fields::new();
    let name = fields.text("name", name, 120);
    let email = email::read(&mut fields, "email", address);
    let lang = fields.parse("language", language).unwrap_or_default();
    password::check(&mut fields, "password", typed, &[&name, &email]);
    fields.finish()?;
    let password_hash = Some(password::hash(typed.to_string()).await?);
    Ok(FirstPerson {
        name,
        email,
        lang,
        password_hash,
    })
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
