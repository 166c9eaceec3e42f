//! What of the stories needs somebody: those that wait for an approval, figures that changed after they went out, and consents
//! that end. And what became of stories, in sentences.

use std::collections::BTreeMap;

use backbone_db::{Conn, DbError};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{
    Attention, FirstStep, Line, Need, Told, Urgency, Words, lines_of,
};
use chrono::NaiveDate;

use super::changes::FigureChange;
use super::{Status, Story, StoryId, store};
use crate::policy::{ApproveStories, EditStories, SeeStories};

/// Stories that are looked at, the newest.
const LOOKED_AT: i64 = 60;
/// Days before the end of a consent on which it is said.
const CONSENT_DAYS: i64 = 30;

/// This room's rules.
pub struct Telling;

impl Attention for Telling {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[
            FirstStep {
                place: 80,
                what: "first-value",
                taken: &["value_model.created"],
                path: "/value-models/new",
            },
            FirstStep {
                place: 90,
                what: "first-story",
                taken: &["story.published"],
                path: "/stories/new",
            },
        ]
    }

    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        let mut needs = Vec::new();
        if !actor.may::<ApproveStories>() {
            return Ok(needs);
        }
        let stories = store::list(conn, actor.tenant(), None, LOOKED_AT)?;
        needs.extend(stories.iter().filter_map(|s| approval(actor, s)));
        if actor.may::<EditStories>() {
            needs.extend(changed(store::open_changes(conn, actor.tenant(), None)?));
            let today = today(actor);
            needs.extend(stories.iter().filter_map(|s| consent(s, today)));
        }
        Ok(needs)
    }

    fn told(&self, conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
        if !actor.may::<SeeStories>() {
            return Ok(Vec::new());
        }
        told(conn, actor, events)
    }
}

/// A story in review, for everybody who may approve it: anybody but its author.
fn approval(actor: &Actor, story: &Story) -> Option<Need> {
    let own = actor.person_id.as_ref().map(|p| p.as_str()) == story.author_id.as_deref();
    if story.status != Status::InReview || own {
        return None;
    }
    Some(
        Need::from(Line {
            urgency: Urgency::Watch,
            icon: "stories",
            what: Words::new("stories-needs-approval").text("title", &story.title),
            detail: Some(
                Words::new("stories-needs-approval-detail").text("by", &story.author_name),
            ),
            since: Some(story.updated_at),
            action: Words::new("stories-needs-review"),
            path: format!("/stories/{}", story.id),
        })
        .minutes(approval_minutes(story)),
    )
}

/// Words that people read in a minute, rather slowly.
const WORDS_A_MINUTE: usize = 180;

/// Minutes that approving costs: reading what the story says, and two for its checks.
fn approval_minutes(story: &Story) -> i64 {
    let c = &story.content;
    let mut texts = vec![&c.headline, &c.dek, &c.body, &c.outcome, &c.call];
    texts.extend(c.vignettes.iter().map(|v| &v.text));
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    2 + i64::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(0)
}

/// Stories whose figures read differently now than when they went out.
fn changed(changes: Vec<FigureChange>) -> Vec<Need> {
    let mut by_story: BTreeMap<String, Vec<FigureChange>> = BTreeMap::new();
    for change in changes {
        by_story
            .entry(change.story_id.to_string())
            .or_default()
            .push(change);
    }
    let need = |(id, changes): (String, Vec<FigureChange>)| {
        let first = changes.first()?;
        Some(Need::from(Line {
            urgency: Urgency::Bad,
            icon: "alert",
            what: Words::new("stories-needs-changed")
                .number("n", changes.len() as i64)
                .text("title", &first.story_title),
            detail: Some(
                Words::new("stories-needs-changed-detail")
                    .text("label", &first.label)
                    .text("old", &first.old_text)
                    .text("new", &first.new_text),
            ),
            since: changes.iter().map(|c| c.noticed_at).min(),
            action: Words::new("stories-needs-look"),
            path: format!("/stories/{id}"),
        }))
    };
    by_story.into_iter().filter_map(need).collect()
}

/// A story that is out, or about to be, with a consent that ends soon.
fn consent(story: &Story, today: NaiveDate) -> Option<Need> {
    if !matches!(story.status, Status::Approved | Status::Published) {
        return None;
    }
    let content = &story.content;
    let until = content
        .vignettes
        .iter()
        .map(|v| &v.consent)
        .chain(content.testimonial.iter().map(|t| &t.consent))
        .filter_map(|c| c.until)
        .min()?;
    let days = (until - today).num_days();
    if days > CONSENT_DAYS {
        return None;
    }
    Some(Need::from(Line {
        urgency: if days < 0 {
            Urgency::Bad
        } else {
            Urgency::Watch
        },
        icon: "shield",
        what: Words::new(match days < 0 {
            true => "stories-needs-consent-over",
            false => "stories-needs-consent",
        })
        .text("title", &story.title)
        .number("days", days),
        detail: Some(Words::new("stories-needs-consent-detail")),
        since: None,
        action: Words::new("stories-needs-look"),
        path: format!("/stories/{}", story.id),
    }))
}

/// What happened to stories, by title.
fn told(conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
    let mut titles: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut told = Vec::new();
    for e in events.iter().filter(|e| e.object.kind == "story") {
        let key = match e.kind.as_str() {
            "story.created" => "stories-told-created",
            "story.submitted" => "stories-told-submitted",
            "story.approved" => "stories-told-approved",
            "story.published" => "stories-told-published",
            "story.withdrawn" => "stories-told-withdrawn",
            _ => continue,
        };
        if !titles.contains_key(e.object.id.as_str()) {
            let found = match StoryId::parse(&e.object.id) {
                Ok(id) => store::find(conn, actor.tenant(), &id)?.map(|s| s.title),
                Err(_) => None,
            };
            titles.insert(&e.object.id, found);
        }
        let Some(Some(title)) = titles.get(e.object.id.as_str()) else {
            continue;
        };
        told.push(Told {
            seq: e.seq,
            what: Words::new(key)
                .text("by", &e.actor_name)
                .text("title", title),
            path: Some(format!("/stories/{}", e.object.id)),
        });
    }
    Ok(told)
}

fn today(actor: &Actor) -> NaiveDate {
    let day = actor.now.date_in(&actor.partnership.zone());
    NaiveDate::from_ymd_opt(
        day.year().into(),
        day.month().unsigned_abs().into(),
        day.day().unsigned_abs().into(),
    )
    .unwrap_or_default()
}
