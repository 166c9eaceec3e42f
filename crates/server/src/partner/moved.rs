//! What an organization's contributions moved: the metrics that they support, what was decided about those, and the stories that rest on
//! them.

use backbone_contributions::given::{Supported, supported};
use backbone_db::{Conn, DbError};
use backbone_decisions::participation::{self, Moving};
use backbone_identity::directory::OrganizationCard;
use backbone_identity::{Actor, Core};
use backbone_ingest::Period;
use backbone_metrics::glance::{self, Glance};
use backbone_storytelling::retelling::{self, Retold};
use backbone_web::Args;
use backbone_web::format;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The receipt of an organization.
pub(super) struct Moved {
    pub supported: Vec<Supported>,
    pub metrics: Vec<Glance>,
    pub decisions: Vec<Moving>,
    pub stories: Vec<Retold>,
}

/// Reads it, for what was given in a period.
pub(super) fn read(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationCard,
    period: &Period,
) -> Result<Moved, DbError> {
    let supported = supported(conn, actor, &organization.id, period)?;
    let ids: Vec<String> = supported.iter().map(|s| s.metric.clone()).collect();
    let gave = !supported.is_empty();
    Ok(Moved {
        metrics: glance::of(core, conn, actor, &ids)?,
        decisions: participation::about(conn, actor, &ids)?,
        stories: match gave {
            true => retelling::about(conn, actor, &organization.id, &organization.name, &ids)?,
            false => Vec::new(),
        },
        supported,
    })
}

/// As templates show it; at most so many of each.
pub(super) fn shown(core: &Core, actor: &Actor, moved: &Moved, most: usize) -> Value {
    let slug = &actor.partnership.slug;
    let metrics: Vec<Value> = moved
        .metrics
        .iter()
        .take(most)
        .map(|m| {
            let gave = moved.supported.iter().find(|s| s.metric == m.id);
            json!({
                "name": m.name, "value": m.value, "unit": m.unit, "period": m.period,
                "before": m.before, "before_period": m.before_period, "spark": m.spark,
                "tone": m.tone, "status": m.status, "direction": m.direction,
                "href": format!("/p/{slug}{}", m.path),
                "gave": gave.map(|g| towards(core, actor, g)),
            })
        })
        .collect();
    let decisions: Vec<Value> = moved
        .decisions
        .iter()
        .take(most)
        .map(|d| {
            json!({"title": d.title, "expected": d.expected, "at": d.closed_at,
                   "href": format!("/p/{slug}/decisions/{}", d.decision_id)})
        })
        .collect();
    json!({
        "metrics": metrics,
        "decisions": decisions,
        "stories": moved.stories.iter().take(most).collect::<Vec<_>>(),
        "some": !moved.metrics.is_empty() || !moved.decisions.is_empty() || !moved.stories.is_empty(),
    })
}

/// `310 hours in 12 contributions went into this`.
fn towards(core: &Core, actor: &Actor, gave: &Supported) -> String {
    let hours = Decimal::new(gave.hours, 2).normalize();
    let mut args = Args::new();
    args.set("n", gave.contributions);
    let key = match hours.is_zero() {
        true => {
            let currency = actor.partnership.currency.code();
            let value = format::money(
                actor.lang,
                gave.value_minor,
                currency,
                format::MoneyStyle::Auto,
            );
            args.set("value", value);
            "partner-towards-value"
        }
        false => {
            args.set("hours", format::decimal(actor.lang, hours, None));
            "partner-towards-hours"
        }
    };
    core.renderer.text(actor.lang, key, &args)
}
