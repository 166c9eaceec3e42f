//! The form of a framework: what it shows, and what it reads back.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use backbone_db::DbError;
use backbone_identity::{Actor, Core};
use backbone_web::{Fields, Form, Problem};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use crate::body::store as bodies;
use crate::framework::{
    AtLeast, Conflict, Delegation, Framework, Group, Method, NewFramework, Norms, Pass, Quorum,
    Reasons, Results, Whole,
};
use crate::seat::store as seats;
use crate::view::{Say, show, some, typed};

const FIELDS: &[&str] = &[
    "name",
    "class",
    "words",
    "body_id",
    "about",
    "method",
    "pass",
    "pass_of",
    "reaching",
    "quorum_percent",
    "quorum_organizations",
    "discussion_days",
    "open_days",
    "grounds",
    "conflict",
    "reasons",
    "results",
    "secret",
    "changeable",
    "guests",
    "none_of_above",
    "shuffle",
    "close_early",
    "close_decided",
    "evidence",
    "turnout_from",
    "reopen_days",
    "review_months",
    "winners",
    "dots",
    "lowest",
    "highest",
    "budget",
    "from_minor",
    "up_to_minor",
    "delegated",
    "delegated_up_to",
    "quorum_backbone",
    "quorum_partner",
    "quorum_funder",
    "quorum_community",
    "quorum_public",
    "quorum_private",
    "quorum_civil",
    "block_backbone",
    "block_partner",
    "block_funder",
    "block_community",
    "block_public",
    "block_private",
    "block_civil",
    "active",
];

/// What was typed.
pub(super) fn typed_values(form: &Form) -> BTreeMap<String, String> {
    typed(form, FIELDS)
}

/// A framework as a new one is written.
pub(super) fn of(f: &Framework) -> NewFramework {
    NewFramework {
        body_id: f.body_id.as_ref().map(ToString::to_string),
        name: f.name.clone(),
        class: f.class.clone(),
        norms: f.norms.clone(),
        active: Some(f.active),
    }
}

/// A framework as the form shows it.
pub(super) fn values(new: &NewFramework) -> Value {
    let n = &new.norms;
    let tick = |on: bool| if on { "1" } else { "" };
    let major = |minor: Option<i64>| {
        minor
            .map(|m| Decimal::new(m, 2).normalize().to_string())
            .unwrap_or_default()
    };
    let mut form = json!({
        "name": new.name, "class": new.class, "words": n.words, "body_id": new.body_id.clone().unwrap_or_default(),
        "about": n.about, "method": n.method, "pass": format!("{}/{}", n.pass.numerator, n.pass.denominator),
        "pass_of": n.pass.of, "reaching": tick(n.pass.reaching), "quorum_percent": n.quorum.percent.to_string(),
        "quorum_organizations": n.quorum.organizations.to_string(), "discussion_days": n.discussion_days.to_string(),
        "open_days": n.open_days.to_string(), "grounds": n.grounds, "conflict": n.conflict, "reasons": n.reasons,
        "results": n.results, "secret": tick(n.secret), "changeable": tick(n.changeable), "guests": tick(n.guests),
        "none_of_above": tick(n.none_of_above), "shuffle": tick(n.shuffle), "close_early": tick(n.close_early), "close_decided": tick(n.close_decided),
        "evidence": tick(n.evidence), "turnout_from": n.turnout_from.to_string(), "reopen_days": n.reopen_days.to_string(),
        "review_months": n.review_months.to_string(), "winners": n.winners.to_string(), "dots": n.dots.to_string(),
        "lowest": n.lowest.to_string(), "highest": n.highest.to_string(), "budget": n.budget.to_string(),
        "from_minor": major(n.from_minor), "up_to_minor": major(n.up_to_minor),
        "delegated": n.delegated.as_ref().map(|d| d.seat_id.to_string()).unwrap_or_default(),
        "delegated_up_to": major(n.delegated.as_ref().and_then(|d| d.up_to_minor)),
        "active": tick(new.active.unwrap_or(true)),
    });
    for group in Group::ALL {
        let least = n.quorum.groups.iter().find(|g| g.group == group);
        form[format!("quorum_{}", group.as_str())] =
            json!(least.map(|g| g.seats.to_string()).unwrap_or_default());
        form[format!("block_{}", group.as_str())] = json!(tick(n.may_block.contains(&group)));
    }
    form
}

