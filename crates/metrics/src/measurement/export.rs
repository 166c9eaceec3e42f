//! Measurements as a file.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::{HttpResponse, get, web};
use backbone_identity::{Allowed, Core, directory};
use backbone_web::download::{PAGE, Part, download};
use backbone_web::{ApiQuery, Problem, ProblemBody};

use super::{Measurement, api::ListQuery, dimensions_text, store};
use crate::export::{Format, answer, media, part};
use crate::policy::SeeMeasurements;

const HEADERS: [&str; 16] = [
    "id",
    "metric_id",
    "organization",
    "period",
    "dimensions",
    "value",
    "numerator",
    "denominator",
    "marker",
    "source",
    "evidence_url",
    "note",
    "status",
    "version",
    "reported_at",
    "changed_by",
];

/// Rows of a workbook, which is made in memory; CSV and JSON have no such bound.
const WORKBOOK: i64 = 100_000;

/// Exports all measurements, filtered as the list is, as CSV, JSON or (up to 100,000) XLSX, those first reported last at the front.
/// CSV and JSON are made while they are sent.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug"),
        ("format" = String, Path, description = "csv, xlsx or json"), ListQuery),
    responses((status = 200, content_type = "text/csv", body = String), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.see"))))]
#[get("/partnerships/{partnership}/measurements-export/{format}")]
pub(super) async fn measurements(
    core: web::Data<Core>,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String)>,
    query: ApiQuery<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let format: Format = path.1.parse().map_err(|_| Problem::not_found())?;
    let (filter, db) = (query.0.filter()?, core.db.clone());
    let tenant = actor.tenant().to_owned();
    let names: HashMap<String, String> = db
        .read(move |conn| directory::organizations(conn, actor.tenant()))
        .await?
        .into_iter()
        .map(|o| (o.id.to_string(), o.name))
        .collect();
    let export = Arc::new((tenant, filter, names));
    if format == Format::Xlsx {
        let rows = db
            .read(move |conn| {
                let found = store::list(conn, &export.0, &export.1, None, WORKBOOK + 1)?;
                if found.len() as i64 > WORKBOOK {
                    return Err(Problem::invalid("export-workbook").arg("limit", WORKBOOK));
                }
                Ok(found.iter().map(|m| cells(m, &export.2)).collect())
            })
            .await?;
        return answer("measurements", format, &HEADERS, rows);
    }
    let name = format!("measurements.{format}");
    download(&name, media(format), move |after: Option<String>| {
        let (db, export) = (db.clone(), export.clone());
        async move {
            db.read(move |conn| {
                let first = after.is_none();
                let found = store::list(conn, &export.0, &export.1, after.as_deref(), PAGE)?;
                let last = (found.len() as i64) < PAGE;
                let next = found.last().filter(|_| !last).map(|m| m.id.to_string());
                let rows = found.iter().map(|m| cells(m, &export.2)).collect();
                let bytes = part(format, &HEADERS, rows, first, last)?;
                Ok::<_, Problem>(Part { bytes, next })
            })
            .await
        }
    })
    .await
}

fn cells(m: &Measurement, names: &HashMap<String, String>) -> Vec<String> {
    let number =
        |n: &Option<backbone_db::Dec>| n.as_ref().map(ToString::to_string).unwrap_or_default();
    let organization = m.organization_id.as_ref();
    vec![
        m.id.to_string(),
        m.metric_id.to_string(),
        organization
            .and_then(|id| names.get(id.as_str()).cloned())
            .unwrap_or_default(),
        m.period.to_string(),
        dimensions_text(&m.dimensions),
        number(&m.value),
        number(&m.numerator),
        number(&m.denominator),
        m.marker.to_string(),
        m.source.clone(),
        m.evidence_url.clone().unwrap_or_default(),
        m.note.clone(),
        m.status.to_string(),
        m.version.to_string(),
        m.reported_at.to_string(),
        m.changed_by.clone(),
    ]
}
