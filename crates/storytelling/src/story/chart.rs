//! The picture of a story, drawn from numbers frozen with its edition.

use backbone_charts::{
    Chart, Frame, LineChart, LineWords, Mark, RangeChart, RangeWords, Reference, Series, Theme,
    line, range,
};
use backbone_db::{Conn, DbError};
use backbone_web::format::{PeriodStyle, float};
use backbone_web::{Args, Lang};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::published::PublishedEdition;
use super::{ChartChoice, Content};
use crate::figure::readings::SeriesOf;
use crate::figure::{Asked, Format, ModelResult, Readings, Source, rules};
use crate::words;

/// The numbers of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChartSpec {
    /// A metric over time.
    Line(SeriesOf),
    /// A ratio's range: value and words each.
    Range {
        /// With the low assumptions.
        low: (f64, String),
        /// The best estimate.
        base: (f64, String),
        /// With the high assumptions.
        high: (f64, String),
    },
}

/// Reads the numbers of the picture that was chosen.
///
/// # Errors
/// Only those of the database.
pub fn read(
    conn: &mut Conn,
    asked: &Asked,
    readings: &dyn Readings,
    content: &Content,
) -> Result<Option<ChartSpec>, DbError> {
    match &content.chart {
        None => Ok(None),
        Some(ChartChoice::Metric { metric }) => {
            Ok(readings.series(conn, asked, metric)?.map(ChartSpec::Line))
        }
        Some(ChartChoice::Range { model }) => {
            let mut marks = Vec::new();
            for result in [
                ModelResult::RatioLow,
                ModelResult::Ratio,
                ModelResult::RatioHigh,
            ] {
                let source = Source::ValueModel {
                    model: model.clone(),
                    result,
                };
                let reading = readings.read(conn, asked, &source)?;
                let Some(value) = reading.value else {
                    return Ok(None);
                };
                let text = rules::write(asked.lang, &value, &reading.unit, &Format::default());
                marks.push((value.get().to_f64().unwrap_or_default(), text));
            }
            Ok(<[_; 3]>::try_from(marks)
                .ok()
                .map(|[low, base, high]| ChartSpec::Range { low, base, high }))
        }
    }
}

/// Draws the edition's picture; `None` when it has none. `width` in CSS pixels; with `background` for a mail.
pub fn chart_svg(
    edition: &PublishedEdition,
    theme: Theme,
    width: u32,
    background: bool,
) -> Option<Chart> {
    let spec = edition.view.chart.as_ref()?;
    Some(draw(spec, edition.view.lang(), theme, width, background))
}

/// Draws a picture from its numbers.
pub fn draw(spec: &ChartSpec, lang: Lang, theme: Theme, width: u32, background: bool) -> Chart {
    match spec {
        ChartSpec::Line(series) => draw_line(series, lang, theme, width, background),
        ChartSpec::Range { low, base, high } => {
            let word = |key: &str| words::text(lang, key, &Args::new());
            let labels = [
                word("story-range-low"),
                word("story-range-base"),
                word("story-range-high"),
                word("story-range-even"),
            ];
            let mut args = Args::new();
            args.set("low", low.1.clone());
            args.set("base", base.1.clone());
            args.set("high", high.1.clone());
            let description = words::text(lang, "story-range-description", &args);
            let title = word("story-range-title");
            fn mark<'a>(of: &'a (f64, String), label: &'a str) -> Mark<'a> {
                Mark {
                    value: of.0,
                    text: &of.1,
                    label,
                }
            }
            let even = (1.0, "1\u{a0}:\u{a0}1".to_string());
            range(&RangeChart {
                frame: Frame {
                    id: "story-chart",
                    title: &title,
                    description: &description,
                    width,
                    theme,
                    background,
                },
                low: mark(low, &labels[0]),
                base: mark(base, &labels[1]),
                high: mark(high, &labels[2]),
                break_even: Some(mark(&even, &labels[3])),
                words: RangeWords {
                    label: &word("story-range-assumptions"),
                    value: &word("story-range-ratio"),
                    no_data: &word("story-chart-empty"),
                },
            })
        }
    }
}

