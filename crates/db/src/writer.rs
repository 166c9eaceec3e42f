//! SQLite's one writer: a thread that commits waiting requests together.
//!
//! A commit with `synchronous=FULL` waits for the disk; done once a request, that wait is the limit. So the thread
//! takes all requests that wait, runs each inside a savepoint of one transaction, commits once, and only then tells each
//! of them. A request that fails is rolled back to its savepoint alone.
//!
//! A full disk is different: SQLite may take back the whole transaction by itself, in the middle of a request or at the commit. Then
//! nothing of the group was saved, all of it is told so, and the thread goes on with a clean connection.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use diesel::connection::{
    AnsiTransactionManager, Connection, SimpleConnection, TransactionManager,
};
use tokio::sync::oneshot;

use crate::{Conn, DbError, Engine, Unavailable};

/// What a request leaves to be done once the group's commit is known: tell the caller.
type Finish = Box<dyn FnOnce(Result<(), Unavailable>) + Send>;
type Request = Box<dyn FnOnce(&mut Conn) -> Ran + Send>;

/// A request that ran inside the group's transaction.
struct Ran {
    finish: Finish,
    /// False when it failed, for whatever reason.
    went_well: bool,
}

/// Requests that may wait; past this a writer is told that the server is busy.
const WAITING: usize = 20_000;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: SyncSender<Request>,
}

impl Writer {
    pub(crate) fn start(conn: Conn, group: usize) -> Result<Self, DbError> {
        let (queue, requests) = sync_channel(WAITING);
        std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || work(conn, requests, group.max(1)))
            .map_err(|e| DbError::Setup(format!("cannot start the writing thread: {e}")))?;
        Ok(Self { queue })
    }

    pub(crate) async fn run<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (tell, answer) = oneshot::channel();
        // The caller may have gone away (a dropped connection); what it wrote stays written.
        self.submit(f, move |outcome| drop(tell.send(outcome)))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    pub(crate) fn run_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (tell, answer) = sync_channel(1);
        // The receiver waits just below, so the send cannot fail.
        self.submit(f, move |outcome| drop(tell.send(outcome)))?;
        answer.recv().unwrap_or_else(|_| Err(stopped()))
    }

    fn submit<T, E, F>(
        &self,
        f: F,
        tell: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> Result<(), E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let request: Request = Box::new(move |conn| {
            let result = in_transaction(conn, f);
            let went_well = result.is_ok();
            let finish: Finish = Box::new(move |committed| {
                tell(match (result, committed) {
                    (Ok(_), Err(lost)) => Err(E::from(DbError::Unavailable(lost))),
                    (result, _) => result,
                })
            });
            Ran { finish, went_well }
        });
        self.queue.try_send(request).map_err(|e| match e {
            TrySendError::Full(_) => E::from(
                Unavailable("too many writes are waiting; try again in a moment".into()).into(),
            ),
            TrySendError::Disconnected(_) => stopped(),
        })
    }
}

fn stopped<E: From<DbError>>() -> E {
    E::from(
        Unavailable(
            "nothing was saved: the write could not be carried out; try again in a moment".into(),
        )
        .into(),
    )
}

fn work(mut conn: Conn, requests: Receiver<Request>, group: usize) {
    while let Ok(first) = requests.recv() {
        let mut finishes: Vec<Finish> = Vec::new();
        let outcome = begin_immediate(&mut conn).map_err(lost).and_then(|()| {
            let mut next = Some(first);
            while let Some(request) = next.take() {
                let ran = guarded(request, &mut conn);
                finishes.push(ran.finish);
                if !ran.went_well && !is_open(&mut conn) {
                    return Err(Unavailable(
                        "nothing was saved: the database took the transaction back".into(),
                    ));
                }
                if finishes.len() < group {
                    next = requests.try_recv().ok();
                }
            }
            commit(&mut conn).map_err(lost)
        });
        if let Err(why) = &outcome {
            tracing::error!(error = %why, writes = finishes.len(), "a group of writes was taken back");
            start_afresh(&mut conn);
        }
        for finish in finishes {
            finish(outcome.clone());
        }
    }
}

