//! The steps of a story's life before and after publishing.

use backbone_db::Conn;
use backbone_identity::{Actor, Role};
use backbone_web::IfMatch;

use super::checks::{Check, blocking, check};
use super::edit::put;
use super::rules::{Step, after, may_approve};
use super::{EditionStatus, Story, StoryId, store};
use crate::error::StoryError;
use crate::figure::{Asked, Readings, Resolved, rules};

/// The story, the moment and what its figures read now.
pub(crate) fn resolve(
    conn: &mut Conn,
    actor: &Actor,
    readings: &dyn Readings,
    story: &Story,
) -> Result<Vec<Resolved>, StoryError> {
    let asked = Asked {
        partnership: actor.tenant().to_string(),
        lang: story.lang(),
        now: actor.now,
    };
    let mut resolved = Vec::new();
    for mut figure in story.content.all_figures() {
        let reading = match &figure.source {
            Some(source) => readings.read(conn, &asked, source)?,
            None => crate::figure::Reading::missing(),
        };
        if figure.label.is_empty() {
            figure.label = crate::words::figure_label(asked.lang, &figure);
        }
        resolved.push(rules::resolve(asked.lang, &figure, reading));
    }
    Ok(resolved)
}

/// What stops the story from going out today.
pub(crate) fn checks(actor: &Actor, story: &Story, figures: &[Resolved]) -> Vec<Check> {
    let day = actor.now.date_in(&actor.partnership.zone());
    let today = chrono::NaiveDate::from_ymd_opt(
        i32::from(day.year()),
        day.month().unsigned_abs().into(),
        day.day().unsigned_abs().into(),
    )
    .unwrap_or_default();
    check(&story.content, figures, today)
}

fn load(conn: &mut Conn, actor: &Actor, id: &StoryId, seen: IfMatch) -> Result<Story, StoryError> {
    conn.lock(&format!("story:{id}"))?;
    let story = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    if seen.0.is_some() {
        seen.check(story.version)?;
    }
    Ok(story)
}

/// Asks for approval. Nothing is checked yet: who approves sees what is missing.
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    seen: IfMatch,
) -> Result<Story, StoryError> {
    let mut story = load(conn, actor, id, seen)?;
    story.status = after(story.status, Step::Submit)?;
    put(conn, actor, &mut story, "story.submitted")?;
    Ok(story)
}

/// Approves, if nothing stops the story and somebody else than its author does.
pub fn approve(
    conn: &mut Conn,
    actor: &Actor,
    readings: &dyn Readings,
    id: &StoryId,
    seen: IfMatch,
) -> Result<Story, StoryError> {
    let mut story = load(conn, actor, id, seen)?;
    story.status = after(story.status, Step::Approve)?;
    let me = actor.person_id.as_ref();
    let approvers = [Role::Staff, Role::Admin, Role::Leader];
    let others = match me {
        Some(me) => backbone_identity::others_with_role(conn, actor.tenant(), &approvers, me)?,
        None => true,
    };
    let me = me.map(ToString::to_string);
    if !may_approve(story.author_id.as_deref(), me.as_deref(), others) {
        return Err(StoryError::OwnStory);
    }
    let figures = resolve(conn, actor, readings, &story)?;
    let failing = blocking(checks(actor, &story, &figures));
    if !failing.is_empty() {
        return Err(StoryError::Checks(failing));
    }
    story.approver_name = Some(actor.name.clone());
    story.approved_at = Some(actor.now);
    put(conn, actor, &mut story, "story.approved")?;
    Ok(story)
}

/// Gives it back to its author.
pub(crate) fn send_back(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    seen: IfMatch,
) -> Result<Story, StoryError> {
    let mut story = load(conn, actor, id, seen)?;
    story.status = after(story.status, Step::SendBack)?;
    story.approver_name = None;
    story.approved_at = None;
    put(conn, actor, &mut story, "story.sent_back")?;
    Ok(story)
}

/// Takes the published edition back; its link says so from now on.
pub(crate) fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    seen: IfMatch,
) -> Result<Story, StoryError> {
    let mut story = load(conn, actor, id, seen)?;
    let ended = store::end_published(
        conn,
        actor.tenant(),
        id,
        EditionStatus::Withdrawn,
        actor.now,
    )?;
    // A draft of a next edition may be in the works while an edition is out: then the draft stays.
    if ended == 0 || story.status == super::Status::Published {
        story.status = after(story.status, Step::Withdraw)?;
    }
    put(conn, actor, &mut story, "story.withdrawn")?;
    Ok(story)
}
