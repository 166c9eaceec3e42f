//! What leaves the partnership by mail: editions of stories sent to chosen readers, and notices when a figure in one was
//! corrected. A campaign is one such sending, a delivery is campaign × recipient.

pub mod attention;
pub mod campaign;
pub mod contact;
pub mod correction;
pub mod delivery;
mod error;
pub mod heard;
pub mod live;
pub mod policy;
pub mod reader;
mod schema;
pub mod search;
pub mod stories;
pub mod suppression;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod ui;
pub mod unsubscribe;

use std::sync::Arc;

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, Permission, PermissionInfo, Role};
use backbone_jobs::Registry;
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;

const EN: &str = include_str!("../locales/en.ftl");
const NL: &str = include_str!("../locales/nl.ftl");

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Adds this domain's templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("communications")
        .messages("communications", Lang::En, EN)
        .messages("communications", Lang::Nl, NL);
}

/// The JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    campaign::api::routes(cfg);
    reader::api::routes(cfg);
    contact::api::routes(cfg);
    suppression::api::routes(cfg);
}

/// The pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    campaign::pages::routes(cfg);
    reader::pages::routes(cfg);
    contact::pages::routes(cfg);
    suppression::pages::routes(cfg);
    unsubscribe::routes(cfg);
}

/// Sending, and drafting correction notices.
pub fn jobs(r: &mut Registry<Core>) {
    r.job::<delivery::SendCampaign>();
    r.job::<correction::DraftCorrections>();
    r.schedule(correction::schedule());
}

/// What the trace may tell about campaigns.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    vec![Arc::new(campaign::describe::Campaigns)]
}

/// Every permission of this domain.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's entries.
pub const NAV: &[NavSpec] = &[
    NavSpec {
        key: "newsletter",
        label: "communications-nav",
        icon: "newsletter",
        path: "/campaigns",
        roles: <policy::SeeCampaigns as Permission>::ROLES,
    },
    NavSpec {
        key: "received",
        label: "received-nav",
        icon: "stories",
        path: "/received",
        roles: &[Role::Funder],
    },
];
