//! A closed vote's ballots leave as files, and the program counts each to the same result.

use std::process::Command;

use backbone_identity::Role;
use backbone_tests::process::binary;
use serde_json::{Value, json};

use super::votes::Room;

/// Counts a file with the command that belongs to it, and gives the result.
fn tally(command: &str, file: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let mut words = command.split_whitespace().skip(1);
    let arguments: Vec<&str> = words.by_ref().collect();
    std::fs::write(folder.path().join(arguments.last().unwrap()), file).unwrap();
    let output = Command::new(binary())
        .args(&arguments)
        .arg("--json")
        .env_clear()
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {told}\n{file}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A file's own words say how it is counted again.
fn command(format: &str, file: &str) -> String {
    match format {
        "json" => serde_json::from_str::<Value>(file).unwrap()["command"]
            .as_str()
            .unwrap()
            .to_string(),
        _ => file.lines().nth(1).unwrap()[2..].to_string(),
    }
}

fn same(recorded: &Value, again: &Value, what: &str) {
    for part in ["winners", "ranking", "steps"] {
        assert_eq!(recorded[part], again[part], "{what}: {part}");
    }
}

#[test]
fn every_form_of_file_counts_to_the_recorded_result() {
    let r = Room::new();
    let options = json!({"options": [{"label": "North # one"}, {"label": "South"}, {"label": "\"West\", far"}]});
    let costs = json!({"options": [{"label": "Bench", "cost": 30}, {"label": "Pond", "cost": 60}, {"label": "Path", "cost": 50}]});
    let marks = |a: i32, b: i32, c: i32| json!({"marks": {"o1": a, "o2": b, "o3": c}});
    let rank = |list: Value| json!({ "ranks": list });
    let cases: Vec<(Value, Value, Vec<Value>, &[&str])> = vec![
        (
            json!({"method": "majority", "pass": {"numerator": 1, "denominator": 2, "reaching": true, "of": "cast"}}),
            json!({}),
            vec![
                json!({"option": "agree"}),
                json!({"option": "disagree"}),
                json!({"option": "abstain"}),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "supermajority", "pass": {"numerator": 2, "denominator": 3, "reaching": false, "of": "eligible"}}),
            json!({}),
            vec![
                json!({"option": "agree"}),
                json!({"option": "agree"}),
                json!({"option": "disagree"}),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "consent"}),
            json!({}),
            vec![
                json!({"option": "agree"}),
                json!({"option": "stand_aside"}),
                json!({"option": "abstain"}),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "gradients", "pass": {"numerator": 2, "denominator": 3, "reaching": true, "of": "cast"}}),
            json!({}),
            vec![
                json!({"option": "endorse"}),
                json!({"option": "minor"}),
                json!({"option": "oppose"}),
            ],
            &["json", "csv", "blt"],
        ),
        (
            // A tie that only the lot decides.
            json!({"method": "count"}),
            options.clone(),
            vec![
                json!({"option": "o3"}),
                json!({"option": "o1"}),
                json!({"option": "o2"}),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "schulze"}),
            options.clone(),
            vec![
                rank(json!([["o1"], ["o2", "o3"]])),
                rank(json!([["o3"], ["o1"]])),
                rank(json!([["o2"]])),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "meek_stv", "winners": 2}),
            options.clone(),
            vec![
                rank(json!([["o1"], ["o2"]])),
                rank(json!([["o1"], ["o3"]])),
                rank(json!([["o2"]])),
            ],
            &["json", "csv", "blt"],
        ),
        (
            json!({"method": "score", "lowest": -2, "highest": 5}),
            options.clone(),
            vec![marks(5, -2, 0), marks(1, 4, 3)],
            &["json", "csv"],
        ),
        (
            json!({"method": "dots", "dots": 10}),
            options.clone(),
            vec![marks(7, 3, 0), marks(0, 4, 6)],
            &["json", "csv"],
        ),
        (
            json!({"method": "equal_shares", "budget": 100}),
            costs,
            vec![
                json!({"checks": ["o1", "o2"]}),
                json!({"checks": ["o3"]}),
                json!({"checks": ["o1"]}),
            ],
            &["json"],
        ),
    ];
    for (norms, content, ballots, formats) in cases {
        let what = norms["method"].as_str().unwrap().to_string();
        let id = r.vote(norms, content);
        let voters = [Role::Contributor, Role::Funder, Role::Community];
        for (role, says) in voters.into_iter().zip(ballots) {
            r.cast(&id, role, says).expect(200);
        }
        let path = |format: &str| r.path(&format!("/decisions/{id}/ballot-file?format={format}"));
        let staff = r.api(Role::Staff);
        assert_eq!(
            staff.get(&path("json")).expect(409).problem(),
            "ballots-open"
        );
        r.step(&id, "close", json!({"reason": "All are here"}))
            .expect(200);
        let recorded = r.outcome(&id)["result"]["tally"].clone();
        for format in ["json", "csv", "blt"] {
            let file = staff.get(&path(format));
            if !formats.contains(&format) {
                assert_eq!(
                    file.expect(409).problem(),
                    "ballots-format",
                    "{what} {format}"
                );
                continue;
            }
            let file = file.expect(200).text();
            same(
                &recorded,
                &tally(&command(format, &file), &file),
                &format!("{what} {format}"),
            );
        }
        let page = r.world.home.browser(&r.app, Role::Staff);
        let page = page
            .get(&format!("/p/{}/decisions/{id}/tally", r.world.home.slug))
            .expect(200)
            .text();
        assert!(
            page.contains("ballot-file?format=json") && page.contains("backbone tally --method"),
            "{page}"
        );
        assert_eq!(
            page.contains("ballot-file?format=blt"),
            formats.contains(&"blt"),
            "{what}"
        );
    }
}

