//! Routes are found by comparing text; see docs/adr/0008.

use backbone_tests::TestApp;

/// Style and script under names with a hash and an ending, the accent colour, and a calendar: `app.{hash}.css` has text behind its part.
/// Each of the two threads that answer requests makes them for itself.
const WITH_ENDINGS: usize = 4 * 2;

#[test]
fn no_other_routes_need_an_engine() {
    let app = TestApp::start();
    app.client().get("/healthz").expect(200);
    assert!(
        regex_lite::engines() <= WITH_ENDINGS,
        "some route has a pattern of its own kind, or the framework writes its expressions in another form"
    );
}
