//! Where a line of the home page stands: today, this week or later; the soonest first.

use backbone_db::Instant;
use backbone_identity::attention::{Need, Urgency};
use jiff::tz::TimeZone;

/// The part of the page a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Late already, or due before the day is over.
    Today,
    /// Due within seven days, or bound to slip.
    Week,
    /// Everything else.
    Later,
}

impl Part {
    pub(super) const ALL: [Part; 3] = [Part::Today, Part::Week, Part::Later];

    /// Message key of its heading.
    pub(super) fn label(self) -> &'static str {
        match self {
            Part::Today => "home-part-today",
            Part::Week => "home-part-week",
            Part::Later => "home-part-later",
        }
    }
}

/// A deadline decides; without one, the urgency does. What is bad already is never put off.
pub(super) fn part(urgency: Urgency, due: Option<Instant>, now: Instant, zone: &TimeZone) -> Part {
    if urgency == Urgency::Bad {
        return Part::Today;
    }
    let Some(due) = due else {
        return match urgency {
            Urgency::Watch => Part::Week,
            Urgency::Bad | Urgency::Good => Part::Later,
        };
    };
    let (today, due) = (now.date_in(zone), due.date_in(zone));
    let days = today.until(due).map_or(0, |span| span.get_days());
    match days {
        ..=0 => Part::Today,
        1..=6 => Part::Week,
        _ => Part::Later,
    }
}

/// The order within a part: the soonest deadline first, then the most urgent, then what has waited longest.
pub(super) fn order(needs: &mut [Need]) {
    let late = |at: Option<Instant>| (at.is_none(), at);
    needs.sort_by(|a, b| {
        let key = |n: &Need| (late(n.due), n.line.urgency, late(n.line.since));
        key(a).cmp(&key(b))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use backbone_identity::attention::{Line, Words};

    #[test]
    fn a_deadline_places_a_line_and_its_urgency_when_there_is_none() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        // Sunday 23:30 in Amsterdam.
        let now: Instant = "2026-11-22T22:30:00Z".parse().unwrap();
        let at = |text: &str| Some(text.parse::<Instant>().unwrap());
        for (urgency, due, expected) in [
            (Urgency::Bad, None, Part::Today),
            (Urgency::Bad, at("2027-01-01T00:00:00Z"), Part::Today),
            (Urgency::Watch, None, Part::Week),
            (Urgency::Good, None, Part::Later),
            (Urgency::Good, at("2026-11-20T08:00:00Z"), Part::Today),
            (Urgency::Watch, at("2026-11-22T22:59:00Z"), Part::Today),
            // Half an hour later it is tomorrow in Amsterdam, though not in Greenwich.
            (Urgency::Watch, at("2026-11-22T23:30:00Z"), Part::Week),
            (Urgency::Good, at("2026-11-28T12:00:00Z"), Part::Week),
            (Urgency::Watch, at("2026-11-29T12:00:00Z"), Part::Later),
        ] {
            assert_eq!(
                part(urgency, due, now, &zone),
                expected,
                "{urgency:?} {due:?}"
            );
        }
    }

    #[test]
    fn the_soonest_stands_first() {
        let at = |unix: i64| Some(Instant::from_unix(unix));
        let need = |path: &str, urgency, due, since| {
            Need::from(Line {
                urgency,
                icon: "clock",
                what: Words::new("x"),
                detail: None,
                since,
                action: Words::new("x"),
                path: path.into(),
            })
            .due(due)
        };
        let mut needs = vec![
            need("no deadline", Urgency::Good, None, at(1)),
            need("waits longer", Urgency::Watch, None, at(1)),
            need("waits", Urgency::Watch, None, at(2)),
            need("due second", Urgency::Good, at(20), None),
            need("due first", Urgency::Good, at(10), None),
        ];
        order(&mut needs);
        let paths: Vec<&str> = needs.iter().map(|n| n.line.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "due first",
                "due second",
                "waits longer",
                "waits",
                "no deadline"
            ]
        );
    }
}
