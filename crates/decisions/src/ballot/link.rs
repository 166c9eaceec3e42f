//! Voting from a mail, without signing in: opening the link shows the ballot and changes nothing; a tap on the page casts it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Core, PersonId, Role, Via, Visitor, directory, page};
use backbone_web::{Form, Problem};
use serde_json::json;

use super::{Capacity, Receipt, Voter, VoterId, cast, electorate, form, store};
use crate::body::store as bodies;
use crate::proposal::{Proposal, Status, store as proposals};
use crate::seat::store as seats;
use crate::view::Say;

/// What the token in a mail is signed for.
pub(crate) const SIGNED: &str = "vote";
/// Where it leads.
pub(crate) const PATH: &str = "/vote";
/// Stands for a guest without an account.
const GUEST: &str = "guest";

/// What the token of a voter and a person says.
pub(crate) fn subject(voter: &Voter, person: Option<&PersonId>) -> String {
    let who = person.map_or(GUEST, |p| p.as_str());
    format!("{} {} {who}", voter.partnership_id, voter.id)
}

struct Opened {
    actor: Actor,
    proposal: Proposal,
    voter: Voter,
    capacity: Capacity,
    body: crate::body::Body,
}

/// Opens a token: the person must still be a member, and still act for that seat.
fn open(conn: &mut Conn, core: &Core, token: &str, visitor: &Visitor) -> Result<Opened, Problem> {
    let ended = || Problem::new(StatusCode::GONE, "link-ended");
    let subject = core
        .settings
        .secret
        .open(SIGNED, token)
        .ok_or_else(Problem::not_found)?;
    let parts: Vec<&str> = subject.split(' ').collect();
    let [tenant, voter, who] = parts[..] else {
        return Err(Problem::not_found());
    };
    let partnership = directory::partnership(conn, tenant)?.ok_or_else(Problem::not_found)?;
    let voter: VoterId = voter.parse().map_err(|_| Problem::not_found())?;
    let voter = store::voter(conn, tenant, &voter)?.ok_or_else(Problem::not_found)?;
    let proposal =
        proposals::find(conn, tenant, &voter.proposal_id)?.ok_or_else(Problem::not_found)?;
    let seat = seats::find(conn, tenant, &voter.seat_id)?.ok_or_else(ended)?;
    let body = bodies::find(conn, tenant, &proposal.body_id)?.ok_or_else(Problem::not_found)?;
    let mut actor = Actor {
        person_id: None,
        name: seat.guest_name.clone().unwrap_or_default(),
        organization_id: seat.organization_id.clone(),
        lang: visitor.lang,
        partnership,
        roles: vec![Role::Contributor],
        now: visitor.now,
        via: Via::Link(voter.id.to_string()),
        request_id: visitor.request_id.clone(),
    };
    if who == GUEST {
        if seat.guest_email.is_none() || !seat.active {
            return Err(ended());
        }
        return Ok(Opened {
            actor,
            proposal,
            voter,
            capacity: Capacity::Guest,
            body,
        });
    }
    let person: PersonId = who.parse().map_err(|_| Problem::not_found())?;
    let member = directory::member(conn, tenant, &person)?.ok_or_else(ended)?;
    actor.name = member.name;
    actor.lang = member.language.parse().unwrap_or(visitor.lang);
    actor.person_id = Some(person.clone());
    let proxies = store::proxies(conn, tenant, visitor.now)?;
    let capacity =
        electorate::capacity(&proposal, &seat, &proxies, &person, &actor).ok_or_else(ended)?;
    Ok(Opened {
        actor,
        proposal,
        voter,
        capacity,
        body,
    })
}

fn token(req: &HttpRequest) -> Option<String> {
    part(req, "token")
}

fn part(req: &HttpRequest, name: &str) -> Option<String> {
    let pairs = req
        .query_string()
        .split('&')
        .filter_map(|p| p.split_once('='));
    pairs
        .filter(|(n, _)| *n == name)
        .map(|(_, v)| v.to_string())
        .next()
}

