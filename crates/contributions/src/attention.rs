//! What of the contributions needs somebody: new ones to look at, and questions that wait for an answer.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::contribution::{Status, store};
use crate::policy::VerifyContribution;

/// This room's rules.
pub struct Given;

impl Attention for Given {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        let mut lines = Vec::new();
        if actor.may::<VerifyContribution>() {
            for (status, what, icon) in [
                (Status::Answered, "contributions-needs-answered", "undo"),
                (
                    Status::Logged,
                    "contributions-needs-verify",
                    "contributions",
                ),
            ] {
                let n = store::count_in(conn, actor.tenant(), None, status)?;
                lines.extend((n > 0).then(|| line(what, icon, Urgency::Good, status, n)));
            }
        }
        if let Some(own) = &actor.organization_id {
            let n = store::count_in(conn, actor.tenant(), Some(own), Status::Queried)?;
            let what = "contributions-needs-reply";
            lines.extend((n > 0).then(|| line(what, "help", Urgency::Watch, Status::Queried, n)));
        }
        Ok(lines)
    }
}

fn line(what: &'static str, icon: &'static str, urgency: Urgency, status: Status, n: i64) -> Line {
    Line {
        urgency,
        icon,
        what: Words::new(what).number("n", n),
        detail: None,
        since: None,
        action: Words::new("contributions-needs-look"),
        path: format!("/contributions?status={status}"),
    }
}
