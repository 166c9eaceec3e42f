//! `/dev/components`: every component of the pages, in every state.

mod samples;

use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Core, SignedIn};
use backbone_web::gallery::Picture;
use backbone_web::{Problem, SafeHtml, Theme, gallery};

/// The living page of components, for who writes pages. It reads nothing of anybody; an account is asked for nevertheless,
/// because its invented figures would otherwise stand under a partnership's own address for any stranger to quote.
#[get("/dev/components")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    query: web::Query<gallery::Query>,
) -> Result<HttpResponse, Problem> {
    let lang = query.lang.as_deref().and_then(|l| l.parse().ok());
    let theme = query.theme.as_deref().and_then(Theme::named);
    let lang = lang.unwrap_or(me.lang);
    let pictures: Vec<Picture> = samples::all(lang)
        .into_iter()
        .map(|chart| Picture {
            title: chart.table.caption,
            svg: SafeHtml::trusted(chart.svg),
        })
        .collect();
    let html = gallery::components_page(
        &core.renderer,
        lang,
        theme.unwrap_or_else(|| Theme::of(&req)),
        &pictures,
    )
    .map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(html))
}
