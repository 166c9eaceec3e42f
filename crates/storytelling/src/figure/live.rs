//! The partnership's own data behind figures.

use backbone_contributions::{TotalsQuery, totals};
use backbone_db::{Conn, DbError, Dec};
use backbone_events::Object;
use backbone_identity::{Actor, OrganizationId, directory, partnership_of};
use rust_decimal::Decimal;

use super::readings::{Asked, Choice, Choices, Explained, SeriesOf};
use super::{Concern, Given, Reading, Readings, Source, Unit, metric, value};

/// Reads from metrics, contributions, value models and organizations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live;

impl Readings for Live {
    fn read(&self, conn: &mut Conn, asked: &Asked, source: &Source) -> Result<Reading, DbError> {
        match source {
            Source::Contributions {
                what,
                from,
                to,
                organization,
            } => {
                let organization = match organization {
                    None => None,
                    Some(id) => match OrganizationId::parse(id) {
                        Ok(id) => Some(id),
                        Err(_) => return Ok(Reading::missing()),
                    },
                };
                let query = TotalsQuery {
                    from: *from,
                    until: *to,
                    kinds: Vec::new(),
                    organization_id: organization,
                };
                given(conn, asked, *what, &query)
            }
            Source::ValueModel { model, result } => value::read(conn, asked, model, *result),
            Source::Organizations => organizations(conn, asked),
            Source::Metric { metric, period } => {
                metric::read(conn, asked, metric, period.as_deref())
            }
            Source::MetricBaseline { metric } => metric::baseline(conn, asked, metric),
            Source::MetricChange { metric, from, to } => {
                metric::change(conn, asked, metric, from.as_deref(), to.as_deref())
            }
        }
    }

    fn choices(&self, conn: &mut Conn, asked: &Asked) -> Result<Choices, DbError> {
        let organizations = directory::organizations(conn, &asked.partnership)?;
        Ok(Choices {
            metrics: metric::choices(conn, asked)?,
            models: value::choices(conn, asked)?,
            organizations: organizations
                .into_iter()
                .map(|o| Choice {
                    id: o.id.to_string(),
                    name: o.name,
                })
                .collect(),
        })
    }

    fn explain(&self, conn: &mut Conn, asked: &Asked, model: &str) -> Result<Explained, DbError> {
        value::explain(conn, asked, model)
    }

    fn series(
        &self,
        conn: &mut Conn,
        asked: &Asked,
        metric: &str,
    ) -> Result<Option<SeriesOf>, DbError> {
        metric::series(conn, asked, metric)
    }

    fn pin(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        source: &Source,
    ) -> Result<Option<Object>, DbError> {
        match source {
            Source::ValueModel { model, .. } => value::pin(conn, actor, model),
            _ => Ok(None),
        }
    }
}

fn given(
    conn: &mut Conn,
    asked: &Asked,
    what: Given,
    query: &TotalsQuery,
) -> Result<Reading, DbError> {
    let Some(partnership) = partnership_of(conn, &asked.partnership)? else {
        return Ok(Reading::missing());
    };
    let found = totals(conn, &asked.partnership, query)?;
    let number = |n: i64| Some(Dec::new(Decimal::from(n)));
    let word = |key: &str| crate::words::text(asked.lang, key, &Default::default());
    let (value, unit) = match what {
        Given::Hours => (
            Some(found.hours.clone()),
            Unit::Named(word("story-unit-hours")),
        ),
        Given::Value => {
            let exponent = partnership.currency.exponent();
            let major = Dec::new(Decimal::new(found.value_minor, exponent));
            (Some(major), Unit::Money(partnership.currency.code().into()))
        }
        Given::Count => (number(found.contributions), Unit::Number),
        Given::People => (found.people.and_then(number), Unit::Number),
        Given::Organizations => (number(found.organizations), Unit::Number),
    };
    let mut concerns = Vec::new();
    if found.contributions == 0 || value.is_none() {
        concerns.push(Concern::Missing);
    }
    // A count of people below the partnership's bound could tell who they are.
    let people = value.as_ref().filter(|_| what == Given::People);
    if people.is_some_and(|n| n.get() < Decimal::from(partnership.small_cell)) {
        concerns.push(Concern::Withheld);
    }
    if found.unverified > 0 {
        concerns.push(Concern::Unverified);
    }
    Ok(Reading {
        value,
        unit,
        period: format!("{} – {}", query.from, query.until),
        token: found.version_token,
        sources: vec![Object::new("contribution_total", query)],
        concerns,
    })
}

fn organizations(conn: &mut Conn, asked: &Asked) -> Result<Reading, DbError> {
    let active: Vec<_> = directory::organizations(conn, &asked.partnership)?
        .into_iter()
        .filter(|o| o.active)
        .collect();
    Ok(Reading {
        value: Some(Dec::new(Decimal::from(active.len()))),
        unit: Unit::Number,
        period: String::new(),
        token: format!("organizations:{}", active.len()),
        sources: vec![Object::new("partnership", &asked.partnership)],
        concerns: Vec::new(),
    })
}