fn draw_line(series: &SeriesOf, lang: Lang, theme: Theme, width: u32, background: bool) -> Chart {
    let word = |key: &str| words::text(lang, key, &Args::new());
    let periods: Vec<String> = series
        .periods
        .iter()
        .map(|p| words::period(lang, p, PeriodStyle::Short))
        .collect();
    let periods: Vec<&str> = periods.iter().map(String::as_str).collect();
    let unit = series.unit.as_str();
    let format = |value: f64| {
        let text = float(lang, (value * 100.0).round() / 100.0, None);
        if unit.is_empty() {
            text
        } else {
            format!("{text}\u{a0}{unit}")
        }
    };
    let known: Vec<(usize, f64)> = series
        .values
        .iter()
        .enumerate()
        .filter_map(|(i, v)| v.map(|v| (i, v)))
        .collect();
    let mut args = Args::new();
    args.set("name", series.name.clone());
    if let (Some(first), Some(last)) = (known.first(), known.last()) {
        args.set("from", format(first.1));
        args.set("to", format(last.1));
        args.set(
            "start",
            periods.get(first.0).copied().unwrap_or("").to_string(),
        );
        args.set(
            "end",
            periods.get(last.0).copied().unwrap_or("").to_string(),
        );
    }
    let mut description = if known.is_empty() {
        word("story-chart-empty")
    } else {
        words::text(lang, "story-line-description", &args)
    };
    // The last point of the target's path is the one to remember.
    let goal = series.target.iter().rposition(Option::is_some);
    if let Some((at, value)) = goal.and_then(|at| Some((at, (*series.target.get(at)?)?))) {
        let mut args = Args::new();
        args.set("value", format(value));
        args.set("period", periods.get(at).copied().unwrap_or("").to_string());
        description.push(' ');
        description.push_str(&words::text(lang, "story-line-goal", &args));
    }
    let target_label = word("story-line-target");
    line(&LineChart {
        frame: Frame {
            id: "story-chart",
            title: &series.name,
            description: &description,
            width,
            theme,
            background,
        },
        height: 240,
        periods: &periods,
        series: &[Series {
            label: &series.name,
            values: &series.values,
            forecast_from: None,
        }],
        target: (!series.target.is_empty()).then_some(Reference {
            label: &target_label,
            values: &series.target,
        }),
        baseline: None,
        format: &format,
        words: LineWords {
            period: &word("story-line-period"),
            not_from_zero: &word("story-line-not-from-zero"),
            no_data: &word("story-chart-empty"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_dashed_labelled_and_told_in_words() {
        let mut series = SeriesOf {
            name: "Children who read".into(),
            unit: "%".into(),
            periods: ["2026-Q1", "2026-Q2", "2026-Q3"].map(String::from).to_vec(),
            values: vec![Some(50.0), Some(61.0), None],
            target: vec![Some(52.0), Some(60.0), Some(70.0)],
        };
        let drawn = |series: &SeriesOf, lang| {
            draw(
                &ChartSpec::Line(series.clone()),
                lang,
                Theme::Light,
                680,
                false,
            )
        };
        let chart = drawn(&series, Lang::En);
        assert!(chart.svg.contains("stroke-dasharray") && chart.svg.contains(">Target"));
        assert!(
            chart.alt.contains("61\u{a0}%") && chart.alt.contains("Target for Q3 2026: 70\u{a0}%."),
            "{}",
            chart.alt
        );
        let told: Vec<&String> = chart.table.rows.iter().flatten().collect();
        assert!(told.iter().any(|cell| cell.contains("70")), "{told:?}");
        let dutch = drawn(&series, Lang::Nl);
        assert!(dutch.alt.contains("Doel voor"), "{}", dutch.alt);
        series.target.clear();
        let without = drawn(&series, Lang::En);
        assert!(!without.alt.contains("Target") && !without.svg.contains(">Target"));
    }
}
