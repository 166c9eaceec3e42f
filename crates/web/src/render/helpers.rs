//! The helpers that every template may use. Language, zone and clock come from `page` in the root context.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason,
    ScopedJson,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use super::safe::{SafeHtml, escape};
use super::{Shared, component, icons};
use crate::catalogue::{Args, Lang};
use crate::format::{self, DateStyle, Locale, MoneyStyle, PeriodStyle};
use crate::markdown::markdown;

type Outcome = Result<String, String>;
type Make = fn(&Call) -> Outcome;

/// The helpers that Handlebars brings along, so that no component takes their names.
const BUILT_IN: [&str; 16] = [
    "if", "unless", "each", "with", "lookup", "raw", "log", "eq", "ne", "gt", "gte", "lt", "lte",
    "and", "or", "not",
];

/// Registers all helpers and returns their names.
pub(super) fn register(
    handlebars: &mut Handlebars<'static>,
    shared: &Arc<Shared>,
) -> HashSet<String> {
    let mut names: HashSet<String> = BUILT_IN
        .into_iter()
        .chain(["len", "slot", "default"])
        .map(String::from)
        .collect();
    let words: [(&str, Make); 12] = [
        ("t", |call| call.text(false)),
        ("num", num),
        ("money", money),
        ("percent", percent),
        ("date", date),
        ("period", period),
        ("time", |call| Ok(call.locale().time(call.instant()?))),
        ("datetime", |call| {
            Ok(call.locale().date_time(call.instant()?, call.date_style()?))
        }),
        ("ago", ago),
        ("due", |call| Ok(call.locale().due(call.day()?))),
        ("duration", duration),
        ("json", |call| {
            serde_json::to_string(call.value(0)?).map_err(|error| error.to_string())
        }),
    ];
    for (name, make) in words {
        names.insert(name.to_owned());
        handlebars.register_helper(
            name,
            Box::new(Words {
                shared: shared.clone(),
                make,
            }),
        );
    }
    let markup: [(&str, Make); 5] = [
        ("t_html", |call| call.text(true)),
        ("icon", icon),
        ("html", trusted),
        ("chart", trusted),
        ("markdown", |call| {
            Ok(call.value(0)?.as_str().map(markdown).unwrap_or_default())
        }),
    ];
    for (name, make) in markup {
        names.insert(name.to_owned());
        handlebars.register_helper(
            name,
            Box::new(Markup {
                shared: shared.clone(),
                make,
            }),
        );
    }
    handlebars.register_helper("slot", Box::new(component::Slot));
    handlebars.register_helper("default", Box::new(OrDefault));
    names
}

/// One call of a helper: its arguments and the page it stands on.
struct Call<'a, 'rc> {
    helper: &'a Helper<'rc>,
    page: &'a Value,
    shared: &'a Shared,
}

impl Call<'_, '_> {
    fn value(&self, index: usize) -> Result<&Value, String> {
        match self.helper.param(index) {
            None => Err(format!("{} needs a value", self.helper.name())),
            Some(param) if param.is_value_missing() => {
                let path = param.relative_path().map_or("?", String::as_str);
                Err(format!("{}: there is no field {path}", self.helper.name()))
            }
            Some(param) => Ok(param.value()),
        }
    }

    fn option(&self, name: &str) -> Option<&Value> {
        self.helper
            .hash_get(name)
            .map(|value| value.value())
            .filter(|value| !value.is_null())
    }

    fn setting(&self, name: &str) -> &str {
        self.page
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    fn lang(&self) -> Lang {
        self.setting("lang").parse().unwrap_or_default()
    }

    fn locale(&self) -> Locale<'_> {
        Locale {
            catalogue: &self.shared.catalogue,
            lang: self.lang(),
            zone: format::parse_zone(self.setting("time_zone")),
            now: self.setting("now").parse().unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }

    fn places(&self) -> Result<Option<u32>, String> {
        let Some(value) = self.option("decimals") else {
            return Ok(None);
        };
        value
            .as_u64()
            .and_then(|places| u32::try_from(places).ok())
            .map(Some)
            .ok_or_else(|| {
                format!(
                    "{}: decimals must be a whole number, not {value}",
                    self.helper.name()
                )
            })
    }

    fn date_style(&self) -> Result<DateStyle, String> {
        self.option("format")
            .and_then(Value::as_str)
            .map_or(Ok(DateStyle::Long), str::parse)
    }

    fn instant(&self) -> Result<Timestamp, String> {
        let value = self.value(0)?;
        let text = value.as_str().unwrap_or_default();
        text.parse()
            .map_err(|_| format!("{}: {value} is not an instant", self.helper.name()))
    }

    fn day(&self) -> Result<Date, String> {
        let value = self.value(0)?;
        let text = value.as_str().unwrap_or_default();
        if text.len() > 10
            && let Ok(instant) = text.parse()
        {
            return Ok(self.locale().day_of(instant));
        }
        text.parse()
            .map_err(|_| format!("{}: {value} is not a date", self.helper.name()))
    }

    fn text(&self, markup: bool) -> Outcome {
        let key = self
            .value(0)?
            .as_str()
            .ok_or("t needs the key of a message")?;
        let mut args = Args::new();
        for (name, value) in self.helper.hash() {
            match value.value() {
                Value::Number(number) => args.set(*name, number.as_f64().unwrap_or_default()),
                Value::String(text) if markup => args.set(*name, escape(text)),
                Value::String(text) => args.set(*name, text.as_str()),
                Value::Null => args.set(*name, ""),
                other => args.set(*name, other.to_string()),
            }
        }
        if self.shared.strict_text {
            let found = self.shared.catalogue.try_text(self.lang(), key, &args);
            return found.map_err(|error| error.to_string());
        }
        Ok(self.shared.catalogue.text(self.lang(), key, &args))
    }
}

/// What stands where a value is unknown.
const NOTHING: &str = "–";

fn exact(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Decimal::from_str(&number.to_string()).ok().or_else(|| {
            number
                .as_f64()
                .and_then(|float| Decimal::try_from(float).ok())
        }),
        Value::String(text) => Decimal::from_str(text).ok(),
        _ => None,
    }
}

