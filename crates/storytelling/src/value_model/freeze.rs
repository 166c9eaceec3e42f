//! A calculation kept as it was, so that a figure told to others stays what it was.

use backbone_db::{Conn, Instant, Json};
use backbone_events::{NewEvent, Object, append, link};
use backbone_identity::Actor;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::calculate::{Calculated, calculate};
use super::error::Error;
use super::readings::Readings;
use super::{ValueCalculationId, ValueModelId, store};

/// A calculation that no longer changes: version, readings, results, and a hash over them as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenCalculation {
    /// Its identifier.
    pub id: ValueCalculationId,
    /// The calculation.
    pub calculated: Calculated,
    /// SHA-256, in hex, over the stored text of the calculation.
    pub sha256: String,
    /// Who froze it.
    pub author: String,
    /// When.
    pub created_at: Instant,
}

/// Calculates a model now and keeps the result. The calculation is linked to all that it was computed from.
///
/// # Errors
/// As [`calculate`].
pub fn freeze(
    conn: &mut Conn,
    readings: &dyn Readings,
    actor: &Actor,
    id: &ValueModelId,
) -> Result<FrozenCalculation, Error> {
    let partnership = actor.tenant();
    let calculated = calculate(conn, readings, partnership, id)?;
    let content = Json::new(&calculated);
    let frozen = FrozenCalculation {
        id: ValueCalculationId::new(),
        sha256: hex::encode(Sha256::digest(content.as_str().as_bytes())),
        author: actor.name.clone(),
        created_at: actor.now,
        calculated,
    };
    store::insert_calculation(conn, partnership, &frozen, &content)?;
    let object = Object::new("value_calculation", &frozen.id);
    let model = Object::new("value_model", id);
    link(
        conn,
        partnership,
        object.clone(),
        "computed_by",
        model.clone(),
        actor.now,
    )?;
    for reading in &frozen.calculated.readings {
        link(
            conn,
            partnership,
            object.clone(),
            "comes_from",
            reading.object.clone(),
            actor.now,
        )?;
    }
    let event = NewEvent::new("value_calculation.frozen", object)
        .about(model)
        .data(&serde_json::json!({
            "version": frozen.calculated.version,
            "sha256": frozen.sha256,
        }));
    append(conn, partnership, &actor.by(), event)?;
    Ok(frozen)
}

/// A frozen calculation.
///
/// # Errors
/// [`Error::NotFound`].
pub fn frozen(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueCalculationId,
) -> Result<FrozenCalculation, Error> {
    store::calculation(conn, partnership_id, id)?.ok_or(Error::NotFound)
}
