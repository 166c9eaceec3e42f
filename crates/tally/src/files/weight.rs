//! Weights as they are written: whole or with decimals.

use super::Stop;
use crate::election::{Election, MOST_WEIGHT, MOST_WEIGHT_PLACES};
use crate::files::FileError;

/// Reads a weight in units of `places` decimals.
pub(super) fn parse(text: &str, places: u8, line: usize) -> Result<u64, Stop> {
    let wrong = || {
        Stop::Wrong(FileError::at(
            line,
            format!("“{text}” is not a weight; write a number such as 1, 42 or 1.5"),
        ))
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
        return Err(wrong());
    }
    if part.len() > usize::from(MOST_WEIGHT_PLACES) {
        return Err(Stop::Wrong(FileError::at(
            line,
            format!("the weight {text} has more than {MOST_WEIGHT_PLACES} decimals; round it"),
        )));
    }
    // At most six digits, so that it fits.
    let needed = part.len() as u8;
    if needed > places {
        return Err(Stop::MorePlaces(needed));
    }
    let number = format!("{whole}{part}{}", "0".repeat(usize::from(places - needed)));
    let weight: u64 = number.parse().map_err(|_| wrong())?;
    if weight > MOST_WEIGHT {
        let what = format!("the weight {text} is more than can be counted; use smaller weights");
        return Err(Stop::Wrong(FileError::at(line, what)));
    }
    Ok(weight)
}

/// Writes a weight.
pub(super) fn show(election: &Election, weight: u64) -> String {
    crate::Amount::decimal(weight, election.weight_places()).plain()
}
