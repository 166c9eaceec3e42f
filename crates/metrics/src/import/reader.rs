//! Rows into figures: what each cell means, checked against the metric as a typed measurement is.

use std::collections::HashMap;

use backbone_ingest::period::Period;
use rust_decimal::Decimal;

use super::figure::Figure;
use super::plan::{Column, Plan};
use super::seen::{First, Seen};
use super::source::RowRef;
use super::told::Told;
use crate::metric::Kind;
use crate::rollup;

/// Texts of periods that are remembered; real files have fewer.
const PERIODS: usize = 20_000;
/// As large as a measurement may be.
const LARGEST: i64 = 1_000_000_000_000_000;

/// What a cell, or a row that could not be read, came to.
#[derive(Debug)]
pub(crate) enum Found {
    Figure(Figure),
    Blank,
    Duplicate(Told),
    Error(Told),
}

/// Reads rows one after another and remembers what was said.
pub(crate) struct Reader {
    plan: Plan,
    seen: Seen,
    periods: HashMap<String, Result<Period, Told>>,
}

/// A value, and the two numbers it was divided from.
type Values = (Decimal, Option<(Decimal, Decimal)>);

/// Metric, period, and the column of the value; none when the value is divided from its parts.
type Target = (usize, Period, Option<usize>);

/// What all figures of a row share.
struct Shared {
    organization: String,
    dimensions: String,
    source: String,
    note: String,
}

impl Reader {
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            seen: Seen::default(),
            periods: HashMap::new(),
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Everything that a row says, handed to `out` in the order of the columns.
    pub fn row(&mut self, row: &RowRef<'_>, mut out: impl FnMut(Found)) {
        let shared = match self.shared(row) {
            Ok(shared) => shared,
            Err(told) => return out(Found::Error(told)),
        };
        let cells = self.cells(row);
        for (entry, cell) in (0..).zip(cells) {
            let found = match cell {
                Err(told) => Found::Error(told),
                Ok((metric, period, column)) => {
                    self.figure(row, &shared, metric, period, column, entry)
                }
            };
            out(match found {
                Found::Figure(figure) => match self.seen.look_at(&figure) {
                    First::Yes => Found::Figure(figure),
                    First::Same(told) => Found::Duplicate(told),
                    First::Other(told) => Found::Error(told),
                },
                other => other,
            });
        }
    }

    /// The row's cells that hold values, each with its metric and period.
    fn cells(&mut self, row: &RowRef<'_>) -> Vec<Result<Target, Told>> {
        let wide = !self.plan.periods.is_empty();
        let metric = if self.plan.values.is_empty() {
            self.metric(row)
        } else {
            Ok(0)
        };
        let metric = match metric {
            Ok(metric) => metric,
            Err(told) => return vec![Err(told)],
        };
        if wide {
            let columns = self.plan.periods.iter();
            return columns
                .map(|(column, period)| Ok((metric, *period, Some(column.at))))
                .collect();
        }
        let period = match self.period(row) {
            Ok(period) => period,
            Err(told) => return vec![Err(told)],
        };
        if self.plan.values.is_empty() {
            return vec![Ok((metric, period, self.plan.value.as_ref().map(|c| c.at)))];
        }
        let columns = self.plan.values.iter();
        columns
            .map(|(column, metric)| Ok((*metric, period, Some(column.at))))
            .collect()
    }

    fn metric(&self, row: &RowRef<'_>) -> Result<usize, Told> {
        let Some(column) = &self.plan.metric else {
            return self
                .plan
                .fixed_metric
                .ok_or_else(|| Told::new("metric-gone"));
        };
        let name = row.get(column.at);
        match self.plan.metric_named(name) {
            Some(metric) => Ok(metric),
            None if name.is_empty() => Err(Told::new("metric-blank").column(&column.header)),
            None => Err(Told::new("metric-unknown")
                .column(&column.header)
                .arg("text", short(name))),
        }
    }

    fn period(&mut self, row: &RowRef<'_>) -> Result<Period, Told> {
        let Some(column) = &self.plan.period else {
            return self
                .plan
                .fixed_period
                .ok_or_else(|| Told::new("period-blank").arg("text", ""));
        };
        let text = row.get(column.at);
        if let Some(known) = self.periods.get(text) {
            return known.clone();
        }
        let read = match self.plan.settled.reading.read(text) {
            Ok(period) => Ok(self.plan.mapping.year(period)),
            Err(error) => Err(Told::period(&error).column(&column.header)),
        };
        if self.periods.len() < PERIODS {
            self.periods.insert(text.to_owned(), read.clone());
        }
        read
    }

    fn shared(&self, row: &RowRef<'_>) -> Result<Shared, Told> {
        let plan = &self.plan;
        let organization = match &plan.organization {
            None => plan.fixed_organization.clone(),
            Some(column) => match row.get(column.at) {
                "" => plan.fixed_organization.clone(),
                name => plan
                    .organization_named(name)
                    .ok_or_else(|| {
                        Told::new("organization-unknown")
                            .column(&column.header)
                            .arg("text", short(name))
                    })?
                    .to_owned(),
            },
        };
        let source = match plan.source.as_ref().map(|c| row.get(c.at)) {
            None | Some("") => plan.mapping.source.clone(),
            Some(text) => text.chars().take(500).collect(),
        };
        let mut note = String::new();
        for column in &plan.notes {
            let text = row.get(column.at);
            if !text.is_empty() {
                let between = if note.is_empty() { "" } else { "; " };
                note.extend([between, text]);
            }
        }
        if note.len() > 2000 {
            note = note.chars().take(2000).collect();
        }
        Ok(Shared {
            organization,
            dimensions: dimensions(&plan.dimensions, row)?,
            source,
            note,
        })
    }

