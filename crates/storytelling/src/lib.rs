//! What the work is worth, told so that it can be checked: value models, and the stories whose figures come from them.

pub mod attention;
pub mod calendar;
mod error;
pub mod figure;
pub mod listing;
pub mod notify;
pub mod policy;
mod public;
pub(crate) use public::page as public_page;
pub mod question;
pub mod retelling;
mod schema;
pub mod search;
pub mod story;
pub mod value_model;
mod words;

use std::sync::Arc;

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, Permission, PermissionInfo, Role};
use backbone_jobs::Schedule;
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Adds this domain's templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("storytelling")
        .messages("storytelling", Lang::En, include_str!("../locales/en.ftl"))
        .messages("storytelling", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// The JSON door, mounted under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    value_model::api(cfg);
    story::api_routes(cfg);
    question::api_routes(cfg);
    listing::api_routes(cfg);
    public::api_routes(cfg);
}

/// The pages, mounted at `/`.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    value_model::pages(cfg);
    story::page_routes(cfg);
    question::page_routes(cfg);
    listing::page_routes(cfg);
    public::page_routes(cfg);
}

/// Jobs and schedules.
pub fn jobs(registry: &mut backbone_jobs::Registry<Core>) {
    registry.job::<story::changes::DetectChanges>();
    registry.job::<question::ForgetUnconfirmed>();
    registry.schedule(Schedule::new(
        "storytelling.forget_questions",
        "23 3 * * *",
        |conn, now| {
            backbone_jobs::enqueue::<Core, _>(conn, None, &question::ForgetUnconfirmed {}, now)
                .map(drop)
        },
    ));
    registry.schedule(Schedule::new(
        "storytelling.detect_changes",
        "* * * * *",
        |conn, now| {
            backbone_jobs::enqueue::<Core, _>(conn, None, &story::changes::DetectChanges {}, now)
                .map(drop)
        },
    ));
}

/// What the trace may tell about this domain's objects.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    vec![
        value_model::describer(),
        Arc::new(story::describe::Describer),
        Arc::new(question::Describer),
    ]
}

/// What this domain does in child processes: name and work.
pub const SANDBOX_JOBS: &[(&str, backbone_sandbox::child::Job)] =
    &[(story::layout::JOB, story::layout::job)];

/// Every permission of this domain.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// Entries of the rail.
pub const NAV: &[NavSpec] = &[
    NavSpec {
        key: "stories",
        label: "nav-stories",
        icon: "stories",
        path: "/stories",
        roles: <policy::SeeStories as Permission>::ROLES,
    },
    NavSpec {
        key: "value-models",
        label: "nav-value-models",
        icon: "value-model",
        path: "/value-models",
        roles: &[
            Role::Staff,
            Role::Admin,
            Role::Leader,
            Role::Funder,
            Role::ReadOnly,
        ],
    },
];
