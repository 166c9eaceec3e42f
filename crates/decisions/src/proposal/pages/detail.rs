//! The page of one proposal: the question and the ballot on top, then how it stands, what it rests on and what was said.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_db::Conn;
use backbone_events::{Audience, Node, Object};
use backbone_identity::{Actor, Core, directory, page};
use backbone_web::Problem;
use serde_json::{Value, json};

use super::tone;
use crate::ballot::api::{Standing, stand};
use crate::ballot::electorate::{Acting, acting};
use crate::ballot::{Ballot, Receipt, VoterState, form, store as ballots};
use crate::body::{Body, store as bodies};
use crate::commitment::{Commitment, store as commitments};
use crate::framework::pages::{lines, rule};
use crate::history::{Origin, pages as elsewhere, store as history};
use crate::meeting::store as meetings;
use crate::opinion::{Opinions, give, pages as thoughts};
use crate::outcome::pages::{picture, quorum};
use crate::outcome::{Outcome, Record, Review, store as outcomes};
use crate::people::{Member, members};
use crate::policy::{CastBallot, Propose};
use crate::proposal::api::parse_id;
use crate::proposal::draft::has_seat;
use crate::proposal::rules::{Step, may};
use crate::proposal::{Comment, CommentKind, Proposal, Status, store};
use crate::view::{Say, organization_name, show};

struct Whole {
    x: Proposal,
    body: Body,
    comments: Vec<Comment>,
    mine: Vec<(Acting, Option<Ballot>)>,
    standing: Standing,
    outcome: Option<Outcome>,
    records: Vec<Record>,
    reviews: Vec<Review>,
    commitments: Vec<Commitment>,
    organizations: Vec<directory::OrganizationCard>,
    people: Vec<Member>,
    evidence: Vec<Node>,
    metrics: Vec<(String, String)>,
    seated: bool,
    origin: Option<Origin>,
    opinions: (Opinions, bool),
    taken: Option<(crate::meeting::Meeting, usize)>,
}

/// The meeting in which it was voted on, with how many were there.
fn taken(
    c: &mut Conn,
    tenant: &str,
    x: &Proposal,
) -> Result<Option<(crate::meeting::Meeting, usize)>, Problem> {
    let Some(vote) = meetings::taken_in(c, tenant, &x.id)? else {
        return Ok(None);
    };
    let found = meetings::find(c, tenant, &vote.meeting_id)?;
    Ok(found.map(|m| (m, vote.present.len())))
}

fn read(c: &mut Conn, core: &Core, actor: &Actor, id: &str) -> Result<Whole, Problem> {
    let (tenant, id) = (actor.tenant(), parse_id(id)?);
    let x = store::find(c, tenant, &id)?.ok_or_else(Problem::not_found)?;
    let body = bodies::find(c, tenant, &x.body_id)?.ok_or_else(Problem::not_found)?;
    let mut mine = Vec::new();
    for one in acting(c, actor, &x)? {
        let ballot = ballots::of_voter(c, tenant, &one.voter.id)?;
        mine.push((one, ballot));
    }
    let objects: Vec<Object> = x
        .content
        .evidence
        .iter()
        .map(|e| e.object.clone())
        .collect();
    let mut metrics = Vec::new();
    for prediction in &x.content.predictions {
        metrics.push(crate::outcome::review::shown(c, core, actor, prediction)?);
    }
    Ok(Whole {
        comments: store::comments(c, tenant, &id)?,
        mine,
        standing: stand(c, actor, &x)?,
        outcome: outcomes::of(c, tenant, &id)?,
        records: outcomes::records_of(c, tenant, &id)?,
        reviews: outcomes::reviews(c, tenant, &id)?,
        commitments: commitments::of_proposal(c, tenant, &id)?,
        organizations: directory::organizations(c, tenant)?,
        people: members(c, tenant)?,
        evidence: core
            .tracer
            .nodes(c, tenant, &objects, Audience::Members, actor.lang.code())?,
        metrics,
        origin: history::origin(c, tenant, &id)?,
        opinions: (
            give::look(c, actor, &x)?,
            give::own(c, actor, &x)?.is_some(),
        ),
        seated: actor.is_staff() || has_seat(c, actor, &body)?,
        taken: taken(c, tenant, &x)?,
        x,
        body,
    })
}

/// The page with what stands in the way of what was sent.
pub(crate) async fn show_again(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    problem: Problem,
) -> Result<HttpResponse, Problem> {
    page(core, req, actor, id, problem.status, None, Some(problem)).await
}

