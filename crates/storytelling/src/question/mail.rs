//! The mails of a question: to confirm an address, to tell staff, to answer.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::mail::{Letter, queue, queue_kind};
use backbone_identity::{Partnership, Role, directory};

use super::{Question, store};
use crate::notify;

/// What a confirmation's token is signed for.
pub(super) const CONFIRM: &str = "question-confirm";

fn letter(q: &Question, to: (&str, &str), lang: backbone_web::Lang, name: &str) -> Letter {
    Letter::new(to, lang, &format!("storytelling/emails/{name}"))
        .with("question", q.question.clone())
        .with("figure", q.figure_text.clone())
        .with("label", q.figure_label.clone())
}

/// To a visitor: a link that confirms the address.
pub(super) fn confirm(
    conn: &mut Conn,
    partnership: &Partnership,
    q: &Question,
    now: Instant,
) -> Result<(), DbError> {
    let to = (q.asker_name.as_str(), q.asker_email.as_str());
    let letter = letter(q, to, q.lang(), "question-confirm")
        .with("days", super::rules::CONFIRM_DAYS)
        .link("url", "/questions/confirm", CONFIRM, q.id.as_str());
    queue(conn, Some(partnership), letter, now).map(drop)
}

/// To every member of staff, in their language.
pub(super) fn staff(
    conn: &mut Conn,
    partnership: &Partnership,
    q: &Question,
    base_url: &str,
    now: Instant,
) -> Result<(), DbError> {
    let tenant = partnership.id.as_str();
    let story = store::story_title(conn, tenant, &q.story_id)?;
    let url = format!("{base_url}/p/{}/questions/{}", partnership.slug, q.id);
    for member in directory::members(conn, tenant, &[Role::Staff, Role::Admin])? {
        let to = (member.name.as_str(), member.email.as_str());
        let lang = member.language.parse().unwrap_or(partnership.lang());
        let letter = letter(q, to, lang, "question-received")
            .with("asker", q.asker_name.clone())
            .with("story", story.clone())
            .with("url", url.clone());
        let kind = &notify::ASKED;
        queue_kind(conn, partnership, &member.person_id, kind, letter, now)?;
    }
    Ok(())
}

/// To the asker, in their language: the answer, and where the figure comes from.
pub(super) fn answer(
    conn: &mut Conn,
    partnership: &Partnership,
    q: &Question,
    answer: &str,
    again: bool,
    base_url: &str,
    now: Instant,
) -> Result<(), DbError> {
    let secret = crate::story::store::secret(conn, partnership.id.as_str(), &q.story_id)?;
    let url = secret.map(|s| format!("{base_url}/s/{s}/figure/{}", q.figure_key));
    let paragraphs: Vec<String> = answer
        .replace("\r\n", "\n")
        .split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(String::from)
        .collect();
    let to = (q.asker_name.as_str(), q.asker_email.as_str());
    let letter = letter(q, to, q.lang(), "question-answered")
        .with("answer", paragraphs)
        .with("again", again)
        .with("url", url);
    queue(conn, Some(partnership), letter, now).map(drop)
}
