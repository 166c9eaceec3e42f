//! The work behind an import, each piece safe to run again.

use backbone_db::{DbError, Instant};
use backbone_identity::{Core, directory};
use backbone_ingest::table::ReadError;
use backbone_jobs::{Job, JobError, JobId};
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::reader::Reader;
use super::source::{self, Opened};
use super::store::{self, Asked};
use super::{Import, ImportId, State, Told, check, map, start, undo};
use crate::error::Error;

/// Reads a whole file without writing measurements.
#[derive(Serialize, Deserialize)]
pub struct CheckImport {
    pub(crate) partnership: String,
    pub(crate) import: ImportId,
}

/// Writes a file's measurements, from where it stopped.
#[derive(Serialize, Deserialize)]
pub struct RunImport {
    pub(crate) partnership: String,
    pub(crate) import: ImportId,
}

/// Takes back what an import wrote.
#[derive(Serialize, Deserialize)]
pub struct UndoImport {
    pub(crate) partnership: String,
    pub(crate) import: ImportId,
}

/// An import with all that reading its file needs.
pub(crate) struct Ready {
    pub import: Import,
    pub asked: Asked,
    pub file: Opened,
    pub reader: Reader,
}

/// What the database answers, apart from a fault of the file.
type Outcome = Result<Result<bool, DbError>, ReadError>;

#[async_trait::async_trait]
impl Job<Core> for CheckImport {
    const KIND: &'static str = "import.check";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let Some(ready) = ready(core, &self.partnership, &self.import, State::Checking).await?
        else {
            return Ok(());
        };
        let (db, clock, partnership) = (core.db.clone(), core.clock, self.partnership.clone());
        let outcome = blocking(move || {
            check::read_all(
                &db,
                clock,
                &partnership,
                &ready.import,
                &ready.file,
                ready.reader,
            )
        })
        .await?;
        done(
            core,
            &self.partnership,
            &self.import,
            State::Checking,
            outcome,
        )
        .await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Job<Core> for RunImport {
    const KIND: &'static str = "import.run";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let Some(ready) = ready(core, &self.partnership, &self.import, State::Importing).await?
        else {
            return Ok(());
        };
        let (db, clock, partnership) = (core.db.clone(), core.clock, self.partnership.clone());
        let outcome = blocking(move || {
            let work = start::Work {
                db: &db,
                clock,
                partnership: &partnership,
                import: &ready.import,
                asked: &ready.asked,
                at_most: usize::MAX,
            };
            start::write_all(&work, &ready.file, ready.reader)
        })
        .await?;
        if !done(
            core,
            &self.partnership,
            &self.import,
            State::Importing,
            outcome,
        )
        .await?
        {
            return Ok(());
        }
        let (partnership, id, now) = (self.partnership.clone(), self.import.clone(), core.now());
        core.db
            .write(move |conn| {
                let asked = store::asked(conn, &partnership, &id)?;
                let Some(import) = store::find(conn, &partnership, &id)? else {
                    return Ok(false);
                };
                start::finish(conn, &partnership, &import, &asked, now)
            })
            .await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Job<Core> for UndoImport {
    const KIND: &'static str = "import.undo";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let (partnership, id) = (self.partnership.clone(), self.import.clone());
        let asked = core
            .db
            .read(move |conn| store::asked(conn, &partnership, &id))
            .await?;
        let (db, clock, partnership, id) = (
            core.db.clone(),
            core.clock,
            self.partnership.clone(),
            self.import.clone(),
        );
        let who = asked.clone();
        let through =
            blocking(move || undo::take_back(&db, clock, &partnership, &id, &who)).await??;
        if through {
            let (partnership, id, now) =
                (self.partnership.clone(), self.import.clone(), core.now());
            core.db
                .write(move |conn| undo::finish(conn, &partnership, &id, &asked, now))
                .await?;
        }
        Ok(())
    }
}

/// Loads an import that is in this state, opens its file and binds its mapping. `None` when there is nothing to do.
pub(crate) async fn ready(
    core: &Core,
    partnership: &str,
    id: &ImportId,
    state: State,
) -> Result<Option<Ready>, JobError> {
    let (tenant, wanted) = (partnership.to_owned(), id.clone());
    let loaded = core
        .db
        .write(move |conn| {
            let (mut import, sha256) = match map::load(conn, &tenant, &wanted) {
                Ok(found) => found,
                Err(Error::Database(e)) => return Err(e),
                Err(_) => return Ok(None),
            };
            if import.state == State::Checking && import.position > 0 {
                // A check that was stopped begins anew: it has written nothing but its own notes.
                import.position = 0;
                let asked = store::asked(conn, &tenant, &wanted)?;
                store::update(conn, &tenant, &import, &asked)?;
            }
            let asked = store::asked(conn, &tenant, &wanted)?;
            let metrics = crate::metric::store::list(conn, &tenant, false, None, None, 10_000)?;
            let organizations = directory::organizations(conn, &tenant)?;
            Ok::<_, DbError>(Some((import, sha256, asked, metrics, organizations)))
        })
        .await?;
    let Some((import, sha256, asked, metrics, organizations)) = loaded else {
        return Ok(None);
    };
    if import.state != state {
        return Ok(None);
    }
    let file = match source::open(core, &sha256, import.sheet.as_deref()).await {
        Ok(file) => file,
        Err(error) => {
            fail(core, partnership, id, state, &Told::refusal(&error)).await?;
            return Ok(None);
        }
    };
    let plan = Plan::new(
        import.mapping.clone(),
        import.findings.settled,
        &import.findings.headers,
        metrics,
        &organizations,
    );
    Ok(Some(Ready {
        import,
        asked,
        file,
        reader: Reader::new(plan),
    }))
}

/// Says whether the work came to its end. What trying again does not help is told on the import.
async fn done(
    core: &Core,
    partnership: &str,
    id: &ImportId,
    state: State,
    outcome: Outcome,
) -> Result<bool, JobError> {
    match outcome {
        Ok(Ok(through)) => Ok(through),
        Ok(Err(error)) if error.is_unavailable() => Err(error.into()),
        Ok(Err(error)) => {
            let said = error.to_string();
            fail(
                core,
                partnership,
                id,
                state,
                &Told::new("database").arg("text", &said),
            )
            .await?;
            Err(JobError::Fail(said))
        }
        Err(error) => {
            fail(core, partnership, id, state, &Told::refusal(&error)).await?;
            Ok(false)
        }
    }
}

async fn fail(
    core: &Core,
    partnership: &str,
    id: &ImportId,
    state: State,
    why: &Told,
) -> Result<(), JobError> {
    let (partnership, id, why, now): (String, ImportId, Told, Instant) =
        (partnership.to_owned(), id.clone(), why.clone(), core.now());
    core.db
        .write(move |conn| store::fail(conn, &partnership, &id, state, &why, now))
        .await?;
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JobError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| JobError::Retry(format!("the work stopped: {e}")))
}
