//! How the trace tells about questions: to members all that were received, outside only what stands beside a figure.

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Node, Object};
use backbone_web::{Args, Lang};

use super::{QuestionId, QuestionStatus, store};
use crate::words;

/// Describes questions about figures.
pub struct Describer;

impl Describe for Describer {
    fn kinds(&self) -> &'static [&'static str] {
        &["question"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        _kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let mut nodes = Vec::new();
        for id in ids {
            let Ok(id) = QuestionId::parse(id) else {
                continue;
            };
            let Some(q) = store::find(conn, partnership_id, &id)? else {
                continue;
            };
            let outside = audience == Audience::Public;
            if q.received_at.is_none() || (outside && !q.shown) {
                continue;
            }
            let answered = q.status == QuestionStatus::Answered;
            let key = if answered {
                "question-trace-answered"
            } else {
                "question-trace-open"
            };
            nodes.push(Node {
                object: Object::new("question", &q.id),
                title: if outside {
                    q.shown_question
                } else {
                    q.question
                },
                summary: words::text(lang, key, &Args::new()),
                facts: Vec::new(),
                href: (!outside).then(|| format!("/questions/{}", q.id)),
                at: q.received_at,
                aggregated: false,
            });
        }
        Ok(nodes)
    }
}
