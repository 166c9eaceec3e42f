//! The first version of minutes, put together from what happened: who came and when, each point with its times, what was noted,
//! decided and promised.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::Actor;

use crate::ballot::form::name;
use crate::commitment::{Commitment, store as commitments};
use crate::meeting::room::Room;
use crate::meeting::rules::{represented, whole_minutes};
use crate::meeting::{
    AgendaItem, AgendaKind, Attendee, Meeting, MeetingNote, RoomVote, agenda, cost, store,
};
use crate::outcome::store as outcomes;
use crate::proposal::{DecisionId, store as proposals};
use crate::seat::{SeatKind, store as seats};
use crate::view::{Say, organization_name};

struct Writer<'a> {
    say: Say<'a>,
    room: Room,
    notes: Vec<MeetingNote>,
    votes: Vec<RoomVote>,
    /// Commitments made in the room, with the point.
    promised: Vec<(Option<String>, Commitment)>,
    now: Instant,
    out: Vec<String>,
}

/// Writes it in the partnership's language.
pub(super) fn text(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<String, DbError> {
    let Some(room) = Room::load(conn, x.clone(), actor.now)? else {
        return Ok(String::new());
    };
    let mut promised = Vec::new();
    for p in store::promised(conn, actor.tenant(), &x.id)? {
        let found = commitments::find(conn, actor.tenant(), &p.commitment_id)?;
        promised.extend(found.map(|c| (p.item_id.map(|i| i.to_string()), c)));
    }
    let mut w = Writer {
        say: crate::describe::say(actor.partnership.lang())?,
        notes: store::notes(conn, actor.tenant(), &x.id)?,
        votes: store::votes(conn, actor.tenant(), &x.id)?,
        room,
        promised,
        now: actor.now,
        out: Vec::new(),
    };
    w.head();
    w.present();
    let items = w.room.items.clone();
    for item in &items {
        w.point(conn, item)?;
    }
    w.rest();
    Ok(w.out.join("\n"))
}

impl Writer<'_> {
    fn clock(&self, at: Instant) -> String {
        let local = at.jiff().to_zoned(self.room.body.zone());
        local.strftime("%H:%M").to_string()
    }

    fn line(&mut self, text: String) {
        self.out.push(text);
    }

    fn heading(&mut self, text: &str) {
        self.out.push(String::new());
        self.out.push(format!("## {text}"));
        self.out.push(String::new());
    }

    fn head(&mut self) {
        let x = &self.room.x;
        let began = x.opened_at.unwrap_or(x.starts_at);
        let ended = x.closed_at.unwrap_or(x.ends_at);
        let when = self.say.moment(began, self.room.body.zone(), self.now);
        let (number, until) = (x.number.to_string(), self.clock(ended));
        let args = [
            ("body", self.room.body.name.as_str()),
            ("number", &number),
            ("when", &when),
            ("until", &until),
        ];
        let mut first = self.say.text("minutes-head", &args);
        if !x.place.is_empty() {
            first.push_str(&format!(" · {}", x.place));
        }
        let led = self
            .say
            .text("minutes-led", &[("name", &x.facilitator_name)]);
        let noted = self
            .say
            .text("minutes-noted", &[("name", &x.note_taker_name)]);
        let has_notes = !x.note_taker_name.is_empty();
        self.line(first);
        self.line(String::new());
        self.line(if has_notes {
            format!("{led} {noted}")
        } else {
            led
        });
    }

    /// Who was there and when, by organization; the seats for which nobody was; and what it took.
    fn present(&mut self) {
        let title = self.say.word("minutes-present");
        self.heading(&title);
        let came: Vec<Attendee> = self
            .room
            .people
            .iter()
            .filter(|a| a.first_came.is_some())
            .cloned()
            .collect();
        for a in &came {
            let organization =
                organization_name(&self.room.organizations, a.organization_id.as_ref());
            let part = self.say.of("attendee-part", a.part.as_str());
            let whose = if organization.is_empty() {
                part
            } else {
                format!("{organization}, {part}")
            };
            let from = a.first_came.map(|at| self.clock(at)).unwrap_or_default();
            let until = a.last_left.map(|at| self.clock(at)).unwrap_or_default();
            self.line(format!("- **{}** ({whose}), {from}–{until}", a.name));
        }
        let all: Vec<&Attendee> = came.iter().collect();
        let spoken = represented(&self.room.seats, &all, &self.room.proxies, None, self.now);
        let mut absent: Vec<String> = self
            .room
            .seats
            .iter()
            .filter(|s| s.kind == SeatKind::Member && !spoken.iter().any(|r| r.seat == s.id))
            .map(|s| self.room.seat_name(s))
            .collect();
        absent.sort();
        if !absent.is_empty() {
            let names = absent.join(", ");
            let text = self.say.text("minutes-absent", &[("names", &names)]);
            self.line(String::new());
            self.line(text);
        }
        let (people, minutes) = cost::so_far(&came, self.now);
        let (people, minutes) = (people.to_string(), minutes.to_string());
        let text = self.say.text(
            "minutes-cost",
            &[("people", &people), ("minutes", &minutes)],
        );
        self.line(String::new());
        self.line(text);
    }

    fn point(&mut self, conn: &mut Conn, item: &AgendaItem) -> Result<(), DbError> {
        let title = crate::meeting::pages::item_title(&self.say, item);
        self.heading(&format!("{}. {title}", item.position));
        match (item.started_at, item.ended_at) {
            (Some(_), Some(ended)) => {
                let spent = whole_minutes(item.spent_seconds);
                let from = self.clock(ended.plus_seconds(-item.spent_seconds));
                let until = self.clock(ended);
                let text = self.say.text(
                    "minutes-times",
                    &[
                        ("from", &from),
                        ("until", &until),
                        ("minutes", &spent.to_string()),
                    ],
                );
                self.line(text);
                self.line(String::new());
            }
            _ => {
                let text = self.say.word("minutes-not-reached");
                self.line(text);
                self.line(String::new());
            }
        }
        match item.kind {
            AgendaKind::Commitments => self.old_promises(conn)?,
            AgendaKind::Vacancies => self.vacant(conn)?,
            AgendaKind::Decision | AgendaKind::Review => self.decided(conn, item)?,
            AgendaKind::Topic => {}
        }
        self.noted(Some(item.id.as_str()));
        self.made(Some(item.id.as_str()));
        Ok(())
    }

    /// What was promised before, and how it goes.
    fn old_promises(&mut self, conn: &mut Conn) -> Result<(), DbError> {
        let x = self.room.x.clone();
        for c in agenda::promises(conn, &x)? {
            if self.promised.iter().any(|(_, p)| p.id == c.id) {
                continue;
            }
            let line = self.promise(&c);
            let state = self.say.of("commitment-status", c.status.as_str());
            self.line(format!("{line} ({state}, {} %)", c.progress));
        }
        Ok(())
    }

    fn promise(&self, c: &Commitment) -> String {
        let owner = organization_name(&self.room.organizations, Some(&c.organization_id));
        let day = self.say.day(c.due_on);
        let args = [("what", c.title.as_str()), ("who", &owner), ("day", &day)];
        format!("- {}", self.say.text("minutes-promise", &args))
    }

    fn vacant(&mut self, conn: &mut Conn) -> Result<(), DbError> {
        let x = &self.room.x;
        let all = seats::of_body(conn, &x.partnership_id, &x.body_id)?;
        for seat in all
            .iter()
            .filter(|s| s.kind == SeatKind::Member && s.is_vacant())
        {
            let name = self.room.seat_name(seat);
            self.line(format!("- {name}"));
        }
        Ok(())
    }

    /// A vote of the room: how it was counted and what was decided.
    fn decided(&mut self, conn: &mut Conn, item: &AgendaItem) -> Result<(), DbError> {
        let id: Option<DecisionId> = item.object_id.as_deref().and_then(|o| o.parse().ok());
        let Some(id) = id.filter(|id| self.votes.iter().any(|v| &v.proposal_id == id)) else {
            return Ok(());
        };
        let tenant = self.room.x.partnership_id.clone();
        let Some(p) = proposals::find(conn, &tenant, &id)? else {
            return Ok(());
        };
        let Some(outcome) = outcomes::of(conn, &tenant, &id)? else {
            let until = p
                .closes_at
                .map(|c| self.say.moment(c, self.room.body.zone(), self.now));
            let text = self.say.text(
                "minutes-vote-open",
                &[("until", &until.unwrap_or_default())],
            );
            self.line(text);
            return Ok(());
        };
        let r = &outcome.result;
        let counts: Vec<String> = r
            .counted
            .iter()
            .filter(|c| c.ballots > 0)
            .map(|c| format!("{} {}", name(&self.say, &p, &c.option), c.ballots))
            .collect();
        let (voted, eligible) = (r.voted.to_string(), r.eligible.to_string());
        let counts = counts.join(" · ");
        let args = [
            ("voted", voted.as_str()),
            ("eligible", &eligible),
            ("counts", &counts),
        ];
        let tally = self.say.text("minutes-tally", &args);
        let result = self.say.word(if outcome.passed {
            "outcome-passed"
        } else {
            "outcome-declined"
        });
        self.line(format!("**{result}.** {tally}"));
        if !r.has_quorum() {
            let text = self.say.word("outcome-no-quorum");
            self.line(String::new());
            self.line(text);
        }
        if outcome.statement.is_empty() {
            let text = self.say.word("outcome-unwritten");
            self.line(String::new());
            self.line(text);
        } else {
            let records = outcomes::records_of(conn, &tenant, &id)?;
            let number = records.first().map(|r| r.number.to_string());
            self.line(String::new());
            for part in outcome.statement.lines() {
                self.line(format!("> {part}"));
            }
            self.line(String::new());
            if let Some(number) = number {
                let text = self.say.text("minutes-record", &[("n", &number)]);
                self.line(text);
            }
            if !outcome.no_action.is_empty() {
                let text = self
                    .say
                    .text("minutes-no-action", &[("why", &outcome.no_action)]);
                self.line(String::new());
                self.line(text);
            }
        }
        self.line(String::new());
        Ok(())
    }

    /// What was noted at a point, or outside all of them.
    fn noted(&mut self, item: Option<&str>) {
        let own: Vec<String> = self
            .notes
            .iter()
            .filter(|n| n.item_id.as_ref().map(|i| i.as_str()) == item)
            .map(|n| {
                let text = n.text.lines().collect::<Vec<_>>().join("\n  ");
                format!("- {} {text}", self.clock(n.written_at))
            })
            .collect();
        if !own.is_empty() {
            let title = self.say.word("minutes-notes");
            self.line(String::new());
            self.line(format!("**{title}**"));
            self.line(String::new());
            self.out.extend(own);
            self.line(String::new());
        }
    }

    /// What was promised at a point, or outside all of them.
    fn made(&mut self, item: Option<&str>) {
        let own: Vec<String> = self
            .promised
            .iter()
            .filter(|(at, _)| at.as_deref() == item)
            .map(|(_, c)| self.promise(c))
            .collect();
        if !own.is_empty() {
            let title = self.say.word("minutes-promised");
            self.line(format!("**{title}**"));
            self.line(String::new());
            self.out.extend(own);
            self.line(String::new());
        }
    }

    fn rest(&mut self) {
        let stray = self.notes.iter().any(|n| n.item_id.is_none())
            || self.promised.iter().any(|(at, _)| at.is_none());
        if stray {
            let title = self.say.word("minutes-else");
            self.heading(&title);
            self.noted(None);
            self.made(None);
        }
    }
}
