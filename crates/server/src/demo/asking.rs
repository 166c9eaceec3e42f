//! What keeps the demo's staff busy today: a request that few have answered, an invitation that nobody has taken up, a story
//! that waits for a second pair of eyes.

use backbone_contributions::request::{NewRequest, ask};
use backbone_db::{Conn, Instant};
use backbone_identity::people::{NewInvitations, invite};
use backbone_identity::{Actor, Role, visit};
use backbone_storytelling::story::{Consent, Content, NewStory, Vignette, create, submit};
use backbone_web::{IfMatch, Problem};

use super::calendar::{Calendar, MONTHS, month_text};
use super::stage::Stage;

/// Asks, invites and writes, each some days before the demo is loaded.
pub fn play(conn: &mut Conn, stage: &Stage, calendar: &Calendar) -> Result<(), Problem> {
    request(conn, &at(&stage.staff, stage.now, 10), calendar)?;
    invitation(conn, &at(&stage.staff, stage.now, 9), stage)?;
    visits(conn, stage)?;
    if let Some(author) = stage.colleague() {
        story(conn, &at(author, stage.now, 2))?;
    }
    Ok(())
}

/// The same person, some days ago.
pub(super) fn at(actor: &Actor, now: Instant, days_ago: i64) -> Actor {
    let mut then = actor.clone();
    then.now = now.plus_days(-days_ago);
    then
}

/// Most looked in during the last days; who has gone quiet did not.
fn visits(conn: &mut Conn, stage: &Stage) -> Result<(), Problem> {
    for (index, organization) in stage.organizations.iter().enumerate() {
        let quiet = organization.cast.name == super::giving::QUIET;
        if quiet || index % 3 == 2 {
            continue;
        }
        for person in &organization.people {
            let days_ago = index as i64 % 6 + 1;
            visit::arrive(conn, &at(person, stage.now, days_ago))?;
        }
    }
    Ok(())
}

fn request(conn: &mut Conn, staff: &Actor, calendar: &Calendar) -> Result<(), Problem> {
    let new = NewRequest {
        period: month_text(calendar.month(MONTHS - 1)),
        kind: None,
        message:
            "If your figures are not final yet, your best guess is fine; you can correct it later."
                .into(),
        organizations: Vec::new(),
    };
    ask::ask(conn, staff, &new)?;
    Ok(())
}

fn invitation(conn: &mut Conn, staff: &Actor, stage: &Stage) -> Result<(), Problem> {
    let shipyard = stage
        .organizations
        .iter()
        .find(|o| o.cast.name == "Van Dam Shipyard");
    let new = NewInvitations {
        people: "Sanne Kuiper <sanne@vandam.example>".into(),
        roles: vec![Role::Contributor],
        organization_id: shipyard.map(|o| o.id.clone()),
    };
    invite(conn, staff, &new)?;
    Ok(())
}

fn story(conn: &mut Conn, author: &Actor) -> Result<(), Problem> {
    let content = Content {
        audience: "our partners".into(),
        headline: "The room that was always booked".into(),
        dek: "How one evening a week in the district office became the busiest of all.".into(),
        body: "It began with six chairs and a kettle. Now the mentors have to share.".into(),
        vignettes: vec![Vignette {
            title: "Pieter finds a key".into(),
            text: "The council had a room that nobody used on Tuesdays. Pieter asked for the key, and kept it.".into(),
            person: "Pieter".into(),
            consent: Consent {
                given: true,
                by: "the person, by mail".into(),
                until: None,
            },
        }],
        call: "Do you have a room that is empty one evening a week? Reply to this message.".into(),
        ..Content::default()
    };
    let new = NewStory {
        title: "The room that was always booked".into(),
        content: Some(content),
        ..NewStory::default()
    };
    let story = create(conn, author, new)?;
    let mut later = author.clone();
    later.now = author.now.plus_seconds(5400);
    submit(conn, &later, &story.id, IfMatch(Some(story.version)))?;
    Ok(())
}
