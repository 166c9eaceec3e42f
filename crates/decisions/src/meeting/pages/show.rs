//! The page of one meeting: before it, what it is about and who comes; while it goes on, the present point and who is there.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::now::{self, Now};
use super::{item_title, tone};
use crate::meeting::agenda::{self, Suggestion};
use crate::meeting::api::parse_id;
use crate::meeting::room::{Asked, Room, RoomQuorum, asked};
use crate::meeting::rules::{Step, expected, may, possible, represented, total, whole_minutes};
use crate::meeting::{
    AgendaItem, AgendaKind, Attendee, AttendeePart, Meeting, MeetingNote, MeetingStatus, Rsvp,
    cost, mail, store,
};
use crate::people::{Member, members, name_of};
use crate::policy::{AttendMeetings, HoldMeetings, SeeMeetings};
use crate::proposal::draft::has_seat;
use crate::view::{Say, organization_name, show};

pub(super) struct Whole {
    pub room: Room,
    pub people: Vec<Member>,
    pub notes: Vec<MeetingNote>,
    wanted: Vec<Asked>,
    suggestions: Vec<Suggestion>,
    now: Now,
    before: Option<Meeting>,
    seated: bool,
}

fn read(c: &mut Conn, actor: &Actor, id: &str) -> Result<Whole, Problem> {
    let (tenant, id) = (actor.tenant(), parse_id(id)?);
    let x = store::find(c, tenant, &id)?.ok_or_else(Problem::not_found)?;
    let suggestions = if may(x.status, Step::Agenda) {
        agenda::suggestions(c, &x)?
    } else {
        Vec::new()
    };
    let notes = store::notes(c, tenant, &id)?;
    let before = store::before(c, &x)?;
    let room = Room::load(c, x, actor.now)?.ok_or_else(Problem::not_found)?;
    Ok(Whole {
        wanted: asked(c, &room)?,
        seated: actor.is_staff() || has_seat(c, actor, &room.body)?,
        now: now::read(c, actor, &room)?,
        people: members(c, tenant)?,
        suggestions,
        notes,
        before,
        room,
    })
}

/// One meeting.
#[get("/p/{partnership}/meetings/{meeting}")]
pub(super) async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeMeetings>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    page(&core, &req, &actor, &path.1, None, None).await
}

/// The page, perhaps with what stands in the way and what was typed.
pub(super) async fn page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    problem: Option<Problem>,
    typed: Option<&Form>,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (actor.clone(), id.to_string());
    let w = core.db.read(move |c| read(c, &who, &id)).await?;
    let say = Say::new(core, actor.lang);
    let x = &w.room.x;
    let told = problem
        .as_ref()
        .map(|p| page::again(core, actor.lang, &json!({}), p));
    let mut data = head(&say, actor, &w);
    data["errors"] = told.map_or_else(|| json!([]), |t| t["errors"].clone());
    let kept = ["statement", "what", "owner", "due", "no_action"];
    data["typed"] = json!(crate::view::typed(
        &typed.cloned().unwrap_or_default(),
        &kept
    ));
    people(&say, actor, &w, &mut data);
    points(&say, actor, &w, &mut data);
    now::fill(&say, actor, &w.room, &w.people, &w.now, &mut data);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    let title = x.title.clone();
    show(core, req, actor, status, "decisions/meeting", title, data)
}

