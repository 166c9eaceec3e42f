//! Numbers of a calculation in the reader's language.

use backbone_db::Currency;
use backbone_finance::Decimal;
use backbone_finance::sroi::{Results, Unit};
use backbone_web::catalogue::Catalogue;
use backbone_web::format::{self, MoneyStyle, NBSP};
use backbone_web::{Args, Lang};
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;

use super::figure::{FigureUnit, FigureValue};

/// Writes numbers of one model for one reader.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub catalogue: &'a Catalogue,
    pub lang: Lang,
    pub currency: &'a Currency,
}

impl Words<'_> {
    /// A message without variables.
    pub fn text(&self, key: &str) -> String {
        self.catalogue.text(self.lang, key, &Args::new())
    }

    /// A message with text variables.
    pub fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let mut all = Args::new();
        for (name, value) in args {
            all.set(*name, value.clone());
        }
        self.catalogue.text(self.lang, key, &all)
    }

    /// An amount in major units, to the cent.
    pub fn exact(&self, amount: Decimal) -> String {
        self.styled(amount, MoneyStyle::Exact)
    }

    /// An amount in major units, whole from 100 up: for sentences and charts.
    pub fn money(&self, amount: Decimal) -> String {
        let whole = amount.abs() >= Decimal::ONE_HUNDRED;
        let amount = if whole { round(amount, 0) } else { amount };
        self.styled(amount, MoneyStyle::Auto)
    }

    fn styled(&self, amount: Decimal, style: MoneyStyle) -> String {
        let places = self.currency.exponent();
        let minor = (0..places).try_fold(amount, |a, _| a.checked_mul(Decimal::TEN));
        let minor = minor.and_then(|m| round(m, 0).to_i64());
        match minor {
            Some(minor) => format::money(self.lang, minor, self.currency.code(), style),
            // Beyond what minor units can count, the code stands in front of the number.
            None => format!("{}{NBSP}{}", self.currency, self.number(amount, 0)),
        }
    }

    /// A number with at most `places` decimals.
    pub fn number(&self, value: Decimal, places: u32) -> String {
        format::decimal(self.lang, round(value, places).normalize(), None)
    }

    /// Percent given as 0–100.
    pub fn percent(&self, value: Decimal) -> String {
        format!("{}{NBSP}%", self.number(value, 1))
    }

    /// `1 : 3.4`
    pub fn ratio(&self, value: Decimal) -> String {
        format!(
            "1{NBSP}:{NBSP}{}",
            format::decimal(self.lang, value, Some(1))
        )
    }

    /// A number of years.
    pub fn years(&self, value: Decimal) -> String {
        self.say("value-years", &[("amount", self.number(value, 1))])
    }

    /// A number of a step's formula.
    pub fn piece(&self, value: Decimal, unit: Unit) -> String {
        match unit {
            Unit::Money => self.exact(value),
            Unit::Quantity => self.number(value, 4),
            Unit::Percent => self.percent(value),
            Unit::Number => self.number(value, 6),
            Unit::Years => self.years(value),
        }
    }

    /// A figure's number, or a dash where there is none.
    pub fn figure(&self, figure: &FigureValue, value: Option<Decimal>) -> String {
        let Some(value) = value else {
            return "–".into();
        };
        match figure.unit {
            FigureUnit::Ratio => self.ratio(value),
            FigureUnit::Money => self.money(value),
            FigureUnit::Years => self.years(value),
            FigureUnit::Percent => self.percent(value),
        }
    }
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// `1 : 3.4, between 2.6 and 4.1`: the ratio never goes without its range. Says so when nothing was put in.
pub fn ratio_sentence(catalogue: &Catalogue, lang: Lang, results: &Results) -> String {
    let number = |value| format::decimal(lang, value, Some(1));
    match (results.low.ratio, results.base.ratio, results.high.ratio) {
        (Some(low), Some(base), Some(high)) => {
            let mut args = Args::new();
            args.set("base", number(base));
            args.set("low", number(low));
            args.set("high", number(high));
            catalogue.text(lang, "value-ratio-range", &args)
        }
        _ => catalogue.text(lang, "value-note-no-investment", &Args::new()),
    }
}
