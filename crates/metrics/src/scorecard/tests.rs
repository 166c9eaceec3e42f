use backbone_db::Dec;

use super::manage::{self, Addition};
use super::{compute, store};
use crate::Error;
use crate::judge::{Standing, Trend};
use crate::measurement::{NewMeasurement, record};
use crate::metric::{self, Definition, MetricId, Target};
use crate::tests::World;

fn put(metric_id: &MetricId) -> Addition {
    Addition {
        metric_id: metric_id.clone(),
        instead_of: None,
        retire: false,
    }
}

#[test]
fn the_budget_holds_and_a_swap_makes_room_in_one_step() {
    let world = World::new();
    let staff = world.actor_at(0);
    let card = world.write(|c| manage::first(c, &staff)).unwrap();
    let metrics: Vec<_> = (0..11)
        .map(|n| world.metric(&format!("Metric {n}")))
        .collect();
    for metric in &metrics[..10] {
        world
            .write(|c| manage::add(c, &staff, &card.id, &put(&metric.id)))
            .unwrap();
    }
    let last = &metrics[10];
    let full = world.write(|c| manage::add(c, &staff, &card.id, &put(&last.id)));
    assert!(matches!(full, Err(Error::BudgetUsed { budget: 10, .. })));
    let swap = Addition {
        instead_of: Some(metrics[3].id.clone()),
        retire: true,
        ..put(&last.id)
    };
    let swapped = world
        .write(|c| manage::add(c, &staff, &card.id, &swap))
        .unwrap();
    assert_eq!(
        (swapped.metric_ids.len(), &swapped.metric_ids[3]),
        (10, &last.id)
    );
    let old = world.read(|c| metric::store::find(c, world.tenant(), &metrics[3].id));
    assert_eq!(old.unwrap().status, metric::Status::Retired);
    let again = world.write(|c| manage::add(c, &staff, &card.id, &put(&metrics[3].id)));
    assert!(matches!(again, Err(Error::Retired)));
}

#[test]
fn a_row_tells_value_standing_trend_and_freshness() {
    let world = World::new();
    let staff = world.actor_at(0);
    let target = |period: &str, value: &str| Target {
        period: period.parse().unwrap(),
        value: value.parse().unwrap(),
    };
    let definition = Definition {
        baseline: Some(target("2025-Q4", "40")),
        targets: vec![target("2026-Q4", "60")],
        ..Definition::default()
    };
    let metric = world.metric_with("Children read to", definition);
    let card = world.write(|c| manage::first(c, &staff)).unwrap();
    let card = world
        .write(|c| manage::add(c, &staff, &card.id, &put(&metric.id)))
        .unwrap();
    for (quarter, value) in [("2026-Q1", "45"), ("2026-Q2", "51"), ("2026-Q3", "56")] {
        for (organization, part) in [(0, "1"), (1, value)] {
            let value = match part {
                "1" => Dec::new(1.into()),
                text => Dec::new(text.parse::<Dec>().unwrap().get() - rust_decimal::Decimal::ONE),
            };
            let new = NewMeasurement {
                metric_id: Some(metric.id.clone()),
                organization_id: Some(world.organizations[organization].clone()),
                period: quarter.into(),
                value: Some(value),
                ..NewMeasurement::default()
            };
            world.write(|c| record(c, &staff, &new)).unwrap();
        }
    }
    let today = jiff::civil::date(2027, 2, 10);
    let computed = world.read(|c| compute::compute(c, world.tenant(), &card, today, true));
    let row = &computed.groups[0].rows[0];
    assert_eq!(row.latest.as_ref().unwrap().value.to_string(), "56");
    assert_eq!(row.standing, Standing::OnTarget);
    assert_eq!(row.trend, Trend::Better(2));
    assert_eq!(row.freshness.days_late, 11);
    assert_eq!(row.points.len(), 3);
    assert_eq!((computed.on_target, computed.fresh_percent), (1, Some(0)));
    let listed = world.read(|c| store::list(c, world.tenant()));
    assert_eq!(listed.len(), 1);
}
