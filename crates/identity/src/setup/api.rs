//! JSON door to the first start, for those who set servers up by program.

use actix_web::{HttpResponse, post, web};
use backbone_web::{ApiJson, Problem, ProblemBody};
use serde::{Deserialize, Serialize};

use super::{first_person, guard, read_person};
use crate::authenticate::Visitor;
use crate::core::Core;
use crate::ids::PersonId;

/// The first person, who operates the server.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOperator {
    /// `token` of the link that the server prints when it starts.
    token: String,
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// Code of their language, such as `nl`.
    language: String,
    /// Their password.
    password: String,
}

/// The account that was made.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct MadeOperator {
    /// The person.
    id: PersonId,
    /// Their address, with which they sign in.
    email: String,
}

/// Makes the first account of an empty server. Then sign in and set a partnership up.
///
/// Not for an `Idempotency-Key`: it works once, and the body holds a password.
#[utoipa::path(tag = "set-up", request_body = NewOperator,
    responses((status = 201, body = MadeOperator), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/setup")]
pub(crate) async fn make(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<NewOperator>,
) -> Result<HttpResponse, Problem> {
    let new = body.value;
    guard(&core, &new.token).await?;
    let person = read_person(&new.name, &new.email, &new.language, &new.password).await?;
    let email = person.email.clone();
    let id = core
        .db
        .write(move |c| first_person(c, &person, visitor.now))
        .await?;
    Ok(HttpResponse::Created().json(MadeOperator { id, email }))
}
