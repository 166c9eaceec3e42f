use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_events::{Audience, Object, links_to};
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::api::parse_id;
use super::{Commitment, CommitmentStatus, Progress, edit, store};
use crate::error::Error;
use crate::people::{members, name_of};
use crate::policy::{ReportCommitment, SeeDecisions};
use crate::proposal::store as proposals;
use crate::view::{Say, fresh, organization_name, show, some, typed};

fn tone(c: &Commitment, today: chrono::NaiveDate) -> &'static str {
    match c.status {
        CommitmentStatus::Done => "good",
        CommitmentStatus::Dropped => "neutral",
        CommitmentStatus::Open if c.due_on < today => "bad",
        CommitmentStatus::Open => "watch",
    }
}

/// What was promised: the open ones by their day, then what was done.
#[get("/p/{partnership}/commitments")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (open, done, organizations, people) = core
        .db
        .read(move |c| {
            let open = store::in_state(c, &tenant, CommitmentStatus::Open)?;
            let done = store::in_state(c, &tenant, CommitmentStatus::Done)?;
            Ok::<_, DbError>((
                open,
                done,
                directory::organizations(c, &tenant)?,
                members(c, &tenant)?,
            ))
        })
        .await?;
    let today = crate::view::today(&actor);
    let row = |c: &Commitment| {
        json!({"id": c.id, "title": c.title, "organization": organization_name(&organizations, Some(&c.organization_id)),
               "person": name_of(&people, c.person_id.as_ref()), "due": c.due_on, "progress": c.progress, "tone": tone(c, today),
               "late": c.status == CommitmentStatus::Open && c.due_on < today})
    };
    let data = json!({
        "open": open.iter().map(row).collect::<Vec<_>>(),
        "done": done.iter().rev().take(100).map(row).collect::<Vec<_>>(),
    });
    let title = Say::new(&core, actor.lang).word("commitments-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/commitments",
        title,
        data,
    )
}

/// One commitment: whose, by when, how it goes, and what was given towards it.
#[get("/p/{partnership}/commitments/{commitment}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let data =
        fresh(json!({"progress": "", "status": "", "due_on": "", "person_id": "", "text": ""}));
    show_one(&core, &req, &actor, &path.1, StatusCode::OK, data).await
}

async fn show_one(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let (who, id, held) = (actor.clone(), parse_id(id)?, core.clone());
    let (c, notes, decision, given, organizations, people) = core
        .db
        .read(move |conn| {
            let tenant = who.tenant();
            let c = store::find(conn, tenant, &id)?.ok_or(Error::NotFound)?;
            let notes = store::notes(conn, tenant, &id)?;
            let decision = match &c.proposal_id {
                Some(id) => proposals::find(conn, tenant, id)?,
                None => None,
            };
            let objects: Vec<Object> = links_to(conn, tenant, &Object::new("commitment", &id))?
                .into_iter()
                .map(|l| l.from)
                .collect();
            let given =
                held.tracer
                    .nodes(conn, tenant, &objects, Audience::Members, who.lang.code())?;
            Ok::<_, Error>((
                c,
                notes,
                decision,
                given,
                directory::organizations(conn, tenant)?,
                members(conn, tenant)?,
            ))
        })
        .await
        .map_err(Problem::from)?;
    let say = Say::new(core, actor.lang);
    let today = crate::view::today(actor);
    data["organization"] = json!(organization_name(&organizations, Some(&c.organization_id)));
    data["person"] = json!(name_of(&people, c.person_id.as_ref()));
    let own = people
        .iter()
        .filter(|m| m.organization_id.as_ref() == Some(&c.organization_id));
    data["people"] = own
        .map(|m| json!({"value": m.person_id, "label": m.name}))
        .collect();
    data["tone"] = json!(tone(&c, today));
    data["status"] = json!(say.of("commitment-status", c.status.as_str()));
    data["late"] = json!(c.status == CommitmentStatus::Open && c.due_on < today);
    data["decision"] = json!(decision.map(|d| json!({"id": d.id, "title": d.title})));
    data["given"] = given
        .iter()
        .map(|n| {
            let href = n.href.as_deref().map(|h| {
                if h.starts_with("/p/") {
                    h.to_string()
                } else {
                    format!("/p/{}{h}", actor.partnership.slug)
                }
            });
            json!({"title": n.title, "summary": n.summary, "href": href})
        })
        .collect();
    data["notes"] = notes
        .iter()
        .map(|n| json!({"text": n.text, "by": n.written_by, "at": n.written_at, "progress": n.progress, "status": say.of("commitment-status", n.status.as_str())}))
        .collect();
    data["may"] = json!(actor.may::<ReportCommitment>() && edit::may(actor, &c));
    data["statuses"] = say.options(
        "commitment-status",
        CommitmentStatus::ALL.iter().map(|s| s.as_str()),
    );
    let title = c.title.clone();
    data["commitment"] = json!(c);
    show(
        core,
        req,
        actor,
        status,
        "decisions/commitment",
        title,
        data,
    )
}

#[post("/p/{partnership}/commitments/{commitment}")]
async fn report(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ReportCommitment>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = Progress {
        progress: some(form.text("progress")).map(|p| p.parse().unwrap_or(-1)),
        status: some(form.text("status")),
        due_on: some(form.text("due_on")),
        person_id: some(form.text("person_id")),
        text: form.text("text").into(),
    };
    let (by, own) = (actor.clone(), id.clone());
    let seen = IfMatch(form.text("version").parse().ok());
    match core
        .db
        .write(move |c| edit::report(c, &by, &own, seen, &input))
        .await
        .map_err(|e: Error| Problem::from(e))
    {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/commitments/{id}", actor.partnership.slug),
            "commitment-saved",
        )),
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(
                &core,
                actor.lang,
                &typed(
                    &form,
                    &["progress", "status", "due_on", "person_id", "text"],
                ),
                &p,
            );
            show_one(&core, &req, &actor, id.as_str(), p.status, data).await
        }
        Err(p) => Err(p),
    }
}

/// A contribution, named by the address of its page or its identifier, was given towards this.
#[post("/p/{partnership}/commitments/{commitment}/contributions")]
async fn fulfil(
    core: web::Data<Core>,
    actor: Allowed<ReportCommitment>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, held) = (actor.into_actor(), parse_id(&path.1)?, core.clone());
    let to = format!("/p/{}/commitments/{id}", actor.partnership.slug);
    let given = form
        .text("contribution")
        .trim()
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_string();
    core.db
        .write(move |c| edit::fulfil(c, &held, &actor, &id, &given))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(page::see_other(&to, "commitment-saved"))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(one)
        .service(report)
        .service(fulfil);
}
