//! The pages of campaigns: list, draft, confirmation, progress.

mod actions;
mod draft;
mod list;
mod preview;
mod progress;

use actix_web::web;

/// Adds the pages.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(list::index)
        .service(list::choose)
        .service(list::create)
        .service(draft::show)
        .service(draft::edit)
        .service(draft::confirm)
        .service(preview::html)
        .service(preview::text)
        .service(preview::worst)
        .service(actions::add_recipients)
        .service(actions::clear_recipients)
        .service(actions::remove_recipient)
        .service(actions::test)
        .service(actions::send)
        .service(actions::pause)
        .service(actions::resume)
        .service(actions::cancel)
        .service(actions::retry);
}

/// The message key and tone of a state's chip.
pub(super) fn tone(state: super::CampaignState) -> &'static str {
    use super::CampaignState as S;
    match state {
        S::Draft => "neutral",
        S::Queued | S::Sending => "watch",
        S::Paused => "stale",
        S::Done => "good",
        S::Cancelled => "bad",
    }
}
