use std::sync::Arc;

use backbone_events::{By, NewEvent, Object, append};

use super::*;
use crate::ids::PersonId;
use crate::testing::{House, founded};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn mail_waits_for_its_summary_and_for_the_end_of_the_quiet_hours() {
    let hours = |quiet: Option<(i32, i32)>| Hours {
        time_zone: "Europe/Amsterdam".into(),
        quiet,
        summary_at: 8 * 60,
        summary_day: 1,
    };
    let night = Some((22 * 60, 7 * 60));
    for (often, quiet, now, told) in [
        // At once, in the afternoon and at night.
        (
            Often::Now,
            None,
            "2026-11-22T13:00:00Z",
            "2026-11-22T13:00:00Z",
        ),
        (
            Often::Now,
            night,
            "2026-11-22T13:00:00Z",
            "2026-11-22T13:00:00Z",
        ),
        (
            Often::Now,
            night,
            "2026-11-22T21:00:00Z",
            "2026-11-23T06:00:00Z",
        ),
        (
            Often::Now,
            night,
            "2026-11-23T05:59:00Z",
            "2026-11-23T06:00:00Z",
        ),
        (
            Often::Now,
            night,
            "2026-11-23T06:00:00Z",
            "2026-11-23T06:00:00Z",
        ),
        (
            Often::Now,
            Some((60, 60)),
            "2026-11-23T00:00:00Z",
            "2026-11-23T00:00:00Z",
        ),
        // Eight in the morning is seven in winter and six in summer.
        (
            Often::Daily,
            None,
            "2026-11-22T13:00:00Z",
            "2026-11-23T07:00:00Z",
        ),
        (
            Often::Daily,
            None,
            "2026-11-23T07:00:00Z",
            "2026-11-24T07:00:00Z",
        ),
        (
            Often::Daily,
            None,
            "2026-07-01T03:00:00Z",
            "2026-07-01T06:00:00Z",
        ),
        // Over the change of the clocks.
        (
            Often::Daily,
            None,
            "2026-10-24T12:00:00Z",
            "2026-10-25T07:00:00Z",
        ),
        (
            Often::Weekly,
            None,
            "2026-11-22T13:00:00Z",
            "2026-11-23T07:00:00Z",
        ),
        (
            Often::Weekly,
            None,
            "2026-11-23T08:00:00Z",
            "2026-11-30T07:00:00Z",
        ),
        // A summary within the quiet hours waits for their end.
        (
            Often::Daily,
            Some((0, 12 * 60)),
            "2026-11-22T13:00:00Z",
            "2026-11-23T11:00:00Z",
        ),
    ] {
        assert_eq!(
            when(often, &hours(quiet), at(now)),
            Some(at(told)),
            "{often:?} {quiet:?} {now}"
        );
    }
    assert_eq!(
        when(Often::Off, &hours(None), at("2026-11-22T13:00:00Z")),
        None
    );
}

#[test]
fn a_time_that_the_clocks_leave_out_is_told_after_the_gap() {
    let hours = Hours {
        time_zone: "Europe/Amsterdam".into(),
        quiet: None,
        summary_at: 150,
        summary_day: 7,
    };
    let told = when(Often::Daily, &hours, at("2026-03-28T12:00:00Z"));
    assert_eq!(told, Some(at("2026-03-29T01:30:00Z")));
}

/// Tells somebody of every event, in two kinds.
struct Everything(PersonId);

const KINDS: &[Kind] = &[
    Kind {
        name: "test.plain",
        icon: "bell",
        roles: Role::ALL,
        usual: Often::Daily,
        letter: false,
    },
    Kind {
        name: "test.letter",
        icon: "bell",
        roles: &[Role::Staff],
        usual: Often::Now,
        letter: true,
    },
];

impl Notify for Everything {
    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn of(&self, _: &mut Conn, _: &Partnership, event: &Event) -> Result<Vec<Notice>, DbError> {
        let kind = match event.object.kind.as_str() {
            "letter" => "test.letter",
            "plain" => "test.plain",
            _ => return Ok(Vec::new()),
        };
        Ok(vec![Notice {
            kind,
            person: self.0.clone(),
            matter: event.object.id.clone(),
            what: Words::new("x").text("name", "Noor"),
            path: "/x".into(),
        }])
    }
}

fn happen(house: &House, tenant: &str, by: &By, kind: &str, id: &str) {
    let (tenant, by) = (tenant.to_string(), by.clone());
    let event = NewEvent::new("thing.done", Object::new(kind, id));
    house
        .core
        .db
        .write_blocking(move |c| append(c, &tenant, &by, event).map(drop))
        .unwrap();
}

