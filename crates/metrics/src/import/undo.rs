//! Taking an import back: exactly what it wrote, as far as nobody has changed it since.

use backbone_db::{Conn, Db, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_jobs::enqueue;
use backbone_web::Problem;
use serde_json::json;

use super::chunk::change;
use super::jobs::UndoImport;
use super::store::{self, Asked, Step};
use super::{Import, ImportId, State};
use crate::error::Error;
use crate::measurement::{Measurement, MeasurementId, Status, Version, store as measurements};
use crate::policy::ImportMeasurements;
use crate::rollup::{self, Change};

/// Measurements of one transaction.
const CHUNK: i64 = 500;

/// Asks to take back what an import wrote, which a job does: new measurements are withdrawn, corrected ones get their earlier
/// value again, each as a new version.
///
/// # Errors
/// 403, 404; 409 when it has written nothing, or is writing.
pub fn undo(conn: &mut Conn, actor: &Actor, id: &ImportId) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let mut it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let stopped = matches!(it.state, State::Done | State::Failed | State::Cancelled);
    if !it.findings.started || !stopped {
        return Err(Problem::conflict("import-nothing-to-undo").into());
    }
    it.state = State::Undoing;
    it.position = 0;
    it.failure = None;
    (it.step_at, it.moved_at) = (actor.now, actor.now);
    it.version += 1;
    store::update(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let job = UndoImport {
        partnership: actor.tenant().to_owned(),
        import: id.clone(),
    };
    enqueue(conn, Some(actor.tenant()), &job, actor.now).map_err(Error::from)?;
    Ok(it)
}

/// Takes everything back, chunk by chunk. What was taken back no longer counts as the import's, so a second run goes on.
pub(crate) fn take_back(
    db: &Db,
    clock: fn() -> Instant,
    partnership: &str,
    id: &ImportId,
    asked: &Asked,
) -> Result<bool, DbError> {
    let mut after = String::new();
    loop {
        let (tenant, import, who, from) = (
            partnership.to_owned(),
            id.clone(),
            asked.clone(),
            after.clone(),
        );
        let now = clock();
        let went =
            db.write_blocking(move |conn| changed(conn, &tenant, &import, &who, &from, now))?;
        match went {
            Went::Off => return Ok(false),
            Went::On(last) => after = last,
            Went::Through => break,
        }
    }
    after.clear();
    loop {
        let (tenant, import, who, from) = (
            partnership.to_owned(),
            id.clone(),
            asked.clone(),
            after.clone(),
        );
        let now = clock();
        let went = db.write_blocking(move |conn| made(conn, &tenant, &import, &who, &from, now))?;
        match went {
            Went::Off => return Ok(false),
            Went::On(last) => after = last,
            Went::Through => return Ok(true),
        }
    }
}

enum Went {
    On(String),
    Through,
    Off,
}

/// Measurements that were there before get back what they were.
fn changed(
    conn: &mut Conn,
    tenant: &str,
    id: &ImportId,
    asked: &Asked,
    after: &str,
    now: Instant,
) -> Result<Went, DbError> {
    let listed = store::changes(conn, tenant, id, after, CHUNK)?;
    let Some((last, _)) = listed.last().cloned() else {
        return Ok(Went::Through);
    };
    let mut done = Vec::new();
    let mut kept = 0;
    for (measurement, version) in listed {
        let Ok(key) = MeasurementId::parse(&measurement) else {
            continue;
        };
        let Some(old) = measurements::find(conn, tenant, &key)? else {
            continue;
        };
        let earlier = measurements::versions(conn, tenant, &key)?;
        match earlier.into_iter().find(|v| v.version == version - 1) {
            Some(was) if old.version == version => {
                done.push(put(conn, tenant, &old, restored(&old, was, asked, now))?)
            }
            // A second run of a chunk finds its own work here: it has the import's version right behind it.
            _ if old.version == version + 1 && old.changed_by == asked.name => {}
            _ => kept += 1,
        }
    }
    settle(conn, tenant, id, done, kept, last, now)
}

/// Measurements that the import made are withdrawn.
fn made(
    conn: &mut Conn,
    tenant: &str,
    id: &ImportId,
    asked: &Asked,
    after: &str,
    now: Instant,
) -> Result<Went, DbError> {
    let listed = store::of_import(conn, tenant, id, after, CHUNK)?;
    let Some(last) = listed.last().map(|m| m.id.to_string()) else {
        return Ok(Went::Through);
    };
    let mut done = Vec::new();
    let mut kept = 0;
    for old in listed {
        if old.version > 1 {
            kept += 1;
            continue;
        }
        let withdrawn = Measurement {
            status: Status::Withdrawn,
            version: old.version + 1,
            changed_by: asked.name.clone(),
            changed_at: now,
            ..old.clone()
        };
        done.push(put(conn, tenant, &old, withdrawn)?);
    }
    settle(conn, tenant, id, done, kept, last, now)
}

fn put(
    conn: &mut Conn,
    tenant: &str,
    old: &Measurement,
    new: Measurement,
) -> Result<Change, DbError> {
    measurements::replace(conn, tenant, &old.as_version(), &new)?;
    Ok(change(old, &new))
}

fn restored(old: &Measurement, was: Version, asked: &Asked, now: Instant) -> Measurement {
    Measurement {
        value: was.value,
        numerator: was.numerator,
        denominator: was.denominator,
        marker: was.marker,
        source: was.source,
        evidence_url: was.evidence_url,
        evidence_file_id: was.evidence_file_id,
        note: was.note,
        status: was.status,
        version: old.version + 1,
        changed_by: asked.name.clone(),
        changed_at: now,
        ..old.clone()
    }
}

/// Rollups, counts and position of a chunk.
fn settle(
    conn: &mut Conn,
    tenant: &str,
    id: &ImportId,
    done: Vec<Change>,
    kept: u64,
    last: String,
    now: Instant,
) -> Result<Went, DbError> {
    let Some(it) = store::find(conn, tenant, id)? else {
        return Ok(Went::Off);
    };
    let mut counts = it.counts;
    counts.undone += done.len() as u64;
    counts.kept += kept;
    let step = Step {
        state: State::Undoing,
        from: it.position,
        to: it.position + done.len() as u64 + kept,
        then: State::Undoing,
    };
    if !store::advance(conn, tenant, id, &step, &counts, now)? {
        return Ok(Went::Off);
    }
    rollup::apply(conn, tenant, done, now)?;
    crate::clock::tick(conn, tenant)?;
    Ok(Went::On(last))
}

/// All is taken back: the state and the event, together.
pub(crate) fn finish(
    conn: &mut Conn,
    tenant: &str,
    id: &ImportId,
    asked: &Asked,
    now: Instant,
) -> Result<(), DbError> {
    let Some(it) = store::find(conn, tenant, id)? else {
        return Ok(());
    };
    let step = Step {
        state: State::Undoing,
        from: it.position,
        to: it.position,
        then: State::Undone,
    };
    if store::advance(conn, tenant, id, &step, &it.counts, now)? {
        let event = NewEvent::new("import.undone", Object::new("import", id))
            .data(&json!({"undone": it.counts.undone, "kept": it.counts.kept}));
        append(conn, tenant, &asked.by(now), event)?;
    }
    Ok(())
}
