//! What of the contributions needs somebody: requests without an answer, partners gone quiet, entries to look at, questions
//! that wait; and what was asked of partners, and what they gave, in sentences.

mod quiet;
mod requests;
mod told;
mod verify;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{Asked, Attention, Line, Need, Told, Urgency, Words, lines_of};

use crate::contribution::{Status, store};
use crate::policy::{AskForContributions, SeeContributions, VerifyContribution};

/// This room's rules.
pub struct Given;

impl Attention for Given {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        let mut needs = Vec::new();
        if actor.may::<VerifyContribution>() {
            needs.extend(verify::needs(conn, actor)?);
        }
        if actor.may::<AskForContributions>() {
            needs.extend(requests::late(conn, actor)?);
            needs.extend(quiet::needs(conn, actor)?);
        }
        if let Some(own) = &actor.organization_id {
            let n = store::count_in(conn, actor.tenant(), Some(own), Status::Queried)?;
            needs.extend((n > 0).then(|| question(n)));
            needs.extend(requests::mine(conn, actor, own)?);
        }
        Ok(needs)
    }

    fn asked(&self, conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
        requests::asked(conn, actor, since)
    }

    fn told(&self, conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
        if !actor.may::<SeeContributions>() {
            return Ok(Vec::new());
        }
        told::told(conn, actor, events)
    }
}

/// Questions about what one's own organization gave.
fn question(n: i64) -> Need {
    Need::from(Line {
        urgency: Urgency::Watch,
        icon: "help",
        what: Words::new("contributions-needs-reply").number("n", n),
        detail: Some(Words::new("contributions-minutes").number("n", n)),
        since: None,
        action: Words::new("contributions-needs-look"),
        path: format!("/contributions?status={}", Status::Queried),
    })
}
