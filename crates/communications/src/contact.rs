//! People outside of the partnership whom it writes to, and why it may.

pub mod api;
pub(crate) mod keep;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{id, text_enum};
use serde::{Deserialize, Serialize};

pub use store::Contact;

id!(
    /// Identifies a contact.
    ContactId
);

text_enum!(
    /// Why the partnership may write to somebody (GDPR, article 6).
    ConsentBasis {
        /// They agreed.
        Consent = "consent",
        /// An agreement with them asks for it, such as reporting on a grant.
        Contract = "contract",
        /// A legitimate interest that outweighs theirs.
        LegitimateInterest = "legitimate_interest",
    }
);

/// A contact as it is added or changed.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// The address.
    pub email: String,
    /// The name, for the greeting; may be empty.
    #[serde(default)]
    pub name: String,
    /// `en` or `nl`; the partnership's language when absent.
    #[serde(default)]
    pub language: String,
    /// Where they belong; may be empty.
    #[serde(default)]
    pub organization: String,
    /// Why the partnership may write to them: `consent`, `contract` or `legitimate_interest`.
    pub consent_basis: String,
    /// When and how they agreed, or which agreement or interest it is.
    #[serde(default)]
    pub consent_note: String,
}
