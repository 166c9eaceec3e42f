//! Workbooks, good and hostile, read through the sandbox: each is read or refused with a reason,
//! and none is a danger to the process that asked.

use std::{
    io::{Cursor, Write},
    time::Duration,
};

use backbone_ingest::{ReadError, Table, TableLimits, table};
use backbone_sandbox::{Limits, Sandbox};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet; `before` goes in front of its rows.
fn workbook(before: &str, rows: &str, shared: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData></worksheet>"#
    );
    archive(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (SHEET, &sheet),
        ("xl/sharedStrings.xml", shared),
    ])
}

fn plain(rows: &str) -> Vec<u8> {
    workbook("", rows, "<sst></sst>")
}

/// Changes the unpacked size that the archive claims for a part.
fn claim(mut bytes: Vec<u8>, part: &str, size: u32) -> Vec<u8> {
    for (signature, size_at, name_at) in [(b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)] {
        let found: Vec<usize> = (0..bytes.len())
            .filter(|at| bytes[*at..].starts_with(signature))
            .filter(|at| {
                bytes
                    .get(at + name_at..)
                    .is_some_and(|rest| rest.starts_with(part.as_bytes()))
            })
            .collect();
        for at in found {
            bytes[at + size_at..at + size_at + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    bytes
}

fn text_cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn row(number: u32, cells: &str) -> String {
    format!(r#"<row r="{number}">{cells}</row>"#)
}

const SMALL: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2.5</v></c></row>"#;

async fn read(bytes: Vec<u8>) -> Result<Table, ReadError> {
    let limits = Limits {
        memory: 256 << 20,
        cpu: Duration::from_secs(60),
        wall: Duration::from_secs(120),
        ..Limits::default()
    };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_backbone-ingest-probe"), limits, 0);
    table::read(&sandbox, bytes, None, &TableLimits::default()).await
}

#[tokio::test]
async fn a_workbook_becomes_rows() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Figures").unwrap();
    for (column, name) in (0..).zip(["Day", "Name", "Hours", "Sum", "Long"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    let day = ExcelDateTime::from_ymd(2020, 1, 15).unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let duration = Format::new().set_num_format("[h]:mm:ss");
    sheet.write_datetime_with_format(1, 0, &day, &date).unwrap();
    sheet.write_string(1, 1, "Zoë & co").unwrap();
    sheet.write_number(1, 2, 0.1 + 0.2).unwrap();
    sheet
        .write_formula(1, 3, Formula::new("=C2*2").set_result("0.6"))
        .unwrap();
    sheet
        .write_number_with_format(1, 4, 1.5625, &duration)
        .unwrap();
    sheet
        .write_formula(3, 3, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    workbook.add_worksheet().set_name("Notes").unwrap();
    let table = read(workbook.save_to_buffer().unwrap()).await.unwrap();

    assert_eq!(table.headers, ["Day", "Name", "Hours", "Sum", "Long"]);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|r| (r.number, r.cells.join("|")))
        .collect();
    assert_eq!(
        rows[0],
        (2, "2020-01-15|Zoë & co|0.3|0.6|37:30:00".to_owned())
    );
    let notes: Vec<_> = table.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "The sheet “Figures” was read; not read: Notes.",
            "2 cells hold formulas (the first is D2); the results stored in the file were used.",
        ]
    );
    let problems: Vec<_> = table
        .problems
        .iter()
        .map(|p| format!("{} {}", p.row, p.problem))
        .collect();
    assert_eq!(problems, ["4 The cell holds the error #DIV/0!."]);
    assert_eq!(table.problems[0].column.as_deref(), Some("Sum"));
}

#[tokio::test]
async fn a_formula_without_a_result_is_reported() {
    let rows = format!(
        "{SMALL}{}",
        row(3, r#"<c r="A3"><v>1</v></c><c r="B3"><f>A3*2</f></c>"#)
    );
    let table = read(plain(&rows)).await.unwrap();
    let problem = &table.problems[0];
    assert_eq!(
        problem.problem.to_string(),
        "Cell B3 holds a formula without a stored result."
    );
    assert_eq!((problem.row, problem.column.as_deref()), (3, Some("b")));
}

#[tokio::test]
async fn what_a_sheet_claims_about_its_size_costs_nothing() {
    for claimed in ["A1:XFD1048576", "A1:BDWGN1", "A1:ZZZZZZ99999999"] {
        let before =
            format!(r#"<dimension ref="{claimed}"/><cols><col min="1" max="1000000"/></cols>"#);
        let table = read(workbook(&before, SMALL, "<sst></sst>")).await.unwrap();
        assert_eq!(table.rows[0].cells, ["1", "2.5"], "{claimed}");
    }
}

#[tokio::test]
async fn hostile_workbooks_are_refused_with_the_reason() {
    let long = "x".repeat(1 << 20);
    let empty_columns: String = (0..20_000).map(|_| "<c s=\"1\"/>").collect();
    let many: Vec<(String, &str)> = (0..5000).map(|i| (format!("part{i}"), "")).collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let one_long = |text: &str| plain(&format!("{SMALL}{}", row(3, &text_cell("B3", text))));
    let huge = one_long(&"x".repeat(17 << 20));
    let shared = |text: &str| workbook("", SMALL, text);
    let cut = {
        let mut bytes = plain(SMALL);
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    for (name, bytes, expected) in [
        (
            "a far cell",
            plain(&format!(
                "{SMALL}{}",
                row(1_048_576, &text_cell("XFD1048576", "x"))
            )),
            "XFD1048576",
        ),
        (
            "a cell off the sheet",
            plain(&format!("{SMALL}{}", row(3, &text_cell("ZZZZ3", "x")))),
            "far from any table",
        ),
        (
            "twenty thousand empty cells",
            plain(&row(1, &empty_columns)),
            "far from any table",
        ),
        (
            "a long cell",
            one_long(&long),
            "The cell at B3 is longer than 32767 bytes",
        ),
        ("a huge cell", huge.clone(), "unpacks to"),
        (
            "a long shared text",
            shared(&format!("<sst><si><t>{long}</t></si></sst>")),
            "a shared text is longer",
        ),
        (
            "a long text in pieces",
            shared(&format!(
                "<sst><si>{}</si></sst>",
                "<r><t>piece</t></r>".repeat(100_000)
            )),
            "a shared text is longer",
        ),
        (
            "a long tag",
            plain(&format!("<row r=\"1\" x=\"{long}\"></row>")),
            "a tag is longer",
        ),
        (
            "a claim of many texts",
            shared("<sst uniqueCount=\"99999999999\"></sst>"),
            "more texts",
        ),
        (
            "a claim of 400 MB",
            claim(plain(SMALL), SHEET, 400 << 20),
            "unpacks to",
        ),
        (
            "a bomb that hides its size",
            claim(huge, SHEET, 1000),
            "damaged",
        ),
        ("many parts", archive(&many), "5000 parts"),
        ("half a file", cut, "damaged"),
        (
            "a zip that is no workbook",
            archive(&[("word/document.xml", "<doc/>")]),
            "damaged",
        ),
    ] {
        match read(bytes).await {
            Ok(table) => panic!("{name} was read: {table:?}"),
            Err(ReadError::Refused(refusal)) => {
                let said = refusal.to_string();
                assert!(said.contains(expected), "{name}: {said}");
            }
            Err(ReadError::Sandbox(error)) => panic!("{name}: {error:?}"),
        }
    }
}

#[tokio::test]
async fn many_shared_texts_within_the_limits_are_stopped_by_memory_alone() {
    // Fifty million bytes of text, each piece small: nothing in it is wrong, it is just too much.
    let texts: String = (0..100_000)
        .map(|i| format!("<si><t>{i:0500}</t></si>"))
        .collect();
    let bytes = workbook("", SMALL, &format!("<sst>{texts}</sst>"));
    let limits = Limits {
        memory: 56 << 20,
        ..Limits::default()
    };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_backbone-ingest-probe"), limits, 0);
    match table::read(&sandbox, bytes, None, &TableLimits::default()).await {
        Err(ReadError::Sandbox(error)) => assert_eq!(error.code(), "sandbox-too-much-memory"),
        other => panic!("{other:?}"),
    }
    assert_eq!(read(plain(SMALL)).await.unwrap().rows.len(), 1);
}
