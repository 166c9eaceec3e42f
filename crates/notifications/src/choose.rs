//! Choosing what to hear of by mail, and when: one use case behind both doors.

use std::sync::Arc;

use backbone_db::{Conn, Instant};
use backbone_identity::notify::{self, Hours, Kind, Notify, Often};
use backbone_identity::{Actor, PersonId};
use backbone_web::{Fields, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody wants to hear of by mail, and when. Fields that are left out stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NotificationChange {
    /// By kind: `now`, `daily`, `weekly` or `off`.
    pub often: std::collections::BTreeMap<String, String>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// First minute of hours without mail, as `22:00`; empty together with `quiet_until` for mail at any time.
    pub quiet_from: Option<String>,
    /// The first minute with mail again.
    pub quiet_until: Option<String>,
    /// When summaries come, as `08:00`.
    pub summary_at: Option<String>,
    /// On which day of the week the weekly summary comes; 1 is Monday.
    pub summary_day: Option<i32>,
}

/// A kind of notification and how often it goes out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotificationChoice {
    /// The kind.
    pub kind: String,
    /// How often.
    pub often: Often,
    /// How often when nothing was chosen.
    pub usual: Often,
}

/// What somebody chose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotificationSettings {
    /// Kinds that may concern them.
    pub kinds: Vec<NotificationChoice>,
    /// Their zone.
    pub time_zone: String,
    /// First minute of hours without mail, as `22:00`.
    pub quiet_from: Option<String>,
    /// The first minute with mail again.
    pub quiet_until: Option<String>,
    /// When summaries come.
    pub summary_at: String,
    /// On which day the weekly one comes; 1 is Monday.
    pub summary_day: i32,
}

/// The kinds that somebody with these roles may be told of.
pub(crate) fn kinds(rules: &[Arc<dyn Notify>], actor: &Actor) -> Vec<&'static Kind> {
    rules
        .iter()
        .flat_map(|r| r.kinds())
        .filter(|k| k.roles.iter().any(|r| actor.has(*r)))
        .collect()
}

/// The person whose notifications these are.
///
/// # Errors
/// 403 for one who is no person.
pub(crate) fn me(actor: &Actor) -> Result<&PersonId, Problem> {
    actor.person_id.as_ref().ok_or_else(Problem::forbidden)
}

/// What somebody chose.
///
/// # Errors
/// 403 for one who is no person.
pub(crate) fn chosen(
    conn: &mut Conn,
    rules: &[Arc<dyn Notify>],
    actor: &Actor,
) -> Result<NotificationSettings, Problem> {
    let person = me(actor)?;
    let hours = notify::hours(conn, &actor.partnership, person)?;
    let mut all = Vec::new();
    for kind in kinds(rules, actor) {
        all.push(NotificationChoice {
            kind: kind.name.into(),
            often: notify::often(conn, actor.tenant(), person, kind)?,
            usual: kind.usual,
        });
    }
    Ok(NotificationSettings {
        kinds: all,
        time_zone: hours.time_zone,
        quiet_from: hours.quiet.map(|q| clock(q.0)),
        quiet_until: hours.quiet.map(|q| clock(q.1)),
        summary_at: clock(hours.summary_at),
        summary_day: hours.summary_day,
    })
}

/// Chooses. What waits for a summary is planned anew.
///
/// # Errors
/// 403 for one who is no person; 422 for a kind, a zone or a time that is none.
pub(crate) fn choose(
    conn: &mut Conn,
    rules: &[Arc<dyn Notify>],
    actor: &Actor,
    change: &NotificationChange,
) -> Result<NotificationSettings, Problem> {
    let person = me(actor)?.clone();
    let known = kinds(rules, actor);
    let mut fields = Fields::new();
    let mut often: Vec<(&Kind, Often)> = Vec::new();
    for (name, value) in &change.often {
        match known.iter().find(|k| k.name == name) {
            Some(kind) => often.extend(fields.parse::<Often>(name, value).map(|o| (*kind, o))),
            None => fields.fail(name, "notification-kind"),
        }
    }
    let before = notify::hours(conn, &actor.partnership, &person)?;
    let hours = read_hours(&mut fields, &before, change);
    fields.finish()?;
    for (kind, often) in &often {
        notify::choose(conn, actor.tenant(), &person, kind.name, *often)?;
    }
    if hours != before {
        notify::put_hours(conn, actor.tenant(), &person, &hours)?;
    }
    for kind in known {
        replan(conn, actor.tenant(), &person, kind, &hours, actor.now)?;
    }
    chosen(conn, rules, actor)
}

