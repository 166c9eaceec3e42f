//! How a partnership decides: bodies and seats that survive a change of people, norms to decide by, proposals, votes, outcomes,
//! and what follows from them.

pub mod attention;
pub mod ballot;
pub mod body;
pub mod calendar;
pub mod commitment;
mod describe;
mod error;
pub mod framework;
pub mod history;
pub mod interest;
pub mod meeting;
pub mod notify;
pub mod opinion;
pub mod outcome;
pub mod participation;
mod people;
mod policy;
pub mod proposal;
pub mod report;
mod schema;
pub mod search;
pub mod seat;
mod sweep;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

pub use error::Error;

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, Permission, PermissionInfo};
use backbone_jobs::{Registry, Schedule};
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Adds this room's templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("decisions")
        .messages("decisions", Lang::En, include_str!("../locales/en.ftl"))
        .messages("decisions", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// Adds the JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    body::api::mount(cfg);
    seat::api::mount(cfg);
    framework::api::mount(cfg);
    proposal::api::mount(cfg);
    ballot::api::mount(cfg);
    outcome::api::mount(cfg);
    outcome::recount::doors::mount(cfg);
    commitment::api::mount(cfg);
    meeting::api::mount(cfg);
    history::ballots::api::mount(cfg);
    history::api::mount(cfg);
    opinion::api::mount(cfg);
    interest::api::mount(cfg);
    report::api::mount(cfg);
}

/// Adds the pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    body::pages::mount(cfg);
    seat::pages::mount(cfg);
    framework::pages::mount(cfg);
    // Words that stand where an identifier could stand come first.
    history::ballots::pages::mount(cfg);
    history::pages::mount(cfg);
    opinion::pages::mount(cfg);
    interest::pages::mount(cfg);
    report::pages::mount(cfg);
    outcome::pages::mount(cfg);
    outcome::recount::doors::mount_pages(cfg);
    proposal::pages::mount(cfg);
    ballot::link::mount(cfg);
    commitment::pages::mount(cfg);
    meeting::pages::mount(cfg);
    meeting::link::mount(cfg);
    commitment::link::mount(cfg);
}

/// Adds the jobs: what opens, closes, reminds and passes on when its time has come.
pub fn jobs(r: &mut Registry<Core>) {
    r.job::<commitment::mail::SendReminder>();
    r.schedule(Schedule::new("decisions.sweep", "* * * * *", sweep::sweep));
}

/// What the trace knows of decisions.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    vec![Arc::new(describe::Decisions)]
}

/// Who may do what.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's entry.
pub const NAV: &[NavSpec] = &[NavSpec {
    key: "decisions",
    label: "decisions-nav",
    icon: "decisions",
    path: "/decisions",
    roles: <policy::SeeDecisions as Permission>::ROLES,
}];
