//! Horizontal bars with their values.

use crate::rows::{Row, draw};
use crate::svg::Canvas;
use crate::theme::Tone;
use crate::{Chart, Frame, Table, drawable};

/// One bar.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    /// What it stands for.
    pub label: &'a str,
    /// How long it is; `None` where there is no value.
    pub value: Option<f64>,
    /// The value in words.
    pub text: &'a str,
    /// Its colour; `Series` is the first series' colour for all bars.
    pub tone: Tone,
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct BarWords<'a> {
    /// Head of the table's first column.
    pub label: &'a str,
    /// Head of its second.
    pub value: &'a str,
    /// Where there is no value.
    pub no_data: &'a str,
}

/// A bar chart. Bars always start at zero.
#[derive(Debug, Clone, Copy)]
pub struct BarChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// The bars, in the order in which they are drawn.
    pub bars: &'a [Bar<'a>],
    /// The words.
    pub words: BarWords<'a>,
}

/// Draws a bar chart.
pub fn bar(chart: &BarChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let said = |bar: &Bar<'_>| {
        if bar.value.and_then(drawable).is_some() {
            bar.text.to_owned()
        } else {
            chart.words.no_data.to_owned()
        }
    };
    let texts: Vec<String> = chart.bars.iter().map(said).collect();
    let rows: Vec<Row<'_>> = chart
        .bars
        .iter()
        .zip(&texts)
        .map(|(bar, text)| Row {
            label: bar.label,
            span: bar.value.and_then(drawable).map(|value| (0.0, value)),
            value: text,
            ink: canvas.palette.tone(bar.tone, 0),
            bold: false,
        })
        .collect();
    let height = match rows.is_empty() {
        true => crate::svg::empty(&mut canvas, &chart.frame, chart.words.no_data),
        false => draw(&mut canvas, &chart.frame, &rows, false),
    };
    let cells = chart
        .bars
        .iter()
        .zip(texts)
        .map(|(bar, text)| vec![bar.label.to_owned(), text])
        .collect();
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(&chart.frame, &[chart.words.label, chart.words.value], cells),
        alt: chart.frame.description.to_owned(),
    }
}
