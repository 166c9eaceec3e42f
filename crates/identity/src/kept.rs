//! What somebody had typed when their form could not be taken: their session had ended, or somebody else was faster. It is kept
//! sealed for a short while, under a name that nobody can guess, and only for the person who typed it.

mod store;
#[cfg(test)]
mod tests;

use backbone_db::{Conn, DbError, Instant};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::secret::{MasterSecret, hash_secret, new_secret};

/// Seconds for which a form is kept.
pub const HOLDS: i64 = 3600;
/// Forms that are kept for one person; an older one gives way.
const MOST: usize = 20;
/// What the cookie that remembers who used a browser is signed for.
const BROWSER: &str = "browser";

/// A form as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Where it was sent.
    pub action: String,
    /// The page on which it stood.
    pub page: String,
    /// Whether its sender's session had ended; else somebody else was faster.
    pub lost: bool,
    /// Whether it was sent as `multipart/form-data`; its files are not kept.
    pub multipart: bool,
    /// Whether files came with it, which have to be chosen again.
    pub had_files: bool,
    /// Its fields in their order.
    pub fields: Vec<(String, String)>,
}

impl Kept {
    /// Passwords and one-time codes are not kept.
    fn without_secrets(&self) -> Self {
        let mut kept = self.clone();
        kept.fields.retain(|(name, _)| {
            let name = name.to_ascii_lowercase();
            !["password", "token", "secret", "code"]
                .iter()
                .any(|s| name.contains(s))
        });
        kept
    }
}

/// Keeps a form; gives the name under which its owner finds it.
pub fn keep(
    conn: &mut Conn,
    secret: &MasterSecret,
    person: &PersonId,
    form: &Kept,
    now: Instant,
) -> Result<String, DbError> {
    let name = new_secret();
    let plain = serde_json::to_vec(&form.without_secrets())
        .map_err(|e| DbError::Setup(format!("a form cannot be written down: {e}")))?;
    let sealed = seal(secret, &name, plain)
        .ok_or_else(|| DbError::Setup("a form cannot be sealed".into()))?;
    conn.lock(&format!("kept:{person}"))?;
    store::make_room(conn, person, MOST - 1)?;
    store::insert(conn, &hash_secret(&name), person, &sealed, now)?;
    Ok(name)
}

/// The form of that name, if this person had it kept and not too long ago; and when it was sent after all.
pub fn open(
    conn: &mut Conn,
    secret: &MasterSecret,
    person: &PersonId,
    name: &str,
    now: Instant,
) -> Result<Option<(Kept, Option<Instant>)>, DbError> {
    let since = now.plus_seconds(-HOLDS);
    let Some((sealed, sent_at)) = store::find(conn, &hash_secret(name), person, since)? else {
        return Ok(None);
    };
    let plain = unseal(secret, name, &sealed);
    let kept = plain.and_then(|p| serde_json::from_slice(&p).ok());
    Ok(kept.map(|kept| (kept, sent_at)))
}

/// Notes that a form was sent after all.
pub fn sent(conn: &mut Conn, person: &PersonId, name: &str, now: Instant) -> Result<(), DbError> {
    store::sent(conn, &hash_secret(name), person, now)
}

/// Forgets a form; says whether it was there.
pub fn forget(conn: &mut Conn, person: &PersonId, name: &str) -> Result<bool, DbError> {
    store::delete(conn, &hash_secret(name), person)
}

/// Forgets what nobody came back for.
pub fn forget_old(conn: &mut Conn, now: Instant) -> Result<(), DbError> {
    store::delete_before(conn, now.plus_seconds(-HOLDS))
}

/// What a browser is given to remember who used it last. It lets nobody in; it only says for whom a form is kept.
pub fn browser_of(secret: &MasterSecret, person: &PersonId) -> String {
    secret.sign(BROWSER, person.as_str())
}

/// Who used a browser last, by what it was given.
pub fn used_by(secret: &MasterSecret, given: &str) -> Option<PersonId> {
    PersonId::parse(&secret.open(BROWSER, given)?).ok()
}

/// The key belongs to one name and seals one form, so the nonce need not differ.
fn key(secret: &MasterSecret, name: &str) -> Option<LessSafeKey> {
    let bytes = secret.derive(&format!("kept-form:{name}"));
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?;
    Some(LessSafeKey::new(key))
}

fn seal(secret: &MasterSecret, name: &str, mut bytes: Vec<u8>) -> Option<String> {
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    key(secret, name)?
        .seal_in_place_append_tag(nonce, Aad::empty(), &mut bytes)
        .ok()?;
    Some(STANDARD.encode(bytes))
}

fn unseal(secret: &MasterSecret, name: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let plain = key(secret, name)?
        .open_in_place(nonce, Aad::empty(), &mut bytes)
        .ok()?;
    Some(plain.to_vec())
}
