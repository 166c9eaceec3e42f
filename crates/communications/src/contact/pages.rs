use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_ingest::report::write_csv;
use backbone_web::{ApiQuery, Args, Form, Page, PageQuery, Problem};
use serde::Serialize;
use std::collections::BTreeMap;

use super::{ConsentBasis, Contact, ContactId, NewContact, keep, store};
use crate::policy::{EditContacts, SeeContacts};
use crate::ui::{Choice, Wrong, choices, errors};

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    contact: Contact,
    basis: String,
    remove: String,
}

#[derive(Serialize)]
struct Contacts {
    base: String,
    rows: Vec<Row>,
    total: i64,
    older: Option<String>,
    bases: Vec<Choice>,
    languages: Vec<Choice>,
    form: BTreeMap<String, String>,
    errors: Vec<Wrong>,
    wrong: BTreeMap<String, String>,
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    query: PageQuery,
    form: &Form,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (limit, after, tenant) = (query.limit()?, query.after()?, actor.tenant().to_string());
    let (rows, total) = core
        .db
        .read(move |conn| {
            let rows = store::list(conn, &tenant, after.as_deref(), limit + 1)?;
            Ok::<_, backbone_db::DbError>((rows, store::count(conn, &tenant)?))
        })
        .await?;
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let base = format!("/p/{}", actor.partnership.slug);
    let cut = Page::cut(rows, limit, |c| c.id.to_string());
    let (errors, wrong) = errors(core, actor.lang, problem);
    let mut typed: BTreeMap<String, String> = BTreeMap::new();
    for name in [
        "email",
        "name",
        "language",
        "organization",
        "consent_basis",
        "consent_note",
        "lines",
    ] {
        typed.insert(name.into(), form.text(name).to_string());
    }
    let data = Contacts {
        older: cut
            .next_cursor
            .as_ref()
            .map(|c| format!("{base}/contacts?cursor={c}")),
        rows: cut
            .items
            .into_iter()
            .map(|contact| Row {
                basis: text(&format!(
                    "communications-basis-{}",
                    contact.consent_basis.as_str().replace('_', "-")
                )),
                remove: format!("{base}/contacts/{}/remove", contact.id),
                contact,
            })
            .collect(),
        total,
        bases: choices(ConsentBasis::ALL.iter().map(|b| b.as_str()), |b| {
            text(&format!("communications-basis-{}", b.replace('_', "-")))
        }),
        languages: crate::ui::languages(),
        form: typed,
        errors,
        wrong,
        base,
    };
    let shell = page::shell(
        core,
        req,
        &actor,
        "newsletter",
        text("communications-contacts"),
    );
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "communications/contacts/index", &shell, &data)
}

/// The contacts, with forms to add one or many.
#[get("/p/{partnership}/contacts")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeContacts>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    show(
        &core,
        &req,
        actor.into_actor(),
        query.0,
        &Form::default(),
        None,
    )
    .await
}

/// Adds one contact, or the pasted lines.
#[post("/p/{partnership}/contacts")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditContacts>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (who, typed) = (actor.clone(), form.clone());
    let done = core
        .db
        .write(move |conn| {
            let (basis, note) = (typed.text("consent_basis"), typed.text("consent_note"));
            if typed.text("lines").trim().is_empty() {
                keep::put(conn, &who, &one(&typed)).map(drop)
            } else {
                keep::paste(conn, &who, typed.text("lines"), basis, note).map(drop)
            }
        })
        .await
        .map_err(Problem::from);
    match done {
        Ok(()) => Ok(page::see_other(
            &format!("/p/{}/contacts", actor.partnership.slug),
            "communications-contacts-added",
        )),
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(
                &core,
                &req,
                actor,
                PageQuery::default(),
                &form,
                Some(&problem),
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}

fn one(form: &Form) -> NewContact {
    NewContact {
        email: form.text("email").to_string(),
        name: form.text("name").to_string(),
        language: form.text("language").to_string(),
        organization: form.text("organization").to_string(),
        consent_basis: form.text("consent_basis").to_string(),
        consent_note: form.text("consent_note").to_string(),
    }
}

/// Removes a contact.
#[post("/p/{partnership}/contacts/{contact}/remove")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditContacts>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = ContactId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let back = format!("/p/{}/contacts", actor.partnership.slug);
    core.db
        .write(move |conn| keep::remove(conn, &actor, &id))
        .await?;
    Ok(page::see_other(&back, "communications-contact-removed"))
}

/// All contacts as CSV.
#[get("/p/{partnership}/contacts.csv")]
async fn csv(core: web::Data<Core>, actor: Allowed<SeeContacts>) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |conn| store::list(conn, &tenant, None, 1_000_000))
        .await?;
    let heads = [
        "email",
        "name",
        "language",
        "organization",
        "consent_basis",
        "consent_note",
    ];
    let cells = rows.into_iter().map(|c| {
        vec![
            c.email,
            c.name,
            c.language,
            c.organization,
            c.consent_basis.to_string(),
            c.consent_note,
        ]
    });
    let mut body = Vec::new();
    write_csv(&mut body, heads, cells).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            "Content-Disposition",
            "attachment; filename=\"contacts.csv\"",
        ))
        .body(body))
}

/// Adds the pages.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(add).service(remove).service(csv);
}
