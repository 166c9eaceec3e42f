//! How an import's page stays true while it runs.

use backbone_db::{Conn, DbError};
use backbone_identity::Permission;
use backbone_identity::live::Watched;

use crate::import::{ImportId, store};
use crate::policy::SeeImports;

/// Topic `import:<id>`: its state, how far it is, and what it counted.
pub struct Importing;

impl Watched for Importing {
    fn kind(&self) -> &'static str {
        "import"
    }

    fn permission(&self) -> &'static str {
        SeeImports::NAME
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        id: &str,
    ) -> Result<Option<String>, DbError> {
        let Ok(id) = ImportId::parse(id) else {
            return Ok(None);
        };
        let found = store::find(conn, partnership_id, &id)?;
        Ok(found.map(|i| {
            format!(
                "{} {} {} {:?} {:?}",
                i.state, i.version, i.position, i.moved_at, i.counts
            )
        }))
    }
}
