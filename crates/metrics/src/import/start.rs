//! From a checked file to measurements.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use backbone_db::{Conn, Db, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_ingest::table::ReadError;
use backbone_jobs::enqueue;
use backbone_web::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::chunk;
use super::figure::Figure;
use super::jobs::RunImport;
use super::reader::{Found, Reader};
use super::source::{Item, Opened};
use super::store::{self, Asked, Batch, Step};
use super::{Counts, Import, ImportId, State};
use crate::error::Error;
use crate::metric::MetricId;
use crate::policy::ImportMeasurements;

/// Figures of one transaction: large enough to be fast, small enough that other writers hardly wait.
pub const CHUNK: usize = 2_000;
/// Seconds without progress after which somebody may ask to go on.
const STALE: i64 = 120;

/// What to do with figures that were measured before.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Start {
    /// Corrects them; otherwise they stay as they are.
    pub corrections: bool,
}

/// Asks for the import, which a job does; or, after it stopped, to go on where it was.
///
/// # Errors
/// 403, 404; 409 before it was checked, and while it runs.
pub fn start(conn: &mut Conn, actor: &Actor, id: &ImportId, how: Start) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let mut it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let stale = it.state == State::Importing && actor.now.seconds_since(it.moved_at) > STALE;
    let resumes =
        it.findings.started && (stale || matches!(it.state, State::Failed | State::Cancelled));
    if it.state != State::Checked && !resumes {
        return Err(Problem::conflict("import-not-checked").into());
    }
    if !resumes {
        it.counts = Counts::default();
        it.position = 0;
        it.findings.started = true;
        it.corrections = how.corrections;
    }
    it.state = State::Importing;
    it.failure = None;
    (it.step_at, it.moved_at) = (actor.now, actor.now);
    it.version += 1;
    store::update(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let event = NewEvent::new("import.started", Object::new("import", id))
        .data(&json!({"corrections": it.corrections, "from": it.position}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    let job = RunImport {
        partnership: actor.tenant().to_owned(),
        import: id.clone(),
    };
    enqueue(conn, Some(actor.tenant()), &job, actor.now).map_err(Error::from)?;
    Ok(it)
}

/// Figures of whole rows, and what else was passed on the way.
#[derive(Default)]
struct Portion {
    figures: Vec<Figure>,
    counts: Counts,
    to: u64,
}

/// What the job works with.
pub(crate) struct Work<'a> {
    pub db: &'a Db,
    pub clock: fn() -> Instant,
    pub partnership: &'a str,
    pub import: &'a Import,
    pub asked: &'a Asked,
    /// Stops after so many chunks, as a kill would; for tests.
    pub at_most: usize,
}

/// Writes everything from the import's position on. Says whether it came to the end; not when it was called off meanwhile.
pub(crate) fn write_all(
    work: &Work<'_>,
    file: &Opened,
    reader: Reader,
) -> Result<Result<bool, DbError>, ReadError> {
    let metrics: Vec<MetricId> = reader.plan().metrics.iter().map(|m| m.id.clone()).collect();
    let skip = work.import.position;
    std::thread::scope(|scope| {
        // One chunk is read while another is written.
        let (sender, receiver) = sync_channel(1);
        let reading = scope.spawn(move || read(file, reader, skip, &sender));
        let written = write(work, &metrics, &receiver);
        drop(receiver);
        match reading.join() {
            Ok(read) => read.map(|()| written),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

struct Reading<'a> {
    reader: Reader,
    portion: Portion,
    lines: u64,
    skip: u64,
    sender: &'a SyncSender<Portion>,
}

/// Reads the file from its start: rows before `skip` only to know what they said.
fn read(
    file: &Opened,
    reader: Reader,
    skip: u64,
    sender: &SyncSender<Portion>,
) -> Result<(), ReadError> {
    let begin = |_: &[String]| Reading {
        reader,
        portion: Portion::default(),
        lines: 0,
        skip,
        sender,
    };
    let (mut reading, _) = file.walk(begin, Reading::take)?;
    reading.hand_over();
    Ok(())
}

impl Reading<'_> {
    fn take(&mut self, item: Item<'_>) -> bool {
        self.lines += 1;
        let counts = &mut self.portion.counts;
        let figures = &mut self.portion.figures;
        let skipped = self.lines <= self.skip;
        match item {
            Item::Problem(_) => counts.errors += u64::from(!skipped),
            Item::Row(row) => self.reader.row(&row, |found| match found {
                _ if skipped => {}
                Found::Figure(figure) => figures.push(figure),
                Found::Blank => counts.blank += 1,
                Found::Duplicate(_) => counts.duplicates += 1,
                Found::Error(_) => counts.errors += 1,
            }),
        }
        self.portion.figures.len() < CHUNK || self.hand_over()
    }

    /// Says whether anybody still wants to know.
    fn hand_over(&mut self) -> bool {
        if self.lines <= self.skip {
            return true;
        }
        self.portion.to = self.lines;
        self.sender.send(std::mem::take(&mut self.portion)).is_ok()
    }
}

fn write(
    work: &Work<'_>,
    metrics: &[MetricId],
    portions: &Receiver<Portion>,
) -> Result<bool, DbError> {
    let mut counts = work.import.counts.clone();
    let mut from = work.import.position;
    for portion in portions.iter().take(work.at_most) {
        let to = portion.to;
        match commit(work, metrics, portion, from, counts)? {
            Some(so_far) => counts = so_far,
            None => return Ok(false),
        }
        from = to;
    }
    Ok(from >= work.import.findings.rows)
}

/// One chunk in one transaction; `None` when the import was called off or somebody else went on with it.
fn commit(
    work: &Work<'_>,
    metrics: &[MetricId],
    portion: Portion,
    from: u64,
    mut counts: Counts,
) -> Result<Option<Counts>, DbError> {
    let (partnership, import) = (work.partnership.to_owned(), work.import.id.clone());
    let (changed_by, now) = (work.asked.name.clone(), (work.clock)());
    let (metrics, corrections) = (metrics.to_vec(), work.import.corrections);
    let passed = portion.counts;
    counts.errors += passed.errors;
    counts.duplicates += passed.duplicates;
    counts.blank += passed.blank;
    let step = Step {
        state: State::Importing,
        from,
        to: portion.to,
        then: State::Importing,
    };
    let figures = portion.figures;
    work.db.write_blocking(move |conn| {
        let batch = Batch {
            partnership: &partnership,
            import: &import,
            metrics: &metrics,
            changed_by: &changed_by,
            now,
        };
        // The step comes first: it holds the row, so that a second worker waits and then finds another position.
        if !store::advance(conn, &partnership, &import, &step, &counts, now)? {
            return Ok(None);
        }
        chunk::write(conn, &batch, &figures, corrections, &mut counts)?;
        store::set_counts(conn, &partnership, &import, &counts)?;
        Ok(Some(counts))
    })
}

/// All is in: the state and the event, together.
pub(crate) fn finish(
    conn: &mut Conn,
    partnership: &str,
    it: &Import,
    asked: &Asked,
    now: Instant,
) -> Result<bool, DbError> {
    let Some(current) = store::find(conn, partnership, &it.id)? else {
        return Ok(false);
    };
    let step = Step {
        state: State::Importing,
        from: current.position,
        to: current.position,
        then: State::Done,
    };
    if !store::advance(conn, partnership, &it.id, &step, &current.counts, now)? {
        return Ok(false);
    }
    let mut event = NewEvent::new("import.finished", Object::new("import", &it.id)).data(&json!({
        "file": it.file_name, "counts": current.counts, "corrections": it.corrections,
    }));
    let columns = it
        .mapping
        .columns
        .iter()
        .filter_map(|c| c.metric_id.as_ref());
    for metric in columns.chain(&it.mapping.metric_id).take(50) {
        event = event.about(Object::new("metric", metric));
    }
    append(conn, partnership, &asked.by(now), event)?;
    Ok(true)
}
