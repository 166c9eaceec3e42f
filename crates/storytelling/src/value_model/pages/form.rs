//! The form of a model: every value under the path that it has in the JSON body, rows added and removed by submit buttons, so
//! that it works without script and nothing typed is lost.

use std::collections::BTreeMap;

use backbone_db::{Currency, Dec};
use backbone_finance::Decimal;
use backbone_web::fields::parse_decimal;
use backbone_web::forms::Form;
use backbone_web::problem::FieldError;
use serde_json::Value;

use super::super::content::{
    Assumption, Claim, Content, ContributionBinding, Convention, Input, MetricBinding,
    MetricReading, Outcome, Price, Quantity, Years,
};
use super::super::proxy::Proxy;

/// Rows of each kind that a form may hold; a model with more is refused when it is saved.
const ROWS: usize = 41;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub(super) struct ModelForm {
    values: BTreeMap<String, Vec<String>>,
    /// Rows of inputs.
    pub inputs: usize,
    /// Rows of outcomes.
    pub outcomes: usize,
}

impl ModelForm {
    /// Fills the form from a model.
    pub fn of(content: &Content) -> Self {
        let mut form = Self {
            inputs: content.inputs.len(),
            outcomes: content.outcomes.len(),
            ..Self::default()
        };
        // A content has only text keys, so it always has a JSON form.
        if let Ok(value) = serde_json::to_value(content) {
            form.flatten(String::new(), &value);
        }
        for (i, outcome) in content.outcomes.iter().enumerate() {
            let lines = outcome
                .claims
                .iter()
                .map(|c| format!("{}: {}", c.organization, c.share));
            form.set(
                &format!("outcomes.{i}.claims"),
                lines.collect::<Vec<_>>().join("\n"),
            );
        }
        for i in 0..form.inputs {
            let bound = content.inputs[i].contributions.is_some();
            form.set(
                &format!("inputs.{i}.kind"),
                if bound { "contributions" } else { "amount" }.into(),
            );
        }
        for i in 0..form.outcomes {
            let bound = content.outcomes[i].quantity.metric.is_some();
            form.set(
                &format!("outcomes.{i}.kind"),
                if bound { "metric" } else { "value" }.into(),
            );
        }
        form
    }

    /// What was sent.
    pub fn sent(form: &Form) -> Self {
        let count = |name: &str| form.text(name).parse::<usize>().unwrap_or(0).min(ROWS);
        let values = form
            .values()
            .into_keys()
            .map(|k| (k.to_owned(), form.all(k).to_vec()));
        Self {
            values: values.collect(),
            inputs: count("inputs"),
            outcomes: count("outcomes"),
        }
    }

    /// Does what a row button says (`add-input-amount`, `remove-outcome-2`); false when it was no row button.
    pub fn act(&mut self, button: &str) -> bool {
        let mut words = button.splitn(3, '-');
        let (verb, what, how) = (words.next(), words.next(), words.next().unwrap_or_default());
        let (prefix, count) = match what {
            Some("input") => ("inputs", self.inputs),
            Some("outcome") => ("outcomes", self.outcomes),
            _ => return false,
        };
        match verb {
            Some("add") if count < ROWS => {
                self.set(&format!("{prefix}.{count}.kind"), how.to_owned());
                self.resize(prefix, count + 1);
            }
            Some("remove") => {
                let Some(gone) = how.parse::<usize>().ok().filter(|i| *i < count) else {
                    return true;
                };
                self.remove(prefix, gone);
                self.resize(prefix, count - 1);
            }
            _ => return verb == Some("add"),
        }
        true
    }

    /// Takes the amounts and source of a proxy of the library into an outcome.
    pub fn use_proxy(&mut self, outcome: usize, proxy: &Proxy) {
        let year = proxy.price_year.to_string();
        for (name, value) in [
            ("low", proxy.low.to_string()),
            ("base", proxy.base.to_string()),
            ("high", proxy.high.to_string()),
            ("source", proxy.source.clone()),
            ("link", proxy.link.clone()),
            ("price_year", year),
        ] {
            self.set(&format!("outcomes.{outcome}.proxy.{name}"), value);
        }
        if self
            .text(&format!("outcomes.{outcome}.quantity.unit"))
            .is_empty()
        {
            self.set(
                &format!("outcomes.{outcome}.quantity.unit"),
                proxy.unit.clone(),
            );
        }
    }

    fn resize(&mut self, prefix: &str, count: usize) {
        match prefix {
            "inputs" => self.inputs = count,
            _ => self.outcomes = count,
        }
    }

