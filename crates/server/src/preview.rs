//! `backbone preview DIR`: every page and every mail as people see them, in each language, in a folder to open.
//!
//! For each language the demo is loaded into a database of its own. Its people walk through it as browsers do, and do what makes
//! the mails that it lacks. The renderer tells what each template wrote; the fullest is kept. Templates are rendered strictly: an
//! unknown message or a missing field is an error page, which is an error here.

mod acts;
mod tour;
mod visit;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use backbone_db::Instant;
use backbone_identity::Core;
use backbone_mail::compose;
use backbone_web::Lang;

use crate::config::Config;
use crate::{ops, start, wiring};

/// The fullest that each template wrote, by its name.
type Seen = Arc<Mutex<BTreeMap<String, String>>>;

/// Seconds that the preview is ahead of the clock on the wall: votes close, and commitments come due.
static AHEAD: AtomicI64 = AtomicI64::new(0);

fn clock() -> Instant {
    Instant::now().plus_seconds(AHEAD.load(Ordering::Relaxed))
}

/// Writes the preview into `folder`, which must not exist.
///
/// # Errors
/// A sentence that says what stands in the way, or what could not be shown or done; the rest is there to look at.
pub fn run(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        return Err(format!(
            "{} exists already; name a folder that does not",
            folder.display()
        ));
    }
    let recorder = ops::install_recorder()?;
    let mut failed = Vec::new();
    let mut rows: BTreeMap<String, Vec<(Lang, String)>> = BTreeMap::new();
    let put = |name: &str, bytes: &[u8]| put(folder, name, bytes);
    for lang in Lang::ALL {
        let work = folder.join(".work");
        let seen = Seen::default();
        AHEAD.store(0, Ordering::Relaxed);
        let core = Arc::new(prepare(&work, lang, &seen)?);
        let toured =
            actix_web::rt::System::new().block_on(tour::tour(&core, lang, recorder.clone()));
        drop(core);
        std::fs::remove_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
        let (assets, wrong) = toured?;
        failed.extend(wrong.into_iter().map(|w| format!("{}: {w}", lang.code())));
        let style = assets.iter().find(|a| a.path.ends_with(".css"));
        let style = style.map(|a| a.path.clone()).unwrap_or_default();
        for asset in assets {
            put(asset.path.trim_start_matches('/'), &asset.bytes)?;
        }
        let written = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        for (template, output) in written {
            for (ending, text) in forms(&template, &output, &style)? {
                let name = format!("{}/{}.{ending}", lang.code(), template.replace('/', "-"));
                put(&name, text.as_bytes())?;
                rows.entry(template.clone()).or_default().push((lang, name));
            }
        }
    }
    put("index.html", index(&rows).as_bytes())?;
    if !failed.is_empty() {
        return Err(failed.join("\n"));
    }
    println!(
        "{} templates: open {}",
        rows.len(),
        folder.join("index.html").display()
    );
    Ok(())
}

/// A server of its own, with the demo's mailbox, that listens nowhere.
fn prepare(work: &Path, lang: Lang, seen: &Seen) -> Result<Core, String> {
    let data = work.display().to_string();
    let database = format!("sqlite:{}", work.join("backbone.db").display());
    let pairs = [
        ("BACKBONE_BASE_URL", visit::BASE),
        (
            "BACKBONE_SECRET",
            "of a preview, which keeps nothing to protect",
        ),
        (
            "BACKBONE_MAIL_FROM",
            "Backbone <backbone@first-job.example>",
        ),
        ("BACKBONE_DATA_DIR", data.as_str()),
        ("BACKBONE_DATABASE_URL", database.as_str()),
    ];
    let names = pairs.map(|(name, _)| name.to_string());
    let find = |name: &str| {
        let pair = pairs.iter().find(|(known, _)| *known == name);
        pair.map(|(_, value)| (*value).to_string())
    };
    let config = Config::load(None, &find, &names).map_err(|errors| errors.join("\n"))?;
    let db = start::open_db(&config)?;
    backbone_db::run_migrations(&db).map_err(|e| e.to_string())?;
    let mut core = start::core_with(&config, db, clock)?;
    let mut renderer = wiring::renderer(true, &[]).map_err(|e| e.to_string())?;
    let seen = seen.clone();
    renderer.watch(move |template, of, output| {
        if of != lang {
            return;
        }
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = seen.entry(template.to_string()).or_default();
        if output.len() > kept.len() {
            *kept = output.to_string();
        }
    });
    core.renderer = Arc::new(renderer);
    Ok(core)
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|e| format!("{}: {e}", path.display()))
}

/// What a template wrote, as the files that show it: a mail in both its forms, a part of a page with the style sheet.
fn forms(template: &str, output: &str, style: &str) -> Result<Vec<(&'static str, String)>, String> {
    if template.contains("/emails/") {
        let mail = compose::from_mjml(output).map_err(|e| format!("{template}: {e}"))?;
        return Ok(vec![("html", mail.html), ("txt", mail.text)]);
    }
    if output.trim_start().starts_with("<?xml") {
        return Ok(vec![("xml", output.to_string())]);
    }
    // From a folder, addresses begin at the folder.
    let page = output.replace("=\"/assets/", "=\"../assets/");
    if page.contains("<html") {
        return Ok(vec![("html", page)]);
    }
    let style = style.trim_start_matches('/');
    let head = format!(
        "<!doctype html><meta charset=\"utf-8\"><link rel=\"stylesheet\" href=\"../{style}\">"
    );
    Ok(vec![("html", head + &page)])
}

/// The list to begin with. Names of templates are ours and need no escaping.
fn index(rows: &BTreeMap<String, Vec<(Lang, String)>>) -> String {
    let line = |(template, shown): (&String, &Vec<(Lang, String)>)| {
        let links: Vec<String> = shown
            .iter()
            .map(|(lang, name)| {
                let form = name.rsplit('.').next().unwrap_or_default();
                let form = if form == "html" { "" } else { form };
                format!("<td><a href=\"{name}\">{} {form}</a></td>", lang.code())
            })
            .collect();
        format!(
            "<tr><th scope=\"row\">{template}</th>{}</tr>",
            links.join("")
        )
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Preview</title><h1>Preview</h1><table><tbody>\n{}\n</tbody></table></html>\n",
        lines.join("\n")
    )
}
