use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::DbError;
use backbone_identity::{Allowed, Core, directory, page};
use backbone_web::{ApiQuery, Page, Problem};
use serde::Serialize;

use crate::contribution::api::{after, cursor_key};
use crate::contribution::store;
use crate::filter::FilterQuery;
use crate::policy::{ExportContributions, LogContribution, SeeContributions};
use crate::rollup::{Totals, TotalsQuery, totals};
use crate::view::{Choice, Line, Say, line, organization_choices};

#[derive(Serialize)]
struct IndexPage {
    base: String,
    totals: Totals,
    lines: Vec<Line>,
    filtered: bool,
    organization: Option<String>,
    kind: Option<String>,
    status: Option<String>,
    period: Option<String>,
    organizations: Vec<Choice>,
    kinds: Vec<Choice>,
    statuses: Vec<Choice>,
    older: Option<String>,
    exports: Option<String>,
    may_log: bool,
    staff: bool,
}

/// What was given, newest first, with its totals on top.
#[get("/p/{partnership}/contributions")]
pub(super) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeContributions>,
    query: ApiQuery<FilterQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let filter = query.filter()?;
    let (start, limit) = after(&query)?;
    let tenant = actor.tenant().to_string();
    let (found, totals, organizations) = core
        .db
        .read(move |conn| {
            Ok::<_, DbError>((
                store::list(conn, &tenant, &filter, start.as_ref(), limit + 1)?,
                totals(conn, &tenant, &TotalsQuery::from_filter(&filter))?,
                directory::organizations(conn, &tenant)?,
            ))
        })
        .await?;
    let say = Say::new(&core, actor.lang);
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let found = Page::cut(found, limit, cursor_key);
    let asked = address(&query);
    let data = IndexPage {
        lines: found
            .items
            .iter()
            .map(|c| line(&say, &base, &organizations, c))
            .collect(),
        older: found
            .next_cursor
            .map(|c| format!("{base}?{asked}cursor={c}")),
        exports: actor.may::<ExportContributions>().then(|| {
            format!(
                "/api/v1/partnerships/{}/contributions/export?{asked}format=",
                actor.partnership.slug
            )
        }),
        filtered: !asked.is_empty(),
        organizations: organization_choices(&organizations),
        kinds: say.kinds(),
        statuses: say.statuses(),
        organization: query.organization,
        kind: query.kind,
        status: query.status,
        period: query.period,
        may_log: actor.may::<LogContribution>(),
        staff: actor.is_staff(),
        totals,
        base,
    };
    let title = say.text("contributions-title", &[]);
    let shell = page::shell(&core, &req, &actor, "contributions", title);
    page::html(&core, StatusCode::OK, "contributions/index", &shell, &data)
}

/// The filter as the start of an address; its values were understood, so they hold no characters that need escaping.
fn address(query: &FilterQuery) -> String {
    let pairs = [
        ("organization", &query.organization),
        ("kind", &query.kind),
        ("status", &query.status),
        ("period", &query.period),
    ];
    let given = pairs.iter().filter_map(|(name, value)| {
        let value = value.as_deref().map(str::trim).filter(|v| !v.is_empty())?;
        Some(format!("{name}={value}&"))
    });
    given.collect()
}
