//! An organization's value page: what it gave over time, what that moved, the stories that tell of it, and how it takes part. For its people and
//! for printing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{Chart, Frame, LineChart, LineWords, PHONE, Series, Theme, line, on_page};
use backbone_contributions::Totals;
use backbone_contributions::given::{self, OfKind};
use backbone_db::{Conn, Dec};
use backbone_decisions::participation::{self, Moving, Participation};
use backbone_identity::directory::{self, OrganizationCard};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_ingest::Period;
use backbone_storytelling::retelling::Retold;
use backbone_web::format::{self, MoneyStyle, PeriodStyle};
use backbone_web::{ApiQuery, Args, Problem, ProblemBody, SafeHtml};
use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::home::last_year;
use super::{ledger, moved};
use crate::home::policy::SeeValue;

/// Metrics, decisions and stories on the page, each.
const MOST: usize = 24;

/// What the page is asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ValueQuery {
    /// Of when: `2026`, `2026-Q3`, `2025-01/2026-06`; the last twelve months when left out.
    pub period: Option<String>,
}

/// What was given in a month.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GivenInMonth)]
struct MonthBody {
    /// The month: `2026-11`.
    month: String,
    /// Hours.
    hours: Dec,
    /// Value in minor units.
    value_minor: i64,
}

/// A metric that contributions support.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = SupportedMetric)]
struct MetricBody {
    /// The metric.
    metric_id: String,
    /// Contributions towards it.
    contributions: i64,
    /// Hours towards it.
    hours: Dec,
    /// Their value in minor units. What supports two metrics stands with both.
    value_minor: i64,
}

/// What an organization gave, and what it moved.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = OrganizationValue)]
struct ValueBody {
    /// The organization, by identifier.
    organization_id: String,
    /// Its name.
    name: String,
    /// Of when.
    period: String,
    /// Everything together.
    totals: Totals,
    /// By kind.
    kinds: Vec<OfKind>,
    /// By month, oldest first.
    months: Vec<MonthBody>,
    /// The metrics that it supports.
    metrics: Vec<MetricBody>,
    /// Decisions that were meant to move those.
    decisions: Vec<Moving>,
    /// Stories that name it or rest on what it moved.
    stories: Vec<Retold>,
    /// How it takes part in deciding, in that time.
    participation: Participation,
    /// Minutes asked of it in that time, at most two years; none when another organization looks.
    minutes_asked: Option<i64>,
}

struct Found {
    card: OrganizationCard,
    period: Period,
    kinds: Vec<OfKind>,
    totals: Totals,
    months: Vec<(NaiveDate, Dec, i64)>,
    moved: moved::Moved,
    participation: Participation,
    asked: Option<i64>,
}

fn find(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    id: &str,
    typed: Option<&str>,
) -> Result<Found, Problem> {
    let all = directory::organizations(conn, actor.tenant())?;
    let card = all
        .into_iter()
        .find(|o| o.id.as_str() == id)
        .ok_or_else(Problem::not_found)?;
    let period = period(actor, typed)?;
    let zone = actor.partnership.zone();
    let since = ledger::midnight(period.start(), &zone).unwrap_or(actor.now);
    let (kinds, totals) = given::by_kind(conn, actor, &card.id, &period)?;
    let today = actor.now.date_in(&zone);
    let mut months = ledger::months(today, 24);
    months.retain(|m| *m >= period.start() && *m <= period.last_day());
    let burden = super::burden::read(core, conn, actor, &months)?;
    let may = actor.is_staff() || actor.acts_for(&card.id);
    Ok(Found {
        months: given::by_month(conn, actor, &card.id, &period)?,
        moved: moved::read(core, conn, actor, &card, &period)?,
        participation: participation::of(conn, actor, &card.id, since)?,
        asked: may.then(|| burden.get(&card.id).map_or(0, |e| e.total())),
        card,
        period,
        kinds,
        totals,
    })
}

/// The period that is meant: at most ten years, so that a picture of its months can be read.
fn period(actor: &Actor, typed: Option<&str>) -> Result<Period, Problem> {
    let wrong = |why: String| Problem::bad_request("invalid-query").arg("why", why);
    let typed = typed.map(str::trim).filter(|t| !t.is_empty());
    let Some(typed) = typed else {
        return last_year(actor)
            .ok_or_else(|| Problem::internal("there are no last twelve months"));
    };
    let period: Period = typed.parse().map_err(|e| wrong(format!("period: {e}")))?;
    if period.days() > 3660 {
        return Err(wrong("period: at most ten years".into()));
    }
    Ok(period)
}

