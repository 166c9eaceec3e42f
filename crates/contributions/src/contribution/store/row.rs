use backbone_db::{Currency, DbError, Dec, Instant, Json, Money};
use backbone_identity::OrganizationId;
use chrono::NaiveDate;
use diesel::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::DeserializeOwned;

use crate::contribution::{Basis, Content, Contribution, ContributionId, Kind, Status, UsedRate};
use crate::rate::RateId;
use crate::schema::contributions;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contributions, treat_none_as_null = true)]
pub(super) struct Row {
    id: ContributionId,
    partnership_id: String,
    organization_id: OrganizationId,
    kind: Kind,
    status: Status,
    version: i64,
    activity: String,
    period: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    hours: i64,
    people: i32,
    work_role: Option<String>,
    skill: Option<String>,
    rate_id: Option<RateId>,
    rate_minor: Option<i64>,
    rate_reason: Option<String>,
    amount_minor: Option<i64>,
    amount_currency: Option<Currency>,
    exchange_rate: Option<Dec>,
    description: Option<String>,
    basis: Option<Basis>,
    value_minor: i64,
    currency: Currency,
    evidence: Json,
    note: String,
    metrics: Json,
    logged_by: String,
    created_at: Instant,
    updated_at: Instant,
}

/// What was stored as JSON, read back.
pub(super) fn read<T: DeserializeOwned>(json: &Json) -> Result<T, DbError> {
    json.get()
        .map_err(|e| DbError::Setup(format!("a stored contribution cannot be read: {e}")))
}

impl Row {
    pub(super) fn new(partnership: &str, contribution: &Contribution) -> Self {
        let c = &contribution.content;
        Self {
            id: contribution.id.clone(),
            partnership_id: partnership.into(),
            organization_id: c.organization_id.clone(),
            kind: c.kind,
            status: contribution.status,
            version: contribution.version,
            activity: c.activity.clone(),
            period: c.period.to_string(),
            starts_on: crate::days::chrono(c.period.start()),
            ends_on: crate::days::chrono(c.period.last_day()),
            hours: hundredths(&c.hours),
            people: c.people,
            work_role: c.work_role.clone(),
            skill: c.skill.clone(),
            rate_id: c.rate.as_ref().and_then(|r| r.rate_id.clone()),
            rate_minor: c.rate.as_ref().map(|r| r.hourly.minor),
            rate_reason: c.rate.as_ref().and_then(|r| r.reason.clone()),
            amount_minor: c.given.as_ref().map(|m| m.minor),
            amount_currency: c.given.as_ref().map(|m| m.currency.clone()),
            exchange_rate: c.exchange_rate.clone(),
            description: c.description.clone(),
            basis: c.basis,
            value_minor: c.value.minor,
            currency: c.value.currency.clone(),
            evidence: Json::new(&c.evidence),
            note: c.note.clone(),
            metrics: Json::new(&c.metrics),
            logged_by: contribution.logged_by.clone(),
            created_at: contribution.created_at,
            updated_at: contribution.updated_at,
        }
    }

    pub(super) fn into_contribution(self) -> Result<Contribution, DbError> {
        let unreadable = |e| DbError::Setup(format!("a stored period cannot be read: {e}"));
        let currency = self.currency;
        let rate = self.rate_minor.map(|minor| UsedRate {
            rate_id: self.rate_id,
            hourly: Money {
                minor,
                currency: currency.clone(),
            },
            reason: self.rate_reason,
        });
        let given = self.amount_minor.zip(self.amount_currency);
        Ok(Contribution {
            id: self.id,
            status: self.status,
            version: self.version,
            content: Content {
                organization_id: self.organization_id,
                kind: self.kind,
                period: self.period.parse().map_err(unreadable)?,
                activity: self.activity,
                hours: Dec::new(Decimal::new(self.hours, 2)),
                people: self.people,
                work_role: self.work_role,
                skill: self.skill,
                rate,
                given: given.map(|(minor, currency)| Money { minor, currency }),
                exchange_rate: self.exchange_rate,
                description: self.description,
                basis: self.basis,
                value: Money {
                    minor: self.value_minor,
                    currency,
                },
                evidence: read(&self.evidence)?,
                note: self.note,
                metrics: read(&self.metrics)?,
            },
            logged_by: self.logged_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// Hours as they are stored. The rules allow two decimals and far fewer hours than fit, so nothing is lost.
pub(crate) fn hundredths(hours: &Dec) -> i64 {
    (hours.get() * Decimal::ONE_HUNDRED)
        .round()
        .to_i64()
        .unwrap_or(0)
}
