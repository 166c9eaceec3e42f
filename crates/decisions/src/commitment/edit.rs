use backbone_db::{Conn, DbError};
use backbone_events::{Audience, NewEvent, Object, append, link};
use backbone_identity::{Actor, Core, OrganizationId, PersonId, directory};
use backbone_web::{Fields, IfMatch, Problem};
use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{
    Commitment, CommitmentId, CommitmentStatus, NewCommitment, Note, NoteId, Progress, store,
};
use crate::error::Error;
use crate::people::members;
use crate::proposal::Proposal;

/// Makes a commitment.
///
/// # Errors
/// 422 with the wrong fields.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    of: Option<&Proposal>,
    input: &NewCommitment,
) -> Result<Commitment, Error> {
    let mut fields = Fields::new();
    let title = fields.text("title", &input.title, 300);
    let organization = fields.parse::<OrganizationId>("organization_id", &input.organization_id);
    let all = directory::organizations(conn, actor.tenant())?;
    if organization
        .as_ref()
        .is_some_and(|id| !all.iter().any(|o| &o.id == id && o.active))
    {
        fields.fail("organization_id", "organization-unknown");
    }
    let person_id = person(
        conn,
        actor,
        &mut fields,
        organization.as_ref(),
        input.person_id.as_deref(),
    )?;
    let due_on = fields.parse::<NaiveDate>("due_on", &input.due_on);
    if input
        .effort_hours
        .is_some_and(|h| !(0..=100_000).contains(&h))
    {
        fields.fail("effort_hours", "not-understood");
    }
    let benefit = fields.optional("benefit", &input.benefit, 1_000);
    fields.finish()?;
    let (Some(organization_id), Some(due_on)) = (organization, due_on) else {
        return Err(crate::error::wrong("due_on", "required"));
    };
    let made = Commitment {
        id: CommitmentId::new(),
        partnership_id: actor.tenant().into(),
        proposal_id: of.map(|p| p.id.clone()),
        title,
        organization_id,
        person_id,
        due_on,
        effort_hours: input.effort_hours,
        benefit,
        status: CommitmentStatus::Open,
        progress: 0,
        reminded_on: None,
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, &made)?;
    if let Some(proposal) = of {
        link(
            conn,
            actor.tenant(),
            Object::new("commitment", &made.id),
            "decided_by",
            proposal.object(),
            actor.now,
        )?;
    }
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("commitment.made", &made),
    )?;
    Ok(made)
}

fn person(
    conn: &mut Conn,
    actor: &Actor,
    fields: &mut Fields,
    organization: Option<&OrganizationId>,
    id: Option<&str>,
) -> Result<Option<PersonId>, DbError> {
    let Some(id) = fields.parse_optional::<PersonId>("person_id", id.unwrap_or_default()) else {
        return Ok(None);
    };
    let people = members(conn, actor.tenant())?;
    match people.iter().find(|m| m.person_id == id) {
        None => fields.fail("person_id", "seat-person-unknown"),
        Some(m) if m.organization_id.as_ref() != organization => {
            fields.fail("person_id", "seat-person-elsewhere")
        }
        Some(_) => return Ok(Some(id)),
    }
    Ok(None)
}

/// Whether somebody may say how a commitment goes: its organization, and staff.
pub(crate) fn may(actor: &Actor, c: &Commitment) -> bool {
    actor.is_staff() || actor.acts_for(&c.organization_id)
}

/// Says how it goes.
///
/// # Errors
/// 404; 403 for another organization; 412 when somebody changed it meanwhile; 422.
pub fn report(
    conn: &mut Conn,
    actor: &Actor,
    id: &CommitmentId,
    seen: IfMatch,
    input: &Progress,
) -> Result<Commitment, Error> {
    conn.lock(&format!("commitment:{id}"))
        .map_err(DbError::from)?;
    let before = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if !may(actor, &before) {
        return Err(Error::NoSeat);
    }
    seen.check(before.version)?;
    let mut fields = Fields::new();
    let mut after = before.clone();
    let text = fields.optional("text", &input.text, 4_000);
    if let Some(status) = fields
        .parse_optional::<CommitmentStatus>("status", input.status.as_deref().unwrap_or_default())
    {
        after.status = status;
    }
    after.progress = input.progress.unwrap_or(after.progress);
    if !(0..=100).contains(&after.progress) {
        let args = [("min", "0".to_string()), ("max", "100".to_string())];
        fields.fail_with("progress", "out-of-range", &args);
    }
    if after.status == CommitmentStatus::Done {
        after.progress = 100;
    }
    if let Some(due) =
        fields.parse_optional::<NaiveDate>("due_on", input.due_on.as_deref().unwrap_or_default())
    {
        after.due_on = due;
    }
    if input.person_id.as_deref().is_some_and(|p| !p.is_empty()) {
        let own = before.organization_id.clone();
        after.person_id = person(
            conn,
            actor,
            &mut fields,
            Some(&own),
            input.person_id.as_deref(),
        )?;
    }
    let later = after.due_on > before.due_on;
    if text.is_empty()
        && (later || after.status == CommitmentStatus::Dropped)
        && !fields.has("text")
    {
        fields.fail("text", "commitment-why");
    }
    fields.finish()?;
    after.version += 1;
    after.updated_at = actor.now;
    if later {
        after.reminded_on = None;
    }
    store::update(conn, &after)?;
    let note = Note {
        id: NoteId::new(),
        partnership_id: actor.tenant().into(),
        commitment_id: id.clone(),
        text,
        progress: after.progress,
        status: after.status,
        written_by: actor.name.clone(),
        written_at: actor.now,
    };
    store::insert_note(conn, &note)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("commitment.reported", &after),
    )?;
    Ok(after)
}