/// What an organization gave in a period, and what that moved.
#[utoipa::path(tag = "organizations",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("organization" = String, Path, description = "The organization"), ValueQuery),
    responses((status = 200, body = ValueBody), (status = 400, body = ProblemBody), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value.see"))))]
#[get("/partnerships/{partnership}/organizations/{organization}/value")]
pub async fn get(
    core: web::Data<Core>,
    actor: Allowed<SeeValue>,
    path: web::Path<(String, String)>,
    query: ApiQuery<ValueQuery>,
) -> Result<HttpResponse, Problem> {
    let (held, who, id) = (core.clone(), Actor::clone(&actor), path.1.clone());
    let found = core
        .db
        .read(move |c| find(&held, c, &who, &id, query.0.period.as_deref()))
        .await?;
    Ok(HttpResponse::Ok().json(body(found)))
}

fn body(found: Found) -> ValueBody {
    ValueBody {
        organization_id: found.card.id.to_string(),
        name: found.card.name,
        period: found.period.to_string(),
        totals: found.totals,
        kinds: found.kinds,
        months: found
            .months
            .into_iter()
            .map(|(month, hours, value_minor)| MonthBody {
                month: month_text(month),
                hours,
                value_minor,
            })
            .collect(),
        metrics: found
            .moved
            .supported
            .into_iter()
            .map(|s| MetricBody {
                metric_id: s.metric,
                contributions: s.contributions,
                hours: Dec::new(rust_decimal::Decimal::new(s.hours, 2)),
                value_minor: s.value_minor,
            })
            .collect(),
        decisions: found.moved.decisions,
        stories: found.moved.stories,
        participation: found.participation,
        minutes_asked: found.asked,
    }
}

fn month_text(first: NaiveDate) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// The page.
#[get("/p/{partnership}/organizations/{organization}/value")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeValue>,
    path: web::Path<(String, String)>,
    query: ApiQuery<ValueQuery>,
) -> Result<HttpResponse, Problem> {
    let (held, who, id) = (core.clone(), Actor::clone(&actor), path.1.clone());
    let found = core
        .db
        .read(move |c| find(&held, c, &who, &id, query.0.period.as_deref()))
        .await?;
    let data = shown(&core, &actor, &found);
    let mut args = Args::new();
    args.set("name", found.card.name.clone());
    let title = core.renderer.text(actor.lang, "value-page-title", &args);
    let shell = page::shell(&core, &req, &actor, "organizations", title);
    page::html(&core, StatusCode::OK, "server/value", &shell, &data)
}

fn shown(core: &Core, actor: &Actor, found: &Found) -> Value {
    let slug = &actor.partnership.slug;
    let kinds: Vec<Value> = found
        .kinds
        .iter()
        .map(|k| {
            let hours = k.hours.get();
            json!({"kind": given::kind_word(core, actor.lang, k.kind), "n": k.contributions,
                   "hours": (!hours.is_zero()).then_some(hours), "value": k.value_minor})
        })
        .collect();
    let chart = on_page(
        "value-months",
        drawing(core, actor, found, 960),
        drawing(core, actor, found, PHONE),
    );
    let p = &found.participation;
    let closed = p.votes.iter().filter(|v| v.closed).count();
    let given = found.totals.contributions > 0;
    json!({
        "organization_href": format!("/p/{slug}/organizations/{}", found.card.id),
        "slug": slug, "id": found.card.id, "name": found.card.name,
        "period": given::period_word(core, actor.lang, &found.period),
        "hours": found.totals.hours.get(), "value": found.totals.value_minor, "contributions": found.totals.contributions,
        "metrics": found.moved.metrics.len(), "kinds": kinds,
        "given": given, "chart": SafeHtml::trusted(chart.svg), "table": chart.table,
        "moved": moved::shown(core, actor, &found.moved, MOST),
        "votes": p.votes.iter().map(|v| json!({"title": v.title, "voted": v.voted, "closed": v.closed, "at": v.opened_at,
                 "href": format!("/p/{slug}/decisions/{}", v.decision_id)})).collect::<Vec<_>>(),
        "asked_votes": p.votes.len(), "voted": p.voted, "closed_votes": closed, "kept": p.kept,
        "open": p.open.iter().map(|o| json!({"title": o.title, "person": o.person, "due": o.due_on, "late": o.late, "progress": o.progress,
                 "href": format!("/p/{slug}/commitments/{}", o.commitment_id)})).collect::<Vec<_>>(),
        "asked": found.asked, "own": actor.acts_for(&found.card.id),
        "years": years(actor),
    })
}

/// The last twelve months, and the calendar years that one may choose instead.
fn years(actor: &Actor) -> Vec<Value> {
    let this = actor.now.date_in(&actor.partnership.zone()).year();
    (this - 2..=this)
        .rev()
        .map(|y| json!({"value": y.to_string()}))
        .collect()
}

fn drawing(core: &Core, actor: &Actor, found: &Found, width: u32) -> Chart {
    let say = |key: &str| {
        let mut args = Args::new();
        args.set("name", found.card.name.clone());
        core.renderer.text(actor.lang, key, &args)
    };
    let catalogue = core.renderer.catalogue();
    let months: Vec<String> = found
        .months
        .iter()
        .map(|(m, _, _)| format::period(catalogue, actor.lang, &month_text(*m), PeriodStyle::Short))
        .collect();
    let names: Vec<&str> = months.iter().map(String::as_str).collect();
    let currency = actor.partnership.currency.code();
    let unit = 10_f64.powi(actor.partnership.currency.exponent().to_i32().unwrap_or(2));
    let mut values: Vec<Option<f64>> = found
        .months
        .iter()
        .map(|(_, _, v)| Some(*v as f64 / unit))
        .collect();
    // A month that still runs, in which nothing was logged yet, is no fall to nothing.
    let today = actor.now.date_in(&actor.partnership.zone());
    if let (Some((month, _, 0)), Some(last)) = (found.months.last(), values.last_mut())
        && month_text(*month) == format!("{:04}-{:02}", today.year(), today.month())
    {
        *last = None;
    }
    let money = |value: f64| {
        // An axis label, not a sum: whole minor units are exact enough.
        format::money(
            actor.lang,
            (value * unit).round() as i64,
            currency,
            MoneyStyle::Auto,
        )
    };
    let (title, description) = (say("value-page-chart"), say("value-page-chart-text"));
    let words = [
        "value-page-worth",
        "burden-month",
        "metrics-not-from-zero",
        "burden-none",
    ]
    .map(say);
    line(&LineChart {
        frame: Frame {
            id: "value-months",
            title: &title,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        height: 240,
        periods: &names,
        series: &[Series {
            label: &words[0],
            values: &values,
            forecast_from: None,
        }],
        target: None,
        baseline: None,
        format: &money,
        words: LineWords {
            period: &words[1],
            not_from_zero: &words[2],
            no_data: &words[3],
        },
    })
}
