//! What needs somebody, over all rooms; and what of it was put aside.

use backbone_db::{Conn, DbError};
use backbone_identity::attention::Need;
use backbone_identity::secret::hash_secret;
use backbone_identity::snooze::{self, Snooze};
use backbone_identity::{Actor, Core};

use super::place;
use super::policy::Snooze as MaySnooze;

/// Lines that are shown, and lines that were put aside with who did and why.
pub(crate) struct Found {
    pub open: Vec<Need>,
    pub aside: Vec<Snooze>,
}

/// Everything that needs this actor, in order. Staff share what they put aside; to others nothing is hidden by it.
pub(crate) fn find(core: &Core, conn: &mut Conn, actor: &Actor) -> Result<Found, DbError> {
    let mut open = all(core, conn, actor)?;
    let mut aside = Vec::new();
    if actor.may::<MaySnooze>() {
        aside = snooze::active(conn, actor)?;
        let is_aside = |n: &Need| {
            aside
                .iter()
                .any(|s| s.rule == n.rule() && s.subject == n.subject())
        };
        open.retain(|n| !is_aside(n));
    }
    place::order(&mut open);
    Ok(Found { open, aside })
}

fn all(core: &Core, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let mut needs = Vec::new();
    for rules in &core.attention {
        needs.extend(rules.needs(conn, actor)?);
    }
    Ok(needs)
}

/// The line with this key, whether it is aside or not.
pub(super) fn by_key(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    wanted: &str,
) -> Result<Option<Need>, DbError> {
    let needs = all(core, conn, actor)?;
    Ok(needs.into_iter().find(|n| key(n) == wanted))
}

/// A short name of a line for addresses.
pub(super) fn key(need: &Need) -> String {
    let whole = hash_secret(&format!("{}\n{}", need.rule(), need.subject()));
    whole.chars().take(16).collect()
}
