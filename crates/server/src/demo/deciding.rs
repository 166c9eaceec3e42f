//! How the demo partnership decides: a board with seats, a working group below it, three decisions with what followed, and one
//! vote that waits.

use backbone_db::{Conn, Instant};
use backbone_decisions::ballot::{NewBallot, Says, cast};
use backbone_decisions::body::{self, NewBody};
use backbone_decisions::commitment::{NewCommitment, Progress};
use backbone_decisions::framework::{self, AtLeast, Group, NewFramework, Norms, library};
use backbone_decisions::interest::{NewInterest, declare};
use backbone_decisions::opinion::{NewOpinion, give};
use backbone_decisions::outcome::{NewOutcome, decide};
use backbone_decisions::proposal::comment::{self, NewComment};
use backbone_decisions::proposal::life::{self, StepInput};
use backbone_decisions::proposal::{Choice, Content, DecisionId, NewProposal, Prediction, draft};
use backbone_decisions::seat::{NewSeat, place};
use backbone_decisions::{body::BodyId, commitment};
use backbone_identity::{Actor, Role};
use backbone_web::{IfMatch, Problem};

use super::calendar::{Calendar, MONTHS};
use super::measuring::Metrics;
use super::meeting::Board;
use super::stage::{Placed, Stage};

/// Who sits on the board, and whether they speak for a part of the whole.
const BOARD: &[&str] = &[
    "Harbour City Council",
    "Merwe College",
    "Port Logistics Group",
    "Mentor Circle Foundation",
    "Neighbours' Council Quays",
    "Quayside Foundation",
    "Lantern Fund",
];

struct Chamber<'a> {
    stage: &'a Stage,
    board: BodyId,
    seated: Vec<&'a Placed>,
}

/// Plays all of it.
///
/// # Errors
/// What the verbs refuse.
pub fn decide_all(
    conn: &mut Conn,
    stage: &Stage,
    calendar: &Calendar,
    metrics: &Metrics,
) -> Result<(), Problem> {
    let begin = calendar.moment(calendar.month(1), 4, 60);
    let staff = at(&stage.staff, begin);
    let board = body::edit::create(conn, &staff, &NewBody {
        kind: "board".into(),
        name: "Partnership board".into(),
        charter: "The board keeps the purpose, the rules and the money. One seat for each organization; half of it votes or nothing is decided, and funders and residents are among those.".into(),
        remit: "Purpose, admission of partners, amounts above € 10,000, rates and proxies of value models.".into(),
        ..NewBody::default()
    })?;
    body::edit::create(
        conn,
        &staff,
        &NewBody {
            kind: "working_group".into(),
            name: "Mentoring group".into(),
            remit: "How mentors are found, trained and matched.".into(),
            parent_id: Some(board.id.to_string()),
            ..NewBody::default()
        },
    )?;
    let (mut seated, mut seats) = (Vec::new(), Vec::new());
    for name in BOARD {
        if let Some(placed) = stage.organizations.iter().find(|o| o.cast.name == *name) {
            let who = placed.people.first().and_then(|p| p.person_id.clone());
            let seat = place::add(
                conn,
                &staff,
                &board.id,
                &NewSeat {
                    kind: "member".into(),
                    organization_id: Some(placed.id.to_string()),
                    person_id: who.map(|p| p.to_string()),
                    title: if *name == "Harbour City Council" {
                        "Chair".into()
                    } else {
                        String::new()
                    },
                    ..NewSeat::default()
                },
            )?;
            seats.push((seat.id, placed));
            seated.push(placed);
        }
    }
    let chamber = Chamber {
        stage,
        board: board.id,
        seated,
    };
    let frameworks = frameworks(conn, &staff, &chamber)?;
    chamber.past(conn, calendar, metrics, &frameworks)?;
    let meetings = Board {
        stage,
        id: chamber.board.clone(),
        seats,
        consent: frameworks.first().cloned().unwrap_or_default(),
    };
    meetings.past(conn)?;
    chamber.open(conn, &frameworks)?;
    meetings.coming(conn)
}

