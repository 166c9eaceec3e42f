//! Brings an export over, one group, decision or discussion a transaction, so that it can be gone on with after a stop.

mod fresh;

use std::collections::{BTreeMap, HashMap};

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, append};
use backbone_identity::{Actor, directory};
use serde_json::json;

use fresh::title;
pub(crate) use fresh::{timed, unnamed};

use super::loomio::{Export, Group, Poll, Said, Stance, Thread, poll};
use super::plan::{self, At, Marks, SOURCE};
use super::{Compared, Counts, Found, Origin, ToldResult, store};
use crate::ballot::{Ballot, BallotId, Voter, VoterId, VoterState, store as ballots};
use crate::body::{BodyId, NewBody, edit as bodies};
use crate::error::Error;
use crate::framework::{Conflict, Norms};
use crate::outcome::{Outcome, OutcomeId, Tallied, count, store as outcomes};
use crate::people::{Member, members};
use crate::proposal::{
    Comment, CommentKind, Content, DecisionId, Proposal, ProposalCommentId, Status,
    store as proposals,
};
use crate::seat::{NewSeat, Seat, SeatId, SeatKind, place, store as seats};

/// One thing to bring, in a transaction of its own.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// A group by its number: body and seats.
    Group(i64),
    /// A poll by its number: decision, ballots, outcome, comments.
    Poll(i64),
    /// A discussion without a poll.
    Thread(i64),
}

/// What has to be brought, in order: groups above others first, then what they talked about, the oldest first.
pub fn units(export: &Export) -> Vec<Unit> {
    let mut groups: Vec<&Group> = export.groups.iter().filter(|g| !g.archived).collect();
    let depth = |group: &Group| {
        let (mut depth, mut at) = (0, group.parent);
        while let Some(above) = plan::group(export, at).filter(|_| depth < 20) {
            (depth, at) = (depth + 1, above.parent);
        }
        depth
    };
    groups.sort_by_key(|g| depth(g));
    let mut units: Vec<Unit> = groups.iter().map(|g| Unit::Group(g.id)).collect();
    let polls = export.polls.iter().filter(|p| plan::comes(export, p));
    let mut talks: Vec<(Option<Instant>, Unit)> = polls.map(|p| (p.at, Unit::Poll(p.id))).collect();
    talks.extend(plan::alone(export).map(|t| (t.at, Unit::Thread(t.id))));
    talks.sort_by_key(|(at, _)| *at);
    units.extend(talks.into_iter().map(|(_, unit)| unit));
    units
}

/// What would come of an export, beside what is here.
///
/// # Errors
/// Only those of the database.
pub fn look(conn: &mut Conn, actor: &Actor, export: &Export) -> Result<Found, DbError> {
    let marks = store::marks(conn, actor.tenant(), SOURCE)?;
    let people = members(conn, actor.tenant())?;
    let seated = |email: &str| {
        people
            .iter()
            .any(|m| m.email.eq_ignore_ascii_case(email) && m.organization_id.is_some())
    };
    Ok(plan::found(export, &marks, seated))
}

/// Brings one thing over; what is here already stays as it is, and only what it lacks is added.
///
/// # Errors
/// Those of the database, and what the rules of bodies and seats refuse.
pub fn bring(conn: &mut Conn, actor: &Actor, export: &Export, unit: Unit) -> Result<Counts, Error> {
    conn.lock(&format!("history:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let mut hand = Hand {
        actor,
        export,
        marks: store::marks(conn, actor.tenant(), SOURCE)?,
        people: members(conn, actor.tenant())?,
        made: Counts::default(),
    };
    match unit {
        Unit::Group(id) => {
            if let Some(group) = plan::group(export, Some(id)) {
                hand.group(conn, group)?;
            }
        }
        Unit::Poll(id) => {
            if let Some(poll) = export.polls.iter().find(|p| p.id == id) {
                hand.poll(conn, poll)?;
            }
        }
        Unit::Thread(id) => {
            if let Some(thread) = export.threads.iter().find(|t| t.id == id) {
                hand.thread(conn, thread)?;
            }
        }
    }
    Ok(hand.made)
}

/// The sum of two counts.
pub fn sum(a: Counts, b: Counts) -> Counts {
    Counts {
        bodies: a.bodies + b.bodies,
        seats: a.seats + b.seats,
        guests: a.guests + b.guests,
        decisions: a.decisions + b.decisions,
        discussions: a.discussions + b.discussions,
        comments: a.comments + b.comments,
        ballots: a.ballots + b.ballots,
        outcomes: a.outcomes + b.outcomes,
    }
}

struct Hand<'h> {
    actor: &'h Actor,
    export: &'h Export,
    marks: Marks,
    people: Vec<Member>,
    made: Counts,
}

