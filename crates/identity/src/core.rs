use std::path::PathBuf;
use std::sync::Arc;

use backbone_db::{Db, Instant};
use backbone_events::Tracer;
use backbone_mail::Mailer;
use backbone_mail::dkim::DkimKey;
use backbone_search::Index;

use backbone_sandbox::Sandbox;
use backbone_web::Renderer;
use tokio::sync::Notify;

use crate::attention::Attention;
use crate::calendar::Dated;
use crate::live::{Hub, Topics};
use crate::memory::Memory;
use crate::notify::Notify as NotifyRules;
use crate::permission::PermissionInfo;
use crate::role::Role;
use crate::secret::MasterSecret;

/// What every handler and job works with; made once by the server, shared by all threads as `web::Data<Core>`.
pub struct Core {
    /// The database.
    pub db: Db,
    /// Templates and messages.
    pub renderer: Arc<Renderer>,
    /// Sends mail.
    pub mailer: Mailer,
    /// Signs mail, when a key is configured.
    pub dkim: Option<Arc<DkimKey>>,
    /// Runs work that cannot be trusted, in a child process.
    pub sandbox: Sandbox,
    /// Walks the chain behind any object.
    pub tracer: Tracer,
    /// What the operator set.
    pub settings: Settings,
    /// The clock: the system's, or a test's.
    pub clock: fn() -> Instant,
    /// Wakes the job runner after something was enqueued.
    pub wake: Arc<Notify>,
    /// What needs attention, by domain, for the home page.
    pub attention: Vec<Arc<dyn Attention>>,
    /// Finds things of all domains by name and content.
    pub search: Index,
    /// What pages can be refreshed by.
    pub topics: Topics,
    /// Those who watch, on this node.
    pub live: Arc<Hub>,
    /// Whom events and dates concern, by domain.
    pub notify: Vec<Arc<dyn NotifyRules>>,
    /// Wakes those who read the log for notifications after something happened.
    pub happened: Arc<Notify>,
    /// What is due for somebody, by domain, for their calendar.
    pub dates: Vec<Arc<dyn Dated>>,
    /// Every permission there is.
    pub permissions: Vec<PermissionInfo>,
    /// The rail's entries, in order; each domain brings its own.
    pub nav: Vec<NavSpec>,
    /// What this process remembers of the database.
    pub memory: Memory,
}

/// Settings that handlers and jobs need.
#[derive(Clone)]
pub struct Settings {
    /// Address under which people reach the server, without a final slash.
    pub base_url: String,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// Sender of mail, `Name <address>`; the partnership's name is put in front of the address.
    pub mail_from: String,
    /// The master secret.
    pub secret: MasterSecret,
    /// Mail is written into a folder that staff may read in the browser (demo, first tries).
    pub mailbox: Option<PathBuf>,
    /// Bytes that a file to be imported may have.
    pub max_import: u64,
}

/// One entry of the rail.
#[derive(Clone, Debug)]
pub struct NavSpec {
    /// Stable key, matched by a page's `nav`.
    pub key: &'static str,
    /// Message key of its label.
    pub label: &'static str,
    /// Icon name.
    pub icon: &'static str,
    /// Path behind `/p/{slug}`, with a leading slash; empty for the home page.
    pub path: &'static str,
    /// Who sees it.
    pub roles: &'static [Role],
}

impl Core {
    /// The present moment.
    pub fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Tells the job runner that there is work.
    pub fn wake_jobs(&self) {
        self.wake.notify_one();
    }
}
