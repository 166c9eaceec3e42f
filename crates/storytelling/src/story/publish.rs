//! Publishing: every figure is frozen with what it was read from, and the edition is what readers see from then on.

use backbone_db::{Conn, Json};
use backbone_events::{Object, link};
use backbone_identity::Actor;
use backbone_web::IfMatch;
use sha2::{Digest, Sha256};

use super::checks::blocking;
use super::edit::put;
use super::life::{checks, resolve};
use super::published::{
    FrozenFigure, PublishedEdition, View, ViewRatio, ViewTestimonial, ViewVignette,
};
use super::rules::{Step, after};
use super::{EditionId, EditionStatus, Story, StoryId, chart, store};
use crate::error::StoryError;
use crate::figure::{Asked, FigureVersionId, Readings, Resolved};

/// Publishes an approved story: the first time, or as a new edition that takes the place of the one before. `layout` is what
/// the story's own layout wrote, when it has one; `note` says why a new edition came out.
///
/// # Errors
/// The story is not approved, something stops it, or somebody saved it meanwhile.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    readings: &dyn Readings,
    id: &StoryId,
    seen: IfMatch,
    layout: Option<String>,
    note: &str,
) -> Result<PublishedEdition, StoryError> {
    conn.lock(&format!("story:{id}"))?;
    let mut story = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    if seen.0.is_some() {
        seen.check(story.version)?;
    }
    story.status = after(story.status, Step::Publish)?;
    let figures = resolve(conn, actor, readings, &story)?;
    let failing = blocking(checks(actor, &story, &figures));
    if !failing.is_empty() {
        return Err(StoryError::Checks(failing));
    }
    let view = freeze(conn, actor, readings, &story, figures, layout)?;
    let stored = Json::new(&view);
    store::end_published(
        conn,
        actor.tenant(),
        id,
        EditionStatus::Superseded,
        actor.now,
    )?;
    let secret = super::link::ensure(conn, actor, id)?;
    story.edition += 1;
    let edition = PublishedEdition {
        id: EditionId::new(),
        story_id: id.clone(),
        number: story.edition,
        status: EditionStatus::Published,
        title: story.title.clone(),
        view,
        sha256: hex::encode(Sha256::digest(stored.as_str().as_bytes())),
        publisher: actor.name.clone(),
        note: note.trim().chars().take(500).collect(),
        published_at: actor.now,
        public_url: Some(format!("/s/{secret}")),
    };
    store::insert_edition(conn, actor.tenant(), &edition, &stored)?;
    tie(conn, actor, &edition)?;
    put(conn, actor, &mut story, "story.published")?;
    Ok(edition)
}

/// The story as its readers would see it now. For the preview figures may be missing: they show a dash.
pub(crate) fn view(
    conn: &mut Conn,
    asked: &Asked,
    readings: &dyn Readings,
    story: &Story,
    figures: &[Resolved],
    layout: Option<String>,
) -> Result<View, StoryError> {
    let content = &story.content;
    let text = |key: &str| {
        figures
            .iter()
            .find(|f| f.figure.key == key)
            .map(|f| f.text.clone())
            .unwrap_or_default()
    };
    let ratio = content.ratio.as_ref().filter(|r| !r.model.is_empty());
    let assumptions = match ratio {
        Some(ratio) => readings.explain(conn, asked, &ratio.model)?.lines,
        None => Vec::new(),
    };
    Ok(View {
        language: story.language.clone(),
        audience: content.audience.clone(),
        headline: content.headline.clone(),
        dek: content.dek.clone(),
        body: content.body.clone(),
        vignettes: content
            .vignettes
            .iter()
            .filter(|v| !v.text.trim().is_empty())
            .map(|v| ViewVignette {
                title: v.title.clone(),
                text: v.text.clone(),
                person: v.person.clone(),
            })
            .collect(),
        ratio: ratio.map(|r| ViewRatio {
            ratio: text("ratio"),
            low: text("ratio_low"),
            high: text("ratio_high"),
            text: r.text.clone(),
        }),
        outcome: content.outcome.clone(),
        method: content.method.clone(),
        assumptions,
        testimonial: content
            .testimonial
            .as_ref()
            .filter(|t| !t.quote.trim().is_empty())
            .map(|t| ViewTestimonial {
                quote: t.quote.clone(),
                name: t.name.clone(),
                role: t.role.clone(),
            }),
        call: content.call.clone(),
        chart: chart::read(conn, asked, readings, content)?,
        layout,
        figures: figures
            .iter()
            .filter_map(|f| frozen(f, asked.now))
            .collect(),
    })
}

/// A figure as it reads now; a figure without source has nothing to freeze.
fn frozen(f: &Resolved, now: backbone_db::Instant) -> Option<FrozenFigure> {
    let mut sources = f.reading.sources.clone();
    if let Some(object) = f.figure.source.as_ref().and_then(|s| s.object())
        && !sources.contains(&object)
    {
        sources.push(object);
    }
    Some(FrozenFigure {
        id: FigureVersionId::new(),
        key: f.figure.key.clone(),
        label: f.figure.label.clone(),
        value: f
            .reading
            .value
            .clone()
            .unwrap_or_else(|| backbone_db::Dec::new(rust_decimal::Decimal::ZERO)),
        text: f.text.clone(),
        period: f.reading.period.clone(),
        source: f.figure.source.clone()?,
        format: f.figure.format.clone(),
        token: f.reading.token.clone(),
        sources,
        frozen_at: now,
    })
}

fn freeze(
    conn: &mut Conn,
    actor: &Actor,
    readings: &dyn Readings,
    story: &Story,
    figures: Vec<Resolved>,
    layout: Option<String>,
) -> Result<View, StoryError> {
    let asked = Asked {
        partnership: actor.tenant().to_string(),
        lang: story.lang(),
        now: actor.now,
    };
    let mut view = view(conn, &asked, readings, story, &figures, layout)?;
    // Three figures of one model share one calculation.
    let mut pinned: Vec<(Option<Object>, Object)> = Vec::new();
    for figure in &mut view.figures {
        let of = figure.source.object();
        let known = pinned.iter().find(|(source, _)| *source == of);
        let kept = match known {
            Some((_, kept)) => Some(kept.clone()),
            None => readings.pin(conn, actor, &figure.source)?,
        };
        if let Some(kept) = kept {
            if !pinned.iter().any(|(source, _)| *source == of) {
                pinned.push((of.clone(), kept.clone()));
            }
            // What was kept leads on to the model itself, so the figure hangs on what was kept alone.
            figure.sources.retain(|o| Some(o) != of.as_ref());
            figure.sources.insert(0, kept);
        }
    }
    Ok(view)
}

/// Ties the story to its figures, and each figure to what it was read from.
fn tie(conn: &mut Conn, actor: &Actor, edition: &PublishedEdition) -> Result<(), StoryError> {
    let (tenant, now) = (actor.tenant(), actor.now);
    for figure in &edition.view.figures {
        let me = Object::new("figure", &figure.id);
        let story = Object::new("story", &edition.story_id);
        link(conn, tenant, story, "has", me.clone(), now)?;
        for source in figure.sources.iter().take(100) {
            link(conn, tenant, me.clone(), "comes_from", source.clone(), now)?;
        }
    }
    Ok(())
}
