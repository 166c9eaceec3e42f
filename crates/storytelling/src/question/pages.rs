//! Staff's pages: what readers asked, and the answer to one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Form, IfMatch, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answer::{self, NewAnswer};
use super::api::id;
use super::{Answer, Asker, Question, QuestionId, QuestionStatus, store};
use crate::error::StoryError;
use crate::policy::{AnswerQuestions, SeeQuestions, SeeStories};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(show)
        .service(answer_it)
        .service(set_aside)
        .service(reopen);
}

const PAGE: usize = 50;

#[derive(Deserialize)]
struct Wanted {
    status: Option<QuestionStatus>,
    before: Option<String>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    question: String,
    asker: String,
    figure: String,
    label: String,
    status: String,
    tone: &'static str,
    at: Instant,
}

fn status_word(core: &Core, actor: &Actor, status: QuestionStatus) -> String {
    let key = format!("question-status-{}", status.as_str().replace('_', "-"));
    core.renderer.text(actor.lang, &key, &Args::new())
}

fn tone(status: QuestionStatus) -> &'static str {
    match status {
        QuestionStatus::Open => "watch",
        QuestionStatus::Answered => "good",
        QuestionStatus::SetAside | QuestionStatus::Unconfirmed => "neutral",
    }
}

/// What readers asked.
#[get("/p/{partnership}/questions")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeQuestions>,
    query: ApiQuery<Wanted>,
) -> Result<HttpResponse, Problem> {
    let base = format!("/p/{}/questions", actor.partnership.slug);
    let (status, before, tenant) = (query.0.status, query.0.before, actor.tenant().to_string());
    let (mut found, counts) = core
        .db
        .read(move |c| {
            let found = store::list(c, &tenant, status, before.as_deref(), PAGE as i64 + 1)?;
            let mut counts = Vec::new();
            for s in [
                QuestionStatus::Open,
                QuestionStatus::Answered,
                QuestionStatus::SetAside,
            ] {
                counts.push((s, store::count(c, &tenant, s)?));
            }
            Ok::<_, Problem>((found, counts))
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let older = found.last().filter(|_| more).map(|q| {
        let of = status.map(|s| format!("status={s}&")).unwrap_or_default();
        format!("{base}?{of}before={}", q.id)
    });
    let filters: Vec<Value> = counts
        .iter()
        .map(|(s, n)| {
            json!({"label": status_word(&core, &actor, *s), "href": format!("{base}?status={s}"),
                   "active": status == Some(*s), "count": n})
        })
        .collect();
    let rows: Vec<Row> = found
        .into_iter()
        .map(|q| Row {
            href: format!("{base}/{}", q.id),
            status: status_word(&core, &actor, q.status),
            tone: tone(q.status),
            question: q.question,
            asker: q.asker_name,
            figure: q.figure_text,
            label: q.figure_label,
            at: q.received_at.unwrap_or(q.asked_at),
        })
        .collect();
    let title = core
        .renderer
        .text(actor.lang, "question-list-title", &Args::new());
    let shell = page::shell(&core, &req, &actor, "stories", title);
    let data = json!({
        "rows": rows, "filters": filters, "all_href": base, "all": status.is_none(), "older": older,
        "stories_href": format!("/p/{}/stories", actor.partnership.slug),
    });
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/questions/index",
        &shell,
        &data,
    )
}

struct Loaded {
    question: Question,
    answers: Vec<Answer>,
    story: String,
    public_href: Option<String>,
    changed: Option<String>,
}

async fn load(core: &Core, actor: &Actor, id: QuestionId) -> Result<Loaded, Problem> {
    let tenant = actor.tenant().to_string();
    core.db
        .read(move |c| {
            let question = store::find(c, &tenant, &id)?
                .filter(|q| q.received_at.is_some())
                .ok_or_else(Problem::not_found)?;
            let secret = crate::story::store::secret(c, &tenant, &question.story_id)?;
            let changes = crate::story::changes::changed_figures(c, &tenant, &question.edition_id)?;
            Ok::<_, Problem>(Loaded {
                answers: store::answers(c, &tenant, &id)?,
                story: store::story_title(c, &tenant, &question.story_id)?,
                public_href: secret.map(|s| format!("/s/{s}/figure/{}", question.figure_key)),
                changed: changes
                    .into_iter()
                    .find(|ch| ch.figure_id == question.figure_id)
                    .map(|ch| ch.new_text),
                question,
            })
        })
        .await
}

fn render(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    found: Loaded,
    again: Option<Value>,
) -> Result<HttpResponse, Problem> {
    let q = &found.question;
    let base = format!("/p/{}", actor.partnership.slug);
    let newest = found
        .answers
        .first()
        .map(|a| a.answer.clone())
        .unwrap_or_default();
    let mut form = json!({"form": {"answer": newest, "show": q.shown, "shown_question": q.shown_question},
                          "wrong": {}, "errors": []});
    if let (Some(form), Some(Value::Object(again))) = (form.as_object_mut(), again) {
        form.extend(again);
    }
    let mut data = json!({
        "here": format!("{base}/questions/{}", q.id),
        "list_href": format!("{base}/questions"),
        "question": q.question,
        "asker": q.asker_name,
        "email": q.asker_email,
        "known": q.asker == Asker::Reader,
        "language": q.lang().name(),
        "at": q.received_at,
        "status": status_word(core, actor, q.status),
        "tone": tone(q.status),
        "figure": q.figure_text,
        "label": q.figure_label,
        "changed": found.changed,
        "story": found.story,
        "story_href": actor.may::<SeeStories>().then(|| format!("{base}/stories/{}", q.story_id)),
        "trace_href": format!("{base}/trace/figure/{}", q.figure_id),
        "public_href": found.public_href,
        "answers": found.answers,
        "answered": q.status == QuestionStatus::Answered,
        "open": q.status == QuestionStatus::Open,
        "set_aside": q.status == QuestionStatus::SetAside,
        "version": q.version,
        "may_answer": actor.may::<AnswerQuestions>(),
    });
    if let (Some(data), Value::Object(form)) = (data.as_object_mut(), form) {
        data.extend(form);
    }
    let mut args = Args::new();
    args.set("figure", q.figure_text.clone());
    let title = core.renderer.text(actor.lang, "question-page-title", &args);
    let shell = page::shell(core, req, actor, "stories", title);
    page::html(core, status, "storytelling/questions/show", &shell, &data)
}

/// One question, with the form that answers it.
#[get("/p/{partnership}/questions/{question}")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeQuestions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let found = load(&core, &actor, id(&path.1)?).await?;
    render(&core, &req, &actor, StatusCode::OK, found, None)
}

