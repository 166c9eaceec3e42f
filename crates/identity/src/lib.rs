//! Who people are, which organizations they act for, in which partnership, and what they may do there.
//!
//! Everything above this room takes an [`Actor`], which only the extractors here (and signed links) can make.

pub mod access_link;
mod actor;
mod authenticate;
mod core;
pub mod file;
mod ids;
pub mod jwt;
pub mod page;
mod partnership;
mod permission;
mod role;
mod schema;
pub mod secret;

pub use actor::{Actor, Via};
pub use authenticate::{
    Allowed, RequestId, SignedIn, Visitor, cookie_name, request_id, request_lang, session_cookie,
};
pub use core::{Core, NavSpec, Settings};
pub use ids::*;
pub use partnership::Partnership;
pub use permission::{Permission, PermissionInfo, Scope};
pub use role::{OrganizationRole, Role, Sector, roles_from_text, roles_to_text};
