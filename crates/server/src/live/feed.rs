use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::web::{self, Bytes};
use backbone_db::{Conn, DbError, Instant};
use backbone_events::recent;
use backbone_identity::live::{Refused, Topic, Watch};
use backbone_identity::notify;
use backbone_identity::{Actor, Core, Standing};
use backbone_web::Problem;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::{Value, json};

/// How often the session is looked at again: a stream ends within a second after it.
const LOOK: Duration = Duration::from_millis(800);
/// Looks without a message after which a comment is sent, about 5 seconds: it keeps proxies from closing the connection, and
/// finds out whether anybody is still there.
const QUIET: u32 = 6;

/// One open stream.
pub(super) struct Feed {
    core: web::Data<Core>,
    actor: Actor,
    standing: Standing,
    marks: BTreeMap<Topic, String>,
    watch: Watch,
    every: tokio::time::Interval,
    quiet: u32,
    first: Option<Bytes>,
}

impl Feed {
    /// Opens a stream. The first message says hello, and which topics changed since `last` (the id of a message) or since the
    /// page was made.
    pub async fn open(
        core: &web::Data<Core>,
        actor: Actor,
        standing: Standing,
        topics: Vec<Topic>,
        last: Option<String>,
        rendered: Option<i64>,
    ) -> Result<Result<Self, Refused>, Problem> {
        let (held, who) = (core.clone(), actor.clone());
        let (marks, newest, counts) = core
            .db
            .read(move |c| {
                let mut marks = BTreeMap::new();
                for topic in topics {
                    let mark = held.topics.mark(c, who.tenant(), &topic)?;
                    marks.insert(topic, mark);
                }
                let newest = recent(c, who.tenant(), None, 1)?.pop().map(|e| e.at);
                Ok::<_, DbError>((marks, newest, counts(&held, &who, c)?))
            })
            .await?;
        let person = actor.person_id.as_ref().map(|p| p.to_string());
        let watch = core.live.watch(
            &core.db,
            &core.topics,
            actor.tenant(),
            &person.unwrap_or_default(),
            marks.clone().into_iter().collect(),
        );
        let watch = match watch {
            Ok(watch) => watch,
            Err(refused) => return Ok(Err(refused)),
        };
        let missed = missed(&marks, last.as_deref(), rendered, newest);
        let mut feed = Self {
            core: core.clone(),
            actor,
            standing,
            marks,
            watch,
            every: tokio::time::interval(LOOK),
            quiet: 0,
            first: None,
        };
        feed.every
            .set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        feed.first = Some(feed.message(&missed, counts));
        Ok(Ok(feed))
    }

    /// The messages, until the session ends or the server stops.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, actix_web::Error>> + 'static {
        unfold(self, |mut feed| async move {
            let bytes = feed.next().await?;
            Some((Ok(bytes), feed))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            tokio::select! {
                changed = self.watch.next() => return self.told(changed?).await,
                _ = self.every.tick() => {
                    if !self.still_welcome().await {
                        return None;
                    }
                    self.quiet += 1;
                    if self.quiet >= QUIET {
                        self.quiet = 0;
                        return Some(Bytes::from_static(b": still here\n\n"));
                    }
                }
            }
        }
    }

    /// Whether the session still holds with the roles it had; a stream with other roles is opened anew by the page.
    async fn still_welcome(&mut self) -> bool {
        let (standing, now) = (self.standing.clone(), self.core.now());
        let roles = self.core.db.read(move |c| standing.roles(c, now)).await;
        match roles {
            Ok(roles) => roles == self.actor.roles,
            Err(error) => {
                tracing::warn!(%error, "a live page is let go: its session cannot be looked at");
                false
            }
        }
    }

