//! Routes are found by comparing text; see docs/adr/0008.

use backbone_tests::TestApp;

#[test]
fn routes_need_no_engine() {
    let app = TestApp::start();
    app.client().get("/healthz").expect(200);
    assert_eq!(
        regex_lite::engines(),
        0,
        "some route has a pattern of its own kind, or the framework writes its expressions in another form"
    );
}
