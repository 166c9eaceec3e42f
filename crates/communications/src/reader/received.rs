//! What a reader received: each edition once, with what changed since, the way to its evidence, and what they asked.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::secret::MasterSecret;
use backbone_storytelling::question::{self, QuestionStatus};
use backbone_storytelling::story::published;
use backbone_storytelling::story::{EditionId, EditionStatus, changes};
use serde::Serialize;

use super::{store, token};
use crate::campaign::Kind;
use crate::suppression::address_key;

/// A figure as it was sent, and as it reads now when it changed.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ReceivedFigure {
    /// What it is.
    pub label: String,
    /// As it was sent.
    pub text: String,
    /// Of when.
    pub period: String,
    /// As it reads now; absent when it has not changed, a dash when it can no longer be shown.
    pub now: Option<String>,
    /// Where it comes from, without host; absent when the story's address was revoked.
    pub href: Option<String>,
}

/// A story that was received.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ReceivedStory {
    /// Its headline.
    pub headline: String,
    /// The edition's number.
    pub edition: i64,
    /// When it was received.
    pub at: Option<Instant>,
    /// When a correction of it was received.
    pub corrected_at: Option<Instant>,
    /// The page, without host.
    pub href: Option<String>,
    /// The bundle to check it with, without host.
    pub bundle: Option<String>,
    /// Whether a newer edition is out.
    pub superseded: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Figures that read differently now.
    pub changed: usize,
    /// Its figures.
    pub figures: Vec<ReceivedFigure>,
}

/// A question the reader asked.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct OwnQuestion {
    /// The figure as it stood.
    pub figure: String,
    /// What the figure is.
    pub label: String,
    /// What was asked.
    pub question: String,
    /// When.
    pub asked_at: Instant,
    /// Whether it waits, was answered or set aside.
    pub status: QuestionStatus,
    /// The newest answer.
    pub answer: Option<String>,
    /// When it was given.
    pub answered_at: Option<Instant>,
}

/// Everything a reader has from a partnership.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Received {
    /// The stories, newest first.
    pub stories: Vec<ReceivedStory>,
    /// Their questions, newest first.
    pub questions: Vec<OwnQuestion>,
}

/// Reads it for an address of a partnership.
pub(crate) fn of(
    conn: &mut Conn,
    partnership: &str,
    email: &str,
    secret: &MasterSecret,
) -> Result<Received, DbError> {
    let mut stories: Vec<(String, ReceivedStory)> = Vec::new();
    for (delivery, kind, _) in store::received(conn, partnership, &address_key(email))? {
        if let Some((_, known)) = stories
            .iter_mut()
            .find(|(id, _)| *id == delivery.edition_id)
        {
            match kind {
                Kind::Story => known.at = delivery.settled_at,
                Kind::Correction => known.corrected_at = known.corrected_at.or(delivery.settled_at),
            }
            continue;
        }
        let Ok(id) = EditionId::parse(&delivery.edition_id) else {
            continue;
        };
        let r = token(secret, &delivery.id);
        let Some(mut story) = story(conn, partnership, &id, &r)? else {
            continue;
        };
        match kind {
            Kind::Story => story.at = delivery.settled_at,
            Kind::Correction => story.corrected_at = delivery.settled_at,
        }
        stories.push((delivery.edition_id, story));
    }
    let questions = question::of_address(conn, partnership, email)?
        .into_iter()
        .map(|(q, answer)| OwnQuestion {
            figure: q.figure_text,
            label: q.figure_label,
            question: q.question,
            asked_at: q.asked_at,
            status: q.status,
            answered_at: answer.as_ref().map(|a| a.created_at),
            answer: answer.map(|a| a.answer),
        })
        .collect();
    Ok(Received {
        stories: stories.into_iter().map(|(_, story)| story).collect(),
        questions,
    })
}

fn story(
    conn: &mut Conn,
    partnership: &str,
    id: &EditionId,
    r: &str,
) -> Result<Option<ReceivedStory>, DbError> {
    let Some(edition) = published::edition(conn, partnership, id)? else {
        return Ok(None);
    };
    let changed = changes::changed_figures(conn, partnership, id)?;
    let withdrawn = edition.status == EditionStatus::Withdrawn;
    let base = edition.public_url.clone().filter(|_| !withdrawn);
    let of = format!("edition={}", edition.number);
    let view = &edition.view;
    let figures = view
        .figures
        .iter()
        .map(|f| ReceivedFigure {
            label: f.label.clone(),
            text: f.text.clone(),
            period: f.period.clone(),
            now: changed
                .iter()
                .find(|c| c.figure_id == f.id)
                .map(|c| c.new_text.clone()),
            href: base
                .as_ref()
                .map(|b| format!("{b}/figure/{}?{of}&r={r}", f.key)),
        })
        .collect();
    Ok(Some(ReceivedStory {
        headline: view.plain(&view.headline),
        edition: edition.number,
        at: None,
        corrected_at: None,
        href: base.as_ref().map(|b| format!("{b}?{of}&r={r}")),
        bundle: base.as_ref().map(|b| format!("{b}/bundle.zip?{of}")),
        superseded: edition.status == EditionStatus::Superseded,
        withdrawn,
        changed: changed.len(),
        figures,
    }))
}
