//! A metric's form: what was typed becomes a definition, and a definition fills the form.

use backbone_db::Dec;
use backbone_ingest::period::{Period, Reading};
use backbone_web::fields::parse_decimal;
use backbone_web::{Fields, Form, Problem};

use super::define::NewMetric;
use super::show::Words;
use super::{Definition, Metric, Owner, Target, Thresholds};

/// Reads the form. What it does not ask about stays as it is in `base`.
///
/// # Errors
/// 422 with every field that cannot be read.
pub(crate) fn read(form: &Form, base: Definition) -> Result<NewMetric, Problem> {
    let mut fields = Fields::new();
    let text = |name: &str| form.text(name).to_string();
    let baseline = target(
        &mut fields,
        "baseline",
        form.text("baseline_period"),
        form.text("baseline_value"),
    );
    let targets = targets(&mut fields, form);
    let objective_id = match form.text("objective_id") {
        "" => None,
        id => fields.parse("objective_id", id),
    };
    let definition = Definition {
        meaning: text("meaning"),
        unit: text("unit"),
        kind: fields.parse("kind", form.text("kind")).unwrap_or(base.kind),
        decimals: fields
            .parse("decimals", form.text("decimals"))
            .unwrap_or(base.decimals),
        direction: fields
            .parse("direction", form.text("direction"))
            .unwrap_or(base.direction),
        range_low: number(&mut fields, "range_low", form.text("range_low")),
        range_high: number(&mut fields, "range_high", form.text("range_high")),
        baseline,
        targets,
        thresholds: Thresholds {
            kind: base.thresholds.kind,
            on: number(&mut fields, "threshold_on", form.text("threshold_on"))
                .unwrap_or_else(|| base.thresholds.on.clone()),
            watch: number(&mut fields, "threshold_watch", form.text("threshold_watch"))
                .unwrap_or_else(|| base.thresholds.watch.clone()),
        },
        frequency: fields
            .parse("frequency", form.text("frequency"))
            .unwrap_or(base.frequency),
        across_organizations: fields
            .parse("across_organizations", form.text("across_organizations"))
            .unwrap_or(base.across_organizations),
        owner: Owner {
            name: text("owner"),
            ..base.owner.clone()
        },
        source: text("source"),
        level: fields
            .parse("level", form.text("level"))
            .unwrap_or(base.level),
        measurers: fields
            .parse("measurers", form.text("measurers"))
            .unwrap_or(base.measurers),
        ..base
    };
    fields.finish()?;
    Ok(NewMetric {
        name: text("name"),
        perspective: text("perspective"),
        objective_id,
        why: text("why"),
        public: form.ticked("public"),
        definition,
    })
}

fn number(fields: &mut Fields, name: &str, text: &str) -> Option<Dec> {
    if text.trim().is_empty() {
        return None;
    }
    let found = parse_decimal(text).map(Dec::new);
    if found.is_none() {
        fields.fail(name, "not-a-number");
    }
    found
}

fn target(fields: &mut Fields, name: &str, period: &str, value: &str) -> Option<Target> {
    if period.trim().is_empty() && value.trim().is_empty() {
        return None;
    }
    let value = number(fields, &format!("{name}_value"), value);
    let found = period
        .parse::<Period>()
        .or_else(|_| Reading::default().read(period))
        .ok();
    if found.is_none() {
        fields.fail(&format!("{name}_period"), "metrics-period");
    }
    if value.is_none() && !fields.has(&format!("{name}_value")) {
        fields.fail(&format!("{name}_value"), "required");
    }
    Some(Target {
        period: found?,
        value: value?,
    })
}

/// The target points, one a row; rows that are left empty count for nothing. An error names the field of the rows.
fn targets(fields: &mut Fields, form: &Form) -> Vec<Target> {
    let values = form.all("target_value");
    let mut points = Vec::new();
    for (at, period) in form.all("target_period").iter().enumerate() {
        let mut row = Fields::new();
        let value = values.get(at).map_or("", String::as_str);
        points.extend(target(&mut row, "row", period, value));
        if row.finish().is_err() && !fields.has("targets") {
            let args = [("n", (at + 1).to_string())];
            fields.fail_with("targets", "metrics-target-row", &args);
        }
    }
    points
}

/// The form filled from a metric, with periods in the reader's words.
pub(crate) fn filled(w: &Words<'_>, metric: &Metric) -> Form {
    let d = &metric.definition;
    let dec = |d: &Option<Dec>| d.as_ref().map(ToString::to_string).unwrap_or_default();
    let pair = |t: Option<&Target>| {
        t.map(|t| (w.typed(&t.period), t.value.to_string()))
            .unwrap_or_default()
    };
    let (baseline_period, baseline_value) = pair(d.baseline.as_ref());
    let mut pairs = vec![
        ("name", metric.name.clone()),
        ("perspective", metric.perspective_id.to_string()),
        ("meaning", d.meaning.clone()),
        ("unit", d.unit.clone()),
        ("kind", d.kind.to_string()),
        ("decimals", d.decimals.to_string()),
        ("direction", d.direction.to_string()),
        ("range_low", dec(&d.range_low)),
        ("range_high", dec(&d.range_high)),
        ("baseline_period", baseline_period),
        ("baseline_value", baseline_value),
        (
            "objective_id",
            metric
                .objective_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
        ("threshold_on", d.thresholds.on.to_string()),
        ("threshold_watch", d.thresholds.watch.to_string()),
        ("frequency", d.frequency.to_string()),
        ("across_organizations", d.across_organizations.to_string()),
        ("owner", d.owner.name.clone()),
        ("source", d.source.clone()),
        ("level", d.level.to_string()),
        ("measurers", d.measurers.to_string()),
    ];
    for target in &d.targets {
        pairs.push(("target_period", w.typed(&target.period)));
        pairs.push(("target_value", target.value.to_string()));
    }
    if metric.public {
        pairs.push(("public", "true".into()));
    }
    Form::from_pairs(pairs)
}
