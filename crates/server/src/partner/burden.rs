//! The burden ledger: minutes that the partnership asked of each organization and person, month by month. Staff see all of it, everybody else
//! their own organization. What counts, and how much, each room says beside its rule (`Attention::asked`).

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{Bar, BarChart, BarWords, Chart, Frame, PHONE, Theme, Tone, bar, on_page};
use backbone_contributions::TotalsQuery;
use backbone_db::{Conn, DbError};
use backbone_identity::attention::Words;
use backbone_identity::directory::{self, OrganizationCard, Reachable};
use backbone_identity::{Actor, Allowed, Core, OrganizationId, OrganizationRole, PersonId, page};
use backbone_ingest::Period;
use backbone_web::format::{self, PeriodStyle};
use backbone_web::{ApiQuery, Args, Problem, ProblemBody, SafeHtml};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::home::word;
use super::ledger::{self, Entry};
use crate::home::policy::SeeBurden;
use crate::home::{ALLOWED_MINUTES, say_counted};

/// Months when nobody says how many.
const MONTHS: usize = 6;
/// Most months at once.
const MOST: usize = 24;

/// What the ledger is asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BurdenQuery {
    /// How many months, this one included: 1 to 24, 6 when left out.
    pub months: Option<usize>,
    /// Only of this organization.
    pub organization: Option<String>,
}

impl BurdenQuery {
    fn months(&self) -> Result<usize, Problem> {
        match self.months.unwrap_or(MONTHS) {
            n @ 1..=MOST => Ok(n),
            _ => {
                Err(Problem::bad_request("invalid-query")
                    .arg("why", format!("months: 1 to {MOST}")))
            }
        }
    }
}

/// The ledger over these months, by organization: all of it for staff, one's own organization for others.
pub(super) fn read(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    months: &[Date],
) -> Result<BTreeMap<OrganizationId, Entry>, DbError> {
    let zone = actor.partnership.zone();
    let first = months.first().and_then(|day| ledger::midnight(*day, &zone));
    let since = first.unwrap_or(actor.now);
    let mut asked = Vec::new();
    for room in &core.attention {
        asked.extend(room.asked(conn, actor, since)?);
    }
    // What falls due later was not asked yet.
    asked.retain(|a| a.at <= actor.now && (actor.is_staff() || actor.acts_for(&a.organization)));
    Ok(ledger::add_up(&asked, months, &zone))
}

/// Minutes of one of an organization's people.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BurdenOfPerson)]
struct PersonBody {
    /// Who; none for what any of the organization's people may do.
    person_id: Option<PersonId>,
    /// Their name; empty for none.
    name: String,
    /// Minutes by month.
    minutes: Vec<i64>,
}

/// How often one rule asked.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BurdenByRule)]
struct RuleBody {
    /// The rule, by its stable word.
    #[schema(value_type = String)]
    rule: &'static str,
    /// How often.
    times: i64,
    /// Minutes together.
    minutes: i64,
}

/// What was asked of one organization.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BurdenOfOrganization)]
struct OrganizationBody {
    /// Which.
    organization_id: OrganizationId,
    /// Its name.
    name: String,
    /// Minutes by month.
    minutes: Vec<i64>,
    /// Minutes together.
    total: i64,
    /// Hours that it gave in those months, to set beside.
    hours_given: backbone_db::Dec,
    /// By rule.
    rules: Vec<RuleBody>,
    /// By person.
    people: Vec<PersonBody>,
}

/// The burden ledger.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BurdenLedger)]
struct LedgerBody {
    /// The months, oldest first: `2026-11`.
    months: Vec<String>,
    /// Minutes a month that the partnership allows itself to ask of one organization.
    allowed: i64,
    /// Those that were asked anything, the most first.
    organizations: Vec<OrganizationBody>,
}

/// Everything of the page and the door.
struct Found {
    months: Vec<Date>,
    body: LedgerBody,
    organizations: Vec<OrganizationCard>,
}

