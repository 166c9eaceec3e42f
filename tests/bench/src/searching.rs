//! Finding things among 60,000, as many as a hundred demo partnerships hold, beside reading all of them.

use backbone_search::{Index, Query};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{SqliteConnection, sql_query};

use crate::measure::{Row, Sample, Way, measure, race, short};
use crate::world::World;

const THINGS: usize = 60_000;
const KINDS: [&str; 4] = ["contribution", "measurement", "story", "organization"];
const PLACES: [&str; 8] = [
    "bibliotheek",
    "buurthuis",
    "school",
    "sportpark",
    "kantoor",
    "werkplaats",
    "tuin",
    "haven",
];
const WORK: [&str; 8] = [
    "voorlezen",
    "taalles",
    "huiswerkhulp",
    "vergaderen",
    "ontwerpen",
    "bezorgen",
    "vertalen",
    "begeleiden",
];
/// One that fits few, one that fits an eighth, one that fits all.
const SOUGHT: [&str; 3] = ["taalles 5999", "voorlezen", "uur"];

/// `WITH RECURSIVE` fills the table in one statement; the triggers index it.
fn fill(world: &World) {
    let id = world.staff.tenant();
    let choice = |words: &[&str], by: usize| -> String {
        let cases = words
            .iter()
            .enumerate()
            .map(|(i, w)| format!("WHEN {i} THEN '{w}'"));
        format!(
            "CASE (i / {by}) % {} {} END",
            words.len(),
            cases.collect::<Vec<_>>().join(" ")
        )
    };
    let scope = format!("qxqp{} qxqmbench", id.replace('-', ""));
    let title = format!("{} || ' ' || i", choice(&WORK, 1));
    let body = format!(
        "'een uur in de ' || {} || ' met vrijwilligers van de vereniging, gegeven in de herfst'",
        choice(&PLACES, 8)
    );
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {THINGS})
         INSERT INTO search_documents (number, partnership_id, kind, object_id, scope, title, body, title_words, body_words, path, happened_at)
         SELECT i, '{id}', {}, i, '{scope}', {title}, {body}, {title}, {body}, '/', '2026-10-01 00:00:00' FROM n",
        choice(&KINDS, 64)
    );
    world
        .db
        .own_connection(|conn| Ok(conn.batch_execute(&sql)?))
        .expect("things to find");
}

pub fn run() -> Vec<Row> {
    let world = World::new(256, 1);
    fill(&world);
    let url = world.file().display().to_string();
    let mut sql = SqliteConnection::establish(&url).expect("a second connection");
    let mut rows = Vec::new();
    for sought in SOUGHT {
        assert!(ours(&world, sought) > 0, "{sought} is found");
        assert_eq!(
            ours(&world, sought),
            theirs(&mut sql, sought).min(20),
            "{sought}"
        );
        let ran = race(vec![
            Way {
                name: "the index, ranked, with excerpts",
                work: Box::new(|| repeat(20, || ours(&world, sought))),
            },
            Way {
                name: "SQLite LIKE over all",
                work: Box::new(|| repeat(3, || theirs(&mut sql, sought))),
            },
        ]);
        let millis = 1000.0 / ran[0].median(Sample::rate);
        let mut row = ran[0].versus(
            &ran[1],
            "search",
            &format!("“{sought}” among {THINGS} things, the best 20"),
            None,
        );
        row.ours = format!("{} ms each", short(millis));
        row.goal = "within 100 ms".into();
        row.met = Some(millis <= 100.0);
        rows.push(row);
    }
    rows
}

fn repeat(times: usize, mut once: impl FnMut() -> i64) -> Sample {
    measure(times, || {
        for _ in 0..times {
            assert!(once() > 0);
        }
    })
}

fn ours(world: &World, sought: &str) -> i64 {
    let (query, now) = (Query::new(sought, 20), world.staff.now);
    let found = world.db.read_blocking(|c| {
        Index::default().search(c, world.staff.tenant(), &["bench"], &query, now)
    });
    found.expect("an answer").len() as i64
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many titles and texts hold all words at the beginning of a word.
fn theirs(sql: &mut SqliteConnection, sought: &str) -> i64 {
    let text = "' ' || title_words || ' ' || body_words";
    let mut words = sought.split(' ').map(|w| format!("% {w}%"));
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    let rows: Vec<Count> = sql_query(format!(
        "SELECT count(*) AS n FROM search_documents WHERE {text} LIKE ? AND {text} LIKE ?"
    ))
    .bind::<Text, _>(first.clone())
    .bind::<Text, _>(second.unwrap_or(first))
    .load(sql)
    .expect("an answer");
    rows[0].n
}
