//! What stops a story from going out, and what is worth a second look.

use backbone_web::problem::FieldError;
use chrono::NaiveDate;
use serde::Serialize;

use super::text::{keys, typed_numbers};
use super::{Consent, Content};
use crate::figure::Resolved;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The story cannot be approved or published.
    Blocks,
    /// Worth a look.
    Hint,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Check {
    /// How much it weighs.
    pub weight: Weight,
    /// Stable code; its sentence is the message `field-<code>`.
    pub code: &'static str,
    /// The field it is about.
    pub field: String,
    /// The figure, number or name it is about.
    pub subject: String,
}

impl Check {
    fn blocks(code: &'static str, field: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            weight: Weight::Blocks,
            code,
            field: field.into(),
            subject: subject.into(),
        }
    }

    fn hint(code: &'static str, field: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            weight: Weight::Hint,
            ..Self::blocks(code, field, subject)
        }
    }

    /// For a problem's list of fields, and for the words of a page.
    pub fn field_error(&self) -> FieldError {
        FieldError {
            field: self.field.clone(),
            code: self.code,
            args: vec![("subject", self.subject.clone())],
        }
    }
}

/// Looks at everything; `figures` are the story's figures with what they read now, `today` decides about consent.
pub fn check(content: &Content, figures: &[Resolved], today: NaiveDate) -> Vec<Check> {
    let mut found = Vec::new();
    texts(content, figures, &mut found);
    for resolved in figures {
        readings(resolved, &mut found);
    }
    people(content, today, &mut found);
    if let Some(ratio) = &content.ratio
        && ratio.model.is_empty()
    {
        found.push(Check::blocks("story-ratio-model", "ratio", ""));
    }
    found.sort_by_key(|c| c.weight == Weight::Hint);
    found
}

/// Only what blocks.
pub fn blocking(checks: Vec<Check>) -> Vec<Check> {
    checks
        .into_iter()
        .filter(|c| c.weight == Weight::Blocks)
        .collect()
}

fn texts(content: &Content, figures: &[Resolved], found: &mut Vec<Check>) {
    if content.headline.trim().is_empty() {
        found.push(Check::blocks("story-headline", "headline", ""));
    }
    let mut used: Vec<&str> = Vec::new();
    for (field, text) in content.texts() {
        for key in keys(text) {
            used.push(key);
            if !figures.iter().any(|f| f.figure.key == key) {
                found.push(Check::blocks("story-unknown-figure", field.as_str(), key));
            }
        }
        for number in typed_numbers(text, &content.allowed_numbers) {
            found.push(Check::blocks("story-typed-number", field.as_str(), number));
        }
    }
    for allowed in &content.allowed_numbers {
        if allowed.reason.trim().is_empty() {
            found.push(Check::blocks(
                "story-number-reason",
                "allowed_numbers",
                allowed.text.as_str(),
            ));
        }
    }
    if figures.is_empty() {
        found.push(Check::hint("story-no-figures", "figures", ""));
    }
    for f in &content.figures {
        if content.layout.is_empty() && !used.contains(&f.key.as_str()) {
            found.push(Check::hint(
                "story-unused-figure",
                "figures",
                f.key.as_str(),
            ));
        }
        if f.format.unit.chars().any(char::is_numeric) {
            found.push(Check::blocks(
                "story-typed-number",
                "figures",
                f.format.unit.as_str(),
            ));
        }
    }
}

fn readings(resolved: &Resolved, found: &mut Vec<Check>) {
    use crate::figure::Concern;
    let key = resolved.figure.key.as_str();
    if resolved.figure.source.is_none() {
        found.push(Check::blocks("story-figure-unbound", "figures", key));
        return;
    }
    for concern in &resolved.reading.concerns {
        let code = match concern {
            Concern::Missing => "story-figure-missing",
            Concern::Stale => "story-figure-stale",
            Concern::Unverified => "story-figure-unverified",
            Concern::Withheld => "story-figure-withheld",
        };
        found.push(Check::blocks(code, "figures", key));
    }
    if resolved.reading.value.is_none() && resolved.reading.concerns.is_empty() {
        found.push(Check::blocks("story-figure-missing", "figures", key));
    }
}

fn people(content: &Content, today: NaiveDate, found: &mut Vec<Check>) {
    for (i, v) in content.vignettes.iter().enumerate() {
        if !v.person.trim().is_empty() {
            consent(
                &v.consent,
                &format!("vignettes.{i}"),
                &v.person,
                today,
                found,
            );
        }
    }
    if let Some(t) = &content.testimonial
        && !t.quote.trim().is_empty()
    {
        let name = if t.name.is_empty() { "–" } else { &t.name };
        consent(&t.consent, "testimonial", name, today, found);
    }
}

