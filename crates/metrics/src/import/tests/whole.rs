use backbone_ingest::period::Period;

use super::{Desk, national};
use crate::import::jobs::ready;
use crate::import::{Counts, ImportMapping, Role, State, start, store};
use crate::metric::define::NewMetric;
use crate::metric::{Definition, Kind};

fn percent() -> Definition {
    Definition {
        kind: Kind::Percent,
        ..Definition::default()
    }
}

#[tokio::test]
async fn a_file_that_nobody_here_wrote_is_in_after_three_steps() {
    let desk = Desk::new();
    let import = desk.bring("indicator.csv", &national(400)).await.unwrap();
    let roles: Vec<_> = import
        .mapping
        .columns
        .iter()
        .map(|c| (c.header.as_str(), c.role))
        .collect();
    assert_eq!(
        roles,
        [
            ("Year", Role::Period),
            ("Sex", Role::Dimension),
            ("Region", Role::Dimension),
            ("Observation status", Role::Note),
            ("Unit measure", Role::Ignore),
            ("GeoCode", Role::Dimension),
            ("Value", Role::Value),
        ]
    );
    let metric = desk.world.metric_with("Reading at level", percent());
    let mut mapping = import.mapping.clone();
    mapping.metric_id = Some(metric.id.clone());
    let geo = mapping
        .columns
        .iter_mut()
        .find(|c| c.header == "GeoCode")
        .unwrap();
    geo.role = Role::Ignore;
    desk.map(&import.id, mapping).await.unwrap();
    let checked = desk.check(&import.id).await;
    assert_eq!(checked.state, State::Checked, "{:?}", checked.failure);
    let expected = Counts {
        new: 392,
        blank: 8,
        ..Counts::default()
    };
    assert_eq!(checked.counts, expected);
    assert!(desk.measured().is_empty(), "a check writes nothing");
    let done = desk.start(&import.id, false).await;
    assert_eq!((done.state, &done.counts), (State::Done, &expected));
    let measured = desk.measured();
    assert_eq!(measured.len(), 392);
    let span: Period = "1990/1992".parse().unwrap();
    assert!(
        measured.iter().any(|m| m.period == span),
        "2018-20 is three years"
    );
    assert!(measured.iter().all(|m| m.note == "Normal value"));
    desk.assert_rollups_hold();
    // The same file again: nothing is new, and nothing doubled.
    let again = desk.bring("indicator.csv", &national(400)).await.unwrap();
    desk.map(&again.id, done.mapping.clone()).await.unwrap();
    let checked = desk.check(&again.id).await;
    assert_eq!((checked.counts.new, checked.counts.same), (0, 392));
    let done = desk.start(&again.id, false).await;
    assert_eq!((done.counts.new, done.counts.same), (0, 392));
    assert_eq!(desk.measured().len(), 392);
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_stopped_and_can_be_taken_back() {
    let desk = Desk::new();
    let text = national(7_000);
    let import = desk.bring("indicator.csv", &text).await.unwrap();
    let metric = desk.world.metric_with("Reading at level", percent());
    let mut mapping = import.mapping.clone();
    mapping.metric_id = Some(metric.id.clone());
    desk.map(&import.id, mapping).await.unwrap();
    let forecast = desk.check(&import.id).await.counts;
    // The state that a kill leaves: asked for, two chunks written, the job gone with its worker.
    desk.world
        .write(|conn| start::start(conn, &desk.actor(), &import.id, start::Start::default()))
        .unwrap();
    let two = ready(
        &desk.core,
        desk.world.tenant(),
        &import.id,
        State::Importing,
    )
    .await
    .unwrap()
    .unwrap();
    let db = desk.world.db.clone();
    let tenant = desk.world.tenant().to_owned();
    let went = std::thread::spawn(move || {
        let work = start::Work {
            db: &db,
            clock: || backbone_db::Instant::from_unix(crate::tests::NOON + 30),
            partnership: &tenant,
            import: &two.import,
            asked: &two.asked,
            at_most: 2,
        };
        start::write_all(&work, &two.file, two.reader)
    })
    .join()
    .unwrap();
    assert!(!went.unwrap().unwrap(), "it did not come to the end");
    let half = desk.find(&import.id);
    assert_eq!(half.state, State::Importing);
    assert_eq!(desk.measured().len() as u64, half.counts.new);
    assert!(half.counts.new >= 4_000 && half.counts.new < forecast.new);
    desk.assert_rollups_hold();
    desk.drain().await;
    let done = desk.find(&import.id);
    assert_eq!((done.state, &done.counts), (State::Done, &forecast));
    assert_eq!(desk.measured().len() as u64, forecast.new);
    desk.assert_rollups_hold();
    let undone = desk.undo(&import.id).await;
    assert_eq!(
        (undone.state, undone.counts.undone),
        (State::Undone, forecast.new)
    );
    assert!(desk.measured().is_empty());
    desk.assert_rollups_hold();
}

#[tokio::test]
async fn corrections_are_shown_first_applied_on_request_and_taken_back() {
    let desk = Desk::new();
    let metric = desk.world.metric("Pupils");
    let mapped = |mapping: &ImportMapping| ImportMapping {
        metric_id: Some(metric.id.clone()),
        ..mapping.clone()
    };
    let first = desk
        .bring("a.csv", "Year;Value\n2020;10\n2021;20\n")
        .await
        .unwrap();
    desk.map(&first.id, mapped(&first.mapping)).await.unwrap();
    desk.check(&first.id).await;
    desk.start(&first.id, false).await;
    let second = desk
        .bring("b.csv", "Year;Value\n2020;10\n2021;25\n2022;30\n")
        .await
        .unwrap();
    desk.map(&second.id, mapped(&second.mapping)).await.unwrap();
    let checked = desk.check(&second.id).await;
    let counts = &checked.counts;
    assert_eq!((counts.new, counts.same, counts.corrections), (1, 1, 1));
    let rows = desk
        .world
        .read(|conn| store::rows(conn, desk.world.tenant(), &second.id, None, 0, 10));
    assert_eq!(
        (
            rows[0].line,
            rows[0].told.args["old"].as_str(),
            rows[0].told.args["new"].as_str()
        ),
        (3, "20", "25")
    );
    desk.start(&second.id, true).await;
    let value_of = |year: &str| {
        let of = |m: &&crate::measurement::Measurement| m.period.to_string() == year;
        desk.measured()
            .iter()
            .find(of)
            .and_then(|m| m.value.clone())
            .map(|v| v.to_string())
    };
    assert_eq!(value_of("2021").as_deref(), Some("25"));
    desk.assert_rollups_hold();
    let undone = desk.undo(&second.id).await;
    assert_eq!((undone.counts.undone, undone.counts.kept), (2, 0));
    assert_eq!(value_of("2021").as_deref(), Some("20"));
    assert_eq!(value_of("2022"), None);
    desk.assert_rollups_hold();
}

#[tokio::test]
async fn a_wide_table_and_one_with_a_column_for_each_metric() {
    let desk = Desk::new();
    let metric = desk.world.metric("Population");
    let wide = "Country,2019,2020,2021\nAruba,\"1,001\",n/a,1003\nAustria,8877,8917,8952\n";
    let import = desk.bring("population.csv", wide).await.unwrap();
    let mut mapping = import.mapping.clone();
    mapping.metric_id = Some(metric.id.clone());
    mapping.columns[0].role = Role::Dimension;
    desk.map(&import.id, mapping).await.unwrap();
    let checked = desk.check(&import.id).await;
    assert_eq!(
        (
            checked.counts.new,
            checked.counts.blank,
            checked.counts.errors
        ),
        (5, 1, 0)
    );
    let done = desk.start(&import.id, false).await;
    assert_eq!(done.state, State::Done);
    assert!(
        desk.measured()
            .iter()
            .any(|m| m.value.as_ref().is_some_and(|v| v.to_string() == "1001"))
    );

    let new = NewMetric {
        name: "Volunteers".into(),
        ..NewMetric::default()
    };
    desk.world
        .write(|conn| crate::metric::define::define(conn, &desk.actor(), &new))
        .unwrap();
    desk.world.metric("Pupils");
    let side = "Organization,Month,Pupils,Volunteers\nOrganization 1,2026-01,40,3\norganization 2,2026-01,50,\nNobody,2026-01,1,1\n";
    let import = desk.bring("side.csv", side).await.unwrap();
    let roles: Vec<_> = import.mapping.columns.iter().map(|c| c.role).collect();
    assert_eq!(
        roles,
        [
            Role::Organization,
            Role::Period,
            Role::MetricColumn,
            Role::MetricColumn
        ]
    );
    desk.map(&import.id, import.mapping.clone()).await.unwrap();
    let checked = desk.check(&import.id).await;
    assert_eq!(
        (
            checked.counts.new,
            checked.counts.blank,
            checked.counts.errors
        ),
        (3, 1, 1)
    );
    let rows = desk
        .world
        .read(|conn| store::rows(conn, desk.world.tenant(), &import.id, None, 0, 10));
    assert_eq!(
        (rows[0].line, rows[0].told.code.as_str()),
        (4, "organization-unknown")
    );
}
