//! Minutes: drafted from what happened, written on as versions, approved, and sent.

mod draft;

use backbone_db::Conn;
use backbone_events::append;
use backbone_identity::Actor;
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::plan::{follows, led, locked, save};
use super::rules::Step;
use super::{Meeting, MeetingId, MeetingStatus, Minutes, mail, store};
use crate::error::Error;

/// A version of the minutes to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewMinutes {
    /// The version it was written from.
    pub version: i64,
    /// What it says, in Markdown.
    pub text: String,
}

/// The version that is approved.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MinutesVersion {
    /// Its number; the latest.
    pub version: i64,
}

/// Keeps the first version, drafted from what happened.
pub(crate) fn draft(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<(), Error> {
    let text = draft::text(conn, actor, x)?;
    let made = Minutes {
        meeting_id: x.id.clone(),
        version: 1,
        partnership_id: actor.tenant().into(),
        text,
        written_by: "Backbone".into(),
        written_at: actor.now,
    };
    store::insert_minutes(conn, &made)?;
    Ok(())
}

/// Writes the next version. An approval of an earlier one ends.
///
/// # Errors
/// 404; 403 unless one leads or notes; 409 before the end, once they were sent, and `meeting-minutes-changed` when somebody else
/// wrote a version meanwhile; 422.
pub fn write(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewMinutes,
) -> Result<Minutes, Error> {
    let mut x = locked(conn, actor, id)?;
    if !x.noted_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    follows(&x, Step::Minutes)?;
    if input.version != x.minutes_version {
        return Err(Error::Rule("meeting-minutes-changed"));
    }
    let mut fields = Fields::new();
    let text = fields.text("text", &input.text, 200_000);
    fields.finish()?;
    let made = Minutes {
        meeting_id: id.clone(),
        version: x.minutes_version + 1,
        partnership_id: actor.tenant().into(),
        text,
        written_by: actor.name.clone(),
        written_at: actor.now,
    };
    store::insert_minutes(conn, &made)?;
    x.minutes_version = made.version;
    x.minutes_approved = 0;
    x.approved_by = String::new();
    save(conn, actor, &mut x)?;
    let event = x
        .event("meeting.minutes_written")
        .data(&json!({"version": made.version}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

/// Approves the latest version.
///
/// # Errors
/// 404; 403 unless one leads the meeting; 409 before the end, once they were sent, and `meeting-minutes-changed` for another
/// version than the latest.
pub fn approve(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    version: i64,
) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Minutes)?;
    if version != x.minutes_version {
        return Err(Error::Rule("meeting-minutes-changed"));
    }
    if x.minutes_approved == version {
        return Ok(x);
    }
    x.minutes_approved = version;
    x.approved_by.clone_from(&actor.name);
    save(conn, actor, &mut x)?;
    let event = x
        .event("meeting.minutes_approved")
        .data(&json!({"version": version}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(x)
}

/// Sends the approved minutes to everybody on the list.
///
/// # Errors
/// 404; 403 unless one leads the meeting; 409 `meeting-minutes-unapproved` before they are approved, or once they were sent.
pub fn send(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Send)?;
    if x.minutes_version == 0 || x.minutes_approved != x.minutes_version {
        return Err(Error::Rule("meeting-minutes-unapproved"));
    }
    let body =
        crate::body::store::find(conn, actor.tenant(), &x.body_id)?.ok_or(Error::NotFound)?;
    let latest = store::minutes(conn, actor.tenant(), id)?;
    let text = latest.first().map(|m| m.text.clone()).unwrap_or_default();
    let sent = mail::minutes(conn, actor, &x, &body, &text)?;
    x.status = MeetingStatus::Sent;
    x.sent_at = Some(actor.now);
    save(conn, actor, &mut x)?;
    let event = x
        .event("meeting.minutes_sent")
        .data(&json!({"version": x.minutes_version, "people": sent}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(x)
}