    /// Drops a row; those behind it move up.
    fn remove(&mut self, prefix: &str, gone: usize) {
        let old = std::mem::take(&mut self.values);
        for (key, value) in old {
            let place = key.strip_prefix(prefix).and_then(|k| k.strip_prefix('.'));
            let parts = place.and_then(|p| p.split_once('.'));
            let row = parts.and_then(|(i, rest)| Some((i.parse::<usize>().ok()?, rest)));
            match row {
                Some((i, _)) if i == gone => {}
                Some((i, rest)) if i > gone => {
                    self.values
                        .insert(format!("{prefix}.{}.{rest}", i - 1), value);
                }
                _ => {
                    self.values.insert(key, value);
                }
            }
        }
    }

    /// Sets a field.
    pub fn set(&mut self, key: &str, value: String) {
        self.values.insert(key.to_owned(), vec![value]);
    }

    /// The first value of a field; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.all(key).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }

    fn flatten(&mut self, path: String, value: &Value) {
        let below = |name: &str| match path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        match value {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, v)| self.flatten(below(name), v)),
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let texts = items.iter().filter_map(Value::as_str).map(str::to_owned);
                self.values.insert(path, texts.collect());
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.flatten(below(&i.to_string()), item);
                }
            }
            Value::Null => {}
            Value::String(text) => self.set(&path, text.clone()),
            other => self.set(&path, other.to_string()),
        }
    }

    /// The model that was typed, and what could not be read of it.
    pub fn read(&self, home: &Currency) -> (Content, Vec<FieldError>) {
        let mut r = Reader {
            form: self,
            errors: Vec::new(),
        };
        let content = Content {
            name: r.text("name"),
            purpose: r.text("purpose"),
            first_year: r.year("first_year"),
            last_year: r.year("last_year"),
            horizon: r.whole("horizon").unwrap_or(1),
            currency: r.parsed("currency").unwrap_or_else(|| home.clone()),
            discount_rate: r.assumption("discount_rate"),
            convention: r
                .parsed("convention")
                .unwrap_or(Convention::FirstYearUndiscounted),
            inputs: (0..self.inputs)
                .map(|i| r.input(&format!("inputs.{i}")))
                .collect(),
            outcomes: (0..self.outcomes)
                .map(|i| r.outcome(&format!("outcomes.{i}")))
                .collect(),
            materiality: r.text("materiality"),
        };
        (content, r.errors)
    }
}

