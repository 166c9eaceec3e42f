//! Tables that leave the server: exports, and the file that says row by row what was wrong.
//!
//! A text that a spreadsheet program would take for a formula gets an apostrophe in front, which
//! those programs show as text. Plain numbers keep their sign.

#[cfg(test)]
mod tests;

use std::{borrow::Cow, io};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::table::{Problem, RowProblem};

/// Rows that fit on a sheet, its header included.
const SHEET_ROWS: u32 = 1_048_576;

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The place it was written to failed.
    #[error("the export could not be written")]
    Csv(#[from] csv::Error),
    /// The same, at the very end.
    #[error("the export could not be written")]
    Io(#[from] io::Error),
    /// A sheet has limits: 1,048,575 rows, 16,384 columns, 32,767 characters a cell.
    #[error("the table is too large for a workbook; export it as CSV")]
    Xlsx(#[from] XlsxError),
    /// More rows than a sheet has.
    #[error("the table has more rows than a workbook can hold; export it as CSV")]
    TooManyRows,
}

/// The text with an apostrophe in front when a spreadsheet program could take it for a formula.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if risky && !is_plain_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A sign, digits, and a decimal mark with digits: nothing that could be worked out.
fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// Writes a table as CSV: UTF-8, commas, line ends as RFC 4180 has them.
///
/// # Errors
/// When the writer fails.
pub fn write_csv<W, H, R, C>(to: W, headers: H, rows: R) -> Result<(), WriteError>
where
    W: io::Write,
    H: IntoIterator,
    H::Item: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<str>,
{
    let mut writer = csv_writer(to);
    write_record(&mut writer, headers)?;
    for row in rows {
        write_record(&mut writer, row)?;
    }
    writer.flush()?;
    Ok(())
}

/// As [`write_csv`] without the headers: what follows on an earlier part.
///
/// # Errors
/// When the writer fails.
pub fn write_csv_rows<W, R, C>(to: W, rows: R) -> Result<(), WriteError>
where
    W: io::Write,
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<str>,
{
    let mut writer = csv_writer(to);
    for row in rows {
        write_record(&mut writer, row)?;
    }
    writer.flush()?;
    Ok(())
}

fn csv_writer<W: io::Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(to)
}

fn write_record<W: io::Write>(
    writer: &mut csv::Writer<W>,
    cells: impl IntoIterator<Item = impl AsRef<str>>,
) -> Result<(), WriteError> {
    for cell in cells {
        writer.write_field(neutral(cell.as_ref()).as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    Ok(())
}

/// A table as an XLSX workbook with one sheet; plain numbers become numbers, all else is text.
///
/// # Errors
/// When it has more rows, columns or text than a sheet can hold.
pub fn write_xlsx<H, R, C>(headers: H, rows: R) -> Result<Vec<u8>, WriteError>
where
    H: IntoIterator,
    H::Item: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<str>,
{
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write_string_with_format(0, column, neutral(header.as_ref()), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (number, row) in (1_u32..).zip(rows) {
        if number >= SHEET_ROWS {
            return Err(WriteError::TooManyRows);
        }
        for (column, cell) in (0_u16..).zip(row) {
            let text = cell.as_ref();
            match exact_number(text) {
                Some(value) => sheet.write_number(number, column, value)?,
                None => sheet.write_string(number, column, neutral(text))?,
            };
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// A number that a spreadsheet shows again as it is written here: no leading zeros, as codes
/// have them, and no more than fifteen digits.
fn exact_number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let code = unsigned.starts_with('0') && !unsigned.starts_with("0.") && unsigned != "0";
    let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
    if code || digits > 15 || text.starts_with('+') || text.contains(',') || !is_plain_number(text)
    {
        return None;
    }
    text.parse().ok()
}

/// The words of an error file, in the language of the person who gets it.
pub struct ErrorFileWords<'a> {
    /// Titles of the columns for the row's number, what is wrong, and what to do.
    pub titles: [&'a str; 3],
    /// What is wrong and what to do, for one problem; [`in_english`] is one such.
    pub say: &'a dyn Fn(&RowProblem) -> (String, String),
}

/// The problem and the advice in English, with the column when there is one.
pub fn in_english(problem: &RowProblem) -> (String, String) {
    let said = match (&problem.column, &problem.problem) {
        (Some(column), Problem::Other { problem, .. }) => format!("{column}: {problem}"),
        (Some(column), problem) => format!("{column}: {problem}"),
        (None, problem) => problem.to_string(),
    };
    (said, problem.problem.advice().to_owned())
}

/// Writes the rows that have problems with their original columns, so that they can be corrected
/// there and uploaded again, followed by row number, problem and what to do.
///
/// # Errors
/// When the writer fails.
pub fn write_error_file<'a>(
    to: impl io::Write,
    headers: &[String],
    problems: impl IntoIterator<Item = &'a RowProblem>,
    words: &ErrorFileWords<'_>,
) -> Result<(), WriteError> {
    let mut writer = csv_writer(to);
    let titles = words.titles.iter().copied();
    write_record(
        &mut writer,
        headers.iter().map(String::as_str).chain(titles),
    )?;
    for problem in problems {
        // A row with too many or too few cells still has its problem below the right title.
        let blanks = headers.len().saturating_sub(problem.cells.len());
        let (said, advice) = (words.say)(problem);
        let row = problem.row.to_string();
        let cells = problem.cells.iter().map(String::as_str).take(headers.len());
        let end = [row.as_str(), said.as_str(), advice.as_str()];
        write_record(
            &mut writer,
            cells.chain(std::iter::repeat_n("", blanks)).chain(end),
        )?;
    }
    writer.flush()?;
    Ok(())
}