/// Says that a contribution was given towards a commitment, so that its trace goes on to the decision.
///
/// # Errors
/// 404; 403 for another organization; 422 for a contribution that is not there.
pub fn fulfil(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    id: &CommitmentId,
    contribution: &str,
) -> Result<(), Error> {
    let c = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if !may(actor, &c) {
        return Err(Error::NoSeat);
    }
    let given = Object::new("contribution", contribution.trim());
    let node = core
        .tracer
        .node(conn, actor.tenant(), &given, Audience::Members, "en")?;
    if node.is_none() {
        return Err(Error::Input(
            Problem::invalid("invalid").field("contribution_id", "commitment-contribution"),
        ));
    }
    link(
        conn,
        actor.tenant(),
        given.clone(),
        "promised_in",
        Object::new("commitment", id),
        actor.now,
    )?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("commitment.contributed", &c).about(given),
    )?;
    Ok(())
}

/// A seat changed hands: what the one who leaves saw to, the successor sees to.
pub(crate) fn pass_on(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    from: &PersonId,
    to: Option<&PersonId>,
) -> Result<Vec<Commitment>, DbError> {
    let mut passed = Vec::new();
    for mut c in store::in_state(conn, actor.tenant(), CommitmentStatus::Open)? {
        if &c.organization_id == organization && c.person_id.as_ref() == Some(from) {
            c.person_id = to.cloned();
            c.version += 1;
            c.updated_at = actor.now;
            store::update(conn, &c)?;
            append(
                conn,
                actor.tenant(),
                &actor.by(),
                event("commitment.passed", &c),
            )?;
            passed.push(c);
        }
    }
    Ok(passed)
}

/// Reminds: three days before the day, on it, and then once a week.
pub(crate) fn remind_due(conn: &mut Conn, actor: &Actor) -> Result<(), DbError> {
    let day = actor.now.date_in(&actor.partnership.zone());
    let Some(today) =
        NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32)
    else {
        return Ok(());
    };
    for c in store::in_state(conn, actor.tenant(), CommitmentStatus::Open)? {
        if is_due(&c, today) {
            super::mail::remind(conn, actor, &c, today)?;
            store::reminded(conn, actor.tenant(), &c.id, today)?;
        }
    }
    Ok(())
}

/// Whether a reminder is due on a day.
fn is_due(c: &Commitment, today: NaiveDate) -> bool {
    let left = c.due_on.num_days_from_ce() - today.num_days_from_ce();
    let since = c
        .reminded_on
        .map(|d| today.num_days_from_ce() - d.num_days_from_ce());
    match left {
        4.. => false,
        1..=3 => since.is_none(),
        0 => since.is_none_or(|s| s >= 1),
        _ => since.is_none_or(|s| s >= 7),
    }
}

fn event(kind: &'static str, c: &Commitment) -> NewEvent {
    let event = NewEvent::new(kind, Object::new("commitment", &c.id))
        .about(Object::new("organization", &c.organization_id));
    let event = match &c.proposal_id {
        Some(id) => event.about(Object::new("decision", id)),
        None => event,
    };
    event.data(&json!({"status": c.status, "progress": c.progress, "due_on": c.due_on, "version": c.version}))
}

#[cfg(test)]
mod tests {
    use backbone_db::Instant;

    use super::*;

    #[test]
    fn reminders_come_before_on_and_weekly_after_the_day() {
        let due: NaiveDate = "2026-11-20".parse().expect("a day");
        let commitment = |reminded: Option<&str>| Commitment {
            id: CommitmentId::new(),
            partnership_id: String::new(),
            proposal_id: None,
            title: String::new(),
            organization_id: OrganizationId::new(),
            person_id: None,
            due_on: due,
            effort_hours: None,
            benefit: String::new(),
            status: CommitmentStatus::Open,
            progress: 0,
            reminded_on: reminded.map(|d| d.parse().expect("a day")),
            version: 1,
            created_at: Instant::from_unix(0),
            updated_at: Instant::from_unix(0),
        };
        for (today, reminded, fine) in [
            ("2026-11-16", None, false),
            ("2026-11-17", None, true),
            ("2026-11-18", Some("2026-11-17"), false),
            ("2026-11-20", Some("2026-11-17"), true),
            ("2026-11-20", Some("2026-11-20"), false),
            ("2026-11-21", Some("2026-11-20"), false),
            ("2026-11-27", Some("2026-11-20"), true),
            ("2026-12-25", None, true),
        ] {
            assert_eq!(
                is_due(&commitment(reminded), today.parse().expect("a day")),
                fine,
                "{today} {reminded:?}"
            );
        }
    }
}
