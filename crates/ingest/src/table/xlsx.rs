//! XLSX workbooks: handed to a child, which looks at them before it parses them.

use std::io::Cursor;

use backbone_sandbox::{Sandbox, SandboxError, child::Job};
use calamine::{Reader, SheetVisible, Xlsx, XlsxError};
use serde::{Deserialize, Serialize};

use super::{ReadError, Refusal, Table, TableLimits, TableNote, guard, sheet::Cells};

/// Name and work of the job, for [`backbone_sandbox::child::serve`].
pub const JOB: (&str, Job) = ("xlsx", job);

/// What goes before the file's bytes, as one line of JSON.
#[derive(Serialize, Deserialize)]
struct Order {
    limits: TableLimits,
    sheet: Option<String>,
}

/// Reads one sheet of a workbook, in a child.
///
/// # Errors
/// [`ReadError`]: the file is refused, or the sandbox stopped the work.
pub async fn read(
    sandbox: &Sandbox,
    bytes: &[u8],
    sheet: Option<&str>,
    limits: &TableLimits,
) -> Result<Table, ReadError> {
    let size = bytes.len() as u64;
    if size > limits.bytes {
        let limit = limits.bytes;
        return Err(Refusal::TooLarge { size, limit }.into());
    }
    let order = Order {
        limits: *limits,
        sheet: sheet.map(str::to_owned),
    };
    let unreadable = |error: serde_json::Error| SandboxError::Crashed(error.to_string());
    let mut input = serde_json::to_vec(&order).map_err(unreadable)?;
    input.push(b'\n');
    input.extend_from_slice(bytes);
    let answer = sandbox.run(JOB.0, input).await?;
    let answer: Result<Table, Refusal> = serde_json::from_slice(&answer).map_err(unreadable)?;
    Ok(answer?)
}

/// The child's part. A refusal is an answer too: it keeps its fields for translation.
fn job(input: &[u8]) -> Result<Vec<u8>, String> {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let order: Order = serde_json::from_slice(&input[..end]).map_err(|e| e.to_string())?;
    let answer = parse(&input[end + 1..], &order);
    serde_json::to_vec(&answer).map_err(|e| e.to_string())
}

fn parse(bytes: &[u8], order: &Order) -> Result<Table, Refusal> {
    guard::inspect(bytes, &order.limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::NotATable {
            found: "a workbook that is protected by a password".to_owned(),
        },
        error => Refusal::damaged(error),
    })?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let (name, cells) = match &order.sheet {
        Some(wanted) => {
            if !sheets.iter().any(|(name, _)| name == wanted) {
                return Err(Refusal::NoSuchSheet {
                    name: wanted.clone(),
                    sheets: list(sheets.iter().map(|(name, _)| name)),
                });
            }
            let cells = Cells::read(&mut workbook, wanted, &order.limits)?;
            (wanted.clone(), cells)
        }
        None => first_with_content(&mut workbook, &sheets, &order.limits)?,
    };
    let others = list(
        sheets
            .iter()
            .map(|(other, _)| other)
            .filter(|other| **other != name),
    );
    let mut notes = Vec::new();
    if !others.is_empty() {
        notes.push(TableNote::OtherSheets { read: name, others });
    }
    cells.into_table(notes)
}

fn first_with_content(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheets: &[(String, bool)],
    limits: &TableLimits,
) -> Result<(String, Cells), Refusal> {
    for (name, visible) in sheets {
        if *visible {
            let cells = Cells::read(workbook, name, limits)?;
            if !cells.is_empty() {
                return Ok((name.clone(), cells));
            }
        }
    }
    Err(Refusal::Empty)
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}