#[test]
fn secret_ballots_leave_together_and_not_when_they_are_few() {
    let r = Room::new();
    let few = |from: u32| json!({"method": "majority", "secret": true, "changeable": false, "turnout_from": from});
    let id = r.vote(few(4), json!({}));
    let voters = [Role::Contributor, Role::Funder, Role::Community];
    for role in voters {
        r.cast(&id, role, json!({"option": "agree"})).expect(200);
    }
    r.step(&id, "close", json!({"reason": "Enough"}))
        .expect(200);
    let file = r.path(&format!("/decisions/{id}/ballot-file"));
    assert_eq!(
        r.api(Role::Staff).get(&file).expect(409).problem(),
        "ballots-too-few"
    );
    let standing = r
        .api(Role::Staff)
        .get(&r.path(&format!("/decisions/{id}/ballots")))
        .expect(200)
        .json();
    assert_eq!(standing["ballots"], Value::Null, "{standing}");
    let id = r.vote(few(3), json!({}));
    for (role, says) in voters.into_iter().zip(["agree", "disagree", "agree"]) {
        let body = json!({"says": {"option": says}, "reason": "Because"});
        r.api(role)
            .post(&r.path(&format!("/decisions/{id}/ballot")), &body)
            .expect(200);
    }
    r.step(&id, "close", json!({"reason": "Enough"}))
        .expect(200);
    let file = r
        .api(Role::Staff)
        .get(&r.path(&format!("/decisions/{id}/ballot-file")))
        .expect(200);
    let text = file.text();
    assert!(
        !text.contains("Because") && !text.contains("receipt"),
        "{text}"
    );
    let ballots: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        ballots["ballots"].as_array().unwrap().len(),
        2,
        "equal ones are one line: {text}"
    );
    same(
        &r.outcome(&id)["result"]["tally"],
        &tally(&command("json", &text), &text),
        "secret",
    );
    // Nobody of another partnership gets it.
    let foreign = r
        .app
        .client()
        .bearer(&r.world.foreign.account(Role::Staff).key);
    foreign
        .get(&r.path(&format!("/decisions/{id}/ballot-file")))
        .expect(404);
}

