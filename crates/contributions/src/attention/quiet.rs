//! Partners gone quiet: for longer than their own rhythm, nobody gave anything or was seen.

use std::collections::BTreeMap;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::attention::{Click, Line, Need, Urgency, Words};
use backbone_identity::{Actor, OrganizationId, Role, directory, visit};
use chrono::{Months, NaiveDate};

use crate::contribution::store;

/// Days of silence that are never worth a line, however often somebody gave before.
const LEAST: i64 = 21;
/// Days that a rhythm is read from.
const LOOKED_BACK: i64 = 400;
/// Different days on which something was given, before one speaks of a rhythm.
const RHYTHM_DAYS: usize = 3;

/// The usual number of days between two days of giving: the median, the larger one when there are two. None for fewer than
/// three days, which are no rhythm.
pub(super) fn rhythm(days: &[NaiveDate]) -> Option<i64> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    if days.len() < RHYTHM_DAYS {
        return None;
    }
    let mut gaps: Vec<i64> = days.windows(2).map(|w| (w[1] - w[0]).num_days()).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied()
}

/// Days of silence that are quiet for such a rhythm: twice the usual gap and at least three weeks.
pub(super) fn patience(rhythm: i64) -> i64 {
    rhythm.saturating_mul(2).max(LEAST)
}

/// A line for each organization that gave regularly and has gone quiet, with a mail that asks by one click.
pub(super) fn needs(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let tenant = actor.tenant();
    let since = actor.now.plus_days(-LOOKED_BACK);
    let mut given: BTreeMap<OrganizationId, Vec<Instant>> = BTreeMap::new();
    for (organization, at) in store::moments(conn, tenant, since)? {
        given.entry(organization).or_default().push(at);
    }
    let visits = visit::last_by_organization(conn, tenant)?;
    let people = directory::contacts(conn, tenant, Role::Contributor)?;
    let mut needs = Vec::new();
    for o in directory::organizations(conn, tenant)? {
        let Some(moments) = given.get(&o.id).filter(|_| o.active) else {
            continue;
        };
        if actor.acts_for(&o.id) {
            continue;
        }
        let zone = actor.partnership.zone();
        let days: Vec<NaiveDate> = moments.iter().map(|m| day(m.date_in(&zone))).collect();
        let (Some(rhythm), Some(gave)) = (rhythm(&days), moments.iter().max()) else {
            continue;
        };
        let seen = visits.get(&o.id).copied().unwrap_or(*gave).max(*gave);
        let silent = (day(actor.now.date_in(&zone)) - day(seen.date_in(&zone))).num_days();
        if silent <= patience(rhythm) {
            continue;
        }
        let who = people.iter().find(|c| c.organization_id == o.id);
        let mut need = Need::from(Line {
            urgency: Urgency::Bad,
            icon: "clock",
            what: Words::new("contributions-needs-quiet").text("name", &o.name),
            detail: Some(
                Words::new("contributions-needs-quiet-detail")
                    .number("days", silent)
                    .number("rhythm", rhythm),
            ),
            since: None,
            action: Words::new("contributions-needs-look"),
            path: format!("/organizations/{}", o.id),
        });
        if let Some(who) = who {
            let mut click = Click::new("contributions-needs-ask", "/contributions/requests".into())
                .field("period", last_month(day(actor.now.date_in(&zone))))
                .field("organizations", &o.id);
            let first = who.name.split_whitespace().next().unwrap_or(&who.name);
            click.label = click.label.text("who", first);
            need = need.click(click);
        }
        needs.push(need);
    }
    Ok(needs)
}

fn day(d: jiff::civil::Date) -> NaiveDate {
    crate::days::chrono(d)
}

/// The month before, as a period: `2026-10`.
fn last_month(today: NaiveDate) -> String {
    let before = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    before.format("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(list: &[i64]) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        list.iter()
            .map(|d| first + chrono::TimeDelta::days(*d))
            .collect()
    }

    #[test]
    fn a_rhythm_is_the_usual_gap() {
        for (list, expected) in [
            (&[][..], None),
            (&[0, 7], None),
            (&[3, 3, 3, 3], None),
            (&[0, 7, 14], Some(7)),
            (&[14, 0, 7, 7], Some(7)),
            // One long holiday is not the rhythm.
            (&[0, 7, 14, 90, 97], Some(7)),
            (&[0, 30, 61, 91], Some(30)),
            // Of two in the middle the larger: rather a day too patient.
            (&[0, 5, 15], Some(10)),
        ] {
            assert_eq!(rhythm(&days(list)), expected, "{list:?}");
        }
    }

    #[test]
    fn the_rare_giver_is_given_more_time_and_nobody_less_than_three_weeks() {
        assert_eq!(patience(1), 21);
        assert_eq!(patience(7), 21);
        assert_eq!(patience(30), 60);
        assert_eq!(patience(i64::MAX), i64::MAX);
    }

    #[test]
    fn the_month_before_is_asked_for() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(last_month(day(2026, 3, 31)), "2026-02");
        assert_eq!(last_month(day(2027, 1, 1)), "2026-12");
    }
}
