//! How a campaign's page stays true while it leaves.

use backbone_db::{Conn, DbError};
use backbone_identity::Permission;
use backbone_identity::live::Watched;

use crate::campaign::{CampaignId, store};
use crate::delivery;
use crate::policy::SeeCampaigns;

/// Topic `campaign:<id>`: its state, what it waits for, and how many recipients are in which state.
pub struct Sending;

impl Watched for Sending {
    fn kind(&self) -> &'static str {
        "campaign"
    }

    fn permission(&self) -> &'static str {
        SeeCampaigns::NAME
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        id: &str,
    ) -> Result<Option<String>, DbError> {
        let Ok(id) = CampaignId::parse(id) else {
            return Ok(None);
        };
        let Some(campaign) = store::find(conn, partnership_id, &id)? else {
            return Ok(None);
        };
        let counts = delivery::store::counts(conn, &id)?;
        Ok(Some(format!(
            "{} {} {:?} {counts:?}",
            campaign.state, campaign.version, campaign.waiting_until
        )))
    }
}
