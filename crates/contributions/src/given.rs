//! What one organization gave, for the pages that tell it of itself.

use backbone_db::{Conn, DbError, Dec, Instant};
use backbone_identity::{Actor, Core, OrganizationId, secret};
use backbone_ingest::Period;
use backbone_web::Lang;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::contribution::pages::this_month;
use crate::contribution::rules::{Step, after};
use crate::contribution::{Contribution, ContributionId, Kind, store};
use crate::filter::Filter;
use crate::rollup::{Totals, TotalsQuery, totals};
use crate::template::{Template, keep, pages::shown};
use crate::view::{Choice, Say, tone};

/// Contributions that are looked at for what they support: more than an organization logs in years.
const LOOKED_AT: i64 = 2000;

/// One contribution in words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Which.
    pub id: ContributionId,
    /// The version that is shown, for taking it back.
    pub version: i64,
    /// What was done.
    pub activity: String,
    /// `46 hours`, `€ 500`.
    pub amount: String,
    /// The kind's word.
    pub kind: String,
    /// When, in words.
    pub period: String,
    /// Its value in minor units.
    pub value_minor: i64,
    /// How the value came about.
    pub how: String,
    /// Where it stands.
    pub status: String,
    /// The tone of that.
    pub tone: &'static str,
    /// Whether it may still be taken back.
    pub open: bool,
    /// When it was logged.
    pub at: Instant,
    /// By whom.
    pub by: String,
}

/// A contribution in a language.
pub fn line(core: &Core, lang: Lang, c: &Contribution) -> Line {
    let say = Say::new(core, lang);
    Line {
        id: c.id.clone(),
        version: c.version,
        activity: c.content.activity.clone(),
        amount: say.amount(&c.content),
        kind: say.kind(c.content.kind),
        period: say.period(&c.content.period),
        value_minor: c.content.value.minor,
        how: say.how(&c.content),
        status: say.status(c.status),
        tone: tone(c.status),
        open: after(c.status, Step::Withdraw).is_some(),
        at: c.created_at,
        by: c.logged_by.clone(),
    }
}

/// The contributions that an organization logged last, the newest first.
///
/// # Errors
/// Only those of the database.
pub fn recent(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    limit: i64,
) -> Result<Vec<Contribution>, DbError> {
    store::logged_last(conn, actor.tenant(), organization, limit)
}

/// One contribution of an organization; none for another's.
///
/// # Errors
/// Only those of the database.
pub fn one(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    id: &str,
) -> Result<Option<Contribution>, DbError> {
    let Ok(id) = id.parse::<ContributionId>() else {
        return Ok(None);
    };
    let found = store::find(conn, actor.tenant(), &id)?;
    Ok(found.filter(|c| &c.content.organization_id == organization))
}

/// What was given of one kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = GivenOfKind)]
pub struct OfKind {
    /// The kind.
    pub kind: Kind,
    /// Hours of it, for time and talent.
    pub hours: Dec,
    /// Its value in minor units of the partnership's currency.
    pub value_minor: i64,
    /// How many contributions.
    pub contributions: i64,
}

/// What an organization gave in a period by kind, the kinds without anything left out; and all of it.
///
/// # Errors
/// Only those of the database.
pub fn by_kind(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    period: &Period,
) -> Result<(Vec<OfKind>, Totals), DbError> {
    let all = TotalsQuery::of(period).organization(Some(organization.clone()));
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let sum = totals(conn, actor.tenant(), &all.clone().kinds(&[*kind]))?;
        if sum.contributions > 0 {
            kinds.push(OfKind {
                kind: *kind,
                hours: sum.hours,
                value_minor: sum.value_minor,
                contributions: sum.contributions,
            });
        }
    }
    Ok((kinds, totals(conn, actor.tenant(), &all)?))
}

/// The word for a kind.
pub fn kind_word(core: &Core, lang: Lang, kind: Kind) -> String {
    Say::new(core, lang).kind(kind)
}

/// A period in words.
pub fn period_word(core: &Core, lang: Lang, period: &Period) -> String {
    Say::new(core, lang).period(period)
}

