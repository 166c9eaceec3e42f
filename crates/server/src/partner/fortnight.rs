//! A leader's page, for five minutes a fortnight: what needs them, what is off its path and whose it is, what is promised, what changed, and one story
//! to retell.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::{Conn, DbError, Instant};
use backbone_decisions::participation::{self, Promise};
use backbone_events::{Event, from_moment};
use backbone_identity::attention::Told;
use backbone_identity::{Actor, Allowed, Core, page as frame, visit};
use backbone_metrics::glance::{self, Glance, Health};
use backbone_storytelling::retelling::{self, Retold};
use backbone_web::{Problem, ProblemBody};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use super::home::{minutes, tabs, word};
use crate::home::policy::SeeFortnight;
use crate::home::{Found, Moment, every, find, parts, told};

/// Days that the page looks back at least.
const FORTNIGHT: i64 = 14;
/// Days that it looks back at most, after a long absence.
const LONGEST: i64 = 60;
/// Days ahead in which promises are shown.
const AHEAD: u64 = 30;
/// Metrics off their path, promises and changes on the page, each.
const SHOWN: usize = 6;
/// Events that are looked at.
const LOOKED_AT: i64 = 3000;
/// Words that people read in a minute.
const WORDS_A_MINUTE: usize = 180;

/// What is worth a leader's while; the rest is in the timeline.
const CHANGES: &[&str] = &[
    "decision.opened",
    "decision.taken",
    "decision.declined",
    "decision.reviewed",
    "story.published",
    "metric.defined",
    "organization.added",
    "organization.deactivated",
    "commitment.reported",
];

/// How much happened.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
struct Counts {
    /// Contributions logged.
    contributions: i64,
    /// Their hours.
    #[schema(value_type = String)]
    hours: Decimal,
    /// Organizations that logged something.
    organizations: i64,
    /// Figures reported.
    figures: i64,
    /// Votes that closed.
    votes: i64,
    /// Stories that came out.
    stories: i64,
}

struct Page {
    since: Instant,
    before: Option<Instant>,
    found: Found,
    off: Vec<Glance>,
    health: Health,
    promised: Vec<Promise>,
    story: Option<Retold>,
    counts: Counts,
    events: Vec<Event>,
    told: Vec<Told>,
}

/// From when on changes are told: the last visit, but at least a fortnight and at most two months.
fn since(now: Instant, before: Option<Instant>) -> Instant {
    let fortnight = now.plus_days(-FORTNIGHT);
    before
        .unwrap_or(fortnight)
        .min(fortnight)
        .max(now.plus_days(-LONGEST))
}

fn read(core: &Core, conn: &mut Conn, actor: &Actor) -> Result<Page, DbError> {
    let before = visit::before(conn, actor)?;
    let since = since(actor.now, before);
    let all = from_moment(conn, actor.tenant(), since, LOOKED_AT)?;
    let counts = count(&all);
    let mut events = all;
    // Of promises, only that they were kept.
    let kept = |e: &Event| e.kind != "commitment.reported" || e.data["status"] == "done";
    events.retain(|e| CHANGES.contains(&e.kind.as_str()) && kept(e));
    events.sort_by_key(|e| std::cmp::Reverse((e.at, e.seq)));
    events.truncate(SHOWN);
    let (off, health) = glance::off(core, conn, actor, SHOWN)?;
    let mut promised = participation::promised(conn, actor, AHEAD)?;
    promised.truncate(SHOWN);
    Ok(Page {
        found: find(core, conn, actor)?,
        told: told(core, conn, actor, &events)?,
        story: retelling::one(conn, actor)?,
        since,
        before,
        off,
        health,
        promised,
        counts,
        events,
    })
}

fn count(events: &[Event]) -> Counts {
    let mut counts = Counts::default();
    let mut gave = std::collections::BTreeSet::new();
    for e in events {
        match e.kind.as_str() {
            "contribution.logged" => {
                counts.contributions += 1;
                let hours = &e.data["hours"];
                let text = hours
                    .as_str()
                    .map_or_else(|| hours.to_string(), str::to_string);
                counts.hours += text.parse::<Decimal>().unwrap_or_default();
                gave.insert(e.actor_name.as_str());
            }
            "measurement.recorded" | "measurement.reported" => counts.figures += 1,
            "decision.closed" => counts.votes += 1,
            "story.published" => counts.stories += 1,
            _ => {}
        }
    }
    counts.organizations = gave.len() as i64;
    counts.hours = counts.hours.normalize();
    counts
}

/// What a leader reads, as programs read it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = LeaderPage)]
struct Body {
    /// From when on changes are told: the last visit, but at least a fortnight and at most two months.
    since: Instant,
    /// How much happened since.
    counts: Counts,
    /// Metrics off their path or to watch, the worst first.
    off: Vec<OffBody>,
    /// What is promised and late, or due within thirty days.
    promised: Vec<Promise>,
    /// One story to retell.
    story: Option<Retold>,
}

/// A metric off its path.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = MetricOffPath)]
struct OffBody {
    /// The metric.
    metric_id: String,
    /// Its name.
    name: String,
    /// Its latest value, in the reader's language.
    value: String,
    /// How it stands, in words.
    status: String,
    /// Who answers for it.
    owner: String,
}

