//! What forms on a meeting's page do. Each calls the verb that its JSON door calls, and leads back to the page.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};

use super::show;
use crate::ballot::{cast, form as ballot};
use crate::commitment::NewCommitment;
use crate::error::Error;
use crate::meeting::answer::{self, NewRsvp};
use crate::meeting::api::room::point;
use crate::meeting::api::{parse_id, take};
use crate::meeting::attendance::{self, NewPresence};
use crate::meeting::hold::{self, MeetingStepInput, NewMeetingNote, NewPromise};
use crate::meeting::vote::{self, Hand, Hands};
use crate::meeting::{AgendaItemId, MeetingId, NewAgendaItem, NewAttendee, agenda, invite};
use crate::outcome::NewOutcome;
use crate::policy::{AttendMeetings, CastBallot, HoldMeetings};
use crate::proposal::Proposal;
use crate::view::some;

/// Back to the page, which says what was done, or what stands in the way.
async fn back(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    done: Result<(), Error>,
    message: &str,
    form: &Form,
) -> Result<HttpResponse, Problem> {
    core.wake_jobs();
    match done.map_err(Problem::from) {
        Ok(()) => {
            let to = format!("/p/{}/meetings/{id}", actor.partnership.slug);
            Ok(page::see_other(&to, message))
        }
        Err(p) if page::is_shown_again(&p) => {
            show::page(core, req, actor, id, Some(p), Some(form)).await
        }
        Err(p) => Err(p),
    }
}

/// Invites, opens, ends, goes on, or calls off.
#[post("/p/{partnership}/meetings/{meeting}/steps/{step}")]
async fn step(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, step) = (actor.into_actor(), parse_id(&path.1)?, path.2.clone());
    let input = MeetingStepInput {
        reason: form.text("reason").into(),
    };
    let by = actor.clone();
    let message = match step.as_str() {
        "invite" => "meeting-invited-done",
        "close" => "meeting-closed-done",
        _ => "",
    };
    let done = core
        .db
        .write(move |c| take(c, &by, &id, &step, &input).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, message, &form).await
}

/// Adds a point.
#[post("/p/{partnership}/meetings/{meeting}/agenda")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewAgendaItem {
        title: form.text("title").into(),
        minutes: form.text("minutes").trim().parse().ok(),
        decision_id: some(form.text("decision_id")),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| agenda::add(c, &by, &id, &input).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// Adds what is open.
