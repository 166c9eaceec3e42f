use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::Event;
use backbone_identity::attention::{Told, Words};
use backbone_identity::{Actor, directory};
use backbone_web::format::{self, MoneyStyle};

use crate::contribution::{Contribution, store};
use crate::request::{RequestId, store as requests};
use crate::view::name_of;

/// Sentences for what happened to contributions and requests.
pub(super) fn told(conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
    let of = |kind: &str| -> Vec<String> {
        let mine = events.iter().filter(|e| e.object.kind == kind);
        mine.map(|e| e.object.id.clone()).collect()
    };
    let found = store::find_many(conn, actor.tenant(), &of("contribution"))?;
    let by_id: HashMap<&str, &Contribution> = found.iter().map(|c| (c.id.as_str(), c)).collect();
    let names = directory::organizations(conn, actor.tenant())?;
    let mut told = Vec::new();
    for e in events {
        let said = match e.object.kind.as_str() {
            "contribution" => by_id.get(e.object.id.as_str()).and_then(|c| {
                let name = name_of(&names, &c.content.organization_id);
                let what = sentence(actor, e, c, name)?;
                Some((what, format!("/contributions/{}", c.id)))
            }),
            "contribution_request" => request(conn, actor, e)?,
            _ => None,
        };
        told.extend(said.map(|(what, path)| Told {
            seq: e.seq,
            what,
            path: Some(path),
        }));
    }
    Ok(told)
}

fn sentence(actor: &Actor, e: &Event, c: &Contribution, name: String) -> Option<Words> {
    let key = match e.kind.as_str() {
        "contribution.logged" => return Some(amount(actor, c, name)),
        "contribution.verified" => "contributions-told-verified",
        "contribution.queried" => "contributions-told-queried",
        "contribution.answered" => "contributions-told-answered",
        "contribution.corrected" => "contributions-told-corrected",
        "contribution.withdrawn" => "contributions-told-withdrawn",
        _ => return None,
    };
    Some(
        Words::new(key)
            .text("by", &e.actor_name)
            .text("name", name)
            .text("activity", &c.content.activity),
    )
}

/// `Bibliotheek Oost gave 46 hours: reading to children`.
pub(super) fn amount(actor: &Actor, c: &Contribution, name: String) -> Words {
    let keys = ("contributions-told-hours", "contributions-told-value");
    quantity(actor, c, keys)
        .text("name", name)
        .text("activity", &c.content.activity)
}

/// A message about how much was given: the first for hours, the second for an amount.
pub(super) fn quantity(
    actor: &Actor,
    c: &Contribution,
    (hours, value): (&'static str, &'static str),
) -> Words {
    match &c.content.given {
        Some(given) => Words::new(value).text(
            "value",
            format::money(
                actor.lang,
                given.minor,
                given.currency.code(),
                MoneyStyle::Auto,
            ),
        ),
        None => Words::new(hours)
            .text(
                "hours",
                format::decimal(actor.lang, c.content.hours.get(), None),
            )
            .number("n", plural(c.content.hours.get())),
    }
}

/// The number that chooses the plural: one for exactly one hour, many for everything else, broken hours included.
fn plural(hours: rust_decimal::Decimal) -> i64 {
    if hours == rust_decimal::Decimal::ONE {
        1
    } else {
        2
    }
}

fn request(conn: &mut Conn, actor: &Actor, e: &Event) -> Result<Option<(Words, String)>, DbError> {
    let key = match e.kind.as_str() {
        "contribution_request.sent" => "contributions-told-asked",
        "contribution_request.reminded" => "contributions-told-reminded",
        _ => return Ok(None),
    };
    let Ok(id) = e.object.id.parse::<RequestId>() else {
        return Ok(None);
    };
    Ok(requests::find(conn, actor.tenant(), &id)?.map(|r| {
        let n = e.data["people"].as_i64().unwrap_or(r.asks.len() as i64);
        let words = Words::new(key)
            .text("by", &e.actor_name)
            .number("n", n)
            .period("period", r.period.to_string());
        (words, "/contributions/requests".to_string())
    }))
}
