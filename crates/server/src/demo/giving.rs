//! What partners gave over 18 months.

use backbone_contributions::contribution::{
    Basis, ContributionId, Evidence, Kind as GivenKind, NewContribution, judge, log,
};
use backbone_contributions::rate::{NewRate, set};
use backbone_contributions::request::{NewRequest, ask::ask};
use backbone_db::{Conn, Dec};
use backbone_identity::{Actor, visit};
use backbone_web::{IfMatch, Problem};
use chrono::NaiveDate;

use super::calendar::{Calendar, MONTHS, month_text};
use super::cast::{Giving, Kind, RATES};
use super::chance::Chance;
use super::stage::Stage;

/// The hourly rates, valid before the first contribution.
pub fn rates(conn: &mut Conn, staff: &Actor, calendar: &Calendar) -> Result<(), Problem> {
    let first = calendar.month(0);
    let valid_from = NaiveDate::from_ymd_opt(i32::from(first.year()) - 1, 1, 1).unwrap_or_default();
    for (role, hourly, source) in RATES {
        let rate = NewRate {
            work_role: (*role).into(),
            hourly: dec(*hourly),
            valid_from,
            source: (*source).into(),
        };
        set::set(conn, staff, &rate)?;
    }
    Ok(())
}

/// One contribution that is going to be logged, in the order of time.
pub struct Planned {
    pub at: backbone_db::Instant,
    organization: usize,
    input: NewContribution,
    verified: bool,
}

/// Who has not been heard of for three months, so that visitors see how that is noticed.
pub const QUIET: &str = "Harbour Youth Work";

/// Everything that will have been given, oldest first.
pub fn plan(stage: &Stage, calendar: &Calendar, chance: &mut Chance) -> Vec<Planned> {
    let mut planned = Vec::new();
    for (index, organization) in stage.organizations.iter().enumerate() {
        for giving in organization.cast.giving {
            for month in (giving.from..MONTHS).filter(|m| (m - giving.from) % giving.every == 0) {
                if organization.cast.name == QUIET && month + 3 >= MONTHS {
                    continue;
                }
                // Now and then a month is forgotten, as it is everywhere.
                if giving.every == 1 && chance.below(14) == 0 {
                    continue;
                }
                let first = calendar.month(month);
                let late = 31 + chance.below(9) as i64;
                let minute = chance.below(540);
                planned.push(Planned {
                    at: calendar.moment(first, late, minute),
                    organization: index,
                    input: contribution(
                        giving,
                        &month_text(first),
                        chance,
                        &stage.supported(giving.activity),
                    ),
                    verified: month + 2 < MONTHS || chance.below(3) > 0,
                });
            }
        }
    }
    planned.sort_by_key(|p| p.at);
    planned
}

/// Logs one, and has staff look at most of them. Gives the one that was logged by the partner whom visitors of the demo sign
/// in as, while nobody has looked at it.
pub fn give(
    conn: &mut Conn,
    stage: &Stage,
    planned: &Planned,
) -> Result<Option<ContributionId>, Problem> {
    let organization = &stage.organizations[planned.organization];
    let mut actor = organization
        .people
        .first()
        .cloned()
        .unwrap_or_else(|| stage.staff.clone());
    actor.now = planned.at;
    visit::arrive(conn, &actor)?;
    let made = log::log(conn, &actor, &planned.input)?;
    if planned.verified {
        let mut staff = stage.staff.clone();
        staff.now = planned.at.plus_seconds(7200).min(stage.now);
        judge::verify(conn, &staff, &made.id, IfMatch(Some(made.version)))?;
    }
    let visitors = actor.name.starts_with("Ilse");
    Ok(Some(made.id).filter(|_| visitors && !planned.verified))
}

/// Staff ask about one, so that visitors see a question wait for them.
pub fn question(conn: &mut Conn, stage: &Stage, about: &ContributionId) -> Result<(), Problem> {
    let question =
        "Does this include the evening with the parents? Then we count it in their programme, too.";
    judge::query(conn, &stage.staff, about, IfMatch(None), question)?;
    Ok(())
}

/// Partners who are asked what they gave this month, so that visitors see what being asked looks like.
const ASKED: &[&str] = &["Mentor Circle Foundation", "Tide Software"];

/// Staff ask two partners what they gave this month.
pub fn request(conn: &mut Conn, stage: &Stage) -> Result<(), Problem> {
    let today = stage.now.date_in(&stage.staff.partnership.zone());
    let mut staff = stage.staff.clone();
    staff.now = stage.now.plus_days(-2);
    let asked = stage
        .organizations
        .iter()
        .filter(|o| ASKED.contains(&o.cast.name));
    let new = NewRequest {
        period: month_text(today.first_of_month()),
        kind: None,
        message: "Ten seconds are enough. We tell the city on Friday what all of us gave.".into(),
        organizations: asked.map(|o| o.id.clone()).collect(),
    };
    ask(conn, &staff, &new)?;
    Ok(())
}

fn contribution(
    giving: &Giving,
    period: &str,
    chance: &mut Chance,
    metrics: &[String],
) -> NewContribution {
    let amount = chance.around(giving.usual);
    let mut new = NewContribution {
        organization_id: None,
        kind: GivenKind::Time,
        period: period.into(),
        activity: giving.activity.into(),
        hours: None,
        people: None,
        work_role: None,
        skill: None,
        hourly_rate: None,
        rate_reason: None,
        amount: None,
        currency: None,
        exchange_rate: None,
        description: None,
        basis: None,
        evidence: Evidence::default(),
        note: String::new(),
        metrics: metrics.to_vec(),
        confirm_large: true,
    };
    match giving.kind {
        Kind::Time(role, people) => {
            new.hours = Some(dec(amount));
            new.people = Some(people);
            new.work_role = Some(role.into());
        }
        Kind::Talent(skill, role) => {
            new.kind = GivenKind::Talent;
            new.hours = Some(dec(amount));
            new.skill = Some(skill.into());
            new.work_role = Some(role.into());
        }
        Kind::Money => {
            new.kind = GivenKind::Treasure;
            new.amount = Some(dec(giving.usual));
        }
        Kind::Thing(what) => {
            new.kind = GivenKind::InKind;
            new.amount = Some(dec(giving.usual));
            new.description = Some(what.into());
            new.basis = Some(Basis::MarketPrice);
        }
    }
    new
}

fn dec(n: i64) -> Dec {
    Dec::new(n.into())
}
