//! Putting the server together from its settings.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backbone_db::{Db, Instant, Options};
use backbone_identity::secret::{MasterSecret, new_secret};
use backbone_identity::{Core, Settings};
use backbone_jobs::{Runner, RunnerOptions};
use backbone_mail::dkim::DkimKey;
use backbone_mail::smtp;
use backbone_mail::transport::Mailer;
use backbone_sandbox::{Limits, Sandbox};
use backbone_web::catalogue::added::{self, Added};
use tokio::sync::Notify;

use crate::config::Config;
use crate::wiring;

/// Opens the database and makes everything that handlers and jobs need. Does not migrate.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub fn core(config: &Config) -> Result<Core, String> {
    let db = open_db(config)?;
    core_with(config, db, Instant::now)
}

/// As [`core`], with a database already open and a clock of the caller's.
pub fn core_with(config: &Config, db: Db, clock: fn() -> Instant) -> Result<Core, String> {
    let secret = secret(config)?;
    let added = languages(&config.data_dir)?;
    let renderer = wiring::renderer(false, &added).map_err(|e| e.to_string())?;
    let mailbox = config
        .smtp_url
        .is_none()
        .then(|| config.data_dir.join("mail"));
    Ok(Core {
        db,
        renderer: Arc::new(renderer),
        mailer: mailer(config, clock)?,
        dkim: dkim(config)?,
        sandbox: Sandbox::new(sandbox_binary(), Limits::default(), 1),
        tracer: wiring::tracer(),
        settings: Settings {
            base_url: config.base_url.clone(),
            data_dir: config.data_dir.clone(),
            mail_from: config.mail_from.to_string(),
            secret,
            mailbox,
            max_import: config.max_import,
        },
        clock,
        wake: Arc::new(Notify::new()),
        attention: wiring::attention(),
        search: wiring::search(),
        topics: wiring::topics(),
        notify: wiring::notify(),
        happened: Arc::new(Notify::new()),
        dates: wiring::dates(),
        live: Arc::default(),
        permissions: wiring::permissions(),
        nav: wiring::nav(),
        memory: Default::default(),
    })
}

/// Opens the database, making the data folder first.
///
/// # Errors
/// The folder cannot be made, or the database not be reached.
pub fn open_db(config: &Config) -> Result<Db, String> {
    make_folder(&config.data_dir)?;
    let options = Options {
        connections: config.connections,
        ..Options::default()
    };
    Db::open(&config.database_url, &options).map_err(|e| e.to_string())
}

/// The languages that were added: those that the program brings, and those of the data folder.
///
/// # Errors
/// A sentence that names the file and what is wrong with it.
pub fn languages(data_dir: &Path) -> Result<Vec<Added>, String> {
    let mut all = crate::languages::embedded()?;
    all.extend(added::load(&data_dir.join("locales"))?);
    Ok(all)
}

/// Keeps the bells true until told to stop.
pub async fn follower(core: Arc<Core>, stop: tokio::sync::watch::Receiver<bool>) {
    backbone_notifications::follow::keep_up(&core, stop).await;
}

/// A worker over the core's database.
pub fn runner(core: Arc<Core>, concurrency: usize) -> Runner<Core> {
    let worker = format!("{}-{}", std::process::id(), &new_secret()[..8]);
    let options = RunnerOptions {
        worker,
        concurrency: concurrency.max(1),
        lease_seconds: 45,
        poll: Duration::from_secs(2),
    };
    let (db, clock) = (core.db.clone(), core.clock);
    Runner::new(db, core.clone(), Arc::new(wiring::jobs()), options, clock)
        .woken_by(core.wake.clone())
}

/// On Linux the running binary stays reachable under this name even after an upgrade replaced the file.
fn sandbox_binary() -> std::path::PathBuf {
    let own = Path::new("/proc/self/exe");
    if own.exists() {
        own.into()
    } else {
        std::env::current_exe().unwrap_or_else(|_| "backbone".into())
    }
}

fn mailer(config: &Config, clock: fn() -> Instant) -> Result<Mailer, String> {
    match &config.smtp_url {
        Some(url) => Ok(Mailer::smtp(url.clone(), smtp::Options::default())),
        None => {
            let folder = config.data_dir.join("mail");
            Mailer::folder(&folder, Arc::new(move || clock().jiff()))
                .map_err(|e| format!("cannot make the mail folder {}: {e}", folder.display()))
        }
    }
}

fn dkim(config: &Config) -> Result<Option<Arc<DkimKey>>, String> {
    let Some(d) = &config.dkim else {
        return Ok(None);
    };
    let file = d.key_file.display();
    let pem = std::fs::read_to_string(&d.key_file)
        .map_err(|e| format!("dkim_key_file: cannot read {file}: {e}"))?;
    let key = DkimKey::from_pem(&d.selector, &d.domain, &pem)
        .map_err(|e| format!("dkim_key_file {file}: {e}"))?;
    Ok(Some(Arc::new(key)))
}

/// The configured secret, or the one kept in the data folder, made on the first start.
fn secret(config: &Config) -> Result<MasterSecret, String> {
    if let Some(text) = &config.secret {
        return MasterSecret::from_text(text);
    }
    let path = config.data_dir.join("secret");
    match std::fs::read_to_string(&path) {
        Ok(text) => MasterSecret::from_text(&text).map_err(|e| format!("{}: {e}", path.display())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let text = format!("{}{}", new_secret(), new_secret());
            write_secret(&path, &text)
                .map_err(|e| format!("cannot keep the secret in {}: {e}", path.display()))?;
            // Another process may have been first: what is in the file counts.
            let text =
                std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            MasterSecret::from_text(&text)
        }
        Err(e) => Err(format!("cannot read the secret in {}: {e}", path.display())),
    }
}

fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    }
}

fn make_folder(path: &Path) -> Result<(), String> {
    std::fs::create_dir_all(path)
        .map_err(|e| format!("cannot make the data folder {}: {e}", path.display()))
}
