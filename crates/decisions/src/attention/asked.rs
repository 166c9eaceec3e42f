//! What deciding asks of organizations: reading and voting, and saying how promises go.

use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::attention::Asked;
use backbone_identity::{Actor, PersonId};

use crate::ballot::store as ballots;
use crate::commitment::store as commitments;
use crate::framework::Shape;
use crate::people::members;
use crate::proposal::{Proposal, store as proposals};
use crate::seat::{SeatId, store as seats};

/// Minutes that saying how a commitment goes costs: a percentage and a sentence.
pub(super) const REPORT_MINUTES: i64 = 3;
/// Words that people read in a minute, rather slowly: not everybody reads in their first language.
const WORDS_A_MINUTE: usize = 180;

/// Minutes that a vote on this costs.
pub(super) fn ballot_minutes(x: &Proposal) -> i64 {
    let options = &x.content.options;
    let options = options.iter().map(|o| words(&o.label) + words(&o.meaning));
    let read = words(&x.title) + words(&x.content.background) + options.sum::<usize>();
    minutes(x.norms.method.shape(), read)
}

/// Reading, at 180 words a minute and at least one minute; and one minute for an answer, or three where options have to be weighed
/// against each other.
fn minutes(shape: Shape, words: usize) -> i64 {
    let reading = words.div_ceil(WORDS_A_MINUTE).max(1);
    let answering = match shape {
        Shape::Stance | Shape::One | Shape::Checks => 1,
        Shape::Marks | Shape::Dots | Shape::Ranking => 3,
    };
    i64::try_from(reading).unwrap_or(i64::MAX / 2) + answering
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Two rules. A vote asks its minutes of each organization that may vote, when it opens, and of the person in its seat; it asks
/// whether they vote or not, for the mail was read. A note on a commitment asked three minutes of who wrote it, if they are of
/// the organization that promised: what staff write down themselves costs partners nothing.
pub(super) fn asked(conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
    let tenant = actor.tenant();
    let holders: HashMap<SeatId, Option<PersonId>> = seats::all(conn, tenant)?
        .into_iter()
        .map(|s| (s.id, s.person_id))
        .collect();
    let mut all = Vec::new();
    for x in proposals::opened_since(conn, tenant, since)? {
        let minutes = ballot_minutes(&x);
        for voter in ballots::voters(conn, tenant, &x.id)? {
            if let (Some(organization), true) = (voter.organization_id.clone(), voter.is_open()) {
                all.push(Asked {
                    organization,
                    person: holders.get(&voter.seat_id).cloned().flatten(),
                    what: "decisions-asked-votes",
                    minutes,
                    at: x.opened_at.unwrap_or(x.created_at),
                });
            }
        }
    }
    let people = members(conn, tenant)?;
    for (organization, note) in commitments::notes_since(conn, tenant, since)? {
        let own = people.iter().find(|m| {
            m.name == note.written_by && m.organization_id.as_ref() == Some(&organization)
        });
        all.extend(own.map(|m| Asked {
            organization,
            person: Some(m.person_id.clone()),
            what: "decisions-asked-reports",
            minutes: REPORT_MINUTES,
            at: note.written_at,
        }));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_costs_its_reading_and_its_answer() {
        for (shape, words, expected) in [
            (Shape::Stance, 0, 2),
            (Shape::Stance, 180, 2),
            (Shape::Stance, 181, 3),
            (Shape::One, 400, 4),
            (Shape::Checks, 12, 2),
            (Shape::Ranking, 12, 4),
            (Shape::Dots, 400, 6),
            (Shape::Marks, 0, 4),
        ] {
            assert_eq!(minutes(shape, words), expected, "{shape:?} {words}");
        }
    }
}
