//! Measurements as a file.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, web};
use backbone_identity::{Allowed, Core, directory};
use backbone_web::{ApiQuery, Problem};

use super::{Measurement, api::ListQuery, dimensions_text, store};
use crate::export::{Format, answer};
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

/// Rows of one file; more are asked for by metric or period.
const MOST: i64 = 200_000;

/// Exports measurements, filtered as the list is, as CSV, XLSX or JSON: at most 200,000.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug"),
        ("format" = String, Path, description = "csv, xlsx or json"), ListQuery),
    responses((status = 200, content_type = "text/csv", body = String)), extensions(("x-permission" = json!("measurement.see"))))]
#[get("/partnerships/{partnership}/measurements-export/{format}")]
pub(super) async fn measurements(
    core: web::Data<Core>,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String)>,
    query: ApiQuery<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let format: Format = path.1.parse().map_err(|_| Problem::not_found())?;
    let filter = query.0.filter()?;
    let rows = core
        .db
        .read(move |conn| {
            let names: HashMap<String, String> = directory::organizations(conn, actor.tenant())?
                .into_iter()
                .map(|o| (o.id.to_string(), o.name))
                .collect();
            let found = store::list(conn, actor.tenant(), &filter, None, MOST)?;
            Ok::<_, Problem>(found.iter().map(|m| cells(m, &names)).collect::<Vec<_>>())
        })
        .await?;
    answer("measurements", format, &HEADERS, rows)
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
