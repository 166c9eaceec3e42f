//! Stories that are out, for those whom they are about: which of them name an organization or rest on what it helped to move, and
//! one that is worth retelling.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, OrganizationId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::figure::Source;
use crate::story::published::{FrozenFigure, PublishedEdition, View, all_published};

/// A story that is out.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RetoldStory)]
pub struct Retold {
    /// Its headline.
    pub headline: String,
    /// The sentences beneath it.
    pub dek: String,
    /// When it came out.
    pub published_at: Instant,
    /// Where anybody reads it, without host; none when its link was taken back.
    pub url: Option<String>,
    /// Whether it names the organization.
    pub names: bool,
    /// Labels of the figures in it that rest on what the organization helped to move.
    pub figures: Vec<String>,
    /// A sentence of somebody in it, and whose; for retelling.
    pub quote: Option<(String, String)>,
}

/// The stories that name an organization, or show a figure of a metric that it supports, or of what was given; the newest first.
///
/// # Errors
/// Only those of the database.
pub fn about(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    name: &str,
    metrics: &[String],
) -> Result<Vec<Retold>, DbError> {
    let mut found = Vec::new();
    for edition in all_published(conn, actor.tenant())? {
        let names = is_named(&edition.view, name);
        let rests = |f: &&FrozenFigure| rests_on(&f.source, organization, metrics);
        let mut figures: Vec<String> = Vec::new();
        for figure in edition.view.figures.iter().filter(rests) {
            if !figures.contains(&figure.label) {
                figures.push(figure.label.clone());
            }
        }
        if names || !figures.is_empty() {
            found.push(retold(edition, names, figures));
        }
    }
    Ok(found)
}

/// The newest story that is out with its link, in the reader's language if there is one.
///
/// # Errors
/// Only those of the database.
pub fn one(conn: &mut Conn, actor: &Actor) -> Result<Option<Retold>, DbError> {
    let mut out = all_published(conn, actor.tenant())?;
    out.retain(|e| e.public_url.is_some());
    let own = out
        .iter()
        .position(|e| e.view.language == actor.lang.code());
    if out.is_empty() {
        return Ok(None);
    }
    let chosen = out.swap_remove(own.unwrap_or(0));
    Ok(Some(retold(chosen, false, Vec::new())))
}

fn retold(edition: PublishedEdition, names: bool, figures: Vec<String>) -> Retold {
    let view = &edition.view;
    let quote = view
        .testimonial
        .as_ref()
        .map(|t| (view.plain(&t.quote), format!("{}, {}", t.name, t.role)));
    Retold {
        headline: view.plain(&view.headline),
        dek: view.plain(&view.dek),
        quote,
        published_at: edition.published_at,
        url: edition.public_url.clone(),
        names,
        figures,
    }
}

/// Whether a story's words name somebody, as whole words and in any case.
fn is_named(view: &View, name: &str) -> bool {
    let mut texts = vec![
        &view.headline,
        &view.dek,
        &view.body,
        &view.outcome,
        &view.call,
    ];
    texts.extend(view.vignettes.iter().map(|v| &v.text));
    if let Some(t) = &view.testimonial {
        texts.extend([&t.quote, &t.name, &t.role]);
    }
    texts.into_iter().any(|text| says(text, name))
}

fn says(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.trim().to_lowercase());
    if name.is_empty() {
        return false;
    }
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(&name).any(|(at, found)| {
        edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
    })
}

fn rests_on(source: &Source, organization: &OrganizationId, metrics: &[String]) -> bool {
    match source {
        Source::Metric { metric, .. }
        | Source::MetricBaseline { metric }
        | Source::MetricChange { metric, .. } => metrics.contains(metric),
        Source::Contributions {
            organization: of, ..
        } => of.as_ref().is_none_or(|o| o == organization.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_name_is_found_as_whole_words_in_any_case_and_script() {
        for (text, name, found) in [
            ("Mentors of Tide Software came.", "Tide Software", true),
            ("mentors of TIDE SOFTWARE", "Tide Software", true),
            ("Tideswell", "Tide", false),
            ("the tide, again", "Tide", true),
            ("Stichting «Ñandú» helpt", "ñandú", true),
            ("İstanbul Vakfı geldi", "İstanbul Vakfı", true),
            ("anything", " ", false),
            ("", "Tide", false),
        ] {
            assert_eq!(says(text, name), found, "{text:?} {name:?}");
        }
    }
}
