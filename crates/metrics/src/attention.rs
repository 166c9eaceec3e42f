//! What of the scorecard needs staff: figures that are overdue, and metrics that are off target.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::judge::Standing;
use crate::policy::ManageMetrics;
use crate::scorecard::compute::{Row, compute};
use crate::scorecard::store;

/// This room's rules.
pub struct Scorecards;

impl Attention for Scorecards {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        if !actor.may::<ManageMetrics>() {
            return Ok(Vec::new());
        }
        let today = actor.now.date_in(&actor.partnership.zone());
        let mut lines = Vec::new();
        for scorecard in store::list(conn, actor.tenant())? {
            let computed = compute(conn, actor.tenant(), &scorecard, today, false)?;
            let rows = computed.groups.iter().flat_map(|g| &g.rows);
            lines.extend(rows.filter_map(line));
        }
        Ok(lines)
    }
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
        since: row.updated_at,
        action: Words::new(action),
        path: format!("/metrics/{}", row.metric_id),
    })
}
