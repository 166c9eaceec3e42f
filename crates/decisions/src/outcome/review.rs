use backbone_db::Conn;
use backbone_events::{Audience, Direction, NewEvent, Object, append};
use backbone_identity::{Actor, Core};
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Compared, Review, ReviewId, Verdict, store};
use crate::error::Error;
use crate::proposal::draft::{locked, save, step};
use crate::proposal::rules::Step;
use crate::proposal::{Content, DecisionId, Prediction, Proposal, Status};

/// Looking back at a decision.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewReview {
    /// `keep`, `adapt` or `retire`.
    pub verdict: String,
    /// Why.
    pub text: String,
    /// The next look; left out, as many months from now as the framework says.
    pub next_on: Option<String>,
}

/// Looks back: what was expected is put beside what the metrics show now, and the decision is kept, changed or ended.
///
/// # Errors
/// 404; 403 unless staff or the author; 409 for a decision that is not in effect; 422.
pub fn review(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    id: &DecisionId,
    input: &NewReview,
) -> Result<Review, Error> {
    let mut x = locked(conn, actor, id)?;
    if !actor.is_staff() && (actor.person_id.is_none() || actor.person_id != x.author_id) {
        return Err(Error::NoSeat);
    }
    step(&x, Step::Review)?;
    let mut fields = Fields::new();
    let verdict = fields.parse::<Verdict>("verdict", &input.verdict);
    let text = fields.text("text", &input.text, 10_000);
    let next = fields.parse_optional("next_on", input.next_on.as_deref().unwrap_or_default());
    fields.finish()?;
    let made = Review {
        id: ReviewId::new(),
        verdict: verdict.unwrap_or(Verdict::Keep),
        text,
        compared: compare(conn, core, actor, &x)?,
        reviewed_by: actor.name.clone(),
        reviewed_at: actor.now,
    };
    store::insert_review(conn, actor.tenant(), id, &made)?;
    let months = chrono::Months::new(x.norms.review_months);
    x.review_on = match made.verdict {
        Verdict::Retire => None,
        _ => next.or_else(|| {
            x.review_on
                .filter(|_| x.norms.review_months > 0)?
                .checked_add_months(months)
        }),
    };
    if made.verdict == Verdict::Retire {
        x.status = Status::Retired;
    }
    save(
        conn,
        actor,
        &mut x,
        "decision.reviewed",
        made.verdict.as_str(),
    )?;
    let event = NewEvent::new("decision.review_written", x.object());
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event.data(&json!({"verdict": made.verdict})),
    )?;
    Ok(made)
}

/// What was expected beside what the metrics show. What a metric shows, its own room tells through the trace.
pub(crate) fn compare(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    x: &Proposal,
) -> Result<Vec<Compared>, Error> {
    let mut compared = Vec::new();
    for prediction in &x.content.predictions {
        let (metric, now) = shown(conn, core, actor, prediction)?;
        compared.push(Compared {
            metric,
            expected: prediction.expected.clone(),
            then: prediction.then.clone(),
            now,
        });
    }
    Ok(compared)
}

/// Keeps what each metric shows now beside what is expected of it, unless the author said so already.
pub(crate) fn fill(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    content: &mut Content,
) -> Result<(), Error> {
    for prediction in content.predictions.iter_mut().filter(|p| p.then.is_empty()) {
        prediction.then = shown(conn, core, actor, prediction)?.1;
    }
    Ok(())
}

/// A metric's name, and its latest measurement as its own room tells it.
pub(crate) fn shown(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    prediction: &Prediction,
) -> Result<(String, String), Error> {
    let metric = Object::new("metric", &prediction.metric_id);
    let (tenant, lang) = (actor.tenant(), actor.lang.code());
    let node = core
        .tracer
        .node(conn, tenant, &metric, Audience::Members, lang)?;
    let Some(node) = node else {
        return Ok((prediction.metric_id.clone(), String::new()));
    };
    let behind = core.tracer.step(conn, tenant, &metric, Direction::Behind)?;
    let measured: Vec<Object> = behind
        .into_iter()
        .map(|(_, o)| o)
        .filter(|o| o.kind == "measurement")
        .collect();
    let nodes = core
        .tracer
        .nodes(conn, tenant, &measured, Audience::Members, lang)?;
    let latest = nodes.into_iter().max_by_key(|n| n.at);
    Ok((node.title, latest.map(|n| n.title).unwrap_or_default()))
}
