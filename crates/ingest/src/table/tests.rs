use std::io::Cursor;

use super::*;

fn table(bytes: impl Into<Vec<u8>>) -> Result<Table, Refusal> {
    CsvReader::open(Cursor::new(bytes.into()), &TableLimits::default())?.into_table()
}

/// Headers, rows and notes in a line each, for comparison.
fn told(bytes: impl Into<Vec<u8>>) -> String {
    let table = match table(bytes) {
        Ok(table) => table,
        Err(refusal) => return refusal.to_string(),
    };
    let mut lines = vec![table.headers.join("|")];
    lines.extend(
        table
            .rows
            .iter()
            .map(|r| format!("{} {}", r.number, r.cells.join("|"))),
    );
    lines.extend(
        table
            .problems
            .iter()
            .map(|p| format!("{} ! {}", p.row, p.problem)),
    );
    lines.extend(table.notes.iter().map(|note| format!("# {note}")));
    lines.join("\n")
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let text = if mark {
        format!("\u{feff}{text}")
    } else {
        text.to_owned()
    };
    let bytes = |unit: u16| {
        if big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        }
    };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn dialects() {
    for (text, expected) in [
        ("a,b\n1,2\n", "a|b\n2 1|2"),
        ("a;b\n1,5;2\n", "a|b\n2 1,5|2"),
        ("a\tb\r\n1\t2\r\n", "a|b\n2 1|2"),
        ("a|b\r1|2\r", "a|b\n2 1|2"),
        ("sep=;\na;b\n1;2\n", "a|b\n3 1|2"),
        ("\u{feff}a,b\n1,2\n", "a|b\n2 1|2"),
        ("only\none\ntwo\n", "only\n2 one\n3 two"),
        ("a,b\n\n1,2\n\n\n3,4\n", "a|b\n3 1|2\n6 3|4"),
        ("a,b\n,\n1,2\n", "a|b\n3 1|2"),
        (
            "a,b\n\"x\ny\",\"he said \"\"no\"\"\"\n3,4\n",
            "a|b\n2 x\ny|he said \"no\"\n4 3|4",
        ),
        ("a,b\n\"x\"y,2\n", "a|b\n2 xy|2"),
        ("a,b\n1,2,\n", "a|b\n2 1|2"),
        (
            "a,b,\n1,2,\n",
            "a|b|column 3\n2 1|2|\n# A column without a name was called “column 3”.",
        ),
        (
            "a,A,a\n1,2,3\n",
            "a|A (2)|a (3)\n2 1|2|3\n# Two columns are called “A”; the later one was called “A (2)”.\n# Two columns are called “a”; the later one was called “a (3)”.",
        ),
        (
            "Population\nSource: somewhere\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n",
            "a|b|c|d\n5 1|2|3|4\n6 5|6|7|8\n# 2 lines above the header were passed over.",
        ),
    ] {
        assert_eq!(told(text), expected, "{text:?}");
    }
}

#[test]
fn encodings() {
    let text = "naam;prijs\nCafé Zoë;€ 5\n";
    let expected = "naam|prijs\n2 Café Zoë|€ 5";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    for (bytes, note) in [
        (text.as_bytes().to_vec(), ""),
        (format!("\u{feff}{text}").into_bytes(), ""),
        (
            windows.into_owned(),
            "\n# The file was read as Windows-1252 (Western European).",
        ),
        (
            utf16(text, false, true),
            "\n# The file was read as UTF-16LE.",
        ),
        (
            utf16(text, true, true),
            "\n# The file was read as UTF-16BE.",
        ),
        (
            utf16(text, false, false),
            "\n# The file was read as UTF-16LE.",
        ),
        (
            utf16(text, true, false),
            "\n# The file was read as UTF-16BE.",
        ),
    ] {
        assert_eq!(told(bytes), format!("{expected}{note}"));
    }
}

#[test]
fn an_odd_letter_far_down_decides_for_the_whole_file() {
    let mut bytes = b"a,b\n".to_vec();
    for _ in 0..50_000 {
        bytes.extend_from_slice(b"plain,text\n");
    }
    bytes.extend_from_slice(b"caf\xe9,1\n");
    let table = table(bytes).unwrap();
    assert_eq!(table.rows.last().unwrap().cells[0], "café");
    assert_eq!(table.notes.len(), 1);
}

