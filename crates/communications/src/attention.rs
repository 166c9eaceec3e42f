//! What of this room needs staff: corrections to send, and campaigns that wait for the mail server.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::campaign::store;
use crate::policy::SeeCampaigns;

/// This room's rules.
pub struct Sending;

impl Attention for Sending {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        if !actor.may::<SeeCampaigns>() {
            return Ok(Vec::new());
        }
        let mut lines = Vec::new();
        for draft in store::drafted_corrections(conn, actor.tenant())? {
            lines.push(Line {
                urgency: Urgency::Watch,
                icon: "alert",
                what: Words::new("communications-needs-correction").text("subject", draft.subject),
                detail: Some(Words::new("communications-needs-correction-detail")),
                since: Some(draft.created_at),
                action: Words::new("communications-needs-look"),
                path: format!("/campaigns/{}", draft.id),
            });
        }
        for campaign in store::waiting(conn, actor.tenant())? {
            lines.push(Line {
                urgency: Urgency::Bad,
                icon: "send",
                what: Words::new("communications-needs-server").text("subject", campaign.subject),
                detail: None,
                since: campaign.queued_at,
                action: Words::new("communications-needs-look"),
                path: format!("/campaigns/{}", campaign.id),
            });
        }
        Ok(lines)
    }
}
