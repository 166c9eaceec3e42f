//! Every page of this crate, rendered strictly in both languages, on the way from an empty server to a second member.

use actix_web::http::StatusCode;
use actix_web::http::header::{COOKIE, LOCATION, SET_COOKIE};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use backbone_jobs::{Job, JobId};

use crate::core::Core;
use crate::people::store::invitations;
use crate::sign_in::SendLink;
use crate::testing::{House, house};
use crate::{partnership, people, setup, sign_in};

struct Browser {
    core: web::Data<Core>,
    cookie: String,
    lang: &'static str,
}

impl Browser {
    /// Sends a request; gives status, address led to, body.
    async fn send(&mut self, request: TestRequest) -> (StatusCode, String, String) {
        let app = init_service(
            App::new()
                .app_data(self.core.clone())
                .configure(crate::pages),
        )
        .await;
        let request = request
            .insert_header((COOKIE, self.cookie.clone()))
            .insert_header(("accept-language", self.lang))
            .insert_header(("sec-fetch-site", "same-origin"));
        let answer = call_service(&app, request.to_request()).await;
        for set in answer.headers().get_all(SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("__Host-") {
                self.cookie = pair.to_string();
            }
        }
        let to = answer
            .headers()
            .get(LOCATION)
            .map_or("", |v| v.to_str().unwrap())
            .to_string();
        let problem = answer
            .response()
            .extensions()
            .get::<backbone_web::Problem>()
            .map(ToString::to_string);
        let status = answer.status();
        let body = String::from_utf8_lossy(&read_body(answer).await).into_owned();
        (status, to, problem.unwrap_or(body))
    }
    async fn get(&mut self, path: &str) -> String {
        let (status, _, body) = self.send(TestRequest::get().uri(path)).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }
    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> (StatusCode, String, String) {
        self.send(TestRequest::post().uri(path).set_form(form))
            .await
    }
    /// A form that works leads on; gives where.
    async fn led(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        let (status, to, body) = self.post(path, form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
        to
    }
    /// A form that does not work is shown again.
    async fn again(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        let (status, _, body) = self.post(path, form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {body}");
        assert!(body.contains("class=\"form-errors\""), "{path}: {body}");
        body
    }
}

fn browser(house: &web::Data<Core>, lang: &'static str) -> Browser {
    Browser {
        core: house.clone(),
        cookie: "none=1".into(),
        lang,
    }
}

const PARTNERSHIP: [(&str, &str); 7] = [
    ("name", "Samen Oost"),
    ("purpose", "Every child reads"),
    ("language", "nl"),
    ("currency", "EUR"),
    ("time_zone", "Europe/Amsterdam"),
    ("fiscal_year_start", "9"),
    ("accent", "#0b5fcc"),
];

#[actix_web::test]
async fn from_an_empty_server_to_a_second_member() {
    let House {
        core,
        mail,
        folder: _keep,
    } = house();
    let core = web::Data::new(core);
    let mut noor = browser(&core, "en");
    assert!(noor.get("/").await.contains("one-time link"));
    let token = setup::token(&core.settings.secret);
    noor.get(&format!("/setup?token={token}")).await;
    let person = [
        ("token", token.as_str()),
        ("name", "Noor de Vries"),
        ("email", "Noor@Oost.example"),
        ("language", "en"),
    ];
    let weak = noor
        .again(
            "/setup",
            &[&person[..], &[("password", "password1234")]].concat(),
        )
        .await;
    assert!(weak.contains("first passwords that are tried"));
    let to = noor
        .led(
            "/setup",
            &[&person[..], &[("password", "vier gele fietsen")]].concat(),
        )
        .await;
    assert_eq!(to, "/partnerships/new");
    noor.get(&to).await;
    noor.again(&to, &[("name", "")]).await;
    assert_eq!(noor.led(&to, &PARTNERSHIP).await, "/p/samen-oost/setup");
    noor.get("/p/samen-oost/setup").await;
    noor.again("/p/samen-oost/setup", &[("name", "")]).await;
    noor.led(
        "/p/samen-oost/setup",
        &[("name", "Stichting Oost"), ("sector", "civil")],
    )
    .await;
    let to = noor
        .led(
            "/p/samen-oost/organizations/new",
            &[
                ("name", "Bibliotheek"),
                ("role", "partner"),
                ("sector", "public"),
                ("website", "oost.example"),
            ],
        )
        .await;
    let organization = to.rsplit('/').next().unwrap().to_string();
    noor.again(
        "/p/samen-oost/organizations/new",
        &[("name", "Bibliotheek")],
    )
    .await;
    noor.again("/p/samen-oost/invitations", &[("people", "nobody")])
        .await;
    let invite = [
        ("people", "Sam <sam@oost.example>"),
        ("roles", "contributor"),
        ("organization_id", organization.as_str()),
    ];
    noor.led("/p/samen-oost/invitations", &invite).await;
    let (_, _, shown) = noor
        .post(
            "/p/samen-oost/settings/api-keys",
            &[("name", "Import"), ("scope", "write")],
        )
        .await;
    assert!(shown.contains("bbk_"), "{shown}");

    // The invitation's mail, and the page behind its link.
    let (invitation, member) = core
        .db
        .read(|c| {
            let p = partnership::find(c, "samen-oost")?.unwrap();
            let member = people::store::all(c, p.id.as_str())?.remove(0);
            Ok::<_, backbone_db::DbError>((
                invitations::page(c, p.id.as_str(), None, 1)?.remove(0),
                member,
            ))
        })
        .await
        .unwrap();
    let token = core
        .settings
        .secret
        .sign("invitation", invitation.id.as_str());
    let mut sam = browser(&core, "nl");
    let page = sam.get(&format!("/invitation?token={token}")).await;
    assert!(page.contains("Noor de Vries nodigt je uit"), "{page}");
    sam.again(
        "/invitation",
        &[("token", &token), ("name", ""), ("language", "nl")],
    )
    .await;
    let to = sam
        .led(
            "/invitation",
            &[("token", &token), ("name", "Sam"), ("language", "nl")],
        )
        .await;
    assert_eq!(to, "/p/samen-oost");
    let (status, ..) = sam
        .send(TestRequest::get().uri("/p/samen-oost/people"))
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);

    for language in ["en", "nl"] {
        noor.led(
            "/account",
            &[("name", "Noor de Vries"), ("language", language)],
        )
        .await;
        for path in [
            "/account".to_string(),
            "/partnerships/new".into(),
            "/p/samen-oost/setup".into(),
            "/p/samen-oost/settings".into(),
            "/p/samen-oost/settings/api-keys".into(),
            "/p/samen-oost/organizations".into(),
            "/p/samen-oost/organizations/new".into(),
            format!("/p/samen-oost/organizations/{organization}"),
            format!("/p/samen-oost/organizations/{organization}/edit"),
            "/p/samen-oost/people".into(),
            format!("/p/samen-oost/people/{}", member.id),
            "/p/samen-oost/invitations".into(),
        ] {
            noor.get(&path).await;
        }
    }
    signing_in(&core, &mail).await;
}

/// The forms that need no session, and the mail they cause.
async fn signing_in(core: &web::Data<Core>, mail: &backbone_mail::transport::Memory) {
    for lang in ["en", "nl"] {
        let mut guest = browser(core, lang);
        guest.get("/sign-in?next=/account").await;
        guest.get("/password/forgot").await;
        guest
            .again(
                "/sign-in",
                &[("email", "noor@oost.example"), ("password", "wrong")],
            )
            .await;
        guest
            .again("/sign-in/link", &[("email", "not an address")])
            .await;
        let (_, _, known) = guest
            .post("/sign-in/link", &[("email", "noor@oost.example")])
            .await;
        let (_, _, unknown) = guest
            .post("/sign-in/link", &[("email", "eve@oost.example")])
            .await;
        assert_eq!(known.replace("noor@", ""), unknown.replace("eve@", ""));
    }
    let mut guest = browser(core, "en");
    let to = guest
        .led(
            "/sign-in",
            &[
                ("email", "noor@oost.example"),
                ("password", "vier gele fietsen"),
                ("next", "/account"),
            ],
        )
        .await;
    assert_eq!(to, "/account");
    assert!(guest.cookie.starts_with("__Host-backbone="));
    guest.led("/sign-out", &[]).await;
    let (status, ..) = guest.send(TestRequest::get().uri("/account")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);

    // Somebody else's page may not sign anybody in.
    let app = init_service(App::new().app_data(core.clone()).configure(crate::pages)).await;
    let foreign = TestRequest::post()
        .uri("/sign-in")
        .insert_header(("sec-fetch-site", "cross-site"))
        .set_form([("email", "a@b.example")]);
    assert_eq!(
        call_service(&app, foreign.to_request()).await.status(),
        StatusCode::FORBIDDEN
    );

    // The mailed link: a GET uses nothing up, a POST works once.
    let job: SendLink = serde_json::from_value(serde_json::json!({"email": "noor@oost.example", "purpose": "sign_in", "next": "/account", "lang": "nl"})).unwrap();
    job.run(core, &JobId::new()).await.unwrap();
    let sent = String::from_utf8(mail.sent().pop().unwrap().bytes).unwrap();
    assert!(
        sent.contains("To: Noor de Vries <noor@oost.example>"),
        "{sent}"
    );
    let secret = core.settings.secret.clone();
    let path = core
        .db
        .write(move |c| {
            sign_in::make_link(
                c,
                &secret,
                "noor@oost.example",
                "/account",
                crate::testing::now(),
            )
        })
        .await
        .unwrap();
    let token = path.split_once("token=").unwrap().1.to_string();
    guest.get(&path).await;
    guest.get(&path).await;
    assert_eq!(
        guest.led("/sign-in/open", &[("token", &token)]).await,
        "/account"
    );
    let (status, ..) = guest.post("/sign-in/open", &[("token", &token)]).await;
    assert_eq!(status, StatusCode::GONE);
}
