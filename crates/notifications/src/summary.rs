//! The mail that tells what happened: one notification as it happens, or the day's or week's together, by kind.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::attention::Reader;
use backbone_identity::directory::{self, Reachable};
use backbone_identity::mail::{Letter, deliver};
use backbone_identity::notify::{self, Kind, NotificationId, Row};
use backbone_identity::{Core, Partnership, PersonId};
use backbone_jobs::{Job, JobError, JobId};
use backbone_web::{Args, Lang};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Items of one kind that are told one by one; the others are counted.
const SHOWN: usize = 12;

/// Writes one mail to one person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub partnership: String,
    pub person: String,
    pub ids: Vec<NotificationId>,
    pub written_at: Instant,
}

/// One notification that still says something, with its address.
struct Item {
    row: Row,
    kind: &'static Kind,
    link: Option<String>,
}

/// What the mail is written from.
struct Prepared {
    partnership: Partnership,
    member: Reachable,
    zone: jiff::tz::TimeZone,
    items: Vec<Item>,
}

#[async_trait::async_trait]
impl Job<Core> for Summary {
    const KIND: &'static str = "notifications.summary";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (me, now) = (self.clone(), core.now());
        let (rules, secret) = (core.notify.clone(), core.settings.secret.clone());
        let prepared = core
            .db
            .write(move |c| me.prepare(c, &rules, &secret, now))
            .await?;
        let Some(prepared) = prepared.filter(|p| !p.items.is_empty()) else {
            return Ok(());
        };
        let letter = write(core, &prepared, now);
        deliver(
            core,
            Some(&prepared.partnership),
            &letter,
            job,
            self.written_at,
        )
        .await
    }
}

impl Summary {
    /// What is left to tell: what was read in the application meanwhile, or says nothing any more, is left out. Nothing for
    /// somebody who left.
    fn prepare(
        &self,
        conn: &mut Conn,
        rules: &[std::sync::Arc<dyn notify::Notify>],
        secret: &backbone_identity::secret::MasterSecret,
        now: Instant,
    ) -> Result<Option<Prepared>, DbError> {
        let tenant = self.partnership.as_str();
        let Ok(person) = PersonId::parse(&self.person) else {
            return Ok(None);
        };
        let Some(partnership) = directory::partnership(conn, tenant)? else {
            return Ok(None);
        };
        let Some(member) = directory::member(conn, tenant, &person)? else {
            return Ok(None);
        };
        let mut items = Vec::new();
        for id in &self.ids {
            let row = notify::find(conn, tenant, &person, id.as_str())?;
            let Some(row) = row.filter(|r| r.read_at.is_none()) else {
                continue;
            };
            let Some(rule) = rules
                .iter()
                .find(|r| r.kinds().iter().any(|k| k.name == row.kind))
            else {
                continue;
            };
            let kind = rule.kinds().iter().find(|k| k.name == row.kind);
            if let Some(kind) = kind
                && rule.holds(conn, &partnership, &row, now)?
            {
                let link = rule.link(conn, &partnership, &row, secret, now)?;
                items.push(Item { row, kind, link });
            }
        }
        let zone = notify::hours(conn, &partnership, &person)?.zone();
        Ok(Some(Prepared {
            partnership,
            member,
            zone,
            items,
        }))
    }
}

fn write(core: &Core, from: &Prepared, now: Instant) -> Letter {
    let lang: Lang = from.member.language.parse().unwrap_or_default();
    let reader = Reader {
        renderer: &core.renderer,
        lang,
        zone: from.zone.clone(),
        now,
    };
    let base = &core.settings.base_url;
    let person = &from.member.person_id;
    let tenant = from.partnership.id.as_str();
    let mut kinds: Vec<&'static Kind> = Vec::new();
    for item in &from.items {
        if !kinds.iter().any(|k| k.name == item.kind.name) {
            kinds.push(item.kind);
        }
    }
    let groups: Vec<Value> = kinds
        .iter()
        .map(|kind| {
            let all: Vec<&Item> = from
                .items
                .iter()
                .filter(|i| i.kind.name == kind.name)
                .collect();
            let shown = all.iter().take(SHOWN).map(|item| {
                let address = item
                    .link
                    .clone()
                    .unwrap_or_else(|| notify::address(&from.partnership.slug, &item.row.path));
                json!({"text": words(&reader, &item.row), "url": format!("{base}{address}")})
            });
            let stop = notify::stop_path(&core.settings.secret, tenant, person, kind.name);
            json!({
                "label": core.renderer.text(lang, &kind.label(), &Args::new()),
                "items": shown.collect::<Vec<_>>(),
                "more": all.len().saturating_sub(SHOWN),
                "stop": format!("{base}{stop}"),
            })
        })
        .collect();
    let first = from.items.first();
    let first = first.map(|i| words(&reader, &i.row)).unwrap_or_default();
    let stops = match kinds.as_slice() {
        [only] => only.name,
        _ => notify::EVERY,
    };
    let to = (from.member.name.as_str(), from.member.email.as_str());
    Letter::new(to, lang, "notifications/emails/summary")
        .with("n", from.items.len())
        .with("first", first)
        .with("groups", groups)
        .with("several", kinds.len() > 1)
        .with(
            "all_url",
            format!("{base}/p/{}/notifications", from.partnership.slug),
        )
        .of_kind(person, stops)
}

/// What a notification says, in its reader's language.
pub(crate) fn words(reader: &Reader<'_>, row: &Row) -> String {
    match row.said() {
        Some(said) => reader.say(
            &said.key,
            said.args.iter().map(|(k, w)| (k.as_str(), w)),
            None,
        ),
        None => String::new(),
    }
}
