//! Another address for one's own account: it counts once a link that was mailed to it is confirmed. The old address is told.
//!
//! Whoever asks learns nothing about other accounts: the answer is the same whether or not the address is somebody's.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_jobs::{Job, JobError, JobId};
use backbone_web::Problem;
use serde::{Deserialize, Serialize};

use super::store;
use crate::core::Core;
use crate::ids::PersonId;
use crate::mail::{self, Letter};
use crate::secret::MasterSecret;
use crate::sign_in;

/// What tokens of these links are signed for.
const SIGNED: &str = "account:email";
/// Seconds a link lasts after its mail was sent.
const SECONDS: i64 = 3600;

/// Mails the link to the new address, unless that is somebody's already.
#[derive(Serialize, Deserialize)]
pub(crate) struct SendEmailChange {
    pub person_id: PersonId,
    pub email: String,
}

#[async_trait::async_trait]
impl Job<Core> for SendEmailChange {
    const KIND: &'static str = "identity.email_change";
    // After an hour nobody waits for it any more.
    const MAX_ATTEMPTS: i32 = 6;

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (person, email) = (self.person_id.clone(), self.email.clone());
        let account = core
            .db
            .read(move |conn| {
                let taken = store::has_email(conn, &email)?;
                let account = sign_in::store::by_id(conn, &person)?;
                Ok::<_, DbError>(account.filter(|_| !taken))
            })
            .await?;
        let Some(account) = account else {
            return Ok(());
        };
        let now = core.now();
        let change = Change {
            person_id: self.person_id.clone(),
            old: account.email,
            new: self.email.clone(),
            until: now.plus_seconds(SECONDS),
        };
        let signed = serde_json::to_string(&change).map_err(|e| JobError::Fail(e.to_string()))?;
        let lang = account.language.parse().unwrap_or_default();
        let to = (account.name.as_str(), self.email.as_str());
        let letter = Letter::new(to, lang, "identity/emails/email-change")
            .with("minutes", SECONDS / 60)
            .link("url", "/account/email/confirm", SIGNED, &signed);
        mail::deliver(core, None, &letter, job, now).await
    }
}

/// What a token says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Change {
    person_id: PersonId,
    old: String,
    pub new: String,
    until: Instant,
}

fn ended() -> Problem {
    Problem::new(actix_web::http::StatusCode::GONE, "link-ended")
}

/// What a token would change, for the page that a GET shows.
///
/// # Errors
/// 410 `link-ended` when it ran out, was used, or the address was taken meanwhile.
pub(crate) fn look(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    now: Instant,
) -> Result<Change, Problem> {
    let signed = secret.open(SIGNED, token).ok_or_else(ended)?;
    let change: Change = serde_json::from_str(&signed).map_err(|_| ended())?;
    let account = sign_in::store::by_id(conn, &change.person_id)?;
    // The old address is part of the token, so that it works once.
    let holds = account.is_some_and(|a| a.email == change.old) && change.until > now;
    if !holds || store::has_email(conn, &change.new)? {
        return Err(ended());
    }
    Ok(change)
}

/// Changes the address and tells the old one. Sessions stay; links that were mailed to the old address end.
///
/// # Errors
/// 410 as [`look`].
pub(crate) fn confirm(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    now: Instant,
) -> Result<(), Problem> {
    let change = look(conn, secret, token, now)?;
    let account = sign_in::store::by_id(conn, &change.person_id)?.ok_or_else(ended)?;
    store::set_email(conn, &change.person_id, &change.new)?;
    sign_in::store::end_links(conn, &change.person_id, now)?;
    let by = By {
        kind: ActorKind::Person,
        id: Some(change.person_id.to_string()),
        name: account.name.clone(),
        at: now,
    };
    for partnership in store::all_partnerships(conn, &change.person_id)? {
        let event = NewEvent::new(
            "person.email_changed",
            Object::new("person", &change.person_id),
        );
        append(conn, partnership.as_str(), &by, event)?;
    }
    let lang = account.language.parse().unwrap_or_default();
    let to = (account.name.as_str(), change.old.as_str());
    let letter = Letter::new(to, lang, "identity/emails/email-changed");
    mail::queue(conn, None, letter, now)?;
    Ok(())
}
