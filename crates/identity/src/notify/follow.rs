//! Reading the event log for those whom it concerns, and looking at the clock.

use std::collections::HashMap;
use std::sync::Arc;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{ActorKind, Event, heads, recent, since};

use super::{Hours, Notice, Notify, Often, kind, rules, store};
use crate::directory::{self, Reachable};
use crate::ids::PersonId;
use crate::partnership::Partnership;

/// Events that one transaction takes at most, so that other writers need not wait long.
const STEP: i64 = 100;
/// Seconds after which an event is no news: a log that is read for the first time does not fill the bell.
const NEWS: i64 = 86_400;

/// The partnerships whose logs have events that were not read.
pub fn behind(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let read: HashMap<String, i64> = store::cursors(conn)?.into_iter().collect();
    let all = heads(conn)?;
    Ok(all
        .into_iter()
        .filter(|(id, seq)| read.get(id).is_none_or(|read| read < seq))
        .map(|(id, _)| id)
        .collect())
}

/// Reads the next events of a partnership; says whether more wait.
pub fn step(
    conn: &mut Conn,
    all: &[Arc<dyn Notify>],
    partnership: &str,
    now: Instant,
) -> Result<bool, DbError> {
    conn.lock(&format!("notifications:{partnership}"))?;
    let Some(tenant) = directory::partnership(conn, partnership)? else {
        return Ok(false);
    };
    let from = match store::cursor(conn, partnership)? {
        Some(seq) => seq,
        None => first(conn, partnership, now)?,
    };
    let events = since(conn, partnership, from, STEP)?;
    let mut desk = Desk::new(conn, &tenant)?;
    for event in &events {
        let doer = matches!(event.actor_kind, ActorKind::Person | ActorKind::Link)
            .then(|| event.actor_id.clone())
            .flatten();
        for rule in all {
            for notice in rule.of(conn, &tenant, event)? {
                if doer.as_deref() != Some(notice.person.as_str()) {
                    desk.tell(conn, all, &notice, event.at.max(now.plus_seconds(-NEWS)))?;
                }
            }
        }
    }
    let read = events.last().map_or(from, |e| e.seq);
    store::advance(conn, partnership, read)?;
    Ok(events.len() as i64 == STEP)
}

/// Where a log that was never read begins: with what is still news.
fn first(conn: &mut Conn, partnership: &str, now: Instant) -> Result<i64, DbError> {
    let newest: Vec<Event> = recent(conn, partnership, None, STEP)?;
    let head = newest.first().map_or(0, |e| e.seq);
    let news = newest
        .iter()
        .take_while(|e| now.seconds_since(e.at) < NEWS)
        .last();
    Ok(news.map_or(head, |e| e.seq - 1))
}

/// Tells what the clock has made due in a partnership.
pub fn clock(
    conn: &mut Conn,
    all: &[Arc<dyn Notify>],
    partnership: &str,
    now: Instant,
) -> Result<(), DbError> {
    conn.lock(&format!("notifications:{partnership}"))?;
    let Some(tenant) = directory::partnership(conn, partnership)? else {
        return Ok(());
    };
    let mut desk = Desk::new(conn, &tenant)?;
    for rule in all {
        for notice in rule.due(conn, &tenant, now)? {
            desk.tell(conn, all, &notice, now)?;
        }
    }
    Ok(())
}

/// The members of a partnership, and when each wants mail.
struct Desk<'a> {
    partnership: &'a Partnership,
    members: HashMap<PersonId, Reachable>,
    hours: HashMap<PersonId, Hours>,
}

impl<'a> Desk<'a> {
    fn new(conn: &mut Conn, partnership: &'a Partnership) -> Result<Self, DbError> {
        let members = directory::members(conn, partnership.id.as_str(), &[])?;
        Ok(Self {
            partnership,
            members: members
                .into_iter()
                .map(|m| (m.person_id.clone(), m))
                .collect(),
            hours: HashMap::new(),
        })
    }

    fn tell(
        &mut self,
        conn: &mut Conn,
        all: &[Arc<dyn Notify>],
        notice: &Notice,
        at: Instant,
    ) -> Result<(), DbError> {
        let Some(kind) = kind(all, notice.kind) else {
            tracing::error!(
                kind = notice.kind,
                "a rule tells of a kind that it does not name"
            );
            return Ok(());
        };
        let tenant = self.partnership.id.as_str();
        let member = self.members.get(&notice.person);
        let meant = member.is_some_and(|m| m.roles.iter().any(|r| kind.roles.contains(r)));
        if !meant || store::was_told(conn, tenant, &notice.person, &notice.matter)? {
            return Ok(());
        }
        let often = super::often(conn, tenant, &notice.person, kind)?;
        let mail_at = match often {
            // The domain's own letter is the mail.
            Often::Now if kind.letter => None,
            often => rules::when(often, self.hours(conn, &notice.person)?, at),
        };
        store::insert(conn, tenant, notice, at, mail_at)
    }

    fn hours(&mut self, conn: &mut Conn, person: &PersonId) -> Result<&Hours, DbError> {
        if !self.hours.contains_key(person) {
            let hours = super::hours(conn, self.partnership, person)?;
            self.hours.insert(person.clone(), hours);
        }
        let usual = || Hours::usual(self.partnership);
        Ok(self.hours.entry(person.clone()).or_insert_with(usual))
    }
}
