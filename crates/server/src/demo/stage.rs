//! The partnership and its people, brought on stage through the same verbs that everybody uses.

use backbone_db::{Conn, Instant};
use backbone_identity::organizations::{NewOrganization, add};
use backbone_identity::partnership::{Founder, NewPartnership, create};
use backbone_identity::people::{NewMember, add as join};
use backbone_identity::setup::{FirstPerson, first_person};
use backbone_identity::{Actor, OrganizationId, Partnership, PersonId, Role, Via};
use backbone_web::{Lang, Problem};

use super::calendar::Calendar;
use super::cast::{CAST, Organization as Cast, Person};
use super::measuring::Metrics;

/// Name in addresses: what the partnership's name becomes.
pub const SLUG: &str = "first-job-harbour";

/// Everybody in place.
pub struct Stage {
    /// The moment the demo is loaded; nothing in it is later.
    pub now: Instant,
    /// The backbone's coordinator.
    pub staff: Actor,
    /// The organizations, as cast.
    pub organizations: Vec<Placed>,
    /// The metrics, once they are defined.
    pub metrics: Option<Metrics>,
}

/// An organization with its people.
pub struct Placed {
    /// As it was cast.
    pub cast: &'static Cast,
    /// Its identifier.
    pub id: OrganizationId,
    /// Its people, as actors.
    pub people: Vec<Actor>,
}

impl Stage {
    /// The coordinator's colleague.
    pub fn colleague(&self) -> Option<&Actor> {
        let office = self.organizations.first()?;
        office.people.iter().find(|p| p.name != self.staff.name)
    }

    /// Which metric an activity supports.
    pub fn supported(&self, activity: &str) -> Vec<String> {
        let has = |words: &[&str]| words.iter().any(|w| activity.contains(w));
        let key = if has(&["apprentice", "Trial", "Taster", "Matching"]) {
            "workplaces"
        } else if has(&["mentor", "Mentor", "letters"]) {
            "wait"
        } else if has(&["Grant", "Subsidy"]) {
            "secured"
        } else {
            "placed"
        };
        let metric = self.metrics.as_ref().and_then(|m| m.id(key).ok());
        metric.map(|m| vec![m.to_string()]).unwrap_or_default()
    }
}

/// Sets the partnership up a month before the first contribution.
pub fn set(conn: &mut Conn, calendar: &Calendar, now: Instant) -> Result<Stage, Problem> {
    let begin = calendar.moment(calendar.month(0), -30, 20);
    let (office, others) = CAST
        .split_first()
        .ok_or_else(|| Problem::internal("the demo has no cast"))?;
    let (noor, _) = office
        .people
        .split_first()
        .ok_or_else(|| Problem::internal("the demo has no staff"))?;
    let first = FirstPerson {
        name: noor.name.into(),
        email: noor.email.into(),
        lang: Lang::En,
        password_hash: None,
    };
    let founder = first_person(conn, &first, begin)?;
    let partnership = create(
        conn,
        &Founder {
            id: founder.clone(),
            name: noor.name.into(),
        },
        &the_partnership(),
        begin,
    )?;
    let mut staff = actor(&partnership, noor, founder, None, begin);
    let mut organizations = vec![place(conn, &staff, office, begin)?];
    if let Some(office) = organizations.first_mut() {
        staff.organization_id = Some(office.id.clone());
        office.people.insert(0, staff.clone());
    }
    for (index, cast) in others.iter().enumerate() {
        let at = begin.plus_seconds(index as i64 * 5400 + 3600);
        organizations.push(place(conn, &staff, cast, at)?);
    }
    staff.now = now;
    Ok(Stage {
        now,
        staff,
        organizations,
        metrics: None,
    })
}

fn the_partnership() -> NewPartnership {
    NewPartnership {
        name: "First Job Harbour".into(),
        purpose:
            "Nobody under 27 in Harbour leaves school without a job, an apprenticeship or a course."
                .into(),
        language: "en".into(),
        currency: "EUR".into(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
    }
}

/// Adds an organization and its people.
fn place(
    conn: &mut Conn,
    staff: &Actor,
    cast: &'static Cast,
    at: Instant,
) -> Result<Placed, Problem> {
    let mut staff = staff.clone();
    staff.now = at;
    let new = NewOrganization {
        name: cast.name.into(),
        role: cast.role.into(),
        sector: cast.sector.into(),
        website: Some(cast.website.into()),
        public_name: cast.public_name,
    };
    let organization = add(conn, &staff, &new)?;
    let mut people = Vec::new();
    for person in cast.people.iter().filter(|p| p.name != staff.name) {
        let new = NewMember {
            name: person.name.into(),
            email: person.email.into(),
            lang: Lang::En,
            roles: person.roles.to_vec(),
            organization_id: Some(organization.id.clone()),
            password_hash: None,
        };
        let id = join(conn, &staff, &new)?;
        people.push(actor(
            &staff.partnership,
            person,
            id,
            Some(organization.id.clone()),
            at,
        ));
    }
    Ok(Placed {
        cast,
        id: organization.id,
        people,
    })
}

fn actor(
    partnership: &Partnership,
    person: &Person,
    id: PersonId,
    organization: Option<OrganizationId>,
    now: Instant,
) -> Actor {
    let roles: Vec<Role> = person.roles.to_vec();
    Actor {
        person_id: Some(id),
        name: person.name.into(),
        organization_id: organization,
        partnership: partnership.clone(),
        roles,
        lang: Lang::En,
        now,
        via: Via::Session,
        request_id: String::new(),
    }
}