/// Turns mails of a kind off, or of every kind: what the link in a mail does.
///
/// # Errors
/// Those of the database.
pub(crate) fn turn_off(
    conn: &mut Conn,
    rules: &[Arc<dyn Notify>],
    tenant: &str,
    person: &PersonId,
    kind: &str,
) -> Result<(), backbone_db::DbError> {
    let all = rules.iter().flat_map(|r| r.kinds());
    for k in all.filter(|k| kind == notify::EVERY || k.name == kind) {
        notify::choose(conn, tenant, person, k.name, Often::Off)?;
        notify::plan(conn, tenant, person, k.name, None)?;
    }
    Ok(())
}

fn replan(
    conn: &mut Conn,
    tenant: &str,
    person: &PersonId,
    kind: &Kind,
    hours: &Hours,
    now: Instant,
) -> Result<(), Problem> {
    let often = notify::often(conn, tenant, person, kind)?;
    Ok(notify::plan(
        conn,
        tenant,
        person,
        kind.name,
        notify::when(often, hours, now),
    )?)
}

fn read_hours(fields: &mut Fields, before: &Hours, change: &NotificationChange) -> Hours {
    let mut hours = before.clone();
    if let Some(zone) = &change.time_zone {
        match jiff::tz::TimeZone::get(zone.trim()) {
            Ok(_) => hours.time_zone = zone.trim().into(),
            Err(_) => fields.fail("time_zone", "time-zone"),
        }
    }
    if change.quiet_from.is_some() || change.quiet_until.is_some() {
        let from = change.quiet_from.as_deref().unwrap_or_default().trim();
        let until = change.quiet_until.as_deref().unwrap_or_default().trim();
        hours.quiet = match (from.is_empty(), until.is_empty()) {
            (true, true) => None,
            _ => {
                let from = minute(fields, "quiet_from", from);
                let until = minute(fields, "quiet_until", until);
                from.zip(until).filter(|(from, until)| from != until)
            }
        };
    }
    if let Some(at) = &change.summary_at {
        hours.summary_at = minute(fields, "summary_at", at.trim()).unwrap_or(before.summary_at);
    }
    match change.summary_day {
        None => {}
        Some(day @ 1..=7) => hours.summary_day = day,
        Some(_) => {
            let args = [("min", "1".to_string()), ("max", "7".to_string())];
            fields.fail_with("summary_day", "out-of-range", &args);
        }
    }
    hours
}

/// Minutes since midnight of a time of day, such as `22:00`.
fn minute(fields: &mut Fields, name: &str, text: &str) -> Option<i32> {
    let parsed = text.split_once(':').and_then(|(h, m)| {
        let (h, m): (i32, i32) = (h.parse().ok()?, m.get(..2)?.parse().ok()?);
        ((0..24).contains(&h) && (0..60).contains(&m)).then_some(h * 60 + m)
    });
    if parsed.is_none() {
        fields.fail(name, "time-of-day");
    }
    parsed
}

/// A time of day as `22:00`.
fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_and_written() {
        for (text, told) in [
            ("22:00", Some(1320)),
            ("8:05", Some(485)),
            ("07:30:00", Some(450)),
            ("24:00", None),
            ("12:60", None),
            ("noon", None),
            ("", None),
        ] {
            let mut fields = Fields::new();
            assert_eq!(minute(&mut fields, "at", text), told, "{text}");
            assert_eq!(fields.finish().is_ok(), told.is_some(), "{text}");
        }
        assert_eq!((clock(485), clock(0)), ("08:05".into(), "00:00".into()));
    }

    #[test]
    fn hours_without_mail_are_both_given_or_none() {
        let before = Hours {
            time_zone: "UTC".into(),
            quiet: Some((0, 60)),
            summary_at: 480,
            summary_day: 1,
        };
        let read = |from: &str, until: &str| {
            let change = NotificationChange {
                quiet_from: Some(from.into()),
                quiet_until: Some(until.into()),
                ..NotificationChange::default()
            };
            let mut fields = Fields::new();
            let hours = read_hours(&mut fields, &before, &change);
            fields
                .finish()
                .map(|()| hours.quiet)
                .map_err(|p| p.fields.len())
        };
        assert_eq!(read("22:00", "07:00"), Ok(Some((1320, 420))));
        assert_eq!(read("", ""), Ok(None));
        assert_eq!(read("22:00", "22:00"), Ok(None));
        assert_eq!(read("22:00", ""), Err(1));
        let untouched = read_hours(&mut Fields::new(), &before, &NotificationChange::default());
        assert_eq!(untouched, before);
    }
}
