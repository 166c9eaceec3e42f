//! Turns an uploaded file into clean rows, with a report for every row that is not.

pub mod mapping;
pub mod period;
pub mod report;
pub mod table;
pub mod value;

pub use period::{Frequency, Period, PeriodError, Reading};
pub use table::{CsvReader, Problem, ReadError, Refusal, RowProblem, Table, TableLimits};
pub use value::{Mark, Number, NumberError, NumberStyle};
