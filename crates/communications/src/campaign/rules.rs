//! What may follow what, and when a campaign may leave.

use super::CampaignState::{self, Cancelled, Done, Draft, Paused, Queued, Sending};

/// What a person does with a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Change text or recipients.
    Edit,
    /// Let it leave.
    Send,
    /// Hold it.
    Pause,
    /// Let it go on.
    Resume,
    /// End it before everything has left.
    Cancel,
}

/// The state after a step; `None` when the present state does not allow it.
pub fn after(state: CampaignState, step: Step) -> Option<CampaignState> {
    match (state, step) {
        (Draft, Step::Edit) => Some(Draft),
        (Draft, Step::Send) => Some(Queued),
        (Queued | Sending, Step::Pause) => Some(Paused),
        (Paused, Step::Resume) => Some(Queued),
        (Draft | Queued | Sending | Paused, Step::Cancel) => Some(Cancelled),
        // Failed deliveries of a finished campaign may be tried again.
        (Done, Step::Resume) => Some(Queued),
        (Done | Cancelled | Draft | Queued | Sending | Paused, _) => None,
    }
}

/// Whether a worker may send deliveries of it.
pub fn leaves(state: CampaignState) -> bool {
    matches!(state, Queued | Sending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_leaves_once_and_ends_once() {
        for (state, step, next) in [
            (Draft, Step::Edit, Some(Draft)),
            (Draft, Step::Send, Some(Queued)),
            (Draft, Step::Pause, None),
            (Queued, Step::Send, None),
            (Queued, Step::Edit, None),
            (Sending, Step::Send, None),
            (Sending, Step::Pause, Some(Paused)),
            (Paused, Step::Resume, Some(Queued)),
            (Paused, Step::Edit, None),
            (Paused, Step::Cancel, Some(Cancelled)),
            (Done, Step::Send, None),
            (Done, Step::Resume, Some(Queued)),
            (Done, Step::Cancel, None),
            (Cancelled, Step::Resume, None),
            (Cancelled, Step::Send, None),
        ] {
            assert_eq!(after(state, step), next, "{state} {step:?}");
        }
        for state in CampaignState::ALL {
            assert_eq!(leaves(*state), matches!(state, Queued | Sending), "{state}");
        }
    }
}
