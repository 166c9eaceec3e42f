//! Whom votes, comments, promises and seats concern.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::attention::Words;
use backbone_identity::notify::{Kind, Notice, Notify, Often, Row};
use backbone_identity::secret::MasterSecret;
use backbone_identity::{Partnership, Permission, PersonId, Role, directory};
use chrono::{Datelike, NaiveDate};

use crate::ballot::{Voter, electorate, link, store as ballots};
use crate::commitment::{Commitment, CommitmentStatus, store as commitments};
use crate::people::members;
use crate::policy::SeeDecisions;
use crate::proposal::{
    Comment, CommentKind, DecisionId, Proposal, Status, comment, life, store as proposals,
};
use crate::seat::{SeatId, store as seats};

const MEMBERS: &[Role] = <SeeDecisions as Permission>::ROLES;

const fn kind(
    name: &'static str,
    icon: &'static str,
    roles: &'static [Role],
    usual: Often,
    letter: bool,
) -> Kind {
    Kind {
        name,
        icon,
        roles,
        usual,
        letter,
    }
}

pub(crate) const MENTIONED: Kind = kind("decision.mentioned", "users", MEMBERS, Often::Now, true);
const REPLIED: Kind = kind("decision.replied", "quote", MEMBERS, Often::Daily, false);
const QUESTIONED: Kind = kind("decision.questioned", "help", MEMBERS, Often::Now, false);
pub(crate) const OPENED: Kind = kind("ballot.opened", "decisions", MEMBERS, Often::Now, true);
pub(crate) const CLOSING: Kind = kind("ballot.closing", "hourglass", MEMBERS, Often::Now, true);
pub(crate) const CLOSED: Kind = kind("decision.closed", "check", MEMBERS, Often::Now, true);
pub(crate) const DECIDED: Kind = kind("decision.decided", "flag", MEMBERS, Often::Now, true);
const PROMISED: Kind = kind("commitment.given", "target", MEMBERS, Often::Now, false);
pub(crate) const COMMITMENT_DUE: Kind = kind("commitment.due", "clock", MEMBERS, Often::Now, true);
pub(crate) const SEAT_PASSED: Kind = kind("seat.passed", "users", MEMBERS, Often::Now, true);
pub(crate) const SEAT_VACANT: Kind = kind("seat.vacant", "users", &[Role::Staff], Often::Now, true);

const KINDS: &[Kind] = &[
    MENTIONED,
    REPLIED,
    QUESTIONED,
    OPENED,
    CLOSING,
    CLOSED,
    DECIDED,
    PROMISED,
    COMMITMENT_DUE,
    SEAT_PASSED,
    SEAT_VACANT,
];

/// This room's rules.
pub struct Deciding;

impl Notify for Deciding {
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
        match event.object.kind.as_str() {
            "decision" => {
                let Ok(id) = event.object.id.parse::<DecisionId>() else {
                    return Ok(Vec::new());
                };
                match proposals::find(conn, tenant, &id)? {
                    Some(x) => decision(conn, tenant, event, &x),
                    None => Ok(Vec::new()),
                }
            }
            "commitment" => promised(conn, tenant, event),
            "seat" if event.kind == "seat.passed" => seat(conn, tenant, event),
            _ => Ok(Vec::new()),
        }
    }

    fn due(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        now: Instant,
    ) -> Result<Vec<Notice>, DbError> {
        let mut notices = closing(conn, partnership.id.as_str(), now)?;
        notices.extend(promises(conn, partnership, now)?);
        Ok(notices)
    }

    fn holds(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        now: Instant,
    ) -> Result<bool, DbError> {
        let tenant = partnership.id.as_str();
        if row.kind == OPENED.name || row.kind == CLOSING.name {
            return Ok(waiting(conn, tenant, row, now)?.is_some());
        }
        if row.kind == COMMITMENT_DUE.name || row.kind == PROMISED.name {
            let Some(Ok(id)) = row.path.rsplit('/').next().map(str::parse) else {
                return Ok(false);
            };
            let found = commitments::find(conn, tenant, &id)?;
            return Ok(found.is_some_and(|c| c.status == CommitmentStatus::Open));
        }
        Ok(true)
    }

    fn link(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        secret: &MasterSecret,
        now: Instant,
    ) -> Result<Option<String>, DbError> {
        if row.kind != OPENED.name && row.kind != CLOSING.name {
            return Ok(None);
        }
        let waiting = waiting(conn, partnership.id.as_str(), row, now)?;
        Ok(waiting.map(|voter| {
            let subject = link::subject(&voter, Some(&row.person_id));
            let token = secret.sign(link::SIGNED, &subject);
            format!("{}?token={token}", link::PATH)
        }))
    }
}

