//! Files that are made while they are sent hold everything, however much there is.

use backbone_identity::Role;
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

/// One more than a workbook takes, and many pages of the others.
const MANY: usize = 100_001;

/// A metric with `MANY` measurements, written at once.
fn measured(app: &TestApp, world: &World) {
    let staff = world.home.api(app, Role::Staff);
    let metric = json!({"name": "Pupils", "definition": {"kind": "number", "frequency": "month"}});
    let metric = staff.post(&world.home.path("/metrics"), &metric);
    let metric = metric.expect(201).json()["id"].as_str().unwrap().to_owned();
    let partnership = &world.home.id;
    app.sql(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
         INSERT INTO measurements (id, partnership_id, metric_id, organization_id, period, period_start, period_end, dimensions,
            value, marker, source, note, status, version, changed_by, reported_at, changed_at)
         SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT), '{partnership}', '{metric}', '', '2026-10',
            '2026-10-01', '2026-11-01', '{{\"n\":\"' || CAST(i AS TEXT) || '\"}}', CAST(i AS TEXT), 'none', '=SUM(1)', '',
            'reported', 1, 'Staff', '2026-11-01 00:00:00', '2026-11-01 00:00:00' FROM n"
    ));
}

#[test]
fn measurements_are_exported_to_the_last_one_and_a_workbook_says_its_bound() {
    let app = TestApp::start();
    let world = World::seed(&app);
    measured(&app, &world);
    let staff = world.home.api(&app, Role::Staff);
    let file = |format: &str| {
        let path = format!("/measurements-export/{format}?totals=false");
        staff.get(&world.home.path(&path))
    };
    let csv = file("csv").expect(200).text();
    assert_eq!(csv.lines().count(), MANY + 1);
    assert!(
        csv.lines().nth(1).unwrap().contains("100000100001"),
        "newest first"
    );
    assert!(csv.lines().last().unwrap().contains("100000000001"));
    assert!(csv.contains("'=SUM(1)") && !csv.contains(",=SUM(1)"));
    let all = file("json").expect(200).json();
    let Value::Array(rows) = all else {
        panic!("a list")
    };
    let sum: u64 = rows
        .iter()
        .map(|row| row["value"].as_str().unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(sum, (MANY as u64) * (MANY as u64 + 1) / 2, "each once");
    let refused = file("xlsx").expect(422);
    assert_eq!(refused.problem(), "export-workbook");
    // The number may be written with separators of the language.
    assert!(refused.text().contains("100"), "{}", refused.text());
    let none = staff.get(&world.home.path("/measurements-export/json?period=1999"));
    assert_eq!(none.expect(200).json(), json!([]));
}

#[test]
fn contributions_are_exported_over_several_pages() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let organization = world
        .home
        .organization(backbone_identity::OrganizationRole::Partner);
    let entry = |n: usize| {
        json!({"organization_id": organization, "kind": "treasure", "activity": format!("Gift {n}"),
            "period": format!("2026-{:02}", 1 + n % 9), "amount": "10.00", "currency": "EUR"})
    };
    for part in 0..5 {
        let entries: Vec<Value> = (0..500).map(|n| entry(part * 500 + n)).collect();
        let body = json!({"contributions": entries});
        staff
            .post(&world.home.path("/contributions/bulk"), &body)
            .expect(201);
    }
    let csv = staff.get(&world.home.path("/contributions/export?format=csv"));
    assert_eq!(csv.expect(200).text().lines().count(), 2501);
    let all = staff.get(&world.home.path("/contributions/export?format=json"));
    let all = all.expect(200).json();
    let mut ids: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 2500);
    let totals = staff.get(&world.home.path("/contributions/totals"));
    let totals = totals.expect(200).json()["totals"].clone();
    assert_eq!(
        (
            totals["contributions"].clone(),
            totals["organizations"].clone()
        ),
        (json!(2500), json!(1))
    );
    assert_eq!(totals["people"], Value::Null, "no hours were given");
}
