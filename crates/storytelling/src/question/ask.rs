//! Asking about a figure: a reader's question reaches staff at once, a visitor's after they confirmed their address.

use backbone_db::{Conn, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append, link};
use backbone_identity::Partnership;
use backbone_identity::email;
use backbone_web::{Args, Fields, Problem};
use serde::Deserialize;

use super::reader::Reader;
use super::rules::{self, Step};
use super::{Asker, Question, QuestionId, QuestionStatus, mail, store};
use crate::error::StoryError;
use crate::story::published::{FrozenFigure, PublishedEdition};

/// What a visitor sends.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct NewQuestion {
    /// The question, at most 1000 letters.
    pub question: String,
    /// The asker's name.
    #[serde(default)]
    pub name: String,
    /// The asker's address, to which the answer goes.
    #[serde(default)]
    pub email: String,
    /// The language of the answer's mail, `en` or `nl`; the story's when absent.
    #[serde(default)]
    pub language: String,
}

/// Where a question goes.
pub(crate) struct About<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// The edition that is read.
    pub edition: &'a PublishedEdition,
    /// The figure in it.
    pub figure: &'a FrozenFigure,
    /// The server's address, for the links in mail.
    pub base_url: &'a str,
}

/// Who asked, for the log, which is never rewritten: it names nobody who has no account.
fn by(partnership: &Partnership, q: &Question, now: Instant) -> By {
    By {
        kind: ActorKind::Link,
        id: Some(q.id.to_string()),
        name: crate::words::text(partnership.lang(), "question-somebody", &Args::new()),
        at: now,
    }
}

/// Asks. A reader is known and needs no confirmation; a visitor gets a mail to confirm.
///
/// # Errors
/// 422 when the question, the name or the address is missing or cannot be used.
pub(crate) fn ask(
    conn: &mut Conn,
    about: &About<'_>,
    new: &NewQuestion,
    reader: Option<&Reader>,
    now: Instant,
) -> Result<Question, StoryError> {
    let mut fields = Fields::new();
    let text = fields.text("question", &new.question, rules::QUESTION_MAX);
    let (asker, name, address) = match reader {
        Some(r) => {
            let name = if r.name.trim().is_empty() {
                &r.email
            } else {
                &r.name
            };
            (Asker::Reader, name.clone(), r.email.clone())
        }
        None => {
            let name = fields.text("name", &new.name, 120);
            let address = email::read(&mut fields, "email", &new.email);
            (Asker::Visitor, name, address)
        }
    };
    let language = match (reader, new.language.as_str()) {
        (Some(r), _) => r.language.parse().unwrap_or(about.edition.view.lang()),
        (None, "") => about.edition.view.lang(),
        (None, given) => fields.parse("language", given).unwrap_or_default(),
    };
    fields.finish()?;
    let known = asker == Asker::Reader;
    let question = Question {
        id: QuestionId::new(),
        story_id: about.edition.story_id.clone(),
        edition_id: about.edition.id.clone(),
        figure_id: about.figure.id.clone(),
        figure_key: about.figure.key.clone(),
        figure_label: about.figure.label.clone(),
        figure_text: about.figure.text.clone(),
        asker,
        asker_name: name,
        asker_email: address,
        language: language.code().to_string(),
        shown_question: text.clone(),
        question: text,
        status: if known {
            QuestionStatus::Open
        } else {
            QuestionStatus::Unconfirmed
        },
        shown: false,
        version: 1,
        asked_at: now,
        received_at: known.then_some(now),
        answered_at: None,
    };
    store::insert(conn, about.partnership.id.as_str(), &question)?;
    if known {
        received(conn, about.partnership, &question, about.base_url, now)?;
    } else {
        let event = NewEvent::new("question.asked", Object::new("question", &question.id));
        append(conn, about.partnership.id.as_str(), &By::system(now), event)?;
        mail::confirm(conn, about.partnership, &question, now)?;
    }
    Ok(question)
}

/// Confirms a visitor's address; from now on staff see the question. A second tap changes nothing.
///
/// # Errors
/// 410 when the link ran out or the question was forgotten.
pub(crate) fn confirm(
    conn: &mut Conn,
    partnership: &Partnership,
    id: &QuestionId,
    base_url: &str,
    now: Instant,
) -> Result<Question, StoryError> {
    conn.lock(&format!("question:{id}"))?;
    let mut question = look(conn, partnership, id, now)?;
    let Some(next) = rules::after(question.status, Step::Confirm) else {
        return Ok(question);
    };
    question.status = next;
    question.received_at = Some(now);
    question.version += 1;
    if !store::update(conn, partnership.id.as_str(), &question)? {
        return Err(StoryError::Changed);
    }
    received(conn, partnership, &question, base_url, now)?;
    Ok(question)
}

/// The question behind a confirmation, without changing anything.
///
/// # Errors
/// 410 as for confirming it.
pub(crate) fn look(
    conn: &mut Conn,
    partnership: &Partnership,
    id: &QuestionId,
    now: Instant,
) -> Result<Question, StoryError> {
    let ended = || Problem::new(actix_web::http::StatusCode::GONE, "link-ended");
    let question = store::find(conn, partnership.id.as_str(), id)?.ok_or_else(ended)?;
    if question.status == QuestionStatus::Unconfirmed && !rules::confirmable(question.asked_at, now)
    {
        return Err(ended().into());
    }
    Ok(question)
}

/// A question has reached staff: it is linked to its figure, told in the log, and mailed.
fn received(
    conn: &mut Conn,
    partnership: &Partnership,
    q: &Question,
    base_url: &str,
    now: Instant,
) -> Result<(), StoryError> {
    let tenant = partnership.id.as_str();
    let figure = Object::new("figure", &q.figure_id);
    let this = Object::new("question", &q.id);
    link(
        conn,
        tenant,
        this.clone(),
        "asks_about",
        figure.clone(),
        now,
    )?;
    let event = NewEvent::new("question.received", this)
        .about(figure)
        .about(Object::new("story", &q.story_id))
        .data(&serde_json::json!({"key": q.figure_key, "figure": q.figure_text}));
    append(conn, tenant, &by(partnership, q, now), event)?;
    mail::staff(conn, partnership, q, base_url, now)?;
    Ok(())
}
