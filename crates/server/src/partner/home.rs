//! A partner's home: what is asked of them and what it costs, logging in one screen, what they gave, and what it moved.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_contributions::Totals;
use backbone_contributions::contribution::Contribution;
use backbone_contributions::given::{self, OfKind, Stock};
use backbone_contributions::policy::{LogContribution, SeeContributions};
use backbone_db::{Conn, DbError};
use backbone_identity::directory::{self, OrganizationCard};
use backbone_identity::{Actor, Core, Role, page};
use backbone_ingest::Period;
use backbone_web::{Args, Problem};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::ledger;
use super::moved::{self, Moved};
use crate::home::{ALLOWED_MINUTES, Found, find, parts};

/// Months that a home page looks back.
const MONTHS: usize = 12;
/// Contributions listed on the home page.
const RECENT: i64 = 4;
/// Metrics, decisions and stories listed on the home page, each.
const MOVED: usize = 4;

/// What the page is made of.
struct Home {
    found: Found,
    own: Option<Own>,
}

/// What there is to tell of the person's organization.
struct Own {
    card: OrganizationCard,
    stock: Option<Stock>,
    kinds: Vec<OfKind>,
    totals: Totals,
    recent: Vec<Contribution>,
    moved: Moved,
    /// Minutes asked, by month.
    asked: Vec<i64>,
    /// What was logged a moment ago, and what it counts towards.
    logged: Option<(Contribution, Vec<String>)>,
}

/// Whether somebody's home is a partner's: they act for an organization and do not coordinate.
pub(crate) fn is_partner(actor: &Actor) -> bool {
    !actor.is_staff()
        && actor.organization_id.is_some()
        && actor.may::<SeeContributions>()
        && (actor.has(Role::Contributor) || !actor.has(Role::Leader))
}

/// The last twelve months, this one included, as a period.
pub(super) fn last_year(actor: &Actor) -> Option<Period> {
    let today = actor.now.date_in(&actor.partnership.zone());
    let first = *ledger::months(today, MONTHS).first()?;
    let end: Date = today.first_of_month();
    let end = end.checked_add(jiff::Span::new().months(1)).ok()?;
    Period::between(first, end).ok()
}

/// The page.
pub(crate) async fn page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
) -> Result<HttpResponse, Problem> {
    let (held, who) = (core.clone(), actor.clone());
    let logged = logged(req).to_string();
    let home = core.db.read(move |c| read(&held, c, &who, &logged)).await?;
    let shell = page::shell(core, req, actor, "home", word(core, actor, "nav-home"));
    let data = shown(core, actor, &home);
    page::html(core, StatusCode::OK, "server/partner", &shell, &data)
}

/// What was logged a moment ago, by the address.
fn logged(req: &HttpRequest) -> &str {
    let mut pairs = req.query_string().split('&');
    pairs
        .find_map(|p| p.strip_prefix("logged="))
        .unwrap_or_default()
}

fn read(core: &Core, conn: &mut Conn, actor: &Actor, logged: &str) -> Result<Home, DbError> {
    let found = find(core, conn, actor)?;
    let organizations = directory::organizations(conn, actor.tenant())?;
    let card = organizations.into_iter().find(|o| actor.acts_for(&o.id));
    let own = match (card, last_year(actor)) {
        (Some(card), Some(period)) => Some(own(core, conn, actor, card, &period, logged)?),
        _ => None,
    };
    Ok(Home { found, own })
}

fn own(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    card: OrganizationCard,
    period: &Period,
    logged: &str,
) -> Result<Own, DbError> {
    let (kinds, totals) = given::by_kind(conn, actor, &card.id, period)?;
    let logged = match given::one(conn, actor, &card.id, logged)? {
        Some(c) => {
            let metrics = backbone_metrics::glance::of(core, conn, actor, &c.content.metrics)?;
            Some((c, metrics.into_iter().map(|m| m.name).collect()))
        }
        None => None,
    };
    let today = actor.now.date_in(&actor.partnership.zone());
    let months = ledger::months(today, MONTHS);
    let burden = super::burden::read(core, conn, actor, &months)?;
    Ok(Own {
        stock: match actor.may::<LogContribution>() {
            true => Some(given::stock(conn, actor, &card.id)?),
            false => None,
        },
        recent: given::recent(conn, actor, &card.id, RECENT)?,
        moved: moved::read(core, conn, actor, &card, period)?,
        asked: burden
            .get(&card.id)
            .map(|e| e.months.clone())
            .unwrap_or_default(),
        kinds,
        totals,
        logged,
        card,
    })
}

pub(super) fn word(core: &Core, actor: &Actor, key: &str) -> String {
    core.renderer.text(actor.lang, key, &Args::new())
}

/// Minutes that everything asked of somebody costs together.
pub(super) fn minutes(found: &Found) -> i64 {
    found.open.iter().filter_map(|n| n.minutes).sum()
}

/// The views that somebody with several parts may choose between; none for one part.
pub(super) fn tabs(core: &Core, actor: &Actor, leader: bool) -> Option<Value> {
    let both = is_partner(actor) && actor.has(Role::Leader);
    let slug = &actor.partnership.slug;
    both.then(|| {
        json!([
            {"label": word(core, actor, "partner-tab"), "href": format!("/p/{slug}"), "active": !leader},
            {"label": word(core, actor, "leader-tab"), "href": format!("/p/{slug}/leader"), "active": leader},
        ])
    })
}

fn shown(core: &Core, actor: &Actor, home: &Home) -> Value {
    let asks = home
        .found
        .open
        .iter()
        .filter(|n| n.minutes.is_some())
        .count();
    let mut args = Args::new();
    args.set(
        "name",
        actor
            .name
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_string(),
    );
    args.set("n", asks as i64);
    let heading = core.renderer.text(actor.lang, "partner-heading", &args);
    json!({
        "slug": actor.partnership.slug,
        "heading": heading,
        "minutes": minutes(&home.found),
        "purpose": actor.partnership.purpose,
        "tabs": tabs(core, actor, false),
        "parts": parts(core, actor, &home.found.open),
        "own": home.own.as_ref().map(|own| shown_own(core, actor, own)),
    })
}

fn shown_own(core: &Core, actor: &Actor, own: &Own) -> Value {
    let line = |c: &Contribution| given::line(core, actor.lang, c);
    let kinds: Vec<Value> = own
        .kinds
        .iter()
        .map(|k| {
            let hours = k.hours.get();
            json!({"kind": given::kind_word(core, actor.lang, k.kind), "n": k.contributions,
                   "hours": (!hours.is_zero()).then_some(hours), "value": k.value_minor})
        })
        .collect();
    let asked = own.asked.last().copied().unwrap_or(0);
    let some = own.asked.iter().sum::<i64>();
    let months = own.asked.len().max(1) as i64;
    json!({
        "id": own.card.id,
        "name": own.card.name,
        "log": own.stock.as_ref().map(|s| given::quick(core, actor, s)),
        "logged": own.logged.as_ref().map(|(c, towards)| json!({"line": line(c), "towards": towards.join(", ")})),
        "hours": own.totals.hours.get(), "value": own.totals.value_minor, "contributions": own.totals.contributions,
        "kinds": kinds,
        "recent": own.recent.iter().map(line).collect::<Vec<_>>(),
        "moved": moved::shown(core, actor, &own.moved, MOVED),
        "asked": asked, "allowed": ALLOWED_MINUTES, "usually": (some + months - 1) / months,
    })
}
