//! Answering from a mail, without signing in: opening the link changes nothing; a tap on the page does. While the meeting goes on,
//! the same page takes somebody's presence and leads to their votes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Core, Role, Via, Visitor, directory, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::pages::item_title;
use super::{
    Attendee, AttendeeId, AttendeePart, Meeting, MeetingStatus, Rsvp, answer, attendance, mail,
    store,
};
use crate::ballot::{electorate, link as ballot, store as ballots};
use crate::body::{Body, store as bodies};
use crate::error::Error;
use crate::people::{members, name_of};
use crate::proposal::{Status, store as proposals};
use crate::seat::store as seats;
use crate::view::Say;

/// What the token in a mail is signed for.
pub(crate) const SIGNED: &str = "rsvp";
/// Where it leads.
pub(crate) const PATH: &str = "/rsvp";

/// What the token of somebody's place says.
pub(crate) fn subject(a: &Attendee) -> String {
    format!("{} {}", a.partnership_id, a.id)
}

struct Opened {
    actor: Actor,
    x: Meeting,
    body: Body,
    place: Attendee,
}

/// Opens a token: somebody with an account must still be a member.
fn open(conn: &mut Conn, core: &Core, token: &str, visitor: &Visitor) -> Result<Opened, Problem> {
    let ended = || Problem::new(StatusCode::GONE, "link-ended");
    let said = core.settings.secret.open(SIGNED, token);
    let said = said.ok_or_else(Problem::not_found)?;
    let (tenant, id) = said.split_once(' ').ok_or_else(Problem::not_found)?;
    let id: AttendeeId = id.parse().map_err(|_| Problem::not_found())?;
    let partnership = directory::partnership(conn, tenant)?.ok_or_else(Problem::not_found)?;
    let place = store::attendee(conn, tenant, &id)?.ok_or_else(ended)?;
    let x = store::find(conn, tenant, &place.meeting_id)?.ok_or_else(ended)?;
    let body = bodies::find(conn, tenant, &x.body_id)?.ok_or_else(ended)?;
    let mut actor = Actor {
        person_id: place.person_id.clone(),
        name: place.name.clone(),
        organization_id: place.organization_id.clone(),
        lang: visitor.lang,
        partnership,
        roles: vec![Role::Contributor],
        now: visitor.now,
        via: Via::Link(place.id.to_string()),
        request_id: visitor.request_id.clone(),
    };
    if let Some(person) = &place.person_id {
        let member = directory::member(conn, tenant, person)?.ok_or_else(ended)?;
        actor.lang = member.language.parse().unwrap_or(visitor.lang);
        actor.name = member.name;
    } else if place.part == AttendeePart::SeatGuest {
        let seat = place.seat_id.as_ref().ok_or_else(ended)?;
        let seat = seats::find(conn, tenant, seat)?.filter(|s| s.active);
        seat.filter(|s| s.guest_email.is_some()).ok_or_else(ended)?;
    }
    Ok(Opened {
        actor,
        x,
        body,
        place,
    })
}

fn part(req: &HttpRequest, name: &str) -> String {
    let pairs = req
        .query_string()
        .split('&')
        .filter_map(|p| p.split_once('='));
    let mut found = pairs
        .filter(|(n, _)| *n == name)
        .map(|(_, v)| v.to_string());
    found.next_back().unwrap_or_default()
}

/// The votes that are open in the room and that somebody may take part in, each with its own link.
fn votes(conn: &mut Conn, core: &Core, o: &Opened) -> Result<Vec<Value>, Problem> {
    let tenant = o.actor.tenant();
    let mut all = Vec::new();
    for vote in store::votes(conn, tenant, &o.x.id)? {
        let found = proposals::find(conn, tenant, &vote.proposal_id)?;
        let Some(p) = found.filter(|p| p.status == Status::Voting) else {
            continue;
        };
        let mut mine: Vec<_> = electorate::acting(conn, &o.actor, &p)?
            .into_iter()
            .map(|a| a.voter)
            .collect();
        if o.place.part == AttendeePart::SeatGuest {
            let voters = ballots::voters(conn, tenant, &p.id)?;
            mine.extend(
                voters
                    .into_iter()
                    .filter(|v| Some(&v.seat_id) == o.place.seat_id.as_ref()),
            );
        }
        for voter in mine.iter().filter(|v| v.is_open()) {
            let said = ballot::subject(voter, o.actor.person_id.as_ref());
            let token = core.settings.secret.sign(ballot::SIGNED, &said);
            let href = format!("{}?token={token}", ballot::PATH);
            all.push(
                json!({"title": p.title, "name": voter.name, "voted": voter.voted, "href": href}),
            );
        }
    }
    Ok(all)
}

