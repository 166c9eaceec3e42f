//! A table as a file: CSV, a workbook, or JSON.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use backbone_ingest::report;
use backbone_web::Problem;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::IntoParams;

backbone_db::text_enum!(
    /// The file's format.
    MetricsExportFormat {
        /// Commas and quotes, UTF-8.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
        /// A list of objects.
        Json = "json",
    }
);

/// Short for [`MetricsExportFormat`], whose full name stands in the API description.
pub type Format = MetricsExportFormat;

/// Which format.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// `csv`, `xlsx` or `json`.
    #[serde(default = "csv")]
    #[param(inline)]
    pub format: Format,
}

fn csv() -> Format {
    Format::Csv
}

/// The file as a download. Texts that a spreadsheet could take for formulas are made harmless.
pub(crate) fn answer(
    name: &str,
    format: Format,
    headers: &[&str],
    rows: Vec<Vec<String>>,
) -> Result<HttpResponse, Problem> {
    let bytes = match format {
        Format::Xlsx => report::write_xlsx(headers, rows).map_err(Problem::internal)?,
        Format::Csv | Format::Json => part(format, headers, rows, true, true)?,
    };
    Ok(HttpResponse::Ok()
        .content_type(media(format))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{format}\""),
        ))
        .body(bytes))
}

/// What the format is called on the way.
pub(crate) fn media(format: Format) -> &'static str {
    match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Json => "application/json",
    }
}

/// One part of a CSV or JSON file; the first brings the beginning, the last the end. A workbook is never made in parts.
pub(crate) fn part(
    format: Format,
    headers: &[&str],
    rows: Vec<Vec<String>>,
    first: bool,
    last: bool,
) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    if format != Format::Json {
        let written = if first {
            report::write_csv(&mut bytes, headers, rows)
        } else {
            report::write_csv_rows(&mut bytes, rows)
        };
        written.map_err(Problem::internal)?;
        return Ok(bytes);
    }
    bytes.extend(first.then_some(b'['));
    for (index, row) in rows.into_iter().enumerate() {
        if index > 0 || !first {
            bytes.push(b',');
        }
        let cells = headers.iter().zip(row);
        let fields: Map<String, Value> = cells
            .map(|(name, cell)| ((*name).to_string(), Value::String(cell)))
            .collect();
        serde_json::to_writer(&mut bytes, &fields).map_err(Problem::internal)?;
    }
    bytes.extend(last.then_some(b']'));
    Ok(bytes)
}
