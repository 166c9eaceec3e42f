//! What the form's controls say, as a story's content, and back.

use backbone_web::{Fields, Form, Problem};
use chrono::NaiveDate;

use super::form_rows::arrange;
use super::{AllowedNumber, ChartChoice, Consent, Content, RatioBlock, Testimonial, Vignette};
use crate::figure::{Figure, Format, Source};

/// A source as the picker's value, its first and last period or day, and its organization.
pub(super) fn source_text(source: Option<&Source>) -> (String, String, String, String) {
    let none = String::new;
    match source {
        None => (none(), none(), none(), none()),
        Some(Source::Metric { metric, period }) => (
            format!("metric:{metric}"),
            none(),
            period.clone().unwrap_or_default(),
            none(),
        ),
        Some(Source::MetricBaseline { metric }) => {
            (format!("baseline:{metric}"), none(), none(), none())
        }
        Some(Source::MetricChange { metric, from, to }) => (
            format!("change:{metric}"),
            from.clone().unwrap_or_default(),
            to.clone().unwrap_or_default(),
            none(),
        ),
        Some(Source::Contributions {
            what,
            from,
            to,
            organization,
        }) => (
            format!("contributions:{what}"),
            from.to_string(),
            to.to_string(),
            organization.clone().unwrap_or_default(),
        ),
        Some(Source::ValueModel { model, result }) => {
            (format!("value:{model}:{result}"), none(), none(), none())
        }
        Some(Source::Organizations) => ("organizations".into(), none(), none(), none()),
    }
}

/// Reads the picker's value with the fields beside it.
fn source(n: usize, text: &[&str; 4], fields: &mut Fields) -> Option<Source> {
    let [picked, from, to, organization] = *text;
    let some = |t: &str| (!t.trim().is_empty()).then(|| t.trim().to_string());
    let (kind, rest) = picked.split_once(':').unwrap_or((picked, ""));
    match kind {
        "" => None,
        "metric" => Some(Source::Metric {
            metric: rest.into(),
            period: some(to),
        }),
        "baseline" => Some(Source::MetricBaseline {
            metric: rest.into(),
        }),
        "change" => Some(Source::MetricChange {
            metric: rest.into(),
            from: some(from),
            to: some(to),
        }),
        "contributions" => {
            let from: Option<NaiveDate> = fields.parse(&format!("figures.{n}.from"), from);
            let to: Option<NaiveDate> = fields.parse(&format!("figures.{n}.to"), to);
            if let (Some(a), Some(b)) = (from, to)
                && a > b
            {
                fields.fail(&format!("figures.{n}.to"), "story-period-backwards");
            }
            Some(Source::Contributions {
                what: fields.parse(&format!("figures.{n}.source"), rest)?,
                from: from?,
                to: to?,
                organization: some(organization),
            })
        }
        "value" => {
            let (model, result) = rest.rsplit_once(':')?;
            Some(Source::ValueModel {
                model: model.into(),
                result: fields.parse(&format!("figures.{n}.source"), result)?,
            })
        }
        "organizations" => Some(Source::Organizations),
        _ => {
            fields.fail(&format!("figures.{n}.source"), "not-understood");
            None
        }
    }
}

/// A chart as the picker's value.
pub(super) fn chart_text(chart: Option<&ChartChoice>) -> String {
    match chart {
        None => String::new(),
        Some(ChartChoice::Metric { metric }) => format!("metric:{metric}"),
        Some(ChartChoice::Range { model }) => format!("range:{model}"),
    }
}

fn chart(text: &str) -> Option<ChartChoice> {
    match text.split_once(':')? {
        ("metric", metric) => Some(ChartChoice::Metric {
            metric: metric.into(),
        }),
        ("range", model) => Some(ChartChoice::Range {
            model: model.into(),
        }),
        _ => None,
    }
}

/// The value of a repeated control in row `n`.
fn cell<'a>(form: &'a Form, name: &str, n: usize) -> &'a str {
    form.all(name).get(n).map_or("", String::as_str)
}

fn consent(given: &str, by: &str, until: &str, field: &str, fields: &mut Fields) -> Consent {
    Consent {
        given: given == "yes",
        by: by.trim().into(),
        until: fields.parse_optional(field, until),
    }
}

