use backbone_db::Currency;
use backbone_identity::OrganizationId;
use backbone_ingest::Period;
use jiff::civil::date;
use serde_json::{Value, json};

use super::rules::{Step, Terms, after, content};
use super::{Content, NewContribution, Status};
use crate::rate::{Rate, RateId};

fn rates() -> Vec<Rate> {
    let rate = |role: &str, minor, from: &str| Rate {
        id: RateId::new(),
        work_role: role.into(),
        hourly: backbone_db::Money {
            minor,
            currency: eur(),
        },
        valid_from: from.parse().unwrap(),
        source: "decision".into(),
        created_by: "Noor".into(),
        created_at: backbone_db::Instant::from_unix(0),
    };
    vec![
        rate("Volunteer", 2400, "2025-01-01"),
        rate("Volunteer", 2550, "2026-01-01"),
        rate("Lawyer", 12_000, "2025-06-01"),
    ]
}

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn check(input: Value, before: Option<&Content>) -> Result<Content, Vec<(String, &'static str)>> {
    let mut whole =
        json!({ "kind": "time", "period": "2026-10", "activity": "Reading to children" });
    for (name, value) in input.as_object().unwrap() {
        whole[name] = value.clone();
    }
    let input: NewContribution = serde_json::from_value(whole).unwrap();
    let (rates, currency) = (rates(), eur());
    let terms = Terms {
        organization_id: OrganizationId::new(),
        currency: &currency,
        today: date(2026, 11, 22),
        rates: &rates,
        reading: backbone_ingest::Reading::default(),
        before,
    };
    content(&input, &terms).map_err(|e| e.into_iter().map(|f| (f.field, f.code)).collect())
}

#[test]
fn value_is_hours_times_the_rate_that_held_or_the_amount_as_exchanged() {
    for (input, value) in [
        (json!({ "hours": "46" }), 117_300),
        (json!({ "hours": "46", "period": "2025-10" }), 110_400),
        (json!({ "hours": "0.33", "period": "2025-10" }), 792),
        (json!({ "hours": "2", "work_role": "lawyer" }), 24_000),
        (
            json!({ "hours": "3", "hourly_rate": "40.5", "rate_reason": "night" }),
            12_150,
        ),
        (
            json!({ "kind": "talent", "skill": "Design", "hours": 1.5 }),
            3825,
        ),
        (json!({ "kind": "treasure", "amount": "1000.55" }), 100_055),
        // 333 yen at 0.00625 are 2.08125 euro, 208 cents.
        (
            json!({ "kind": "treasure", "amount": 333, "currency": "JPY", "exchange_rate": "0.00625" }),
            208,
        ),
        // Half to even: 0.125 → 12 cents, 0.375 → 38 cents.
        (
            json!({ "kind": "treasure", "amount": "0.25", "currency": "USD", "exchange_rate": "0.5" }),
            12,
        ),
        (
            json!({ "kind": "treasure", "amount": "0.75", "currency": "USD", "exchange_rate": "0.5" }),
            38,
        ),
        (
            json!({ "kind": "in_kind", "description": "Books", "basis": "market_price", "amount": 250 }),
            25_000,
        ),
        (json!({ "hours": "1", "period": "2024-12" }), 0),
    ] {
        let content = check(input.clone(), None).unwrap_or_else(|e| panic!("{input}: {e:?}"));
        assert_eq!(content.value.minor, value, "{input}");
    }
}

