use actix_web::{HttpResponse, get, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{ApiQuery, Problem, ProblemBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Share, Totals, TotalsQuery, shares, totals};
use crate::filter::FilterQuery;
use crate::policy::SeeContributions;

/// Totals, and the same by organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsAnswer {
    /// What was asked, in the form that traces use.
    pub query: String,
    /// All together.
    pub totals: Totals,
    /// By organization, the largest value first.
    pub organizations: Vec<Share>,
}

/// Hours and value of what was given, exact; withdrawn contributions do not count. Takes `organization`, `kind` and `period`.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), FilterQuery),
    responses((status = 200, body = TotalsAnswer), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.see"))))]
#[get("/partnerships/{partnership}/contributions/totals")]
async fn get_totals(
    core: web::Data<Core>,
    actor: Allowed<SeeContributions>,
    query: ApiQuery<FilterQuery>,
) -> Result<HttpResponse, Problem> {
    let q = TotalsQuery::from_filter(&query.0.filter()?);
    let tenant = actor.tenant().to_string();
    let answer = core
        .db
        .read(move |conn| {
            Ok::<_, backbone_db::DbError>(TotalsAnswer {
                query: q.to_string(),
                totals: totals(conn, &tenant, &q)?,
                organizations: shares(conn, &tenant, &q)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Mounts the door.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(get_totals);
}
