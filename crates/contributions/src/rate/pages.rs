use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::fields::Fields;
use backbone_web::{Form, Problem};
use serde::Serialize;

use super::{NewRate, Rate, roles, set, store};
use crate::contribution::form::{Wrong, typed};
use crate::error::Error;
use crate::policy::{SeeRates, SetRates};
use crate::view::Say;

#[derive(Serialize)]
struct RatesPage {
    base: String,
    rates: Vec<Rate>,
    roles: Vec<String>,
    may_set: bool,
    form: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
    errors: Vec<Wrong>,
}

/// What an hour of each role of work is worth, and since when.
#[get("/p/{partnership}/contributions/rates")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeRates>,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, &actor, BTreeMap::new(), None).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    mut form: BTreeMap<String, String>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let rates = core.db.read(move |conn| store::all(conn, &tenant)).await?;
    let say = Say::new(core, actor.lang);
    let today = actor.now.date_in(&actor.partnership.zone());
    form.entry("valid_from".into())
        .or_insert_with(|| today.first_of_month().to_string());
    let told = problem.map(|p| p.field_messages(say.catalogue, say.lang));
    let wrong = told.unwrap_or_default();
    let data = RatesPage {
        base: format!("/p/{}/contributions", actor.partnership.slug),
        roles: roles(&rates).into_iter().map(str::to_string).collect(),
        rates,
        may_set: actor.may::<SetRates>(),
        form,
        errors: wrong
            .iter()
            .map(|(field, message)| Wrong {
                field: field.clone(),
                message: message.clone(),
            })
            .collect(),
        wrong: wrong.into_iter().collect(),
    };
    let title = say.text("rates-title", &[]);
    let shell = page::shell(core, req, actor, "contributions", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/rates", &shell, &data)
}

/// Sets a rate.
#[post("/p/{partnership}/contributions/rates")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SetRates>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let outcome = match read(&form) {
        Ok(input) => {
            let who = actor.clone();
            let set = core
                .db
                .write(move |conn| set::set(conn, &who, &input))
                .await;
            set.map_err(|e: Error| match e {
                // On a page, the field says it, so that what was typed stays.
                Error::RateTaken => {
                    Problem::invalid("invalid").field("valid_from", "contribution-rate-from-taken")
                }
                other => other.into(),
            })
        }
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(_) => {
            let to = format!("/p/{}/contributions/rates", actor.partnership.slug);
            Ok(page::see_other(&to, "rates-set"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(&core, &req, &actor, typed(&form), Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

fn read(form: &Form) -> Result<NewRate, Problem> {
    let mut f = Fields::new();
    let most = rust_decimal::Decimal::from(100_000);
    let hourly = f.decimal(
        "hourly",
        form.text("hourly"),
        rust_decimal::Decimal::ZERO,
        most,
    );
    let valid_from = f.parse("valid_from", form.text("valid_from"));
    f.finish()?;
    Ok(NewRate {
        work_role: form.text("work_role").to_string(),
        hourly,
        // Without a date, `finish` has refused.
        valid_from: valid_from.unwrap_or_default(),
        source: form.text("source").to_string(),
    })
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(submit);
}
