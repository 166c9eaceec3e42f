//! The form of a proposal: what it shows, and what it reads back.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use backbone_db::DbError;
use backbone_events::Object;
use backbone_identity::{Actor, Core};
use backbone_web::{Fields, Form, Problem};
use serde_json::{Value, json};

use crate::body::store as bodies;
use crate::framework::choose::{Matter, fitting};
use crate::framework::store as frameworks;
use crate::proposal::{
    Choice, Content, Evidence, NewProposal, Prediction, Proposal, Status, store,
};
use crate::view::{Say, show, some, typed};

const FIELDS: &[&str] = &[
    "body_id",
    "framework_id",
    "title",
    "background",
    "amount",
    "opens_at",
    "closes_at",
    "supersedes_id",
    "evidence",
    "evidence_note",
    "metric",
    "expected",
    "expected_by",
    "reason",
    "options",
];

pub(super) fn typed_values(form: &Form) -> Value {
    let plain: BTreeMap<String, String> = typed(form, FIELDS);
    let mut values = json!(plain);
    values["rows"] = rows(&read_options(form));
    values
}

pub(super) fn empty() -> Value {
    let plain: BTreeMap<&str, String> = FIELDS.iter().map(|f| (*f, String::new())).collect();
    let mut values = json!(plain);
    values["rows"] = rows(&[]);
    values
}

/// The rows of the options, with empty ones to fill in.
fn rows(options: &[Choice]) -> Value {
    let own = options.iter().filter(|o| !o.label.is_empty());
    let mut rows: Vec<Value> = own
        .map(|o| json!({"key": o.key, "label": o.label, "meaning": o.meaning, "cost": o.cost}))
        .collect();
    let more = if rows.is_empty() { 3 } else { 1 };
    rows.extend((0..more).map(|_| json!({"key": "", "label": "", "meaning": "", "cost": null})));
    Value::Array(rows)
}

pub(super) fn values(x: &Proposal, actor: &Actor) -> Value {
    let local = |at: Option<backbone_db::Instant>| {
        let zone = actor.partnership.zone();
        at.map(|a| {
            a.jiff()
                .to_zoned(zone)
                .strftime("%Y-%m-%dT%H:%M")
                .to_string()
        })
        .unwrap_or_default()
    };
    let evidence = x.content.evidence.first();
    let prediction = x.content.predictions.first();
    let amount = x
        .content
        .amount_minor
        .map(|m| rust_decimal::Decimal::new(m, 2).normalize().to_string());
    json!({
        "body_id": x.body_id, "framework_id": x.framework_id, "title": x.title, "background": x.content.background,
        "amount": amount.unwrap_or_default(), "opens_at": local(x.opens_at), "closes_at": local(x.closes_at),
        "supersedes_id": x.supersedes_id, "evidence": evidence.map(|e| address(&e.object)).unwrap_or_default(),
        "evidence_note": evidence.map(|e| e.note.clone()).unwrap_or_default(), "metric": prediction.map(|p| format!("metrics/{}", p.metric_id)).unwrap_or_default(),
        "expected": prediction.map(|p| p.expected.clone()).unwrap_or_default(),
        "expected_by": prediction.and_then(|p| p.by).map(|d| d.to_string()).unwrap_or_default(), "reason": "", "options": "",
        "rows": rows(&x.content.options),
    })
}

fn address(object: &Object) -> String {
    format!("{}/{}", object.kind, object.id)
}

fn read_options(form: &Form) -> Vec<Choice> {
    let column = |name: &str, at: usize| form.all(name).get(at).cloned().unwrap_or_default();
    (0..form.all("label").len())
        .filter(|at| !column("label", *at).trim().is_empty())
        .map(|at| Choice {
            key: column("key", at),
            label: column("label", at),
            meaning: column("meaning", at),
            cost: column("cost", at).trim().parse().ok(),
            withdrawn: None,
        })
        .collect()
}

/// The object that the address of a page of ours leads to: `/p/harbour/metrics/0199…`, with or without what stands before.
fn object(text: &str) -> Option<Object> {
    let path = text.trim().split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let (id, kind) = (parts.next()?, parts.next()?);
    backbone_db::parse_id(id).ok()?;
    let kind = match kind {
        "metrics" | "metric" => "metric",
        "stories" | "story" => "story",
        "contributions" | "contribution" => "contribution",
        "value-models" | "value_model" => "value_model",
        "decisions" | "decision" => "decision",
        _ => return None,
    };
    Some(Object::new(kind, id))
}

