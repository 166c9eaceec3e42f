//! A partnership on a fresh database, for the tests of this crate.

use backbone_db::diesel::prelude::*;
use backbone_db::diesel::sql_query;
use backbone_db::{Conn, Db, DbError, DbUrl, Instant, Options, run_migrations};
use backbone_identity::{Actor, OrganizationId, Partnership, PartnershipId, Role};

use crate::error::Error;
use crate::measurement::MeasurementId;
use crate::metric::define::{NewMetric, define};
use crate::metric::{Definition, Metric};

pub struct World {
    pub db: Db,
    pub partnership: Partnership,
    pub organizations: Vec<OrganizationId>,
    _folder: tempfile::TempDir,
}

pub const NOON: i64 = 1_790_000_000;

/// Undoes a transaction with an error of this crate.
struct Stop(Error);

impl From<backbone_db::diesel::result::Error> for Stop {
    fn from(e: backbone_db::diesel::result::Error) -> Self {
        Stop(DbError::from(e).into())
    }
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url: DbUrl = format!("sqlite://{}", folder.path().join("test.db").display())
            .parse()
            .unwrap();
        let db = Db::open(&url, &Options::default()).unwrap();
        run_migrations(&db).unwrap();
        let id = PartnershipId::new();
        let organizations: Vec<OrganizationId> = (0..6).map(|_| OrganizationId::new()).collect();
        let world = Self {
            partnership: partnership(&id),
            db,
            organizations,
            _folder: folder,
        };
        world
            .write(|conn| insert_world(conn, &id, &world.organizations).map_err(Error::from))
            .unwrap();
        world
    }

    pub fn tenant(&self) -> &str {
        self.partnership.id.as_str()
    }

    /// Staff, some seconds after noon.
    pub fn actor_at(&self, seconds: i64) -> Actor {
        Actor::system(self.partnership.clone(), Instant::from_unix(NOON + seconds))
    }

    /// A member of one organization with one role.
    pub fn member(&self, role: Role, organization: usize) -> Actor {
        Actor {
            roles: vec![role],
            organization_id: Some(self.organizations[organization].clone()),
            ..self.actor_at(0)
        }
    }

    pub fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // The closures of tests borrow, so they run on a connection of their own, in a transaction as writes do.
        self.db
            .own_connection(|conn| {
                let done = conn.transaction(|conn| f(conn).map_err(Stop));
                Ok(done.map_err(|Stop(error)| error))
            })
            .unwrap()
    }

    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T, DbError>) -> T {
        self.db.own_connection(f).unwrap()
    }

    pub fn metric(&self, name: &str) -> Metric {
        self.metric_with(name, Definition::default())
    }

    pub fn metric_with(&self, name: &str, definition: Definition) -> Metric {
        let new = NewMetric {
            name: name.into(),
            definition,
            public: true,
            ..NewMetric::default()
        };
        self.write(|conn| define(conn, &self.actor_at(0), &new))
            .unwrap()
    }

    pub fn version_of(&self, id: &MeasurementId) -> i64 {
        self.read(|conn| crate::measurement::store::find(conn, self.tenant(), id))
            .unwrap()
            .version
    }
}

fn partnership(id: &PartnershipId) -> Partnership {
    Partnership {
        id: id.clone(),
        slug: "midden".into(),
        name: "Every Child Reads Midden".into(),
        purpose: "Every child reads".into(),
        language: "en".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
        logo_file_id: None,
        small_cell: 5,
        version: 1,
        created_at: Instant::from_unix(NOON),
    }
}

fn insert_world(
    conn: &mut Conn,
    id: &PartnershipId,
    organizations: &[OrganizationId],
) -> Result<(), DbError> {
    sql_query(format!(
        "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, accent, \
         small_cell, version, created_at) VALUES ('{id}', 'midden', 'Every Child Reads Midden', 'Every child reads', 'en', \
         'EUR', 'Europe/Amsterdam', 1, '#0b5fcc', 5, 1, '2026-01-01 00:00:00')"
    ))
    .execute(conn)?;
    for (n, organization) in organizations.iter().enumerate() {
        let public = n % 2 == 0;
        sql_query(format!(
            "INSERT INTO organizations (id, partnership_id, name, role, sector, public_name, active, version, created_at) \
             VALUES ('{organization}', '{id}', 'Organization {n}', 'partner', 'civil', {public}, true, 1, \
             '2026-01-01 00:00:00')"
        ))
        .execute(conn)?;
    }
    Ok(())
}

#[test]
fn both_languages_have_the_same_messages() {
    use backbone_web::Lang;
    let found = backbone_web::catalogue::check_sources(&[
        (Lang::En, include_str!("../locales/en.ftl")),
        (Lang::Nl, include_str!("../locales/nl.ftl")),
    ]);
    assert!(found.is_empty(), "{found:?}");
    assert!(crate::describe::Describer::new().is_some());
    assert_eq!(crate::perspective::default_names(Lang::Nl)[1], "Partners");
}
