use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_events::{Audience, Direction, Object, Trace};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Problem, ProblemBody};
use serde::Deserialize;
use serde_json::json;

use super::policy::SeeTrace;
use backbone_communications::policy::SeeCampaigns;
use backbone_contributions::policy::SeeContributions;
use backbone_identity::policy::{SeeFiles, SeeOrganizations, SeePeople};
use backbone_metrics::policy::{SeeMeasurements, SeeScorecard};
use backbone_storytelling::policy::{SeeQuestions, SeeStories, SeeValueModels};

/// How to walk.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TraceQuery {
    /// `behind` (where does it come from?) or `ahead` (what did it move?).
    direction: Option<Direction>,
    /// Steps, 1 to 8; 5 when not given.
    depth: Option<usize>,
}

/// The chain behind (or ahead of) any object.
#[utoipa::path(tag = "trace",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("kind" = String, Path, description = "Kind of object, such as metric"),
           ("id" = String, Path, description = "Its identifier"), TraceQuery),
    responses((status = 200, body = Trace), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("trace.see"))))]
#[get("/partnerships/{partnership}/trace/{kind}/{id}")]
pub async fn get(
    core: web::Data<Core>,
    actor: Allowed<SeeTrace>,
    path: web::Path<(String, String, String)>,
    query: ApiQuery<TraceQuery>,
) -> Result<HttpResponse, Problem> {
    let (_, kind, id) = path.into_inner();
    let direction = query.0.direction.unwrap_or(Direction::Behind);
    let trace = walk(
        &core,
        &actor,
        Object { kind, id },
        direction,
        query.0.depth.unwrap_or(5),
    )
    .await?;
    Ok(HttpResponse::Ok().json(trace))
}

#[get("/p/{partnership}/trace/{kind}/{id}")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeTrace>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (_, kind, id) = path.into_inner();
    let object = Object { kind, id };
    let behind = walk(&core, &actor, object.clone(), Direction::Behind, 4).await?;
    let ahead = walk(&core, &actor, object.clone(), Direction::Ahead, 4).await?;
    let (tenant, of) = (actor.tenant().to_string(), object.clone());
    let history = core
        .db
        .read(move |c| backbone_events::of_object(c, &tenant, &of))
        .await?;
    let word = |key: String| core.renderer.text(actor.lang, &key, &Args::new());
    let shown = |trace: &Trace| -> Vec<_> {
        trace
            .levels
            .iter()
            .flatten()
            .map(|n| {
                json!({"kind_label": word(format!("kind-{}", n.object.kind.replace('_', "-"))), "title": n.title,
                       "summary": n.summary, "href": n.href})
            })
            .collect()
    };
    let facts: Vec<_> = behind
        .root
        .iter()
        .flat_map(|n| &n.facts)
        .map(|f| json!({"label": word(f.label.clone()), "value": f.value}))
        .collect();
    let title = behind
        .root
        .as_ref()
        .map(|n| n.title.clone())
        .unwrap_or_default();
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "",
        core.renderer
            .text(actor.lang, "trace-page-title", &Args::new()),
    );
    let data = json!({
        "title": title,
        "root": behind.root,
        "behind": shown(&behind),
        "ahead": shown(&ahead),
        "facts": facts,
        "history": history.iter().map(|e| super::timeline::event_line(&core, &actor, e)).collect::<Vec<_>>(),
    });
    page::html(&core, StatusCode::OK, "server/trace", &shell, &data)
}

/// Whether the page of this kind of object opens for the actor. Where it would answer no, the trace tells the name without a link.
fn opens(actor: &Actor, kind: &str) -> bool {
    match kind {
        "campaign" => actor.may::<SeeCampaigns>(),
        "story" | "figure" => actor.may::<SeeStories>(),
        "question" => actor.may::<SeeQuestions>(),
        "value_model" | "value_calculation" => actor.may::<SeeValueModels>(),
        "metric" | "metric_period" => actor.may::<SeeScorecard>(),
        "measurement" => actor.may::<SeeMeasurements>(),
        "person" => actor.may::<SeePeople>(),
        "organization" => actor.may::<SeeOrganizations>(),
        "file" => actor.may::<SeeFiles>(),
        kind if kind.starts_with("contribution") => actor.may::<SeeContributions>(),
        _ => true,
    }
}

async fn walk(
    core: &web::Data<Core>,
    actor: &Actor,
    object: Object,
    direction: Direction,
    depth: usize,
) -> Result<Trace, Problem> {
    let (held, tenant, lang) = (core.clone(), actor.tenant().to_string(), actor.lang.code());
    let depth = depth.clamp(1, 8);
    let mut trace = core
        .db
        .read(move |c| {
            held.tracer.trace(
                c,
                &tenant,
                &object,
                direction,
                Audience::Members,
                depth,
                lang,
            )
        })
        .await?;
    for node in trace
        .root
        .iter_mut()
        .chain(trace.levels.iter_mut().flatten())
    {
        if !opens(actor, &node.object.kind) {
            node.href = None;
        }
        if let Some(href) = &mut node.href
            && !href.starts_with("/p/")
        {
            *href = format!("/p/{}{href}", actor.partnership.slug);
        }
    }
    if trace.root.is_none() {
        Err(Problem::not_found())
    } else {
        Ok(trace)
    }
}
