//! Topic `bell:<person>`: changes with what somebody has not read.

use backbone_db::{Conn, DbError};
use backbone_identity::live::Watched;
use backbone_identity::notify;
use backbone_identity::{Permission, PersonId};

use crate::policy::SeeNotifications;

/// The bell of one person. Who watches another's learns that something happened to them, and nothing else; the server lets
/// people watch their own only.
pub struct Bell;

impl Watched for Bell {
    fn kind(&self) -> &'static str {
        "bell"
    }

    fn permission(&self) -> &'static str {
        SeeNotifications::NAME
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        id: &str,
    ) -> Result<Option<String>, DbError> {
        let Ok(person) = PersonId::parse(id) else {
            return Ok(None);
        };
        let unread = notify::unread(conn, partnership_id, &person)?;
        let newest = notify::newest(conn, partnership_id, id)?;
        Ok(newest.map(|(id, _)| format!("{id} {unread}")))
    }
}