/// The vote of a notice that its reader has not cast, while it is open.
fn waiting(
    conn: &mut Conn,
    tenant: &str,
    row: &Row,
    now: Instant,
) -> Result<Option<Voter>, DbError> {
    let Some(Ok(id)) = row.path.rsplit('/').next().map(str::parse) else {
        return Ok(None);
    };
    let Some(x) = proposals::find(conn, tenant, &id)? else {
        return Ok(None);
    };
    if x.status != Status::Voting {
        return Ok(None);
    }
    let asked = undecided(conn, tenant, &x, now)?;
    Ok(asked
        .into_iter()
        .find(|(person, _)| person == &row.person_id)
        .map(|(_, voter)| voter))
}

/// Who is asked for a vote that was not cast, with the voter they act for.
fn undecided(
    conn: &mut Conn,
    tenant: &str,
    x: &Proposal,
    now: Instant,
) -> Result<Vec<(PersonId, Voter)>, DbError> {
    let proxies = ballots::proxies(conn, tenant, now)?;
    let mut found = Vec::new();
    for voter in ballots::voters(conn, tenant, &x.id)? {
        if !voter.is_open() || voter.voted {
            continue;
        }
        if let Some(seat) = seats::find(conn, tenant, &voter.seat_id)? {
            let asked = electorate::asked(x, &seat, &proxies, now);
            found.extend(asked.into_iter().map(|p| (p, voter.clone())));
        }
    }
    Ok(found)
}

fn path(x: &Proposal) -> String {
    format!("/decisions/{}", x.id)
}

