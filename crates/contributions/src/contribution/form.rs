//! The form that logs or corrects: three fields in sight, the rest folded away.

use std::collections::BTreeMap;

use backbone_db::{Conn, DbError, Dec};
use backbone_events::Tracer;
use backbone_identity::{Actor, OrganizationId, directory};
use backbone_web::fields::parse_decimal;
use backbone_web::{FieldError, Form, Problem};
use serde::Serialize;

use super::{Basis, Content, Evidence, Kind, NewContribution, store};
use crate::rate::{roles, store as rates};
use crate::view::{Choice, Say, choice, organization_choices};

/// One thing that is wrong, for the summary on top.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Wrong {
    pub field: String,
    pub message: String,
}

/// A metric that a contribution may support.
#[derive(Serialize)]
pub(crate) struct MetricChoice {
    pub value: String,
    pub id: String,
    pub label: String,
    pub checked: bool,
}

/// Everything that the form's template shows.
#[derive(Serialize)]
pub(crate) struct FormView {
    pub form: BTreeMap<String, String>,
    pub wrong: BTreeMap<String, String>,
    pub errors: Vec<Wrong>,
    pub kinds: Vec<Choice>,
    pub roles: Vec<Choice>,
    pub bases: Vec<Choice>,
    pub organizations: Vec<Choice>,
    pub activities: Vec<String>,
    pub metrics: Vec<MetricChoice>,
    pub currency: String,
    pub more: bool,
    pub confirm: bool,
    pub key: String,
}

/// What the form needs from the database.
pub(crate) struct Stock {
    roles: Vec<String>,
    organizations: Vec<directory::OrganizationCard>,
    activities: Vec<String>,
    metrics: Vec<(String, String)>,
    pub last: Option<Content>,
}

impl Stock {
    pub fn load(conn: &mut Conn, actor: &Actor, tracer: &Tracer) -> Result<Self, DbError> {
        let tenant = actor.tenant();
        let own = actor.organization_id.as_ref();
        let last = match own {
            Some(own) => store::last_of(conn, tenant, own)?.map(|c| c.content),
            None => None,
        };
        let rates = rates::all(conn, tenant)?;
        Ok(Self {
            roles: roles(&rates).into_iter().map(str::to_string).collect(),
            organizations: match actor.is_staff() {
                true => directory::organizations(conn, tenant)?,
                false => Vec::new(),
            },
            activities: store::activities(conn, tenant, own)?,
            metrics: tracer.choices(conn, tenant, "metric")?,
            last,
        })
    }

    /// The form with what was typed, and what is wrong with it.
    pub fn view(
        self,
        say: &Say,
        actor: &Actor,
        mut form: BTreeMap<String, String>,
        problem: Option<&Problem>,
    ) -> FormView {
        if let Some(period) = form.get_mut("period") {
            *period = say.typed_period(period);
        }
        let chosen: Vec<&str> = form
            .get(METRICS)
            .map(|all| all.split(',').collect())
            .unwrap_or_default();
        let metrics = self
            .metrics
            .iter()
            .map(|(id, name)| MetricChoice {
                value: id.clone(),
                id: format!("metric-{id}"),
                label: name.clone(),
                checked: chosen.contains(&id.as_str()),
            })
            .collect();
        let mut errors: Vec<Wrong> = Vec::new();
        for (field, message) in problem
            .map(|p| p.field_messages(say.catalogue, say.lang))
            .unwrap_or_default()
        {
            let field = shown_as(&field).to_string();
            errors.push(Wrong { field, message });
        }
        let has = |code: &str| problem.is_some_and(|p| p.fields.iter().any(|f| f.code == code));
        let folded =
            |w: &Wrong| !["kind", "quantity", "activity", METRICS].contains(&w.field.as_str());
        FormView {
            confirm: has("contribution-confirm-large"),
            more: errors.iter().any(folded),
            wrong: errors
                .iter()
                .map(|w| (w.field.clone(), w.message.clone()))
                .collect(),
            errors,
            kinds: say.kinds(),
            roles: self.roles.iter().map(|r| choice(r, r)).collect(),
            bases: say.bases(),
            organizations: organization_choices(&self.organizations),
            activities: self.activities,
            metrics,
            currency: actor.partnership.currency.code().into(),
            key: backbone_identity::secret::new_secret(),
            form,
        }
    }
}

/// Hours and amount are one field of the form.
fn shown_as(field: &str) -> &str {
    match field {
        "hours" | "amount" => "quantity",
        other => other,
    }
}

/// What was given before, as the form shows it; for "same as last time" and for corrections.
pub(crate) fn from_content(c: &Content) -> BTreeMap<String, String> {
    from_input(&c.to_input())
}

