//! Serves the components page and a few sample pages on loopback, to look at while working on the design:
//! `cargo run -p backbone-web --example gallery`, then open <http://127.0.0.1:8099/dev/components>.

use std::sync::Arc;

use actix_web::http::header::ContentType;
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, web};
use backbone_web::assets;
use backbone_web::catalogue::Lang;
use backbone_web::gallery::{components, sample_shell};
use backbone_web::render::{Brand, Renderer, SafeHtml};
use rust_embed::RustEmbed;
use serde_json::{Value, json};

#[derive(RustEmbed)]
#[folder = "examples/templates"]
struct Samples;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

fn spark(values: &[f64], target: f64) -> SafeHtml {
    let points: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("{},{value}", 2 + at * 10))
        .collect();
    let last = values.last().copied().unwrap_or_default();
    SafeHtml::trusted(format!(
        r##"<svg class="spark" width="120" height="30" viewBox="0 0 120 30" role="img" aria-label="Twelve periods"><line x1="0" x2="120" y1="{target}" y2="{target}" stroke="currentColor" stroke-dasharray="3 3" opacity=".6"/><polyline points="{}" fill="none" stroke="var(--series-1)" stroke-width="1.8" stroke-linejoin="round"/><circle cx="112" cy="{last}" r="3" fill="var(--series-1)"/></svg>"##,
        points.join(" ")
    ))
}

fn scorecard() -> Value {
    let rising = [
        27.0, 25.6, 21.8, 21.0, 19.3, 15.3, 10.1, 8.7, 6.7, 7.6, 3.7, 3.0,
    ];
    let falling = [
        10.3, 9.5, 12.6, 13.1, 15.0, 17.1, 15.9, 20.9, 21.6, 24.1, 23.9, 27.0,
    ];
    let row = |name: &str,
               value: &str,
               period: &str,
               line: &[f64],
               tone: &str,
               status: &str,
               trend: &str,
               due: Value| {
        json!({ "name": name, "value": value, "period": period, "spark": spark(line, 6.0), "tone": tone,
                "status": status, "trend": trend, "owner": "A. Yıldız", "day": "2026-11-12", "due": due })
    };
    json!({ "groups": [
        { "name": "Children and families", "rows": [
            row("Children read to 3× a week", "61 %", "Q3 2026", &rising, "good", "On target", "Getting better, 5 quarters", Value::Null),
            row("Reading level at age 8, on track", "74 %", "2025/26", &falling, "watch", "Watch", "No change we can be sure of", Value::Null),
        ]},
        { "name": "Partners", "rows": [
            row("Partners who contributed this quarter", "19 of 22", "Q3 2026", &rising, "good", "On target", "Getting better, 3 quarters", Value::Null),
            row("Commitments done on time", "68 %", "Oct 2026", &falling, "bad", "Off target", "Getting worse, 3 months", Value::Null),
            row("Secured for 2027", "€ 412 k", "Nov 2026", &rising, "stale", "Out of date", "Behind the path by € 46 k", json!("2026-11-11")),
        ]},
    ]})
}

async fn page(renderer: web::Data<Renderer>, path: web::Path<String>) -> HttpResponse {
    let option = |value: &str, label: &str| json!({ "value": value, "label": label });
    let mut shell = sample_shell(Lang::En, &path, &path);
    let data = match path.as_str() {
        "scorecard" => scorecard(),
        "log" => {
            json!({ "kinds": [option("time", "Time"), option("talent", "Talent"), option("money", "Money"), option("in_kind", "In kind")] })
        }
        "home" => json!({ "at": "2026-11-23T07:12:00Z", "earlier": "2026-11-20T15:00:00Z" }),
        _ => {
            shell.partnership = Some(Brand {
                accent: Some("#8b1e5b".into()),
                ..shell.partnership.unwrap_or_default()
            });
            json!({ "status": 404, "title": "This page is not here", "happened": "The address may be old, or the page was withdrawn.",
                    "kept": "Nothing was changed.", "next": "Go back, or start from the home page.", "fields": [], "home_url": "/home" })
        }
    };
    let template = match path.as_str() {
        "scorecard" | "log" | "home" => format!("sample/{path}"),
        _ => "web/error".to_owned(),
    };
    match renderer.page(&template, &shell, &data) {
        Ok(html) => HttpResponse::Ok()
            .content_type(ContentType::html())
            .body(html),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Renderer::builder();
    builder.strict_text(true).templates::<Samples>("sample");
    let renderer = web::Data::from(Arc::new(builder.build()?));
    HttpServer::new(move || {
        App::new()
            .app_data(renderer.clone())
            .wrap(DefaultHeaders::new().add(("content-security-policy", POLICY)))
            .configure(assets::configure)
            .route("/dev/components", web::get().to(components))
            .route("/{page}", web::get().to(page))
    })
    .workers(1)
    .bind(("127.0.0.1", 8099))?
    .run()
    .await?;
    Ok(())
}
