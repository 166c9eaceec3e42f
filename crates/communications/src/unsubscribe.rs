//! Leaving: a signed token in every message, good for one address in one partnership, for ever and without a stored row.

use backbone_identity::secret::MasterSecret;

const PURPOSE: &str = "unsubscribe";

/// The token for an address.
pub fn token(secret: &MasterSecret, partnership: &str, address_key: &str) -> String {
    secret.sign(PURPOSE, &format!("{partnership} {address_key}"))
}

/// Partnership and address of a token; `None` when this server did not make it.
pub fn open(secret: &MasterSecret, token: &str) -> Option<(String, String)> {
    let data = secret.open(PURPOSE, token)?;
    let (partnership, address) = data.split_once(' ')?;
    Some((partnership.to_string(), address.to_string()))
}
