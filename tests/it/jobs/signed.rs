//! One-off letters are signed as campaigns are, when the operator has set a key; an independent program verifies them.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use backbone_identity::Role;
use backbone_mail::dkim::DkimKey;
use backbone_tests::mail::Mail;
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

/// Keys made for tests alone.
const ED25519: &str = include_str!("../../../crates/mail/src/dkim/tests/ed25519.pem");
const RSA: &str = include_str!("../../../crates/mail/src/dkim/tests/rsa.pem");
const VERIFY: &str = include_str!("../../../crates/mail/src/dkim/tests/verify.py");

/// Causes a letter of every kind that a few requests cause; gives how many there must be.
fn write_letters(app: &TestApp, world: &World) -> usize {
    let visitor = app.client().with("Sec-Fetch-Site", "same-origin");
    let (partner, staff) = (
        world.home.account(Role::Contributor),
        world.home.api(app, Role::Staff),
    );
    let (email, own) = (
        [("email", partner.email.as_str())],
        world.home.browser(app, Role::Contributor),
    );
    visitor.form("/sign-in/link", &email).expect(200);
    visitor.form("/password/forgot", &email).expect(200);
    own.form("/account/email", &[("new_email", "new@oost.example")])
        .expect(303);
    let post = |rest: &str, body: Value| {
        let answer = staff.post(&world.home.path(rest), &body);
        assert!(answer.status < 300, "{rest}: {}", answer.text());
        answer.json()
    };
    post(
        "/invitations",
        json!({"people": "Robin Vos <robin@oost.example>", "roles": ["staff"]}),
    );
    // To the contributor and the leader of the one partner organization.
    post("/contribution-requests", json!({"period": "2026-01"}));
    let gift =
        json!({"kind": "time", "period": "2026-01", "activity": "Reading aloud", "hours": "46"});
    let made = world
        .home
        .api(app, Role::Contributor)
        .post(&world.home.path("/contributions"), &gift)
        .expect(201)
        .json();
    let question = format!("/contributions/{}/query", made["id"].as_str().unwrap());
    post(&question, json!({"text": "All 46 in January?"}));
    let before = app.outbox.sent().len();
    app.drain_jobs();
    let confirm = app
        .outbox
        .sent()
        .iter()
        .map(Mail::sent)
        .find(|m| m.to == ["new@oost.example"])
        .expect("the new address is asked")
        .path("/account/email/confirm");
    let token = confirm.split_once("token=").unwrap().1;
    visitor
        .form("/account/email/confirm", &[("token", token)])
        .expect(303);
    app.drain_jobs();
    app.outbox.sent().len() - before
}

/// Subjects without what they hold of names, so that kinds of letters can be told apart.
fn subjects(mails: &[Mail]) -> Vec<&str> {
    let mut all: Vec<&str> = mails.iter().map(|m| m.subject.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn every_letter_is_signed_when_there_is_a_key() {
    for (selector, pem) in [("k1", RSA), ("k2", ED25519)] {
        let mut app = TestApp::start();
        let (mailer, outbox) = backbone_mail::Mailer::memory();
        let key = Arc::new(DkimKey::from_pem(selector, "example.org", pem).expect("a key"));
        let signer = key.clone();
        app.restart(|core| {
            core.mailer = mailer;
            core.dkim = Some(signer);
        });
        app.outbox = outbox;
        let world = World::seed(&app);
        let letters = write_letters(&app, &world);
        let raw = app.outbox.sent();
        let mails: Vec<Mail> = raw.iter().map(Mail::sent).collect();
        assert!(
            letters >= 7 && subjects(&mails).len() >= 7,
            "{letters}: {:?}",
            subjects(&mails)
        );
        for mail in &mails {
            let head = mail.source.split("\r\n\r\n").next().unwrap_or_default();
            let signed = format!("d=example.org; s={selector};");
            let plain = head.replace("\r\n\t", " ").replace("\r\n ", " ");
            assert!(
                plain.contains("DKIM-Signature: v=1;") && plain.contains(&signed),
                "{head}"
            );
        }
        let Some(python) = python() else {
            eprintln!("SKIPPED in part: needs Python with dkimpy and pynacl");
            continue;
        };
        for (number, letter) in raw.iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let (script, file) = (
                folder.path().join("verify.py"),
                folder.path().join("letter.eml"),
            );
            std::fs::write(&script, VERIFY).unwrap();
            std::fs::write(&file, &letter.bytes).unwrap();
            let verdict = Command::new(&python)
                .arg(&script)
                .arg(&file)
                .arg(key.record())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&verdict.stdout);
            assert_eq!(
                said.trim(),
                "good",
                "{}: {}",
                mails[number].subject,
                String::from_utf8_lossy(&verdict.stderr)
            );
        }
    }
}

#[test]
fn without_a_key_none_is_signed() {
    let app = TestApp::start();
    let world = World::seed(&app);
    assert!(write_letters(&app, &world) >= 7);
    for mail in app.outbox.sent().iter().map(Mail::sent) {
        assert!(!mail.source.contains("DKIM-Signature"), "{}", mail.source);
    }
}

/// A Python that has dkimpy: named by the test run, or the one on the path.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("BACKBONE_TEST_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or_else(|| "python3".into());
    let found = Command::new(&python)
        .args(["-c", "import dkim, nacl"])
        .output();
    found.is_ok_and(|o| o.status.success()).then_some(python)
}
