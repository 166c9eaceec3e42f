//! How a period is called in a sentence.

use jiff::civil::Date;

use super::{Frequency, Length, Period};

impl Period {
    /// A name for people: `Q1 2000`, `January 2020`, `2018–2020`, `2018/19`.
    ///
    /// `language` is a code such as `nl` or `nl-BE`; all but Dutch fall back to English.
    /// `months` are the month names of that language from January on; a missing one is shown as
    /// its number.
    pub fn label<S: AsRef<str>>(&self, language: &str, months: &[S]) -> String {
        let dutch = language == "nl" || language.starts_with("nl-");
        let (start, last) = (self.start(), self.last_day());
        let (year, month) = (start.year(), start.month());
        match self.frequency() {
            Frequency::Day => day(start, months),
            Frequency::Week => {
                let week = start.iso_week_date();
                format!("week {}, {}", week.week(), week.year())
            }
            Frequency::Month => format!("{} {year}", name(start, months)),
            Frequency::Quarter if dutch => format!("{}e kwartaal {year}", (month + 2) / 3),
            Frequency::Quarter => format!("Q{} {year}", (month + 2) / 3),
            Frequency::HalfYear => format!("{} {year}", half(dutch, month)),
            Frequency::Year => year.to_string(),
            Frequency::FiscalYear => format!("{year}/{:02}", last.year().rem_euclid(100)),
            Frequency::Span => match self.length {
                Length::Months(n) if month == 1 && n % 12 == 0 => {
                    format!("{year}–{}", last.year())
                }
                Length::Months(_) => format!(
                    "{} {year} – {} {}",
                    name(start, months),
                    name(last, months),
                    last.year()
                ),
                Length::Days(_) => format!("{} – {}", day(start, months), day(last, months)),
            },
        }
    }
}

fn half(dutch: bool, month: i8) -> &'static str {
    match (dutch, month < 7) {
        (true, true) => "1e halfjaar",
        (true, false) => "2e halfjaar",
        (false, true) => "first half of",
        (false, false) => "second half of",
    }
}

fn day<S: AsRef<str>>(date: Date, months: &[S]) -> String {
    format!("{} {} {}", date.day(), name(date, months), date.year())
}

fn name<S: AsRef<str>>(date: Date, months: &[S]) -> String {
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    months
        .get(index)
        .map_or_else(|| date.month().to_string(), |name| name.as_ref().to_owned())
}
