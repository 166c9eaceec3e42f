//! Periods in words: `2026-Q3` is `Q3 2026` to one reader and `3e kwartaal 2026` to another.

use jiff::civil::Date;

use crate::catalogue::{Args, Catalogue, Lang};

/// How much room there is for the names of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeriodStyle {
    /// `October 2026`.
    #[default]
    Long,
    /// `Oct 2026`, for tables and charts.
    Short,
}

impl std::str::FromStr for PeriodStyle {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "long" => Ok(Self::Long),
            "short" => Ok(Self::Short),
            other => Err(format!(
                "unknown period format {other:?}; use long or short"
            )),
        }
    }
}

/// A stretch of time, given in the one form in which it is stored, in a reader's words.
///
/// | stored | English | Dutch |
/// |---|---|---|
/// | `2026-05-12` | 12 May 2026 | 12 mei 2026 |
/// | `2026-W20` | week 20 of 2026 | week 20 van 2026 |
/// | `2026-05` | May 2026 | mei 2026 |
/// | `2026-Q3` | Q3 2026 | 3e kwartaal 2026 |
/// | `2026-H1` | first half of 2026 | eerste helft van 2026 |
/// | `2018/2020` | 2018–2020 | 2018–2020 |
/// | `2025-09/2026-08` | Sep 2025 – Aug 2026 | sep 2025 – aug 2026 |
/// | `2026-05-12/2026-05-20` | 12–20 May 2026 | 12–20 mei 2026 |
/// | `2025-Q3 – 2026-Q3` | as the span of both | |
///
/// Anything else, a name that somebody typed, say, is given back as it is.
pub fn period(catalogue: &Catalogue, lang: Lang, text: &str, style: PeriodStyle) -> String {
    let words = Words {
        catalogue,
        lang,
        style,
    };
    // Two periods with a dash between them are told like a span.
    let told = match text.split_once('/').or_else(|| text.split_once(" – ")) {
        None => Piece::read(text).map(|piece| words.piece(&piece)),
        Some((first, last)) => match (Piece::read(first), Piece::read(last)) {
            (Some(first), Some(last)) => words.span(&first, &last),
            _ => None,
        },
    };
    told.unwrap_or_else(|| text.to_owned())
}

/// The calendar's own stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Year(i16),
    Half(i16, u8),
    Quarter(i16, u8),
    Month(i16, i8),
    Week(i16, u8),
    Day(Date),
}

impl Piece {
    fn read(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        if rest.is_empty() {
            return Some(Self::Year(year));
        }
        let rest = rest.strip_prefix('-')?;
        let number = |text: &str, digits: usize, last: u8| {
            let ok = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            let number: u8 = ok.then(|| text.parse().ok()).flatten()?;
            (1..=last).contains(&number).then_some(number)
        };
        if let Some(quarter) = rest.strip_prefix('Q') {
            return Some(Self::Quarter(year, number(quarter, 1, 4)?));
        }
        if let Some(half) = rest.strip_prefix('H') {
            return Some(Self::Half(year, number(half, 1, 2)?));
        }
        if let Some(week) = rest.strip_prefix('W') {
            return Some(Self::Week(year, number(week, 2, 53)?));
        }
        if rest.len() == 2 {
            let month = i8::try_from(number(rest, 2, 12)?).ok()?;
            return Some(Self::Month(year, month));
        }
        // jiff reads more than this one form of a date.
        (rest.len() == 5)
            .then(|| text.parse().ok().map(Self::Day))
            .flatten()
    }
}

struct Words<'a> {
    catalogue: &'a Catalogue,
    lang: Lang,
    style: PeriodStyle,
}