/// What a leader needs to know, once a fortnight: changes, metrics off their path, promises, a story to retell. What needs the caller is in
/// `attention`.
#[utoipa::path(tag = "attention", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Body), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("fortnight.see"))))]
#[get("/partnerships/{partnership}/fortnight")]
pub async fn get(
    core: web::Data<Core>,
    actor: Allowed<SeeFortnight>,
) -> Result<HttpResponse, Problem> {
    let (held, who) = (core.clone(), Actor::clone(&actor));
    let page = core.db.read(move |c| read(&held, c, &who)).await?;
    let off = page.off.into_iter().map(|g| OffBody {
        metric_id: g.id,
        name: g.name,
        value: g.value,
        status: g.status,
        owner: g.owner,
    });
    Ok(HttpResponse::Ok().json(Body {
        since: page.since,
        counts: page.counts,
        off: off.collect(),
        promised: page.promised,
        story: page.story,
    }))
}

#[get("/p/{partnership}/leader")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeFortnight>,
) -> Result<HttpResponse, Problem> {
    crate::home::note_visit(&core, &req, &actor).await;
    page(&core, &req, &actor).await
}

/// The page, which is also the home of who leads and nothing else.
pub(crate) async fn page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
) -> Result<HttpResponse, Problem> {
    let (held, who) = (core.clone(), actor.clone());
    let page = core.db.read(move |c| read(&held, c, &who)).await?;
    let data = shown(core, actor, &page);
    let shell = frame::shell(core, req, actor, "home", word(core, actor, "leader-title"));
    frame::html(core, StatusCode::OK, "server/leader", &shell, &data)
}

fn shown(core: &Core, actor: &Actor, page: &Page) -> Value {
    let slug = &actor.partnership.slug;
    let off: Vec<Value> = page
        .off
        .iter()
        .map(|m| {
            json!({"name": m.name, "value": m.value, "unit": m.unit, "period": m.period, "spark": m.spark, "tone": m.tone,
                   "status": m.status, "direction": m.direction, "owner": m.owner, "href": format!("/p/{slug}{}", m.path)})
        })
        .collect();
    let promised: Vec<Value> = page
        .promised
        .iter()
        .map(|p| {
            json!({"title": p.title, "organization": p.organization, "person": p.person, "due": p.due_on, "late": p.late,
                   "progress": p.progress, "href": format!("/p/{slug}/commitments/{}", p.commitment_id)})
        })
        .collect();
    let changes: Vec<Moment> = every(core, actor, &page.events, &page.told);
    let mut data = json!({
        "slug": slug,
        "first": actor.name.split_whitespace().next().unwrap_or_default(),
        "since": page.since.date_in(&actor.partnership.zone()).to_string(),
        "last_visit": page.before,
        "purpose": actor.partnership.purpose,
        "tabs": tabs(core, actor, true),
        "act": minutes(&page.found),
        "parts": parts(core, actor, &page.found.open),
        "needs": page.found.open.len(),
        "off": off,
        "health": page.health,
        "promised": promised,
        "story": page.story.as_ref().map(|s| story(core, s)),
        "counts": page.counts,
        "changes": changes,
    });
    data["read"] = json!(reading_minutes(&data));
    data
}

fn story(core: &Core, s: &Retold) -> Value {
    json!({
        "headline": s.headline, "dek": s.dek, "at": s.published_at,
        "quote": s.quote.as_ref().map(|q| &q.0), "by": s.quote.as_ref().map(|q| &q.1),
        "href": s.url, "url": s.url.as_ref().map(|u| format!("{}{u}", core.settings.base_url)),
    })
}

/// Minutes that reading the page takes: its words at 180 a minute, and at least one.
fn reading_minutes(data: &Value) -> usize {
    fn words(of: &Value) -> usize {
        match of {
            // Pictures and addresses are not read word by word.
            Value::String(text) if text.starts_with('/') || text.starts_with('<') => 0,
            Value::String(text) => text.split_whitespace().count(),
            Value::Array(all) => all.iter().map(words).sum(),
            Value::Object(all) => all.values().map(words).sum(),
            Value::Number(_) => 1,
            Value::Null | Value::Bool(_) => 0,
        }
    }
    words(data).div_ceil(WORDS_A_MINUTE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fortnight_is_told_and_after_an_absence_more() {
        let now: Instant = "2026-11-22T12:00:00Z".parse().unwrap();
        let ago = |days: i64| Some(now.plus_days(-days));
        for (before, expected) in [
            (None, 14),
            (ago(1), 14),
            (ago(14), 14),
            (ago(30), 30),
            (ago(400), 60),
        ] {
            assert_eq!(since(now, before), now.plus_days(-expected), "{before:?}");
        }
    }

    #[test]
    fn reading_takes_at_least_a_minute_and_no_time_for_pictures() {
        assert_eq!(reading_minutes(&json!({})), 1);
        let picture = format!("<svg {}", "word ".repeat(500));
        assert_eq!(reading_minutes(&json!({"a": picture, "b": "two words"})), 1);
        assert_eq!(reading_minutes(&json!(["word ".repeat(181), null])), 2);
    }
}
