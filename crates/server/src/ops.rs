//! What operators and their tools ask: alive, ready, how much.

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_db::Instant;
use backbone_identity::secret::constant_time_eq;
use backbone_identity::{Core, file};
use backbone_jobs::{Job, JobError, JobId, Registry, Schedule};
use backbone_web::Problem;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Keeps the counters that `/metrics` tells.
pub type Recorder = PrometheusHandle;

/// Installs the recorder for this process.
///
/// # Errors
/// A recorder is installed already.
pub fn install_recorder() -> Result<Recorder, String> {
    let buckets = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
    ];
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &buckets)
        .and_then(|b| b.install_recorder())
        .map_err(|e| e.to_string())
}

/// Times a request on the monotonic clock.
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }
    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Who may read `/metrics`: holders of the token, or without one only this machine.
pub struct MetricsAccess {
    token: Option<String>,
}

impl MetricsAccess {
    /// With the configured token.
    pub fn new(token: Option<String>) -> Self {
        Self { token }
    }

    fn allows(&self, req: &HttpRequest) -> bool {
        match &self.token {
            Some(token) => {
                let given = req
                    .headers()
                    .get(AUTHORIZATION)
                    .and_then(|v| v.to_str().ok())
                    .unwrap_or("");
                constant_time_eq(given.as_bytes(), format!("Bearer {token}").as_bytes())
            }
            // The peer's own address: a proxy on this machine passes others on, so it must not expose the path.
            None => {
                req.peer_addr().is_some_and(|a| a.ip().is_loopback())
                    && req.headers().get("x-forwarded-for").is_none()
            }
        }
    }
}

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/healthz", web::get().to(healthz))
        .route("/readyz", web::get().to(readyz))
        .route("/metrics", web::get().to(prometheus));
}

/// The process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// The database answers and its schema is current.
async fn readyz(core: web::Data<Core>) -> HttpResponse {
    let db = core.db.clone();
    let pending = web::block(move || backbone_db::pending(&db)).await;
    match pending {
        Ok(Ok(missing)) if missing.is_empty() => HttpResponse::Ok().json(json!({"status": "ready"})),
        Ok(Ok(missing)) => HttpResponse::ServiceUnavailable()
            .json(json!({"status": "not ready", "reason": "migrations are pending", "migrations": missing})),
        Ok(Err(e)) => {
            tracing::warn!(error = %e, "not ready");
            HttpResponse::ServiceUnavailable().json(json!({"status": "not ready", "reason": "the database cannot be reached"}))
        }
        Err(_) => HttpResponse::ServiceUnavailable().json(json!({"status": "not ready", "reason": "shutting down"})),
    }
}

async fn prometheus(
    req: HttpRequest,
    core: web::Data<Core>,
    recorder: web::Data<Recorder>,
    access: web::Data<MetricsAccess>,
) -> Result<HttpResponse, Problem> {
    if !access.allows(&req) {
        return Err(Problem::forbidden());
    }
    let counts = core.db.read(backbone_jobs::counts).await?;
    metrics::gauge!("backbone_jobs_waiting").set(counts.waiting as f64);
    metrics::gauge!("backbone_jobs_running").set(counts.running as f64);
    metrics::gauge!("backbone_jobs_dead").set(counts.dead as f64);
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(recorder.render()))
}

/// Forgets what is only kept for a while: idempotency keys, and files that never came in whole, after a day.
#[derive(Serialize, Deserialize)]
pub struct Sweep;

#[async_trait::async_trait]
impl Job<Core> for Sweep {
    const KIND: &'static str = "server.sweep";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let before = core.now().plus_days(-1);
        let gone = core
            .db
            .write(move |c| backbone_web::idempotency::forget(c, before))
            .await?;
        tracing::info!(gone, "old idempotency keys forgotten");
        let data_dir = core.settings.data_dir.clone();
        let swept = web::block(move || file::sweep_incoming(&data_dir, before)).await;
        match swept.map_err(|e| JobError::Retry(e.to_string()))? {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files that never came in whole removed"),
            Err(e) => {
                return Err(JobError::Retry(format!(
                    "the folder of incoming files: {e}"
                )));
            }
        }
        Ok(())
    }
}

/// The server's own jobs.
pub fn jobs(r: &mut Registry<Core>) {
    r.job::<Sweep>();
    r.schedule(Schedule::new(
        "server.sweep",
        "17 3 * * *",
        |conn, now: Instant| backbone_jobs::enqueue::<Core, _>(conn, None, &Sweep, now).map(drop),
    ));
}
