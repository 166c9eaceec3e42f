use backbone_db::{Conn, Db, DbUrl, Instant, Options, run_migrations};
use backbone_identity::{Actor, OrganizationId, Partnership, PartnershipId};
use backbone_web::IfMatch;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{TotalsQuery, rebuild, shares, totals, value_by_year};
use crate::contribution::correct::{Correction, correct, withdraw};
use crate::contribution::judge::{comment, history, query, verify};
use crate::contribution::log::{log, log_many};
use crate::contribution::{Contribution, NewContribution, Status};
use crate::error::Error;
use crate::rate::{NewRate, set};

pub(crate) struct House {
    pub(crate) db: Db,
    pub(crate) staff: Actor,
    pub(crate) organizations: Vec<OrganizationId>,
    _folder: tempfile::TempDir,
}

/// A database with one partnership of three organizations and one rate.
pub(crate) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let url = DbUrl::Sqlite(folder.path().join("test.sqlite"));
    let db = Db::open(&url, &Options::default()).unwrap();
    run_migrations(&db).unwrap();
    let now: Instant = "2026-11-22T09:00:00Z".parse().unwrap();
    let partnership = Partnership {
        id: PartnershipId::new(),
        slug: "midden".into(),
        name: "Midden".into(),
        purpose: "Every child reads".into(),
        language: "en".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
        logo_file_id: None,
        small_cell: 2,
        version: 1,
        created_at: now,
    };
    let organizations: Vec<OrganizationId> = (0..3).map(|_| OrganizationId::new()).collect();
    let staff = Actor::system(partnership.clone(), now);
    let (p, ids, actor) = (partnership, organizations.clone(), staff.clone());
    db.write_blocking(move |conn| {
        run(conn, &format!("INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, \
            fiscal_year_start, accent, small_cell, version, created_at) VALUES ('{}', 'midden', 'Midden', '', 'en', 'EUR', \
            'UTC', 1, '#0b5fcc', 2, 1, '2026-01-01 00:00:00')", p.id));
        for (n, id) in ids.iter().enumerate() {
            run(conn, &format!("INSERT INTO organizations (id, partnership_id, name, role, sector, public_name, active, \
                version, created_at) VALUES ('{id}', '{}', 'Partner {n}', 'partner', 'civil', true, true, 1, \
                '2026-01-01 00:00:00')", p.id));
        }
        let rate = NewRate {
            work_role: "Volunteer".into(),
            hourly: "24".parse().unwrap(),
            valid_from: "2020-01-01".parse().unwrap(),
            source: "Decision 12".into(),
        };
        set::set(conn, &actor, &rate).map(drop)
    })
    .unwrap();
    House {
        db,
        staff,
        organizations,
        _folder: folder,
    }
}

pub(crate) fn run(conn: &mut Conn, sql: &str) {
    diesel::sql_query(sql).execute(conn).unwrap();
}

pub(crate) fn entry(house: &House, organization: usize, more: Value) -> NewContribution {
    let mut whole = json!({ "kind": "time", "period": "2026-10", "activity": "Reading", "hours": "46",
                            "organization_id": house.organizations[organization] });
    for (name, value) in more.as_object().unwrap() {
        whole[name] = value.clone();
    }
    serde_json::from_value(whole).unwrap()
}

fn write<T: Send + 'static>(
    house: &House,
    f: impl FnOnce(&mut Conn, &Actor) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let actor = house.staff.clone();
    house.db.write_blocking(move |conn| f(conn, &actor))
}

pub(crate) fn logged(house: &House, input: NewContribution) -> Contribution {
    write(house, move |conn, actor| log(conn, actor, &input)).unwrap()
}

fn read<T>(house: &House, f: impl FnOnce(&mut Conn, &str) -> Result<T, backbone_db::DbError>) -> T {
    house
        .db
        .read_blocking(|conn| f(conn, house.staff.tenant()))
        .unwrap()
}

fn of(text: &str) -> TotalsQuery {
    text.parse().unwrap()
}

