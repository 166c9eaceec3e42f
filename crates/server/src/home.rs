//! The pages that belong to no single domain: home, timeline, trace, jobs, the local mailbox.

mod aside;
pub mod attention;
mod back;
mod components;
mod export;
mod first;
mod happened;
mod index;
mod jobs;
mod later;
mod mailbox;
mod needs;
mod place;
pub(crate) mod policy;
mod say;
mod timeline;
mod trace;

pub(crate) use aside::ALLOWED_MINUTES;
pub use back::back_home;
pub use export::to_file as export_to;
pub(crate) use happened::{Moment, every, told};
pub(crate) use index::{note_visit, parts};
pub(crate) use needs::{Found, find};
pub(crate) use say::say_counted;

use actix_web::web::ServiceConfig;
use backbone_identity::{NavSpec, PermissionInfo, Role};

/// Permissions of these pages.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's first entry.
pub const NAV: &[NavSpec] = &[NavSpec {
    key: "home",
    label: "nav-home",
    icon: "home",
    path: "",
    roles: Role::ALL,
}];

/// JSON doors.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(timeline::list)
        .service(timeline::verify)
        .service(trace::get)
        .service(jobs::list)
        .service(jobs::retry)
        .service(export::everything)
        .service(later::list)
        .service(later::put_aside)
        .service(later::resume);
}

/// HTML doors.
pub fn pages(cfg: &mut ServiceConfig) {
    cfg.service(index::index)
        .service(later::ask)
        .service(later::submit)
        .service(later::wake)
        .service(timeline::show)
        .service(trace::show)
        .service(jobs::show)
        .service(jobs::retry_form)
        .service(export::download)
        .service(mailbox::list)
        .service(mailbox::read)
        .service(mailbox::body)
        .service(components::show);
}