fn seen(form: &Form) -> IfMatch {
    IfMatch(form.text("version").parse().ok())
}

/// Answers it.
#[post("/p/{partnership}/questions/{question}/answer")]
async fn answer_it(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let new = NewAnswer {
        answer: form.text("answer").to_string(),
        show: form.ticked("show"),
        shown_question: form.text("shown_question").to_string(),
    };
    let (who, which, base, typed) = (
        actor.clone(),
        id.clone(),
        core.settings.base_url.clone(),
        new.clone(),
    );
    let done = core
        .db
        .write(move |c| {
            answer::answer(c, &who, &which, seen(&form), &new, &base).map_err(Problem::from)
        })
        .await;
    match done {
        Ok(_) => {
            core.wake_jobs();
            Ok(back(&actor, &id, "question-answer-sent"))
        }
        Err(problem)
            if page::is_shown_again(&problem)
                || problem.status == StatusCode::PRECONDITION_FAILED =>
        {
            let found = load(&core, &actor, id).await?;
            let again = page::again(&core, actor.lang, &json!(typed), &problem);
            render(&core, &req, &actor, problem.status, found, Some(again))
        }
        Err(problem) => Err(problem),
    }
}

fn back(actor: &Actor, id: &QuestionId, message: &str) -> HttpResponse {
    page::see_other(
        &format!("/p/{}/questions/{id}", actor.partnership.slug),
        message,
    )
}

type Verb =
    fn(&mut backbone_db::Conn, &Actor, &QuestionId, IfMatch) -> Result<Question, StoryError>;

async fn step(
    core: &Core,
    actor: Actor,
    id: QuestionId,
    seen: IfMatch,
    verb: Verb,
    message: &str,
) -> Result<HttpResponse, Problem> {
    let (who, which) = (actor.clone(), id.clone());
    core.db
        .write(move |c| verb(c, &who, &which, seen).map_err(Problem::from))
        .await?;
    Ok(back(&actor, &id, message))
}

/// Sets it aside; the page offers to take it up again.
#[post("/p/{partnership}/questions/{question}/set-aside")]
async fn set_aside(
    core: web::Data<Core>,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    step(
        &core,
        actor.into_actor(),
        id,
        seen(&form),
        answer::set_aside,
        "question-put-aside",
    )
    .await
}

/// Takes it up again.
#[post("/p/{partnership}/questions/{question}/reopen")]
async fn reopen(
    core: web::Data<Core>,
    actor: Allowed<AnswerQuestions>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    step(
        &core,
        actor.into_actor(),
        id,
        seen(&form),
        answer::reopen,
        "question-taken-up",
    )
    .await
}
