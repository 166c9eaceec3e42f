//! Random secrets and their hashes. Only hashes are stored; a secret is shown once, in a mail or an answer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A new random secret of 192 bits as 32 characters that are safe in an address.
pub fn new_secret() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<24>())
}

/// Bytes from the operating system's generator.
#[expect(
    clippy::disallowed_methods,
    reason = "secrets must not be predictable, so nobody passes them in"
)]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    rand::random()
}

/// What is stored of a secret. A plain hash is enough: the secrets are random, not chosen by people.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The server's master secret, from which the keys for each use are derived.
#[derive(Clone)]
pub struct MasterSecret([u8; 32]);

impl MasterSecret {
    /// From the configured text; at least 32 characters, so that it is not a word.
    ///
    /// # Errors
    /// A text that is too short.
    pub fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() < 32 {
            return Err(
                "the secret must have at least 32 characters; make one with: openssl rand -hex 32"
                    .into(),
            );
        }
        Ok(Self(Sha256::digest(text.as_bytes()).into()))
    }

    /// The key for one use, such as `jwt:<kid>`.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.mac(purpose.as_bytes())
    }

    /// Signs `data` for one purpose: `data` and a tag of 128 bits, both in an address-safe form.
    pub fn sign(&self, purpose: &str, data: &str) -> String {
        let tag = self.tag(purpose, data);
        format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(data),
            URL_SAFE_NO_PAD.encode(&tag[..16])
        )
    }

    /// Gives the data of a token made by [`MasterSecret::sign`] for the same purpose; `None` when it was not.
    pub fn open(&self, purpose: &str, token: &str) -> Option<String> {
        let (data, tag) = token.split_once('.')?;
        let data = String::from_utf8(URL_SAFE_NO_PAD.decode(data).ok()?).ok()?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        let expected = self.tag(purpose, &data);
        constant_time_eq(&expected[..16], &tag).then_some(data)
    }

    fn tag(&self, purpose: &str, data: &str) -> [u8; 32] {
        let mut bytes = purpose.as_bytes().to_vec();
        bytes.push(0);
        bytes.extend_from_slice(data.as_bytes());
        self.mac(&bytes)
    }

    fn mac(&self, data: &[u8]) -> [u8; 32] {
        // HMAC takes keys of any length, so this cannot fail; an empty tag would verify nothing.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}

/// Compares without telling by its duration where two values differ.
pub fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0u8, |acc, (x, y)| acc | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_token_opens_only_for_its_purpose_and_unchanged() {
        let secret = MasterSecret::from_text(&"k".repeat(32)).unwrap();
        let token = secret.sign("unsubscribe", "delivery-1");
        assert_eq!(
            secret.open("unsubscribe", &token).as_deref(),
            Some("delivery-1")
        );
        assert_eq!(secret.open("vote", &token), None);
        let other = secret.sign("unsubscribe", "delivery-2");
        let forged = format!(
            "{}.{}",
            other.split_once('.').unwrap().0,
            token.split_once('.').unwrap().1
        );
        assert_eq!(secret.open("unsubscribe", &forged), None);
        assert!(MasterSecret::from_text("short").is_err());
    }
}
