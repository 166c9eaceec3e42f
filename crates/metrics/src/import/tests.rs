//! Files from upload to scorecard, on a database of their own, with the job runner that the server uses.

mod faults;
mod pages;
mod whole;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use backbone_db::Instant;
use backbone_events::Tracer;
use backbone_identity::secret::MasterSecret;
use backbone_identity::{Actor, Core, Settings};
use backbone_jobs::{Registry, Runner, RunnerOptions};
use backbone_mail::Mailer;
use backbone_sandbox::{Limits, Sandbox};
use backbone_web::{Received, Renderer};

use super::map::{MappingChange, look_again, map};
use super::{Import, ImportId, ImportMapping, check, start, store, undo, upload};
use crate::error::Error;
use crate::measurement::{Measurement, store as measurements};
use crate::tests::{NOON, World};

/// A partnership with a job runner.
pub(super) struct Desk {
    pub world: World,
    pub core: Arc<Core>,
    folder: tempfile::TempDir,
}

fn later() -> Instant {
    Instant::from_unix(NOON + 60)
}

impl Desk {
    pub fn new() -> Self {
        let world = World::new();
        let folder = tempfile::tempdir().unwrap();
        let mut builder = Renderer::builder();
        backbone_identity::texts(&mut builder);
        crate::texts(&mut builder);
        let core = Core {
            db: world.db.clone(),
            renderer: Arc::new(builder.build().unwrap()),
            mailer: Mailer::memory().0,
            sandbox: Sandbox::new("/nowhere", Limits::default(), 0),
            tracer: Tracer::default(),
            settings: Settings {
                base_url: "http://127.0.0.1:8080".into(),
                data_dir: folder.path().to_owned(),
                mail_from: "Backbone <backbone@example.org>".into(),
                secret: MasterSecret::from_text("0123456789abcdef0123456789abcdef").unwrap(),
                mailbox: None,
                max_import: 256 << 20,
            },
            clock: later,
            wake: Arc::default(),
            dkim: None,
            attention: Vec::new(),
            search: Default::default(),
            topics: Default::default(),
            notify: Vec::new(),
            happened: Arc::default(),
            dates: Vec::new(),
            live: Default::default(),
            permissions: Vec::new(),
            nav: Vec::new(),
            memory: Default::default(),
        };
        Self {
            world,
            core: Arc::new(core),
            folder,
        }
    }

    pub fn actor(&self) -> Actor {
        self.world.actor_at(0)
    }

    pub async fn bring(&self, name: &str, text: &str) -> Result<Import, backbone_web::Problem> {
        let file = Received::of(self.folder.path(), name, text.as_bytes()).unwrap();
        let looked = upload::look(&self.core, file, None).await?;
        self.world
            .write(|conn| upload::upload(conn, &self.actor(), looked))
            .map_err(Into::into)
    }

    pub async fn map(&self, id: &ImportId, mapping: ImportMapping) -> Result<Import, Error> {
        let scan = look_again(&self.core, &self.actor(), id).await?;
        let change = MappingChange {
            mapping,
            ..MappingChange::default()
        };
        self.world
            .write(|conn| map(conn, &self.actor(), id, None, change, &scan))
    }

    pub async fn check(&self, id: &ImportId) -> Import {
        self.world
            .write(|conn| check::check(conn, &self.actor(), id))
            .unwrap();
        self.drain().await;
        self.find(id)
    }

    pub async fn start(&self, id: &ImportId, corrections: bool) -> Import {
        let how = start::Start { corrections };
        self.world
            .write(|conn| start::start(conn, &self.actor(), id, how))
            .unwrap();
        self.drain().await;
        self.find(id)
    }

    pub async fn undo(&self, id: &ImportId) -> Import {
        self.world
            .write(|conn| undo::undo(conn, &self.actor(), id))
            .unwrap();
        self.drain().await;
        self.find(id)
    }

    pub fn find(&self, id: &ImportId) -> Import {
        self.world
            .read(|conn| store::find(conn, self.world.tenant(), id))
            .unwrap()
    }

    pub async fn drain(&self) -> usize {
        let mut registry = Registry::default();
        crate::import::register(&mut registry);
        let options = RunnerOptions {
            worker: "test".into(),
            concurrency: 1,
            lease_seconds: 60,
            poll: Duration::from_millis(10),
        };
        let runner = Runner::new(
            self.world.db.clone(),
            self.core.clone(),
            Arc::new(registry),
            options,
            later,
        );
        runner.drain().await
    }

    /// Measurements that count, totals and parts alike.
    pub fn measured(&self) -> Vec<Measurement> {
        let filter = measurements::Filter::default();
        let all = self
            .world
            .read(|conn| measurements::list(conn, self.world.tenant(), &filter, None, 1_000_000));
        let counts = |m: &Measurement| m.status != crate::measurement::Status::Withdrawn;
        all.into_iter().filter(counts).collect()
    }

    /// Every rollup is what its measurements give when it is worked out anew.
    pub fn assert_rollups_hold(&self) {
        let wrong = self
            .world
            .read(|conn| crate::rollup::compare(conn, self.world.tenant()));
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// A file as a statistical office publishes it: quarters, spans, blanks, columns that break down and one that says nothing.
pub(super) fn national(rows: usize) -> String {
    let mut text =
        String::from("Year,Sex,Region,Observation status,Unit measure,GeoCode,Value\r\n");
    for n in 0..rows {
        let year = 1990 + n / 4 % 30;
        let period = match n % 4 {
            0 => year.to_string(),
            1 => format!("{year} Q1"),
            2 => format!("{year}-{:02}", (year + 2) % 100),
            _ => format!("{year} Q3"),
        };
        let region = n / 120;
        let sex = if region % 3 == 1 { "Female" } else { "" };
        let value = if n % 50 == 49 {
            String::new()
        } else {
            format!("{}.{}", 10 + n % 80, n % 10)
        };
        let region = if region == 0 {
            String::new()
        } else {
            format!("Region {region}")
        };
        writeln!(
            text,
            "{period},{sex},{region},Normal value,Percentage (%),E{:08},{value}\r",
            n / 120
        )
        .unwrap();
    }
    text
}
