//! What of the decisions needs somebody.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::body::store as bodies;
use crate::policy::ManageBodies;
use crate::seat::{SeatKind, store as seats};

/// This room's rules.
pub struct Deciding;

impl Attention for Deciding {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        let mut lines = Vec::new();
        if actor.may::<ManageBodies>() {
            lines.extend(vacancies(conn, actor)?);
        }
        Ok(lines)
    }
}

/// A line for each body with member seats that nobody fills.
fn vacancies(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let all = seats::all(conn, actor.tenant())?;
    let bodies = bodies::all(conn, actor.tenant())?;
    let line = |body: &crate::body::Body| {
        let vacant = all
            .iter()
            .filter(|s| s.body_id == body.id && s.kind == SeatKind::Member && s.is_vacant());
        let since = vacant.clone().map(|s| s.updated_at).min();
        let n = vacant.count() as i64;
        (n > 0).then(|| Line {
            urgency: Urgency::Watch,
            icon: "users",
            what: Words::new("bodies-needs-seats")
                .number("n", n)
                .text("body", &body.name),
            detail: None,
            since,
            action: Words::new("bodies-needs-look"),
            path: format!("/bodies/{}", body.id),
        })
    };
    Ok(bodies
        .iter()
        .filter(|b| b.active)
        .filter_map(line)
        .collect())
}
