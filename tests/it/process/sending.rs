//! A campaign reaches everyone although the worker that sends it is killed again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use backbone_communications::campaign::CampaignId;
use backbone_communications::delivery::{DeliveryId, SendCampaign};
use backbone_identity::Core;
use backbone_mail::sink::{Script, Sink};
use backbone_tests::process::{Setup, wait};
use backbone_tests::seed::{Partnership, moment};
use backbone_tests::{TestApp, World};
use serde_json::json;

/// Enough that at each kill some have left, some are in flight, and some wait.
const RECIPIENTS: usize = 1500;
/// Messages at the mail server at which the worker is killed.
const KILLS: [usize; 3] = [40, 450, 900];
/// Deliveries in flight at most: connections times the batch that each claims.
const WINDOW: usize = 8 * 64;

#[test]
fn a_killed_worker_loses_nobody_and_repeats_only_what_was_in_flight() {
    let script = Script {
        delay: Duration::from_millis(10),
        keep_bytes: false,
        ..Script::default()
    };
    let (app, sink) = TestApp::with_sink(script);
    let world = World::seed(&app);
    let campaign = queue(&app, &world.home, RECIPIENTS);
    suppress(&app, &world.home, &["r0003@funders.example".to_string()]);
    let setup = Setup::new(app.folder.path(), &app.database.setting())
        .with("BACKBONE_SMTP_URL", &sink.url());

    let mut times_in_flight: BTreeMap<String, usize> = BTreeMap::new();
    let mut left = Vec::new();
    for (round, at) in KILLS.into_iter().enumerate() {
        let worker = setup.work();
        wait(
            &format!("{at} messages"),
            || worker.output(),
            || (sink.totals().messages >= at).then_some(()),
        );
        worker.kill();
        let in_flight = emails(&app, &campaign, "state = 'claimed'");
        assert!(!in_flight.is_empty(), "it was killed while it sent");
        assert!(in_flight.len() <= WINDOW, "{} in flight", in_flight.len());
        for email in in_flight {
            *times_in_flight.entry(email).or_default() += 1;
        }
        if round == 0 {
            // Some who still wait leave between the kills.
            left = emails(&app, &campaign, "state = 'pending'").split_off(20);
            left.truncate(5);
            assert_eq!(left.len(), 5, "some still wait");
            suppress(&app, &world.home, &left);
        }
        let_the_leases_run_out(&app);
    }
    let mut last = setup.work();
    wait(
        "the end of the campaign",
        || last.output(),
        || (state(&app, &campaign) == "done").then_some(()),
    );
    last.terminate();
    assert_eq!(last.wait(), Some(0), "{}", last.output());

    left.push("r0003@funders.example".into());
    assert_eq!(
        emails(&app, &campaign, "state = 'accepted'").len(),
        RECIPIENTS - left.len()
    );
    let suppressed = emails(&app, &campaign, "state = 'suppressed'");
    assert_eq!(
        suppressed.iter().collect::<BTreeSet<_>>(),
        left.iter().collect()
    );
    everyone_got_one_message(&app, &sink, &campaign, &left, &times_in_flight);
}

/// Compares what the mail server took with who was to get it, and with what was in flight at the kills.
pub(crate) fn everyone_got_one_message(
    app: &TestApp,
    sink: &Sink,
    campaign: &CampaignId,
    left: &[String],
    times_in_flight: &BTreeMap<String, usize>,
) {
    let mut got: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in sink.received() {
        assert_eq!(message.to.len(), 1, "{message:?}");
        assert!(!message.message_id.is_empty(), "{message:?}");
        got.entry(message.to[0].clone())
            .or_default()
            .push(message.message_id);
    }
    let (mut repeats, mut ids) = (0, BTreeSet::new());
    for email in emails(app, campaign, "state <> 'suppressed'") {
        let messages = got.remove(&email).unwrap_or_default();
        assert!(!messages.is_empty(), "{email} got nothing");
        let again = messages.len() - 1;
        let allowed = times_in_flight.get(&email).copied().unwrap_or_default();
        assert!(
            again <= allowed,
            "{email} got {again} repeats, but was in flight at {allowed} kills"
        );
        assert!(
            messages.iter().all(|id| *id == messages[0]),
            "{email}: {messages:?}"
        );
        assert!(ids.insert(messages[0].clone()), "two share {}", messages[0]);
        repeats += again;
    }
    assert!(got.is_empty(), "not to be written to: {got:?} ({left:?})");
    let in_flight: usize = times_in_flight.values().sum();
    println!("{repeats} repeats of {in_flight} in flight at the kills");
}