#[test]
fn what_is_wrong_is_told_by_field() {
    for (input, field, code) in [
        (json!({}), "hours", "required"),
        (
            json!({ "hours": "0" }),
            "hours",
            "contribution-not-positive",
        ),
        (json!({ "hours": "1.255" }), "hours", "too-many-decimals"),
        (
            json!({ "hours": "745" }),
            "hours",
            "contribution-more-than-a-day-has",
        ),
        (
            json!({ "hours": "25", "period": "2026-10-12" }),
            "hours",
            "contribution-more-than-a-day-has",
        ),
        (
            json!({ "hours": "13", "period": "2026-10-12" }),
            "hours",
            "contribution-confirm-large",
        ),
        (
            json!({ "hours": "5", "period": "2026-12" }),
            "period",
            "contribution-future",
        ),
        (
            json!({ "hours": "5", "period": "October" }),
            "period",
            "contribution-period",
        ),
        (
            json!({ "hours": "5", "period": "2020/2025" }),
            "period",
            "contribution-period-too-long",
        ),
        (
            json!({ "hours": "5", "activity": " " }),
            "activity",
            "required",
        ),
        (
            json!({ "hours": "5", "people": 0 }),
            "people",
            "out-of-range",
        ),
        (
            json!({ "hours": "5", "work_role": "Pilot" }),
            "work_role",
            "contribution-unknown-work-role",
        ),
        (
            json!({ "hours": "5", "work_role": "Lawyer", "period": "2025-05" }),
            "work_role",
            "contribution-no-rate-then",
        ),
        (
            json!({ "hours": "5", "hourly_rate": "30" }),
            "rate_reason",
            "required",
        ),
        (
            json!({ "kind": "talent", "hours": "5" }),
            "skill",
            "required",
        ),
        (
            json!({ "kind": "treasure", "amount": "-5" }),
            "amount",
            "contribution-not-positive",
        ),
        (
            json!({ "kind": "treasure", "amount": "5", "currency": "USD" }),
            "exchange_rate",
            "contribution-exchange-rate",
        ),
        (
            json!({ "kind": "treasure", "amount": "300000" }),
            "amount",
            "contribution-confirm-large",
        ),
        (
            json!({ "kind": "in_kind", "description": "Van", "amount": "5" }),
            "basis",
            "required",
        ),
        (
            json!({ "hours": "5", "evidence": { "url": "javascript:alert(1)" } }),
            "evidence_url",
            "contribution-not-a-link",
        ),
        (
            json!({ "hours": "5", "metrics": ["reach"] }),
            "metrics",
            "not-understood",
        ),
    ] {
        let errors = check(input.clone(), None).expect_err(&input.to_string());
        assert!(
            errors.contains(&(field.to_string(), code)),
            "{input}: {errors:?}"
        );
    }
}

#[test]
fn people_and_a_confirmation_make_large_entries_possible() {
    for input in [
        json!({ "hours": "20", "period": "2026-10-12", "people": 2 }),
        json!({ "hours": "13", "period": "2026-10-12", "confirm_large": true }),
        json!({ "kind": "treasure", "amount": "300000", "confirm_large": true }),
        json!({ "hours": "5", "period": "2026-11" }),
    ] {
        assert!(check(input.clone(), None).is_ok(), "{input}");
    }
}

#[test]
fn a_correction_keeps_the_rate_it_had_until_role_or_period_change() {
    let mut before = check(json!({ "hours": "10", "period": "2026-10" }), None).unwrap();
    before.rate.as_mut().unwrap().hourly.minor = 2000;
    let kept = check(json!({ "hours": "12", "period": "2026-10" }), Some(&before)).unwrap();
    assert_eq!(kept.value.minor, 24_000);
    let moved = check(json!({ "hours": "12", "period": "2025-10" }), Some(&before)).unwrap();
    assert_eq!(moved.value.minor, 28_800);
}

#[test]
fn content_survives_becoming_input_and_json() {
    for input in [
        json!({ "hours": "3", "hourly_rate": "40.5", "rate_reason": "night", "people": 3 }),
        json!({ "kind": "treasure", "amount": "5", "currency": "USD", "exchange_rate": "0.9" }),
    ] {
        let first = check(input, None).unwrap();
        let again: Content = serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap();
        assert_eq!(again, first);
        let back = check(serde_json::to_value(first.to_input()).unwrap(), None).unwrap();
        assert_eq!(
            (back.value, back.rate, back.period),
            (first.value, first.rate, first.period)
        );
    }
    assert_eq!("2026-10".parse::<Period>().unwrap().days(), 31);
}

#[test]
fn steps_follow_one_another() {
    use Status::{Answered, Logged, Queried, Verified, Withdrawn};
    use Step::{Answer, Correct, Query, Verify, Withdraw};
    for (status, row) in [
        (
            Logged,
            [
                Some(Verified),
                Some(Queried),
                None,
                Some(Logged),
                Some(Withdrawn),
            ],
        ),
        (
            Verified,
            [None, Some(Queried), None, Some(Logged), Some(Withdrawn)],
        ),
        (
            Queried,
            [
                Some(Verified),
                Some(Queried),
                Some(Answered),
                Some(Answered),
                Some(Withdrawn),
            ],
        ),
        (
            Answered,
            [
                Some(Verified),
                Some(Queried),
                None,
                Some(Answered),
                Some(Withdrawn),
            ],
        ),
        (Withdrawn, [None, None, None, None, None]),
    ] {
        for (step, expected) in [Verify, Query, Answer, Correct, Withdraw]
            .into_iter()
            .zip(row)
        {
            assert_eq!(after(status, step), expected, "{status} {step:?}");
        }
    }
}
