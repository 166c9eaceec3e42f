//! What of the people needs staff: invitations that nobody has taken up.

use backbone_db::{Conn, DbError};

use super::invite::DAYS;
use super::{Invitation, store};
use crate::actor::Actor;
use crate::attention::{Attention, Click, FirstStep, Line, Need, Urgency, Words, lines_of};
use crate::policy::InvitePeople;

/// Days after which an invitation without an answer is worth a second mail.
const QUIET: i64 = 7;
/// Days after which it is no longer shown: by then it has been asked about or has expired for good.
const FORGOTTEN: i64 = 60;

/// This room's rules.
pub struct Inviting;

impl Attention for Inviting {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[
            FirstStep {
                place: 10,
                what: "first-partnership",
                taken: &["partnership.updated"],
                path: "/settings",
            },
            FirstStep {
                place: 20,
                what: "first-organizations",
                taken: &["organization.added"],
                path: "/organizations/new",
            },
            FirstStep {
                place: 30,
                what: "first-people",
                taken: &["person.invited", "person.joined"],
                path: "/people",
            },
        ]
    }

    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    /// Each invitation that was sent more than a week ago and neither taken up nor taken back, with a second mail by one click.
    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        if !actor.may::<InvitePeople>() {
            return Ok(Vec::new());
        }
        // Sending once more moves the expiry, so that it tells when the last mail left.
        let sent = |days_ago: i64| actor.now.plus_days(DAYS - days_ago);
        let (from, until) = (sent(FORGOTTEN), sent(QUIET));
        let silent = store::invitations::unanswered(conn, actor.tenant(), from, until)?;
        Ok(silent.into_iter().map(need).collect())
    }
}

fn need(i: Invitation) -> Need {
    let who = if i.name.is_empty() { &i.email } else { &i.name };
    Need::from(Line {
        urgency: Urgency::Good,
        icon: "user",
        what: Words::new("people-needs-answer").text("name", who),
        detail: Some(Words::new("people-needs-answer-detail").text("email", &i.email)),
        since: Some(i.created_at),
        action: Words::new("people-needs-look"),
        path: format!("/invitations#{}", i.id),
    })
    .click(Click::new(
        "people-needs-again",
        format!("/invitations/{}/resend", i.id),
    ))
}
