//! What of the contributions needs somebody: requests without an answer, partners gone quiet, entries to look at, questions
//! that wait; and what was asked of partners, and what they gave, in sentences.

mod quiet;
mod requests;
mod told;
mod verify;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::attention::{
    Asked, Attention, FirstStep, Line, Need, Told, Urgency, Words, lines_of,
};
use backbone_identity::{Actor, OrganizationId};

use crate::contribution::{CommentKind, Status, store};
use crate::filter::Filter;
use crate::policy::{AskForContributions, SeeContributions, VerifyContribution};

/// This room's rules.
pub struct Given;

impl Attention for Given {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[FirstStep {
            place: 40,
            what: "first-contribution",
            taken: &["contribution.logged"],
            path: "/contributions/new",
        }]
    }

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
            needs.extend(questions(conn, actor, own)?);
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

/// Minutes that answering a question about a contribution costs.
const ANSWER_MINUTES: i64 = 5;
/// Questions that get a line of their own.
const QUESTIONS: i64 = 8;

/// Questions about what one's own organization gave, each with its words.
fn questions(conn: &mut Conn, actor: &Actor, own: &OrganizationId) -> Result<Vec<Need>, DbError> {
    let filter = Filter {
        organization_id: Some(own.clone()),
        status: Some(Status::Queried),
        ..Filter::default()
    };
    let mut needs = Vec::new();
    for c in store::list(conn, actor.tenant(), &filter, None, QUESTIONS)? {
        let asked = store::comments(conn, actor.tenant(), &c.id)?;
        let asked = asked.into_iter().rfind(|q| q.kind == CommentKind::Question);
        let need = Need::from(Line {
            urgency: Urgency::Watch,
            icon: "help",
            what: Words::new("contributions-needs-reply")
                .text("activity", &c.content.activity)
                .period("period", c.content.period.to_string()),
            since: asked.as_ref().map(|q| q.written_at),
            detail: asked.map(|q| {
                Words::new("contributions-needs-reply-detail")
                    .text("by", q.written_by)
                    .text("question", q.text)
            }),
            action: Words::new("contributions-needs-answer"),
            path: format!("/contributions/{}", c.id),
        });
        needs.push(match actor.is_staff() {
            true => need,
            false => need.minutes(ANSWER_MINUTES),
        });
    }
    Ok(needs)
}
