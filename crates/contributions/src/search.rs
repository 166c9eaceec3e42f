//! How contributions are found: by what they were for, who gave, and what was said about them.

mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Object;
use backbone_identity::{Permission, organizations};
use backbone_search::{Document, Searchable};

use crate::contribution::{Contribution, ContributionId, Status, store as contributions};
use crate::policy::SeeContributions;

/// Finds `contribution`.
pub struct Given;

impl Searchable for Given {
    fn kinds(&self) -> &'static [&'static str] {
        &["contribution"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        let Ok(id) = ContributionId::parse(&object.id) else {
            return Ok(None);
        };
        let found = contributions::find(conn, partnership_id, &id)?;
        let Some(it) = found.filter(|c| c.status != Status::Withdrawn) else {
            return Ok(None);
        };
        let giver = organizations::find(conn, partnership_id, &it.content.organization_id)?;
        let mut said = vec![giver.map(|o| o.name).unwrap_or_default()];
        let comments = contributions::comments(conn, partnership_id, &id)?;
        said.extend(comments.into_iter().map(|c| c.text));
        Ok(Some(document(object, it, said)))
    }

    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        _kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        store::contributions(conn, partnership_id, after, limit)
    }

    fn rereads(&self, event: &str) -> &'static [&'static str] {
        match event {
            // Contributions are found by who gave.
            "organization.changed" => &["contribution"],
            _ => &[],
        }
    }
}

fn document(object: &Object, it: Contribution, said: Vec<String>) -> Document {
    let at = started(&it);
    let c = it.content;
    let parts = [c.description, c.skill, c.work_role, Some(c.note)];
    // Who gave, and when: many contributions have the same name.
    let mut said = said.into_iter();
    let giver = said.next();
    let body: Vec<String> = giver
        .into_iter()
        .chain([c.period.to_string()])
        .chain(said)
        .chain(parts.into_iter().flatten())
        .filter(|part| !part.is_empty())
        .collect();
    Document {
        object: object.clone(),
        permissions: vec![SeeContributions::NAME],
        title: c.activity,
        body: body.join(" · "),
        path: format!("/contributions/{}", it.id),
        at,
    }
}

/// The first day of its period.
fn started(it: &Contribution) -> Instant {
    let day = it.content.period.start();
    day.to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(it.created_at, |z| Instant::from_jiff(z.timestamp()))
}
