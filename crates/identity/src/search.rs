//! How organizations and members are found.

mod store;

use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_search::{Document, Searchable, Touched};

use crate::ids::{MembershipId, OrganizationId, PartnershipId, PersonId};
use crate::permission::Permission;
use crate::policy::{SeeOrganizations, SeePeople};
use crate::{organizations, people};

/// Finds `organization` and `person`.
pub struct Members;

impl Searchable for Members {
    fn kinds(&self) -> &'static [&'static str] {
        &["organization", "person"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        match object.kind.as_str() {
            "organization" => organization(conn, partnership_id, object),
            _ => person(conn, partnership_id, object),
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
            "organization" => store::organizations(conn, partnership_id, after, limit),
            _ => store::people(conn, partnership_id, after, limit),
        }
    }

    fn touched(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        by: Touched<'_>,
    ) -> Result<Vec<Object>, DbError> {
        match by.object.kind.as_str() {
            "organization" | "person" => Ok(vec![by.object.clone()]),
            "membership" => {
                let Ok(id) = MembershipId::parse(&by.object.id) else {
                    return Ok(Vec::new());
                };
                let member = people::store::find(conn, partnership_id, &id)?;
                Ok(member
                    .map(|m| Object::new("person", m.person_id))
                    .into_iter()
                    .collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn rereads(&self, event: &str) -> &'static [&'static str] {
        match event {
            // Members are found by the name of their organization too.
            "organization.changed" => &["person"],
            _ => &[],
        }
    }
}

fn organization(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = OrganizationId::parse(&object.id) else {
        return Ok(None);
    };
    let found = organizations::store::find(conn, partnership, &id)?;
    Ok(found.map(|o| Document {
        object: object.clone(),
        permissions: vec![SeeOrganizations::NAME],
        title: o.name,
        body: o.website.unwrap_or_default(),
        path: format!("/organizations/{}", o.id),
        at: o.created_at,
    }))
}

fn person(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let (Ok(id), Ok(tenant)) = (
        PersonId::parse(&object.id),
        PartnershipId::parse(partnership),
    ) else {
        return Ok(None);
    };
    let Some(member) = people::store::by_person(conn, &tenant, &id)?.filter(|m| m.active) else {
        return Ok(None);
    };
    let organization = match &member.organization_id {
        Some(id) => organizations::store::find(conn, partnership, id)?.map(|o| o.name),
        None => None,
    };
    Ok(Some(Document {
        object: object.clone(),
        permissions: vec![SeePeople::NAME],
        title: member.name,
        body: [member.email, organization.unwrap_or_default()].join(" "),
        path: format!("/people/{}", member.id),
        at: member.created_at,
    }))
}
