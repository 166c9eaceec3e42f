//! Until when somebody was asked to log what they gave.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::Words;
use backbone_identity::calendar::{Dated, Due, Entry};
use jiff::civil::Date;

use crate::policy::LogContribution;
use crate::request::store;

/// This room's dates.
pub struct Requests;

impl Dated for Requests {
    fn entries(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Entry>, DbError> {
        let Some(person) = actor
            .person_id
            .as_ref()
            .filter(|_| actor.may::<LogContribution>())
        else {
            return Ok(Vec::new());
        };
        let zone = actor.partnership.zone();
        let open = store::open_for(conn, actor.tenant(), person, actor.now)?;
        Ok(open
            .into_iter()
            .map(|request| Entry {
                key: format!("contribution_request-{}", request.id),
                due: Due::Day(request.expires_at.date_in(&zone)),
                what: Words::new("contributions-date-asked")
                    .text("by", request.asked_by)
                    .period("period", request.period.to_string()),
                detail: None,
                changed: request.created_at,
                path: "/contributions/new".into(),
            })
            .filter(|e| (from..=until).contains(&e.due.day(&zone)))
            .collect())
    }
}
