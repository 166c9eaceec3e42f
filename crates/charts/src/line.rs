//! Values over time: series labelled at their ends, target dashed, forecast dotted.

use crate::line_data::{drawn, references, spread, table};
use crate::line_ends::{self, End};
use crate::scale::{Axis, Scale};
use crate::sparkline::runs;
use crate::svg::{Anchor, Canvas, LEADING, SMALL, Stroke, Type, empty};
use crate::theme::Ink;
use crate::{Chart, Frame, Table, text};

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Its name, written at its end.
    pub label: &'a str,
    /// One value a period; `None` leaves a gap.
    pub values: &'a [Option<f64>],
    /// The first period that is forecast; drawn dotted from the period before it.
    pub forecast_from: Option<usize>,
}

/// A line to compare with: a target or a baseline.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// Its name, written at its end.
    pub label: &'a str,
    /// One value a period; a single one holds for all.
    pub values: &'a [Option<f64>],
}

/// The chart's words.
#[derive(Debug, Clone, Copy)]
pub struct LineWords<'a> {
    /// Head of the table's first column.
    pub period: &'a str,
    /// Said beneath the picture when the axis leaves zero out: "The axis does not start at zero".
    pub not_from_zero: &'a str,
    /// Where there is no value.
    pub no_data: &'a str,
}

/// A line chart.
pub struct LineChart<'a> {
    /// Id, title, width and colours.
    pub frame: Frame<'a>,
    /// Height in pixels, without the note about the axis; at least 120.
    pub height: u32,
    /// The periods' names.
    pub periods: &'a [&'a str],
    /// The lines; colours repeat after six.
    pub series: &'a [Series<'a>],
    /// Where they should go, dashed.
    pub target: Option<Reference<'a>>,
    /// Where they came from, thin.
    pub baseline: Option<Reference<'a>>,
    /// Writes a number for its reader, for the axis and the table.
    pub format: &'a dyn Fn(f64) -> String,
    /// The words.
    pub words: LineWords<'a>,
}

struct Plot {
    x: Scale,
    y: Scale,
    axis: Axis,
    label_room: f64,
    /// Size of the axis' numbers: smaller where they are long, as a shortened number would be a wrong one.
    tick_size: f64,
}

/// Draws a line chart.
pub fn line(chart: &LineChart<'_>) -> Chart {
    let mut canvas = Canvas::new(&chart.frame);
    let table = table(chart);
    let all = || references(chart).flat_map(|(values, _)| values).flatten();
    let (low, high) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    if low > high {
        let height = empty(&mut canvas, &chart.frame, chart.words.no_data);
        return finish(chart, canvas, height, table, true);
    }
    let axis = Axis::for_values(low, high);
    let plot = lay_out(chart, axis);
    draw_grid(&mut canvas, chart, &plot);
    draw_references(&mut canvas, chart, &plot);
    for (i, series) in chart.series.iter().enumerate() {
        draw_series(&mut canvas, series, i, &plot, chart.periods.len());
    }
    let ends = ends(&canvas, chart, &plot);
    line_ends::draw(
        &mut canvas,
        ends,
        plot.x.to,
        plot.label_room,
        (plot.y.to, plot.y.from),
    );
    let mut height = f64::from(chart.height.max(120));
    if !axis.shows_zero() {
        height += LEADING + 4.0;
        for line in text::wrap(
            chart.words.not_from_zero,
            SMALL,
            f64::from(chart.frame.width),
            1,
        ) {
            canvas.text((0.0, height - 6.0), Type::NOTE, &line);
        }
    }
    finish(chart, canvas, height, table, axis.shows_zero())
}

fn finish(
    chart: &LineChart<'_>,
    canvas: Canvas<'_>,
    height: f64,
    table: Table,
    from_zero: bool,
) -> Chart {
    let alt = match from_zero {
        true => chart.frame.description.to_owned(),
        false => format!("{} {}", chart.frame.description, chart.words.not_from_zero),
    };
    Chart {
        svg: canvas.finish(height, &alt),
        table,
        alt,
    }
}

fn lay_out(chart: &LineChart<'_>, axis: Axis) -> Plot {
    let width = f64::from(chart.frame.width);
    let height = f64::from(chart.height.max(120));
    let ticks = axis
        .ticks()
        .map(|tick| text::width(&(chart.format)(tick), SMALL));
    let widest = ticks.iter().copied().fold(0.0, f64::max);
    let room = widest.min(width * 0.3);
    let left = room + 8.0;
    let longest = references(chart)
        .map(|(_, label)| text::width(label, SMALL))
        .fold(0.0, f64::max);
    let label_room = longest
        .min(width * if width < 480.0 { 0.27 } else { 0.22 })
        .max(24.0);
    let right = (width - label_room - 18.0).max(left + 24.0);
    let last = chart.periods.len().saturating_sub(1).max(1) as f64;
    Plot {
        x: Scale {
            low: 0.0,
            high: last,
            from: left + 4.0,
            to: right,
        },
        y: Scale {
            low: axis.low,
            high: axis.high(),
            from: height - 26.0,
            to: 10.0,
        },
        axis,
        label_room,
        tick_size: SMALL * room / widest.max(1.0),
    }
}

