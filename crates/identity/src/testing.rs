//! What the tests of this crate share: a server's core on a fresh database, its founder and partnership.

use std::sync::Arc;

use backbone_db::{Db, DbUrl, Instant, Options, run_migrations};
use backbone_events::Tracer;
use backbone_mail::Mailer;
use backbone_mail::transport::Memory;
use backbone_sandbox::{Limits, Sandbox};
use backbone_web::{Lang, Renderer};

use crate::actor::{Actor, Via};
use crate::core::{Core, Settings};
use crate::ids::PersonId;
use crate::partnership::edit::Founder;
use crate::partnership::{self, NewPartnership};
use crate::role::Role;
use crate::secret::MasterSecret;
use crate::setup::{FirstPerson, first_person};

/// The tests' moment.
pub(crate) fn now() -> Instant {
    Instant::from_unix(1_800_000_000)
}

pub(crate) fn renderer() -> Arc<Renderer> {
    let mut b = Renderer::builder();
    b.strict_text(true);
    crate::texts(&mut b);
    Arc::new(b.build().unwrap())
}

pub(crate) struct House {
    pub core: Core,
    pub mail: Memory,
    pub folder: tempfile::TempDir,
}

/// An empty server.
pub(crate) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let url: DbUrl = format!("sqlite:{}", folder.path().join("t.db").display())
        .parse()
        .unwrap();
    let db = Db::open(&url, &Options::default()).unwrap();
    run_migrations(&db).unwrap();
    let (mailer, mail) = Mailer::memory();
    let core = Core {
        db,
        renderer: renderer(),
        mailer,
        dkim: None,
        sandbox: Sandbox::new("/nonexistent", Limits::default(), 1),
        tracer: Tracer::default(),
        settings: Settings {
            base_url: "https://backbone.example".into(),
            data_dir: folder.path().into(),
            mail_from: "Backbone <mail@backbone.example>".into(),
            secret: MasterSecret::from_text(&"k".repeat(40)).unwrap(),
            mailbox: None,
            max_import: 256 << 20,
        },
        clock: now,
        wake: Arc::default(),
        attention: Vec::new(),
        search: Default::default(),
        topics: Default::default(),
        notify: Vec::new(),
        happened: Arc::default(),
        dates: Vec::new(),
        live: Default::default(),
        permissions: Vec::new(),
        nav: crate::NAV.to_vec(),
        memory: Default::default(),
    };
    House { core, mail, folder }
}

pub(crate) fn new_partnership(name: &str) -> NewPartnership {
    NewPartnership {
        name: name.into(),
        purpose: "Every child reads".into(),
        language: "en".into(),
        currency: "EUR".into(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
    }
}

/// A server with a founder, who administers one partnership.
pub(crate) fn founded() -> (House, Actor) {
    let house = house();
    let actor = house
        .core
        .db
        .write_blocking(|c| {
            let first = FirstPerson {
                name: "Noor de Vries".into(),
                email: "noor@oost.example".into(),
                lang: Lang::En,
                password_hash: Some(crate::password::hash_now("vier gele fietsen").unwrap()),
            };
            let id = first_person(c, &first, now())?;
            let founder = Founder {
                id: id.clone(),
                name: first.name,
            };
            let partnership =
                partnership::create(c, &founder, &new_partnership("Samen Oost"), now())?;
            Ok::<_, backbone_web::Problem>(actor(id, partnership))
        })
        .unwrap();
    (house, actor)
}

pub(crate) fn actor(id: PersonId, partnership: partnership::Partnership) -> Actor {
    Actor {
        person_id: Some(id),
        name: "Noor de Vries".into(),
        organization_id: None,
        partnership,
        roles: vec![Role::Staff, Role::Admin],
        lang: Lang::En,
        now: now(),
        via: Via::Session,
        request_id: String::new(),
    }
}
