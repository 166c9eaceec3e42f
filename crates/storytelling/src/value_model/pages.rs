//! The pages of value models.

mod detail;
mod fields;
mod form;
mod history;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType,
};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, Currency};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::etag::IfMatch;
use backbone_web::forms::Form;
use backbone_web::json::ApiQuery;
use backbone_web::{Args, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{ValueCalculation, model_id};
use super::calculate::Calculated;
use super::content::Content;
use super::error::Error;
use super::live::{Live, metric_names};
use super::proxy;
use super::store::{Model, Version};
use super::words::Words;
use super::{
    ValueModelId, ValueProxyId, calculate, calculate_version, create, edit, example, export,
    freeze, ratio_sentence, retire, store,
};
use crate::policy::{EditValueModels, SeeValueModels};
use fields::Fields;
use form::ModelForm;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(new)
        .service(make)
        .service(show)
        .service(edit_form)
        .service(save)
        .service(history::history)
        .service(freeze_now)
        .service(retire_now)
        .service(download);
}

/// The rail's entry.
const NAV: &str = "value-models";

fn words<'a>(core: &'a Core, actor: &Actor, currency: &'a Currency) -> Words<'a> {
    Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
        currency,
    }
}

fn title(core: &Core, actor: &Actor, key: &str) -> String {
    core.renderer.text(actor.lang, key, &Args::new())
}

fn home(actor: &Actor) -> String {
    format!("/p/{}/value-models", actor.partnership.slug)
}

#[get("/p/{partnership}/value-models")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeValueModels>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_owned();
    let found: Vec<(Model, Result<Calculated, Error>)> = core
        .db
        .read(move |conn| {
            let models = store::list(conn, &tenant, None, 200, false)?;
            let with = |conn: &mut Conn, m: Model| {
                let made = calculate(conn, &Live, &tenant, &m.id);
                (m, made)
            };
            Ok::<_, Error>(models.into_iter().map(|m| with(conn, m)).collect())
        })
        .await?;
    let models: Vec<Value> = found
        .into_iter()
        .map(|(model, made)| {
            let result = match made {
                Ok(made) => Ok(ratio_sentence(
                    core.renderer.catalogue(),
                    actor.lang,
                    &made.results,
                )),
                Err(why) => Err(Problem::from(why).title(core.renderer.catalogue(), actor.lang)),
            };
            json!({
                "name": model.content.name,
                "purpose": model.content.purpose,
                "href": format!("{}/{}", home(&actor), model.id),
                "result": result.as_ref().ok(),
                "problem": result.as_ref().err(),
                "updated_at": model.updated_at,
            })
        })
        .collect();
    let shell = page::shell(
        &core,
        &req,
        &actor,
        NAV,
        title(&core, &actor, "nav-value-models"),
    );
    let data = json!({
        "models": models,
        "proxies_href": format!("/p/{}/value-proxies", actor.partnership.slug),
        "new_href": format!("{}/new", home(&actor)),
        "example_href": format!("{}/new?from=example", home(&actor)),
        "may_edit": actor.may::<EditValueModels>(),
    });
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/value_models/index",
        &shell,
        &data,
    )
}

#[derive(Deserialize)]
struct From {
    from: Option<String>,
}

#[get("/p/{partnership}/value-models/new")]
async fn new(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditValueModels>,
    query: ApiQuery<From>,
) -> Result<HttpResponse, Problem> {
    let from = match query.0.from.as_deref() {
        Some("example") => true,
        Some("empty") => false,
        _ => {
            let shell = page::shell(
                &core,
                &req,
                &actor,
                NAV,
                title(&core, &actor, "value-new-title"),
            );
            let data = json!({
                "home": home(&actor),
                "example_href": format!("{}/new?from=example", home(&actor)),
                "empty_href": format!("{}/new?from=empty", home(&actor)),
            });
            return page::html(
                &core,
                StatusCode::OK,
                "storytelling/value_models/start",
                &shell,
                &data,
            );
        }
    };
    let year = i32::from(actor.now.date_in(&actor.partnership.zone()).year());
    let text = |key: &str| title(&core, &actor, key);
    let mut content = example::example(text, &actor.partnership.currency, year);
    if !from {
        content.name.clear();
        content.purpose.clear();
        content.inputs.clear();
        content.outcomes.clear();
    }
    form_page(&core, &req, &actor, None, ModelForm::of(&content), None).await
}

