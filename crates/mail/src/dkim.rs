//! DKIM signatures (RFC 6376, Ed25519 by RFC 8463), relaxed/relaxed.
//!
//! Signing is processor work: about 0.7 ms a message with RSA-2048. Do it off the async threads, or let the relay sign.

mod canonical;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::{
    rand::SystemRandom,
    signature::{self, Ed25519KeyPair, KeyPair as _, RsaKeyPair},
};
use rustls_pki_types::{PrivateKeyDer, pem::PemObject as _};
use sha2::{Digest as _, Sha256};

use crate::message::Raw;

/// Headers that a signature covers, where the message has them. `From` is named once more than it occurs, so that a
/// second one cannot be added later.
const SIGNED: [&str; 12] = [
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// Why a key cannot sign. Each message says what to change.
#[derive(Debug, thiserror::Error)]
pub enum DkimError {
    /// The selector or domain cannot stand in a DNS name.
    #[error("“{0}” cannot be part of a DKIM record's name: use letters, digits, dots and dashes")]
    BadName(String),
    /// The text is not a private key in PEM form.
    #[error("the DKIM key is not a private key in PEM form (-----BEGIN PRIVATE KEY-----)")]
    NotPem,
    /// A key of another kind, or an RSA key that is too short.
    #[error("the DKIM key must be RSA with 2048 to 4096 bits, or Ed25519: {0}")]
    BadKey(String),
    /// The signature could not be made.
    #[error("the message could not be signed")]
    Signing,
    /// The message has no empty line between headers and body.
    #[error("the message cannot be signed: it has no body")]
    NoBody,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// A domain's private key, with the selector under which its public half is published.
pub struct DkimKey {
    selector: String,
    domain: String,
    pair: Pair,
    random: SystemRandom,
}

impl fmt::Debug for DkimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DkimKey({}, {})", self.record_name(), self.algorithm())
    }
}

impl DkimKey {
    /// Reads a private key: RSA as PKCS#8 or PKCS#1, Ed25519 as PKCS#8.
    ///
    /// # Errors
    /// A [`DkimError`] when the names or the key cannot be used.
    pub fn from_pem(selector: &str, domain: &str, pem: &str) -> Result<Self, DkimError> {
        for name in [selector, domain] {
            let legal = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.' || b == b'_';
            if name.is_empty() || name.len() > 200 || !name.bytes().all(legal) {
                return Err(DkimError::BadName(name.escape_debug().to_string()));
            }
        }
        let bad = |reason: ring::error::KeyRejected| DkimError::BadKey(reason.to_string());
        let pair =
            match PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| DkimError::NotPem)? {
                PrivateKeyDer::Pkcs1(der) => Pair::Rsa(Box::new(
                    RsaKeyPair::from_der(der.secret_pkcs1_der()).map_err(bad)?,
                )),
                PrivateKeyDer::Pkcs8(der) => {
                    let der = der.secret_pkcs8_der();
                    match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                        Ok(pair) => Pair::Ed25519(pair),
                        Err(_) => Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(der).map_err(bad)?)),
                    }
                }
                _ => {
                    return Err(DkimError::BadKey(
                        "this is an elliptic-curve key of another kind".to_owned(),
                    ));
                }
            };
        Ok(Self {
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            pair,
            random: SystemRandom::new(),
        })
    }

    /// The DNS name at which the public key must be published.
    #[must_use]
    pub fn record_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The TXT record that must be published at [`Self::record_name`].
    #[must_use]
    pub fn record(&self) -> String {
        match &self.pair {
            Pair::Rsa(pair) => {
                let key = canonical::rsa_public_key_info(pair.public_key().as_ref());
                format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(key))
            }
            Pair::Ed25519(pair) => format!(
                "v=DKIM1; k=ed25519; p={}",
                STANDARD.encode(pair.public_key().as_ref())
            ),
        }
    }

    fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Rsa(_) => "rsa-sha256",
            Pair::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// Puts a `DKIM-Signature` header in front of the message.
    ///
    /// # Errors
    /// [`DkimError::NoBody`] when the message has no body, [`DkimError::Signing`] when the key fails.
    pub fn sign(&self, raw: &mut Raw, now: jiff::Timestamp) -> Result<(), DkimError> {
        let end = memchr_empty_line(&raw.bytes).ok_or(DkimError::NoBody)?;
        let (head, body) = (&raw.bytes[..end], &raw.bytes[end + 4..]);
        let body_hash = STANDARD.encode(canonical::body_hash(body));
        let fields = canonical::fields(head);
        let mut input = Vec::with_capacity(2048);
        let mut names = String::new();
        canonical::select(&fields, &SIGNED, &mut input, &mut names);
        let value = format!(
            "v=1; a={}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n bh={body_hash};\r\n h={names};\r\n b=",
            self.algorithm(),
            self.domain,
            self.selector,
            now.as_second(),
        );
        input.extend_from_slice(b"dkim-signature:");
        canonical::relaxed_value(value.as_bytes(), &mut input);
        let signature = STANDARD.encode(self.signature(&input)?);
        let mut header = format!("DKIM-Signature: {value}").into_bytes();
        for (index, line) in signature.as_bytes().chunks(72).enumerate() {
            header.extend_from_slice(if index == 0 { b"" } else { b"\r\n " });
            header.extend_from_slice(line);
        }
        header.extend_from_slice(b"\r\n");
        raw.bytes.splice(0..0, header);
        Ok(())
    }

    fn signature(&self, input: &[u8]) -> Result<Vec<u8>, DkimError> {
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(
                    &signature::RSA_PKCS1_SHA256,
                    &self.random,
                    input,
                    &mut signature,
                )
                .map_err(|_| DkimError::Signing)?;
                Ok(signature)
            }
            // RFC 8463: Ed25519 signs the SHA-256 of the data, not the data.
            Pair::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(input)).as_ref().to_vec()),
        }
    }
}

fn memchr_empty_line(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n")
}

#[cfg(test)]
mod tests;
