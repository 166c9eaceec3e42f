//! A file comes in: it is looked through once, and a mapping is proposed.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::file::{self, Kept, StoredFile};
use backbone_identity::{Actor, Core, directory};
use backbone_ingest::value::Mark;
use backbone_web::{FormStream, Lang, Problem, Received};
use serde_json::json;

use super::scan::{Scan, scan, settle};
use super::source::{self, Opened};
use super::store::{self, Asked};
use super::{Counts, Findings, Import, ImportId, ImportMapping, State, suggest, told};
use crate::error::Error;
use crate::policy::ImportMeasurements;

/// A file that is on disk and was looked through, to be given its import.
pub(crate) struct Looked {
    kept: Kept,
    scan: Scan,
    sheet: Option<String>,
}

/// Reads the form of an upload: the file goes to the disk while it comes in.
///
/// # Errors
/// 413 with the limit when the file is larger; 422 without a file; 400 when the form breaks off; 503 when the disk refuses.
pub(crate) async fn receive(
    core: &Core,
    form: FormStream,
) -> Result<(Received, Option<String>), Problem> {
    let folder = file::incoming(&core.settings.data_dir);
    let (form, file) = form.read(&folder, "file", core.settings.max_import).await?;
    let sheet = Some(form.text("sheet").trim().to_owned()).filter(|sheet| !sheet.is_empty());
    let file = file.ok_or_else(|| Problem::invalid("invalid").field("file", "required"))?;
    Ok((file, sheet))
}

/// Keeps an uploaded file and looks through it; a workbook in the sandbox.
///
/// # Errors
/// 422 with a code of its own for every reason why a file is not read; 503 when the disk refuses.
pub(crate) async fn look(
    core: &Core,
    received: Received,
    sheet: Option<String>,
) -> Result<Looked, Problem> {
    let data_dir = core.settings.data_dir.clone();
    let kept = blocking(move || file::keep_received(&data_dir, received)).await??;
    if !kept.media_type().ends_with("csv")
        && !kept.media_type().ends_with("sheet")
        && kept.media_type() != "text/plain"
    {
        return Err(Problem::invalid("import-not-a-table").arg("found", kept.media_type()));
    }
    let file = source::open(core, kept.sha256(), sheet.as_deref())
        .await
        .map_err(|e| told::refused(&e))?;
    let scan = scanned(file).await?;
    Ok(Looked { kept, scan, sheet })
}

/// Looks through an opened file, off the threads that answer people.
pub(crate) async fn scanned(file: Opened) -> Result<Scan, Problem> {
    blocking(move || scan(&file))
        .await?
        .map_err(|e| told::refused(&e))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Problem::internal)
}

impl Looked {
    /// What makes a repeated request the same request.
    pub fn fingerprint(&self) -> String {
        format!(
            "import {} {}",
            self.kept.sha256(),
            self.sheet.as_deref().unwrap_or("")
        )
    }
}

/// The decimal mark that people of this language write.
pub(crate) fn habit(lang: Lang) -> Mark {
    match lang.decimal_mark() {
        ',' => Mark::Comma,
        _ => Mark::Point,
    }
}

/// Gives a file that was looked at its import, with a mapping proposed: a kept one that fits its columns, else a new one.
///
/// # Errors
/// 403 for those who may not import.
pub(crate) fn upload(conn: &mut Conn, actor: &Actor, looked: Looked) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let Looked { kept, scan, sheet } = looked;
    let stored = file::save(conn, actor, "import", &kept)?;
    let (mapping, unknown) = proposal(conn, actor, &scan, &stored)?;
    let (settled, notes) = settle(&scan, &mapping, habit(actor.lang));
    let unit = suggest::unit(&scan).unwrap_or_default();
    let it = Import {
        id: ImportId::new(),
        file_id: stored.id,
        file_name: stored.name,
        sheet,
        state: State::Uploaded,
        findings: Findings {
            headers: scan.headers,
            sample: scan.sample,
            rows: scan.rows,
            notes: scan.notes.into_iter().chain(notes).collect(),
            unknown,
            settled,
            unit,
            started: false,
        },
        mapping,
        counts: Counts::default(),
        position: 0,
        corrections: false,
        failure: None,
        created_by: actor.name.clone(),
        created_at: actor.now,
        step_at: actor.now,
        moved_at: actor.now,
        version: 1,
    };
    store::insert(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let event = NewEvent::new("import.uploaded", Object::new("import", &it.id))
        .data(&json!({"file": it.file_name, "rows": it.findings.rows}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(it)
}

fn proposal(
    conn: &mut Conn,
    actor: &Actor,
    scan: &Scan,
    stored: &StoredFile,
) -> Result<(ImportMapping, Vec<String>), Error> {
    let metrics = crate::metric::store::list(conn, actor.tenant(), false, None, None, 10_000)?;
    let organizations = directory::organizations(conn, actor.tenant())?;
    let start = i8::try_from(actor.partnership.fiscal_year_start).unwrap_or(4);
    let defaults = ImportMapping {
        fiscal_year_start: if (2..=12).contains(&start) { start } else { 4 },
        source: stored.name.clone(),
        ..ImportMapping::default()
    };
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let (fresh, unknown) = suggest::suggest(
        scan,
        &defaults,
        |name| {
            metrics
                .iter()
                .find(|m| same(&m.name, name))
                .map(|m| m.id.clone())
        },
        |name| organizations.iter().any(|o| same(&o.name, name)),
    );
    let kept = store::kept(conn, actor.tenant())?;
    let fits = kept.into_iter().find(|(_, mapping)| {
        let known = |header: &String| mapping.columns.iter().any(|c| c.header == *header);
        mapping.columns.len() == scan.headers.len() && scan.headers.iter().all(known)
    });
    Ok(match fits {
        Some((_, mapping)) => (mapping, unknown),
        None => (fresh, unknown),
    })
}
