//! Forged access tokens are refused, and good ones hold only where and as long as they should.

use backbone_identity::secret::MasterSecret;
use backbone_identity::{Role, TokenFamilyId, jwt};
use backbone_tests::app::SECRET;
use backbone_tests::seed::KID;
use backbone_tests::{TestApp, World};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn signed(header: &Header, claims: &Value, key: &[u8]) -> String {
    encode(header, claims, &EncodingKey::from_secret(key)).unwrap()
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[test]
fn forged_tokens_are_refused() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = world.home.path("/events");
    let good = &world.home.account(Role::Staff).token;
    app.client().bearer(good).get(&path).expect(200);
    let secret = MasterSecret::from_text(SECRET).unwrap();
    let key = secret.derive(&format!("jwt:{KID}"));
    let claims = claims(good);
    let [head, body, tag] = good.split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts")
    };
    let header = |alg: Algorithm, kid: &str| {
        let mut h = Header::new(alg);
        h.kid = Some(kid.into());
        h
    };
    let raw = |head: &str, tag: &str| format!("{}.{body}.{tag}", URL_SAFE_NO_PAD.encode(head));
    let mut embedded = header(Algorithm::HS256, KID);
    embedded.jku = Some("https://evil.example/keys".into());
    let hs = Algorithm::HS256;
    let forged = [
        (
            "no algorithm",
            raw(&format!(r#"{{"alg":"none","kid":"{KID}"}}"#), ""),
        ),
        (
            "no algorithm, capitals",
            raw(&format!(r#"{{"alg":"NONE","kid":"{KID}"}}"#), ""),
        ),
        ("no signature", format!("{head}.{body}.")),
        ("two parts", format!("{head}.{body}")),
        (
            "another algorithm, same key",
            signed(&header(Algorithm::HS512, KID), &claims, &key),
        ),
        (
            "a public-key algorithm",
            raw(&format!(r#"{{"alg":"RS256","kid":"{KID}"}}"#), tag),
        ),
        (
            "unknown key id",
            signed(&header(hs, "other"), &claims, &secret.derive("jwt:other")),
        ),
        ("no key id", signed(&Header::new(hs), &claims, &key)),
        (
            "key id that leads elsewhere",
            signed(
                &header(hs, "../secret"),
                &claims,
                &secret.derive("jwt:../secret"),
            ),
        ),
        ("empty key", signed(&header(hs, KID), &claims, b"")),
        (
            "the secret itself as the key",
            signed(&header(hs, KID), &claims, SECRET.as_bytes()),
        ),
        (
            "key from an address in it",
            signed(&embedded, &claims, &key),
        ),
        (
            "embedded key",
            raw(
                &format!(r#"{{"alg":"HS256","kid":"{KID}","jwk":{{"kty":"oct","k":"AAAA"}}}}"#),
                tag,
            ),
        ),
        (
            "changed claims",
            format!(
                "{head}.{}.{tag}",
                URL_SAFE_NO_PAD
                    .encode(with(claims.clone(), "exp", json!(9_999_999_999_i64)).to_string())
            ),
        ),
        (
            "another audience",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "aud", json!("other")),
                &key,
            ),
        ),
        (
            "another issuer",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "iss", json!("other")),
                &key,
            ),
        ),
        (
            "expired",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "exp", json!(1_000_000)),
                &key,
            ),
        ),
        (
            "from the future",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "iat", json!(9_999_999_998_i64)),
                &key,
            ),
        ),
        (
            "another person",
            signed(
                &header(hs, KID),
                &with(
                    claims.clone(),
                    "sub",
                    json!(world.home.account(Role::Admin).person),
                ),
                &key,
            ),
        ),
        (
            "a sign-in that never was",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "sid", json!(TokenFamilyId::new())),
                &key,
            ),
        ),
        (
            "another partnership",
            signed(
                &header(hs, KID),
                &with(claims.clone(), "ptn", json!(world.foreign.id)),
                &key,
            ),
        ),
        ("nothing", String::new()),
        ("not a token", "a.b.c".into()),
    ];
    for (what, token) in forged {
        let answer = app.client().bearer(&token).get(&path);
        assert_eq!(answer.status, 401, "{what}: {}", answer.text());
        answer.problem();
    }
}

#[test]
fn a_token_holds_in_its_partnership_only() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let person = world.home.account(Role::Staff);
    // The same person is a member of the other partnership too.
    app.sql(&format!(
        "INSERT INTO memberships (id, partnership_id, person_id, roles, active, version, created_at)
         VALUES ('{}', '{}', '{}', 'staff', TRUE, 1, '2026-01-01 00:00:00')",
        uuid::Uuid::now_v7(),
        world.foreign.id,
        person.person
    ));
    app.client()
        .bearer(&person.token)
        .get(&world.foreign.path("/events"))
        .expect(404);
    app.client()
        .bearer(&person.key)
        .get(&world.foreign.path("/events"))
        .expect(404);
    app.client()
        .browser(&person.session)
        .get(&world.foreign.path("/events"))
        .expect(200);
}

#[test]
fn a_token_dies_with_its_time_its_sign_in_and_its_key() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = world.home.path("/events");
    let staff = world.home.api(&app, Role::Staff);
    let (other, _core) = app.another_node();
    let elsewhere = staff.at(other.address);
    app.clock.forward(jwt::ACCESS_SECONDS / 2);
    staff.get(&path).expect(200);
    app.clock.forward(jwt::ACCESS_SECONDS / 2);
    staff.get(&path).expect(401);
    app.clock.forward(-jwt::ACCESS_SECONDS);
    let family = &world.home.account(Role::Staff).family;
    app.sql(&format!("UPDATE token_families SET revoked_at = '2026-01-01 00:00:00', reason = 'test' WHERE id = '{family}'"));
    staff.get(&path).expect(401);
    elsewhere.get(&path).expect(401);
    let admin = world.home.api(&app, Role::Admin);
    admin.get(&path).expect(200);
    app.sql("UPDATE signing_keys SET retired_at = '2026-01-01 00:00:00'");
    admin.get(&path).expect(401);
    admin.at(other.address).get(&path).expect(401);
}