fn read_log(house: &House, rules: &[Arc<dyn Notify>], tenant: &str, now: Instant) {
    let (rules, tenant) = (rules.to_vec(), tenant.to_string());
    house
        .core
        .db
        .write_blocking(move |c| {
            while follow::step(c, &rules, &tenant, now)? {}
            Ok::<_, DbError>(())
        })
        .unwrap();
}

#[test]
fn each_matter_is_told_once_and_never_to_the_one_who_did_it() {
    let (house, actor) = founded();
    let me = actor.person_id.clone().unwrap();
    let tenant = actor.tenant().to_string();
    let rules: Vec<Arc<dyn Notify>> = vec![Arc::new(Everything(me.clone()))];
    let system = By::system(actor.now);
    happen(&house, &tenant, &system, "plain", "a");
    happen(&house, &tenant, &system, "plain", "a");
    happen(&house, &tenant, &system, "letter", "b");
    happen(&house, &tenant, &actor.by(), "plain", "mine");
    let now = actor.now;
    let rows = |unread: bool| {
        let (tenant, me) = (tenant.clone(), me.clone());
        house
            .core
            .db
            .read_blocking(move |c| list(c, &tenant, &me, unread, None, 50))
            .unwrap()
    };
    // Read twice, and once more after further events: nothing doubles.
    read_log(&house, &rules, &tenant, now);
    read_log(&house, &rules, &tenant, now);
    for i in 0..230 {
        happen(&house, &tenant, &system, "plain", &format!("n{i}"));
    }
    read_log(&house, &rules, &tenant, now);
    let matters: Vec<String> = rows(false).into_iter().map(|r| r.matter).collect();
    assert_eq!(matters.len(), 50);
    let behind = house.core.db.read_blocking(follow::behind).unwrap();
    assert!(behind.is_empty(), "{behind:?}");
    let (tenant, me) = (tenant.clone(), me.clone());
    house
        .core
        .db
        .write_blocking(move |c| {
            assert_eq!(unread(c, &tenant, &me)?, 100);
            assert_eq!(mark_all(c, &tenant, &me, now, now)?, 232);
            assert_eq!(unread(c, &tenant, &me)?, 0);
            // The letter was the mail of its kind; the others wait for the summary.
            let due = to_mail(c, &tenant, None, now.plus_days(2), 1000)?;
            assert_eq!(due.len(), 231);
            assert!(due.iter().all(|r| r.kind == "test.plain"));
            let ids: Vec<_> = due.into_iter().map(|r| r.id).collect();
            mailed(c, &tenant, &ids, now)?;
            assert!(to_mail(c, &tenant, None, now.plus_days(2), 10)?.is_empty());
            Ok::<_, DbError>(())
        })
        .unwrap();
}

#[test]
fn a_log_that_is_read_for_the_first_time_tells_only_news() {
    let (house, actor) = founded();
    let me = actor.person_id.clone().unwrap();
    let tenant = actor.tenant().to_string();
    let rules: Vec<Arc<dyn Notify>> = vec![Arc::new(Everything(me.clone()))];
    for (id, days) in [("old", 9), ("older", 3)] {
        happen(
            &house,
            &tenant,
            &By::system(actor.now.plus_days(-days)),
            "plain",
            id,
        );
    }
    happen(&house, &tenant, &By::system(actor.now), "plain", "new");
    read_log(&house, &rules, &tenant, actor.now);
    let rows = house
        .core
        .db
        .read_blocking(move |c| list(c, &tenant, &me, false, None, 50))
        .unwrap();
    let matters: Vec<_> = rows.iter().map(|r| r.matter.as_str()).collect();
    assert_eq!(matters, ["new"]);
}

#[test]
fn a_letter_goes_only_to_those_who_want_it_as_it_happens() {
    let (house, actor) = founded();
    let me = actor.person_id.clone().unwrap();
    house
        .core
        .db
        .write_blocking(move |c| {
            let kind = &KINDS[1];
            let ask = |c: &mut Conn| letter(c, &actor.partnership, &me, kind, actor.now);
            assert_eq!(ask(c)?, Some(actor.now));
            for (often, told) in [
                (Often::Daily, None),
                (Often::Off, None),
                (Often::Now, Some(actor.now)),
            ] {
                choose(c, actor.tenant(), &me, kind.name, often)?;
                assert_eq!(ask(c)?, told, "{often:?}");
            }
            let local = actor.now.jiff().to_zoned(actor.partnership.zone());
            let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
            let hours = Hours {
                quiet: Some((minute, minute + 30)),
                ..Hours::usual(&actor.partnership)
            };
            put_hours(c, actor.tenant(), &me, &hours)?;
            assert!(ask(c)?.is_some_and(|at| at > actor.now));
            Ok::<_, DbError>(())
        })
        .unwrap();
}
