//! The demo's metrics, their measurements over 18 months, and the scorecard.

use backbone_db::{Conn, Dec, Instant};
use backbone_identity::Actor;
use backbone_metrics::measurement::{NewMeasurement, record, review};
use backbone_metrics::metric::define::{NewMetric, define};
use backbone_metrics::metric::{
    Aggregation, Definition, Direction, Frequency, Kind, Level, MetricId, Owner, Target,
};
use backbone_metrics::perspective::ObjectiveId;
use backbone_metrics::perspective::manage::ensure;
use backbone_metrics::perspective::objectives::{NewObjective, add_objective, all_objectives};
use backbone_metrics::scorecard::manage::{Addition, add, first};
use backbone_web::Problem;
use rust_decimal::Decimal;

use super::calendar::{Calendar, MONTHS, month_text, quarter_text};
use super::chance::Chance;
use super::stage::{Placed, Stage};

/// A metric of the demo: what it is and how it went.
struct Plan {
    key: &'static str,
    name: &'static str,
    meaning: &'static str,
    /// 0 to 3: people, partners, how we work, learning and means.
    perspective: usize,
    unit: &'static str,
    kind: Kind,
    direction: Direction,
    monthly: bool,
    /// Value at the start, at the end, and the target; each in tenths.
    from: i64,
    to: i64,
    target: i64,
    /// How much it wavers, in tenths.
    noise: i64,
    owner: &'static str,
    source: &'static str,
    population: bool,
    /// The last so many periods have not been reported.
    late: u32,
}

use backbone_metrics::metric::MetricDirection::{Down, Up};
use backbone_metrics::metric::MetricKind::{Money, Number, Percent};

const PLANS: &[Plan] = &[
    Plan {
        key: "placed",
        name: "Young people who started work, an apprenticeship or a course",
        meaning: "Everybody under 27 who talked with a mentor and started within the quarter, counted once.",
        perspective: 0,
        unit: "young people",
        kind: Number,
        direction: Up,
        monthly: false,
        from: 380,
        to: 690,
        target: 700,
        noise: 30,
        owner: "Kwame Mensah",
        source: "Register of Harbour Youth Work, checked against Job Centre East",
        population: true,
        late: 0,
    },
    Plan {
        key: "staying",
        name: "Still there after six months",
        meaning: "Of those who started two quarters before, how many are still in that work, apprenticeship or course.",
        perspective: 0,
        unit: "%",
        kind: Percent,
        direction: Up,
        monthly: false,
        from: 580,
        to: 710,
        target: 720,
        noise: 15,
        owner: "Pieter Vos",
        source: "Follow-up calls by mentors",
        population: true,
        late: 0,
    },
    Plan {
        key: "out",
        name: "Young people without school or work in Harbour",
        meaning: "Residents aged 16 to 26 without school, course or work, as the city counts them.",
        perspective: 0,
        unit: "young people",
        kind: Number,
        direction: Down,
        monthly: false,
        from: 9120,
        to: 7780,
        target: 7600,
        noise: 60,
        owner: "Pieter Vos",
        source: "City statistics office",
        population: true,
        late: 1,
    },
    Plan {
        key: "workplaces",
        name: "Workplaces offered by employers",
        meaning: "Open places for a trial week, an apprenticeship or a first job.",
        perspective: 1,
        unit: "places",
        kind: Number,
        direction: Up,
        monthly: true,
        from: 210,
        to: 440,
        target: 450,
        noise: 25,
        owner: "Jan-Willem de Graaf",
        source: "Workplace list of Job Centre East",
        population: false,
        late: 0,
    },
    Plan {
        key: "minutes",
        name: "Minutes asked of each partner a month",
        meaning: "Reporting, voting and meetings together. We allow ourselves 60.",
        perspective: 1,
        unit: "minutes",
        kind: Number,
        direction: Down,
        monthly: true,
        from: 840,
        to: 410,
        target: 600,
        noise: 40,
        owner: "Noor Bakker",
        source: "Burden ledger of the office",
        population: false,
        late: 0,
    },
    Plan {
        key: "wait",
        name: "Days from sign-up to first mentor talk",
        meaning: "Median over everybody who had a first talk in the month.",
        perspective: 2,
        unit: "days",
        kind: Number,
        direction: Down,
        monthly: true,
        from: 230,
        to: 118,
        target: 100,
        noise: 14,
        owner: "Ilse Hoekstra",
        source: "Mentor register",
        population: false,
        late: 0,
    },
    Plan {
        key: "mentors",
        name: "Trained mentors who are active",
        meaning: "Finished the training and had at least one talk in the quarter.",
        perspective: 3,
        unit: "mentors",
        kind: Number,
        direction: Up,
        monthly: false,
        from: 410,
        to: 560,
        target: 800,
        noise: 10,
        owner: "Ilse Hoekstra",
        source: "Mentor register",
        population: false,
        late: 0,
    },
    Plan {
        key: "secured",
        name: "Secured for next year",
        meaning: "Grants and contributions in money that are promised in writing.",
        perspective: 3,
        unit: "EUR",
        kind: Money,
        direction: Up,
        monthly: false,
        from: 400_000,
        to: 1_880_000,
        target: 2_200_000,
        noise: 40_000,
        owner: "Noor Bakker",
        source: "Letters of commitment",
        population: false,
        late: 0,
    },
];

