//! JSON door for those who were invited: the token of the mailed link is the right to accept.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use backbone_web::{ApiJson, Problem, ProblemBody};
use serde::{Deserialize, Serialize};

use super::accept as verb;
use crate::authenticate::Visitor;
use crate::core::Core;
use crate::ids::{PartnershipId, PersonId};
use crate::role::Role;

/// What a mailed link brought.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationToken {
    /// `token` of the link's address.
    token: String,
}

/// An invitation, as the invited person sees it.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct OpenInvitation {
    /// The partnership's name.
    partnership: String,
    /// What it is for.
    purpose: String,
    /// The address that was invited.
    email: String,
    /// The name that was given with it.
    name: String,
    /// The roles it gives.
    roles: Vec<Role>,
    /// Whether somebody has an account with this address; then nothing more is asked of them.
    has_account: bool,
}

/// An acceptance.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// `token` of the link's address.
    token: String,
    /// The newcomer's name.
    #[serde(default)]
    name: String,
    /// Code of their language, such as `nl`.
    #[serde(default)]
    language: String,
    /// A password, if they want one; without it they sign in by mailed links.
    #[serde(default)]
    password: String,
}

/// Who joined, and where.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Joined {
    /// The person.
    person_id: PersonId,
    /// The partnership.
    partnership_id: PartnershipId,
    /// Its name in addresses.
    slug: String,
}

/// Looks at an invitation without accepting it.
///
/// Not for an `Idempotency-Key`: nothing changes. The token is in the body so that no log keeps it.
#[utoipa::path(tag = "people", request_body = InvitationToken,
    responses((status = 200, body = OpenInvitation), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/invitations/look")]
pub(crate) async fn look(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<InvitationToken>,
) -> Result<HttpResponse, Problem> {
    let secret = core.settings.secret.clone();
    let open = core
        .db
        .read(move |c| verb::look(c, &secret, &body.value.token, visitor.now))
        .await?;
    Ok(HttpResponse::Ok().json(OpenInvitation {
        partnership: open.partnership.name,
        purpose: open.partnership.purpose,
        email: open.invitation.email,
        name: open.invitation.name,
        roles: open.invitation.roles,
        has_account: open.known.is_some(),
    }))
}

/// Accepts an invitation. Then sign in.
///
/// Not for an `Idempotency-Key`: an invitation is accepted once, and the body may hold a password.
#[utoipa::path(tag = "people", request_body = Acceptance,
    responses((status = 201, body = Joined), (status = 410, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/invitations/accept")]
pub(crate) async fn accept(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<Acceptance>,
) -> Result<HttpResponse, Problem> {
    let said = body.value;
    let (secret, token, now) = (
        core.settings.secret.clone(),
        said.token.clone(),
        visitor.now,
    );
    let open = core
        .db
        .read(move |c| verb::look(c, &secret, &token, now))
        .await?;
    let newcomer = verb::read(&open, &said.name, &said.language, &said.password).await?;
    let secret = core.settings.secret.clone();
    let (person_id, partnership) = core
        .db
        .write(move |c| verb::accept(c, &secret, &said.token, &newcomer, now))
        .await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(Joined {
        person_id,
        slug: partnership.slug,
        partnership_id: partnership.id,
    }))
}
