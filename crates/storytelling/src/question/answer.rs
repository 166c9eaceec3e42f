//! What staff do with a question: answer it, let it stand beside its figure, set it aside, take it up again.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::{Deserialize, Serialize};

use super::rules::{self, Step};
use super::{Answer, Question, QuestionId, mail, store};
use crate::error::StoryError;

/// An answer as staff write it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct NewAnswer {
    /// The answer, at most 5000 letters; empty lines part paragraphs.
    pub answer: String,
    /// Whether question and answer stand beside the figure for later readers.
    #[serde(default)]
    pub show: bool,
    /// The question as it stands there, without what would tell who asked; as asked when absent.
    #[serde(default)]
    pub shown_question: String,
}

fn load(
    conn: &mut Conn,
    actor: &Actor,
    id: &QuestionId,
    seen: IfMatch,
) -> Result<Question, StoryError> {
    conn.lock(&format!("question:{id}"))?;
    let question = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    if question.received_at.is_none() {
        return Err(StoryError::NotFound);
    }
    seen.check(question.version)?;
    Ok(question)
}

fn save(
    conn: &mut Conn,
    actor: &Actor,
    question: &mut Question,
    event: &'static str,
) -> Result<(), StoryError> {
    question.version += 1;
    if !store::update(conn, actor.tenant(), question)? {
        return Err(StoryError::Changed);
    }
    let event = NewEvent::new(event, Object::new("question", &question.id))
        .about(Object::new("figure", &question.figure_id))
        .about(Object::new("story", &question.story_id))
        .data(&serde_json::json!({"version": question.version, "shown": question.shown}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

fn step(question: &mut Question, step: Step) -> Result<(), StoryError> {
    question.status =
        rules::after(question.status, step).ok_or(StoryError::Question(question.status))?;
    Ok(())
}

/// Answers a question, or corrects the answer: it goes to the asker by mail in their language.
///
/// # Errors
/// 422 without an answer; 409 when the question was set aside; 412 when somebody else was faster.
pub(crate) fn answer(
    conn: &mut Conn,
    actor: &Actor,
    id: &QuestionId,
    seen: IfMatch,
    new: &NewAnswer,
    base_url: &str,
) -> Result<Question, StoryError> {
    let mut question = load(conn, actor, id, seen)?;
    let mut fields = Fields::new();
    let text = fields.text("answer", &new.answer, rules::ANSWER_MAX);
    let shown = fields.optional("shown_question", &new.shown_question, rules::QUESTION_MAX);
    fields.finish()?;
    step(&mut question, Step::Answer)?;
    let earlier = store::answers(conn, actor.tenant(), id)?;
    let newest = earlier.first();
    question.shown = new.show;
    if !shown.is_empty() {
        question.shown_question = shown;
    }
    // The same words again: only what stands beside the figure changes, and nobody is written to twice.
    if newest.is_some_and(|a| a.answer == text) {
        save(conn, actor, &mut question, "question.shown_changed")?;
        return Ok(question);
    }
    let again = newest.is_some();
    let made = Answer {
        version: newest.map_or(1, |a| a.version + 1),
        answer: text,
        author: actor.name.clone(),
        created_at: actor.now,
    };
    store::insert_answer(conn, actor.tenant(), id, &made)?;
    question.answered_at = Some(actor.now);
    save(conn, actor, &mut question, "question.answered")?;
    mail::answer(
        conn,
        &actor.partnership,
        &question,
        &made.answer,
        again,
        base_url,
        actor.now,
    )?;
    Ok(question)
}

/// Sets a question aside: nobody is written to.
///
/// # Errors
/// 409 when it is not open.
pub(crate) fn set_aside(
    conn: &mut Conn,
    actor: &Actor,
    id: &QuestionId,
    seen: IfMatch,
) -> Result<Question, StoryError> {
    let mut question = load(conn, actor, id, seen)?;
    step(&mut question, Step::SetAside)?;
    save(conn, actor, &mut question, "question.set_aside")?;
    Ok(question)
}

/// Takes a question up again that was set aside.
///
/// # Errors
/// 409 when it was not.
pub(crate) fn reopen(
    conn: &mut Conn,
    actor: &Actor,
    id: &QuestionId,
    seen: IfMatch,
) -> Result<Question, StoryError> {
    let mut question = load(conn, actor, id, seen)?;
    step(&mut question, Step::Reopen)?;
    save(conn, actor, &mut question, "question.reopened")?;
    Ok(question)
}
