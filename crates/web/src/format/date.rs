//! Dates, times and spans in words. Month and day names and word order come from the catalogue.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::NBSP;
use crate::catalogue::{Args, Catalogue, Lang};

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateStyle {
    /// `12 November 2026`.
    #[default]
    Long,
    /// `12 Nov`, with the year when it is not the current one.
    Short,
    /// `Monday 23 November`, with the year when it is not the current one.
    Weekday,
    /// `November 2026`.
    Month,
}

impl std::str::FromStr for DateStyle {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "long" => Ok(Self::Long),
            "short" => Ok(Self::Short),
            "weekday" => Ok(Self::Weekday),
            "month" => Ok(Self::Month),
            other => Err(format!(
                "unknown date format {other:?}; use long, short, weekday, month"
            )),
        }
    }
}

/// Everything needed to say when something was, for one reader at one moment.
#[derive(Clone)]
pub struct Locale<'a> {
    /// Where the words come from.
    pub catalogue: &'a Catalogue,
    /// The reader's language.
    pub lang: Lang,
    /// The zone in which dates and times are told.
    pub zone: TimeZone,
    /// The moment of telling.
    pub now: Timestamp,
}

/// Reads an IANA zone name; an unknown one falls back to UTC with a logged warning, so that a page still shows.
pub fn parse_zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|error| {
        tracing::warn!(zone = name, %error, "unknown time zone, showing UTC");
        TimeZone::UTC
    })
}

