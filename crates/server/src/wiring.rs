//! The one place that knows every domain: each brings its texts, doors, jobs, describers and permissions.

use std::sync::Arc;

use actix_web::web;
use backbone_events::Tracer;
use backbone_identity::attention::Attention;
use backbone_identity::calendar::Dated;
use backbone_identity::live::Topics;
use backbone_identity::notify::Notify;
use backbone_identity::{Core, NavSpec, PermissionInfo};
use backbone_jobs::Registry;
use backbone_search::Index;
use backbone_web::catalogue::added::Added;
use backbone_web::render::{RenderError, RendererBuilder};
use backbone_web::{Lang, Renderer};
use utoipa_actix_web::service_config::ServiceConfig;

/// Templates and messages of all rooms, and of the languages that were added.
///
/// # Errors
/// The first template or message source that is wrong.
pub fn renderer(strict: bool, added: &[Added]) -> Result<Renderer, RenderError> {
    let mut b = Renderer::builder();
    b.strict_text(strict);
    backbone_identity::texts(&mut b);
    backbone_contributions::texts(&mut b);
    backbone_metrics::texts(&mut b);
    backbone_storytelling::texts(&mut b);
    backbone_communications::texts(&mut b);
    backbone_decisions::texts(&mut b);
    backbone_notifications::texts(&mut b);
    own_texts(&mut b);
    for language in added {
        b.messages(language.lang.code(), language.lang, &language.source);
    }
    b.build()
}

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

