//! What the buttons do: each calls the verb that the API calls, and leads back.

use actix_web::{HttpResponse, post, web};
use backbone_identity::{Actor, Allowed, Core, PersonId, Role, page};
use backbone_web::{Form, Problem};

use crate::campaign::api::{id, test_to_self};
use crate::campaign::recipients::{self, Audience};
use crate::campaign::{CampaignId, life};
use crate::contact::NewContact;
use crate::delivery::DeliveryId;
use crate::policy::{EditCampaigns, SendCampaigns};
use crate::stories::Live;

type Ids = web::Path<(String, String)>;

fn back(actor: &Actor, id: &CampaignId, message: &str) -> HttpResponse {
    page::see_other(
        &format!("/p/{}/campaigns/{id}", actor.partnership.slug),
        message,
    )
}

/// Adds recipients: by role, by person, all contacts, or one new address.
#[post("/p/{partnership}/campaigns/{campaign}/recipients")]
pub(super) async fn add_recipients(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (who, campaign, audience) = (actor.clone(), id.clone(), audience(&form));
    core.db
        .write(move |conn| recipients::add(conn, &who, &campaign, &audience))
        .await?;
    Ok(back(&actor, &id, "communications-recipients-added"))
}

fn audience(form: &Form) -> Audience {
    let addresses = (!form.text("email").trim().is_empty()).then(|| NewContact {
        email: form.text("email").to_string(),
        name: form.text("name").to_string(),
        language: form.text("language").to_string(),
        organization: String::new(),
        consent_basis: form.text("consent_basis").to_string(),
        consent_note: form.text("consent_note").to_string(),
    });
    let roles: Vec<Role> = form
        .all("roles")
        .iter()
        .filter_map(|r| r.parse().ok())
        .collect();
    let people: Vec<PersonId> = form
        .all("people")
        .iter()
        .filter_map(|p| p.parse().ok())
        .collect();
    Audience {
        roles,
        people,
        contacts: Vec::new(),
        all_contacts: form.ticked("all_contacts"),
        addresses: addresses.into_iter().collect(),
    }
}

/// Takes all recipients out.
#[post("/p/{partnership}/campaigns/{campaign}/recipients/clear")]
pub(super) async fn clear_recipients(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (who, campaign) = (actor.clone(), id.clone());
    core.db
        .write(move |conn| recipients::clear(conn, &who, &campaign))
        .await?;
    Ok(back(&actor, &id, "communications-recipients-removed"))
}

/// Takes one recipient out.
#[post("/p/{partnership}/campaigns/{campaign}/recipients/{delivery}/remove")]
pub(super) async fn remove_recipient(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let one = DeliveryId::parse(&path.2).map_err(|_| Problem::not_found())?;
    let (who, campaign) = (actor.clone(), id.clone());
    core.db
        .write(move |conn| recipients::remove(conn, &who, &campaign, &one))
        .await?;
    Ok(back(&actor, &id, "communications-recipient-removed"))
}

/// Sends a test to oneself.
#[post("/p/{partnership}/campaigns/{campaign}/test")]
pub(super) async fn test(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    test_to_self(core, actor.clone(), id.clone()).await?;
    Ok(back(&actor, &id, "communications-test-sent"))
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident, $path:literal, $message:literal, |$conn:ident, $actor:ident, $id:ident, $form:ident| $verb:expr;)+) => {$(
        $(#[$doc])*
        #[post($path)]
        pub(super) async fn $name(
            core: web::Data<Core>,
            actor: Allowed<SendCampaigns>,
            path: Ids,
            form: Form,
        ) -> Result<HttpResponse, Problem> {
            let (actor, id) = (actor.into_actor(), id(&path.1)?);
            let ($actor, $id, $form) = (actor.clone(), id.clone(), form);
            core.db.write(move |$conn| $verb).await?;
            core.wake_jobs();
            Ok(back(&actor, &id, $message))
        }
    )+};
}

steps! {
    /// Lets the campaign leave.
    send, "/p/{partnership}/campaigns/{campaign}/send", "communications-queued",
        |conn, actor, id, _form| life::send(conn, &actor, &Live, &id);
    /// Holds it.
    pause, "/p/{partnership}/campaigns/{campaign}/pause", "communications-paused",
        |conn, actor, id, _form| life::pause(conn, &actor, &id);
    /// Lets it go on.
    resume, "/p/{partnership}/campaigns/{campaign}/resume", "communications-resumed",
        |conn, actor, id, _form| life::resume(conn, &actor, &id);
    /// Ends it.
    cancel, "/p/{partnership}/campaigns/{campaign}/cancel", "communications-cancelled",
        |conn, actor, id, _form| life::cancel(conn, &actor, &id);
    /// Tries again: one delivery or all.
    retry, "/p/{partnership}/campaigns/{campaign}/retry", "communications-retried",
        |conn, actor, id, form| life::retry(conn, &actor, &id, DeliveryId::parse(form.text("delivery")).ok().as_ref());
}
