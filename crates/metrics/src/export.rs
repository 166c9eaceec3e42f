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
    let mut bytes = Vec::new();
    let kind = match format {
        Format::Csv => {
            report::write_csv(&mut bytes, headers, rows).map_err(Problem::internal)?;
            "text/csv; charset=utf-8"
        }
        Format::Xlsx => {
            bytes = report::write_xlsx(headers, rows).map_err(Problem::internal)?;
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        Format::Json => {
            let objects: Vec<Value> = rows
                .into_iter()
                .map(|row| {
                    let fields: Map<String, Value> = headers
                        .iter()
                        .zip(row)
                        .map(|(name, cell)| ((*name).to_string(), Value::String(cell)))
                        .collect();
                    Value::Object(fields)
                })
                .collect();
            bytes = serde_json::to_vec(&objects).map_err(Problem::internal)?;
            "application/json"
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{format}\""),
        ))
        .body(bytes))
}