fn head(say: &Say, actor: &Actor, w: &Whole) -> Value {
    let x = &w.room.x;
    let hold = actor.may::<HoldMeetings>();
    let (lead, note) = (hold && x.led_by(actor), hold && x.noted_by(actor));
    let step = |s: Step| lead && may(x.status, s);
    let is = |s: MeetingStatus| x.status == s;
    let (people, minutes) = cost::so_far(&w.room.people, actor.now);
    json!({
        "id": x.id, "title": x.title, "number": x.number, "body": {"id": w.room.body.id, "name": w.room.body.name},
        "status": say.of("meeting-status", x.status.as_str()), "tone": tone(x.status), "when": mail::when(say, x, &w.room.body, actor),
        "where": if x.place.is_empty() { mail::when(say, x, &w.room.body, actor) } else { format!("{} · {}", mail::when(say, x, &w.room.body, actor), x.place) },
        "place": x.place, "online": x.online_url, "purpose": x.purpose, "facilitator": x.facilitator_name, "note_taker": x.note_taker_name,
        "reason": x.reason, "opened": x.opened_at.map(|at| say.moment(at, w.room.body.zone(), actor.now)),
        "is": {"planned": is(MeetingStatus::Planned), "invited": is(MeetingStatus::Invited), "open": is(MeetingStatus::Open),
               "closed": is(MeetingStatus::Closed), "sent": is(MeetingStatus::Sent), "cancelled": is(MeetingStatus::Cancelled),
               "ahead": is(MeetingStatus::Planned) || is(MeetingStatus::Invited), "over": is(MeetingStatus::Closed) || is(MeetingStatus::Sent)},
        "may": {"edit": step(Step::Edit), "invite": step(Step::Invite), "open": step(Step::Open), "close": step(Step::Close), "cancel": step(Step::Cancel),
                "resume": step(Step::Resume) && x.minutes_version <= 1 && x.minutes_approved == 0, "lead": lead, "note": note && is(MeetingStatus::Open),
                "agenda": step(Step::Agenda), "guests": note && may(x.status, Step::Agenda),
                "add": may(x.status, Step::Agenda) && hold && (note || (w.seated && may(x.status, Step::Edit)))},
        "minutes_version": x.minutes_version,
        "cost": {"people": people, "minutes": minutes, "seconds": minutes * 60},
        "before": w.before.as_ref().map(|b| json!({"id": b.id, "title": b.title, "number": b.number})),
    })
}

/// Who comes or is there, which seats they speak for, and whether that is enough.
fn people(say: &Say, actor: &Actor, w: &Whole, data: &mut Value) {
    let room = &w.room;
    let attend = actor.may::<AttendMeetings>();
    let clock = |at: backbone_db::Instant| {
        let local = at.jiff().to_zoned(room.body.zone());
        local.strftime("%H:%M").to_string()
    };
    let uninvited = room
        .people
        .iter()
        .filter(|a| a.invited_at.is_none())
        .count();
    let row = |a: &Attendee| {
        let organization = organization_name(&room.organizations, a.organization_id.as_ref());
        let tone = match a.answer {
            Rsvp::Yes => "good",
            Rsvp::No => "bad",
            Rsvp::Alternate => "watch",
            Rsvp::None => "neutral",
        };
        json!({"id": a.id, "name": a.name, "organization": organization, "part": say.of("attendee-part", a.part.as_str()), "plain": a.part == AttendeePart::Holder, "answer": say.of("rsvp", a.answer.as_str()),
               "answered": a.answer != Rsvp::None, "tone": tone, "here": a.here_since.is_some(), "came": a.first_came.map(clock),
               "left": a.last_left.map(clock), "was": a.first_came.is_some(), "minutes": whole_minutes(a.present_seconds(actor.now)),
               "own": a.person_id.is_some() && a.person_id == actor.person_id})
    };
    let mut rows: Vec<Value> = room.people.iter().map(row).collect();
    // Those who are there stand first; among the others, who comes before who has not said.
    rows.sort_by_key(|r| (r["here"] != true, r["was"] != true, r["tone"] != "good"));
    let mine = room
        .people
        .iter()
        .find(|a| attend && a.person_id.is_some() && a.person_id == actor.person_id);
    let held = room
        .seats
        .iter()
        .find(|s| s.person_id.is_some() && s.person_id == actor.person_id);
    let alternate = held.and_then(|s| s.alternate_id.as_ref());
    data["mine"] = json!(mine.map(|a| json!({
        "answer": a.answer, "word": say.of("rsvp", a.answer.as_str()), "answered": a.answer != Rsvp::None, "here": a.here_since.is_some(),
        "alternate": name_of(&w.people, alternate),
    })));
    data["uninvited"] = json!(uninvited);
    data["coming"] = json!(room.people.iter().filter(|a| a.answer == Rsvp::Yes).count());
    data["people"] = json!(rows);
    let was = room
        .people
        .iter()
        .filter(|a| a.first_came.is_some())
        .count();
    data["room_title"] = json!(if room.x.closed_at.is_some() {
        say.count("meeting-who-was", was as i64)
    } else {
        say.count("meeting-who-is", room.here().len() as i64)
    });
    data["others"] = w
        .people
        .iter()
        .filter(|m| {
            !room
                .people
                .iter()
                .any(|a| a.person_id.as_ref() == Some(&m.person_id))
        })
        .map(|m| json!({"value": m.person_id, "label": m.name}))
        .collect();
    let seats = room.seated();
    data["spoken"] = json!(seats.iter().filter(|s| s.by.is_some()).count());
    data["seats"] = seats
        .iter()
        .map(|s| json!({"name": s.name, "by": s.by, "how": s.capacity.map(|c| say.of("capacity", c.as_str()))}))
        .collect();
    data["quorum"] = quorums(say, &room.enough(&w.wanted, &room.represented(None)));
    if may(room.x.status, Step::Edit) {
        let met = |these: &[&Attendee]| {
            let seats = represented(&room.seats, these, &room.proxies, None, room.x.starts_at);
            room.enough(&w.wanted, &seats)
        };
        let sure = met(&expected(&room.seats, &room.people));
        let open = met(&possible(&room.people));
        let outlook = if w.wanted.is_empty() {
            Value::Null
        } else if sure.iter().all(|q| q.met) {
            json!({"tone": "good", "text": say.word("meeting-outlook-sure")})
        } else if open.iter().all(|q| q.met) {
            json!({"tone": "watch", "text": say.word("meeting-outlook-open")})
        } else {
            json!({"tone": "bad", "text": say.word("meeting-outlook-none")})
        };
        data["outlook"] = outlook;
        data["quorum"] = quorums(say, &sure);
    } else {
        data["outlook"] = Value::Null;
    }
}

