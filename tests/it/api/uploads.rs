//! Files to be imported go to the disk while they come in: larger ones than fit into memory, refused ones, broken-off ones.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::{Shutdown, TcpStream};

use backbone_identity::Role;
use backbone_tests::process::wait;
use backbone_tests::{TestApp, World};

/// What lies in the folder of files that are coming in.
fn incoming(app: &TestApp) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(app.folder.path().join("incoming")) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

/// A table of `rows` rows, each with a note of `wide` characters.
fn table(rows: usize, wide: usize) -> Vec<u8> {
    let mut text = String::from("Year,Value,Note\n");
    for row in 0..rows {
        writeln!(text, "{},{row},{}", 1900 + row % 120, "x".repeat(wide)).unwrap();
    }
    text.into_bytes()
}

#[test]
fn a_file_larger_than_other_uploads_may_be_comes_in_whole() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let file = table(900, 30_000);
    assert!(file.len() > backbone_web::forms::MAX_FILE);
    let staff = world.home.api(&app, Role::Staff);
    let send = || {
        staff
            .request("POST", &world.home.path("/imports"))
            .key("the same file")
            .multipart(&[("file", "wide.csv", &file), ("sheet", "", b"")])
            .send()
    };
    let made = send().expect(201).json();
    assert_eq!(made["findings"]["rows"], 900);
    assert_eq!(made["file_name"], "wide.csv");
    assert!(incoming(&app).is_empty());
    let hash = app.look("SELECT sha256 AS value FROM files WHERE purpose = 'import'");
    let kept = app.folder.path().join("files").join(&hash[..2]).join(&hash);
    assert_eq!(std::fs::read(kept).unwrap(), file, "byte for byte");
    // A repeat of the request is harmless, though the file comes in again.
    assert_eq!(send().expect(201).json()["id"], made["id"]);
    assert_eq!(app.count("imports"), 1);
    assert!(incoming(&app).is_empty());
}

#[test]
fn a_file_beyond_the_setting_is_refused_in_words_and_leaves_nothing() {
    let mut app = TestApp::start();
    let world = World::seed(&app);
    app.restart(|core| core.settings.max_import = 1 << 20);
    let (staff, page) = (
        world.home.api(&app, Role::Staff),
        world.home.browser(&app, Role::Staff),
    );
    let parts: &[(&str, &str, &[u8])] = &[("file", "large.csv", &table(50, 30_000))];
    let refused = staff
        .request("POST", &world.home.path("/imports"))
        .multipart(parts)
        .send()
        .expect(413);
    assert_eq!(refused.problem(), "file-too-large");
    assert!(
        refused.text().contains("at most 1 MB"),
        "{}",
        refused.text()
    );
    let address = format!("/p/{}/imports/new", world.home.slug);
    let shown = page.request("POST", &address).multipart(parts).send();
    let shown = shown.expect(413);
    assert!(shown.text().contains("at most 1 MB"), "{}", shown.text());
    assert!(
        shown.text().contains("type=\"file\""),
        "the form is there again"
    );
    assert!(incoming(&app).is_empty());
    assert_eq!(
        (
            app.count("files WHERE purpose = 'import'"),
            app.count("imports")
        ),
        (0, 0)
    );
    // One just within it is taken.
    let parts: &[(&str, &str, &[u8])] = &[("file", "small.csv", &table(30, 30_000))];
    let taken = page.request("POST", &address).multipart(parts).send();
    taken.expect(303);
}

#[test]
fn a_stranger_writes_nothing_to_the_disk() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let parts: &[(&str, &str, &[u8])] = &[("file", "any.csv", &table(20, 30_000))];
    for client in [app.client(), world.home.api(&app, Role::Funder)] {
        let answer = client
            .request("POST", &world.home.path("/imports"))
            .multipart(parts)
            .send();
        assert!(matches!(answer.status, 401 | 403), "{}", answer.status);
    }
    assert!(!app.folder.path().join("incoming").exists());
}

#[test]
fn an_upload_that_breaks_off_is_removed_and_others_go_on() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let token = world.home.account(Role::Staff).token.clone();
    let mut half = TcpStream::connect(app.node.address).unwrap();
    write!(
        half,
        "POST {} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\nContent-Length: 10000000\r\n\
         Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"half.csv\"\r\n\r\n",
        world.home.path("/imports")
    )
    .unwrap();
    half.write_all(&table(20, 30_000)).unwrap();
    let begun = || (incoming(&app).len() == 1).then_some(());
    wait("the file to come in", String::new, begun);
    // Meanwhile others are answered.
    let staff = world.home.api(&app, Role::Staff);
    staff.get(&world.home.path("/imports")).expect(200);
    half.shutdown(Shutdown::Both).unwrap();
    let gone = || incoming(&app).is_empty().then_some(());
    wait("the file to be removed", String::new, gone);
    assert_eq!(
        (
            app.count("files WHERE purpose = 'import'"),
            app.count("imports")
        ),
        (0, 0)
    );
}
