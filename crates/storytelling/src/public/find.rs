//! From a secret to the edition it shows, and what changed in it since.

use actix_web::http::StatusCode;
use backbone_db::{Conn, Instant};
use backbone_identity::secret::hash_secret;
use backbone_identity::{Partnership, partnership_of};
use backbone_web::Problem;
use serde::Serialize;

use crate::figure::{Asked, Live, rules};
use crate::story::changes::now_reads;
use crate::story::published::PublishedEdition;
use crate::story::{EditionStatus, store};

/// A figure that reads differently now than when the story was sent.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Changed {
    /// Its key.
    pub key: String,
    /// What it is.
    pub label: String,
    /// As it was sent.
    pub was: String,
    /// As it is now; a dash when it can no longer be shown.
    pub now: String,
    /// False when it can no longer be shown.
    pub known: bool,
}

/// What a link shows.
pub(crate) struct Found {
    pub partnership: Partnership,
    pub edition: PublishedEdition,
    pub newest: i64,
    pub editions: Vec<(i64, Instant)>,
    pub changed: Vec<Changed>,
}

/// The edition behind a secret: the newest, or number `wanted`.
///
/// # Errors
/// 404 when there is no such link or edition; 410 when the story was withdrawn.
pub(crate) fn find(
    conn: &mut Conn,
    secret: &str,
    wanted: Option<i64>,
    now: Instant,
) -> Result<Found, Problem> {
    if secret.len() > 100 {
        return Err(Problem::not_found());
    }
    let (partnership, story) =
        store::by_secret(conn, &hash_secret(secret))?.ok_or_else(Problem::not_found)?;
    let all = store::editions(conn, &partnership, &story)?;
    let newest = all.first().ok_or_else(Problem::not_found)?;
    if newest.status == EditionStatus::Withdrawn {
        return Err(Problem::new(StatusCode::GONE, "story-withdrawn"));
    }
    let newest = newest.number;
    let editions = all.iter().map(|e| (e.number, e.published_at)).collect();
    let wanted = wanted.unwrap_or(newest);
    let edition = all
        .into_iter()
        .find(|e| e.number == wanted && e.status != EditionStatus::Withdrawn)
        .ok_or_else(Problem::not_found)?;
    let changed = changed(conn, &partnership, &edition, now)?;
    let partnership = partnership_of(conn, &partnership)?.ok_or_else(Problem::not_found)?;
    Ok(Found {
        partnership,
        edition,
        newest,
        editions,
        changed,
    })
}

/// Compared as it is read, so that nobody waits for a schedule to be told the truth.
fn changed(
    conn: &mut Conn,
    partnership: &str,
    edition: &PublishedEdition,
    now: Instant,
) -> Result<Vec<Changed>, Problem> {
    let asked = Asked {
        partnership: partnership.to_string(),
        lang: edition.view.lang(),
        now,
    };
    let mut changed = Vec::new();
    for figure in &edition.view.figures {
        let current = now_reads(conn, &asked, &Live, figure)?;
        if rules::differs(&figure.text, &current) {
            changed.push(Changed {
                key: figure.key.clone(),
                label: figure.label.clone(),
                was: figure.text.clone(),
                known: current.reading.value.is_some(),
                now: current.text,
            });
        }
    }
    Ok(changed)
}