/// What an organization gave towards one metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supported {
    /// The metric, by identifier.
    pub metric: String,
    /// Hours, in hundredths.
    pub hours: i64,
    /// Value in minor units.
    pub value_minor: i64,
    /// How many contributions.
    pub contributions: i64,
}

/// What an organization gave in a period by the metrics that it supports, the largest number of contributions first. Something
/// that supports two metrics is told with both, whole: these figures are not for adding up.
///
/// # Errors
/// Only those of the database.
pub fn supported(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    period: &Period,
) -> Result<Vec<Supported>, DbError> {
    let filter = Filter {
        organization_id: Some(organization.clone()),
        period: Some(*period),
        ..Filter::default()
    };
    let given = store::list(conn, actor.tenant(), &filter, None, LOOKED_AT)?;
    Ok(by_metric(&given))
}

fn by_metric(given: &[Contribution]) -> Vec<Supported> {
    let mut by: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for c in given {
        let mut metrics: Vec<&str> = c.content.metrics.iter().map(String::as_str).collect();
        metrics.sort_unstable();
        metrics.dedup();
        for metric in metrics {
            let sum = by.entry(metric).or_default();
            sum.0 += store::hundredths(&c.content.hours);
            sum.1 += c.content.value.minor;
            sum.2 += 1;
        }
    }
    let mut all: Vec<Supported> = by
        .into_iter()
        .map(|(metric, (hours, value_minor, contributions))| Supported {
            metric: metric.to_string(),
            hours,
            value_minor,
            contributions,
        })
        .collect();
    all.sort_by_key(|s| (-s.contributions, -s.value_minor));
    all
}

/// The short form on the home page: three fields, what was given last, and one's own templates.
#[derive(Serialize)]
pub struct Quick {
    kinds: Vec<Choice>,
    activities: Vec<String>,
    /// This month, as it is stored, and in words.
    period: String,
    month: String,
    currency: String,
    /// What makes a form that is sent twice log once; one for logging, one for repeating.
    key: String,
    again_key: String,
    last: Option<Line>,
    templates: Vec<Value>,
}

/// What [`Quick`] is made from.
pub struct Stock {
    activities: Vec<String>,
    last: Option<Contribution>,
    templates: Vec<Template>,
}

/// Reads it for the organization that somebody acts for.
///
/// # Errors
/// Only those of the database.
pub fn stock(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
) -> Result<Stock, DbError> {
    Ok(Stock {
        activities: store::activities(conn, actor.tenant(), Some(organization))?,
        last: store::last_of(conn, actor.tenant(), organization)?,
        templates: keep::mine(conn, actor)?,
    })
}

/// The short form in the reader's language.
pub fn quick(core: &Core, actor: &Actor, stock: &Stock) -> Quick {
    let say = Say::new(core, actor.lang);
    let period = this_month(actor);
    let month = period.parse::<Period>().map(|p| say.period(&p));
    Quick {
        kinds: say.kinds(),
        activities: stock.activities.clone(),
        month: month.unwrap_or_else(|_| period.clone()),
        period,
        currency: actor.partnership.currency.code().into(),
        key: secret::new_secret(),
        again_key: secret::new_secret(),
        last: stock.last.as_ref().map(|c| line(core, actor.lang, c)),
        templates: stock
            .templates
            .iter()
            .map(|t| shown(&say, actor, t))
            .collect(),
    }
}

/// Value and hours by month for the months of a period, those without anything as zero, oldest first.
///
/// # Errors
/// Only those of the database.
pub fn by_month(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    period: &Period,
) -> Result<Vec<(NaiveDate, Dec, i64)>, DbError> {
    let q = TotalsQuery::of(period).organization(Some(organization.clone()));
    let some = crate::rollup::by_month(conn, actor.tenant(), &q)?;
    let mut months = Vec::new();
    let mut month = crate::rollup::first_of_month(q.from);
    while month <= q.until {
        let found = some.iter().find(|(m, _, _)| *m == month);
        months.push(
            found
                .cloned()
                .unwrap_or((month, Dec::new(rust_decimal::Decimal::ZERO), 0)),
        );
        let Some(next) = month.checked_add_months(chrono::Months::new(1)) else {
            break;
        };
        month = next;
    }
    Ok(months)
}
