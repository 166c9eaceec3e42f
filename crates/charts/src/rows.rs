//! Horizontal bars in rows, which bar charts and value steps share. They read as well at 320 pixels as at 700.

use crate::Frame;
use crate::scale::Scale;
use crate::svg::{Anchor, BODY, Canvas, LEADING, Stroke, Type};
use crate::text;
use crate::theme::Ink;

/// Below this width a row's label stands above its bar.
const NARROW: u32 = 480;
const GAP: f64 = 8.0;

pub struct Row<'a> {
    pub label: &'a str,
    /// From where to where; `None` where there is no value.
    pub span: Option<(f64, f64)>,
    /// The value in words.
    pub value: &'a str,
    pub ink: Ink,
    pub bold: bool,
}

struct Layout {
    label_room: f64,
    scale: Scale,
    zero: f64,
}

/// Draws the rows and returns the height; `connected` joins each bar's end with the next row.
pub fn draw(canvas: &mut Canvas<'_>, frame: &Frame<'_>, rows: &[Row<'_>], connected: bool) -> f64 {
    let narrow = frame.width < NARROW;
    let layout = lay_out(frame, rows, narrow);
    let bar = if narrow { 14.0 } else { 20.0 };
    let mut y = 4.0;
    let mut end: Option<(f64, f64)> = None;
    let mut bars = Vec::new();
    for row in rows {
        let lines = text::wrap(row.label, BODY, layout.label_room, 2);
        let (top, height) = if narrow {
            let label_height = lines.len().max(1) as f64 * LEADING;
            (y + label_height + 4.0, label_height + 4.0 + bar)
        } else {
            let label_height = lines.len().max(1) as f64 * LEADING;
            let height = label_height.max(bar);
            (y + (height - bar) / 2.0, height)
        };
        let kind = Type {
            bold: row.bold,
            ..Type::LABEL
        };
        let first = if narrow {
            y + 12.0
        } else {
            y + (height - lines.len() as f64 * LEADING) / 2.0 + 12.0
        };
        for (i, line) in lines.iter().enumerate() {
            canvas.text((0.0, first + i as f64 * LEADING), kind, line);
        }
        if let (true, Some((x, from)), Some(_)) = (connected, end, row.span) {
            let axis = canvas.axis();
            // Where the label stands between the bars, only a short tick leads on.
            let start = if narrow { top - 5.0 } else { from };
            canvas.path(&[(x, start), (x, top)], &axis, 1.0, Stroke::Solid);
        }
        end = row.span.map(|(_, to)| (layout.scale.at(to), top + bar));
        bars.push((row, top));
        y += height + if narrow { 14.0 } else { 12.0 };
    }
    let axis = canvas.axis();
    let bottom = y - if narrow { 10.0 } else { 8.0 };
    if !narrow {
        canvas.path(
            &[(layout.zero, 0.0), (layout.zero, bottom)],
            &axis,
            1.0,
            Stroke::Solid,
        );
    }
    for (row, top) in bars {
        draw_bar(canvas, row, &layout, (top, bar));
        if narrow {
            let line = [(layout.zero, top - 2.0), (layout.zero, top + bar + 2.0)];
            canvas.path(&line, &axis, 1.0, Stroke::Solid);
        }
    }
    bottom
}

fn lay_out(frame: &Frame<'_>, rows: &[Row<'_>], narrow: bool) -> Layout {
    let width = f64::from(frame.width);
    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|t| text::width(t, BODY)).fold(0.0, f64::max)
    };
    let label_room = match narrow {
        true => width,
        false => widest(&mut rows.iter().map(|row| row.label)).min(width * 0.36),
    };
    let left = if narrow { 1.0 } else { label_room + 16.0 };
    let spans = || rows.iter().filter_map(|row| row.span);
    let low = spans().map(|(a, b)| a.min(b)).fold(0.0, f64::min);
    let high = spans().map(|(a, b)| a.max(b)).fold(0.0, f64::max);
    let is_below = |row: &&Row<'_>| {
        row.span
            .is_some_and(|(a, b)| a.max(b) <= 0.0 && a.min(b) < 0.0)
    };
    // Room for values beside the bars, on each side that has bars.
    let room = |below: bool| {
        let values = &mut rows
            .iter()
            .filter(|row| is_below(row) == below)
            .map(|row| row.value);
        widest(values).min(width * 0.4)
    };
    let (before, after) = (room(true), room(false));
    let before = if before > 0.0 { before + GAP } else { 0.0 };
    let after = if after > 0.0 { after + GAP } else { 0.0 };
    let (from, to) = (
        left + before,
        (width - after - 2.0).max(left + before + 8.0),
    );
    // All zero: the line stands at the left and nothing is drawn.
    let high = if high <= low { low + 1.0 } else { high };
    let scale = Scale {
        low,
        high,
        from,
        to,
    };
    Layout {
        label_room,
        scale,
        zero: scale.at(0.0),
    }
}

fn draw_bar(canvas: &mut Canvas<'_>, row: &Row<'_>, layout: &Layout, (top, bar): (f64, f64)) {
    let middle = top + bar / 2.0 + 4.5;
    let Some((from, to)) = row.span else {
        let kind = Type {
            muted: true,
            ..Type::LABEL
        };
        canvas.text((layout.zero + GAP, middle), kind, row.value);
        return;
    };
    let (a, b) = (layout.scale.at(from), layout.scale.at(to));
    let (left, right) = (a.min(b), a.max(b));
    // What is not zero stays visible.
    let wide = if from == to {
        0.0
    } else {
        (right - left).max(1.5)
    };
    canvas.rect((left, top), (wide, bar), 2.0, &row.ink);
    let below = from.max(to) <= 0.0 && from.min(to) < 0.0;
    if below {
        canvas.text((left - GAP, middle), Type::VALUE.to(Anchor::End), row.value);
    } else {
        canvas.text((left + wide + GAP, middle), Type::VALUE, row.value);
    }
}
