//! "Where does 61 % come from?": from a figure step by step to who logged what, as far as it may be told outside.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{Frame, Theme, TraceBox, TraceChart, TraceWords};
use backbone_db::{Conn, DbError, Instant};
use backbone_events::{Audience, Direction, Node, Object, Trace};
use backbone_identity::{Core, Visitor, page};
use backbone_web::format::PeriodStyle;
use backbone_web::{ApiQuery, Args, Lang, Problem, SafeHtml};
use serde::Serialize;
use serde_json::{Value, json};

use super::chain::{Step, chain, step};
use super::find::{Found, find};
use super::pages::{Which, guarded, shell};
use crate::question::ask::NewQuestion;
use crate::question::reader::{self, Known, Reader};
use crate::question::{Shown, public, rules, store};
use crate::story::published::FrozenFigure;
use crate::words;

/// Steps of a walk: figure → calculation → model → metric → period → measurement → contribution → who.
const DEPTH: usize = 7;
/// Nodes of one level that are told one by one.
const SHOWN: usize = 12;
/// Organizations whose shares are told one by one.
const SHARES: usize = 40;

/// A further line about an object.
#[derive(Serialize)]
struct Line {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct TracePage {
    question: String,
    story_title: String,
    story_href: String,
    bundle: String,
    sent: Option<Sent>,
    summary: String,
    facts: Vec<Line>,
    steps: Vec<Step>,
    more: usize,
    picture: Option<SafeHtml>,
    /// The same for a phone, its links beneath each other.
    picture_narrow: Option<SafeHtml>,
    ask: Option<Asking>,
}

/// The figure as it was sent, and as it is now.
#[derive(Serialize)]
struct Sent {
    text: String,
    at: Instant,
    period: String,
    changed: bool,
    now: String,
    known: bool,
}

/// Where a figure comes from.
#[get("/s/{secret}/figure/{key}")]
pub(super) async fn figure_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let path = path.into_inner();
    if let Some(token) = &which.0.r {
        return Ok(reader::remember(&req, &path.0, token));
    }
    trace_page(&core, &req, visitor, path, which.0.edition, None).await
}

/// The page of a figure; with what was asked and why it was refused, when the form comes back.
pub(crate) async fn trace_page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    visitor: Visitor,
    (secret, key): (String, String),
    edition: Option<i64>,
    again: Option<(&NewQuestion, &Problem)>,
) -> Result<HttpResponse, Problem> {
    let base = format!("/s/{secret}");
    let (held, now, known) = (core.clone(), visitor.now, Known::of(req));
    let (found, figure, trace, shown, reader) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, edition, now)?;
            let figure = found
                .edition
                .view
                .figure(&key)
                .cloned()
                .ok_or_else(Problem::not_found)?;
            let trace = walk(&held, c, &found, &Object::new("figure", &figure.id))?;
            let tenant = found.partnership.id.as_str();
            let mut shown = store::shown(c, tenant, &found.edition.story_id)?;
            shown.retain(|q| q.figure_key == figure.key);
            let reader = known.reader(&held, c, tenant, now)?;
            Ok::<_, Problem>((found, figure, trace, shown, reader))
        })
        .await?;
    let lang = found.edition.view.lang();
    let mut args = Args::new();
    args.set("figure", figure.text.clone());
    let question = core.renderer.text(lang, "story-trace-question", &args);
    let chain = chain(core, lang, &base, &trace, |kind| match kind {
        "contribution_share" => SHARES,
        _ => SHOWN,
    });
    let mut data = TracePage {
        picture: picture(core, lang, &found, &figure, &trace, 640),
        picture_narrow: picture(core, lang, &found, &figure, &trace, 328),
        sent: Some(sent(&found, &figure)),
        summary: trace
            .root
            .as_ref()
            .map(|n| n.summary.clone())
            .unwrap_or_default(),
        facts: facts(core, lang, trace.root.as_ref()),
        steps: chain.steps,
        more: chain.hidden,
        ask: Some(asking(
            core, lang, &base, &figure, edition, shown, reader, again,
        )),
        ..frame(&found, &base, question.clone())
    };
    // The period stands beside the value already.
    let shown = words::period(lang, &figure.period, PeriodStyle::Long);
    data.facts.retain(|f| f.value != shown);
    let status = again.map_or(StatusCode::OK, |(_, problem)| problem.status);
    answer(core, req, visitor, &found, question, status, &data)
}

