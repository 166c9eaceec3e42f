//! Who people are, which organizations they act for, in which partnership, and what they may do there.
//!
//! Everything above this room takes an [`Actor`], which only the extractors here (and signed links) can make.

pub mod access_link;
mod actor;
pub mod attention;
mod authenticate;
mod core;
pub mod directory;
pub mod file;
mod ids;
pub mod jwt;
pub mod page;
mod partnership;
mod permission;
pub mod policy;
mod role;
mod schema;
pub mod secret;

use std::sync::Arc;

use backbone_web::Lang;
use backbone_web::render::RendererBuilder;
use rust_embed::RustEmbed;

pub use actor::{Actor, Via};
pub use authenticate::{
    Allowed, RequestId, SignedIn, Visitor, cookie_name, request_id, request_lang, session_cookie,
};
pub use core::{Core, NavSpec, Settings};
pub use ids::*;
pub use partnership::Partnership;
pub use permission::{Permission, PermissionInfo, Scope};
pub use role::{OrganizationRole, Role, Sector, roles_from_text, roles_to_text};

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Templates and messages.
pub fn texts(b: &mut RendererBuilder) {
    b.templates::<Templates>("identity")
        .messages("identity", Lang::En, include_str!("../locales/en.ftl"))
        .messages("identity", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// The JSON doors, under `/api/v1`.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(file::api::upload).service(file::api::show);
}

/// The pages.
pub fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    cfg.service(file::pages::download)
        .service(file::pages::logo);
}

/// Work that is done later.
pub fn jobs(_: &mut backbone_jobs::Registry<Core>) {}

/// How people, organizations and the partnership are told about in a trace.
pub fn describers() -> Vec<Arc<dyn backbone_events::Describe>> {
    Vec::new()
}

/// Every permission of this crate.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// This crate's entries of the rail.
pub const NAV: &[NavSpec] = &[
    NavSpec {
        key: "partners",
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
