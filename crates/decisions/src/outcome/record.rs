//! The record of a decision: everything that is needed to verify it, sealed, numbered, each holding the hash of the one before.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Outcome, Record, RecordId, Tallied, store};
use crate::ballot::{Ballot, Voter, VoterState, store as ballots};
use crate::body::Body;
use crate::commitment::Commitment;
use crate::framework::Norms;
use crate::meeting::store as meetings;
use crate::proposal::{Content, Proposal};

/// What a record says. Its JSON text is what is hashed, so its fields are never reordered.
#[derive(Serialize)]
struct Sealed<'a> {
    format: &'static str,
    number: i64,
    partnership: &'a str,
    body: &'a str,
    decision: &'a str,
    title: &'a str,
    content: &'a Content,
    norms: &'a Norms,
    framework_version: i64,
    opened_at: Option<backbone_db::Instant>,
    closed_at: Option<backbone_db::Instant>,
    secret: bool,
    voters: Vec<SealedVoter<'a>>,
    ballots: Vec<SealedBallot<'a>>,
    result: &'a Tallied,
    passed: bool,
    statement: &'a str,
    commitments: &'a [Commitment],
    no_action: &'a str,
    sealed_at: backbone_db::Instant,
    /// The meeting in which it was taken; records of other decisions have no such field.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<SealedMeeting>,
}

#[derive(Serialize)]
struct SealedMeeting {
    id: String,
    number: i64,
    title: String,
    closed_at: Option<backbone_db::Instant>,
    present: Vec<crate::meeting::Present>,
}

/// The meeting in which a decision was taken, with who was there.
fn meeting(conn: &mut Conn, tenant: &str, x: &Proposal) -> Result<Option<SealedMeeting>, DbError> {
    let Some(vote) = meetings::taken_in(conn, tenant, &x.id)? else {
        return Ok(None);
    };
    // A matter that was taken up again and decided elsewhere was not decided in that room.
    if vote.closed_at < x.opened_at {
        return Ok(None);
    }
    let found = meetings::find(conn, tenant, &vote.meeting_id)?;
    Ok(found.map(|m| SealedMeeting {
        id: m.id.to_string(),
        number: m.number,
        title: m.title,
        closed_at: vote.closed_at,
        present: vote.present,
    }))
}

#[derive(Serialize)]
struct SealedVoter<'a> {
    seat: &'a str,
    name: &'a str,
    role: Option<&'static str>,
    sector: Option<&'static str>,
    weight: i32,
    state: VoterState,
    interest: &'a str,
    voted: bool,
}

#[derive(Serialize)]
struct SealedBallot<'a> {
    voter: Option<&'a str>,
    cast_by: &'a str,
    capacity: Option<&'static str>,
    receipt: Option<&'a str>,
    weight: i32,
    says: &'a crate::ballot::Says,
    reason: &'a str,
}

/// SHA-256, in hex, over the hash of the record before, a line end, and the text.
pub fn hash(prev_hash: &str, content: &str) -> String {
    let mut sha = Sha256::new();
    sha.update(prev_hash.as_bytes());
    sha.update(b"\n");
    sha.update(content.as_bytes());
    hex::encode(sha.finalize())
}

/// The first record of a register that does not hold, by its number.
pub fn broken(records: &[Record]) -> Option<i64> {
    let mut before = String::new();
    for (at, record) in records.iter().enumerate() {
        let number = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
        if record.number != number
            || record.prev_hash != before
            || hash(&before, &record.content) != record.hash
        {
            return Some(record.number);
        }
        before.clone_from(&record.hash);
    }
    None
}