/// What was asked about the figure, and the form to ask more.
#[derive(Serialize)]
struct Asking {
    action: String,
    shown: Vec<Shown>,
    /// Who is known by the link in their mail: name and hidden address.
    reader: Option<ReaderShown>,
    form: Value,
    wrong: Value,
    errors: Value,
}

#[derive(Serialize)]
struct ReaderShown {
    name: String,
    address: String,
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is one thing that the form shows"
)]
fn asking(
    core: &Core,
    lang: Lang,
    base: &str,
    figure: &FrozenFigure,
    edition: Option<i64>,
    shown: Vec<Shown>,
    reader: Option<Reader>,
    again: Option<(&NewQuestion, &Problem)>,
) -> Asking {
    let mut typed = again.map_or_else(
        || json!({"form": {}, "wrong": {}, "errors": []}),
        |(new, problem)| public::typed(core, lang, new, problem),
    );
    let of = edition.map(|n| format!("?edition={n}")).unwrap_or_default();
    Asking {
        action: format!("{base}/figure/{}/ask{of}#ask", figure.key),
        shown,
        reader: reader.map(|r| ReaderShown {
            address: rules::hidden(&r.email),
            name: r.name,
        }),
        form: typed["form"].take(),
        wrong: typed["wrong"].take(),
        errors: typed["errors"].take(),
    }
}

/// One object behind a figure of this story.
#[get("/s/{secret}/trace/{kind}/{id}")]
pub(super) async fn object_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (secret, kind, id) = path.into_inner();
    let base = format!("/s/{secret}");
    let (held, now) = (core.clone(), visitor.now);
    let (found, node, next) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, None, now)?;
            let (node, next) = source(&held, c, &found, Object { kind, id })?;
            Ok::<_, Problem>((found, node, next))
        })
        .await?;
    let lang = found.edition.view.lang();
    let mut args = Args::new();
    args.set("figure", node.title.clone());
    let question = core.renderer.text(lang, "story-trace-question", &args);
    let data = TracePage {
        summary: node.summary.clone(),
        facts: facts(&core, lang, Some(&node)),
        steps: next
            .iter()
            .take(60)
            .map(|n| step(&core, lang, &base, n))
            .collect(),
        more: next.len().saturating_sub(60),
        ..frame(&found, &base, question.clone())
    };
    answer(
        &core,
        &req,
        visitor,
        &found,
        question,
        StatusCode::OK,
        &data,
    )
}

/// The parts that figure and object have in common.
fn frame(found: &Found, base: &str, question: String) -> TracePage {
    let view = &found.edition.view;
    TracePage {
        question,
        story_title: view.plain(&view.headline),
        story_href: base.to_string(),
        bundle: format!("{base}/bundle.zip"),
        sent: None,
        summary: String::new(),
        facts: Vec::new(),
        steps: Vec::new(),
        more: 0,
        picture: None,
        picture_narrow: None,
        ask: None,
    }
}

fn answer(
    core: &Core,
    req: &HttpRequest,
    visitor: Visitor,
    found: &Found,
    title: String,
    status: StatusCode,
    data: &TracePage,
) -> Result<HttpResponse, Problem> {
    let shell = shell(core, req, visitor, found, title);
    page::html(core, status, "storytelling/stories/trace", &shell, data).map(guarded)
}

/// The chain behind an object, as outsiders may see it.
pub(super) fn walk(
    core: &Core,
    conn: &mut Conn,
    found: &Found,
    from: &Object,
) -> Result<Trace, DbError> {
    core.tracer.trace(
        conn,
        found.partnership.id.as_str(),
        from,
        Direction::Behind,
        Audience::Public,
        DEPTH,
        found.edition.view.lang().code(),
    )
}