/// The ballot.
#[get("/vote")]
async fn ballot(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let wanted = token(&req).ok_or_else(Problem::not_found)?;
    let (held, who) = (core.clone(), visitor.clone());
    let opened = core
        .db
        .read(move |conn| open(conn, &held, &wanted, &who))
        .await?;
    show(&core, &req, visitor, opened, None, None).await
}

async fn show(
    core: &web::Data<Core>,
    req: &HttpRequest,
    mut visitor: Visitor,
    opened: Opened,
    receipt: Option<Receipt>,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let Opened {
        actor,
        proposal: x,
        voter,
        body,
        ..
    } = opened;
    visitor.lang = actor.lang;
    let say = Say::new(core, actor.lang);
    let (tenant, id) = (actor.tenant().to_string(), voter.id.clone());
    let (before, voted) = core
        .db
        .read(move |conn| {
            let voter = store::voter(conn, &tenant, &id)?;
            Ok::<_, backbone_db::DbError>((
                store::of_voter(conn, &tenant, &id)?,
                voter.is_some_and(|v| v.voted),
            ))
        })
        .await?;
    let open = x.status == Status::Voting && x.closes_at.is_some_and(|c| visitor.now < c);
    let until = x.closes_at.map(|c| say.moment(c, body.zone(), visitor.now));
    let chosen = part(req, "choice").filter(|_| before.is_none());
    let shown = before.as_ref().map(|b| b.says.clone()).or_else(|| {
        chosen.map(|option| super::Says {
            option: Some(option),
            ..super::Says::default()
        })
    });
    let told = problem
        .as_ref()
        .map(|p| page::again(core, actor.lang, &json!({}), p));
    let data = json!({
        "title": x.title, "background": x.content.background, "body": body.name, "voted_for": voter.name,
        "open": open, "until": until, "secret": x.norms.secret, "ballot": form::view(&say, &x, shown.as_ref(), Some(&voter.id)),
        "says": before.as_ref().map(|b| form::words(&say, &x, &b.says)), "reason": before.as_ref().map(|b| b.reason.clone()).unwrap_or_default(),
        "changeable": x.norms.changeable, "code": receipt.as_ref().and_then(|r| r.code.clone()), "voted": voted,
        "saved": receipt.is_some(), "token": token(req).unwrap_or_default(), "seat_id": "",
        "errors": told.as_ref().map(|t| t["errors"].clone()).unwrap_or_else(|| json!([])),
        "action": format!("{PATH}?token={}", token(req).unwrap_or_default()),
        "member": actor.person_id.is_some(), "href": format!("/p/{}/decisions/{}", actor.partnership.slug, x.id),
        "recused": voter.state == super::VoterState::Recused, "ended": voter.state == super::VoterState::Revoked,
    });
    let shell = page::public_shell(
        core,
        req,
        &visitor,
        Some(&actor.partnership),
        x.title.clone(),
    );
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "decisions/vote", &shell, &data)
}

/// Casts the ballot, and shows what counts now.
#[post("/vote")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let wanted = token(&req).ok_or_else(Problem::not_found)?;
    let (held, who) = (core.clone(), visitor.clone());
    let token = wanted.clone();
    let done = core
        .db
        .write(move |conn| {
            let o = open(conn, &held, &token, &who)?;
            let x = cast::open(conn, &o.actor, &o.proposal.id)?;
            let input = form::read(&form, &x);
            cast::cast_for(conn, &o.actor, &x, o.voter, o.capacity, &input).map_err(Problem::from)
        })
        .await;
    let (held, who) = (core.clone(), visitor.clone());
    let opened = core
        .db
        .read(move |conn| open(conn, &held, &wanted, &who))
        .await?;
    match done {
        Ok(receipt) => show(&core, &req, visitor, opened, Some(receipt), None).await,
        Err(p) if page::is_shown_again(&p) => {
            show(&core, &req, visitor, opened, None, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(ballot).service(submit);
}
