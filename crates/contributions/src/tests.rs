mod trace;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{COOKIE, LOCATION};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use backbone_db::Instant;
use backbone_events::{Audience, Describe, Direction, Object, Tracer};
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::secret::{MasterSecret, hash_secret};
use backbone_identity::{Core, PersonId, Settings};
use backbone_sandbox::{Limits, Sandbox};
use backbone_web::catalogue::check_sources;
use backbone_web::{Lang, Renderer};
use serde_json::{Value, json};
use utoipa_actix_web::AppExt;

use crate::describe::Contributions;
use crate::rollup::tests::{House, entry, house, logged, run};

fn now() -> Instant {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn core(house: &House) -> web::Data<Core> {
    core_with(house, backbone_mail::Mailer::memory().0)
}

fn core_with(house: &House, mailer: backbone_mail::Mailer) -> web::Data<Core> {
    let mut b = Renderer::builder();
    b.strict_text(true);
    backbone_identity::texts(&mut b);
    crate::texts(&mut b);
    let mut tracer = Tracer::default();
    tracer.register(Arc::new(Contributions));
    web::Data::new(Core {
        db: house.db.clone(),
        renderer: Arc::new(b.build().unwrap()),
        mailer,
        dkim: None,
        sandbox: Sandbox::new("/nonexistent", Limits::default(), 0),
        tracer,
        settings: Settings {
            base_url: "http://127.0.0.1:8080".into(),
            data_dir: std::path::PathBuf::from("/nonexistent"),
            mail_from: "Backbone <backbone@example.org>".into(),
            secret: MasterSecret::from_text(&"s".repeat(40)).unwrap(),
            mailbox: None,
            max_import: 256 << 20,
        },
        clock: now,
        wake: Arc::default(),
        attention: Vec::new(),
        search: Default::default(),
        topics: Default::default(),
        notify: Vec::new(),
        happened: Arc::default(),
        dates: Vec::new(),
        live: Default::default(),
        permissions: Vec::new(),
        nav: crate::NAV.to_vec(),
        memory: Default::default(),
    })
}

/// A person with a session in the partnership.
fn person(
    house: &House,
    roles: &str,
    organization: Option<usize>,
    language: &str,
) -> (PersonId, String) {
    let (id, cookie) = (PersonId::new(), format!("secret-{roles}-{language}"));
    let own = organization.map_or("NULL".into(), |o| format!("'{}'", house.organizations[o]));
    let tenant = house.staff.tenant().to_string();
    let (person, hash, (roles, language)) = (
        id.clone(),
        hash_secret(&cookie),
        (roles.to_string(), language.to_string()),
    );
    house
        .db
        .write_blocking(move |conn| {
            run(conn, &format!("INSERT INTO people (id, email, name, language, active, operator, created_at) VALUES \
                ('{person}', '{hash}@example.org', 'Noor de Vries', '{language}', true, false, '2026-01-01 00:00:00')"));
            run(conn, &format!("INSERT INTO memberships (id, partnership_id, person_id, organization_id, roles, active, version, \
                created_at) VALUES ('{}', '{tenant}', '{person}', {own}, '{roles}', true, 1, '2026-01-01 00:00:00')", PersonId::new()));
            run(conn, &format!("INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent) VALUES \
                ('{hash}', '{person}', '2026-11-22 08:00:00', '2026-11-22 08:00:00', '2027-01-01 00:00:00', '')"));
            Ok::<_, backbone_db::DbError>(())
        })
        .unwrap();
    (id, format!("backbone={cookie}"))
}

/// Asks the whole room: status, location and body.
async fn ask(core: &web::Data<Core>, request: TestRequest) -> (StatusCode, String, String) {
    let app = App::new()
        .into_utoipa_app()
        .app_data(core.clone())
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::api))
        .into_app()
        .configure(crate::pages);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status();
    let location = response
        .headers()
        .get(LOCATION)
        .map(|l| l.to_str().unwrap().to_string());
    let body = read_body(response).await;
    (
        status,
        location.unwrap_or_default(),
        String::from_utf8_lossy(&body).into_owned(),
    )
}

fn get(path: &str, cookie: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header((COOKIE, cookie))
}

