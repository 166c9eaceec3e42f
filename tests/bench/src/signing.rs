//! DKIM signatures of whole messages, beside the bare RSA operation.

use backbone_mail::compile::Compiled;
use backbone_mail::dkim::DkimKey;
use backbone_mail::message::Raw;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;

use crate::measure::{Row, Sample, Way, measure, race};
use crate::sending::{compiled, message};

/// A key that is used nowhere else.
const KEY: &str = include_str!("../../../crates/mail/src/dkim/tests/rsa.pem");

/// Signatures of one round and thread.
const EACH: usize = 400;

pub fn run() -> Vec<Row> {
    let key = DkimKey::from_pem("bench", "example.org", KEY).expect("a key");
    let der = PrivatePkcs8KeyDer::from_pem_slice(KEY.as_bytes()).expect("PEM");
    let pair = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).expect("an RSA key");
    let campaign = compiled();
    let (first, again) = (signed(&key, &campaign, 1), signed(&key, &campaign, 1));
    assert_eq!(
        first.bytes, again.bytes,
        "the same message has the same signature"
    );
    assert!(
        first
            .bytes
            .starts_with(b"DKIM-Signature: v=1; a=rsa-sha256;")
    );
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let ran = race(vec![
        Way {
            name: "ours",
            work: Box::new(|| on_all(threads, &|n| drop(signed(&key, &campaign, n)))),
        },
        Way {
            name: "bare ring RSA-2048",
            work: Box::new(|| on_all(threads, &|n| bare(&pair, n))),
        },
    ]);
    let workload =
        "DKIM RSA-2048: 30 KB messages filled, canonicalized, hashed and signed on all cores";
    vec![ran[0].versus(&ran[1], "4", workload, Some(0.9))]
}

fn on_all(threads: usize, work: &(dyn Fn(usize) + Sync)) -> Sample {
    measure(threads * EACH, || {
        std::thread::scope(|scope| {
            for thread in 0..threads {
                scope.spawn(move || (0..EACH).for_each(|n| work(thread * EACH + n)));
            }
        });
    })
}

fn signed(key: &DkimKey, campaign: &Compiled, n: usize) -> Raw {
    let mut raw = message(campaign, n);
    let now = "2026-11-22T09:00:00Z".parse().expect("a moment");
    key.sign(&mut raw, now).expect("signed");
    raw
}

/// What no signer can do without: hash a short text and sign the hash.
fn bare(pair: &RsaKeyPair, n: usize) {
    let mut signature = vec![0; pair.public().modulus_len()];
    let text = format!("{n:01000}");
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        text.as_bytes(),
        &mut signature,
    )
    .expect("signed");
}
