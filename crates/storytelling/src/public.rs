//! What anybody with a story's link can read, without signing in: the story, where its figures come from, and a bundle to
//! check it all. Reading changes nothing.

mod bundle;
mod card;
mod chain;
mod find;
mod pages;
mod trace;
mod trace_api;

pub(crate) fn page_routes(cfg: &mut actix_web::web::ServiceConfig) {
    cfg.service(trace::figure_page)
        .service(trace::object_page)
        .service(bundle::download)
        .service(card::card)
        .service(pages::story_page);
}

pub(crate) fn api_routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(pages::story_json)
        .service(trace_api::figure)
        .service(trace_api::sources);
}

pub(crate) use card::{drawn_card, logo_of};
pub(crate) use find::find;
pub(crate) use pages::{Which, guarded};
pub(crate) use trace::trace_page;

/// What the staff's preview shares with the public page.
pub(crate) mod page {
    pub(crate) use super::find::Found;
    pub(crate) use super::pages::compose;
}