/// An object behind a figure of this story, and what it rests on itself.
///
/// # Errors
/// 404 for whatever no figure rests on.
pub(super) fn source(
    core: &Core,
    conn: &mut Conn,
    found: &Found,
    wanted: Object,
) -> Result<(Node, Vec<Node>), Problem> {
    let node = reachable(core, conn, found, &wanted)?.ok_or_else(Problem::not_found)?;
    let tenant = found.partnership.id.as_str();
    let sources: Vec<Object> = core
        .tracer
        .step(conn, tenant, &wanted, Direction::Behind)?
        .into_iter()
        .map(|(_, object)| object)
        .collect();
    let lang = found.edition.view.lang().code();
    let next = core
        .tracer
        .nodes(conn, tenant, &sources, Audience::Public, lang)?;
    Ok((node, next))
}

/// The object as outsiders may see it, if some figure of the story rests on it; nothing else of the partnership can be asked for.
fn reachable(
    core: &Core,
    conn: &mut Conn,
    found: &Found,
    wanted: &Object,
) -> Result<Option<Node>, DbError> {
    for figure in &found.edition.view.figures {
        let trace = walk(core, conn, found, &Object::new("figure", &figure.id))?;
        let mut nodes = trace.levels.into_iter().flatten();
        if let Some(node) = nodes.find(|n| n.object == *wanted) {
            return Ok(Some(node));
        }
    }
    Ok(None)
}

fn sent(found: &Found, figure: &FrozenFigure) -> Sent {
    let changed = found.changed.iter().find(|c| c.key == figure.key);
    Sent {
        text: figure.text.clone(),
        at: figure.frozen_at,
        period: words::period(found.edition.view.lang(), &figure.period, PeriodStyle::Long),
        changed: changed.is_some(),
        now: changed.map(|c| c.now.clone()).unwrap_or_default(),
        known: changed.is_none_or(|c| c.known),
    }
}

pub(super) fn kind_word(core: &Core, lang: Lang, kind: &str) -> String {
    let key = format!("kind-{}", kind.replace('_', "-"));
    if core.renderer.catalogue().has(lang, &key) {
        core.renderer.text(lang, &key, &Args::new())
    } else {
        core.renderer.text(lang, "story-kind-source", &Args::new())
    }
}

fn facts(core: &Core, lang: Lang, node: Option<&Node>) -> Vec<Line> {
    let lines = node.into_iter().flat_map(|n| &n.facts).map(|fact| {
        let known = core.renderer.catalogue().has(lang, &fact.label);
        Line {
            label: if known {
                core.renderer.text(lang, &fact.label, &Args::new())
            } else {
                fact.label.clone()
            },
            value: fact.value.clone(),
        }
    });
    lines.collect()
}

/// The chain as a picture: the story, the figure, and the nearest source of each level.
fn picture(
    core: &Core,
    lang: Lang,
    found: &Found,
    figure: &FrozenFigure,
    trace: &Trace,
    width: u32,
) -> Option<SafeHtml> {
    if trace.levels.is_empty() {
        return None;
    }
    let id = format!("trace-picture-{width}");
    let word = |key: &str| core.renderer.text(lang, key, &Args::new());
    let view = &found.edition.view;
    let mut links: Vec<(String, String, String)> = vec![
        (
            kind_word(core, lang, "story"),
            view.plain(&view.headline),
            String::new(),
        ),
        (
            kind_word(core, lang, "figure"),
            figure.label.clone(),
            figure.text.clone(),
        ),
    ];
    let mut seen: HashSet<&str> = HashSet::new();
    for node in trace.levels.iter().filter_map(|l| l.first()).take(5) {
        if seen.insert(&node.object.kind) {
            let kind = kind_word(core, lang, &node.object.kind);
            links.push((kind, node.title.clone(), String::new()));
        }
    }
    let boxes: Vec<TraceBox<'_>> = links
        .iter()
        .enumerate()
        .map(|(i, (kind, name, value))| TraceBox {
            kind,
            name,
            value,
            current: i == 1,
        })
        .collect();
    let names: Vec<&str> = links.iter().map(|(_, name, _)| name.as_str()).collect();
    let description = names.join(" ← ");
    let title = word("story-trace-picture");
    let chart = backbone_charts::trace(&TraceChart {
        frame: Frame {
            id: &id,
            title: &title,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        boxes: &boxes,
        words: TraceWords {
            kind: &word("story-trace-kind"),
            name: &word("story-trace-name"),
            value: &word("story-trace-value"),
            no_data: &word("story-chart-empty"),
        },
    });
    Some(SafeHtml::trusted(chart.svg))
}
