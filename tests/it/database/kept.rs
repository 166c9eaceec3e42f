//! What is kept in memory holds until anybody commits. (A group of writes of which one was taken back commits too, and may count.)

use backbone_db::{Db, DbError};
use backbone_tests::TestDb;
use backbone_tests::app::look;
use diesel::connection::SimpleConnection;

fn write(db: &Db, key: &str) {
    let text = format!(
        "INSERT INTO rate_limits (key, window_start, hits) VALUES ('{key}', '2026-01-01 00:00:00', 1)"
    );
    db.write_blocking(move |c| Ok::<_, DbError>(c.batch_execute(&text)?))
        .unwrap();
}

#[test]
fn a_commit_by_anybody_makes_another_stamp() {
    let database = TestDb::migrated();
    let (ours, theirs) = (database.open(), database.open());
    let Some(first) = ours.stamp() else {
        assert!(
            ours.postgres_url().is_some(),
            "only PostgreSQL has no stamps"
        );
        return;
    };
    look(
        &ours,
        "SELECT CAST(count(*) AS TEXT) AS value FROM rate_limits",
    );
    assert_eq!(ours.stamp(), Some(first), "reading changes nothing");
    write(&ours, "ours");
    let second = ours.stamp();
    assert_ne!(second, Some(first), "our own commit counts");
    write(&theirs, "theirs");
    let third = ours.stamp();
    assert_ne!(third, second, "another process's commit counts");
}
