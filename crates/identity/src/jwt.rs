//! Access tokens: JSON Web Tokens, ten minutes, bound to one partnership and one sign-in.
//!
//! Algorithm and key are pinned: HS256 with a key derived from the master secret and the key id, so that the database holds no
//! key. A token is also checked against its family on every request, so that it dies with the sign-in it came from.

use backbone_db::Instant;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::ids::{PartnershipId, PersonId, TokenFamilyId};
use crate::secret::MasterSecret;

/// Seconds an access token lasts.
pub const ACCESS_SECONDS: i64 = 600;
const ISSUER: &str = "backbone";
const AUDIENCE: &str = "backbone-api";

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The person.
    pub sub: PersonId,
    /// The partnership it is bound to.
    pub ptn: PartnershipId,
    /// The sign-in it belongs to.
    pub sid: TokenFamilyId,
    iat: i64,
    exp: i64,
}

/// Makes an access token with the key `kid`.
///
/// # Errors
/// Only when the library cannot serialize the claims.
pub fn sign(
    secret: &MasterSecret,
    kid: &str,
    person: &PersonId,
    partnership: &PartnershipId,
    family: &TokenFamilyId,
    now: Instant,
) -> Result<String, String> {
    let claims = Claims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: person.clone(),
        ptn: partnership.clone(),
        sid: family.clone(),
        iat: now.unix(),
        exp: now.unix() + ACCESS_SECONDS,
    };
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid.into());
    jsonwebtoken::encode(
        &header,
        &claims,
        &EncodingKey::from_secret(&key(secret, kid)),
    )
    .map_err(|e| e.to_string())
}

/// The key id a token names, before anything in it is believed.
pub fn key_id(token: &str) -> Option<String> {
    let header = jsonwebtoken::decode_header(token).ok()?;
    // A key that comes with the token, or from an address in it, is never used.
    if header.alg != Algorithm::HS256
        || header.jwk.is_some()
        || header.jku.is_some()
        || header.x5u.is_some()
    {
        return None;
    }
    header.kid
}

/// Checks a token's signature, audience, issuer and time. `kid` must be a key that is still known.
pub fn verify(secret: &MasterSecret, kid: &str, token: &str, now: Instant) -> Option<Claims> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[AUDIENCE]);
    rules.set_issuer(&[ISSUER]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Time is checked below against the server's own clock, which tests can set.
    rules.validate_exp = false;
    let claims =
        jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(&key(secret, kid)), &rules)
            .ok()?
            .claims;
    (claims.exp > now.unix() && claims.iat <= now.unix() + 60).then_some(claims)
}

fn key(secret: &MasterSecret, kid: &str) -> [u8; 32] {
    secret.derive(&format!("jwt:{kid}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    fn setup() -> (MasterSecret, String, Instant) {
        let secret = MasterSecret::from_text(&"s".repeat(40)).unwrap();
        let now = Instant::from_unix(1_790_000_000);
        let token = sign(
            &secret,
            "k1",
            &PersonId::new(),
            &PartnershipId::new(),
            &TokenFamilyId::new(),
            now,
        )
        .unwrap();
        (secret, token, now)
    }

    #[test]
    fn a_token_holds_for_ten_minutes_with_its_own_key() {
        let (secret, token, now) = setup();
        assert_eq!(key_id(&token).as_deref(), Some("k1"));
        assert!(verify(&secret, "k1", &token, now).is_some());
        assert!(verify(&secret, "k1", &token, now.plus_seconds(ACCESS_SECONDS)).is_none());
        assert!(verify(&secret, "k2", &token, now).is_none());
    }

    #[test]
    fn other_algorithms_and_keys_in_the_token_are_refused() {
        let (secret, token, now) = setup();
        let payload = token.split('.').nth(1).unwrap();
        for header in [
            r#"{"alg":"none","kid":"k1"}"#,
            r#"{"alg":"HS512","kid":"k1"}"#,
            r#"{"alg":"RS256","kid":"k1"}"#,
            r#"{"alg":"HS256","kid":"k1","jku":"https://evil.example/keys"}"#,
            r#"{"alg":"HS256"}"#,
        ] {
            let forged = format!(
                "{}.{payload}.{}",
                URL_SAFE_NO_PAD.encode(header),
                URL_SAFE_NO_PAD.encode("x")
            );
            let accepted = key_id(&forged).and_then(|kid| verify(&secret, &kid, &forged, now));
            assert!(accepted.is_none(), "{header}");
        }
    }
}
