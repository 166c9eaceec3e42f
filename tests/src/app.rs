//! A whole server for one test, and further nodes on the same database.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::web;
use backbone_db::{Conn, Db, DbError};
use backbone_identity::Core;
use backbone_mail::Mailer;
use backbone_mail::sink::{Script, Sink};
use backbone_mail::smtp;
use backbone_mail::transport::Memory;
use backbone_sandbox::{Limits, Sandbox};
use backbone_server::{Config, http, ops, start, wiring};
use tempfile::TempDir;

use crate::client::Client;
use crate::clock::Clock;
use crate::database::TestDb;

/// The secret of every server in tests.
pub const SECRET: &str = "a secret of the tests that is long enough";

/// A server on a database of its own, with mail in memory.
pub struct TestApp {
    /// The server.
    pub node: Node,
    /// What its handlers work with.
    pub core: web::Data<Core>,
    /// Its clock.
    pub clock: Clock,
    /// The mail it sent, unless it sends to a sink.
    pub outbox: Memory,
    /// Where asynchronous parts of the tests run.
    pub runtime: tokio::runtime::Runtime,
    /// Its data folder.
    pub folder: TempDir,
    /// Its database; dropped last.
    pub database: TestDb,
}

/// One running server.
pub struct Node {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl TestApp {
    /// Starts a server with mail in memory.
    pub fn start() -> Self {
        let (mailer, outbox) = Mailer::memory();
        Self::with(TestDb::migrated(), outbox, |core| core.mailer = mailer)
    }

    /// Starts a server on a database that the test brings, brought up to date.
    pub fn on(database: TestDb) -> Self {
        backbone_db::run_migrations(&database.open()).expect("the migrations run");
        let (mailer, outbox) = Mailer::memory();
        Self::with(database, outbox, |core| core.mailer = mailer)
    }

    /// Starts a server that sends to a real SMTP server on loopback, which does as `script` says.
    pub fn with_sink(script: Script) -> (Self, Sink) {
        let mut app = Self::start();
        let sink = app
            .runtime
            .block_on(Sink::start(script))
            .expect("a port for the sink");
        let mailer = Mailer::smtp(
            sink.url().parse().expect("the sink's address"),
            smtp::Options::default(),
        );
        app.restart(|core| core.mailer = mailer);
        (app, sink)
    }

    fn with(database: TestDb, outbox: Memory, adjust: impl FnOnce(&mut Core)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::borrow();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let core = make_core(&database, folder.path(), &listener, &clock, adjust);
        let node = Node::serve(core.clone(), listener);
        Self {
            node,
            core,
            clock,
            outbox,
            runtime,
            folder,
            database,
        }
    }

    /// Ends the server and starts it again with something changed.
    pub fn restart(&mut self, adjust: impl FnOnce(&mut Core)) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        self.core = make_core(
            &self.database,
            self.folder.path(),
            &listener,
            &self.clock,
            adjust,
        );
        self.node = Node::serve(self.core.clone(), listener);
    }

    /// A second server on the same database, with a pool and caches of its own.
    pub fn another_node(&self) -> (Node, web::Data<Core>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let mailer = self.core.mailer.clone();
        let core = make_core(
            &self.database,
            self.folder.path(),
            &listener,
            &self.clock,
            |core| {
                core.mailer = mailer;
                core.settings
                    .base_url
                    .clone_from(&self.core.settings.base_url);
            },
        );
        (Node::serve(core.clone(), listener), core)
    }

    /// A client without credentials.
    pub fn client(&self) -> Client {
        self.node.client()
    }

    /// Runs all work that is due, one after another; says how much it was.
    pub fn drain_jobs(&self) -> usize {
        let runner = start::runner(self.core.clone().into_inner(), 4);
        self.runtime.block_on(runner.drain())
    }

