use backbone_ingest::period::Period;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::judge::behind;
use crate::metric::{Definition, Direction};

/// Where a metric is heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "direction", content = "periods", rename_all = "snake_case")]
#[schema(as = MetricTrend)]
pub enum Trend {
    /// Fewer than two periods in a row.
    Unknown,
    /// The last change is too small to be told from chance.
    Unsure,
    /// Inside the good range, twice in a row.
    Within,
    /// So many changes in a row went the good way.
    Better(usize),
    /// So many changes in a row went the bad way.
    Worse(usize),
}

/// The trend of figures, oldest first.
///
/// A change counts when it is larger than half of the last digit shown and larger than one percent of the value before. The run
/// of changes in one direction is counted back from the latest figure; a change that does not count, a change the other way,
/// or a period without figure ends it. Where a range is good, coming closer to it is better.
pub fn trend(definition: &Definition, figures: &[(Period, Decimal)]) -> Trend {
    let mut pairs = figures
        .windows(2)
        .rev()
        .take_while(|pair| pair[0].0.next().is_some_and(|next| next == pair[1].0))
        .map(|pair| sign(definition, pair[0].1, pair[1].1));
    let inside = |value| behind(definition, value, None).is_some_and(|gap| gap.is_zero());
    if definition.direction == Direction::Range
        && figures.len() >= 2
        && figures.iter().rev().take(2).all(|(_, v)| inside(*v))
    {
        return Trend::Within;
    }
    match pairs.next() {
        None => Trend::Unknown,
        Some(0) => Trend::Unsure,
        Some(first) => {
            let run = 1 + pairs.take_while(|sign| *sign == first).count();
            if first > 0 {
                Trend::Better(run)
            } else {
                Trend::Worse(run)
            }
        }
    }
}

/// 1 for a change to the good, -1 to the bad, 0 when it does not count.
fn sign(definition: &Definition, before: Decimal, after: Decimal) -> i8 {
    let good = match definition.direction {
        Direction::Up => after - before,
        Direction::Down => before - after,
        Direction::Range => {
            let gap = |value| behind(definition, value, None).unwrap_or_default();
            gap(before) - gap(after)
        }
    };
    let half_digit = Decimal::new(5, definition.decimals.min(20) + 1);
    let band = half_digit.max(before.abs() / Decimal::ONE_HUNDRED);
    match good {
        change if change.abs() <= band => 0,
        change if change > Decimal::ZERO => 1,
        _ => -1,
    }
}
