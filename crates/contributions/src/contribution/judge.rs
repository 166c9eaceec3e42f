//! Staff verify or ask; the contributor answers.

use backbone_db::Conn;
use backbone_events::append;
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};

use super::correct::{own, save, step};
use super::log::event;
use super::rules::Step;
use super::{
    Comment, CommentId, CommentKind, Contribution, ContributionId, History, Status, store,
};
use crate::error::Error;

/// Staff found the contribution right.
///
/// # Errors
/// Verified already, withdrawn, or changed since it was looked at.
pub fn verify(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    seen: IfMatch,
) -> Result<Contribution, Error> {
    let old = seen_as(conn, actor, id, seen)?;
    let status = step(&old, Step::Verify)?;
    move_to(conn, actor, &old, status, "contribution.verified")
}

/// Staff ask about the contribution; those who can answer get a mail with a link.
///
/// # Errors
/// No question; withdrawn; changed since it was looked at.
pub fn query(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    seen: IfMatch,
    question: &str,
) -> Result<Contribution, Error> {
    let old = seen_as(conn, actor, id, seen)?;
    let status = step(&old, Step::Query)?;
    say(conn, actor, id, CommentKind::Question, question)?;
    let asked = move_to(conn, actor, &old, status, "contribution.queried")?;
    super::question::mail(conn, actor, &asked)?;
    Ok(asked)
}

/// The contributor (or staff) says something: an answer when a question is open, else a remark.
///
/// # Errors
/// No words; another organization's contribution.
pub fn comment(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    text: &str,
) -> Result<Contribution, Error> {
    let old = own(conn, actor, id)?;
    let answers = old.status == Status::Queried && actor.acts_for(&old.content.organization_id);
    if answers {
        say(conn, actor, id, CommentKind::Answer, text)?;
        let status = step(&old, Step::Answer)?;
        return move_to(conn, actor, &old, status, "contribution.answered");
    }
    say(conn, actor, id, CommentKind::Remark, text)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("contribution.remarked", &old),
    )?;
    Ok(old)
}

/// Everything that happened to a contribution.
///
/// # Errors
/// 404 when it is not there.
pub fn history(conn: &mut Conn, tenant: &str, id: &ContributionId) -> Result<History, Error> {
    store::find(conn, tenant, id)?.ok_or(Error::NotFound)?;
    Ok(History {
        versions: store::versions(conn, tenant, id)?,
        comments: store::comments(conn, tenant, id)?,
    })
}

fn seen_as(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    seen: IfMatch,
) -> Result<Contribution, Error> {
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if seen.0.is_some() {
        seen.check(old.version).map_err(Error::Seen)?;
    }
    Ok(old)
}

fn say(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    kind: CommentKind,
    text: &str,
) -> Result<(), Error> {
    let mut f = Fields::new();
    let text = f.text("text", text, 2000);
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let comment = Comment {
        id: CommentId::new(),
        kind,
        text,
        written_by: actor.name.clone(),
        written_at: actor.now,
    };
    store::insert_comment(conn, actor.tenant(), id, &comment)?;
    Ok(())
}

fn move_to(
    conn: &mut Conn,
    actor: &Actor,
    old: &Contribution,
    status: Status,
    what: &'static str,
) -> Result<Contribution, Error> {
    let new = Contribution {
        status,
        version: old.version + 1,
        updated_at: actor.now,
        ..old.clone()
    };
    save(conn, actor, old, &new, "")?;
    append(conn, actor.tenant(), &actor.by(), event(what, &new))?;
    Ok(new)
}
