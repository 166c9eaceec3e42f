use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, Role, directory, page};
use backbone_web::{ApiQuery, Args, Form, IfMatch, Problem};
use serde::Serialize;

use super::progress::{self, ProgressQuery};
use crate::campaign::api::{CampaignView, id, view};
use crate::campaign::draft::{self, CampaignEdit};
use crate::campaign::{CampaignState, Kind, preview};
use crate::contact;
use crate::delivery::{self, Delivery};
use crate::error::Error;
use crate::policy::{EditCampaigns, SeeCampaigns, SendCampaigns};
use crate::ui::{Choice, Wrong, errors, languages};

/// Recipients shown on the page of a draft.
const SHOWN: i64 = 100;

#[derive(Serialize)]
struct Draft {
    base: String,
    here: String,
    version: i64,
    correction: bool,
    form: BTreeMap<String, String>,
    headline: String,
    changes: Vec<crate::campaign::Change>,
    total: i64,
    more: i64,
    recipients: Vec<Recipient>,
    findings: Vec<Told>,
    blocked: bool,
    roles: Vec<RoleChoice>,
    people: Vec<Choice>,
    contacts: i64,
    bases: Vec<Choice>,
    languages: Vec<Choice>,
    errors: Vec<Wrong>,
    wrong: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Recipient {
    #[serde(flatten)]
    delivery: Delivery,
    remove: String,
}

#[derive(Serialize)]
struct RoleChoice {
    value: &'static str,
    label: String,
    checked: bool,
}

/// A finding in words.
#[derive(Serialize)]
pub(super) struct Told {
    blocks: bool,
    text: String,
}

struct Loaded {
    view: CampaignView,
    recipients: Vec<Delivery>,
    people: Vec<directory::Reachable>,
    contacts: i64,
}

fn told(core: &Core, actor: &Actor, view: &CampaignView) -> Vec<Told> {
    view.findings
        .iter()
        .map(|f| {
            let mut args = Args::new();
            args.set("subject", f.subject.clone());
            Told {
                blocks: f.blocks,
                text: core
                    .renderer
                    .text(actor.lang, &format!("field-{}", f.code), &args),
            }
        })
        .collect()
}

/// A campaign: its draft, or its progress once it was sent.
#[get("/p/{partnership}/campaigns/{campaign}")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeCampaigns>,
    path: web::Path<(String, String)>,
    query: ApiQuery<ProgressQuery>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (who, campaign) = (actor.clone(), id.clone());
    let view = core
        .db
        .read(move |conn| view(conn, &who, &campaign))
        .await?;
    if view.campaign.state == CampaignState::Draft {
        draft_page(&core, &req, actor, view, None, None).await
    } else {
        progress::page(&core, &req, actor, view, query.0).await
    }
}

async fn draft_page(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    view: CampaignView,
    typed: Option<&Form>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), view.campaign.id.clone());
    let loaded = core
        .db
        .read(move |conn| {
            Ok::<_, Error>(Loaded {
                recipients: delivery::store::list(conn, &tenant, &id, None, None, SHOWN)?,
                people: directory::members(conn, &tenant, &[])?,
                contacts: contact::store::count(conn, &tenant)?,
                view,
            })
        })
        .await?;
    let data = data(core, &actor, loaded, typed, problem);
    let title = core
        .renderer
        .text(actor.lang, "communications-draft-title", &Args::new());
    let shell = page::shell(core, req, &actor, "newsletter", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(
        core,
        status,
        "communications/campaigns/draft",
        &shell,
        &data,
    )
}

