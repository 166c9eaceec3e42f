//! Who is told that somebody joined.

use backbone_db::{Conn, DbError};
use backbone_events::Event;

use crate::attention::Words;
use crate::directory;
use crate::ids::PersonId;
use crate::notify::{Kind, Notice, Notify, Often};
use crate::partnership::Partnership;
use crate::role::Role;

const JOINED: Kind = Kind {
    name: "person.joined",
    icon: "user",
    roles: &[Role::Staff, Role::Admin],
    usual: Often::Weekly,
    letter: false,
};

/// This room's rules.
pub struct Joining;

impl Notify for Joining {
    fn kinds(&self) -> &'static [Kind] {
        const { &[JOINED] }
    }

    fn of(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        event: &Event,
    ) -> Result<Vec<Notice>, DbError> {
        if event.kind != "person.joined" {
            return Ok(Vec::new());
        }
        let tenant = partnership.id.as_str();
        let Ok(new) = PersonId::parse(&event.object.id) else {
            return Ok(Vec::new());
        };
        let Some(new) = directory::member(conn, tenant, &new)? else {
            return Ok(Vec::new());
        };
        let staff = directory::members(conn, tenant, JOINED.roles)?;
        let what = Words::new("people-notice-joined").text("name", &new.name);
        Ok(staff
            .into_iter()
            .filter(|m| m.person_id != new.person_id)
            .map(|m| Notice {
                kind: JOINED.name,
                person: m.person_id,
                matter: format!("joined:{}", new.person_id),
                what: what.clone(),
                path: "/people".into(),
            })
            .collect())
    }
}
