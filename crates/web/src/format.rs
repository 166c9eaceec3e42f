//! Numbers, money, dates and spans of time in the reader's language. Pure: the clock and the zone are arguments.

mod date;
mod number;
mod period;

pub use date::{DateStyle, Locale, parse_zone};
pub use number::{MoneyStyle, decimal, float, integer, money, percent};
pub use period::{PeriodStyle, period};

/// The space that keeps a number and its unit on one line.
pub const NBSP: char = '\u{a0}';
/// The minus sign, as wide as a plus and never a line break.
pub const MINUS: char = '\u{2212}';
