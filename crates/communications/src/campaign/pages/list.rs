use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{DbError, Instant};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Form, Page, PageQuery, Problem};
use serde::{Deserialize, Serialize};

use super::tone;
use crate::campaign::draft::{self, NewCampaign};
use crate::campaign::{Campaign, CampaignState, store};
use crate::delivery::{self, Counts};
use crate::policy::{EditCampaigns, SeeCampaigns};
use crate::stories::{Live, Stories};
use crate::ui::{Choice, Wrong, errors};

#[derive(Serialize)]
struct Row {
    subject: String,
    href: String,
    tone: &'static str,
    state: String,
    kind: String,
    accepted: i64,
    total: i64,
    failed: i64,
    at: Instant,
}

#[derive(Serialize)]
struct Campaigns {
    base: String,
    rows: Vec<Row>,
    older: Option<String>,
}

/// All campaigns, newest first.
#[get("/p/{partnership}/campaigns")]
pub(super) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeCampaigns>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (limit, before) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows: Vec<(Campaign, Counts)> = core
        .db
        .read(move |conn| {
            let mut rows = Vec::new();
            for c in store::list(conn, &tenant, before.as_deref(), limit + 1)? {
                let counts = delivery::store::counts(conn, &c.id)?;
                rows.push((c, counts));
            }
            Ok::<_, DbError>(rows)
        })
        .await?;
    let base = format!("/p/{}", actor.partnership.slug);
    let cut = Page::cut(rows, limit, |r| r.0.id.to_string());
    let data = Campaigns {
        older: cut
            .next_cursor
            .as_ref()
            .map(|c| format!("{base}/campaigns?cursor={c}")),
        rows: cut
            .items
            .into_iter()
            .map(|(c, n)| row(&core, &actor, &base, c, n))
            .collect(),
        base,
    };
    let title = core
        .renderer
        .text(actor.lang, "communications-campaigns", &Args::new());
    let shell = page::shell(&core, &req, &actor, "newsletter", title);
    page::html(
        &core,
        StatusCode::OK,
        "communications/campaigns/index",
        &shell,
        &data,
    )
}

fn row(core: &Core, actor: &Actor, base: &str, c: Campaign, n: Counts) -> Row {
    let text = |key: String| core.renderer.text(actor.lang, &key, &Args::new());
    let waits = c.waiting_reason.is_some()
        && matches!(c.state, CampaignState::Queued | CampaignState::Sending);
    Row {
        href: format!("{base}/campaigns/{}", c.id),
        tone: if waits { "bad" } else { tone(c.state) },
        state: if waits {
            text("communications-waits".into())
        } else {
            text(format!("communications-state-{}", c.state))
        },
        kind: text(format!("communications-kind-{}", c.kind)),
        subject: c.subject,
        accepted: n.accepted,
        total: n.total,
        failed: n.failed,
        at: c.queued_at.unwrap_or(c.created_at),
    }
}

#[derive(Deserialize)]
struct Chosen {
    story: Option<String>,
}

#[derive(Serialize)]
struct NewPage {
    base: String,
    stories: Vec<Choice>,
    story: String,
    errors: Vec<Wrong>,
    wrong: std::collections::BTreeMap<String, String>,
}

async fn new_page(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    story: String,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let out = core.db.read(move |conn| Live.out(conn, &tenant)).await?;
    let (errors, wrong) = errors(core, actor.lang, problem);
    let data = NewPage {
        base: format!("/p/{}", actor.partnership.slug),
        stories: out
            .into_iter()
            .map(|o| Choice {
                value: o.edition.story_id,
                label: o.title,
            })
            .collect(),
        story,
        errors,
        wrong,
    };
    let title = core
        .renderer
        .text(actor.lang, "communications-new", &Args::new());
    let shell = page::shell(core, req, &actor, "newsletter", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "communications/campaigns/new", &shell, &data)
}

/// Chooses the story to send.
#[get("/p/{partnership}/campaigns/new")]
pub(super) async fn choose(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditCampaigns>,
    query: ApiQuery<Chosen>,
) -> Result<HttpResponse, Problem> {
    let story = query.0.story.unwrap_or_default();
    new_page(&core, &req, actor.into_actor(), story, None).await
}

/// Makes the draft.
#[post("/p/{partnership}/campaigns")]
pub(super) async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditCampaigns>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewCampaign {
        story_id: form.text("story_id").to_string(),
        ..NewCampaign::default()
    };
    let who = actor.clone();
    let made = core
        .db
        .write(move |conn| draft::create(conn, &who, &Live, &new))
        .await
        .map_err(Problem::from);
    match made {
        Ok(campaign) => Ok(page::see_other(
            &format!("/p/{}/campaigns/{}", actor.partnership.slug, campaign.id),
            "communications-drafted",
        )),
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let story = form.text("story_id").to_string();
            new_page(&core, &req, actor, story, Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}
