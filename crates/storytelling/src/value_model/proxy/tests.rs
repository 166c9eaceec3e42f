use backbone_web::forms::Form;

use super::pages::read;
use super::{NewProxy, check};

fn proxy() -> NewProxy {
    NewProxy {
        name: "A year in work".into(),
        unit: "person".into(),
        low: None,
        base: "5000".parse().unwrap(),
        high: Some("5500".parse().unwrap()),
        currency: "EUR".parse().unwrap(),
        price_year: 2025,
        source: "A study".into(),
        link: String::new(),
        review_on: None,
    }
}

#[test]
fn each_problem_is_told_at_its_field() {
    type Spoil = fn(&mut NewProxy);
    let cases: [(Spoil, Option<(&str, &str)>); 8] = [
        (|_| {}, None),
        (|p| p.name = " ".into(), Some(("name", "required"))),
        (|p| p.source.clear(), Some(("source", "vm-source"))),
        (|p| p.link = "ftp://x".into(), Some(("link", "vm-link"))),
        (|p| p.price_year = 25, Some(("price_year", "vm-whole-year"))),
        (
            |p| p.base = "-1".parse().unwrap(),
            Some(("base", "vm-negative")),
        ),
        (
            |p| p.low = Some("5001".parse().unwrap()),
            Some(("base", "vm-base-outside")),
        ),
        (
            |p| p.currency = "XQX".parse().unwrap(),
            Some(("currency", "vm-currency")),
        ),
    ];
    for (spoil, expected) in cases {
        let mut new = proxy();
        spoil(&mut new);
        let found = check(&new);
        let told = found.first().map(|e| (e.field.as_str(), e.code));
        assert_eq!(told, expected);
    }
}

#[test]
fn a_form_tells_all_that_is_wrong_at_once() {
    let form = Form::from_pairs([("base", "much".to_owned()), ("currency", "EUR".to_owned())]);
    let problem = read(&form, &"EUR".parse().unwrap()).unwrap_err();
    let told: Vec<_> = problem
        .fields
        .iter()
        .map(|e| (e.field.as_str(), e.code))
        .collect();
    assert_eq!(
        told,
        [
            ("base", "not-a-number"),
            ("price_year", "required"),
            ("name", "required"),
            ("source", "vm-source"),
        ]
    );
}
