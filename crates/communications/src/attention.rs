//! What of this room needs staff: corrections to send, campaigns that wait for the mail server, letters that did not arrive, and
//! audiences that have not heard of the purpose for too long. And what was sent, in sentences.

use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{
    Attention, Click, FirstStep, Line, Need, Told, Urgency, Words, lines_of,
};

use crate::campaign::{CampaignId, store};
use crate::delivery;
use crate::heard::{self, Heard, Hearers};
use crate::policy::SeeCampaigns;

/// Days without a message after which an audience has not heard of the purpose for too long.
pub const SILENCE_DAYS: i64 = 35;
/// Days for which letters that failed are shown.
const FAILED_DAYS: i64 = 21;

/// This room's rules.
pub struct Sending;

impl Attention for Sending {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[FirstStep {
            place: 100,
            what: "first-sending",
            taken: &["campaign.queued", "campaign.sent"],
            path: "/campaigns/new",
        }]
    }

    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        if !actor.may::<SeeCampaigns>() {
            return Ok(Vec::new());
        }
        let mut needs = corrections(conn, actor)?;
        needs.extend(waiting(conn, actor)?);
        needs.extend(failed(conn, actor)?);
        for heard in heard::heard(conn, actor)? {
            needs.extend(silence(&heard, actor.partnership.created_at, actor.now));
        }
        Ok(needs)
    }

    fn told(&self, conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
        if !actor.may::<SeeCampaigns>() {
            return Ok(Vec::new());
        }
        told(conn, actor, events)
    }
}

/// Notices of correction that are drafted and wait for a person.
fn corrections(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let drafts = store::drafted_corrections(conn, actor.tenant())?;
    Ok(drafts
        .into_iter()
        .map(|draft| {
            Need::from(Line {
                urgency: Urgency::Watch,
                icon: "alert",
                what: Words::new("communications-needs-correction").text("subject", draft.subject),
                detail: Some(Words::new("communications-needs-correction-detail")),
                since: Some(draft.created_at),
                action: Words::new("communications-needs-look"),
                path: format!("/campaigns/{}", draft.id),
            })
        })
        .collect())
}

/// Campaigns that the mail server keeps from leaving.
fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let waiting = store::waiting(conn, actor.tenant())?;
    Ok(waiting
        .into_iter()
        .map(|campaign| {
            Need::from(Line {
                urgency: Urgency::Bad,
                icon: "send",
                what: Words::new("communications-needs-server").text("subject", campaign.subject),
                detail: campaign.waiting_reason.map(|reason| {
                    Words::new("communications-needs-server-detail").text("reason", reason)
                }),
                since: campaign.queued_at,
                action: Words::new("communications-needs-look"),
                path: format!("/campaigns/{}", campaign.id),
            })
        })
        .collect())
}

/// Letters of the last weeks that could not be delivered, by campaign, tried again by one click.
fn failed(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let since = actor.now.plus_days(-FAILED_DAYS);
    let mut needs = Vec::new();
    for (id, n) in delivery::store::failed_since(conn, actor.tenant(), since)? {
        let Some(campaign) = store::find(conn, actor.tenant(), &id)? else {
            continue;
        };
        needs.push(
            Need::from(Line {
                urgency: Urgency::Watch,
                icon: "alert",
                what: Words::new("communications-needs-failed")
                    .number("n", n)
                    .text("subject", campaign.subject),
                detail: Some(Words::new("communications-needs-failed-detail")),
                since: campaign.finished_at.or(campaign.queued_at),
                action: Words::new("communications-needs-look"),
                path: format!("/campaigns/{id}?failed"),
            })
            .click(Click::new(
                "communications-needs-retry",
                format!("/campaigns/{id}/retry"),
            )),
        );
    }
    Ok(needs)
}

/// An audience that was not written to for [`SILENCE_DAYS`]; one that never was, once the partnership is that old.
fn silence(heard: &Heard, began: Instant, now: Instant) -> Option<Need> {
    let since = heard.last.unwrap_or(began);
    let days = now.seconds_since(since) / 86_400;
    if days <= SILENCE_DAYS {
        return None;
    }
    let what = match (heard.hearers, heard.last.is_some()) {
        (Hearers::Partners, true) => "communications-needs-heard-partners",
        (Hearers::Leaders, true) => "communications-needs-heard-leaders",
        (Hearers::Funders, true) => "communications-needs-heard-funders",
        (Hearers::Partners, false) => "communications-needs-never-partners",
        (Hearers::Leaders, false) => "communications-needs-never-leaders",
        (Hearers::Funders, false) => "communications-needs-never-funders",
    };
    Some(Need::from(Line {
        urgency: Urgency::Watch,
        icon: "purpose",
        what: Words::new(what).number("days", days),
        detail: Some(
            Words::new("communications-needs-heard-detail").number("n", heard.people as i64),
        ),
        since: None,
        action: Words::new("communications-needs-write"),
        path: format!("/campaigns/new?to={}", heard.hearers),
    }))
}

/// What was drafted, sent and delivered, by subject.
fn told(conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
    let mut subjects: HashMap<String, Option<String>> = HashMap::new();
    let mut told = Vec::new();
    for e in events.iter().filter(|e| e.object.kind == "campaign") {
        let key = match e.kind.as_str() {
            "campaign.drafted" => "communications-told-drafted",
            "campaign.queued" => "communications-told-queued",
            "campaign.sent" => "communications-told-sent",
            _ => continue,
        };
        if !subjects.contains_key(&e.object.id) {
            let found = match CampaignId::parse(&e.object.id) {
                Ok(id) => store::find(conn, actor.tenant(), &id)?.map(|c| c.subject),
                Err(_) => None,
            };
            subjects.insert(e.object.id.clone(), found);
        }
        let Some(Some(subject)) = subjects.get(&e.object.id) else {
            continue;
        };
        told.push(Told {
            seq: e.seq,
            what: Words::new(key)
                .text("by", &e.actor_name)
                .text("subject", subject)
                .number("n", e.data["accepted"].as_i64().unwrap_or(0)),
            path: Some(format!("/campaigns/{}", e.object.id)),
        });
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(last: Option<Instant>) -> Heard {
        Heard {
            hearers: Hearers::Funders,
            people: 3,
            weeks: [false; heard::WEEKS],
            last,
        }
    }

    #[test]
    fn five_weeks_without_a_word_are_too_long() {
        let began = Instant::from_unix(1_700_000_000);
        let now = began.plus_days(200);
        let found = |last: Option<i64>, now| {
            let last = last.map(|days: i64| now_minus(now, days));
            silence(&heard(last), began, now).map(|n| n.rule())
        };
        assert_eq!(found(Some(SILENCE_DAYS), now), None);
        assert_eq!(
            found(Some(SILENCE_DAYS + 1), now),
            Some("communications-needs-heard-funders")
        );
        assert_eq!(found(None, now), Some("communications-needs-never-funders"));
        // A partnership that has only begun has missed nothing yet.
        assert_eq!(found(None, began.plus_days(SILENCE_DAYS)), None);
    }

    fn now_minus(now: Instant, days: i64) -> Instant {
        now.plus_days(-days)
    }
}
