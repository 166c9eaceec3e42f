use rust_decimal::Decimal;

use super::{Mark, Number, NumberError, NumberStyle, is_missing};

/// Longest first, so that `US$` is not taken for `$`.
const CURRENCIES: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("eur", "EUR"),
    ("usd", "USD"),
    ("gbp", "GBP"),
    ("chf", "CHF"),
    ("jpy", "JPY"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("pln", "PLN"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("zł", "PLN"),
    ("kr", "kr"),
    ("$", "$"),
];

/// Digits and the signs between them; all else has been taken off.
pub(super) struct Bare {
    pub negative: bool,
    pub percent: bool,
    pub currency: Option<&'static str>,
    pub body: String,
    pub exponent: Option<i32>,
}

impl NumberStyle {
    /// Reads one text; `None` when it stands for "no figure" (see [`super::MISSING`]).
    ///
    /// # Errors
    /// Says what to write instead; see [`NumberError`].
    pub fn read(&self, text: &str) -> Result<Option<Number>, NumberError> {
        if is_missing(text) {
            return Ok(None);
        }
        let bare = bare(text)?;
        let digits = digits(&bare.body, self.decimal, text)?;
        let mut value =
            Decimal::from_str_exact(&digits).map_err(|_| NumberError::TooLong(shown(text)))?;
        if let Some(exponent) = bare.exponent {
            value = Decimal::from_scientific(&format!("{value}e{exponent}"))
                .map_err(|_| NumberError::TooLong(shown(text)))?;
        }
        value.set_sign_negative(bare.negative && !value.is_zero());
        Ok(Some(Number {
            value,
            percent: bare.percent,
            currency: bare.currency.map(str::to_owned),
        }))
    }
}

/// Takes off signs, brackets, currency, percent and exponent.
pub(super) fn bare(text: &str) -> Result<Bare, NumberError> {
    let trimmed = text.trim();
    let wrong = || NumberError::NotANumber(shown(text));
    let second = trimmed.chars().nth(1).unwrap_or(' ');
    if trimmed.starts_with(['=', '@'])
        || (trimmed.starts_with(['+', '-']) && second.is_alphabetic())
    {
        return Err(NumberError::Formula(shown(text)));
    }
    if trimmed.starts_with('#') {
        return Err(NumberError::SpreadsheetError(shown(text)));
    }
    let mut bare = Bare {
        negative: false,
        percent: false,
        currency: None,
        body: String::new(),
        exponent: None,
    };
    let lower = trimmed.to_lowercase();
    let mut rest = lower.as_str();
    if let Some(inside) = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        bare.negative = true;
        rest = inside.trim();
    }
    rest = peel(rest, &mut bare).ok_or_else(wrong)?;
    // "100,-" and "100.--" end as Dutch and Swiss price labels do.
    rest = rest.trim_end_matches(['-', '–', '—']).trim_end();
    rest = rest.strip_suffix([',', '.']).unwrap_or(rest);
    if let Some((mantissa, exponent)) = rest.split_once('e') {
        bare.exponent = Some(exponent.parse().map_err(|_| wrong())?);
        rest = mantissa;
    }
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_spacing(c);
    if !rest.contains(|c: char| c.is_ascii_digit()) || !rest.chars().all(allowed) {
        return Err(wrong());
    }
    bare.body = rest
        .chars()
        .map(|c| if is_spacing(c) { ' ' } else { c })
        .collect();
    Ok(bare)
}

/// Signs, currencies and percent signs at both ends, each at most once.
fn peel<'a>(mut rest: &'a str, bare: &mut Bare) -> Option<&'a str> {
    let mut signed = bare.negative;
    loop {
        rest = rest.trim_matches(is_blank);
        if let Some(after) = rest.strip_prefix(['-', '−', '–', '+']) {
            if signed {
                return None;
            }
            signed = true;
            bare.negative = !rest.starts_with('+');
            rest = after;
        } else if let Some(before) = rest.strip_prefix('%').or_else(|| rest.strip_suffix('%')) {
            if std::mem::replace(&mut bare.percent, true) {
                return None;
            }
            rest = before;
        } else if let Some((after, code)) = CURRENCIES.iter().find_map(|(sign, code)| {
            let after = rest
                .strip_prefix(sign)
                .or_else(|| rest.strip_suffix(sign))?;
            Some((after, *code))
        }) {
            if bare.currency.replace(code).is_some() {
                return None;
            }
            rest = after;
        } else if let Some(before) = rest
            .strip_suffix('-')
            .filter(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        {
            if signed {
                return None;
            }
            signed = true;
            bare.negative = true;
            rest = before;
        } else {
            return Some(rest);
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Signs for thousands that can be nothing else: spaces of all widths and apostrophes.
fn is_spacing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '’' | '‘' | '`')
}

/// What the signs in a number allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No point or comma, or only one possible reading with this decimal mark.
    Plain,
    Only(Mark),
    /// `1,234` or `1.234`; the sign is given.
    Either(Mark),
    Wrong,
}

pub(super) fn shape(body: &str) -> Shape {
    let count = |sign: char| body.matches(sign).count();
    let (points, commas) = (count('.'), count(','));
    match (points, commas) {
        (0, 0) => Shape::Plain,
        (1, 1) => Shape::Only(if body.rfind('.') > body.rfind(',') {
            Mark::Point
        } else {
            Mark::Comma
        }),
        (0 | 1, 2..) => Shape::Only(Mark::Point),
        (2.., 0 | 1) => Shape::Only(Mark::Comma),
        (1, 0) => one_sign(body, Mark::Point),
        (0, 1) => one_sign(body, Mark::Comma),
        _ => Shape::Wrong,
    }
}

/// A single sign divides thousands only when it could: `1,234`, but not `12,5`, `0,123`, `1 000,123`.
fn one_sign(body: &str, mark: Mark) -> Shape {
    let (before, after) = body.split_once(mark.sign()).unwrap_or((body, ""));
    let thousands = after.len() == 3
        && (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && !before.contains(' ');
    if thousands {
        Shape::Either(mark)
    } else {
        Shape::Only(mark)
    }
}

/// ASCII digits with at most one point.
fn digits(body: &str, decimal: Option<Mark>, text: &str) -> Result<String, NumberError> {
    let mark = match shape(body) {
        Shape::Plain => Mark::Point,
        Shape::Only(mark) => mark,
        Shape::Either(_) => decimal.ok_or_else(|| NumberError::Ambiguous(shown(text)))?,
        Shape::Wrong => return Err(NumberError::BadGroups(shown(text))),
    };
    let (whole, fraction) = match body.split_once(mark.sign()) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    let bad = || NumberError::BadGroups(shown(text));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    let mut digits = ungrouped(whole).ok_or_else(bad)?;
    if !fraction.is_empty() {
        digits.push('.');
        digits.push_str(fraction);
    }
    Ok(digits)
}

/// `None` unless all groups but the first have three digits and one sign divides them all.
fn ungrouped(whole: &str) -> Option<String> {
    if whole.is_empty() {
        return Some("0".into());
    }
    let Some(sign) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    let mut digits = String::with_capacity(whole.len());
    for (index, group) in whole.split(sign).enumerate() {
        let fits = if index == 0 {
            (1..=3).contains(&group.len())
        } else {
            group.len() == 3
        };
        if !fits || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// The text as it is repeated in a message: not longer than a line.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
