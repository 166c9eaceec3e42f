//! A ratio with its range: low, base and high on one line, and where it breaks even.

use crate::scale::{Axis, Scale};
use crate::svg::{Anchor, BODY, Canvas, SMALL, Stroke, Type, empty};
use crate::{Chart, Frame, Table, drawable, text};

/// A value on the line.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// Where it lies.
    pub value: f64,
    /// The value in words: "3.2 : 1".
    pub text: &'a str,
    /// What it is called: "Base".
    pub label: &'a str,
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct RangeWords<'a> {
    /// Head of the table's first column.
    pub label: &'a str,
    /// Head of its second.
    pub value: &'a str,
    /// When there is no ratio.
    pub no_data: &'a str,
}

/// A range chart.
#[derive(Debug, Clone, Copy)]
pub struct RangeChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// The pessimistic value.
    pub low: Mark<'a>,
    /// The best estimate.
    pub base: Mark<'a>,
    /// The optimistic value.
    pub high: Mark<'a>,
    /// A line to be above of, such as 1 : 1.
    pub break_even: Option<Mark<'a>>,
    /// The words.
    pub words: RangeWords<'a>,
}

const TRACK: f64 = 58.0;

/// Draws a range from zero on, its base largest.
pub fn range(chart: &RangeChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let marks = [chart.low, chart.base, chart.high];
    let height = match marks.map(|mark| drawable(mark.value)) {
        [Some(low), Some(base), Some(high)] => draw(&mut canvas, chart, [low, base, high]),
        _ => empty(&mut canvas, &chart.frame, chart.words.no_data),
    };
    let rows = marks
        .iter()
        .chain(&chart.break_even)
        .map(|mark| vec![mark.label.to_owned(), mark.text.to_owned()]);
    Chart {
        svg: canvas.finish(height, chart.frame.description),
        table: Table::new(
            &chart.frame,
            &[chart.words.label, chart.words.value],
            rows.collect(),
        ),
        alt: chart.frame.description.to_owned(),
    }
}

fn draw(canvas: &mut Canvas<'_>, chart: &RangeChart<'_>, [low, base, high]: [f64; 3]) -> f64 {
    let width = f64::from(chart.frame.width);
    let limit = chart.break_even.and_then(|mark| drawable(mark.value));
    let least = low.min(high).min(base).min(0.0);
    let most = low.max(high).max(base).max(limit.unwrap_or(0.0));
    let axis = Axis::for_values(least, most * 1.05);
    let x = Scale {
        low: axis.low.min(0.0),
        high: axis.high().max(0.0),
        from: 2.0,
        to: width - 2.0,
    };
    let (grid, ink) = (canvas.grid(), canvas.palette.series(0));
    canvas.rect((0.0, TRACK), (width, 12.0), 6.0, &grid);
    let (left, right) = (x.at(low.min(high)), x.at(low.max(high)));
    canvas.rect((left, TRACK), ((right - left).max(4.0), 12.0), 6.0, &ink);
    if let (Some(mark), Some(limit)) = (chart.break_even, limit) {
        let at = x.at(limit);
        let muted = canvas.muted();
        // In two pieces: between them stand the labels of low and high.
        for (from, to) in [(TRACK - 8.0, TRACK + 16.0), (TRACK + 36.0, TRACK + 47.0)] {
            canvas.path(&[(at, from), (at, to)], &muted, 1.5, Stroke::Dashed);
        }
        centred(canvas, at, TRACK + 60.0, mark.label, Type::NOTE, width);
    }
    let at = x.at(base);
    canvas.circle((at, TRACK + 6.0), 9.0, &ink);
    let large = Type {
        size: 22.0,
        bold: true,
        ..Type::LABEL
    };
    centred(canvas, at, TRACK - 14.0, chart.base.text, large, width);
    centred(
        canvas,
        at,
        TRACK - 40.0,
        chart.base.label,
        Type::NOTE,
        width,
    );
    ends(canvas, chart, (left, right));
    TRACK + if limit.is_some() { 68.0 } else { 36.0 }
}

/// Low and high beneath the band's ends; where they would touch, they move apart.
fn ends(canvas: &mut Canvas<'_>, chart: &RangeChart<'_>, (left, right): (f64, f64)) {
    let width = f64::from(chart.frame.width);
    let y = TRACK + 30.0;
    let room = width / 2.0 - 8.0;
    let said =
        |mark: &Mark<'_>| text::shorten(&format!("{} {}", mark.label, mark.text), BODY, room);
    let (low, high) = (said(&chart.low), said(&chart.high));
    let (a, b) = (text::width(&low, BODY), text::width(&high, BODY));
    let mut from = (left - a / 2.0).clamp(0.0, (width - a).max(0.0));
    let mut to = (right - b / 2.0).clamp(0.0, (width - b).max(0.0));
    let missing = from + a + 12.0 - to;
    if missing > 0.0 {
        from = (from - missing / 2.0).max(0.0);
        to = (from + a + 12.0).min((width - b).max(0.0));
        from = from.min(to - a - 12.0).max(0.0);
    }
    canvas.text((from, y), Type::LABEL, &low);
    canvas.text((to, y), Type::LABEL, &high);
}

/// Text centred at `x`, moved as far as it takes to stay inside.
fn centred(canvas: &mut Canvas<'_>, x: f64, y: f64, label: &str, kind: Type, width: f64) {
    let label = text::shorten(label, kind.size.max(SMALL), width);
    let half = (text::width(&label, kind.size) / 2.0).min(width / 2.0);
    canvas.text(
        (x.clamp(half, width - half), y),
        kind.to(Anchor::Middle),
        &label,
    );
}
