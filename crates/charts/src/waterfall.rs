//! From a gross value to what is left of it, step by step.

use crate::rows::{Row, draw};
use crate::svg::{Canvas, empty};
use crate::theme::{Ink, Tone};
use crate::{Chart, Frame, Table, drawable};

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct WaterfallStep<'a> {
    /// What it is called.
    pub label: &'a str,
    /// A total stands on zero; a change starts where the step before it ended.
    pub total: bool,
    /// The total, or the change (negative when something is taken away).
    pub value: f64,
    /// The value in words.
    pub text: &'a str,
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct WaterfallWords<'a> {
    /// Head of the table's first column.
    pub step: &'a str,
    /// Head of its second.
    pub value: &'a str,
    /// Where there is no value.
    pub no_data: &'a str,
}

/// A waterfall chart.
#[derive(Debug, Clone, Copy)]
pub struct WaterfallChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// The steps in order.
    pub steps: &'a [WaterfallStep<'a>],
    /// The words.
    pub words: WaterfallWords<'a>,
}

/// Draws a waterfall chart, its steps as rows.
pub fn waterfall(chart: &WaterfallChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let mut level = 0.0;
    let mut rows = Vec::new();
    for step in chart.steps {
        let Some(value) = drawable(step.value) else {
            rows.push(row(&canvas, step, None, chart.words.no_data));
            continue;
        };
        let from = if step.total { 0.0 } else { level };
        level = if step.total { value } else { level + value };
        rows.push(row(&canvas, step, Some((from, level)), step.text));
    }
    let height = match rows.is_empty() {
        true => empty(&mut canvas, &chart.frame, chart.words.no_data),
        false => draw(&mut canvas, &chart.frame, &rows, true),
    };
    let cells = rows
        .iter()
        .map(|row| vec![row.label.to_owned(), row.value.to_owned()])
        .collect();
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(&chart.frame, &[chart.words.step, chart.words.value], cells),
        alt: chart.frame.description.to_owned(),
    }
}

fn row<'a>(
    canvas: &Canvas<'_>,
    step: &WaterfallStep<'a>,
    span: Option<(f64, f64)>,
    value: &'a str,
) -> Row<'a> {
    let tone = if step.total {
        Tone::Series
    } else {
        Tone::Neutral
    };
    let ink: Ink = canvas.palette.tone(tone, 0);
    Row {
        label: step.label,
        span,
        value,
        ink,
        bold: step.total,
    }
}
