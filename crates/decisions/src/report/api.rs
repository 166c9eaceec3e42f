use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core};
use backbone_ingest::report::write_csv;
use backbone_web::{ApiQuery, Problem, ProblemBody};

use super::{Report, ReportQuery, report, span};
use crate::policy::SeeDecisions;
use crate::view::Say;

pub(crate) async fn made(
    core: &Core,
    actor: Actor,
    query: &ReportQuery,
) -> Result<Report, Problem> {
    let span = span(&actor, query)?;
    core.db
        .read(move |c| report(c, &actor, &span))
        .await
        .map_err(|e: DbError| e.into())
}

/// Who takes part in decisions, how long they take, and what becomes of promises, in a span of time. Secret votes are in the whole
/// only, and there from the number of ballots on at which they show their turnout.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ReportQuery),
    responses((status = 200, body = Report), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decision-report")]
async fn whole(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ReportQuery>,
) -> Result<HttpResponse, Problem> {
    let told = made(&core, actor.into_actor(), &query.0).await?;
    Ok(HttpResponse::Ok().json(told))
}

/// The report's rows by organization, as CSV.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ReportQuery),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decision-report/organizations.csv")]
async fn table(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ReportQuery>,
) -> Result<HttpResponse, Problem> {
    csv(&core, actor.into_actor(), &query.0).await
}

pub(super) async fn csv(
    core: &Core,
    actor: Actor,
    query: &ReportQuery,
) -> Result<HttpResponse, Problem> {
    let told = made(core, actor.clone(), query).await?;
    let say = Say::new(core, actor.lang);
    const COLUMNS: [&str; 15] = [
        "organization_id",
        "organization",
        "sector",
        "from",
        "until",
        "votes_asked",
        "votes_cast",
        "ballots",
        "comments",
        "commitments",
        "hours",
        "due",
        "done_in_time",
        "done_late",
        "dropped",
    ];
    let rows = told.organizations.iter().map(|o| {
        let f = &o.follow_through;
        [
            o.organization_id.to_string(),
            o.name.clone(),
            say.of("sector", o.sector.as_str()),
            told.from.to_string(),
            told.until.to_string(),
            o.participation.of.to_string(),
            o.participation.have.to_string(),
            o.ballots.to_string(),
            o.comments.to_string(),
            o.commitments.to_string(),
            o.hours.to_string(),
            f.due.to_string(),
            f.in_time.to_string(),
            f.late.to_string(),
            f.dropped.to_string(),
        ]
    });
    let mut file = Vec::new();
    write_csv(&mut file, COLUMNS, rows).map_err(Problem::internal)?;
    let name = format!("decisions-{}-{}.csv", told.from, told.until);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(file))
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(whole).service(table);
}
