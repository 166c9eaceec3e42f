//! The dry run: the whole file is read against what is there, and nothing is written but what was found.

use backbone_db::{Conn, Db, DbError, Instant};
use backbone_identity::Actor;
use backbone_ingest::table::ReadError;
use backbone_jobs::enqueue;
use backbone_web::Problem;

use super::chunk::{self, Known};
use super::figure::Figure;
use super::jobs::CheckImport;
use super::reader::{Found, Reader};
use super::source::{Item, Opened};
use super::store::{self, Asked, Batch, ImportRow, Step};
use super::{Counts, Import, ImportId, RowState, State, Told};
use crate::error::Error;
use crate::metric::MetricId;
use crate::policy::ImportMeasurements;

/// Rows with something to say that are kept; all are counted.
pub const KEPT_ROWS: i64 = 20_000;
/// Rows of the file between two notes of how far the check is.
const STRIDE: u64 = 5_000;

/// Asks for a check, which a job does.
///
/// # Errors
/// 403, 404; 409 before it is mapped and once it has begun to import.
pub fn check(conn: &mut Conn, actor: &Actor, id: &ImportId) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let mut it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let mapped = matches!(
        it.state,
        State::Mapped | State::Checked | State::Failed | State::Cancelled
    );
    if it.findings.started || !mapped {
        return Err(Problem::conflict("import-not-mapped").into());
    }
    it.state = State::Checking;
    it.counts = Counts::default();
    it.position = 0;
    it.failure = None;
    (it.step_at, it.moved_at) = (actor.now, actor.now);
    it.version += 1;
    store::forget_rows(conn, actor.tenant(), id)?;
    store::update(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let job = CheckImport {
        partnership: actor.tenant().to_owned(),
        import: id.clone(),
    };
    enqueue(conn, Some(actor.tenant()), &job, actor.now).map_err(Error::from)?;
    Ok(it)
}

/// What the job has found since it last told.
struct Findings<'a> {
    db: &'a Db,
    partnership: &'a str,
    import: &'a ImportId,
    clock: fn() -> Instant,
    metrics: Vec<MetricId>,
    /// Which of the metrics have measurements, so that their figures have to be looked up.
    measured: Vec<bool>,
    reader: Reader,
    counts: Counts,
    rows: Vec<ImportRow>,
    told: i64,
    pending: Vec<(Figure, Vec<String>)>,
    lines: u64,
    noted: u64,
    outcome: Result<bool, DbError>,
}

/// Reads the whole file. Says whether it came to the end; not when the check was called off meanwhile.
pub(crate) fn read_all(
    db: &Db,
    clock: fn() -> Instant,
    partnership: &str,
    it: &Import,
    file: &Opened,
    reader: Reader,
) -> Result<Result<bool, DbError>, ReadError> {
    let metrics: Vec<MetricId> = reader.plan().metrics.iter().map(|m| m.id.clone()).collect();
    let measured = match db.read_blocking(|conn| store::measured(conn, partnership, &metrics)) {
        Ok(measured) => measured,
        Err(error) => return Ok(Err(error)),
    };
    let begin = |_: &[String]| Findings {
        db,
        partnership,
        import: &it.id,
        clock,
        metrics,
        measured,
        reader,
        counts: Counts::default(),
        rows: Vec::new(),
        told: 0,
        pending: Vec::new(),
        lines: 0,
        noted: it.position,
        outcome: Ok(true),
    };
    let (mut found, _) = file.walk(begin, Findings::take)?;
    if matches!(found.outcome, Ok(true)) {
        found.outcome = found.note(State::Checked);
    }
    Ok(found.outcome)
}

impl Findings<'_> {
    fn take(&mut self, item: Item<'_>) -> bool {
        self.lines += 1;
        match item {
            Item::Problem(problem) => {
                let line = problem.row;
                self.counts.errors += 1;
                self.say(line, RowState::Error, Told::row(&problem), || problem.cells);
            }
            Item::Row(row) => {
                let (mut reader_found, line) = (Vec::new(), row.number());
                self.reader.row(&row, |found| reader_found.push(found));
                for found in reader_found {
                    match found {
                        Found::Blank => self.counts.blank += 1,
                        Found::Error(told) => {
                            self.counts.errors += 1;
                            self.say(line, RowState::Error, told, || row.cells());
                        }
                        Found::Duplicate(told) => {
                            self.counts.duplicates += 1;
                            self.say(line, RowState::Duplicate, told, || row.cells());
                        }
                        Found::Figure(figure) if self.is_measured(&figure) => {
                            self.pending.push((figure, row.cells()));
                        }
                        Found::Figure(_) => self.counts.new += 1,
                    }
                }
            }
        }
        if self.lines.is_multiple_of(STRIDE) {
            self.outcome = self.note(State::Checking);
        }
        matches!(self.outcome, Ok(true))
    }

    fn is_measured(&self, figure: &Figure) -> bool {
        self.measured.get(figure.metric).is_none_or(|known| *known)
    }

    fn say(&mut self, line: u64, state: RowState, told: Told, cells: impl FnOnce() -> Vec<String>) {
        self.told += 1;
        if self.told <= KEPT_ROWS {
            self.rows.push(ImportRow {
                seq: self.told,
                line: i64::try_from(line).unwrap_or(i64::MAX),
                state,
                told,
                cells: cells(),
            });
        }
    }

    /// Compares the figures with what was measured before.
    fn compare(&mut self) -> Result<(), DbError> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let batch = Batch {
            partnership: self.partnership,
            import: self.import,
            metrics: &self.metrics,
            changed_by: "",
            now: (self.clock)(),
        };
        let known = self.db.read_blocking(|conn| {
            let figures: Vec<&Figure> = pending.iter().map(|(figure, _)| figure).collect();
            chunk::known(conn, &batch, &figures)
        })?;
        for ((figure, cells), known) in pending.into_iter().zip(known) {
            match known {
                Known::New | Known::Back(_) => self.counts.new += 1,
                Known::Same => self.counts.same += 1,
                Known::Other(old) => {
                    self.counts.corrections += 1;
                    let was = old.value.map_or_else(String::new, |v| v.to_string());
                    let told = Told::new("correction")
                        .arg("old", was)
                        .arg("new", figure.value.normalize());
                    self.say(figure.line, RowState::Correction, told, || cells);
                }
            }
        }
        Ok(())
    }

    /// Stores how far it is; at the end also that it is done.
    fn note(&mut self, then: State) -> Result<bool, DbError> {
        self.compare()?;
        let (partnership, import) = (self.partnership.to_owned(), self.import.clone());
        let step = Step {
            state: State::Checking,
            from: self.noted,
            to: self.lines,
            then,
        };
        let (rows, counts, now) = (
            std::mem::take(&mut self.rows),
            self.counts.clone(),
            (self.clock)(),
        );
        self.noted = self.lines;
        self.db.write_blocking(move |conn| {
            if step.from == 0 {
                store::forget_rows(conn, &partnership, &import)?;
            }
            store::add_rows(conn, &partnership, &import, &rows)?;
            store::advance(conn, &partnership, &import, &step, &counts, now)
        })
    }
}
