//! Metrics as a file, definitions and latest figures.

use actix_web::{HttpResponse, get, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{ApiQuery, Problem};

use super::{Metric, store};
use crate::export::{ExportQuery, answer};
use crate::figures;
use crate::metric::api::public_only;
use crate::policy::SeeScorecard;

const HEADERS: [&str; 16] = [
    "id",
    "name",
    "meaning",
    "kind",
    "unit",
    "decimals",
    "direction",
    "frequency",
    "level",
    "owner",
    "source",
    "public",
    "status",
    "latest_period",
    "latest_value",
    "version",
];

/// Exports the metrics with their latest figures as CSV, XLSX or JSON.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug"), ExportQuery),
    responses((status = 200, content_type = "text/csv", body = String)), extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/metrics-export")]
pub(super) async fn metrics(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
    query: ApiQuery<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let rows = core
        .db
        .read(move |conn| {
            let only = public_only(&actor);
            let today = actor.now.date_in(&actor.partnership.zone());
            let metrics = store::list(conn, actor.tenant(), only, None, None, 10_000)?;
            let mut rows = Vec::with_capacity(metrics.len());
            for metric in metrics {
                let latest = figures::latest(conn, actor.tenant(), &metric.id, today)?;
                rows.push(cells(&metric, latest.as_ref()));
            }
            Ok::<_, Problem>(rows)
        })
        .await?;
    answer("metrics", query.0.format, &HEADERS, rows)
}

fn cells(metric: &Metric, latest: Option<&figures::Reading>) -> Vec<String> {
    let d = &metric.definition;
    vec![
        metric.id.to_string(),
        metric.name.clone(),
        d.meaning.clone(),
        d.kind.to_string(),
        d.unit.clone(),
        d.decimals.to_string(),
        d.direction.to_string(),
        d.frequency.to_string(),
        d.level.to_string(),
        d.owner.name.clone(),
        d.source.clone(),
        metric.public.to_string(),
        metric.status.to_string(),
        latest.map(|r| r.period.to_string()).unwrap_or_default(),
        latest.map(|r| r.value.to_string()).unwrap_or_default(),
        metric.version.to_string(),
    ]
}
