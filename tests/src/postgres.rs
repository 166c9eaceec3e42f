//! A PostgreSQL of the test's own, that it may stop and start while a server uses it.

use std::process::Command;

use backbone_db::DbUrl;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tempfile::TempDir;

/// A running instance; ended and deleted when this is dropped.
pub struct Private {
    /// The address of its empty database.
    pub url: String,
    state: TempDir,
}

impl Private {
    /// Starts one, when the tests run on PostgreSQL at all. What it acknowledged survives its end: the other instance of the
    /// tests trades that for speed.
    pub fn start() -> Option<Self> {
        crate::database::postgres()?;
        let state = tempfile::tempdir().expect("a temporary folder");
        let printed = script("start", &state);
        let url = printed.trim().to_string();
        let private = Self { url, state };
        let mut admin =
            PgConnection::establish(&private.url).expect("the private PostgreSQL answers");
        // One by one: several statements together would be a transaction, in which the first is not allowed.
        for change in [
            "ALTER SYSTEM SET synchronous_commit = on",
            "SELECT pg_reload_conf()",
        ] {
            admin
                .batch_execute(change)
                .expect("its settings can be changed");
        }
        Some(private)
    }

    /// Its address, as the server takes it.
    pub fn db_url(&self) -> DbUrl {
        self.url.parse().expect("an address of PostgreSQL")
    }

    /// Stops it as an operator would: every connection is ended.
    pub fn halt(&self) {
        script("halt", &self.state);
    }

    /// Starts it again, at the same port.
    pub fn resume(&self) {
        script("resume", &self.state);
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            script("stop", &self.state);
            return;
        }
        drop(command("stop", &self.state).output());
    }
}

fn command(verb: &str, state: &TempDir) -> Command {
    let mut command = Command::new("bash");
    command
        .arg(crate::routes::project().join("tests/support/postgres.sh"))
        .arg(verb)
        .arg(state.path().join("state"));
    command
}

fn script(verb: &str, state: &TempDir) -> String {
    let ended = command(verb, state).output().expect("bash can be started");
    assert!(
        ended.status.success(),
        "postgres.sh {verb}: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
    String::from_utf8_lossy(&ended.stdout).into_owned()
}
