use backbone_ingest::table::{Problem, Refusal, TableNote};
use backbone_sandbox::SandboxError;
use backbone_web::{Args, Catalogue, Lang};

use super::Desk;
use crate::import::{Role, State, Told, store, told};

#[tokio::test]
async fn every_row_that_cannot_be_imported_says_why() {
    let desk = Desk::new();
    let metric = desk.world.metric("Pupils");
    let file = "Year,Area,Value\n2020,North,10\n2020,North,10\n2020,North,11\n20x0,North,5\n2021,North,many\n2022,North\n\
                2023,North,\"1,234,56\"\n2024,=1+1,7\n2025,South,8";
    let import = desk.bring("faults.csv", file).await.unwrap();
    let mut mapping = import.mapping.clone();
    mapping.metric_id = Some(metric.id.clone());
    mapping.columns[1].role = Role::Dimension;
    desk.map(&import.id, mapping).await.unwrap();
    let checked = desk.check(&import.id).await;
    assert_eq!(checked.state, State::Checked);
    let rows = desk
        .world
        .read(|conn| store::rows(conn, desk.world.tenant(), &import.id, None, 0, 50));
    let told: Vec<_> = rows
        .iter()
        .map(|r| (r.line, r.told.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "duplicate"),
            (4, "contradiction"),
            (5, "period-unknown"),
            (6, "number-not-a-number"),
            (7, "too-few-cells"),
            (8, "number-bad-groups"),
        ]
    );
    assert_eq!(
        (
            checked.counts.new,
            checked.counts.duplicates,
            checked.counts.errors
        ),
        (3, 1, 5)
    );
    let catalogue = desk.core.renderer.catalogue();
    for lang in Lang::ALL {
        for row in &rows {
            for kind in ["import-problem", "import-advice"] {
                let said = row.told.text(catalogue, lang, kind);
                assert!(!said.contains('⟦'), "{said}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_table_is_refused_with_a_reason() {
    let desk = Desk::new();
    let cell = format!("Year,Value\n2020,\"{}\n", "x".repeat(40_000));
    let columns = ",".repeat(2_000);
    for (name, text, code) in [
        ("empty.csv", "\n\n", "import-empty"),
        ("cell.csv", cell.as_str(), "import-cell-too-long"),
        ("columns.csv", columns.as_str(), "import-too-many-columns"),
        (
            "book.xlsx",
            "PK\u{3}\u{4}not a workbook",
            "import-sandbox-unavailable",
        ),
        ("note.pdf", "%PDF-1.4", "import-not-a-table"),
    ] {
        let problem = desk.bring(name, text).await.unwrap_err();
        assert_eq!(problem.code, code, "{name}");
        for lang in Lang::ALL {
            let catalogue = desk.core.renderer.catalogue();
            let said = problem.title(catalogue, lang) + &problem.detail(catalogue, lang);
            assert!(!said.contains('⟦') && said.len() > 30, "{name}: {said}");
        }
    }
}

/// Codes that come from elsewhere, each with the arguments that it brings.
fn codes() -> Vec<(&'static str, Told)> {
    let text = || String::from("x");
    let row = |p: Problem| ("import-problem", Told::of(&p));
    let note = |n: TableNote| ("import-note", Told::of(&n));
    let mut all = vec![
        row(Problem::TooFewCells {
            found: 1,
            expected: 2,
        }),
        row(Problem::TooManyCells {
            found: 3,
            expected: 2,
        }),
        row(Problem::EndsMidRow {
            found: 1,
            expected: 2,
        }),
        row(Problem::EndsMidQuote),
        row(Problem::CellError { error: text() }),
        row(Problem::FormulaWithoutResult { cell: text() }),
        note(TableNote::Encoding { encoding: text() }),
        note(TableNote::BlankHeader { name: text() }),
        note(TableNote::DuplicateHeader {
            header: text(),
            name: text(),
        }),
        note(TableNote::LinesAboveHeader { count: 2 }),
        note(TableNote::NoFinalLineEnd { row: 3 }),
        note(TableNote::OtherSheets {
            read: text(),
            others: text(),
        }),
        note(TableNote::Formulas {
            count: 2,
            first: text(),
        }),
    ];
    for (code, args) in [
        ("day-order", &["order", "example"][..]),
        ("mixed-day-order", &["day_first", "month_first"]),
        ("year-pairs", &["example"]),
        ("mixed-pairs", &["years", "month"]),
        ("decimal-comma", &["example"]),
        ("assumed", &["example", "read_as"]),
        ("mixed", &["point", "comma"]),
    ] {
        let told = args
            .iter()
            .fold(Told::new(code), |told, name| told.arg(name, "x"));
        all.push(("import-note", told));
    }
    for code in [
        "period-blank",
        "period-unknown",
        "period-marked-year",
        "period-ambiguous-day",
        "period-ambiguous-fiscal-year",
        "period-no-such-month",
        "period-no-such-quarter",
        "period-no-such-half",
        "period-no-such-week",
        "period-no-such-day",
        "period-ends-before-start",
        "period-out-of-range",
        "number-not-a-number",
        "number-formula",
        "number-spreadsheet-error",
        "number-ambiguous",
        "number-bad-groups",
        "number-too-long",
        "number-too-large",
        "metric-gone",
        "metric-blank",
        "metric-unknown",
        "metric-retired",
        "organization-unknown",
        "denominator-zero",
        "parts-incomplete",
        "dimensions-many",
        "dimension-long",
    ] {
        all.push(("import-problem", Told::new(code).arg("text", "x")));
    }
    all.push(("import-problem", Told::new("duplicate").arg("row", 3)));
    all.push(("import-problem", Told::new("contradiction").arg("row", 3)));
    all.push((
        "import-problem",
        Told::new("correction").arg("old", 3).arg("new", 4),
    ));
    all.push((
        "import-problem",
        Told::new("currency")
            .arg("found", "USD")
            .arg("expected", "EUR"),
    ));
    all.push((
        "import-problem",
        Told::new("parts-disagree").arg("text", 3).arg("divided", 4),
    ));
    all.push((
        "import-problem",
        Told::new("dimension-unknown").arg("allowed", "x"),
    ));
    all
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    let mut builder = Catalogue::builder();
    builder.add("metrics", Lang::En, include_str!("../../../locales/en.ftl"));
    builder.add("metrics", Lang::Nl, include_str!("../../../locales/nl.ftl"));
    let catalogue = builder.build().unwrap();
    for lang in Lang::ALL {
        for (kind, told) in codes() {
            assert!(
                !told.text(&catalogue, lang, kind).contains('⟦'),
                "{kind}-{} in {lang}",
                told.code
            );
            if kind == "import-problem" {
                let advice = told.text(&catalogue, lang, "import-advice");
                assert!(
                    !advice.contains('⟦'),
                    "import-advice-{} in {lang}",
                    told.code
                );
            }
        }
        for error in refusals() {
            let problem = told::refused(&error);
            assert_ne!(
                (problem.code, error.to_string().contains("damaged")),
                ("import-damaged", false)
            );
            let key = format!("problem-{}", problem.code);
            assert!(catalogue.has(lang, &key), "{key} in {lang}");
            assert!(
                !problem.detail(&catalogue, lang).contains('⟦'),
                "{key}-detail in {lang}"
            );
            let failure = Told::refusal(&error).text(&catalogue, lang, "problem-import");
            assert!(!failure.contains('⟦'), "{failure}");
        }
        let failure =
            Told::new("database")
                .arg("text", "x")
                .text(&catalogue, lang, "problem-import");
        assert!(!failure.contains('⟦'), "{failure}");
        assert!(
            catalogue
                .try_text(lang, "imports-title", &Args::new())
                .is_ok()
        );
    }
}

fn refusals() -> Vec<backbone_ingest::ReadError> {
    let text = || String::from("x");
    let refused = [
        Refusal::Empty,
        Refusal::TooLarge { size: 2, limit: 1 },
        Refusal::TooManyRows { limit: 1 },
        Refusal::TooManyColumns { row: 1, limit: 1 },
        Refusal::CellTooLong {
            at: text(),
            limit: 1,
        },
        Refusal::NotATable { found: text() },
        Refusal::UnpacksTooLarge { size: 2, limit: 1 },
        Refusal::TooManyParts { count: 2, limit: 1 },
        Refusal::FarCell { cell: text() },
        Refusal::NoSuchSheet {
            name: text(),
            sheets: text(),
        },
        Refusal::Damaged { detail: text() },
    ];
    let stopped = [
        SandboxError::TooMuchMemory,
        SandboxError::Killed,
        SandboxError::TooSlow,
        SandboxError::TooMuchOutput,
        SandboxError::TooMuchInput { size: 2, limit: 1 },
        SandboxError::Refused(text()),
        SandboxError::Crashed(text()),
        SandboxError::Busy,
        SandboxError::Unavailable(std::io::ErrorKind::NotFound.into()),
    ];
    let refused = refused.into_iter().map(Into::into);
    refused.chain(stopped.into_iter().map(Into::into)).collect()
}
