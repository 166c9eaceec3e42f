//! Figures of value models.

use backbone_db::{Conn, DbError, Dec};
use backbone_events::Object;
use backbone_identity::Actor;
use backbone_web::Args;

use super::readings::{Asked, Choice, Explained};
use super::{Concern, ModelResult, Reading, Unit};
use crate::value_model::{
    Error, FigureKind, FigureUnit, FigureValue, Live, ValueModelId, calculate, figure, freeze, list,
};
use crate::words;

/// What the model says now; missing when it cannot be calculated (a metric without value, a retired or foreign model).
pub(super) fn read(
    conn: &mut Conn,
    asked: &Asked,
    model: &str,
    result: ModelResult,
) -> Result<Reading, DbError> {
    let Ok(id) = ValueModelId::parse(model) else {
        return Ok(Reading::missing());
    };
    let calculated = match calculate(conn, &Live, &asked.partnership, &id) {
        Ok(calculated) => calculated,
        Err(Error::Db(e)) => return Err(e),
        Err(_) => return Ok(Reading::missing()),
    };
    let kind = match result {
        ModelResult::Ratio | ModelResult::RatioLow | ModelResult::RatioHigh => FigureKind::Ratio,
        ModelResult::Npv => FigureKind::Npv,
        ModelResult::Invested => FigureKind::PvInvestment,
        ModelResult::Created => FigureKind::PvBenefits,
        ModelResult::Payback => FigureKind::Payback,
        ModelResult::Irr => FigureKind::Irr,
    };
    let found: FigureValue = figure(&calculated.results, kind);
    let value: Option<Dec> = match result {
        ModelResult::RatioLow => found.low,
        ModelResult::RatioHigh => found.high,
        _ => found.base,
    };
    let unit = match found.unit {
        FigureUnit::Ratio => Unit::Ratio,
        FigureUnit::Money => Unit::Money(calculated.content.currency.code().into()),
        FigureUnit::Percent => Unit::Percent,
        FigureUnit::Years => Unit::Named(words::text(asked.lang, "story-unit-years", &Args::new())),
    };
    Ok(Reading {
        concerns: if value.is_none() {
            vec![Concern::Missing]
        } else {
            Vec::new()
        },
        value,
        unit,
        period: String::new(),
        token: calculated.token,
        sources: vec![Object::new("value_model", &id)],
    })
}

/// The models that figures can be bound to.
pub(super) fn choices(conn: &mut Conn, asked: &Asked) -> Result<Vec<Choice>, DbError> {
    Ok(list(conn, &asked.partnership, None, 500, false)
        .map_err(database)?
        .into_iter()
        .map(|m| Choice {
            id: m.id.to_string(),
            name: m.content.name,
        })
        .collect())
}

/// The model's convention and assumptions, one a line.
pub(super) fn explain(conn: &mut Conn, asked: &Asked, model: &str) -> Result<Explained, DbError> {
    let Ok(id) = ValueModelId::parse(model) else {
        return Ok(Explained::default());
    };
    let calculated = match calculate(conn, &Live, &asked.partnership, &id) {
        Ok(calculated) => calculated,
        Err(Error::Db(e)) => return Err(e),
        Err(_) => return Ok(Explained::default()),
    };
    Ok(Explained {
        lines: lines(asked, &calculated.content),
        name: calculated.content.name,
    })
}

/// Keeps the calculation as it is now.
pub(super) fn pin(conn: &mut Conn, actor: &Actor, model: &str) -> Result<Option<Object>, DbError> {
    let Ok(id) = ValueModelId::parse(model) else {
        return Ok(None);
    };
    match freeze(conn, &Live, actor, &id) {
        Ok(frozen) => Ok(Some(Object::new("value_calculation", &frozen.id))),
        Err(e) => Err(database(e)),
    }
}

fn database(e: Error) -> DbError {
    match e {
        Error::Db(e) => e,
        other => DbError::Setup(other.to_string()),
    }
}

/// The rate, and for each outcome what was assumed: with its range, and where the assumption comes from.
fn lines(asked: &Asked, content: &crate::value_model::Content) -> Vec<String> {
    let lang = asked.lang;
    let rate = |a: &crate::value_model::Assumption| -> String {
        let one = |d: &Dec| backbone_web::format::decimal(lang, d.get(), None);
        match (&a.low, &a.high) {
            (Some(low), Some(high)) if low != high => {
                let mut args = Args::new();
                args.set("base", one(&a.base));
                args.set("low", one(low));
                args.set("high", one(high));
                words::text(lang, "story-assumption-range", &args)
            }
            _ => one(&a.base),
        }
    };
    let mut all = Vec::new();
    let mut args = Args::new();
    args.set("first", content.first_year.to_string());
    args.set("last", content.last_year.to_string());
    args.set("rate", rate(&content.discount_rate));
    args.set("source", content.discount_rate.source.clone());
    all.push(words::text(lang, "story-assumption-discount", &args));
    for o in &content.outcomes {
        let mut args = Args::new();
        args.set("outcome", o.name.clone());
        args.set("worth", rate(&o.proxy.amount));
        args.set("currency", content.currency.code().to_string());
        args.set("source", o.proxy.amount.source.clone());
        args.set("deadweight", rate(&o.deadweight));
        args.set("displacement", rate(&o.displacement));
        args.set("attribution", rate(&o.attribution));
        args.set("dropoff", rate(&o.drop_off));
        all.push(words::text(lang, "story-assumption-outcome", &args));
    }
    all
}
