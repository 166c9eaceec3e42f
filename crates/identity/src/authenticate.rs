//! The ways in: cookie session, bearer token, API key. The extractors here are the only way to an [`Actor`].

pub(crate) mod store;

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, COOKIE};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use backbone_db::{Conn, DbError, Instant};
use backbone_events::{ActorKind, By};
use backbone_web::gate::Gate;
use backbone_web::{Lang, Problem, csrf};

use crate::actor::{Actor, Via};
use crate::core::Core;
use crate::ids::PersonId;
use crate::jwt;
use crate::notify;
use crate::permission::{Permission, Scope};
use crate::role::Role;
use crate::secret::hash_secret;
use store::Credential;

/// Proof that this actor, in the partnership of the address, holds permission `P`.
///
/// In the address the partnership is `{partnership}`, by id or by slug. Who is not signed in gets 401 (pages: the sign-in
/// form), who is no member 404, who lacks the role or the key's scope 403.
pub struct Allowed<P: Permission> {
    actor: Actor,
    permission: PhantomData<P>,
}

impl<P: Permission> Allowed<P> {
    /// The actor, to move into a transaction.
    pub fn into_actor(self) -> Actor {
        self.actor
    }
}

impl<P: Permission> Deref for Allowed<P> {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.actor
    }
}

/// A signed-in person, outside of any partnership: choosing one, the own account.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Whether they operate the server.
    pub operator: bool,
    /// Hash of the session's secret, for ending this one and keeping others.
    pub session: Option<String>,
    /// The moment of the request.
    pub now: Instant,
    /// The request, for the log.
    pub request_id: String,
}

impl SignedIn {
    /// Who and when, for the event log.
    pub fn by(&self) -> By {
        By {
            kind: ActorKind::Person,
            id: Some(self.person_id.to_string()),
            name: self.name.clone(),
            at: self.now,
        }
    }

    /// The scope of this person's idempotency keys outside of any partnership.
    pub fn idempotency_scope(&self) -> String {
        format!("person:{}", self.person_id)
    }
}

/// Anybody: language, moment and request, for public pages.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// From the browser's settings.
    pub lang: Lang,
    /// The moment of the request.
    pub now: Instant,
    /// The request, for the log.
    pub request_id: String,
    /// Address of the caller, for rate limits.
    pub address: String,
}

/// Set by the server for each request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Set for each request that a person was let in with: for the layers around the handler.
#[derive(Clone, Debug)]
pub struct Who {
    /// The person.
    pub person_id: PersonId,
    /// Whether they came with a browser's session.
    pub in_browser: bool,
    /// Their unread notifications in the partnership of a page; counted only for pages.
    pub unread: i64,
}

/// Name of the session cookie. With TLS it carries the prefix that binds it to this host.
pub fn cookie_name(base_url: &str) -> &'static str {
    if base_url.starts_with("https://") {
        "__Host-backbone"
    } else {
        "backbone"
    }
}

impl<P: Permission> FromRequest for Allowed<P> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (req, gate) = (req.clone(), Gate::close(req));
        Box::pin(async move {
            let core = core(&req)?;
            let Some(partnership) = req.match_info().get("partnership").map(str::to_string) else {
                return Err(Problem::internal("the address names no partnership"));
            };
            let (credential, now) = (credential(&req, &core)?, core.now());
            let seen = core.member(&credential, partnership, now).await?;
            let seen = seen.ok_or_else(Problem::unauthenticated)?;
            let is_page = *req.method() == Method::GET && req.path().starts_with("/p/");
            let unread = match seen.member.as_ref().filter(|_| is_page) {
                Some(member) => {
                    let (tenant, person) = (member.partnership.id.clone(), seen.person_id.clone());
                    core.db
                        .read(move |c| notify::unread(c, tenant.as_str(), &person))
                        .await?
                }
                None => 0,
            };
            if seen.is_stale(now) {
                core.db
                    .write(move |c| store::note_use(c, &credential, now))
                    .await?;
            }
            let Some(member) = &seen.member else {
                return Err(Problem::not_found());
            };
            if P::SCOPE == Scope::Write && !seen.may_write {
                return Err(Problem::forbidden());
            }
            req.extensions_mut().insert(Who {
                person_id: seen.person_id.clone(),
                in_browser: seen.via == Via::Session,
                unread,
            });
            let actor = Actor {
                person_id: Some(seen.person_id.clone()),
                name: seen.name.clone(),
                organization_id: member.organization_id.clone(),
                partnership: member.partnership.clone(),
                roles: member.roles.clone(),
                lang: seen.lang,
                now,
                via: seen.via.clone(),
                request_id: request_id(&req),
            };
            if !actor.may::<P>() {
                return Err(Problem::forbidden());
            }
            gate.open();
            Ok(Self {
                actor,
                permission: PhantomData,
            })
        })
    }
}

/// What somebody showed to get in, to look again later whether it still holds: for answers that stay open.
#[derive(Clone)]
pub struct Standing {
    credential: Credential,
    partnership: String,
}

