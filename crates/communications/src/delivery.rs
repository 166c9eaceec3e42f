//! A delivery: campaign × recipient, with its own lasting state, so that sending goes on where it stopped.

mod bucket;
mod compiled;
mod rules;
mod run;
mod settle;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod work;

use backbone_db::{id, text_enum};
use serde::Serialize;

pub(crate) use compiled::Writer;
pub use run::SendCampaign;
pub use store::Delivery;

id!(
    /// Identifies a delivery.
    DeliveryId
);

text_enum!(
    /// Where a delivery stands.
    DeliveryState {
        /// Not tried yet.
        Pending = "pending",
        /// In flight: handed to a worker that has not reported back.
        Claimed = "claimed",
        /// The mail server took the message. It is never sent again.
        Accepted = "accepted",
        /// Refused for now, or not answered; tried again later.
        Retry = "retry",
        /// Refused for good, or given up.
        Failed = "failed",
        /// The recipient does not want mail, or the address is known to be dead.
        Suppressed = "suppressed",
        /// The campaign was ended first.
        Cancelled = "cancelled",
    }
);

/// How many deliveries of a campaign stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DeliveryCounts)]
pub struct Counts {
    /// Not tried yet.
    pub pending: i64,
    /// In flight.
    pub claimed: i64,
    /// Taken by the mail server.
    pub accepted: i64,
    /// To be tried again.
    pub retry: i64,
    /// Refused for good or given up.
    pub failed: i64,
    /// Not written to.
    pub suppressed: i64,
    /// Ended before they left.
    pub cancelled: i64,
    /// All of them.
    pub total: i64,
}

impl Counts {
    /// Adds `n` deliveries in a state.
    pub(crate) fn add(&mut self, state: DeliveryState, n: i64) {
        let place = match state {
            DeliveryState::Pending => &mut self.pending,
            DeliveryState::Claimed => &mut self.claimed,
            DeliveryState::Accepted => &mut self.accepted,
            DeliveryState::Retry => &mut self.retry,
            DeliveryState::Failed => &mut self.failed,
            DeliveryState::Suppressed => &mut self.suppressed,
            DeliveryState::Cancelled => &mut self.cancelled,
        };
        *place += n;
        self.total += n;
    }

    /// Deliveries that have no end state yet.
    pub fn open(&self) -> i64 {
        self.pending + self.claimed + self.retry
    }
}
