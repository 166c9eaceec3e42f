//! Whether enough took part: by seats, by organizations, by groups.

use std::collections::HashSet;

use super::Needed;
use crate::ballot::{Voter, electorate};
use crate::framework::Quorum;

/// What the quorum asks for, against who voted. Vacant seats count among those that may vote; those that recused themselves or
/// ended do not.
pub(crate) fn check(quorum: &Quorum, voters: &[Voter]) -> Vec<Needed> {
    let open: Vec<&Voter> = voters.iter().filter(|v| v.is_open()).collect();
    let voted: Vec<&&Voter> = open.iter().filter(|v| v.voted).collect();
    let mut needed = Vec::new();
    if quorum.percent > 0 {
        // Rounded up: half of five seats is three.
        let seats = count(open.len());
        needed.push(Needed {
            what: "seats".into(),
            needed: (seats * quorum.percent).div_ceil(100),
            have: count(voted.len()),
            of: seats,
        });
    }
    if quorum.organizations > 0 {
        let distinct = |v: &mut dyn Iterator<Item = &Voter>| {
            let ids: HashSet<_> = v.filter_map(|v| v.organization_id.as_ref()).collect();
            count(ids.len())
        };
        needed.push(Needed {
            what: "organizations".into(),
            needed: quorum.organizations,
            have: distinct(&mut voted.iter().map(|v| **v)),
            of: distinct(&mut open.iter().copied()),
        });
    }
    for least in &quorum.groups {
        let within = |v: &Voter| electorate::groups(v).contains(&least.group);
        needed.push(Needed {
            what: least.group.as_str().into(),
            needed: least.seats,
            have: count(voted.iter().filter(|v| within(v)).count()),
            of: count(open.iter().filter(|v| within(v)).count()),
        });
    }
    needed
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use backbone_identity::{OrganizationId, OrganizationRole, Sector};

    use super::*;
    use crate::ballot::{VoterId, VoterState};
    use crate::framework::{AtLeast, Group};
    use crate::proposal::DecisionId;
    use crate::seat::SeatId;

    fn voter(
        role: OrganizationRole,
        sector: Sector,
        organization: &OrganizationId,
        state: VoterState,
        voted: bool,
    ) -> Voter {
        Voter {
            id: VoterId::new(),
            partnership_id: String::new(),
            proposal_id: DecisionId::new(),
            seat_id: SeatId::new(),
            organization_id: Some(organization.clone()),
            organization_role: Some(role),
            sector: Some(sector),
            name: String::new(),
            weight: 1,
            state,
            interest: String::new(),
            voted,
        }
    }

    #[test]
    fn seats_organizations_and_groups_are_counted_apart() {
        use OrganizationRole::{Community, Funder, Partner};
        use VoterState::{Eligible, Recused};
        let [a, b, c] = [
            OrganizationId::new(),
            OrganizationId::new(),
            OrganizationId::new(),
        ];
        let voters = [
            voter(Partner, Sector::Public, &a, Eligible, true),
            voter(Partner, Sector::Public, &a, Eligible, true),
            voter(Funder, Sector::Private, &b, Eligible, false),
            voter(Community, Sector::Civil, &c, Eligible, true),
            voter(Community, Sector::Civil, &c, Eligible, false),
            voter(Funder, Sector::Private, &b, Recused, true),
        ];
        let quorum = Quorum {
            percent: 50,
            organizations: 2,
            groups: vec![
                AtLeast {
                    group: Group::Funder,
                    seats: 1,
                },
                AtLeast {
                    group: Group::Community,
                    seats: 2,
                },
                AtLeast {
                    group: Group::Public,
                    seats: 2,
                },
            ],
        };
        let found = check(&quorum, &voters);
        let told: Vec<_> = found
            .iter()
            .map(|n| (n.what.as_str(), n.needed, n.have, n.of, n.is_met()))
            .collect();
        assert_eq!(
            told,
            [
                ("seats", 3, 3, 5, true),
                ("organizations", 2, 2, 3, true),
                ("funder", 1, 0, 1, false),
                ("community", 2, 1, 2, false),
                ("public", 2, 2, 2, true),
            ]
        );
        assert!(check(&Quorum::default(), &voters).is_empty());
    }
}
