//! Two partnerships and somebody of every role in each, with every kind of credential.
//!
//! Accounts are written straight into the database, so that a test which is not about signing in neither waits for a password
//! hash nor breaks when signing in does.

use std::collections::BTreeMap;

use backbone_db::Instant;
use backbone_identity::secret::{MasterSecret, hash_secret, new_secret};
use backbone_identity::{
    ApiKeyId, FileId, MembershipId, OrganizationId, OrganizationRole, PartnershipId, PersonId,
    Role, TokenFamilyId, jwt,
};

use crate::app::{SECRET, TestApp, sql};
use crate::client::Client;

/// Key id under which the tests' tokens are signed.
pub const KID: &str = "test-key";

/// Somebody in a partnership, with a session, a bearer token and two API keys.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person.
    pub person: PersonId,
    /// Their address.
    pub email: String,
    /// Their membership.
    pub membership: MembershipId,
    /// The organization they act for.
    pub organization: OrganizationId,
    /// The secret of a cookie session.
    pub session: String,
    /// A bearer token.
    pub token: String,
    /// The sign-in it belongs to.
    pub family: TokenFamilyId,
    /// A refresh token of that sign-in.
    pub refresh: String,
    /// An API key that may read and write.
    pub key: String,
    /// An API key that may only read.
    pub read_key: String,
}

/// One partnership with its people.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// Its identifier.
    pub id: PartnershipId,
    /// Its name in addresses.
    pub slug: String,
    /// An organization of each role.
    pub organizations: BTreeMap<&'static str, OrganizationId>,
    /// A person of each role.
    pub people: BTreeMap<&'static str, Account>,
    /// An uploaded file (its row; the content is not there).
    pub file: FileId,
}

/// Two partnerships that must never see one another.
pub struct World {
    /// The partnership that tests work in.
    pub home: Partnership,
    /// The other one.
    pub foreign: Partnership,
}

impl World {
    /// Seeds both.
    pub fn seed(app: &TestApp) -> Self {
        let now = app.clock.now();
        let key = format!(
            "INSERT INTO signing_keys (kid, created_at) VALUES ('{KID}', {});",
            moment(now)
        );
        sql(&app.core.db, &key);
        Self {
            home: partnership(app, "harbour", "Harbour Forward", now),
            foreign: partnership(app, "uplands", "Uplands Together", now),
        }
    }
}

impl Partnership {
    /// The person of a role.
    pub fn account(&self, role: Role) -> &Account {
        &self.people[role.as_str()]
    }

    /// The organization of a role.
    pub fn organization(&self, role: OrganizationRole) -> &OrganizationId {
        &self.organizations[role.as_str()]
    }

    /// A client with the bearer token of a role.
    pub fn api(&self, app: &TestApp, role: Role) -> Client {
        app.client().bearer(&self.account(role).token)
    }

    /// A browser in which a role is signed in.
    pub fn browser(&self, app: &TestApp, role: Role) -> Client {
        app.client().browser(&self.account(role).session)
    }

    /// An address of the API in this partnership.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/partnerships/{}{rest}", self.id)
    }
}

/// A moment as both engines read it in a statement.
pub fn moment(at: Instant) -> String {
    format!("'{}'", at.jiff().strftime("%Y-%m-%d %H:%M:%S%.6f"))
}

fn partnership(app: &TestApp, slug: &str, name: &str, now: Instant) -> Partnership {
    let (id, file, at) = (PartnershipId::new(), FileId::new(), moment(now));
    let mut rows = format!(
        "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, accent, small_cell, version, created_at)
         VALUES ('{id}', '{slug}', '{name}', 'Every child reads by nine', 'en', 'EUR', 'Europe/Amsterdam', 1, '#0f6b5c', 5, 1, {at});
         INSERT INTO files (id, partnership_id, name, media_type, size, sha256, purpose, created_at)
         VALUES ('{file}', '{id}', 'minutes.pdf', 'application/pdf', 3, '{}', 'evidence', {at});",
        hash_secret("abc")
    );
    let mut organizations = BTreeMap::new();
    for (role, sector, title) in [
        ("backbone", "civil", "Office"),
        ("partner", "public", "Library"),
        ("funder", "private", "Fund"),
        ("community", "civil", "Parents"),
    ] {
        let organization = OrganizationId::new();
        rows.push_str(&format!(
            "INSERT INTO organizations (id, partnership_id, name, role, sector, public_name, active, version, created_at)
             VALUES ('{organization}', '{id}', '{name} {title}', '{role}', '{sector}', TRUE, TRUE, 1, {at});"
        ));
        organizations.insert(role, organization);
    }
    sql(&app.core.db, &rows);
    let mut people = BTreeMap::new();
    for role in Role::ALL {
        let organization = match role {
            Role::Staff | Role::Admin => "backbone",
            Role::Funder => "funder",
            Role::Community => "community",
            _ => "partner",
        };
        people.insert(
            role.as_str(),
            account(app, &id, slug, *role, &organizations[organization], now),
        );
    }
    Partnership {
        id,
        slug: slug.into(),
        organizations,
        people,
        file,
    }
}

/// A further person in a partnership.
pub fn account(
    app: &TestApp,
    partnership: &PartnershipId,
    slug: &str,
    role: Role,
    organization: &OrganizationId,
    now: Instant,
) -> Account {
    let (person, membership, family) = (PersonId::new(), MembershipId::new(), TokenFamilyId::new());
    let (session, refresh) = (new_secret(), new_secret());
    let secret = MasterSecret::from_text(SECRET).expect("the tests' secret is long enough");
    let token =
        jwt::sign(&secret, KID, &person, partnership, &family, now).expect("a token can be signed");
    let (key, read_key) = (
        format!("bbk_{}", new_secret()),
        format!("bbk_{}", new_secret()),
    );
    let email = format!("{role}@{slug}.example");
    let (at, later) = (moment(now), moment(now.plus_days(7)));
    let mut rows = format!(
        "INSERT INTO people (id, email, name, language, active, operator, created_at)
         VALUES ('{person}', '{email}', '{slug} {role}', 'en', TRUE, FALSE, {at});
         INSERT INTO memberships (id, partnership_id, person_id, organization_id, roles, active, version, created_at)
         VALUES ('{membership}', '{partnership}', '{person}', '{organization}', '{role}', TRUE, 1, {at});
         INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent)
         VALUES ('{}', '{person}', {at}, {at}, {later}, 'tests');
         INSERT INTO token_families (id, person_id, partnership_id, created_at) VALUES ('{family}', '{person}', '{partnership}', {at});
         INSERT INTO refresh_tokens (token_hash, family_id, issued_at, expires_at) VALUES ('{}', '{family}', {at}, {later});",
        hash_secret(&session),
        hash_secret(&refresh)
    );
    for (secret, scopes) in [(&key, "read write"), (&read_key, "read")] {
        rows.push_str(&format!(
            "INSERT INTO api_keys (id, partnership_id, person_id, name, prefix, key_hash, scopes, created_at)
             VALUES ('{}', '{partnership}', '{person}', '{scopes}', '{}', '{}', '{scopes}', {at});",
            ApiKeyId::new(),
            &secret[..8],
            hash_secret(secret)
        ));
    }
    sql(&app.core.db, &rows);
    Account {
        person,
        email,
        membership,
        organization: organization.clone(),
        session,
        token,
        family,
        refresh,
        key,
        read_key,
    }
}
