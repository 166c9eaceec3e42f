//! Letting a campaign leave, holding it, ending it, and trying failures again.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, Core};
use backbone_jobs::enqueue;
use backbone_web::FieldError;

use super::checks::{self, Finding};
use super::rules::{Step, after};
use super::{Campaign, CampaignId, CampaignState, store};
use crate::delivery::{self, DeliveryId, SendCampaign};
use crate::error::Error;
use crate::stories::Stories;

/// Lets a draft leave: to everyone chosen, from the next moment on.
pub fn send(
    conn: &mut Conn,
    actor: &Actor,
    stories: &dyn Stories,
    id: &CampaignId,
) -> Result<Campaign, Error> {
    let campaign = load(conn, actor, id)?;
    after(campaign.state, Step::Send).ok_or(Error::Step(campaign.state))?;
    let found = checks::check(conn, actor.tenant(), stories, &campaign)?;
    let blocking: Vec<FieldError> = found
        .iter()
        .filter(|f| f.blocks)
        .map(Finding::field_error)
        .collect();
    if !blocking.is_empty() {
        return Err(Error::Blocked(blocking));
    }
    let moved = step(conn, actor, campaign, Step::Send, "campaign.queued")?;
    go(conn, actor, id)?;
    Ok(moved)
}

/// Holds a campaign; what is in flight still arrives.
pub(crate) fn pause(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<Campaign, Error> {
    let campaign = load(conn, actor, id)?;
    step(conn, actor, campaign, Step::Pause, "campaign.paused")
}

/// Lets a held campaign go on.
pub(crate) fn resume(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<Campaign, Error> {
    let campaign = load(conn, actor, id)?;
    if campaign.state != CampaignState::Paused {
        return Err(Error::Step(campaign.state));
    }
    let moved = step(conn, actor, campaign, Step::Resume, "campaign.resumed")?;
    go(conn, actor, id)?;
    Ok(moved)
}

/// Ends a campaign: what has not left never will.
pub(crate) fn cancel(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<Campaign, Error> {
    let campaign = load(conn, actor, id)?;
    let moved = step(conn, actor, campaign, Step::Cancel, "campaign.cancelled")?;
    delivery::store::cancel(conn, id, actor.now)?;
    Ok(moved)
}

/// Tries failed deliveries again, and those that wait, at once: one of them or all.
pub(crate) fn retry(
    conn: &mut Conn,
    actor: &Actor,
    id: &CampaignId,
    one: Option<&DeliveryId>,
) -> Result<Campaign, Error> {
    let campaign = load(conn, actor, id)?;
    if matches!(
        campaign.state,
        CampaignState::Draft | CampaignState::Cancelled
    ) {
        return Err(Error::Step(campaign.state));
    }
    let changed = delivery::store::retry_failed(conn, actor.tenant(), id, one, actor.now)?;
    if one.is_none() {
        delivery::store::hurry(conn, id, actor.now)?;
    } else if changed == 0 {
        return Err(Error::NotFound);
    }
    let campaign = if campaign.state == CampaignState::Done && changed > 0 {
        step(conn, actor, campaign, Step::Resume, "campaign.resumed")?
    } else {
        campaign
    };
    go(conn, actor, id)?;
    Ok(campaign)
}

fn load(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<Campaign, Error> {
    conn.lock(&format!("campaign:{id}"))
        .map_err(backbone_db::DbError::from)?;
    store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

fn step(
    conn: &mut Conn,
    actor: &Actor,
    campaign: Campaign,
    step: Step,
    event: &'static str,
) -> Result<Campaign, Error> {
    let to = after(campaign.state, step).ok_or(Error::Step(campaign.state))?;
    if !store::move_to(conn, &campaign, to, actor.now)? {
        return Err(Error::Step(campaign.state));
    }
    let event = NewEvent::new(event, Object::new("campaign", &campaign.id))
        .about(Object::new("story", &campaign.story_id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    store::find(conn, actor.tenant(), &campaign.id)?.ok_or(Error::NotFound)
}

fn go(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<(), Error> {
    let job = SendCampaign {
        campaign_id: id.clone(),
    };
    enqueue::<Core, _>(conn, Some(actor.tenant()), &job, actor.now)?;
    Ok(())
}
