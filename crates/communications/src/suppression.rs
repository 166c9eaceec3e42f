//! Addresses that are not written to: people who unsubscribed, mailboxes that do not exist, and those staff added.

pub mod api;
pub(crate) mod keep;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::text_enum;

pub use store::Suppression;

text_enum!(
    /// Why an address is not written to.
    #[schema(as = SuppressionReason)]
    Reason {
        /// The reader unsubscribed.
        Unsubscribed = "unsubscribed",
        /// The mail server says that the address does not exist.
        Bounced = "bounced",
        /// The reader reported the mail as unwanted.
        Complained = "complained",
        /// Staff added it.
        Manual = "manual",
    }
);

/// The form by which addresses are compared: case does not part two mailboxes.
pub fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}