#[test]
fn a_file_that_left_comes_back_with_the_same_result() {
    let r = Room::new();
    let options = json!({"options": [{"label": "North"}, {"label": "South"}, {"label": "West"}]});
    let id = r.vote(json!({"method": "schulze"}), options);
    for (role, ranks) in [
        (Role::Contributor, json!([["o1"], ["o2", "o3"]])),
        (Role::Funder, json!([["o3"], ["o1"]])),
        (Role::Community, json!([["o1"], ["o3"], ["o2"]])),
    ] {
        r.cast(&id, role, json!({ "ranks": ranks })).expect(200);
    }
    r.step(&id, "close", json!({"reason": "All are here"}))
        .expect(200);
    let recorded = r.outcome(&id)["result"]["tally"].clone();
    let staff = r.api(Role::Staff);
    let bring = |format: &str, content: &str, method: &str, day: &str| {
        let about = json!({"body_id": r.body, "title": "Where then?", "method": method, "closed_on": day, "statement": "There"});
        let body = json!({"about": about, "format": format, "content": content});
        staff.post(&r.path("/decision-imports/ballots"), &body)
    };
    for format in ["json", "csv", "blt"] {
        let file = r.path(&format!("/decisions/{id}/ballot-file?format={format}"));
        let file = staff.get(&file).expect(200).text();
        let made = bring(format, &file, "schulze", "2024-05-01")
            .expect(201)
            .json();
        assert_eq!(
            (&made["status"], &made["content"]["options"][0]["label"]),
            (&json!("in_effect"), &json!("o1"))
        );
        let new = made["id"].as_str().unwrap();
        let outcome = r.outcome(new);
        for part in ["winners", "ranking"] {
            assert_eq!(
                outcome["result"]["tally"][part], recorded[part],
                "{format} {part}"
            );
        }
        assert_eq!(
            (&outcome["result"]["voted"], &outcome["statement"]),
            (&json!(3), &json!("There"))
        );
        let again = bring(format, &file, "schulze", "2024-05-01")
            .expect(201)
            .json();
        assert_eq!(
            again["id"], made["id"],
            "the same file is the same decision"
        );
    }
    let weighted = "count,A,B\n42,1,2\n58,2,1\n";
    let made = bring("csv", weighted, "irv", "2024-05-01")
        .expect(201)
        .json();
    let outcome = r.outcome(made["id"].as_str().unwrap());
    assert_eq!(
        (&outcome["result"]["voted"], &outcome["result"]["winners"]),
        (&json!(100), &json!(["o2"]))
    );
    assert_eq!(outcome["result"]["counted"][1]["ballots"], 58);
    for (content, method, day, field, code) in [
        (
            "A,B\n1,1,1\nx,y\n",
            "irv",
            "2024-05-01",
            "file",
            "history-ballots-unread",
        ),
        (
            weighted,
            "majority",
            "2024-05-01",
            "method",
            "history-ballots-method",
        ),
        (
            weighted,
            "irv",
            "2999-05-01",
            "closed_on",
            "history-ballots-day",
        ),
        (weighted, "irv", "", "closed_on", "required"),
    ] {
        let told = bring("csv", content, method, day).expect(422).json();
        assert_eq!(
            (&told["errors"][0]["field"], &told["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{method} {day}"
        );
    }
    let page = r.world.home.browser(&r.app, Role::Staff);
    let path = format!("/p/{}/decisions/import/ballots", r.world.home.slug);
    let sent = page.request("POST", &path).multipart(&[
        ("body_id", "", r.body.as_bytes()),
        ("title", "", b"By paper"),
        ("method", "", b"irv"),
        ("closed_on", "", b"2024-06-01"),
        ("file", "paper.csv", b"count,A,B\n42,1,2\n59,2,1\n"),
    ]);
    let to = sent
        .send()
        .expect(303)
        .header("location")
        .unwrap()
        .to_string();
    let shown = page.get(&to).expect(200).text();
    assert!(
        shown.contains("By paper") && shown.contains("Counted from a file"),
        "{shown}"
    );
}
