//! What measuring asks of organizations: figures they answer for, and questions about figures.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::Actor;
use backbone_identity::attention::{Asked, Line, Need, Urgency, Words};
use backbone_ingest::period::Period;
use jiff::Span;
use jiff::civil::Date;

use crate::judge;
use crate::measurement::store as measurements;
use crate::metric::{Definition, Measurers, Metric, Status, store as metrics};
use crate::policy::Measure;
use crate::scorecard::compute;

/// Minutes that looking a figure up and reporting it costs.
const REPORT_MINUTES: i64 = 10;
/// Minutes that answering a question about a figure costs.
pub(super) const ANSWER_MINUTES: i64 = 5;
/// Days before a figure is due on which its organization is asked for it.
const AHEAD_DAYS: i32 = 7;
/// Metrics that are looked at: far more than a partnership can follow.
const LOOKED_AT: i64 = 500;

/// The metrics that organizations report: in use, answered for by one, and not measured by staff alone.
fn answered_for(conn: &mut Conn, actor: &Actor) -> Result<Vec<Metric>, DbError> {
    let tenant = actor.tenant();
    let mut all = metrics::list(conn, tenant, false, Some(Status::Active), None, LOOKED_AT)?;
    all.retain(|m| {
        m.definition.owner.organization_id.is_some() && m.definition.measurers != Measurers::Staff
    });
    Ok(all)
}

/// The next figure of each metric that the actor's organization answers for, when it is late or due within a week.
pub(super) fn due(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let Some(own) = actor.organization_id.as_ref() else {
        return Ok(Vec::new());
    };
    if !actor.may::<Measure>() {
        return Ok(Vec::new());
    }
    let today = actor.now.date_in(&actor.partnership.zone());
    let mut needs = Vec::new();
    for metric in answered_for(conn, actor)? {
        if metric.definition.owner.organization_id.as_ref() != Some(own) {
            continue;
        }
        let row = compute::row(conn, actor.tenant(), &metric, today)?;
        let next = match row.latest.as_ref().map(|l| l.period) {
            Some(last) => last.next(),
            None => begin(&metric).and_then(|day| metric.definition.frequency.containing(day)),
        };
        let days = today.until(row.freshness.due).map_or(0, |s| s.get_days());
        if let (Some(period), true) = (next, days <= AHEAD_DAYS) {
            needs.push(need(actor, &metric, &period, row.freshness.due));
        }
    }
    Ok(needs)
}

fn need(actor: &Actor, metric: &Metric, period: &Period, due: Date) -> Need {
    let today = actor.now.date_in(&actor.partnership.zone());
    let at = due.at(17, 0, 0, 0).to_zoned(actor.partnership.zone());
    Need::from(Line {
        urgency: if due < today {
            Urgency::Bad
        } else {
            Urgency::Watch
        },
        icon: "scorecard",
        what: Words::new("metrics-needs-mine")
            .text("metric", &metric.name)
            .period("period", period.to_string()),
        detail: Some(metric.definition.source.trim())
            .filter(|source| !source.is_empty())
            .map(|source| Words::new("metrics-needs-mine-detail").text("source", source)),
        since: None,
        action: Words::new("metrics-needs-report"),
        path: format!("/metrics/{}#report", metric.id),
    })
    .due(at.ok().map(|z| Instant::from_jiff(z.timestamp())))
    .minutes(REPORT_MINUTES)
}

fn begin(metric: &Metric) -> Option<Date> {
    let made = metric.created_at.jiff().to_zoned(jiff::tz::TimeZone::UTC);
    Some(made.date())
}

/// Two rules. A figure asks ten minutes of the organization that answers for its metric, for each period, on the day it is due: whether
/// it was reported or not, and whoever typed it in, for looking it up is the work. A question about a figure asks five minutes of the
/// organization whose figure it is, when it is asked.
pub(super) fn asked(conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
    let zone = actor.partnership.zone();
    let (from, today) = (since.date_in(&zone), actor.now.date_in(&zone));
    let mut all = Vec::new();
    for metric in answered_for(conn, actor)? {
        let owner = &metric.definition.owner;
        let Some(organization) = &owner.organization_id else {
            continue;
        };
        let from = begin(&metric).map_or(from, |day| from.max(day));
        for day in due_days(&metric.definition, from, today) {
            let at = day.at(12, 0, 0, 0).to_zoned(zone.clone());
            all.push(Asked {
                organization: organization.clone(),
                person: owner.person_id.clone(),
                what: "metrics-asked-figures",
                minutes: REPORT_MINUTES,
                at: at.map_or(since, |z| Instant::from_jiff(z.timestamp())),
            });
        }
    }
    for (organization, at) in measurements::queried_since(conn, actor.tenant(), since)? {
        all.push(Asked {
            organization,
            person: None,
            what: "metrics-asked-questions",
            minutes: ANSWER_MINUTES,
            at,
        });
    }
    Ok(all)
}

/// The days between two, both included, on which a figure of such a metric was due.
fn due_days(definition: &Definition, from: Date, until: Date) -> Vec<Date> {
    let grace = Span::new().days(definition.grace_days);
    // The period whose figure is due on the first day ended as many days before.
    let first = from.checked_sub(grace).unwrap_or(from);
    let mut period = definition.frequency.containing(first);
    let mut days = Vec::new();
    while let Some(this) = period {
        let due = judge::freshness(&this, definition.grace_days, until).due;
        if due > until {
            break;
        }
        if due >= from {
            days.push(due);
        }
        period = this.next();
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Frequency;

    #[test]
    fn figures_are_due_when_their_period_and_the_days_of_grace_are_over() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let found = |frequency, grace_days, from: &str, until: &str| -> Vec<String> {
            let definition = Definition {
                frequency,
                grace_days,
                ..Definition::default()
            };
            let days = due_days(&definition, day(from), day(until));
            days.iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            found(Frequency::Month, 10, "2026-09-01", "2026-11-22"),
            ["2026-09-10", "2026-10-10", "2026-11-10"]
        );
        assert_eq!(
            found(Frequency::Month, 0, "2026-10-31", "2026-10-31"),
            ["2026-10-31"]
        );
        assert_eq!(
            found(Frequency::Quarter, 30, "2026-09-01", "2026-10-29"),
            Vec::<String>::new()
        );
        assert_eq!(
            found(Frequency::Quarter, 30, "2026-09-01", "2026-10-30"),
            ["2026-10-30"]
        );
        assert_eq!(
            found(Frequency::SchoolYear, 0, "2026-01-01", "2026-12-31"),
            ["2026-08-31"]
        );
    }
}
