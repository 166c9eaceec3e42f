//! Servers to compare with, each a process of this program: ours with one commit a write, and a bare one with the same query.

use std::process::ExitCode;

use actix_web::{App, HttpResponse, HttpServer, web};
use backbone_db::{Db, Instant, Options, run_migrations};
use backbone_server::{Config, http, ops, start};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use serde::Serialize;

/// Our server as it is, but that its writer commits each write alone.
pub fn singly() -> ExitCode {
    ended(serve_singly())
}

fn serve_singly() -> Result<(), String> {
    let names: Vec<String> = std::env::vars().map(|(name, _)| name).collect();
    let config = Config::load(None, &|name| std::env::var(name).ok(), &names)
        .map_err(|errors| errors.join("; "))?;
    let options = Options {
        group: 1,
        ..Options::default()
    };
    let db = Db::open(&config.database_url, &options).map_err(|e| e.to_string())?;
    run_migrations(&db).map_err(|e| e.to_string())?;
    let core = start::core_with(&config, db, Instant::now)?;
    let recorder = ops::install_recorder()?;
    actix_web::rt::System::new().block_on(async move {
        let server = http::serve(web::Data::new(core), &config, recorder)?;
        server.await.map_err(|e| e.to_string())
    })
}

/// A server with a pool and one query, and nothing else: no credentials, no roles, no log.
pub fn bare() -> ExitCode {
    ended(serve_bare())
}

fn serve_bare() -> Result<(), String> {
    let told = |name: &str| std::env::var(name).map_err(|e| format!("{name}: {e}"));
    let (url, listen) = (told("BACKBONE_DATABASE_URL")?, told("BACKBONE_LISTEN")?);
    let file = url.strip_prefix("sqlite:").unwrap_or(&url).to_owned();
    let pool: Reading = Pool::builder()
        .max_size(8)
        .connection_customizer(Box::new(Setup))
        .build(ConnectionManager::new(file))
        .map_err(|e| e.to_string())?;
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(pool.clone()))
                .route("/list", web::get().to(list))
                .route("/hello", web::get().to(hello))
        });
        let server = server
            .disable_signals()
            .bind(listen)
            .map_err(|e| e.to_string())?;
        server.run().await.map_err(|e| e.to_string())
    })
}

fn ended(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

type Reading = Pool<ConnectionManager<SqliteConnection>>;

#[derive(Debug)]
struct Setup;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Setup {
    fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute("PRAGMA query_only = ON; PRAGMA cache_size = -8000;")
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

diesel::table! {
    measurements (id) {
        id -> Text,
        partnership_id -> Text,
        metric_id -> Text,
        organization_id -> Text,
        period -> Text,
        dimensions -> Text,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        marker -> Text,
        source -> Text,
        evidence_url -> Nullable<Text>,
        evidence_file_id -> Nullable<Text>,
        note -> Text,
        status -> Text,
        version -> BigInt,
        changed_by -> Text,
        reported_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

/// A row as the API gives it.
#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = measurements)]
struct Row {
    id: String,
    metric_id: String,
    organization_id: String,
    period: String,
    dimensions: String,
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    marker: String,
    source: String,
    evidence_url: Option<String>,
    evidence_file_id: Option<String>,
    note: String,
    status: String,
    version: i64,
    changed_by: String,
    reported_at: chrono::NaiveDateTime,
    changed_at: chrono::NaiveDateTime,
}

async fn list(pool: web::Data<Reading>) -> actix_web::Result<HttpResponse> {
    let rows = web::block(move || {
        let mut conn = pool.get().map_err(|e| e.to_string())?;
        measurements::table
            .filter(measurements::partnership_id.ne(""))
            .order(measurements::id.desc())
            .limit(51)
            .select(Row::as_select())
            .load(&mut conn)
            .map_err(|e| e.to_string())
    })
    .await?;
    let rows = rows.map_err(actix_web::error::ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().json(&rows[..rows.len().min(50)]))
}

async fn hello() -> &'static str {
    "Hello, world"
}
