//! What the trace may tell about campaigns.

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Fact, Node, Object};

use super::{CampaignId, store};
use crate::delivery;

/// Tells about campaigns. Readers outside learn nothing of who else received what.
pub(crate) struct Campaigns;

impl Describe for Campaigns {
    fn kinds(&self) -> &'static [&'static str] {
        &["campaign"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        _: &str,
        ids: &[String],
        audience: Audience,
        _: &str,
    ) -> Result<Vec<Node>, DbError> {
        if audience == Audience::Public {
            return Ok(Vec::new());
        }
        let mut nodes = Vec::new();
        for id in ids.iter().filter_map(|id| CampaignId::parse(id).ok()) {
            let Some(campaign) = store::find(conn, partnership_id, &id)? else {
                continue;
            };
            let counts = delivery::store::counts(conn, &id)?;
            nodes.push(Node {
                object: Object::new("campaign", &id),
                title: campaign.subject,
                summary: campaign.created_by,
                facts: vec![Fact {
                    label: "communications-accepted".into(),
                    value: format!("{} / {}", counts.accepted, counts.total),
                }],
                href: Some(format!("/campaigns/{id}")),
                at: Some(campaign.queued_at.unwrap_or(campaign.created_at)),
                aggregated: false,
            });
        }
        Ok(nodes)
    }
}
