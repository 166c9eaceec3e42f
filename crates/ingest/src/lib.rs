//! Turns an uploaded file into clean rows, with a report for every row that is not.

pub mod period;
pub mod value;

pub use period::{Frequency, Period, PeriodError, Reading};
pub use value::{Mark, Number, NumberError, NumberStyle};
