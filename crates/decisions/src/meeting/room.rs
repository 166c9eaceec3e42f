//! The room as it is at a moment: who is there, which seats they represent, and whether that is enough.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::directory::{self, OrganizationCard};
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::{Represented, represented};
use super::{AgendaItem, AgendaKind, Attendee, Meeting, Present, store};
use crate::ballot::{Proxy, Voter, VoterId, VoterState, store as ballots};
use crate::body::{Body, store as bodies};
use crate::framework::{Quorum, store as frameworks};
use crate::outcome::{Needed, quorum};
use crate::proposal::{DecisionId, Status, store as proposals};
use crate::seat::{Seat, SeatId, SeatKind, store as seats};

/// Whether enough are there for decisions of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoomQuorum {
    /// The framework, or the proposals on the agenda that ask for it.
    pub name: String,
    /// What it asks for.
    pub needed: Vec<Needed>,
    /// Whether enough are there.
    pub met: bool,
}

/// A seat and who speaks for it in the room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoomSeat {
    /// The seat.
    pub seat_id: SeatId,
    /// Whose it is.
    pub name: String,
    /// Who speaks for it; none while nobody does.
    pub by: Option<String>,
    /// As what.
    pub capacity: Option<crate::ballot::Capacity>,
}

/// A meeting with everything that its rules ask for.
pub(crate) struct Room {
    pub x: Meeting,
    pub body: Body,
    pub seats: Vec<Seat>,
    pub people: Vec<Attendee>,
    pub items: Vec<AgendaItem>,
    pub organizations: Vec<OrganizationCard>,
    pub proxies: Vec<Proxy>,
    pub now: Instant,
}

impl Room {
    pub(crate) fn load(conn: &mut Conn, x: Meeting, now: Instant) -> Result<Option<Self>, DbError> {
        let tenant = x.partnership_id.clone();
        let Some(body) = bodies::find(conn, &tenant, &x.body_id)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            seats: seats::of_body(conn, &tenant, &x.body_id)?,
            people: store::people(conn, &tenant, &x.id)?,
            items: store::items(conn, &tenant, &x.id)?,
            organizations: directory::organizations(conn, &tenant)?,
            proxies: ballots::proxies(conn, &tenant, now)?,
            body,
            now,
            x,
        }))
    }

    /// Who is there.
    pub(crate) fn here(&self) -> Vec<&Attendee> {
        self.people
            .iter()
            .filter(|a| a.here_since.is_some())
            .collect()
    }

    /// The seats that those who are there represent; for one proposal, proxies for it count too.
    pub(crate) fn represented(&self, scope: Option<&DecisionId>) -> Vec<Represented> {
        represented(&self.seats, &self.here(), &self.proxies, scope, self.now)
    }

    /// The name of a seat: its organization's or guest's.
    pub(crate) fn seat_name(&self, seat: &Seat) -> String {
        let card = self
            .organizations
            .iter()
            .find(|o| Some(&o.id) == seat.organization_id.as_ref());
        card.map(|o| o.name.clone())
            .or_else(|| seat.guest_name.clone())
            .unwrap_or_else(|| seat.title.clone())
    }

    /// Every seat that decides, and who speaks for it.
    pub(crate) fn seated(&self) -> Vec<RoomSeat> {
        let found = self.represented(None);
        let deciding = |s: &&Seat| s.kind == SeatKind::Member;
        let mut all: Vec<RoomSeat> = self
            .seats
            .iter()
            .filter(deciding)
            .map(|s| {
                let one = found.iter().find(|r| r.seat == s.id);
                let by = one.and_then(|r| self.people.iter().find(|p| p.id == r.by));
                RoomSeat {
                    seat_id: s.id.clone(),
                    name: self.seat_name(s),
                    by: by.map(|p| p.name.clone()),
                    capacity: one.map(|r| r.how),
                }
            })
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// Who is there, with the seats they represent, as a record keeps it.
    pub(crate) fn present(&self, scope: Option<&DecisionId>) -> Vec<Present> {
        let found = self.represented(scope);
        let seats = |a: &Attendee| {
            let own = found.iter().filter(|r| r.by == a.id);
            own.filter_map(|r| self.seats.iter().find(|s| s.id == r.seat))
                .map(|s| self.seat_name(s))
                .collect()
        };
        self.here()
            .into_iter()
            .map(|a| Present {
                name: a.name.clone(),
                seats: seats(a),
            })
            .collect()
    }

    /// The seats as voters who have voted when somebody speaks for them: so the rules of a vote's quorum tell that of the room.
    fn voters(&self, present: &[Represented], guests: bool) -> Vec<Voter> {
        let votes = |s: &&Seat| s.kind == SeatKind::Member || (guests && s.kind == SeatKind::Guest);
        self.seats
            .iter()
            .filter(votes)
            .map(|s| {
                let card = self
                    .organizations
                    .iter()
                    .find(|o| Some(&o.id) == s.organization_id.as_ref());
                Voter {
                    id: VoterId::new(),
                    partnership_id: String::new(),
                    proposal_id: DecisionId::new(),
                    seat_id: s.id.clone(),
                    organization_id: s.organization_id.clone(),
                    organization_role: card.map(|c| c.role),
                    sector: card.map(|c| c.sector),
                    name: String::new(),
                    weight: s.weight,
                    state: VoterState::Eligible,
                    interest: String::new(),
                    voted: present.iter().any(|r| r.seat == s.id),
                }
            })
            .collect()
    }

    /// Whether a set of represented seats is enough, by each quorum that this meeting needs.
    pub(crate) fn enough(&self, wanted: &[Asked], present: &[Represented]) -> Vec<RoomQuorum> {
        wanted
            .iter()
            .map(|a| {
                let needed = quorum::check(&a.quorum, &self.voters(present, a.guests));
                RoomQuorum {
                    name: a.name.clone(),
                    met: needed.iter().all(Needed::is_met),
                    needed,
                }
            })
            .collect()
    }
}

