//! JSON door to questions: asking (for anybody with a story's link), reading and answering (staff).

use actix_web::{HttpResponse, get, post, web};
use backbone_identity::secret::hash_secret;
use backbone_identity::{Actor, Allowed, Core, Visitor};
use backbone_web::{
    Answer as Reply, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem,
    ProblemBody, etag, once,
};
use serde::{Deserialize, Serialize};

use super::answer::{self, NewAnswer};
use super::ask::{self, About, NewQuestion};
use super::{Answer, Question, QuestionId, QuestionStatus, Shown, public, store};
use crate::error::StoryError;
use crate::policy::{AnswerQuestions, SeeQuestions};
use crate::public::find;

pub(super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(ask_question)
        .service(list_shown)
        .service(list)
        .service(show)
        .service(answer_question)
        .service(set_aside)
        .service(reopen);
}

pub(super) fn id(text: &str) -> Result<QuestionId, Problem> {
    QuestionId::parse(text).map_err(|_| Problem::not_found())
}

/// What becomes of a question that was asked here.
#[derive(Serialize, utoipa::ToSchema)]
struct Asked {
    /// `unconfirmed`: a mail with a link was sent to the address; staff see the question once it was followed.
    status: QuestionStatus,
}

/// Asks about a figure of a published story. A mail to the given address asks to confirm it first.
#[utoipa::path(tag = "questions", request_body = NewQuestion,
    params(("secret" = String, Path, description = "The end of the story's address"), ("key" = String, Path, description = "The figure's key"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Asked), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody),
              (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/public/stories/{secret}/figures/{key}/questions")]
async fn ask_question(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewQuestion>,
) -> Result<HttpResponse, Problem> {
    let (secret, figure) = path.into_inner();
    public::count(&core, &visitor.address, &body.value.email, visitor.now).await?;
    let (held, now) = (core.clone(), visitor.now);
    let scope = format!("public:{}", hash_secret(&secret));
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |c| {
        let found = find(c, &secret, None, now)?;
        let figure = found
            .edition
            .view
            .figure(&figure)
            .ok_or_else(Problem::not_found)?;
        let about = About {
            partnership: &found.partnership,
            edition: &found.edition,
            figure,
            base_url: &held.settings.base_url,
        };
        let question = ask::ask(c, &about, &body.value, None, now)?;
        Reply::ok(&Asked {
            status: question.status,
        })
    })
    .await?;
    core.wake_jobs();
    Ok(answer)
}

/// What was asked about a published story's figures and answered, as it stands beside them.
#[utoipa::path(tag = "questions",
    params(("secret" = String, Path, description = "The end of the story's address")),
    responses((status = 200, body = Vec<Shown>), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/public/stories/{secret}/questions")]
async fn list_shown(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (secret, now) = (path.into_inner(), visitor.now);
    let shown = core
        .db
        .read(move |c| {
            let found = find(c, &secret, None, now)?;
            store::shown(c, found.partnership.id.as_str(), &found.edition.story_id)
                .map_err(Problem::from)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// Which questions.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Of this status only.
    status: Option<QuestionStatus>,
}

/// Lists what readers asked, newest first. Questions of visitors who did not confirm their address are not among them.
#[utoipa::path(tag = "questions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery, Wanted),
    responses((status = 200, body = Page<Question>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("question.see"))))]
#[get("/partnerships/{partnership}/questions")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeQuestions>,
    query: ApiQuery<PageQuery>,
    wanted: ApiQuery<Wanted>,
) -> Result<HttpResponse, Problem> {
    let (limit, before, status) = (query.0.limit()?, query.0.after()?, wanted.0.status);
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| store::list(c, &tenant, status, before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |q| q.id.to_string())))
}

/// A question with every answer that was given.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = QuestionWhole)]
struct Whole {
    /// The question.
    #[serde(flatten)]
    question: Question,
    /// The answers, newest first.
    answers: Vec<Answer>,
}

/// One question with its answers.
#[utoipa::path(tag = "questions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("question" = String, Path, description = "Question id")),
    responses((status = 200, body = Whole), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("question.see"))))]
#[get("/partnerships/{partnership}/questions/{question}")]
async fn show(
    core: web::Data<Core>,
    actor: Allowed<SeeQuestions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            let question = store::find(c, &tenant, &id)?
                .filter(|q| q.received_at.is_some())
                .ok_or_else(Problem::not_found)?;
            let answers = store::answers(c, &tenant, &id)?;
            Ok::<_, Problem>(Whole { question, answers })
        })
        .await?;
    Ok(etag::ok(found.question.version).json(found))
}

/// Answers a question, or corrects the answer. It goes to the asker by mail; the same words again only change what is shown.
#[utoipa::path(tag = "questions", request_body = NewAnswer,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("question" = String, Path, description = "Question id"),
           ("If-Match" = Option<String>, Header, description = "The version that was read"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Question), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
              (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("question.answer"))))]
#[post("/partnerships/{partnership}/questions/{question}/answer")]
async fn answer_question(
    core: web::Data<Core>,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: ApiJson<NewAnswer>,
) -> Result<HttpResponse, Problem> {
    let (id, base) = (id(&path.1)?, core.settings.base_url.clone());
    let (fingerprint, new) = (body.fingerprint, body.value);
    step(
        &core,
        actor.into_actor(),
        key,
        fingerprint,
        move |c, actor| answer::answer(c, actor, &id, seen, &new, &base),
    )
    .await
}

/// Sets a question aside without an answer.
#[utoipa::path(tag = "questions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("question" = String, Path, description = "Question id"),
           ("If-Match" = Option<String>, Header, description = "The version that was read"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Question), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("question.answer"))))]
#[post("/partnerships/{partnership}/questions/{question}/set-aside")]
async fn set_aside(
    core: web::Data<Core>,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    let fingerprint = format!("set aside {id}");
    step(
        &core,
        actor.into_actor(),
        key,
        fingerprint,
        move |c, actor| answer::set_aside(c, actor, &id, seen),
    )
    .await
}

/// Takes a question up again that was set aside.
#[utoipa::path(tag = "questions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("question" = String, Path, description = "Question id"),
           ("If-Match" = Option<String>, Header, description = "The version that was read"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Question), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("question.answer"))))]
#[post("/partnerships/{partnership}/questions/{question}/reopen")]
async fn reopen(
    core: web::Data<Core>,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    let fingerprint = format!("reopen {id}");
    step(
        &core,
        actor.into_actor(),
        key,
        fingerprint,
        move |c, actor| answer::reopen(c, actor, &id, seen),
    )
    .await
}

async fn step<F>(
    core: &Core,
    actor: Actor,
    key: IdempotencyKey,
    fingerprint: String,
    run: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut backbone_db::Conn, &Actor) -> Result<Question, StoryError> + Send + 'static,
{
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, fingerprint, now, move |conn| {
        let question = run(conn, &actor)?;
        Reply::ok(&question)
    })
    .await?;
    core.wake_jobs();
    Ok(answer)
}