/// Reads the form.
///
/// # Errors
/// 422 for what is no number or no word of a vocabulary.
pub(super) fn read(
    form: &Form,
    before: &NewFramework,
    actor: &Actor,
) -> Result<NewFramework, Problem> {
    let mut fields = Fields::new();
    let f = &mut fields;
    let part = form
        .text("pass")
        .split_once('/')
        .and_then(|(n, d)| Some((n.trim().parse().ok()?, d.trim().parse().ok()?)));
    let (numerator, denominator) = part.unwrap_or_else(|| {
        f.fail("pass", "framework-pass");
        (1, 2)
    });
    let group = |prefix: &str, g: Group| form.text(&format!("{prefix}_{}", g.as_str())).to_string();
    let mut groups = Vec::new();
    for g in Group::ALL {
        let seats = number(f, form, &format!("quorum_{}", g.as_str()), 0);
        if seats > 0 {
            groups.push(AtLeast { group: g, seats });
        }
    }
    let delegated = f.parse_optional("delegated", form.text("delegated"));
    let norms = Norms {
        about: form.text("about").into(),
        words: form.text("words").into(),
        from_minor: amount(f, form, actor, "from_minor"),
        up_to_minor: amount(f, form, actor, "up_to_minor"),
        method: f
            .parse::<Method>("method", form.text("method"))
            .unwrap_or(Method::Majority),
        quorum: Quorum {
            percent: number(f, form, "quorum_percent", 0),
            organizations: number(f, form, "quorum_organizations", 0),
            groups,
        },
        pass: Pass {
            numerator,
            denominator,
            reaching: form.ticked("reaching"),
            of: f
                .parse::<Whole>("pass_of", form.text("pass_of"))
                .unwrap_or(Whole::Cast),
        },
        guests: form.ticked("guests"),
        discussion_days: number(f, form, "discussion_days", 0),
        open_days: number(f, form, "open_days", 7),
        may_block: Group::ALL
            .into_iter()
            .filter(|g| !group("block", *g).is_empty())
            .collect(),
        grounds: form.text("grounds").into(),
        conflict: f
            .parse::<Conflict>("conflict", form.text("conflict"))
            .unwrap_or(Conflict::Off),
        reasons: f
            .parse::<Reasons>("reasons", form.text("reasons"))
            .unwrap_or(Reasons::Off),
        changeable: form.ticked("changeable"),
        results: f
            .parse::<Results>("results", form.text("results"))
            .unwrap_or(Results::AfterClose),
        secret: form.ticked("secret"),
        turnout_from: number(f, form, "turnout_from", 5),
        none_of_above: form.ticked("none_of_above"),
        shuffle: form.ticked("shuffle"),
        close_early: form.ticked("close_early"),
        close_decided: form.ticked("close_decided"),
        reopen_days: number(f, form, "reopen_days", 0),
        review_months: number(f, form, "review_months", 0),
        delegated: delegated.map(|seat_id| Delegation {
            seat_id,
            up_to_minor: amount(f, form, actor, "delegated_up_to"),
        }),
        evidence: form.ticked("evidence"),
        winners: number(f, form, "winners", 1),
        dots: number(f, form, "dots", 10),
        lowest: number(f, form, "lowest", 0),
        highest: number(f, form, "highest", 5),
        budget: number(f, form, "budget", 0),
    };
    fields.finish()?;
    Ok(NewFramework {
        body_id: some(form.text("body_id")),
        name: form.text("name").into(),
        class: form.text("class").into(),
        norms,
        active: before.active,
    })
}

fn number<T: std::str::FromStr>(fields: &mut Fields, form: &Form, name: &str, empty: T) -> T {
    fields
        .parse_optional::<T>(name, form.text(name))
        .unwrap_or(empty)
}

fn amount(fields: &mut Fields, form: &Form, actor: &Actor, name: &str) -> Option<i64> {
    let text = form.text(name);
    if text.trim().is_empty() {
        return None;
    }
    fields
        .money(name, text, &actor.partnership.currency)
        .minor
        .to_i64()
}

/// The page with the form.
pub(super) async fn page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    own: Option<&Framework>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (bodies, seats) = core
        .db
        .read(move |c| Ok::<_, DbError>((bodies::all(c, &tenant)?, seats::all(c, &tenant)?)))
        .await?;
    let say = Say::new(core, actor.lang);
    data["bodies"] = bodies
        .iter()
        .filter(|b| b.active)
        .map(|b| json!({"value": b.id, "label": b.name}))
        .collect();
    let titled = seats.iter().filter(|s| !s.title.is_empty());
    data["seats"] = titled
        .map(|s| {
            let body = bodies
                .iter()
                .find(|b| b.id == s.body_id)
                .map(|b| b.name.as_str())
                .unwrap_or_default();
            json!({"value": s.id, "label": format!("{}, {body}", s.title)})
        })
        .collect();
    data["methods"] = say.options("method", Method::ALL.iter().map(|m| m.as_str()));
    data["wholes"] = say.options("whole", Whole::ALL.iter().map(|m| m.as_str()));
    data["conflicts"] = say.options("conflict", Conflict::ALL.iter().map(|m| m.as_str()));
    data["reasons"] = say.options("reasons", Reasons::ALL.iter().map(|m| m.as_str()));
    data["results"] = say.options("results", Results::ALL.iter().map(|m| m.as_str()));
    let groups: Vec<Value> = Group::ALL
        .iter()
        .map(|g| {
            let (quorum, block) = (
                format!("quorum_{}", g.as_str()),
                format!("block_{}", g.as_str()),
            );
            json!({"label": say.of("group", g.as_str()), "quorum": quorum, "block": block,
                   "seats": data["form"][&quorum], "may_block": data["form"][&block] == "1"})
        })
        .collect();
    data["groups"] = json!(groups);
    data["framework"] = json!(own);
    let title = say.word(if own.is_some() {
        "framework-edit"
    } else {
        "framework-new"
    });
    show(
        core,
        req,
        actor,
        status,
        "decisions/framework-form",
        title,
        data,
    )
}