fn at(actor: &Actor, moment: Instant) -> Actor {
    Actor {
        now: moment,
        ..actor.clone()
    }
}

/// The norms of the board: consent for policy, two thirds for admission and money, a ranking for choices.
fn frameworks(
    conn: &mut Conn,
    staff: &Actor,
    chamber: &Chamber<'_>,
) -> Result<Vec<String>, Problem> {
    let mut made = Vec::new();
    for (key, name, class, words) in [
        (
            "consent",
            "Consent",
            "Policy and ways of working",
            "policy rule guideline agree",
        ),
        (
            "supermajority",
            "Two thirds",
            "Budget above € 10,000, admission",
            "budget fund money admit partner mentors",
        ),
        (
            "ranked",
            "Ranking",
            "One choice out of several",
            "which where choose",
        ),
    ] {
        let norms = library::find(key).map(|r| r.norms).unwrap_or_default();
        let mut norms = Norms {
            words: words.into(),
            none_of_above: false,
            ..norms
        };
        norms.quorum.groups = vec![
            AtLeast {
                group: Group::Funder,
                seats: 1,
            },
            AtLeast {
                group: Group::Community,
                seats: 1,
            },
        ];
        let new = NewFramework {
            body_id: Some(chamber.board.to_string()),
            name: name.into(),
            class: class.into(),
            norms,
            active: None,
        };
        made.push(framework::edit::create(conn, staff, &new)?.id.to_string());
    }
    Ok(made)
}

