//! Whom measurements and figures that fall due concern.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::attention::Words;
use backbone_identity::notify::{Kind, Notice, Notify, Often, Row};
use backbone_identity::{Partnership, Permission, PersonId, Role, directory};

use crate::measurement::{self, MeasurementId, Status, question};
use crate::metric;
use crate::policy::{Measure, ReviewMeasurements};
use crate::scorecard::compute::compute;
use crate::scorecard::store;

const REPORTERS: &[Role] = <Measure as Permission>::ROLES;

/// Staff asked about a measurement.
pub(crate) const QUERIED: Kind = Kind {
    name: "measurement.queried",
    icon: "help",
    roles: REPORTERS,
    usual: Often::Now,
    letter: true,
};
const VERIFIED: Kind = Kind {
    name: "measurement.verified",
    icon: "check-circle",
    roles: REPORTERS,
    usual: Often::Weekly,
    letter: false,
};
const ANSWERED: Kind = Kind {
    name: "measurement.answered",
    icon: "quote",
    roles: <ReviewMeasurements as Permission>::ROLES,
    usual: Often::Daily,
    letter: false,
};
const DUE: Kind = Kind {
    name: "metric.due",
    icon: "scorecard",
    roles: REPORTERS,
    usual: Often::Daily,
    letter: false,
};

const KINDS: &[Kind] = &[DUE, QUERIED, VERIFIED, ANSWERED];

/// Days before a figure is due on which its owner is told.
const AHEAD: i64 = 3;
/// Days after which a figure that is late is no news any more.
const LATE: i32 = 30;

/// This room's rules.
pub struct Measuring;

impl Notify for Measuring {
    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn of(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        event: &Event,
    ) -> Result<Vec<Notice>, DbError> {
        let tenant = partnership.id.as_str();
        let (kind, key) = match event.kind.as_str() {
            "measurement.queried" => (&QUERIED, "metrics-notice-queried"),
            "measurement.verified" => (&VERIFIED, "metrics-notice-verified"),
            "measurement.answered" => (&ANSWERED, "metrics-notice-answered"),
            _ => return Ok(Vec::new()),
        };
        let Ok(id) = event.object.id.parse::<MeasurementId>() else {
            return Ok(Vec::new());
        };
        let Some(it) = measurement::store::find(conn, tenant, &id)? else {
            return Ok(Vec::new());
        };
        let Some(metric) = metric::store::find(conn, tenant, &it.metric_id)? else {
            return Ok(Vec::new());
        };
        let people: Vec<PersonId> = if kind.name == ANSWERED.name {
            let staff = directory::members(conn, tenant, ANSWERED.roles)?;
            staff.into_iter().map(|m| m.person_id).collect()
        } else {
            let reporter = question::reporter(conn, tenant, &it)?;
            reporter.into_iter().map(|r| r.person_id).collect()
        };
        let what = Words::new(key)
            .text("by", &event.actor_name)
            .text("metric", &metric.name)
            .period("period", it.period.to_string());
        Ok(people
            .into_iter()
            .map(|person| Notice {
                kind: kind.name,
                person,
                matter: format!("{}:{}:{}", kind.name, it.id, event.seq),
                what: what.clone(),
                path: format!("/metrics/{}/measurements/{}", metric.id, it.id),
            })
            .collect())
    }

    fn due(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        now: Instant,
    ) -> Result<Vec<Notice>, DbError> {
        let tenant = partnership.id.as_str();
        let zone = partnership.zone();
        let today = now.date_in(&zone);
        let soon = now.plus_days(AHEAD).date_in(&zone);
        let contacts = directory::contacts(conn, tenant, Role::Contributor)?;
        let mut notices = Vec::new();
        for scorecard in store::list(conn, tenant)? {
            let computed = compute(conn, tenant, &scorecard, today, false)?;
            for row in computed.groups.iter().flat_map(|g| &g.rows) {
                let due = row.freshness.due;
                if due > soon || row.freshness.days_late > LATE {
                    continue;
                }
                let people: Vec<PersonId> = match &row.owner.person_id {
                    Some(person) => vec![person.clone()],
                    None => contacts
                        .iter()
                        .filter(|c| Some(&c.organization_id) == row.owner.organization_id.as_ref())
                        .map(|c| c.person_id.clone())
                        .collect(),
                };
                let noon = due.at(12, 0, 0, 0).to_zoned(zone.clone());
                let at = noon.map_or(now, |z| Instant::from_jiff(z.timestamp()));
                notices.extend(people.into_iter().map(|person| {
                    Notice {
                        kind: DUE.name,
                        person,
                        matter: format!("figure:{}:{due}", row.metric_id),
                        what: Words::new("metrics-notice-due")
                            .text("metric", &row.name)
                            .day("due", at),
                        path: format!("/metrics/{}", row.metric_id),
                    }
                }));
            }
        }
        Ok(notices)
    }

    fn holds(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        _: Instant,
    ) -> Result<bool, DbError> {
        if row.kind != QUERIED.name {
            return Ok(true);
        }
        let Some(Ok(id)) = row.path.rsplit('/').next().map(str::parse) else {
            return Ok(false);
        };
        let found = measurement::store::find(conn, partnership.id.as_str(), &id)?;
        Ok(found.is_some_and(|m| m.status == Status::Queried))
    }
}