fn number(call: &Call) -> Result<Option<Decimal>, String> {
    match call.value(0)? {
        Value::Null => Ok(None),
        value => exact(value)
            .map(Some)
            .ok_or_else(|| format!("{}: {value} is not a number", call.helper.name())),
    }
}

fn num(call: &Call) -> Outcome {
    let places = call.places()?;
    Ok(number(call)?.map_or(NOTHING.into(), |value| {
        format::decimal(call.lang(), value, places)
    }))
}

fn percent(call: &Call) -> Outcome {
    let places = call.places()?.unwrap_or(0);
    Ok(number(call)?.map_or(NOTHING.into(), |value| {
        format::percent(call.lang(), value, places)
    }))
}

fn money(call: &Call) -> Outcome {
    let style = match call.option("style").and_then(Value::as_str) {
        None => MoneyStyle::Auto,
        Some("exact") => MoneyStyle::Exact,
        Some("short") => MoneyStyle::Short,
        Some(other) => {
            return Err(format!(
                "money: unknown style {other:?}; use exact or short"
            ));
        }
    };
    let named = call
        .helper
        .param(1)
        .and_then(|currency| currency.value().as_str());
    let currency = named.unwrap_or_else(|| call.setting("currency"));
    match call.value(0)? {
        Value::Null => Ok(NOTHING.into()),
        value => {
            let minor = value
                .as_i64()
                .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
            let minor =
                minor.ok_or_else(|| format!("money: {value} is not an amount in minor units"))?;
            Ok(format::money(call.lang(), minor, currency, style))
        }
    }
}

fn date(call: &Call) -> Outcome {
    if call.value(0)?.is_null() {
        return Ok(NOTHING.into());
    }
    Ok(call.locale().date(call.day()?, call.date_style()?))
}

/// A stored period in the reader's words; a name that is none is printed as it is.
fn period(call: &Call) -> Outcome {
    let style = call.option("format").and_then(Value::as_str);
    let style = style.map_or(Ok(PeriodStyle::Long), str::parse)?;
    match call.value(0)? {
        Value::Null => Ok(NOTHING.into()),
        Value::String(text) => {
            let catalogue = &call.shared.catalogue;
            Ok(format::period(catalogue, call.lang(), text, style))
        }
        other => Err(format!("period: {other} is not a period")),
    }
}

fn ago(call: &Call) -> Outcome {
    let value = call.value(0)?;
    match value.as_str() {
        None if value.is_null() => Ok(NOTHING.into()),
        Some(text) if text.len() <= 10 => Ok(call.locale().days_away(call.day()?)),
        _ => Ok(call.locale().ago(call.instant()?)),
    }
}

fn duration(call: &Call) -> Outcome {
    let seconds = call
        .value(0)?
        .as_i64()
        .ok_or("duration needs whole seconds (or minutes with unit=\"minutes\")")?;
    let minutes = call.option("unit").is_some_and(|unit| unit == "minutes");
    Ok(call.locale().duration(if minutes {
        seconds.saturating_mul(60)
    } else {
        seconds
    }))
}

fn icon(call: &Call) -> Outcome {
    let name = call.value(0)?.as_str().unwrap_or_default();
    let size = call
        .option("size")
        .and_then(Value::as_u64)
        .and_then(|size| u32::try_from(size).ok());
    match icons::svg(name, size.unwrap_or(20)) {
        Some(svg) => Ok(svg),
        None if call.shared.strict_text => Err(format!("there is no icon {name:?}")),
        None => {
            tracing::warn!(name, "unknown icon");
            Ok(String::new())
        }
    }
}

fn trusted(call: &Call) -> Outcome {
    match call.value(0)? {
        Value::Null => Ok(String::new()),
        value => SafeHtml::in_context(value)
            .map(str::to_owned)
            .ok_or_else(|| format!("{} prints SafeHtml only", call.helper.name())),
    }
}

/// Helpers that make text, escaped where it is printed, plain where it is an argument.
struct Words {
    shared: Arc<Shared>,
    make: Make,
}

impl HelperDef for Words {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        if let Some(field) = component::field_of_that_name(helper, context, rc) {
            return Ok(ScopedJson::Derived(Value::String(field)));
        }
        let page = context.data().get("page").unwrap_or(&Value::Null);
        let call = Call {
            helper,
            page,
            shared: &self.shared,
        };
        let text = (self.make)(&call).map_err(RenderErrorReason::Other)?;
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}

/// Helpers that make markup, printed as it is.
struct Markup {
    shared: Arc<Shared>,
    make: Make,
}

impl HelperDef for Markup {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let page = context.data().get("page").unwrap_or(&Value::Null);
        let call = Call {
            helper,
            page,
            shared: &self.shared,
        };
        out.write(&(self.make)(&call).map_err(RenderErrorReason::Other)?)?;
        Ok(())
    }
}

/// `(default value "other")`: the value, or the other one when it is null, missing or empty text.
struct OrDefault;

impl HelperDef for OrDefault {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        let values = helper.params().iter().map(|param| param.value());
        let first = values
            .into_iter()
            .find(|value| !value.is_null() && *value != "");
        Ok(ScopedJson::Derived(first.cloned().unwrap_or(Value::Null)))
    }
}
