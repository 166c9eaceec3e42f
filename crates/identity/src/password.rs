//! Passwords: Argon2id, hashed off the async threads, and a check of their strength that says what to change.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use backbone_web::{Fields, Problem};
use tokio::sync::Semaphore;
use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

/// Shortest password that is accepted.
pub const SHORTEST: usize = 10;
/// Longest password that is accepted, so that nobody makes the server hash a book.
pub const LONGEST: usize = 200;

/// Memory in KiB, passes and lanes: the first choice of the OWASP Password Storage Cheat Sheet for Argon2id (19 MiB, 2, 1).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Hashes that run at once: each takes 19 MiB and a core.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What an unknown account's password is compared with, so that it takes as long as a known one's.
static NOBODY: LazyLock<Option<String>> =
    LazyLock::new(|| hash_now("no account has this password").ok());

/// Hashes a password for storing, in the PHC string format.
///
/// # Errors
/// 500 when the library refuses its own parameters.
pub async fn hash(password: String) -> Result<String, Problem> {
    off_thread(move || hash_now(&password)).await?
}

/// Whether `password` belongs to the stored hash. Without one (unknown account, no password set) it takes as long and is false.
///
/// # Errors
/// 500 when the work could not be done.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool, Problem> {
    off_thread(move || {
        let known = stored.is_some();
        let hash = stored.or_else(|| NOBODY.clone());
        let right = hash.is_some_and(|hash| verify_now(&password, &hash));
        known && right
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let _turn = AT_ONCE.acquire().await.map_err(Problem::internal)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Problem::internal)
}

/// [`hash`] for code that is not async: the command line and the demo.
///
/// # Errors
/// As [`hash`].
pub fn hash_now(password: &str) -> Result<String, Problem> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(Problem::internal)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2
        .hash_password(password.as_bytes())
        .map_err(Problem::internal)?;
    Ok(hash.to_string())
}

fn verify_now(password: &str, hash: &str) -> bool {
    // The parameters are read from the stored hash, so that older ones stay valid.
    password.len() <= LONGEST * 4
        && PasswordHash::new(hash).is_ok_and(|h| {
            Argon2::default()
                .verify_password(password.as_bytes(), &h)
                .is_ok()
        })
}

/// Checks a new password; `about` are words that are easy to guess for this person (name, address, partnership).
pub fn check(fields: &mut Fields, field: &str, password: &str, about: &[&str]) {
    let length = password.chars().count();
    if length == 0 {
        fields.fail(field, "required");
    } else if length < SHORTEST {
        fields.fail_with(field, "password-short", &[("min", SHORTEST.to_string())]);
    } else if length > LONGEST {
        fields.fail_with(field, "too-long", &[("max", LONGEST.to_string())]);
    } else if let Some(code) = weakness(password, about) {
        fields.fail(field, code);
    }
}

fn weakness(password: &str, about: &[&str]) -> Option<&'static str> {
    let words: Vec<&str> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .collect();
    let estimate = zxcvbn(password, &words);
    if estimate.score() >= Score::Three {
        return None;
    }
    let personal = password.to_lowercase();
    if words
        .iter()
        .any(|word| personal.contains(&word.to_lowercase()))
    {
        return Some("password-personal");
    }
    Some(match estimate.feedback().and_then(|f| f.warning()) {
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "password-common",
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess
            | Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess,
        ) => "password-pattern",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "password-date"
        }
        Some(
            Warning::AWordByItselfIsEasyToGuess
            | Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess,
        ) => "password-word",
        None => "password-guessable",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        let about = ["Noor de Vries", "noor@oost.example"];
        for (password, code) in [
            ("", Some("required")),
            ("k7#Fq", Some("password-short")),
            ("password1234", Some("password-common")),
            ("qwertyuiop", Some("password-common")),
            ("noor noor noor", Some("password-personal")),
            ("abcdefghijklm", Some("password-pattern")),
            ("correct horse battery staple", None),
            ("vier gele fietsen bij de brug", None),
            ("mK8!wz2Lq#Tr", None),
        ] {
            let mut fields = Fields::new();
            check(&mut fields, "password", password, &about);
            let found = fields
                .finish()
                .err()
                .and_then(|p| p.fields.first().map(|f| f.code));
            assert_eq!(found, code, "{password:?}");
        }
    }

    #[test]
    fn a_hash_names_its_parameters_and_verifies_only_its_password() {
        let hash = hash_now("vier gele fietsen").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify_now("vier gele fietsen", &hash));
        assert!(!verify_now("vier gele fietsen ", &hash));
        assert!(!verify_now("anything", "not a hash"));
        assert_ne!(hash, hash_now("vier gele fietsen").unwrap());
    }
}