#[test]
fn rows_that_are_not_whole_are_reported_with_their_line() {
    for (text, expected) in [
        (
            "a,b\n1\n2,3\n",
            "a|b\n3 2|3\n2 ! The row has 1 cells and the header 2.",
        ),
        (
            "a,b\n1,2,3\n",
            "a|b\n2 ! The row has 3 cells and the header 2.",
        ),
        (
            "a,b\n1,2\n3",
            "a|b\n2 1|2\n3 ! The file ends in the middle of this row, after 1 of 2 cells.",
        ),
        (
            "a,b\n1,2\n3,\"4\n5,6\n",
            "a|b\n2 1|2\n3 ! The file ends within a quoted text that begins in this row.",
        ),
        (
            "a,b\n1,2\n\"",
            "a|b\n2 1|2\n3 ! The file ends within a quoted text that begins in this row.",
        ),
        (
            "a,b\n1,2",
            "a|b\n2 1|2\n# The file does not end with a line end: check that the last value of row 2 is whole.",
        ),
    ] {
        assert_eq!(told(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_no_table_is_refused() {
    for (bytes, expected) in [
        (&b""[..], "The file is empty."),
        (b"\n\n \n", "The file is empty."),
        (b"%PDF-1.7 ...", "a PDF document"),
        (
            b"\xd0\xcf\x11\xe0....",
            "an old Excel or protected workbook",
        ),
        (b"abc\x00\x01\x02def,ghi", "binary data"),
    ] {
        let refusal = table(bytes).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn limits_are_kept() {
    let limits = TableLimits {
        bytes: 400,
        rows: 3,
        columns: 4,
        cell: 20,
    };
    let refused = |text: &str| {
        let reader = CsvReader::open(Cursor::new(text.as_bytes().to_vec()), &limits);
        reader.and_then(CsvReader::into_table).unwrap_err()
    };
    for (text, expected) in [
        (
            "a,b\n1,2\n1,2\n1,2\n1,2\n".to_owned(),
            Refusal::TooManyRows { limit: 3 },
        ),
        (
            "a,b\n1,2,3,4,5\n".to_owned(),
            Refusal::TooManyColumns { row: 2, limit: 4 },
        ),
        (
            format!("a,b\n1,{}\n", "x".repeat(21)),
            Refusal::CellTooLong {
                at: "line 2, column 2".into(),
                limit: 20,
            },
        ),
        (
            "a,b\n".repeat(101),
            Refusal::TooLarge {
                size: 404,
                limit: 400,
            },
        ),
    ] {
        assert_eq!(refused(&text), expected);
    }
}

/// A source that gives a byte at a time, so that every boundary between chunks is met.
struct Drip<'a>(&'a [u8]);

impl std::io::Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = buffer.len().min(1);
        std::io::Read::read(&mut self.0, &mut buffer[..len])
    }
}

/// A small generator of nasty files, the same on each run.
fn nasty(seed: u64) -> String {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut next = |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let pieces = [
        ",", ",", ",", "\n", "\r\n", "\"", "\"\"", "a", "é", "word", " ", "\"q,\n\"", "1.5",
    ];
    let count = next(60);
    (0..count)
        .map(|_| pieces[next(pieces.len() as u64) as usize])
        .collect()
}

#[test]
fn records_are_those_of_the_csv_crate() {
    let limits = TableLimits::default();
    for seed in 0..5_000 {
        let text = nasty(seed);
        let source = encoding::Utf8::new(Drip(text.as_bytes()), encoding_rs::UTF_8);
        let mut tokens = tokens::Tokens::new(source, b',', &limits);
        let mut record = Record::default();
        let mut ours = Vec::new();
        while tokens.next(&mut record).unwrap().is_some() {
            // That crate passes over empty lines, and takes a lone pair of quotes for a record.
            if !(record.len() == 1 && record.get(0) == Some("")) {
                ours.push(record.to_cells());
            }
        }
        let theirs: Vec<Vec<String>> = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .filter(|cells: &Vec<String>| *cells != [""])
            .collect();
        assert_eq!(ours, theirs, "{text:?}");
    }
}
