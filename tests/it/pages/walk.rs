//! Every page: for nobody, and for each role in each language.

use backbone_identity::Role;
use backbone_tests::{TestApp, World, routes};

/// Pages that need no session, each with its reason.
const PUBLIC: &[(&str, &str)] = &[
    ("/", "leads to the own partnership, or to signing in"),
    ("/sign-in", "the way in"),
    ("/setup", "the first start"),
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
        if !(answer.status == 303 && to.starts_with("/sign-in")) && !unknown_secret {
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
