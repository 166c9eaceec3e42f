//! What the work is worth, told so that it can be checked: value models, and the stories whose figures come from them.

pub mod policy;
mod schema;
pub mod value_model;

use std::sync::Arc;

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, PermissionInfo, Role};
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
}

/// The pages, mounted at `/`.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    value_model::pages(cfg);
}

/// Jobs and schedules.
pub fn jobs(_registry: &mut backbone_jobs::Registry<Core>) {}

/// What the trace may tell about this domain's objects.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    vec![value_model::describer()]
}

/// Every permission of this domain.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// Entries of the rail.
pub const NAV: &[NavSpec] = &[NavSpec {
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
}];