impl Locale<'_> {
    fn say(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let mut args = Args::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.catalogue.text(self.lang, key, &args)
    }

    fn count(&self, key: &str, n: i64) -> String {
        let mut args = Args::new();
        args.set("n", n);
        self.catalogue.text(self.lang, key, &args)
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    /// The reader's today.
    pub fn today(&self) -> Date {
        self.zoned(self.now).date()
    }

    /// A calendar date.
    pub fn date(&self, date: Date, style: DateStyle) -> String {
        let this_year = date.year() == self.today().year();
        let key = match style {
            DateStyle::Long => "format-date-long",
            DateStyle::Short if this_year => "format-date-short",
            DateStyle::Short => "format-date-short-year",
            DateStyle::Weekday if this_year => "format-date-weekday",
            DateStyle::Weekday => "format-date-weekday-year",
            DateStyle::Month => "format-date-month",
        };
        let month = if matches!(style, DateStyle::Short) {
            "format-month-short"
        } else {
            "format-month"
        };
        let mut values = vec![("month", self.say(&format!("{month}-{}", date.month()), &[]))];
        if style != DateStyle::Month {
            values.push(("day", date.day().to_string()));
        }
        if style == DateStyle::Weekday {
            let number = date.weekday().to_monday_one_offset();
            values.push((
                "weekday",
                self.say(&format!("format-weekday-{number}"), &[]),
            ));
        }
        values.push(("year", date.year().to_string()));
        self.say(key, &values)
    }

    /// The day on which an instant falls for this reader.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zoned(at).date()
    }

    /// The time of day, 24 hours: `17:00`.
    pub fn time(&self, at: Timestamp) -> String {
        let zoned = self.zoned(at);
        format!("{:02}:{:02}", zoned.hour(), zoned.minute())
    }

    /// Date and time: `12 November 2026, 17:00`.
    pub fn date_time(&self, at: Timestamp, style: DateStyle) -> String {
        let date = self.date(self.day_of(at), style);
        self.say(
            "format-date-time",
            &[("date", date), ("time", self.time(at))],
        )
    }

    /// How long ago or how far ahead an instant is: `5 minutes ago`, `in 5 hours`, `yesterday`, `in 12 days`.
    pub fn ago(&self, at: Timestamp) -> String {
        let seconds = at.as_second() - self.now.as_second();
        let past = seconds <= 0;
        match seconds.abs() {
            0..45 => self.say("format-now", &[]),
            45..3570 => {
                let key = if past {
                    "format-ago-minutes"
                } else {
                    "format-in-minutes"
                };
                self.count(key, ((seconds.abs() + 30) / 60).max(1))
            }
            3570..=86_400 => {
                let key = if past {
                    "format-ago-hours"
                } else {
                    "format-in-hours"
                };
                self.count(key, (seconds.abs() + 1800) / 3600)
            }
            _ => self.days_away(self.day_of(at)),
        }
    }

    /// A calendar date told from today: `today`, `tomorrow`, `12 days ago`, `in 3 months`.
    pub fn days_away(&self, date: Date) -> String {
        let days = days_between(self.today(), date);
        match days {
            0 => self.say("format-today", &[]),
            1 => self.say("format-tomorrow", &[]),
            -1 => self.say("format-yesterday", &[]),
            2..=60 => self.count("format-in-days", days),
            -60..=-2 => self.count("format-ago-days", -days),
            61..=700 => self.count("format-in-months", (days + 15) / 30),
            -700..=-61 => self.count("format-ago-months", (15 - days) / 30),
            701.. => self.count("format-in-years", (days + 183) / 365),
            _ => self.count("format-ago-years", (183 - days) / 365),
        }
    }

    /// A date by which something is expected: `due today`, `due in 3 days`, `due 12 days ago`.
    pub fn due(&self, date: Date) -> String {
        self.say("format-due", &[("when", self.days_away(date))])
    }

    /// A span: `38 min`, `2 h 5 min`, `3 days`. Under a minute in seconds.
    pub fn duration(&self, seconds: i64) -> String {
        let minutes = (seconds + 30) / 60;
        if seconds < 60 {
            self.count("format-seconds", seconds.max(0))
        } else if minutes < 60 {
            self.count("format-minutes", minutes)
        } else if minutes < 48 * 60 {
            let hours = self.count("format-hours", minutes / 60);
            if minutes % 60 == 0 {
                return hours;
            }
            format!(
                "{hours}{NBSP}{}",
                self.count("format-minutes", minutes % 60)
            )
        } else {
            self.count("format-days", (minutes + 720) / 1440)
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    // Both dates lie in jiff's range, so a span in days always exists.
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn with<R>(lang: Lang, check: impl Fn(&Locale) -> R) -> R {
        let mut builder = Catalogue::builder();
        builder.add("web", Lang::En, include_str!("../../locales/en.ftl"));
        builder.add("web", Lang::Nl, include_str!("../../locales/nl.ftl"));
        let catalogue = builder.build().unwrap();
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        check(&Locale {
            catalogue: &catalogue,
            lang,
            zone,
            now,
        })
    }

    fn plain(text: String) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn dates_in_both_languages() {
        use DateStyle::{Long, Month, Short, Weekday};
        for (day, style, en, nl) in [
            (
                date(2026, 11, 12),
                Long,
                "12 November 2026",
                "12 november 2026",
            ),
            (date(2026, 11, 12), Short, "12 Nov", "12 nov"),
            (date(2025, 3, 1), Short, "1 Mar 2025", "1 mrt 2025"),
            (
                date(2026, 11, 23),
                Weekday,
                "Monday 23 November",
                "maandag 23 november",
            ),
            (date(2026, 10, 1), Month, "October 2026", "oktober 2026"),
        ] {
            assert_eq!(plain(with(Lang::En, |l| l.date(day, style))), en);
            assert_eq!(plain(with(Lang::Nl, |l| l.date(day, style))), nl);
        }
    }

    #[test]
    fn instants_are_told_from_now_in_the_readers_zone() {
        for (at, en, nl) in [
            ("2026-11-23T07:59:50Z", "just now", "zojuist"),
            ("2026-11-23T07:55:00Z", "5 minutes ago", "5 minuten geleden"),
            ("2026-11-23T07:59:00Z", "1 minute ago", "1 minuut geleden"),
            ("2026-11-23T13:00:00Z", "in 5 hours", "over 5 uur"),
            ("2026-11-21T23:30:00Z", "yesterday", "gisteren"),
            ("2026-11-11T08:00:00Z", "12 days ago", "12 dagen geleden"),
            ("2027-02-23T08:00:00Z", "in 3 months", "over 3 maanden"),
            ("2024-11-23T08:00:00Z", "2 years ago", "2 jaar geleden"),
        ] {
            let at = at.parse().unwrap();
            assert_eq!(plain(with(Lang::En, |l| l.ago(at))), en);
            assert_eq!(plain(with(Lang::Nl, |l| l.ago(at))), nl);
        }
    }

    #[test]
    fn due_dates_and_spans() {
        assert_eq!(
            plain(with(Lang::En, |l| l.due(date(2026, 11, 11)))),
            "due 12 days ago"
        );
        assert_eq!(
            plain(with(Lang::Nl, |l| l.due(date(2026, 11, 24)))),
            "moet morgen binnen zijn"
        );
        for (seconds, en, nl) in [
            (38 * 60, "38 min", "38 min"),
            (125 * 60, "2 h 5 min", "2 u 5 min"),
            (7200, "2 h", "2 u"),
            (3 * 86_400, "3 days", "3 dagen"),
            (12, "12 s", "12 s"),
        ] {
            assert_eq!(plain(with(Lang::En, |l| l.duration(seconds))), en);
            assert_eq!(plain(with(Lang::Nl, |l| l.duration(seconds))), nl);
        }
    }

    #[test]
    fn clock_time_follows_daylight_saving() {
        let at = "2026-07-01T15:00:00Z".parse().unwrap();
        assert_eq!(
            plain(with(Lang::En, |l| l.date_time(at, DateStyle::Long))),
            "1 July 2026, 17:00"
        );
        assert_eq!(
            plain(with(Lang::Nl, |l| l.date_time(at, DateStyle::Long))),
            "1 juli 2026 om 17:00"
        );
    }
}