/// A quorum that a meeting needs, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub name: String,
    pub quorum: Quorum,
    pub guests: bool,
}

/// The quorums that a meeting needs: those of the proposals on its agenda that are not decided; without any, those of the
/// body's frameworks. Equal ones are told once.
pub(crate) fn asked(conn: &mut Conn, room: &Room) -> Result<Vec<Asked>, DbError> {
    let tenant = &room.x.partnership_id;
    let all = frameworks::all(conn, tenant)?;
    let mut found: Vec<Asked> = Vec::new();
    let mut add = |name: String, quorum: Quorum, guests: bool| {
        if quorum == Quorum::default() {
            return;
        }
        match found
            .iter_mut()
            .find(|a| a.quorum == quorum && a.guests == guests)
        {
            Some(same) if same.name.contains(&name) => {}
            Some(same) => same.name = format!("{}, {name}", same.name),
            None => found.push(Asked {
                name,
                quorum,
                guests,
            }),
        }
    };
    let mut any = false;
    for item in room.items.iter().filter(|i| i.kind == AgendaKind::Decision) {
        let id: Option<DecisionId> = item.object_id.as_deref().and_then(|o| o.parse().ok());
        let Some(id) = id else {
            continue;
        };
        let open = [Status::Draft, Status::Discussion, Status::Voting];
        if let Some(p) = proposals::find(conn, tenant, &id)?.filter(|p| open.contains(&p.status)) {
            any = true;
            let name = all
                .iter()
                .find(|f| Some(&f.id) == p.framework_id.as_ref())
                .map_or_else(|| p.title.clone(), |f| f.name.clone());
            add(name, p.norms.quorum, p.norms.guests);
        }
    }
    if !any {
        let ours = all
            .into_iter()
            .filter(|f| f.active && f.body_id.as_ref().is_none_or(|b| b == &room.x.body_id));
        for f in ours {
            add(f.name, f.norms.quorum, f.norms.guests);
        }
    }
    Ok(found)
}
