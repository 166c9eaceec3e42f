//! The story as a bundle that can be read and checked without this server: a page of it, the edition as it was stored, its figures
//! and sources, and hashes over all of it.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Instant;
use backbone_events::{Node, Object, Trace};
use backbone_identity::{Core, Visitor};
use backbone_web::format::PeriodStyle;
use backbone_web::{ApiQuery, Args, Problem};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::chain::{Step, step};
use super::find::{Changed, Found, find};
use super::pages::{ChartBlock, Which, chart_block, guarded, shell};
use super::trace::walk;
use crate::story::render::{Article, Links, article};
use crate::story::store;
use crate::words;

/// A figure with where it comes from, nearest first.
#[derive(Serialize)]
struct Told {
    key: String,
    label: String,
    text: String,
    value: String,
    period: String,
    steps: Vec<Named>,
    more: usize,
}

/// One step of a figure's chain, told in full among the sources.
#[derive(Serialize)]
struct Named {
    kind: String,
    title: String,
    href: String,
}

/// Something that a figure rests on, told once however many rest on it.
#[derive(Serialize)]
struct Rests {
    id: String,
    title: String,
    summary: String,
}

/// Everything of a kind that figures rest on.
#[derive(Serialize)]
struct OfKind {
    kind: String,
    count: usize,
    sources: Vec<Rests>,
}

/// Steps named beneath a figure; all of them are among the sources.
const NAMED: usize = 12;

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    sha: String,
}

/// The page of the bundle: all of the story without a server.
#[derive(Serialize)]
struct BundlePage {
    title: String,
    partnership: String,
    published_at: Instant,
    number: i64,
    article: Article,
    chart: Option<ChartBlock>,
    changed: Vec<Changed>,
    figures: Vec<Told>,
    sources: Vec<OfKind>,
    sha: String,
    files: Vec<Listed>,
}

/// Everything behind a published story, to read and check it offline.
#[get("/s/{secret}/bundle.zip")]
pub(super) async fn download(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let (held, now) = (core.clone(), visitor.now);
    let (found, traces, view) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, which.0.edition, now)?;
            let mut traces = Vec::new();
            for figure in &found.edition.view.figures {
                traces.push(walk(&held, c, &found, &Object::new("figure", &figure.id))?);
            }
            let tenant = found.partnership.id.as_str();
            // The very text over which the edition's hash was taken.
            let view = store::view_text(c, tenant, &found.edition.id)?;
            Ok::<_, Problem>((found, traces, view))
        })
        .await?;
    let mut files = data_files(&core, &found, &traces, view)?;
    let page = bundle_page(&core, &found, &traces, &files);
    let shell = shell(&core, &req, visitor, &found, page.title.clone());
    let html = core
        .renderer
        .fragment("storytelling/stories/bundle", &shell, &page)
        .map_err(Problem::internal)?;
    files.insert(0, ("index.html", html));
    let bytes = pack(&files).map_err(Problem::internal)?;
    Ok(guarded(
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/zip"))
            .insert_header((
                CONTENT_DISPOSITION,
                format!(
                    "attachment; filename=\"story-{}.zip\"",
                    found.edition.number
                ),
            ))
            .body(bytes),
    ))
}

type File = (&'static str, String);

/// What programs read, and how to check it.
fn data_files(
    core: &Core,
    found: &Found,
    traces: &[Trace],
    view: String,
) -> Result<Vec<File>, Problem> {
    let edition = &found.edition;
    let mut args = Args::new();
    args.set("title", edition.view.plain(&edition.view.headline));
    args.set("partnership", found.partnership.name.clone());
    args.set("number", edition.number);
    args.set("sha", edition.sha256.clone());
    let readme = core
        .renderer
        .text(edition.view.lang(), "story-bundle-readme", &args);
    let sources: Vec<Value> = edition
        .view
        .figures
        .iter()
        .zip(traces)
        .map(|(figure, trace)| json!({"figure": figure.key, "trace": trace}))
        .collect();
    let about = json!({
        "partnership": found.partnership.name,
        "edition": edition.number,
        "published_at": edition.published_at,
        "sha256_of_story_json": edition.sha256,
        "figures_changed_since": found.changed,
    });
    Ok(vec![
        ("README.txt", readme),
        ("story.json", view),
        ("sources.json", pretty(&sources)?),
        ("about.json", pretty(&about)?),
        (
            "style.css",
            include_str!("../../assets/bundle.css").to_string(),
        ),
    ])
}

fn bundle_page(core: &Core, found: &Found, traces: &[Trace], files: &[File]) -> BundlePage {
    let edition = &found.edition;
    let (view, lang) = (&edition.view, edition.view.lang());
    let links = Links {
        // Within the page: each figure's section is called `/figure/<key>`.
        base: Some("#"),
        changed: &[],
        changed_word: "",
    };
    let mut shared = Shared::default();
    let figures: Vec<Told> = view
        .figures
        .iter()
        .zip(traces)
        .map(|(f, trace)| {
            let mut named = Vec::new();
            let mut more = 0;
            for node in trace.levels.iter().flatten() {
                let step = step(core, lang, "", node);
                let href = format!("#{}", shared.place(node, &step));
                // Single contributions are many: beneath the figure only what sums them up is named.
                if node.object.kind == "contribution" || named.len() >= NAMED {
                    more += 1;
                    continue;
                }
                named.push(Named {
                    kind: step.kind,
                    title: step.title,
                    href,
                });
            }
            Told {
                key: f.key.clone(),
                label: f.label.clone(),
                text: f.text.clone(),
                value: f.value.to_string(),
                period: words::period(lang, &f.period, PeriodStyle::Long),
                steps: named,
                more,
            }
        })
        .collect();
    BundlePage {
        title: view.plain(&view.headline),
        partnership: found.partnership.name.clone(),
        published_at: edition.published_at,
        number: edition.number,
        article: article(view, &links),
        chart: chart_block(edition),
        changed: found.changed.clone(),
        figures,
        sources: shared.kinds,
        sha: edition.sha256.clone(),
        files: files
            .iter()
            .map(|(name, text)| Listed {
                name,
                sha: sum(text),
            })
            .collect(),
    }
}

/// What figures rest on, each thing once, by kind in the order in which it is met.
#[derive(Default)]
struct Shared {
    ids: HashMap<Object, String>,
    kinds: Vec<OfKind>,
}

impl Shared {
    /// Where a node is told.
    fn place(&mut self, node: &Node, step: &Step) -> String {
        if let Some(id) = self.ids.get(&node.object) {
            return id.clone();
        }
        let id = format!("source-{}", self.ids.len() + 1);
        self.ids.insert(node.object.clone(), id.clone());
        let told = Rests {
            id: id.clone(),
            title: step.title.clone(),
            summary: step.summary.clone(),
        };
        match self.kinds.iter_mut().find(|k| k.kind == step.kind) {
            Some(kind) => {
                kind.count += 1;
                kind.sources.push(told);
            }
            None => self.kinds.push(OfKind {
                kind: step.kind.clone(),
                count: 1,
                sources: vec![told],
            }),
        }
        id
    }
}

fn sum(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
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
        sums.push_str(&format!("{}  {name}\n", sum(text)));
    }
    zip.start_file("SHA256SUMS", SimpleFileOptions::default())?;
    zip.write_all(sums.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}
