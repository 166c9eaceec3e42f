//! Who heard of the purpose, and when: read from mail that was accepted, never from plans.

mod store;

use std::collections::BTreeSet;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, Role, directory};

/// Weeks that are shown.
pub const WEEKS: usize = 12;
/// Days that are looked back for the last time somebody was written to.
const LOOKED_BACK: i64 = 400;

backbone_db::text_enum!(
    /// To whom the purpose is told.
    Hearers {
        /// Those who give: contributors and those who speak for the people concerned.
        Partners = "partners",
        /// Those who lead.
        Leaders = "leaders",
        /// Those who fund, and readers outside of the partnership.
        Funders = "funders",
    }
);

impl Hearers {
    fn roles(self) -> &'static [Role] {
        match self {
            Hearers::Partners => &[Role::Contributor, Role::Community],
            Hearers::Leaders => &[Role::Leader],
            Hearers::Funders => &[Role::Funder],
        }
    }
}

/// What one audience heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Whom.
    pub hearers: Hearers,
    /// How many of them can be written to.
    pub people: usize,
    /// Whether a message reached one of them, by week, oldest first; the last is the present one.
    pub weeks: [bool; WEEKS],
    /// When a message last reached one of them.
    pub last: Option<Instant>,
}

/// What each audience heard, for audiences that have anybody.
///
/// # Errors
/// Only those of the database.
pub fn heard(conn: &mut Conn, actor: &Actor) -> Result<Vec<Heard>, DbError> {
    let members = directory::members(conn, actor.tenant(), &[])?;
    let since = actor.now.plus_days(-LOOKED_BACK);
    let reached = store::reached(conn, actor.tenant(), since)?;
    let outside = store::outside(conn, actor.tenant(), since)?;
    let contacts = store::contacts(conn, actor.tenant())?;
    let mut all = Vec::new();
    for hearers in Hearers::ALL {
        let ids: BTreeSet<&str> = members
            .iter()
            .filter(|m| m.roles.iter().any(|r| hearers.roles().contains(r)))
            .map(|m| m.person_id.as_str())
            .collect();
        let mut moments: Vec<Instant> = reached
            .iter()
            .filter(|(person, _)| ids.contains(person.as_str()))
            .map(|(_, at)| *at)
            .collect();
        let mut people = ids.len();
        if *hearers == Hearers::Funders {
            moments.extend(&outside);
            people += contacts;
        }
        if people == 0 {
            continue;
        }
        all.push(Heard {
            hearers: *hearers,
            people,
            weeks: weeks(&moments, actor.now),
            last: moments.into_iter().max(),
        });
    }
    Ok(all)
}

/// In which of the last twelve weeks of seven days, the present one last, a moment lies.
fn weeks(moments: &[Instant], now: Instant) -> [bool; WEEKS] {
    let mut weeks = [false; WEEKS];
    for at in moments {
        let ago = now.seconds_since(*at).max(0) / (7 * 86_400);
        if let Some(week) = usize::try_from(ago)
            .ok()
            .and_then(|w| (WEEKS - 1).checked_sub(w))
        {
            weeks[week] = true;
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_back_from_now() {
        let now = Instant::from_unix(100_000_000);
        let days = |d: i64| now.plus_days(-d);
        assert_eq!(weeks(&[], now), [false; WEEKS]);
        let w = weeks(&[days(0), days(7), days(83), days(84), days(399)], now);
        let at: Vec<usize> = (0..WEEKS).filter(|i| w[*i]).collect();
        assert_eq!(at, [0, 10, 11]);
        // A clock that went back is now, not never.
        assert!(weeks(&[now.plus_seconds(60)], now)[WEEKS - 1]);
    }
}
