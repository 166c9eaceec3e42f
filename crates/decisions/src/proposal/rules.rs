//! What a proposal may say, which step may follow which, and when a vote opens and closes.

use backbone_db::Instant;
use backbone_web::{Fields, Problem};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::{Choice, Content, Proposal, Status};
use crate::framework::{Norms, Shape};

/// Most options on one ballot.
pub const MOST_OPTIONS: usize = 60;
/// The key of "none of these".
pub const NONE: &str = "none";

impl Proposal {
    /// The options that stand.
    pub fn standing(&self) -> impl Iterator<Item = &Choice> {
        self.content
            .options
            .iter()
            .filter(|o| o.withdrawn.is_none())
    }
}

/// What somebody does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Opens it to discussion.
    Publish,
    /// Changes what it says.
    Edit,
    /// Opens the vote.
    Open,
    /// Puts the close off.
    Extend,
    /// Takes an option out.
    DropOption,
    /// Closes the vote.
    Close,
    /// Writes the outcome down.
    Decide,
    /// Takes it up again for new facts.
    Reopen,
    /// Takes it back.
    Withdraw,
    /// Looks back at it.
    Review,
}

/// Whether a step may follow in a status.
pub fn may(status: Status, step: Step) -> bool {
    use Status::{Closed, Declined, Discussion, Draft, InEffect, Voting};
    match step {
        Step::Publish => status == Draft,
        Step::Edit | Step::Open => matches!(status, Draft | Discussion),
        Step::Extend | Step::Close | Step::DropOption => status == Voting,
        Step::Decide => status == Closed,
        Step::Reopen => matches!(status, Closed | Declined | InEffect),
        Step::Withdraw => matches!(status, Draft | Discussion | Voting),
        Step::Review => status == InEffect,
    }
}

/// Checks what a proposal says, and gives every option its key.
///
/// # Errors
/// 422 with all wrong fields.
pub fn content(title: &str, input: &Content, norms: &Norms) -> Result<(String, Content), Problem> {
    let mut fields = Fields::new();
    let title = fields.text("title", title, 200);
    let mut checked = input.clone();
    checked.background = fields.optional("background", &input.background, 40_000);
    if input.amount_minor.is_some_and(|a| a < 0) {
        fields.fail("amount_minor", "proposal-amount");
    }
    checked.options = match norms.method.shape() {
        Shape::Stance => answers(norms),
        _ => options(&mut fields, &input.options, norms),
    };
    for evidence in &mut checked.evidence {
        evidence.note = fields.optional("evidence", &evidence.note, 1_000);
    }
    for prediction in &mut checked.predictions {
        prediction.expected = fields.text("predictions", &prediction.expected, 300);
    }
    if checked.evidence.len() > 50 || checked.predictions.len() > 20 {
        fields.fail("evidence", "proposal-too-much");
    }
    fields.finish()?;
    Ok((title, checked))
}

/// The answers that belong to a method.
fn answers(norms: &Norms) -> Vec<Choice> {
    let keyed = |key: &&str| Choice {
        key: (*key).to_string(),
        ..Choice::default()
    };
    norms.method.answers().iter().map(keyed).collect()
}

fn options(fields: &mut Fields, given: &[Choice], norms: &Norms) -> Vec<Choice> {
    let mut options: Vec<Choice> = Vec::new();
    for option in given.iter().filter(|o| o.key != NONE) {
        let label = fields.text("options", &option.label, 200);
        let meaning = fields.optional("options", &option.meaning, 500);
        if options
            .iter()
            .any(|o| o.label.to_lowercase() == label.to_lowercase())
        {
            fields.fail("options", "proposal-same-option");
        }
        let used =
            |key: &str| given.iter().any(|o| o.key == key) || options.iter().any(|o| o.key == key);
        let key = if option.key.is_empty() {
            (1..)
                .map(|n| format!("o{n}"))
                .find(|k| !used(k))
                .unwrap_or_default()
        } else {
            option.key.clone()
        };
        if norms.method == crate::framework::Method::EqualShares
            && option.cost.is_none_or(|c| c == 0)
        {
            fields.fail("options", "proposal-cost");
        }
        options.push(Choice {
            key,
            label,
            meaning,
            ..option.clone()
        });
    }
    if options.len() < 2 || options.len() > MOST_OPTIONS {
        let args = [("min", "2".to_string()), ("max", MOST_OPTIONS.to_string())];
        fields.fail_with("options", "proposal-options", &args);
    }
    if norms.none_of_above {
        options.push(Choice {
            key: NONE.into(),
            ..Choice::default()
        });
    }
    options
}

