//! The versions of a model, and what changed between two of them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Allowed, Core, page};
use backbone_web::Problem;
use backbone_web::json::ApiQuery;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::api::model_id;
use super::super::diff::{Change, diff};
use super::super::error::Error;
use super::super::store::{self, Version};
use super::{NAV, home, title, words};
use crate::policy::SeeValueModels;

/// One version as a line of the history.
pub(super) fn line(at: &str, version: &Version) -> Value {
    json!({
        "version": version.version,
        "author": version.author,
        "reason": version.reason,
        "at": version.created_at,
        "href": format!("{at}?version={}", version.version),
        "changes": (version.version > 1).then(|| format!("{at}/history?from={}&to={}", version.version - 1, version.version)),
    })
}

#[derive(Deserialize)]
struct Pair {
    from: Option<i64>,
    to: Option<i64>,
}

#[get("/p/{partnership}/value-models/{id}/history")]
pub(super) async fn history(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
    query: ApiQuery<Pair>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let pair = query.0;
    let (model, versions, compared) = core
        .db
        .read(move |conn| {
            let model = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let versions = store::versions(conn, &tenant, &id, None, 200)?;
            let to = pair.to.unwrap_or(model.version);
            let from = pair.from.unwrap_or((to - 1).max(1));
            let mut load = |n| store::version(conn, &tenant, &id, n)?.ok_or(Error::NotFound);
            let changes = diff(&load(from)?.content, &load(to)?.content);
            Ok::<_, Error>((model, versions, (from, to, changes)))
        })
        .await?;
    let words = words(&core, &actor, &model.content.currency);
    let at = format!("{}/{}", home(&actor), model.id);
    let (from, to, changes) = compared;
    let data = json!({
        "home": home(&actor),
        "at": at,
        "name": model.content.name,
        "from": from.to_string(),
        "to": to.to_string(),
        "options": versions.iter().map(|v| json!({
            "value": v.version.to_string(),
            "label": words.say("value-version-n", &[("n", v.version.to_string())]),
        })).collect::<Vec<_>>(),
        "changes": changes.iter().map(|c| change(&words, c)).collect::<Vec<_>>(),
        "versions": versions.iter().map(|v| line(&at, v)).collect::<Vec<_>>(),
    });
    let shell = page::shell(
        &core,
        &req,
        &actor,
        NAV,
        title(&core, &actor, "value-history"),
    );
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/value_models/history",
        &shell,
        &data,
    )
}

fn change(words: &super::Words<'_>, change: &Change) -> Value {
    // `outcomes.…deadweight.base`: the thing in words, then which end of its range.
    let mut parts = change.field.split('.');
    let first = parts.next().unwrap_or_default();
    let last = change.field.rsplit('.').next().unwrap_or_default();
    let known = |word: &str| {
        let key = format!("value-field-{}", word.replace('_', "-"));
        words
            .catalogue
            .has(words.lang, &key)
            .then(|| words.text(&key))
    };
    let mut label = known(first).unwrap_or_else(|| first.to_owned());
    if last != first {
        label = format!(
            "{label}: {}",
            known(last)
                .unwrap_or_else(|| last.to_owned())
                .to_lowercase()
        );
    }
    json!({
        "subject": change.subject,
        "label": label,
        "before": change.before,
        "after": change.after,
    })
}
