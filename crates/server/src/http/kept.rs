//! Forms that could not be taken are kept: when the session had ended, until its owner signed in again; when somebody else saved
//! first, until they chose between both. Then the page on which the form stood shows both side by side, field by field.
//!
//! No form needs anything for that: its own page says what its fields are called and what they hold now.

mod compare;
mod controls;
mod tape;

use actix_web::body::{BoxBody, MessageBody, to_bytes_limited};
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, LOCATION, REFERER};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use backbone_identity::kept::{self, Kept};
use backbone_identity::{Core, PersonId, Who};
use backbone_web::Form;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tape::Tape;

/// The parameter by which a page is asked to show what was kept beside what it holds.
const PARAMETER: &str = "kept";
/// Bytes of a page that are looked through for its forms.
const MOST_PAGE: usize = 8 << 20;
/// Days for which a browser remembers who used it.
const DAYS: i64 = 60;

/// Keeps forms that were refused for the session or for their version, and shows them again.
pub(super) async fn layer(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = asked_for(&mut req);
    let tape = is_form(&req).then(|| Tape::attach(&mut req));
    let res = next.call(req).await?.map_into_boxed_body();
    let Some(core) = res.request().app_data::<web::Data<Core>>().cloned() else {
        return Ok(res);
    };
    let who = res.request().extensions().get::<Who>().cloned();
    let mut res = match (tape, asked) {
        (Some(tape), _) if res.status() == StatusCode::UNAUTHORIZED => {
            let person = browser_of(&core, res.request());
            keep(&core, res, person, tape, true).await
        }
        (Some(tape), _) if res.status() == StatusCode::PRECONDITION_FAILED => {
            let person = who.clone().filter(|w| w.in_browser).map(|w| w.person_id);
            keep(&core, res, person, tape, false).await
        }
        (_, Some(name)) if res.status() == StatusCode::OK => {
            show(&core, res, who.clone(), &name).await
        }
        _ => res,
    };
    if let Some(who) = who.filter(|w| w.in_browser) {
        remember(&core, &mut res, &who.person_id);
    }
    Ok(res)
}

/// Takes the parameter out of a page's address, so that handlers do not see it.
fn asked_for(req: &mut ServiceRequest) -> Option<String> {
    if *req.method() != Method::GET || !req.query_string().contains(PARAMETER) {
        return None;
    }
    let mut name = None;
    let rest: Vec<&str> = req
        .query_string()
        .split('&')
        .filter(|pair| match pair.split_once('=') {
            Some((PARAMETER, value)) => {
                name = Some(value.to_owned());
                false
            }
            _ => true,
        })
        .collect();
    let name = name?;
    let path = req.path().to_owned();
    let address = match rest.is_empty() {
        true => path,
        false => format!("{path}?{}", rest.join("&")),
    };
    let uri = address.parse().ok()?;
    req.head_mut().uri = uri;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (name.len() <= 64 && name.chars().all(plain)).then_some(name)
}

fn is_form(req: &ServiceRequest) -> bool {
    let kind = content_type(req.request());
    *req.method() == Method::POST
        && !req.path().starts_with("/api/")
        && (kind.starts_with("application/x-www-form-urlencoded")
            || kind.starts_with("multipart/form-data"))
}

