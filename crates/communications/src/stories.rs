//! The seam to storytelling: which editions are out, and which of their figures changed since.

use backbone_db::{Conn, DbError};

use backbone_charts::Theme;
use backbone_storytelling::story::published::{self, PublishedEdition, View};
use backbone_storytelling::story::{EditionId, changes, chart};
use rust_decimal::prelude::ToPrimitive;

use crate::campaign::{Change, Edition, Figure, Picture, Ratio, Vignette};

/// An edition that is out, and what a sender should know of it.
#[derive(Clone, Debug)]
pub struct Out {
    /// What mail tells of it.
    pub edition: Edition,
    /// The story's name among staff.
    pub title: String,
}

/// A figure that changed after its edition went out.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The story.
    pub story_id: String,
    /// The edition that showed the old figure.
    pub edition_id: String,
    /// Key, label, old and new.
    pub change: Change,
}

/// Where stories come from.
pub trait Stories: Send + Sync {
    /// The editions that are out, newest first.
    fn out(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Out>, DbError>;

    /// One edition, also when a newer one took its place.
    fn edition(&self, conn: &mut Conn, tenant: &str, id: &str) -> Result<Option<Out>, DbError>;

    /// The figures that read differently now than in an edition that went out.
    fn changed(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Changed>, DbError>;
}

/// The stories of the partnership.
pub struct Live;

impl Stories for Live {
    fn out(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Out>, DbError> {
        Ok(published::all_published(conn, tenant)?
            .iter()
            .filter_map(told)
            .collect())
    }

    fn edition(&self, conn: &mut Conn, tenant: &str, id: &str) -> Result<Option<Out>, DbError> {
        let Ok(id) = EditionId::parse(id) else {
            return Ok(None);
        };
        Ok(published::edition(conn, tenant, &id)?
            .as_ref()
            .and_then(told))
    }

    fn changed(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Changed>, DbError> {
        let changes = changes::changes_pending(conn, tenant)?;
        Ok(changes
            .into_iter()
            .map(|c| Changed {
                story_id: c.story_id.to_string(),
                edition_id: c.edition_id.to_string(),
                change: Change {
                    key: c.key,
                    label: c.label,
                    old: c.old_text,
                    new: c.new_text,
                },
            })
            .collect())
    }
}

/// What mail tells of an edition; none when its link was revoked, for then no reader could follow it.
fn told(edition: &PublishedEdition) -> Option<Out> {
    let secret = edition
        .public_url
        .as_deref()?
        .strip_prefix("/s/")?
        .to_string();
    let parts = published::mail_parts(edition);
    let view = &edition.view;
    let picture = chart::chart_svg(edition, Theme::Light, 536, true);
    let told = Edition {
        story_id: edition.story_id.to_string(),
        edition_id: edition.id.to_string(),
        secret,
        language: view.lang(),
        headline: parts.headline,
        summary: parts.dek,
        vignette: parts.vignettes.into_iter().next().map(|v| Vignette {
            title: v.title,
            text: v.text,
        }),
        figures: figures(view),
        ratio: ratio(view),
        chart: picture.map(|c| Picture {
            svg: c.svg,
            alt: c.alt,
        }),
    };
    Some(Out {
        edition: told,
        title: edition.title.clone(),
    })
}

/// The figures of the text; those of the ratio stand beside it.
fn figures(view: &View) -> Vec<Figure> {
    let of_ratio =
        |key: &str| view.ratio.is_some() && ["ratio", "ratio_low", "ratio_high"].contains(&key);
    view.figures
        .iter()
        .filter(|f| !of_ratio(&f.key))
        .map(|f| Figure {
            key: f.key.clone(),
            label: f.label.clone(),
            value: f.text.clone(),
            period: f.period.clone(),
        })
        .collect()
}

fn ratio(view: &View) -> Option<Ratio> {
    let shown = view.ratio.as_ref()?;
    let value = |key: &str| view.figure(key)?.value.get().to_f64();
    Some(Ratio {
        key: "ratio".into(),
        values: [value("ratio_low")?, value("ratio")?, value("ratio_high")?],
        texts: [shown.low.clone(), shown.ratio.clone(), shown.high.clone()],
        assumptions: view.assumptions.clone(),
    })
}
