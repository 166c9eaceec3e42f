use super::*;

fn read(style: NumberStyle, text: &str) -> String {
    match style.read(text) {
        Ok(None) => "missing".into(),
        Ok(Some(number)) => format!(
            "{}{}{}",
            number.value,
            if number.percent { " %" } else { "" },
            number.currency.map(|c| format!(" {c}")).unwrap_or_default()
        ),
        Err(error) => error.code().into(),
    }
}

#[test]
fn numbers_as_people_write_them() {
    for (text, expected) in [
        ("19.0", "19.0"),
        ("0", "0"),
        ("-0", "0"),
        ("7.123456789012345", "7.123456789012345"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("1 234,5", "1234.5"),
        ("1\u{a0}234,5", "1234.5"),
        ("1\u{202f}234\u{202f}567", "1234567"),
        ("1\u{2009}234.5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1’234’567", "1234567"),
        ("12,5", "12.5"),
        ("0,123", "0.123"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("12%", "12 %"),
        ("12,5 %", "12.5 %"),
        ("€ 1.234,50", "1234.50 EUR"),
        ("1.234,50 €", "1234.50 EUR"),
        ("€ 100,-", "100 EUR"),
        ("EUR 12", "12 EUR"),
        ("£1,000,000", "1000000 GBP"),
        ("-$5.00", "-5.00 $"),
        ("$-5.00", "-5.00 $"),
        ("US$5", "5 USD"),
        ("(1,234.00)", "-1234.00"),
        ("(€ 5)", "-5 EUR"),
        ("−3", "-3"),
        ("3-", "-3"),
        ("+3", "3"),
        ("1.5e3", "1500"),
        ("1,5E-3", "0.0015"),
        ("2E+05", "200000"),
        ("007", "7"),
        ("1 234", "1234"),
        ("1,234", "1234"),
        ("1.234", "1.234"),
    ] {
        assert_eq!(read(NumberStyle::default(), text), expected, "{text:?}");
    }
}

#[test]
fn no_figure_is_not_an_error() {
    for text in [
        "", " ", "\u{a0}", "..", "-", "–", "n/a", "N/A", ":", "x", "#N/A", "n.v.t.", "NULL",
    ] {
        assert_eq!(read(NumberStyle::default(), text), "missing", "{text:?}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    for (text, code) in [
        ("twelve", "number-not-a-number"),
        ("12 apples", "number-not-a-number"),
        ("12.3p", "number-not-a-number"),
        ("1-2", "number-not-a-number"),
        ("--5", "number-not-a-number"),
        ("€€5", "number-not-a-number"),
        ("5%%", "number-not-a-number"),
        ("1e", "number-not-a-number"),
        ("١٢", "number-not-a-number"),
        ("=1+1", "number-formula"),
        ("=SUM(A1:A9)", "number-formula"),
        ("@SUM(A1)", "number-formula"),
        ("+A1", "number-formula"),
        ("-cmd|' /C calc'!A0", "number-formula"),
        ("#DIV/0!", "number-spreadsheet-error"),
        ("1,23,456.7", "number-bad-groups"),
        ("1.2.3", "number-bad-groups"),
        ("1,234.567,8", "number-bad-groups"),
        ("1.234,567.8,9", "number-bad-groups"),
        ("1 23", "number-bad-groups"),
        ("12345678901234567890123456789012", "number-too-long"),
        ("1e99", "number-too-long"),
        ("0.12345678901234567890123456789012", "number-too-long"),
    ] {
        assert_eq!(read(NumberStyle::default(), text), code, "{text:?}");
    }
}

#[test]
fn the_column_decides_what_a_value_leaves_open() {
    for (column, habit, text, expected, note) in [
        (&["1,234", "12.5"][..], Mark::Comma, "1,234", "1234", None),
        (
            &["1,234", "12,5"],
            Mark::Point,
            "1,234",
            "1.234",
            Some("decimal comma"),
        ),
        (
            &["1.234", "12,5"],
            Mark::Point,
            "1.234",
            "1234",
            Some("decimal comma"),
        ),
        (
            &["1,234"],
            Mark::Point,
            "1,234",
            "1234",
            Some("read as 1234"),
        ),
        (
            &["1,234"],
            Mark::Comma,
            "1,234",
            "1.234",
            Some("read as 1.234"),
        ),
        (
            &["1.234"],
            Mark::Comma,
            "1.234",
            "1234",
            Some("read as 1234"),
        ),
        (
            &["1,230.99", "1.230,99"],
            Mark::Point,
            "1.230,99",
            "1230.99",
            Some("could be either"),
        ),
        (
            &["1,230.99", "1.230,99"],
            Mark::Point,
            "1,230",
            "number-ambiguous",
            Some("could be either"),
        ),
        (&["12", "n/a", "word"], Mark::Comma, "12", "12", None),
    ] {
        let (style, notes) = NumberStyle::for_column(column.iter().copied(), habit);
        assert_eq!(read(style, text), expected, "{column:?} {habit:?}");
        let said = notes.first().map(ToString::to_string);
        match (said, note) {
            (Some(said), Some(note)) => assert!(said.contains(note), "{said}"),
            (said, note) => assert_eq!(said.as_deref(), note, "{column:?}"),
        }
    }
}
