use backbone_db::{Currency, Dec};
use backbone_finance::Decimal;

use super::super::content::{Claim, Content, ContributionBinding, MetricBinding, MetricReading};
use super::super::example::example;
use super::check;

fn model() -> Content {
    example(|key| key.to_owned(), &euro(), 2025)
}

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn dec(text: &str) -> Dec {
    text.parse().unwrap()
}

#[test]
fn the_example_is_sound() {
    assert_eq!(check(&model(), &euro()), []);
}

#[test]
fn each_problem_is_told_at_its_field() {
    type Spoil = fn(&mut Content);
    let cases: [(Spoil, &str, &str); 21] = [
        (|m| m.name = "  ".into(), "name", "required"),
        (|m| m.last_year = 2024, "last_year", "vm-period-reversed"),
        (|m| m.last_year = 2030, "horizon", "vm-horizon-too-short"),
        (|m| m.horizon = 0, "horizon", "vm-horizon-too-short"),
        (|m| m.horizon = 101, "horizon", "out-of-range"),
        (
            |m| m.discount_rate.source.clear(),
            "discount_rate.source",
            "vm-source",
        ),
        (
            |m| m.discount_rate.base = dec("101"),
            "discount_rate.base",
            "vm-percent",
        ),
        (
            |m| m.currency = "XQX".parse().unwrap(),
            "currency",
            "vm-currency",
        ),
        (
            |m| m.inputs[0].year = Some(2024),
            "inputs.0.year",
            "vm-before-start",
        ),
        (
            |m| m.inputs[1].year = Some(2030),
            "inputs.1.year",
            "vm-beyond-horizon",
        ),
        (
            |m| m.inputs[0].amount = None,
            "inputs.0.amount.base",
            "vm-one-kind-of-input",
        ),
        (
            |m| m.inputs[0].amount.as_mut().unwrap().base = dec("-1"),
            "inputs.0.amount.base",
            "vm-negative",
        ),
        (
            |m| m.inputs[0].amount.as_mut().unwrap().base = dec("1.001"),
            "inputs.0.amount.base",
            "too-many-decimals",
        ),
        (
            |m| m.inputs[1].id = "i1".into(),
            "inputs.0.id",
            "vm-id-twice",
        ),
        (
            |m| m.outcomes[0].deadweight.base = dec("50"),
            "outcomes.0.deadweight.base",
            "vm-base-outside",
        ),
        (
            |m| m.outcomes[0].deadweight.source.clear(),
            "outcomes.0.deadweight.source",
            "vm-source",
        ),
        (
            |m| m.outcomes[0].attribution.high = Some(dec("120")),
            "outcomes.0.attribution.base",
            "vm-percent",
        ),
        (
            |m| m.outcomes[0].duration.low = Some(0),
            "outcomes.0.duration.base",
            "vm-no-duration",
        ),
        (
            |m| m.outcomes[0].start_year = 2031,
            "outcomes.0.start_year",
            "vm-beyond-horizon",
        ),
        (
            |m| m.outcomes[0].proxy.link = "javascript:x".into(),
            "outcomes.0.proxy.link",
            "vm-link",
        ),
        (
            |m| m.outcomes[0].quantity.value = None,
            "outcomes.0.quantity.value.base",
            "vm-one-kind-of-quantity",
        ),
    ];
    for (spoil, field, code) in cases {
        let mut content = model();
        spoil(&mut content);
        let found: Vec<(String, &str)> = check(&content, &euro())
            .into_iter()
            .map(|e| (e.field, e.code))
            .collect();
        assert!(
            found.contains(&(field.to_owned(), code)),
            "{field} {code}: {found:?}"
        );
    }
}

#[test]
fn contributions_lie_within_the_years_and_the_partnerships_currency() {
    for (from, to, currency, field, code) in [
        (
            "2024-12-31",
            "2025-06-30",
            "EUR",
            "inputs.0.contributions.from",
            "vm-before-start",
        ),
        (
            "2025-01-01",
            "2030-01-01",
            "EUR",
            "inputs.0.contributions.to",
            "vm-beyond-horizon",
        ),
        (
            "2026-01-01",
            "2025-01-01",
            "EUR",
            "inputs.0.contributions.to",
            "vm-period-reversed",
        ),
        (
            "2025-01-01",
            "2025-12-31",
            "USD",
            "currency",
            "vm-currency-of-contributions",
        ),
    ] {
        let mut content = model();
        content.currency = currency.parse().unwrap();
        content.inputs[0].amount = None;
        content.inputs[0].contributions = Some(ContributionBinding {
            kinds: vec!["time".into()],
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            organizations: Vec::new(),
        });
        let found = check(&content, &euro());
        let told: Vec<_> = found.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!(told, [(field, code)], "{from} {to} {currency}");
    }
}

#[test]
fn a_metric_read_at_a_period_names_it() {
    let mut content = model();
    content.outcomes[0].quantity.value = None;
    content.outcomes[0].quantity.metric = Some(MetricBinding {
        metric: "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20".into(),
        reading: MetricReading::At,
        period: None,
        less: Some(dec("101")),
        more: None,
    });
    let found = check(&content, &euro());
    let told: Vec<_> = found.iter().map(|e| (e.field.as_str(), e.code)).collect();
    assert_eq!(
        told,
        [
            ("outcomes.0.quantity.metric.period", "required"),
            ("outcomes.0.quantity.metric.less", "out-of-range"),
        ]
    );
}

#[test]
fn claims_never_exceed_the_whole() {
    for (shares, code) in [
        (&[("a", "60"), ("b", "40")][..], None),
        (&[("a", "60"), ("b", "40.01")], Some("vm-claims-exceed")),
        (&[("a", "-1")], Some("vm-claim-range")),
        (&[("a", "10"), ("a", "20")], Some("vm-claim-twice")),
        (&[(" ", "10")], Some("vm-claim-nameless")),
    ] {
        let mut content = model();
        content.outcomes[0].claims = shares
            .iter()
            .map(|(name, share)| Claim {
                organization: (*name).into(),
                share: Dec::new(share.parse::<Decimal>().unwrap()),
            })
            .collect();
        let found = check(&content, &euro());
        assert_eq!(found.first().map(|e| e.code), code, "{shares:?}");
    }
}