fn content_type(req: &HttpRequest) -> String {
    let value = req.headers().get(CONTENT_TYPE);
    value
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// Keeps what was sent and leads to where it is shown; the answer as it is when nobody knows whose it was.
async fn keep(
    core: &web::Data<Core>,
    res: ServiceResponse<BoxBody>,
    person: Option<PersonId>,
    tape: Tape,
    lost: bool,
) -> ServiceResponse<BoxBody> {
    let Some(person) = person else {
        return res;
    };
    let req = res.request().clone();
    let kind = content_type(&req);
    let form = Form::salvage(&kind, req.headers(), tape.finish().await).await;
    let action = req.uri().path_and_query().map_or("/", |p| p.as_str());
    let page = page_of(&req, &core.settings.base_url);
    let kept = Kept {
        action: action.to_owned(),
        page: page.clone(),
        lost,
        multipart: kind.starts_with("multipart/"),
        had_files: form.has_files(),
        fields: form
            .pairs()
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect(),
    };
    let (secret, now) = (core.settings.secret.clone(), core.now());
    let name = core
        .db
        .write(move |c| kept::keep(c, &secret, &person, &kept, now))
        .await;
    let name = match name {
        Ok(name) => name,
        Err(error) => {
            tracing::error!(%error, "a form could not be kept");
            return res;
        }
    };
    let mark = if page.contains('?') { '&' } else { '?' };
    let shown = format!("{page}{mark}{PARAMETER}={name}");
    let to = match lost {
        true => format!(
            "/sign-in?next={}",
            utf8_percent_encode(&shown, NON_ALPHANUMERIC)
        ),
        false => shown,
    };
    let answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish();
    ServiceResponse::new(req, answer)
}

/// The page on which a form stood: where the browser says that it comes from, if that is a page of ours; else the form's own address.
fn page_of(req: &HttpRequest, base_url: &str) -> String {
    let referer = req.headers().get(REFERER).and_then(|v| v.to_str().ok());
    let host = req.connection_info().host().to_owned();
    let own = referer.and_then(|r| {
        let (_, rest) = r.split_once("://")?;
        let (from, path) = rest.split_once('/')?;
        let ours = base_url.split_once("://").map_or("", |(_, h)| h);
        (from == host || from == ours).then(|| format!("/{path}"))
    });
    let page = own.unwrap_or_else(|| req.path().to_owned());
    // What was shown before is not shown twice.
    let (path, query) = page.split_once('?').unwrap_or((&page, ""));
    let rest: Vec<&str> = query
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with(PARAMETER))
        .collect();
    match rest.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", rest.join("&")),
    }
}

/// Puts what was kept beside what the page holds; the page as it is when nothing of that name was kept for this person.
async fn show(
    core: &web::Data<Core>,
    res: ServiceResponse<BoxBody>,
    who: Option<Who>,
    name: &str,
) -> ServiceResponse<BoxBody> {
    let is_page = res
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    let Some(who) = who.filter(|_| is_page) else {
        return res;
    };
    let (secret, now, id) = (core.settings.secret.clone(), core.now(), name.to_owned());
    let person = who.person_id.clone();
    let found = core
        .db
        .read(move |c| kept::open(c, &secret, &person, &id, now))
        .await;
    let kept = match found {
        Ok(Some((kept, _))) => kept,
        Ok(None) => return res,
        Err(error) => {
            tracing::error!(%error, "a kept form could not be read");
            return res;
        }
    };
    let (req, answer) = res.into_parts();
    let (answer, body) = answer.into_parts();
    let Ok(Ok(bytes)) = to_bytes_limited(body, MOST_PAGE).await else {
        // Pages are far smaller; one that is not leads to where nothing was kept.
        let plain = HttpResponse::SeeOther()
            .insert_header((LOCATION, kept.page))
            .finish();
        return ServiceResponse::new(req, plain);
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match compare::page(core, &req, &who, &kept, &text).await {
        Some(page) => ServiceResponse::new(req, page),
        None => ServiceResponse::new(req, answer.set_body(BoxBody::new(text))),
    }
}

const COOKIE: &str = "browser";

/// Who used this browser last.
fn browser_of(core: &Core, req: &HttpRequest) -> Option<PersonId> {
    let cookie = req.cookie(COOKIE)?;
    kept::used_by(&core.settings.secret, cookie.value())
}

/// Remembers who uses this browser, so that what they type is kept for them when their session ends.
fn remember(core: &Core, res: &mut ServiceResponse<BoxBody>, person: &PersonId) {
    if browser_of(core, res.request()).as_ref() == Some(person) {
        return;
    }
    let cookie = Cookie::build(COOKIE, kept::browser_of(&core.settings.secret, person))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(core.settings.base_url.starts_with("https://"))
        .max_age(Duration::days(DAYS))
        .finish();
    if let Err(error) = res.response_mut().add_cookie(&cookie) {
        tracing::warn!(%error, "the browser could not be remembered");
    }
}
