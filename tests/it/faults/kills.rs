//! kill -9 at random moments while partners log, staff measure and a campaign is sent: whatever was acknowledged is there once.
//!
//! `BACKBONE_TEST_KILLS` sets how many times, `BACKBONE_TEST_SEED` repeats the moments of an earlier run.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use backbone_identity::Role;
use backbone_mail::sink::{Script, Sink};
use backbone_tests::database::postgres;
use backbone_tests::process::{Setup, wait};
use backbone_tests::retry::until_acknowledged;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

use crate::process::sending::{
    emails, everyone_got_one_message, let_the_leases_run_out, queue, state,
};

/// A few, so that a run of all tests stays short; by hand, two hundred.
const KILLS: u64 = 5;

fn setting(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok().and_then(|n| n.parse().ok());
    set.unwrap_or(default)
}

fn fresh_seed() -> u64 {
    use std::hash::BuildHasher;
    std::hash::RandomState::new().hash_one("kills")
}

/// Numbers that look random and are the same for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// Those who write, whatever happens to the server.
struct Office<'a> {
    address: Mutex<SocketAddr>,
    partner: Client,
    staff: Client,
    world: &'a World,
    metric: String,
    gifts: Mutex<BTreeSet<String>>,
    measured: Mutex<BTreeSet<String>>,
    repeats: AtomicUsize,
    ended: AtomicBool,
}

impl Office<'_> {
    fn at(&self, client: &Client) -> Client {
        client.at(*self.address.lock().unwrap())
    }

    /// Sends one write until it is acknowledged; false when the test ended before that.
    fn send(&self, client: &Client, path: &str, key: &str, body: &Value) -> bool {
        let ended = || self.ended.load(Ordering::SeqCst);
        let (answer, story) = until_acknowledged(|| self.at(client), path, key, body, ended);
        self.repeats
            .fetch_add(story.silent + story.refused.len(), Ordering::SeqCst);
        answer.is_some()
    }

    fn log(&self, writer: usize) {
        let path = self.world.home.path("/contributions");
        for n in 0.. {
            let name = format!("gift {writer}-{n}");
            let body =
                json!({"kind": "treasure", "period": "2024-10", "activity": name, "amount": "10"});
            if !self.send(&self.partner, &path, &name, &body) {
                return;
            }
            self.gifts.lock().unwrap().insert(name);
        }
    }

    fn measure(&self) {
        let path = self.world.home.path("/measurements");
        let months =
            (1990..2024).flat_map(|year| (1..13).map(move |month| format!("{year}-{month:02}")));
        for period in months {
            let body = json!({"metric_id": self.metric, "period": period, "value": "7"});
            if !self.send(&self.staff, &path, &period, &body) {
                return;
            }
            self.measured.lock().unwrap().insert(period);
        }
    }

    /// Everything that was acknowledged before the look is there, and nothing is there twice.
    fn look(&self, app: &TestApp) {
        let gifts = self.gifts.lock().unwrap().clone();
        let measured = self.measured.lock().unwrap().clone();
        once(
            "contributions",
            &gifts,
            app.look_all("SELECT activity AS value FROM contributions"),
        );
        once(
            "measurements",
            &measured,
            app.look_all("SELECT period AS value FROM measurements"),
        );
        if postgres().is_none() {
            let verdict = app.look("SELECT integrity_check AS value FROM pragma_integrity_check");
            assert_eq!(verdict, "ok");
        }
    }
}

fn once(what: &str, acknowledged: &BTreeSet<String>, stored: Vec<String>) {
    let count = stored.len();
    let stored: BTreeSet<String> = stored.into_iter().collect();
    assert_eq!(stored.len(), count, "some {what} are there twice");
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "{what} acknowledged and lost: {lost:?}");
}

