//! What the tests of this crate share: a fresh database, a partnership, a mail server on loopback, a campaign.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use backbone_db::{Db, DbUrl, Instant, Json, run_migrations};
use backbone_events::Tracer;
use backbone_identity::secret::{MasterSecret, hash_secret};
use backbone_identity::{Core, Partnership, PartnershipId, PersonId, Settings, directory};
use backbone_mail::smtp::{Options as SmtpOptions, Timeouts};
use backbone_mail::{Mailer, SmtpUrl};
use backbone_sandbox::{Limits, Sandbox};
use backbone_web::{Lang, Renderer};
use diesel::prelude::*;

use crate::campaign::{
    self, Campaign, CampaignId, CampaignState, Content, Edition, Figure, Kind, Ratio, Vignette,
};
use crate::delivery::{self, Delivery, DeliveryId, DeliveryState};

/// The tests' clock, moved by hand; each test asks for times relative to it and only ever moves it forward.
static CLOCK: AtomicI64 = AtomicI64::new(1_800_000_000);

pub fn clock() -> Instant {
    Instant::from_unix(CLOCK.load(Ordering::Relaxed))
}

/// A server's core on a fresh database, which is removed with the folder.
pub struct House {
    pub core: Core,
    pub partnership: Partnership,
    _folder: tempfile::TempDir,
}

pub fn renderer() -> Arc<Renderer> {
    let mut b = Renderer::builder();
    b.strict_text(true);
    backbone_identity::texts(&mut b);
    crate::texts(&mut b);
    Arc::new(b.build().unwrap())
}

pub async fn house(mailer: Mailer) -> House {
    let folder = tempfile::tempdir().unwrap();
    let url: DbUrl = format!("sqlite:{}", folder.path().join("t.db").display())
        .parse()
        .unwrap();
    let db = Db::open(&url, &backbone_db::Options::default()).unwrap();
    run_migrations(&db).unwrap();
    let id = PartnershipId::new();
    let tenant = id.clone();
    let partnership = db
        .write(move |conn| {
            diesel::sql_query(format!(
                "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, \
                 accent, small_cell, version, created_at) VALUES ('{tenant}', 'start', 'Fresh Start', 'Work for all', \
                 'en', 'EUR', 'Europe/Amsterdam', 1, '#0B5FCC', 5, 1, '2026-01-01 00:00:00')"
            ))
            .execute(conn)?;
            directory::partnership(conn, tenant.as_str())
        })
        .await
        .unwrap()
        .unwrap();
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
        clock,
        wake: Arc::default(),
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
    House {
        core,
        partnership,
        _folder: folder,
    }
}

/// A mailer to a mail server on loopback that does not wait long.
pub fn mailer(url: &str) -> Mailer {
    let second = std::time::Duration::from_secs(3);
    Mailer::smtp(
        SmtpUrl::parse(url).unwrap(),
        SmtpOptions {
            timeouts: Timeouts {
                connect: second,
                command: second,
                write: second,
                delivery: second,
            },
            messages_per_connection: 1000,
        },
    )
}

pub fn content() -> Content {
    Content {
        edition: Edition {
            story_id: "story-1".into(),
            edition_id: "edition-1".into(),
            secret: "s3cret".into(),
            language: Lang::En,
            headline: "Every second newcomer found work".into(),
            summary: "In eighteen months, 61 % of those who joined found a job.\n\nThis is how."
                .into(),
            vignette: Some(Vignette {
                title: "Amina's first contract".into(),
                text: "“I did not know <whom> to ask.”\n\nNow she leads a team & trains others."
                    .into(),
            }),
            figures: vec![
                Figure {
                    key: "employed".into(),
                    label: "found a job within a year".into(),
                    value: "61 %".into(),
                    period: "2025".into(),
                },
                Figure {
                    key: "hours".into(),
                    label: "given by partners".into(),
                    value: "4,120 hours".into(),
                    period: "2025".into(),
                },
            ],
            ratio: Some(Ratio {
                key: "return".into(),
                values: [2.1, 3.2, 4.0],
                texts: ["2.1 : 1".into(), "3.2 : 1".into(), "4.0 : 1".into()],
                assumptions: vec!["A fifth would have found work anyway.".into()],
            }),
            chart: None,
        },
        changes: Vec::new(),
        reason: String::new(),
    }
}

