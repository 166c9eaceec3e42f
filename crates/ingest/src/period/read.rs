//! Reads the many ways in which people and spreadsheets write a period.

use std::iter;

use jiff::{ToSpan, civil::Date};

use super::{DayOrder, PairMeaning, Period, PeriodError, Reading};

/// A part of the text: a number with its count of digits, a word, or a mark between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    N(i32, usize),
    W(&'a str),
    S(char),
}
use Part::{N, S, W};

type Found = Option<Result<Period, PeriodError>>;

/// Stands for "to" between two periods; no way of writing a single period contains it.
const TO: char = '~';

pub(super) fn read(text: &str, reading: &Reading) -> Result<Period, PeriodError> {
    let tidy = tidy(text);
    if tidy.is_empty() {
        return Err(PeriodError::Blank);
    }
    if let Some(found) = single(&tidy, text.trim(), reading) {
        return found;
    }
    if let Some(found) = two_ends(&tidy, text.trim(), reading) {
        return found;
    }
    let year_with_letters = tidy.len() > 4
        && tidy.len() <= 6
        && tidy.is_char_boundary(4)
        && tidy[..4].bytes().all(|b| b.is_ascii_digit())
        && tidy[4..].chars().all(|c| c.is_alphabetic() || c == '*');
    let text = shortened(text.trim());
    Err(if year_with_letters {
        PeriodError::MarkedYear(text)
    } else {
        PeriodError::Unknown(text)
    })
}

