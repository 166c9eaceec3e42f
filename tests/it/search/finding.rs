use std::collections::BTreeSet;

use backbone_identity::Role;
use serde_json::json;

use super::{Filled, results, titles};

/// What each role finds of the things that bear the same word.
const EXPECTED: &[(Role, &[&str])] = &[
    (
        Role::Staff,
        &[
            "body",
            "organization",
            "contribution",
            "metric+",
            "measurement",
            "story",
            "contact",
        ],
    ),
    (
        Role::Admin,
        &[
            "body",
            "organization",
            "contribution",
            "metric+",
            "measurement",
            "story",
            "contact",
        ],
    ),
    (
        Role::Contributor,
        &[
            "organization",
            "contribution",
            "metric+",
            "measurement",
            "body",
        ],
    ),
    (
        Role::Leader,
        &[
            "body",
            "organization",
            "contribution",
            "metric+",
            "measurement",
            "story",
        ],
    ),
    (
        Role::ReadOnly,
        &[
            "body",
            "organization",
            "contribution",
            "metric+",
            "measurement",
            "story",
        ],
    ),
    (
        Role::Community,
        &["organization", "metric+", "measurement", "body"],
    ),
    (Role::Funder, &["organization", "metric", "body"]),
];

#[test]
fn each_role_finds_what_it_may_see_and_nothing_else() {
    let filled = Filled::new();
    assert_eq!(EXPECTED.len(), Role::ALL.len());
    for (role, kinds) in EXPECTED {
        let found = filled.find(*role, "zwaluw");
        let got: BTreeSet<&str> = found.iter().map(|(kind, _)| kind.as_str()).collect();
        let expected: BTreeSet<&str> = kinds.iter().map(|k| k.trim_end_matches('+')).collect();
        assert_eq!(got, expected, "{role}: {found:?}");
        let inside = titles(&found).contains(&"Zwaluw inside");
        assert_eq!(inside, kinds.contains(&"metric+"), "{role}: {found:?}");
    }
}

#[test]
fn another_partnership_finds_nothing_of_it() {
    let filled = Filled::new();
    let (app, world) = (&filled.app, &filled.world);
    for role in Role::ALL {
        let stranger = world.foreign.api(app, *role);
        assert_eq!(results(&stranger, &world.foreign.path(""), "zwaluw"), []);
        let answer = stranger.get(&world.home.path("/search?q=zwaluw"));
        assert_eq!(answer.status, 404, "{}", answer.text());
    }
    // The words by which the index knows a partnership or a permission are no words to search by.
    let id: String = world.home.id.to_string().replace('-', "");
    for words in ["qxq", &format!("qxqp{id}"), "qxqmstorysee", "scope"] {
        assert_eq!(filled.find(Role::Admin, words), [], "{words}");
    }
}

#[test]
fn words_are_found_by_their_beginning_without_case_or_accents() {
    let filled = Filled::new();
    for (words, first) in [
        ("cooperatie", "Coöperatie Zwaluw"),
        ("COÖP zwal", "Coöperatie Zwaluw"),
        ("voorlees", "Voorleesuur Zwaluw"),
        ("koffie bibl", "Voorleesuur Zwaluw"),
        ("zwaluw draft", "Zwaluw draft"),
        ("flew", "Zwaluw score · 2026-09"),
    ] {
        let found = filled.find(Role::Staff, words);
        assert!(titles(&found).contains(&first), "{words}: {found:?}");
    }
    for words in [
        "",
        " ",
        "\"",
        "*",
        "zwaluw zebra",
        "uur",
        "') OR 1=1 --",
        "NOT",
        "&|!",
        "zwaluw & zebra",
        "(",
        "NEAR(",
        "🐦",
    ] {
        let found = filled.find(Role::Staff, words);
        assert_eq!(found, [], "{words}");
    }
    // A title comes before a text.
    let found = filled.find(Role::Staff, "zwaluw");
    let place = |title: &str| titles(&found).iter().position(|t| *t == title).unwrap();
    assert!(
        place("Zwaluw draft") < place("Voorleesuur Zwaluw"),
        "{found:?}"
    );
}