/// What is going to be logged, as the form shows it.
pub(crate) fn from_input(input: &NewContribution) -> BTreeMap<String, String> {
    let text = |d: &Dec| d.to_string();
    let quantity = input.hours.as_ref().or(input.amount.as_ref()).map(text);
    let pairs = [
        (
            "organization_id",
            input.organization_id.as_ref().map(ToString::to_string),
        ),
        ("kind", Some(input.kind.to_string())),
        ("quantity", quantity),
        ("activity", Some(input.activity.clone())),
        ("period", Some(input.period.clone())),
        ("work_role", input.work_role.clone()),
        ("skill", input.skill.clone()),
        ("people", input.people.map(|n| n.to_string())),
        ("hourly_rate", input.hourly_rate.as_ref().map(text)),
        ("rate_reason", input.rate_reason.clone()),
        ("currency", input.currency.as_ref().map(ToString::to_string)),
        ("exchange_rate", input.exchange_rate.as_ref().map(text)),
        ("description", input.description.clone()),
        ("basis", input.basis.map(|b| b.to_string())),
        ("evidence_url", input.evidence.url.clone()),
        (
            "evidence_public",
            input.evidence.public.then(|| "true".into()),
        ),
        ("note", Some(input.note.clone())),
        (METRICS, Some(input.metrics.join(","))),
    ];
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_string(), value?)))
        .collect()
}

/// Reads the form. `before` gives what the form does not show: files, and metrics that nobody can choose any more.
///
/// # Errors
/// Fields that cannot be read as what they are.
pub(crate) fn read(
    get: &dyn Fn(&str) -> String,
    before: Option<&Content>,
) -> Result<NewContribution, Vec<FieldError>> {
    let mut errors: Vec<FieldError> = Vec::new();
    let kind = parsed::<Kind>(get, "kind", &mut errors).unwrap_or(Kind::Time);
    let quantity = number(get, "quantity", &mut errors);
    let text = |name: &str| Some(get(name)).filter(|t| !t.trim().is_empty());
    let activity = get("activity");
    let or_activity = |name: &str| text(name).or_else(|| Some(activity.clone()));
    let basis = parsed::<Basis>(get, "basis", &mut errors);
    let input = NewContribution {
        organization_id: parsed::<OrganizationId>(get, "organization_id", &mut errors),
        kind,
        period: get("period"),
        hours: quantity.clone().filter(|_| kind.has_hours()),
        amount: quantity.filter(|_| !kind.has_hours()),
        people: parsed(get, "people", &mut errors),
        work_role: text("work_role").filter(|_| kind.has_hours()),
        skill: or_activity("skill").filter(|_| kind == Kind::Talent),
        hourly_rate: number(get, "hourly_rate", &mut errors).filter(|_| kind.has_hours()),
        rate_reason: text("rate_reason"),
        currency: parsed(get, "currency", &mut errors).filter(|_| !kind.has_hours()),
        exchange_rate: number(get, "exchange_rate", &mut errors),
        description: or_activity("description").filter(|_| kind == Kind::InKind),
        // Without a word about it, it is an estimate: that claims the least.
        basis: basis
            .or(Some(Basis::Estimate))
            .filter(|_| kind == Kind::InKind),
        evidence: Evidence {
            files: before.map(|b| b.evidence.files.clone()).unwrap_or_default(),
            url: text("evidence_url"),
            public: text("evidence_public").is_some(),
        },
        note: get("note"),
        metrics: metrics(get, before),
        confirm_large: text("confirm_large").is_some(),
        activity: activity.clone(),
    };
    if errors.is_empty() {
        Ok(input)
    } else {
        Err(errors)
    }
}

/// The field of the metrics: many values of one name, here joined by commas.
const METRICS: &str = "metrics";

/// The metrics that were ticked; those from before when the form did not show any, and those of before that it cannot show.
fn metrics(get: &dyn Fn(&str) -> String, before: Option<&Content>) -> Vec<String> {
    let known = before.map(|b| b.metrics.clone()).unwrap_or_default();
    let shown = get("metrics_shown");
    if shown.is_empty() {
        return known;
    }
    let shown: Vec<&str> = shown.split(',').collect();
    let mut all: Vec<String> = known
        .into_iter()
        .filter(|id| !shown.contains(&id.as_str()))
        .collect();
    let ticked = get(METRICS);
    all.extend(
        ticked
            .split(',')
            .filter(|id| !id.is_empty())
            .map(String::from),
    );
    all
}

/// A closure over a form, for [`read`].
pub(crate) fn of(form: &Form) -> impl Fn(&str) -> String + '_ {
    |name: &str| match name {
        METRICS | "metrics_shown" => form.all(name).join(","),
        name => form.text(name).to_string(),
    }
}

/// What was typed, to show again.
pub(crate) fn typed(form: &Form) -> BTreeMap<String, String> {
    let mut typed: BTreeMap<String, String> = form
        .values()
        .into_iter()
        .map(|(k, v)| (k.to_string(), v.to_string()))
        .collect();
    typed.insert(METRICS.into(), form.all(METRICS).join(","));
    typed
}

fn number(get: &dyn Fn(&str) -> String, name: &str, errors: &mut Vec<FieldError>) -> Option<Dec> {
    let typed = get(name);
    if typed.trim().is_empty() {
        return None;
    }
    let number = parse_decimal(&typed).map(Dec::new);
    if number.is_none() {
        errors.push(wrong(name, "not-a-number"));
    }
    number
}

fn parsed<T: std::str::FromStr>(
    get: &dyn Fn(&str) -> String,
    name: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let typed = get(name);
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let value = typed.parse().ok();
    if value.is_none() {
        errors.push(wrong(name, "not-understood"));
    }
    value
}

fn wrong(field: &str, code: &'static str) -> FieldError {
    FieldError {
        field: field.into(),
        code,
        args: Vec::new(),
    }
}