impl Words<'_> {
    fn say(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let mut args = Args::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.catalogue.text(self.lang, key, &args)
    }

    fn month_name(&self, month: i8, style: PeriodStyle) -> String {
        let names = match style {
            PeriodStyle::Long => "format-month",
            PeriodStyle::Short => "format-month-short",
        };
        self.say(&format!("{names}-{month}"), &[])
    }

    fn piece(&self, piece: &Piece) -> String {
        let year = |year: &i16| ("year", year.to_string());
        match piece {
            Piece::Year(year) => year.to_string(),
            Piece::Half(y, half) => self.say(&format!("format-period-half-{half}"), &[year(y)]),
            Piece::Quarter(y, n) => {
                self.say("format-period-quarter", &[("n", n.to_string()), year(y)])
            }
            Piece::Month(y, month) => self.month(*y, *month, self.style),
            Piece::Week(y, n) => self.say("format-period-week", &[("n", n.to_string()), year(y)]),
            Piece::Day(date) => self.day(*date, &date.day().to_string(), self.style),
        }
    }

    fn month(&self, year: i16, month: i8, style: PeriodStyle) -> String {
        let values = [
            ("month", self.month_name(month, style)),
            ("year", year.to_string()),
        ];
        self.say("format-date-month", &values)
    }

    /// A date whose day is told as `days`: `12`, or `12–20`.
    fn day(&self, date: Date, days: &str, style: PeriodStyle) -> String {
        let values = [
            ("day", days.to_owned()),
            ("month", self.month_name(date.month(), style)),
            ("year", date.year().to_string()),
        ];
        self.say("format-date-long", &values)
    }

    /// From the first piece to the last one, both of a kind. Spans name months in short: they are long enough.
    fn span(&self, first: &Piece, last: &Piece) -> Option<String> {
        let short = PeriodStyle::Short;
        match (first, last) {
            (Piece::Year(from), Piece::Year(until)) => Some(format!("{from}–{until}")),
            (Piece::Month(y1, m1), Piece::Month(y2, m2)) => {
                let from = if y1 == y2 {
                    self.month_name(*m1, short)
                } else {
                    self.month(*y1, *m1, short)
                };
                Some(format!("{from} – {}", self.month(*y2, *m2, short)))
            }
            (Piece::Day(from), Piece::Day(until)) => Some(self.days(*from, *until)),
            _ => None,
        }
    }

    fn days(&self, from: Date, until: Date) -> String {
        let short = PeriodStyle::Short;
        if from.first_of_month() == until.first_of_month() {
            let days = format!("{}–{}", from.day(), until.day());
            return self.day(until, &days, self.style);
        }
        let last = self.day(until, &until.day().to_string(), short);
        let first = if from.year() == until.year() {
            let values = [
                ("day", from.day().to_string()),
                ("month", self.month_name(from.month(), short)),
            ];
            self.say("format-date-short", &values)
        } else {
            self.day(from, &from.day().to_string(), short)
        };
        format!("{first} – {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lang: Lang, text: &str, style: PeriodStyle) -> String {
        let mut builder = Catalogue::builder();
        builder.add("web", Lang::En, include_str!("../../locales/en.ftl"));
        builder.add("web", Lang::Nl, include_str!("../../locales/nl.ftl"));
        period(&builder.build().unwrap(), lang, text, style)
    }

    #[test]
    fn every_kind_of_period_in_both_languages() {
        for (text, en, nl) in [
            ("2026-05-12", "12 May 2026", "12 mei 2026"),
            ("2026-W05", "week 5 of 2026", "week 5 van 2026"),
            ("2026-10", "October 2026", "oktober 2026"),
            ("2026-Q3", "Q3 2026", "3e kwartaal 2026"),
            ("2026-H1", "first half of 2026", "eerste helft van 2026"),
            ("2026-H2", "second half of 2026", "tweede helft van 2026"),
            ("2026", "2026", "2026"),
            ("2018/2020", "2018–2020", "2018–2020"),
            (
                "2025-09/2026-08",
                "Sep 2025 – Aug 2026",
                "sep 2025 – aug 2026",
            ),
            ("2026-02/2026-04", "Feb – Apr 2026", "feb – apr 2026"),
            ("2026-05-12/2026-05-20", "12–20 May 2026", "12–20 mei 2026"),
            (
                "2026-01-12/2026-03-02",
                "12 Jan – 2 Mar 2026",
                "12 jan – 2 mrt 2026",
            ),
            (
                "2025-12-12/2026-01-02",
                "12 Dec 2025 – 2 Jan 2026",
                "12 dec 2025 – 2 jan 2026",
            ),
        ] {
            assert_eq!(told(Lang::En, text, PeriodStyle::Long), en);
            assert_eq!(told(Lang::Nl, text, PeriodStyle::Long), nl);
        }
        assert_eq!(told(Lang::En, "2026-10", PeriodStyle::Short), "Oct 2026");
        assert_eq!(told(Lang::Nl, "2026-03", PeriodStyle::Short), "mrt 2026");
    }

    #[test]
    fn what_is_no_period_stays_as_it_is() {
        for text in [
            "",
            "the long summer",
            "2026-13",
            "2026-Q5",
            "2026-W54",
            "2026-1",
            "2026-02-30",
            "2026/2026-03",
            "é026",
            "202é",
            "2026-+1",
            "20261",
        ] {
            assert_eq!(told(Lang::En, text, PeriodStyle::Long), text);
        }
    }
}
