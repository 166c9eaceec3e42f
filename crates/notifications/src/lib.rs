//! What people are told: the bell and its page, summaries by mail, what each wants to hear of, and the calendar of what is due.
//!
//! Whom an event or a date concerns is said by the domains ([`backbone_identity::notify`], [`backbone_identity::calendar`]).

mod api;
mod calendar;
mod choose;
mod feed;
pub mod follow;
mod live;
mod pages;
mod policy;
mod settings_page;
mod stop;
mod summary;

use backbone_identity::{Core, PermissionInfo};
use backbone_jobs::{Registry, Schedule, enqueue};
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;

pub use live::Bell;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Adds this room's templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("notifications")
        .messages("notifications", Lang::En, include_str!("../locales/en.ftl"))
        .messages("notifications", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// Adds the JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(api::list)
        .service(api::read)
        .service(api::settings)
        .service(api::change)
        .service(calendar::list)
        .service(calendar::make)
        .service(calendar::end);
}

/// Adds the pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    // Words that stand where an identifier could stand come first.
    cfg.service(settings_page::show)
        .service(settings_page::save)
        .service(settings_page::make_link)
        .service(settings_page::end_link)
        .service(pages::index)
        .service(pages::read)
        .service(pages::open)
        .service(stop::ask)
        .service(stop::stop)
        .service(feed::read);
}

/// Adds the work: reading the log, looking at the clock, writing summaries.
pub fn jobs(r: &mut Registry<Core>) {
    r.job::<follow::Follow>();
    r.job::<follow::Clock>();
    r.job::<summary::Summary>();
    r.schedule(Schedule::new(
        "notifications.follow",
        "* * * * *",
        |conn, now| enqueue::<Core, _>(conn, None, &follow::Follow, now).map(drop),
    ));
    r.schedule(Schedule::new(
        "notifications.clock",
        "*/10 * * * *",
        |conn, now| enqueue::<Core, _>(conn, None, &follow::Clock, now).map(drop),
    ));
}

/// Who may do what.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;
