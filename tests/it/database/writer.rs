//! Writes are acknowledged after they are committed, and one that fails takes no other with it.

use backbone_db::{Conn, DbError};
use backbone_tests::app::look;
use backbone_tests::{TestDb, at_once};
use diesel::connection::SimpleConnection;

fn put(key: String) -> impl FnOnce(&mut Conn) -> Result<(), DbError> + Send + 'static {
    move |c| {
        Ok(c.batch_execute(&format!("INSERT INTO rate_limits (key, window_start, hits) VALUES ('{key}', '2026-01-01 00:00:00', 1)"))?)
    }
}

#[test]
fn every_acknowledged_write_is_there_for_another_node() {
    let database = TestDb::migrated();
    let (db, other) = (database.open(), database.open());
    let missing = at_once(200, |i| {
        db.write_blocking(put(format!("w{i}"))).unwrap();
        // Told that it is written: any other node sees it from now on.
        look(
            &other,
            &format!("SELECT CAST(count(*) AS TEXT) AS value FROM rate_limits WHERE key = 'w{i}'"),
        ) != "1"
    });
    assert!(!missing.contains(&true));
}

#[test]
fn failing_and_panicking_writes_leave_nothing_and_harm_nobody() {
    let database = TestDb::migrated();
    let db = database.open();
    let outcomes = at_once(60, |i| match i % 3 {
        0 => db.write_blocking(put(format!("good{i}"))).is_ok(),
        1 => db
            .write_blocking(move |c| {
                put(format!("bad{i}"))(c)?;
                Err::<(), _>(DbError::Setup("changed my mind".into()))
            })
            .is_err(),
        _ => {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                db.write_blocking(move |c| -> Result<(), DbError> {
                    put(format!("bad{i}"))(c)?;
                    panic!("a write of a test panics")
                })
            }));
            !matches!(outcome, Ok(Ok(())))
        }
    });
    assert!(outcomes.iter().all(|ok| *ok), "{outcomes:?}");
    assert_eq!(
        look(
            &db,
            "SELECT CAST(count(*) AS TEXT) AS value FROM rate_limits WHERE key LIKE 'good%'"
        ),
        "20"
    );
    assert_eq!(
        look(
            &db,
            "SELECT CAST(count(*) AS TEXT) AS value FROM rate_limits WHERE key LIKE 'bad%'"
        ),
        "0"
    );
    db.write_blocking(put("after".into())).unwrap();
}

#[test]
fn a_reading_connection_writes_nothing() {
    let database = TestDb::migrated();
    let db = database.open();
    if db.engine() == backbone_db::Engine::Sqlite {
        assert!(db.read_blocking(put("sneaky".into())).is_err());
    }
}