fn draw_grid(canvas: &mut Canvas<'_>, chart: &LineChart<'_>, plot: &Plot) {
    let (left, right) = (plot.x.from - 4.0, plot.x.to);
    for (i, tick) in plot.axis.ticks().into_iter().enumerate() {
        let y = plot.y.at(tick);
        // The bottom and zero are drawn stronger than the gridlines.
        let ink = if i == 0 || tick == 0.0 {
            canvas.axis()
        } else {
            canvas.grid()
        };
        canvas.path(&[(left, y), (right, y)], &ink, 1.0, Stroke::Solid);
        let kind = Type {
            size: plot.tick_size,
            ..Type::NOTE
        };
        canvas.text(
            (left - 8.0, y + 4.0),
            kind.to(Anchor::End),
            &(chart.format)(tick),
        );
    }
    let room = (plot.x.to - plot.x.from).max(1.0) * 0.48;
    let labels: Vec<String> = chart
        .periods
        .iter()
        .map(|period| text::shorten(period, SMALL, room))
        .collect();
    let widest = labels
        .iter()
        .map(|label| text::width(label, SMALL))
        .fold(0.0, f64::max);
    let between = (plot.x.to - plot.x.from) / plot.x.high;
    let every = ((widest + 14.0) / between.max(0.01)).ceil().max(1.0) as usize;
    let count = labels.len();
    for (i, label) in labels.iter().enumerate() {
        // Counted from the end, so that the latest period is always named.
        if (count - 1 - i).is_multiple_of(every) {
            let half = text::width(label, SMALL) / 2.0;
            let x = plot
                .x
                .at(i as f64)
                .max(half)
                .min(f64::from(chart.frame.width) - half);
            canvas.text(
                (x, plot.y.from + 18.0),
                Type::NOTE.to(Anchor::Middle),
                label,
            );
        }
    }
}

fn points(run: &[(usize, f64)], plot: &Plot) -> Vec<(f64, f64)> {
    run.iter()
        .map(|(i, value)| (plot.x.at(*i as f64), plot.y.at(*value)))
        .collect()
}

fn draw_references(canvas: &mut Canvas<'_>, chart: &LineChart<'_>, plot: &Plot) {
    let ink = canvas.muted();
    let kinds = [
        (&chart.baseline, 1.0, Stroke::Solid),
        (&chart.target, 1.5, Stroke::Dashed),
    ];
    for (reference, width, stroke) in kinds {
        let Some(reference) = reference else { continue };
        for run in runs(&spread(reference, chart.periods.len())) {
            let mut line = points(&run, plot);
            // With one period there is no line to draw between two of them.
            if let ([only], 1) = (line.as_slice(), chart.periods.len()) {
                line = vec![*only, (plot.x.to, only.1)];
            }
            canvas.path(&line, &ink, width, stroke);
        }
    }
}

fn draw_series(
    canvas: &mut Canvas<'_>,
    series: &Series<'_>,
    index: usize,
    plot: &Plot,
    periods: usize,
) {
    let ink = canvas.palette.series(index);
    let forecast = series.forecast_from.unwrap_or(usize::MAX);
    for run in runs(&drawn(series.values, periods)) {
        if let [alone] = run.as_slice() {
            let point = (plot.x.at(alone.0 as f64), plot.y.at(alone.1));
            canvas.circle(point, 4.0, &ink);
            continue;
        }
        let measured = run.iter().take_while(|(i, _)| *i < forecast).count();
        canvas.path(&points(&run[..measured], plot), &ink, 2.25, Stroke::Solid);
        if measured < run.len() {
            canvas.path(
                &points(&run[measured.saturating_sub(1)..], plot),
                &ink,
                2.25,
                Stroke::Dotted,
            );
        }
    }
}

/// Where each line ends, and what is written there.
fn ends<'a>(canvas: &Canvas<'_>, chart: &'a LineChart<'_>, plot: &Plot) -> Vec<End<'a>> {
    let count = chart.series.len();
    let mut ends = Vec::new();
    for (i, (values, label)) in references(chart).enumerate() {
        let Some((period, value)) = values
            .iter()
            .enumerate()
            .rev()
            .find_map(|(i, v)| v.map(|v| (i, v)))
        else {
            continue;
        };
        let is_series = i < count;
        let ink: Ink = if is_series {
            canvas.palette.series(i)
        } else {
            canvas.muted()
        };
        let at = (plot.x.at(period as f64), plot.y.at(value));
        ends.push(End {
            at,
            label,
            ink,
            is_series,
        });
    }
    ends
}