#[test]
fn killed_at_random_moments_it_keeps_every_promise() {
    let (kills, seed) = (
        setting("BACKBONE_TEST_KILLS", KILLS),
        setting("BACKBONE_TEST_SEED", fresh_seed()),
    );
    println!("{kills} kills, BACKBONE_TEST_SEED={seed}");
    let script = Script {
        delay: Duration::from_millis(20),
        keep_bytes: false,
        ..Script::default()
    };
    let (app, sink) = TestApp::with_sink(script);
    let world = World::seed(&app);
    let staff = world.home.account(Role::Staff);
    let metric = world
        .home
        .api(&app, Role::Staff)
        .post(
            &world.home.path("/metrics"),
            &json!({"name": "Readers", "frequency": "month"}),
        )
        .expect(201)
        .json();
    let campaign = queue(
        &app,
        &world.home,
        600 + 40 * usize::try_from(kills).unwrap(),
    );
    let setup = Setup::new(app.folder.path(), &app.database.setting())
        .with("BACKBONE_SMTP_URL", &sink.url());
    let office = Office {
        address: Mutex::new(app.node.address),
        // Keys last longer than tokens, for a run of an hour.
        partner: app
            .client()
            .bearer(&world.home.account(Role::Contributor).key),
        staff: app.client().bearer(&staff.key),
        world: &world,
        metric: metric["id"].as_str().unwrap().to_string(),
        gifts: Mutex::default(),
        measured: Mutex::default(),
        repeats: AtomicUsize::default(),
        ended: AtomicBool::default(),
    };
    let mut times_in_flight = BTreeMap::new();
    std::thread::scope(|scope| {
        let ended = EndWhenDropped(&office.ended);
        let mut random = Chance(seed);
        for _ in 0..kills {
            let program = setup.serve();
            let first = std::mem::replace(&mut *office.address.lock().unwrap(), program.address)
                == app.node.address;
            if first {
                let office = &office;
                (0..3).for_each(|writer| drop(scope.spawn(move || office.log(writer))));
                scope.spawn(move || office.measure());
            }
            // The moment is the point: anywhere between the first request and the midst of everything.
            std::thread::sleep(Duration::from_millis(random.below(500)));
            program.kill();
            for email in emails(&app, &campaign, "state = 'claimed'") {
                *times_in_flight.entry(email).or_default() += 1;
            }
            office.look(&app);
            let_the_leases_run_out(&app);
        }
        let program = setup.serve();
        *office.address.lock().unwrap() = program.address;
        let seen = office.gifts.lock().unwrap().len();
        wait(
            "life after the last kill",
            || program.output(),
            || (office.gifts.lock().unwrap().len() > seen + 3).then_some(()),
        );
        drop(ended);
        // After hundreds of kills thousands wait to be sent: it takes as long as it takes, but it gets on.
        let mut before = 0;
        while state(&app, &campaign) != "done" {
            before = wait(
                "the campaign to get on",
                || program.output(),
                || {
                    let sent = sink.totals().messages;
                    (sent > before || state(&app, &campaign) == "done").then_some(sent)
                },
            );
        }
        let verdict = office
            .at(&office.staff)
            .get(&world.home.path("/events/verify"))
            .expect(200)
            .json();
        assert_eq!(verdict["intact"], true, "{verdict}");
    });
    office.look(&app);
    everyone_got_one_message(&app, &sink, &campaign, &[], &times_in_flight);
    tell(&office, &sink, kills);
}

fn tell(office: &Office, sink: &Sink, kills: u64) {
    let (gifts, measured) = (
        office.gifts.lock().unwrap().len(),
        office.measured.lock().unwrap().len(),
    );
    let (repeats, messages) = (
        office.repeats.load(Ordering::SeqCst),
        sink.totals().messages,
    );
    println!(
        "{kills} kills: {gifts} contributions and {measured} measurements acknowledged after {repeats} repeats, {messages} messages"
    );
    assert!(
        gifts > 0 && measured > 0 && repeats > 0,
        "the kills met some work"
    );
}

/// The writers end when the test does, also when it fails.
struct EndWhenDropped<'a>(&'a AtomicBool);

impl Drop for EndWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
