//! Everything that keeps a model from being saved, each problem at its field. Pure.

use backbone_db::Currency;
use backbone_finance::Decimal;
use backbone_finance::share::{Claims, Share, ShareError};
use backbone_finance::sroi::{Field, ProblemKind};
use backbone_web::problem::FieldError;
use chrono::Datelike;

use super::content::{Assumption, Content, Input, Outcome};
use super::resolve::resolve;

/// Inputs and outcomes at most, each.
const MOST: usize = 40;
const KINDS: [&str; 4] = ["time", "talent", "treasure", "in_kind"];

/// The problems of a model in a partnership that counts in `home`. Field names are paths in the JSON body and names in the form.
pub(super) fn check(content: &Content, home: &Currency) -> Vec<FieldError> {
    let mut found = Found::default();
    found.text("name", &content.name, 200, true);
    found.text("purpose", &content.purpose, 4000, false);
    found.text("materiality", &content.materiality, 4000, false);
    let years = 1900..=2200;
    if !years.contains(&content.first_year) {
        found.with(
            "first_year",
            "out-of-range",
            &[("min", "1900".into()), ("max", "2200".into())],
        );
    }
    if content.last_year < content.first_year {
        found.add("last_year", "vm-period-reversed");
    } else if content.last_year - content.first_year >= i32::from(content.horizon.max(1)) {
        found.with(
            "horizon",
            "vm-horizon-too-short",
            &[("year", content.last_year.to_string())],
        );
    }
    found.source("discount_rate", &content.discount_rate);
    if iso_currency::Currency::from_code(content.currency.code()).is_none() {
        found.add("currency", "vm-currency");
    }
    if content.inputs.len() > MOST {
        found.with("inputs", "vm-too-many", &[("max", MOST.to_string())]);
    }
    if content.outcomes.len() > MOST {
        found.with("outcomes", "vm-too-many", &[("max", MOST.to_string())]);
    }
    for (i, input) in content.inputs.iter().enumerate() {
        found.input(&format!("inputs.{i}"), input, content, home);
    }
    for (i, outcome) in content.outcomes.iter().enumerate() {
        found.outcome(&format!("outcomes.{i}"), outcome, content);
    }
    found.numbers(content);
    found.0
}

#[derive(Default)]
struct Found(Vec<FieldError>);

impl Found {
    fn add(&mut self, field: &str, code: &'static str) {
        self.with(field, code, &[]);
    }

