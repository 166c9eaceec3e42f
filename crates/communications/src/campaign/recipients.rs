//! Choosing who receives a campaign.

use std::collections::HashSet;

use backbone_db::Conn;
use backbone_identity::{Actor, PersonId, Role, directory};
use serde::{Deserialize, Serialize};

use super::rules::{Step, after};
use super::{Campaign, CampaignId, store};
use crate::contact::{self, Contact, ContactId, NewContact};
use crate::delivery::{self, Delivery, DeliveryId, DeliveryState};
use crate::error::Error;
use crate::suppression::{self, address_key};

/// Whom to add. Everyone is added once, however often they are named.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignAudience)]
pub struct Audience {
    /// Members with any of these roles, such as `funder`.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Members by their identifiers.
    #[serde(default)]
    pub people: Vec<PersonId>,
    /// Contacts by their identifiers.
    #[serde(default)]
    pub contacts: Vec<ContactId>,
    /// Every contact of the partnership.
    #[serde(default)]
    pub all_contacts: bool,
    /// People who become contacts first.
    #[serde(default)]
    pub addresses: Vec<NewContact>,
}

/// What adding did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Added {
    /// Recipients that are new.
    pub added: usize,
    /// Those the campaign had already.
    pub known: usize,
    /// Those who will not be written to, because they left or their address is dead.
    pub suppressed: usize,
}

/// Contacts looked at together.
const PAGE: i64 = 1000;

struct One {
    email: String,
    name: String,
    language: String,
    person_id: Option<String>,
    contact_id: Option<String>,
}

/// Adds recipients to a draft.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    id: &CampaignId,
    audience: &Audience,
) -> Result<Added, Error> {
    let campaign = draft(conn, actor, id)?;
    let tenant = actor.tenant();
    let mut chosen: Vec<One> = Vec::new();
    if !audience.roles.is_empty() {
        chosen.extend(
            directory::members(conn, tenant, &audience.roles)?
                .into_iter()
                .map(member),
        );
    }
    for person in &audience.people {
        chosen.extend(directory::member(conn, tenant, person)?.map(member));
    }
    for one in &audience.contacts {
        chosen.extend(contact::store::find(conn, tenant, one)?.map(contact_of));
    }
    for new in &audience.addresses {
        chosen.push(contact_of(contact::keep::put(conn, actor, new)?.0));
    }
    let mut added = insert(conn, actor, &campaign, chosen)?;
    let mut after: Option<String> = None;
    if !audience.all_contacts {
        return Ok(added);
    }
    loop {
        let page = contact::store::list(conn, tenant, after.as_deref(), PAGE)?;
        let Some(last) = page.last() else {
            return Ok(added);
        };
        after = Some(last.id.to_string());
        let more = insert(
            conn,
            actor,
            &campaign,
            page.into_iter().map(contact_of).collect(),
        )?;
        added.added += more.added;
        added.known += more.known;
        added.suppressed += more.suppressed;
    }
}

/// Takes one recipient out of a draft.
pub(crate) fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: &CampaignId,
    delivery: &DeliveryId,
) -> Result<(), Error> {
    draft(conn, actor, id)?;
    if delivery::store::remove(conn, actor.tenant(), id, delivery)? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Takes all recipients out of a draft.
pub(crate) fn clear(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<usize, Error> {
    draft(conn, actor, id)?;
    Ok(delivery::store::clear(conn, actor.tenant(), id)?)
}

fn draft(conn: &mut Conn, actor: &Actor, id: &CampaignId) -> Result<Campaign, Error> {
    conn.lock(&format!("campaign:{id}"))
        .map_err(backbone_db::DbError::from)?;
    let campaign = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    after(campaign.state, Step::Edit).ok_or(Error::Step(campaign.state))?;
    Ok(campaign)
}

fn insert(
    conn: &mut Conn,
    actor: &Actor,
    campaign: &Campaign,
    chosen: Vec<One>,
) -> Result<Added, Error> {
    let keys: Vec<String> = chosen.iter().map(|o| address_key(&o.email)).collect();
    let mut seen: HashSet<String> = delivery::store::known(conn, &campaign.id, &keys)?
        .into_iter()
        .collect();
    let suppressed = suppression::store::among(conn, actor.tenant(), &keys)?.len();
    let total = chosen.len();
    let rows: Vec<Delivery> = chosen
        .into_iter()
        .zip(keys)
        .filter(|(_, key)| seen.insert(key.clone()))
        .map(|(one, key)| pending(actor, campaign, one, key))
        .collect();
    delivery::store::insert(conn, &rows)?;
    Ok(Added {
        added: rows.len(),
        known: total - rows.len(),
        suppressed,
    })
}

fn pending(actor: &Actor, campaign: &Campaign, one: One, address_key: String) -> Delivery {
    Delivery {
        id: DeliveryId::new(),
        partnership_id: campaign.partnership_id.clone(),
        campaign_id: campaign.id.clone(),
        edition_id: campaign.edition_id.clone(),
        email: one.email,
        address_key,
        name: one.name,
        language: one.language,
        person_id: one.person_id,
        contact_id: one.contact_id,
        state: DeliveryState::Pending,
        attempts: 0,
        due_at: actor.now,
        claimed_by: None,
        claimed_at: None,
        reply: None,
        settled_at: None,
    }
}

fn member(m: directory::Reachable) -> One {
    One {
        email: m.email,
        name: m.name,
        language: m.language,
        person_id: Some(m.person_id.to_string()),
        contact_id: None,
    }
}

fn contact_of(c: Contact) -> One {
    One {
        email: c.email,
        name: c.name,
        language: c.language,
        person_id: None,
        contact_id: Some(c.id.to_string()),
    }
}

/// Addresses a correction to exactly those whose mail with the edition was accepted.
pub(crate) fn readers(conn: &mut Conn, actor: &Actor, campaign: &Campaign) -> Result<Added, Error> {
    let mut added = Added::default();
    let mut after: Option<String> = None;
    loop {
        let page = delivery::store::readers_of_edition(
            conn,
            actor.tenant(),
            &campaign.edition_id,
            after.as_deref(),
            PAGE,
        )?;
        let Some(last) = page.last() else {
            return Ok(added);
        };
        after = Some(last.id.to_string());
        let chosen = page
            .into_iter()
            .map(|d| One {
                email: d.email,
                name: d.name,
                language: d.language,
                person_id: d.person_id,
                contact_id: d.contact_id,
            })
            .collect();
        let more = insert(conn, actor, campaign, chosen)?;
        added.added += more.added;
        added.suppressed += more.suppressed;
    }
}