struct Reader<'a> {
    form: &'a ModelForm,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, code: &'static str) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            code,
            args: Vec::new(),
        });
    }

    fn text(&self, key: &str) -> String {
        self.form.text(key).trim().replace("\r\n", "\n")
    }

    fn optional(&mut self, key: &str) -> Option<Dec> {
        let typed = self.text(key);
        if typed.is_empty() {
            return None;
        }
        let number = parse_decimal(&typed);
        if number.is_none() {
            self.fail(key, "not-a-number");
        }
        // What cannot be read still counts as given, so that it is not reported as missing too.
        Some(Dec::new(number.unwrap_or(Decimal::ZERO)))
    }

    fn number(&mut self, key: &str) -> Dec {
        self.optional(key).unwrap_or_else(|| {
            self.fail(key, "required");
            Dec::new(Decimal::ZERO)
        })
    }

    fn assumption(&mut self, path: &str) -> Assumption {
        Assumption {
            low: self.optional(&format!("{path}.low")),
            base: self.number(&format!("{path}.base")),
            high: self.optional(&format!("{path}.high")),
            source: self.text(&format!("{path}.source")),
        }
    }

    fn year(&mut self, key: &str) -> i32 {
        match self.text(key).parse() {
            Ok(year) => year,
            Err(_) => {
                self.fail(key, "vm-whole-year");
                0
            }
        }
    }

    fn whole(&mut self, key: &str) -> Option<u16> {
        let typed = self.text(key);
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse().ok();
        if number.is_none() {
            self.fail(key, "vm-whole-years");
        }
        number
    }

    fn parsed<T: std::str::FromStr>(&mut self, key: &str) -> Option<T> {
        let typed = self.text(key);
        if typed.is_empty() {
            self.fail(key, "required");
            return None;
        }
        let value = typed.parse().ok();
        if value.is_none() {
            self.fail(key, "not-understood");
        }
        value
    }

    fn input(&mut self, path: &str) -> Input {
        let at = |name: &str| format!("{path}.{name}");
        let bound = self.form.text(&at("kind")) == "contributions";
        let binding = bound.then(|| {
            let day = |r: &mut Self, name: &str| r.parsed(&at(name)).unwrap_or_default();
            ContributionBinding {
                from: day(self, "contributions.from"),
                to: day(self, "contributions.to"),
                kinds: self.form.all(&at("contributions.kinds")).to_vec(),
                organizations: self.form.all(&at("contributions.organizations")).to_vec(),
            }
        });
        Input {
            id: self.text(&at("id")),
            name: self.text(&at("name")),
            amount: (!bound).then(|| self.assumption(&at("amount"))),
            year: (!bound).then(|| self.year(&at("year"))),
            contributions: binding,
        }
    }

    fn outcome(&mut self, path: &str) -> Outcome {
        let at = |name: &str| format!("{path}.{name}");
        Outcome {
            id: self.text(&at("id")),
            name: self.text(&at("name")),
            beneficiaries: self.text(&at("beneficiaries")),
            quantity: self.quantity(path),
            proxy: Price {
                amount: self.assumption(&at("proxy")),
                link: self.text(&at("proxy.link")),
                price_year: self.year(&at("proxy.price_year")),
                proxy_id: Some(self.text(&at("proxy.proxy_id"))).filter(|id| !id.is_empty()),
            },
            deadweight: self.assumption(&at("deadweight")),
            displacement: self.assumption(&at("displacement")),
            attribution: self.assumption(&at("attribution")),
            drop_off: self.assumption(&at("drop_off")),
            duration: Years {
                low: self.whole(&at("duration.low")),
                base: self.whole(&at("duration.base")).unwrap_or(0),
                high: self.whole(&at("duration.high")),
                source: self.text(&at("duration.source")),
            },
            start_year: self.year(&at("start_year")),
            materiality: self.text(&at("materiality")),
            claims: self.claims(&at("claims")),
        }
    }

    fn quantity(&mut self, path: &str) -> Quantity {
        let at = |name: &str| format!("{path}.quantity.{name}");
        let bound = self.form.text(&format!("{path}.kind")) == "metric";
        let metric = bound.then(|| MetricBinding {
            metric: self.text(&at("metric.metric")),
            reading: self
                .parsed(&at("metric.reading"))
                .unwrap_or(MetricReading::Latest),
            period: Some(self.text(&at("metric.period"))).filter(|p| !p.is_empty()),
            less: self.optional(&at("metric.less")),
            more: self.optional(&at("metric.more")),
        });
        Quantity {
            unit: self.text(&at("unit")),
            value: (!bound).then(|| self.assumption(&at("value"))),
            metric,
        }
    }

    /// One claim a line: `Library: 40`.
    fn claims(&mut self, key: &str) -> Vec<Claim> {
        let text = self.text(key);
        let mut claims = Vec::new();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let parts = line.trim_end_matches(['%', ' ']).rsplit_once(':');
            let read = parts.and_then(|(name, share)| Some((name.trim(), parse_decimal(share)?)));
            match read {
                Some((name, share)) => claims.push(Claim {
                    organization: name.to_owned(),
                    share: Dec::new(share),
                }),
                None => self.fail(key, "vm-claim-line"),
            }
        }
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::example;
    use super::*;

    fn model() -> Content {
        let mut content = example(|key| key.to_owned(), &"EUR".parse().unwrap(), 2025);
        content.outcomes[0].claims = vec![Claim {
            organization: "Library: East".into(),
            share: "40.5".parse().unwrap(),
        }];
        content
    }

    #[test]
    fn a_model_goes_through_the_form_unchanged() {
        let (read, errors) = ModelForm::of(&model()).read(&"EUR".parse().unwrap());
        assert_eq!(errors, []);
        assert_eq!(read, model());
    }

    #[test]
    fn rows_are_added_and_removed_and_the_rest_is_kept() {
        let mut form = ModelForm::of(&model());
        assert!(form.act("add-input-contributions"));
        assert_eq!(
            (form.inputs, form.text("inputs.2.kind")),
            (3, "contributions")
        );
        assert!(form.act("remove-input-0"));
        assert_eq!((form.inputs, form.text("inputs.0.id")), (2, "i2"));
        assert_eq!(form.text("inputs.1.kind"), "contributions");
        assert!(form.act("remove-outcome-9"));
        assert_eq!(form.outcomes, 1);
        assert!(!form.act(""));
        assert!(!form.act("save"));
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        let mut form = ModelForm::of(&model());
        for (field, typed, code) in [
            ("first_year", "soon", "vm-whole-year"),
            ("discount_rate.base", "", "required"),
            ("outcomes.0.proxy.low", "much", "not-a-number"),
            ("outcomes.0.duration.base", "1.5", "vm-whole-years"),
            ("outcomes.0.claims", "Library 40", "vm-claim-line"),
            ("convention", "other", "not-understood"),
        ] {
            let kept = form.text(field).to_owned();
            form.set(field, typed.into());
            let (_, errors) = form.read(&"EUR".parse().unwrap());
            let told: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
            assert_eq!(told, [(field, code)]);
            form.set(field, kept);
        }
    }
}
