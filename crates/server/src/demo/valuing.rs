//! The demo's value model.

use backbone_db::{Conn, Currency, Dec, Instant};
use backbone_identity::Actor;
use backbone_storytelling::value_model::{
    Assumption, Content, ContributionBinding, Convention, Input, MetricBinding, MetricReading,
    Model, Outcome, Price, Quantity, Years, create,
};
use backbone_web::Problem;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Calendar;
use super::measuring::Metrics;

/// What the partnership put in over twelve months, up to two months ago: later ones are still being verified, and what that is worth.
pub fn model(
    conn: &mut Conn,
    staff: &Actor,
    calendar: &Calendar,
    metrics: &Metrics,
    at: Instant,
) -> Result<Model, Problem> {
    let mut staff = staff.clone();
    staff.now = at;
    let (from, to) = calendar.verified_year();
    let year = i32::from(to.year());
    let content = Content {
        name: "A first job for a year".into(),
        purpose: "What funders and partners get back for a year of putting in together, told with its range.".into(),
        first_year: i32::from(from.year()),
        last_year: year,
        horizon: 6,
        currency: currency()?,
        discount_rate: range("2", "3.5", "5", "Rate that the council adopted for social projects, to be looked at again next year"),
        convention: Convention::FirstYearUndiscounted,
        inputs: vec![Input {
            id: String::new(),
            name: "Everything given by partners and funders".into(),
            contributions: Some(ContributionBinding {
                kinds: Vec::new(),
                from: day(from),
                to: day(to),
                organizations: Vec::new(),
            }),
            amount: None,
            year: None,
        }],
        outcomes: vec![
            work(metrics, year)?,
            Outcome {
                id: String::new(),
                name: "Employers who find and keep a beginner".into(),
                beneficiaries: "Employers of the partnership".into(),
                quantity: quantity("places", metrics.id("workplaces")?.as_str()),
                proxy: price("850", "1100", "1400", "Average cost of filling a beginner's vacancy, asked of five employers of the partnership", year),
                deadweight: range("40", "50", "60", "Half would have filled the place anyway, by their own word"),
                displacement: range("10", "15", "25", "Some places only moved between employers"),
                attribution: range("10", "20", "30", "Job Centre East brings part of the places by itself"),
                drop_off: exactly("0", "Counted in its first year only"),
                duration: Years { low: None, base: 1, high: None, source: "A vacancy is filled once".into() },
                start_year: year,
                materiality: "Employers name it as their first reason to take part.".into(),
                claims: Vec::new(),
            },
        ],
        materiality: "Better health and less debt were left out: we cannot measure them well enough yet.".into(),
    };
    Ok(create(conn, &staff, content)?)
}

fn work(metrics: &Metrics, year: i32) -> Result<Outcome, Problem> {
    Ok(Outcome {
        id: String::new(),
        name: "Young people in work or training a year earlier".into(),
        beneficiaries: "Young people under 27 in Harbour".into(),
        quantity: quantity("young people", metrics.id("placed")?.as_str()),
        proxy: price(
            "9800",
            "12400",
            "14200",
            "Benefit not paid and tax paid in a year of beginner's wage, own calculation for this demo",
            year,
        ),
        deadweight: range(
            "30",
            "40",
            "50",
            "Share who found something by themselves in the year before we began",
        ),
        displacement: range(
            "5",
            "10",
            "15",
            "Places taken that others would have had, estimate of Job Centre East",
        ),
        attribution: range(
            "15",
            "25",
            "35",
            "What schools and the job centre do outside the partnership",
        ),
        drop_off: range(
            "20",
            "29",
            "35",
            "Of those who started, how many were no longer there after six months",
        ),
        duration: Years {
            low: Some(2),
            base: 3,
            high: Some(4),
            source: "Those who stay a year seldom fall back, follow-up calls".into(),
        },
        start_year: year,
        materiality: "The reason the partnership exists.".into(),
        claims: Vec::new(),
    })
}

fn quantity(unit: &str, metric: &str) -> Quantity {
    Quantity {
        unit: unit.into(),
        metric: Some(MetricBinding {
            metric: metric.into(),
            reading: MetricReading::Latest,
            period: None,
            less: None,
            more: None,
        }),
        value: None,
    }
}

fn price(low: &str, base: &str, high: &str, source: &str, price_year: i32) -> Price {
    Price {
        amount: range(low, base, high, source),
        link: String::new(),
        price_year,
        proxy_id: None,
    }
}

fn range(low: &str, base: &str, high: &str, source: &str) -> Assumption {
    Assumption {
        low: Some(dec(low)),
        base: dec(base),
        high: Some(dec(high)),
        source: source.into(),
    }
}

fn exactly(base: &str, source: &str) -> Assumption {
    Assumption {
        low: None,
        base: dec(base),
        high: None,
        source: source.into(),
    }
}

/// The texts above are numbers; anything else would show as 0 in the demo's own test.
fn dec(text: &str) -> Dec {
    text.parse().unwrap_or_else(|_| Dec::new(Decimal::ZERO))
}

fn currency() -> Result<Currency, Problem> {
    "EUR".parse().map_err(Problem::internal)
}

/// The same day as the database's type.
pub fn day(d: jiff::civil::Date) -> NaiveDate {
    NaiveDate::from_ymd_opt(
        i32::from(d.year()),
        d.month().unsigned_abs().into(),
        d.day().unsigned_abs().into(),
    )
    .unwrap_or_default()
}