fn post(path: &str, cookie: &str, fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post()
        .uri(path)
        .insert_header((COOKIE, cookie))
        .insert_header(("Sec-Fetch-Site", "same-origin"))
        .insert_header(("Origin", "http://127.0.0.1:8080"))
        .set_form(fields)
}

#[actix_web::test]
async fn pages_of_members_show_and_change_in_both_languages() {
    let h = house();
    let core = core(&h);
    logged(&h, entry(&h, 1, json!({ "note": "with <b>holidays</b>" })));
    for language in ["en", "nl"] {
        let (_, cookie) = person(&h, "staff", None, language);
        for path in [
            "",
            "/new",
            "/sheet",
            "/rates",
            "?kind=time&status=logged&period=2026-10",
            "?period=2020",
        ] {
            let (status, _, body) = ask(
                &core,
                get(&format!("/p/midden/contributions{path}"), &cookie),
            )
            .await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert!(
                body.contains(&format!("<html lang=\"{language}\" ")),
                "{path}"
            );
        }
        let own = h.organizations[0].to_string();
        let fields = [
            ("organization_id", own.as_str()),
            ("kind", "time"),
            ("quantity", "46"),
            ("activity", "Reading"),
            ("period", "2026-10"),
            ("key", language),
        ];
        let (status, to, body) =
            ask(&core, post("/p/midden/contributions/new", &cookie, &fields)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        let again = ask(&core, post("/p/midden/contributions/new", &cookie, &fields)).await;
        assert_eq!(again.1, to, "sent twice, logged once");
        let (status, _, body) = ask(&core, get(&to, &cookie)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert!(
            body.replace('\u{a0}', " ").contains("× € 24 = € 1"),
            "{body}"
        );
        let here = to.split('?').next().unwrap();
        for (step, fields) in [
            ("query", vec![("text", "Is this right?"), ("version", "1")]),
            (
                "correct",
                vec![
                    ("kind", "time"),
                    ("quantity", "40"),
                    ("activity", "Reading"),
                    ("period", "2026-10"),
                    ("reason", "counted again"),
                    ("version", "2"),
                ],
            ),
            ("verify", vec![("version", "3")]),
            ("withdraw", vec![("text", "Twice"), ("version", "4")]),
        ] {
            let (status, _, body) =
                ask(&core, post(&format!("{here}/{step}"), &cookie, &fields)).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{step}: {body}");
            let (status, _, body) = ask(&core, get(here, &cookie)).await;
            assert_eq!(status, StatusCode::OK, "{step}: {body}");
        }
        let (status, _, body) = ask(
            &core,
            post(
                "/p/midden/contributions/new",
                &cookie,
                &[("kind", "time"), ("quantity", "many")],
            ),
        )
        .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("aria-invalid"), "{body}");
        let rows = [
            ("period", "2026-10"),
            ("key", "k"),
            ("organization_id", own.as_str()),
            ("kind", "time"),
            ("quantity", "x"),
            ("activity", "A"),
        ];
        assert_eq!(
            ask(&core, post("/p/midden/contributions/sheet", &cookie, &rows))
                .await
                .0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let day = if language == "en" {
            "2026-02-01"
        } else {
            "2026-03-01"
        };
        let rate = [
            ("work_role", "Lawyer"),
            ("hourly", "120"),
            ("valid_from", day),
            ("source", "Table"),
        ];
        assert_eq!(
            ask(&core, post("/p/midden/contributions/rates", &cookie, &rate))
                .await
                .0,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            ask(&core, post("/p/midden/contributions/rates", &cookie, &rate))
                .await
                .0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}

#[actix_web::test]
async fn a_signed_link_logs_without_password_and_get_changes_nothing() {
    let h = house();
    let core = core(&h);
    let (person, _) = person(&h, "contributor", Some(0), "nl");
    let (tenant, organization) = (h.staff.partnership.id.clone(), h.organizations[0].clone());
    let secret =
        h.db.write_blocking(move |conn| {
            let link = NewLink {
                purpose: Purpose::LogContribution,
                person_id: Some(person),
                organization_id: Some(organization),
                subject: ("contribution_request".into(), String::new()),
                expires_at: now().plus_days(30),
            };
            access_link::issue(conn, &tenant, &link, now()).map(|(_, secret)| secret)
        })
        .unwrap();
    let here = format!("/log/{secret}");
    for _ in 0..2 {
        let (status, _, body) = ask(&core, get(&here, "")).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert!(body.contains("Wat gaf Partner 0?"), "{body}");
    }
    let fields = [
        ("kind", "time"),
        ("quantity", "7,5"),
        ("activity", "Voorlezen"),
        ("period", "2026-10"),
        ("key", "once"),
    ];
    let (status, receipt, body) = ask(&core, post(&here, "", &fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (status, _, body) = ask(&core, get(&receipt, "")).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(
        body.replace('\u{a0}', " ").contains("7,5 u × € 24 = € 180"),
        "{body}"
    );
    let (status, _, body) = ask(&core, get(&format!("{here}?same=1"), "")).await;
    assert!(
        status == StatusCode::OK && body.contains("Voorlezen") && body.contains("7.5"),
        "{body}"
    );
    let id = receipt.rsplit('/').next().unwrap();
    let fix = [
        ("kind", "time"),
        ("quantity", "8"),
        ("activity", "Voorlezen"),
        ("period", "2026-10"),
        ("reason", "Vergeten"),
        ("version", "1"),
    ];
    let correct = format!("{here}/correct/{id}");
    assert_eq!(ask(&core, get(&correct, "")).await.0, StatusCode::OK);
    assert_eq!(
        ask(&core, post(&correct, "", &fix)).await.0,
        StatusCode::SEE_OTHER
    );
    let other = logged(&h, entry(&h, 1, json!({})));
    assert_eq!(
        ask(
            &core,
            post(&format!("{here}/correct/{}", other.id), "", &fix)
        )
        .await
        .0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        ask(&core, get("/log/nothing", "")).await.0,
        StatusCode::NOT_FOUND
    );
}

#[actix_web::test]
async fn staff_ask_by_mail_and_the_link_answers() {
    let h = house();
    let (mailer, memory) = backbone_mail::Mailer::memory();
    let core = core_with(&h, mailer);
    let (_, cookie) = person(&h, "staff", None, "en");
    person(&h, "contributor", Some(0), "nl");
    let fields = [
        ("period", "2026-10"),
        ("kind", "time"),
        ("message", "Thank you"),
    ];
    let page = "/p/midden/contributions/requests";
    let late = [("period", "2027-01")];
    assert_eq!(
        ask(&core, post(page, &cookie, &late)).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let (status, _, body) = ask(&core, post(page, &cookie, &fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    run_jobs(&core).await;
    let sent = memory.sent();
    assert_eq!(sent.len(), 1);
    let text = String::from_utf8_lossy(&sent[0].bytes).replace("=\r\n", "");
    let secret: String = text
        .split("/log/")
        .nth(1)
        .unwrap()
        .chars()
        .take(32)
        .collect();
    let here = format!("/log/{secret}");
    let (status, _, body) = ask(&core, get(&here, "")).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(
        body.contains("oktober 2026") && body.contains("Thank you"),
        "{body}"
    );
    let (status, _, body) = ask(&core, get(page, &cookie)).await;
    assert!(
        status == StatusCode::OK && body.contains("Remind 1 person"),
        "{body}"
    );
    let fields = [
        ("kind", "time"),
        ("quantity", "5"),
        ("activity", "Lezen"),
        ("period", "2026-10"),
    ];
    assert_eq!(
        ask(&core, post(&here, "", &fields)).await.0,
        StatusCode::SEE_OTHER
    );
    let (_, _, body) = ask(&core, get(page, &cookie)).await;
    assert!(!body.contains("Remind"), "{body}");
}

async fn run_jobs(core: &web::Data<Core>) {
    let mut registry = backbone_jobs::Registry::default();
    crate::jobs(&mut registry);
    let options = backbone_jobs::RunnerOptions {
        worker: "test".into(),
        concurrency: 1,
        lease_seconds: 60,
        poll: std::time::Duration::from_millis(5),
    };
    let core = core.clone().into_inner();
    let runner = backbone_jobs::Runner::new(
        core.db.clone(),
        core.clone(),
        Arc::new(registry),
        options,
        now,
    );
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let work = tokio::spawn(runner.run(stopped));
    for _ in 0..1000 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let open = core.db.read_blocking(backbone_jobs::counts).unwrap();
        if open.waiting + open.running == 0 {
            break;
        }
    }
    stop.send(true).unwrap();
    work.await.unwrap();
}

#[actix_web::test]
async fn the_json_doors_log_list_count_and_export() {
    let h = house();
    let core = core(&h);
    let (_, cookie) = person(&h, "staff", None, "en");
    let base = "/api/v1/partnerships/midden/contributions";
    let send = |path: &str, body: Value| {
        let request = TestRequest::post()
            .uri(path)
            .insert_header((COOKIE, cookie.clone()))
            .set_json(body);
        request
            .insert_header(("Origin", "http://127.0.0.1:8080"))
            .insert_header(("Sec-Fetch-Site", "same-origin"))
    };
    let one = serde_json::to_value(entry(&h, 0, json!({ "activity": "=cmd()" }))).unwrap();
    let keyed = || send(base, one.clone()).insert_header(("Idempotency-Key", "a"));
    let first = ask(&core, keyed()).await;
    assert_eq!(first.0, StatusCode::CREATED, "{}", first.2);
    assert_eq!(ask(&core, keyed()).await.2, first.2);
    let many = json!({ "contributions": [one.clone(), one.clone()] });
    assert_eq!(
        ask(&core, send(&format!("{base}/bulk"), many)).await.0,
        StatusCode::CREATED
    );
    let mut cursor = String::new();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let page: Value = serde_json::from_str(
            &ask(
                &core,
                get(&format!("{base}?limit=2&cursor={cursor}"), &cookie),
            )
            .await
            .2,
        )
        .unwrap();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|i| i["id"].to_string()),
        );
        cursor = page["next_cursor"].as_str().unwrap_or("").to_string();
    }
    seen.dedup();
    assert_eq!(seen.len(), 3);
    let totals: Value = serde_json::from_str(
        &ask(&core, get(&format!("{base}/totals?period=2026"), &cookie))
            .await
            .2,
    )
    .unwrap();
    assert_eq!(
        (&totals["totals"]["hours"], &totals["totals"]["value_minor"]),
        (&json!("138"), &json!(331_200))
    );
    for format in ["csv", "xlsx", "json"] {
        let (status, _, body) = ask(
            &core,
            get(&format!("{base}/export?format={format}"), &cookie),
        )
        .await;
        assert_eq!(status, StatusCode::OK, "{format}");
        assert!(
            format != "csv" || body.contains("'=cmd()"),
            "formulas are neutralized: {body}"
        );
    }
    let made: Value = serde_json::from_str(&first.2).unwrap();
    let this = format!("{base}/{}", made["id"].as_str().unwrap());
    let patch = |tag: &str| {
        let request = TestRequest::patch()
            .uri(&this)
            .insert_header((COOKIE, cookie.clone()))
            .insert_header(("If-Match", tag));
        request
            .insert_header(("Origin", "http://127.0.0.1:8080"))
            .insert_header(("Sec-Fetch-Site", "same-origin"))
            .set_json(json!({ "reason": "fewer", "changes": { "hours": "40" } }))
    };
    assert_eq!(ask(&core, patch("\"1\"")).await.0, StatusCode::OK);
    assert_eq!(
        ask(&core, patch("\"1\"")).await.0,
        StatusCode::PRECONDITION_FAILED
    );
    let history: Value =
        serde_json::from_str(&ask(&core, get(&format!("{this}/history"), &cookie)).await.2)
            .unwrap();
    assert_eq!(history["versions"].as_array().unwrap().len(), 2);
}

#[test]
fn both_languages_have_the_same_messages() {
    let found = check_sources(&[
        (Lang::En, include_str!("../locales/en.ftl")),
        (Lang::Nl, include_str!("../locales/nl.ftl")),
    ]);
    assert!(
        found.is_empty(),
        "{}",
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
}
