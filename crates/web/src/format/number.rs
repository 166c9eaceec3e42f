//! Numbers and money with the marks of each language.

use iso_currency::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{MINUS, NBSP};
use crate::catalogue::Lang;

/// How much of an amount of money to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MoneyStyle {
    /// Whole amounts without decimals, others with all of them: `€ 1,104` and `€ 1,104.50`.
    #[default]
    Auto,
    /// Always all decimals, for columns that add up: `€ 1,104.00`.
    Exact,
    /// Three figures at most, for headlines: `€ 412 k`, `€ 1.2 M`.
    Short,
}

/// A whole number with grouped digits: `1,104` / `1.104`.
pub fn integer(lang: Lang, value: i64) -> String {
    decimal(lang, Decimal::from(value), Some(0))
}

/// A decimal with grouped digits, rounded half away from zero to `decimals` places,
/// or with the places that it has (trailing zeros dropped) when `None`.
pub fn decimal(lang: Lang, value: Decimal, decimals: Option<u32>) -> String {
    let rounded = match decimals {
        Some(places) => {
            value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
        }
        None => value.normalize(),
    };
    let digits = rounded.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push(MINUS);
    }
    push_grouped(&mut text, whole, lang.group_mark());
    let places = decimals.map_or(fraction.len(), |places| places as usize);
    if places > 0 {
        text.push(lang.decimal_mark());
        text.push_str(fraction);
        text.extend(std::iter::repeat_n(
            '0',
            places.saturating_sub(fraction.len()),
        ));
    }
    text
}

fn push_grouped(text: &mut String, whole: &str, mark: char) {
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
}

/// A binary float, for values that never were exact. Not a number and infinities are printed as `–`.
pub fn float(lang: Lang, value: f64, decimals: Option<u32>) -> String {
    Decimal::try_from(value).map_or_else(|_| "–".to_owned(), |value| decimal(lang, value, decimals))
}

/// A fraction as a percentage: `0.613` with one place is `61.3 %`.
pub fn percent(lang: Lang, fraction: Decimal, decimals: u32) -> String {
    let hundredfold = fraction
        .checked_mul(Decimal::ONE_HUNDRED)
        .unwrap_or(fraction);
    format!("{}{NBSP}%", decimal(lang, hundredfold, Some(decimals)))
}

/// An amount in minor units (cents) of an ISO 4217 currency. An unknown code is printed as given, with two decimals.
pub fn money(lang: Lang, minor: i64, currency: &str, style: MoneyStyle) -> String {
    let known = Currency::from_code(currency);
    let places = known.and_then(Currency::exponent).map_or(2, u32::from);
    let symbol = known.map_or_else(|| currency.to_owned(), |known| symbol(known, currency));
    let amount = Decimal::new(minor, places);
    let (figure, unit) = match style {
        MoneyStyle::Short => shorten(lang, amount.abs()),
        MoneyStyle::Exact => (decimal(lang, amount.abs(), Some(places)), ""),
        MoneyStyle::Auto if amount.fract().is_zero() => (decimal(lang, amount.abs(), Some(0)), ""),
        MoneyStyle::Auto => (decimal(lang, amount.abs(), Some(places)), ""),
    };
    let mut text = String::new();
    if minor < 0 {
        text.push(MINUS);
    }
    text.push_str(&symbol);
    text.push(NBSP);
    text.push_str(&figure);
    if !unit.is_empty() {
        text.push(NBSP);
        text.push_str(unit);
    }
    text
}

fn symbol(currency: Currency, code: &str) -> String {
    let symbol = currency.symbol().to_string();
    if symbol.is_empty() || symbol == "¤" {
        code.to_owned()
    } else {
        symbol
    }
}

fn shorten(lang: Lang, amount: Decimal) -> (String, &'static str) {
    let thousand = Decimal::ONE_THOUSAND;
    let million = thousand * thousand;
    let (scaled, unit) = if amount >= million {
        (
            amount / million,
            match lang {
                Lang::Nl => "mln",
                Lang::En | Lang::Added(_) => "M",
            },
        )
    } else if amount >= Decimal::from(10_000) {
        (amount / thousand, "k")
    } else {
        return (decimal(lang, amount, Some(0)), "");
    };
    let one_place = scaled < Decimal::TEN && !scaled.round_dp(1).fract().is_zero();
    (decimal(lang, scaled, Some(u32::from(one_place))), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: String) -> String {
        text.replace(NBSP, " ").replace(MINUS, "-")
    }

    #[test]
    fn numbers_are_grouped_and_rounded() {
        for (value, places, en, nl) in [
            ("0", None, "0", "0"),
            ("999", None, "999", "999"),
            ("1104", Some(0), "1,104", "1.104"),
            ("1234567.5", Some(0), "1,234,568", "1.234.568"),
            ("-0.004", Some(2), "0.00", "0,00"),
            ("-1234.5", Some(2), "-1,234.50", "-1.234,50"),
            ("3.40", None, "3.4", "3,4"),
        ] {
            let value: Decimal = value.parse().unwrap();
            assert_eq!(plain(decimal(Lang::En, value, places)), en);
            assert_eq!(plain(decimal(Lang::Nl, value, places)), nl);
        }
    }

    #[test]
    fn money_has_symbol_marks_and_the_currencys_decimals() {
        use MoneyStyle::{Auto, Exact, Short};
        for (minor, currency, style, en, nl) in [
            (110_400, "EUR", Auto, "€ 1,104", "€ 1.104"),
            (110_450, "EUR", Auto, "€ 1,104.50", "€ 1.104,50"),
            (110_400, "EUR", Exact, "€ 1,104.00", "€ 1.104,00"),
            (-4_600_000, "EUR", Short, "-€ 46 k", "-€ 46 k"),
            (120_000_000, "EUR", Short, "€ 1.2 M", "€ 1,2 mln"),
            (41_200_000, "GBP", Short, "£ 412 k", "£ 412 k"),
            (95_000, "EUR", Short, "€ 950", "€ 950"),
            (1500, "JPY", Auto, "¥ 1,500", "¥ 1.500"),
            (100, "XQQ", Auto, "XQQ 1", "XQQ 1"),
        ] {
            assert_eq!(plain(money(Lang::En, minor, currency, style)), en);
            assert_eq!(plain(money(Lang::Nl, minor, currency, style)), nl);
        }
    }

    #[test]
    fn percent_is_a_fraction_times_hundred() {
        assert_eq!(plain(percent(Lang::Nl, Decimal::new(613, 3), 1)), "61,3 %");
        assert_eq!(float(Lang::En, f64::NAN, None), "–");
    }
}
