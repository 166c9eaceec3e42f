use backbone_db::Dec;
use backbone_ingest::period::Period;
use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::metric::*;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn target(period: &str, value: &str) -> Target {
    Target {
        period: period.parse().unwrap(),
        value: Dec::new(dec(value)),
    }
}

fn up() -> Definition {
    Definition {
        baseline: Some(target("2024", "40")),
        targets: vec![target("2026", "60"), target("2028", "64")],
        ..Definition::default()
    }
}

fn range() -> Definition {
    Definition {
        direction: Direction::Range,
        range_low: Some(Dec::new(dec("20"))),
        range_high: Some(Dec::new(dec("40"))),
        ..Definition::default()
    }
}

#[test]
fn the_path_is_a_straight_line_between_its_points() {
    for (period, value) in [
        ("2020", "40"),
        ("2024", "40"),
        ("2025", "50"),
        ("2026", "60"),
        ("2028", "64"),
        ("2030", "64"),
    ] {
        let period: Period = period.parse().unwrap();
        assert_eq!(expected(&up(), &period), Some(dec(value)), "{period}");
    }
    let none = Definition {
        targets: Vec::new(),
        ..up()
    };
    assert_eq!(expected(&none, &"2025".parse().unwrap()), None);
}

#[test]
fn distance_from_the_path_decides_the_standing() {
    let period: Period = "2026".parse().unwrap();
    let thresholds = |kind, on: &str, watch: &str| Thresholds {
        kind,
        on: Dec::new(dec(on)),
        watch: Dec::new(dec(watch)),
    };
    use crate::judge::status::MetricStanding::*;
    use crate::metric::MetricThresholdKind::*;
    for (direction, kind, on, watch, value, standing_is) in [
        (Direction::Up, Percent, "0", "10", Some("61"), OnTarget),
        (Direction::Up, Percent, "0", "10", Some("60"), OnTarget),
        (Direction::Up, Percent, "0", "10", Some("54"), Watch),
        (Direction::Up, Percent, "0", "10", Some("53.9"), Off),
        (Direction::Up, Distance, "2", "5", Some("58"), OnTarget),
        (Direction::Up, Distance, "2", "5", Some("55"), Watch),
        (Direction::Up, Distance, "2", "5", Some("54"), Off),
        (Direction::Up, Level, "50", "45", Some("50"), OnTarget),
        (Direction::Up, Level, "50", "45", Some("45"), Watch),
        (Direction::Up, Level, "50", "45", Some("44"), Off),
        (Direction::Down, Percent, "0", "10", Some("60"), OnTarget),
        (Direction::Down, Percent, "0", "10", Some("66"), Watch),
        (Direction::Down, Percent, "0", "10", Some("67"), Off),
        (Direction::Down, Level, "50", "55", Some("52"), Watch),
        (Direction::Up, Percent, "0", "10", None, NoData),
    ] {
        let definition = Definition {
            direction,
            thresholds: thresholds(kind, on, watch),
            ..up()
        };
        let found = standing(&definition, value.map(dec), &period);
        assert_eq!(found, standing_is, "{direction} {kind} {value:?}");
    }
    for (value, expected) in [("30", OnTarget), ("41", Watch), ("18", Watch), ("50", Off)] {
        assert_eq!(
            standing(&range(), Some(dec(value)), &period),
            expected,
            "{value}"
        );
    }
    let aimless = Definition::default();
    assert_eq!(standing(&aimless, Some(dec("3")), &period), NoTarget);
}

#[test]
fn attainment_is_the_share_of_the_target() {
    let period: Period = "2026".parse().unwrap();
    let down = Definition {
        direction: Direction::Down,
        ..up()
    };
    let from_below_zero = Definition {
        baseline: Some(target("2024", "-10")),
        targets: vec![target("2026", "0")],
        ..Definition::default()
    };
    for (definition, value, percent) in [
        (up(), "61", Some("101.7")),
        (up(), "30", Some("50")),
        (down.clone(), "80", Some("75")),
        (down, "0", Some("-200")),
        (from_below_zero, "-5", Some("50")),
        (range(), "30", Some("100")),
        (range(), "10", Some("50")),
        (range(), "80", Some("50")),
        (Definition::default(), "3", None),
    ] {
        assert_eq!(
            attainment(&definition, dec(value), &period),
            percent.map(dec),
            "{value}"
        );
    }
}

#[test]
fn a_trend_is_a_run_of_changes_that_count() {
    use Trend::*;
    let down = Definition {
        direction: Direction::Down,
        ..Definition::default()
    };
    let tenths = Definition {
        decimals: 1,
        ..Definition::default()
    };
    for (definition, figures, expected) in [
        (&up(), vec![], Unknown),
        (&up(), vec![("2026-Q1", "50")], Unknown),
        (&up(), vec![("2026-Q1", "50"), ("2026-Q2", "52")], Better(1)),
        (
            &up(),
            vec![
                ("2025-Q4", "53"),
                ("2026-Q1", "50"),
                ("2026-Q2", "52"),
                ("2026-Q3", "55"),
            ],
            Better(2),
        ),
        (
            &down,
            vec![("2026-Q1", "50"), ("2026-Q2", "52"), ("2026-Q3", "55")],
            Worse(2),
        ),
        (&up(), vec![("2026-Q1", "50"), ("2026-Q2", "50.5")], Unsure),
        (&up(), vec![("2026-Q1", "200"), ("2026-Q2", "202")], Unsure),
        (
            &tenths,
            vec![("2026-Q1", "1"), ("2026-Q2", "1.1")],
            Better(1),
        ),
        // A missing quarter ends the run.
        (
            &up(),
            vec![("2025-Q3", "40"), ("2026-Q1", "50"), ("2026-Q2", "55")],
            Better(1),
        ),
        (&range(), vec![("2026-Q1", "30"), ("2026-Q2", "35")], Within),
        (
            &range(),
            vec![("2026-Q1", "60"), ("2026-Q2", "50")],
            Better(1),
        ),
    ] {
        let figures: Vec<(Period, Decimal)> = figures
            .into_iter()
            .map(|(p, v)| (p.parse().unwrap(), dec(v)))
            .collect();
        assert_eq!(trend(definition, &figures), expected, "{figures:?}");
    }
}

#[test]
fn a_figure_is_late_after_its_period_and_the_days_of_grace() {
    let next: Period = "2026-Q3".parse().unwrap();
    for (today, days) in [
        (date(2026, 8, 1), 0),
        (date(2026, 10, 30), 0),
        (date(2026, 10, 31), 1),
        (date(2026, 11, 11), 12),
    ] {
        let found = freshness(&next, 30, today);
        assert_eq!((found.due, found.days_late), (date(2026, 10, 30), days));
    }
}
