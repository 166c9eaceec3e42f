//! The first steps of a new partnership: a list that ticks itself, from the settings to the story in a funder's inbox.

use backbone_db::{Conn, DbError};
use backbone_events::{head_seq, kinds_of};
use backbone_identity::attention::FirstStep;
use backbone_identity::{Actor, Core};
use backbone_web::Args;
use serde_json::{Value, json};

/// Days for which the list stands on the home page of a partnership that leaves some of it aside.
const DAYS: i64 = 120;
/// Events after which nobody needs it: by then a partnership has found its own way.
const EVENTS: i64 = 5_000;

/// The steps with whether each was taken, in their order; none once all were taken, or the partnership is past its beginning.
pub(super) fn steps(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
) -> Result<Vec<(FirstStep, bool)>, DbError> {
    let age = actor.now.seconds_since(actor.partnership.created_at);
    if !actor.is_staff() || age > DAYS * 86_400 || head_seq(conn, actor.tenant())? > EVENTS {
        return Ok(Vec::new());
    }
    let rooms = core.attention.iter();
    let mut steps: Vec<FirstStep> = rooms.flat_map(|r| r.first_steps()).copied().collect();
    steps.sort_by_key(|s| s.place);
    let kinds: Vec<&str> = steps.iter().flat_map(|s| s.taken).copied().collect();
    let happened = kinds_of(conn, actor.tenant(), &kinds)?;
    let taken = |s: &FirstStep| s.taken.iter().any(|k| happened.iter().any(|h| h == k));
    let steps: Vec<(FirstStep, bool)> = steps.into_iter().map(|s| (s, taken(&s))).collect();
    Ok(match steps.iter().all(|(_, taken)| *taken) {
        true => Vec::new(),
        false => steps,
    })
}

/// As the template shows them; the first that is open comes with what it is good for.
pub(super) fn shown(core: &Core, actor: &Actor, steps: &[(FirstStep, bool)]) -> Option<Value> {
    let next = steps.iter().position(|(_, taken)| !taken)?;
    let word = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let lines: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(at, (step, taken))| {
            json!({
                "what": word(step.what),
                "why": (at == next).then(|| word(&format!("{}-why", step.what))),
                "taken": taken,
                "href": format!("/p/{}{}", actor.partnership.slug, step.path),
            })
        })
        .collect();
    Some(json!({
        "lines": lines,
        "taken": steps.iter().filter(|(_, taken)| *taken).count(),
        "of": steps.len(),
    }))
}
