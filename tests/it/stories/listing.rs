//! The page of a partnership for everybody: off until it is turned on, with exactly what staff list, as page, feed and JSON.

use backbone_identity::Role;
use backbone_tests::Response;
use serde_json::{Value, json};

use super::{Told, publish};

impl Told {
    fn change(&self, version: i64, edit: &Value) -> Response {
        self.staff()
            .patch(&self.world.home.path("/public-page"), version, edit)
    }

    fn public(&self, rest: &str) -> Response {
        self.visitor()
            .get(&format!("/public/{}{rest}", self.world.home.slug))
    }
}

#[test]
fn nothing_is_found_until_staff_turn_it_on_and_only_what_they_list() {
    let told = Told::new();
    let (other, _) = publish(&told.app, &told.world.home, "Kept among funders");
    let api = format!("/api/v1/public/partnerships/{}", told.world.home.slug);
    let parts = ["", "/stories", "/feed.atom", "/card.png"];
    for part in parts {
        assert_eq!(told.public(part).status, 404, "{part}");
    }
    assert_eq!(told.app.client().get(&api).status, 404);
    let story = told.visitor().get(&told.address).expect(200);
    assert_eq!(story.header("x-robots-tag"), Some("noindex"));

    let on = json!({"shown": true, "stories": [told.story]});
    let leader = told.world.home.api(&told.app, Role::Leader);
    let path = told.world.home.path("/public-page");
    assert_eq!(leader.patch(&path, 0, &on).status, 403);
    assert_eq!(told.change(3, &on).problem(), "changed-meanwhile");
    assert_eq!(told.change(0, &on).expect(200).version(), 1);
    let page = told.public("").expect(200).text();
    assert!(
        page.contains("Together for reading") && !page.contains("Kept among funders"),
        "{page}"
    );
    assert!(
        page.contains("og:image") && page.contains("application/atom+xml"),
        "{page}"
    );
    let archive = told.public("/stories").expect(200).text();
    assert!(
        archive.contains("Together for reading") && !archive.contains("Kept among funders"),
        "{archive}"
    );
    let found = told.app.client().get(&api).expect(200).json();
    assert_eq!(found["stories"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["stories"][0]["href"], json!(told.address));
    let card = told.public("/card.png").expect(200);
    assert_eq!(&card.body[1..4], b"PNG");
    let again = told
        .visitor()
        .request("GET", &format!("/public/{}/card.png", told.world.home.slug))
        .header("If-None-Match", card.header("etag").unwrap())
        .send();
    assert_eq!(again.status, 304);
    // What is listed may be found by searching; what is not stays among those who have its address.
    let story = told.visitor().get(&told.address).expect(200);
    assert_eq!(story.header("x-robots-tag"), None);
    assert!(!story.text().contains("name=\"robots\""));

    // Taken back, it is gone from all of them.
    let withdraw = told
        .world
        .home
        .path(&format!("/stories/{}/withdraw", told.story));
    told.staff().post(&withdraw, &json!({})).expect(200);
    for part in ["", "/stories", "/feed.atom"] {
        let page = told.public(part).expect(200).text();
        assert!(!page.contains("Together for reading"), "{page}");
    }
    let refused = told.change(1, &json!({"stories": [told.story, other]}));
    assert_eq!(refused.status, 422, "{}", refused.text());
    // Turned off, nothing is found again.
    told.change(1, &json!({"shown": false})).expect(200);
    for part in parts {
        assert_eq!(told.public(part).status, 404, "{part}");
    }
}

#[test]
fn the_feed_is_well_formed_whatever_stands_in_it() {
    let told = Told::new();
    let name = "Reading & \"Writing\" <together>";
    told.app.sql(&format!(
        "UPDATE partnerships SET name = '{name}' WHERE id = '{}'",
        told.world.home.id
    ));
    let (second, _) = publish(&told.app, &told.world.home, "Tom & Jerry <read> ]]>");
    let both = json!({"shown": true, "stories": [told.story, second]});
    told.change(0, &both).expect(200);
    let feed = told.public("/feed.atom").expect(200);
    assert_eq!(
        feed.header("content-type"),
        Some("application/atom+xml; charset=utf-8")
    );
    let text = feed.text();
    assert!(
        text.starts_with("<?xml") && !text.contains("<read>") && !text.contains("<together>"),
        "{text}"
    );
    assert_eq!(text.matches("<entry").count(), 2, "{text}");
    assert_eq!(text.matches("</entry>").count(), 2, "{text}");
    for element in [
        "<id>urn:uuid:",
        "<updated>20",
        "rel=\"self\"",
        "<published>20",
    ] {
        assert!(text.contains(element), "{element}: {text}");
    }
    let base = &told.app.core.settings.base_url;
    assert!(
        text.contains(&format!("href=\"{base}{}\"", told.address)),
        "{text}"
    );
    let tag = feed.header("etag").unwrap().to_string();
    let again = told
        .visitor()
        .request(
            "GET",
            &format!("/public/{}/feed.atom", told.world.home.slug),
        )
        .header("If-None-Match", &tag)
        .send();
    assert_eq!(again.status, 304);
}

#[test]
fn staff_choose_on_a_page_and_nobody_of_another_partnership() {
    let told = Told::new();
    let slug = &told.world.home.slug;
    let page = format!("/p/{slug}/public-page");
    let staff = told.world.home.browser(&told.app, Role::Staff);
    let shown = staff.get(&page).expect(200).text();
    assert!(
        shown.contains(&format!("value=\"{}\"", told.story)) && !shown.contains(" checked"),
        "{shown}"
    );
    let fields = [
        ("version", "0"),
        ("shown", "true"),
        ("stories", told.story.as_str()),
    ];
    staff.form(&page, &fields).expect(303);
    let shown = staff.get(&page).expect(200).text();
    assert_eq!(shown.matches(" checked").count(), 2, "{shown}");
    told.public("").expect(200);
    // An older page is shown beside what stands rather than saved over it.
    let late = staff.form(&page, &[("version", "0")]).expect(303);
    let to = late.header("location").unwrap();
    assert!(to.contains("?kept="), "{to}");
    told.public("").expect(200);
    for role in [Role::Contributor, Role::Funder, Role::Community] {
        let member = told.world.home.browser(&told.app, role);
        assert_eq!(member.get(&page).status, 403, "{role}");
    }
    let leader = told.world.home.browser(&told.app, Role::Leader);
    leader.get(&page).expect(200);
    assert_eq!(leader.form(&page, &[("version", "1")]).status, 403);
    let foreign = told.world.foreign.browser(&told.app, Role::Staff);
    assert_eq!(foreign.get(&page).status, 404);
    let theirs = told.world.foreign.api(&told.app, Role::Staff).patch(
        &told.world.foreign.path("/public-page"),
        0,
        &json!({"stories": [told.story]}),
    );
    assert_eq!(theirs.status, 422, "{}", theirs.text());
}

#[test]
fn a_funder_finds_stories_that_reached_them_or_that_anybody_may_find() {
    let told = Told::new();
    let (listed, _) = publish(&told.app, &told.world.home, "Rowing for reading");
    publish(&told.app, &told.world.home, "Reading among ourselves");
    let funder = told.world.home.account(Role::Funder).email.clone();
    let found = |role: Role| -> Vec<String> {
        let path = told.world.home.path("/search?q=reading&kind=story");
        let found = told.world.home.api(&told.app, role).get(&path).expect(200);
        let items = found.json()["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|i| i["title"].as_str().unwrap().to_string())
            .collect()
    };
    assert!(found(Role::Funder).is_empty(), "nothing reached them yet");
    told.send_to("Fenna Bos", &funder);
    let titles = found(Role::Funder);
    assert!(
        titles.len() == 1 && titles[0].starts_with("Together for reading"),
        "{titles:?}"
    );
    let on = json!({"shown": true, "stories": [listed]});
    told.change(0, &on).expect(200);
    assert_eq!(found(Role::Funder).len(), 2);
    assert_eq!(found(Role::Community).len(), 1, "what anybody may find");
    assert_eq!(found(Role::Staff).len(), 3, "staff find all, drafts too");

    // The result leads to the story: as its reader when it was sent to them, and nowhere when it was not.
    let browser = told.world.home.browser(&told.app, Role::Funder);
    let slug = &told.world.home.slug;
    let open = |id: &str| browser.get(&format!("/p/{slug}/received/{id}"));
    let own = open(&told.story).expect(303);
    assert!(
        own.header("location")
            .unwrap()
            .starts_with(&format!("{}?r=", told.address)),
        "{own:?}"
    );
    let public = open(&listed).expect(303);
    assert!(
        !public.header("location").unwrap().contains("r="),
        "{public:?}"
    );
    let leader = told.world.home.browser(&told.app, Role::Leader);
    let not_theirs = leader.get(&format!("/p/{slug}/received/{}", told.story));
    assert_eq!(not_theirs.status, 404);
    told.change(1, &json!({"shown": false})).expect(200);
    assert_eq!(open(&listed).status, 404);
}
