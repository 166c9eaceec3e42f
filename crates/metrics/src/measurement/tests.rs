use backbone_db::Dec;
use backbone_identity::Role;
use backbone_web::IfMatch;

use super::bulk::Existing;
use super::*;
use crate::Error;
use crate::measurement::correct::{Correction, correct};
use crate::measurement::review::{Reason, verify, withdraw};
use crate::metric::{Definition, Kind};
use crate::tests::World;
use crate::{clock, figures};

fn dec(text: &str) -> Option<Dec> {
    Some(text.parse().unwrap())
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 10, 1)
}

#[test]
fn a_correction_keeps_what_was_and_changes_the_figure_and_its_token() {
    let world = World::new();
    let metric = world.metric("Children reached");
    let staff = world.actor_at(0);
    let new = NewMeasurement {
        metric_id: Some(metric.id.clone()),
        period: "Q2 2026".into(),
        value: dec("40"),
        ..NewMeasurement::default()
    };
    let made = world.write(|c| record(c, &staff, &new)).unwrap();
    assert_eq!(made.period.to_string(), "2026-Q2");
    let figure = || {
        let read = world.read(|c| figures::latest(c, world.tenant(), &metric.id, today()));
        read.unwrap()
    };
    let (before, clock_before) = (figure(), world.read(|c| clock::version(c, world.tenant())));
    let again = world.write(|c| record(c, &staff, &new));
    assert!(matches!(again, Err(Error::AlreadyMeasured { .. })));
    let right = Correction {
        value: dec("42.5"),
        ..Correction::default()
    };
    let stale = world.write(|c| correct(c, &staff, &made.id, IfMatch(Some(9)), &right));
    assert!(matches!(stale, Err(Error::Refused(p)) if p.code == "changed-meanwhile"));
    world.write(|c| verify(c, &staff, &made.id, None)).unwrap();
    assert!(figure().verified);
    let corrected = world
        .write(|c| correct(c, &staff, &made.id, IfMatch(Some(2)), &right))
        .unwrap();
    assert_eq!((corrected.version, corrected.status), (3, Status::Reported));
    let versions = world.read(|c| store::versions(c, world.tenant(), &made.id));
    let values: Vec<String> = versions
        .iter()
        .map(|v| v.value.clone().unwrap().to_string())
        .collect();
    assert_eq!(values, ["40", "40"]);
    let after = figure();
    assert_eq!(after.value.to_string(), "42.5");
    assert!(!after.verified);
    assert_ne!(before.version_token, after.version_token);
    assert!(world.read(|c| clock::version(c, world.tenant())) > clock_before);
    let reason = Reason {
        reason: "Counted twice".into(),
    };
    world
        .write(|c| withdraw(c, &staff, &made.id, None, &reason))
        .unwrap();
    assert!(
        world
            .read(|c| figures::latest(c, world.tenant(), &metric.id, today()))
            .is_none()
    );
    let back = world.write(|c| record(c, &staff, &new)).unwrap();
    assert_eq!((back.id, back.version), (made.id, 5));
}

#[test]
fn members_report_for_their_own_organization_only() {
    let world = World::new();
    let metric = world.metric("Hours of reading");
    let contributor = world.member(Role::Contributor, 0);
    let reader = world.member(Role::ReadOnly, 0);
    let of = |organization: Option<usize>| NewMeasurement {
        metric_id: Some(metric.id.clone()),
        organization_id: organization.map(|n| world.organizations[n].clone()),
        period: "2026-Q1".into(),
        value: dec("3"),
        ..NewMeasurement::default()
    };
    for (actor, organization, may) in [
        (&contributor, Some(0), true),
        (&contributor, Some(1), false),
        (&contributor, None, false),
        (&reader, Some(0), false),
    ] {
        let done = world.write(|c| record(c, actor, &of(organization)));
        assert_eq!(done.is_ok(), may, "{organization:?}: {done:?}");
    }
}

