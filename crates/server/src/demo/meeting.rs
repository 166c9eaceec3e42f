//! How the demo's board meets: a meeting two weeks ago, with what was decided and promised there and its minutes, and one that
//! comes in four days.

use backbone_db::{Conn, Instant};
use backbone_decisions::ballot::Says;
use backbone_decisions::body::BodyId;
use backbone_decisions::commitment::NewCommitment;
use backbone_decisions::meeting::answer::{self, NewRsvp};
use backbone_decisions::meeting::attendance::{self, NewPresence};
use backbone_decisions::meeting::hold::{self, NewMeetingNote, NewPromise};
use backbone_decisions::meeting::vote::{self, Hand, Hands};
use backbone_decisions::meeting::{Meeting, MeetingId, NewAgendaItem, NewMeeting};
use backbone_decisions::meeting::{agenda, invite, minutes, plan};
use backbone_decisions::outcome::NewOutcome;
use backbone_decisions::proposal::{Content, NewProposal, draft, life};
use backbone_decisions::seat::SeatId;
use backbone_identity::Actor;
use backbone_web::Problem;

use super::stage::{Placed, Stage};

/// The board, and who sits on it.
pub struct Board<'a> {
    /// Everybody.
    pub stage: &'a Stage,
    /// The body.
    pub id: BodyId,
    /// The seats with whom they belong to, in the order of the chart.
    pub seats: Vec<(SeatId, &'a Placed)>,
    /// The framework for ways of working.
    pub consent: String,
}

fn at(actor: &Actor, moment: Instant) -> Actor {
    Actor {
        now: moment,
        ..actor.clone()
    }
}

