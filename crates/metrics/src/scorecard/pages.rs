//! The scorecards' pages: how one stands, all of them, choosing what stands on one, and the view for a meeting.

mod choose;
pub(crate) mod list;
pub(crate) mod meeting;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Conn;
use backbone_identity::{Allowed, Core, page};
use backbone_web::{ApiQuery, Form, Problem};
use serde::{Deserialize, Serialize};

use super::view::{GroupView, groups};
use super::{Scorecard, ScorecardId, compute, store};
use crate::metric;
use crate::metric::api::public_only;
use crate::metric::show::Words;
use crate::policy::{ManageMetrics, SeeScorecard};

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(show)
        .service(list::index)
        .service(list::make)
        .service(meeting::show)
        .service(choose::show)
        .service(choose::add)
        .service(choose::remove)
        .service(choose::shift)
        .service(choose::set_budget)
        .service(choose::retire);
}

#[derive(Serialize)]
struct Page {
    slug: String,
    name: String,
    summary: String,
    groups: Vec<GroupView>,
    tabs: Vec<Tab>,
    meeting: String,
    choose: String,
    staff: bool,
    links: Links,
}

/// Addresses of the pages around the scorecard.
#[derive(Serialize)]
pub(crate) struct Links {
    card: String,
    manage: String,
    remove: String,
    new: String,
    imports: String,
    perspectives: String,
    cards: String,
}

impl Links {
    pub(crate) fn of(slug: &str) -> Self {
        Self {
            card: format!("/p/{slug}/scorecard"),
            manage: format!("/p/{slug}/scorecard/manage"),
            remove: format!("/p/{slug}/scorecard/manage/remove"),
            new: format!("/p/{slug}/metrics/new"),
            imports: format!("/p/{slug}/imports"),
            perspectives: format!("/p/{slug}/perspectives"),
            cards: format!("/p/{slug}/scorecards"),
        }
    }
}

/// Which scorecard a page is asked for; the first one when none is named.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    card: Option<String>,
}

impl Which {
    fn of(form: &Form) -> Self {
        Self {
            card: Some(form.text("card").to_string()),
        }
    }

    fn id(&self) -> Result<Option<ScorecardId>, Problem> {
        let named = self.card.as_deref().filter(|card| !card.is_empty());
        named.map(crate::path_id).transpose()
    }
}

/// The scorecard that is asked for, and all of them; none while the partnership has none.
fn pick(
    conn: &mut Conn,
    tenant: &str,
    which: Option<&ScorecardId>,
) -> Result<(Option<Scorecard>, Vec<Scorecard>), Problem> {
    let all = store::list(conn, tenant)?;
    let found = match which {
        None => all.first().cloned(),
        Some(id) => Some(
            all.iter()
                .find(|card| card.id == *id)
                .cloned()
                .ok_or_else(Problem::not_found)?,
        ),
    };
    Ok((found, all))
}

/// One of several scorecards.
#[derive(Serialize)]
pub(crate) struct Tab {
    label: String,
    href: String,
    active: bool,
}

/// A tab for each scorecard when there are several.
fn tabs(all: &[Scorecard], shown: Option<&Scorecard>, path: &str) -> Vec<Tab> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter()
        .map(|card| Tab {
            label: card.name.clone(),
            href: format!("{path}?card={}", card.id),
            active: shown.is_some_and(|shown| shown.id == card.id),
        })
        .collect()
}

/// One scorecard, grouped by perspective.
#[get("/p/{partnership}/scorecard")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
    query: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let which = query.0.id()?;
    let asked = actor.clone();
    let today = actor.now.date_in(&actor.partnership.zone());
    let found = core
        .db
        .read(move |conn| {
            let (card, all) = pick(conn, asked.tenant(), which.as_ref())?;
            let Some(card) = card else {
                return Ok::<_, Problem>(None);
            };
            let only = public_only(&asked);
            let computed = compute::compute(conn, asked.tenant(), &card, today, only)?;
            let metrics = metric::store::find_many(conn, asked.tenant(), &card.metric_ids)?;
            Ok(Some((card, all, computed, metrics)))
        })
        .await?;
    let words = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let name = found
        .as_ref()
        .map_or_else(|| words.say("metrics-nav"), |(card, ..)| card.name.clone());
    let (summary, groups) = match &found {
        None => (String::new(), Vec::new()),
        Some((_, _, computed, metrics)) => (
            words.say_with(
                "metrics-summary",
                &[
                    ("used", computed.used.to_string()),
                    ("budget", computed.budget.to_string()),
                    ("on_target", computed.on_target.to_string()),
                    ("fresh", computed.fresh_percent.unwrap_or(0).to_string()),
                ],
            ),
            groups(&words, computed, metrics),
        ),
    };
    let base = format!("/p/{}/scorecard", actor.partnership.slug);
    let card = found.as_ref().map(|(card, ..)| card);
    let query = card
        .map(|card| format!("?card={}", card.id))
        .unwrap_or_default();
    let data = Page {
        tabs: found
            .as_ref()
            .map(|(card, all, ..)| tabs(all, Some(card), &base))
            .unwrap_or_default(),
        meeting: format!("{base}/meeting{query}"),
        choose: format!("{base}/manage{query}"),
        slug: actor.partnership.slug.clone(),
        name: name.clone(),
        summary,
        groups,
        staff: actor.may::<ManageMetrics>(),
        links: Links::of(&actor.partnership.slug),
    };
    let shell = page::shell(&core, &req, &actor, "scorecard", name);
    page::html(&core, StatusCode::OK, "metrics/scorecard", &shell, &data)
}
