//! What the partnership measures: perspectives, objectives and metrics, their measurements, and the scorecard of the few
//! that matter most.

pub mod attention;
pub mod calendar;
mod clock;
pub mod describe;
mod error;
mod export;
pub mod figures;
pub mod glance;
pub mod import;
pub mod judge;
pub mod live;
pub mod measurement;
pub mod metric;
pub mod notify;
pub mod perspective;
pub mod policy;
pub mod rollup;
mod schema;
pub mod scorecard;
pub mod search;
#[cfg(test)]
mod tests;

pub use error::Error;
pub use policy::{ManageMetrics, Measure, ReviewMeasurements, SeeMeasurements, SeeScorecard};

use std::sync::Arc;

use backbone_db::{Conn, DbError};
use backbone_events::Describe;
use backbone_identity::{Actor, Core, NavSpec, OrganizationId, PermissionInfo, Role, directory};
use backbone_web::render::RendererBuilder;
use backbone_web::{Lang, Problem};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Templates and messages of this domain.
pub fn texts(builder: &mut RendererBuilder) {
    builder
        .templates::<Templates>("metrics")
        .messages("metrics", Lang::En, include_str!("../locales/en.ftl"))
        .messages("metrics", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// The JSON operations, mounted under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    perspective::api::configure(cfg);
    metric::api::configure(cfg);
    measurement::api::configure(cfg);
    scorecard::api::configure(cfg);
    import::api::configure(cfg);
}

/// The pages, mounted at `/`.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    scorecard::pages::configure(cfg);
    metric::pages::configure(cfg);
    perspective::pages::configure(cfg);
    import::pages::configure(cfg);
}

/// Work that runs later: imports. Rollups are kept in the transaction of the fact.
pub fn jobs(registry: &mut backbone_jobs::Registry<Core>) {
    import::register(registry);
}

/// What the trace asks about metrics and measurements.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    match describe::Describer::new() {
        Some(describer) => vec![Arc::new(describer)],
        None => {
            tracing::error!("the messages of metrics do not parse; their traces stay empty");
            Vec::new()
        }
    }
}

/// An identifier of an address; what is none cannot be found.
pub(crate) fn path_id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Whether the actor's partnership has this organization.
pub(crate) fn has_organization(
    conn: &mut Conn,
    actor: &Actor,
    id: &OrganizationId,
) -> Result<bool, DbError> {
    let all = directory::organizations(conn, actor.tenant())?;
    Ok(all.iter().any(|organization| organization.id == *id))
}

/// Every permission of this domain.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's entry.
pub const NAV: &[NavSpec] = &[NavSpec {
    key: "scorecard",
    label: "metrics-nav",
    icon: "scorecard",
    path: "/scorecard",
    roles: &[
        Role::Staff,
        Role::Admin,
        Role::Contributor,
        Role::Leader,
        Role::Funder,
        Role::Community,
        Role::ReadOnly,
    ],
}];
