use std::{path::PathBuf, process::Command};

use super::*;
use crate::{
    address::Mailbox,
    message::{Email, MessageId},
};

/// Keys made for these tests alone.
const RSA: &str = include_str!("tests/rsa.pem");
const RSA_PKCS1: &str = include_str!("tests/rsa_pkcs1.pem");
const ED25519: &str = include_str!("tests/ed25519.pem");

fn signed(key: &DkimKey, subject: &str, text: &str) -> Raw {
    let now = "2026-03-01T09:30:00Z".parse().expect("time");
    let from = Mailbox::parse("Backbone <news@example.org>").expect("from");
    let to = Mailbox::parse("Zoë <zoe@example.com>").expect("to");
    let id = MessageId::parse("c1.r7@example.org").expect("id");
    let mut raw = Email::new(from, to, subject, text, id, now)
        .build()
        .expect("message");
    key.sign(&mut raw, now).expect("signed");
    raw
}

#[test]
fn keys_are_read_in_their_usual_forms_and_published() {
    let rsa = DkimKey::from_pem("k1", "example.org", RSA).expect("PKCS#8");
    let pkcs1 = DkimKey::from_pem("k1", "example.org", RSA_PKCS1).expect("PKCS#1");
    assert_eq!(rsa.record(), pkcs1.record());
    assert_eq!(rsa.record_name(), "k1._domainkey.example.org");
    assert!(
        rsa.record()
            .starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"),
        "{}",
        rsa.record()
    );
    let ed = DkimKey::from_pem("k2", "example.org", ED25519).expect("Ed25519");
    assert!(ed.record().starts_with("v=DKIM1; k=ed25519; p="));
    assert!(!format!("{rsa:?}").contains("PRIVATE"));
    assert!(matches!(
        DkimKey::from_pem("k", "example.org", "nonsense"),
        Err(DkimError::NotPem)
    ));
    assert!(matches!(
        DkimKey::from_pem("k;x", "example.org", RSA),
        Err(DkimError::BadName(_))
    ));
}

#[test]
fn the_body_hash_follows_the_examples_of_the_standard() {
    // SHA-256 of the empty body in relaxed form, RFC 6376 3.4.4.
    assert_eq!(
        STANDARD.encode(canonical::body_hash(b"")),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
    assert_eq!(canonical::body_hash(b"\r\n\r\n"), canonical::body_hash(b""));
    assert_eq!(
        canonical::body_hash(b" C \r\nD \t E\r\n\r\n\r\n"),
        canonical::body_hash(b" C\r\nD E\r\n")
    );
    let mut value = Vec::new();
    canonical::relaxed_value(b" Y\t\r\n\tZ  \r\n", &mut value);
    assert_eq!(value, b"Y Z");
}

/// A Python that has dkimpy: named by the test run, or the one on the path.
fn python() -> Option<PathBuf> {
    let python = PathBuf::from(option_env!("BACKBONE_TEST_PYTHON").unwrap_or("python3"));
    let found = Command::new(&python)
        .args(["-c", "import dkim, nacl"])
        .output();
    found
        .is_ok_and(|output| output.status.success())
        .then_some(python)
}

#[test]
fn an_independent_verifier_accepts_the_signatures() {
    let Some(python) = python() else {
        eprintln!("SKIPPED: needs Python with dkimpy and pynacl (pip install dkimpy pynacl)");
        return;
    };
    let folder = tempfile::tempdir().expect("folder");
    let script = folder.path().join("verify.py");
    std::fs::write(&script, include_str!("tests/verify.py")).expect("script");
    let long = "long line ".repeat(60);
    let texts = [
        "Hello\n",
        "",
        "dots\n.\n..\n\n\n\n",
        "  blanks   and\ttabs  \n \n\nend",
        long.as_str(),
    ];
    for pem in [RSA, ED25519] {
        let key = DkimKey::from_pem("k1", "example.org", pem).expect("key");
        for (number, text) in texts.iter().enumerate() {
            let text = if text.is_empty() { "x" } else { text };
            let raw = signed(
                &key,
                "What your hours moved — März, a subject long enough to be folded at least once",
                text,
            );
            let file = folder.path().join("message.eml");
            for (change, good) in [(false, true), (true, false)] {
                let mut bytes = raw.bytes.clone();
                if change {
                    let last = bytes
                        .iter()
                        .rposition(u8::is_ascii_alphanumeric)
                        .expect("a letter");
                    bytes[last] ^= 1;
                }
                std::fs::write(&file, &bytes).expect("written");
                let output = Command::new(&python)
                    .arg(&script)
                    .arg(&file)
                    .arg(key.record())
                    .output()
                    .expect("python");
                let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                assert_eq!(
                    said,
                    if good { "good" } else { "bad" },
                    "{key:?} text {number}: {error}"
                );
            }
        }
    }
}
