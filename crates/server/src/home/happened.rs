//! What happened, in sentences that name the thing. Each room tells its own; what none of them tells is told by the kind of the
//! event. On the home page, small steps are left out and repetitions are counted; the timeline shows them all.

use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::{ActorKind, Event, recent};
use backbone_identity::attention::Told;
use backbone_identity::{Actor, Core};
use serde::Serialize;
use serde_json::Value;

use super::say::say;
use super::timeline::event_line;

/// Events that the home page looks at.
const LOOKED_AT: i64 = 120;
/// Lines on the home page.
const SHOWN: usize = 8;
/// Seconds within which the same step by the same person is one line.
const TOGETHER: i64 = 6 * 3600;
/// Steps that only prepare or confirm something else that is told.
const SMALL: &[&str] = &[
    "contribution.verified",
    "measurement.verified",
    "campaign.edited",
    "campaign.drafted",
    "story.edited",
    "story.submitted",
    "story.approved",
    "file.uploaded",
    "figure.changed",
    "figure.restored",
    "delivery.failed",
    "contribution.remarked",
    "contribution_template.kept",
    "contribution_template.removed",
    "access_link.upgraded",
    "attention.snoozed",
    "attention.resumed",
    "value_model.changed",
    "opinion.given",
    "voter.interest",
    "history.checked",
];

/// One line of the timeline.
#[derive(Serialize)]
pub(crate) struct Moment {
    at: backbone_db::Instant,
    /// Who, when the sentence does not say it.
    actor: Option<String>,
    text: String,
    title: String,
    href: String,
    /// Further events like it, right before.
    more: usize,
}

/// The newest things worth telling on the home page.
pub(super) fn newest(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
) -> Result<(Vec<Event>, Vec<Told>), DbError> {
    let mut events = recent(conn, actor.tenant(), None, LOOKED_AT)?;
    events.retain(|e| !SMALL.contains(&e.kind.as_str()));
    // The log is in the order of writing; people think in the order of time.
    events.sort_by_key(|e| std::cmp::Reverse((e.at, e.seq)));
    let told = told(core, conn, actor, &events)?;
    Ok((events, told))
}

/// The sentences of all rooms for these events.
pub(crate) fn told(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    events: &[Event],
) -> Result<Vec<Told>, DbError> {
    let mut all = Vec::new();
    for room in &core.attention {
        all.extend(room.told(conn, actor, events)?);
    }
    Ok(all)
}

/// The lines of the home page: newest first, repetitions counted.
pub(super) fn lines(core: &Core, actor: &Actor, events: &[Event], told: &[Told]) -> Vec<Moment> {
    let mut lines = every(core, actor, events, told);
    let mut grouped: Vec<(usize, Moment)> = Vec::new();
    for (index, line) in lines.drain(..).enumerate() {
        let event = &events[index];
        match grouped.last_mut() {
            Some((first, group)) if same(&events[*first], event) => group.more += 1,
            _ => grouped.push((index, line)),
        }
    }
    grouped.into_iter().map(|(_, m)| m).take(SHOWN).collect()
}

/// A line for every event.
pub(crate) fn every(core: &Core, actor: &Actor, events: &[Event], told: &[Told]) -> Vec<Moment> {
    let by_seq: HashMap<i64, &Told> = told.iter().map(|t| (t.seq, t)).collect();
    events
        .iter()
        .map(|e| match by_seq.get(&e.seq) {
            Some(told) => Moment {
                at: e.at,
                actor: None,
                text: say(core, actor, &told.what),
                title: String::new(),
                href: match &told.path {
                    Some(path) => format!("/p/{}{path}", actor.partnership.slug),
                    None => trace(core, actor, e),
                },
                more: 0,
            },
            None => plain(core, actor, e),
        })
        .collect()
}

fn plain(core: &Core, actor: &Actor, e: &Event) -> Moment {
    let line = event_line(core, actor, e);
    let word = |key: &str| line[key].as_str().unwrap_or_default().to_string();
    let name = e
        .data
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let title = match word("title") {
        empty if empty.is_empty() => name.to_string(),
        title => title,
    };
    Moment {
        at: e.at,
        actor: Some(e.actor_name.clone()),
        text: word("what"),
        title,
        href: trace(core, actor, e),
        more: 0,
    }
}

/// Where an event leads: to what it is about; to the timeline when that cannot be traced.
fn trace(core: &Core, actor: &Actor, e: &Event) -> String {
    if !core.tracer.kinds().contains(&e.object.kind.as_str()) {
        return format!("/p/{}/timeline", actor.partnership.slug);
    }
    format!(
        "/p/{}/trace/{}/{}",
        actor.partnership.slug, e.object.kind, e.object.id
    )
}

/// Whether an event is told together with the newer one before it: the same step by the same person within some hours. What
/// partners gave is always told one by one, unless a program or Backbone itself did it.
fn same(newer: &Event, older: &Event) -> bool {
    let by_hand = !matches!(older.actor_kind, ActorKind::System | ActorKind::ApiKey);
    newer.kind == older.kind
        && newer.actor_name == older.actor_name
        && newer.at.seconds_since(older.at).abs() <= TOGETHER
        && !(by_hand
            && older.kind == "contribution.logged"
            && newer.object.kind != older.object.kind)
}