impl Standing {
    /// Of this request, in the partnership of its address.
    ///
    /// # Errors
    /// 401 without a credential.
    pub fn of(req: &HttpRequest, core: &Core) -> Result<Self, Problem> {
        let partnership = req.match_info().get("partnership");
        Ok(Self {
            credential: credential(req, core)?,
            partnership: partnership.unwrap_or_default().to_string(),
        })
    }

    /// The roles that it gives now; none when it is no longer good, or its holder no longer a member.
    pub fn roles(&self, conn: &mut Conn, now: Instant) -> Result<Vec<Role>, DbError> {
        let seen = store::member(conn, &self.credential, &self.partnership, now)?;
        Ok(seen
            .and_then(|s| s.member)
            .map(|m| m.roles)
            .unwrap_or_default())
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (req, gate) = (req.clone(), Gate::close(req));
        Box::pin(async move {
            let core = core(&req)?;
            let now = core.now();
            let credential = credential(&req, &core)?;
            let session = match &credential {
                Credential::Session(hash) => Some(hash.clone()),
                // A token or key is bound to one partnership and says nothing about the account.
                _ => return Err(Problem::unauthenticated()),
            };
            let shown = credential.clone();
            let found = core.db.read(move |c| store::person(c, &shown, now)).await?;
            let (person, stale) = found.ok_or_else(Problem::unauthenticated)?;
            if stale {
                core.db
                    .write(move |c| store::note_use(c, &credential, now))
                    .await?;
            }
            req.extensions_mut().insert(Who {
                person_id: person.id.clone(),
                in_browser: true,
                unread: 0,
            });
            gate.open();
            Ok(SignedIn {
                person_id: person.id,
                name: person.name,
                email: person.email,
                lang: person.language.parse().unwrap_or_default(),
                operator: person.operator,
                session,
                now,
                request_id: request_id(&req),
            })
        })
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(core(req).map(|core| {
            Visitor {
                lang: request_lang(req),
                now: core.now(),
                request_id: request_id(req),
                address: req
                    .connection_info()
                    .realip_remote_addr()
                    .unwrap_or("unknown")
                    .to_string(),
            }
        }))
    }
}

fn core(req: &HttpRequest) -> Result<web::Data<Core>, Problem> {
    req.app_data::<web::Data<Core>>()
        .cloned()
        .ok_or_else(|| Problem::internal("the server was put together without its core"))
}

/// The language that the caller prefers: `?lang=`, else the browser's setting.
pub fn request_lang(req: &HttpRequest) -> Lang {
    let chosen: Option<Lang> = req
        .query_string()
        .split('&')
        .find_map(|p| p.strip_prefix("lang="))
        .and_then(|l| l.parse().ok());
    let header = req
        .headers()
        .get(actix_web::http::header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("");
    chosen
        .or_else(|| Lang::from_accept_language(header))
        .unwrap_or_default()
}

/// The id under which the request is logged.
pub fn request_id(req: &HttpRequest) -> String {
    req.extensions()
        .get::<RequestId>()
        .map(|r| r.0.clone())
        .unwrap_or_default()
}

/// What the request brings to prove who it is. A session cookie counts only on requests from our own pages.
fn credential(req: &HttpRequest, core: &Core) -> Result<Credential, Problem> {
    if let Some(value) = req.headers().get(AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(|v| v.strip_prefix("Bearer "))
            .ok_or_else(Problem::unauthenticated)?;
        if token.starts_with("bbk_") {
            return Ok(Credential::ApiKey(hash_secret(token)));
        }
        let kid = jwt::key_id(token).ok_or_else(Problem::unauthenticated)?;
        let claims = jwt::verify(&core.settings.secret, &kid, token, core.now())
            .ok_or_else(Problem::unauthenticated)?;
        return Ok(Credential::Token {
            kid,
            claims: Box::new(claims),
        });
    }
    let cookie =
        session_cookie(req, &core.settings.base_url).ok_or_else(Problem::unauthenticated)?;
    if !csrf::same_site(req.method(), req.headers(), &core.settings.base_url) {
        return Err(Problem::new(
            actix_web::http::StatusCode::FORBIDDEN,
            "cross-site",
        ));
    }
    Ok(Credential::Session(hash_secret(&cookie)))
}

/// The session's secret from the cookie header, if there is one.
pub fn session_cookie(req: &HttpRequest, base_url: &str) -> Option<String> {
    let name = cookie_name(base_url);
    req.headers()
        .get_all(COOKIE)
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then(|| value.to_string())
        })
}

/// For forms that need no session (signing in, accepting an invitation): they too only work from our own pages.
///
/// # Errors
/// 403 `cross-site`.
pub fn from_own_page(req: &HttpRequest, core: &Core) -> Result<(), Problem> {
    if csrf::same_site(req.method(), req.headers(), &core.settings.base_url) {
        Ok(())
    } else {
        Err(Problem::new(
            actix_web::http::StatusCode::FORBIDDEN,
            "cross-site",
        ))
    }
}
