//! `backbone import`: what was kept elsewhere, without a browser.

use std::path::Path;

use backbone_decisions::Error;
use backbone_decisions::history::{Counts, Found, api, bring};
use backbone_identity::{Actor, Core, Partnership, directory};
use backbone_web::{Args, Lang, Problem};

use super::ImportCommand;
use crate::config::Config;
use crate::start;

pub(super) fn run(config: &Config, command: ImportCommand) -> Result<(), String> {
    let ImportCommand::Loomio {
        file,
        partnership,
        dry_run,
    } = command;
    let core = start::core(config)?;
    backbone_db::run_migrations(&core.db).map_err(|e| e.to_string())?;
    let partnership = find(&core, partnership)?;
    let actor = Actor::system(partnership, core.now());
    let bytes = bytes(&file, core.settings.max_import)?;
    let export = api::read(&bytes).map_err(|p| said(&core, &p))?;
    let found = core
        .db
        .read_blocking(|c| bring::look(c, &actor, &export))
        .map_err(|e| e.to_string())?;
    if dry_run {
        print!("{}", told(&core, &found, &found.new, "history-would-come"));
        return Ok(());
    }
    let mut made = Counts::default();
    let export = std::sync::Arc::new(export);
    for unit in bring::units(&export) {
        let (actor, held) = (actor.clone(), export.clone());
        let one = core
            .db
            .write_blocking(move |c| bring::bring(c, &actor, &held, unit))
            .map_err(|e: Error| said(&core, &Problem::from(e)))?;
        made = bring::sum(made, one);
    }
    print!("{}", told(&core, &found, &made, "history-came"));
    Ok(())
}

/// A file no longer than an upload may be.
fn bytes(file: &Path, most: u64) -> Result<Vec<u8>, String> {
    let name = file.display();
    let unread = |e: std::io::Error| format!("{name} cannot be read: {e}");
    let size = std::fs::metadata(file).map_err(unread)?.len();
    if size > most {
        return Err(format!(
            "{name} has {size} bytes; at most {most} are read (setting max_import)"
        ));
    }
    std::fs::read(file).map_err(unread)
}

fn find(core: &Core, named: Option<String>) -> Result<Partnership, String> {
    let found = core
        .db
        .read_blocking(|c| {
            let mut all = Vec::new();
            for id in directory::partnerships(c)? {
                all.extend(directory::partnership(c, id.as_str())?);
            }
            Ok::<Vec<Partnership>, backbone_db::DbError>(all)
        })
        .map_err(|e| e.to_string())?;
    let slugs: Vec<String> = found.iter().map(|p| p.slug.clone()).collect();
    let fits = |p: &Partnership| match &named {
        None => true,
        Some(name) => &p.slug == name || p.id.as_str() == name,
    };
    let mut fitting: Vec<Partnership> = found.into_iter().filter(fits).collect();
    match (fitting.pop(), fitting.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(format!(
            "say which partnership with --partnership: {}",
            slugs.join(", ")
        )),
        (None, _) => Err(format!(
            "there is no such partnership; there is {}",
            slugs.join(", ")
        )),
    }
}

fn word(core: &Core, key: &str, args: &[(&'static str, String)]) -> String {
    let mut all = Args::new();
    for (name, value) in args {
        all.set(*name, value.clone());
    }
    core.renderer.text(Lang::En, key, &all)
}

/// What was refused, in words.
fn said(core: &Core, problem: &Problem) -> String {
    let fields = problem.fields.iter();
    let fields: Vec<String> = fields
        .map(|f| word(core, &format!("field-{}", f.code), &[]))
        .collect();
    if fields.is_empty() {
        problem.to_string()
    } else {
        fields.join(" ")
    }
}

/// The same as the page tells, as lines.
fn told(core: &Core, found: &Found, new: &Counts, title: &str) -> String {
    let mut text = format!("{}: {}\n", found.name, word(core, title, &[]));
    for (label, n) in new.rows() {
        let label = word(core, label, &[]);
        text.push_str(&format!("{n:>8}  {label}\n"));
    }
    for note in &found.notes {
        let args = [("what", note.what.clone()), ("n", note.n.to_string())];
        let line = word(core, &format!("history-note-{}", note.code), &args);
        text.push_str(&format!("  - {line}\n"));
    }
    for line in &found.lines {
        let number = word(core, "history-line", &[("n", line.line.to_string())]);
        let why = word(
            core,
            &format!("history-unread-{}", line.code),
            &[("what", line.what.clone())],
        );
        text.push_str(&format!("  ! {number} {why}\n"));
    }
    text
}