fn find(core: &Core, conn: &mut Conn, actor: &Actor, n: usize) -> Result<Found, DbError> {
    let today = actor.now.date_in(&actor.partnership.zone());
    let months = ledger::months(today, n);
    let entries = read(core, conn, actor, &months)?;
    let organizations = directory::organizations(conn, actor.tenant())?;
    let people = directory::members(conn, actor.tenant(), &[])?;
    let gave = gave(conn, actor, &months)?;
    // Who coordinates is not coordinated.
    let coordinates = |id: &OrganizationId| {
        let found = organizations.iter().find(|o| &o.id == id);
        found.is_some_and(|o| o.role == OrganizationRole::Backbone)
    };
    let mut of: Vec<OrganizationBody> = entries
        .into_iter()
        .filter(|(id, _)| !coordinates(id))
        .map(|(id, entry)| {
            let hours = gave.get(&id).cloned();
            body(id, entry, hours, &organizations, &people)
        })
        .collect();
    of.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.cmp(&b.name)));
    Ok(Found {
        body: LedgerBody {
            months: months.iter().map(|m| month_text(*m)).collect(),
            allowed: ALLOWED_MINUTES,
            organizations: of,
        },
        months,
        organizations,
    })
}

fn month_text(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// Hours that each organization gave in these months.
fn gave(
    conn: &mut Conn,
    actor: &Actor,
    months: &[Date],
) -> Result<BTreeMap<OrganizationId, backbone_db::Dec>, DbError> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return Ok(BTreeMap::new());
    };
    let end = last
        .checked_add(jiff::Span::new().months(1))
        .unwrap_or(*last);
    let Ok(period) = Period::between(*first, end) else {
        return Ok(BTreeMap::new());
    };
    let shares = backbone_contributions::shares(conn, actor.tenant(), &TotalsQuery::of(&period))?;
    Ok(shares
        .into_iter()
        .map(|s| (s.organization_id, s.hours))
        .collect())
}

fn body(
    id: OrganizationId,
    entry: Entry,
    hours: Option<backbone_db::Dec>,
    organizations: &[OrganizationCard],
    people: &[Reachable],
) -> OrganizationBody {
    let named = organizations.iter().find(|o| o.id == id);
    let name_of = |person: &PersonId| {
        let found = people.iter().find(|p| &p.person_id == person);
        found.map(|p| p.name.clone()).unwrap_or_default()
    };
    OrganizationBody {
        name: named.map(|o| o.name.clone()).unwrap_or_default(),
        total: entry.total(),
        minutes: entry.months,
        hours_given: hours.unwrap_or_else(|| backbone_db::Dec::new(rust_decimal::Decimal::ZERO)),
        rules: entry
            .rules
            .into_iter()
            .map(|(rule, (times, minutes))| RuleBody {
                rule,
                times,
                minutes,
            })
            .collect(),
        people: entry
            .people
            .into_iter()
            .map(|(person_id, minutes)| PersonBody {
                name: person_id.as_ref().map(name_of).unwrap_or_default(),
                person_id,
                minutes,
            })
            .collect(),
        organization_id: id,
    }
}

/// What the partnership asked of its organizations and people, in minutes by month: staff see all of it, others their own organization.
#[utoipa::path(tag = "burden", params(("partnership" = String, Path, description = "Partnership id or slug"), BurdenQuery),
    responses((status = 200, body = LedgerBody), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("burden.see"))))]
#[get("/partnerships/{partnership}/burden")]
pub async fn get(
    core: web::Data<Core>,
    actor: Allowed<SeeBurden>,
    query: ApiQuery<BurdenQuery>,
) -> Result<HttpResponse, Problem> {
    let n = query.0.months()?;
    let wanted = query.0.organization.clone();
    let (held, who) = (core.clone(), Actor::clone(&actor));
    let mut found = core.db.read(move |c| find(&held, c, &who, n)).await?;
    if let Some(wanted) = wanted {
        found
            .body
            .organizations
            .retain(|o| o.organization_id.as_str() == wanted);
    }
    Ok(HttpResponse::Ok().json(found.body))
}

/// The ledger as a page: for staff a table of all organizations, and one of them in detail; for others their own.
#[get("/p/{partnership}/burden")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeBurden>,
    query: ApiQuery<BurdenQuery>,
) -> Result<HttpResponse, Problem> {
    let n = query.0.months()?;
    let (held, who) = (core.clone(), Actor::clone(&actor));
    let found = core.db.read(move |c| find(&held, c, &who, n)).await?;
    let own = actor.organization_id.as_ref().map(|o| o.to_string());
    let chosen = match actor.is_staff() {
        true => query.0.organization.clone(),
        false => own,
    };
    let data = shown(&core, &actor, &found, chosen.as_deref());
    let title = word(&core, &actor, "burden-title");
    let shell = page::shell(&core, &req, &actor, "home", title);
    page::html(&core, StatusCode::OK, "server/burden", &shell, &data)
}

