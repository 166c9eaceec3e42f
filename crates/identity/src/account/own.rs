//! What people change about their own account. Pages and programs ask for the same; only the fields' names are their own.

use backbone_jobs::enqueue;
use backbone_web::{Fields, Lang, Problem};

use super::email::SendEmailChange;
use crate::authenticate::SignedIn;
use crate::core::Core;
use crate::sign_in::{self, store::by_id};
use crate::{limit, password};

/// Reads name and language.
///
/// # Errors
/// 422 with the fields that are wrong.
pub(super) fn read_profile(name: &str, language: &str) -> Result<(String, Lang), Problem> {
    let mut fields = Fields::new();
    let name = fields.text("name", name, 120);
    let lang: Option<Lang> = fields.parse("language", language);
    fields.finish()?;
    Ok((name, lang.unwrap_or_default()))
}

/// Sets or changes the password and ends every other way in. Who has one types it.
///
/// # Errors
/// 422 at `old_password` and `new_password`; 429 after too many tries.
pub(super) async fn set_password(
    core: &Core,
    me: &SignedIn,
    old: &str,
    new: &str,
) -> Result<(), Problem> {
    let mut fields = Fields::new();
    password::check(&mut fields, "new_password", new, &[&me.name, &me.email]);
    let limits = [
        (limit::SIGN_IN_ACCOUNT, me.email.clone()),
        (limit::SIGN_IN_ADDRESS, me.person_id.to_string()),
    ];
    is_typed(core, me, old, "old_password", &mut fields, Some(limits)).await?;
    fields.finish()?;
    let hash = password::hash(new.to_string()).await?;
    let (person, keep, now) = (me.person_id.clone(), me.session.clone(), me.now);
    core.db
        .write(move |c| super::set_password(c, &person, &hash, keep.as_deref(), now))
        .await?;
    Ok(())
}

/// Checks the password that somebody who is signed in types again, if they have one.
async fn is_typed(
    core: &Core,
    me: &SignedIn,
    typed: &str,
    field: &str,
    fields: &mut Fields,
    limits: Option<[(limit::Limit, String); 2]>,
) -> Result<(), Problem> {
    let id = me.person_id.clone();
    let account = core
        .db
        .read(move |c| by_id(c, &id))
        .await?
        .ok_or_else(Problem::unauthenticated)?;
    if account.password_hash.is_none() {
        return Ok(());
    }
    if let Some(limits) = limits {
        sign_in::count(core, limits, me.now).await?;
    }
    if !password::verify(typed.to_string(), account.password_hash).await? {
        fields.fail(field, "password-wrong");
    }
    Ok(())
}

/// Checks what is needed to ask for another address; gives it in its normal form.
///
/// # Errors
/// 422 at `new_email` and `email_password`; 429 after too many tries.
pub(super) async fn read_address(
    core: &Core,
    me: &SignedIn,
    address: &str,
    typed: &str,
) -> Result<SendEmailChange, Problem> {
    let mut fields = Fields::new();
    let email = crate::email::read(&mut fields, "new_email", address);
    if email == me.email {
        fields.fail("new_email", "email-same");
    }
    let limits = [
        (limit::LINK_ACCOUNT, me.email.clone()),
        (limit::LINK_ADDRESS, me.person_id.to_string()),
    ];
    sign_in::count(core, limits, me.now).await?;
    is_typed(core, me, typed, "email_password", &mut fields, None).await?;
    fields.finish()?;
    Ok(SendEmailChange {
        person_id: me.person_id.clone(),
        email,
    })
}

/// Has the link mailed to the new address.
pub(super) fn ask_address(
    conn: &mut backbone_db::Conn,
    job: &SendEmailChange,
    me: &SignedIn,
) -> Result<(), Problem> {
    enqueue::<Core, SendEmailChange>(conn, None, job, me.now)?;
    Ok(())
}

/// Erases the account; the address typed again is the confirmation.
///
/// # Errors
/// 422 at `erase_email`; 409 `last-admin`.
pub(super) async fn erase(core: &Core, me: &SignedIn, typed: &str) -> Result<(), Problem> {
    if crate::email::normal(typed).as_deref() != Some(me.email.as_str()) {
        return Err(Problem::invalid("invalid").field("erase_email", "erase-email"));
    }
    let mut by = me.by();
    by.name = super::store::FORMER.into();
    let id = me.person_id.clone();
    core.db.write(move |c| super::erase(c, &id, &by)).await
}
