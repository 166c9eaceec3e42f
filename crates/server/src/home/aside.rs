//! The right column of the staff's home: what is asked of partners, and who heard of the purpose.

use std::collections::{BTreeMap, BTreeSet};

use backbone_communications::heard::Heard;
use backbone_db::{Conn, DbError, Instant};
use backbone_identity::attention::{Asked, Words};
use backbone_identity::{Actor, Core, directory, visit};
use serde_json::{Value, json};

use super::say::say_counted;

/// Minutes a month that a partnership allows itself to ask of one organization, on average. One hour: what partners say they
/// can spare for being coordinated, beside the work itself.
pub(crate) const ALLOWED_MINUTES: i64 = 60;

/// What the column is made of.
pub(super) struct Column {
    asked: Vec<Asked>,
    heard: Vec<Heard>,
    partners: usize,
    active: usize,
}

/// Reads it: what was asked since the first of the month, who heard in twelve weeks, who was active in seven days.
pub(super) fn read(core: &Core, conn: &mut Conn, actor: &Actor) -> Result<Column, DbError> {
    let since = first_of_month(actor);
    let mut asked = Vec::new();
    for room in &core.attention {
        asked.extend(room.asked(conn, actor, since)?);
    }
    let heard = backbone_communications::heard::heard(conn, actor)?;
    let organizations = directory::organizations(conn, actor.tenant())?;
    let week = actor.now.plus_days(-7);
    let seen: BTreeSet<String> = visit::last_by_organization(conn, actor.tenant())?
        .into_iter()
        .filter(|(_, at)| *at >= week)
        .map(|(organization, _)| organization.to_string())
        .collect();
    let there = organizations.iter().filter(|o| o.active);
    Ok(Column {
        asked,
        heard,
        partners: there.clone().count(),
        active: there.filter(|o| seen.contains(o.id.as_str())).count(),
    })
}

/// Midnight of the first day of this month, where the partnership is.
fn first_of_month(actor: &Actor) -> Instant {
    let zone = actor.partnership.zone();
    let first = actor.now.date_in(&zone).first_of_month();
    first
        .to_zoned(zone)
        .map_or(actor.now, |z| Instant::from_jiff(z.timestamp()))
}

/// As the template shows it.
pub(super) fn shown(core: &Core, actor: &Actor, column: &Column) -> Value {
    let burden = burden(&column.asked);
    let parts: Vec<String> = burden
        .parts
        .iter()
        .map(|(what, n)| say_counted(core, actor, &Words::new(what), Some(*n)))
        .collect();
    let heard: Vec<Value> = column
        .heard
        .iter()
        .map(|h| {
            json!({
                "label": format!("heard-{}", h.hearers),
                "weeks": h.weeks,
                "n": h.weeks.iter().filter(|w| **w).count(),
                "last": h.last,
            })
        })
        .collect();
    json!({
        "partners": column.partners,
        "active": column.active,
        "minutes": burden.average,
        "most": burden.most,
        "allowed": ALLOWED_MINUTES,
        "over": burden.average > ALLOWED_MINUTES,
        "parts": parts,
        "heard": heard,
    })
}

/// What was asked, in sum.
#[derive(Debug, Default, PartialEq, Eq)]
struct Burden {
    /// Minutes per organization that was asked anything, rounded up: a minute asked is a minute.
    average: i64,
    /// Minutes asked of the one that was asked most.
    most: i64,
    /// What it was, and how often.
    parts: Vec<(&'static str, i64)>,
}

fn burden(asked: &[Asked]) -> Burden {
    let mut of: BTreeMap<&str, i64> = BTreeMap::new();
    let mut parts: BTreeMap<&'static str, i64> = BTreeMap::new();
    for a in asked {
        *of.entry(a.organization.as_str()).or_default() += a.minutes;
        *parts.entry(a.what).or_default() += 1;
    }
    let (sum, n) = (of.values().sum::<i64>(), of.len() as i64);
    Burden {
        average: if n == 0 { 0 } else { (sum + n - 1) / n },
        most: of.values().copied().max().unwrap_or(0),
        parts: parts.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backbone_identity::OrganizationId;

    #[test]
    fn minutes_are_counted_by_organization_and_rounded_up() {
        assert_eq!(burden(&[]), Burden::default());
        let (one, other) = (OrganizationId::new(), OrganizationId::new());
        let asked = |organization: &OrganizationId, what, minutes| Asked {
            organization: organization.clone(),
            person: None,
            what,
            minutes,
            at: Instant::from_unix(0),
        };
        let found = burden(&[
            asked(&one, "votes", 2),
            asked(&one, "requests", 5),
            asked(&other, "votes", 2),
        ]);
        assert_eq!(found.average, 5, "9 minutes of two are 4.5");
        assert_eq!(found.most, 7);
        assert_eq!(found.parts, [("requests", 1), ("votes", 2)]);
    }
}