fn consent(c: &Consent, field: &str, name: &str, today: NaiveDate, found: &mut Vec<Check>) {
    if !c.given || c.by.trim().is_empty() {
        found.push(Check::blocks("story-consent-missing", field, name));
    } else if c.until.is_some_and(|until| until < today) {
        found.push(Check::blocks("story-consent-expired", field, name));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AllowedNumber, RatioBlock, Testimonial, Vignette};
    use super::*;
    use crate::figure::{Concern, Figure, Format, Reading, Source, Unit, rules};
    use backbone_web::Lang;

    fn figure(key: &str, concerns: &[Concern]) -> Resolved {
        let figure = Figure {
            key: key.into(),
            label: key.into(),
            source: Some(Source::Organizations),
            format: Format::default(),
        };
        let reading = Reading {
            value: (!concerns.contains(&Concern::Missing)).then(|| "61".parse().unwrap()),
            unit: Unit::Percent,
            period: "2026-Q3".into(),
            token: "1".into(),
            sources: Vec::new(),
            concerns: concerns.to_vec(),
        };
        rules::resolve(Lang::En, &figure, reading)
    }

    fn good() -> Content {
        Content {
            headline: "[[a]] of all children".into(),
            ..Content::default()
        }
    }

    /// Name, text, figures, and what is found: code and subject.
    type Case = (
        &'static str,
        Content,
        Vec<Resolved>,
        Option<(&'static str, &'static str)>,
    );

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_thing_that_stops_a_story_is_named() {
        let consent = |given, until: Option<&str>| Consent {
            given,
            by: "her mother".into(),
            until: until.map(day),
        };
        let told = |c: Consent| {
            vec![Vignette {
                text: "He read.".into(),
                person: "Sami".into(),
                consent: c,
                ..Vignette::default()
            }]
        };
        let fine = [figure("a", &[])];
        let cases: Vec<Case> = vec![
            ("nothing", good(), fine.to_vec(), None),
            (
                "no headline",
                Content::default(),
                vec![],
                Some(("story-headline", "")),
            ),
            (
                "unknown figure",
                good(),
                vec![],
                Some(("story-unknown-figure", "a")),
            ),
            (
                "typed number",
                Content {
                    body: "42 schools".into(),
                    ..good()
                },
                fine.to_vec(),
                Some(("story-typed-number", "42")),
            ),
            (
                "meant number",
                Content {
                    body: "since 2019".into(),
                    allowed_numbers: vec![AllowedNumber {
                        text: "2019".into(),
                        reason: "a year".into(),
                    }],
                    ..good()
                },
                fine.to_vec(),
                None,
            ),
            (
                "meant without reason",
                Content {
                    allowed_numbers: vec![AllowedNumber {
                        text: "2019".into(),
                        reason: String::new(),
                    }],
                    ..good()
                },
                fine.to_vec(),
                Some(("story-number-reason", "2019")),
            ),
            (
                "stale",
                good(),
                vec![figure("a", &[Concern::Stale])],
                Some(("story-figure-stale", "a")),
            ),
            (
                "unverified",
                good(),
                vec![figure("a", &[Concern::Unverified])],
                Some(("story-figure-unverified", "a")),
            ),
            (
                "withheld",
                good(),
                vec![figure("a", &[Concern::Withheld])],
                Some(("story-figure-withheld", "a")),
            ),
            (
                "missing",
                good(),
                vec![figure("a", &[Concern::Missing])],
                Some(("story-figure-missing", "a")),
            ),
            (
                "no consent",
                Content {
                    vignettes: told(consent(false, None)),
                    ..good()
                },
                fine.to_vec(),
                Some(("story-consent-missing", "Sami")),
            ),
            (
                "consent ended",
                Content {
                    vignettes: told(consent(true, Some("2026-11-20"))),
                    ..good()
                },
                fine.to_vec(),
                Some(("story-consent-expired", "Sami")),
            ),
            (
                "consent holds today",
                Content {
                    vignettes: told(consent(true, Some("2026-11-21"))),
                    ..good()
                },
                fine.to_vec(),
                None,
            ),
            (
                "quote without consent",
                Content {
                    testimonial: Some(Testimonial {
                        quote: "It helps.".into(),
                        name: "A. Yıldız".into(),
                        ..Testimonial::default()
                    }),
                    ..good()
                },
                fine.to_vec(),
                Some(("story-consent-missing", "A. Yıldız")),
            ),
            (
                "ratio without model",
                Content {
                    ratio: Some(RatioBlock::default()),
                    ..good()
                },
                fine.to_vec(),
                Some(("story-ratio-model", "")),
            ),
        ];
        for (name, content, figures, expected) in cases {
            let found = blocking(check(&content, &figures, day("2026-11-21")));
            let told: Vec<_> = found.iter().map(|c| (c.code, c.subject.as_str())).collect();
            assert_eq!(told, expected.into_iter().collect::<Vec<_>>(), "{name}");
        }
    }
}