#[test]
fn what_was_written_a_moment_ago_is_found_and_what_is_gone_is_not() {
    let filled = Filled::new();
    let (app, world) = (&filled.app, &filled.world);
    let staff = world.home.api(app, Role::Staff);
    let path = world.home.path("/contributions");
    let made = staff
        .post(
            &path,
            &json!({"kind": "treasure", "organization_id": world.home.organizations["partner"],
            "period": "2026-09", "activity": "Fietsenplan", "amount": "5"}),
        )
        .expect(201)
        .json();
    assert_eq!(
        titles(&filled.find(Role::Staff, "fietsen")),
        ["Fietsenplan"]
    );
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let version = staff.get(&one).version();
    let changed = json!({"changes": {"activity": "Lopersplan"}, "reason": "The wrong name"});
    staff.patch(&one, version, &changed).expect(200);
    assert_eq!(filled.find(Role::Staff, "fietsen"), []);
    assert_eq!(
        titles(&filled.find(Role::Leader, "lopersplan")),
        ["Lopersplan"]
    );
    staff
        .request("POST", &format!("{one}/withdraw"))
        .header("If-Match", &format!("\"{}\"", version + 1))
        .json(&json!({"text": "Not given after all"}))
        .send()
        .expect(200);
    assert_eq!(filled.find(Role::Staff, "lopersplan"), []);
}

#[test]
fn a_renamed_organization_is_found_by_its_new_name_everywhere() {
    let filled = Filled::new();
    let (app, world) = (&filled.app, &filled.world);
    let staff = world.home.api(app, Role::Staff);
    assert_eq!(filled.find(Role::Staff, "harbour library").len(), 1);
    let path = world.home.path(&format!(
        "/organizations/{}",
        world.home.organizations["partner"]
    ));
    let version = staff.get(&path).version();
    staff
        .patch(&path, version, &json!({"name": "Leeszaal"}))
        .expect(200);
    let kinds = |found: &[(String, String)]| found.iter().map(|f| f.0.clone()).collect::<Vec<_>>();
    assert_eq!(
        kinds(&filled.find(Role::Staff, "leeszaal")),
        ["organization"]
    );
    // What else bears the name is read again by a job, within seconds.
    app.drain_jobs();
    let found = kinds(&filled.find(Role::Staff, "leeszaal"));
    assert_eq!(found[0], "organization");
    assert!(found.contains(&"contribution".to_string()), "{found:?}");
}

#[test]
fn the_page_shows_hits_as_text_never_as_markup() {
    let filled = Filled::new();
    let (app, world) = (&filled.app, &filled.world);
    let staff = world.home.api(app, Role::Staff);
    staff
        .post(
            &world.home.path("/stories"),
            &json!({"title": "<script>alert(1)</script> kievit", "template": "blank"}),
        )
        .expect(201);
    let browser = world.home.browser(app, Role::Staff);
    for path in ["search", "search/options"] {
        let page = browser
            .get(&format!("/p/harbour/{path}?q=kievit%20script"))
            .expect(200)
            .text();
        assert!(
            page.contains("<mark>kievit</mark>") && page.contains("&lt;<mark>script</mark>&gt;"),
            "{page}"
        );
        assert!(!page.contains("<script>alert"), "{page}");
    }
    let palette = browser.get("/p/harbour/search/palette").expect(200).text();
    assert!(
        palette.contains("/p/harbour/stories/new") && palette.contains("role=\"combobox\""),
        "{palette}"
    );
    let funder = world.home.browser(app, Role::Funder);
    let palette = funder.get("/p/harbour/search/palette").expect(200).text();
    assert!(
        !palette.contains("/stories/new") && palette.contains("/p/harbour/organizations"),
        "{palette}"
    );
    let none = funder.get("/p/harbour/search?q=kievit").expect(200).text();
    assert!(!none.contains("alert"), "{none}");
}
