use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::{Fact, Node, Object};
use backbone_identity::Partnership;
use backbone_identity::directory::OrganizationCard;
use backbone_ingest::period::Period;
use rust_decimal::Decimal;

use super::metric_period_id;
use crate::figures::{self, Reading};
use crate::measurement::{Marker, Measurement, Status};
use crate::metric::show::Words;
use crate::metric::{Definition, Kind, Metric};

/// Tells one audience about objects.
pub(super) struct Teller<'a> {
    pub words: Words<'a>,
    pub partnership: &'a Partnership,
    pub organizations: &'a HashMap<String, OrganizationCard>,
    pub public: bool,
}

impl Teller<'_> {
    /// Whether this audience may hear of the metric at all.
    fn may_hear(&self, metric: &Metric) -> bool {
        metric.public || !self.public
    }

    fn href(&self, rest: String) -> Option<String> {
        (!self.public).then(|| format!("/p/{}/metrics/{rest}", self.partnership.slug))
    }

    pub(super) fn metric(&self, conn: &mut Conn, metric: &Metric) -> Result<Option<Node>, DbError> {
        if !self.may_hear(metric) {
            return Ok(None);
        }
        let today = metric.updated_at.date_in(&self.partnership.zone());
        let tenant = self.partnership.id.as_str();
        let latest = figures::latest(conn, tenant, &metric.id, today)?;
        let mut facts = vec![self.fact("metrics-fact-meaning", &metric.definition.meaning)];
        if let Some(reading) = &latest {
            let told = format!(
                "{} ({})",
                self.figure(&metric.definition, reading),
                self.words.period(&reading.period)
            );
            facts.push(self.fact("metrics-fact-latest", &told));
        }
        facts.push(self.fact("metrics-fact-source", &metric.definition.source));
        facts.push(self.fact("metrics-fact-owner", &self.owner(metric)));
        facts.retain(|fact| !fact.value.is_empty());
        Ok(Some(Node {
            object: Object::new("metric", &metric.id),
            title: metric.name.clone(),
            summary: metric.definition.meaning.clone(),
            facts,
            href: self.href(metric.id.to_string()),
            at: Some(metric.created_at),
            aggregated: false,
        }))
    }

    /// People are not named in public; organizations only if they agreed.
    fn owner(&self, metric: &Metric) -> String {
        let owner = &metric.definition.owner;
        let named = owner
            .organization_id
            .as_ref()
            .and_then(|id| self.organizations.get(id.as_str()));
        match (self.public, named) {
            (false, _) => owner.name.clone(),
            (true, Some(organization)) if organization.public_name => organization.name.clone(),
            (true, _) => String::new(),
        }
    }

    pub(super) fn metric_period(
        &self,
        conn: &mut Conn,
        metric: &Metric,
        period: &Period,
    ) -> Result<Option<Node>, DbError> {
        if !self.may_hear(metric) {
            return Ok(None);
        }
        let tenant = self.partnership.id.as_str();
        let today = period.last_day();
        let reading = figures::at(conn, tenant, &metric.id, period, today)?;
        let title = match &reading {
            Some(reading) => self.figure(&metric.definition, reading),
            None => self.words.say("metrics-no-data"),
        };
        let period_name = self.words.period(period);
        let summary = self.words.say_with(
            "metrics-figure-of",
            &[("metric", metric.name.clone()), ("period", period_name)],
        );
        let mut facts = Vec::new();
        if let Some(reading) = &reading {
            let small =
                self.public && reading.measurements < i64::from(self.partnership.small_cell);
            let n = match small {
                true => self.fewer(),
                false => reading.measurements.to_string(),
            };
            facts.push(self.fact("metrics-fact-measurements", &n));
            let key = match reading.verified {
                true => "metrics-verified-all",
                false => "metrics-verified-not-all",
            };
            facts.push(self.fact("metrics-fact-verified", &self.words.say(key)));
        }
        Ok(Some(Node {
            object: Object::new("metric_period", metric_period_id(&metric.id, period)),
            title,
            summary,
            facts,
            href: self.href(format!("{}?period={period}", metric.id)),
            at: None,
            aggregated: true,
        }))
    }

    /// A figure with its unit; in public, small counts are not told.
    fn figure(&self, d: &Definition, reading: &Reading) -> String {
        let parts = reading
            .numerator
            .as_ref()
            .zip(reading.denominator.as_ref())
            .map(|(n, of)| (n.get(), of.get()));
        self.value(d, reading.value.get(), parts)
    }

    fn value(&self, d: &Definition, value: Decimal, parts: Option<(Decimal, Decimal)>) -> String {
        if self.public && is_small(d, value, parts, self.partnership.small_cell) {
            return self.fewer();
        }
        self.words.value_with_unit(d, value, parts)
    }

    fn fewer(&self) -> String {
        let n = self.partnership.small_cell.to_string();
        self.words.say_with("metrics-fewer-than", &[("n", n)])
    }

    pub(super) fn measurement(&self, metric: &Metric, m: &Measurement) -> Option<Node> {
        // Broken down figures are the smallest cells: they stay inside.
        if !self.may_hear(metric) || (self.public && !m.dimensions.is_empty()) {
            return None;
        }
        let whose = match &m.organization_id {
            None => self.partnership.name.clone(),
            Some(id) => match self.organizations.get(id.as_str()) {
                Some(o) if o.public_name || !self.public => o.name.clone(),
                _ => self.words.say("metrics-a-partner"),
            },
        };
        let parts = m.numerator.as_ref().zip(m.denominator.as_ref());
        let title = match (&m.value, m.marker) {
            (Some(value), _) => self.value(
                &metric.definition,
                value.get(),
                parts.map(|(n, of)| (n.get(), of.get())),
            ),
            (None, Marker::Suppressed) => self.words.say("metrics-marker-suppressed"),
            (None, _) => self.words.say("metrics-marker-missing"),
        };
        let summary = self.words.say_with(
            "metrics-reported-by",
            &[
                ("whose", whose.clone()),
                ("period", self.words.period(&m.period)),
            ],
        );
        let status = self
            .words
            .say(&format!("metrics-measurement-{}", m.status.as_str()));
        let mut facts = vec![
            self.fact("metrics-fact-organization", &whose),
            self.fact("metrics-fact-status", &status),
            self.fact("metrics-fact-source", &m.source),
        ];
        if !self.public {
            facts.push(self.fact("metrics-fact-reported-by", &m.changed_by));
            facts.push(self.fact(
                "metrics-fact-evidence",
                m.evidence_url.as_deref().unwrap_or(""),
            ));
            facts.push(self.fact("metrics-fact-note", &m.note));
        }
        facts.retain(|fact| !fact.value.is_empty());
        (m.status != Status::Withdrawn || !self.public).then(|| Node {
            object: Object::new("measurement", &m.id),
            title,
            summary,
            facts,
            href: self.href(format!("{}/measurements/{}", metric.id, m.id)),
            at: Some(m.reported_at),
            aggregated: false,
        })
    }

    fn fact(&self, label: &str, value: &str) -> Fact {
        Fact {
            label: label.to_string(),
            value: value.to_string(),
        }
    }
}

/// Whether a figure counts fewer people than may be told: a whole number below the bound, or a share with such a numerator or
/// denominator. Money is no count, and neither is a percentage without its parts.
pub(super) fn is_small(
    d: &Definition,
    value: Decimal,
    parts: Option<(Decimal, Decimal)>,
    bound: i32,
) -> bool {
    let bound = Decimal::from(bound);
    let few = |n: Decimal| n > Decimal::ZERO && n < bound;
    match (d.kind, parts) {
        (Kind::Percent | Kind::Ratio, Some((n, of))) => few(n) || few(of) || few(of - n),
        (Kind::Number, _) => d.decimals == 0 && value.fract().is_zero() && few(value),
        _ => false,
    }
}
