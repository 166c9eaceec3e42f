//! Files of ballots: what is read, what is refused and with which words, and that what is written reads back the same.

use backbone_tally::files::{Cells, Format, read, write};
use backbone_tally::{Election, Method, Rules, Strength, count};

fn ranks(text: &str, format: Format) -> Election {
    read(text.as_bytes(), format, Cells::Ranks).expect("a good file")
}

fn refusal(text: &str, format: Format, cells: Cells) -> String {
    read(text.as_bytes(), format, cells)
        .expect_err("a bad file")
        .to_string()
}

/// Everything that an election holds, as text.
fn show(election: &Election) -> String {
    let mut ballots: Vec<String> = election
        .rankings()
        .map(|(groups, weight)| format!("{weight} {groups:?}"))
        .chain(
            election
                .markings()
                .map(|(marks, weight)| format!("{weight} {marks:?}")),
        )
        .collect();
    ballots.sort();
    let options: Vec<String> = (0..election.options().len())
        .map(|option| {
            let name = &election.options()[option];
            let (cost, out) = (election.cost(option), election.is_withdrawn(option));
            format!("{name:?} {cost:?} {out}")
        })
        .collect();
    format!(
        "{:?} seats {:?} budget {:?} places {} blank {}\n{options:?}\n{ballots:?}",
        election.title,
        election.seats,
        election.budget,
        election.weight_places(),
        election.blank_weight()
    )
}

const BLT: &str = r#"# a comment
4 2        # four options, two seats
-2
3 1 3=4 0
(7) 2.5 4 - 1 0   # a skipped place, a number of its own, half a vote
1 0
2 2 0
0
"Anna \"Ann\" #1"
"Bob"
"Carol"
"Dan"
"A title"
"#;

#[test]
fn blt_with_all_that_it_knows() {
    let election = ranks(BLT, Format::Blt);
    assert_eq!(
        show(&election),
        "Some(\"A title\") seats Some(2) budget None places 1 blank 10\n\
         [\"\\\"Anna \\\\\\\"Ann\\\\\\\" #1\\\" None false\", \"\\\"Bob\\\" None true\", \"\\\"Carol\\\" None false\", \"\\\"Dan\\\" None false\"]\n\
         [\"20 [[1]]\", \"25 [[3], [0]]\", \"30 [[0], [2, 3]]\"]"
    );
    let again = ranks(
        &write(&election, Format::Blt).expect("written"),
        Format::Blt,
    );
    assert_eq!(show(&again), show(&election));
}

