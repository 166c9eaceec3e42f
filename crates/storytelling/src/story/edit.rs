//! Writing a story: beginning one from a template, and saving its text.

use backbone_db::{Conn, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;

use super::rules::{Step, after};
use super::{Content, Status, Story, StoryId, store, template};
use crate::error::StoryError;
use crate::figure::rules::key_ok;

/// What a story begins with.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct NewStory {
    /// Its name among staff.
    pub title: String,
    /// `en` or `nl`; the partnership's language when absent.
    #[serde(default)]
    pub language: String,
    /// `roi`, `update`, `blank`, or the id of a template of the partnership's own.
    #[serde(default)]
    pub template: String,
    /// The text; in place of the template's when given.
    #[serde(default)]
    pub content: Option<Content>,
}

/// A saved story.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct EditedStory {
    /// Its name among staff.
    pub title: String,
    /// `en` or `nl`.
    #[serde(default)]
    pub language: String,
    /// The whole text.
    pub content: Content,
}

/// Begins a story.
pub fn create(conn: &mut Conn, actor: &Actor, new: NewStory) -> Result<Story, StoryError> {
    let mut fields = Fields::new();
    let title = fields.text("title", &new.title, 200);
    let lang = match new.language.as_str() {
        "" => actor.partnership.lang(),
        other => fields.parse("language", other).unwrap_or_default(),
    };
    let content = match new.content {
        Some(content) => content,
        None => match template::content(conn, actor.tenant(), &new.template, lang)? {
            Some(content) => content,
            None => {
                fields.fail("template", "not-understood");
                Content::default()
            }
        },
    };
    check_shape(&content, &mut fields);
    fields.finish()?;
    let story = Story {
        id: StoryId::new(),
        title,
        language: lang.code().into(),
        status: Status::Draft,
        content,
        author_name: actor.name.clone(),
        author_id: actor.person_id.as_ref().map(ToString::to_string),
        approver_name: None,
        approved_at: None,
        edition: 0,
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant(), &story)?;
    tell(conn, actor, "story.created", &story)?;
    Ok(story)
}

/// Saves the text. An approved or published story becomes a draft again; what was published stays as it is.
pub(crate) fn save(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    seen: IfMatch,
    edited: EditedStory,
) -> Result<Story, StoryError> {
    let mut story = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    seen.check(story.version)?;
    let mut fields = Fields::new();
    story.title = fields.text("title", &edited.title, 200);
    if !edited.language.is_empty() {
        let lang: Option<backbone_web::Lang> = fields.parse("language", &edited.language);
        story.language = lang.unwrap_or_default().code().into();
    }
    check_shape(&edited.content, &mut fields);
    fields.finish()?;
    story.content = edited.content;
    story.status = after(story.status, Step::Edit)?;
    story.approver_name = None;
    story.approved_at = None;
    // Who changed the text last cannot approve it: they are its author now.
    story.author_id = actor.person_id.as_ref().map(ToString::to_string);
    story.author_name = actor.name.clone();
    put(conn, actor, &mut story, "story.edited")?;
    store::insert_version(conn, actor.tenant(), &story, &actor.name)?;
    Ok(story)
}

/// Stores the story's next version and appends what happened.
pub(crate) fn put(
    conn: &mut Conn,
    actor: &Actor,
    story: &mut Story,
    event: &'static str,
) -> Result<(), StoryError> {
    story.version += 1;
    story.updated_at = actor.now;
    if !store::update(conn, actor.tenant(), story)? {
        return Err(StoryError::Changed);
    }
    tell(conn, actor, event, story)
}

pub(crate) fn tell(
    conn: &mut Conn,
    actor: &Actor,
    event: &'static str,
    story: &Story,
) -> Result<(), StoryError> {
    let event = NewEvent::new(event, Object::new("story", &story.id)).data(&serde_json::json!({
        "version": story.version,
        "status": story.status,
        "edition": story.edition,
    }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

/// Keeps a text as a template of the partnership's own. Names and consent of people stay behind.
pub(crate) fn save_template(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    name: &str,
) -> Result<super::StoryTemplateId, StoryError> {
    let story = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    let mut fields = Fields::new();
    let name = fields.text("name", name, 100);
    fields.finish()?;
    let mut content = story.content;
    for v in &mut content.vignettes {
        v.person.clear();
        v.consent = Default::default();
    }
    if let Some(t) = &mut content.testimonial {
        *t = Default::default();
    }
    let now: Instant = actor.now;
    let made = store::insert_template(conn, actor.tenant(), &name, &content, &actor.name, now)?;
    let event = NewEvent::new(
        "story_template.created",
        Object::new("story_template", &made),
    )
    .about(Object::new("story", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

/// Lengths and names: what holds for a draft already.
fn check_shape(content: &Content, fields: &mut Fields) {
    for (field, text) in content.texts() {
        let max = if field == "body" { 40_000 } else { 4_000 };
        fields.optional(&field, text, max);
    }
    fields.optional("audience", &content.audience, 200);
    fields.optional("layout", &content.layout, super::layout::MAX_TEMPLATE);
    let mut seen: Vec<&str> = Vec::new();
    for (i, figure) in content.figures.iter().enumerate() {
        if !key_ok(&figure.key) {
            fields.fail(&format!("figures.{i}.key"), "story-figure-key");
        } else if seen.contains(&figure.key.as_str()) {
            fields.fail(&format!("figures.{i}.key"), "story-figure-twice");
        }
        seen.push(&figure.key);
        fields.optional(&format!("figures.{i}.label"), &figure.label, 200);
        fields.optional(&format!("figures.{i}.unit"), &figure.format.unit, 40);
    }
    for (field, count, max) in [
        ("figures", content.figures.len(), 60),
        ("vignettes", content.vignettes.len(), 12),
        ("allowed_numbers", content.allowed_numbers.len(), 100),
    ] {
        if count > max {
            fields.fail_with(field, "story-too-many", &[("max", max.to_string())]);
        }
    }
}
