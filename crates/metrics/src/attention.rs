//! What of the scorecard needs somebody: questions about figures, figures that are overdue, metrics that are off target. What
//! measuring asks of partners, and what was measured, in sentences.

mod asks;
mod told;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{
    Asked, Attention, FirstStep, Line, Need, Told, Urgency, Words, lines_of,
};

use crate::judge::Standing;
use crate::measurement::store::Filter;
use crate::measurement::{self, Measurement, Status};
use crate::metric::{self, MetricId};
use crate::policy::{ManageMetrics, Measure, SeeScorecard};
use crate::scorecard::compute::{Row, compute};
use crate::scorecard::store;

/// This room's rules.
pub struct Scorecards;

impl Attention for Scorecards {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[
            FirstStep {
                place: 50,
                what: "first-metric",
                taken: &["metric.defined"],
                path: "/metrics/new",
            },
            FirstStep {
                place: 60,
                what: "first-measurement",
                taken: &[
                    "measurement.recorded",
                    "measurement.recorded_in_bulk",
                    "measurement.reported",
                    "import.finished",
                ],
                path: "/imports/new",
            },
        ]
    }

    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        let mut needs = questions(conn, actor)?;
        if !actor.may::<ManageMetrics>() {
            needs.extend(asks::due(conn, actor)?);
            return Ok(needs);
        }
        let today = actor.now.date_in(&actor.partnership.zone());
        for scorecard in store::list(conn, actor.tenant())? {
            let computed = compute(conn, actor.tenant(), &scorecard, today, false)?;
            let rows = computed.groups.iter().flat_map(|g| &g.rows);
            needs.extend(rows.filter_map(line).map(Need::from));
        }
        Ok(needs)
    }

    fn asked(&self, conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
        asks::asked(conn, actor, since)
    }

    fn told(&self, conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
        if !actor.may::<SeeScorecard>() {
            return Ok(Vec::new());
        }
        told::told(conn, actor, events)
    }
}

/// Questions that are shown one by one.
const QUESTIONS: i64 = 8;

/// Open questions: to staff all of them, to a member those about figures of their organization.
fn questions(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let staff = actor.may::<ManageMetrics>();
    if !staff && (!actor.may::<Measure>() || actor.organization_id.is_none()) {
        return Ok(Vec::new());
    }
    let filter = Filter {
        status: Some(Status::Queried),
        organization: actor.organization_id.clone().filter(|_| !staff),
        ..Filter::default()
    };
    let asked = measurement::store::list(conn, actor.tenant(), &filter, None, QUESTIONS)?;
    let ids: Vec<MetricId> = asked.iter().map(|m| m.metric_id.clone()).collect();
    let metrics = metric::store::find_many(conn, actor.tenant(), &ids)?;
    let line = |m: &Measurement| {
        let metric = metrics.iter().find(|metric| metric.id == m.metric_id)?;
        let need = Need::from(Line {
            urgency: Urgency::Watch,
            icon: "help",
            what: Words::new("metrics-needs-reply").text("metric", &metric.name),
            detail: Some(Words::new("metrics-needs-reply-detail").text("question", &m.note)),
            since: Some(m.changed_at),
            action: Words::new(match staff {
                true => "metrics-needs-look",
                false => "metrics-needs-reply-action",
            }),
            path: format!("/metrics/{}/measurements/{}", metric.id, m.id),
        });
        Some(match staff {
            true => need,
            false => need.minutes(asks::ANSWER_MINUTES),
        })
    };
    Ok(asked.iter().filter_map(line).collect())
}

/// A figure that is late says so before anything else: what it would show is not known.
fn line(row: &Row) -> Option<Line> {
    let late = row.freshness.days_late;
    let (urgency, icon, what, detail, action) = if late > 0 {
        let what = Words::new("metrics-needs-figure").text("metric", &row.name);
        let detail = Words::new("metrics-needs-figure-detail")
            .number("days", late.into())
            .text("owner", &row.owner.name);
        (
            Urgency::Watch,
            "clock",
            what,
            detail,
            "metrics-needs-report",
        )
    } else if row.standing == Standing::Off {
        let what = Words::new("metrics-needs-off").text("metric", &row.name);
        let detail = Words::new("metrics-needs-off-detail").text("owner", &row.owner.name);
        (
            Urgency::Watch,
            "trend-down",
            what,
            detail,
            "metrics-needs-look",
        )
    } else {
        return None;
    };
    Some(Line {
        urgency,
        icon,
        what,
        detail: Some(detail),
        // How late a figure is, its details say.
        since: row.updated_at.filter(|_| late <= 0),
        action: Words::new(action),
        path: format!("/metrics/{}", row.metric_id),
    })
}
