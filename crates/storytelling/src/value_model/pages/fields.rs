//! The form as the template shows it: sections of groups of fields, each with its words, value and error.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::content::{Convention, MetricReading};
use super::super::words::Words;
use super::form::ModelForm;

/// Draws the form.
pub(super) struct Fields<'a> {
    pub words: Words<'a>,
    pub form: &'a ModelForm,
    /// Messages by field.
    pub errors: BTreeMap<String, String>,
    /// Metrics to choose from: identifier and name.
    pub metrics: &'a [(String, String)],
    /// The library: identifier and name.
    pub proxies: &'a [(String, String)],
}

impl Fields<'_> {
    /// The whole form.
    pub fn view(&self) -> Value {
        let (inputs, outcomes) = (self.form.inputs, self.form.outcomes);
        json!({
            "errors": self.summary(),
            "about": self.about(),
            "inputs": (0..inputs).map(|i| self.input(i)).collect::<Vec<_>>(),
            "outcomes": (0..outcomes).map(|i| self.outcome(i)).collect::<Vec<_>>(),
            "input_count": inputs,
            "outcome_count": outcomes,
            "reason": self.form.text("reason"),
            "version": self.form.text("version"),
        })
    }

    fn summary(&self) -> Value {
        let lines = self.errors.iter().map(|(field, message)| {
            // A row's place is said in front, as the same label stands in every row.
            let mut parts = field.split('.');
            let place = match (
                parts.next(),
                parts.next().and_then(|i| i.parse::<usize>().ok()),
            ) {
                (Some("inputs"), Some(i)) => {
                    self.words
                        .say("value-input-n", &[("n", (i + 1).to_string())])
                        + ": "
                }
                (Some("outcomes"), Some(i)) => {
                    self.words
                        .say("value-outcome-n", &[("n", (i + 1).to_string())])
                        + ": "
                }
                _ => String::new(),
            };
            json!({"field": field, "message": format!("{place}{message}")})
        });
        Value::Array(lines.collect())
    }

    fn field(&self, name: &str, label: &str, kind: &str) -> Value {
        json!({
            "name": name,
            "label": self.words.text(label),
            "kind": kind,
            "value": self.form.text(name),
            "error": self.errors.get(name),
            "hint": null,
            "unit": null,
            "options": null,
        })
    }

    fn with(&self, mut field: Value, key: &str, value: Value) -> Value {
        field[key] = value;
        field
    }

    fn choice(&self, name: &str, label: &str, options: Vec<(String, String)>) -> Value {
        let options: Vec<Value> = options
            .into_iter()
            .map(|(value, label)| json!({"value": value, "label": label}))
            .collect();
        self.with(self.field(name, label, "select"), "options", json!(options))
    }

    fn group(&self, title: &str, hint: Option<&str>, fields: Vec<Value>) -> Value {
        json!({
            "title": self.words.text(title),
            "hint": hint.map(|key| self.words.text(key)),
            "fields": fields,
            "kinds": null,
            "button": null,
        })
    }

    /// Low, best estimate, high, and where they come from.
    fn range(
        &self,
        path: &str,
        title: &str,
        hint: Option<&str>,
        kind: &str,
        unit: Option<&str>,
    ) -> Value {
        let ends = [
            ("low", "value-low"),
            ("base", "value-base"),
            ("high", "value-high"),
        ];
        let mut fields: Vec<Value> = ends
            .iter()
            .map(|(end, label)| {
                let field = self.field(&format!("{path}.{end}"), label, kind);
                self.with(field, "unit", json!(unit))
            })
            .collect();
        fields.push(self.field(&format!("{path}.source"), "value-source", "text"));
        self.group(title, hint, fields)
    }

    fn about(&self) -> Value {
        let conventions = Convention::ALL.iter().map(|c| {
            let key = format!("value-convention-{}", c.as_str().replace('_', "-"));
            (c.as_str().to_owned(), self.words.text(&key))
        });
        let currency = self.with(
            self.field("currency", "value-currency", "text"),
            "hint",
            Value::Null,
        );
        json!([
            self.group(
                "value-about",
                None,
                vec![self.field("name", "value-name", "text"),]
            ),
            self.group(
                "value-purpose-title",
                None,
                vec![self.with(
                    self.field("purpose", "value-purpose", "textarea"),
                    "hint",
                    json!(self.words.text("value-purpose-hint"))
                ),]
            ),
            self.group(
                "value-period",
                Some("value-period-hint"),
                vec![
                    self.field("first_year", "value-first-year", "number"),
                    self.field("last_year", "value-last-year", "number"),
                    self.field("horizon", "value-horizon", "number"),
                    currency,
                ]
            ),
            self.range(
                "discount_rate",
                "value-discount-rate",
                Some("value-discount-hint"),
                "percent",
                None
            ),
            self.group(
                "value-convention",
                Some("value-convention-hint"),
                vec![self.choice(
                    "convention",
                    "value-convention-label",
                    conventions.collect()
                ),]
            ),
            self.group(
                "value-materiality-title",
                None,
                vec![self.with(
                    self.field("materiality", "value-left-out", "textarea"),
                    "hint",
                    json!(self.words.text("value-left-out-hint"))
                ),]
            ),
        ])
    }

    fn row(&self, prefix: &str, i: usize, groups: Vec<Value>) -> Value {
        let at = |name: &str| format!("{prefix}.{i}.{name}");
        let singular = prefix.trim_end_matches('s');
        let hidden = ["id", "kind"]
            .map(|name| json!({"name": at(name), "value": self.form.text(&at(name))}));
        let more = self
            .form
            .all(&at("contributions.organizations"))
            .iter()
            .map(|o| json!({"name": at("contributions.organizations"), "value": o}));
        json!({
            "title": self.words.say(&format!("value-{singular}-n"), &[("n", (i + 1).to_string())]),
            "remove": format!("remove-{singular}-{i}"),
            "hidden": hidden.into_iter().chain(more).collect::<Vec<_>>(),
            "groups": groups,
        })
    }

    fn input(&self, i: usize) -> Value {
        let at = |name: &str| format!("inputs.{i}.{name}");
        let mut groups = vec![self.group(
            "value-what",
            None,
            vec![self.field(&at("name"), "value-name", "text")],
        )];
        if self.form.text(&at("kind")) == "contributions" {
            let mut period = self.group(
                "value-contributions",
                Some("value-contributions-hint"),
                vec![
                    self.field(&at("contributions.from"), "value-from", "date"),
                    self.field(&at("contributions.to"), "value-to", "date"),
                ],
            );
            let chosen = self.form.all(&at("contributions.kinds"));
            let kinds = ["time", "talent", "treasure", "in_kind"].map(|kind| {
                json!({
                    "id": format!("{}.{kind}", at("contributions.kinds")),
                    "name": at("contributions.kinds"),
                    "value": kind,
                    "label": self.words.text(&format!("value-kind-{}", kind.replace('_', "-"))),
                    "checked": chosen.iter().any(|c| c == kind),
                })
            });
            period["kinds"] = json!(kinds);
            groups.push(period);
        } else {
            groups.push(self.range(
                &at("amount"),
                "value-input-amount",
                None,
                "decimal",
                Some(self.form.text("currency")),
            ));
            groups.push(self.group(
                "value-when",
                None,
                vec![self.field(&at("year"), "value-year", "number")],
            ));
        }
        self.row("inputs", i, groups)
    }

    fn outcome(&self, i: usize) -> Value {
        let at = |name: &str| format!("outcomes.{i}.{name}");
        let percent = |name: &str, title: &str, hint: &str| {
            self.range(&at(name), title, Some(hint), "percent", None)
        };
        let mut groups = vec![self.group(
            "value-what",
            None,
            vec![
                self.field(&at("name"), "value-what-changes", "text"),
                self.field(&at("beneficiaries"), "value-who", "text"),
                self.field(&at("quantity.unit"), "value-unit", "text"),
            ],
        )];
        groups.push(match self.form.text(&at("kind")) {
            "metric" => self.metric(i),
            _ => self.range(
                &at("quantity.value"),
                "value-quantity",
                Some("value-quantity-hint"),
                "decimal",
                None,
            ),
        });
        groups.push(self.range(
            &at("proxy"),
            "value-proxy",
            Some("value-proxy-hint"),
            "decimal",
            Some(self.form.text("currency")),
        ));
        groups.push(self.group(
            "value-proxy-source",
            None,
            vec![
                self.field(&at("proxy.link"), "value-link", "url"),
                self.field(&at("proxy.price_year"), "value-price-year", "number"),
            ],
        ));
        if !self.proxies.is_empty() {
            groups.push(self.library(i));
        }
        groups.push(percent(
            "deadweight",
            "value-deadweight",
            "value-deadweight-hint",
        ));
        groups.push(percent(
            "displacement",
            "value-displacement",
            "value-displacement-hint",
        ));
        groups.push(percent(
            "attribution",
            "value-attribution",
            "value-attribution-hint",
        ));
        groups.push(percent("drop_off", "value-drop-off", "value-drop-off-hint"));
        groups.push(self.range(
            &at("duration"),
            "value-duration",
            Some("value-duration-hint"),
            "number",
            None,
        ));
        groups.push(self.group(
            "value-when",
            None,
            vec![self.field(&at("start_year"), "value-start-year", "number")],
        ));
        groups.push(self.group(
            "value-shares",
            Some("value-shares-hint"),
            vec![
                self.field(&at("claims"), "value-claims", "textarea"),
                self.field(&at("materiality"), "value-why-counts", "textarea"),
            ],
        ));
        self.row("outcomes", i, groups)
    }

    /// Proxies of the library to take the amount from.
    fn library(&self, i: usize) -> Value {
        let mut options = vec![(String::new(), "–".to_owned())];
        options.extend(self.proxies.iter().cloned());
        let name = format!("outcomes.{i}.proxy.proxy_id");
        let chosen = self.choice(&name, "value-proxy", options);
        let mut group = self.group("value-library", Some("value-library-hint"), vec![chosen]);
        group["button"] = json!({"value": format!("use-proxy-{i}"), "label": self.words.text("value-library-use")});
        group
    }

    fn metric(&self, i: usize) -> Value {
        let at = |name: &str| format!("outcomes.{i}.quantity.metric.{name}");
        let readings = MetricReading::ALL.iter().map(|r| {
            (
                r.as_str().to_owned(),
                self.words.text(&format!("value-reading-{}", r.as_str())),
            )
        });
        let metric = if self.metrics.is_empty() {
            self.field(&at("metric"), "value-metric", "text")
        } else {
            self.choice(&at("metric"), "value-metric", self.metrics.to_vec())
        };
        self.group(
            "value-quantity",
            Some("value-metric-hint"),
            vec![
                metric,
                self.choice(&at("reading"), "value-reading", readings.collect()),
                self.with(
                    self.field(&at("period"), "value-at-period", "text"),
                    "hint",
                    json!(self.words.text("value-at-period-hint")),
                ),
                self.field(&at("less"), "value-less", "percent"),
                self.field(&at("more"), "value-more", "percent"),
            ],
        )
    }
}
