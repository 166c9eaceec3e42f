use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{ApiQuery, Form, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{InterestId, NewInterest, declare, store};
use crate::error::Error;
use crate::policy::{DeclareInterest, SeeDecisions};
use crate::proposal::{Status, store as proposals};
use crate::view::{Say, fresh, organization_options, show, some, typed};

const FIELDS: &[&str] = &[
    "who",
    "organization_id",
    "topic",
    "in_organization",
    "in_decision",
    "reason",
];

/// The decision one came from.
#[derive(Deserialize)]
struct From {
    decision: Option<String>,
}

/// The interests that were declared, and the form to declare one.
#[get("/p/{partnership}/interests")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<From>,
) -> Result<HttpResponse, Problem> {
    let decision = query.0.decision.unwrap_or_default();
    let data = fresh(
        json!({"who": "organization", "organization_id": "", "topic": "", "in_organization": "",
                            "in_decision": decision, "reason": ""}),
    );
    shown(&core, &req, &actor, StatusCode::OK, data).await
}

async fn shown(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (all, organizations, open) = core
        .db
        .read(move |c| {
            let states = [Status::Draft, Status::Discussion, Status::Voting];
            Ok::<_, Error>((
                store::all(c, &tenant)?,
                directory::organizations(c, &tenant)?,
                proposals::in_states(c, &tenant, &states)?,
            ))
        })
        .await
        .map_err(Problem::from)?;
    let say = Say::new(core, actor.lang);
    let line = |i: &super::Interest| {
        json!({"id": i.id, "who": i.who, "about": say.text(&format!("interest-in-{}", i.about.as_str()), &[("topic", &i.topic)]),
               "reason": i.reason, "by": i.declared_by, "at": i.declared_at, "ended": i.ended_at,
               "may_end": i.ended_at.is_none() && (actor.is_staff() || declare::is_own(actor, i)) && actor.may::<DeclareInterest>()})
    };
    data["rows"] = all.iter().map(line).collect();
    data["may"] = json!(actor.may::<DeclareInterest>());
    data["own"] = json!(actor.organization_id.is_some());
    data["whose"] = say.options("interest-who", ["organization", "person"]);
    data["organizations"] = organization_options(&organizations);
    let decisions = open
        .iter()
        .map(|x| json!({"value": x.id, "label": x.title}));
    data["decisions"] = decisions.collect();
    let title = say.word("interests-title");
    show(core, req, actor, status, "decisions/interests", title, data)
}

#[post("/p/{partnership}/interests")]
async fn declare_one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<DeclareInterest>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let input = NewInterest {
        personal: form.text("who") == "person",
        organization_id: some(form.text("organization_id")),
        topic: some(form.text("topic")),
        in_organization: some(form.text("in_organization")),
        in_decision: some(form.text("in_decision")),
        reason: form.text("reason").into(),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| declare::declare(c, &by, &input))
        .await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/interests", actor.partnership.slug),
            "interest-declared",
        )),
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            shown(&core, &req, &actor, p.status, data).await
        }
        Err(p) => Err(p),
    }
}

#[post("/p/{partnership}/interests/{interest}/end")]
async fn end_one(
    core: web::Data<Core>,
    actor: Allowed<DeclareInterest>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id: InterestId = path.1.parse().map_err(|_| Problem::not_found())?;
    let to = format!("/p/{}/interests", actor.partnership.slug);
    core.db
        .write(move |c| declare::end(c, &actor, &id))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(page::see_other(&to, "interest-over"))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(declare_one).service(end_one);
}