fn data(
    core: &Core,
    actor: &Actor,
    loaded: Loaded,
    typed: Option<&Form>,
    problem: Option<&Problem>,
) -> Draft {
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let base = format!("/p/{}", actor.partnership.slug);
    let here = format!("{base}/campaigns/{}", loaded.view.campaign.id);
    let (errors, wrong) = errors(core, actor.lang, problem);
    let findings = told(core, actor, &loaded.view);
    let c = &loaded.view.campaign;
    let stored = [
        ("subject", c.subject.clone()),
        ("note", c.note.clone()),
        ("note_author", c.note_author.clone()),
        ("sender_name", c.sender_name.clone()),
        ("reply_to", c.reply_to.clone()),
        ("rate_per_minute", c.rate_per_minute.to_string()),
        ("reason", loaded.view.content.reason.clone()),
    ];
    let form = stored
        .into_iter()
        .map(|(k, v)| (k.to_string(), typed.map_or(v, |f| f.text(k).to_string())))
        .collect();
    Draft {
        version: c.version,
        correction: c.kind == Kind::Correction,
        form,
        headline: loaded.view.content.edition.headline,
        changes: loaded.view.content.changes,
        total: loaded.view.counts.total,
        more: (loaded.view.counts.total - SHOWN).max(0),
        recipients: loaded
            .recipients
            .into_iter()
            .map(|delivery| Recipient {
                remove: format!("{here}/recipients/{}/remove", delivery.id),
                delivery,
            })
            .collect(),
        blocked: loaded.view.findings.iter().any(|f| f.blocks),
        findings,
        roles: Role::ALL
            .iter()
            .map(|r| RoleChoice {
                value: r.as_str(),
                label: text(&format!(
                    "communications-role-{}",
                    r.as_str().replace('_', "-")
                )),
                checked: *r == Role::Funder,
            })
            .collect(),
        people: loaded
            .people
            .into_iter()
            .map(|p| Choice {
                value: p.person_id.to_string(),
                label: match p.organization {
                    Some(organization) => format!("{}, {organization}", p.name),
                    None => p.name,
                },
            })
            .collect(),
        contacts: loaded.contacts,
        bases: crate::ui::choices(contact::ConsentBasis::ALL.iter().map(|b| b.as_str()), |b| {
            text(&format!("communications-basis-{}", b.replace('_', "-")))
        }),
        languages: languages(),
        errors,
        wrong,
        base,
        here,
    }
}

/// Changes the texts of a draft.
#[post("/p/{partnership}/campaigns/{campaign}")]
pub(super) async fn edit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditCampaigns>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let seen = IfMatch(form.text("version").parse().ok());
    let change = read(&form);
    let (who, campaign) = (actor.clone(), id.clone());
    let done = core
        .db
        .write(move |conn| draft::edit(conn, &who, &campaign, seen, change))
        .await
        .map_err(Problem::from);
    match done {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/campaigns/{id}", actor.partnership.slug),
            "communications-saved",
        )),
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let who = actor.clone();
            let view = core.db.read(move |conn| view(conn, &who, &id)).await?;
            draft_page(&core, &req, actor, view, Some(&form), Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}

fn read(form: &Form) -> CampaignEdit {
    let text = |name: &str| Some(form.text(name).to_string());
    CampaignEdit {
        subject: text("subject"),
        note: text("note"),
        note_author: text("note_author"),
        sender_name: text("sender_name"),
        reply_to: text("reply_to"),
        // What is not a number is refused as out of range; empty is without limit.
        rate_per_minute: Some(match form.text("rate_per_minute").trim() {
            "" => 0,
            typed => typed.parse().unwrap_or(-1),
        }),
        reason: text("reason"),
    }
}

#[derive(Serialize)]
struct Confirm {
    here: String,
    subject: String,
    sender_name: String,
    total: i64,
    kb: usize,
    worst: String,
    findings: Vec<Told>,
    blocked: bool,
    preview_en: String,
    preview_nl: String,
    preview_text: String,
}

/// Names the count and shows what would leave, before anything does.
#[get("/p/{partnership}/campaigns/{campaign}/confirm")]
pub(super) async fn confirm(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SendCampaigns>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (who, campaign) = (actor.clone(), id.clone());
    let mut view = core
        .db
        .read(move |conn| view(conn, &who, &campaign))
        .await?;
    let here = format!("/p/{}/campaigns/{id}", actor.partnership.slug);
    if view.campaign.state != CampaignState::Draft {
        return Ok(page::see_other(&here, ""));
    }
    let (held, who, looked) = (core.clone(), actor.clone(), view.campaign.clone());
    let sized = web::block(move || preview::sized(&held, &who, &looked))
        .await
        .map_err(Problem::internal)??;
    view.findings.extend(sized.findings);
    let findings = told(&core, &actor, &view);
    let data = Confirm {
        kb: sized.html.div_ceil(1024),
        worst: format!("{here}/worst"),
        subject: view.campaign.subject.clone(),
        sender_name: view.campaign.sender_name.clone(),
        total: view.counts.total,
        blocked: view.findings.iter().any(|f| f.blocks),
        findings,
        preview_en: format!("{here}/preview?lang=en"),
        preview_nl: format!("{here}/preview?lang=nl"),
        preview_text: format!("{here}/preview.txt"),
        here,
    };
    let mut args = Args::new();
    args.set("n", view.counts.total);
    let title = core
        .renderer
        .text(actor.lang, "communications-confirm-title", &args);
    let shell = page::shell(&core, &req, &actor, "newsletter", title);
    page::html(
        &core,
        StatusCode::OK,
        "communications/campaigns/confirm",
        &shell,
        &data,
    )
}
