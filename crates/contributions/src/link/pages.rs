use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, DbError};
use backbone_identity::access_link::{self, OpenLink, Purpose};
use backbone_identity::secret::hash_secret;
use backbone_identity::{Actor, Core, Visitor, directory, page};
use backbone_web::{Form, IdempotencyKey, Lang, Problem, once};
use serde::Serialize;

use super::receipt::receipt;
use crate::contribution::api::parse_id;
use crate::contribution::correct::own;
use crate::contribution::form::{FormView, Stock, from_content, of, read, typed};
use crate::contribution::pages::{corrected, kept, see, start, with_file};
use crate::contribution::{Contribution, NewContribution, judge, log};
use crate::error::Error;
use crate::request::{Request, RequestId, store as requests};
use crate::view::{Say, name_of};

#[derive(Serialize)]
struct LogPage {
    #[serde(flatten)]
    view: FormView,
    here: String,
    organization: String,
    asked: Option<Asked>,
    same: bool,
    editing: bool,
    version: i64,
    upgrade: Option<Upgrade>,
}

/// From this page into the whole partnership; for a person only.
#[derive(Serialize)]
pub(super) struct Upgrade {
    secret: String,
    name: String,
}

impl Upgrade {
    pub(super) fn of(actor: &backbone_identity::Actor, secret: &str) -> Option<Self> {
        actor.person_id.as_ref().map(|_| Self {
            secret: secret.into(),
            name: actor.name.clone(),
        })
    }
}

/// Who asked, and for when.
#[derive(Serialize)]
struct Asked {
    by: String,
    period: String,
    message: String,
}

/// Opens a link; it counts only with an organization to log for.
pub(super) fn open(
    conn: &mut Conn,
    secret: &str,
    visitor: &Visitor,
) -> Result<(OpenLink, Option<Request>), Problem> {
    let lang: Lang = visitor.lang;
    let mut link = access_link::open(conn, secret, Purpose::LogContribution, lang, visitor.now)?;
    link.actor.request_id = visitor.request_id.clone();
    if link.actor.organization_id.is_none() {
        return Err(Problem::not_found());
    }
    let request = match (link.subject.0.as_str(), link.subject.1.parse::<RequestId>()) {
        ("contribution_request", Ok(id)) => requests::find(conn, link.actor.tenant(), &id)?,
        _ => None,
    };
    Ok((link, request))
}

/// The form; `?same=1` fills in what was logged last.
#[get("/log/{secret}")]
async fn form_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let same = req.query_string().contains("same=1");
    show(&core, &req, visitor, &path, same, None, None).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    mut visitor: Visitor,
    secret: &str,
    same: bool,
    filled: Option<BTreeMap<String, String>>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (who, key, tracer) = (visitor.clone(), secret.to_string(), core.tracer.clone());
    let (link, request, stock, organizations) = core
        .db
        .read(move |conn| {
            let (link, request) = open(conn, &key, &who)?;
            let stock = Stock::load(conn, &link.actor, &tracer)?;
            let organizations = directory::organizations(conn, link.actor.tenant())?;
            Ok::<_, Problem>((link, request, stock, organizations))
        })
        .await?;
    visitor.lang = link.actor.lang;
    let say = Say::new(core, visitor.lang);
    let last = stock.last.clone();
    let form = filled.unwrap_or_else(|| {
        let mut form = start(&link.actor, last.as_ref().filter(|_| same));
        if let Some(request) = &request {
            form.insert("period".into(), request.period.to_string());
            if let Some(kind) = request.kind.filter(|_| !same) {
                form.insert("kind".into(), kind.to_string());
            }
        }
        form
    });
    let own = link.actor.organization_id.as_ref();
    let organization = own.map(|o| name_of(&organizations, o)).unwrap_or_default();
    let data = LogPage {
        asked: request.map(|r| Asked {
            by: r.asked_by,
            period: say.period(&r.period),
            message: r.message,
        }),
        here: format!("/log/{secret}"),
        upgrade: Upgrade::of(&link.actor, secret),
        same: last.is_some() && !same,
        view: stock.view(&say, &link.actor, form, problem),
        editing: false,
        version: 0,
        organization,
    };
    let title = say.text(
        "contribution-link-title",
        &[("name", data.organization.clone())],
    );
    let shell = page::public_shell(core, req, &visitor, Some(&link.actor.partnership), title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/log", &shell, &data)
}

/// Logs what the form says; a form that is sent twice logs once. Leads to the receipt.
#[post("/log/{secret}")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    match log_by_link(&core, &visitor, secret.clone(), &form).await {
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(
                &core,
                &req,
                visitor,
                &secret,
                false,
                Some(typed(&form)),
                Some(&p),
            )
            .await
        }
        other => other,
    }
}

