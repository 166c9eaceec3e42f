use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Direction, Node, Object};
use backbone_identity::{Actor, Allowed, Core, FileId, directory, file, page};
use backbone_web::{Form, IfMatch, Problem};
use serde::Serialize;

use crate::contribution::api::parse_id;
use crate::contribution::rules::{Step, after};
use crate::contribution::{Contribution, ContributionId, History, Status, correct, judge, store};
use crate::error::Error;
use crate::policy::{CorrectContribution, LogContribution, SeeContributions};
use crate::view::{Say, name_of, tone};

#[derive(Serialize)]
struct DetailPage {
    base: String,
    here: String,
    organization: String,
    kind: String,
    amount: String,
    period: String,
    how: String,
    status: String,
    tone: &'static str,
    logged: bool,
    question: Option<String>,
    #[serde(flatten)]
    contribution: Contribution,
    files: Vec<FileLine>,
    past: Vec<Moment>,
    moved: Vec<Node>,
    may: May,
}

/// Which buttons the page has.
#[derive(Serialize)]
struct May {
    verify: bool,
    query: bool,
    correct: bool,
    comment: bool,
    keep: bool,
}

#[derive(Serialize)]
struct FileLine {
    name: String,
    href: String,
}

#[derive(Serialize)]
struct Moment {
    at: backbone_db::Instant,
    who: String,
    what: String,
    text: String,
    tone: &'static str,
}

/// One contribution: its facts, value, history, evidence, and what it moved.
#[get("/p/{partnership}/contributions/{contribution}")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeContributions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (who, tracer) = (actor.clone(), core.tracer.clone());
    let read = core
        .db
        .read(move |conn| {
            let tenant = who.tenant();
            let found = store::find(conn, tenant, &id)?.ok_or(Error::NotFound)?;
            let history = judge::history(conn, tenant, &id)?;
            let moved = moved(conn, &tracer, &who, &id)?;
            let files = files(conn, &who, &found.content.evidence.files)?;
            let organizations = directory::organizations(conn, tenant)?;
            Ok::<_, Error>((found, history, moved, files, organizations))
        })
        .await;
    let (found, history, moved, files, organizations) = read?;
    let say = Say::new(&core, actor.lang);
    let content = &found.content;
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let own = actor.is_staff() || actor.acts_for(&content.organization_id);
    let open = |step| after(found.status, step).is_some();
    let data = DetailPage {
        here: format!("{base}/{}", found.id),
        base,
        organization: name_of(&organizations, &content.organization_id),
        kind: say.kind(content.kind),
        amount: say.amount(content),
        period: say.period(&content.period),
        how: say.how(content),
        status: say.status(found.status),
        tone: tone(found.status),
        logged: req.query_string().contains("logged=1"),
        question: question(&found, &history),
        past: past(&say, &history),
        may: May {
            verify: actor.is_staff() && open(Step::Verify),
            query: actor.is_staff() && open(Step::Query),
            correct: own && actor.may::<CorrectContribution>() && open(Step::Correct),
            comment: own && actor.may::<CorrectContribution>(),
            keep: own && actor.may::<LogContribution>() && open(Step::Withdraw),
        },
        files,
        moved,
        contribution: found,
    };
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "contributions",
        data.contribution.content.activity.clone(),
    );
    page::html(&core, StatusCode::OK, "contributions/detail", &shell, &data)
}

/// What stands ahead of a contribution: the metrics it supports, as members see them.
pub(crate) fn moved(
    conn: &mut Conn,
    tracer: &backbone_events::Tracer,
    actor: &Actor,
    id: &ContributionId,
) -> Result<Vec<Node>, DbError> {
    let this = Object::new("contribution", id);
    let ahead: Vec<Object> = tracer
        .step(conn, actor.tenant(), &this, Direction::Ahead)?
        .into_iter()
        .map(|(_, object)| object)
        .collect();
    tracer.nodes(
        conn,
        actor.tenant(),
        &ahead,
        Audience::Members,
        actor.lang.code(),
    )
}

fn files(conn: &mut Conn, actor: &Actor, ids: &[FileId]) -> Result<Vec<FileLine>, DbError> {
    let mut lines = Vec::new();
    for id in ids {
        if let Some(found) = file::find(conn, actor.tenant(), id)? {
            lines.push(FileLine {
                name: found.name,
                href: format!("/p/{}/files/{id}", actor.partnership.slug),
            });
        }
    }
    Ok(lines)
}

/// The open question, while there is one.
pub(crate) fn question(c: &Contribution, history: &History) -> Option<String> {
    use crate::contribution::CommentKind::Question;
    let last = history.comments.iter().rfind(|c| c.kind == Question);
    last.filter(|_| c.status == Status::Queried)
        .map(|q| q.text.clone())
}

/// Versions and comments in one line of time, newest first.
fn past(say: &Say, history: &History) -> Vec<Moment> {
    let versions = history.versions.iter().map(|v| {
        let value = say.money(v.content.value.minor, v.content.value.currency.code());
        let key = match (v.version, v.status) {
            (1, _) => "contribution-past-logged",
            (_, Status::Verified) => "contribution-past-verified",
            (_, Status::Queried) => "contribution-past-queried",
            (_, Status::Withdrawn) => "contribution-past-withdrawn",
            (_, Status::Answered) if v.reason.is_empty() => "contribution-past-answered",
            _ => "contribution-past-corrected",
        };
        Moment {
            at: v.changed_at,
            who: v.changed_by.clone(),
            what: say.text(key, &[("amount", say.amount(&v.content)), ("value", value)]),
            text: v.reason.clone(),
            tone: tone(v.status),
        }
    });
    let comments = history.comments.iter().map(|c| Moment {
        at: c.written_at,
        who: c.written_by.clone(),
        what: say.text(&format!("contribution-comment-{}", c.kind.as_str()), &[]),
        text: c.text.clone(),
        tone: "neutral",
    });
    let mut all: Vec<Moment> = versions.chain(comments).collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.at));
    all
}

/// A step from the buttons of the page: verify, query, comment, withdraw.
#[post("/p/{partnership}/contributions/{contribution}/{step}")]
pub(super) async fn act(
    core: web::Data<Core>,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, step) = (actor.into_actor(), parse_id(&path.1)?, path.2.clone());
    if matches!(step.as_str(), "verify" | "query") {
        actor.require::<crate::policy::VerifyContribution>()?;
    }
    let to = format!("/p/{}/contributions/{id}", actor.partnership.slug);
    let (seen, text) = (
        IfMatch(form.text("version").parse().ok()),
        form.text("text").to_string(),
    );
    let message = core
        .db
        .write(move |conn| {
            Ok::<_, Problem>(match step.as_str() {
                "verify" => {
                    judge::verify(conn, &actor, &id, seen)?;
                    "contribution-verified"
                }
                "query" => {
                    judge::query(conn, &actor, &id, seen, &text)?;
                    "contribution-queried"
                }
                "comment" => {
                    judge::comment(conn, &actor, &id, &text)?;
                    "contribution-commented"
                }
                "withdraw" => {
                    correct::withdraw(conn, &actor, &id, seen, &text)?;
                    "contribution-withdrawn"
                }
                _ => return Err(Problem::not_found()),
            })
        })
        .await?;
    Ok(page::see_other(&to, message))
}
