//! "How we calculated this": a calculation as the page shows it.

use backbone_charts::{Chart, PHONE, on_page};
use backbone_finance::Decimal;
use backbone_finance::cash_flow::Irr;
use backbone_finance::sroi::{Field, Influence, Step, Threshold};
use backbone_web::SafeHtml;
use serde_json::{Value, json};

use super::super::calculate::Calculated;
use super::super::charts;
use super::super::content::{Assumption, Content, Outcome};
use super::super::export::years;
use super::super::figure::{FigureKind, figure};
use super::super::words::{Words, ratio_sentence};

/// Pictures for a desk are drawn at this width.
const WIDTH: u32 = 960;

/// The results.
pub(super) fn results(words: &Words<'_>, made: &Calculated) -> Value {
    let base = &made.results.base;
    let ratio_range = |width| charts::ratio_range(words, &made.results, width);
    let gross_to_net = |width| charts::gross_to_net(words, base, width);
    json!({
        "headline": headline(words, made),
        "sentence": ratio_sentence(words.catalogue, words.lang, &made.results),
        "range": ratio_range(WIDTH).zip(ratio_range(PHONE)).map(|(desk, phone)| chart(on_page("value-range", desk, phone))),
        "waterfall": chart(on_page("value-waterfall", gross_to_net(WIDTH), gross_to_net(PHONE))),
        "figures": FigureKind::ALL.iter().map(|kind| line(words, made, *kind)).collect::<Vec<_>>(),
        "outcomes": made.content.outcomes.iter().map(|o| outcome(words, made, o)).collect::<Vec<_>>(),
        "inputs": base.inputs.iter().map(|i| json!({
            "name": i.name,
            "year": made.content.first_year + i32::from(i.year),
            "amount": words.exact(i.amount),
            "present_value": words.exact(i.present_value),
        })).collect::<Vec<_>>(),
        "totals": steps(words, base.steps.iter().filter(|s| s.id.starts_with("total.") || s.id.starts_with("input."))),
        "years": table(words, made),
        "sensitivity": made.sensitivity.iter().take(8).map(|i| influence(words, made, i)).collect::<Vec<_>>(),
        "break_even": break_even(words, made),
        "readings": made.readings.iter().map(|r| json!({
            "label": r.label,
            "year": r.year,
            "value": match r.year {
                Some(_) => words.exact(r.value.get()),
                None => words.number(r.value.get(), 4),
            },
        })).collect::<Vec<_>>(),
    })
}

fn chart(chart: Chart) -> Value {
    json!({"svg": SafeHtml::trusted(chart.svg), "table": chart.table})
}

fn headline(words: &Words<'_>, made: &Calculated) -> String {
    let results = &made.results;
    match (results.low.ratio, results.base.ratio, results.high.ratio) {
        (Some(low), Some(base), Some(high)) => words.say(
            "value-headline",
            &[
                ("one", words.money(Decimal::ONE)),
                ("base", words.money(base.round_dp(1))),
                ("low", words.money(low.round_dp(1))),
                ("high", words.money(high.round_dp(1))),
            ],
        ),
        _ => words.text("value-note-no-investment"),
    }
}

fn line(words: &Words<'_>, made: &Calculated, kind: FigureKind) -> Value {
    let figure = figure(&made.results, kind);
    let text =
        |value: &Option<backbone_db::Dec>| words.figure(&figure, value.as_ref().map(|v| v.get()));
    let mut note = figure.note.as_deref().map(|key| words.text(key));
    if let (FigureKind::Irr, Irr::Multiple { rates }) = (kind, &made.results.base.irr) {
        let rates: Vec<String> = rates
            .iter()
            .filter_map(|r| r.checked_mul(Decimal::ONE_HUNDRED))
            .map(|r| words.percent(r))
            .collect();
        note = note.map(|n| format!("{n} ({})", rates.join("; ")));
    }
    json!({
        "label": words.text(&format!("value-{}", kind.as_str().replace('_', "-"))),
        "low": text(&figure.low),
        "base": text(&figure.base),
        "high": text(&figure.high),
        "note": note,
    })
}

fn steps<'a>(words: &Words<'_>, steps: impl Iterator<Item = &'a Step>) -> Value {
    steps
        .map(|step| {
            json!({
                "label": words.text(&step.label_key),
                "formula": step.formula_with(|value, unit| words.piece(value, unit)),
                "value": step.value.map_or("–".to_owned(), |v| words.piece(v, step.unit)),
            })
        })
        .collect()
}

fn outcome(words: &Words<'_>, made: &Calculated, outcome: &Outcome) -> Value {
    let base = &made.results.base;
    let value = base.outcomes.iter().find(|o| o.id == outcome.id);
    let own = || {
        base.steps
            .iter()
            .filter(|s| s.subject.as_deref() == Some(&outcome.id))
    };
    let by_year: Vec<Value> = value
        .iter()
        .flat_map(|v| &v.years)
        .map(|year| {
            json!({
                "year": made.content.first_year + i32::from(year.year),
                "lines": steps(words, own().filter(|s| s.year == Some(year.year))),
            })
        })
        .collect();
    let worth = value.map_or(Decimal::ZERO, |v| v.present_value);
    let claims: Vec<Value> = outcome
        .claims
        .iter()
        .map(|claim| {
            let part = claim.share.get().checked_mul(worth);
            let part = part.map_or(Decimal::ZERO, |p| p / Decimal::ONE_HUNDRED);
            json!({
                "organization": claim.organization,
                "share": words.percent(claim.share.get()),
                "value": words.money(part),
            })
        })
        .collect();
    json!({
        "name": outcome.name,
        "who": outcome.beneficiaries,
        "worth": words.money(worth),
        "why": outcome.materiality,
        "years": by_year,
        "assumptions": assumptions(words, outcome, value.map(|v| v.quantity)),
        "claims": claims,
    })
}

