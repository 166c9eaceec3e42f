//! The texts of both languages agree, and every page renders with samples in both.

use std::sync::Arc;

use actix_web::{App, test, web};
use backbone_identity::Core;
use backbone_mail::Mailer;
use backbone_web::Lang;
use backbone_web::catalogue::check_sources;

use crate::campaign::CampaignState;
use crate::testing::{campaign, clock, delivery, house, queued, session};
use crate::{EN, NL, suppression, unsubscribe};

#[::core::prelude::v1::test]
fn both_languages_say_the_same() {
    let found = check_sources(&[(Lang::En, EN), (Lang::Nl, NL)]);
    assert!(found.is_empty(), "{found:?}");
}

async fn suppressed(core: &Arc<Core>, tenant: &str, key: &'static str) -> bool {
    let tenant = tenant.to_string();
    core.db
        .read(move |c| suppression::store::is_suppressed(c, &tenant, key))
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_look_at_the_link_changes_nothing_and_a_post_without_cookies_leaves_at_once() {
    let (mailer, _) = Mailer::memory();
    let house = house(mailer).await;
    let core = Arc::new(house.core);
    let tenant = house.partnership.id.to_string();
    let token = unsubscribe::token(&core.settings.secret, &tenant, "amina@example.org");
    let data = web::Data::from(core.clone());
    let app = test::init_service(App::new().app_data(data).configure(crate::pages)).await;
    for lang in ["en", "nl"] {
        let look = test::TestRequest::get().uri(&format!("/u/{token}?lang={lang}"));
        let answer = test::call_service(&app, look.to_request()).await;
        assert_eq!(answer.status(), 200);
    }
    assert!(!suppressed(&core, &tenant, "amina@example.org").await);
    let post = test::TestRequest::post()
        .uri(&format!("/u/{token}"))
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload("List-Unsubscribe=One-Click");
    let answer = test::call_service(&app, post.to_request()).await;
    assert_eq!(answer.status(), 200);
    assert!(suppressed(&core, &tenant, "amina@example.org").await);
    let again = test::TestRequest::post().uri(&format!("/u/{token}/again"));
    let answer = test::call_service(&app, again.to_request()).await;
    assert_eq!(answer.status(), 200);
    assert!(!suppressed(&core, &tenant, "amina@example.org").await);
    let forged = test::TestRequest::post().uri("/u/bm90aGluZw.AAAA");
    let answer = test::call_service(&app, forged.to_request()).await;
    assert_eq!(answer.status(), 404);
    assert!(clock().unix() > 0);
}

#[actix_web::test]
async fn every_page_renders_in_both_languages() {
    let (mailer, _) = Mailer::memory();
    let house = house(mailer).await;
    let sent = queued(&house, 3).await;
    let mut draft = campaign(&house);
    draft.state = CampaignState::Draft;
    draft.queued_at = None;
    let drafted = draft.id.clone();
    let rows = vec![delivery(&draft, "a@example.org", "Amina", "nl")];
    house
        .core
        .db
        .write(move |c| {
            crate::campaign::store::insert(c, &draft)?;
            crate::delivery::store::insert(c, &rows)
        })
        .await
        .unwrap();
    let cookies = [session(&house, "en").await, session(&house, "nl").await];
    let data = web::Data::new(house.core);
    let app = test::init_service(App::new().app_data(data).configure(crate::pages)).await;
    let paths = [
        "campaigns".to_string(),
        "campaigns/new".to_string(),
        format!("campaigns/{drafted}"),
        format!("campaigns/{drafted}/confirm"),
        format!("campaigns/{drafted}/preview?lang=nl"),
        format!("campaigns/{drafted}/preview.txt"),
        format!("campaigns/{sent}"),
        format!("campaigns/{sent}?state=pending"),
        "contacts".to_string(),
        "contacts.csv".to_string(),
        "suppressions".to_string(),
    ];
    for cookie in cookies {
        for path in &paths {
            let get = test::TestRequest::get()
                .uri(&format!("/p/start/{path}"))
                .insert_header(("cookie", cookie.clone()));
            let answer = test::call_service(&app, get.to_request()).await;
            let problem = answer
                .response()
                .extensions()
                .get::<backbone_web::Problem>()
                .map(ToString::to_string);
            assert_eq!(answer.status(), 200, "{path}: {problem:?}");
        }
        let post = test::TestRequest::post()
            .uri("/p/start/contacts")
            .insert_header(("cookie", cookie.clone()))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_form([
                ("lines", "nonsense\nb@example.org;Bo"),
                ("consent_basis", "consent"),
            ]);
        let answer = test::call_service(&app, post.to_request()).await;
        assert_eq!(answer.status(), 422, "a line that cannot be read is named");
        let body = test::read_body(answer).await;
        assert!(
            String::from_utf8_lossy(&body).contains("nonsense"),
            "what was typed is kept"
        );
    }
}