/// Reads a moment, or a local time of the body. A time that the clock skips is moved behind the gap; one that comes twice is
/// the first.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Instant> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Instant>() {
        return Some(moment);
    }
    let local: DateTime = text.parse().ok()?;
    let zoned = local.to_zoned(zone.clone()).ok()?;
    Some(Instant::from_jiff(zoned.timestamp()))
}

/// When a vote opens and closes if nobody says: whole days later in the body's zone, at 17:00.
pub fn usual_times(now: Instant, zone: &TimeZone, norms: &Norms) -> (Instant, Instant) {
    let at = |days: u32| {
        let local = now.jiff().to_zoned(zone.clone()).datetime();
        let later: Span = i64::from(days).days();
        let day = local.checked_add(later).unwrap_or(local).date();
        let zoned = day.at(17, 0, 0, 0).to_zoned(zone.clone());
        zoned.map_or(now, |z| Instant::from_jiff(z.timestamp()))
    };
    let opens = if norms.discussion_days == 0 {
        now
    } else {
        at(norms.discussion_days)
    };
    (opens, at(norms.discussion_days + norms.open_days))
}

/// Checks when a vote opens and closes.
///
/// # Errors
/// 422 when it would close before it opens, or has closed already.
pub fn times(opens: Instant, closes: Instant, now: Instant) -> Result<(), Problem> {
    let mut fields = Fields::new();
    if closes <= opens {
        fields.fail("closes_at", "proposal-closes-before");
    } else if closes <= now {
        fields.fail("closes_at", "proposal-closes-past");
    }
    fields.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Method;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").expect("a zone")
    }

    fn at(text: &str) -> Instant {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_local_time_is_right_on_both_sides_of_summer_time() {
        for (local, utc) in [
            ("2026-10-23T17:00", "2026-10-23T15:00:00Z"),
            ("2026-10-26T17:00", "2026-10-26T16:00:00Z"),
            ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
            ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
            ("2026-11-27T17:00:00+01:00", "2026-11-27T16:00:00Z"),
        ] {
            assert_eq!(moment(local, &zone()), Some(at(utc)), "{local}");
        }
        assert_eq!(moment("Friday", &zone()), None);
    }

    #[test]
    fn usual_times_are_five_o_clock_there_whatever_the_clock_does_between() {
        let norms = Norms {
            discussion_days: 2,
            open_days: 3,
            ..Norms::default()
        };
        let (opens, closes) = usual_times(at("2026-10-22T08:00:00Z"), &zone(), &norms);
        assert_eq!(
            (opens, closes),
            (at("2026-10-24T15:00:00Z"), at("2026-10-27T16:00:00Z"))
        );
    }

    #[test]
    fn a_step_follows_only_where_it_may() {
        for (status, step, fine) in [
            (Status::Draft, Step::Publish, true),
            (Status::Discussion, Step::Open, true),
            (Status::Voting, Step::Edit, false),
            (Status::Voting, Step::Extend, true),
            (Status::Closed, Step::Extend, false),
            (Status::Closed, Step::Decide, true),
            (Status::InEffect, Step::Decide, false),
            (Status::InEffect, Step::Withdraw, false),
            (Status::Withdrawn, Step::Reopen, false),
        ] {
            assert_eq!(may(status, step), fine, "{status} {step:?}");
        }
    }

    #[test]
    fn options_get_keys_that_stay() {
        let norms = Norms {
            method: Method::Schulze,
            none_of_above: true,
            ..Norms::default()
        };
        let named = |label: &str| Choice {
            label: label.into(),
            ..Choice::default()
        };
        let first = Content {
            options: vec![named("North"), named("South")],
            ..Content::default()
        };
        let (_, first) = content("Where?", &first, &norms).expect("fine");
        let keys = |c: &Content| c.options.iter().map(|o| o.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&first), ["o1", "o2", "none"]);
        let mut second = first.clone();
        second.options.remove(0);
        second.options.push(named("West"));
        let (_, second) = content("Where?", &second, &norms).expect("fine");
        assert_eq!(keys(&second), ["o2", "o1", "none"]);
        let same = Content {
            options: vec![named("North"), named("north")],
            ..Content::default()
        };
        assert!(content("Where?", &same, &norms).is_err());
        assert!(content("Where?", &Content::default(), &norms).is_err());
        let stance = content("Do it?", &Content::default(), &Norms::default())
            .expect("fine")
            .1;
        assert_eq!(keys(&stance), ["agree", "disagree", "abstain"]);
    }
}
