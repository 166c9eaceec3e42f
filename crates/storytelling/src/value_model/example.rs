//! A model to start from, and the worked example of `docs/value-models.md`.

use backbone_db::{Currency, Dec};
use backbone_finance::Decimal;

use super::content::{Assumption, Content, Convention, Input, Outcome, Price, Quantity, Years};

/// A whole small model whose words come from the catalogue (`text`), in the partnership's currency, beginning in `year`.
pub(super) fn example(text: impl Fn(&str) -> String, currency: &Currency, year: i32) -> Content {
    let reason = text("value-example-reason");
    let assumption = |low: i64, base: i64, high: i64| Assumption {
        low: Some(Dec::new(low.into())),
        base: Dec::new(base.into()),
        high: Some(Dec::new(high.into())),
        source: reason.clone(),
    };
    let put_in = |id: &str, key: &str, amount: i64, year: i32| Input {
        id: id.into(),
        name: text(key),
        contributions: None,
        amount: Some(Assumption::exactly(amount.into(), &reason)),
        year: Some(year),
    };
    Content {
        name: text("value-example-name"),
        purpose: text("value-example-purpose"),
        first_year: year,
        last_year: year + 1,
        horizon: 5,
        currency: currency.clone(),
        discount_rate: Assumption {
            low: Some(Dec::new(Decimal::new(15, 1))),
            base: Dec::new(Decimal::new(35, 1)),
            high: Some(Dec::new(Decimal::new(50, 1))),
            source: text("value-example-discount"),
        },
        convention: Convention::FirstYearUndiscounted,
        inputs: vec![
            put_in("i1", "value-example-input-money", 40_000, year),
            put_in("i2", "value-example-input-time", 20_000, year + 1),
        ],
        outcomes: vec![Outcome {
            id: "o1".into(),
            name: text("value-example-outcome"),
            beneficiaries: text("value-example-who"),
            quantity: Quantity {
                unit: text("value-example-unit"),
                metric: None,
                value: Some(assumption(16, 20, 22)),
            },
            proxy: Price {
                amount: assumption(4_000, 5_000, 5_500),
                link: String::new(),
                price_year: year,
                proxy_id: None,
            },
            deadweight: assumption(20, 30, 40),
            displacement: assumption(5, 10, 10),
            attribution: assumption(10, 20, 25),
            drop_off: assumption(20, 25, 30),
            duration: Years {
                low: Some(3),
                base: 4,
                high: Some(4),
                source: reason.clone(),
            },
            start_year: year + 1,
            materiality: text("value-example-materiality"),
            claims: Vec::new(),
        }],
        materiality: String::new(),
    }
}