impl Chamber<'_> {
    fn propose(
        &self,
        conn: &mut Conn,
        when: Instant,
        framework: &str,
        title: &str,
        content: Content,
    ) -> Result<DecisionId, Problem> {
        let staff = at(&self.stage.staff, when);
        let new = NewProposal {
            body_id: self.board.to_string(),
            framework_id: Some(framework.into()),
            title: title.into(),
            content,
            ..NewProposal::default()
        };
        let made = draft::create(conn, &staff, &new)?;
        life::publish(conn, &staff, &made.id)?;
        Ok(made.id)
    }

    /// Each seat votes as told, one hour after the other.
    fn vote(
        &self,
        conn: &mut Conn,
        id: &DecisionId,
        opened: Instant,
        votes: &[(&str, &str)],
    ) -> Result<(), Problem> {
        for (hour, (placed, (choice, reason))) in self.seated.iter().zip(votes).enumerate() {
            let Some(person) = placed.people.first() else {
                continue;
            };
            let says = match choice.split_once('>') {
                None => Says {
                    option: Some((*choice).into()),
                    ..Says::default()
                },
                Some(_) => Says {
                    ranks: choice.split('>').map(|k| vec![k.to_string()]).collect(),
                    ..Says::default()
                },
            };
            let ballot = NewBallot {
                seat_id: None,
                says,
                reason: (*reason).into(),
            };
            cast::cast(
                conn,
                &at(person, opened.plus_seconds(3600 * (hour as i64 + 1))),
                id,
                &ballot,
            )?;
        }
        Ok(())
    }

    /// Opens, votes, closes and seals.
    fn carry(
        &self,
        conn: &mut Conn,
        id: &DecisionId,
        opened: Instant,
        votes: &[(&str, &str)],
        statement: &str,
        follows: &[(&str, &str, i64)],
    ) -> Result<(), Problem> {
        let staff = |moment| at(&self.stage.staff, moment);
        life::open(conn, &staff(opened), id)?;
        self.vote(conn, id, opened, votes)?;
        let closed = opened.plus_days(3);
        life::close(
            conn,
            &staff(closed),
            id,
            &StepInput {
                reason: "Everybody had voted".into(),
                ..StepInput::default()
            },
        )?;
        let owner = |name: &str| {
            self.stage
                .organizations
                .iter()
                .find(|o| o.cast.name == name)
        };
        let commitments = follows
            .iter()
            .filter_map(|(what, name, days)| {
                let owner = owner(name)?;
                let due = closed.plus_days(*days).date_in(&jiff::tz::TimeZone::UTC);
                Some(NewCommitment {
                    title: (*what).into(),
                    organization_id: owner.id.to_string(),
                    person_id: owner
                        .people
                        .first()
                        .and_then(|p| p.person_id.as_ref())
                        .map(ToString::to_string),
                    due_on: due.to_string(),
                    effort_hours: Some(24),
                    benefit: "Young people who stay, and are ready sooner".into(),
                })
            })
            .collect();
        let outcome = NewOutcome {
            statement: statement.into(),
            commitments,
            no_action: String::new(),
        };
        decide::decide(conn, &staff(closed.plus_seconds(7200)), id, &outcome)?;
        Ok(())
    }

    fn past(
        &self,
        conn: &mut Conn,
        calendar: &Calendar,
        metrics: &Metrics,
        frameworks: &[String],
    ) -> Result<(), Problem> {
        let [consent, money, ranked] = frameworks else {
            return Err(Problem::internal("the demo has other frameworks"));
        };
        let first = calendar.moment(calendar.month(2), 3, 30);
        let rates = self.propose(conn, first, consent, "Value volunteer hours at € 24", Content {
            background: "Funders ask what an hour is worth. € 24 is what it would cost to replace a volunteer mentor by an assistant.".into(),
            ..Content::default()
        })?;
        let agree = [
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
            ("stand_aside", "I would have gone lower"),
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
        ];
        self.carry(
            conn,
            &rates,
            first.plus_days(5),
            &agree,
            "We value volunteer hours at € 24, and look at it again in a year.",
            &[(
                "Publish the rate and its source",
                "Harbour City Council",
                20,
            )],
        )?;
        let second = calendar.moment(calendar.month(6), 3, 30);
        let mentors = self.propose(conn, second, money, "Fund ten more mentors from the spring", Content {
            background: "The waiting list grows faster than we find mentors. Young people say that waiting is when they give up.".into(),
            amount_minor: Some(2_400_000),
            predictions: vec![Prediction {
                metric_id: metrics.id("wait")?.to_string(),
                expected: "from 7 weeks to 4".into(),
                by: None,
                then: "7 weeks".into(),
            }],
            ..Content::default()
        })?;
        let votes = [
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
            ("agree", ""),
            ("disagree", "Let us first keep the mentors we have"),
        ];
        self.carry(
            conn,
            &mentors,
            second.plus_days(5),
            &votes,
            "We fund ten more mentors from April, for two years.",
            &[
                ("Find and train ten mentors", "Mentor Circle Foundation", 90),
                ("Pay the first half", "Quayside Foundation", 30),
            ],
        )?;
        let third = calendar.moment(calendar.month(11), 3, 30);
        let option = |label: &str, meaning: &str| Choice {
            label: label.into(),
            meaning: meaning.into(),
            ..Choice::default()
        };
        let place = self.propose(
            conn,
            third,
            ranked,
            "Where does the second walk-in desk open?",
            Content {
                background: "The lease of the old desk ends. Three places are free from January."
                    .into(),
                options: vec![
                    option("Library of the Quays", "Open six days, on the tram"),
                    option("College hall", "Where they are anyway, closed in summer"),
                    option("Shipyard gate", "Near the jobs, far from home"),
                ],
                ..Content::default()
            },
        )?;
        let ranks = [
            ("o1>o2>o3", ""),
            ("o2>o1>o3", ""),
            ("o3>o1>o2", ""),
            ("o1>o2>o3", ""),
            ("o1>o3>o2", ""),
            ("o2>o1>o3", ""),
            ("o1>o2>o3", ""),
        ];
        self.carry(
            conn,
            &place,
            third.plus_days(5),
            &ranks,
            "The second desk opens in the Library of the Quays.",
            &[("Open the desk", "Library of the Quays", 190)],
        )?;
        self.progress(conn, calendar)
    }

    /// Two promises are kept, one is late, and one was put off and is due next week.
    fn progress(&self, conn: &mut Conn, calendar: &Calendar) -> Result<(), Problem> {
        let when = calendar.moment(calendar.month(MONTHS - 1), 10, 30);
        let staff = at(&self.stage.staff, when);
        for c in commitment::open(conn, &staff)? {
            let (progress, status, text) = match c.title.as_str() {
                "Publish the rate and its source" | "Pay the first half" => {
                    (100, Some("done"), "Done.")
                }
                "Open the desk" => (70, None, "Furnished; the network comes next week."),
                _ => (60, None, "Six are trained, four are being looked for."),
            };
            let days = if c.title == "Open the desk" { -6 } else { 9 };
            let due = self.stage.now.plus_days(days);
            let due = due.date_in(&self.stage.staff.partnership.zone());
            let report = Progress {
                due_on: (progress < 100).then(|| due.to_string()),
                progress: Some(progress),
                status: status.map(Into::into),
                text: text.into(),
                ..Progress::default()
            };
            commitment::edit::report(conn, &staff, &c.id, IfMatch(Some(c.version)), &report)?;
        }
        Ok(())
    }

    /// The vote that waits for the demo's partner.
    fn open(&self, conn: &mut Conn, frameworks: &[String]) -> Result<(), Problem> {
        let now = self.stage.now;
        let consent = frameworks.first().map(String::as_str).unwrap_or_default();
        let id = self.propose(conn, now.plus_days(-6), consent, "Ask each young person how it went, after three months", Content {
            background: "We count who starts. We do not ask who is glad that they did. Five questions by phone, in their own language, by somebody they do not depend on.".into(),
            ..Content::default()
        })?;
        if let Some(voice) = self
            .seated
            .get(4)
            .and_then(|o| o.people.first())
            .filter(|p| p.has(Role::Community) || p.has(Role::Contributor))
        {
            let said = NewComment {
                kind: "concern".into(),
                text: "Who calls? If it is their own mentor, they will be polite.".into(),
                parent_id: None,
            };
            comment::write(conn, &at(voice, now.plus_days(-4)), &id, &said)?;
        }
        let opened = now.plus_days(-2);
        life::open(conn, &at(&self.stage.staff, opened), &id)?;
        for index in [0, 2, 4] {
            if let Some(person) = self.seated.get(index).and_then(|o| o.people.first()) {
                let ballot = NewBallot {
                    seat_id: None,
                    says: Says {
                        option: Some("agree".into()),
                        ..Says::default()
                    },
                    reason: String::new(),
                };
                cast::cast(
                    conn,
                    &at(person, opened.plus_seconds(7200 * (index as i64 + 1))),
                    &id,
                    &ballot,
                )?;
            }
        }
        self.think(conn, &id, now.plus_days(-1))
    }

    /// What people of two organizations think before their seats vote, and an interest that somebody declared.
    fn think(&self, conn: &mut Conn, id: &DecisionId, when: Instant) -> Result<(), Problem> {
        for (index, option, reason) in [
            (3, "agree", ""),
            (6, "stand_aside", "Five questions are many"),
        ] {
            let people = self.seated.get(index).into_iter();
            let people = people.flat_map(|o| &o.people);
            for person in people.filter(|p| p.person_id.is_some()) {
                let opinion = NewOpinion {
                    says: Says {
                        option: Some(option.into()),
                        ..Says::default()
                    },
                    reason: reason.into(),
                };
                give::give(conn, &at(person, when), id, &opinion)?;
            }
        }
        if let Some(person) = self.seated.get(2).and_then(|o| o.people.first()) {
            let interest = NewInterest {
                topic: Some("shift allowance".into()),
                reason: "We would pay less ourselves.".into(),
                ..NewInterest::default()
            };
            declare::declare(conn, &at(person, when), &interest)?;
        }
        Ok(())
    }
}