impl Board<'_> {
    fn staff(&self, moment: Instant) -> Actor {
        at(&self.stage.staff, moment)
    }

    /// Four in the afternoon, some days from now; on the Friday before where that is a weekend, or the Monday behind it for what comes.
    fn four(&self, days: i64) -> Result<Instant, Problem> {
        let zone = self.stage.staff.partnership.zone();
        let aside = if days < 0 { -1 } else { 1 };
        let mut moment = self.stage.now.plus_days(days);
        while moment.date_in(&zone).weekday().to_monday_zero_offset() > 4 {
            moment = moment.plus_days(aside);
        }
        let day = moment.date_in(&zone);
        let four = day.at(16, 0, 0, 0).to_zoned(zone);
        let four = four.map_err(|e| Problem::internal(e.to_string()))?;
        Ok(Instant::from_jiff(four.timestamp()))
    }

    fn plan(
        &self,
        conn: &mut Conn,
        when: Instant,
        starts: Instant,
        title: &str,
    ) -> Result<Meeting, Problem> {
        let note_taker = self.stage.colleague().and_then(|c| c.person_id.clone());
        let new = NewMeeting {
            body_id: self.id.to_string(),
            title: title.into(),
            purpose: "What we promised, what is open, and what the young people say.".into(),
            place: "Library of the Quays, second floor".into(),
            online_url: "https://meet.firstjobharbour.example/board".into(),
            starts_at: starts.to_string(),
            ends_at: starts.plus_seconds(3600).to_string(),
            facilitator_id: None,
            note_taker_id: note_taker.map(|p| p.to_string()),
        };
        Ok(plan::plan(conn, &self.staff(when), &new)?)
    }

    fn topic(
        &self,
        conn: &mut Conn,
        when: Instant,
        id: &MeetingId,
        title: &str,
        minutes: i32,
    ) -> Result<(), Problem> {
        let new = NewAgendaItem {
            title: title.into(),
            minutes: Some(minutes),
            decision_id: None,
        };
        agenda::add(conn, &self.staff(when), id, &new)?;
        Ok(())
    }

    fn answer(
        &self,
        conn: &mut Conn,
        when: Instant,
        id: &MeetingId,
        seat: usize,
        word: &str,
    ) -> Result<(), Problem> {
        if let Some(person) = self.seats.get(seat).and_then(|(_, o)| o.people.first()) {
            let new = NewRsvp {
                answer: word.into(),
                attendee_id: None,
            };
            answer::answer(conn, &at(person, when), id, &new)?;
        }
        Ok(())
    }

    /// The meeting two weeks ago.
    ///
    /// # Errors
    /// What the verbs refuse.
    pub fn past(&self, conn: &mut Conn) -> Result<(), Problem> {
        let four = self.four(-14)?;
        let planned = four.plus_days(-12);
        let x = self.plan(conn, planned, four, "Board in autumn")?;
        let minute = |n: i64| four.plus_seconds(60 * n);
        let proposal = self.proposal(conn, planned)?;
        agenda::assemble(conn, &self.staff(planned), &x.id)?;
        self.topic(conn, planned, &x.id, "What the waiting list tells us", 15)?;
        invite::invite(conn, &self.staff(planned), &x.id)?;
        for seat in [0, 1, 2, 4, 5] {
            self.answer(conn, planned.plus_days(1), &x.id, seat, "yes")?;
        }
        self.answer(conn, planned.plus_days(2), &x.id, 6, "no")?;
        hold::open(conn, &self.staff(minute(1)), &x.id)?;
        for (seat, came) in [(0, 1), (1, 1), (2, 2), (4, 2), (5, 9)] {
            if let Some(person) = self.seats.get(seat).and_then(|(_, o)| o.people.first()) {
                let here = NewPresence {
                    attendee_id: None,
                    here: true,
                };
                attendance::check(conn, &at(person, minute(came)), &x.id, &here)?;
            }
        }
        let last = self.talk(conn, &x.id, four, &proposal)?;
        hold::close(conn, &self.staff(minute(last.max(57))), &x.id)?;
        minutes::approve(conn, &self.staff(minute(90)), &x.id, 1)?;
        minutes::send(conn, &self.staff(minute(95)), &x.id)?;
        Ok(())
    }

    fn proposal(&self, conn: &mut Conn, when: Instant) -> Result<String, Problem> {
        let staff = self.staff(when);
        let new = NewProposal {
            body_id: self.id.to_string(),
            framework_id: Some(self.consent.clone()),
            title: "Meet every six weeks, for an hour".into(),
            content: Content {
                background: "Monthly meetings of two hours cost the partners more than they bring. Between meetings we vote by mail.".into(),
                ..Content::default()
            },
            opens_at: Some(when.plus_days(30).to_string()),
            closes_at: Some(when.plus_days(40).to_string()),
            ..NewProposal::default()
        };
        let made = draft::create(conn, &staff, &new)?;
        life::publish(conn, &staff, &made.id)?;
        Ok(made.id.to_string())
    }

    /// Goes through the agenda: what was said, decided by hands, and promised.
    fn talk(
        &self,
        conn: &mut Conn,
        id: &MeetingId,
        four: Instant,
        proposal: &str,
    ) -> Result<i64, Problem> {
        let minute = |n: i64| self.staff(four.plus_seconds(60 * n));
        let items = agenda::assemble(conn, &minute(2), id)?;
        let mut clock = 3;
        for item in items {
            hold::go_to(conn, &minute(clock), id, Some(&item.id))?;
            if item.object_id.as_deref() == Some(proposal) {
                self.decide(conn, id, four.plus_seconds(60 * (clock + 4)), proposal)?;
            } else if item.title == "What the waiting list tells us" {
                let note = "Most of those who give up waited longer than five weeks. The college sees them in the hall; nobody asks them.";
                self.note(conn, &minute(clock + 4), id, note)?;
                self.promise(conn, &minute(clock + 12), id, four)?;
            } else if item.object_id.is_some() {
                let note = "It stays as it is; funders understand it.";
                self.note(conn, &minute(clock + 5), id, note)?;
            } else {
                let note = "The desk opens as planned. Six mentors are trained, four are being looked for.";
                self.note(conn, &minute(clock + 5), id, note)?;
            }
            clock += 13;
        }
        Ok(clock)
    }

    fn note(&self, conn: &mut Conn, by: &Actor, id: &MeetingId, text: &str) -> Result<(), Problem> {
        let new = NewMeetingNote {
            item_id: None,
            text: text.into(),
        };
        hold::note(conn, by, id, &new)?;
        Ok(())
    }

    fn promise(
        &self,
        conn: &mut Conn,
        by: &Actor,
        id: &MeetingId,
        four: Instant,
    ) -> Result<(), Problem> {
        let Some((_, owner)) = self.seats.get(1) else {
            return Ok(());
        };
        let due = four.plus_days(25).date_in(&jiff::tz::TimeZone::UTC);
        let new = NewPromise {
            item_id: None,
            commitment: NewCommitment {
                title: "Call everybody who has waited for three weeks".into(),
                organization_id: owner.id.to_string(),
                person_id: owner
                    .people
                    .first()
                    .and_then(|p| p.person_id.as_ref())
                    .map(ToString::to_string),
                due_on: due.to_string(),
                effort_hours: Some(12),
                benefit: "Fewer empty places in the courses".into(),
            },
        };
        hold::promise(conn, by, id, &new)?;
        Ok(())
    }

    fn decide(
        &self,
        conn: &mut Conn,
        id: &MeetingId,
        when: Instant,
        proposal: &str,
    ) -> Result<(), Problem> {
        let by = self.staff(when);
        vote::open(conn, &by, id, proposal)?;
        let hands = [0, 1, 2, 4, 5]
            .into_iter()
            .filter_map(|n| self.seats.get(n))
            .enumerate()
            .map(|(n, (seat, _))| Hand {
                seat_id: seat.to_string(),
                says: Says {
                    option: Some(if n == 2 { "stand_aside" } else { "agree" }.into()),
                    ..Says::default()
                },
                reason: if n == 2 {
                    "Six weeks are long for the workplaces".into()
                } else {
                    String::new()
                },
            });
        let hands = Hands {
            hands: hands.collect(),
        };
        vote::hands(
            conn,
            &self.staff(when.plus_seconds(180)),
            id,
            proposal,
            &hands,
        )?;
        vote::close(conn, &self.staff(when.plus_seconds(240)), id, proposal, "")?;
        let outcome = NewOutcome {
            statement: "The board meets every six weeks for an hour, and votes by mail in between."
                .into(),
            commitments: Vec::new(),
            no_action: "The dates follow from it; the coordinator sends them.".into(),
        };
        vote::decide(
            conn,
            &self.staff(when.plus_seconds(360)),
            id,
            proposal,
            &outcome,
        )?;
        Ok(())
    }

    /// The meeting that comes.
    ///
    /// # Errors
    /// What the verbs refuse.
    pub fn coming(&self, conn: &mut Conn) -> Result<(), Problem> {
        let now = self.stage.now;
        let planned = now.plus_days(-5);
        let x = self.plan(conn, planned, self.four(4)?, "Board before the holidays")?;
        self.topic(
            conn,
            planned,
            &x.id,
            "Who invites the two new employers",
            10,
        )?;
        invite::invite(conn, &self.staff(planned), &x.id)?;
        for seat in [1, 4, 5] {
            self.answer(conn, now.plus_days(-4), &x.id, seat, "yes")?;
        }
        self.answer(conn, now.plus_days(-3), &x.id, 2, "no")?;
        Ok(())
    }
}
