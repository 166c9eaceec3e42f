//! Everything out, in one file: every table of the partnership as JSON lines, and every uploaded file.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, web};
use backbone_db::{Db, tenant_rows, tenant_tables};
use backbone_identity::file::path_of;
use backbone_identity::{Actor, Allowed, Core, partnership};
use backbone_web::{Problem, ProblemBody};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::policy::ExportEverything;

/// Rows read at once, so that memory stays flat.
const PAGE: i64 = 1000;

/// Everything the partnership put in: a ZIP of JSON lines, a file a table, and all uploaded files.
#[utoipa::path(tag = "partnership", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, description = "The archive", content_type = "application/zip"), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("partnership.export"))))]
#[get("/partnerships/{partnership}/export")]
pub async fn everything(
    core: web::Data<Core>,
    actor: Allowed<ExportEverything>,
) -> Result<HttpResponse, Problem> {
    archive(core, &actor).await
}

#[get("/p/{partnership}/export")]
pub async fn download(
    core: web::Data<Core>,
    actor: Allowed<ExportEverything>,
) -> Result<HttpResponse, Problem> {
    archive(core, &actor).await
}

async fn archive(core: web::Data<Core>, actor: &Actor) -> Result<HttpResponse, Problem> {
    let (tenant, slug) = (actor.tenant().to_string(), actor.partnership.slug.clone());
    let file = web::block(move || write_archive(&core, &tenant))
        .await
        .map_err(Problem::internal)??;
    let name = format!("attachment; filename=\"{slug}-export.zip\"");
    let body = actix_web::body::SizedStream::new(
        file.metadata().map_err(Problem::internal)?.len(),
        Box::pin(chunks(tokio::fs::File::from_std(file))),
    );
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, name))
        .body(body))
}

/// Writes a partnership's archive into a new file, for the command line.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn to_file(core: &Core, partnership: &str, target: &Path) -> Result<(), String> {
    let name = partnership.to_string();
    let found = core
        .db
        .read_blocking(move |c| partnership::find(c, &name))
        .map_err(|e| e.to_string())?
        .ok_or_else(|| format!("there is no partnership {partnership}"))?;
    let mut archive = write_archive(core, found.id.as_str()).map_err(|p| p.to_string())?;
    let fail = |e: std::io::Error| format!("{}: {e}", target.display());
    let mut to = File::create_new(target).map_err(fail)?;
    let bytes = std::io::copy(&mut archive, &mut to).map_err(fail)?;
    to.sync_all().map_err(fail)?;
    println!(
        "{}: everything of {}, {bytes} bytes",
        target.display(),
        found.name
    );
    Ok(())
}

/// Into an unnamed temporary file, so that a large partnership does not fill the memory.
fn write_archive(core: &Core, tenant: &str) -> Result<File, Problem> {
    let mut zip = ZipWriter::new(tempfile::tempfile().map_err(Problem::internal)?);
    let options = SimpleFileOptions::default();
    let tables = core.db.read_blocking(tenant_tables)?;
    let mut files = Vec::new();
    for table in &tables {
        zip.start_file(format!("{table}.jsonl"), options)
            .map_err(Problem::internal)?;
        each_row(&core.db, table, tenant, |line| {
            if table == "files" {
                files.push(line.to_string());
            }
            writeln!(zip, "{line}").map_err(Problem::internal)
        })?;
    }
    for line in files {
        let row: Value = serde_json::from_str(&line).map_err(Problem::internal)?;
        let (Some(id), Some(sha256)) = (row["id"].as_str(), row["sha256"].as_str()) else {
            continue;
        };
        let Ok(mut content) = File::open(path_of(&core.settings.data_dir, sha256)) else {
            tracing::error!(
                file = id,
                "an uploaded file is missing from the disk and from the export"
            );
            continue;
        };
        zip.start_file(format!("files/{id}"), options)
            .map_err(Problem::internal)?;
        std::io::copy(&mut content, &mut zip).map_err(Problem::internal)?;
    }
    let mut file = zip.finish().map_err(Problem::internal)?;
    file.seek(SeekFrom::Start(0)).map_err(Problem::internal)?;
    Ok(file)
}

fn each_row(
    db: &Db,
    table: &str,
    tenant: &str,
    mut take: impl FnMut(&str) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut skip = 0;
    loop {
        let lines = db.read_blocking(|c| tenant_rows(c, table, tenant, skip, PAGE))?;
        for line in &lines {
            take(line)?;
        }
        if (lines.len() as i64) < PAGE {
            return Ok(());
        }
        skip += PAGE;
    }
}

fn chunks(
    file: tokio::fs::File,
) -> impl futures_util::Stream<Item = Result<web::Bytes, std::io::Error>> {
    use tokio::io::AsyncReadExt;
    futures_util::stream::unfold(file, |mut file| async move {
        let mut buffer = vec![0; 1 << 16];
        match file.read(&mut buffer).await {
            Ok(0) => None,
            Ok(n) => {
                buffer.truncate(n);
                Some((Ok(web::Bytes::from(buffer)), file))
            }
            Err(e) => Some((Err(e), file)),
        }
    })
}
