//! The burden ledger: minutes asked, added up by organization, person and month. Pure.

use std::collections::BTreeMap;

use backbone_db::Instant;
use backbone_identity::attention::Asked;
use backbone_identity::{OrganizationId, PersonId};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What was asked of one organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Minutes by month, in the order of the months.
    pub months: Vec<i64>,
    /// By rule: how often, and how many minutes.
    pub rules: BTreeMap<&'static str, (i64, i64)>,
    /// Minutes by month of each of its people; without a person, of whoever does it.
    pub people: BTreeMap<Option<PersonId>, Vec<i64>>,
}

impl Entry {
    /// All its minutes.
    pub fn total(&self) -> i64 {
        self.months.iter().sum()
    }
}

/// The first days of the last `n` months, this one last.
pub(super) fn months(today: Date, n: usize) -> Vec<Date> {
    let this = today.first_of_month();
    let back = |i: usize| {
        let span = i64::try_from(i).unwrap_or(0).months();
        this.checked_sub(span).unwrap_or(this)
    };
    (0..n).rev().map(back).collect()
}

/// Midnight of a day, where the partnership is.
pub(super) fn midnight(day: Date, zone: &TimeZone) -> Option<Instant> {
    let at = day.to_zoned(zone.clone()).ok()?;
    Some(Instant::from_jiff(at.timestamp()))
}

/// Adds up what was asked in these months; what lies outside them is left out.
pub(super) fn add_up(
    asked: &[Asked],
    months: &[Date],
    zone: &TimeZone,
) -> BTreeMap<OrganizationId, Entry> {
    let mut all: BTreeMap<OrganizationId, Entry> = BTreeMap::new();
    for a in asked {
        let month = a.at.date_in(zone).first_of_month();
        let Some(at) = months.iter().position(|m| *m == month) else {
            continue;
        };
        let entry = all.entry(a.organization.clone()).or_default();
        entry.months.resize(months.len(), 0);
        entry.months[at] += a.minutes;
        let rule = entry.rules.entry(a.what).or_default();
        rule.0 += 1;
        rule.1 += a.minutes;
        let person = entry.people.entry(a.person.clone()).or_default();
        person.resize(months.len(), 0);
        person[at] += a.minutes;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_fall_into_the_month_of_where_the_partnership_is() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let today: Date = "2026-03-31".parse().unwrap();
        let three = months(today, 3);
        let texts: Vec<String> = three.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["2026-01-01", "2026-02-01", "2026-03-01"]);
        let (one, other, who) = (
            OrganizationId::new(),
            OrganizationId::new(),
            PersonId::new(),
        );
        let asked = |organization: &OrganizationId, person, what, minutes, at: &str| Asked {
            organization: organization.clone(),
            person,
            what,
            minutes,
            at: at.parse().unwrap(),
        };
        let found = add_up(
            &[
                // Half past midnight of 1 February in Amsterdam.
                asked(&one, Some(who.clone()), "votes", 3, "2026-01-31T23:30:00Z"),
                asked(&one, None, "votes", 3, "2026-02-10T12:00:00Z"),
                asked(&one, None, "figures", 10, "2026-03-31T12:00:00Z"),
                asked(&other, None, "figures", 10, "2026-01-31T22:30:00Z"),
                // Before all of it.
                asked(&other, None, "figures", 10, "2025-12-31T12:00:00Z"),
            ],
            &three,
            &zone,
        );
        assert_eq!(found[&one].months, [0, 6, 10]);
        assert_eq!(found[&one].total(), 16);
        assert_eq!(found[&one].rules["votes"], (2, 6));
        assert_eq!(found[&one].people[&Some(who)], [0, 3, 0]);
        assert_eq!(found[&one].people[&None], [0, 3, 10]);
        assert_eq!(found[&other].months, [10, 0, 0]);
    }

    #[test]
    fn months_go_back_over_the_year() {
        let today: Date = "2026-01-31".parse().unwrap();
        let texts: Vec<String> = months(today, 4).iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01"]
        );
    }
}