/// Reads the form.
///
/// # Errors
/// 422 for what cannot be read.
pub(super) fn read(form: &Form, actor: &Actor) -> Result<NewProposal, Problem> {
    let mut fields = Fields::new();
    let mut linked = |field: &str| {
        let text = some(form.text(field))?;
        let object = object(&text);
        if object.is_none() {
            fields.fail(field, "proposal-address");
        }
        object
    };
    let evidence = linked("evidence").map(|object| Evidence {
        object,
        note: form.text("evidence_note").into(),
    });
    let metric = linked("metric");
    if metric.as_ref().is_some_and(|m| m.kind != "metric") {
        fields.fail("metric", "proposal-address");
    }
    let by = fields.parse_optional("expected_by", form.text("expected_by"));
    let amount = form.text("amount").trim();
    let amount_minor = (!amount.is_empty()).then(|| {
        fields
            .money("amount", amount, &actor.partnership.currency)
            .minor
    });
    fields.finish()?;
    Ok(NewProposal {
        body_id: form.text("body_id").into(),
        framework_id: some(form.text("framework_id")),
        title: form.text("title").into(),
        content: Content {
            background: form.text("background").into(),
            amount_minor,
            options: read_options(form),
            evidence: evidence.into_iter().collect(),
            predictions: metric
                .map(|m| Prediction {
                    metric_id: m.id,
                    expected: form.text("expected").into(),
                    by,
                    then: String::new(),
                })
                .into_iter()
                .collect(),
            extensions: Vec::new(),
        },
        opens_at: some(form.text("opens_at")),
        closes_at: some(form.text("closes_at")),
        supersedes_id: some(form.text("supersedes_id")),
    })
}

/// The page with the form. Frameworks stand in the order in which they fit what was typed so far.
pub(super) async fn page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    own: Option<&Proposal>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (all_bodies, all, decided) = core
        .db
        .read(move |c| {
            let decided = store::in_states(c, &tenant, &[Status::InEffect])?;
            Ok::<_, DbError>((
                bodies::all(c, &tenant)?,
                frameworks::all(c, &tenant)?,
                decided,
            ))
        })
        .await?;
    let say = Say::new(core, actor.lang);
    let title = data["form"]["title"]
        .as_str()
        .unwrap_or_default()
        .to_string();
    let body = data["form"]["body_id"]
        .as_str()
        .and_then(|id| id.parse().ok());
    let words = Matter {
        body: body.as_ref(),
        words: &title,
        amount_minor: None,
    };
    let list = if body.is_some() {
        fitting(&all, &words)
    } else {
        all.iter().filter(|f| f.active).collect()
    };
    data["frameworks"] = list
        .iter()
        .map(|f| json!({"value": f.id, "label": format!("{} ({})", f.name, say.of("method", f.norms.method.as_str()))}))
        .collect();
    data["bodies"] = all_bodies
        .iter()
        .filter(|b| b.active)
        .map(|b| json!({"value": b.id, "label": b.name}))
        .collect();
    data["decided"] = decided
        .iter()
        .map(|d| json!({"value": d.id, "label": d.title}))
        .collect();
    data["proposal"] = json!(own);
    let title = say.word(if own.is_some() {
        "decision-edit"
    } else {
        "decision-new"
    });
    show(
        core,
        req,
        actor,
        status,
        "decisions/proposal-form",
        title,
        data,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_page_names_its_object() {
        let id = "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20";
        for (text, kind) in [
            (
                format!("https://backbone.example/p/harbour/metrics/{id}"),
                Some("metric"),
            ),
            (
                format!("/p/harbour/stories/{id}/?edition=2#figures"),
                Some("story"),
            ),
            (format!("value-models/{id}"), Some("value_model")),
            (format!("/p/harbour/settings/{id}"), None),
            ("/p/harbour/metrics/new".to_string(), None),
            ("https://elsewhere.example/".to_string(), None),
        ] {
            assert_eq!(object(&text).map(|o| o.kind).as_deref(), kind, "{text}");
        }
    }
}
