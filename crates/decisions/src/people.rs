//! The members of a partnership with the organization each acts for.

use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_identity::{OrganizationId, PersonId, Role, directory};

/// An active member.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub person_id: PersonId,
    pub name: String,
    pub email: String,
    pub language: String,
    pub organization_id: Option<OrganizationId>,
}

/// All active members by name.
pub(crate) fn members(conn: &mut Conn, partnership: &str) -> Result<Vec<Member>, DbError> {
    let mut organizations: HashMap<PersonId, OrganizationId> = HashMap::new();
    for role in Role::ALL {
        for contact in directory::contacts(conn, partnership, *role)? {
            organizations.insert(contact.person_id, contact.organization_id);
        }
    }
    let members = directory::members(conn, partnership, &[])?;
    Ok(members
        .into_iter()
        .map(|m| Member {
            organization_id: organizations.get(&m.person_id).cloned(),
            person_id: m.person_id,
            name: m.name,
            email: m.email,
            language: m.language,
        })
        .collect())
}

/// The name of a member; empty for one who left.
pub(crate) fn name_of(members: &[Member], id: Option<&PersonId>) -> String {
    let found = members.iter().find(|m| Some(&m.person_id) == id);
    found.map(|m| m.name.clone()).unwrap_or_default()
}
