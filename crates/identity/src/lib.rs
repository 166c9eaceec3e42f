//! Who people are, which organizations they act for, in which partnership, and what they may do there.
//!
//! Everything above this room takes an [`Actor`], which only the extractors here (and signed links) can make.

pub mod access_link;
pub mod account;
pub mod accounts;
mod actor;
pub mod api_key;
pub mod attention;
mod authenticate;
pub mod calendar;
mod colleagues;
mod core;
pub mod directory;
pub mod email;
pub mod file;
mod ids;
pub mod jwt;
pub mod kept;
pub mod limit;
pub mod live;
pub mod mail;
mod memory;
pub mod notify;
pub mod organizations;
pub mod page;
pub mod partnership;
pub mod password;
pub mod people;
mod permission;
pub mod policy;
mod role;
mod schema;
pub mod search;
pub mod secret;
pub mod session;
pub mod setup;
pub mod sign_in;
pub mod snooze;
pub mod token;
mod upkeep;
pub mod visit;
mod words;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use backbone_web::Lang;
use backbone_web::render::RendererBuilder;
use rust_embed::RustEmbed;

pub use actor::{Actor, Via};
pub use authenticate::{
    Allowed, RequestId, SignedIn, Standing, Visitor, Who, cookie_name, from_own_page, request_id,
    request_lang, session_cookie,
};
pub use colleagues::{others_with_role, partnership_of};
pub use core::{Core, NavSpec, Settings};
pub use ids::*;
pub use memory::Memory;
pub use organizations::{Organization, OrganizationSummary};
pub use partnership::Partnership;
pub use permission::{Permission, PermissionInfo, Scope};
pub use role::{OrganizationRole, Role, Sector, roles_from_text, roles_to_text};

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("identity")
        .messages("identity", Lang::En, words::EN)
        .messages("identity", Lang::Nl, words::NL);
}

/// The JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    account_api(cfg);
    cfg.service(token::api::token)
        .service(token::api::refresh)
        .service(token::api::revoke)
        .service(partnership::api::list)
        .service(partnership::api::create)
        .service(partnership::api::show)
        .service(partnership::api::update)
        .service(organizations::api::list)
        .service(organizations::api::export_all)
        .service(organizations::api::show)
        .service(organizations::api::add)
        .service(organizations::api::change)
        .service(people::api::members)
        .service(people::api::show)
        .service(people::api::change)
        .service(people::api::close)
        .service(people::api::erase)
        .service(people::api::list)
        .service(people::api::invite_people)
        .service(people::api::resend)
        .service(people::api::revoke)
        .service(api_key::api::list)
        .service(api_key::api::make)
        .service(api_key::api::revoke)
        .service(file::api::upload)
        .service(file::api::show);
}

fn account_api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(setup::api::make)
        .service(sign_in::api::enter)
        .service(sign_in::api::leave)
        .service(account::api::show)
        .service(account::api::change)
        .service(account::api::set_password)
        .service(account::api::ask_email)
        .service(account::api::confirm_email)
        .service(account::api::sessions)
        .service(account::api::end_session)
        .service(account::api::end_sessions)
        .service(account::api::own_data)
        .service(account::api::erase)
        .service(accounts::api::list)
        .service(accounts::api::show)
        .service(accounts::api::deactivate)
        .service(accounts::api::reactivate)
        .service(accounts::api::sign_out)
        .service(people::accept_api::look)
        .service(people::accept_api::accept);
}

/// The pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    account_pages(cfg);
    cfg.service(partnership::pages::start)
        .service(partnership::pages::blank)
        .service(partnership::pages::create)
        .service(partnership::pages::settings)
        .service(partnership::pages::save_settings)
        .service(setup::pages::blank)
        .service(setup::pages::make)
        .service(setup::pages::organization)
        .service(setup::pages::add_organization)
        .service(organizations::pages::index)
        .service(organizations::pages::blank)
        .service(organizations::pages::add)
        .service(organizations::pages::show)
        .service(organizations::pages::edit)
        .service(organizations::pages::save)
        .service(organizations::pages::set_active)
        .service(people::pages::index)
        .service(people::pages::invitation_list)
        .service(people::pages::invite_people)
        .service(people::pages::resend)
        .service(people::pages::revoke)
        .service(people::pages::show)
        .service(people::pages::save)
        .service(people::pages::end)
        .service(people::pages::show_invitation)
        .service(people::pages::accept_invitation)
        .service(api_key::pages::index)
        .service(api_key::pages::make)
        .service(api_key::pages::revoke)
        .service(file::pages::download)
        .service(file::pages::logo);
}

fn account_pages(cfg: &mut actix_web::web::ServiceConfig) {
    cfg.service(sign_in::pages::blank)
        .service(sign_in::pages::enter)
        .service(sign_in::pages::ask_link)
        .service(sign_in::pages::confirm)
        .service(sign_in::pages::open)
        .service(sign_in::pages::forgot)
        .service(sign_in::pages::ask_reset)
        .service(sign_in::pages::reset)
        .service(sign_in::pages::set_new)
        .service(sign_in::pages::leave)
        .service(sign_in::pages::leave_everywhere)
        .service(account::pages::index)
        .service(account::pages::change)
        .service(account::pages::change_password)
        .service(account::pages::end_session)
        .service(access_link::pages::begin)
        .service(access_link::pages::end)
        .service(account::pages::own_data)
        .service(account::pages::erase)
        .service(account::email_pages::ask)
        .service(account::email_pages::look)
        .service(account::email_pages::confirm)
        .service(accounts::pages::index)
        .service(accounts::pages::act);
}

/// Work that is done later, and what comes round.
pub fn jobs(r: &mut backbone_jobs::Registry<Core>) {
    upkeep::register(r);
}

/// How people, organizations and the partnership are told about in a trace.
pub fn describers() -> Vec<Arc<dyn backbone_events::Describe>> {
    vec![Arc::new(organizations::describe::IdentityDescriber)]
}

/// Every permission of this crate.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// This crate's entries of the rail.
pub const NAV: &[NavSpec] = &[
    NavSpec {
        key: "organizations",
        label: "organizations-nav",
        icon: "organization",
        path: "/organizations",
        roles: Role::ALL,
    },
    NavSpec {
        key: "settings",
        label: "settings-nav",
        icon: "settings",
        path: "/settings",
        roles: &[Role::Staff, Role::Admin],
    },
];
