//! Backup while the server runs, and restore.
//!
//! A backup is a folder: the database (`backbone.db`, a consistent copy made by SQLite itself, or `backbone.dump`, made by `pg_dump`), the
//! uploaded files, the secret, and a manifest with the size and SHA-256 of each. Files are content-addressed and never change, and
//! the database is copied first: every file a row names is then there.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use backbone_db::{Conn, Db, DbError, DbUrl};
use diesel::RunQueryDsl;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::start;

const MANIFEST: &str = "manifest.json";
const SQLITE_COPY: &str = "backbone.db";
const POSTGRES_DUMP: &str = "backbone.dump";

#[derive(Serialize, Deserialize)]
struct Manifest {
    made_by: String,
    engine: String,
    entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    size: u64,
    sha256: String,
}

/// Writes a backup into `target`, which must not exist; it appears there only when it is complete.
///
/// # Errors
/// A sentence that says what stands in the way; nothing is left behind but the unfinished folder beside the target.
pub fn backup(config: &Config, target: &Path) -> Result<(), String> {
    if target.exists() {
        return Err(format!(
            "{} exists already; name a folder that does not",
            target.display()
        ));
    }
    let db = start::open_db(config)?;
    let unfinished = beside(target, "unfinished");
    std::fs::create_dir_all(&unfinished).map_err(at(&unfinished))?;
    let engine = match &config.database_url {
        DbUrl::Sqlite(_) => {
            copy_sqlite(&db, &unfinished.join(SQLITE_COPY))?;
            "sqlite"
        }
        DbUrl::Postgres(url) => {
            run_tool(
                "pg_dump",
                url,
                &["--format=custom", "--no-owner", "--file"],
                &unfinished.join(POSTGRES_DUMP),
            )?;
            "postgres"
        }
    };
    copy_tree(&config.data_dir.join("files"), &unfinished.join("files"))?;
    let secret = config.data_dir.join("secret");
    if secret.exists() {
        std::fs::copy(&secret, unfinished.join("secret")).map_err(at(&secret))?;
    }
    let entries = list(&unfinished)?;
    let manifest = Manifest {
        made_by: format!("backbone {}", env!("CARGO_PKG_VERSION")),
        engine: engine.into(),
        entries,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| e.to_string())?;
    std::fs::write(unfinished.join(MANIFEST), text).map_err(at(&unfinished))?;
    std::fs::rename(&unfinished, target).map_err(at(target))?;
    println!(
        "Backup of {} files written to {}",
        manifest.entries.len(),
        target.display()
    );
    Ok(())
}

/// Restores a backup, after checking every file in it, into an empty data folder and an empty database.
///
/// # Errors
/// A damaged backup, another engine, or a place that is not empty; nothing is changed then.
pub fn restore(config: &Config, source: &Path) -> Result<(), String> {
    let manifest = verified(source)?;
    match (&config.database_url, manifest.engine.as_str()) {
        (DbUrl::Sqlite(path), "sqlite") => {
            if path.exists() {
                return Err(format!(
                    "{} exists already; restore into an empty data folder",
                    path.display()
                ));
            }
            make_parent(path)?;
            let part = beside(path, "restoring");
            std::fs::copy(source.join(SQLITE_COPY), &part).map_err(at(&part))?;
            restore_files(config, source)?;
            std::fs::rename(&part, path).map_err(at(path))?;
        }
        (DbUrl::Postgres(url), "postgres") => {
            let db = start::open_db(config)?;
            let tables = backbone_db::tables(&db).map_err(|e| e.to_string())?;
            if !tables.is_empty() {
                return Err("the database is not empty; restore into a new one".into());
            }
            restore_files(config, source)?;
            run_tool(
                "pg_restore",
                url,
                &["--no-owner", "--single-transaction", "--exit-on-error"],
                &source.join(POSTGRES_DUMP),
            )?;
        }
        (_, engine) => {
            return Err(format!(
                "the backup holds a {engine} database; the settings name another engine"
            ));
        }
    }
    println!("Restored. Start the server with: backbone serve");
    Ok(())
}

