use std::{io::Write as _, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use super::*;

/// A server configuration for `127.0.0.1`, and a file with the authority that signed it.
fn certificate() -> (Arc<ServerConfig>, tempfile::NamedTempFile) {
    let authority_key = KeyPair::generate().expect("key");
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_certificate = authority.self_signed(&authority_key).expect("authority");
    let mut file = tempfile::NamedTempFile::new().expect("file");
    file.write_all(authority_certificate.pem().as_bytes())
        .expect("written");
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().expect("key");
    let names = vec!["127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)
        .expect("parameters")
        .signed_by(&key, &issuer)
        .expect("signed");
    let key = rustls_pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .expect("config");
    (Arc::new(config), file)
}

#[tokio::test]
async fn encryption_is_used_as_the_address_asks_for() {
    let (config, authority) = certificate();
    let ca = authority.path().display();
    for implicit_tls in [false, true] {
        let sink = sink(Script {
            tls: Some(Arc::clone(&config)),
            implicit_tls,
            ..Script::default()
        })
        .await;
        let port = sink.address().port();
        let urls = if implicit_tls {
            vec![format!("smtps://127.0.0.1:{port}?ca={ca}")]
        } else {
            vec![
                format!("smtp://127.0.0.1:{port}?tls=required&ca={ca}"),
                format!("smtp://127.0.0.1:{port}?tls=opportunistic&ca={ca}"),
            ]
        };
        for url in urls {
            sink.clear();
            let outcomes = send(&mut session(&url, quick()), 20).await;
            assert_eq!(
                letters(&outcomes),
                "d".repeat(20),
                "{url}: {:?}",
                outcomes[0]
            );
            assert!(
                sink.received().iter().all(|message| message.encrypted),
                "{url}"
            );
        }
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_checked_stops_the_mail() {
    let (config, _) = certificate();
    let sink = sink(Script {
        tls: Some(config),
        ..Script::default()
    })
    .await;
    for mode in ["required", "opportunistic"] {
        let url = format!("{}?tls={mode}", sink.url());
        let outcomes = send(&mut session(&url, quick()), 2).await;
        assert_eq!(letters(&outcomes), "nn");
        assert!(
            matches!(&outcomes[0], Outcome::NotSent { transient: false, reason } if reason.contains("certificate"))
        );
    }
    assert_eq!(sink.totals().messages, 0);
}

#[tokio::test]
async fn without_starttls_required_stops_and_opportunistic_goes_on() {
    let sink = sink(Script::default()).await;
    let required = send(
        &mut session(&format!("{}?tls=required", sink.url()), quick()),
        1,
    )
    .await;
    assert!(
        matches!(&required[0], Outcome::NotSent { transient: false, reason } if reason.contains("STARTTLS"))
    );
    let opportunistic = send(
        &mut session(&format!("{}?tls=opportunistic", sink.url()), quick()),
        1,
    )
    .await;
    assert_eq!(letters(&opportunistic), "d");
}

#[tokio::test]
async fn signing_in_by_both_ways_and_with_a_wrong_password() {
    for way in ["PLAIN", "LOGIN"] {
        let auth = Some(("ann@example.org".to_owned(), "pass:wörd".to_owned()));
        let sink = sink(Script {
            auth,
            auth_ways: vec![way.to_owned()],
            ..Script::default()
        })
        .await;
        let port = sink.address().port();
        let good = format!("smtp://ann%40example.org:pass%3Aw%C3%B6rd@127.0.0.1:{port}");
        assert_eq!(
            letters(&send(&mut session(&good, quick()), 3).await),
            "ddd",
            "{way}"
        );
        let bad = format!("smtp://ann%40example.org:wrong@127.0.0.1:{port}");
        let outcomes = send(&mut session(&bad, quick()), 1).await;
        let said = matches!(&outcomes[0], Outcome::NotSent { transient: false, reason } if reason.contains("535"));
        assert!(said, "{way}: {}", outcomes[0]);
        assert!(!outcomes[0].to_string().contains("wrong@"));
    }
    let sink = sink(Script {
        auth: Some(("a".into(), "b".into())),
        auth_ways: vec!["XOAUTH2".into()],
        ..Script::default()
    })
    .await;
    let outcomes = send(
        &mut session(
            &format!("smtp://a:b@127.0.0.1:{}", sink.address().port()),
            quick(),
        ),
        1,
    )
    .await;
    assert!(
        outcomes[0].to_string().contains("AUTH PLAIN"),
        "{}",
        outcomes[0]
    );
}
