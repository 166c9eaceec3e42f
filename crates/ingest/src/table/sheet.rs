//! From the cells of a sheet to headers and rows.

use std::io::{Read, Seek};

use calamine::{DataRef, ExcelDateTime, Xlsx};
use rust_decimal::Decimal;

use super::{Problem, Refusal, Row, RowProblem, Table, TableLimits, TableNote, header};

/// Rows and columns that a sheet can have in a spreadsheet program.
const SHEET: (u32, u32) = (1_048_576, 16_384);

/// The filled cells of a sheet, row by row. Only these are held: what a sheet claims about its
/// size is not looked at.
#[derive(Default)]
pub(super) struct Cells {
    rows: Vec<Row>,
    /// Row, column and problem; headers are not known yet.
    problems: Vec<(u64, usize, Problem)>,
    formulas: u64,
    first_formula: Option<String>,
}

impl Cells {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Streams one sheet.
    pub(super) fn read<RS: Read + Seek>(
        workbook: &mut Xlsx<RS>,
        sheet: &str,
        limits: &TableLimits,
    ) -> Result<Self, Refusal> {
        let mut reader = workbook
            .worksheet_cells_reader(sheet)
            .map_err(Refusal::damaged)?;
        let mut cells = Self::default();
        while let Some(cell) = reader
            .next_cell_with_formula_metadata()
            .map_err(Refusal::damaged)?
        {
            let at = Place(cell.pos.0, cell.pos.1);
            if at.0 >= SHEET.0 || at.1 >= SHEET.1 {
                return Err(Refusal::FarCell { cell: at.name() });
            }
            let formula = cell.formula.is_some();
            let (text, error) = text(&cell.value);
            if formula {
                cells.formulas += 1;
                cells.first_formula.get_or_insert_with(|| at.name());
            }
            let problem = match error {
                Some(error) => Some(Problem::CellError { error }),
                None if formula && cell.value == DataRef::Empty => {
                    Some(Problem::FormulaWithoutResult { cell: at.name() })
                }
                None => None,
            };
            if text.trim().is_empty() && problem.is_none() {
                continue;
            }
            if at.1 as usize >= limits.columns {
                return Err(Refusal::FarCell { cell: at.name() });
            }
            if text.len() > limits.cell {
                let limit = limits.cell;
                return Err(Refusal::CellTooLong {
                    at: at.name(),
                    limit,
                });
            }
            cells.put(at, text, problem, limits)?;
        }
        Ok(cells)
    }

    fn put(
        &mut self,
        at: Place,
        text: String,
        problem: Option<Problem>,
        limits: &TableLimits,
    ) -> Result<(), Refusal> {
        let number = u64::from(at.0) + 1;
        if self.rows.last().is_none_or(|row| row.number < number) {
            // One more than the limit, for the header.
            if self.rows.len() as u64 > limits.rows {
                return Err(Refusal::TooManyRows { limit: limits.rows });
            }
            let cells = Vec::new();
            self.rows.push(Row { number, cells });
        }
        let column = at.1 as usize;
        if let Some(row) = self.rows.last_mut() {
            if row.number != number {
                return Err(Refusal::damaged("its rows are out of order"));
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            row.cells[column] = text;
        }
        if let Some(problem) = problem {
            self.problems.push((number, column, problem));
        }
        Ok(())
    }

    pub(super) fn into_table(self, mut notes: Vec<TableNote>) -> Result<Table, Refusal> {
        let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let usual = usual_width(self.rows.iter().take(1000).map(|row| row.cells.len()));
        let above = header::position(self.rows.iter().map(filled), usual);
        let mut rows = self.rows.into_iter().skip(above);
        let head = rows.next().ok_or(Refusal::Empty)?;
        if above > 0 {
            notes.push(TableNote::LinesAboveHeader { count: above });
        }
        if let Some(first) = self.first_formula {
            let count = self.formulas;
            notes.push(TableNote::Formulas { count, first });
        }
        let headers = header::names(head.cells.iter().map(String::as_str), &mut notes);
        let mut table = Table {
            headers,
            rows: Vec::new(),
            problems: Vec::new(),
            notes,
        };
        let mut problems = self.problems.into_iter().peekable();
        for mut row in rows {
            let (found, expected) = (row.cells.len(), table.headers.len());
            while let Some((number, column, problem)) = problems.next_if(|p| p.0 <= row.number) {
                if number == row.number {
                    table.problems.push(RowProblem {
                        row: number,
                        column: table.headers.get(column).cloned(),
                        problem,
                        left_out: false,
                        cells: row.cells.clone(),
                    });
                }
            }
            if found > expected {
                table.problems.push(RowProblem {
                    row: row.number,
                    column: None,
                    problem: Problem::TooManyCells { found, expected },
                    left_out: true,
                    cells: row.cells,
                });
                continue;
            }
            row.cells.resize(expected, String::new());
            table.rows.push(row);
        }
        Ok(table)
    }
}

fn usual_width(widths: impl Iterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths {
        *counts.entry(width).or_insert(0_usize) += 1;
    }
    let usual = counts
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width));
    usual.map_or(0, |(width, _)| width)
}

/// Row and column from 0.
#[derive(Clone, Copy)]
struct Place(u32, u32);

impl Place {
    /// As spreadsheets name it: `B7`.
    fn name(self) -> String {
        let mut letters = Vec::new();
        let mut column = u64::from(self.1) + 1;
        while column > 0 {
            column -= 1;
            letters.push(char::from(b'A' + (column % 26) as u8));
            column /= 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        format!("{letters}{}", u64::from(self.0) + 1)
    }
}

/// The text of a cell, and the error when it holds one.
fn text(value: &DataRef<'_>) -> (String, Option<String>) {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => return (error.to_string(), Some(error.to_string())),
        DataRef::Empty => String::new(),
    };
    (text, None)
}

/// A number with the fifteen digits that spreadsheet programs show: they store 0.1 + 0.2 as
/// 0.30000000000000004 and mean 0.3.
fn number_text(number: f64) -> String {
    Decimal::from_scientific(&format!("{number:.14e}")).map_or_else(
        |_| number.to_string(),
        |decimal| decimal.normalize().to_string(),
    )
}

/// ISO date, with the time unless it is midnight; hours for durations and times alone.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days * 86_400.0).round() as i64;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return format!("{hours}:{:02}:{:02}", minutes.abs(), (seconds % 60).abs());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_have_the_digits_that_were_meant() {
        for (number, expected) in [
            (0.1 + 0.2, "0.3"),
            (19.0, "19"),
            (-1234.56, "-1234.56"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (0.0, "0"),
        ] {
            assert_eq!(number_text(number), expected);
        }
    }

    #[test]
    fn moments_are_iso() {
        for (days, kind, expected) in [
            (43831.0, ExcelDateTimeType::DateTime, "2020-01-01"),
            (43831.5, ExcelDateTimeType::DateTime, "2020-01-01T12:00:00"),
            (0.25, ExcelDateTimeType::DateTime, "6:00:00"),
            (1.5625, ExcelDateTimeType::TimeDelta, "37:30:00"),
        ] {
            assert_eq!(
                moment_text(&ExcelDateTime::new(days, kind, false)),
                expected
            );
        }
    }

    #[test]
    fn places_are_named_as_in_a_spreadsheet() {
        for (place, name) in [
            (Place(0, 0), "A1"),
            (Place(6, 25), "Z7"),
            (Place(6, 26), "AA7"),
            (Place(1_048_575, 16_383), "XFD1048576"),
        ] {
            assert_eq!(place.name(), name);
        }
    }
}
