//! JSON door to one's own account. Only a session opens it: a token or key is bound to one partnership and says nothing here.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_db::Conn;
use backbone_web::{
    Answer, ApiJson, IdempotencyKey, IfMatch, Page, Problem, ProblemBody, etag, once,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::export::PersonalData;
use super::{email, export, own};
use crate::authenticate::{SignedIn, Visitor};
use crate::core::Core;
use crate::ids::PersonId;
use crate::session::{self, Session};
use crate::sign_in::store::by_id;

/// One's own account.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct OwnAccount {
    /// The person.
    id: PersonId,
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// Code of their language.
    language: String,
    /// Whether they have a password; without one they sign in by mailed links.
    has_password: bool,
    /// Whether they operate the server.
    operator: bool,
}

impl OwnAccount {
    fn of(conn: &mut Conn, me: &SignedIn) -> Result<Self, Problem> {
        let account = by_id(conn, &me.person_id)?.ok_or_else(Problem::unauthenticated)?;
        Ok(Self {
            id: account.id,
            name: account.name,
            email: account.email,
            language: account.language,
            has_password: account.password_hash.is_some(),
            operator: me.operator,
        })
    }

    /// What `If-Match` compares. People are not counted in versions, so it is made of what can be edited.
    fn version(&self) -> i64 {
        let text = format!("{}\n{}\n{}", self.name, self.language, self.email);
        let hash = Sha256::digest(text.as_bytes());
        let first = hash.first_chunk().copied().unwrap_or_default();
        i64::from_be_bytes(first) & i64::MAX
    }
}

/// What changes; what is absent stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountChange {
    /// The name.
    name: Option<String>,
    /// Code of the language, such as `nl`.
    language: Option<String>,
}

/// A new password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The password until now; for those who have one.
    #[serde(default)]
    old_password: String,
    /// The new one.
    new_password: String,
}

/// Another address.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressChange {
    /// The new address.
    new_email: String,
    /// The password; for those who have one.
    #[serde(default)]
    email_password: String,
}

/// Where the link was sent.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct AddressAsked {
    /// The new address. It counts once the link that is mailed there was confirmed.
    email: String,
}

/// What a mailed link brought.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressToken {
    /// `token` of the link's address.
    token: String,
}

/// That an account is really to be erased.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erasure {
    /// The account's address.
    erase_email: String,
}

