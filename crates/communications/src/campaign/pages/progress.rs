use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use backbone_db::Instant;
use backbone_identity::{Actor, Core, page};
use backbone_web::{Args, Page, PageQuery, Problem};
use serde::{Deserialize, Serialize};

use super::tone;
use crate::campaign::api::CampaignView;
use crate::campaign::{Campaign, CampaignState};
use crate::delivery::{self, Counts, Delivery, DeliveryState};
use crate::error::Error;

/// Which deliveries are shown.
#[derive(Deserialize)]
pub(super) struct ProgressQuery {
    state: Option<DeliveryState>,
    cursor: Option<String>,
    /// `cancel`: shows what ending would mean, before it is done.
    ask: Option<String>,
}

#[derive(Serialize)]
struct Progress {
    base: String,
    here: String,
    campaign: Campaign,
    counts: Counts,
    tone: &'static str,
    state: String,
    kind: String,
    settled: i64,
    rate: i64,
    eta: Option<i64>,
    going: bool,
    can_pause: bool,
    can_resume: bool,
    can_cancel: bool,
    asks_cancel: bool,
    left: i64,
    can_retry: bool,
    waiting_until: Option<Instant>,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    older: Option<String>,
    refresh: String,
}

#[derive(Serialize)]
struct Filter {
    label: String,
    href: String,
    active: bool,
    count: i64,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    delivery: Delivery,
    label: String,
    tone: &'static str,
    can_retry: bool,
    can_end: bool,
    waits: bool,
}

/// Seconds over which the rate is measured.
const RATE_OVER: i64 = 60;

/// How far a campaign is: counts, rate, what it waits for, and each recipient.
pub(super) async fn page(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    view: CampaignView,
    query: ProgressQuery,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), view.campaign.id.clone());
    let list = PageQuery {
        cursor: query.cursor.clone(),
        limit: None,
    };
    let (limit, after, state) = (list.limit()?, list.after()?, query.state);
    let since = actor.now.plus_seconds(-RATE_OVER);
    let (rows, recent) = core
        .db
        .read(move |conn| {
            let rows =
                delivery::store::list(conn, &tenant, &id, state, after.as_deref(), limit + 1)?;
            Ok::<_, Error>((rows, delivery::store::accepted_since(conn, &id, since)?))
        })
        .await?;
    let data = data(
        core,
        &actor,
        view,
        &query,
        Page::cut(rows, limit, |d| d.id.to_string()),
        recent,
    );
    let title = data.campaign.subject.clone();
    let shell = page::shell(core, req, &actor, "newsletter", title);
    page::html(
        core,
        StatusCode::OK,
        "communications/campaigns/progress",
        &shell,
        &data,
    )
}

fn data(
    core: &Core,
    actor: &Actor,
    view: CampaignView,
    query: &ProgressQuery,
    rows: Page<Delivery>,
    recent: i64,
) -> Progress {
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let base = format!("/p/{}", actor.partnership.slug);
    let here = format!("{base}/campaigns/{}", view.campaign.id);
    let (c, n) = (view.campaign, view.counts);
    let going = matches!(c.state, CampaignState::Queued | CampaignState::Sending);
    let waits = going && c.waiting_reason.is_some();
    let filter = query
        .state
        .map(|s| format!("&state={s}"))
        .unwrap_or_default();
    Progress {
        tone: if waits { "bad" } else { tone(c.state) },
        state: if waits {
            text("communications-waits")
        } else {
            text(&format!("communications-state-{}", c.state))
        },
        kind: text(&format!("communications-kind-{}", c.kind)),
        settled: n.total - n.open(),
        rate: recent,
        eta: (going && recent > 0 && n.pending > 0).then(|| n.pending * RATE_OVER / recent),
        going,
        can_pause: going,
        can_resume: c.state == CampaignState::Paused,
        can_cancel: going || c.state == CampaignState::Paused,
        asks_cancel: query.ask.as_deref() == Some("cancel")
            && (going || c.state == CampaignState::Paused),
        left: n.pending + n.retry,
        can_retry: c.state != CampaignState::Cancelled && (n.failed > 0 || n.retry > 0 || waits),
        waiting_until: c.waiting_until.filter(|_| waits),
        filters: filters(&text, &here, query.state, &n),
        older: rows
            .next_cursor
            .as_ref()
            .map(|cursor| format!("{here}?cursor={cursor}{filter}")),
        rows: rows
            .items
            .into_iter()
            .map(|delivery| Row {
                label: text(&format!("communications-delivery-{}", delivery.state)),
                tone: delivery_tone(delivery.state),
                can_retry: matches!(delivery.state, DeliveryState::Failed | DeliveryState::Retry),
                can_end: delivery.state == DeliveryState::Accepted,
                waits: delivery.state == DeliveryState::Retry,
                delivery,
            })
            .collect(),
        refresh: format!("{here}?{}", filter.trim_start_matches('&')),
        campaign: c,
        counts: n,
        base,
        here,
    }
}

fn filters(
    text: &dyn Fn(&str) -> String,
    here: &str,
    chosen: Option<DeliveryState>,
    n: &Counts,
) -> Vec<Filter> {
    let all = Filter {
        label: text("communications-all"),
        href: here.to_string(),
        active: chosen.is_none(),
        count: n.total,
    };
    let by_state = [
        (DeliveryState::Accepted, n.accepted),
        (DeliveryState::Pending, n.pending),
        (DeliveryState::Claimed, n.claimed),
        (DeliveryState::Retry, n.retry),
        (DeliveryState::Failed, n.failed),
        (DeliveryState::Suppressed, n.suppressed),
        (DeliveryState::Cancelled, n.cancelled),
    ];
    let shown = by_state
        .into_iter()
        .filter(|(state, count)| *count > 0 || chosen == Some(*state))
        .map(|(state, count)| Filter {
            label: text(&format!("communications-delivery-{state}")),
            href: format!("{here}?state={state}"),
            active: chosen == Some(state),
            count,
        });
    std::iter::once(all).chain(shown).collect()
}

fn delivery_tone(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Accepted => "good",
        DeliveryState::Retry | DeliveryState::Claimed => "watch",
        DeliveryState::Failed => "bad",
        DeliveryState::Pending => "neutral",
        DeliveryState::Suppressed | DeliveryState::Cancelled => "stale",
    }
}
