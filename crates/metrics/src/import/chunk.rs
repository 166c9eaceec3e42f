//! A chunk of figures into measurements: one transaction with versions, rollups and the place in the file.

use backbone_db::{Conn, DbError, Dec};

use super::figure::Figure;
use super::store::{self, Batch};
use super::{Counts, ImportId};
use crate::measurement::{Marker, Measurement, Status, store as measurements};
use crate::rollup::{self, Change, Contribution};

/// What a figure is beside what was measured before.
pub(crate) enum Known {
    New,
    /// It was withdrawn, and counts again.
    Back(Measurement),
    Same,
    Other(Measurement),
}

/// Looks figures up by what names them, all with two questions; one answer a figure, in their order.
pub(crate) fn known(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figures: &[&Figure],
) -> Result<Vec<Known>, DbError> {
    let mut found = store::there(conn, batch, figures)?;
    let each = figures.iter().enumerate();
    Ok(each
        .map(|(place, figure)| match found.remove(&place) {
            None => Known::New,
            Some(old) if old.status == Status::Withdrawn => Known::Back(old),
            Some(old) if says(&old, figure) => Known::Same,
            Some(old) => Known::Other(old),
        })
        .collect())
}

fn says(old: &Measurement, figure: &Figure) -> bool {
    let get = |d: &Option<Dec>| d.as_ref().map(Dec::get);
    let same_value = get(&old.value) == Some(figure.value);
    let same_parts = match figure.parts {
        // A file without parts does not say that there are none.
        None => true,
        Some((n, d)) => get(&old.numerator) == Some(n) && get(&old.denominator) == Some(d),
    };
    same_value && same_parts && old.marker == Marker::None
}

/// Writes the figures. Those that are there with another value are corrected when `corrections` says so.
pub(crate) fn write(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figures: &[Figure],
    corrections: bool,
    counts: &mut Counts,
) -> Result<(), DbError> {
    conn.lock(&format!("measurements-bulk:{}", batch.partnership))?;
    let inserted = store::insert_new(conn, batch, figures)?;
    let mut changes = Vec::new();
    if inserted == figures.len() {
        counts.new += inserted as u64;
        changes.extend(figures.iter().filter_map(|figure| first(batch, figure)));
    } else {
        let ids: Vec<String> = figures.iter().map(|f| f.id(batch.import)).collect();
        let new = store::existing_ids(conn, batch.partnership, &ids)?;
        let mut others = Vec::new();
        for (figure, id) in figures.iter().zip(&ids) {
            if new.contains(id) {
                counts.new += 1;
                changes.extend(first(batch, figure));
            } else {
                others.push(figure);
            }
        }
        let known = known(conn, batch, &others)?;
        for (figure, known) in others.into_iter().zip(known) {
            changes.extend(again(conn, batch, figure, known, corrections, counts)?);
        }
    }
    if !changes.is_empty() {
        rollup::apply(conn, batch.partnership, changes, batch.now)?;
    }
    crate::clock::tick(conn, batch.partnership)
}

/// A new measurement as it counts: only totals do.
fn first(batch: &Batch<'_>, figure: &Figure) -> Option<Change> {
    if !figure.dimensions.is_empty() {
        return None;
    }
    Some(Change {
        metric: batch.metrics.get(figure.metric)?.clone(),
        period: figure.period,
        before: None,
        after: Some(Contribution {
            whole: figure.organization.is_empty(),
            value: figure.value,
            parts: figure.parts,
            verified: false,
            at: batch.now,
        }),
    })
}

/// A figure that was measured before.
fn again(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figure: &Figure,
    known: Known,
    corrections: bool,
    counts: &mut Counts,
) -> Result<Option<Change>, DbError> {
    let old = match known {
        // Its name is taken, so it is there; and if it were not, nothing would be lost by leaving it out.
        Known::New | Known::Same => {
            counts.same += 1;
            return Ok(None);
        }
        Known::Back(old) => {
            counts.new += 1;
            old
        }
        Known::Other(_) if !corrections => {
            counts.same += 1;
            return Ok(None);
        }
        Known::Other(old) => {
            counts.corrections += 1;
            old
        }
    };
    let back = old.status == Status::Withdrawn;
    let made = Measurement {
        value: Some(Dec::new(figure.value)),
        numerator: figure.parts.map(|p| Dec::new(p.0)),
        denominator: figure.parts.map(|p| Dec::new(p.1)),
        marker: Marker::None,
        source: figure.source.clone(),
        evidence_url: None,
        evidence_file_id: None,
        note: figure.note.clone(),
        status: Status::Reported,
        version: old.version + 1,
        changed_by: batch.changed_by.to_owned(),
        reported_at: if back { batch.now } else { old.reported_at },
        changed_at: batch.now,
        ..old.clone()
    };
    replace(conn, batch.partnership, batch.import, &old, &made).map(Some)
}

/// Puts a version in the place of another, and notes that the import made it.
fn replace(
    conn: &mut Conn,
    partnership: &str,
    import: &ImportId,
    old: &Measurement,
    made: &Measurement,
) -> Result<Change, DbError> {
    measurements::replace(conn, partnership, &old.as_version(), made)?;
    store::add_change(conn, partnership, import, made.id.as_str(), made.version)?;
    Ok(change(old, made))
}

/// What going from one version to another means for the period.
pub(crate) fn change(old: &Measurement, made: &Measurement) -> Change {
    Change {
        metric: made.metric_id.clone(),
        period: made.period,
        before: old.contribution(),
        after: made.contribution(),
    }
}