fn own_texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("server")
        .messages("server", Lang::En, include_str!("../locales/en.ftl"))
        .messages("server", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// The JSON doors of each room.
const API: &[fn(&mut ServiceConfig<'_>)] = &[
    backbone_identity::api,
    backbone_contributions::api,
    backbone_metrics::api,
    backbone_storytelling::api,
    backbone_communications::api,
    backbone_decisions::api,
    backbone_notifications::api,
    crate::home::api,
    crate::partner::api,
    crate::search::api,
];

/// The JSON doors, below `/api/v1`, with what the description of the API says of them.
pub fn api(cfg: &mut ServiceConfig<'_>) {
    for room in API {
        room(cfg);
    }
}

/// The same doors for serving. Each room's part of the description is dropped before the next is made: every thread that answers
/// requests sets up its own doors, and all parts together are larger than everything else that the server holds.
pub fn api_routes(cfg: &mut web::ServiceConfig) {
    for room in API {
        room(&mut ServiceConfig::new(cfg));
    }
}

/// The HTML doors.
pub fn pages(cfg: &mut web::ServiceConfig) {
    backbone_web::assets::configure(cfg);
    backbone_web::theme::configure(cfg);
    // An organization's value stands below its own page.
    crate::partner::pages(cfg);
    backbone_identity::pages(cfg);
    backbone_contributions::pages(cfg);
    backbone_metrics::pages(cfg);
    backbone_storytelling::pages(cfg);
    backbone_communications::pages(cfg);
    backbone_decisions::pages(cfg);
    backbone_notifications::pages(cfg);
    crate::home::pages(cfg);
    crate::search::pages(cfg);
    crate::live::pages(cfg);
}

/// The rules that find what needs attention.
pub fn attention() -> Vec<Arc<dyn Attention>> {
    vec![
        Arc::new(backbone_communications::attention::Sending),
        Arc::new(backbone_contributions::attention::Given),
        Arc::new(backbone_decisions::attention::Deciding),
        Arc::new(backbone_storytelling::attention::Questions),
        Arc::new(backbone_identity::people::attention::Inviting),
        Arc::new(backbone_metrics::attention::Scorecards),
        Arc::new(backbone_storytelling::story::attention::Telling),
        Arc::new(crate::home::attention::Work),
    ]
}

/// Whom events and dates concern.
pub fn notify() -> Vec<Arc<dyn Notify>> {
    vec![
        Arc::new(backbone_decisions::notify::Deciding),
        Arc::new(backbone_contributions::notify::Giving),
        Arc::new(backbone_metrics::notify::Measuring),
        Arc::new(backbone_storytelling::notify::Telling),
        Arc::new(backbone_identity::people::notify::Joining),
    ]
}

/// What is due for somebody, for their calendar.
pub fn dates() -> Vec<Arc<dyn Dated>> {
    vec![
        Arc::new(backbone_decisions::calendar::Deadlines),
        Arc::new(backbone_contributions::calendar::Requests),
        Arc::new(backbone_metrics::calendar::Figures),
        Arc::new(backbone_storytelling::calendar::Reviews),
    ]
}

/// What can be found, by domain.
pub fn search() -> Index {
    Index::new(vec![
        Arc::new(backbone_identity::search::Members),
        Arc::new(backbone_contributions::search::Given),
        Arc::new(backbone_metrics::search::Measured),
        Arc::new(backbone_storytelling::search::Told),
        Arc::new(backbone_communications::search::Sent),
        Arc::new(backbone_decisions::search::Decided),
    ])
}

/// What pages can be refreshed by.
pub fn topics() -> Topics {
    Topics::new(vec![
        Arc::new(crate::live::Log("attention", "home.see")),
        Arc::new(crate::live::Log("timeline", "timeline.see")),
        Arc::new(crate::live::Jobs),
        Arc::new(backbone_communications::live::Sending),
        Arc::new(backbone_metrics::live::Importing),
        Arc::new(backbone_decisions::meeting::live::Meeting),
        Arc::new(backbone_notifications::Bell),
    ])
}

/// Kinds of job and schedules.
pub fn jobs() -> Registry<Core> {
    let mut r = Registry::default();
    backbone_identity::jobs(&mut r);
    backbone_contributions::jobs(&mut r);
    backbone_metrics::jobs(&mut r);
    backbone_storytelling::jobs(&mut r);
    backbone_communications::jobs(&mut r);
    backbone_decisions::jobs(&mut r);
    backbone_notifications::jobs(&mut r);
    crate::search::jobs(&mut r);
    crate::ops::jobs(&mut r);
    r
}

/// The trace over all domains.
pub fn tracer() -> Tracer {
    let mut tracer = Tracer::default();
    let all = [
        backbone_identity::describers(),
        backbone_contributions::describers(),
        backbone_metrics::describers(),
        backbone_storytelling::describers(),
        backbone_communications::describers(),
        backbone_decisions::describers(),
    ];
    for describer in all.into_iter().flatten() {
        tracer.register(describer);
    }
    tracer
}

/// Work that runs in a child process.
pub const SANDBOX_JOBS: &[(&str, backbone_sandbox::child::Job)] = &[
    ("echo", |input| Ok(input.to_vec())),
    (
        backbone_ingest::table::xlsx::JOB.0,
        backbone_ingest::table::xlsx::JOB.1,
    ),
    backbone_storytelling::SANDBOX_JOBS[0],
];

/// Every permission, for the documentation and the authorization walk.
pub fn permissions() -> Vec<PermissionInfo> {
    [
        backbone_identity::PERMISSIONS,
        backbone_contributions::PERMISSIONS,
        backbone_metrics::PERMISSIONS,
        backbone_storytelling::PERMISSIONS,
        backbone_communications::PERMISSIONS,
        backbone_decisions::PERMISSIONS,
        backbone_notifications::PERMISSIONS,
        crate::home::PERMISSIONS,
    ]
    .concat()
}

/// The rail, in its order.
pub fn nav() -> Vec<NavSpec> {
    const ORDER: &[&str] = &[
        "home",
        "decisions",
        "contributions",
        "scorecard",
        "received",
        "stories",
        "value-models",
        "imports",
        "newsletter",
        "organizations",
        "people",
        "settings",
    ];
    let mut nav = [
        crate::home::NAV,
        backbone_identity::NAV,
        backbone_contributions::NAV,
        backbone_metrics::NAV,
        backbone_storytelling::NAV,
        backbone_communications::NAV,
        backbone_decisions::NAV,
    ]
    .concat();
    nav.sort_by_key(|n| {
        ORDER
            .iter()
            .position(|k| *k == n.key)
            .unwrap_or(ORDER.len())
    });
    nav
}
