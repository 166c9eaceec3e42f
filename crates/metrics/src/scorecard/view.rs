//! A computed scorecard in words and pictures, for its page.

use backbone_charts::{Frame, Sparkline, SparklineWords, Theme, sparkline};
use backbone_ingest::period::Frequency as Grain;
use backbone_web::SafeHtml;
use jiff::civil::Date;
use serde::Serialize;

use super::compute::{Computed, Row};
use crate::judge::{Standing, Trend};
use crate::metric::show::{Words, drawn};
use crate::metric::{Definition, Direction, Metric, MetricId};

/// The rows of one perspective.
#[derive(Serialize)]
pub(crate) struct GroupView {
    name: String,
    rows: Vec<RowView>,
}

/// One row, ready to be shown.
#[derive(Serialize)]
pub(crate) struct RowView {
    pub(crate) id: MetricId,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) period: String,
    pub(crate) spark: SafeHtml,
    pub(crate) tone: &'static str,
    pub(crate) status: String,
    pub(crate) direction: String,
    pub(crate) attainment: Option<String>,
    pub(crate) owner: String,
    pub(crate) due: Option<Date>,
    pub(crate) updated: Option<backbone_db::Instant>,
}

/// The chip's colour.
pub(crate) fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::OnTarget => "good",
        Standing::Watch => "watch",
        Standing::Off => "bad",
        Standing::NoData | Standing::NoTarget => "neutral",
    }
}

/// All groups, in order.
pub(crate) fn groups(words: &Words<'_>, computed: &Computed, metrics: &[Metric]) -> Vec<GroupView> {
    let view = |row: &Row| {
        let metric = metrics.iter().find(|m| m.id == row.metric_id)?;
        Some(row_view(words, &metric.definition, row))
    };
    computed
        .groups
        .iter()
        .map(|group| GroupView {
            name: group.name.clone(),
            rows: group.rows.iter().filter_map(view).collect(),
        })
        .collect()
}

/// One row.
pub(crate) fn row_view(words: &Words<'_>, d: &Definition, row: &Row) -> RowView {
    let latest = row.latest.as_ref();
    let parts = latest.and_then(|r| {
        let pair = r.numerator.as_ref().zip(r.denominator.as_ref());
        pair.map(|(n, of)| (n.get(), of.get()))
    });
    RowView {
        id: row.metric_id.clone(),
        name: row.name.clone(),
        value: latest.map_or_else(
            || words.say("metrics-no-data"),
            |r| words.value(d, r.value.get(), parts),
        ),
        unit: match d.kind {
            crate::metric::Kind::Number => d.unit.clone(),
            _ => String::new(),
        },
        period: latest.map(|r| words.period(&r.period)).unwrap_or_default(),
        spark: spark(words, d, row),
        tone: tone(row.standing),
        status: words.say(&format!(
            "metrics-standing-{}",
            row.standing.as_str().replace('_', "-")
        )),
        direction: direction(words, d, row),
        attainment: row
            .attainment
            .as_ref()
            .map(|share| words.say_with("metrics-attained", &[("share", attained(words, share))])),
        owner: row.owner.name.clone(),
        due: row.freshness.is_stale().then_some(row.freshness.due),
        updated: row.updated_at,
    }
}

fn attained(words: &Words<'_>, share: &backbone_db::Dec) -> String {
    backbone_web::format::percent(
        words.lang,
        share.get() / rust_decimal::Decimal::ONE_HUNDRED,
        0,
    )
}

/// Where it is heading, in words: "Getting better, 3 quarters"; off the path without a trend, how far.
pub(crate) fn direction(words: &Words<'_>, d: &Definition, row: &Row) -> String {
    let counted = |key: &str, n: usize| {
        let grain = row.latest.as_ref().map(|r| r.period.frequency());
        let unit = match grain {
            Some(Grain::Month) => "months",
            Some(Grain::Quarter) => "quarters",
            Some(Grain::Year) => "years",
            Some(Grain::FiscalYear) => "school-years",
            _ => "periods",
        };
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        let run = words.count(&format!("metrics-run-{unit}"), n);
        words.say_with(key, &[("run", run)])
    };
    let text = match row.trend {
        Trend::Unknown if row.latest.is_none() => return words.say("metrics-trend-nothing"),
        Trend::Unknown => words.say("metrics-trend-unknown"),
        Trend::Unsure => words.say("metrics-trend-unsure"),
        Trend::Within => words.say("metrics-trend-within"),
        Trend::Better(n) => counted("metrics-trend-better", n),
        Trend::Worse(n) => counted("metrics-trend-worse", n),
    };
    match (d.direction, row.trend) {
        (Direction::Down, Trend::Better(_) | Trend::Worse(_)) => {
            words.say_with("metrics-down-is-good", &[("text", text)])
        }
        _ => text,
    }
}

fn spark(words: &Words<'_>, d: &Definition, row: &Row) -> SafeHtml {
    let periods: Vec<String> = row.points.iter().map(|p| words.period(&p.period)).collect();
    let values: Vec<(&str, Option<f64>)> = periods
        .iter()
        .zip(&row.points)
        .map(|(name, point)| (name.as_str(), drawn(point.value.get())))
        .collect();
    let id = format!(
        "s{}",
        &row.metric_id.as_str()[row.metric_id.as_str().len() - 12..]
    );
    let target = row.target.as_ref();
    let description = match (row.points.first(), row.points.last()) {
        (Some(first), Some(last)) => words.say_with(
            "metrics-spark",
            &[
                ("from", words.value(d, first.value.get(), None)),
                ("start", words.period(&first.period)),
                ("to", words.value(d, last.value.get(), None)),
                ("end", words.period(&last.period)),
            ],
        ),
        _ => words.say("metrics-no-data"),
    };
    let labels = [
        words.say("metrics-period"),
        words.say("metrics-value"),
        words.say("metrics-target"),
        words.say("metrics-no-data"),
    ];
    let chart = sparkline(&Sparkline {
        frame: Frame {
            id: &id,
            title: &row.name,
            description: &description,
            width: 120,
            theme: Theme::Light,
            background: false,
        },
        height: 32,
        values: &values,
        target: target.and_then(|t| drawn(t.get())),
        format: &|value| words.axis(d, value),
        words: SparklineWords {
            period: &labels[0],
            value: &labels[1],
            target: &labels[2],
            no_data: &labels[3],
        },
    });
    SafeHtml::trusted(chart.svg)
}