#[test]
fn a_bulk_request_saves_all_or_none_or_what_holds() {
    let world = World::new();
    let metric = world.metric("Books lent");
    let staff = world.actor_at(0);
    let row = |period: &str, value: &str| NewMeasurement {
        metric_id: Some(metric.id.clone()),
        period: period.into(),
        value: dec(value),
        ..NewMeasurement::default()
    };
    let options = |partial, existing| BulkOptions { partial, existing };
    let rows = [
        row("2026-Q1", "1"),
        row("someday", "2"),
        row("2026-Q2", "3"),
    ];
    let refused = world.write(|c| bulk(c, &staff, &rows, options(false, Existing::Refuse)));
    match refused {
        Err(Error::RowsRefused { refused: 1, fields }) => {
            assert_eq!(fields[0].field, "rows.1.period");
        }
        other => panic!("{other:?}"),
    }
    assert!(
        world
            .read(|c| figures::latest(c, world.tenant(), &metric.id, today()))
            .is_none()
    );
    for (existing, recorded, corrected, unchanged, refused) in [
        (Existing::Refuse, 2, 0, 0, 1),
        (Existing::Refuse, 0, 0, 0, 3),
        (Existing::Skip, 0, 0, 2, 1),
        (Existing::Correct, 0, 0, 2, 1),
    ] {
        let report = world
            .write(|c| bulk(c, &staff, &rows, options(true, existing)))
            .unwrap();
        let found = (
            report.recorded,
            report.corrected,
            report.unchanged,
            report.refused.len(),
        );
        assert_eq!(
            found,
            (recorded, corrected, unchanged, refused),
            "{existing}"
        );
    }
    let changed = [row("2026-Q1", "10")];
    let report = world
        .write(|c| bulk(c, &staff, &changed, options(false, Existing::Correct)))
        .unwrap();
    assert_eq!(report.corrected, 1);
    let half = world.read(|c| {
        let period = "2026-H1".parse().unwrap();
        figures::at(c, world.tenant(), &metric.id, &period, today())
    });
    assert_eq!(
        half.unwrap().value.to_string(),
        "3",
        "the last quarter of the half year"
    );
}

#[test]
fn numbers_that_contradict_one_another_are_refused() {
    let new = |value: Option<&str>, parts: Option<(&str, &str)>, marker| NewMeasurement {
        value: value.and_then(dec),
        numerator: parts.and_then(|p| dec(p.0)),
        denominator: parts.and_then(|p| dec(p.1)),
        marker,
        ..NewMeasurement::default()
    };
    for (kind, input, expected) in [
        (Kind::Number, new(Some("3"), None, None), Ok(Some("3"))),
        (
            Kind::Ratio,
            new(None, Some(("19", "22")), None),
            Ok(Some("86.3636363636")),
        ),
        (
            Kind::Percent,
            new(Some("86"), Some(("19", "22")), None),
            Ok(Some("86")),
        ),
        (
            Kind::Percent,
            new(Some("50"), Some(("19", "22")), None),
            Err("metrics-parts-disagree"),
        ),
        (
            Kind::Ratio,
            new(None, Some(("1", "0")), None),
            Err("metrics-denominator-zero"),
        ),
        (Kind::Number, new(None, None, None), Err("required")),
        (
            Kind::Number,
            new(None, None, Some(Marker::Missing)),
            Ok(None),
        ),
        (
            Kind::Number,
            new(Some("3"), None, Some(Marker::Missing)),
            Err("metrics-value-and-marker"),
        ),
        (
            Kind::Number,
            new(Some("1000000000000001"), None, None),
            Err("out-of-range"),
        ),
    ] {
        let mut fields = backbone_web::Fields::new();
        let values = check::values(&mut fields, kind, &input);
        let found = match fields.finish() {
            Ok(()) => Ok(values.unwrap().value.map(|v| v.to_string())),
            Err(problem) => Err(problem.fields[0].code),
        };
        let expected = expected.map(|v: Option<&str>| v.map(str::to_string));
        assert_eq!(found, expected, "{input:?}");
    }
    assert_eq!(Definition::default().kind, Kind::Number);
}