#[post("/p/{partnership}/value-models/new")]
async fn make(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditValueModels>,
    sent: Form,
) -> Result<HttpResponse, Problem> {
    submit(&core, &req, actor.into_actor(), None, &sent).await
}

#[get("/p/{partnership}/value-models/{id}/edit")]
async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let model = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id)?.ok_or(Error::NotFound))
        .await?;
    let mut form = ModelForm::of(&model.content);
    form.set("version", model.version.to_string());
    form_page(&core, &req, &actor, Some(&model.id), form, None).await
}

#[post("/p/{partnership}/value-models/{id}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
    sent: Form,
) -> Result<HttpResponse, Problem> {
    let id = model_id(&path.1)?;
    submit(&core, &req, actor.into_actor(), Some(id), &sent).await
}

/// A row button shows the form again with a row more or less; any other saves.
async fn submit(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    id: Option<ValueModelId>,
    sent: &Form,
) -> Result<HttpResponse, Problem> {
    let mut form = ModelForm::sent(sent);
    if let Some(outcome) = sent.text("do").strip_prefix("use-proxy-") {
        let outcome: usize = outcome
            .parse()
            .map_err(|_| Problem::bad_request("unreadable-body"))?;
        let chosen = form.text(&format!("outcomes.{outcome}.proxy.proxy_id"));
        if let Ok(chosen) = ValueProxyId::parse(chosen) {
            let tenant = actor.tenant().to_owned();
            let proxy = core
                .db
                .read(move |conn| proxy::store::find(conn, &tenant, &chosen))
                .await?;
            if let Some(proxy) = proxy.filter(|_| outcome < form.outcomes) {
                form.use_proxy(outcome, &proxy);
            }
        }
        return form_page(core, req, &actor, id.as_ref(), form, None).await;
    }
    if form.act(sent.text("do")) {
        return form_page(core, req, &actor, id.as_ref(), form, None).await;
    }
    let (content, unread) = form.read(&actor.partnership.currency);
    let saved = if unread.is_empty() {
        let (actor, id) = (actor.clone(), id.clone());
        let seen = IfMatch(form.text("version").parse().ok());
        let reason = form.text("reason").to_owned();
        let write = core.db.write(move |conn| match &id {
            None => create(conn, &actor, content),
            Some(id) => edit(conn, &actor, id, seen, content, &reason),
        });
        write.await.map_err(Problem::from)
    } else {
        // All of it at once: also what the rules say about the fields that could be read.
        let mut fields = unread;
        let known: Vec<String> = fields.iter().map(|f| f.field.clone()).collect();
        let more = super::check::check(&content, &actor.partnership.currency);
        fields.extend(more.into_iter().filter(|f| !known.contains(&f.field)));
        Err(Error::Invalid(fields).into())
    };
    match saved {
        Ok(model) => Ok(page::see_other(
            &format!("{}/{}", home(&actor), model.id),
            "value-saved",
        )),
        Err(problem)
            if [
                StatusCode::UNPROCESSABLE_ENTITY,
                StatusCode::PRECONDITION_FAILED,
            ]
            .contains(&problem.status) =>
        {
            form_page(core, req, &actor, id.as_ref(), form, Some(problem)).await
        }
        Err(problem) => Err(problem),
    }
}

async fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    id: Option<&ValueModelId>,
    form: ModelForm,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_owned();
    let currency = form.text("currency").to_owned();
    let (metrics, proxies) = core
        .db
        .read(move |conn| {
            let metrics: Vec<(String, String)> = metric_names(conn, &tenant)?;
            let mut proxies = proxy::store::list(conn, &tenant, None, 500)?;
            // An amount in another currency would be taken for one in the model's.
            proxies.retain(|p| p.currency.code() == currency);
            let named = proxies.into_iter().map(|p| (p.id.to_string(), p.name));
            Ok::<_, Error>((metrics, named.collect::<Vec<_>>()))
        })
        .await?;
    let catalogue = core.renderer.catalogue();
    let errors: BTreeMap<String, String> = problem
        .iter()
        .flat_map(|p| p.field_messages(catalogue, actor.lang))
        .collect();
    let fields = Fields {
        words: words(core, actor, &actor.partnership.currency),
        form: &form,
        errors,
        metrics: &metrics,
        proxies: &proxies,
    };
    let mut data = fields.view();
    // A problem of no field, such as a change by somebody else meanwhile, is told on top.
    let general = problem.as_ref().filter(|p| p.fields.is_empty());
    data["notice"] = json!(general.map(|p| p.title(catalogue, actor.lang)));
    data["notice_detail"] = json!(general.map(|p| p.detail(catalogue, actor.lang)));
    data["home"] = json!(home(actor));
    data["back"] = json!(id.map(|id| format!("{}/{id}", home(actor))));
    data["name"] = json!(form.text("name"));
    let key = if id.is_some() {
        "value-edit-title"
    } else {
        "value-new-title"
    };
    let shell = page::shell(core, req, actor, NAV, title(core, actor, key));
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(
        core,
        status,
        "storytelling/value_models/edit",
        &shell,
        &data,
    )
}

