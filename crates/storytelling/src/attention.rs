//! What of this room needs staff: readers who wait for an answer.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::policy::SeeQuestions;
use crate::question::{QuestionStatus, store};

/// Days after which a question that waits is late.
const LATE: i64 = 3;
/// Questions that get a line of their own.
const SHOWN: i64 = 20;

/// Readers' questions about figures, each with who asks and about what.
pub struct Questions;

impl Attention for Questions {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        if !actor.may::<SeeQuestions>() {
            return Ok(Vec::new());
        }
        let open = store::list(
            conn,
            actor.tenant(),
            Some(QuestionStatus::Open),
            None,
            SHOWN,
        )?;
        Ok(open
            .into_iter()
            .map(|q| {
                let since = q.received_at.unwrap_or(q.asked_at);
                let late = actor.now >= since.plus_days(LATE);
                Line {
                    urgency: if late { Urgency::Bad } else { Urgency::Watch },
                    icon: "help",
                    what: Words::new("question-needs")
                        .text("name", q.asker_name)
                        .text("figure", q.figure_text),
                    detail: Some(Words::new("question-needs-detail").text("question", q.question)),
                    since: Some(since),
                    action: Words::new("question-needs-answer"),
                    path: format!("/questions/{}", q.id),
                }
            })
            .collect())
    }
}
