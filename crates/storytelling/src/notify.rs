//! Whom stories and readers' questions concern.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::attention::Words;
use backbone_identity::notify::{Kind, Notice, Notify, Often, Row};
use backbone_identity::{Partnership, Permission, PersonId, Role, directory};

use crate::policy::{ApproveStories, SeeQuestions};
use crate::question::{QuestionId, QuestionStatus, store as questions};
use crate::story::{Story, StoryId, store as stories};

/// A reader asks about a figure.
pub(crate) const ASKED: Kind = Kind {
    name: "question.received",
    icon: "help",
    roles: <SeeQuestions as Permission>::ROLES,
    usual: Often::Now,
    letter: true,
};
/// The answer to a question goes to its asker by letter in any case.
const ANSWERED: Kind = Kind {
    name: "question.answered",
    icon: "quote",
    roles: Role::ALL,
    usual: Often::Now,
    letter: true,
};
const SUBMITTED: Kind = Kind {
    name: "story.submitted",
    icon: "stories",
    roles: <ApproveStories as Permission>::ROLES,
    usual: Often::Daily,
    letter: false,
};
const NAMED: Kind = Kind {
    name: "story.names_you",
    icon: "star",
    roles: Role::ALL,
    usual: Often::Now,
    letter: false,
};

const KINDS: &[Kind] = &[NAMED, ASKED, ANSWERED, SUBMITTED];

/// Letters that a name needs to be looked for: shorter ones are found everywhere.
const LONG_ENOUGH: usize = 4;

/// This room's rules.
pub struct Telling;

impl Notify for Telling {
    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn of(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        event: &Event,
    ) -> Result<Vec<Notice>, DbError> {
        let tenant = partnership.id.as_str();
        match event.kind.as_str() {
            "question.received" | "question.answered" => question(conn, tenant, event),
            "story.submitted" | "story.published" => {
                let Ok(id) = event.object.id.parse::<StoryId>() else {
                    return Ok(Vec::new());
                };
                let Some(story) = stories::find(conn, tenant, &id)? else {
                    return Ok(Vec::new());
                };
                match event.kind.as_str() {
                    "story.submitted" => submitted(conn, tenant, event, &story),
                    _ => published(conn, tenant, event, &story),
                }
            }
            _ => Ok(Vec::new()),
        }
    }

    fn holds(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        row: &Row,
        _: Instant,
    ) -> Result<bool, DbError> {
        if row.kind != ASKED.name {
            return Ok(true);
        }
        let Some(Ok(id)) = row.path.rsplit('/').next().map(str::parse::<QuestionId>) else {
            return Ok(false);
        };
        let found = questions::find(conn, partnership.id.as_str(), &id)?;
        Ok(found.is_some_and(|q| q.status == QuestionStatus::Open))
    }
}

fn question(conn: &mut Conn, tenant: &str, event: &Event) -> Result<Vec<Notice>, DbError> {
    let Ok(id) = event.object.id.parse::<QuestionId>() else {
        return Ok(Vec::new());
    };
    let Some(q) = questions::find(conn, tenant, &id)? else {
        return Ok(Vec::new());
    };
    if event.kind == "question.received" {
        let staff = directory::members(conn, tenant, ASKED.roles)?;
        let what = Words::new("question-notice-received")
            .text("by", &q.asker_name)
            .text("figure", &q.figure_text);
        return Ok(staff
            .into_iter()
            .map(|m| Notice {
                kind: ASKED.name,
                person: m.person_id,
                matter: format!("question:{}", q.id),
                what: what.clone(),
                path: format!("/questions/{}", q.id),
            })
            .collect());
    }
    // Most askers have no account; those who have find the answer beside their other news.
    let key = questions::address_key(&q.asker_email);
    let members = directory::members(conn, tenant, &[])?;
    let asker = members
        .into_iter()
        .find(|m| questions::address_key(&m.email) == key);
    let secret = stories::secret(conn, tenant, &q.story_id)?;
    Ok(asker
        .zip(secret)
        .map(|(m, secret)| Notice {
            kind: ANSWERED.name,
            person: m.person_id,
            matter: format!("answer:{}:{}", q.id, event.seq),
            what: Words::new("question-notice-answered").text("figure", &q.figure_text),
            path: format!("/s/{secret}/figure/{}", q.figure_key),
        })
        .into_iter()
        .collect())
}

fn submitted(
    conn: &mut Conn,
    tenant: &str,
    event: &Event,
    story: &Story,
) -> Result<Vec<Notice>, DbError> {
    let approvers = directory::members(conn, tenant, SUBMITTED.roles)?;
    let what = Words::new("stories-notice-submitted")
        .text("by", &event.actor_name)
        .text("title", &story.title);
    Ok(approvers
        .into_iter()
        .map(|m| Notice {
            kind: SUBMITTED.name,
            person: m.person_id,
            matter: format!("submitted:{}:{}", story.id, event.seq),
            what: what.clone(),
            path: format!("/stories/{}", story.id),
        })
        .collect())
}

/// Those whom a published story names, or whose organization it names; once for each story.
fn published(
    conn: &mut Conn,
    tenant: &str,
    _: &Event,
    story: &Story,
) -> Result<Vec<Notice>, DbError> {
    let Some(secret) = stories::secret(conn, tenant, &story.id)? else {
        return Ok(Vec::new());
    };
    let text = written(story);
    let organizations = directory::organizations(conn, tenant)?;
    let members = directory::members(conn, tenant, &[])?;
    let headline = match story.content.headline.trim() {
        "" => &story.title,
        headline => headline,
    };
    let notice = |person: &PersonId, what: Words| Notice {
        kind: NAMED.name,
        person: person.clone(),
        matter: format!("named:{}", story.id),
        what: what.text("title", headline),
        path: format!("/s/{secret}"),
    };
    let mut notices = Vec::new();
    for m in &members {
        let theirs = organizations
            .iter()
            .find(|o| Some(&o.name) == m.organization.as_ref());
        if names(&text, &m.name) {
            notices.push(notice(&m.person_id, Words::new("stories-notice-you")));
        } else if let Some(o) = theirs.filter(|o| names(&text, &o.name)) {
            let what = Words::new("stories-notice-organization").text("name", &o.name);
            notices.push(notice(&m.person_id, what));
        }
    }
    Ok(notices)
}

/// All words of a story that its readers see, parted by lines.
fn written(story: &Story) -> String {
    let mut lines = Vec::new();
    if let Ok(content) = serde_json::to_value(&story.content) {
        collect(&content, &mut lines);
    }
    lines.join("\n")
}

fn collect(value: &serde_json::Value, lines: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => lines.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|v| collect(v, lines)),
        serde_json::Value::Object(fields) => fields.values().for_each(|v| collect(v, lines)),
        _ => {}
    }
}

/// Whether a text holds a name as a whole: not within a longer word.
fn names(text: &str, name: &str) -> bool {
    if name.chars().count() < LONG_ENOUGH {
        return false;
    }
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_found_as_a_whole_and_not_within_a_word() {
        for (text, name, found) in [
            ("Bibliotheek Oost read aloud.", "Bibliotheek Oost", true),
            ("with “Bibliotheek Oost”", "Bibliotheek Oost", true),
            ("Bibliotheek Oosterhout", "Bibliotheek Oost", false),
            ("Openbare Bibliotheek", "Bibliotheek", true),
            ("Jan and Ann", "Ann", false),
            ("ليلى حسن شاركت", "ليلى حسن", true),
            ("", "Bibliotheek Oost", false),
        ] {
            assert_eq!(names(text, name), found, "{name} in {text}");
        }
    }
}
