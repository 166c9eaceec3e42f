use backbone_db::{Conn, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, directory};
use backbone_web::{Args, Renderer};

use crate::campaign::draft::{CampaignEdit, insert};
use crate::campaign::{Campaign, CampaignState, Change, Content, Kind, recipients, store};
use crate::delivery;
use crate::error::Error;
use crate::stories::{Changed, Stories};

/// Drafts a notice for each edition with changes that its readers were not told of yet. One open draft an edition: further
/// changes go into it. Harmless to repeat. Gives how many were drafted or changed.
pub(crate) fn draft_pending(
    conn: &mut Conn,
    renderer: &Renderer,
    stories: &dyn Stories,
    tenant: &str,
    now: Instant,
) -> Result<usize, Error> {
    let changed = stories.changed(conn, tenant)?;
    if changed.is_empty() {
        return Ok(0);
    }
    let Some(partnership) = directory::partnership(conn, tenant)? else {
        return Ok(0);
    };
    let actor = Actor::system(partnership, now);
    conn.lock(&format!("corrections:{tenant}"))
        .map_err(backbone_db::DbError::from)?;
    let mut editions: Vec<&str> = changed.iter().map(|c| c.edition_id.as_str()).collect();
    editions.sort_unstable();
    editions.dedup();
    let mut drafted = 0;
    for edition in editions {
        if draft_one(conn, renderer, stories, &actor, edition, &changed)? {
            drafted += 1;
        }
    }
    Ok(drafted)
}

fn draft_one(
    conn: &mut Conn,
    renderer: &Renderer,
    stories: &dyn Stories,
    actor: &Actor,
    edition: &str,
    changed: &[Changed],
) -> Result<bool, Error> {
    let tenant = actor.tenant();
    if delivery::store::readers_of_edition(conn, tenant, edition, None, 1)?.is_empty() {
        return Ok(false);
    }
    let known = store::corrections(conn, tenant, edition)?;
    let mut changes: Vec<Change> = Vec::new();
    for c in changed.iter().filter(|c| c.edition_id == edition) {
        if !told(&known, &c.change)? {
            changes.push(c.change.clone());
        }
    }
    if changes.is_empty() {
        return Ok(false);
    }
    if let Some(open) = store::open_correction(conn, tenant, edition)? {
        let mut content = open.content()?;
        for change in changes {
            content.changes.retain(|c| c.key != change.key);
            content.changes.push(change);
        }
        return Ok(store::update_text(conn, &open, &content)?);
    }
    let Some(out) = stories.edition(conn, tenant, edition)? else {
        return Ok(false);
    };
    let mut args = Args::new();
    args.set("headline", out.edition.headline.clone());
    let subject = renderer.text(
        out.edition.language,
        "communications-correction-subject",
        &args,
    );
    let edit = CampaignEdit {
        subject: Some(subject.chars().take(150).collect()),
        sender_name: Some(actor.partnership.name.clone()),
        ..CampaignEdit::default()
    };
    let content = Content {
        edition: out.edition,
        changes,
        reason: String::new(),
    };
    let campaign = insert(conn, actor, Kind::Correction, content, edit)?;
    recipients::readers(conn, actor, &campaign)?;
    let event = NewEvent::new("correction.drafted", Object::new("campaign", &campaign.id))
        .about(Object::new("story", &campaign.story_id));
    append(conn, tenant, &actor.by(), event)?;
    Ok(true)
}

/// Whether a notice, drafted, sent or thrown away, names this change to this very value already.
fn told(known: &[Campaign], change: &Change) -> Result<bool, Error> {
    for campaign in known {
        let content = campaign.content()?;
        let same = content
            .changes
            .iter()
            .any(|c| c.key == change.key && c.new == change.new);
        if same {
            return Ok(true);
        }
        // Only the newest notice about a figure counts: a value that came back is told again.
        let named = content.changes.iter().any(|c| c.key == change.key);
        if named && campaign.state != CampaignState::Draft {
            return Ok(false);
        }
    }
    Ok(false)
}