#[derive(Deserialize)]
struct Which {
    version: Option<i64>,
}

#[get("/p/{partnership}/value-models/{id}")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
    query: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let wanted = query.0.version;
    let (model, content, version, made, versions) = core
        .db
        .read(move |conn| {
            let model = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let version = wanted.unwrap_or(model.version);
            let content = store::version(conn, &tenant, &id, version)?
                .ok_or(Error::NotFound)?
                .content;
            let made = calculate_version(conn, &Live, &tenant, &id, version);
            let versions = store::versions(conn, &tenant, &id, None, 5)?;
            Ok::<_, Error>((model, content, version, made, versions))
        })
        .await?;
    let data = shown(&core, &actor, &model, &content, version, made, versions);
    let shell = page::shell(&core, &req, &actor, NAV, content.name.clone());
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/value_models/show",
        &shell,
        &data,
    )
}

fn shown(
    core: &Core,
    actor: &Actor,
    model: &Model,
    content: &Content,
    version: i64,
    made: Result<Calculated, Error>,
    versions: Vec<Version>,
) -> Value {
    let words = words(core, actor, &content.currency);
    let (results, problem) = match made {
        Ok(made) => (Some(detail::results(&words, &made)), None),
        Err(why) => (None, Some(Problem::from(why))),
    };
    let catalogue = core.renderer.catalogue();
    let at = format!("{}/{}", home(actor), model.id);
    json!({
        "home": home(actor),
        "edit_href": format!("{at}/edit"),
        "at": at,
        "version": version,
        "earlier": version != model.version,
        "retired": model.retired,
        "may_edit": actor.may::<EditValueModels>() && !model.retired,
        "about": detail::about(&words, content),
        "results": results,
        "problem": problem.as_ref().map(|p| p.title(catalogue, actor.lang)),
        "problem_detail": problem.as_ref().map(|p| p.detail(catalogue, actor.lang)),
        "versions": versions.iter().map(|v| history::line(&at, v)).collect::<Vec<_>>(),
    })
}

#[post("/p/{partnership}/value-models/{id}/freeze")]
async fn freeze_now(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (model_id(&path.1)?, actor.into_actor());
    let back = format!("{}/{id}", home(&actor));
    core.db
        .write(move |conn| freeze(conn, &Live, &actor, &id))
        .await?;
    Ok(page::see_other(&back, "value-frozen"))
}

#[post("/p/{partnership}/value-models/{id}/retire")]
async fn retire_now(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
    sent: Form,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (model_id(&path.1)?, actor.into_actor());
    let back = home(&actor);
    let seen = IfMatch(sent.text("version").parse().ok());
    core.db
        .write(move |conn| retire(conn, &actor, &id, seen))
        .await?;
    Ok(page::see_other(&back, "value-retired"))
}

#[get("/p/{partnership}/value-models/{id}/export.{format}")]
async fn download(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let made = core
        .db
        .read(move |conn| calculate(conn, &Live, &tenant, &id))
        .await?;
    let currency = made.content.currency.clone();
    let words = words(&core, &actor, &currency);
    let name = format!("value-model-v{}.{}", made.version, path.2);
    let (kind, body) = match path.2.as_str() {
        "csv" => (
            "text/csv; charset=utf-8",
            export::csv(&words, &made).map_err(Problem::internal)?,
        ),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            export::xlsx(&words, &made).map_err(Problem::internal)?,
        ),
        "json" => {
            let whole = ValueCalculation::of(made)?;
            (
                "application/json",
                serde_json::to_vec_pretty(&whole).map_err(Problem::internal)?,
            )
        }
        _ => return Err(Problem::not_found()),
    };
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CONTENT_DISPOSITION, disposition))
        .body(body))
}

#[cfg(test)]
mod tests;