    async fn told(&mut self, changed: Vec<Topic>) -> Option<Bytes> {
        // Nothing is told to somebody who lost the right to hear it a moment ago.
        if !self.still_welcome().await {
            return None;
        }
        self.actor.now = self.core.now();
        let (core, who) = (self.core.clone(), self.actor.clone());
        let topics = changed.clone();
        let looked = self
            .core
            .db
            .read(move |c| {
                let mut marks = Vec::new();
                for topic in topics {
                    let mark = core.topics.mark(c, who.tenant(), &topic)?;
                    marks.push((topic, mark));
                }
                let told = |kind: &str| marks.iter().any(|(topic, _)| topic.kind == kind);
                let mut counted = serde_json::Map::new();
                if told("attention") {
                    counted.insert("home".into(), needs(&core, &who, c)?.into());
                }
                if told("bell") {
                    counted.insert("bell".into(), unread(&who, c)?.into());
                }
                Ok::<_, DbError>((marks, Value::Object(counted)))
            })
            .await;
        match looked {
            Ok((marks, counts)) => {
                self.marks.extend(marks);
                self.quiet = 0;
                Some(self.message(&changed, counts))
            }
            Err(error) => {
                tracing::warn!(%error, "a live page is let go: the database cannot be looked at");
                None
            }
        }
    }

    fn message(&self, changed: &[Topic], counts: Value) -> Bytes {
        let topics: Vec<String> = changed.iter().map(Topic::to_string).collect();
        let data = json!({"topics": topics, "counts": counts});
        Bytes::from(format!(
            "event: change\nid: {}\ndata: {data}\n\n",
            write_id(&self.marks)
        ))
    }
}

/// How many things need the person, by entry of the rail, and how much they have not read.
fn counts(core: &Core, actor: &Actor, conn: &mut Conn) -> Result<Value, DbError> {
    Ok(json!({"home": needs(core, actor, conn)?, "bell": unread(actor, conn)?}))
}

fn needs(core: &Core, actor: &Actor, conn: &mut Conn) -> Result<usize, DbError> {
    let mut lines = 0;
    for rules in &core.attention {
        lines += rules.lines(conn, actor)?.len();
    }
    Ok(lines)
}

fn unread(actor: &Actor, conn: &mut Conn) -> Result<i64, DbError> {
    match &actor.person_id {
        Some(person) => notify::unread(conn, actor.tenant(), person),
        None => Ok(0),
    }
}

fn write_id(marks: &BTreeMap<Topic, String>) -> String {
    let pairs: Vec<String> = marks.iter().map(|(t, m)| format!("{t}={m}")).collect();
    pairs.join(";")
}

/// The topics that changed while nobody listened. Without an id of a message, those that only the log tells of changed when
/// its newest event is not older than the page; what runs is always told of.
fn missed(
    marks: &BTreeMap<Topic, String>,
    last: Option<&str>,
    rendered: Option<i64>,
    newest: Option<Instant>,
) -> Vec<Topic> {
    let known: Option<BTreeMap<&str, &str>> =
        last.map(|id| id.split(';').filter_map(|p| p.split_once('=')).collect());
    let since_then = match (rendered, newest) {
        (Some(made), Some(newest)) => newest.micros() >= made,
        (_, None) => false,
        (None, Some(_)) => true,
    };
    marks
        .iter()
        .filter(|(topic, mark)| match &known {
            Some(known) => known.get(topic.to_string().as_str()) != Some(&mark.as_str()),
            None => since_then || !topic.id.is_empty() || topic.kind == "jobs",
        })
        .map(|(topic, _)| topic.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_back_hears_what_changed_meanwhile_and_nothing_else() {
        let marks: BTreeMap<Topic, String> =
            [("campaign:1", "aa"), ("timeline", "bb"), ("jobs", "cc")]
                .into_iter()
                .map(|(t, m)| (t.parse().unwrap(), m.to_string()))
                .collect();
        let at: Instant = "2026-11-22T09:00:00Z".parse().unwrap();
        let told = |last: Option<&str>, rendered: Option<i64>| {
            let missed = missed(&marks, last, rendered, Some(at));
            let names: Vec<String> = missed.iter().map(Topic::to_string).collect();
            names.join(" ")
        };
        let now = write_id(&marks);
        assert_eq!(told(Some(&now), None), "");
        assert_eq!(told(Some(&now.replace("aa", "a0")), None), "campaign:1");
        assert_eq!(told(Some("campaign:1=aa;jobs=cc"), None), "timeline");
        assert_eq!(told(Some("nonsense"), None), "campaign:1 jobs timeline");
        assert_eq!(told(None, Some(at.micros() + 1)), "campaign:1 jobs");
        assert_eq!(told(None, Some(at.micros())), "campaign:1 jobs timeline");
        assert_eq!(told(None, None), "campaign:1 jobs timeline");
    }
}