/// The page, perhaps with what was just cast, or with what stands in the way.
pub(super) async fn page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    status: StatusCode,
    receipt: Option<Receipt>,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let (held, who, id) = (core.clone(), actor.clone(), id.to_string());
    let w = core.db.read(move |c| read(c, &held, &who, &id)).await?;
    let say = Say::new(core, actor.lang);
    let x = &w.x;
    let own = actor.is_staff() || (actor.person_id.is_some() && actor.person_id == x.author_id);
    let own = own && actor.may::<Propose>();
    let at = |moment: Option<backbone_db::Instant>| {
        moment.map(|m| say.moment(m, w.body.zone(), actor.now))
    };
    let told = problem
        .as_ref()
        .map(|p| page::again(core, actor.lang, &json!({}), p));
    let step = |s: Step| own && may(x.status, s);
    let mut data = json!({
        "id": x.id, "title": x.title, "version": x.version, "background": x.content.background, "author": x.author_name,
        "status": say.of("decision-status", x.status.as_str()), "tone": tone(x.status), "body": {"id": w.body.id, "name": w.body.name},
        "opens": at(x.opens_at), "closes": at(x.closes_at), "closed": at(x.closed_at), "extensions": x.content.extensions,
        "discussing": x.status == Status::Discussion, "voting": x.status == Status::Voting, "drafting": x.status == Status::Draft,
        "rule": rule(&say, &x.norms), "method": say.of("method", x.norms.method.as_str()), "lines": lines(&say, actor, &x.norms),
        "declares": actor.may::<crate::policy::DeclareInterest>() && matches!(x.status, Status::Draft | Status::Discussion | Status::Voting),
        "amount": x.content.amount_minor, "secret": x.norms.secret, "turnout_from": x.norms.turnout_from, "review_on": x.review_on,
        "errors": told.as_ref().map(|t| t["errors"].clone()).unwrap_or_else(|| json!([])),
        "may": {
            "edit": step(Step::Edit), "publish": step(Step::Publish), "open": step(Step::Open), "extend": step(Step::Extend),
            "close": step(Step::Close), "withdraw": step(Step::Withdraw), "decide": step(Step::Decide), "review": step(Step::Review),
            "reopen": step(Step::Reopen) && x.norms.reopen_days > 0, "drop": step(Step::DropOption) && x.norms.method.answers().is_empty(),
            "comment": w.seated && !matches!(x.status, Status::Withdrawn | Status::Superseded | Status::Retired), "settle": own,
        },
    });
    data["options"] = x
        .content
        .options
        .iter()
        .filter(|o| !o.label.is_empty())
        .map(|o| json!({"key": o.key, "label": o.label, "meaning": o.meaning, "cost": o.cost, "withdrawn": o.withdrawn}))
        .collect();
    data["taken"] = json!(
        w.taken
            .as_ref()
            .map(|(m, n)| json!({"id": m.id, "title": m.title, "number": m.number, "present": n}))
    );
    data["kinds"] = say.options("comment-kind", CommentKind::ALL.iter().map(|k| k.as_str()));
    data["comments"] = comments(&say, &w.comments);
    vote(&say, actor, &w, receipt.as_ref(), &mut data);
    data["opinions"] = thoughts::view(&say, actor, x, &w.opinions.0, w.opinions.1);
    data["origin"] = json!(w.origin.as_ref().map(|o| elsewhere::origin(&say, o)));
    stands(&say, &w, &mut data);
    after(&say, &w, &mut data);
    show(
        core,
        req,
        actor,
        status,
        "decisions/decision",
        x.title.clone(),
        data,
    )
}

/// The ballot of each seat that the reader may act for.
fn vote(say: &Say, actor: &Actor, w: &Whole, receipt: Option<&Receipt>, data: &mut Value) {
    let x = &w.x;
    let open = x.status == Status::Voting
        && x.closes_at.is_some_and(|c| actor.now < c)
        && actor.may::<CastBallot>();
    let mine: Vec<Value> = w
        .mine
        .iter()
        .filter(|_| x.opened_at.is_some())
        .map(|(a, ballot)| {
            json!({
                "action": format!("/p/{}/decisions/{}/vote", actor.partnership.slug, x.id),
                "seat_id": a.voter.seat_id, "name": a.voter.name, "capacity": say.of("capacity", a.capacity.as_str()),
                "open": open && a.voter.is_open() && (!x.norms.secret || !a.voter.voted) && (x.norms.changeable || !a.voter.voted),
                "voted": a.voter.voted, "recused": a.voter.state == VoterState::Recused,
                "says": ballot.as_ref().map(|b| form::words(say, x, &b.says)), "reason": ballot.as_ref().map(|b| b.reason.clone()).unwrap_or_default(),
                "ballot": form::view(say, x, ballot.as_ref().map(|b| &b.says), Some(&a.voter.id)),
                "holder": a.capacity == crate::ballot::Capacity::Holder,
            })
        })
        .collect();
    let others = w
        .people
        .iter()
        .filter(|m| Some(&m.person_id) != actor.person_id.as_ref());
    data["people"] = others
        .map(|m| json!({"value": m.person_id, "label": m.name}))
        .collect();
    data["mine"] = json!(mine);
    data["saved"] = json!(receipt.is_some());
    data["code"] = json!(receipt.and_then(|r| r.code.clone()));
    data["changeable"] = json!(x.norms.changeable);
}