    /// Looks into the database.
    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T, DbError>) -> T {
        self.core.db.read_blocking(f).expect("the database answers")
    }

    /// Writes past the server.
    pub fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        self.core
            .db
            .write_blocking(f)
            .expect("the database takes it")
    }

    /// Runs statements past the server.
    pub fn sql(&self, statements: &str) {
        sql(&self.core.db, statements);
    }

    /// The column `value` of the first row, as text.
    pub fn look(&self, query: &str) -> String {
        look(&self.core.db, query)
    }

    /// The column `value` of every row, as text.
    pub fn look_all(&self, query: &str) -> Vec<String> {
        look_all(&self.core.db, query)
    }

    /// A count.
    pub fn count(&self, table_and_filter: &str) -> i64 {
        let n = self.look(&format!(
            "SELECT CAST(count(*) AS TEXT) AS value FROM {table_and_filter}"
        ));
        n.parse().expect("a count is a number")
    }
}

/// Runs statements on a database.
pub fn sql(db: &Db, statements: &str) {
    use diesel::connection::SimpleConnection;
    let text = statements.to_string();
    db.write_blocking(move |c| Ok::<_, DbError>(c.batch_execute(&text)?))
        .unwrap_or_else(|e| panic!("{e}: {statements}"));
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

/// The column `value` of the first row, as text.
pub fn look(db: &Db, query: &str) -> String {
    let mut rows = look_all(db, query).into_iter();
    rows.next()
        .unwrap_or_else(|| panic!("no row answers {query}"))
}

/// The column `value` of every row, as text.
pub fn look_all(db: &Db, query: &str) -> Vec<String> {
    use diesel::RunQueryDsl;
    let found: Result<Vec<Row>, DbError> = db.read_blocking(|c| {
        let query = diesel::sql_query(query);
        Ok(backbone_db::each_backend!(c, c => query.load(c))?)
    });
    let rows = found.unwrap_or_else(|e| panic!("{e}: {query}"));
    rows.into_iter().map(|row| row.value).collect()
}

/// The settings of a test's server, made as an operator would make them.
pub fn settings(pairs: &[(&str, &str)]) -> Config {
    let names: Vec<String> = pairs.iter().map(|(k, _)| (*k).to_string()).collect();
    let find = |name: &str| {
        pairs
            .iter()
            .find(|(k, _)| *k == name)
            .map(|(_, v)| (*v).to_string())
    };
    Config::load(None, &find, &names).unwrap_or_else(|errors| panic!("{}", errors.join("\n")))
}

fn make_core(
    database: &TestDb,
    folder: &Path,
    listener: &TcpListener,
    clock: &Clock,
    adjust: impl FnOnce(&mut Core),
) -> web::Data<Core> {
    let address = listener.local_addr().expect("the port that was opened");
    let config = settings(&[
        ("BACKBONE_DATA_DIR", &folder.display().to_string()),
        ("BACKBONE_DATABASE_URL", &database.setting()),
        ("BACKBONE_BASE_URL", &format!("http://{address}")),
        ("BACKBONE_SECRET", SECRET),
        ("BACKBONE_MAIL_FROM", "Backbone <post@backbone.example>"),
    ]);
    let db = start::open_db(&config).expect("the test's database opens");
    let mut core =
        start::core_with(&config, db, clock.function()).expect("the server can be put together");
    // In tests a message that is missing is an error, not a placeholder.
    core.renderer = Arc::new(wiring::renderer(true, &[]).expect("templates and messages hold"));
    core.sandbox = Sandbox::new(crate::process::binary(), Limits::default(), 1);
    core.settings.mailbox = None;
    adjust(&mut core);
    web::Data::new(core)
}

impl Node {
    fn serve(core: web::Data<Core>, listener: TcpListener) -> Self {
        let address = listener.local_addr().expect("the port that was opened");
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let access = ops::MetricsAccess::new(None);
                let server = http::serve_on(listener, core, access, recorder(), 2)
                    .expect("the server starts");
                tell.send(server.handle())
                    .expect("the test waits for its server");
                server.await.expect("the server ends in order");
            });
        });
        let handle = told.recv().expect("the server starts");
        Self {
            address,
            handle,
            thread: Some(thread),
        }
    }

    /// A client without credentials.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The command is queued by the call itself; the server's own thread carries it out.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            eprintln!("the test's server ended with a panic");
        }
    }
}

/// One process can install one recorder; all servers of a test program share it.
fn recorder() -> ops::Recorder {
    static RECORDER: OnceLock<ops::Recorder> = OnceLock::new();
    RECORDER
        .get_or_init(|| ops::install_recorder().expect("the first recorder of this process"))
        .clone()
}