impl Hand<'_> {
    fn known<T: std::str::FromStr>(&self, mark: &str) -> Option<T> {
        self.marks.get(mark)?.parse().ok()
    }

    fn mark(&mut self, conn: &mut Conn, outer: String, inner: &str) -> Result<(), DbError> {
        store::mark(conn, self.actor.tenant(), SOURCE, &outer, inner)?;
        self.marks.insert(outer, inner.to_string());
        Ok(())
    }

    /// The person here with the address of a person there.
    fn member(&self, user: Option<i64>) -> Option<&Member> {
        let email = &self.export.people.get(&user?)?.email;
        let found = self.people.iter();
        let mut found = found.filter(|m| !email.is_empty() && m.email.eq_ignore_ascii_case(email));
        found.next()
    }

    fn name(&self, user: Option<i64>, otherwise: &str) -> String {
        let there = user.and_then(|u| self.export.people.get(&u));
        let there = there.map(|p| p.name.clone()).filter(|n| !n.is_empty());
        let name = self.member(user).map(|m| m.name.clone()).or(there);
        let name = name.unwrap_or_else(|| otherwise.to_string());
        if name.is_empty() {
            "–".to_string()
        } else {
            poll::short(&name, 120)
        }
    }

    fn group(&mut self, conn: &mut Conn, group: &Group) -> Result<BodyId, Error> {
        let mark = plan::group_mark(group);
        let body = match self.known::<BodyId>(&mark) {
            Some(body) => body,
            None => {
                let above = plan::group(self.export, group.parent);
                let above = above.and_then(|g| self.known::<BodyId>(&plan::group_mark(g)));
                let kind = if above.is_some() {
                    "working_group"
                } else {
                    "custom"
                };
                let new = NewBody {
                    kind: kind.into(),
                    name: poll::short(&group.name, 120),
                    charter: poll::short(&group.description, 10_000),
                    parent_id: above.map(|b| b.to_string()),
                    ..NewBody::default()
                };
                let body = bodies::create(conn, self.actor, &new)?.id;
                self.mark(conn, mark, body.as_str())?;
                self.made.bodies += 1;
                body
            }
        };
        let export = self.export;
        for member in export.members.iter().filter(|m| m.group == group.id) {
            if self
                .known::<SeatId>(&plan::seat_mark(group, member.user))
                .is_none()
            {
                self.seat(conn, group, &body, member.user, &member.title)?;
            }
        }
        Ok(body)
    }

    /// A member's seat: for their organization where they are a person here and it has room, without a vote where it has none, and as a guest
    /// without an account where they are not. Nobody is written to.
    fn seat(
        &mut self,
        conn: &mut Conn,
        group: &Group,
        body: &BodyId,
        user: i64,
        title: &str,
    ) -> Result<(), Error> {
        let person = self.member(Some(user)).cloned();
        let there = self.export.people.get(&user).cloned().unwrap_or_default();
        let mut new = NewSeat {
            title: poll::short(title, 120),
            ..NewSeat::default()
        };
        let own = person.as_ref().and_then(|p| p.organization_id.clone());
        let kinds: &[&str] = match (&person, &own) {
            (Some(p), Some(organization)) => {
                new.person_id = Some(p.person_id.to_string());
                new.organization_id = Some(organization.to_string());
                &["member", "observer"]
            }
            (Some(p), None) => {
                new.person_id = Some(p.person_id.to_string());
                &["guest"]
            }
            (None, _) => {
                new.guest_name = Some(self.name(Some(user), ""));
                new.guest_email = Some(there.email.clone());
                &["guest"]
            }
        };
        for kind in kinds {
            new.kind = (*kind).to_string();
            match place::add(conn, self.actor, body, &new) {
                Ok(seat) => {
                    if own.is_some() {
                        self.made.seats += 1;
                    } else {
                        self.made.guests += 1;
                    }
                    return Ok(self.mark(conn, plan::seat_mark(group, user), seat.id.as_str())?);
                }
                // No room for the organization, or an address that is none: the next way.
                Err(Error::Input(_)) => {}
                Err(other) => return Err(other),
            }
        }
        self.made.guests += 1;
        self.nameless(conn, group, body, user).map(drop)
    }

    /// A seat that ended, for one who voted there and has no place any more.
    fn nameless(
        &mut self,
        conn: &mut Conn,
        group: &Group,
        body: &BodyId,
        user: i64,
    ) -> Result<SeatId, Error> {
        let seat = Seat {
            id: SeatId::new(),
            partnership_id: self.actor.tenant().into(),
            body_id: body.clone(),
            kind: SeatKind::Guest,
            title: String::new(),
            organization_id: None,
            person_id: None,
            alternate_id: None,
            guest_name: Some(self.name(Some(user), "")),
            guest_email: None,
            weight: 1,
            term_starts: crate::view::today(self.actor),
            term_ends: None,
            rotation: String::new(),
            rotation_months: None,
            active: false,
            version: 1,
            created_at: self.actor.now,
            updated_at: self.actor.now,
        };
        seats::insert(conn, &seat)?;
        let event = place::event("seat.added", &seat);
        append(conn, self.actor.tenant(), &self.actor.by(), event)?;
        self.mark(conn, plan::seat_mark(group, user), seat.id.as_str())?;
        Ok(seat.id)
    }

    fn poll(&mut self, conn: &mut Conn, poll: &Poll) -> Result<(), Error> {
        let Some(group) = plan::group(self.export, poll.group) else {
            return Ok(());
        };
        let mark = plan::poll_mark(poll);
        let id = match self.known::<DecisionId>(&mark) {
            Some(id) => id,
            None => {
                let body = self.body(conn, group)?;
                let x = self.decision(poll, &body);
                proposals::insert(conn, self.actor.tenant(), &x, &self.actor.name)?;
                self.mark(conn, mark, x.id.as_str())?;
                self.origin(conn, &x, &poll.key, poll)?;
                self.made.decisions += 1;
                self.vote(conn, poll, group, &body, &x)?;
                self.told(conn, &x)?;
                x.id
            }
        };
        self.talk(conn, At::Poll(poll.id), &id)
    }

    fn body(&mut self, conn: &mut Conn, group: &Group) -> Result<BodyId, Error> {
        match self.known(&plan::group_mark(group)) {
            Some(body) => Ok(body),
            None => self.group(conn, group),
        }
    }

    /// The log of what came, without words of people.
    fn told(&self, conn: &mut Conn, x: &Proposal) -> Result<(), DbError> {
        let event = NewEvent::new("decision.imported", x.object())
            .about(backbone_events::Object::new("body", &x.body_id))
            .data(&json!({"source": SOURCE, "status": x.status}));
        append(conn, self.actor.tenant(), &self.actor.by(), event)?;
        Ok(())
    }

    fn origin(&self, conn: &mut Conn, x: &Proposal, key: &str, poll: &Poll) -> Result<(), DbError> {
        let scored = poll.options.iter().filter_map(|o| Some((o, o.score?)));
        let told = scored.map(|(o, score)| ToldResult {
            option: o.name.clone(),
            score,
        });
        let origin = Origin {
            proposal_id: x.id.clone(),
            source: SOURCE.into(),
            outer_key: key.to_string(),
            told: told.collect(),
            compared: poll::compared(poll).parse().unwrap_or(Compared::Unknown),
            imported_by: self.actor.name.clone(),
            imported_at: self.actor.now,
        };
        store::insert_origin(conn, self.actor.tenant(), &origin)
    }

    /// A poll as a decision: in effect where an outcome was written, else one that came to nothing.
    fn decision(&self, poll: &Poll, body: &BodyId) -> Proposal {
        let vote = poll::as_vote(poll);
        let thread = poll.thread;
        let thread = self.export.threads.iter().find(|t| Some(t.id) == thread);
        let parts = [thread.map_or("", |t| t.text.as_str()), poll.text.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|t| !t.is_empty()).collect();
        let written = poll.outcome.as_ref().filter(|o| !o.statement.is_empty());
        let today = crate::view::today(self.actor);
        let review = written
            .and_then(|o| o.review_on)
            .filter(|day| *day >= today);
        let at = poll.at.or(poll.closed).unwrap_or(self.actor.now);
        let voted = poll.stances.iter().any(|s| s.at.is_some());
        Proposal {
            title: title(&poll.title),
            norms: vote.norms,
            status: if written.is_some() {
                Status::InEffect
            } else {
                Status::Withdrawn
            },
            content: Content {
                background: poll::short(&parts.join("\n\n"), 40_000),
                options: vote.options,
                ..Content::default()
            },
            opens_at: Some(at),
            closes_at: poll.closing.or(poll.closed),
            opened_at: Some(at).filter(|_| voted),
            closed_at: poll.closed,
            review_on: review,
            author_id: self.member(poll.author).map(|m| m.person_id.clone()),
            author_name: self.name(poll.author, ""),
            ..self.empty(body, at)
        }
    }

    fn empty(&self, body: &BodyId, at: Instant) -> Proposal {
        Proposal {
            id: timed(at, DecisionId::new),
            body_id: body.clone(),
            framework_id: None,
            framework_version: 0,
            norms: Norms {
                conflict: Conflict::Off,
                close_early: false,
                ..Norms::default()
            },
            title: String::new(),
            status: Status::Withdrawn,
            content: Content::default(),
            opens_at: None,
            closes_at: None,
            opened_at: None,
            closed_at: None,
            reminded_at: None,
            review_on: None,
            supersedes_id: None,
            author_id: None,
            author_name: String::new(),
            version: 1,
            created_at: at,
            updated_at: self.actor.now,
        }
    }

    /// Voters, ballots, the count and the outcome.
    fn vote(
        &mut self,
        conn: &mut Conn,
        poll: &Poll,
        group: &Group,
        body: &BodyId,
        x: &Proposal,
    ) -> Result<(), Error> {
        let vote = poll::as_vote(poll);
        let tenant = self.actor.tenant().to_string();
        let organizations = directory::organizations(conn, &tenant)?;
        // One each: the last that the file tells of a person.
        let mut named: BTreeMap<i64, &Stance> = BTreeMap::new();
        named.extend(poll.stances.iter().filter_map(|s| Some((s.user?, s))));
        let apart = poll.stances.iter().filter(|s| s.user.is_none());
        let (mut voters, mut cast) = (Vec::new(), Vec::new());
        for (user, stance) in named {
            let seat = match self.known::<SeatId>(&plan::seat_mark(group, user)) {
                Some(seat) => seat,
                None => self.nameless(conn, group, body, user)?,
            };
            let says = poll::says(&vote, stance).filter(|_| stance.at.is_some());
            let member = self.member(Some(user));
            let own = member.and_then(|m| m.organization_id.clone());
            let card = organizations.iter().find(|o| Some(&o.id) == own.as_ref());
            let voter = Voter {
                id: VoterId::new(),
                partnership_id: tenant.clone(),
                proposal_id: x.id.clone(),
                seat_id: seat,
                organization_id: own.clone(),
                organization_role: card.map(|c| c.role),
                sector: card.map(|c| c.sector),
                name: card.map_or_else(|| self.name(Some(user), ""), |c| c.name.clone()),
                weight: 1,
                state: VoterState::Eligible,
                interest: String::new(),
                voted: says.is_some(),
            };
            ballots::insert_voter(conn, &voter)?;
            if let Some(says) = says {
                cast.push(Ballot {
                    id: timed(stance.at.unwrap_or(x.created_at), BallotId::new),
                    voter_id: Some(voter.id.clone()),
                    says,
                    reason: poll::short(&stance.reason, 4_000),
                    person_id: member.map(|m| m.person_id.clone()),
                    person_name: self.name(Some(user), &stance.name),
                    cast_at: stance.at,
                    ..unnamed()
                });
            }
            voters.push(voter);
        }
        let mut others = 0;
        for stance in apart {
            others += 1;
            if let Some(says) = poll::says(&vote, stance).filter(|_| stance.at.is_some()) {
                // Reasons can give their writer away, and nobody asked them whether they may.
                cast.push(Ballot { says, ..unnamed() });
            }
        }
        for ballot in &cast {
            ballots::insert(conn, &tenant, &x.id, ballot)?;
        }
        self.made.ballots += u32::try_from(cast.len()).unwrap_or(u32::MAX);
        let mut result = match voters.is_empty() && others == 0 {
            true => Tallied::default(),
            false => count::count(x, &voters, &cast),
        };
        if others > 0 {
            result.eligible += others;
            result.voted = u32::try_from(cast.len()).unwrap_or(u32::MAX);
        }
        self.outcome(conn, poll, x, result)
    }

    fn outcome(
        &mut self,
        conn: &mut Conn,
        poll: &Poll,
        x: &Proposal,
        result: Tallied,
    ) -> Result<(), Error> {
        let written = poll.outcome.as_ref().filter(|o| !o.statement.is_empty());
        let outcome = Outcome {
            id: OutcomeId::new(),
            proposal_id: x.id.clone(),
            passed: written.is_some(),
            result,
            statement: written.map_or(String::new(), |o| poll::short(&o.statement, 10_000)),
            no_action: String::new(),
            counted_at: poll.closed.unwrap_or(x.created_at),
            decided_at: written.and_then(|o| o.at),
        };
        outcomes::insert(conn, self.actor.tenant(), &outcome)?;
        self.made.outcomes += u32::from(written.is_some());
        Ok(())
    }

    /// A discussion without a poll: a proposal that came to nothing, with what was said.
    fn thread(&mut self, conn: &mut Conn, thread: &Thread) -> Result<(), Error> {
        let Some(group) = plan::group(self.export, thread.group) else {
            return Ok(());
        };
        let mark = plan::thread_mark(self.export, thread);
        let id = match self.known::<DecisionId>(&mark) {
            Some(id) => id,
            None => {
                let body = self.body(conn, group)?;
                let at = thread.at.unwrap_or(self.actor.now);
                let x = Proposal {
                    title: title(&thread.title),
                    content: Content {
                        background: poll::short(&thread.text, 40_000),
                        ..Content::default()
                    },
                    closed_at: Some(at),
                    author_id: self.member(thread.author).map(|m| m.person_id.clone()),
                    author_name: self.name(thread.author, ""),
                    ..self.empty(&body, at)
                };
                proposals::insert(conn, self.actor.tenant(), &x, &self.actor.name)?;
                self.mark(conn, mark, x.id.as_str())?;
                self.origin(conn, &x, &thread.key, &Poll::default())?;
                self.made.discussions += 1;
                self.told(conn, &x)?;
                x.id
            }
        };
        self.talk(conn, At::Thread(thread.id), &id)
    }

    /// Comments that are not here yet; an answer stands below the comment that began it.
    fn talk(&mut self, conn: &mut Conn, at: At, id: &DecisionId) -> Result<(), Error> {
        let mut places = plan::places(self.export);
        let all: Vec<&Said> = places.remove(&at).unwrap_or_default();
        let mut here: HashMap<String, ProposalCommentId> = HashMap::new();
        for said in all {
            let mark = plan::said_mark(self.export, said);
            if let Some(id) = self.known(&mark) {
                here.insert(said.key.clone(), id);
                continue;
            }
            let parent = said.parent.map(|p| format!("comment-{p}"));
            let written = said.at.unwrap_or(self.actor.now);
            let comment = Comment {
                id: timed(written, ProposalCommentId::new),
                partnership_id: self.actor.tenant().into(),
                proposal_id: id.clone(),
                parent_id: parent.and_then(|p| here.get(&p).cloned()),
                kind: CommentKind::Remark,
                text: poll::short(&said.text, 10_000),
                person_id: self.member(said.author).map(|m| m.person_id.clone()),
                person_name: self.name(said.author, &said.author_name),
                written_at: written,
                settled: None,
                settled_by: None,
                settled_at: None,
            };
            proposals::insert_comment(conn, &comment)?;
            self.mark(conn, mark, comment.id.as_str())?;
            here.insert(said.key.clone(), comment.id);
            self.made.comments += 1;
        }
        Ok(())
    }
}
