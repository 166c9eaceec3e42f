//! Signed links in mail: somebody may do one thing, in one partnership, until a date, without signing in.
//!
//! A GET with such a link changes nothing (mail scanners follow links); what it allows is done by POST from the page it opens.

mod held;
pub(crate) mod pages;
mod store;
mod upgrade;

pub use held::{Held, held, let_go};
pub use upgrade::{Upgraded, upgrade};

use backbone_db::{Conn, DbError, Instant, text_enum};
use backbone_web::{Lang, Problem};

use crate::actor::{Actor, Via};
use crate::ids::{AccessLinkId, OrganizationId, PartnershipId, PersonId};
use crate::role::Role;
use crate::secret::{hash_secret, new_secret};

text_enum!(
    /// The one thing that a link is good for. Each domain asks for its own.
    Purpose {
        /// Log a contribution for an organization.
        LogContribution = "log_contribution",
        /// Report a measurement that was asked for.
        ReportMeasurement = "report_measurement",
        /// Say how a commitment goes.
        ReportCommitment = "report_commitment",
        /// Read a story and its evidence as a funder.
        ReadStory = "read_story",
    }
);

/// What to make a link for.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The one thing it allows.
    pub purpose: Purpose,
    /// Whom it was sent to.
    pub person_id: Option<PersonId>,
    /// For which organization they act with it.
    pub organization_id: Option<OrganizationId>,
    /// What it is about: kind and id.
    pub subject: (String, String),
    /// When it ends.
    pub expires_at: Instant,
}

/// A link that was followed and holds.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// Its identifier.
    pub id: AccessLinkId,
    /// The actor it makes: the link's person and organization, with the role `contributor` and nothing more.
    pub actor: Actor,
    /// What it is about.
    pub subject: (String, String),
    /// When it ends.
    pub expires_at: Instant,
}

/// Makes a link; gives the secret that goes into its address. Only its hash is stored.
pub fn issue(
    conn: &mut Conn,
    partnership: &PartnershipId,
    link: &NewLink,
    now: Instant,
) -> Result<(AccessLinkId, String), DbError> {
    let (id, secret) = (AccessLinkId::new(), new_secret());
    store::insert(conn, &id, &hash_secret(&secret), partnership, link, now)?;
    Ok((id, secret))
}

/// Opens a link for one purpose.
///
/// # Errors
/// 404 for a secret that was never given out or is for something else; 410 `link-ended` when it ran out or was revoked, or
/// the person or membership behind it is no longer active.
pub fn open(
    conn: &mut Conn,
    secret: &str,
    purpose: Purpose,
    lang: Lang,
    now: Instant,
) -> Result<OpenLink, Problem> {
    let ended = || Problem::new(actix_web::http::StatusCode::GONE, "link-ended");
    let row = store::find(conn, &hash_secret(secret), purpose)?.ok_or_else(Problem::not_found)?;
    if row.revoked_at.is_some() || row.expires_at <= now {
        return Err(ended());
    }
    let partnership = store::partnership(conn, &row.partnership_id)?;
    let person = match &row.person_id {
        Some(id) => Some(store::active_person(conn, id, &row.partnership_id)?.ok_or_else(ended)?),
        None => None,
    };
    let organization = match &row.organization_id {
        Some(id) => Some(store::active_organization(conn, id)?.ok_or_else(ended)?),
        None => None,
    };
    let name = person
        .as_ref()
        .map(|p| p.0.clone())
        .or(organization)
        .unwrap_or_default();
    let lang = person
        .as_ref()
        .and_then(|p| p.1.parse().ok())
        .unwrap_or(lang);
    Ok(OpenLink {
        actor: Actor {
            person_id: row.person_id,
            name,
            organization_id: row.organization_id,
            partnership,
            roles: vec![Role::Contributor],
            lang,
            now,
            via: Via::Link(row.id.to_string()),
            request_id: String::new(),
        },
        id: row.id,
        subject: (row.subject_kind, row.subject_id),
        expires_at: row.expires_at,
    })
}

/// Ends a link; says whether it was open.
pub fn revoke(
    conn: &mut Conn,
    partnership: &PartnershipId,
    id: &AccessLinkId,
    now: Instant,
) -> Result<bool, DbError> {
    store::revoke(conn, partnership, id, now)
}

/// Ends every link that was sent to a person, when they leave or are deactivated.
pub fn revoke_all_of(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<usize, DbError> {
    store::revoke_all_of(conn, person, now)
}
