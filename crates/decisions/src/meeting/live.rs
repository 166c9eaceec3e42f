//! How a meeting's page stays true while people come, vote and promise.

use backbone_db::{Conn, DbError};
use backbone_identity::Permission;
use backbone_identity::live::Watched;

use super::{MeetingId, store, vote};
use crate::policy::SeeMeetings;

/// Topic `meeting:<id>`: everything that happens in it, and how many have voted.
pub struct Meeting;

impl Watched for Meeting {
    fn kind(&self) -> &'static str {
        "meeting"
    }

    fn permission(&self) -> &'static str {
        SeeMeetings::NAME
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        id: &str,
    ) -> Result<Option<String>, DbError> {
        let Ok(id) = MeetingId::parse(id) else {
            return Ok(None);
        };
        let Some(x) = store::find(conn, partnership_id, &id)? else {
            return Ok(None);
        };
        let votes = vote::mark(conn, &x)?;
        Ok(Some(format!("{} {}{votes}", x.status, x.pulse)))
    }
}
