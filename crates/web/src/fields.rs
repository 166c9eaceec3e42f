//! Checking input field by field, so that a person is told of everything at once.

use backbone_db::{Currency, Dec, Money};
use rust_decimal::Decimal;

use crate::problem::{FieldError, Problem};

/// Collects the errors of a form or a JSON body: call the checks, then [`Fields::finish`].
#[derive(Default)]
pub struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    /// No errors yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes an error; the message is `field-<code>`.
    pub fn fail(&mut self, field: &str, code: &'static str) {
        self.errors.push(FieldError {
            field: field.into(),
            code,
            args: Vec::new(),
        });
    }

    /// Notes an error with arguments for its message.
    pub fn fail_with(&mut self, field: &str, code: &'static str, args: &[(&'static str, String)]) {
        self.errors.push(FieldError {
            field: field.into(),
            code,
            args: args.to_vec(),
        });
    }

    /// A text that must be there, trimmed, of at most `max` characters, without control characters but line ends and tabs.
    pub fn text(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = self.optional(field, value, max);
        if value.is_empty() && !self.has(field) {
            self.fail(field, "required");
        }
        value
    }

    /// A text that may be empty.
    pub fn optional(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = value.trim().replace("\r\n", "\n");
        if value.chars().count() > max {
            self.fail_with(field, "too-long", &[("max", max.to_string())]);
        }
        if value
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            self.fail(field, "control-characters");
        }
        value
    }

    /// A number that must be there, between `min` and `max`. Takes `1234.5` and, unless it is ambiguous, `1.234,5`.
    pub fn decimal(&mut self, field: &str, value: &str, min: Decimal, max: Decimal) -> Dec {
        if value.trim().is_empty() {
            self.fail(field, "required");
            return Dec::new(Decimal::ZERO);
        }
        let Some(number) = parse_decimal(value) else {
            self.fail(field, "not-a-number");
            return Dec::new(Decimal::ZERO);
        };
        if number < min || number > max {
            let args = [("min", min.to_string()), ("max", max.to_string())];
            self.fail_with(field, "out-of-range", &args);
        }
        Dec::new(number)
    }

    /// An amount of money in major units, not negative.
    pub fn money(&mut self, field: &str, value: &str, currency: &Currency) -> Money {
        let amount = self
            .decimal(
                field,
                value,
                Decimal::ZERO,
                Decimal::from(1_000_000_000_000i64),
            )
            .get();
        if amount.normalize().scale() > currency.exponent() {
            self.fail_with(
                field,
                "too-many-decimals",
                &[("max", currency.exponent().to_string())],
            );
        }
        Money::from_major(amount, currency).unwrap_or(Money {
            minor: 0,
            currency: currency.clone(),
        })
    }

    /// Anything with a text form: a role, a sector, an identifier, a period.
    pub fn parse<T: std::str::FromStr>(&mut self, field: &str, value: &str) -> Option<T> {
        if value.trim().is_empty() {
            self.fail(field, "required");
            return None;
        }
        let parsed = value.trim().parse().ok();
        if parsed.is_none() {
            self.fail(field, "not-understood");
        }
        parsed
    }

    /// As [`Fields::parse`], but empty means none.
    pub fn parse_optional<T: std::str::FromStr>(&mut self, field: &str, value: &str) -> Option<T> {
        if value.trim().is_empty() {
            None
        } else {
            self.parse(field, value)
        }
    }

    /// Whether this field already has an error.
    pub fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|e| e.field == field)
    }

    /// # Errors
    /// 422 `invalid` with all field errors, when there is any.
    pub fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let mut problem = Problem::invalid("invalid");
        problem.fields = self.errors;
        Err(problem)
    }
}

/// Reads a number as people type it in English or Dutch: `1234.5`, `1234,5`, `1,234.50`, `1.234,50`, `1 234`.
/// With one separator only, three digits after it and no more than three before mean thousands when a comma is typed; a
/// point is then taken as decimal point, as the number keyboards of phones give it.
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let t: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\''))
        .collect();
    let (points, commas) = (t.matches('.').count(), t.matches(',').count());
    let plain = match (points, commas) {
        (0, 0) | (1, 0) => t,
        (0, 1) if thousands(&t, ',') && !t.starts_with("0,") => t.replace(',', ""),
        (0, 1) => t.replace(',', "."),
        (0, _) if thousands(&t, ',') => t.replace(',', ""),
        (_, 0) if thousands(&t, '.') => t.replace('.', ""),
        (1, _) if t.rfind('.') > t.rfind(',') && thousands(t.split('.').next()?, ',') => {
            t.replace(',', "")
        }
        (_, 1) if t.rfind(',') > t.rfind('.') && thousands(t.split(',').next()?, '.') => {
            t.replace('.', "").replace(',', ".")
        }
        _ => return None,
    };
    if plain.is_empty()
        || !plain
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
    {
        return None;
    }
    Decimal::from_str_exact(&plain).ok()
}

/// Whether every group after the first has three digits and the first one to three.
fn thousands(t: &str, separator: char) -> bool {
    let mut groups = t.trim_start_matches(['-', '+']).split(separator);
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, read) in [
            ("46", Some("46")),
            ("1234.5", Some("1234.5")),
            ("1234,5", Some("1234.5")),
            ("1,234.50", Some("1234.50")),
            ("1.234,50", Some("1234.50")),
            ("1 234", Some("1234")),
            ("1,234", Some("1234")),
            ("0,125", Some("0.125")),
            ("1.234", Some("1.234")),
            ("1.234.567", Some("1234567")),
            ("-3", Some("-3")),
            ("", None),
            ("4 hours", None),
            ("1,2,3", None),
            ("=1+1", None),
        ] {
            assert_eq!(
                parse_decimal(typed),
                read.map(|r| r.parse().unwrap()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn every_error_is_told_at_once() {
        let mut f = Fields::new();
        f.text("name", "  ", 10);
        f.decimal("hours", "many", Decimal::ZERO, Decimal::TEN);
        let problem = f.finish().unwrap_err();
        let told: Vec<_> = problem
            .fields
            .iter()
            .map(|e| (e.field.as_str(), e.code))
            .collect();
        assert_eq!(told, [("name", "required"), ("hours", "not-a-number")]);
    }
}
