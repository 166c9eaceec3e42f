//! A partnership on a database of its own.

use std::path::PathBuf;

use backbone_db::{Conn, Db, DbError, DbUrl, Instant, Options, run_migrations};
use backbone_identity::secret::{hash_secret, new_secret};
use backbone_identity::{
    Actor, ApiKeyId, MembershipId, OrganizationId, Partnership, PartnershipId, PersonId,
};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;

/// The moment at which everything happens.
const NOW: &str = "2026-11-22T09:00:00Z";

/// A database with one partnership and its organizations; gone when dropped.
pub struct World {
    /// Its handle.
    pub db: Db,
    /// Staff of the partnership.
    pub staff: Actor,
    /// Its organizations.
    pub organizations: Vec<OrganizationId>,
    url: DbUrl,
    folder: tempfile::TempDir,
}

/// The file's name in the data folder.
const FILE: &str = "backbone.db";

impl Drop for World {
    fn drop(&mut self) {
        let (DbUrl::Postgres(url), Ok(server)) = (&self.url, std::env::var("BENCH_POSTGRES"))
        else {
            return;
        };
        let name = url.rsplit('/').next().unwrap_or_default();
        let dropped = PgConnection::establish(&server)
            .map(|mut c| c.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("  the database {name} stays behind");
        }
    }
}

impl World {
    /// Makes one whose writer commits at most `group` waiting writes together.
    pub fn new(group: usize, organizations: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = DbUrl::Sqlite(folder.path().join(FILE));
        Self::at(url, folder, group, organizations)
    }

    /// Makes one in a database of its own on the PostgreSQL server that `BENCH_POSTGRES` names, if it names one.
    pub fn on_postgres(organizations: usize) -> Option<Self> {
        let server = std::env::var("BENCH_POSTGRES").ok()?;
        let name = format!("bench_{}", uuid::Uuid::now_v7().simple());
        let mut admin = PgConnection::establish(&server).expect("PostgreSQL answers");
        admin
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .expect("a database can be made");
        let (start, _) = server.rsplit_once('/').expect("an address with a name");
        let url = DbUrl::Postgres(format!("{start}/{name}"));
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self::at(url, folder, 256, organizations))
    }

    fn at(url: DbUrl, folder: tempfile::TempDir, group: usize, organizations: usize) -> Self {
        let options = Options {
            group,
            ..Options::default()
        };
        let db = Db::open(&url, &options).expect("a database");
        run_migrations(&db).expect("migrated");
        let staff = Actor::system(partnership(), NOW.parse().expect("a moment"));
        let ids: Vec<OrganizationId> = (0..organizations).map(|_| OrganizationId::new()).collect();
        db.own_connection(|conn| insert(conn, &staff.partnership, &ids))
            .expect("a partnership");
        Self {
            db,
            staff,
            organizations: ids,
            url,
            folder,
        }
    }

    /// The data folder, for a server on this world.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The database as the settings name it.
    pub fn database_url(&self) -> String {
        match &self.url {
            DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        }
    }

    /// Adds somebody of the staff; gives an API key and the secret of a session.
    pub fn person(&self) -> (String, String) {
        let (key, session) = (format!("bbk_{}", new_secret()), new_secret());
        let (partnership, organization) = (self.staff.tenant(), &self.organizations[0]);
        let rows = format!(
            "INSERT INTO people (id, email, name, language, active, operator, created_at)
             VALUES ('{person}', 'staff@example.org', 'Staff', 'en', TRUE, FALSE, '2026-01-01 00:00:00');
             INSERT INTO memberships (id, partnership_id, person_id, organization_id, roles, active, version, created_at)
             VALUES ('{}', '{partnership}', '{person}', '{organization}', 'staff', TRUE, 1, '2026-01-01 00:00:00');
             INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent)
             VALUES ('{}', '{person}', '2026-01-01 00:00:00', '2999-01-01 00:00:00', '2999-02-01 00:00:00', 'bench');
             INSERT INTO api_keys (id, partnership_id, person_id, name, prefix, key_hash, scopes, created_at, used_at)
             VALUES ('{}', '{partnership}', '{person}', 'bench', '{}', '{}', 'read write', '2026-01-01 00:00:00', '2999-01-01 00:00:00');",
            MembershipId::new(),
            hash_secret(&session),
            ApiKeyId::new(),
            &key[..8],
            hash_secret(&key),
            person = PersonId::new(),
        );
        self.sql(&rows);
        (key, session)
    }

    /// Runs statements.
    pub fn sql(&self, statements: &str) {
        self.db
            .own_connection(|conn| Ok(conn.batch_execute(statements)?))
            .expect("the statements hold");
    }

    /// The identifiers of a table's rows.
    pub fn ids(&self, table: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Id {
            #[diesel(sql_type = diesel::sql_types::Text)]
            id: String,
        }
        let text = format!("SELECT id FROM {table}");
        let found: Vec<Id> = self
            .db
            .read_blocking(|c| Ok::<_, DbError>(sql_query(text).load(c)?))
            .expect("listed");
        found.into_iter().map(|row| row.id).collect()
    }

    /// A count.
    pub fn count(&self, of: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let text = format!("SELECT count(*) AS n FROM {of}");
        let found: Vec<Count> = self
            .db
            .read_blocking(|c| Ok::<_, DbError>(sql_query(text).load(c)?))
            .expect("counted");
        found[0].n
    }

    /// The database's file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }
}

fn partnership() -> Partnership {
    Partnership {
        id: PartnershipId::new(),
        slug: "midden".into(),
        name: "Midden".into(),
        purpose: "Every child reads".into(),
        language: "en".into(),
        currency: "EUR".parse().expect("a currency"),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
        logo_file_id: None,
        small_cell: 5,
        version: 1,
        created_at: NOW.parse::<Instant>().expect("a moment"),
    }
}

fn insert(
    conn: &mut Conn,
    partnership: &Partnership,
    organizations: &[OrganizationId],
) -> Result<(), DbError> {
    let id = &partnership.id;
    sql_query(format!(
        "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, accent, \
         small_cell, version, created_at) VALUES ('{id}', 'midden', 'Midden', 'Every child reads', 'en', 'EUR', \
         'Europe/Amsterdam', 1, '#0b5fcc', 5, 1, '2026-01-01 00:00:00')"
    ))
    .execute(conn)?;
    for (part, some) in organizations.chunks(500).enumerate() {
        let rows: Vec<String> = some
            .iter()
            .enumerate()
            .map(|(n, organization)| {
                let n = part * 500 + n;
                format!(
                    "('{organization}', '{id}', 'Organization {n}', 'partner', 'civil', true, true, 1, '2026-01-01 00:00:00')"
                )
            })
            .collect();
        sql_query(format!(
            "INSERT INTO organizations (id, partnership_id, name, role, sector, public_name, active, version, created_at) VALUES {}",
            rows.join(", ")
        ))
        .execute(conn)?;
    }
    Ok(())
}
