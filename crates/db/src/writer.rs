//! SQLite's one writer: a thread that commits waiting requests together.
//!
//! A commit with `synchronous=FULL` waits for the disk; done once a request, that wait is the limit. So the thread
//! takes all requests that wait, runs each inside a savepoint of one transaction, commits once, and only then tells each
//! of them. A request that fails is rolled back to its savepoint alone.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use tokio::sync::oneshot;

use crate::{Conn, DbError, Unavailable};

/// What a request leaves to be done once the group's commit is known: tell the caller.
type Finish = Box<dyn FnOnce(Result<(), Unavailable>) + Send>;
type Request = Box<dyn FnOnce(&mut Conn) -> Finish + Send>;

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
            Box::new(move |committed| {
                tell(match (result, committed) {
                    (Ok(_), Err(lost)) => Err(E::from(DbError::Unavailable(lost))),
                    (result, _) => result,
                })
            })
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
            finishes.push(guarded(first, &mut conn));
            while finishes.len() < group {
                match requests.try_recv() {
                    Ok(next) => finishes.push(guarded(next, &mut conn)),
                    Err(_) => break,
                }
            }
            commit(&mut conn).map_err(lost)
        });
        if outcome.is_err() {
            roll_back(&mut conn);
        }
        for finish in finishes {
            finish(outcome.clone());
        }
    }
}

/// A panic in one request must not end the thread that all writes need: its caller is told, the others go on.
fn guarded(request: Request, conn: &mut Conn) -> Finish {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| request(conn))) {
        Ok(finish) => finish,
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
            Box::new(|_| ())
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

fn roll_back(conn: &mut Conn) {
    while depth(conn) > 0 {
        if let Err(e) = <Conn as Connection>::TransactionManager::rollback_transaction(conn) {
            // After a full disk SQLite has already rolled back by itself; the manager's count is then put right.
            tracing::warn!(error = %e, "rollback after a failed commit");
            if depth(conn) > 0 {
                *<Conn as Connection>::TransactionManager::transaction_manager_status_mut(conn) =
                    Default::default();
            }
            break;
        }
    }
}

/// Runs `f` in a transaction (a savepoint when one is open), keeping its own error type.
pub(crate) fn in_transaction<T, E, F>(conn: &mut Conn, f: F) -> Result<T, E>
where
    F: FnOnce(&mut Conn) -> Result<T, E>,
    E: From<DbError>,
{
    enum Why<E> {
        Theirs(E),
        Ours(diesel::result::Error),
    }
    impl<E> From<diesel::result::Error> for Why<E> {
        fn from(e: diesel::result::Error) -> Self {
            Why::Ours(e)
        }
    }
    conn.transaction(|c| f(c).map_err(Why::Theirs))
        .map_err(|e| match e {
            Why::Theirs(e) => e,
            Why::Ours(e) => E::from(if crate::error::is_transport(&e) {
                DbError::Unavailable(Unavailable(format!("nothing was saved: {e}")))
            } else {
                DbError::Query(e)
            }),
        })
}
