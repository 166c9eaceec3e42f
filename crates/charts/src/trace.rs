//! A chain of boxes, from a story's figure back to who contributed what.

use crate::svg::{BODY, Canvas, LEADING, SMALL, Stroke, Type, empty};
use crate::{Chart, Frame, Table, text};

/// One link of the chain.
#[derive(Debug, Clone, Copy)]
pub struct TraceBox<'a> {
    /// What kind of thing it is: "Metric".
    pub kind: &'a str,
    /// Its name; wraps to three lines.
    pub name: &'a str,
    /// Its number or date in words; may be empty.
    pub value: &'a str,
    /// Whether the reader stands here.
    pub current: bool,
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct TraceWords<'a> {
    /// Head of the table's first column.
    pub kind: &'a str,
    /// Head of its second.
    pub name: &'a str,
    /// Head of its third.
    pub value: &'a str,
    /// When there is no chain.
    pub no_data: &'a str,
}

/// A trace picture.
#[derive(Debug, Clone, Copy)]
pub struct TraceChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// The links, from the story to its sources.
    pub boxes: &'a [TraceBox<'a>],
    /// The words.
    pub words: TraceWords<'a>,
}

/// Between two boxes, beside and beneath each other.
const ACROSS: f64 = 28.0;
const DOWN: f64 = 30.0;
const PADDING: f64 = 12.0;
const NARROWEST: f64 = 148.0;

/// Draws the chain: beside each other as far as they fit, then in further rows; beneath each other on a phone.
pub fn trace(chart: &TraceChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let height = match chart.boxes.is_empty() {
        true => empty(&mut canvas, &chart.frame, chart.words.no_data),
        false => draw(&mut canvas, chart),
    };
    let cells = |link: &TraceBox<'_>| {
        vec![
            link.kind.to_owned(),
            link.name.to_owned(),
            link.value.to_owned(),
        ]
    };
    let headers = [chart.words.kind, chart.words.name, chart.words.value];
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(
            &chart.frame,
            &headers,
            chart.boxes.iter().map(cells).collect(),
        ),
        alt: chart.frame.description.to_owned(),
    }
}

fn draw(canvas: &mut Canvas<'_>, chart: &TraceChart<'_>) -> f64 {
    let width = f64::from(chart.frame.width) - 2.0;
    let fit = if width < 480.0 {
        1
    } else {
        ((width + ACROSS) / (NARROWEST + ACROSS)).floor().max(1.0) as usize
    };
    // Even rows look better than one full and one with a single box.
    let rows = chart.boxes.len().div_ceil(fit);
    let columns = chart.boxes.len().div_ceil(rows);
    let box_width = (width - ACROSS * (columns - 1) as f64) / columns as f64;
    let mut y = 1.0;
    let mut before: Option<(f64, f64, f64)> = None;
    for row in chart.boxes.chunks(columns) {
        let names: Vec<Vec<String>> = row
            .iter()
            .map(|link| text::wrap(link.name, BODY, box_width - 2.0 * PADDING, 3))
            .collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let valued = row.iter().any(|link| !link.value.is_empty());
        let height = PADDING + 12.0 + lines * LEADING + if valued { 24.0 } else { 2.0 } + PADDING;
        if let Some(from) = before {
            lead_down(canvas, from, (1.0 + box_width / 2.0, y));
        }
        for (i, (link, name)) in row.iter().zip(&names).enumerate() {
            let x = 1.0 + i as f64 * (box_width + ACROSS);
            draw_box(canvas, link, name, (x, y), (box_width, height));
            if i > 0 {
                let (axis, middle) = (canvas.axis(), y + height / 2.0);
                canvas.path(
                    &[(x - ACROSS + 4.0, middle), (x - 8.0, middle)],
                    &axis,
                    1.5,
                    Stroke::Solid,
                );
                canvas.arrow_head((x - 3.0, middle), false);
            }
            before = Some((x + box_width / 2.0, y + height, y + height + DOWN / 2.0));
        }
        y += height + DOWN;
    }
    y - DOWN + 1.0
}

/// From beneath a row's last box to above the next row's first.
fn lead_down(canvas: &mut Canvas<'_>, (x, bottom, middle): (f64, f64, f64), (to, top): (f64, f64)) {
    let axis = canvas.axis();
    canvas.path(
        &[
            (x, bottom + 4.0),
            (x, middle),
            (to, middle),
            (to, top - 8.0),
        ],
        &axis,
        1.5,
        Stroke::Solid,
    );
    canvas.arrow_head((to, top - 3.0), true);
}

fn draw_box(
    canvas: &mut Canvas<'_>,
    link: &TraceBox<'_>,
    name: &[String],
    (x, y): (f64, f64),
    size: (f64, f64),
) {
    let border = if link.current {
        canvas.palette.series(0)
    } else {
        canvas.axis()
    };
    canvas.panel((x, y), size, &border, link.current);
    let room = size.0 - 2.0 * PADDING;
    let left = x + PADDING;
    canvas.text(
        (left, y + PADDING + 9.0),
        Type::NOTE,
        &text::shorten(link.kind, SMALL, room),
    );
    let first = y + PADDING + 27.0;
    for (i, line) in name.iter().enumerate() {
        canvas.text((left, first + i as f64 * LEADING), Type::LABEL, line);
    }
    if !link.value.is_empty() {
        // At the foot, so that the numbers of a row stand on one line.
        let value = text::shorten(link.value, 16.0, room);
        let kind = Type {
            size: 16.0,
            ..Type::VALUE
        };
        canvas.text((left, y + size.1 - PADDING - 1.0), kind, &value);
    }
}
