use super::*;

fn at(text: &str) -> Instant {
    text.parse().expect("a moment")
}

fn day_of(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn organization(n: u8) -> OrganizationId {
    format!("00000000-0000-7000-8000-0000000000{n:02}")
        .parse()
        .expect("an id")
}

fn seat(n: u8, sector: Sector, voted: bool) -> Seated {
    Seated {
        organization: Some(organization(n)),
        sector: Some(sector),
        voted,
    }
}

fn vote(secret: bool, seats: Vec<Seated>) -> Vote {
    Vote {
        secret,
        turnout_from: 3,
        created_at: at("2026-03-01T08:00:00Z"),
        opened_at: at("2026-03-03T08:00:00Z"),
        closed_at: at("2026-03-04T08:00:00Z"),
        decided_at: Some(at("2026-03-04T14:00:00Z")),
        seats,
    }
}

fn promise(n: u8, due: &str, status: CommitmentStatus, done: Option<&str>) -> Promise {
    Promise {
        organization: organization(n),
        due_on: day_of(due),
        status,
        done_at: done.map(at),
        made_at: at("2026-03-04T14:00:00Z"),
        hours: 10,
    }
}

fn facts(votes: Vec<Vote>) -> Facts {
    let row = |n: u8, name: &str, sector, active| Row {
        id: organization(n),
        name: name.into(),
        sector,
        active,
    };
    Facts {
        votes,
        ballots: Vec::new(),
        comments: Vec::new(),
        promises: Vec::new(),
        organizations: vec![
            row(1, "Noord", Sector::Public, true),
            row(2, "Oost", Sector::Civil, true),
            row(3, "Gone", Sector::Civil, false),
        ],
        zone: jiff::tz::TimeZone::get("Europe/Amsterdam").expect("a zone"),
        from: day_of("2026-01-01"),
        until: day_of("2026-12-31"),
    }
}

#[test]
fn open_votes_are_told_by_organization_and_sector_and_the_least_come_first() {
    let seats = |second| {
        vec![
            seat(1, Sector::Public, true),
            seat(2, Sector::Civil, second),
        ]
    };
    let told = report(&facts(vec![
        vote(false, seats(true)),
        vote(false, seats(false)),
    ]));
    assert_eq!((told.votes, told.secret), (2, 0));
    assert_eq!(told.participation, Share { have: 3, of: 4 });
    let rows: Vec<_> = told
        .organizations
        .iter()
        .map(|o| (o.name.as_str(), o.participation))
        .collect();
    assert_eq!(
        rows,
        [
            ("Oost", Share { have: 1, of: 2 }),
            ("Noord", Share { have: 2, of: 2 })
        ],
        "one that left and did nothing is not shown"
    );
    let sectors: Vec<_> = told
        .sectors
        .iter()
        .map(|s| (s.sector, s.participation.have))
        .collect();
    assert_eq!(sectors, [(Sector::Civil, 1), (Sector::Public, 2)]);
}

#[test]
fn a_secret_vote_is_told_in_the_whole_only_and_only_above_its_number() {
    let seats = |voted: [bool; 3]| {
        let all = [Sector::Public, Sector::Civil, Sector::Private].into_iter();
        let all = all.zip(voted).zip(1u8..);
        all.map(|((sector, voted), n)| seat(n, sector, voted))
            .collect::<Vec<_>>()
    };
    let open = facts(vec![vote(false, seats([true, false, true]))]);
    let before = report(&open);
    for (voted, whole) in [([true, true, true], 3), ([true, true, false], 0)] {
        let mut with = open.clone();
        with.votes.push(vote(true, seats(voted)));
        let told = report(&with);
        assert_eq!(told.secret, 1);
        assert_eq!(told.participation.have, before.participation.have + whole);
        assert_eq!(told.sectors, before.sectors, "{voted:?}");
        assert_eq!(told.organizations, before.organizations, "{voted:?}");
    }
}

#[test]
fn promises_count_when_they_fall_due_and_are_in_time_on_their_day() {
    use CommitmentStatus::{Done, Dropped, Open};
    let mut facts = facts(Vec::new());
    facts.promises = vec![
        // 22:30 in London is still that day there, and half past midnight here.
        promise(1, "2026-06-30", Done, Some("2026-06-30T21:30:00Z")),
        promise(1, "2026-06-30", Done, Some("2026-06-30T22:30:00Z")),
        promise(1, "2026-06-30", Dropped, None),
        promise(2, "2026-12-31", Open, None),
        promise(2, "2027-01-01", Open, None),
    ];
    let told = report(&facts);
    let all = FollowThrough {
        due: 4,
        in_time: 1,
        late: 1,
        dropped: 1,
        open: 1,
    };
    assert_eq!(told.follow_through, all);
    assert_eq!(told.follow_through.rate(), Share { have: 2, of: 4 });
    let oost = told
        .organizations
        .iter()
        .find(|o| o.name == "Oost")
        .expect("there");
    assert_eq!(
        (oost.commitments, oost.hours, oost.follow_through.due),
        (2, 20, 1)
    );
}

#[test]
fn lengths_have_a_middle_and_an_end() {
    for (hours, median, longest) in [
        (vec![], None, None),
        (vec![5], Some(5), Some(5)),
        (vec![9, 1, 5], Some(5), Some(9)),
        (vec![1, 2, 7, 8], Some(4), Some(8)),
    ] {
        let found = lengths(hours.iter().copied());
        assert_eq!(
            (found.median_hours, found.longest_hours),
            (median, longest),
            "{hours:?}"
        );
    }
    let mut undecided = vote(false, Vec::new());
    undecided.decided_at = None;
    let time = report(&facts(vec![vote(false, Vec::new()), undecided])).time;
    assert_eq!(
        (time.talk.median_hours, time.vote.median_hours),
        (Some(48), Some(24))
    );
    assert_eq!(
        (
            time.outcome.count,
            time.outcome.median_hours,
            time.whole.median_hours
        ),
        (1, Some(6), Some(78))
    );
}
