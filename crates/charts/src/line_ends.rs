//! Labels at the ends of lines: none over another, each led to its line.

use crate::svg::{Canvas, SMALL, Stroke, Type};
use crate::text;
use crate::theme::Ink;

const LINE: f64 = 14.0;
const LEAD: f64 = 10.0;

pub struct End<'a> {
    pub at: (f64, f64),
    pub label: &'a str,
    pub ink: Ink,
    pub is_series: bool,
}

struct Placed<'a> {
    end: End<'a>,
    lines: Vec<String>,
    /// Middle of the label.
    y: f64,
}

impl Placed<'_> {
    fn half(&self) -> f64 {
        self.lines.len() as f64 * LINE / 2.0 + 1.0
    }
}

/// Writes the labels to the right of `edge`, within `room`, between `top` and `bottom` as far as they fit.
pub fn draw(
    canvas: &mut Canvas<'_>,
    ends: Vec<End<'_>>,
    edge: f64,
    room: f64,
    (top, bottom): (f64, f64),
) {
    // Two lines a label where all have room for it.
    let wrapped = |most| -> Vec<Vec<String>> {
        ends.iter()
            .map(|end| text::wrap(end.label, SMALL, room, most))
            .collect()
    };
    let two = wrapped(2);
    let needed: f64 = two
        .iter()
        .map(|lines| lines.len() as f64 * LINE + 2.0)
        .sum();
    let lines = if needed <= bottom - top {
        two
    } else {
        wrapped(1)
    };
    let mut placed: Vec<Placed<'_>> = ends
        .into_iter()
        .zip(lines)
        .map(|(end, lines)| Placed {
            lines,
            y: end.at.1,
            end,
        })
        .collect();
    placed.sort_by(|a, b| a.y.total_cmp(&b.y));
    spread(&mut placed, top - 4.0, bottom + 4.0);
    for label in &placed {
        let (x, y) = label.end.at;
        if label.end.is_series {
            canvas.circle((x, y), 4.0, &label.end.ink);
        }
        if (label.y - y).abs() > 3.0 || edge - x > 1.0 {
            let from = if label.end.is_series { x + 5.0 } else { x };
            let turn = (edge + 4.0).max(from);
            canvas.path(
                &[(from, y), (turn, y), (edge + LEAD, label.y)],
                &label.end.ink,
                0.75,
                Stroke::Solid,
            );
        }
        let first = label.y - label.half() + LINE - 2.5;
        for (i, line) in label.lines.iter().enumerate() {
            let kind = Type {
                size: SMALL,
                bold: label.end.is_series,
                muted: !label.end.is_series,
                ..Type::LABEL
            };
            canvas.text((edge + LEAD + 4.0, first + i as f64 * LINE), kind, line);
        }
    }
}

/// Pushes labels down until none overlaps, then up from the bottom: sorted as they are, they keep their order.
fn spread(placed: &mut [Placed<'_>], top: f64, bottom: f64) {
    let mut least = top;
    for label in placed.iter_mut() {
        label.y = label.y.max(least + label.half());
        least = label.y + label.half();
    }
    let mut most = bottom;
    for label in placed.iter_mut().rev() {
        label.y = label.y.min(most - label.half());
        most = label.y - label.half();
    }
}
