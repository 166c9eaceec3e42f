//! Value models: what was put in, what came of it, and what that is worth.

use std::sync::Arc;

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Node};

/// The JSON door.
pub(crate) fn api(_cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {}

/// The pages.
pub(crate) fn pages(_cfg: &mut actix_web::web::ServiceConfig) {}

/// Tells the trace about value models and their frozen calculations.
pub(crate) fn describer() -> Arc<dyn Describe> {
    Arc::new(Describer)
}

struct Describer;

impl Describe for Describer {
    fn kinds(&self) -> &'static [&'static str] {
        &["value_model", "value_calculation"]
    }

    fn describe(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        _kind: &str,
        _ids: &[String],
        _audience: Audience,
        _lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        Ok(Vec::new())
    }
}
