//! Every page: for nobody, and for each role in each language.

use std::collections::{BTreeMap, BTreeSet};

use backbone_identity::Role;
use backbone_tests::{Response, TestApp, World, routes};

/// Pages that need no session, each with its reason.
const PUBLIC: &[(&str, &str)] = &[
    ("/", "leads to the own partnership, or to signing in"),
    ("/sign-in", "the way in"),
    ("/setup", "the first start"),
    ("/sign-in/link", "opened with a signed token from a mail"),
    ("/password/forgot", "asks for such a mail"),
    ("/password/reset", "opened with a signed token from a mail"),
    (
        "/account/email/confirm",
        "opened with a signed token from a mail",
    ),
    ("/vote", "opened with a signed token from a mail"),
    ("/rsvp", "opened with a signed token from a mail"),
    ("/invitation", "opened with a signed token from a mail"),
    (
        "/questions/confirm",
        "opened with a signed token from a mail",
    ),
    (
        "/public/",
        "pages for everybody, where the partnership turned them on",
    ),
    ("/r/", "a reader's own link, from the mail they got"),
    ("/assets/", "style, script, fonts"),
    (
        "/p/{partnership}/logo",
        "shown in mail and on public stories",
    ),
];

fn is_public(path: &str) -> bool {
    PUBLIC
        .iter()
        .any(|(p, _)| *p == path || (p.len() > 1 && p.ends_with('/') && path.starts_with(p)))
}

fn fill(path: &str, world: &World) -> String {
    let parts: Vec<String> = path
        .split('/')
        .map(|part| match part {
            "{partnership}" => world.home.slug.clone(),
            _ if part.starts_with('{') => uuid::Uuid::now_v7().to_string(),
            _ => part.to_string(),
        })
        .collect();
    parts.join("/")
}

#[test]
fn a_page_for_members_sends_strangers_to_sign_in() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let browser = app.client().with("Accept", "text/html");
    let mut wrong = Vec::new();
    let pages = routes::pages();
    assert!(pages.len() > 5, "{pages:?}");
    for path in pages.iter().filter(|p| !is_public(p)) {
        let answer = browser.get(&fill(path, &world));
        let to = answer.header("location").unwrap_or_default();
        // A link with a secret in it that was never given out is simply not there.
        let unknown_secret =
            !path.contains("{partnership}") && path.contains('{') && answer.status == 404;
        let sent_to_sign_in = answer.status == 303 && to.starts_with("/sign-in");
        if !sent_to_sign_in && !unknown_secret {
            wrong.push(format!("{path}: {} {to}", answer.status));
        }
    }
    assert!(
        wrong.is_empty(),
        "these let strangers in:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_page_of_another_partnership_is_not_there() {
    let app = TestApp::start();
    let world = World::seed(&app);
    for role in Role::ALL {
        let foreign = world.foreign.browser(&app, *role);
        for path in routes::pages()
            .iter()
            .filter(|p| p.contains("{partnership}") && !is_public(p))
        {
            let answer = foreign.get(&fill(path, &world));
            assert_eq!(answer.status, 404, "{path} by a foreign {role}");
        }
    }
}

/// What must hold for every page.
fn faults(page: &Response, lang: &str) -> Vec<String> {
    let text = page.text();
    let mut faults = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            faults.push(format!("{}: {what}", page.asked));
        }
    };
    must(!text.contains('⟦'), "a message is missing");
    must(
        text.contains(&format!("<html lang=\"{lang}\"")),
        "the page does not name its language",
    );
    must(!text.contains(" style=\""), "inline style");
    must(!text.contains("<style"), "inline style sheet");
    must(
        !text.contains(" onclick=") && !text.contains(" onload=") && !text.contains("javascript:"),
        "inline script",
    );
    must(
        text.matches("<h1").count() == 1,
        "not exactly one heading of the first level",
    );
    must(
        text.contains("<title>") && !text.contains("<title></title>"),
        "no title",
    );
    must(
        text.split("<script")
            .skip(1)
            .all(|s| s.split('>').next().is_some_and(|tag| tag.contains("src="))),
        "a script in the page",
    );
    let ids: Vec<&str> = text
        .split(" id=\"")
        .skip(1)
        .filter_map(|s| s.split('"').next())
        .collect();
    let distinct: BTreeSet<&&str> = ids.iter().collect();
    must(distinct.len() == ids.len(), "an id is there twice");
    let policy = page.header("content-security-policy").unwrap_or_default();
    must(
        policy.contains("script-src 'self'") && !policy.contains("unsafe"),
        "the content policy is loose",
    );
    must(
        page.header("x-content-type-options") == Some("nosniff"),
        "types may be sniffed",
    );
    faults
}

/// Follows every link of our own from the home page on.
fn crawl(
    app: &TestApp,
    world: &World,
    role: Role,
    lang: &str,
) -> (BTreeMap<String, u16>, Vec<String>) {
    let browser = world.home.browser(app, role);
    let start = format!("/p/{}", world.home.slug);
    let (mut waiting, mut seen, mut wrong) = (vec![start.clone()], BTreeMap::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        if seen.contains_key(&path) || seen.len() > 400 {
            continue;
        }
        let page = browser.get(&path);
        seen.insert(path.clone(), page.status);
        if !matches!(page.status, 200 | 303) {
            wrong.push(format!("{path} is linked and answers {}", page.status));
        }
        if page.status != 200
            || !page
                .header("content-type")
                .is_some_and(|t| t.starts_with("text/html"))
        {
            continue;
        }
        wrong.extend(faults(&page, lang));
        for link in page
            .text()
            .split("href=\"")
            .skip(1)
            .filter_map(|s| s.split('"').next())
        {
            let link = link
                .split('#')
                .next()
                .unwrap_or_default()
                .replace("&amp;", "&");
            let ours = link.starts_with('/')
                && !link.starts_with("/api/")
                && !link.starts_with("//")
                && !link.starts_with("/assets/")
                && !link.contains("sign-out");
            if ours {
                waiting.push(link);
            }
        }
    }
    (seen, wrong)
}

#[test]
fn every_page_that_is_linked_renders_for_every_role_in_every_language() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lang in ["en", "nl"] {
        app.sql(&format!("UPDATE people SET language = '{lang}'"));
        for role in Role::ALL {
            let (seen, found) = crawl(&app, &world, *role, lang);
            println!("{lang} {role}: {} pages", seen.len());
            for fault in found {
                wrong
                    .entry(fault)
                    .or_default()
                    .push(format!("{lang} {role}"));
            }
        }
    }
    let told: Vec<String> = wrong
        .iter()
        .map(|(fault, who)| format!("{fault} ({})", who.join(", ")))
        .collect();
    assert!(
        told.is_empty(),
        "{} faults:\n{}",
        told.len(),
        told.join("\n")
    );
}
