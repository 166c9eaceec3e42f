//! How a figure is written, and when two readings differ for a reader.

use backbone_db::Dec;
use backbone_web::Lang;
use backbone_web::format::{MoneyStyle, decimal, money, percent};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Concern, Figure, Format, Reading, Resolved, Unit};

/// Between a number and its unit: they stay on one line.
const NBSP: char = '\u{a0}';

/// What is shown where there is no value.
pub const NOTHING: &str = "–";

/// Whether a key can stand in a text: small letters, digits and underscores, beginning with a letter, at most 40.
pub fn key_ok(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Writes a value for its readers.
pub fn write(lang: Lang, value: &Dec, unit: &Unit, format: &Format) -> String {
    let value = value.get();
    let places = |usual: u32| format.decimals.unwrap_or(usual).min(6);
    let text = match unit {
        Unit::Percent => percent(lang, value / Decimal::ONE_HUNDRED, places(0)),
        Unit::Fraction => percent(lang, value, places(0)),
        Unit::Ratio => format!("1{NBSP}:{NBSP}{}", decimal(lang, value, Some(places(1)))),
        Unit::Money(currency) => amount(lang, value, currency, format.decimals),
        Unit::Number | Unit::Named(_) => {
            let usual = if value.normalize().scale() == 0 { 0 } else { 1 };
            decimal(lang, value, Some(places(usual)))
        }
    };
    let named = match unit {
        Unit::Named(name) => name.as_str(),
        _ => "",
    };
    let unit = if format.unit.is_empty() {
        named
    } else {
        &format.unit
    };
    if unit.is_empty() {
        text
    } else {
        format!("{text}{NBSP}{unit}")
    }
}

/// Amounts are whole unless decimals are asked for: a funder reads "€ 412,000", not its cents.
fn amount(lang: Lang, value: Decimal, currency: &str, decimals: Option<u32>) -> String {
    let Ok(known) = currency.parse::<backbone_db::Currency>() else {
        return decimal(lang, value, decimals);
    };
    let places = known.exponent();
    let (rounded, style) = match decimals {
        Some(d) if d > 0 => (value.round_dp(places), MoneyStyle::Exact),
        _ => (value.round(), MoneyStyle::Auto),
    };
    let minor = rounded
        .checked_mul(Decimal::from(10i64.pow(places)))
        .and_then(|m| m.round().to_i64());
    match minor {
        Some(minor) => money(lang, minor, known.code(), style),
        None => format!("{}{NBSP}{}", known.code(), decimal(lang, rounded, Some(0))),
    }
}

/// Puts a figure and its reading together.
pub fn resolve(lang: Lang, figure: &Figure, mut reading: Reading) -> Resolved {
    if reading.concerns.contains(&Concern::Withheld) {
        // What may not be shown goes no further than this, so that no page or log can tell it by mistake.
        reading.value = None;
    }
    let text = match &reading.value {
        Some(value) => write(lang, value, &reading.unit, &figure.format),
        None => NOTHING.to_string(),
    };
    Resolved {
        figure: figure.clone(),
        reading,
        text,
    }
}

/// Whether a reader who saw `text` would now see another figure. A version token alone that moved (a note was added, a value
/// verified), or a digit that is not shown, changes nothing that was told.
pub fn differs(text: &str, now: &Resolved) -> bool {
    now.reading.value.is_none() || now.text != text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_their_unit_and_language_ask() {
        let plain = |t: String| t.replace(NBSP, " ");
        let of = |d: Option<u32>, unit: &str| Format {
            decimals: d,
            unit: unit.into(),
        };
        for (value, unit, format, en, nl) in [
            ("61", Unit::Percent, of(None, ""), "61 %", "61 %"),
            ("61.25", Unit::Percent, of(Some(1), ""), "61.3 %", "61,3 %"),
            ("0.021", Unit::Fraction, of(Some(1), ""), "2.1 %", "2,1 %"),
            ("3.4", Unit::Ratio, of(None, ""), "1 : 3.4", "1 : 3,4"),
            (
                "4960",
                Unit::Named("hours".into()),
                of(None, ""),
                "4,960 hours",
                "4.960 hours",
            ),
            (
                "4960",
                Unit::Named("hours".into()),
                of(None, "uur"),
                "4,960 uur",
                "4.960 uur",
            ),
            (
                "412000.40",
                Unit::Money("EUR".into()),
                of(None, ""),
                "€ 412,000",
                "€ 412.000",
            ),
            (
                "3.4",
                Unit::Money("EUR".into()),
                of(Some(2), ""),
                "€ 3.40",
                "€ 3,40",
            ),
            ("12.5", Unit::Number, of(None, ""), "12.5", "12,5"),
            ("128", Unit::Number, of(None, ""), "128", "128"),
        ] {
            let value: Dec = value.parse().unwrap();
            assert_eq!(plain(write(Lang::En, &value, &unit, &format)), en);
            assert_eq!(plain(write(Lang::Nl, &value, &unit, &format)), nl);
        }
    }

    #[test]
    fn keys_fit_into_text_and_addresses() {
        for (key, ok) in [
            ("children_read", true),
            ("h2", true),
            ("", false),
            ("2h", false),
            ("Children", false),
            ("a b", false),
            ("a/b", false),
        ] {
            assert_eq!(key_ok(key), ok, "{key:?}");
        }
    }

    #[test]
    fn only_what_a_reader_would_notice_is_a_change() {
        let figure = Figure {
            key: "a".into(),
            label: "A".into(),
            source: None,
            format: Format::default(),
        };
        let reading = |value: &str, token: &str| Reading {
            value: Some(value.parse().unwrap()),
            unit: Unit::Percent,
            period: "2026-Q3".into(),
            token: token.into(),
            sources: Vec::new(),
            concerns: Vec::new(),
        };
        let old = resolve(Lang::En, &figure, reading("61", "1"));
        let same = resolve(Lang::En, &figure, reading("61.0", "2"));
        let other = resolve(Lang::En, &figure, reading("58", "3"));
        assert!(!differs(&old.text, &same));
        assert!(differs(&old.text, &other));
        assert!(differs(
            &old.text,
            &resolve(Lang::En, &figure, Reading::missing())
        ));
    }
}
