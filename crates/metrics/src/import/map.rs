//! A person says which column is what.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, Core};
use backbone_web::{Fields, IfMatch, Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::scan::{Scan, settle};
use super::store::{self, Asked};
use super::upload::{habit, scanned};
use super::{Counts, Import, ImportId, ImportMapping, State, source, told};
use crate::error::Error;
use crate::metric::define::{self, NewMetric};
use crate::policy::ImportMeasurements;

/// How a file is to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct MappingChange {
    /// Which column is what.
    #[serde(default)]
    pub mapping: ImportMapping,
    /// A metric to define for this file; it becomes the mapping's `metric_id`.
    #[serde(default)]
    pub new_metric: Option<NewMetric>,
    /// Keeps the mapping under this name for the next file with these columns.
    #[serde(default)]
    pub keep_as: String,
}

/// Reads the file again, for what a new mapping needs to know of its columns.
///
/// # Errors
/// 404; 422 when the file is not read.
pub(crate) async fn look_again(core: &Core, actor: &Actor, id: &ImportId) -> Result<Scan, Problem> {
    let (tenant, wanted) = (actor.tenant().to_owned(), id.clone());
    let (import, sha256) = core
        .db
        .read(move |conn| load(conn, &tenant, &wanted))
        .await?;
    let file = source::open(core, &sha256, import.sheet.as_deref())
        .await
        .map_err(|e| told::refused(&e))?;
    scanned(file).await
}

/// An import with the hash of its file.
pub(crate) fn load(
    conn: &mut Conn,
    tenant: &str,
    id: &ImportId,
) -> Result<(Import, String), Error> {
    let import = store::find(conn, tenant, id)?.ok_or(Error::NotFound)?;
    let file =
        backbone_identity::file::find(conn, tenant, &import.file_id)?.ok_or(Error::NotFound)?;
    Ok((import, file.sha256))
}

/// Saves a mapping; earlier results of a check no longer hold.
///
/// # Errors
/// 403, 404; 409 while or after it is imported; 412 and 428 for its version; 422 with everything that keeps it from being applied.
pub(crate) fn map(
    conn: &mut Conn,
    actor: &Actor,
    id: &ImportId,
    seen: Option<IfMatch>,
    change: MappingChange,
    scan: &Scan,
) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let mut it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if let Some(seen) = seen {
        seen.check(it.version)?;
    }
    if it.findings.started || it.is_busy() {
        return Err(Problem::conflict("import-under-way").into());
    }
    let mut mapping = change.mapping;
    let mut fields = Fields::new();
    if let Some(new) = &change.new_metric {
        // The caller's transaction takes the metric back when the mapping is refused below.
        mapping.metric_id = Some(define::define(conn, actor, new)?.id);
    }
    mapping.validate(&scan.headers, &mut fields);
    known_metrics(conn, actor, &mapping, &mut fields)?;
    let name = fields.optional("keep_as", &change.keep_as, 80);
    fields.finish()?;
    if !name.is_empty() {
        store::keep(conn, actor.tenant(), &name, &mapping, actor.now)?;
    }
    let (settled, notes) = settle(scan, &mapping, habit(actor.lang));
    it.findings.settled = settled;
    it.findings.notes = scan.notes.iter().cloned().chain(notes).collect();
    it.mapping = mapping;
    it.state = State::Mapped;
    it.counts = Counts::default();
    it.position = 0;
    it.failure = None;
    it.moved_at = actor.now;
    it.version += 1;
    store::forget_rows(conn, actor.tenant(), id)?;
    store::update(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let event = NewEvent::new("import.mapped", Object::new("import", id))
        .data(&json!({"version": it.version}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(it)
}

/// The metrics and the organization that a mapping names are this partnership's.
fn known_metrics(
    conn: &mut Conn,
    actor: &Actor,
    mapping: &ImportMapping,
    fields: &mut Fields,
) -> Result<(), Error> {
    let columns = mapping.columns.iter().filter_map(|c| c.metric_id.as_ref());
    let mut named: Vec<_> = columns.chain(&mapping.metric_id).cloned().collect();
    named.sort();
    named.dedup();
    let found = crate::metric::store::find_many(conn, actor.tenant(), &named)?;
    if found.len() < named.len() {
        fields.fail("metric", "not-understood");
    }
    if let Some(organization) = &mapping.organization_id
        && !crate::has_organization(conn, actor, organization)?
    {
        fields.fail("organization", "not-understood");
    }
    Ok(())
}