/// Seals the record of a decision.
///
/// # Errors
/// Only those of the database.
pub(crate) fn seal(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    body: &Body,
    outcome: &Outcome,
    commitments: &[Commitment],
) -> Result<Record, DbError> {
    conn.lock(&format!("register:{}", actor.tenant()))?;
    let last = store::last_record(conn, actor.tenant())?;
    let number = last.as_ref().map_or(1, |l| l.number + 1);
    let prev_hash = last.map(|l| l.hash).unwrap_or_default();
    let voters = ballots::voters(conn, actor.tenant(), &x.id)?;
    let cast = ballots::all(conn, actor.tenant(), &x.id)?;
    let sealed = Sealed {
        format: "backbone-decision-1",
        number,
        partnership: &actor.partnership.name,
        body: &body.name,
        decision: x.id.as_str(),
        title: &x.title,
        content: &x.content,
        norms: &x.norms,
        framework_version: x.framework_version,
        opened_at: x.opened_at,
        closed_at: x.closed_at,
        secret: x.norms.secret,
        voters: voters.iter().map(|v| voter(v, x.norms.secret)).collect(),
        ballots: cast.iter().map(|b| ballot(b, &voters)).collect(),
        result: &outcome.result,
        passed: outcome.passed,
        statement: &outcome.statement,
        commitments,
        no_action: &outcome.no_action,
        sealed_at: actor.now,
        meeting: meeting(conn, actor.tenant(), x)?,
    };
    let content = serde_json::to_string(&sealed)
        .map_err(|e| DbError::Setup(format!("a record cannot be written: {e}")))?;
    let record = Record {
        id: RecordId::new(),
        number,
        proposal_id: x.id.clone(),
        hash: hash(&prev_hash, &content),
        content,
        prev_hash,
        sealed_at: actor.now,
    };
    store::insert_record(conn, actor.tenant(), &record)?;
    Ok(record)
}

/// Of a secret vote the record tells who might vote, and not who did: with few ballots that would tell too much.
fn voter(v: &Voter, secret: bool) -> SealedVoter<'_> {
    SealedVoter {
        seat: v.seat_id.as_str(),
        name: &v.name,
        role: v.organization_role.map(|r| r.as_str()),
        sector: v.sector.map(|s| s.as_str()),
        weight: v.weight,
        state: v.state,
        interest: &v.interest,
        voted: v.voted && !secret,
    }
}

fn ballot<'a>(b: &'a Ballot, voters: &'a [Voter]) -> SealedBallot<'a> {
    let voter = voters.iter().find(|v| Some(&v.id) == b.voter_id.as_ref());
    SealedBallot {
        voter: voter.map(|v| v.seat_id.as_str()),
        cast_by: &b.person_name,
        capacity: b.voter_id.as_ref().map(|_| b.capacity.as_str()),
        receipt: b.receipt.as_deref(),
        weight: b.weight,
        says: &b.says,
        reason: &b.reason,
    }
}

#[cfg(test)]
mod tests {
    use backbone_db::Instant;

    use super::*;
    use crate::proposal::DecisionId;

    fn register() -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        for number in 1..=3 {
            let prev_hash = records.last().map(|r| r.hash.clone()).unwrap_or_default();
            let content = format!("{{\"number\":{number}}}");
            records.push(Record {
                id: RecordId::new(),
                number,
                proposal_id: DecisionId::new(),
                hash: hash(&prev_hash, &content),
                content,
                prev_hash,
                sealed_at: Instant::from_unix(0),
            });
        }
        records
    }

    #[test]
    fn a_changed_missing_or_moved_record_is_found() {
        assert_eq!(broken(&register()), None);
        let mut changed = register();
        changed[1].content = "{\"number\":20}".into();
        assert_eq!(broken(&changed), Some(2));
        let mut missing = register();
        missing.remove(1);
        assert_eq!(broken(&missing), Some(3));
        let mut rewritten = register();
        rewritten[0].content = "{}".into();
        rewritten[0].hash = hash("", "{}");
        assert_eq!(broken(&rewritten), Some(2));
    }

    #[test]
    fn the_hash_is_the_one_that_any_tool_computes() {
        // printf '\nabc' | sha256sum
        assert_eq!(hash("", "abc"), hex::encode(Sha256::digest(b"\nabc")));
    }
}
