//! The scorecard for a meeting: large, without the frame, the whole card or one metric at a time, moved with the arrow keys.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::{Conn, DbError};
use backbone_identity::{Allowed, Core, page};
use backbone_web::{ApiQuery, Problem, SafeHtml};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Which, pick};
use crate::figures;
use crate::metric::api::public_only;
use crate::metric::pages::pictured;
use crate::metric::show::Words;
use crate::metric::{self, Metric};
use crate::policy::SeeScorecard;
use crate::rollup::Rollup;
use crate::scorecard::compute::{self, Computed};
use crate::scorecard::{Scorecard, view};

/// Periods of the large chart.
const PERIODS: i64 = 24;

/// Which scorecard, and which of its metrics, counted from 1; the whole card when none is named.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Shown {
    card: Option<String>,
    at: Option<usize>,
}

/// What the view shows.
pub(crate) struct Found {
    pub card: Scorecard,
    pub computed: Computed,
    pub metrics: Vec<Metric>,
    /// The figures of the one metric that is shown.
    pub rollups: Vec<Rollup>,
}

/// The view.
#[get("/p/{partnership}/scorecard/meeting")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
    query: ApiQuery<Shown>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let which = Which {
        card: query.0.card.clone(),
    }
    .id()?;
    let (at, asked) = (query.0.at, actor.clone());
    let today = actor.now.date_in(&actor.partnership.zone());
    let found = core
        .db
        .read(move |conn| {
            let tenant = asked.tenant();
            let Some(card) = pick(conn, tenant, which.as_ref())?.0 else {
                return Ok::<_, Problem>(None);
            };
            Ok(Some(find(
                conn,
                tenant,
                &card,
                today,
                public_only(&asked),
                at,
            )?))
        })
        .await?;
    let slug = &actor.partnership.slug;
    let Some(found) = found else {
        return Ok(page::see_other(
            &format!("/p/{slug}/scorecard"),
            "metrics-empty",
        ));
    };
    let w = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let data = data(slug, &w, &found, at);
    let shell = page::shell(&core, &req, &actor, "scorecard", found.card.name.clone());
    page::html(&core, StatusCode::OK, "metrics/meeting", &shell, &data)
}

/// What the view shows of a card.
pub(crate) fn find(
    conn: &mut Conn,
    tenant: &str,
    card: &Scorecard,
    today: Date,
    public_only: bool,
    at: Option<usize>,
) -> Result<Found, DbError> {
    let computed = compute::compute(conn, tenant, card, today, public_only)?;
    let metrics = metric::store::find_many(conn, tenant, &card.metric_ids)?;
    let rollups = match one(&computed, &metrics, at) {
        Some((metric, _)) => figures::series(conn, tenant, metric, PERIODS)?,
        None => Vec::new(),
    };
    Ok(Found {
        card: card.clone(),
        computed,
        metrics,
        rollups,
    })
}

/// The metric at a place of the card, in the order in which it is shown, with its row.
fn one<'a>(
    computed: &'a Computed,
    metrics: &'a [Metric],
    at: Option<usize>,
) -> Option<(&'a Metric, &'a compute::Row)> {
    let row = computed
        .groups
        .iter()
        .flat_map(|group| &group.rows)
        .nth(at?.checked_sub(1)?)?;
    Some((metrics.iter().find(|m| m.id == row.metric_id)?, row))
}

pub(crate) fn data(slug: &str, w: &Words<'_>, found: &Found, at: Option<usize>) -> Value {
    let count: usize = found.computed.groups.iter().map(|g| g.rows.len()).sum();
    let base = format!("/p/{slug}/scorecard");
    let place = |at: usize| format!("{base}/meeting?card={}&at={at}", found.card.id);
    let whole = format!("{base}/meeting?card={}", found.card.id);
    let shown = one(&found.computed, &found.metrics, at);
    let at = at.filter(|_| shown.is_some()).unwrap_or(0);
    let single = shown.map(|(metric, row)| {
        let chart = pictured(w, metric, &found.rollups);
        json!({
            "name": metric.name, "meaning": metric.definition.meaning, "row": view::row_view(w, &metric.definition, row),
            "target": row.target.as_ref().map(|t| w.value_with_unit(&metric.definition, t.get(), None)),
            "chart": SafeHtml::trusted(chart.svg), "href": format!("/p/{slug}/metrics/{}", metric.id),
        })
    });
    json!({
        "name": found.card.name, "single": single, "groups": view::groups(w, &found.computed, &found.metrics),
        "whole": whole, "leave": format!("{base}?card={}", found.card.id),
        // From the whole card one goes to the first metric; before the first one and behind the last one stands the whole card.
        "before": match at { 0 => None, 1 => Some(whole.clone()), at => Some(place(at - 1)) },
        "after": if at < count { Some(place(at + 1)) } else { None },
        "place": if at > 0 { Some(w.say_with("metrics-place", &[("at", at.to_string()), ("of", count.to_string())])) } else { None },
    })
}
