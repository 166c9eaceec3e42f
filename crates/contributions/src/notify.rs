//! Whom contributions and requests to log concern.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::attention::Words;
use backbone_identity::notify::{Kind, Notice, Notify, Often, Row};
use backbone_identity::secret::MasterSecret;
use backbone_identity::{Partnership, Permission, Role, directory};

use crate::contribution::{Contribution, ContributionId, Status, question, store};
use crate::policy::{LogContribution, VerifyContribution};
use crate::request::{Request, RequestId, store as requests};
use crate::view::name_of;

const GIVERS: &[Role] = <LogContribution as Permission>::ROLES;
const STAFF: &[Role] = <VerifyContribution as Permission>::ROLES;

/// Staff asked about a contribution; the letter brings a link.
pub(crate) const QUERIED: Kind = Kind {
    name: "contribution.queried",
    icon: "help",
    roles: GIVERS,
    usual: Often::Now,
    letter: true,
};
/// Somebody was asked to log; the letter brings a link.
pub(crate) const ASKED: Kind = Kind {
    name: "contribution.asked",
    icon: "contributions",
    roles: GIVERS,
    usual: Often::Now,
    letter: true,
};
const VERIFIED: Kind = Kind {
    name: "contribution.verified",
    icon: "check-circle",
    roles: GIVERS,
    usual: Often::Weekly,
    letter: false,
};
const ANSWERED: Kind = Kind {
    name: "contribution.answered",
    icon: "quote",
    roles: STAFF,
    usual: Often::Daily,
    letter: false,
};

const KINDS: &[Kind] = &[ASKED, QUERIED, VERIFIED, ANSWERED];

/// Days that a link of a summary works.
const DAYS_OPEN: i64 = 30;

/// This room's rules.
pub struct Giving;

impl Notify for Giving {
    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn of(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        event: &Event,
    ) -> Result<Vec<Notice>, DbError> {
        let tenant = partnership.id.as_str();
        match event.kind.as_str() {
            "contribution.verified" | "contribution.queried" | "contribution.answered" => {
                match contribution(conn, tenant, &event.object.id)? {
                    Some(c) => judged(conn, tenant, event, &c),
                    None => Ok(Vec::new()),
                }
            }
            "contribution_request.sent" => match request(conn, tenant, &event.object.id)? {
                Some(request) => Ok(asked(&request)),
                None => Ok(Vec::new()),
            },
            _ => Ok(Vec::new()),
        }
    }

    fn holds(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        now: Instant,
    ) -> Result<bool, DbError> {
        let tenant = partnership.id.as_str();
        if row.kind == QUERIED.name {
            let id = row.path.rsplit('/').next().unwrap_or_default();
            let found = contribution(conn, tenant, id)?;
            return Ok(found.is_some_and(|c| c.status == Status::Queried));
        }
        if row.kind == ASKED.name {
            return Ok(open_ask(conn, tenant, row, now)?.is_some());
        }
        Ok(true)
    }

    fn link(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        _: &MasterSecret,
        now: Instant,
    ) -> Result<Option<String>, DbError> {
        if row.kind != ASKED.name {
            return Ok(None);
        }
        let Some(request) = open_ask(conn, partnership.id.as_str(), row, now)? else {
            return Ok(None);
        };
        let ask = request.asks.iter().find(|a| a.person_id == row.person_id);
        let link = NewLink {
            purpose: Purpose::LogContribution,
            person_id: Some(row.person_id.clone()),
            organization_id: ask.map(|a| a.organization_id.clone()),
            subject: ("contribution_request".into(), request.id.to_string()),
            expires_at: request.expires_at.min(now.plus_days(DAYS_OPEN)),
        };
        let (_, secret) = access_link::issue(conn, &partnership.id, &link, now)?;
        Ok(Some(format!("/log/{secret}")))
    }
}

fn contribution(conn: &mut Conn, tenant: &str, id: &str) -> Result<Option<Contribution>, DbError> {
    match id.parse::<ContributionId>() {
        Ok(id) => store::find(conn, tenant, &id),
        Err(_) => Ok(None),
    }
}

fn request(conn: &mut Conn, tenant: &str, id: &str) -> Result<Option<Request>, DbError> {
    match id.parse::<RequestId>() {
        Ok(id) => requests::find(conn, tenant, &id),
        Err(_) => Ok(None),
    }
}

/// The request of a notice, while its reader has not answered it.
fn open_ask(
    conn: &mut Conn,
    tenant: &str,
    row: &Row,
    now: Instant,
) -> Result<Option<Request>, DbError> {
    let id = row.matter.strip_prefix("request:").unwrap_or_default();
    let found = request(conn, tenant, id)?.filter(|r| r.expires_at > now);
    Ok(found.filter(|r| {
        r.asks
            .iter()
            .any(|a| a.person_id == row.person_id && a.answered_at.is_none())
    }))
}

fn judged(
    conn: &mut Conn,
    tenant: &str,
    event: &Event,
    c: &Contribution,
) -> Result<Vec<Notice>, DbError> {
    let names = directory::organizations(conn, tenant)?;
    let (kind, key, people) = match event.kind.as_str() {
        "contribution.answered" => {
            let staff = directory::members(conn, tenant, STAFF)?;
            let people = staff.into_iter().map(|m| m.person_id).collect();
            (&ANSWERED, "contributions-notice-answered", people)
        }
        "contribution.verified" => {
            let people = question::readers(conn, tenant, c)?;
            (&VERIFIED, "contributions-notice-verified", people)
        }
        _ => {
            let people = question::readers(conn, tenant, c)?;
            (&QUERIED, "contributions-notice-queried", people)
        }
    };
    let what = Words::new(key)
        .text("by", &event.actor_name)
        .text("activity", &c.content.activity)
        .text("name", name_of(&names, &c.content.organization_id));
    Ok(people
        .into_iter()
        .map(|person| Notice {
            kind: kind.name,
            person,
            matter: format!("{}:{}:{}", kind.name, c.id, event.seq),
            what: what.clone(),
            path: format!("/contributions/{}", c.id),
        })
        .collect())
}

fn asked(request: &Request) -> Vec<Notice> {
    let what = Words::new("contributions-notice-asked")
        .text("by", &request.asked_by)
        .period("period", request.period.to_string());
    request
        .asks
        .iter()
        .map(|ask| Notice {
            kind: ASKED.name,
            person: ask.person_id.clone(),
            matter: format!("request:{}", request.id),
            what: what.clone(),
            path: "/contributions/new".into(),
        })
        .collect()
}
