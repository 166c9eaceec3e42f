//! What a line chart's lines hold, and the same as a table.

use crate::line::{LineChart, Reference};
use crate::{Table, drawable};

/// All lines' values as they can be drawn, with their names.
pub fn references<'a>(
    chart: &'a LineChart<'_>,
) -> impl Iterator<Item = (Vec<Option<f64>>, &'a str)> {
    let periods = chart.periods.len();
    let series = chart
        .series
        .iter()
        .map(move |series| (drawn(series.values, periods), series.label));
    let others = chart.target.iter().chain(&chart.baseline);
    series.chain(others.map(move |other| (spread(other, periods), other.label)))
}

/// One value a period, those that can be drawn.
pub fn drawn(values: &[Option<f64>], periods: usize) -> Vec<Option<f64>> {
    (0..periods)
        .map(|i| values.get(i).copied().flatten().and_then(drawable))
        .collect()
}

/// A single value holds for all periods.
pub fn spread(reference: &Reference<'_>, periods: usize) -> Vec<Option<f64>> {
    match reference.values {
        [one] => vec![one.and_then(drawable); periods],
        many => drawn(many, periods),
    }
}

/// The chart's numbers: a column for each line.
pub fn table(chart: &LineChart<'_>) -> Table {
    let columns: Vec<(Vec<Option<f64>>, &str)> = references(chart).collect();
    let mut headers = vec![chart.words.period];
    headers.extend(columns.iter().map(|(_, label)| *label));
    let said =
        |value: Option<f64>| value.map_or_else(|| chart.words.no_data.to_owned(), chart.format);
    let row = |(i, period): (usize, &&str)| {
        let cells = columns.iter().map(|(values, _)| said(values[i]));
        std::iter::once((*period).to_owned()).chain(cells).collect()
    };
    let rows = chart.periods.iter().enumerate().map(row).collect();
    Table::new(&chart.frame, &headers, rows)
}
