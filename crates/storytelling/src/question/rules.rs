//! What may follow what, for how long a confirmation holds, and how much of an address is shown.

use backbone_db::Instant;

use super::QuestionStatus::{self, Answered, Open, SetAside, Unconfirmed};

/// Letters of a question at most.
pub(crate) const QUESTION_MAX: usize = 1000;
/// Letters of an answer at most.
pub(crate) const ANSWER_MAX: usize = 5000;
/// Days within which a visitor confirms their address; then the question is forgotten.
pub(crate) const CONFIRM_DAYS: i64 = 7;

/// What is done with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A visitor confirms their address.
    Confirm,
    /// Staff answer it, again too.
    Answer,
    /// Staff set it aside.
    SetAside,
    /// Staff take it up again.
    Reopen,
}

/// Where a question stands after a step; `None` when the step does not fit.
pub(crate) fn after(status: QuestionStatus, step: Step) -> Option<QuestionStatus> {
    match (status, step) {
        (Unconfirmed, Step::Confirm) => Some(Open),
        (Open | Answered, Step::Answer) => Some(Answered),
        (Open, Step::SetAside) => Some(SetAside),
        (SetAside, Step::Reopen) => Some(Open),
        (Unconfirmed | Open | Answered | SetAside, _) => None,
    }
}

/// Whether a confirmation still holds.
pub(crate) fn confirmable(asked_at: Instant, now: Instant) -> bool {
    now.seconds_since(asked_at) < CONFIRM_DAYS * 86_400
}

/// Enough of an address to recognize one's own: pages are looked at together, and links are forwarded.
pub(crate) fn hidden(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_confirmed_once_and_answered_as_often_as_needed() {
        for (status, step, next) in [
            (Unconfirmed, Step::Confirm, Some(Open)),
            (Unconfirmed, Step::Answer, None),
            (Unconfirmed, Step::SetAside, None),
            (Open, Step::Confirm, None),
            (Open, Step::Answer, Some(Answered)),
            (Open, Step::SetAside, Some(SetAside)),
            (Open, Step::Reopen, None),
            (Answered, Step::Answer, Some(Answered)),
            (Answered, Step::SetAside, None),
            (SetAside, Step::Reopen, Some(Open)),
            (SetAside, Step::Answer, None),
        ] {
            assert_eq!(after(status, step), next, "{status} {step:?}");
        }
    }

    #[test]
    fn a_confirmation_ends_and_an_address_stays_hidden() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let asked = at("2026-11-12T09:30:00Z");
        assert!(confirmable(asked, at("2026-11-19T09:29:59Z")));
        assert!(!confirmable(asked, at("2026-11-19T09:30:00Z")));
        assert_eq!(hidden("amina@example.org"), "a…@example.org");
    }
}
