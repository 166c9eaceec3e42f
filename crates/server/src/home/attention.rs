//! Work that was given up needs staff.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use super::policy::SeeJobs;

/// The server's own rule.
pub struct Work;

impl Attention for Work {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        if !actor.may::<SeeJobs>() {
            return Ok(Vec::new());
        }
        let dead = backbone_jobs::dead(conn, actor.tenant(), 100)?;
        Ok(dead
            .first()
            .map(|newest| Line {
                urgency: Urgency::Bad,
                icon: "jobs",
                what: Words::new("jobs-needs").number("n", dead.len() as i64),
                detail: None,
                since: newest.finished_at,
                action: Words::new("jobs-needs-look"),
                path: "/jobs".into(),
            })
            .into_iter()
            .collect())
    }
}
