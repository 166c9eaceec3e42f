//! The life of a story: draft → in review → approved → published → withdrawn, and who may take which step.

use super::Status;
use crate::error::StoryError;

/// A step that somebody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ask for approval.
    Submit,
    /// Approve.
    Approve,
    /// Send back to the author.
    SendBack,
    /// Publish, for the first time or as a new edition.
    Publish,
    /// Take back what was published.
    Withdraw,
    /// Change the text.
    Edit,
}

/// Where a step leads.
///
/// # Errors
/// The step does not fit where the story stands.
pub(crate) fn after(status: Status, step: Step) -> Result<Status, StoryError> {
    use Status::{Approved, Draft, InReview, Published, Withdrawn};
    match (status, step) {
        (Draft, Step::Submit) => Ok(InReview),
        (InReview, Step::Approve) => Ok(Approved),
        (InReview | Approved, Step::SendBack) => Ok(Draft),
        (Approved, Step::Publish) => Ok(Published),
        (Published, Step::Withdraw) => Ok(Withdrawn),
        // Whoever changes an approved or published text begins a new edition; what was published stays as it is.
        (_, Step::Edit) => Ok(Draft),
        (_, Step::Submit) => Err(StoryError::Step("submit", status)),
        (_, Step::Approve) => Err(StoryError::Step("approve", status)),
        (_, Step::SendBack) => Err(StoryError::Step("send-back", status)),
        (_, Step::Publish) => Err(StoryError::Step("publish", status)),
        (_, Step::Withdraw) => Err(StoryError::Step("withdraw", status)),
    }
}

/// Whether this person may approve: somebody else than the author, unless nobody else could.
pub(crate) fn may_approve(author: Option<&str>, approver: Option<&str>, others: bool) -> bool {
    match (author, approver) {
        (Some(a), Some(b)) => a != b || !others,
        // A story or an approval without a person behind it (an import, an API key without one) has no author to differ from.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_goes_its_way_and_no_other() {
        use Status::{Approved, Draft, InReview, Published, Withdrawn};
        for (from, step, to) in [
            (Draft, Step::Submit, Some(InReview)),
            (InReview, Step::Approve, Some(Approved)),
            (InReview, Step::SendBack, Some(Draft)),
            (Approved, Step::SendBack, Some(Draft)),
            (Approved, Step::Publish, Some(Published)),
            (Published, Step::Withdraw, Some(Withdrawn)),
            (Published, Step::Edit, Some(Draft)),
            (Draft, Step::Publish, None),
            (InReview, Step::Publish, None),
            (Draft, Step::Approve, None),
            (Published, Step::Approve, None),
            (Draft, Step::Withdraw, None),
            (Withdrawn, Step::Publish, None),
            (Withdrawn, Step::Edit, Some(Draft)),
        ] {
            assert_eq!(after(from, step).ok(), to, "{from} {step:?}");
        }
    }

    #[test]
    fn nobody_approves_their_own_story_while_others_could() {
        for (author, approver, others, may) in [
            (Some("a"), Some("b"), true, true),
            (Some("a"), Some("a"), true, false),
            (Some("a"), Some("a"), false, true),
            (None, Some("a"), true, true),
        ] {
            assert_eq!(may_approve(author, approver, others), may);
        }
    }
}