/// Whether the group's transaction is still open. SQLite has no statement that asks; a second BEGIN is refused inside one.
fn is_open(conn: &mut Conn) -> bool {
    conn.batch_execute("BEGIN").is_err()
}

/// A panic in one request must not end the thread that all writes need: its caller is told, the others go on.
fn guarded(request: Request, conn: &mut Conn) -> Ran {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| request(conn))) {
        Ok(ran) => ran,
        Err(_) => {
            tracing::error!("a write panicked; it was rolled back");
            // The request's savepoint is still open: take everything inside it back.
            while depth(conn) > 1 {
                if let Err(e) = <Conn as Connection>::TransactionManager::rollback_transaction(conn)
                {
                    tracing::error!(error = %e, "could not roll back after a panic");
                    break;
                }
            }
            Ran {
                finish: Box::new(|_| ()),
                went_well: false,
            }
        }
    }
}

fn depth(conn: &mut Conn) -> u32 {
    match <Conn as Connection>::TransactionManager::transaction_manager_status_mut(conn)
        .transaction_depth()
    {
        Ok(Some(d)) => d.get(),
        _ => 0,
    }
}

fn lost(e: diesel::result::Error) -> Unavailable {
    Unavailable(format!("nothing was saved: {e}"))
}

/// Takes the write lock at once: a deferred BEGIN fails half-way when another process (a backup, a second node) writes.
fn begin_immediate(conn: &mut Conn) -> diesel::QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

fn commit(conn: &mut Conn) -> diesel::QueryResult<()> {
    <Conn as Connection>::TransactionManager::commit_transaction(conn)
}

/// Ends whatever is open, and makes the library forget that it saw the connection break: after a full disk SQLite has rolled back
/// by itself, and every later write would be refused although the file is whole.
fn start_afresh(conn: &mut Conn) {
    if let Err(e) = conn.batch_execute("ROLLBACK") {
        tracing::debug!(error = %e, "the database had rolled back by itself");
    }
    *<Conn as Connection>::TransactionManager::transaction_manager_status_mut(conn) =
        Default::default();
}

/// Runs `f` in a transaction (a savepoint when one is open), keeping its own error, whatever becomes of the transaction: a full disk
/// takes the savepoint away before we can, and why `f` failed is what the caller must hear.
pub(crate) fn in_transaction<T, E, F>(conn: &mut Conn, f: F) -> Result<T, E>
where
    F: FnOnce(&mut Conn) -> Result<T, E>,
    E: From<DbError>,
{
    type Manager = <Conn as Connection>::TransactionManager;
    let engine = conn.engine();
    let told = |e, carried_out| E::from(failed(e, carried_out, engine));
    Manager::begin_transaction(conn).map_err(|e| told(e, false))?;
    match f(conn) {
        Ok(value) => match Manager::commit_transaction(conn) {
            Ok(()) => Ok(value),
            Err(e) => Err(told(e, true)),
        },
        Err(why) => {
            if let Err(e) = Manager::rollback_transaction(conn) {
                tracing::warn!(error = %e, "a failed write was rolled back by the database itself");
            }
            Err(why)
        }
    }
}

/// What it means that a transaction could not be begun, committed or taken back.
fn failed(e: diesel::result::Error, carried_out: bool, engine: Engine) -> DbError {
    if engine == Engine::Sqlite {
        // Only ever a savepoint of the writer's group, which ends without a commit.
        return Unavailable(format!("nothing was saved: {e}")).into();
    }
    if !crate::error::is_transport(&e) {
        return DbError::Query(e);
    }
    if carried_out {
        // The connection broke between our COMMIT and the answer: nobody here knows which came first.
        return DbError::Unsure(e.to_string());
    }
    Unavailable(format!("nothing was saved: {e}")).into()
}
