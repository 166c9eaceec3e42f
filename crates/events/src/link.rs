use backbone_db::{Conn, DbError, Instant};
use serde::{Deserialize, Serialize};

use crate::event::Object;
use crate::store;

/// `from` stands in `relation` to `to`: a figure `comes_from` a metric, a contribution `supports` a metric.
/// Written towards the source, so that a trace follows `from → to` to find where something comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Link {
    /// The object that depends.
    pub from: Object,
    /// How.
    pub relation: String,
    /// The object it depends on.
    pub to: Object,
}

/// Links two objects; a link that is there already stays as it is.
pub fn link(
    conn: &mut Conn,
    partnership_id: &str,
    from: Object,
    relation: &str,
    to: Object,
    at: Instant,
) -> Result<(), DbError> {
    store::insert_link(
        conn,
        partnership_id,
        &Link {
            from,
            relation: relation.into(),
            to,
        },
        at,
    )
}

/// Removes a link; says whether there was one.
pub fn unlink(conn: &mut Conn, partnership_id: &str, link: &Link) -> Result<bool, DbError> {
    Ok(store::delete_link(conn, partnership_id, link)? > 0)
}

/// What `object` depends on, at most 500.
pub fn links_from(
    conn: &mut Conn,
    partnership_id: &str,
    object: &Object,
) -> Result<Vec<Link>, DbError> {
    store::links(conn, partnership_id, object, true, 500)
}

/// What depends on `object`, at most 500.
pub fn links_to(
    conn: &mut Conn,
    partnership_id: &str,
    object: &Object,
) -> Result<Vec<Link>, DbError> {
    store::links(conn, partnership_id, object, false, 500)
}