struct Shown {
    opened: Opened,
    alternate: String,
    items: Vec<Value>,
    votes: Vec<Value>,
}

fn read(conn: &mut Conn, core: &Core, token: &str, visitor: &Visitor) -> Result<Shown, Problem> {
    let opened = open(conn, core, token, visitor)?;
    let tenant = opened.actor.tenant().to_string();
    let say = Say::new(core, opened.actor.lang);
    let items = store::items(conn, &tenant, &opened.x.id)?;
    let items = items
        .iter()
        .map(|i| json!({"title": item_title(&say, i), "minutes": i.minutes, "now": i.is_current()}))
        .collect();
    let own = seats::of_body(conn, &tenant, &opened.x.body_id)?;
    let held = own
        .iter()
        .find(|s| opened.place.person_id.is_some() && s.person_id == opened.place.person_id);
    let alternate = held.and_then(|s| s.alternate_id.clone());
    let people = members(conn, &tenant)?;
    Ok(Shown {
        alternate: name_of(&people, alternate.as_ref()),
        votes: votes(conn, core, &opened)?,
        items,
        opened,
    })
}

/// The invitation, with the answer that counts.
#[get("/rsvp")]
async fn invitation(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, visitor, None).await
}

async fn show(
    core: &web::Data<Core>,
    req: &HttpRequest,
    mut visitor: Visitor,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let token = part(req, "token");
    let (held, who, wanted) = (core.clone(), visitor.clone(), token.clone());
    let shown = core.db.read(move |c| read(c, &held, &wanted, &who)).await?;
    let Opened {
        actor,
        x,
        body,
        place,
    } = shown.opened;
    visitor.lang = actor.lang;
    let say = Say::new(core, actor.lang);
    let told = problem
        .as_ref()
        .map(|p| page::again(core, actor.lang, &json!({}), p));
    let open = matches!(x.status, MeetingStatus::Planned | MeetingStatus::Invited);
    let word = |a: Rsvp| say.of("rsvp", a.as_str());
    let data = json!({
        "title": x.title, "body": body.name, "when": mail::when(&say, &x, &body, &actor), "place": x.place, "online": x.online_url,
        "purpose": x.purpose, "facilitator": x.facilitator_name, "reason": x.reason, "items": shown.items,
        "name": place.name, "answer": place.answer, "answered": (place.answer != Rsvp::None).then(|| word(place.answer)),
        "wanted": part(req, "answer"), "alternate": shown.alternate, "open": open,
        "on": x.status == MeetingStatus::Open, "over": matches!(x.status, MeetingStatus::Closed | MeetingStatus::Sent),
        "cancelled": x.status == MeetingStatus::Cancelled, "here": place.here_since.is_some(), "votes": shown.votes,
        "errors": told.as_ref().map(|t| t["errors"].clone()).unwrap_or_else(|| json!([])),
        "self": format!("{PATH}?token={token}"), "member": actor.person_id.is_some(),
        "href": format!("/p/{}/meetings/{}", actor.partnership.slug, x.id),
    });
    let shell = page::public_shell(
        core,
        req,
        &visitor,
        Some(&actor.partnership),
        x.title.clone(),
    );
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "decisions/rsvp", &shell, &data)
}

/// Takes the answer, or that somebody is there.
#[post("/rsvp")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let token = part(&req, "token");
    let (held, who, wanted) = (core.clone(), visitor.clone(), token.clone());
    let done = core
        .db
        .write(move |c| {
            let o = open(c, &held, &wanted, &who)?;
            let x = super::plan::locked(c, &o.actor, &o.x.id)?;
            let place =
                store::attendee(c, o.actor.tenant(), &o.place.id)?.ok_or(Error::NotFound)?;
            match form.text("here") {
                "" => answer::give(c, &o.actor, &x, place, form.text("answer")),
                here => attendance::note(c, &o.actor, &x, place, here == "1"),
            }
            .map_err(Problem::from)
        })
        .await;
    match done {
        Ok(_) => {
            core.wake_jobs();
            Ok(page::see_other(&format!("{PATH}?token={token}"), ""))
        }
        Err(p) if page::is_shown_again(&p) => show(&core, &req, visitor, Some(p)).await,
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(invitation).service(submit);
}