/// Shows one's own account.
#[utoipa::path(tag = "account",
    responses((status = 200, body = OwnAccount), (status = 401, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[get("/account")]
pub(crate) async fn show(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    let account = core.db.read(move |c| OwnAccount::of(c, &me)).await?;
    Ok(etag::ok(account.version()).json(account))
}

/// Changes one's own name or language.
#[utoipa::path(tag = "account", request_body = AccountChange,
    params(("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = OwnAccount), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[patch("/account")]
pub(crate) async fn change(
    core: web::Data<Core>,
    me: SignedIn,
    seen: IfMatch,
    body: ApiJson<AccountChange>,
) -> Result<HttpResponse, Problem> {
    let account = core
        .db
        .write(move |c| {
            let account = OwnAccount::of(c, &me)?;
            seen.check(account.version())?;
            let name = body.value.name.as_ref().unwrap_or(&account.name);
            let language = body.value.language.as_ref().unwrap_or(&account.language);
            let (name, lang) = own::read_profile(name, language)?;
            super::set_profile(c, &me.person_id, &name, lang)?;
            OwnAccount::of(c, &me)
        })
        .await?;
    Ok(etag::ok(account.version()).json(account))
}

/// Sets or changes one's own password; every other session, token and mailed link ends.
///
/// Not for an `Idempotency-Key`: nothing that was made from a password is stored but its hash. The old password works once.
#[utoipa::path(tag = "account", request_body = PasswordChange,
    responses((status = 204, description = "Set"), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[post("/account/password")]
pub(crate) async fn set_password(
    core: web::Data<Core>,
    me: SignedIn,
    body: ApiJson<PasswordChange>,
) -> Result<HttpResponse, Problem> {
    own::set_password(
        &core,
        &me,
        &body.value.old_password,
        &body.value.new_password,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Asks for another address. A link is mailed there; the answer is the same whether or not somebody has that address.
#[utoipa::path(tag = "account", request_body = AddressChange,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 202, body = AddressAsked), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[post("/account/email")]
pub(crate) async fn ask_email(
    core: web::Data<Core>,
    me: SignedIn,
    key: IdempotencyKey,
    body: ApiJson<AddressChange>,
) -> Result<HttpResponse, Problem> {
    let asked = body.value;
    let job = own::read_address(&core, &me, &asked.new_email, &asked.email_password).await?;
    // Not of the whole body: no hash of a password is kept but the slow one.
    let same = format!("email {}", job.email);
    let answer = once(
        &core.db,
        me.idempotency_scope(),
        key,
        same,
        me.now,
        move |c| {
            own::ask_address(c, &job, &me)?;
            Answer::accepted("/api/v1/account".into(), &AddressAsked { email: job.email })
        },
    )
    .await;
    core.wake_jobs();
    answer
}

/// Confirms another address with the token of the mailed link. The old address is told.
///
/// Not for an `Idempotency-Key`: a token works once.
#[utoipa::path(tag = "account", request_body = AddressToken,
    responses((status = 204, description = "Changed"), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/account/email/confirm")]
pub(crate) async fn confirm_email(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<AddressToken>,
) -> Result<HttpResponse, Problem> {
    let secret = core.settings.secret.clone();
    core.db
        .write(move |c| email::confirm(c, &secret, &body.value.token, visitor.now))
        .await?;
    core.wake_jobs();
    Ok(HttpResponse::NoContent().finish())
}

/// Lists one's own sessions, the last used first.
#[utoipa::path(tag = "account",
    responses((status = 200, body = Page<Session>)),
    extensions(("x-permission" = json!("signed-in"))))]
#[get("/account/sessions")]
pub(crate) async fn sessions(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    let items = core
        .db
        .read(move |c| session::list(c, &me.person_id, me.session.as_deref(), me.now))
        .await?;
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// Ends one of one's own sessions.
#[utoipa::path(tag = "account", params(("session" = String, Path, description = "Its short name, from the list")),
    responses((status = 204, description = "Ended"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[delete("/account/sessions/{session}")]
pub(crate) async fn end_session(
    core: web::Data<Core>,
    me: SignedIn,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let ended = core
        .db
        .write(move |c| session::end_one(c, &me.person_id, &path))
        .await?;
    match ended {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Problem::not_found()),
    }
}

/// Ends every sign-in of one's own, in browsers and programs, this one included.
#[utoipa::path(tag = "account",
    responses((status = 204, description = "Ended")),
    extensions(("x-permission" = json!("signed-in"))))]
#[delete("/account/sessions")]
pub(crate) async fn end_sessions(
    core: web::Data<Core>,
    me: SignedIn,
) -> Result<HttpResponse, Problem> {
    core.db
        .write(move |c| super::end_sign_ins(c, &me.person_id, None, me.now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Gives everything that is kept about oneself.
#[utoipa::path(tag = "account",
    responses((status = 200, body = PersonalData)),
    extensions(("x-permission" = json!("signed-in"))))]
#[get("/account/data")]
pub(crate) async fn own_data(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    let data = core
        .db
        .read(move |c| export::gather(c, &me.person_id, me.now))
        .await?;
    Ok(HttpResponse::Ok().json(data))
}

/// Erases one's own account; what one gave and measured stays with one's organization.
///
/// Not for an `Idempotency-Key`: with the account its session ends.
#[utoipa::path(tag = "account", request_body = Erasure,
    responses((status = 204, description = "Erased"), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[post("/account/erase")]
pub(crate) async fn erase(
    core: web::Data<Core>,
    me: SignedIn,
    body: ApiJson<Erasure>,
) -> Result<HttpResponse, Problem> {
    own::erase(&core, &me, &body.value.erase_email).await?;
    Ok(HttpResponse::NoContent().finish())
}
