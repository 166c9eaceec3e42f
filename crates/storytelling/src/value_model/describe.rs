//! What the trace tells about models and frozen calculations.

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Direction, Fact, Node, Object};

use super::content::{Content, Outcome};
use super::error::Error;
use super::live::Live;
use super::readings::gather;
use super::{ValueCalculationId, ValueModelId, store};

/// Describes kinds `value_model` and `value_calculation`.
pub(super) struct Describer;

const MODEL: &str = "value_model";
const CALCULATION: &str = "value_calculation";

impl Describe for Describer {
    fn kinds(&self) -> &'static [&'static str] {
        &[MODEL, CALCULATION]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        _audience: Audience,
        _lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        // Assumptions and results are what a story's readers are entitled to check; names of inputs stand as they were given.
        let mut nodes = Vec::new();
        for id in ids {
            let node = match kind {
                MODEL => model(conn, partnership_id, id),
                _ => calculation(conn, partnership_id, id),
            };
            nodes.extend(node.map_err(db)?);
        }
        Ok(nodes)
    }

    fn implied(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        // A frozen calculation is linked to its sources when it is frozen; a model reads them afresh.
        if object.kind != MODEL || direction != Direction::Behind {
            return Ok(Vec::new());
        }
        let Ok(id) = ValueModelId::parse(&object.id) else {
            return Ok(Vec::new());
        };
        let Some(model) = store::find(conn, partnership_id, &id).map_err(db)? else {
            return Ok(Vec::new());
        };
        let (read, _) = gather(conn, &Live, partnership_id, &model.content).map_err(db)?;
        let mut sources: Vec<(String, Object)> = read
            .into_iter()
            .map(|r| ("comes_from".to_owned(), r.object))
            .collect();
        sources.sort();
        sources.dedup();
        Ok(sources)
    }
}

fn db(error: Error) -> DbError {
    match error {
        Error::Db(error) => error,
        other => DbError::Setup(other.to_string()),
    }
}

fn model(conn: &mut Conn, partnership_id: &str, id: &str) -> Result<Option<Node>, Error> {
    let Ok(id) = ValueModelId::parse(id) else {
        return Ok(None);
    };
    Ok(store::find(conn, partnership_id, &id)?.map(|model| Node {
        object: Object::new(MODEL, &model.id),
        title: model.content.name.clone(),
        summary: model.content.purpose.clone(),
        facts: assumptions(&model.content),
        href: Some(format!("/value-models/{}", model.id)),
        at: Some(model.updated_at),
        aggregated: false,
    }))
}

fn calculation(conn: &mut Conn, partnership_id: &str, id: &str) -> Result<Option<Node>, Error> {
    let Ok(id) = ValueCalculationId::parse(id) else {
        return Ok(None);
    };
    let Some(frozen) = store::calculation(conn, partnership_id, &id)? else {
        return Ok(None);
    };
    let made = &frozen.calculated;
    let ratio = |c: &backbone_finance::sroi::Calculation| {
        c.ratio
            .map_or("–".to_owned(), |r| format!("1 : {}", r.round_dp(1)))
    };
    let results = &made.results;
    let mut facts = vec![
        Fact {
            label: "value-low".into(),
            value: ratio(&results.low),
        },
        Fact {
            label: "value-high".into(),
            value: ratio(&results.high),
        },
        Fact {
            label: "value-version".into(),
            value: made.version.to_string(),
        },
        Fact {
            label: "value-fingerprint".into(),
            value: frozen.sha256.chars().take(16).collect(),
        },
    ];
    facts.extend(assumptions(&made.content));
    Ok(Some(Node {
        object: Object::new(CALCULATION, &frozen.id),
        title: ratio(&results.base),
        summary: made.content.name.clone(),
        facts,
        href: Some(format!(
            "/value-models/{}?version={}",
            made.model_id, made.version
        )),
        at: Some(frozen.created_at),
        aggregated: false,
    }))
}

/// Each assumption with its range and source.
fn assumptions(content: &Content) -> Vec<Fact> {
    let mut facts = vec![fact(
        "value-discount-rate",
        "",
        &content.discount_rate,
        " %",
    )];
    for outcome in &content.outcomes {
        facts.extend(of_outcome(outcome, content.currency.code()));
    }
    facts
}

fn of_outcome(outcome: &Outcome, currency: &str) -> Vec<Fact> {
    let name = outcome.name.as_str();
    vec![
        fact(
            "value-proxy",
            name,
            &outcome.proxy.amount,
            &format!(" {currency}"),
        ),
        fact("value-deadweight", name, &outcome.deadweight, " %"),
        fact("value-displacement", name, &outcome.displacement, " %"),
        fact("value-attribution", name, &outcome.attribution, " %"),
        fact("value-drop-off", name, &outcome.drop_off, " %"),
    ]
}

fn fact(label: &str, subject: &str, assumption: &super::Assumption, unit: &str) -> Fact {
    let mut value = String::new();
    if !subject.is_empty() {
        value.push_str(&format!("{subject}: "));
    }
    value.push_str(&format!("{}{unit}", assumption.base));
    let range = assumption.range();
    if range.is_uncertain() {
        value.push_str(&format!(" ({}–{})", range.smallest(), range.largest()));
    }
    if !assumption.source.is_empty() {
        value.push_str(&format!(". {}", assumption.source));
    }
    Fact {
        label: label.into(),
        value,
    }
}
