//! Everything that was given, as a file: CSV, XLSX or JSON.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, web};
use std::sync::Arc;

use backbone_db::Conn;
use backbone_identity::directory::{self, OrganizationCard};
use backbone_identity::{Allowed, Core};
use backbone_ingest::report::{write_csv, write_csv_rows, write_xlsx};
use backbone_web::download::{PAGE, Part, download};
use backbone_web::{ApiQuery, Problem, ProblemBody};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::contribution::{Contribution, ContributionId, store};
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

/// Rows of a workbook, which is made in memory; CSV and JSON are made while they are sent and have no such bound.
const WORKBOOK: i64 = 100_000;

/// Takes all contributions home as CSV, JSON or (up to 100,000) XLSX, the newest period first; formulas are neutralized.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ExportQuery),
    responses((status = 200, description = "The file"), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody)),
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
    let (tenant, db) = (actor.tenant().to_string(), core.db.clone());
    if format == "xlsx" {
        let workbook = db
            .read(move |conn| {
                let all = store::list(conn, &tenant, &filter, None, WORKBOOK + 1)?;
                if all.len() as i64 > WORKBOOK {
                    return Err(
                        Problem::invalid("contribution-export-workbook").arg("limit", WORKBOOK)
                    );
                }
                let organizations = directory::organizations(conn, &tenant)?;
                let rows = all.iter().map(|c| cells(c, &organizations));
                write_xlsx(COLUMNS, rows).map_err(Problem::internal)
            })
            .await?;
        let name = "attachment; filename=\"contributions.xlsx\"";
        return Ok(HttpResponse::Ok()
            .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .insert_header((CONTENT_DISPOSITION, name))
            .body(workbook));
    }
    let media = match format {
        "csv" => "text/csv; charset=utf-8",
        _ => "application/json",
    };
    let asked = Arc::new((tenant, filter));
    download(
        &format!("contributions.{format}"),
        media,
        move |after: Option<Place>| {
            let (db, asked) = (db.clone(), asked.clone());
            async move {
                db.read(move |conn| part(conn, format, &asked.0, &asked.1, after))
                    .await
            }
        },
    )
    .await
}

/// Where a file goes on: after this contribution.
type Place = (NaiveDate, ContributionId);

/// One part of a CSV or JSON file.
fn part(
    conn: &mut Conn,
    format: &str,
    tenant: &str,
    filter: &Filter,
    after: Option<Place>,
) -> Result<Part<Place>, Problem> {
    let found = store::list(conn, tenant, filter, after.as_ref(), PAGE)?;
    let last = (found.len() as i64) < PAGE;
    let next = found.last().filter(|_| !last).map(|c| {
        let day = crate::days::chrono(c.content.period.start());
        (day, c.id.clone())
    });
    let mut bytes = Vec::new();
    if format == "csv" {
        let organizations = directory::organizations(conn, tenant)?;
        let rows = found.iter().map(|c| cells(c, &organizations));
        let written = match after {
            None => write_csv(&mut bytes, COLUMNS, rows),
            Some(_) => write_csv_rows(&mut bytes, rows),
        };
        written.map_err(Problem::internal)?;
        return Ok(Part { bytes, next });
    }
    bytes.extend(after.is_none().then_some(b'['));
    for (index, contribution) in found.iter().enumerate() {
        if index > 0 || after.is_some() {
            bytes.push(b',');
        }
        serde_json::to_writer(&mut bytes, contribution).map_err(Problem::internal)?;
    }
    bytes.extend(last.then_some(b']'));
    Ok(Part { bytes, next })
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
