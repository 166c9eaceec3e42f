use backbone_db::text_enum;
use backbone_ingest::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::metric::{Definition, Direction, ThresholdKind};

text_enum!(
    /// How the latest figure stands against its target.
    MetricStanding {
        /// On the target's path, or near enough.
        OnTarget = "on_target",
        /// A little behind.
        Watch = "watch",
        /// Far behind.
        Off = "off",
        /// Nothing was measured yet.
        NoData = "no_data",
        /// There is no target to judge by.
        NoTarget = "no_target",
    }
);

/// Short for [`MetricStanding`], whose full name stands in the API description.
pub type Standing = MetricStanding;

/// The value that the target's path has in a period: a straight line, by days, from the baseline through the targets, each
/// standing at the last day of its period. Before the first point and after the last the path is level. `None` without targets.
pub fn expected(definition: &Definition, period: &Period) -> Option<Decimal> {
    if definition.targets.is_empty() {
        return None;
    }
    let mut points: Vec<(Date, Decimal)> = definition
        .baseline
        .iter()
        .chain(&definition.targets)
        .map(|point| (point.period.last_day(), point.value.get()))
        .collect();
    points.sort_by_key(|(day, _)| *day);
    let day = period.last_day();
    let after = points.iter().position(|(at, _)| *at >= day);
    match after {
        None => points.last().map(|(_, value)| *value),
        Some(0) => points.first().map(|(_, value)| *value),
        Some(next) => Some(between(points[next - 1], points[next], day)),
    }
}

fn between((from, low): (Date, Decimal), (to, high): (Date, Decimal), day: Date) -> Decimal {
    let days = |a: Date, b: Date| Decimal::from(a.until(b).map_or(0, |span| span.get_days()));
    let all = days(from, to);
    if all.is_zero() {
        return high;
    }
    (low + (high - low) * days(from, day) / all)
        .round_dp(10)
        .normalize()
}

/// How far the value is behind, in the metric's unit, never negative: below the path when up is good, above it when down is,
/// outside the bounds when a range is. `None` when there is nothing to compare with.
pub fn behind(definition: &Definition, value: Decimal, path: Option<Decimal>) -> Option<Decimal> {
    let gap = match definition.direction {
        Direction::Up => path? - value,
        Direction::Down => value - path?,
        Direction::Range => {
            let low = definition.range_low.as_ref().map(|low| low.get() - value);
            let high = definition
                .range_high
                .as_ref()
                .map(|high| value - high.get());
            match (low, high) {
                (None, None) => return None,
                (Some(gap), None) | (None, Some(gap)) => gap,
                (Some(low), Some(high)) => low.max(high),
            }
        }
    };
    Some(gap.max(Decimal::ZERO))
}

/// On target, to be watched, or off.
pub fn standing(definition: &Definition, value: Option<Decimal>, period: &Period) -> Standing {
    let Some(value) = value else {
        return Standing::NoData;
    };
    let (on, watch) = (
        definition.thresholds.on.get(),
        definition.thresholds.watch.get(),
    );
    let path = expected(definition, period);
    let within = |distance: Decimal| match distance {
        d if d <= on => Standing::OnTarget,
        d if d <= watch => Standing::Watch,
        _ => Standing::Off,
    };
    match (definition.thresholds.kind, definition.direction) {
        (ThresholdKind::Level, Direction::Up) => match value {
            v if v >= on => Standing::OnTarget,
            v if v >= watch => Standing::Watch,
            _ => Standing::Off,
        },
        (ThresholdKind::Level, Direction::Down) => within(value),
        (kind, _) => {
            let Some(gap) = behind(definition, value, path) else {
                return Standing::NoTarget;
            };
            let scale = match (path, definition.direction) {
                (Some(path), Direction::Up | Direction::Down) => path,
                _ => nearest_bound(definition, value),
            };
            match kind {
                ThresholdKind::Percent if gap.is_zero() => Standing::OnTarget,
                // A share of nothing says nothing: any distance from zero is off.
                ThresholdKind::Percent if scale.is_zero() => Standing::Off,
                ThresholdKind::Percent => within(gap * Decimal::ONE_HUNDRED / scale.abs()),
                ThresholdKind::Distance | ThresholdKind::Level => within(gap),
            }
        }
    }
}

fn nearest_bound(definition: &Definition, value: Decimal) -> Decimal {
    let bound = |bound: &Option<backbone_db::Dec>| bound.as_ref().map(|b| b.get());
    let (low, high) = (bound(&definition.range_low), bound(&definition.range_high));
    match (low, high) {
        (Some(low), _) if value < low => low,
        (_, Some(high)) => high,
        (Some(low), None) => low,
        (None, None) => Decimal::ZERO,
    }
}

/// How much of the target is reached, in percent: the value over the path when up is good, the path over the value when down
/// is, 100 inside a good range and the share of the nearest bound outside. Where one of them is not positive, the share of the
/// way from the baseline. `None` when neither can be told.
pub fn attainment(definition: &Definition, value: Decimal, period: &Period) -> Option<Decimal> {
    let share = match definition.direction {
        Direction::Range => {
            let gap = behind(definition, value, None)?;
            let bound = nearest_bound(definition, value);
            if gap.is_zero() {
                return Some(Decimal::ONE_HUNDRED);
            }
            if value < bound {
                ratio(value, bound)
            } else {
                ratio(bound, value)
            }
        }
        direction => {
            let path = expected(definition, period)?;
            let share = match direction {
                Direction::Down => ratio(path, value),
                _ => ratio(value, path),
            };
            share.or_else(|| {
                let start = definition.baseline.as_ref()?.value.get();
                (path != start).then(|| (value - start) / (path - start))
            })
        }
    };
    share.map(|s| (s * Decimal::ONE_HUNDRED).round_dp(1).normalize())
}

fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part >= Decimal::ZERO && whole > Decimal::ZERO)
        .then(|| part.checked_div(whole))
        .flatten()
}
