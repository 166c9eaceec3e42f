//! Figures that changed after their story went out: noticed, said plainly, and handed on for a correction.

use backbone_db::{Conn, DbError, Dec, Instant};
use backbone_events::{By, NewEvent, Object, append};
use backbone_identity::Core;
use backbone_jobs::{Job, JobError, JobId};
use diesel::Queryable;
use serde::{Deserialize, Serialize};

use super::published::{FrozenFigure, PublishedEdition};
use super::{EditionId, StoryId, store};
use crate::figure::{Asked, Figure, FigureVersionId, Live, Readings, Resolved, rules};

/// A figure that reads differently now than when its edition went out.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Serialize, utoipa::ToSchema)]
pub struct FigureChange {
    /// Its identifier.
    pub id: String,
    /// The story.
    pub story_id: StoryId,
    /// The story's name among staff.
    pub story_title: String,
    /// The edition that showed the old figure.
    pub edition_id: EditionId,
    /// Its number.
    pub edition_number: i64,
    /// The frozen figure.
    pub figure_id: FigureVersionId,
    /// Its key.
    pub key: String,
    /// What it is.
    pub label: String,
    /// As readers saw it.
    pub old_text: String,
    /// The exact old value.
    pub old_value: Dec,
    /// As it would be written now; a dash when it can no longer be shown.
    pub new_text: String,
    /// The exact new value; none when it can no longer be shown.
    pub new_value: Option<Dec>,
    /// Of what it is read, now.
    pub new_token: String,
    /// The event that caused it, `kind id`; empty when none was found.
    pub cause: String,
    /// When it was noticed.
    pub noticed_at: Instant,
}

/// What a frozen figure reads now.
pub(crate) fn now_reads(
    conn: &mut Conn,
    asked: &Asked,
    readings: &dyn Readings,
    f: &FrozenFigure,
) -> Result<Resolved, DbError> {
    let reading = readings.read(conn, asked, &f.source)?;
    let figure = Figure {
        key: f.key.clone(),
        label: f.label.clone(),
        source: Some(f.source.clone()),
        format: f.format.clone(),
    };
    Ok(rules::resolve(asked.lang, &figure, reading))
}

/// Compares every figure that is out with what it reads now, and records what a reader would see differently. Gives the
/// changes that are new. Harmless to repeat.
///
/// # Errors
/// Only those of the database.
pub fn detect_changes(
    conn: &mut Conn,
    partnership: &str,
    readings: &dyn Readings,
    now: Instant,
) -> Result<Vec<FigureChange>, DbError> {
    conn.lock(&format!("figure-changes:{partnership}"))?;
    let open = store::open_changes(conn, partnership, None)?;
    let mut found = Vec::new();
    for edition in store::published_editions(conn, partnership)? {
        let asked = Asked {
            partnership: partnership.to_string(),
            lang: edition.view.lang(),
            now,
        };
        for figure in &edition.view.figures {
            let current = now_reads(conn, &asked, readings, figure)?;
            let known = open.iter().find(|c| c.figure_id == figure.id);
            let differs = rules::differs(&figure.text, &current);
            if known.is_some_and(|c| differs && c.new_text == current.text) {
                continue;
            }
            if let Some(known) = known {
                store::resolve_change(conn, partnership, &known.id, now)?;
                if !differs {
                    emit(
                        conn,
                        partnership,
                        "figure.restored",
                        &edition,
                        figure,
                        &current,
                        now,
                    )?;
                }
            }
            if differs {
                let change = record(conn, partnership, &edition, figure, &current, now)?;
                found.push(change);
            }
        }
    }
    Ok(found)
}

fn record(
    conn: &mut Conn,
    partnership: &str,
    edition: &PublishedEdition,
    figure: &FrozenFigure,
    current: &Resolved,
    now: Instant,
) -> Result<FigureChange, DbError> {
    let change = FigureChange {
        id: uuid::Uuid::now_v7().to_string(),
        story_id: edition.story_id.clone(),
        story_title: edition.title.clone(),
        edition_id: edition.id.clone(),
        edition_number: edition.number,
        figure_id: figure.id.clone(),
        key: figure.key.clone(),
        label: figure.label.clone(),
        old_text: figure.text.clone(),
        old_value: figure.value.clone(),
        new_text: current.text.clone(),
        new_value: current.reading.value.clone(),
        new_token: current.reading.token.clone(),
        cause: cause(conn, partnership, figure, current)?,
        noticed_at: now,
    };
    store::insert_change(conn, partnership, &change)?;
    emit(
        conn,
        partnership,
        "figure.changed",
        edition,
        figure,
        current,
        now,
    )?;
    Ok(change)
}

/// The newest event about anything the figure rests on, since it was frozen.
fn cause(
    conn: &mut Conn,
    partnership: &str,
    figure: &FrozenFigure,
    current: &Resolved,
) -> Result<String, DbError> {
    let mut newest: Option<backbone_events::Event> = None;
    let mut objects: Vec<&Object> = current.reading.sources.iter().collect();
    objects.extend(
        figure
            .sources
            .iter()
            .filter(|o| !current.reading.sources.contains(o)),
    );
    for object in objects.into_iter().take(50) {
        let events = backbone_events::of_object(conn, partnership, object)?;
        let last = events.into_iter().rfind(|e| e.at >= figure.frozen_at);
        if let Some(event) = last
            && newest.as_ref().is_none_or(|n| n.seq < event.seq)
        {
            newest = Some(event);
        }
    }
    Ok(newest.map_or_else(String::new, |e| format!("{} {}", e.kind, e.id)))
}

fn emit(
    conn: &mut Conn,
    partnership: &str,
    kind: &'static str,
    edition: &PublishedEdition,
    figure: &FrozenFigure,
    current: &Resolved,
    now: Instant,
) -> Result<(), DbError> {
    let event = NewEvent::new(kind, Object::new("figure", &figure.id))
        .about(Object::new("story", &edition.story_id))
        .data(&serde_json::json!({
            "edition": edition.number,
            "key": figure.key,
            "was": figure.text,
            "now": current.text,
        }));
    append(conn, partnership, &By::system(now), event)?;
    Ok(())
}

/// Every change that still holds in a partnership, oldest first: what staff should correct.
///
/// # Errors
/// Only those of the database.
pub fn changes_pending(conn: &mut Conn, partnership: &str) -> Result<Vec<FigureChange>, DbError> {
    store::open_changes(conn, partnership, None)
}

/// The figures of one edition that read differently now: what its receivers should be told.
///
/// # Errors
/// Only those of the database.
pub fn changed_figures(
    conn: &mut Conn,
    partnership: &str,
    edition: &EditionId,
) -> Result<Vec<FigureChange>, DbError> {
    store::open_changes(conn, partnership, Some(edition))
}

/// Looks for changed figures in every partnership that has stories out.
#[derive(Debug, Serialize, Deserialize)]
pub struct DetectChanges {}

#[async_trait::async_trait]
impl Job<Core> for DetectChanges {
    const KIND: &'static str = "storytelling.detect_changes";
    const MAX_ATTEMPTS: i32 = 3;

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let now = core.now();
        let partnerships = core.db.read(store::partnerships_with_editions).await?;
        for partnership in partnerships {
            let found = core
                .db
                .write(move |c| detect_changes(c, &partnership, &Live, now))
                .await?;
            if !found.is_empty() {
                tracing::info!(
                    changes = found.len(),
                    "figures of published stories changed"
                );
            }
        }
        Ok(())
    }
}
