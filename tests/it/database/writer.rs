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

/// SQLite takes the whole transaction back when it finds no room for a page: the writes beside the large one must not be half
/// committed, and the next ones must find a connection that works.
#[test]
fn a_full_database_refuses_whole_groups_and_goes_on() {
    let database = TestDb::on_sqlite();
    let db = database.open();
    backbone_db::run_migrations(&db).unwrap();
    let limit = |pages: &'static str| {
        db.write_blocking(move |c| {
            Ok::<_, DbError>(c.batch_execute(&format!("PRAGMA max_page_count = {pages}"))?)
        })
        .unwrap();
    };
    let name = |i: usize| match i % 4 {
        0 => format!("large{i}{}", "x".repeat(20_000)),
        _ => format!("small{i}"),
    };
    // No smaller than what is there already, so: not one page more.
    limit("1");
    let outcomes = at_once(80, |i| db.write_blocking(put(name(i))));
    let there = |i: usize| {
        look(
            &db,
            &format!(
                "SELECT CAST(count(*) AS TEXT) AS value FROM rate_limits WHERE key = '{}'",
                name(i)
            ),
        ) == "1"
    };
    for (i, outcome) in outcomes.iter().enumerate() {
        assert_eq!(there(i), outcome.is_ok(), "write {i}: {outcome:?}");
        if let Err(e) = outcome {
            assert!(e.is_unavailable(), "{e}");
        }
    }
    assert!(
        outcomes.iter().step_by(4).all(|o| o.is_err()),
        "there was no room for the large ones"
    );
    assert!(
        outcomes
            .iter()
            .any(|o| o.as_ref().is_err_and(DbError::is_disk_full)),
        "{:?}",
        outcomes[0]
    );
    limit("1000000");
    for (i, _) in outcomes.iter().enumerate().filter(|(_, o)| o.is_err()) {
        db.write_blocking(put(name(i))).unwrap();
        assert!(there(i));
    }
    assert_eq!(
        look(
            &db,
            "SELECT integrity_check AS value FROM pragma_integrity_check"
        ),
        "ok"
    );
}
