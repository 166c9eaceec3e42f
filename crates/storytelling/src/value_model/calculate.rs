//! What a model gives now, with all that it was computed from.

use backbone_db::Conn;
use backbone_finance::sroi::{BreakEven, Influence, Results};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::content::Content;
use super::error::Error;
use super::readings::{Reading, Readings, gather};
use super::resolve::resolve;
use super::{ValueModelId, store};

/// A calculation of one version with the readings of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculated {
    /// The model.
    pub model_id: ValueModelId,
    /// Its version.
    pub version: i64,
    /// What the version says.
    pub content: Content,
    /// What was read.
    pub readings: Vec<Reading>,
    /// Low, base and high, each number with its formula.
    pub results: Results,
    /// The uncertain assumptions, the one that moves the ratio most first.
    pub sensitivity: Vec<Influence>,
    /// How much deadweight the result survives.
    pub break_even: BreakEven,
    /// Changes whenever the version or anything read does.
    pub token: String,
}

/// Calculates the newest version of a model.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Missing`] when a metric it is bound to has no value; numbers too large.
pub fn calculate(
    conn: &mut Conn,
    readings: &dyn Readings,
    partnership_id: &str,
    id: &ValueModelId,
) -> Result<Calculated, Error> {
    let model = store::find(conn, partnership_id, id)?.ok_or(Error::NotFound)?;
    of_content(
        conn,
        readings,
        partnership_id,
        id,
        model.version,
        model.content,
    )
}

/// Calculates an earlier version with today's readings.
///
/// # Errors
/// As [`calculate`].
pub fn calculate_version(
    conn: &mut Conn,
    readings: &dyn Readings,
    partnership_id: &str,
    id: &ValueModelId,
    version: i64,
) -> Result<Calculated, Error> {
    let found = store::version(conn, partnership_id, id, version)?.ok_or(Error::NotFound)?;
    of_content(conn, readings, partnership_id, id, version, found.content)
}

/// Changes whenever the model's newest version or anything it reads does; cheaper than calculating.
///
/// # Errors
/// As [`calculate`].
pub fn version_token(
    conn: &mut Conn,
    readings: &dyn Readings,
    partnership_id: &str,
    id: &ValueModelId,
) -> Result<String, Error> {
    let model = store::find(conn, partnership_id, id)?.ok_or(Error::NotFound)?;
    let (read, gaps) = gather(conn, readings, partnership_id, &model.content)?;
    if !gaps.is_empty() {
        return Err(Error::Missing(gaps));
    }
    Ok(token(id, model.version, &read))
}

fn of_content(
    conn: &mut Conn,
    readings: &dyn Readings,
    partnership_id: &str,
    id: &ValueModelId,
    version: i64,
    content: Content,
) -> Result<Calculated, Error> {
    let (read, gaps) = gather(conn, readings, partnership_id, &content)?;
    if !gaps.is_empty() {
        return Err(Error::Missing(gaps));
    }
    let model = resolve(&content, &read)?;
    Ok(Calculated {
        results: model.results()?,
        sensitivity: model.sensitivity()?,
        break_even: model.break_even()?,
        token: token(id, version, &read),
        model_id: id.clone(),
        version,
        content,
        readings: read,
    })
}

/// SHA-256, in hex, over the version and every reading, each part written with its length.
fn token(id: &ValueModelId, version: i64, readings: &[Reading]) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part(id.as_str());
    part(&version.to_string());
    for reading in readings {
        part(&reading.subject);
        part(&reading.object.id);
        part(&reading.year.map(|y| y.to_string()).unwrap_or_default());
        part(&reading.value.to_string());
        part(&reading.token);
    }
    hex::encode(hash.finalize())
}
