//! How the trace tells about stories and the figures in them.

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Fact, Node, Object};
use backbone_web::format::PeriodStyle;
use backbone_web::{Args, Lang};

use super::{StoryId, store};
use crate::words;

/// Describes stories and their frozen figures.
pub struct Describer;

impl Describe for Describer {
    fn kinds(&self) -> &'static [&'static str] {
        &["story", "figure"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let lang: Lang = lang.parse().unwrap_or_default();
        match kind {
            "story" => stories(conn, partnership_id, ids, audience, lang),
            _ => figures(conn, partnership_id, ids, lang),
        }
    }
}

fn stories(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
    audience: Audience,
    lang: Lang,
) -> Result<Vec<Node>, DbError> {
    let mut nodes = Vec::new();
    for id in ids {
        let Ok(id) = StoryId::parse(id) else { continue };
        let Some(story) = store::find(conn, partnership, &id)? else {
            continue;
        };
        let edition = super::published::published(conn, partnership, &id)?;
        // What is not out yet is nobody's outside the partnership.
        if audience == Audience::Public && edition.is_none() {
            continue;
        }
        let headline = edition.map(|e| e.view.plain(&e.view.headline));
        let mut args = Args::new();
        args.set("n", story.edition);
        nodes.push(Node {
            object: Object::new("story", &story.id),
            title: headline.unwrap_or_else(|| story.title.clone()),
            summary: words::text(lang, "story-trace-edition", &args),
            facts: Vec::new(),
            href: (audience == Audience::Members).then(|| format!("/stories/{}", story.id)),
            at: Some(story.updated_at),
            aggregated: false,
        });
    }
    Ok(nodes)
}

fn figures(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
    lang: Lang,
) -> Result<Vec<Node>, DbError> {
    let rows = store::frozen(conn, partnership, ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut args = Args::new();
            args.set("label", row.label.clone());
            args.set("n", row.number);
            let mut facts = vec![Fact {
                label: "story-fact-exact".into(),
                value: row.value.to_string(),
            }];
            if !row.period.is_empty() {
                facts.push(Fact {
                    label: "story-fact-period".into(),
                    value: words::period(lang, &row.period, PeriodStyle::Long),
                });
            }
            Node {
                object: Object::new("figure", &row.id),
                title: row.formatted,
                summary: words::text(lang, "story-trace-figure", &args),
                facts,
                href: Some(format!("/stories/{}", row.story_id)),
                at: Some(row.frozen_at),
                aggregated: false,
            }
        })
        .collect())
}
