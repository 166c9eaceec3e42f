//! Everything that was given, as a file: CSV, XLSX or JSON.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, web};
use backbone_db::{Conn, DbError};
use backbone_identity::directory::{self, OrganizationCard};
use backbone_identity::{Allowed, Core};
use backbone_ingest::report::{write_csv, write_xlsx};
use backbone_web::{ApiQuery, Problem, ProblemBody};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::contribution::{Contribution, store};
use crate::filter::{Filter, FilterQuery};
use crate::policy::ExportContributions;
use crate::view::name_of;

/// Titles of the columns: the names of the API's fields, so that a file can be read back.
const COLUMNS: [&str; 24] = [
    "id",
    "organization",
    "organization_id",
    "kind",
    "status",
    "period",
    "activity",
    "hours",
    "people",
    "work_role",
    "skill",
    "hourly_rate",
    "rate_reason",
    "amount",
    "currency",
    "exchange_rate",
    "description",
    "basis",
    "value",
    "value_currency",
    "evidence_url",
    "note",
    "logged_by",
    "created_at",
];

/// What to export, and as what.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `csv`, `xlsx` or `json`.
    pub format: String,
    /// Only of this organization.
    pub organization: Option<String>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only with this status.
    pub status: Option<String>,
    /// Only with a day in this period.
    pub period: Option<String>,
}

/// All contributions that a filter lets through, the newest period first, with the organizations' cards for their names.
pub fn export_all(
    conn: &mut Conn,
    partnership: &str,
    filter: &Filter,
) -> Result<(Vec<Contribution>, Vec<OrganizationCard>), DbError> {
    let all = store::list(conn, partnership, filter, None, i64::MAX)?;
    Ok((all, directory::organizations(conn, partnership)?))
}

/// Takes contributions home as CSV, XLSX or JSON; formulas are neutralized.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ExportQuery),
    responses((status = 200, description = "The file"), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.export"))))]
#[get("/partnerships/{partnership}/contributions/export")]
async fn export(
    core: web::Data<Core>,
    actor: Allowed<ExportContributions>,
    query: ApiQuery<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.0;
    let known = ["csv", "xlsx", "json"].into_iter().find(|f| *f == q.format);
    let Some(format) = known else {
        let why = "format: one of csv, xlsx, json";
        return Err(Problem::bad_request("invalid-query").arg("why", why));
    };
    let filter = FilterQuery {
        organization: q.organization,
        kind: q.kind,
        status: q.status,
        period: q.period,
        ..FilterQuery::default()
    }
    .filter()?;
    let tenant = actor.tenant().to_string();
    let (all, organizations) = core
        .db
        .read(move |conn| export_all(conn, &tenant, &filter))
        .await?;
    // A sheet of many rows takes a while to write: off the threads that answer others.
    let body = web::block(move || write(format, &all, &organizations))
        .await
        .map_err(Problem::internal)??;
    let media = match format {
        "csv" => "text/csv; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/json",
    };
    let name = format!("attachment; filename=\"contributions.{format}\"");
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((CONTENT_DISPOSITION, name))
        .body(body))
}

fn write(
    format: &str,
    all: &[Contribution],
    organizations: &[OrganizationCard],
) -> Result<Vec<u8>, Problem> {
    let rows = all.iter().map(|c| cells(c, organizations));
    match format {
        "csv" => {
            let mut bytes = Vec::new();
            write_csv(&mut bytes, COLUMNS, rows).map_err(Problem::internal)?;
            Ok(bytes)
        }
        "xlsx" => write_xlsx(COLUMNS, rows).map_err(Problem::internal),
        _ => serde_json::to_vec(all).map_err(Problem::internal),
    }
}

fn cells(contribution: &Contribution, organizations: &[OrganizationCard]) -> [String; 24] {
    let c = &contribution.content;
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let given = c.given.as_ref();
    [
        contribution.id.to_string(),
        name_of(organizations, &c.organization_id),
        c.organization_id.to_string(),
        c.kind.to_string(),
        contribution.status.to_string(),
        c.period.to_string(),
        c.activity.clone(),
        c.hours.to_string(),
        c.people.to_string(),
        text(&c.work_role),
        text(&c.skill),
        c.rate
            .as_ref()
            .map(|r| r.hourly.major().to_string())
            .unwrap_or_default(),
        c.rate
            .as_ref()
            .and_then(|r| r.reason.clone())
            .unwrap_or_default(),
        given.map(|m| m.major().to_string()).unwrap_or_default(),
        given.map(|m| m.currency.to_string()).unwrap_or_default(),
        c.exchange_rate
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        text(&c.description),
        c.basis.map(|b| b.to_string()).unwrap_or_default(),
        c.value.major().to_string(),
        c.value.currency.to_string(),
        text(&c.evidence.url),
        c.note.clone(),
        contribution.logged_by.clone(),
        contribution.created_at.to_string(),
    ]
}

/// Mounts the door.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(export);
}