/// Each quorum with its lines.
fn quorums(say: &Say, all: &[RoomQuorum]) -> Value {
    let told = |q: &RoomQuorum| {
        let result = crate::outcome::Tallied {
            quorum: q.needed.clone(),
            ..crate::outcome::Tallied::default()
        };
        json!({"name": q.name, "met": q.met, "lines": crate::outcome::pages::quorum(say, &result)})
    };
    all.iter().map(told).collect()
}

/// The agenda, each point with what it links to and where it stands.
fn points(say: &Say, actor: &Actor, w: &Whole, data: &mut Value) {
    let items = &w.room.items;
    let next = items.iter().find(|i| i.started_at.is_none());
    let mut minute = 0;
    let rows: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(place, i)| {
            let begins = w.room.x.starts_at.plus_seconds(minute * 60);
            minute += i64::from(i.minutes);
            let local = begins.jiff().to_zoned(w.room.body.zone());
            let state = if i.is_current() {
                "now"
            } else if i.started_at.is_some() {
                "done"
            } else {
                ""
            };
            let notes: Vec<&str> = w
                .notes
                .iter()
                .filter(|n| n.item_id.as_ref() == Some(&i.id))
                .map(|n| n.text.as_str())
                .collect();
            json!({"id": i.id, "n": i.position, "title": item_title(say, i), "minutes": i.minutes, "kind": say.of("agenda-kind", i.kind.as_str()),
                   "topic": i.kind == AgendaKind::Topic, "path": path(w, i), "state": state, "begins": local.strftime("%H:%M").to_string(),
                   "spent": whole_minutes(i.spent(actor.now)), "first": place == 0, "last": place + 1 == items.len(),
                   "next": next.is_some_and(|n| n.id == i.id), "notes": notes})
        })
        .collect();
    let (sum, length) = (total(items), w.room.x.length());
    data["agenda"] = json!(rows);
    data["total"] = json!({"seconds": sum * 60, "length": length * 60, "over": sum > length, "left": (length - sum).max(0) * 60});
    data["next"] = json!(next.map(
        |n| json!({"id": n.id, "n": n.position, "title": item_title(say, n), "minutes": n.minutes})
    ));
    data["suggestions"] = w
        .suggestions
        .iter()
        .map(|s| {
            let title = if s.title.is_empty() {
                say.of("agenda-kind", s.kind.as_str())
            } else {
                s.title.clone()
            };
            json!({"title": title, "kind": say.of("agenda-kind", s.kind.as_str()), "minutes": s.minutes})
        })
        .collect();
    let stray = w.notes.iter().filter(|n| n.item_id.is_none());
    data["stray"] = stray.map(|n| json!(n.text)).collect();
}

/// The page behind a point.
fn path(w: &Whole, item: &AgendaItem) -> Option<String> {
    match (item.kind, &item.object_id) {
        (AgendaKind::Decision | AgendaKind::Review, Some(id)) => Some(format!("/decisions/{id}")),
        (AgendaKind::Commitments, _) => Some("/commitments".into()),
        (AgendaKind::Vacancies, _) => Some(format!("/bodies/{}", w.room.body.id)),
        _ => None,
    }
}
