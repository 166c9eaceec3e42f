//! Things as they begin here, with the time they had there.

use backbone_db::Instant;
use backbone_identity::secret::random_bytes;

use crate::ballot::{Ballot, BallotId, Capacity, Says};
use crate::history::loomio::poll;

/// A title, whatever stands there.
pub(super) fn title(text: &str) -> String {
    let title = poll::short(text, 200);
    if title.is_empty() {
        "–".to_string()
    } else {
        title
    }
}

/// A ballot of which nobody knows whose it is, under a random identifier.
pub(crate) fn unnamed() -> Ballot {
    let random = uuid::Builder::from_random_bytes(random_bytes::<16>()).into_uuid();
    Ballot {
        id: random
            .to_string()
            .parse()
            .unwrap_or_else(|_| BallotId::new()),
        voter_id: None,
        version: 1,
        says: Says::default(),
        reason: String::new(),
        weight: 1,
        person_id: None,
        person_name: String::new(),
        capacity: Capacity::Holder,
        receipt: None,
        cast_at: None,
    }
}

/// An identifier that sorts by when the thing was made there, so that history stands where it belongs.
pub(crate) fn timed<T: std::str::FromStr>(at: Instant, otherwise: impl FnOnce() -> T) -> T {
    let millis = u64::try_from(at.micros() / 1_000).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random_bytes::<10>()).into_uuid();
    id.to_string().parse().unwrap_or_else(|_| otherwise())
}
