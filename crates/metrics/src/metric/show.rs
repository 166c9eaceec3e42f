//! A figure and a period in a reader's language.

use backbone_db::Currency;
use backbone_ingest::period::{Period, Reading};
use backbone_web::format::{self, MoneyStyle, PeriodStyle};
use backbone_web::{Args, Catalogue, Lang};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Definition, Kind};

/// Words in one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The messages.
    pub catalogue: &'a Catalogue,
    /// The language.
    pub lang: Lang,
}

impl Words<'_> {
    /// A message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.catalogue.text(self.lang, key, &Args::new())
    }

    /// A message with text arguments.
    pub fn say_with(&self, key: &str, pairs: &[(&'static str, String)]) -> String {
        let mut args = Args::new();
        for (name, value) in pairs {
            args.set(*name, value.clone());
        }
        self.catalogue.text(self.lang, key, &args)
    }

    /// A message with a count.
    pub fn count(&self, key: &str, n: i64) -> String {
        let mut args = Args::new();
        args.set("n", n);
        self.catalogue.text(self.lang, key, &args)
    }

    /// A period in short: `Q3 2026`, `Oct 2026`, `Sep 2025 – Aug 2026`.
    pub fn period(&self, period: &Period) -> String {
        let text = period.to_string();
        format::period(self.catalogue, self.lang, &text, PeriodStyle::Short)
    }

    /// A period as a form shows it: in words when they are read back as the same period, as it is stored when not.
    pub fn typed(&self, period: &Period) -> String {
        let told = self.period(period);
        match Reading::default().read(&told) {
            Ok(read) if read == *period => told,
            _ => period.to_string(),
        }
    }

    /// A value of a metric: `61 %`, `€ 412 k`, `38`, `19 of 22` where the parts are known.
    pub fn value(
        &self,
        d: &Definition,
        value: Decimal,
        parts: Option<(Decimal, Decimal)>,
    ) -> String {
        let plain = |value: Decimal| format::decimal(self.lang, value, Some(d.decimals));
        match (d.kind, parts) {
            (Kind::Ratio, Some((n, of))) => {
                let part = |v: Decimal| format::decimal(self.lang, v, None);
                self.say_with("metrics-of", &[("n", part(n)), ("of", part(of))])
            }
            (Kind::Percent | Kind::Ratio, _) => {
                format::percent(self.lang, value / Decimal::ONE_HUNDRED, d.decimals)
            }
            (Kind::Money, _) => money(self.lang, d, value).unwrap_or_else(|| plain(value)),
            (Kind::Number, _) => plain(value),
        }
    }

    /// A value with its unit, for where no column says it.
    pub fn value_with_unit(
        &self,
        d: &Definition,
        value: Decimal,
        parts: Option<(Decimal, Decimal)>,
    ) -> String {
        let text = self.value(d, value, parts);
        match d.kind {
            Kind::Number if !d.unit.is_empty() => format!("{text} {}", d.unit),
            _ => text,
        }
    }

    /// A value of a chart's axis. Charts draw binary floats; what they print is rounded to the metric's own digits.
    pub fn axis(&self, d: &Definition, value: f64) -> String {
        match Decimal::try_from(value) {
            Ok(value) => {
                let digits = Definition {
                    decimals: d.decimals.max(value.round_dp(2).normalize().scale()),
                    ..d.clone()
                };
                self.value(&digits, value, None)
            }
            Err(_) => self.say("metrics-no-data"),
        }
    }
}

fn money(lang: Lang, d: &Definition, value: Decimal) -> Option<String> {
    let currency: Currency = d.unit.parse().ok()?;
    let minor = backbone_db::Money::from_major(value, &currency)?.minor;
    let style = if value.abs() >= Decimal::from(10_000) {
        MoneyStyle::Short
    } else {
        MoneyStyle::Auto
    };
    Some(format::money(lang, minor, currency.code(), style))
}

/// A number for drawing.
pub fn drawn(value: Decimal) -> Option<f64> {
    value.to_f64()
}
