//! Finding published stories without being staff: those that one received, and those that anybody may find.

use std::collections::HashMap;

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, get, web};
use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_identity::secret::MasterSecret;
use backbone_identity::{Actor, Allowed, Core, Permission, directory};
use backbone_search::Document;
use backbone_storytelling::listing;
use backbone_storytelling::story::published::{self, PublishedEdition};
use backbone_web::Problem;

use super::{store, token};
use crate::delivery::DeliveryId;
use crate::policy::SeeReceived;
use crate::suppression::address_key;

/// The published stories that this person may read, with the delivery that brought them one.
fn readable(
    conn: &mut Conn,
    actor: &Actor,
) -> Result<Vec<(PublishedEdition, Option<DeliveryId>)>, DbError> {
    let tenant = actor.tenant();
    let me = match &actor.person_id {
        Some(person) => directory::member(conn, tenant, person)?,
        None => None,
    };
    let mut received: HashMap<String, DeliveryId> = HashMap::new();
    if let Some(me) = me {
        // The newest delivery comes first; its link holds longest.
        for (delivery, _, story) in store::received(conn, tenant, &address_key(&me.email))? {
            received.entry(story).or_insert(delivery.id);
        }
    }
    let listed = listing::findable(conn, tenant)?;
    if received.is_empty() && listed.is_empty() {
        return Ok(Vec::new());
    }
    Ok(published::all_published(conn, tenant)?
        .into_iter()
        .filter(|e| e.public_url.is_some())
        .filter_map(|e| {
            let delivery = received.get(e.story_id.as_str()).cloned();
            (delivery.is_some() || listed.contains(&e.story_id)).then_some((e, delivery))
        })
        .collect())
}

/// What a search finds of them.
///
/// # Errors
/// Only those of the database.
pub fn documents(conn: &mut Conn, actor: &Actor) -> Result<Vec<Document>, DbError> {
    let found = readable(conn, actor)?;
    Ok(found.into_iter().map(|(e, _)| document(&e)).collect())
}

fn document(edition: &PublishedEdition) -> Document {
    let parts = published::mail_parts(edition);
    let mut body = vec![parts.dek, parts.body, parts.outcome];
    body.extend(parts.figures.into_iter().map(|f| f.label));
    body.retain(|part| !part.trim().is_empty());
    Document {
        object: Object::new("story", &edition.story_id),
        permissions: vec![SeeReceived::NAME],
        title: parts.headline,
        body: body.join(" · ").replace(['*', '#', '_', '`', '>'], ""),
        path: format!("/received/{}", edition.story_id),
        at: edition.published_at,
    }
}

/// Leads a member to a published story that they received or that anybody may find; as its reader, if they received it.
#[get("/p/{partnership}/received/{story}")]
pub(super) async fn open_story(
    core: web::Data<Core>,
    actor: Allowed<SeeReceived>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, story) = (actor.into_actor(), path.into_inner().1);
    let held = core.clone();
    let to = core
        .db
        .read(move |conn| {
            let all = readable(conn, &actor)?;
            let found = all.into_iter().find(|(e, _)| e.story_id.as_str() == story);
            let address =
                found.and_then(|(e, delivery)| address(e, delivery, &held.settings.secret));
            address.ok_or_else(Problem::not_found)
        })
        .await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish())
}

fn address(
    edition: PublishedEdition,
    delivery: Option<DeliveryId>,
    secret: &MasterSecret,
) -> Option<String> {
    let base = edition.public_url?;
    Some(match delivery {
        Some(id) => format!("{base}?r={}", token(secret, &id)),
        None => base,
    })
}
