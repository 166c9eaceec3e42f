//! The readers' side: the form beside a figure, and the page that confirms a visitor's address. A GET changes nothing, because
//! mail scanners follow links.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::limit::{self, Limit};
use backbone_identity::{Core, Partnership, Visitor, page, partnership_of};
use backbone_web::{ApiQuery, Args, Form, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ask::{self, About, NewQuestion};
use super::reader::Known;
use super::{Question, QuestionId, QuestionStatus, mail, rules, store};
use crate::public::{find, guarded, trace_page};

/// Questions from one network address.
const FROM_ADDRESS: Limit = Limit {
    name: "question-address",
    hits: 20,
    seconds: 3600,
};
/// Questions for which one mail address is asked to confirm.
const FOR_MAIL: Limit = Limit {
    name: "question-mail",
    hits: 5,
    seconds: 86_400,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(ask_form)
        .service(confirm_page)
        .service(confirm_post);
}

/// Counts a question; refuses when there are too many.
pub(super) async fn count(
    core: &Core,
    address: &str,
    mail: &str,
    now: Instant,
) -> Result<(), Problem> {
    let (address, mail) = (address.to_string(), store::address_key(mail));
    core.db
        .write(move |c| {
            if let Err(problem) = limit::hit(c, FROM_ADDRESS, &address, now)? {
                return Ok::<_, Problem>(Err(problem));
            }
            if mail.is_empty() {
                return Ok(Ok(()));
            }
            Ok(limit::hit(c, FOR_MAIL, &mail, now)?)
        })
        .await?
}

/// Asks from the page of a figure. The answer says what happens next, on the same page.
#[post("/s/{secret}/figure/{key}/ask")]
async fn ask_form(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    which: ApiQuery<crate::public::Which>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (secret, key) = path.into_inner();
    let back = format!("/s/{secret}/figure/{key}");
    // A field that people do not see: programs that fill in everything are thanked and forgotten.
    if form.ticked("website") {
        return Ok(page::see_other(&back, "question-confirm-sent"));
    }
    let new = NewQuestion {
        question: form.text("question").to_string(),
        name: form.text("name").to_string(),
        email: form.text("email").to_string(),
        language: String::new(),
    };
    let known = Known::of(&req);
    count(&core, &visitor.address, &new.email, visitor.now).await?;
    let (held, now, edition) = (core.clone(), visitor.now, which.0.edition);
    let (asked_secret, asked_key, asked_new) = (secret.clone(), key.clone(), new.clone());
    let asked = core
        .db
        .write(move |c| {
            let found = find(c, &asked_secret, edition, now)?;
            let figure = found
                .edition
                .view
                .figure(&asked_key)
                .cloned()
                .ok_or_else(Problem::not_found)?;
            let about = About {
                partnership: &found.partnership,
                edition: &found.edition,
                figure: &figure,
                base_url: &held.settings.base_url,
            };
            let reader = known.reader(&held, c, found.partnership.id.as_str(), now)?;
            Ok::<_, Problem>(ask::ask(c, &about, &asked_new, reader.as_ref(), now)?)
        })
        .await;
    match asked {
        Ok(question) => {
            core.wake_jobs();
            let message = match question.status {
                QuestionStatus::Unconfirmed => "question-confirm-sent",
                _ => "question-sent",
            };
            Ok(page::see_other(&back, message))
        }
        Err(problem) if page::is_shown_again(&problem) => {
            trace_page(
                &core,
                &req,
                visitor,
                (secret, key),
                edition,
                Some((&new, &problem)),
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}

/// The signed token of a confirmation.
#[derive(Debug, Deserialize)]
struct Token {
    token: String,
}

#[derive(Serialize)]
struct ConfirmPage {
    token: String,
    name: String,
    address: String,
    figure: String,
    label: String,
    question: String,
    waiting: bool,
    story_href: Option<String>,
}

async fn load(
    core: &Core,
    token: &str,
    now: Instant,
) -> Result<(Partnership, Question, Option<String>), Problem> {
    let ended = || Problem::new(StatusCode::GONE, "link-ended");
    let id = core
        .settings
        .secret
        .open(mail::CONFIRM, token)
        .ok_or_else(ended)?;
    let id = QuestionId::parse(&id).map_err(|_| ended())?;
    core.db
        .read(move |c| {
            let tenant = store::partnership_of(c, &id)?.ok_or_else(ended)?;
            let partnership = partnership_of(c, &tenant)?.ok_or_else(ended)?;
            let question = ask::look(c, &partnership, &id, now)?;
            let secret = crate::story::store::secret(c, &tenant, &question.story_id)?;
            let href = secret.map(|s| format!("/s/{s}/figure/{}", question.figure_key));
            Ok::<_, Problem>((partnership, question, href))
        })
        .await
}

fn show(
    core: &Core,
    req: &HttpRequest,
    mut visitor: Visitor,
    (partnership, question, story_href): (Partnership, Question, Option<String>),
    token: String,
) -> Result<HttpResponse, Problem> {
    visitor.lang = question.lang();
    let title = core
        .renderer
        .text(visitor.lang, "question-confirm-title", &Args::new());
    let shell = page::public_shell(core, req, &visitor, Some(&partnership), title);
    let data = ConfirmPage {
        token,
        name: question.asker_name.clone(),
        address: rules::hidden(&question.asker_email),
        waiting: question.status == QuestionStatus::Unconfirmed,
        figure: question.figure_text,
        label: question.figure_label,
        question: question.question,
        story_href,
    };
    page::html(
        core,
        StatusCode::OK,
        "storytelling/questions/confirm",
        &shell,
        &data,
    )
    .map(guarded)
}

/// Shows the question with the button that sends it.
#[get("/questions/confirm")]
async fn confirm_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Token>,
) -> Result<HttpResponse, Problem> {
    let found = load(&core, &query.0.token, visitor.now).await?;
    show(&core, &req, visitor, found, query.0.token)
}

/// Sends it.
#[post("/questions/confirm")]
async fn confirm_post(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let token = form.text("token").to_string();
    let (partnership, question, href) = load(&core, &token, visitor.now).await?;
    let (held, id, base, now) = (
        partnership.clone(),
        question.id,
        core.settings.base_url.clone(),
        visitor.now,
    );
    let question = core
        .db
        .write(move |c| ask::confirm(c, &held, &id, &base, now).map_err(Problem::from))
        .await?;
    core.wake_jobs();
    show(&core, &req, visitor, (partnership, question, href), token)
}

/// What was typed, for the form that is shown again.
pub(crate) fn typed(
    core: &Core,
    lang: backbone_web::Lang,
    new: &NewQuestion,
    problem: &Problem,
) -> serde_json::Value {
    let form = json!({"question": new.question, "name": new.name, "email": new.email});
    page::again(core, lang, &form, problem)
}
