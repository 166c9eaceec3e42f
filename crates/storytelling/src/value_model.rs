//! Value models: what was put in, what came of it, and what that is worth.
//!
//! A model is kept whole in versions ([`Content`]). A calculation takes a version and the [`Readings`] it is bound to; it can be
//! frozen, so that a figure told to others stays what it was.

mod api;
mod calculate;
mod charts;
mod check;
mod content;
mod describe;
mod diff;
mod error;
mod example;
mod export;
mod figure;
mod freeze;
mod live;
mod pages;
mod proxy;
mod readings;
mod resolve;
mod save;
mod store;
mod words;

use std::sync::Arc;

use backbone_db::{Conn, DbError, id};
use backbone_events::Describe;

pub use calculate::{Calculated, calculate, calculate_version, version_token};
pub use content::{
    Assumption, Claim, Content, ContributionBinding, Convention, Input, MetricBinding,
    MetricReading, Outcome, Price, Quantity, Years,
};
pub use diff::{Change, diff};
pub use error::Error;
pub use figure::{FigureKind, FigureUnit, FigureValue, figure};
pub use freeze::{FrozenCalculation, freeze, frozen};
pub use live::Live;
pub(crate) use proxy::reviews;
pub use proxy::{NewProxy, Proxy, ValueProxyId};
pub use readings::{ContributionPart, Gap, MetricValue, Reading, Readings, YearAmount};
pub use save::{create, edit, retire};
pub use store::{Model, Version, find, list};
pub use words::ratio_sentence;

id!(
    /// Identifies a value model.
    ValueModelId
);
id!(
    /// Identifies a frozen calculation.
    ValueCalculationId
);

/// The JSON door.
pub(crate) fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    api::routes(cfg);
    proxy::api::routes(cfg);
}

/// The pages.
pub(crate) fn pages(cfg: &mut actix_web::web::ServiceConfig) {
    pages::routes(cfg);
    proxy::pages::routes(cfg);
}

/// Tells the trace about value models and their frozen calculations.
pub(crate) fn describer() -> Arc<dyn Describe> {
    Arc::new(describe::Describer)
}

/// A model, for finding it by its words.
pub(crate) fn searched(
    conn: &mut Conn,
    partnership: &str,
    id: &ValueModelId,
) -> Result<Option<Model>, DbError> {
    find(conn, partnership, id).map_err(|error| match error {
        Error::Db(error) => error,
        other => DbError::Setup(other.to_string()),
    })
}

/// A proxy in use, for finding it by its words.
pub(crate) fn searched_proxy(
    conn: &mut Conn,
    partnership: &str,
    id: &str,
) -> Result<Option<Proxy>, DbError> {
    match ValueProxyId::parse(id) {
        Ok(id) => proxy::store::find(conn, partnership, &id),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests;