#[test]
fn a_contribution_lives_and_its_totals_follow() {
    let h = house();
    let made = logged(&h, entry(&h, 0, json!({})));
    assert_eq!(
        (made.content.value.minor, made.status),
        (110_400, Status::Logged)
    );
    let before = read(&h, |c, t| totals(c, t, &of("time:2026-10")));
    assert_eq!(
        (before.hours.to_string().as_str(), before.value_minor),
        ("46", 110_400)
    );

    let id = made.id.clone();
    let fix = |hours: &str| Correction {
        reason: "Counted again".into(),
        changes: json!({ "hours": hours, "period": "2026-09" })
            .as_object()
            .unwrap()
            .clone(),
    };
    let stale = write(&h, {
        let (id, fix) = (id.clone(), fix("40"));
        move |c, a| correct(c, a, &id, IfMatch(Some(7)), &fix)
    });
    assert!(matches!(stale, Err(Error::Seen(_))));
    let new = write(&h, {
        let (id, fix) = (id.clone(), fix("40"));
        move |c, a| correct(c, a, &id, IfMatch(Some(1)), &fix)
    })
    .unwrap();
    assert_eq!((new.version, new.content.value.minor), (2, 96_000));
    let after = read(&h, |c, t| totals(c, t, &of("time:2026-10")));
    assert_eq!((after.value_minor, after.contributions), (0, 0));
    assert_ne!(after.version_token, before.version_token);

    let id2 = id.clone();
    let status = write(&h, move |c, a| {
        query(c, a, &id2, IfMatch(None), "Is this with the holidays?")?;
        comment(c, a, &id2, "Yes")?;
        verify(c, a, &id2, IfMatch(None)).map(|c| c.status)
    });
    assert_eq!(status.unwrap(), Status::Verified);
    let id2 = id.clone();
    write(&h, move |c, a| {
        withdraw(c, a, &id2, IfMatch(None), "Logged twice")
    })
    .unwrap();
    let id2 = id.clone();
    assert!(matches!(
        write(&h, move |c, a| verify(c, a, &id2, IfMatch(None))),
        Err(Error::Step(_))
    ));
    let gone = read(&h, |c, t| totals(c, t, &TotalsQuery::all()));
    assert_eq!((gone.value_minor, gone.contributions), (0, 0));
    let past =
        h.db.read_blocking(|c| history(c, h.staff.tenant(), &id))
            .unwrap();
    let states: Vec<(i64, Status)> = past
        .versions
        .iter()
        .map(|v| (v.version, v.status))
        .collect();
    assert_eq!(
        states,
        [
            (1, Status::Logged),
            (2, Status::Logged),
            (3, Status::Queried),
            (4, Status::Verified),
            (5, Status::Withdrawn)
        ]
    );
    assert_eq!(past.versions[1].reason, "Counted again");
    assert_eq!(past.comments.len(), 2);
}

#[test]
fn many_are_logged_all_or_none_with_errors_by_row() {
    let h = house();
    let rows = vec![
        entry(&h, 0, json!({})),
        entry(&h, 1, json!({ "hours": "-1" })),
        entry(&h, 2, json!({ "activity": "" })),
    ];
    let Err(Error::Invalid(errors)) = write(&h, move |c, a| log_many(c, a, &rows)) else {
        panic!("two rows are wrong");
    };
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(
        fields,
        ["contributions.1.hours", "contributions.2.activity"]
    );
    assert_eq!(
        read(&h, |c, t| totals(c, t, &TotalsQuery::all())).contributions,
        0
    );
    let rows = vec![entry(&h, 0, json!({})), entry(&h, 1, json!({}))];
    assert_eq!(
        write(&h, move |c, a| log_many(c, a, &rows)).unwrap().len(),
        2
    );
    assert_eq!(
        read(&h, |c, t| totals(c, t, &TotalsQuery::all())).organizations,
        2
    );
}