pub fn campaign(house: &House) -> Campaign {
    Campaign {
        id: CampaignId::new(),
        partnership_id: house.partnership.id.to_string(),
        kind: Kind::Story,
        state: CampaignState::Queued,
        story_id: "story-1".into(),
        edition_id: "edition-1".into(),
        subject: "What your money moved".into(),
        note: "We are proud of this one.".into(),
        note_author: "Noor de Vries".into(),
        sender_name: "Noor de Vries, Fresh Start".into(),
        reply_to: "noor@start.example".into(),
        content: Json::new(&content()),
        rate_per_minute: 0,
        runner: None,
        runner_seen_at: None,
        stumbles: 0,
        waiting_reason: None,
        waiting_until: None,
        version: 1,
        created_by: "Noor de Vries".into(),
        created_at: clock(),
        queued_at: Some(clock()),
        finished_at: None,
    }
}

pub fn delivery(campaign: &Campaign, email: &str, name: &str, language: &str) -> Delivery {
    Delivery {
        id: DeliveryId::new(),
        partnership_id: campaign.partnership_id.clone(),
        campaign_id: campaign.id.clone(),
        edition_id: campaign.edition_id.clone(),
        email: email.into(),
        address_key: crate::suppression::address_key(email),
        name: name.into(),
        language: language.into(),
        person_id: None,
        contact_id: None,
        state: DeliveryState::Pending,
        attempts: 0,
        due_at: clock(),
        claimed_by: None,
        claimed_at: None,
        reply: None,
        settled_at: None,
    }
}

/// A queued campaign to `n` funders.
pub async fn queued(house: &House, n: usize) -> CampaignId {
    let campaign = campaign(house);
    let id = campaign.id.clone();
    let rows: Vec<Delivery> = (0..n)
        .map(|i| {
            let language = if i % 2 == 0 { "en" } else { "nl" };
            delivery(
                &campaign,
                &format!("funder{i}@example.org"),
                &format!("Funder {i}"),
                language,
            )
        })
        .collect();
    house
        .core
        .db
        .write(move |conn| {
            campaign::store::insert(conn, &campaign)?;
            delivery::store::insert(conn, &rows)
        })
        .await
        .unwrap();
    id
}

/// A signed-in member of staff with this language; gives the cookie.
pub async fn session(house: &House, language: &str) -> String {
    let (person, tenant) = (PersonId::new(), house.partnership.id.to_string());
    let secret = format!("session-of-{language}");
    let hash = hash_secret(&secret);
    let later = "2099-01-01 00:00:00";
    let now = "2026-01-01 00:00:00";
    let statements = [
        format!(
            "INSERT INTO people (id, email, name, language, active, operator, created_at) VALUES ('{person}', \
            '{language}@start.example', 'Noor de Vries', '{language}', true, false, '{now}')"
        ),
        format!(
            "INSERT INTO memberships (id, partnership_id, person_id, roles, active, version, created_at) VALUES \
            ('{}', '{tenant}', '{person}', 'staff', true, 1, '{now}')",
            PersonId::new()
        ),
        format!(
            "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent) VALUES \
            ('{hash}', '{person}', '{now}', '{now}', '{later}', 'test')"
        ),
    ];
    house
        .core
        .db
        .write(move |conn| {
            for statement in statements {
                diesel::sql_query(statement).execute(conn)?;
            }
            Ok::<_, backbone_db::DbError>(())
        })
        .await
        .unwrap();
    format!("__Host-backbone={secret}")
}

/// Runs a campaign as its job does, until nothing is due.
pub async fn send_all(house: &House, id: &CampaignId) {
    use backbone_jobs::{Job, JobError, JobId};
    let job = delivery::SendCampaign {
        campaign_id: id.clone(),
    };
    while let Err(JobError::Later(_, 0)) = job.run(&house.core, &JobId::new()).await {}
}