/// The form's content, and what could not be read of it.
pub(super) fn content_from(form: &Form) -> (Content, Result<(), Problem>) {
    let mut fields = Fields::new();
    let text = |name: &str| form.text(name).trim().replace("\r\n", "\n");
    let ratio = RatioBlock {
        model: text("ratio_model"),
        text: text("ratio_text"),
    };
    let content = Content {
        audience: text("audience"),
        headline: text("headline"),
        dek: text("dek"),
        body: text("body"),
        vignettes: vignettes(form, &mut fields),
        ratio: (ratio != RatioBlock::default()).then_some(ratio),
        outcome: text("outcome"),
        method: text("method"),
        testimonial: testimonial(form, &mut fields),
        call: text("call"),
        chart: chart(form.text("chart")),
        figures: figures(form, &mut fields),
        allowed_numbers: form
            .all("number_text")
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(n, text)| AllowedNumber {
                text: text.trim().into(),
                reason: cell(form, "number_reason", n).trim().into(),
            })
            .collect(),
        layout: text("layout"),
    };
    (content, fields.finish())
}

fn vignettes(form: &Form, fields: &mut Fields) -> Vec<Vignette> {
    let at = |name: &str, n: usize| {
        cell(form, &format!("vignette_{name}"), n)
            .trim()
            .to_string()
    };
    let all = (0..form.all("vignette_text").len())
        .filter(|n| !at("text", *n).is_empty() || !at("title", *n).is_empty())
        .map(|n| {
            let vignette = Vignette {
                title: at("title", n),
                text: at("text", n).replace("\r\n", "\n"),
                person: at("person", n),
                consent: consent(
                    &at("given", n),
                    &at("by", n),
                    &at("until", n),
                    &format!("vignettes.{n}.until"),
                    fields,
                ),
            };
            (n, vignette)
        })
        .collect();
    arrange(form, "vignette", all)
}

fn testimonial(form: &Form, fields: &mut Fields) -> Option<Testimonial> {
    if form.ticked("quote_gone") {
        return None;
    }
    let t = Testimonial {
        quote: form.text("quote").trim().into(),
        name: form.text("quote_name").trim().into(),
        role: form.text("quote_role").trim().into(),
        consent: consent(
            form.text("quote_given"),
            form.text("quote_by"),
            form.text("quote_until"),
            "quote_until",
            fields,
        ),
    };
    (t != Testimonial::default()).then_some(t)
}

fn figures(form: &Form, fields: &mut Fields) -> Vec<Figure> {
    let at = |name: &str, n: usize| cell(form, &format!("figure_{name}"), n).trim().to_string();
    let mut all = Vec::new();
    for n in 0..form.all("figure_key").len() {
        let (key, label, picked) = (at("key", n), at("label", n), at("source", n));
        if key.is_empty() && label.is_empty() && picked.is_empty() {
            continue;
        }
        let (from, to, organization) = (at("from", n), at("to", n), at("organization", n));
        let figure = Figure {
            source: source(n, &[&picked, &from, &to, &organization], fields),
            key,
            label,
            format: Format {
                decimals: at("decimals", n).parse().ok(),
                unit: at("unit", n),
            },
        };
        all.push((n, figure));
    }
    arrange(form, "figure", all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Given, ModelResult};

    #[test]
    fn a_source_survives_the_form() {
        let day = |t: &str| t.parse::<NaiveDate>().unwrap();
        let metric = || "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20".to_string();
        for wanted in [
            Source::Metric {
                metric: metric(),
                period: Some("2026-Q3".into()),
            },
            Source::Metric {
                metric: metric(),
                period: None,
            },
            Source::MetricBaseline { metric: metric() },
            Source::MetricChange {
                metric: metric(),
                from: None,
                to: Some("2026-Q3".into()),
            },
            Source::Contributions {
                what: Given::Hours,
                from: day("2025-09-01"),
                to: day("2026-08-31"),
                organization: None,
            },
            Source::ValueModel {
                model: metric(),
                result: ModelResult::RatioLow,
            },
            Source::Organizations,
        ] {
            let (picked, from, to, organization) = source_text(Some(&wanted));
            let mut fields = Fields::new();
            let read = source(0, &[&picked, &from, &to, &organization], &mut fields);
            assert_eq!(read, Some(wanted));
            fields.finish().unwrap();
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_control() {
        let form = Form::from_pairs([
            ("figure_key", "hours".to_string()),
            ("figure_source", "contributions:hours".into()),
            ("figure_from", "September".into()),
            ("figure_to", "".into()),
            ("vignette_text", "He read.".into()),
            ("vignette_until", "soon".into()),
        ]);
        let (_, read) = content_from(&form);
        let told: Vec<String> = read
            .unwrap_err()
            .fields
            .into_iter()
            .map(|f| f.field)
            .collect();
        assert_eq!(
            told,
            ["vignettes.0.until", "figures.0.from", "figures.0.to"]
        );
    }
}