#[test]
fn contributors_speak_for_their_own_organization_only() {
    let mut h = house();
    let made = logged(&h, entry(&h, 1, json!({})));
    h.staff.roles = vec![backbone_identity::Role::Contributor];
    h.staff.organization_id = Some(h.organizations[0].clone());
    let other = entry(&h, 1, json!({}));
    assert!(matches!(
        write(&h, move |c, a| log(c, a, &other)),
        Err(Error::NotYours)
    ));
    let id = made.id.clone();
    assert!(matches!(
        write(&h, move |c, a| withdraw(c, a, &id, IfMatch(None), "no")),
        Err(Error::NotYours)
    ));
    let mut own = entry(&h, 0, json!({}));
    own.organization_id = None;
    assert_eq!(logged(&h, own).content.organization_id, h.organizations[0]);
}

/// A small generator (Knuth's MMIX constants), so that the sequence is the same at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn totals_kept_equal_totals_computed_after_any_sequence_of_changes() {
    let h = house();
    let mut dice = Dice(7);
    let mut open: Vec<Contribution> = Vec::new();
    let periods = [
        "2026-10",
        "2026-Q3",
        "2025",
        "2026-02-14",
        "2025-12-15/2026-03-02",
        "2024-11/2026-01",
    ];
    for _ in 0..120 {
        let period = periods[dice.roll(6) as usize];
        let cents = dice.roll(1_200) + 1;
        match dice.roll(4) {
            0 | 1 => {
                let more = json!({ "period": period, "hours": format!("{}.{:02}", cents / 100, cents % 100) });
                open.push(logged(&h, entry(&h, dice.roll(3) as usize, more)));
            }
            2 => {
                let more =
                    json!({ "kind": "treasure", "period": period, "hours": null, "amount": cents });
                open.push(logged(&h, entry(&h, dice.roll(3) as usize, more)));
            }
            _ if !open.is_empty() => {
                let old = open.swap_remove(dice.roll(open.len() as u64) as usize);
                let (id, seen) = (old.id.clone(), IfMatch(Some(old.version)));
                if dice.roll(2) == 0 {
                    write(&h, move |c, a| withdraw(c, a, &id, seen, "twice")).unwrap();
                } else {
                    let changes = json!({ "period": period }).as_object().unwrap().clone();
                    let fix = Correction {
                        reason: "other period".into(),
                        changes,
                    };
                    open.push(write(&h, move |c, a| correct(c, a, &id, seen, &fix)).unwrap());
                }
            }
            _ => {}
        }
    }
    assert_eq!(read(&h, rebuild), []);
    let all = read(&h, |c, t| totals(c, t, &TotalsQuery::all()));
    let value: i64 = open.iter().map(|c| c.content.value.minor).sum();
    assert_eq!(
        (all.value_minor, all.contributions),
        (value, open.len() as i64)
    );
    let by_share: i64 = read(&h, |c, t| shares(c, t, &TotalsQuery::all()))
        .iter()
        .map(|s| s.value_minor)
        .sum();
    assert_eq!(by_share, value);
    let by_year = read(&h, |c, t| {
        value_by_year(
            c,
            t,
            "2024-01-01".parse().unwrap(),
            "2026-12-31".parse().unwrap(),
        )
    });
    assert_eq!(by_year.iter().map(|y| y.1).sum::<i64>(), value);
    // Stretches of any length add up: a year as whole months, and in two parts that cut a month.
    let parts = ["all:2026-01-01/2026-05-17", "all:2026-05-18/2026-12-31"];
    let cut: i64 = parts
        .iter()
        .map(|p| read(&h, |c, t| totals(c, t, &of(p))).value_minor)
        .sum();
    assert_eq!(
        cut,
        read(&h, |c, t| totals(c, t, &of("all:2026"))).value_minor
    );
}

#[test]
fn a_total_has_one_text() {
    let organization = OrganizationId::new();
    for text in [
        "time:2025-01/2026-06",
        "all:2026",
        &format!("talent+time:2026-Q3@{organization}"),
    ] {
        assert_eq!(of(text).to_string(), text);
    }
    for text in ["2026", "time", "hours:2026", "time:soon", "time:2026@oost"] {
        assert!(text.parse::<TotalsQuery>().is_err(), "{text}");
    }
}