/// A campaign that a person has sent, and the work of sending it.
pub(crate) fn queue(app: &TestApp, home: &Partnership, recipients: usize) -> CampaignId {
    let (id, at, tenant) = (
        CampaignId::new(),
        moment(app.clock.now()),
        home.id.to_string(),
    );
    let content = json!({"edition": {
        "story_id": "story", "edition_id": "edition", "secret": "s3cret", "language": "en",
        "headline": "Every second newcomer found work", "summary": "In eighteen months, 61 % found a job.",
        "vignette": null, "ratio": null, "chart": null,
        "figures": [{"key": "placed", "label": "found a job within a year", "value": "61 %", "period": "2025"}],
    }});
    app.sql(&format!(
        "INSERT INTO campaigns (id, partnership_id, kind, state, story_id, edition_id, subject, note, note_author, sender_name,
             reply_to, content, rate_per_minute, stumbles, version, created_by, created_at, queued_at)
         VALUES ('{id}', '{tenant}', 'story', 'queued', 'story', 'edition', 'What your money moved', 'We are proud of this.', 'Noor',
             'Harbour Forward', 'office@harbour.example', '{content}', 0, 0, 1, 'Noor', {at}, {at})"
    ));
    let rows: Vec<String> = (0..recipients)
        .map(|n| {
            let (delivery, email) = (DeliveryId::new(), format!("r{n:04}@funders.example"));
            let language = ["en", "nl"][n % 2];
            format!(
                "('{delivery}', '{tenant}', '{id}', 'edition', '{email}', '{email}', 'Reader {n}', '{language}', 'pending', 0, {at})"
            )
        })
        .collect();
    app.sql(&format!(
        "INSERT INTO deliveries (id, partnership_id, campaign_id, edition_id, email, address_key, name, language, state, attempts, due_at)
         VALUES {}",
        rows.join(", ")
    ));
    let (job, now) = (
        SendCampaign {
            campaign_id: id.clone(),
        },
        app.clock.now(),
    );
    app.write(move |c| backbone_jobs::enqueue::<Core, _>(c, Some(&tenant), &job, now));
    id
}

fn suppress(app: &TestApp, home: &Partnership, emails: &[String]) {
    for email in emails {
        app.sql(&format!(
            "INSERT INTO suppressions (partnership_id, address_key, reason, note, created_at)
             VALUES ('{}', '{email}', 'unsubscribed', '', {})",
            home.id,
            moment(app.clock.now())
        ));
    }
}

/// What time would do: nobody hears of the killed worker any more.
pub(crate) fn let_the_leases_run_out(app: &TestApp) {
    app.sql(
        "UPDATE jobs SET leased_until = '2020-01-01 00:00:00' WHERE state = 'running';
         UPDATE campaigns SET runner_seen_at = '2020-01-01 00:00:00' WHERE runner IS NOT NULL",
    );
}

pub(crate) fn state(app: &TestApp, campaign: &CampaignId) -> String {
    app.look(&format!(
        "SELECT state AS value FROM campaigns WHERE id = '{campaign}'"
    ))
}

pub(crate) fn emails(app: &TestApp, campaign: &CampaignId, filter: &str) -> Vec<String> {
    app.look_all(&format!(
        "SELECT email AS value FROM deliveries WHERE campaign_id = '{campaign}' AND {filter} ORDER BY id"
    ))
}
