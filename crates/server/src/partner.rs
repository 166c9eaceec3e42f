//! What partners and leaders see of a partnership: what is asked of them, what they gave, what it moved, and what it cost them.
//!
//! A room tells of its asks by [`backbone_identity::attention::Attention`]: `needs` with minutes for what waits for somebody, `asked`
//! for what was asked of organizations over time. The pages here add them up.

mod burden;
mod fortnight;
pub(crate) mod home;
mod ledger;
mod moved;
mod value;

use actix_web::web::ServiceConfig;

/// JSON doors.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(burden::get)
        .service(value::get)
        .service(fortnight::get);
}

/// HTML doors.
pub fn pages(cfg: &mut ServiceConfig) {
    cfg.service(burden::show)
        .service(value::show)
        .service(fortnight::show);
}

pub(crate) use fortnight::page as leader_home;