fn decision(
    conn: &mut Conn,
    tenant: &str,
    event: &Event,
    x: &Proposal,
) -> Result<Vec<Notice>, DbError> {
    let notice = |kind: &'static str, person: PersonId, what: Words| Notice {
        kind,
        person,
        matter: format!("{kind}:{}:{}", x.id, event.seq),
        what: what.text("title", &x.title),
        path: path(x),
    };
    match event.kind.as_str() {
        "decision.commented" => comments(conn, tenant, event, x),
        "decision.opened" => {
            let Some(closes) = x.closes_at else {
                return Ok(Vec::new());
            };
            let asked = undecided(conn, tenant, x, event.at)?;
            let what = Words::new("decisions-notice-opened").moment("at", closes);
            Ok(asked
                .into_iter()
                .map(|(person, _)| notice(OPENED.name, person, what.clone()))
                .collect())
        }
        "decision.closed" => Ok(x
            .author_id
            .iter()
            .map(|author| {
                notice(
                    CLOSED.name,
                    author.clone(),
                    Words::new("decisions-notice-closed"),
                )
            })
            .collect()),
        "decision.taken" | "decision.declined" => {
            let what = match event.kind.as_str() {
                "decision.taken" => "decisions-notice-taken",
                _ => "decisions-notice-declined",
            };
            let sitting = seats::of_body(conn, tenant, &x.body_id)?;
            let people = sitting
                .into_iter()
                .flat_map(|s| [s.person_id, s.alternate_id])
                .flatten();
            Ok(people
                .map(|person| notice(DECIDED.name, person, Words::new(what)))
                .collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// Of a comment are told: those who are named, who wrote what it answers, and who proposed what it asks about; each once.
fn comments(
    conn: &mut Conn,
    tenant: &str,
    event: &Event,
    x: &Proposal,
) -> Result<Vec<Notice>, DbError> {
    let Some(id) = event.data["comment"].as_str() else {
        return Ok(Vec::new());
    };
    let all = proposals::comments(conn, tenant, &x.id)?;
    let Some(said) = all.iter().find(|c| c.id.as_str() == id) else {
        return Ok(Vec::new());
    };
    let people = members(conn, tenant)?;
    let notice = |kind: &'static str, person: &PersonId, what: &'static str| Notice {
        kind,
        person: person.clone(),
        matter: format!("comment:{}", said.id),
        what: Words::new(what)
            .text("by", &said.person_name)
            .text("title", &x.title),
        path: path(x),
    };
    let mut notices: Vec<Notice> = comment::mentioned(&said.text, &people)
        .into_iter()
        .map(|m| notice(MENTIONED.name, &m.person_id, "decisions-notice-mentioned"))
        .collect();
    let answered = all.iter().find(|c| Some(&c.id) == said.parent_id.as_ref());
    if let Some(person) = answered.and_then(|c| c.person_id.as_ref()) {
        let what = match answered.map(|c| c.kind) {
            Some(CommentKind::Question) => "decisions-notice-answered",
            _ => "decisions-notice-replied",
        };
        notices.push(notice(REPLIED.name, person, what));
    }
    if let Some((author, what)) = x.author_id.as_ref().zip(asks(said)) {
        notices.push(notice(QUESTIONED.name, author, what));
    }
    Ok(notices)
}

fn asks(said: &Comment) -> Option<&'static str> {
    match said.kind {
        CommentKind::Question => Some("decisions-notice-question"),
        CommentKind::Concern => Some("decisions-notice-concern"),
        CommentKind::Amendment => Some("decisions-notice-amendment"),
        CommentKind::Remark | CommentKind::Advice => None,
    }
}

/// Votes that close soon, for those who have not voted.
fn closing(conn: &mut Conn, tenant: &str, now: Instant) -> Result<Vec<Notice>, DbError> {
    let mut notices = Vec::new();
    for x in proposals::in_states(conn, tenant, &[Status::Voting])? {
        let Some(closes) = x.closes_at.filter(|c| *c > now) else {
            continue;
        };
        if !life::is_closing(&x, now) {
            continue;
        }
        for (person, _) in undecided(conn, tenant, &x, now)? {
            notices.push(Notice {
                kind: CLOSING.name,
                person,
                matter: format!("closing:{}:{}", x.id, closes.unix()),
                what: Words::new("decisions-notice-closing")
                    .text("title", &x.title)
                    .moment("at", closes),
                path: path(&x),
            });
        }
    }
    Ok(notices)
}

fn promised(conn: &mut Conn, tenant: &str, event: &Event) -> Result<Vec<Notice>, DbError> {
    let Ok(id) = event.object.id.parse() else {
        return Ok(Vec::new());
    };
    let found = commitments::find(conn, tenant, &id)?;
    let open = found.filter(|c| c.status == CommitmentStatus::Open);
    Ok(open
        .and_then(|c| {
            let person = c.person_id.clone()?;
            Some(Notice {
                kind: PROMISED.name,
                person,
                matter: format!("given:{}", c.id),
                what: due_words("decisions-notice-promised", &c),
                path: format!("/commitments/{}", c.id),
            })
        })
        .into_iter()
        .collect())
}

fn due_words(key: &'static str, c: &Commitment) -> Words {
    let noon = c.due_on.and_hms_opt(12, 0, 0).unwrap_or_default();
    Words::new(key)
        .text("title", &c.title)
        .day("due", Instant::from_unix(noon.and_utc().timestamp()))
}

/// Promises that are due within three days, and those that are late.
fn promises(
    conn: &mut Conn,
    partnership: &Partnership,
    now: Instant,
) -> Result<Vec<Notice>, DbError> {
    let day = now.date_in(&partnership.zone());
    let today = NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32);
    let Some(today) = today else {
        return Ok(Vec::new());
    };
    let open = commitments::in_state(conn, partnership.id.as_str(), CommitmentStatus::Open)?;
    let mut notices = Vec::new();
    for c in open {
        let left = c.due_on.num_days_from_ce() - today.num_days_from_ce();
        let (Some(person), true) = (c.person_id.clone(), left <= 3) else {
            continue;
        };
        let (key, when) = match left < 0 {
            true => ("decisions-notice-late", "late"),
            false => ("decisions-notice-due", "soon"),
        };
        notices.push(Notice {
            kind: COMMITMENT_DUE.name,
            person,
            matter: format!("due:{}:{}:{when}", c.id, c.due_on),
            what: due_words(key, &c),
            path: format!("/commitments/{}", c.id),
        });
    }
    Ok(notices)
}

/// A seat changed hands: the successor is told, or staff when nobody fills it.
fn seat(conn: &mut Conn, tenant: &str, event: &Event) -> Result<Vec<Notice>, DbError> {
    let Ok(id) = event.object.id.parse::<SeatId>() else {
        return Ok(Vec::new());
    };
    let Some(seat) = seats::find(conn, tenant, &id)? else {
        return Ok(Vec::new());
    };
    let body = crate::body::store::find(conn, tenant, &seat.body_id)?;
    let body = body.map(|b| b.name).unwrap_or_default();
    let overs = seats::hand_overs(conn, tenant, &id)?;
    let Some(over) = overs.iter().find(|o| o.made_at == event.at) else {
        return Ok(Vec::new());
    };
    let notice = |kind: &Kind, person: &PersonId, what: &'static str| Notice {
        kind: kind.name,
        person: person.clone(),
        matter: format!("hand-over:{}", over.id),
        what: Words::new(what).text("body", &body),
        path: format!("/hand-overs/{}", over.id),
    };
    match &over.to_person {
        Some(to) if over.to_person != over.from_person => {
            Ok(vec![notice(&SEAT_PASSED, to, "decisions-notice-seat")])
        }
        Some(_) => Ok(Vec::new()),
        None => {
            let staff = directory::members(conn, tenant, &[Role::Staff])?;
            Ok(staff
                .iter()
                .map(|m| notice(&SEAT_VACANT, &m.person_id, "decisions-notice-vacant"))
                .collect())
        }
    }
}
