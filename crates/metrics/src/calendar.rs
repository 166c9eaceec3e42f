//! When figures fall due, for those who answer for them.

use std::collections::BTreeSet;

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::Words;
use backbone_identity::calendar::{Dated, Due, Entry};
use jiff::civil::Date;

use crate::policy::{Measure, SeeScorecard};
use crate::scorecard::compute::{Row, compute};
use crate::scorecard::store;

/// The figures of metrics that the actor or their organization answers for.
pub struct Figures;

impl Dated for Figures {
    fn entries(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Entry>, DbError> {
        if !actor.may::<SeeScorecard>() || !actor.may::<Measure>() {
            return Ok(Vec::new());
        }
        let today = actor.now.date_in(&actor.partnership.zone());
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for scorecard in store::list(conn, actor.tenant())? {
            let computed = compute(conn, actor.tenant(), &scorecard, today, false)?;
            for row in computed.groups.iter().flat_map(|g| &g.rows) {
                let due = row.freshness.due;
                let fits = owns(actor, row) && (from..=until).contains(&due);
                if fits && seen.insert(row.metric_id.to_string()) {
                    entries.push(Entry {
                        key: format!("metric-{}-{due}", row.metric_id),
                        due: Due::Day(due),
                        what: Words::new("metrics-date-due").text("metric", &row.name),
                        detail: None,
                        changed: row.updated_at.unwrap_or(actor.partnership.created_at),
                        path: format!("/metrics/{}", row.metric_id),
                    });
                }
            }
        }
        Ok(entries)
    }
}

/// A figure that a person answers for is not in the calendars of their whole organization.
fn owns(actor: &Actor, row: &Row) -> bool {
    match &row.owner.person_id {
        Some(person) => Some(person) == actor.person_id.as_ref(),
        None => {
            row.owner.organization_id.is_some()
                && row.owner.organization_id == actor.organization_id
        }
    }
}
