//! A large file through the running program: upload, mapping, dry run, import, and back. What is counted is what is there, and
//! the program's memory does not grow with the file.
//!
//! `BACKBONE_TEST_ROWS=1000000` tries a large one and prints time, rows a second and the peak of memory.

use std::fmt::Write as _;
use std::time::Instant;

use backbone_identity::Role;
use backbone_tests::process::{Program, Setup, wait};
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

/// Rows of a run of all tests.
const ROWS: usize = 6_000;
/// Metrics and organizations that the rows are of.
const OF: (usize, usize) = (5, 20);
/// Bytes of memory that an import of any size may take beyond what the program had before.
const MORE: u64 = 160 << 20;

fn rows() -> usize {
    let set = std::env::var("BACKBONE_TEST_ROWS").ok();
    set.and_then(|n| n.parse().ok()).unwrap_or(ROWS)
}

/// By month, metric and organization, with one cell in fifty blank; at the end a repeated row, one with another value, a word in
/// place of a figure, and an organization that is not there.
fn file(rows: usize) -> (String, usize) {
    let mut text = String::from("Period,Metric,Organization,Value,Remark\n");
    let mut blank = 0;
    for row in 0..rows {
        let (month, metric, of) = (row / (OF.0 * OF.1), row / OF.1 % OF.0, row % OF.1);
        let (year, month) = (1200 + month / 12, 1 + month % 12);
        let value = match row % 50 {
            49 => {
                blank += 1;
                "n/a".to_string()
            }
            _ => format!("{}.5", row % 997),
        };
        writeln!(
            text,
            "{year}-{month:02},Metric {metric},Member {of:03},{value},week {}",
            row % 52
        )
        .unwrap();
    }
    text.push_str("1200-01,Metric 0,Member 000,0.5,twice\n");
    text.push_str("1200-01,Metric 0,Member 001,999,differs\n");
    text.push_str("1200-01,Metric 0,Member 002,many,a word\n");
    text.push_str("1200-01,Metric 0,Nobody at all,7,unknown\n");
    (text, blank)
}

fn seed(app: &TestApp, world: &World) -> Client {
    let staff = app.client().bearer(&world.home.account(Role::Staff).key);
    for n in 0..OF.0 {
        let metric = json!({"name": format!("Metric {n}"), "frequency": "month"});
        staff
            .post(&world.home.path("/metrics"), &metric)
            .expect(201);
    }
    for n in 0..OF.1 {
        let new = json!({"name": format!("Member {n:03}"), "role": "partner", "sector": "civil", "public_name": true});
        staff
            .post(&world.home.path("/organizations"), &new)
            .expect(201);
    }
    staff
}

/// Waits as long as the import gets on.
fn until(staff: &Client, program: &Program, this: &str, state: &str) -> Value {
    let mut before = (String::new(), Value::Null);
    loop {
        let it = wait(
            &format!("the import to get on to {state}"),
            || program.output(),
            || {
                let it = staff.get(this).expect(200).json();
                let here = (it["state"].to_string(), it["position"].clone());
                (it["state"] == state || here != before).then_some(it)
            },
        );
        if it["state"] == state {
            return it;
        }
        assert_ne!(it["state"], "failed", "{it}");
        before = (it["state"].to_string(), it["position"].clone());
    }
}

#[test]
fn a_large_file_goes_all_the_way_and_back_in_bounded_memory() {
    let rows = rows();
    let app = TestApp::start();
    let world = World::seed(&app);
    seed(&app, &world);
    let program = Setup::new(app.folder.path(), &app.database.setting()).serve();
    let staff = program
        .client()
        .bearer(&world.home.account(Role::Staff).key);
    let imports = world.home.path("/imports");
    let (content, blank) = file(rows);
    let bytes = content.len();
    // What a first import costs in any case is not the file's.
    let (small, _) = file(OF.0 * OF.1);
    bring(&staff, &imports, &small);
    let before = program.peak_memory();

    let clock = Instant::now();
    let lap = |what: &str| {
        println!(
            "{what}: {:.1} s, peak {} MiB",
            clock.elapsed().as_secs_f64(),
            program.peak_memory() >> 20
        );
    };
    let made = bring(&staff, &imports, &content);
    drop(content);
    lap("uploaded and looked through");
    let this = format!("{imports}/{}", made["id"].as_str().unwrap());
    let change = json!({"mapping": made["mapping"]});
    let version = made["version"].as_i64().unwrap();
    staff.patch(&this, version, &change).expect(200);
    staff.post(&format!("{this}/check"), &json!({})).expect(202);
    let checked = until(&staff, &program, &this, "checked");
    lap("checked");
    let told =
        |it: &Value| ["new", "blank", "duplicates", "errors"].map(|c| it["counts"][c].clone());
    let expected = [rows - blank, blank, 1, 3].map(|n| json!(n));
    assert_eq!(told(&checked), expected, "{checked}");
    assert_eq!(app.count("measurements"), 0, "a dry run writes nothing");
    let errors = staff.get(&format!("{this}/errors.csv")).expect(200).text();
    for part in ["many", "Nobody at all", "differs"] {
        assert!(errors.contains(part), "{part} in {errors}");
    }

    staff.post(&format!("{this}/start"), &json!({})).expect(202);
    let done = until(&staff, &program, &this, "done");
    lap("imported");
    let seconds = clock.elapsed().as_secs_f64();
    println!(
        "{rows} rows, {} MiB: {:.0} rows a second from upload to the last row; {} MiB beyond the {} MiB before",
        bytes >> 20,
        rows as f64 / seconds,
        program.peak_memory().saturating_sub(before) >> 20,
        before >> 20
    );
    assert_eq!(told(&done), expected, "{done}");
    assert_eq!(app.count("measurements") as usize, rows - blank);
    assert_eq!(app.count("measurements WHERE value = '999'"), 0);
    // Each once, with the value that stands in its row.
    let kinds = "SELECT DISTINCT metric_id, organization_id, period FROM measurements";
    assert_eq!(
        app.count(&format!("({kinds}) AS one")) as usize,
        rows - blank
    );
    let last = rows - 2;
    let known = format!(
        "measurements m JOIN organizations o ON o.id = m.organization_id WHERE o.name = 'Member {:03}' AND m.value = '{}.5'",
        last % OF.1,
        last % 997
    );
    assert!(app.count(&known) >= 1, "{known}");

    staff.post(&format!("{this}/undo"), &json!({})).expect(202);
    let undone = until(&staff, &program, &this, "undone");
    lap("taken back");
    assert_eq!(undone["counts"]["undone"], rows - blank, "{undone}");
    let standing = "measurements WHERE status <> 'withdrawn'";
    assert_eq!(app.count(standing), 0);
    let more = program.peak_memory().saturating_sub(before);
    assert!(more < MORE, "{} MiB for {} MiB", more >> 20, bytes >> 20);
    staff.get(&world.home.path("/events/verify")).expect(200);
}

/// Uploads a file; gives what was found.
fn bring(staff: &Client, imports: &str, content: &str) -> Value {
    let request = staff.request("POST", imports);
    let request = request.multipart(&[("file", "figures.csv", content.as_bytes())]);
    request.send().expect(201).json()
}
