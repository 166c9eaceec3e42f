use crate::ids::PersonId;
use crate::role::Role;

/// A member whom mail can reach, whether or not they act for an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachable {
    /// The account.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language, `en` or `nl`.
    pub language: String,
    /// Their roles in the partnership.
    pub roles: Vec<Role>,
    /// The organization they act for.
    pub organization: Option<String>,
}
