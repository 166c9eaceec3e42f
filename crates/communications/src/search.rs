//! How campaigns and contacts are found, by staff.

mod store;

use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_identity::Permission;
use backbone_search::{Document, Searchable};

use crate::campaign::{self, CampaignId};
use crate::contact::{self, ContactId};
use crate::policy::{SeeCampaigns, SeeContacts};

/// Finds `campaign` and `contact`.
pub struct Sent;

impl Searchable for Sent {
    fn kinds(&self) -> &'static [&'static str] {
        &["campaign", "contact"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        match object.kind.as_str() {
            "campaign" => a_campaign(conn, partnership_id, object),
            _ => a_contact(conn, partnership_id, object),
        }
    }

    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        match kind {
            "campaign" => store::campaigns(conn, partnership_id, after, limit),
            _ => store::contacts(conn, partnership_id, after, limit),
        }
    }
}

fn a_campaign(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = CampaignId::parse(&object.id) else {
        return Ok(None);
    };
    let found = campaign::store::find(conn, partnership, &id)?;
    Ok(found.map(|c| Document {
        object: object.clone(),
        permissions: vec![SeeCampaigns::NAME],
        title: c.subject,
        body: [c.note, c.note_author, c.sender_name].join(" · "),
        path: format!("/campaigns/{}", c.id),
        at: c.created_at,
    }))
}

fn a_contact(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = ContactId::parse(&object.id) else {
        return Ok(None);
    };
    let found = contact::store::find(conn, partnership, &id)?;
    Ok(found.map(|c| Document {
        object: object.clone(),
        permissions: vec![SeeContacts::NAME],
        title: if c.name.is_empty() {
            c.email.clone()
        } else {
            c.name
        },
        body: [c.email, c.organization].join(" · "),
        path: "/contacts".into(),
        at: c.created_at,
    }))
}
