//! The walk behind a figure as programs read it: what its page tells, no more.

use actix_web::{HttpResponse, get, web};
use backbone_db::Instant;
use backbone_events::{Node, Object, Trace};
use backbone_identity::{Core, Visitor};
use backbone_web::{ApiQuery, Problem, ProblemBody};
use serde::Serialize;

use super::find::{Changed, find};
use super::pages::{Which, guarded};
use super::trace::{source, walk};

/// A figure of a published story, and the chain behind it.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct PublicFigure {
    /// Its key in the story.
    key: String,
    /// What it is.
    label: String,
    /// As it was published.
    text: String,
    /// The period it is about.
    period: String,
    /// When it was frozen.
    frozen_at: Instant,
    /// How it reads differently now; absent when it does not.
    changed: Option<Changed>,
    /// What it rests on, as far as outsiders may see it.
    trace: Trace,
}

/// An object behind a figure, and what it rests on itself.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct PublicSource {
    /// The object.
    node: Node,
    /// Its own sources.
    sources: Vec<Node>,
}

/// Tells where a figure of a published story comes from.
#[utoipa::path(tag = "stories",
    params(("secret" = String, Path, description = "The end of the story's address"),
           ("key" = String, Path, description = "The figure's key in the story"), Which),
    responses((status = 200, body = PublicFigure), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/public/stories/{secret}/figures/{key}")]
pub(crate) async fn figure(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let (secret, key) = path.into_inner();
    let held = core.clone();
    let told = core
        .db
        .read(move |c| {
            let found = find(c, &secret, which.0.edition, visitor.now)?;
            let figure = found.edition.view.figure(&key);
            let figure = figure.cloned().ok_or_else(Problem::not_found)?;
            let mut trace = walk(&held, c, &found, &Object::new("figure", &figure.id))?;
            let nodes = trace.root.iter_mut();
            nodes
                .chain(trace.levels.iter_mut().flatten())
                .for_each(outside);
            Ok::<_, Problem>(PublicFigure {
                changed: found.changed.into_iter().find(|c| c.key == figure.key),
                key: figure.key,
                label: figure.label,
                text: figure.text,
                period: figure.period,
                frozen_at: figure.frozen_at,
                trace,
            })
        })
        .await?;
    Ok(guarded(HttpResponse::Ok().json(told)))
}

/// Shows one object behind a figure of a published story. Nothing else of the partnership can be asked for.
#[utoipa::path(tag = "stories",
    params(("secret" = String, Path, description = "The end of the story's address"),
           ("kind" = String, Path, description = "Kind of object, such as metric"), ("id" = String, Path, description = "Its identifier")),
    responses((status = 200, body = PublicSource), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/public/stories/{secret}/trace/{kind}/{id}")]
pub(crate) async fn sources(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (secret, kind, id) = path.into_inner();
    let held = core.clone();
    let (mut node, mut sources) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, None, visitor.now)?;
            source(&held, c, &found, Object { kind, id })
        })
        .await?;
    outside(&mut node);
    sources.iter_mut().for_each(outside);
    Ok(guarded(
        HttpResponse::Ok().json(PublicSource { node, sources }),
    ))
}

/// The addresses of members' pages open nothing to others.
fn outside(node: &mut Node) {
    node.href = None;
}