fn shown(core: &Core, actor: &Actor, found: &Found, chosen: Option<&str>) -> Value {
    let slug = &actor.partnership.slug;
    let catalogue = core.renderer.catalogue();
    let heads: Vec<String> = found
        .body
        .months
        .iter()
        .map(|m| format::period(catalogue, actor.lang, m, PeriodStyle::Short))
        .collect();
    let rows: Vec<Value> = found
        .body
        .organizations
        .iter()
        .map(|o| {
            let months: Vec<Value> = o
                .minutes
                .iter()
                .zip(&heads)
                .map(|(n, head)| json!({"n": n, "over": *n > ALLOWED_MINUTES, "month": head}))
                .collect();
            json!({"name": o.name, "months": months, "total": o.total, "hours": o.hours_given.get(),
                   "href": format!("/p/{slug}/burden?organization={}", o.organization_id)})
        })
        .collect();
    let of = chosen.map(|id| {
        let entry = found
            .body
            .organizations
            .iter()
            .find(|o| o.organization_id.as_str() == id);
        let card = found.organizations.iter().find(|o| o.id.as_str() == id);
        detail(core, actor, &heads, entry, card)
    });
    json!({
        "slug": slug, "home": format!("/p/{slug}"), "staff": actor.is_staff(), "allowed": ALLOWED_MINUTES, "heads": heads,
        "rows": rows, "of": of, "since": found.months.first().map(ToString::to_string),
    })
}

/// One organization: its months as a picture, its rules, its people.
fn detail(
    core: &Core,
    actor: &Actor,
    heads: &[String],
    entry: Option<&OrganizationBody>,
    card: Option<&OrganizationCard>,
) -> Value {
    let name = card.map(|c| c.name.clone()).unwrap_or_default();
    let none = Vec::new();
    let minutes = entry.map_or(&none, |e| &e.minutes);
    let total: i64 = minutes.iter().sum();
    let months = heads.len().max(1) as i64;
    let rules = entry.map(|e| {
        let said = |r: &RuleBody| {
            // The word of a rule is its message.
            let what = say_counted(core, actor, &Words::new(r.rule), Some(r.times));
            json!({"what": what, "minutes": r.minutes})
        };
        e.rules.iter().map(said).collect::<Vec<_>>()
    });
    let people = entry.map(|e| {
        let row = |p: &PersonBody| json!({"name": p.name, "total": p.minutes.iter().sum::<i64>()});
        e.people.iter().map(row).collect::<Vec<_>>()
    });
    let drawn = entry.map(|e| {
        on_page(
            "burden",
            drawing(core, actor, heads, &e.minutes, &name, 700),
            drawing(core, actor, heads, &e.minutes, &name, PHONE),
        )
    });
    json!({
        "id": card.map(|c| c.id.to_string()), "name": name, "month": minutes.last().copied().unwrap_or(0), "total": total,
        "usually": (total + months - 1) / months, "rules": rules, "people": people,
        "hours": entry.map(|e| e.hours_given.get()),
        "chart": drawn.as_ref().map(|c| SafeHtml::trusted(c.svg.clone())), "table": drawn.map(|c| c.table),
    })
}

fn drawing(
    core: &Core,
    actor: &Actor,
    heads: &[String],
    minutes: &[i64],
    name: &str,
    width: u32,
) -> Chart {
    let say = |key: &str, name: &str| {
        let mut args = Args::new();
        args.set("name", name.to_string());
        core.renderer.text(actor.lang, key, &args)
    };
    let texts: Vec<String> = minutes
        .iter()
        .map(|n| {
            let mut args = Args::new();
            args.set("n", *n);
            core.renderer.text(actor.lang, "ask-minutes", &args)
        })
        .collect();
    let bars: Vec<Bar<'_>> = heads
        .iter()
        .zip(minutes.iter().zip(&texts))
        .map(|(head, (n, text))| Bar {
            label: head,
            value: Some(*n as f64),
            text,
            tone: if *n > ALLOWED_MINUTES {
                Tone::Watch
            } else {
                Tone::Series
            },
        })
        .collect();
    let (title, description) = (say("burden-chart", name), say("burden-chart-text", name));
    let (month, minutes, none) = (
        say("burden-month", ""),
        say("burden-minutes", ""),
        say("burden-none", ""),
    );
    bar(&BarChart {
        frame: Frame {
            id: "burden",
            title: &title,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        bars: &bars,
        words: BarWords {
            label: &month,
            value: &minutes,
            no_data: &none,
        },
    })
}
