//! Splitting, rounding, and shares of one outcome.

use backbone_finance::Decimal;
use backbone_finance::money::{CurrencyCode, ISO_4217, Money, MoneyError};
use backbone_finance::share::{Claims, Share, ShareError};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn money(minor: i64, code: &str) -> Money {
    Money {
        minor,
        currency: CurrencyCode::new(code).unwrap(),
    }
}

#[test]
fn splits_lose_nothing() {
    for (minor, weights, expected) in [
        (100, vec!["1", "1", "1"], vec![34, 33, 33]),
        (-100, vec!["1", "1", "1"], vec![-34, -33, -33]),
        (5, vec!["0.5", "0", "0.5"], vec![3, 0, 2]),
        (1000, vec!["70.5", "29.5"], vec![705, 295]),
        (1, vec!["1", "2", "3"], vec![0, 0, 1]),
        (0, vec!["4"], vec![0]),
        (i64::MIN, vec!["1"], vec![i64::MIN]),
    ] {
        let weights: Vec<Decimal> = weights.into_iter().map(d).collect();
        let parts = money(minor, "EUR").split(&weights).unwrap();
        let parts: Vec<i64> = parts.iter().map(|part| part.minor).collect();
        assert_eq!(parts, expected, "{minor}");
        assert_eq!(parts.iter().sum::<i64>(), minor);
    }
    for weights in [vec![], vec![d("0")], vec![d("-1"), d("2")]] {
        assert_eq!(money(1, "EUR").split(&weights), Err(MoneyError::NoWeights));
    }
}

#[test]
fn rounding_is_half_to_even_in_the_currency_s_own_unit() {
    for (amount, code, minor) in [
        ("1.005", "EUR", 100),
        ("1.015", "eur", 102),
        ("-1.005", "EUR", -100),
        ("2.5", "JPY", 2),
        ("1.2345", "KWD", 1234),
    ] {
        let currency = CurrencyCode::new(code).unwrap();
        assert_eq!(
            Money::rounded(d(amount), currency, ISO_4217).unwrap().minor,
            minor,
            "{amount} {code}"
        );
    }
    assert_eq!(money(2550, "EUR").times(d("7.5")).unwrap().minor, 19125);
    assert_eq!(money(1, "EUR").times(d("0.5")).unwrap().minor, 0);
    assert_eq!(money(1234, "EUR").amount(ISO_4217), d("12.34"));
    assert!(matches!(
        Money::exact(d("1.005"), CurrencyCode::new("EUR").unwrap(), ISO_4217),
        Err(MoneyError::TooFine { exponent: 2, .. })
    ));
}

#[test]
fn amounts_that_cannot_be_are_refused() {
    assert!(matches!(
        money(1, "EUR").plus(money(1, "USD")),
        Err(MoneyError::CurrencyMismatch { .. })
    ));
    assert_eq!(
        money(i64::MAX, "EUR").plus(money(1, "EUR")),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        money(i64::MAX, "EUR").times(d("2")),
        Err(MoneyError::Overflow)
    );
    for code in ["EU", "EURO", "E1R", "€€€", ""] {
        assert!(CurrencyCode::new(code).is_err(), "{code}");
    }
}

#[test]
fn shares_never_exceed_the_whole() {
    let share = |text| Share::new(d(text)).unwrap();
    let mut claims = Claims::new();
    claims.claim("school", share("60")).unwrap();
    claims.claim("city", share("40")).unwrap();
    let refused = claims.claim("firm", share("0.01"));
    assert_eq!(
        refused,
        Err(ShareError::Exceeds {
            asked: d("0.01"),
            claimed: d("100"),
            left: d("0")
        })
    );
    claims.claim("school", share("50")).unwrap();
    claims.claim("firm", share("10")).unwrap();
    assert_eq!((claims.claimed(), claims.unclaimed()), (d("100"), d("0")));
    assert_eq!(claims.withdraw(&"city"), Some(share("40")));
    assert_eq!(claims.unclaimed(), d("40"));
    for text in ["-0.1", "100.1"] {
        assert_eq!(Share::new(d(text)), Err(ShareError::OutOfRange(d(text))));
    }
    assert!(serde_json::from_str::<Share>("\"101\"").is_err());
}
