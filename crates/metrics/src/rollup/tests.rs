use backbone_db::{Dec, Instant};
use rust_decimal::Decimal;

use super::*;
use crate::measurement::correct::{Correction, correct};
use crate::measurement::review::{Reason, verify, withdraw};
use crate::measurement::{NewMeasurement, record};
use crate::metric::Kind;
use crate::tests::World;
use backbone_web::IfMatch;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn contribution(value: &str, parts: Option<(&str, &str)>, at: i64) -> Contribution {
    Contribution {
        whole: false,
        value: dec(value),
        parts: parts.map(|(n, d)| (dec(n), dec(d))),
        verified: false,
        at: Instant::from_unix(at),
    }
}

#[test]
fn organizations_become_one_figure_as_the_metric_says() {
    let mut rollup = Rollup::empty("2026-Q1".parse().unwrap(), Instant::from_unix(0));
    rollup.add(&contribution("50", Some(("1", "2")), 1));
    rollup.add(&contribution("80", Some(("8", "10")), 2));
    use crate::metric::MetricAggregation::*;
    for (how, kind, value) in [
        (Sum, Kind::Number, "130"),
        (Sum, Kind::Ratio, "75"),
        (Mean, Kind::Percent, "65"),
        (Last, Kind::Number, "80"),
        (Weighted, Kind::Percent, "75"),
        (Weighted, Kind::Number, "0.75"),
        (Min, Kind::Number, "50"),
        (Max, Kind::Number, "80"),
        (Count, Kind::Number, "2"),
    ] {
        let fact = rollup.figure(how, kind).unwrap();
        assert_eq!(fact.value, dec(value), "{how} of {kind}");
    }
    // Without all parts, weights are unknown: the mean is what can be said.
    rollup.add(&contribution("20", None, 3));
    assert_eq!(
        rollup.figure(Weighted, Kind::Percent).unwrap().value,
        dec("50")
    );
    // The partnership's own measurement stands before the sum of its organizations.
    let whole = Contribution {
        whole: true,
        ..contribution("61", None, 4)
    };
    rollup.add(&whole);
    assert_eq!(rollup.figure(Sum, Kind::Number).unwrap().value, dec("61"));
    assert_eq!(rollup.remove(&whole), Update::Exact);
    assert_eq!(rollup.figure(Sum, Kind::Number).unwrap().value, dec("150"));
}

#[test]
fn taking_away_what_was_neither_smallest_largest_nor_last_needs_no_second_look() {
    let mut rollup = Rollup::empty("2026-Q1".parse().unwrap(), Instant::from_unix(0));
    let [low, middle, high] = [
        contribution("1", None, 1),
        contribution("2", None, 2),
        contribution("3", None, 3),
    ];
    for c in [&low, &middle, &high] {
        rollup.add(c);
    }
    assert_eq!(rollup.remove(&middle), Update::Exact);
    assert_eq!((rollup.n, rollup.sum), (2, dec("4")));
    assert_eq!(rollup.remove(&high), Update::Recompute);
}

#[test]
fn periods_become_one_as_the_metric_says() {
    let fact = |value: &str, parts: Option<(&str, &str)>| Fact {
        value: dec(value),
        parts: parts.map(|(n, d)| (dec(n), dec(d))),
    };
    let facts = [fact("50", Some(("1", "2"))), fact("80", Some(("8", "10")))];
    use crate::metric::MetricAggregation::*;
    for (how, value) in [
        (Sum, "130"),
        (Mean, "65"),
        (Last, "80"),
        (Weighted, "75"),
        (Min, "50"),
        (Max, "80"),
        (Count, "2"),
    ] {
        let combined = combine(&facts, how, Kind::Percent).unwrap();
        assert_eq!(combined.value, dec(value), "{how}");
    }
    assert_eq!(combine(&[], Sum, Kind::Number), None);
}

/// A small generator, so that a failure repeats (Numerical Recipes' constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
        (self.0 >> 8) % sides
    }
}

#[test]
fn rollups_say_what_a_recomputation_says_after_random_writes() {
    let world = World::new();
    let metric = world.metric("Children reached");
    let organizations = world.organizations.clone();
    let mut dice = Dice(42);
    let mut made = Vec::new();
    for step in 0..400 {
        let actor = world.actor_at(step);
        let value = Dec::new(Decimal::new(dice.roll(20_000) as i64 - 3_000, 2));
        let choice = dice.roll(10);
        if choice < 5 || made.is_empty() {
            let parts = dice.roll(3) == 0;
            let new = NewMeasurement {
                metric_id: Some(metric.id.clone()),
                organization_id: match dice.roll(7) {
                    0 => None,
                    n => Some(organizations[n as usize % organizations.len()].clone()),
                },
                period: format!("2026-Q{}", dice.roll(4) + 1),
                dimensions: match dice.roll(5) {
                    0 => [("district".to_string(), "Oost".to_string())].into(),
                    _ => Default::default(),
                },
                numerator: parts.then(|| value.clone()),
                denominator: parts.then(|| "1".parse().unwrap()),
                value: (!parts).then_some(value),
                ..NewMeasurement::default()
            };
            let done = world.write(|conn| record(conn, &actor, &new));
            if let Ok(measurement) = done {
                made.push(measurement.id);
            }
            continue;
        }
        let id = made[dice.roll(made.len() as u64) as usize].clone();
        let version = world.version_of(&id);
        let seen = IfMatch(Some(version));
        let outcome = world.write(|conn| match choice {
            5..=6 => correct(
                conn,
                &actor,
                &id,
                seen,
                &Correction {
                    value: Some(value.clone()),
                    ..Correction::default()
                },
            ),
            7..=8 => withdraw(
                conn,
                &actor,
                &id,
                Some(seen),
                &Reason {
                    reason: "counted twice".into(),
                },
            ),
            _ => verify(conn, &actor, &id, None),
        });
        if let Err(crate::Error::Database(e)) = outcome {
            panic!("{e}");
        }
    }
    let differences = world.read(|conn| compare(conn, world.tenant()));
    assert!(differences.is_empty(), "{differences:?}");
    let stored = world.read(|conn| store::all(conn, world.tenant()));
    assert_eq!(stored.len(), 4, "one row a quarter");
    assert!(made.len() > 20);
}
