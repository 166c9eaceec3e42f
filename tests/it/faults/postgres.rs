//! PostgreSQL goes away and comes back while people log and invite: refused at once, and afterwards everything is there once.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use backbone_identity::Role;
use backbone_tests::postgres::Private;
use backbone_tests::process::{Setup, wait};
use backbone_tests::retry::until_acknowledged;
use backbone_tests::{Client, TestApp, TestDb, World, at_once};
use serde_json::json;

const WRITERS: usize = 6;

/// What the writers did so far.
#[derive(Default)]
struct Ledger {
    acknowledged: Mutex<BTreeSet<String>>,
    refused: AtomicUsize,
    ended: AtomicBool,
}

impl Ledger {
    fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// Logs contributions one after another, each sent again until it is acknowledged.
    fn log(&self, client: &Client, path: &str, writer: usize) {
        for n in 0.. {
            if self.ended.load(Ordering::SeqCst) {
                return;
            }
            let name = format!("gift {writer}-{n}");
            let body =
                json!({"kind": "treasure", "period": "2024-10", "activity": name, "amount": "10"});
            let (_, story) = until_acknowledged(|| client.clone(), path, &name, &body, || false);
            for answer in &story.refused {
                let code = answer.problem();
                assert!(
                    ["unavailable", "outcome-unknown"].contains(&code.as_str()),
                    "{}",
                    answer.text()
                );
                assert!(
                    answer.header("retry-after").is_some(),
                    "{:?}",
                    answer.headers
                );
            }
            assert_eq!(story.silent, 0, "the server itself never goes away");
            self.refused
                .fetch_add(story.refused.len(), Ordering::SeqCst);
            self.acknowledged.lock().unwrap().insert(name);
        }
    }
}

#[test]
fn while_postgresql_is_away_requests_fail_at_once_and_work_waits() {
    let Some(private) = Private::start() else {
        return;
    };
    let app = TestApp::on(TestDb::at(private.db_url()));
    let world = World::seed(&app);
    let mut program = Setup::new(app.folder.path(), &private.url).serve();
    let partner = world.home.api(&app, Role::Contributor).at(program.address);
    let staff = world.home.api(&app, Role::Staff).at(program.address);
    let (gifts, ledger) = (world.home.path("/contributions"), Ledger::default());
    let grows = |by: usize| {
        let before = ledger.count();
        wait(
            "further writes",
            || program.output(),
            || (ledger.count() >= before + by).then_some(()),
        );
    };
    let invited: Vec<String> = (0..8)
        .map(|n| format!("guest{n}@library.example"))
        .collect();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (partner, gifts, ledger) = (&partner, &gifts, &ledger);
            scope.spawn(move || ledger.log(partner, gifts, writer));
        }
        grows(30);
        invite(&staff, &world, &invited[..4]);
        private.halt();
        is_away(&program.client(), &staff, &world);
        let list = world.home.path("/contributions");
        let answers = at_once(4 * WRITERS, |_| staff.get(&list).status);
        assert!(answers.iter().all(|s| *s == 503), "{answers:?}");
        private.resume();
        grows(30);
        // A failover ends every connection in the midst of what it does.
        for _ in 0..5 {
            app_connections_end(&private);
            grows(5);
        }
        invite(&staff, &world, &invited[4..]);
        ledger.ended.store(true, Ordering::SeqCst);
    });
    let refused = ledger.refused.load(Ordering::SeqCst);
    assert!(refused >= WRITERS, "the break met some writes: {refused}");
    let acknowledged = ledger.acknowledged.into_inner().unwrap();
    let stored = app.look_all("SELECT activity AS value FROM contributions ORDER BY activity");
    assert_eq!(
        stored.len(),
        acknowledged.len(),
        "nothing is doubled and nothing is missing"
    );
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), acknowledged);
    let verdict = staff
        .get(&world.home.path("/events/verify"))
        .expect(200)
        .json();
    assert_eq!(verdict["intact"], true, "{verdict}");
    for address in &invited {
        wait(
            "every mail",
            || program.output(),
            || (mails_to(app.folder.path(), address) == 1).then_some(()),
        );
    }
    assert!(program.is_running(), "without a restart");
    program.terminate();
    assert_eq!(program.wait(), Some(0), "{}", program.output());
}

fn is_away(anybody: &Client, staff: &Client, world: &World) {
    let ready = anybody.get("/readyz");
    assert_eq!(
        (ready.status, &ready.json()["status"]),
        (503, &json!("not ready"))
    );
    anybody.get("/healthz").expect(200);
    let list = staff.get(&world.home.path("/contributions")).expect(503);
    assert_eq!(list.problem(), "unavailable");
    assert_eq!(list.header("retry-after"), Some("2"));
    let page = anybody
        .with("Accept", "text/html")
        .get("/s/unknown")
        .expect(503);
    assert!(
        page.text().contains("<html"),
        "people get a page: {}",
        page.text()
    );
}

fn invite(staff: &Client, world: &World, addresses: &[String]) {
    let people: Vec<String> = addresses.iter().map(|a| format!("Guest <{a}>")).collect();
    let body = json!({
        "people": people.join("\n"), "roles": ["contributor"],
        "organization_id": world.home.organization(backbone_identity::OrganizationRole::Partner),
    });
    for _ in 0..100 {
        let sent = staff
            .request("POST", &world.home.path("/invitations"))
            .key(&addresses.join(" "))
            .json(&body)
            .send();
        if sent.status != 503 {
            sent.expect(200);
            return;
        }
    }
    panic!("refused a hundred times");
}

fn app_connections_end(private: &Private) {
    use diesel::Connection;
    use diesel::connection::SimpleConnection;
    let mut admin = diesel::PgConnection::establish(&private.url).expect("it answers");
    admin
        .batch_execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
        .expect("connections can be ended");
}

/// Messages to an address in the mail folder.
fn mails_to(data: &Path, address: &str) -> usize {
    let entries = std::fs::read_dir(data.join("mail"))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .filter_map(|e| std::fs::read(e.path()).ok())
        .filter(|bytes| String::from_utf8_lossy(bytes).contains(&format!("<{address}>")))
        .count()
}
