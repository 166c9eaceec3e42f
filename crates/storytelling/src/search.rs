//! How stories, value models and proxies are found.

mod store;

use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_identity::Permission;
use backbone_search::{Document, Searchable};

use crate::policy::{SeeStories, SeeValueModels};
use crate::story::{self, StoryId};
use crate::value_model::{self, ValueModelId};

/// Finds `story`, by its text too, `value_model` and `value_proxy`.
pub struct Told;

impl Searchable for Told {
    fn kinds(&self) -> &'static [&'static str] {
        &["story", "value_model", "value_proxy"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        match object.kind.as_str() {
            "story" => a_story(conn, partnership_id, object),
            "value_model" => model(conn, partnership_id, object),
            _ => proxy(conn, partnership_id, object),
        }
    }

    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        match kind {
            "story" => store::stories(conn, partnership_id, after, limit),
            "value_model" => store::models(conn, partnership_id, after, limit),
            _ => store::proxies(conn, partnership_id, after, limit),
        }
    }
}

fn a_story(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = StoryId::parse(&object.id) else {
        return Ok(None);
    };
    let Some(story) = story::store::find(conn, partnership, &id)? else {
        return Ok(None);
    };
    let mut parts: Vec<String> = story
        .content
        .texts()
        .into_iter()
        .map(|(_, text)| plain(text))
        .collect();
    parts.push(story.author_name.clone());
    parts.retain(|p| !p.trim().is_empty());
    Ok(Some(Document {
        object: object.clone(),
        permissions: vec![SeeStories::NAME],
        title: story.title,
        body: parts.join(" · "),
        path: format!("/stories/{}", story.id),
        at: story.updated_at,
    }))
}

/// The text without its figures and Markdown's signs.
fn plain(text: &str) -> String {
    let pieces = story::text::pieces(text);
    let words: String = pieces
        .into_iter()
        .map(|piece| match piece {
            story::text::Piece::Words(words) => words,
            story::text::Piece::Figure(_) => "…",
        })
        .collect();
    words.replace(['*', '#', '_', '`', '>'], "")
}

fn model(conn: &mut Conn, partnership: &str, object: &Object) -> Result<Option<Document>, DbError> {
    let Ok(id) = ValueModelId::parse(&object.id) else {
        return Ok(None);
    };
    let Some(it) = value_model::searched(conn, partnership, &id)? else {
        return Ok(None);
    };
    let c = it.content;
    let mut parts = vec![c.purpose, c.materiality];
    parts.extend(c.inputs.into_iter().map(|i| i.name));
    for outcome in c.outcomes {
        parts.extend([outcome.name, outcome.beneficiaries, outcome.materiality]);
    }
    parts.retain(|p| !p.trim().is_empty());
    Ok(Some(Document {
        object: object.clone(),
        permissions: vec![SeeValueModels::NAME],
        title: c.name,
        body: parts.join(" · "),
        path: format!("/value-models/{}", it.id),
        at: it.updated_at,
    }))
}

fn proxy(conn: &mut Conn, partnership: &str, object: &Object) -> Result<Option<Document>, DbError> {
    let Some(it) = value_model::searched_proxy(conn, partnership, &object.id)? else {
        return Ok(None);
    };
    Ok(Some(Document {
        object: object.clone(),
        permissions: vec![SeeValueModels::NAME],
        title: it.name,
        body: [it.unit, it.source].join(" · "),
        path: "/value-proxies".into(),
        at: it.updated_at,
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_of_figures_and_signs_of_markdown_are_not_found() {
        assert_eq!(
            super::plain("# Children **read** [[hours]] more"),
            " Children read … more"
        );
        assert_eq!(super::plain("open [[ended"), "open [[ended");
    }
}