/// SQLite writes a consistent copy of itself while others read and write.
fn copy_sqlite(db: &Db, to: &Path) -> Result<(), String> {
    let to = to.to_string_lossy().to_string();
    db.own_connection(|conn| match conn {
        Conn::Sqlite(c) => {
            diesel::sql_query("VACUUM INTO ?")
                .bind::<diesel::sql_types::Text, _>(&to)
                .execute(c)?;
            Ok(())
        }
        Conn::Pg(_) => Err(DbError::Setup("not an embedded database".into())),
    })
    .map_err(|e| format!("the database could not be copied: {e}"))
}

/// PostgreSQL's own tools do the work. The address goes in by environment, so that no list of processes shows the password.
fn run_tool(tool: &str, url: &str, args: &[&str], file: &Path) -> Result<(), String> {
    let restoring = tool == "pg_restore";
    let mut command = Command::new(tool);
    command.args(args);
    if restoring {
        command.args(["--dbname", &without_password(url)]);
    }
    command.arg(file);
    if !restoring {
        command.args(["--dbname", &without_password(url)]);
    }
    if let Some(password) = password(url) {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().map_err(|e| {
        format!("{tool} cannot be started ({e}); install PostgreSQL's client tools")
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{tool} failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

fn password(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let user = rest.split('/').next()?.rsplit_once('@')?.0;
    let (_, password) = user.split_once(':')?;
    Some(
        percent_encoding::percent_decode_str(password)
            .decode_utf8_lossy()
            .into_owned(),
    )
}

fn without_password(url: &str) -> String {
    match (url.split_once("://"), password(url)) {
        (Some((scheme, rest)), Some(_)) => match rest.split_once('@') {
            Some((user, host)) => format!(
                "{scheme}://{}@{host}",
                user.split(':').next().unwrap_or(user)
            ),
            None => url.to_string(),
        },
        _ => url.to_string(),
    }
}

fn restore_files(config: &Config, source: &Path) -> Result<(), String> {
    copy_tree(&source.join("files"), &config.data_dir.join("files"))?;
    let secret = source.join("secret");
    let to = config.data_dir.join("secret");
    if secret.exists() && !to.exists() {
        make_parent(&to)?;
        std::fs::copy(&secret, &to).map_err(at(&to))?;
    }
    Ok(())
}

fn verified(source: &Path) -> Result<Manifest, String> {
    let path = source.join(MANIFEST);
    let text = std::fs::read_to_string(&path).map_err(|e| {
        format!(
            "{} is not a backup: {} cannot be read ({e})",
            source.display(),
            path.display()
        )
    })?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    for entry in &manifest.entries {
        let path = source.join(&entry.path);
        let sha256 = hash(&path)?;
        if sha256 != entry.sha256 {
            return Err(format!(
                "{} is damaged: its content is not what was backed up. Nothing was restored",
                path.display()
            ));
        }
    }
    Ok(manifest)
}

fn list(root: &Path) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(&folder).map_err(at(&folder))? {
            let path = item.map_err(at(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let size = path.metadata().map_err(at(&path))?.len();
            let relative = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .to_string();
            entries.push(Entry {
                sha256: hash(&path)?,
                path: relative,
                size,
            });
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

fn hash(path: &Path) -> Result<String, String> {
    let mut file = std::fs::File::open(path).map_err(at(path))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(at(path))? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), String> {
    if !from.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(to).map_err(at(to))?;
    for item in std::fs::read_dir(from).map_err(at(from))? {
        let path = item.map_err(at(from))?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let target = to.join(name);
        if path.is_dir() {
            copy_tree(&path, &target)?;
        } else if !name.to_string_lossy().starts_with('.') {
            // A leading dot marks an upload that is still being written.
            std::fs::copy(&path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn make_parent(path: &Path) -> Result<(), String> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(at(folder))
        }
        _ => Ok(()),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    name.into()
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> String {
    let path = path.display().to_string();
    move |e| format!("{path}: {e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_kept_out_of_the_arguments() {
        let url = "postgres://app:s%40crt@db.example/backbone";
        assert_eq!(password(url).as_deref(), Some("s@crt"));
        assert_eq!(without_password(url), "postgres://app@db.example/backbone");
        let bare = "postgres://app@db.example/backbone";
        assert_eq!(password(bare), None);
        assert_eq!(without_password(bare), bare);
    }
}
