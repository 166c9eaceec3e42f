//! One bar cut into parts with their counts, as a vote's result is shown.

use crate::svg::{Anchor, BODY, Canvas, LEADING, Type, empty};
use crate::theme::Tone;
use crate::{Chart, Frame, Table, drawable, text};

const BAR: f64 = 32.0;

/// One part.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What it stands for.
    pub label: &'a str,
    /// How large it is; negative or missing counts as nothing.
    pub value: f64,
    /// The count in words.
    pub text: &'a str,
    /// Its colour.
    pub tone: Tone,
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct StackedWords<'a> {
    /// Head of the table's first column.
    pub label: &'a str,
    /// Head of its second.
    pub value: &'a str,
    /// When nothing has been counted.
    pub no_data: &'a str,
}

/// One stacked bar.
#[derive(Debug, Clone, Copy)]
pub struct StackedChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// The parts from left to right.
    pub parts: &'a [Part<'a>],
    /// The words.
    pub words: StackedWords<'a>,
}

/// Draws one stacked bar with its legend beneath.
pub fn stacked(chart: &StackedChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let size = |part: &Part<'_>| drawable(part.value).unwrap_or(0.0).max(0.0);
    let total: f64 = chart.parts.iter().map(size).sum();
    let height = if total > 0.0 {
        let shares: Vec<f64> = chart.parts.iter().map(|part| size(part) / total).collect();
        draw_bar(&mut canvas, chart, &shares);
        draw_legend(&mut canvas, chart)
    } else {
        empty(&mut canvas, &chart.frame, chart.words.no_data)
    };
    let rows = chart
        .parts
        .iter()
        .map(|part| vec![part.label.to_owned(), part.text.to_owned()])
        .collect();
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(&chart.frame, &[chart.words.label, chart.words.value], rows),
        alt: chart.frame.description.to_owned(),
    }
}

fn draw_bar(canvas: &mut Canvas<'_>, chart: &StackedChart<'_>, shares: &[f64]) {
    let seen = shares.iter().filter(|share| **share > 0.0).count();
    let gaps = 2.0 * seen.saturating_sub(1) as f64;
    let room = f64::from(chart.frame.width) - gaps;
    let mut x = 0.0;
    for (i, (part, share)) in chart.parts.iter().zip(shares).enumerate() {
        if *share <= 0.0 {
            continue;
        }
        let (wide, ink) = (share * room, canvas.palette.tone(part.tone, i));
        canvas.rect((x, 0.0), (wide, BAR), 3.0, &ink);
        // A count that does not fit stands in the legend alone.
        if text::width(part.text, BODY) + 12.0 <= wide {
            let kind = Type::VALUE.to(Anchor::Middle);
            canvas.text_on((x + wide / 2.0, BAR / 2.0 + 4.5), kind, &ink, part.text);
        }
        x += wide + 2.0;
    }
}

fn draw_legend(canvas: &mut Canvas<'_>, chart: &StackedChart<'_>) -> f64 {
    let room = f64::from(chart.frame.width);
    let (mut x, mut y) = (0.0, BAR + 22.0);
    for (i, part) in chart.parts.iter().enumerate() {
        let before = 16.0 + text::width(part.text, BODY) + 4.0;
        let label = text::shorten(part.label, BODY, room - before);
        let wide = before + text::width(&label, BODY);
        if x > 0.0 && x + wide > room {
            x = 0.0;
            y += LEADING + 6.0;
        }
        let ink = canvas.palette.tone(part.tone, i);
        canvas.rect((x, y - 9.5), (10.0, 10.0), 2.0, &ink);
        canvas.text((x + 16.0, y), Type::VALUE, part.text);
        canvas.text((x + before, y), Type::LABEL, &label);
        x += wide + 16.0;
    }
    y + 8.0
}