async fn log_by_link(
    core: &Core,
    visitor: &Visitor,
    secret: String,
    form: &Form,
) -> Result<HttpResponse, Problem> {
    // A stranger's file is not kept: the link is opened before anything is written to disk.
    let (who, key) = (visitor.clone(), secret.clone());
    core.db
        .read(move |conn| open(conn, &key, &who).map(drop))
        .await?;
    let input = read(&of(form), None).map_err(Error::Invalid)?;
    let kept = kept(core, form)?;
    let visitor = visitor.clone();
    let once_key = IdempotencyKey(Some(form.text("key").to_string()).filter(|k| !k.is_empty()));
    let scope = format!("log:{}", hash_secret(&secret));
    once(
        &core.db,
        scope,
        once_key,
        "form".into(),
        visitor.now,
        move |conn| {
            let (made, _) = log_for(conn, &secret, &visitor, |conn, actor| {
                with_file(conn, actor, input, kept.as_ref())
            })?;
            Ok::<_, Problem>(see(format!("/log/{secret}/done/{}", made.id)))
        },
    )
    .await
}

/// Logs for the organization of a link, and notes that it has answered what was asked.
///
/// # Errors
/// As for opening the link, for reading and for logging.
pub(super) fn log_for(
    conn: &mut Conn,
    secret: &str,
    visitor: &Visitor,
    input: impl FnOnce(&mut Conn, &Actor) -> Result<NewContribution, DbError>,
) -> Result<(Contribution, Actor), Problem> {
    let (link, request) = open(conn, secret, visitor)?;
    let actor = link.actor;
    let input = input(conn, &actor)?;
    let made = log::log(conn, &actor, &input)?;
    if let Some(request) = request {
        let organization = &made.content.organization_id;
        requests::answered(conn, actor.tenant(), &request.id, organization, actor.now)?;
    }
    Ok((made, actor))
}

/// The form for correcting what this organization logged.
#[get("/log/{secret}/correct/{contribution}")]
async fn correct_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    show_correct(&core, &req, visitor, &path, None, None).await
}

async fn show_correct(
    core: &Core,
    req: &HttpRequest,
    mut visitor: Visitor,
    path: &(String, String),
    filled: Option<BTreeMap<String, String>>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (who, secret, id) = (visitor.clone(), path.0.clone(), parse_id(&path.1)?);
    let tracer = core.tracer.clone();
    let (actor, found, stock, organizations) = core
        .db
        .read(move |conn| {
            let actor = open(conn, &secret, &who)?.0.actor;
            let found = own(conn, &actor, &id)?;
            let stock = Stock::load(conn, &actor, &tracer)?;
            let organizations = directory::organizations(conn, actor.tenant())?;
            Ok::<_, Problem>((actor, found, stock, organizations))
        })
        .await?;
    visitor.lang = actor.lang;
    let say = Say::new(core, visitor.lang);
    let form = filled.unwrap_or_else(|| from_content(&found.content));
    let data = LogPage {
        view: stock.view(&say, &actor, form, problem),
        here: format!("/log/{}", path.0),
        upgrade: Upgrade::of(&actor, &path.0),
        organization: name_of(&organizations, &found.content.organization_id),
        asked: None,
        same: false,
        editing: true,
        version: found.version,
    };
    let title = say.text("contribution-correct-title", &[]);
    let shell = page::public_shell(core, req, &visitor, Some(&actor.partnership), title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/log", &shell, &data)
}

/// Corrects as the form says; leads to the receipt.
#[post("/log/{secret}/correct/{contribution}")]
async fn correct_submit(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (who, secret) = (visitor.clone(), path.0.clone());
    let actor = core
        .db
        .read(move |conn| Ok::<_, Problem>(open(conn, &secret, &who)?.0.actor))
        .await?;
    match corrected(&core, &actor, &path.1, &form).await {
        Ok(new) => Ok(page::see_other(
            &format!("/log/{}/done/{}", path.0, new.id),
            "contribution-corrected",
        )),
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show_correct(&core, &req, visitor, &path, Some(typed(&form)), Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

/// Answers the question about a contribution; leads back to its receipt.
#[post("/log/{secret}/answer/{contribution}")]
async fn answer(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (secret, id) = (path.0.clone(), parse_id(&path.1)?);
    let text = form.text("text").to_string();
    core.db
        .write(move |conn| {
            let actor = open(conn, &secret, &visitor)?.0.actor;
            judge::comment(conn, &actor, &id, &text)
                .map(drop)
                .map_err(Problem::from)
        })
        .await?;
    let back = format!("/log/{}/done/{}", path.0, path.1);
    Ok(page::see_other(&back, "contribution-answered"))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(form_page)
        .service(submit)
        .service(receipt)
        .service(answer)
        .service(correct_page)
        .service(correct_submit);
}