/// Each assumption of an outcome, with its range and where it comes from.
fn assumptions(words: &Words<'_>, outcome: &Outcome, quantity: Option<Decimal>) -> Value {
    let mut rows = Vec::new();
    let mut row =
        |key: &str, assumption: &Assumption, link: &str, write: &dyn Fn(Decimal) -> String| {
            rows.push(json!({
                "label": words.text(key),
                "value": ranged(words, assumption, write),
                "source": assumption.source,
                "link": link,
            }));
        };
    let percent = |v: Decimal| words.percent(v);
    let read = Assumption::exactly(
        quantity.unwrap_or_default(),
        &words.text("value-from-metric"),
    );
    let counted = outcome.quantity.value.as_ref().unwrap_or(&read);
    let units = |v: Decimal| {
        format!("{} {}", words.number(v, 4), outcome.quantity.unit)
            .trim_end()
            .to_owned()
    };
    row("value-quantity", counted, "", &units);
    row(
        "value-proxy",
        &outcome.proxy.amount,
        &outcome.proxy.link,
        &|v| words.exact(v),
    );
    row("value-deadweight", &outcome.deadweight, "", &percent);
    row("value-displacement", &outcome.displacement, "", &percent);
    row("value-attribution", &outcome.attribution, "", &percent);
    row("value-drop-off", &outcome.drop_off, "", &percent);
    let years = outcome.duration.range();
    let lasts = Assumption {
        low: Some(Decimal::from(years.low).into()),
        base: Decimal::from(years.base).into(),
        high: Some(Decimal::from(years.high).into()),
        source: outcome.duration.source.clone(),
    };
    row("value-duration", &lasts, "", &|v| words.years(v));
    Value::Array(rows)
}

/// `30 % (20 % to 40 %)`
fn ranged(words: &Words<'_>, assumption: &Assumption, write: &dyn Fn(Decimal) -> String) -> String {
    let range = assumption.range();
    let base = write(range.base);
    if !range.is_uncertain() {
        return base;
    }
    let args = [
        ("base", base),
        ("low", write(range.smallest())),
        ("high", write(range.largest())),
    ];
    words.say("value-ranged", &args)
}

fn table(words: &Words<'_>, made: &Calculated) -> Value {
    years(made, &made.results.base)
        .into_iter()
        .map(|row| {
            json!({
                "year": row.year,
                "inputs": words.exact(row.inputs),
                "benefits": words.exact(row.benefits),
                "pv_inputs": words.exact(row.pv_inputs),
                "pv_benefits": words.exact(row.pv_benefits),
                "running": words.exact(row.running),
            })
        })
        .collect()
}

fn influence(words: &Words<'_>, made: &Calculated, influence: &Influence) -> Value {
    let write = |value: Decimal| match influence.assumption.field {
        Field::Amount | Field::Proxy => words.money(value),
        Field::Quantity => words.number(value, 4),
        Field::Duration => words.years(value),
        _ => words.percent(value),
    };
    let subject = influence.assumption.subject.as_deref();
    json!({
        "label": words.text(field_key(influence.assumption.field)),
        "subject": subject.and_then(|id| made.content.name_of(id)),
        "worst": write(influence.worst_value),
        "best": write(influence.best_value),
        "lowest": words.ratio(influence.lowest_ratio),
        "highest": words.ratio(influence.highest_ratio),
    })
}

fn field_key(field: Field) -> &'static str {
    match field {
        Field::Amount => "value-input-amount",
        Field::Quantity => "value-quantity",
        Field::Proxy => "value-proxy",
        Field::Deadweight => "value-deadweight",
        Field::Displacement => "value-displacement",
        Field::Attribution => "value-attribution",
        Field::DropOff => "value-drop-off",
        Field::Duration => "value-duration",
        Field::DiscountRate => "value-discount-rate",
        Field::Horizon => "value-horizon",
        Field::Id | Field::Year | Field::StartYear => "value-year",
    }
}

fn break_even(words: &Words<'_>, made: &Calculated) -> String {
    match made.break_even.all {
        Threshold::At { percent } => words.say(
            "value-break-even-at",
            &[("percent", words.percent(percent))],
        ),
        Threshold::AlwaysAbove => words.text("value-break-even-always"),
        Threshold::NeverAbove => words.text("value-break-even-never"),
    }
}

/// What the model says about itself, whether or not it can be calculated.
pub(super) fn about(words: &Words<'_>, content: &Content) -> Value {
    let convention = content.convention.as_str().replace('_', "-");
    json!({
        "purpose": content.purpose,
        "period": words.say("value-period-text", &[
            ("first", content.first_year.to_string()),
            ("last", content.last_year.to_string()),
            ("horizon", content.horizon.to_string()),
        ]),
        "discount": ranged(words, &content.discount_rate, &|v| words.percent(v)),
        "discount_source": content.discount_rate.source,
        "convention": words.text(&format!("value-convention-{convention}")),
        "left_out": content.materiality,
    })
}
