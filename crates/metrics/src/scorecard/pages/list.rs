//! All scorecards of the partnership, and making another one.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::Links;
use crate::metric::show::Words;
use crate::policy::{ManageMetrics, SeeScorecard};
use crate::scorecard::manage::{self, NewScorecard};
use crate::scorecard::{DEFAULT_BUDGET, Scorecard, store};

/// The list.
#[get("/p/{partnership}/scorecards")]
pub(super) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, &actor, None).await
}

/// Makes a scorecard; leads to choosing its metrics.
#[post("/p/{partnership}/scorecards")]
pub(super) async fn make(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewScorecard {
        name: form.text("name").to_string(),
        budget: Some(form.text("budget").trim().parse().unwrap_or(0)),
    };
    let asked = actor.clone();
    let done = core
        .db
        .write(move |conn| manage::make(conn, &asked, &new).map_err(Problem::from))
        .await;
    match done {
        Ok(card) => {
            let slug = &actor.partnership.slug;
            let path = format!("/p/{slug}/scorecard/manage?card={}", card.id);
            Ok(page::see_other(&path, "metrics-flash-card-made"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(&core, &req, &actor, Some((&form, &p))).await
        }
        Err(p) => Err(p),
    }
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    refused: Option<(&Form, &Problem)>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |conn| store::list(conn, &tenant)).await?;
    let w = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let data = data(actor, &w, &all, refused);
    let status = refused.map_or(StatusCode::OK, |(_, p)| p.status);
    let shell = page::shell(core, req, actor, "scorecard", w.say("metrics-cards"));
    page::html(core, status, "metrics/scorecards", &shell, &data)
}

pub(crate) fn data(
    actor: &Actor,
    w: &Words<'_>,
    all: &[Scorecard],
    refused: Option<(&Form, &Problem)>,
) -> Value {
    let base = format!("/p/{}/scorecard", actor.partnership.slug);
    let staff = actor.may::<ManageMetrics>();
    let cards: Vec<Value> = all
        .iter()
        .map(|card| {
            json!({
                "name": card.name, "used": card.metric_ids.len(), "budget": card.budget, "href": format!("{base}?card={}", card.id),
                "choose_label": staff.then(|| w.say("metrics-choose")),
                "choose": staff.then(|| format!("{base}/manage?card={}", card.id)),
            })
        })
        .collect();
    let told = refused.map(|(_, p)| p.field_messages(w.catalogue, w.lang));
    let wrong: BTreeMap<String, String> = told.into_iter().flatten().collect();
    let typed = |name: &str| refused.map(|(form, _)| form.text(name).to_string());
    json!({
        "links": Links::of(&actor.partnership.slug), "cards": cards, "staff": staff, "wrong": wrong,
        "form": { "name": typed("name").unwrap_or_default(), "budget": typed("budget").unwrap_or_else(|| DEFAULT_BUDGET.to_string()) },
    })
}
