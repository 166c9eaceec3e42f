//! The last twelve values beside a name.

use crate::scale::Scale;
use crate::svg::{Canvas, Stroke};
use crate::{Chart, Frame, Table, drawable};

/// How many values are drawn; of more, the last.
const POINTS: usize = 12;

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct SparklineWords<'a> {
    /// Head of the table's first column.
    pub period: &'a str,
    /// Head of its second.
    pub value: &'a str,
    /// Name of the target's row in the table.
    pub target: &'a str,
    /// Where there is no value.
    pub no_data: &'a str,
}

/// A sparkline.
pub struct Sparkline<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// Height in pixels; 32 fits a row of a scorecard.
    pub height: u32,
    /// Period and value, oldest first.
    pub values: &'a [(&'a str, Option<f64>)],
    /// Where it should go.
    pub target: Option<f64>,
    /// Writes a number for its reader.
    pub format: &'a dyn Fn(f64) -> String,
    /// The words.
    pub words: SparklineWords<'a>,
}

/// Draws the last twelve values, a dashed target, and a dot at the latest value.
pub fn sparkline(chart: &Sparkline<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let shown = &chart.values[chart.values.len().saturating_sub(POINTS)..];
    let values: Vec<Option<f64>> = shown
        .iter()
        .map(|(_, value)| value.and_then(drawable))
        .collect();
    let target = chart.target.and_then(drawable);
    let (width, height) = (f64::from(chart.frame.width), f64::from(chart.height));
    let all = || values.iter().flatten().copied().chain(target);
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let y = Scale {
        low,
        high,
        from: height - 4.0,
        to: 4.0,
    };
    // Values that do not differ run through the middle.
    let y_at = |value: f64| {
        if high > low {
            y.at(value)
        } else {
            height / 2.0
        }
    };
    let x = Scale {
        low: 0.0,
        high: (POINTS - 1) as f64,
        from: 4.0,
        to: width - 5.0,
    };
    let offset = POINTS - values.len();
    if let Some(target) = target {
        let line = [(4.0, y_at(target)), (width - 5.0, y_at(target))];
        let ink = canvas.muted();
        canvas.path(&line, &ink, 1.0, Stroke::Dashed);
    }
    let ink = canvas.palette.series(0);
    let points = |i: usize, value: f64| (x.at((i + offset) as f64), y_at(value));
    for run in runs(&values) {
        let line: Vec<(f64, f64)> = run.iter().map(|(i, value)| points(*i, *value)).collect();
        match line.as_slice() {
            [alone] => canvas.circle(*alone, 2.5, &ink),
            _ => canvas.path(&line, &ink, 1.75, Stroke::Solid),
        }
    }
    let last = values
        .iter()
        .enumerate()
        .rev()
        .find_map(|(i, value)| value.map(|value| points(i, value)));
    if let Some(last) = last {
        canvas.circle(last, 3.5, &ink);
    }
    let said =
        |value: &Option<f64>| value.map_or_else(|| chart.words.no_data.to_owned(), chart.format);
    let cells = shown
        .iter()
        .zip(&values)
        .map(|((period, _), value)| vec![(*period).to_owned(), said(value)]);
    let target_row = target.map(|value| vec![chart.words.target.to_owned(), (chart.format)(value)]);
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(
            &chart.frame,
            &[chart.words.period, chart.words.value],
            cells.chain(target_row).collect(),
        ),
        alt: chart.frame.description.to_owned(),
    }
}

/// Unbroken stretches of values with their positions.
pub(crate) fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut open = false;
    for (i, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) if open => run.push((i, *value)),
            (Some(value), _) => runs.push(vec![(i, *value)]),
            (None, _) => {}
        }
        open = value.is_some();
    }
    runs
}
