//! The demo partnership: invented, but as a real one would look after 18 months. Everything is written through the verbs that
//! people use, so that its history, totals and traces are as they would be.

mod asking;
mod calendar;
mod cast;
mod chance;
mod deciding;
mod giving;
mod measuring;
mod meeting;
mod stage;
mod telling;
mod valuing;

use backbone_contributions::contribution::ContributionId;
use backbone_db::{Conn, DbError};
use backbone_identity::sign_in::make_link;
use backbone_identity::{Core, setup};
use backbone_web::Problem;

use calendar::{Calendar, MONTHS};
use chance::Chance;
pub(crate) use stage::SLUG;
use stage::Stage;

/// Loads the demo into an empty database; does nothing when it is there already.
///
/// # Errors
/// The database holds another partnership, or refuses.
pub fn load(core: &Core) -> Result<(), String> {
    let wanted = core
        .db
        .read_blocking(|c| Ok::<_, DbError>((setup::is_needed(c)?, is_there(c)?)))
        .map_err(|e| e.to_string())?;
    match wanted {
        (_, true) => return Ok(()),
        (false, false) => {
            return Err(
                "this database holds a partnership of your own; give the demo an empty folder: \
                        BACKBONE_DATA_DIR=demo backbone demo"
                    .into(),
            );
        }
        (true, false) => {}
    }
    let now = core.now();
    // One transaction: a demo that was interrupted leaves nothing, and the next start begins afresh.
    core.db
        .write_blocking(move |conn| play(conn, now))
        .map_err(|e| format!("the demo could not be loaded: {e}"))
}

fn is_there(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(backbone_identity::partnership::find(conn, SLUG)?.is_some())
}

/// One thing that somebody does, in the order of time.
enum Step {
    Give(giving::Planned),
    Report(measuring::Planned),
}

fn play(conn: &mut Conn, now: backbone_db::Instant) -> Result<(), Problem> {
    let calendar = Calendar::before(now);
    let mut stage = stage::set(conn, &calendar, now)?;
    let mut beginner = stage.staff.clone();
    beginner.now = calendar.moment(calendar.month(0), -12, 30);
    giving::rates(conn, &beginner, &calendar)?;
    stage.metrics = Some(measuring::define_all(conn, &beginner, &stage, &calendar)?);
    let mut chance = Chance::new(2026);
    let mut steps: Vec<(backbone_db::Instant, Step)> = Vec::new();
    steps.extend(
        giving::plan(&stage, &calendar, &mut chance)
            .into_iter()
            .map(|p| (p.at, Step::Give(p))),
    );
    steps.extend(
        measuring::plan(&calendar, &mut chance)
            .into_iter()
            .map(|p| (p.at, Step::Report(p))),
    );
    steps.sort_by_key(|(at, _)| *at);
    let mut open = None;
    for (_, step) in &steps {
        open = perform(conn, &stage, step)?.or(open);
    }
    if let Some(about) = &open {
        giving::question(conn, &stage, about)?;
    }
    let Some(metrics) = &stage.metrics else {
        return Ok(());
    };
    let valued = calendar.moment(calendar.month(MONTHS), 3, 90);
    let model = valuing::model(conn, &stage.staff, &calendar, metrics, valued)?;
    telling::tell(conn, &stage, &calendar, metrics, &model)?;
    giving::request(conn, &stage)?;
    asking::play(conn, &stage, &calendar)?;
    deciding::decide_all(conn, &stage, &calendar, metrics)
}

/// Does it; gives the contribution that staff have not looked at, where visitors may wait for it.
fn perform(conn: &mut Conn, stage: &Stage, step: &Step) -> Result<Option<ContributionId>, Problem> {
    match (step, &stage.metrics) {
        (Step::Give(planned), _) => giving::give(conn, stage, planned),
        (Step::Report(planned), Some(metrics)) => {
            measuring::report(conn, &stage.staff, metrics, planned).map(|()| None)
        }
        (Step::Report(_), None) => Err(Problem::internal(
            "the demo reports before its metrics are defined",
        )),
    }
}

/// Names and addresses of everybody in the demo, the coordinator first.
pub(crate) fn everybody() -> impl Iterator<Item = (&'static str, &'static str)> {
    let people = cast::CAST.iter().flat_map(|c| c.people);
    people.map(|p| (p.name, p.email))
}

/// Lines with one-click sign-in links, good for one use each.
///
/// # Errors
/// The demo is not there.
pub fn sign_in_lines(core: &Core) -> Result<Vec<String>, String> {
    let secret = core.settings.secret.clone();
    let (base, now) = (core.settings.base_url.clone(), core.now());
    let home = format!("/p/{SLUG}");
    let leaders = format!("{home}/leader");
    let who = [
        ("Staff member ", "noor@first-job.example", &home),
        ("Partner      ", "ilse@mentorcircle.example", &home),
        ("Leader       ", "ayse@merwe.example", &leaders),
        ("Funder       ", "mireille@quayside.example", &home),
    ];
    let mut lines = vec![
        String::new(),
        "  Look around as (each link signs in once; restart for fresh ones):".to_string(),
    ];
    for (label, email, first) in who {
        let (secret, first) = (secret.clone(), first.clone());
        let path = core
            .db
            .write_blocking(move |c| make_link(c, &secret, email, &first, now))
            .map_err(|e| e.to_string())?;
        lines.push(format!("  {label} {base}{path}"));
    }
    Ok(lines)
}
