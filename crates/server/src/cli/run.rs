use std::sync::Arc;

use actix_web::web;
use backbone_identity::Core;
use tokio::sync::watch;

use crate::config::Config;
use crate::{http, ops, start};

/// Migrates, serves, and works, until told to stop.
pub fn serve(config: &Config) -> Result<(), String> {
    let core = Arc::new(ready_core(config)?);
    serve_core(config, core, Vec::new())
}

/// Loads the demo into an empty database, then serves.
pub fn demo(config: &Config, load_only: bool) -> Result<(), String> {
    let core = Arc::new(ready_core(config)?);
    crate::demo::load(&core)?;
    if load_only {
        println!("The demo partnership is loaded. Start it with: backbone demo");
        return Ok(());
    }
    let lines = crate::demo::sign_in_lines(&core)?;
    serve_core(config, core, lines)
}

/// Only jobs and schedules.
pub fn work(config: &Config) -> Result<(), String> {
    let core = Arc::new(ready_core(config)?);
    runtime()?.block_on(async move {
        let signals = Signals::listen()?;
        let (stop, stopped) = watch::channel(false);
        let worker = tokio::spawn(start::runner(core, config.workers).run(stopped));
        tracing::info!("working; stop with Ctrl-C");
        signals.told_to_stop().await;
        stop.send_replace(true);
        worker.await.map_err(|e| e.to_string())
    })
}

/// Only migrations.
pub fn migrate(config: &Config) -> Result<(), String> {
    let db = start::open_db(config)?;
    let report = backbone_db::run_migrations(&db).map_err(|e| e.to_string())?;
    if report.applied.is_empty() {
        println!("The schema is up to date.");
    }
    for name in report.applied {
        println!("applied {name}");
    }
    Ok(())
}

fn ready_core(config: &Config) -> Result<Core, String> {
    let core = start::core(config)?;
    let report = backbone_db::run_migrations(&core.db).map_err(|e| e.to_string())?;
    if !report.applied.is_empty() {
        tracing::info!(applied = report.applied.len(), "schema brought up to date");
    }
    Ok(core)
}

fn serve_core(config: &Config, core: Arc<Core>, greeting: Vec<String>) -> Result<(), String> {
    let recorder = ops::install_recorder()?;
    let needed = core
        .db
        .read_blocking(backbone_identity::setup::is_needed)
        .map_err(|e| e.to_string())?;
    let setup = needed.then(|| {
        let token = backbone_identity::setup::token(&core.settings.secret);
        format!("{}/setup?token={token}", core.settings.base_url)
    });
    actix_web::rt::System::new().block_on(async move {
        let signals = Signals::listen()?;
        let server = http::serve(web::Data::from(core.clone()), config, recorder)?;
        let handle = server.handle();
        let (stop, stopped) = watch::channel(false);
        let worker = (config.workers > 0).then(|| {
            tokio::spawn(start::runner(core.clone(), config.workers).run(stopped.clone()))
        });
        let bells = tokio::spawn(start::follower(core.clone(), stopped));
        greet(config, setup, &greeting);
        notify_ready();
        let running = actix_web::rt::spawn(server);
        signals.told_to_stop().await;
        tracing::info!("stopping: requests and jobs in hand are finished first");
        // At the same time: a service manager waits for half a minute, not for one after the other.
        core.live.close();
        stop.send_replace(true);
        handle.stop(true).await;
        if let Some(worker) = worker {
            worker.await.map_err(|e| e.to_string())?;
        }
        bells.await.map_err(|e| e.to_string())?;
        running
            .await
            .map_err(|e| e.to_string())?
            .map_err(|e| e.to_string())
    })
}

fn greet(config: &Config, setup: Option<String>, lines: &[String]) {
    println!("\nBackbone is running at {}", config.base_url);
    if let Some(link) = setup {
        println!("\n  Nothing is set up yet. Open this link (once) to begin:\n  {link}");
    }
    for line in lines {
        println!("{line}");
    }
    println!("\nStop it with Ctrl-C.");
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| e.to_string())
}

/// Ctrl-C, or the signal that service managers send. Listened for before any work begins: until then a signal ends the process as
/// it stands.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> Result<Self, String> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|e| format!("cannot listen for signals: {e}"));
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    async fn told_to_stop(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, String> {
        Ok(Self)
    }

    async fn told_to_stop(self) {
        if let Err(e) = tokio::signal::ctrl_c().await {
            tracing::error!(error = %e, "cannot wait for signals");
        }
    }
}

/// Tells systemd (`Type=notify`) that requests are answered from now on.
fn notify_ready() {
    #[cfg(unix)]
    if let Some(socket) = std::env::var_os("NOTIFY_SOCKET") {
        let sent = std::os::unix::net::UnixDatagram::unbound()
            .and_then(|s| s.send_to(b"READY=1", &socket));
        if let Err(e) = sent {
            tracing::warn!(error = %e, "the service manager could not be told that the server is ready");
        }
    }
}
