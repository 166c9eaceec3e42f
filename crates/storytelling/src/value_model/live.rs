//! Readings from the domains where contributions are logged and metrics measured.

use backbone_db::Conn;
use backbone_events::Object;

use super::content::{ContributionBinding, MetricBinding};
use super::error::Error;
use super::readings::{MetricValue, Readings, YearAmount};

/// What is logged and measured now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live;

impl Readings for Live {
    fn contributions(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        binding: &ContributionBinding,
    ) -> Result<(Vec<YearAmount>, String, Object), Error> {
        let id = format!(
            "{}:{}/{}",
            binding.kinds.join("+"),
            binding.from,
            binding.to
        );
        Ok((
            Vec::new(),
            "none".into(),
            Object::new("contribution_total", id),
        ))
    }

    fn metric(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        _binding: &MetricBinding,
    ) -> Result<Option<MetricValue>, Error> {
        Ok(None)
    }
}
