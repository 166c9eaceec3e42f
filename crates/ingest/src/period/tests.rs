use jiff::civil::date;

use super::*;

fn canonical(text: &str) -> String {
    match Reading::default().read(text) {
        Ok(period) => period.to_string(),
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn what_people_write_becomes_one_canonical_text() {
    for (text, expected) in [
        ("2020", "2020"),
        (" 2020 ", "2020"),
        ("2020.0", "2020"),
        ("2018/19", "2018-04/2019-03"),
        ("2018-19", "2018-04/2019-03"),
        ("2018–19", "2018-04/2019-03"),
        ("1999/00", "1999-04/2000-03"),
        ("2018/2019", "2018-04/2019-03"),
        ("2018-2019", "2018-04/2019-03"),
        ("2018 to 2019", "2018-01/2019-12"),
        ("school year 2018/19", "2018-09/2019-08"),
        ("schooljaar 2018-2019", "2018-09/2019-08"),
        ("FY2018/19", "2018-04/2019-03"),
        ("Q1 2018/19", "2018-Q2"),
        ("Q4 2018/19", "2019-Q1"),
        ("2018-20", "2018/2020"),
        ("1998-2000", "1998/2000"),
        ("2018-2020", "2018/2020"),
        ("2018 - 2020", "2018/2020"),
        ("2018 t/m 2020", "2018/2020"),
        ("2018/2020", "2018/2020"),
        ("1998-02", "1998-02"),
        ("2010/11", "2010-04/2011-03"),
        ("2000 Q1", "2000-Q1"),
        ("Q1 2000", "2000-Q1"),
        ("2000Q1", "2000-Q1"),
        ("2000-Q1", "2000-Q1"),
        ("1Q2000", "2000-Q1"),
        ("2020K3", "2020-Q3"),
        ("K3 2020", "2020-Q3"),
        ("3e kwartaal 2020", "2020-Q3"),
        ("kwartaal 3 2020", "2020-Q3"),
        ("2nd quarter of 2020", "2020-Q2"),
        ("2020 H2", "2020-H2"),
        ("H1 2020", "2020-H1"),
        ("1e halfjaar 2020", "2020-H1"),
        ("Jan 2020", "2020-01"),
        ("January 2020", "2020-01"),
        ("januari 2020", "2020-01"),
        ("mrt 2020", "2020-03"),
        ("mrt. 2020", "2020-03"),
        ("Sept 2020", "2020-09"),
        ("2020 mei", "2020-05"),
        ("Jan-20", "2020-01"),
        ("okt '99", "1999-10"),
        ("2020-01", "2020-01"),
        ("2020/01", "2020-01"),
        ("01/2020", "2020-01"),
        ("1-2020", "2020-01"),
        ("202001", "2020-01"),
        ("2020-W05", "2020-W05"),
        ("2020W05", "2020-W05"),
        ("week 5, 2020", "2020-W05"),
        ("wk 53 2020", "2020-W53"),
        ("2020-W05-3", "2020-01-29"),
        ("2020-01-15", "2020-01-15"),
        ("2020/01/15", "2020-01-15"),
        ("2020-01-15T10:30:00Z", "2020-01-15"),
        ("2015-03-16 14:40:47", "2015-03-16"),
        ("26/10/2019", "2019-10-26"),
        ("10/26/2019", "2019-10-26"),
        ("05.05.2020", "2020-05-05"),
        ("26-10-2019 00:00", "2019-10-26"),
        ("15 January 2020", "2020-01-15"),
        ("January 15, 2020", "2020-01-15"),
        ("15 jan. 2020", "2020-01-15"),
        ("15-Jan-20", "2020-01-15"),
        ("20200115", "2020-01-15"),
        ("43831", "2020-01-01"),
        ("Jan 2018 - Mar 2019", "2018-01/2019-03"),
        ("april 2018 t/m maart 2019", "2018-04/2019-03"),
        ("2020-01-15/2020-01-20", "2020-01-15/2020-01-20"),
        ("2020-01-01 to 2020-01-31", "2020-01"),
        ("2018/19 to 2020/21", "2018-04/2021-03"),
        ("2018Q1-2018Q3", "2018-01/2018-09"),
    ] {
        assert_eq!(canonical(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_no_period_says_what_was_expected() {
    for (text, code) in [
        ("", "period-blank"),
        ("  ", "period-blank"),
        ("soon", "period-unknown"),
        ("20", "period-unknown"),
        ("1974a", "period-marked-year"),
        ("2020p", "period-marked-year"),
        ("2020-13", "period-no-such-month"),
        ("13/2020", "period-no-such-month"),
        ("2020-00", "period-no-such-month"),
        ("Q5 2020", "period-no-such-quarter"),
        ("2020 H3", "period-no-such-half"),
        ("2021-W53", "period-no-such-week"),
        ("2021 week 999", "period-no-such-week"),
        ("2020-02-30", "period-no-such-day"),
        ("31/31/2020", "period-no-such-day"),
        ("03/04/2020", "period-ambiguous-day"),
        ("FY2019", "period-ambiguous-fiscal-year"),
        ("2020-2018", "period-ends-before-start"),
        ("0001", "period-out-of-range"),
        ("9999", "period-out-of-range"),
        ("2018/19/20", "period-no-such-day"),
        ("=A1", "period-unknown"),
        ("99999999999999999999", "period-unknown"),
    ] {
        assert_eq!(canonical(text), code, "{text:?}");
    }
    let error = Reading::default().read("soon").unwrap_err().to_string();
    assert!(error.contains("2020-Q1"), "{error}");
}

#[test]
fn the_column_settles_what_a_value_leaves_open() {
    let read = |column: &[&str], text: &str| {
        let (reading, notes) = Reading::default().for_column(column.iter().copied());
        let read = reading
            .read(text)
            .map_or_else(|e| e.code().into(), |p| p.to_string());
        (read, notes.len())
    };
    for (column, text, expected, notes) in [
        (
            &["03/04/2020", "26/10/2019"][..],
            "03/04/2020",
            "2020-04-03",
            1,
        ),
        (&["03/04/2020", "10/26/2019"], "03/04/2020", "2020-03-04", 1),
        (
            &["26/10/2019", "10/26/2019"],
            "03/04/2020",
            "period-ambiguous-day",
            1,
        ),
        (
            &["2009-11", "2010-12", "2011-13"],
            "2010-12",
            "2010/2012",
            1,
        ),
        (&["2009-11", "2011-13"], "2009-11", "2009/2011", 1),
        (&["2009-11", "2010-12"], "2010-12", "2010-12", 0),
        (&["2018-20", "2020-01"], "2010-12", "2010-12", 1),
    ] {
        assert_eq!(
            read(column, text),
            (expected.to_owned(), notes),
            "{column:?} {text}"
        );
    }
}

#[test]
fn canonical_text_is_read_back_and_nothing_else_is() {
    for text in [
        "2020-01-15",
        "2020-W05",
        "2020-01",
        "2000-Q1",
        "2020-H2",
        "2020",
        "2018/2020",
        "2018-04/2019-03",
        "2018-01/2019-12",
        "2020-01-15/2020-01-20",
        "2020-02/2020-04",
    ] {
        let period: Period = text.parse().unwrap();
        assert_eq!(period.to_string(), text);
        assert_eq!(
            Reading::default().read(text),
            Ok(period),
            "the lenient reader agrees on {text}"
        );
        let json = serde_json::to_string(&period).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
    }
    for text in [
        "",
        "2018/19",
        "2018/2019",
        "2020-01/2020-12",
        "2020-1",
        "+020",
        "2020-01-01/2020-01-31",
        "2020-Q5",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
}

#[test]
fn starts_ends_and_neighbours() {
    for (text, start, end, next, previous) in [
        ("2020", date(2020, 1, 1), date(2021, 1, 1), "2021", "2019"),
        (
            "2000-Q4",
            date(2000, 10, 1),
            date(2001, 1, 1),
            "2001-Q1",
            "2000-Q3",
        ),
        (
            "2020-02",
            date(2020, 2, 1),
            date(2020, 3, 1),
            "2020-03",
            "2020-01",
        ),
        (
            "2020-W53",
            date(2020, 12, 28),
            date(2021, 1, 4),
            "2021-W01",
            "2020-W52",
        ),
        (
            "2020-02-29",
            date(2020, 2, 29),
            date(2020, 3, 1),
            "2020-03-01",
            "2020-02-28",
        ),
        (
            "2018-04/2019-03",
            date(2018, 4, 1),
            date(2019, 4, 1),
            "2019-04/2020-03",
            "2017-04/2018-03",
        ),
        (
            "2018/2020",
            date(2018, 1, 1),
            date(2021, 1, 1),
            "2021/2023",
            "2015/2017",
        ),
    ] {
        let period: Period = text.parse().unwrap();
        assert_eq!((period.start(), period.end()), (start, end), "{text}");
        assert_eq!(period.next().unwrap().to_string(), next);
        assert_eq!(period.previous().unwrap().to_string(), previous);
        assert!(period.contains(start) && !period.contains(end), "{text}");
    }
    assert_eq!("8998".parse::<Period>().unwrap().next(), None);
}

#[test]
fn order_is_by_start_then_the_shorter() {
    let mut texts = [
        "2020",
        "2019-Q4",
        "2020-01",
        "2018/2020",
        "2020-Q1",
        "2020-01-01",
        "2020-W01",
    ];
    texts.sort_by_key(|text| text.parse::<Period>().unwrap());
    assert_eq!(
        texts,
        [
            "2018/2020",
            "2019-Q4",
            "2020-W01",
            "2020-01-01",
            "2020-01",
            "2020-Q1",
            "2020"
        ]
    );
}

#[test]
fn the_period_of_a_kind_around_a_day() {
    let day = date(2020, 12, 30);
    for (frequency, expected) in [
        (Frequency::Day, "2020-12-30"),
        (Frequency::Week, "2020-W53"),
        (Frequency::Month, "2020-12"),
        (Frequency::Quarter, "2020-Q4"),
        (Frequency::HalfYear, "2020-H2"),
        (Frequency::Year, "2020"),
    ] {
        let period = Period::containing(day, frequency).unwrap();
        assert_eq!(
            (period.to_string().as_str(), period.frequency()),
            (expected, frequency)
        );
    }
    assert_eq!(Period::containing(day, Frequency::Span), None);
}