/// Turnout, quorum and ballots, as far as they are shown.
fn stands(say: &Say, w: &Whole, data: &mut Value) {
    let (x, s) = (&w.x, &w.standing);
    data["eligible"] = json!(s.eligible);
    data["voted"] = json!(s.voted);
    data["opened"] = json!(x.opened_at.is_some());
    let shown = s
        .ballots
        .as_ref()
        .map(|b| crate::outcome::count::count(x, &s.voters, b));
    data["picture"] = json!(shown.as_ref().and_then(|r| picture(say, x, r, "standing")));
    data["quorum"] = match (&w.outcome, x.norms.secret, x.status) {
        (Some(outcome), _, _) => quorum(say, &outcome.result).into(),
        (None, false, Status::Voting) => {
            let needed = crate::outcome::quorum::check(&x.norms.quorum, &s.voters);
            let result = crate::outcome::Tallied {
                quorum: needed,
                ..crate::outcome::Tallied::default()
            };
            quorum(say, &result).into()
        }
        _ => json!([]),
    };
    let voter = |b: &Ballot| {
        s.voters
            .iter()
            .find(|v| Some(&v.id) == b.voter_id.as_ref())
            .map(|v| v.name.clone())
    };
    let said: Vec<Value> = s
        .ballots
        .iter()
        .flatten()
        .map(|b| {
            json!({"who": voter(b).unwrap_or_default(), "by": b.person_name, "capacity": say.of("capacity", b.capacity.as_str()),
                   "stands_in": b.capacity != crate::ballot::Capacity::Holder, "says": form::words(say, x, &b.says), "reason": b.reason})
        })
        .collect();
    data["said"] = json!(said);
    data["voters"] = s
        .voters
        .iter()
        .map(|v| json!({"name": v.name, "voted": v.voted, "recused": v.state == VoterState::Recused, "revoked": v.state == VoterState::Revoked,
                        "interest": !v.interest.is_empty()}))
        .collect();
    data["proxies"] = s
        .proxies
        .iter()
        .map(|p| {
            let name = s
                .voters
                .iter()
                .find(|v| v.seat_id == p.seat_id)
                .map(|v| v.name.clone())
                .unwrap_or_default();
            json!({"for": name, "person": p.person_name, "until": p.expires_at, "note": p.note})
        })
        .collect();
}

/// Outcome, commitments, record, review, evidence and predictions.
fn after(say: &Say, w: &Whole, data: &mut Value) {
    let x = &w.x;
    data["outcome"] = json!(w.outcome.as_ref().map(|o| json!({
        "passed": o.passed, "statement": o.statement, "no_action": o.no_action, "decided": o.decided_at,
        "has_quorum": o.result.has_quorum(), "voted": o.result.voted, "eligible": o.result.eligible, "trouble": o.result.trouble,
        "winners": o.result.winners.iter().map(|k| form::name(say, x, k)).collect::<Vec<_>>(),
        "picture": picture(say, x, &o.result, "outcome"),
    })));
    data["record"] = json!(
        w.records
            .first()
            .map(|r| json!({"number": r.number, "hash": r.hash, "at": r.sealed_at}))
    );
    data["commitments"] = w
        .commitments
        .iter()
        .map(|c| {
            json!({"id": c.id, "title": c.title, "organization": organization_name(&w.organizations, Some(&c.organization_id)), "due": c.due_on,
                   "progress": c.progress, "status": say.of("commitment-status", c.status.as_str())})
        })
        .collect();
    data["reviews"] = w
        .reviews
        .iter()
        .map(|r| json!({"verdict": say.of("verdict", r.verdict.as_str()), "text": r.text, "by": r.reviewed_by, "at": r.reviewed_at, "compared": r.compared}))
        .collect();
    data["evidence"] = w
        .evidence
        .iter()
        .map(|n| {
            let note = x
                .content
                .evidence
                .iter()
                .find(|e| e.object == n.object)
                .map(|e| e.note.clone());
            json!({"title": n.title, "summary": n.summary, "note": note, "href": n.href})
        })
        .collect();
    data["predictions"] = x
        .content
        .predictions
        .iter()
        .zip(&w.metrics)
        .map(|(p, (metric, now))| {
            json!({"metric": metric, "now": now, "expected": p.expected, "by": p.by, "then": p.then,
                                         "href": format!("metrics/{}", p.metric_id)})
        })
        .collect();
}

/// Comments with their answers beneath.
fn comments(say: &Say, all: &[Comment]) -> Value {
    let line = |c: &Comment| {
        json!({"id": c.id, "kind": say.of("comment-kind", c.kind.as_str()), "remark": c.kind == CommentKind::Remark, "text": c.text,
               "by": c.person_name, "at": c.written_at, "settled": c.settled, "settled_by": c.settled_by,
               "open": c.settled.is_none() && matches!(c.kind, CommentKind::Concern | CommentKind::Amendment)})
    };
    all.iter()
        .filter(|c| c.parent_id.is_none())
        .map(|c| {
            let mut whole = line(c);
            whole["answers"] = all
                .iter()
                .filter(|a| a.parent_id.as_ref() == Some(&c.id))
                .map(line)
                .collect();
            whole
        })
        .collect()
}