#[post("/p/{partnership}/meetings/{meeting}/agenda/assemble")]
async fn assemble(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| agenda::assemble(c, &by, &id).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// Moves a point, changes its minutes, takes it out, goes to it or ends it.
#[post("/p/{partnership}/meetings/{meeting}/agenda/{item}/{step}")]
async fn move_item(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, word) = (actor.into_actor(), parse_id(&path.1)?, path.3.clone());
    let item: AgendaItemId = path.2.parse().map_err(|_| Problem::not_found())?;
    let input = NewAgendaItem {
        title: form.text("title").into(),
        minutes: form.text("minutes").trim().parse().ok(),
        decision_id: None,
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| match word.as_str() {
            "edit" => agenda::edit(c, &by, &id, &item, &input).map(drop),
            word => point(c, &by, &id, &item, word).map(drop),
        })
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// Puts somebody on the list.
#[post("/p/{partnership}/meetings/{meeting}/people")]
async fn add_person(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewAttendee {
        person_id: some(form.text("person_id")),
        name: form.text("name").into(),
        email: form.text("email").into(),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| invite::add(c, &by, &id, &input).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// Answers the invitation.
#[post("/p/{partnership}/meetings/{meeting}/answer")]
async fn reply(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<AttendMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewRsvp {
        answer: form.text("answer").into(),
        attendee_id: some(form.text("attendee_id")),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| answer::answer(c, &by, &id, &input).map(drop))
        .await;
    back(
        &core,
        &req,
        &actor,
        &path.1,
        done,
        "meeting-answered",
        &form,
    )
    .await
}

/// Comes or leaves.
#[post("/p/{partnership}/meetings/{meeting}/presence")]
async fn presence(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<AttendMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewPresence {
        attendee_id: some(form.text("attendee_id")),
        here: form.text("here") == "1",
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| attendance::check(c, &by, &id, &input).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// Notes something.
#[post("/p/{partnership}/meetings/{meeting}/notes")]
async fn note(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewMeetingNote {
        item_id: some(form.text("item_id")),
        text: form.text("text").into(),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| hold::note(c, &by, &id, &input).map(drop))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

/// What will be done, by whom and when; the owner is an organization, perhaps with one of its people.
fn commitment(form: &Form) -> NewCommitment {
    let owner = form.text("owner");
    let (organization, person) = owner.split_once(' ').unwrap_or((owner, ""));
    NewCommitment {
        title: form.text("what").into(),
        organization_id: organization.into(),
        person_id: some(person),
        due_on: form.text("due").into(),
        ..NewCommitment::default()
    }
}

/// Writes down what somebody promises.
#[post("/p/{partnership}/meetings/{meeting}/commitments")]
async fn promise(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewPromise {
        item_id: some(form.text("item_id")),
        commitment: commitment(&form),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| hold::promise(c, &by, &id, &input).map(drop))
        .await;
    back(
        &core,
        &req,
        &actor,
        &path.1,
        done,
        "meeting-promised",
        &form,
    )
    .await
}

/// The hands of a form: fields of a seat begin with its identifier. A seat without any says nothing.
fn hands(form: &Form, p: &Proposal) -> Hands {
    let seats: BTreeSet<String> = form.all("seat").iter().cloned().collect();
    let mut all = Vec::new();
    for seat in seats {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut names: Vec<String> = vec!["option".into(), "checks".into(), "reason".into()];
        for option in p.standing() {
            names.push(format!("mark_{}", option.key));
            names.push(format!("rank_{}", option.key));
        }
        for name in names {
            for value in form.all(&format!("{seat}-{name}")) {
                if !value.trim().is_empty() {
                    pairs.push((name.clone(), value.clone()));
                }
            }
        }
        if pairs.iter().all(|(name, _)| name == "reason") {
            continue;
        }
        let own = Form::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.clone())));
        let said = ballot::read(&own, p);
        all.push(Hand {
            seat_id: seat,
            says: said.says,
            reason: said.reason,
        });
    }
    Hands { hands: all }
}

fn outcome(form: &Form) -> NewOutcome {
    let promised = !form.text("what").trim().is_empty();
    NewOutcome {
        statement: form.text("statement").into(),
        commitments: promised.then(|| commitment(form)).into_iter().collect(),
        no_action: form.text("no_action").into(),
    }
}

/// Opens a vote, records hands, closes it, or writes the outcome down.
#[post("/p/{partnership}/meetings/{meeting}/votes/{decision}/{step}")]
async fn voting(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (by, given) = (actor.clone(), form.clone());
    let (decision, word) = (path.2.clone(), path.3.clone());
    let done = core
        .db
        .write(move |c| vote_step(c, &by, &id, &decision, &word, &given))
        .await;
    back(&core, &req, &actor, &path.1, done, "", &form).await
}

fn vote_step(
    c: &mut backbone_db::Conn,
    by: &Actor,
    id: &MeetingId,
    decision: &str,
    word: &str,
    form: &Form,
) -> Result<(), Error> {
    match word {
        "open" => vote::open(c, by, id, decision).map(drop),
        "hands" => {
            let of = decision.parse().map_err(|_| Error::NotFound)?;
            let p = cast::open(c, by, &of)?;
            vote::hands(c, by, id, decision, &hands(form, &p)).map(drop)
        }
        "close" => vote::close(c, by, id, decision, form.text("reason")).map(drop),
        "outcome" => vote::decide(c, by, id, decision, &outcome(form)).map(drop),
        _ => Err(Error::NotFound),
    }
}

/// Casts one's own vote, and stays in the meeting.
#[post("/p/{partnership}/meetings/{meeting}/votes/{decision}/cast")]
async fn own_vote(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CastBallot>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let of = path.2.parse().map_err(|_| Problem::not_found())?;
    let (by, given) = (actor.clone(), form.clone());
    let done = core
        .db
        .write(move |c| {
            let p = cast::open(c, &by, &of)?;
            cast::cast(c, &by, &of, &ballot::read(&given, &p))
        })
        .await;
    match done {
        // The code of a secret ballot is shown once, on the decision's own page.
        Ok(receipt) if receipt.code.is_some() => {
            crate::proposal::pages::receipt(&core, &req, &actor, &path.2, receipt).await
        }
        other => {
            let done = other.map(drop);
            back(&core, &req, &actor, &path.1, done, "meeting-voted", &form).await
        }
    }
}

/// Mounts what the forms do; fixed words come before identifiers.
pub(super) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(step)
        .service(add)
        .service(assemble)
        .service(move_item)
        .service(add_person)
        .service(reply)
        .service(presence)
        .service(note)
        .service(promise)
        .service(own_vote)
        .service(voting);
}
