use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::{Link, NewEvent, Object, append, happened, link, links_to, unlink};
use backbone_identity::{Actor, OrganizationId, directory, file};
use backbone_ingest::Reading;
use backbone_web::FieldError;
use serde_json::json;

use super::rules::{self, Terms};
use super::{Content, Contribution, ContributionId, NewContribution, Status, store};
use crate::error::Error;
use crate::rate::{Rate, store as rates};
use crate::rollup;

/// Most entries that are taken at once.
pub const MOST_AT_ONCE: usize = 1000;

/// How a metric hangs on a contribution: written towards the source, so that a trace from the metric finds it.
const SUPPORTED_BY: &str = "supported_by";

/// Logs one contribution.
///
/// # Errors
/// Fields that are missing or wrong; 403 for another organization than one's own, unless staff.
pub fn log(conn: &mut Conn, actor: &Actor, input: &NewContribution) -> Result<Contribution, Error> {
    let mut books = Books::open(conn, actor)?;
    let content = books.check(conn, actor, input, None)?;
    save_new(conn, actor, content)
}

/// Logs many, all or none.
///
/// # Errors
/// The errors of all entries at once, each field as `contributions.<index>.<field>`; too many entries.
pub fn log_many(
    conn: &mut Conn,
    actor: &Actor,
    inputs: &[NewContribution],
) -> Result<Vec<Contribution>, Error> {
    if inputs.is_empty() || inputs.len() > MOST_AT_ONCE {
        let args = vec![("min", "1".to_string()), ("max", MOST_AT_ONCE.to_string())];
        return Err(Error::Invalid(vec![FieldError {
            field: "contributions".into(),
            code: "contribution-entries-out-of-range",
            args,
        }]));
    }
    let mut books = Books::open(conn, actor)?;
    let (mut checked, mut errors) = (Vec::with_capacity(inputs.len()), Vec::new());
    for (index, input) in inputs.iter().enumerate() {
        match books.check(conn, actor, input, None) {
            Ok(content) => checked.push(content),
            Err(error) => errors.extend(in_row(index, error)?),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    checked
        .into_iter()
        .map(|content| save_new(conn, actor, content))
        .collect()
}

/// The errors of one entry as fields of the whole; what is no matter of fields stays as it is.
fn in_row(index: usize, error: Error) -> Result<Vec<FieldError>, Error> {
    let of = |field: &str, code, args| FieldError {
        field: format!("contributions.{index}.{field}"),
        code,
        args,
    };
    match error {
        Error::Invalid(fields) => Ok(fields
            .into_iter()
            .map(|f| of(&f.field, f.code, f.args))
            .collect()),
        Error::NotYours => Ok(vec![of(
            "organization_id",
            "contribution-not-yours",
            Vec::new(),
        )]),
        Error::NoOrganization => Ok(vec![of("organization_id", "required", Vec::new())]),
        other => Err(other),
    }
}

/// What entries are checked against: the rates, and of the organizations, of which there may be thousands, those that are named.
pub(super) struct Books {
    rates: Vec<Rate>,
    /// Whether it takes part; nothing when it is not one of this partnership.
    organizations: HashMap<OrganizationId, Option<bool>>,
}

impl Books {
    pub(super) fn open(conn: &mut Conn, actor: &Actor) -> Result<Self, DbError> {
        Ok(Self {
            rates: rates::all(conn, actor.tenant())?,
            organizations: HashMap::new(),
        })
    }

    fn takes_part(
        &mut self,
        conn: &mut Conn,
        actor: &Actor,
        id: &OrganizationId,
    ) -> Result<Option<bool>, DbError> {
        if let Some(known) = self.organizations.get(id) {
            return Ok(*known);
        }
        let found = directory::organization(conn, actor.tenant(), id)?.map(|o| o.active);
        self.organizations.insert(id.clone(), found);
        Ok(found)
    }

    pub(super) fn check(
        &mut self,
        conn: &mut Conn,
        actor: &Actor,
        input: &NewContribution,
        before: Option<&Content>,
    ) -> Result<Content, Error> {
        let organization_id = organization(actor, input.organization_id.as_ref())?;
        let known = self.takes_part(conn, actor, &organization_id)?;
        if !known.is_some_and(|active| active || before.is_some()) {
            return Err(field(
                "organization_id",
                "contribution-unknown-organization",
            ));
        }
        let terms = Terms {
            organization_id,
            currency: &actor.partnership.currency,
            today: actor.now.date_in(&actor.partnership.zone()),
            rates: &self.rates,
            reading: reading(actor),
            before,
        };
        let content = rules::content(input, &terms).map_err(Error::Invalid)?;
        for id in &content.evidence.files {
            if file::find(conn, actor.tenant(), id)?.is_none() {
                return Err(field("evidence", "contribution-unknown-file"));
            }
        }
        for metric in &content.metrics {
            let stays = before.is_some_and(|b| b.metrics.contains(metric));
            if !stays && !happened(conn, actor.tenant(), &Object::new("metric", metric))? {
                return Err(field("metrics", "contribution-unknown-metric"));
            }
        }
        Ok(content)
    }
}

/// The organization that is meant, if the actor may speak for it.
pub(super) fn organization(
    actor: &Actor,
    named: Option<&OrganizationId>,
) -> Result<OrganizationId, Error> {
    let named = named.or(actor.organization_id.as_ref());
    let organization = named.ok_or(Error::NoOrganization)?;
    if actor.is_staff() || actor.acts_for(organization) {
        Ok(organization.clone())
    } else {
        Err(Error::NotYours)
    }
}

/// How people of this partnership write periods: `2025/26` begins when its fiscal year does, or in September.
pub(crate) fn reading(actor: &Actor) -> Reading {
    let start = i8::try_from(actor.partnership.fiscal_year_start).unwrap_or(1);
    Reading {
        fiscal_year_start: if (2..=12).contains(&start) { start } else { 9 },
        ..Reading::default()
    }
}

fn field(name: &str, code: &'static str) -> Error {
    Error::Invalid(vec![FieldError {
        field: name.into(),
        code,
        args: Vec::new(),
    }])
}

fn save_new(conn: &mut Conn, actor: &Actor, content: Content) -> Result<Contribution, Error> {
    let made = Contribution {
        id: ContributionId::new(),
        status: Status::Logged,
        version: 1,
        content,
        logged_by: actor.name.clone(),
        created_at: actor.now,
        updated_at: actor.now,
    };
    let tenant = actor.tenant();
    store::insert(conn, tenant, &made)?;
    store::insert_version(conn, tenant, &made, "", &actor.name)?;
    rollup::apply(conn, tenant, &made, 1)?;
    connect(conn, actor, &made)?;
    append(
        conn,
        tenant,
        &actor.by(),
        event("contribution.logged", &made),
    )?;
    Ok(made)
}

/// The event of a change, about the organization and the metrics it supports; without words of people.
pub(super) fn event(kind: &'static str, c: &Contribution) -> NewEvent {
    let event = NewEvent::new(kind, Object::new("contribution", &c.id))
        .about(Object::new("organization", &c.content.organization_id));
    let mut metrics = c.content.metrics.clone();
    metrics.sort();
    metrics.dedup();
    let about = metrics
        .iter()
        .fold(event, |e, m| e.about(Object::new("metric", m)));
    about.data(&json!({
        "kind": c.content.kind, "period": c.content.period, "hours": c.content.hours,
        "value": c.content.value, "status": c.status, "version": c.version,
    }))
}

/// Makes the links between the contribution and its metrics as its content says.
pub(super) fn support(conn: &mut Conn, actor: &Actor, c: &Contribution) -> Result<(), Error> {
    let this = Object::new("contribution", &c.id);
    for old in links_to(conn, actor.tenant(), &this)? {
        let stays = old.relation != SUPPORTED_BY || c.content.metrics.contains(&old.from.id);
        if !stays {
            let gone = Link {
                to: this.clone(),
                ..old
            };
            unlink(conn, actor.tenant(), &gone)?;
        }
    }
    connect(conn, actor, c)
}

/// Makes the links that are missing; all that a new contribution needs.
fn connect(conn: &mut Conn, actor: &Actor, c: &Contribution) -> Result<(), Error> {
    let this = Object::new("contribution", &c.id);
    for metric in &c.content.metrics {
        let metric = Object::new("metric", metric);
        link(
            conn,
            actor.tenant(),
            metric,
            SUPPORTED_BY,
            this.clone(),
            actor.now,
        )?;
    }
    Ok(())
}
