//! What partners give: time, talent, treasure and in-kind contributions, valued, verified, corrected and counted.
//!
//! A contribution is never overwritten: each correction is a new version. The totals by organization, month and kind are kept
//! in the transaction of the fact, exact to the minute and the cent.

pub mod attention;
pub mod calendar;
pub mod contribution;
mod days;
mod describe;
mod error;
mod export;
pub mod filter;
pub mod given;
mod link;
pub mod notify;
pub mod policy;
pub mod rate;
pub mod request;
pub mod rollup;
mod schema;
pub mod search;
pub mod template;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

pub use error::Error;

pub use rollup::{Share, Totals, TotalsQuery, rebuild, shares, totals, value_by_year};

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, Permission, PermissionInfo};
use backbone_jobs::Registry;
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Adds this room's templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("contributions")
        .messages("contributions", Lang::En, include_str!("../locales/en.ftl"))
        .messages("contributions", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// Adds the JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    // Words that stand where an identifier could stand come first.
    rollup::api::mount(cfg);
    export::mount(cfg);
    contribution::api::mount(cfg);
    rate::api::mount(cfg);
    template::api::mount(cfg);
    request::api::mount(cfg);
    link::api::mount(cfg);
}

/// Adds the pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    // Words that stand where an identifier could stand come first.
    rate::pages::mount(cfg);
    request::pages::mount(cfg);
    template::pages::mount(cfg);
    contribution::pages::mount(cfg);
    link::mount(cfg);
}

/// Adds the jobs.
pub fn jobs(r: &mut Registry<Core>) {
    r.job::<request::mail::SendAsk>();
    r.job::<contribution::question::SendQuestion>();
}

/// What the trace knows of contributions.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    vec![Arc::new(describe::Contributions)]
}

/// Who may do what.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's entry.
pub const NAV: &[NavSpec] = &[NavSpec {
    key: "contributions",
    label: "contributions-nav",
    icon: "contributions",
    path: "/contributions",
    roles: <policy::SeeContributions as Permission>::ROLES,
}];
