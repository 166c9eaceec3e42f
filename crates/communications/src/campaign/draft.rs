//! Making and changing a draft.

use backbone_db::{Conn, Json};
use backbone_events::{NewEvent, Object, append, link};
use backbone_identity::Actor;
use backbone_mail::Address;
use backbone_web::{Fields, IfMatch};
use serde::{Deserialize, Serialize};

use super::rules::{Step, after};
use super::{Campaign, CampaignId, CampaignState, Content, Kind, store};
use crate::error::{Error, fields};
use crate::stories::Stories;

/// A campaign to be made.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCampaign {
    /// The published story whose newest edition is sent.
    pub story_id: String,
    /// The subject line; the headline when empty.
    #[serde(default)]
    pub subject: String,
    /// A note on top, from a named person.
    #[serde(default)]
    pub note: String,
    /// Who writes the note; the caller when empty.
    #[serde(default)]
    pub note_author: String,
    /// The name that readers see as the sender; the partnership's when empty.
    #[serde(default)]
    pub sender_name: String,
    /// Where answers go.
    #[serde(default)]
    pub reply_to: String,
    /// Messages a minute at most; 0 is without limit.
    #[serde(default)]
    pub rate_per_minute: i32,
}

/// What of a draft is changed; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignEdit {
    /// The subject line.
    pub subject: Option<String>,
    /// A note on top.
    pub note: Option<String>,
    /// Who writes the note.
    pub note_author: Option<String>,
    /// The name that readers see as the sender.
    pub sender_name: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Messages a minute at most.
    pub rate_per_minute: Option<i32>,
    /// Why the figures changed, in a correction.
    pub reason: Option<String>,
}

/// Makes a draft that sends the story's newest edition.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    stories: &dyn Stories,
    new: &NewCampaign,
) -> Result<Campaign, Error> {
    let out = stories
        .out(conn, actor.tenant())?
        .into_iter()
        .find(|o| o.edition.story_id == new.story_id)
        .ok_or(Error::NotPublished)?;
    let or =
        |text: &str, other: &str| if text.trim().is_empty() { other } else { text }.to_string();
    let edit = CampaignEdit {
        subject: Some(or(&new.subject, &out.edition.headline)),
        note: Some(new.note.clone()),
        note_author: Some(or(&new.note_author, &actor.name)),
        sender_name: Some(or(&new.sender_name, &actor.partnership.name)),
        reply_to: Some(new.reply_to.clone()),
        rate_per_minute: Some(new.rate_per_minute),
        reason: None,
    };
    let content = Content {
        edition: out.edition,
        changes: Vec::new(),
        reason: String::new(),
    };
    insert(conn, actor, Kind::Story, content, edit)
}

/// Makes a draft of any kind.
pub(crate) fn insert(
    conn: &mut Conn,
    actor: &Actor,
    kind: Kind,
    mut content: Content,
    edit: CampaignEdit,
) -> Result<Campaign, Error> {
    let mut campaign = Campaign {
        id: CampaignId::new(),
        partnership_id: actor.tenant().to_string(),
        kind,
        state: CampaignState::Draft,
        story_id: content.edition.story_id.clone(),
        edition_id: content.edition.edition_id.clone(),
        subject: String::new(),
        note: String::new(),
        note_author: String::new(),
        sender_name: String::new(),
        reply_to: String::new(),
        content: Json::new(&content),
        rate_per_minute: 0,
        runner: None,
        runner_seen_at: None,
        stumbles: 0,
        waiting_reason: None,
        waiting_until: None,
        version: 1,
        created_by: actor.name.clone(),
        created_at: actor.now,
        queued_at: None,
        finished_at: None,
    };
    apply(&mut campaign, &mut content, edit)?;
    campaign.content = Json::new(&content);
    store::insert(conn, &campaign)?;
    let me = Object::new("campaign", &campaign.id);
    let story = Object::new("story", &campaign.story_id);
    link(
        conn,
        actor.tenant(),
        me.clone(),
        "sends",
        story.clone(),
        actor.now,
    )?;
    let event = NewEvent::new("campaign.drafted", me).about(story);
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(campaign)
}

/// Changes a draft.
pub(crate) fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: &CampaignId,
    seen: IfMatch,
    edit: CampaignEdit,
) -> Result<Campaign, Error> {
    let mut campaign = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(campaign.version).map_err(Error::Seen)?;
    after(campaign.state, Step::Edit).ok_or(Error::Step(campaign.state))?;
    let mut content = campaign.content()?;
    apply(&mut campaign, &mut content, edit)?;
    if !store::update_text(conn, &campaign, &content)? {
        return Err(Error::Step(campaign.state));
    }
    campaign.content = Json::new(&content);
    campaign.version += 1;
    let event = NewEvent::new("campaign.edited", Object::new("campaign", &campaign.id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(campaign)
}

fn apply(c: &mut Campaign, content: &mut Content, edit: CampaignEdit) -> Result<(), Error> {
    let mut f = Fields::new();
    if let Some(subject) = edit.subject {
        c.subject = one_line(&f.text("subject", &subject, 150));
    }
    if let Some(note) = edit.note {
        c.note = f.optional("note", &note, 4000);
    }
    if let Some(author) = edit.note_author {
        c.note_author = one_line(&f.optional("note_author", &author, 120));
    }
    if let Some(name) = edit.sender_name {
        c.sender_name = one_line(&f.optional("sender_name", &name, 120));
    }
    if let Some(reply_to) = edit.reply_to {
        c.reply_to = f.optional("reply_to", &reply_to, 254);
        if !c.reply_to.is_empty() && Address::parse(&c.reply_to).is_err() {
            f.fail("reply_to", "contact-address");
        }
    }
    if let Some(rate) = edit.rate_per_minute {
        c.rate_per_minute = rate;
        if !(0..=100_000).contains(&rate) {
            let range = [("min", "0".to_string()), ("max", "100000".to_string())];
            f.fail_with("rate_per_minute", "out-of-range", &range);
        }
    }
    if let Some(reason) = edit.reason {
        content.reason = f.optional("reason", &reason, 4000);
    }
    fields(f)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
