use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{FieldError, Form, IdempotencyKey, Problem, once};
use serde::Serialize;

use super::new::{see, start};
use crate::contribution::form::{FormView, Stock, read};
use crate::contribution::log;
use crate::error::Error;
use crate::policy::LogContribution;
use crate::view::Say;

/// Rows of an empty sheet.
const ROWS: usize = 8;
/// What a row holds.
const COLUMNS: [&str; 4] = ["organization_id", "kind", "quantity", "activity"];

#[derive(Serialize)]
struct SheetPage {
    #[serde(flatten)]
    view: FormView,
    base: String,
    rows: Vec<Row>,
}

/// One row as typed.
#[derive(Clone, Default, Serialize)]
struct Row {
    number: usize,
    organization_id: String,
    kind: String,
    quantity: String,
    activity: String,
}

/// A month's entries in one form.
#[get("/p/{partnership}/contributions/sheet")]
pub(super) async fn sheet_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let period = start(&actor, None).remove("period").unwrap_or_default();
    show(&core, &req, actor, period, Vec::new(), None).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    period: String,
    mut rows: Vec<Row>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let who = actor.clone();
    let tracer = core.tracer.clone();
    let stock = core
        .db
        .read(move |conn| Stock::load(conn, &who, &tracer))
        .await?;
    let say = Say::new(core, actor.lang);
    while rows.len() < ROWS {
        let number = rows.len();
        rows.push(Row {
            number,
            ..Row::default()
        });
    }
    let form = [("period".to_string(), period)].into();
    let mut view = stock.view(&say, &actor, form, problem);
    for error in &mut view.errors {
        numbered(&say, error);
    }
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let data = SheetPage { view, base, rows };
    let title = say.text("contribution-sheet-title", &[]);
    let shell = page::shell(core, req, &actor, "contributions", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/sheet", &shell, &data)
}

/// `contributions.2.hours` is row 3, and leads to the field `quantity-2`.
fn numbered(say: &Say, error: &mut crate::contribution::form::Wrong) {
    let parts: Vec<&str> = error.field.splitn(3, '.').collect();
    let ["contributions", index, field] = parts.as_slice() else {
        return;
    };
    let field = match *field {
        "hours" | "amount" => "quantity",
        known if COLUMNS.contains(&known) => known,
        _ => "activity",
    };
    let row = index.parse::<usize>().map_or(0, |i| i + 1).to_string();
    let message = error.message.clone();
    error.message = say.text(
        "contribution-sheet-row",
        &[("row", row), ("message", message)],
    );
    error.field = format!("{field}-{index}");
}

/// Logs all rows that hold a number, or none.
#[post("/p/{partnership}/contributions/sheet")]
pub(super) async fn sheet_submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let rows = filled(&form);
    match submit(&core, &actor, &form, &rows).await {
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let period = form.text("period").to_string();
            show(&core, &req, actor, period, rows, Some(&p)).await
        }
        other => other,
    }
}

fn filled(form: &Form) -> Vec<Row> {
    let cell = |name: &str, i: usize| form.all(name).get(i).cloned().unwrap_or_default();
    let typed = (0..form.all("quantity").len()).map(|i| Row {
        number: 0,
        organization_id: cell("organization_id", i),
        kind: cell("kind", i),
        quantity: cell("quantity", i),
        activity: cell("activity", i),
    });
    let kept = typed.filter(|r| !r.quantity.trim().is_empty() || !r.activity.trim().is_empty());
    kept.enumerate()
        .map(|(number, row)| Row { number, ..row })
        .collect()
}

async fn submit(
    core: &Core,
    actor: &Actor,
    form: &Form,
    rows: &[Row],
) -> Result<HttpResponse, Problem> {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for row in rows {
        let get = |name: &str| match name {
            "organization_id" => row.organization_id.clone(),
            "kind" => row.kind.clone(),
            "quantity" => row.quantity.clone(),
            "activity" => row.activity.clone(),
            "period" | "confirm_large" => form.text(name).to_string(),
            _ => String::new(),
        };
        match read(&get, None) {
            Ok(input) => inputs.push(input),
            Err(wrong) => errors.extend(wrong.into_iter().map(|f| FieldError {
                field: format!("contributions.{}.{}", row.number, f.field),
                ..f
            })),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors).into());
    }
    let key = IdempotencyKey(Some(form.text("key").to_string()).filter(|k| !k.is_empty()));
    let (actor, scope) = (actor.clone(), actor.idempotency_scope());
    once(
        &core.db,
        scope,
        key,
        "sheet".into(),
        actor.now,
        move |conn| {
            log::log_many(conn, &actor, &inputs)?;
            Ok::<_, Problem>(see(format!("/p/{}/contributions", actor.partnership.slug)))
        },
    )
    .await
}
