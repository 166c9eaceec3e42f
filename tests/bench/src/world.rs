//! A partnership on a database of its own.

use std::path::PathBuf;

use backbone_db::{Conn, Db, DbError, DbUrl, Instant, Options, run_migrations};
use backbone_identity::{Actor, OrganizationId, Partnership, PartnershipId};
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
    folder: tempfile::TempDir,
}

impl World {
    /// Makes one whose writer commits at most `group` waiting writes together.
    pub fn new(group: usize, organizations: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = DbUrl::Sqlite(folder.path().join("bench.sqlite"));
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
            folder,
        }
    }

    /// The database's file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("bench.sqlite")
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
    for (n, organization) in organizations.iter().enumerate() {
        sql_query(format!(
            "INSERT INTO organizations (id, partnership_id, name, role, sector, public_name, active, version, created_at) \
             VALUES ('{organization}', '{id}', 'Organization {n}', 'partner', 'civil', true, true, 1, '2026-01-01 00:00:00')"
        ))
        .execute(conn)?;
    }
    Ok(())
}