    fn figure(
        &self,
        row: &RowRef<'_>,
        shared: &Shared,
        metric: usize,
        period: Period,
        column: Option<usize>,
        entry: u32,
    ) -> Found {
        let read = match self.values(row, metric, column) {
            Ok(Some(read)) => read,
            Ok(None) => return Found::Blank,
            Err(told) => return Found::Error(told),
        };
        if let Err(told) = self.allowed(metric, row) {
            return Found::Error(told);
        }
        Found::Figure(Figure {
            line: row.number(),
            entry,
            metric,
            organization: shared.organization.clone(),
            period,
            dimensions: shared.dimensions.clone(),
            value: read.0,
            parts: read.1,
            source: shared.source.clone(),
            note: shared.note.clone(),
        })
    }

    /// Value and parts; `None` when the cells hold no figure.
    fn values(
        &self,
        row: &RowRef<'_>,
        metric: usize,
        column: Option<usize>,
    ) -> Result<Option<Values>, Told> {
        let value = match column {
            Some(at) => self.number(row, at, metric)?,
            None => None,
        };
        let long = self.plan.periods.is_empty() && self.plan.values.is_empty();
        let part = |column: &Option<Column>| match column {
            Some(column) if long => self.number(row, column.at, metric),
            _ => Ok(None),
        };
        let parts = match (part(&self.plan.numerator)?, part(&self.plan.denominator)?) {
            (Some(n), Some(d)) if d > Decimal::ZERO => Some((n, d)),
            (Some(_), Some(_)) => return Err(Told::new("denominator-zero")),
            (None, None) => None,
            _ => return Err(Told::new("parts-incomplete")),
        };
        let kind = self
            .plan
            .metrics
            .get(metric)
            .map_or(Kind::Number, |m| m.definition.kind);
        let divided = parts.and_then(|parts| rollup::quotient(parts, kind));
        if let (Some(value), Some(divided)) = (value, divided)
            && (value - divided).abs() > Decimal::ONE
        {
            return Err(Told::new("parts-disagree")
                .arg("text", value)
                .arg("divided", divided.round_dp(2)));
        }
        Ok(value.or(divided).map(|value| (value, parts)))
    }

    /// A number as a measurement keeps it: ten digits after the point, so that sums stay exact.
    fn number(&self, row: &RowRef<'_>, at: usize, metric: usize) -> Result<Option<Decimal>, Told> {
        let header = || self.plan.headers.get(at).map_or("", String::as_str);
        let read = self.plan.settled.style.read(row.get(at));
        let Some(number) = read.map_err(|error| Told::number(&error).column(header()))? else {
            return Ok(None);
        };
        if number.value.abs() > Decimal::from(LARGEST) {
            return Err(Told::new("number-too-large")
                .column(header())
                .arg("text", number.value));
        }
        let definition = self.plan.metrics.get(metric).map(|m| &m.definition);
        if let (Some(found), Some(definition)) = (&number.currency, definition)
            && definition.kind == Kind::Money
            && found.len() == 3
            && *found != definition.unit
        {
            let told = Told::new("currency").column(header());
            return Err(told.arg("found", found).arg("expected", &definition.unit));
        }
        Ok(Some(number.value.round_dp(10).normalize()))
    }

    /// Whether the metric may be measured and be broken down as this row is.
    fn allowed(&self, metric: usize, row: &RowRef<'_>) -> Result<(), Told> {
        if self.plan.is_retired(metric) {
            return Err(Told::new("metric-retired"));
        }
        let Some(found) = self.plan.metrics.get(metric) else {
            return Err(Told::new("metric-gone"));
        };
        let allowed = &found.definition.dimensions;
        if allowed.is_empty() {
            return Ok(());
        }
        let refused = self
            .plan
            .dimensions
            .iter()
            .find(|column| !row.get(column.at).is_empty() && !allowed.contains(&column.header));
        match refused {
            None => Ok(()),
            Some(column) => Err(Told::new("dimension-unknown")
                .column(&column.header)
                .arg("allowed", allowed.join(", "))),
        }
    }
}

/// The stored text of a row's dimensions: JSON with sorted names, empty for the total.
fn dimensions(columns: &[Column], row: &RowRef<'_>) -> Result<String, Told> {
    let mut text = String::new();
    let mut count = 0;
    for column in columns {
        let part = row.get(column.at);
        if part.is_empty() {
            continue;
        }
        count += 1;
        if count > 12 {
            return Err(Told::new("dimensions-many"));
        }
        if part.len() > 200 && part.chars().count() > 200 || column.header.chars().count() > 80 {
            return Err(Told::new("dimension-long").column(&column.header));
        }
        text.push(if count == 1 { '{' } else { ',' });
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        text.push_str(&quoted(&column.header));
        text.push(':');
        text.push_str(&quoted(part));
    }
    if count > 0 {
        text.push('}');
    }
    Ok(text)
}

/// The start of a text, for a message.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
