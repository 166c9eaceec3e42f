//! Whom a question about a measurement goes to, and the mail that brings it.

use backbone_db::{Conn, DbError};
use backbone_events::{ActorKind, Object, of_object};
use backbone_identity::directory::{self, Reachable};
use backbone_identity::mail::{Letter, queue_kind};
use backbone_identity::{Actor, PersonId};
use backbone_web::Lang;

use super::Measurement;
use crate::{metric, notify};

/// The person who last said what the value is, while they are a member; nobody when a program or an import said it.
pub(crate) fn reporter(
    conn: &mut Conn,
    tenant: &str,
    it: &Measurement,
) -> Result<Option<Reachable>, DbError> {
    let events = of_object(conn, tenant, &Object::new("measurement", &it.id))?;
    let said = events.iter().rev().find(|e| {
        matches!(
            e.kind.as_str(),
            "measurement.recorded" | "measurement.corrected"
        )
    });
    let person = said
        .filter(|e| matches!(e.actor_kind, ActorKind::Person | ActorKind::Link))
        .and_then(|e| e.actor_id.as_deref())
        .and_then(|id| PersonId::parse(id).ok());
    match person {
        Some(person) => directory::member(conn, tenant, &person),
        None => Ok(None),
    }
}

/// Queues the mail, in the reader's language. Nobody is mailed their own question.
pub(super) fn mail(conn: &mut Conn, actor: &Actor, it: &Measurement) -> Result<(), DbError> {
    let Some(to) = reporter(conn, actor.tenant(), it)? else {
        return Ok(());
    };
    if actor.person_id.as_ref() == Some(&to.person_id) {
        return Ok(());
    }
    let Some(metric) = metric::store::find(conn, actor.tenant(), &it.metric_id)? else {
        return Ok(());
    };
    let lang: Lang = to.language.parse().unwrap_or_default();
    let letter = Letter::new((&to.name, &to.email), lang, "metrics/emails/question")
        .with("asker", actor.name.clone())
        .with("metric", metric.name.clone())
        .with("period", it.period.to_string())
        .with("question", it.note.clone())
        .with(
            "path",
            format!(
                "/p/{}/metrics/{}/measurements/{}",
                actor.partnership.slug, metric.id, it.id
            ),
        );
    queue_kind(
        conn,
        &actor.partnership,
        &to.person_id,
        &notify::QUERIED,
        letter,
        actor.now,
    )
}