    /// The first problem of a field is told; a second would only repeat it.
    fn with(&mut self, field: &str, code: &'static str, args: &[(&'static str, String)]) {
        if !self.0.iter().any(|e| e.field == field) {
            self.0.push(FieldError {
                field: field.into(),
                code,
                args: args.to_vec(),
            });
        }
    }

    fn text(&mut self, field: &str, value: &str, max: usize, required: bool) {
        if required && value.trim().is_empty() {
            self.add(field, "required");
        }
        if value.chars().count() > max {
            self.with(field, "too-long", &[("max", max.to_string())]);
        }
    }

    /// An assumption that carries weight says where it comes from.
    fn source(&mut self, path: &str, assumption: &Assumption) {
        let field = format!("{path}.source");
        if assumption.source.trim().is_empty() {
            self.add(&field, "vm-source");
        }
        self.text(&field, &assumption.source, 2000, false);
    }

    fn input(&mut self, path: &str, input: &Input, content: &Content, home: &Currency) {
        self.text(&format!("{path}.name"), &input.name, 200, true);
        match (&input.contributions, &input.amount) {
            (Some(binding), None) => {
                let first = content.first_year;
                let last = first.saturating_add(i32::from(content.horizon));
                if binding.to < binding.from {
                    self.add(&format!("{path}.contributions.to"), "vm-period-reversed");
                }
                if binding.from.year() < first {
                    let args = [("year", first.to_string())];
                    self.with(
                        &format!("{path}.contributions.from"),
                        "vm-before-start",
                        &args,
                    );
                }
                if binding.to.year() >= last {
                    let args = [("year", (last - 1).to_string())];
                    self.with(
                        &format!("{path}.contributions.to"),
                        "vm-beyond-horizon",
                        &args,
                    );
                }
                if binding.kinds.iter().any(|k| !KINDS.contains(&k.as_str())) {
                    self.add(&format!("{path}.contributions.kinds"), "not-understood");
                }
                if content.currency != *home {
                    self.with(
                        "currency",
                        "vm-currency-of-contributions",
                        &[("currency", home.to_string())],
                    );
                }
            }
            (None, Some(amount)) => {
                self.source(&format!("{path}.amount"), amount);
                let places = content.currency.exponent();
                for (end, value) in [
                    ("low", &amount.low),
                    ("base", &Some(amount.base.clone())),
                    ("high", &amount.high),
                ] {
                    if value
                        .as_ref()
                        .is_some_and(|v| v.get().normalize().scale() > places)
                    {
                        self.with(
                            &format!("{path}.amount.{end}"),
                            "too-many-decimals",
                            &[("max", places.to_string())],
                        );
                    }
                }
                match input.year {
                    None => self.add(&format!("{path}.year"), "required"),
                    Some(year) => self.year(&format!("{path}.year"), year, content),
                }
            }
            _ => self.add(&format!("{path}.amount.base"), "vm-one-kind-of-input"),
        }
    }

    fn outcome(&mut self, path: &str, outcome: &Outcome, content: &Content) {
        self.text(&format!("{path}.name"), &outcome.name, 200, true);
        self.text(
            &format!("{path}.beneficiaries"),
            &outcome.beneficiaries,
            400,
            false,
        );
        self.text(
            &format!("{path}.materiality"),
            &outcome.materiality,
            2000,
            false,
        );
        match (&outcome.quantity.metric, &outcome.quantity.value) {
            (Some(metric), None) => {
                if metric.metric.trim().is_empty() {
                    self.add(&format!("{path}.quantity.metric.metric"), "required");
                }
                let period = metric.period.as_deref().unwrap_or_default();
                if metric.reading == super::MetricReading::At && period.trim().is_empty() {
                    self.add(&format!("{path}.quantity.metric.period"), "required");
                }
                let percent = [("less", &metric.less, 100), ("more", &metric.more, 1000)];
                for (end, value, most) in percent {
                    let most = Decimal::from(most);
                    let outside = |v: &backbone_db::Dec| v.get() < Decimal::ZERO || v.get() > most;
                    if value.as_ref().is_some_and(outside) {
                        let args = [("min", "0".to_string()), ("max", most.to_string())];
                        self.with(
                            &format!("{path}.quantity.metric.{end}"),
                            "out-of-range",
                            &args,
                        );
                    }
                }
            }
            (None, Some(value)) => self.source(&format!("{path}.quantity.value"), value),
            _ => self.add(
                &format!("{path}.quantity.value.base"),
                "vm-one-kind-of-quantity",
            ),
        }
        self.source(&format!("{path}.proxy"), &outcome.proxy.amount);
        let link = outcome.proxy.link.trim();
        if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
            self.add(&format!("{path}.proxy.link"), "vm-link");
        }
        for (name, assumption) in [
            ("deadweight", &outcome.deadweight),
            ("displacement", &outcome.displacement),
            ("attribution", &outcome.attribution),
            ("drop_off", &outcome.drop_off),
        ] {
            if !assumption.base.get().is_zero() || assumption.range().is_uncertain() {
                self.source(&format!("{path}.{name}"), assumption);
            }
        }
        self.year(&format!("{path}.start_year"), outcome.start_year, content);
        self.claims(path, outcome);
    }

    fn year(&mut self, field: &str, year: i32, content: &Content) {
        let last = content
            .first_year
            .saturating_add(i32::from(content.horizon) - 1);
        if year < content.first_year {
            self.with(
                field,
                "vm-before-start",
                &[("year", content.first_year.to_string())],
            );
        } else if year > last {
            self.with(field, "vm-beyond-horizon", &[("year", last.to_string())]);
        }
    }

    fn claims(&mut self, path: &str, outcome: &Outcome) {
        let field = format!("{path}.claims");
        let mut claims: Claims<&str> = Claims::new();
        for claim in &outcome.claims {
            let name = claim.organization.trim();
            if name.is_empty() {
                self.add(&field, "vm-claim-nameless");
            }
            if claims.iter().any(|(who, _)| *who == name) {
                self.with(&field, "vm-claim-twice", &[("name", name.to_string())]);
            }
            let made = Share::new(claim.share.get()).and_then(|share| claims.claim(name, share));
            match made {
                Ok(()) => {}
                Err(ShareError::OutOfRange(_)) => {
                    self.with(&field, "vm-claim-range", &[("name", name.to_string())])
                }
                Err(ShareError::Exceeds { asked, left, .. }) => {
                    let args = [
                        ("name", name.to_string()),
                        ("asked", asked.to_string()),
                        ("left", left.to_string()),
                    ];
                    self.with(&field, "vm-claims-exceed", &args);
                }
            }
        }
    }

    /// What the mathematics refuses, told at our fields. Readings are not needed for it.
    fn numbers(&mut self, content: &Content) {
        let content = content.clone().with_ids();
        let Ok(model) = resolve(&content, &[]) else {
            return;
        };
        for problem in model.problems() {
            let path = path_of(&content, problem.subject.as_deref(), problem.field);
            let (code, args): (&'static str, Vec<(&'static str, String)>) = match problem.kind {
                ProblemKind::Negative { .. } => ("vm-negative", Vec::new()),
                ProblemKind::PercentOutside { least, most, .. } => (
                    "vm-percent",
                    vec![("min", least.to_string()), ("max", most.to_string())],
                ),
                ProblemKind::BaseOutsideRange { low, high, .. } => (
                    "vm-base-outside",
                    vec![("low", low.to_string()), ("high", high.to_string())],
                ),
                ProblemKind::NoDuration => ("vm-no-duration", Vec::new()),
                ProblemKind::HorizonOutside { most, .. } => (
                    "out-of-range",
                    vec![("min", "1".into()), ("max", most.to_string())],
                ),
                // Years are checked above, where they are still calendar years.
                ProblemKind::BeyondHorizon { .. } => continue,
                ProblemKind::IdNotUnique { id } => ("vm-id-twice", vec![("id", id)]),
            };
            self.with(&path, code, &args);
        }
    }
}

fn path_of(content: &Content, subject: Option<&str>, field: Field) -> String {
    let place = |id: &str| {
        let input = content.inputs.iter().position(|i| i.id == id);
        let outcome = content.outcomes.iter().position(|o| o.id == id);
        match (input, outcome) {
            (Some(i), _) => format!("inputs.{i}."),
            (_, Some(i)) => format!("outcomes.{i}."),
            _ => String::new(),
        }
    };
    let part = match field {
        Field::Id => "id",
        Field::Amount => "amount.base",
        Field::Year => "year",
        Field::Quantity => "quantity.value.base",
        Field::Proxy => "proxy.base",
        Field::Deadweight => "deadweight.base",
        Field::Displacement => "displacement.base",
        Field::Attribution => "attribution.base",
        Field::DropOff => "drop_off.base",
        Field::Duration => "duration.base",
        Field::StartYear => "start_year",
        Field::DiscountRate => "discount_rate.base",
        Field::Horizon => "horizon",
    };
    format!("{}{part}", subject.map(place).unwrap_or_default())
}

#[cfg(test)]
mod tests;