/// The metrics of the demo by key, as they were defined.
pub struct Metrics(pub Vec<(&'static str, MetricId)>);

impl Metrics {
    /// The metric with this key, as text.
    pub fn id(&self, key: &str) -> Result<MetricId, Problem> {
        let found = self.0.iter().find(|(k, _)| *k == key);
        found
            .map(|(_, id)| id.clone())
            .ok_or_else(|| Problem::internal(format!("the demo has no metric {key}")))
    }
}

/// Defines the metrics and puts them on the scorecard.
pub fn define_all(
    conn: &mut Conn,
    staff: &Actor,
    stage: &Stage,
    calendar: &Calendar,
) -> Result<Metrics, Problem> {
    let perspectives = ensure(conn, staff)?;
    let scorecard = first(conn, staff)?;
    let mut metrics = Vec::new();
    for plan in PLANS {
        let perspective = perspectives
            .get(plan.perspective)
            .map(|p| p.id.to_string())
            .unwrap_or_default();
        let new = NewMetric {
            name: plan.name.into(),
            perspective,
            objective_id: objective(conn, staff, plan)?,
            public: true,
            why: String::new(),
            definition: definition(plan, stage, calendar)?,
        };
        let metric = define(conn, staff, &new)?;
        add(
            conn,
            staff,
            &scorecard.id,
            &Addition {
                metric_id: metric.id.clone(),
                instead_of: None,
                retire: false,
            },
        )?;
        metrics.push((plan.key, metric.id));
    }
    Ok(Metrics(metrics))
}

/// What the partnership strives for in each perspective; the metrics show the way.
const OBJECTIVES: [&str; 4] = [
    "Every young person in Harbour has a first job, an apprenticeship or a course that lasts",
    "Partners open their doors, and taking part costs them little",
    "Nobody waits: from first talk to first day in weeks, not months",
    "The work is paid for, two years ahead",
];

/// The objective of a plan's perspective; made when it is not there yet.
fn objective(conn: &mut Conn, staff: &Actor, plan: &Plan) -> Result<Option<ObjectiveId>, Problem> {
    let perspectives = ensure(conn, staff)?;
    let (Some(perspective), Some(name)) = (
        perspectives.get(plan.perspective),
        OBJECTIVES.get(plan.perspective),
    ) else {
        return Ok(None);
    };
    let known = all_objectives(conn, staff)?;
    if let Some(there) = known.into_iter().find(|o| o.name == *name) {
        return Ok(Some(there.id));
    }
    let new = NewObjective {
        perspective: perspective.id.to_string(),
        name: (*name).into(),
    };
    Ok(Some(add_objective(conn, staff, &new)?.id))
}

/// Who answers for a metric, with their account and organization.
fn owner(stage: &Stage, name: &str) -> Owner {
    let person = |p: &&Placed| p.people.iter().any(|a| a.name == name);
    let placed = stage.organizations.iter().find(person);
    let who = placed.and_then(|p| p.people.iter().find(|a| a.name == name));
    Owner {
        person_id: who.and_then(|a| a.person_id.clone()),
        organization_id: placed.map(|p| p.id.clone()),
        name: name.into(),
    }
}

fn definition(plan: &Plan, stage: &Stage, calendar: &Calendar) -> Result<Definition, Problem> {
    let start = calendar.month(0);
    let goal = calendar.month(MONTHS + 5);
    let text = if plan.monthly {
        month_text
    } else {
        quarter_text
    };
    Ok(Definition {
        meaning: plan.meaning.into(),
        unit: plan.unit.into(),
        kind: plan.kind,
        decimals: 0,
        direction: plan.direction,
        baseline: Some(Target {
            period: period(&text(start))?,
            value: tenths(plan.from),
        }),
        // A third of the way by the middle: beginnings are slow.
        targets: vec![
            Target {
                period: period(&text(calendar.month(MONTHS / 2)))?,
                value: Dec::new(Decimal::from(
                    (plan.from + (plan.target - plan.from) / 3 + 5) / 10,
                )),
            },
            Target {
                period: period(&text(goal))?,
                value: tenths(plan.target),
            },
        ],
        frequency: if plan.monthly {
            Frequency::Month
        } else {
            Frequency::Quarter
        },
        grace_days: 20,
        across_periods: if plan.key == "placed" {
            Aggregation::Sum
        } else {
            Aggregation::Last
        },
        owner: owner(stage, plan.owner),
        source: plan.source.into(),
        level: if plan.population {
            Level::Population
        } else {
            Level::Performance
        },
        ..Definition::default()
    })
}

/// One measurement that is going to be reported, in the order of time.
pub struct Planned {
    pub at: Instant,
    metric: usize,
    period: String,
    value: Dec,
    verified: bool,
}

/// Every measurement of the 18 months, oldest first.
pub fn plan(calendar: &Calendar, chance: &mut Chance) -> Vec<Planned> {
    let mut planned = Vec::new();
    for (index, plan) in PLANS.iter().enumerate() {
        let periods = periods(plan, calendar);
        let last = periods.len().saturating_sub(plan.late as usize);
        for (n, (start, months)) in periods.iter().enumerate().take(last) {
            let text = if plan.monthly {
                month_text(*start)
            } else {
                quarter_text(*start)
            };
            let days = i64::from(*months) * 31 + 6 + chance.below(9) as i64;
            let minute = chance.below(500);
            planned.push(Planned {
                at: calendar.moment(*start, days, minute),
                metric: index,
                period: text,
                value: value(plan, n, periods.len(), chance),
                verified: n + 1 < periods.len() || plan.key != "minutes",
            });
        }
    }
    planned.sort_by_key(|p| p.at);
    planned
}

/// First days and lengths in months of the complete periods of the 18 months.
fn periods(plan: &Plan, calendar: &Calendar) -> Vec<(jiff::civil::Date, u32)> {
    let months = (0..MONTHS).map(|m| calendar.month(m));
    if plan.monthly {
        return months.map(|d| (d, 1)).collect();
    }
    let quarters: Vec<_> = months.filter(|d| (d.month() - 1) % 3 == 0).collect();
    quarters
        .into_iter()
        .filter(|d| *d <= calendar.month(MONTHS - 3))
        .map(|d| (d, 3))
        .collect()
}

/// On the way from start to end, wavering; whole numbers, as such things are counted.
fn value(plan: &Plan, n: usize, of: usize, chance: &mut Chance) -> Dec {
    let steps = of.saturating_sub(1).max(1) as i64;
    let way = plan.from + (plan.to - plan.from) * n as i64 / steps;
    let wave = chance.below(plan.noise as u64 * 2 + 1) as i64 - plan.noise;
    let tenths = if n + 1 == of { plan.to } else { way + wave };
    Dec::new(Decimal::from((tenths + 5) / 10))
}

/// Reports one, and has staff verify it.
pub fn report(
    conn: &mut Conn,
    staff: &Actor,
    metrics: &Metrics,
    planned: &Planned,
) -> Result<(), Problem> {
    let mut actor = staff.clone();
    actor.now = planned.at;
    let metric = metrics.0.get(planned.metric).map(|(_, id)| id.clone());
    let new = NewMeasurement {
        metric_id: metric,
        period: planned.period.clone(),
        value: Some(planned.value.clone()),
        ..NewMeasurement::default()
    };
    let made = record(conn, &actor, &new)?;
    if planned.verified {
        actor.now = planned.at.plus_seconds(3600).min(staff.now);
        review::verify(conn, &actor, &made.id, None)?;
    }
    Ok(())
}

fn period(text: &str) -> Result<backbone_ingest::Period, Problem> {
    text.parse()
        .map_err(|e| Problem::internal(format!("{text}: {e}")))
}

fn tenths(n: i64) -> Dec {
    Dec::new(Decimal::new(n, 1))
}