#[test]
fn what_is_wrong_with_a_blt_is_said_with_its_line() {
    for (text, expected) in [
        ("", "line 1: the file ends before the number of options"),
        (
            "x 1\n",
            "line 1: “x” is not the number of options; write a number",
        ),
        (
            "0 1\n",
            "line 1: the first line says how many options (1 to 5000) and seats there are",
        ),
        (
            "2 1\n1 3 0\n",
            "line 2: there is no option number 3; the options are 1 to 2",
        ),
        (
            "2 1\n1 a 0\n",
            "line 2: “a” is not the number of an option; the options are 1 to 2, and 0 ends a ballot",
        ),
        (
            "2 1\n1 1 1 0\n0\n",
            "line 2: a ballot names “1” twice; one place for each option",
        ),
        (
            "2 1\n1 1 2\n",
            "line 2: this ballot does not end; put a 0 after its last option",
        ),
        (
            "2 1\n1 1 0\n",
            "line 3: the ballots do not end; put a line with a single 0 after the last one",
        ),
        (
            "2 1\n1 1 0\n\"A\"\n",
            "line 3: a name stands before the end of the ballots; put a line with a single 0 before the names",
        ),
        (
            "2 1\n0\n\"A\"\n",
            "line 3: 2 options have 1 names; give each its name in double quotes",
        ),
        (
            "2 1\n0\n\"A\"\n\"B\n",
            "line 4: a name in double quotes does not end on its line; close the quotes",
        ),
        (
            "2 1\n0\n\"A\"\n\"A\"\n",
            "line 4: the option “A” is there twice; give each option its own name",
        ),
        (
            "2 1\n0\n\"A\"\n\"B\"\n\"T\"\n\"X\"\n",
            "line 6: there is more after 2 names and a title; remove it",
        ),
        (
            "2 1\n1e3 1 0\n",
            "line 2: “1e3” is not a weight; write a number such as 1, 42 or 1.5",
        ),
        (
            "2 1\n0.1234567 1 0\n",
            "line 2: the weight 0.1234567 has more than 6 decimals; round it",
        ),
        (
            "2 1\n9999999999999999 1 0\n",
            "line 2: the weight 9999999999999999 is more than can be counted; use smaller weights",
        ),
    ] {
        assert_eq!(
            refusal(text, Format::Blt, Cells::Ranks),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn csv_in_each_layout_says_the_same() {
    let layouts = [
        "count,A,B,C\n2,1,2,2\n1,,3,1\n1,,,\n",
        "count;1;2;3\n2;A;B=C;\n1;C;B;\n1;;;\n",
        "# a comment\nranking,weight\nA > B = C,2\nC > B,1\n,1\n",
    ];
    let shown: Vec<String> = layouts
        .iter()
        .map(|text| show(&ranks(text, Format::Csv)))
        .collect();
    assert_eq!(
        shown[0],
        "None seats None budget None places 0 blank 1\n\
         [\"\\\"A\\\" None false\", \"\\\"B\\\" None false\", \"\\\"C\\\" None false\"]\n\
         [\"1 [[2], [1]]\", \"2 [[0], [1, 2]]\"]"
    );
    assert_eq!(shown[1], shown[0]);
    assert_eq!(shown[2], shown[0]);
    let headless = ranks("42,Memphis,Nashville\n26,Nashville,Memphis\n", Format::Csv);
    assert_eq!(headless.weight(), 68);
    let headless = ranks(
        "Memphis,Nashville\nNashville,Memphis\nNashville\n",
        Format::Csv,
    );
    assert_eq!(headless.weight(), 3);
}

#[test]
fn what_is_wrong_with_a_csv_is_said_with_its_line() {
    for (text, cells, expected) in [
        (
            "",
            Cells::Ranks,
            "the file is empty; the first line names the options or the places",
        ),
        (
            "A,B\n1,2\n0,1\n",
            Cells::Ranks,
            "line 3: “0” is not a rank for “A”; write 1, 2, 3, … or leave it empty",
        ),
        (
            "A,B\n1,2\n1,2.5\n",
            Cells::Marks,
            "line 3: “2.5” is not a mark for “B”; write a whole number or leave it empty",
        ),
        (
            "A,B\n1,2,3\n",
            Cells::Ranks,
            "line 2: “3” stands beyond the last head of the first line; remove it, or add a head",
        ),
        (
            "A,A\n1,2\n",
            Cells::Ranks,
            "line 1: two columns have the same head; give each option its own name",
        ),
        (
            "1,2\nA,A\n",
            Cells::Ranks,
            "line 2: a ballot names “A” twice; one place for each option",
        ),
        (
            "count,A\nx,1\n",
            Cells::Ranks,
            "line 2: “x” is not a weight; write a number such as 1, 42 or 1.5",
        ),
        (
            "count,A\n0,1\n",
            Cells::Ranks,
            "line 2: a ballot must count for more than nothing; leave out ballots of weight 0",
        ),
    ] {
        assert_eq!(refusal(text, Format::Csv, cells), expected, "{text:?}");
    }
    let bytes = b"A,B\n1,\xff\n";
    let error = read(bytes, Format::Csv, Cells::Ranks).expect_err("not UTF-8");
    assert_eq!(
        error.to_string(),
        "line 2: this is not UTF-8 text; save the file as UTF-8"
    );
}

#[test]
fn json_with_all_that_it_knows_reads_back_the_same() {
    let text = r#"{"title": "Garden", "seats": 2, "budget": 500,
        "options": ["Bench", {"name": "Pond", "cost": 300}, {"name": "Path", "withdrawn": true}],
        "ballots": [{"count": 2, "marks": {"Bench": 5, "Pond": null}}, {"weight": "1.25", "checks": ["Pond", "Path"]}, {}]}"#;
    let election = ranks(text, Format::Json);
    assert_eq!(
        show(&election),
        "Some(\"Garden\") seats Some(2) budget Some(500) places 2 blank 100\n\
         [\"\\\"Bench\\\" None false\", \"\\\"Pond\\\" Some(300) false\", \"\\\"Path\\\" None true\"]\n\
         [\"125 [(1, 1), (2, 1)]\", \"200 [(0, 5)]\"]"
    );
    let again = ranks(
        &write(&election, Format::Json).expect("written"),
        Format::Json,
    );
    assert_eq!(show(&again), show(&election));
    let ranked = r#"{"ballots": [{"ranking": ["A", ["B", "C"]]}, {"choice": "C"}], "options": ["A", "B", "C"]}"#;
    let ranked = ranks(ranked, Format::Json);
    let again = ranks(&write(&ranked, Format::Csv).expect("written"), Format::Csv);
    assert_eq!(show(&again), show(&ranked));
}

#[test]
fn what_is_wrong_with_a_json_is_said_with_its_line() {
    for (text, expected) in [
        (
            "{\n\"options\": [\"A\"],\n\"ballots\": [\n{\"choice\": \"B\"}]}",
            "line 4: there is no option “B”; add it to the options, or correct the ballot",
        ),
        (
            "{\n\"options\": [\"A\"],\n\"ballots\": [\n{\"marks\": {\"A\": 1, \"A\": 2}}]}",
            "line 4: a ballot names “A” twice; one place for each option",
        ),
        (
            "{\n\"options\": [\"A\"],\n\"ballots\": [{\"marks\": {\"A\": 1.5}}]}",
            "line 3: 1.5 is not a mark for “A”; write a whole number, or leave it out",
        ),
        (
            "{\"options\": [\"A\"], \"ballots\": [{\"choice\": \"A\", \"checks\": []}]}",
            "line 1: a ballot has one of choice, ranking, marks and checks, not several",
        ),
        (
            "{\"options\": [\"A\"],\n\"ballots\": [{\"choice\": \"A\"}, {\"checks\": [\"A\"]}]}",
            "line 2: rankings and marks cannot be mixed in one election; use one kind of ballot",
        ),
        ("{\"options\": [\"A\"]}", "line 1: missing field `ballots`"),
        (
            "{\"options\": [\"A\"], \"ballots\": [{\"rank\": []}]}",
            "line 1: unknown field `rank`, expected one of `count`, `weight`, `choice`, `ranking`, `marks`, `checks`",
        ),
    ] {
        assert_eq!(
            refusal(text, Format::Json, Cells::Ranks),
            expected,
            "{text}"
        );
    }
}

#[test]
fn a_participatory_budget_from_a_pb_file() {
    let text = "META\nkey;value\ndescription;A street\nbudget;1000\nvote_type;approval\nPROJECTS\nproject_id;cost;name\np1;600;Trees\np2;400;Bench\nVOTES\nvoter_id;vote\n1;p1,p2\n2;p2\n";
    let election = ranks(text, Format::Pb);
    assert_eq!(
        (election.budget, election.cost(0), election.weight()),
        (Some(1000), Some(600), 2)
    );
    let wrong = text.replace("2;p2", "2;p3");
    assert_eq!(
        refusal(&wrong, Format::Pb, Cells::Marks),
        "line 13: there is no project “p3”; add it to PROJECTS, or correct the vote"
    );
}

#[test]
fn a_withdrawn_option_is_passed_over() {
    let schulze = Method::Schulze {
        strength: Strength::WinningVotes,
    };
    let text = "3 1\n-1\n3 1 2 3 0\n2 3 2 0\n4 1 0\n0\n\"A\"\n\"B\"\n\"C\"\n";
    let tally = count(&schulze, &ranks(text, Format::Blt), &Rules::default()).expect("counted");
    assert_eq!(tally.winners, ["B".into()]);
    assert_eq!(tally.ranking.len(), 2, "A is not in the ranking");
}