/// Lower case, one kind of dash and space, and one sign for "to".
fn tidy(text: &str) -> String {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            '’' | '‘' | '`' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    let mut tidy = plain;
    for word in [
        " tot en met ",
        " t/m ",
        " through ",
        " until ",
        " to ",
        " tot ",
        "...",
    ] {
        tidy = tidy.replace(word, "~");
    }
    tidy
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// `A to B`, `A-B` or `A/B`, where both are periods and exactly one mark divides them so.
fn two_ends(tidy: &str, shown: &str, reading: &Reading) -> Found {
    let explicit = tidy.contains(TO);
    let mut found: Found = None;
    for (at, mark) in tidy.char_indices() {
        let divides = if explicit {
            mark == TO
        } else {
            matches!(mark, '-' | '/')
        };
        if !divides {
            continue;
        }
        let (first, last) = (&tidy[..at], &tidy[at + 1..]);
        let ends = (single(first, shown, reading), single(last, shown, reading));
        if let (Some(Ok(first)), Some(Ok(last))) = ends {
            if found.is_some() {
                return None;
            }
            found = Some(first.through(last));
        }
    }
    found
}

fn single(tidy: &str, shown: &str, reading: &Reading) -> Found {
    let parts = parts(tidy)?;
    let essence: Vec<Part<'_>> = parts
        .iter()
        .copied()
        .filter(|part| !matches!(part, S('-' | '/' | ',' | '.' | ':' | '\'')))
        .filter(|part| !matches!(part, W("of" | "van")))
        .collect();
    named_year(&parts, &essence, shown, reading)
        .or_else(|| numbers(&parts, shown, reading))
        .or_else(|| dated(&parts, shown, reading))
        .or_else(|| worded(&essence, shown))
}

fn parts(tidy: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = tidy.trim();
    while let Some(c) = rest.chars().next() {
        let len = if c.is_ascii_digit() {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            parts.push(N(rest[..len].parse().ok()?, len));
            len
        } else if c.is_alphabetic() {
            let len = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            parts.push(W(&rest[..len]));
            len
        } else {
            if c != ' ' {
                parts.push(S(c));
            }
            c.len_utf8()
        };
        rest = &rest[len..];
        if parts.len() > 16 {
            return None;
        }
    }
    Some(parts)
}

/// Only digits and marks, without a day: `2020`, `2018-20`, `2018/19`, `01/2020`, `43831`.
fn numbers(parts: &[Part<'_>], shown: &str, reading: &Reading) -> Found {
    Some(match *parts {
        [N(year, 4)] | [N(year, 4), S('.'), N(0, _)] => Period::year(short(year)),
        [N(first, 4), S('-' | '/'), N(last, 4)] => {
            year_pair(first, last, reading.fiscal_year_start)
        }
        [N(year, 4), S(TO), N(last, 2)] => Period::years(short(year), short(century(year, last))),
        [N(year, 4), S(mark @ ('-' | '/')), N(second, 2)] => {
            short_pair(year, second, mark, reading)
        }
        [N(year, 4), S('-' | '/' | '.'), N(month, 1)]
        | [N(month, 1 | 2), S('-' | '/' | '.'), N(year, 4)] => month_of(year, month),
        // Excel's day numbers, from 1954 to 2119; day 25569 is 1 January 1970.
        [N(serial @ 20000..=80000, 5)] => Date::new(1970, 1, 1)
            .and_then(|epoch| epoch.checked_add((serial - 25569).days()))
            .map_err(|_| PeriodError::OutOfRange)
            .and_then(Period::day),
        [N(number, 6)] => month_of(number / 100, number % 100),
        [N(number, 8)] => day_of(number / 10_000, number / 100 % 100, number % 100, shown),
        _ => return None,
    })
}

/// `2018-20`, `2018-19`, `2018/19`, `2020-01`, `2020/01`.
fn short_pair(
    year: i32,
    second: i32,
    mark: char,
    reading: &Reading,
) -> Result<Period, PeriodError> {
    let last = century(year, second);
    let can_be_month = (1..=12).contains(&second);
    let years_meant = reading.pairs == PairMeaning::Years || (mark == '/' && last == year + 1);
    if can_be_month && !years_meant {
        return month_of(year, second);
    }
    if last <= year || last - year > 50 {
        return Err(PeriodError::NoSuchMonth(second));
    }
    year_pair(year, last, reading.fiscal_year_start)
}

/// The year that ends in `second` and does not come before `year`, across a century at most.
fn century(year: i32, second: i32) -> i32 {
    let last = year - year % 100 + second;
    if last < year && year % 100 >= 50 && second < 50 {
        last + 100
    } else {
        last
    }
}

/// Neighbouring years are one fiscal year, others are taken together.
fn year_pair(first: i32, last: i32, fiscal_start: i8) -> Result<Period, PeriodError> {
    if last == first + 1 {
        Period::fiscal_year(short(first), fiscal_start)
    } else {
        Period::years(short(first), short(last))
    }
}

/// With a day: `2020-01-15`, `15/01/2020`, either followed by a time of day.
fn dated(parts: &[Part<'_>], shown: &str, reading: &Reading) -> Found {
    let [
        N(a, a_digits),
        S(mark @ ('-' | '/' | '.')),
        N(b, 1 | 2),
        S(second_mark),
        N(c, c_digits),
        ref time @ ..,
    ] = *parts
    else {
        return None;
    };
    if mark != second_mark || !is_time(time) {
        return None;
    }
    match (a_digits, c_digits) {
        (4, 1 | 2) => Some(day_of(a, b, c, shown)),
        (1 | 2, 4) => Some(match (a, b, reading.day_order) {
            (13.., ..) => day_of(c, b, a, shown),
            (_, 13.., _) => day_of(c, a, b, shown),
            _ if a == b => day_of(c, a, b, shown),
            (.., Some(DayOrder::DayFirst)) => day_of(c, b, a, shown),
            (.., Some(DayOrder::MonthFirst)) => day_of(c, a, b, shown),
            (.., None) => Err(PeriodError::AmbiguousDay(shortened(shown))),
        }),
        _ => None,
    }
}

/// Nothing, or a time of day with an optional zone.
fn is_time(parts: &[Part<'_>]) -> bool {
    let parts = match parts {
        [] => return true,
        [W("t"), rest @ ..] => rest,
        rest => rest,
    };
    matches!(parts, [N(0..=24, 1 | 2), S(':'), N(0..=59, 2), rest @ ..]
        if rest.iter().all(|part| matches!(part, N(..) | S(':' | '.' | '+' | '-') | W("z" | "am" | "pm" | "utc"))))
}

/// Years with a name before or behind: `school year 2018/19`, `FY 2018-19`, `Q1 2018/19`.
fn named_year(parts: &[Part<'_>], essence: &[Part<'_>], shown: &str, reading: &Reading) -> Found {
    let names = || {
        parts.iter().filter_map(|part| {
            if let W(word) = part {
                Some(*word)
            } else {
                None
            }
        })
    };
    let school = |word: &str| {
        matches!(
            word,
            "school" | "academic" | "schooljaar" | "schoolyear" | "studiejaar"
        )
    };
    let fiscal =
        |word: &str| matches!(word, "fy" | "fiscal" | "financial" | "boekjaar" | "fiscaal");
    let known = |word: &str| school(word) || fiscal(word) || matches!(word, "year" | "jaar");
    let years = match *essence {
        [.., N(first, 4), N(last, 2)] => Some((first, century(first, last))),
        [.., N(first, 4), N(last, 4)] => Some((first, last)),
        _ => None,
    };
    if names().next().is_some() && names().all(known) && names().any(|w| school(w) || fiscal(w)) {
        let start = if names().any(school) {
            reading.school_year_start
        } else {
            reading.fiscal_year_start
        };
        return Some(match years {
            Some((first, last)) if last == first + 1 => year_pair(first, last, start),
            _ => Err(PeriodError::AmbiguousFiscalYear(shortened(shown))),
        });
    }
    let (quarter, first, last) = match *essence {
        [W(word), N(quarter, 1), N(first, 4), N(last, 2)] if is_quarter(word) => {
            (quarter, first, last)
        }
        [N(first, 4), N(last, 2), W(word), N(quarter, 1)] if is_quarter(word) => {
            (quarter, first, last)
        }
        _ => return None,
    };
    if century(first, last) != first + 1 {
        return None;
    }
    Some(fiscal_quarter(first, quarter, reading.fiscal_year_start))
}

fn fiscal_quarter(first: i32, quarter: i32, start: i8) -> Result<Period, PeriodError> {
    if !(1..=4).contains(&quarter) {
        return Err(PeriodError::NoSuchQuarter(quarter));
    }
    let months = i32::from(start) - 1 + (quarter - 1) * 3;
    Period::months(short(first + months / 12), tiny(months % 12 + 1), 3)
}

/// With a word: quarter, half-year, week or the name of a month.
fn worded(essence: &[Part<'_>], shown: &str) -> Found {
    let ordinal = |word: &str| matches!(word, "st" | "nd" | "rd" | "th" | "e" | "ste" | "de");
    let (word, number, year) = match *essence {
        [N(year, 4), W(word), N(number, _)] => (word, number, year),
        [W(word), N(number, 1 | 2), N(year, 4)] => (word, number, year),
        [N(number, 1 | 2), W(word), N(year, 4)] => (word, number, year),
        [N(number, 1), W(suffix), W(word), N(year, 4)] if ordinal(suffix) => (word, number, year),
        [N(year, 4), N(number, 1), W(suffix), W(word)] if ordinal(suffix) => (word, number, year),
        [N(year, 4), W("w"), N(week, 2), N(day @ 1..=7, 1)] => {
            return Some(week_day(year, week, day));
        }
        _ => return month_name(essence, shown),
    };
    Some(if is_quarter(word) {
        Period::quarter(short(year), tiny(number))
    } else if matches!(word, "h" | "s" | "hy" | "half" | "halfjaar" | "semester") {
        Period::half_year(short(year), tiny(number))
    } else if matches!(word, "w" | "wk" | "week") {
        Period::week(short(year), tiny(number))
    } else {
        return month_name(essence, shown);
    })
}

fn is_quarter(word: &str) -> bool {
    matches!(
        word,
        "q" | "k" | "kw" | "qtr" | "quarter" | "kwartaal" | "trimester"
    )
}

fn week_day(year: i32, week: i32, day: i32) -> Result<Period, PeriodError> {
    let week = Period::week(short(year), tiny(week))?;
    let date = week.start().checked_add((day - 1).days());
    Period::day(date.map_err(|_| PeriodError::OutOfRange)?)
}

fn month_name(essence: &[Part<'_>], shown: &str) -> Found {
    Some(match *essence {
        [W(name), N(year, 4)] | [N(year, 4), W(name)] => month_of(year, month_number(name)?),
        [W(name), N(year, 2)] => month_of(full_year(year), month_number(name)?),
        [N(day, 1 | 2), W(name), N(year, 4)] | [W(name), N(day, 1 | 2), N(year, 4)] => {
            day_of(year, month_number(name)?, day, shown)
        }
        [N(day, 1 | 2), W(name), N(year, 2)] => {
            day_of(full_year(year), month_number(name)?, day, shown)
        }
        [N(year, 4), W(name), N(day, 1 | 2)] => day_of(year, month_number(name)?, day, shown),
        _ => return None,
    })
}

/// Two digits, as spreadsheets take them: 00 to 69 are in this century.
fn full_year(two_digits: i32) -> i32 {
    if two_digits < 70 {
        2000 + two_digits
    } else {
        1900 + two_digits
    }
}

/// English and Dutch names, in full or as commonly shortened.
fn month_number(name: &str) -> Option<i32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januari"],
        &["february", "februari"],
        &["march", "maart", "mrt"],
        &["april"],
        &["may", "mei"],
        &["june", "juni"],
        &["july", "juli"],
        &["august", "augustus"],
        &["september"],
        &["october", "oktober"],
        &["november"],
        &["december"],
    ];
    let matches = |full: &&str| {
        *full == name || (name.len() >= 3 && name.len() <= 4 && full.starts_with(name))
    };
    iter::zip(1.., NAMES)
        .find(|(_, names)| names.iter().any(matches))
        .map(|(number, _)| number)
}

fn month_of(year: i32, month: i32) -> Result<Period, PeriodError> {
    if !(1..=12).contains(&month) {
        return Err(PeriodError::NoSuchMonth(month));
    }
    Period::month(short(year), tiny(month))
}

fn day_of(year: i32, month: i32, day: i32, shown: &str) -> Result<Period, PeriodError> {
    let date = Date::new(short(year), tiny(month), tiny(day));
    Period::day(date.map_err(|_| PeriodError::NoSuchDay(shortened(shown)))?)
}

/// Out of range becomes a number that no constructor accepts.
fn short(number: i32) -> i16 {
    i16::try_from(number).unwrap_or(-1)
}

/// As [`short`], for months, quarters, weeks and days.
fn tiny(number: i32) -> i8 {
    i8::try_from(number).unwrap_or(-1)
}
