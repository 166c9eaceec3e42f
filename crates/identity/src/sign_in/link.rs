//! Links that sign somebody in, or let them choose a new password: one use, twenty minutes.

use actix_web::web;
use backbone_db::{Conn, DbError, Instant, text_enum};
use backbone_jobs::{Job, JobError, JobId, enqueue};
use backbone_web::{Lang, Problem};
use serde::{Deserialize, Serialize};

use super::store;
use crate::authenticate::Visitor;
use crate::core::Core;
use crate::ids::PersonId;
use crate::limit;
use crate::mail::{self, Letter};
use crate::secret::MasterSecret;

/// Seconds a link lasts after its mail was sent.
const SECONDS: i64 = 1200;

text_enum!(
    /// What a link is for.
    LinkPurpose {
        /// Signs in.
        SignIn = "sign_in",
        /// Chooses a new password.
        Reset = "reset",
    }
);

impl LinkPurpose {
    /// What the token is signed for.
    fn signed(self) -> &'static str {
        match self {
            Self::SignIn => "link:sign_in",
            Self::Reset => "link:reset",
        }
    }
    fn template(self) -> &'static str {
        match self {
            Self::SignIn => "identity/emails/sign-in-link",
            Self::Reset => "identity/emails/password-reset",
        }
    }
    fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/sign-in/link",
            Self::Reset => "/password/reset",
        }
    }
}

/// Looks an address up and mails it a link, if it is known. The request does the same work either way: it queues this.
#[derive(Serialize, Deserialize)]
pub struct SendLink {
    email: String,
    purpose: LinkPurpose,
    next: String,
    lang: Lang,
}

/// Asks for a link. `email` must be in its normal form.
///
/// # Errors
/// 429 after too many for the account or from the address.
pub async fn request(
    core: &web::Data<Core>,
    visitor: &Visitor,
    email: String,
    purpose: LinkPurpose,
    next: String,
) -> Result<(), Problem> {
    let limits = [
        (limit::LINK_ADDRESS, visitor.address.clone()),
        (limit::LINK_ACCOUNT, email.clone()),
    ];
    super::count(core, limits, visitor.now).await?;
    let (job, now) = (
        SendLink {
            email,
            purpose,
            next,
            lang: visitor.lang,
        },
        visitor.now,
    );
    core.db
        .write(move |c| enqueue::<Core, SendLink>(c, None, &job, now))
        .await?;
    core.wake_jobs();
    Ok(())
}

#[async_trait::async_trait]
impl Job<Core> for SendLink {
    const KIND: &'static str = "identity.send_link";
    // After half an hour nobody waits for it any more.
    const MAX_ATTEMPTS: i32 = 6;

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (email, now, id) = (self.email.clone(), core.now(), job.to_string());
        let (purpose, next) = (self.purpose, self.next.clone());
        let found = core
            .db
            .write(move |conn| {
                let Some(account) = store::by_email(conn, &email)? else {
                    return Ok(None);
                };
                let until = now.plus_seconds(SECONDS);
                store::put_link(conn, &id, &account.id, purpose, Some(&next), now, until)?;
                Ok::<_, DbError>(Some(account))
            })
            .await?;
        let Some(account) = found else {
            return Ok(());
        };
        let lang = account.language.parse().unwrap_or(self.lang);
        let letter = Letter::new(
            (&account.name, &account.email),
            lang,
            self.purpose.template(),
        )
        .with("minutes", SECONDS / 60)
        .link(
            "url",
            self.purpose.path(),
            self.purpose.signed(),
            job.as_str(),
        );
        mail::deliver(core, None, &letter, job, now).await
    }
}

/// Makes a link for somebody without mailing it; gives the path behind the server's address. For operators and the demo.
///
/// # Errors
/// 404 when no active account has the address.
pub fn make(
    conn: &mut Conn,
    secret: &MasterSecret,
    email: &str,
    next: &str,
    now: Instant,
) -> Result<String, Problem> {
    let email = crate::email::normal(email).ok_or_else(Problem::not_found)?;
    let account = store::by_email(conn, &email)?.ok_or_else(Problem::not_found)?;
    let (id, until) = (JobId::new(), now.plus_seconds(SECONDS));
    let purpose = LinkPurpose::SignIn;
    store::put_link(
        conn,
        id.as_str(),
        &account.id,
        purpose,
        Some(next),
        now,
        until,
    )?;
    let token = secret.sign(purpose.signed(), id.as_str());
    Ok(format!("{}?token={token}", purpose.path()))
}

/// Whether a token could still be used: for the page that a GET shows.
///
/// # Errors
/// 410 `link-ended` when not.
pub(super) fn look(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    purpose: LinkPurpose,
    now: Instant,
) -> Result<(String, PersonId, String), Problem> {
    let ended = || Problem::new(actix_web::http::StatusCode::GONE, "link-ended");
    let id = secret.open(purpose.signed(), token).ok_or_else(ended)?;
    let link = store::find_link(conn, &id, purpose)?.ok_or_else(ended)?;
    if link.used_at.is_some() || link.expires_at <= now || !store::is_active(conn, &link.person_id)?
    {
        return Err(ended());
    }
    Ok((id, link.person_id, link.next.unwrap_or_default()))
}

/// Uses a link up: gives the person and where they wanted to go.
///
/// # Errors
/// 410 `link-ended` when it was used, ran out or was never given.
pub fn consume(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    purpose: LinkPurpose,
    now: Instant,
) -> Result<(PersonId, String), Problem> {
    let (id, person, next) = look(conn, secret, token, purpose, now)?;
    if !store::use_link(conn, &id, now)? {
        return Err(Problem::new(
            actix_web::http::StatusCode::GONE,
            "link-ended",
        ));
    }
    Ok((person, next))
}
