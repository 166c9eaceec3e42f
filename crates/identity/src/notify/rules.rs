use backbone_db::Instant;
use jiff::Zoned;
use jiff::civil::time;
use jiff::tz::TimeZone;

use super::{Hours, Often};

/// When a notice goes out by mail: at once, or with the next summary, and never in the hours without mail. `None` for never.
pub fn when(often: Often, hours: &Hours, now: Instant) -> Option<Instant> {
    let zone = hours.zone();
    let at = match often {
        Often::Off => return None,
        Often::Now => now,
        Often::Daily => next(now, &zone, hours.summary_at, None),
        Often::Weekly => next(now, &zone, hours.summary_at, Some(hours.summary_day)),
    };
    Some(after_quiet(at, &zone, hours.quiet))
}

/// The end of the hours without mail when `at` falls into them, else `at`. They may go over midnight.
fn after_quiet(at: Instant, zone: &TimeZone, quiet: Option<(i32, i32)>) -> Instant {
    let Some((from, until)) = quiet.filter(|(from, until)| from != until) else {
        return at;
    };
    let local = at.jiff().to_zoned(zone.clone());
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let is_quiet = match from < until {
        true => (from..until).contains(&minute),
        false => minute >= from || minute < until,
    };
    match is_quiet {
        true => next(at, zone, until, None),
        false => at,
    }
}

/// The first moment after `now` at which clocks of the zone show a minute of the day, on a day of the week if one is given.
/// A time that a change of the clocks leaves out is told after the gap.
fn next(now: Instant, zone: &TimeZone, minute: i32, weekday: Option<i32>) -> Instant {
    let today = now.date_in(zone);
    let minute = minute.clamp(0, 24 * 60 - 1);
    let hour = i8::try_from(minute / 60).unwrap_or(0);
    let at = time(hour, i8::try_from(minute % 60).unwrap_or(0), 0, 0);
    let mut day = today;
    for _ in 0..9 {
        let fits = weekday.is_none_or(|w| i32::from(day.weekday().to_monday_one_offset()) == w);
        let moment: Option<Zoned> = day.to_datetime(at).to_zoned(zone.clone()).ok();
        if let Some(moment) = moment.filter(|m| fits && m.timestamp() > now.jiff()) {
            return Instant::from_jiff(moment.timestamp());
        }
        day = day.tomorrow().unwrap_or(day);
    }
    // Only at the end of time.
    now
}
