//! Putting a line of the home page aside: with a reason, until a day, by name, and undone at any time.

pub(crate) mod store;

use backbone_db::{Conn, DbError, Instant, id};
use backbone_events::{NewEvent, Object, append};
use backbone_web::{Fields, Problem};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;

id!(
    /// Identifies a line that was put aside.
    SnoozeId
);

/// Days that a line may be put aside for at most: longer is forgetting.
pub const LONGEST_DAYS: i64 = 92;

/// A line that was put aside.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Snooze {
    /// Its identifier.
    pub id: SnoozeId,
    /// The rule that found the line.
    pub rule: String,
    /// What the line is about.
    pub subject: String,
    /// The line as it read then.
    pub title: String,
    /// Why it can wait.
    pub reason: String,
    /// The day on which it comes back.
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    /// Who put it aside.
    pub snoozed_by: String,
    /// When.
    pub created_at: Instant,
}

/// A line to put aside.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSnooze {
    /// The rule that found the line.
    pub rule: String,
    /// What the line is about.
    pub subject: String,
    /// The line as it reads now.
    #[serde(default)]
    pub title: String,
    /// Why it can wait.
    pub reason: String,
    /// The day on which it comes back.
    pub until: String,
}

/// The day as typed, when it lies ahead and not too far.
fn wanted(typed: &str, today: NaiveDate, f: &mut Fields) -> Option<NaiveDate> {
    let typed = typed.trim();
    if typed.is_empty() {
        f.fail("until", "required");
        return None;
    }
    let Ok(day) = typed.parse::<NaiveDate>() else {
        f.fail("until", "date");
        return None;
    };
    let days = (day - today).num_days();
    if !(1..=LONGEST_DAYS).contains(&days) {
        f.fail("until", "snooze-until");
        return None;
    }
    Some(day)
}

/// Puts a line aside until a day. A line that is aside already gets the new day and reason.
///
/// # Errors
/// No reason; a day that is none, not ahead, or more than [`LONGEST_DAYS`] away.
pub fn snooze(conn: &mut Conn, actor: &Actor, input: &NewSnooze) -> Result<Snooze, Problem> {
    let mut f = Fields::new();
    let rule = f.text("rule", &input.rule, 80);
    let subject = f.optional("subject", &input.subject, 300);
    let title = f.optional("title", &input.title, 300);
    let reason = f.text("reason", &input.reason, 300);
    let until = wanted(&input.until, today(actor), &mut f);
    f.finish()?;
    let Some(until) = until else {
        return Err(Problem::internal(
            "a day that passed its check is not there",
        ));
    };
    conn.lock(&format!("snooze:{}", actor.tenant()))
        .map_err(DbError::from)?;
    store::end(conn, actor.tenant(), &rule, &subject, actor.now)?;
    let made = Snooze {
        id: SnoozeId::new(),
        rule,
        subject,
        title,
        reason,
        until,
        snoozed_by: actor.name.clone(),
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant(), &made, actor.person_id.as_ref())?;
    let event = NewEvent::new("attention.snoozed", Object::new("snooze", &made.id)).data(
        &serde_json::json!({"rule": made.rule, "subject": made.subject, "until": made.until}),
    );
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

/// Takes a line up again, before its day.
///
/// # Errors
/// 404 when it is not aside.
pub fn wake(conn: &mut Conn, actor: &Actor, id: &SnoozeId) -> Result<(), Problem> {
    if !store::end_one(conn, actor.tenant(), id, actor.now)? {
        return Err(Problem::not_found());
    }
    let event = NewEvent::new("attention.resumed", Object::new("snooze", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

/// The lines that are aside today, those that come back first on top.
pub fn active(conn: &mut Conn, actor: &Actor) -> Result<Vec<Snooze>, DbError> {
    store::active(conn, actor.tenant(), today(actor))
}

/// Today where the partnership is.
fn today(actor: &Actor) -> NaiveDate {
    let day = actor.now.date_in(&actor.partnership.zone());
    NaiveDate::from_ymd_opt(
        day.year().into(),
        day.month().unsigned_abs().into(),
        day.day().unsigned_abs().into(),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_waits_for_a_day_ahead_and_not_for_ever() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for (typed, code) in [
            ("", Some("required")),
            ("soon", Some("date")),
            ("2026-11-22", Some("snooze-until")),
            ("2026-11-01", Some("snooze-until")),
            ("2026-11-23", None),
            ("2027-02-22", None),
            ("2027-02-23", Some("snooze-until")),
        ] {
            let mut f = Fields::new();
            let day = wanted(typed, today, &mut f);
            let found = f.finish().err().map(|p| p.fields[0].code.to_string());
            assert_eq!(found.as_deref(), code, "{typed}");
            assert_eq!(day.is_some(), code.is_none(), "{typed}");
        }
    }
}
