use super::*;

#[test]
fn formulas_are_made_harmless_and_numbers_stay() {
    for (text, expected) in [
        ("=1+1", "'=1+1"),
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("+A1", "'+A1"),
        ("-A1", "'-A1"),
        ("-1+1", "'-1+1"),
        ("-2e3", "'-2e3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("+5.25", "+5.25"),
        ("-1234,5", "-1234,5"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("", ""),
    ] {
        assert_eq!(neutral(text), expected, "{text:?}");
    }
}

#[test]
fn csv_is_quoted_and_neutral() {
    let mut out = Vec::new();
    write_csv(&mut out, ["name", "=x"], [["a, \"b\"", "-5"], ["=1", ""]]).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(
        text,
        "name,'=x\r\n\"a, \"\"b\"\"\",-5\r\n'=1,\"\"\r\n".replace(",\"\"\r", ",\r")
    );
}

#[test]
fn numbers_in_a_workbook_are_those_that_come_back_the_same() {
    for (text, number) in [
        ("12.5", true),
        ("-3", true),
        ("0", true),
        ("0.5", true),
        ("007", false),
        ("+5", false),
        ("12,5", false),
        ("1234567890123456", false),
        ("E12000006", false),
        ("1e5", false),
        ("", false),
    ] {
        assert_eq!(exact_number(text).is_some(), number, "{text}");
    }
}

#[test]
fn the_error_file_keeps_the_original_columns() {
    let problem = |row, column: Option<&str>, problem, cells: &[&str]| RowProblem {
        row,
        column: column.map(str::to_owned),
        problem,
        left_out: true,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let other = Problem::Other {
        problem: "it is negative".into(),
        advice: "Check it.".into(),
    };
    let problems = [
        problem(
            3,
            None,
            Problem::TooFewCells {
                found: 1,
                expected: 2,
            },
            &["=x"],
        ),
        problem(7, Some("b"), other, &["1", "-2"]),
    ];
    let words = ErrorFileWords {
        titles: ["row", "problem", "what to do"],
        say: &in_english,
    };
    let mut out = Vec::new();
    write_error_file(&mut out, &["a".into(), "b".into()], &problems, &words).unwrap();
    let lines: Vec<_> = std::str::from_utf8(&out).unwrap().lines().collect();
    assert_eq!(lines[0], "a,b,row,problem,what to do");
    assert!(
        lines[1].starts_with("'=x,,3,The row has 1 cells and the header 2.,\"Add "),
        "{}",
        lines[1]
    );
    assert_eq!(lines[2], "1,-2,7,b: it is negative,Check it.");
}
