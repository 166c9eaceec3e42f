//! The story as a bundle that can be checked without this server: the edition as it was stored, its figures and sources, and
//! hashes over all of it.

use std::io::{Cursor, Write};

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use backbone_events::{Audience, Direction, Object};
use backbone_identity::{Core, Visitor};
use backbone_web::{ApiQuery, Args, Problem};
use serde_json::json;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::find::find;
use super::pages::{Which, guarded};
use crate::story::store;

/// Everything behind a published story, to check it offline.
#[get("/s/{secret}/bundle.zip")]
pub(super) async fn download(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<String>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let (held, now) = (core.clone(), visitor.now);
    let (found, sources, view) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, which.0.edition, now)?;
            let mut sources = Vec::new();
            for figure in &found.edition.view.figures {
                let trace = held.tracer.trace(
                    c,
                    found.partnership.id.as_str(),
                    &Object::new("figure", &figure.id),
                    Direction::Behind,
                    Audience::Public,
                    7,
                    found.edition.view.lang().code(),
                )?;
                sources.push(json!({"figure": figure.key, "trace": trace}));
            }
            let tenant = found.partnership.id.as_str();
            // The very text over which the edition's hash was taken.
            let view = store::view_text(c, tenant, &found.edition.id)?;
            Ok::<_, Problem>((found, sources, view))
        })
        .await?;
    let edition = &found.edition;
    let lang = edition.view.lang();
    let mut args = Args::new();
    args.set("title", edition.view.plain(&edition.view.headline));
    args.set("partnership", found.partnership.name.clone());
    args.set("number", edition.number);
    args.set("sha", edition.sha256.clone());
    let readme = core.renderer.text(lang, "story-bundle-readme", &args);
    let about = json!({
        "partnership": found.partnership.name,
        "edition": edition.number,
        "published_at": edition.published_at,
        "sha256_of_story_json": edition.sha256,
        "figures_changed_since": found.changed,
    });
    let files = [
        ("README.txt", readme),
        ("story.json", view),
        ("sources.json", pretty(&sources)?),
        ("about.json", pretty(&about)?),
    ];
    let bytes = pack(&files).map_err(Problem::internal)?;
    Ok(guarded(
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/zip"))
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"story-{}.zip\"", edition.number),
            ))
            .body(bytes),
    ))
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Problem> {
    serde_json::to_string_pretty(value).map_err(Problem::internal)
}

/// The files and `SHA256SUMS`, which `sha256sum -c` reads. The same files give the same bytes: no times are written.
fn pack(files: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut sums = String::new();
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
        sums.push_str(&format!(
            "{}  {name}\n",
            hex::encode(Sha256::digest(text.as_bytes()))
        ));
    }
    zip.start_file("SHA256SUMS", SimpleFileOptions::default())?;
    zip.write_all(sums.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}
