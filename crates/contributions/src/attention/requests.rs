use std::collections::{BTreeMap, BTreeSet};

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::attention::{Asked, Click, Line, Need, Urgency, Words};
use backbone_identity::directory::{self, OrganizationCard};
use backbone_identity::{Actor, OrganizationId, PersonId};

use super::told::quantity;
use crate::contribution::{Contribution, store as contributions};
use crate::policy::LogContribution;
use crate::request::{Request, store};
use crate::view::name_of;

/// Days after which a request that is not answered is late.
const LATE: i64 = 7;
/// Minutes that logging by the link of a mail costs, read from the form's three fields and its receipt.
pub(super) const MINUTES: i64 = 2;
/// Requests that are looked at: the links of older ones have expired.
const RECENT: i64 = 12;
/// Names in a line before the rest is counted.
const NAMED: usize = 3;

/// Requests that still run, with the organizations that have answered neither by the link nor by logging for that time.
fn open(
    conn: &mut Conn,
    actor: &Actor,
) -> Result<Vec<(Request, BTreeSet<OrganizationId>)>, DbError> {
    let mut open = Vec::new();
    for request in store::list(conn, actor.tenant(), None, RECENT)? {
        if request.expires_at <= actor.now {
            continue;
        }
        let mut silent: BTreeSet<OrganizationId> = request
            .asks
            .iter()
            .filter(|a| a.answered_at.is_none())
            .map(|a| a.organization_id.clone())
            .collect();
        let period = &request.period;
        let (from, until) = (
            crate::days::chrono(period.start()),
            crate::days::chrono(period.last_day()),
        );
        for gave in contributions::givers(conn, actor.tenant(), from, until)? {
            silent.remove(&gave);
        }
        if !silent.is_empty() {
            open.push((request, silent));
        }
    }
    Ok(open)
}

/// Requests that wait for more than a week, with a reminder by one click.
pub(super) fn late(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let organizations = directory::organizations(conn, actor.tenant())?;
    let waits = |r: &Request| {
        let asked = r.asks.iter().filter(|a| a.answered_at.is_none());
        let last = asked.map(|a| a.reminded_at.unwrap_or(a.asked_at)).max();
        last.is_some_and(|at| actor.now >= at.plus_days(LATE))
    };
    Ok(open(conn, actor)?
        .iter()
        .filter(|(request, _)| waits(request))
        .map(|(request, silent)| late_need(request, silent, &organizations))
        .collect())
}

fn late_need(
    request: &Request,
    silent: &BTreeSet<OrganizationId>,
    organizations: &[OrganizationCard],
) -> Need {
    let mut names: Vec<String> = silent.iter().map(|o| name_of(organizations, o)).collect();
    names.sort();
    let more = names.len().saturating_sub(NAMED) as i64;
    names.truncate(NAMED);
    Need::from(Line {
        urgency: Urgency::Watch,
        icon: "hourglass",
        what: Words::new("contributions-needs-request")
            .number("n", silent.len() as i64)
            .period("period", request.period.to_string()),
        detail: Some(
            Words::new("contributions-needs-request-detail")
                .text("names", names.join(", "))
                .number("more", more),
        ),
        since: Some(request.created_at),
        action: Words::new("contributions-needs-look"),
        path: format!("/contributions/requests#{}", request.id),
    })
    .click(Click::new(
        "contributions-needs-again",
        format!("/contributions/requests/{}/remind", request.id),
    ))
}

/// Requests to one's own organization that are not answered, with what answering costs; the same as last time by one click.
pub(super) fn mine(
    conn: &mut Conn,
    actor: &Actor,
    own: &OrganizationId,
) -> Result<Vec<Need>, DbError> {
    if actor.is_staff() {
        return Ok(Vec::new());
    }
    let last = contributions::last_of(conn, actor.tenant(), own)?;
    let may = actor.may::<LogContribution>();
    let asked = open(conn, actor)?.into_iter();
    Ok(asked
        .filter(|(_, silent)| silent.contains(own))
        .map(|(request, _)| ask(actor, &request, last.as_ref().filter(|_| may)))
        .collect())
}

fn ask(actor: &Actor, request: &Request, last: Option<&Contribution>) -> Need {
    let message = Some(request.message.trim()).filter(|m| !m.is_empty());
    let need = Need::from(Line {
        urgency: Urgency::Watch,
        icon: "contributions",
        what: Words::new("contributions-needs-mine")
            .text("by", &request.asked_by)
            .period("period", request.period.to_string()),
        detail: message.map(|m| Words::new("contributions-needs-mine-detail").text("message", m)),
        since: Some(request.created_at),
        action: Words::new("contributions-needs-log"),
        path: format!("/contributions/new?period={}", request.period),
    })
    .due(Some(request.created_at.plus_days(LATE)))
    .minutes(MINUTES);
    let Some(last) = last else { return need };
    let keys = (
        "contributions-needs-same-hours",
        "contributions-needs-same-value",
    );
    need.click(Click {
        label: quantity(actor, last, keys),
        path: format!("/contributions/{}/repeat", last.id),
        // One request is answered once, however often the button is pressed.
        fields: vec![
            ("period", request.period.to_string()),
            ("key", format!("request-{}", request.id)),
        ],
    })
}

/// Two rules. A request to log asks two minutes of each organization, once, however many of its people got the mail; of a person, if
/// only one did. A question about a contribution asks five minutes of the organization that gave it.
pub(super) fn asked(conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
    let mut all = Vec::new();
    for request in store::since(conn, actor.tenant(), since)? {
        let mut of: BTreeMap<&OrganizationId, Vec<&PersonId>> = BTreeMap::new();
        for a in &request.asks {
            of.entry(&a.organization_id).or_default().push(&a.person_id);
        }
        all.extend(of.into_iter().map(|(organization, people)| Asked {
            organization: organization.clone(),
            person: match people[..] {
                [one] => Some(one.clone()),
                _ => None,
            },
            what: "contributions-asked-requests",
            minutes: MINUTES,
            at: request.created_at,
        }));
    }
    for (organization, at) in contributions::questions(conn, actor.tenant(), since)? {
        all.push(Asked {
            organization,
            person: None,
            what: "contributions-asked-questions",
            minutes: super::ANSWER_MINUTES,
            at,
        });
    }
    Ok(all)
}
