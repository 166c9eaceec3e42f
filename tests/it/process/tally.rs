//! `backbone tally` recomputes a result from a file alone: no settings, no database, no data folder.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use backbone_tests::process::binary;
use serde_json::{Value, json};

/// Runs the program in an empty environment and an empty folder, with a text on standard input.
fn tally(arguments: &[&str], input: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(binary())
        .arg("tally")
        .args(arguments)
        .env_clear()
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that stops at wrong arguments does not read to the end.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "nothing is written: {left:?}");
    output
}

const CAPITAL: &str = "count,Memphis,Nashville,Chattanooga,Knoxville\n42,1,2,3,4\n26,4,1,2,3\n15,4,3,1,2\n17,4,3,2,1\n";
const CAPITAL_BLT: &str = "4 1\n42 1 2 3 4 0\n26 2 3 4 1 0\n15 3 4 2 1 0\n17 4 3 2 1 0\n0\n\"Memphis\"\n\"Nashville\"\n\"Chattanooga\"\n\"Knoxville\"\n\"Capital\"\n";

#[test]
fn json_holds_exactly_what_is_promised() {
    for (method, winner) in [
        ("schulze", "Nashville"),
        ("ranked-pairs", "Nashville"),
        ("borda", "Nashville"),
        ("irv", "Knoxville"),
        ("scottish-stv", "Knoxville"),
        ("meek-stv", "Knoxville"),
        ("count", "Memphis"),
    ] {
        for input in [CAPITAL, CAPITAL_BLT] {
            let output = tally(&["--method", method, "--json", "-"], input);
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{method}: {told}");
            let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
            let keys: Vec<&String> = printed.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["method", "winners", "ranking", "steps"]);
            assert_eq!(printed["method"], method);
            assert_eq!(printed["winners"], json!([winner]), "{method}");
            assert_eq!(printed["ranking"][0], json!([winner]), "{method}");
            let steps = printed["steps"].as_array().unwrap();
            assert_eq!(steps[0]["kind"], "ballots");
            assert_eq!(
                steps[steps.len() - 1],
                json!({"kind": "result", "winners": [winner]})
            );
        }
    }
}

#[test]
fn words_lead_from_ballots_to_result() {
    let output = tally(&["--method", "irv", "--format", "csv", "-"], CAPITAL);
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "Winner: Knoxville\n",
        "Ranking (irv): Knoxville > Memphis > Nashville > Chattanooga\n",
        "100 ballots, 0 of them blank, for 4 options: Memphis, Nashville, Chattanooga and Knoxville.\n",
        "Chattanooga drops out with 15 votes.\n",
        "Knoxville has more than half: 58 of 100.\n",
        "Result: Knoxville wins.\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn what_is_wrong_is_said_and_told_by_the_exit_code() {
    let bad = CAPITAL_BLT.replace("15 3 4 2 1 0", "15 3 4 9 1 0");
    for (arguments, input, code, says) in [
        (
            vec!["--method", "irv", "-"],
            bad.as_str(),
            1,
            "-: line 4: there is no option number 9; the options are 1 to 4",
        ),
        (
            vec!["--method", "star", "-"],
            CAPITAL_BLT,
            1,
            "star needs a mark for each option",
        ),
        (
            vec!["--method", "irv", "--seats", "5", "-"],
            CAPITAL,
            1,
            "5 seats cannot be filled from 4 options",
        ),
        (
            vec!["--method", "irv", "missing.blt"],
            "",
            1,
            "missing.blt cannot be read",
        ),
        (
            vec!["--method", "guess", "-"],
            CAPITAL,
            2,
            "invalid value 'guess'",
        ),
        (
            vec!["--method", "majority", "--abstain", "Nobody", "-"],
            CAPITAL,
            2,
            "there is no option “Nobody”",
        ),
        (
            vec!["--method", "majority", "--threshold", "3/2", "-"],
            CAPITAL,
            1,
            "3/2 cannot be reached",
        ),
        (
            vec!["--method", "consent", "-"],
            CAPITAL,
            2,
            "what does “Memphis” mean?",
        ),
        (
            vec!["--method", "dots", "--dots", "3", "-"],
            "A,B\n2,2\n",
            1,
            "a ballot spends 4 dots, but each has 3",
        ),
        (
            vec!["--method", "equal-shares", "-"],
            "A,B\n1,1\n",
            1,
            "equal shares needs a budget",
        ),
    ] {
        let output = tally(&arguments, input);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(says), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
    let help = tally(&["--help"], "");
    assert!(String::from_utf8_lossy(&help.stdout).contains("Exit codes: 0 counted"));
}
