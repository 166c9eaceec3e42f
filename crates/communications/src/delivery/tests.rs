//! Sending over a real SMTP conversation on loopback, with everything that goes wrong there.

use std::collections::HashMap;
use std::time::Duration;

use backbone_db::DbError;
use backbone_mail::sink::{Refusal, Script, Sink, Slip};
use mail_parser::MessageParser;

use super::run::{End, Options, run};
use super::{Counts, Delivery, DeliveryState, store};
use crate::campaign::{self, Campaign, CampaignId, CampaignState};
use crate::suppression::{self, Reason, Suppression};
use crate::testing::{House, clock, house, mailer, queued};

const QUICK: Options = Options {
    connections: 3,
    batch: 7,
    slice: Duration::from_secs(20),
    beat: Duration::from_secs(5),
    silent: 30,
};

async fn counts(house: &House, id: &CampaignId) -> Counts {
    let id = id.clone();
    house
        .core
        .db
        .read(move |c| store::counts(c, &id))
        .await
        .unwrap()
}

async fn campaign(house: &House, id: &CampaignId) -> Campaign {
    let (id, tenant) = (id.clone(), house.partnership.id.to_string());
    house
        .core
        .db
        .read(move |c| campaign::store::find(c, &tenant, &id))
        .await
        .unwrap()
        .unwrap()
}

async fn deliveries(house: &House, id: &CampaignId, state: Option<DeliveryState>) -> Vec<Delivery> {
    let (id, tenant) = (id.clone(), house.partnership.id.to_string());
    house
        .core
        .db
        .read(move |c| store::list(c, &tenant, &id, state, None, 1000))
        .await
        .unwrap()
}

/// Runs again and again as the job does, for runs that have something to do at once.
async fn run_until_waiting(house: &House, id: &CampaignId) -> End {
    loop {
        match run(&house.core, id, &QUICK).await.unwrap() {
            End::Again { seconds: 0, .. } => {}
            end => return end,
        }
    }
}

/// How often each recipient's message arrived, and that it always had one identity.
fn arrivals(sink: &Sink) -> HashMap<String, usize> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut ids: HashMap<String, String> = HashMap::new();
    for message in sink.received() {
        let to = message.to[0].clone();
        let id = ids
            .entry(to.clone())
            .or_insert_with(|| message.message_id.clone());
        assert_eq!(*id, message.message_id, "one identity for {to}");
        *times.entry(to).or_default() += 1;
    }
    times
}

/// Makes everything that waits due now, as time would.
async fn let_time_pass(house: &House, id: &CampaignId) {
    let (id, tenant, now) = (id.clone(), house.partnership.id.to_string(), clock());
    house
        .core
        .db
        .write(move |c| {
            store::retry_failed(c, &tenant, &id, None, now)?;
            store::hurry(c, &id, now)
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_recipient_gets_exactly_one_message_in_their_language() {
    let sink = Sink::start(Script::default()).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 60).await;
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    let times = arrivals(&sink);
    assert_eq!(times.len(), 60);
    assert!(times.values().all(|n| *n == 1), "{times:?}");
    assert_eq!(campaign(&house, &id).await.state, CampaignState::Done);
    let counts = counts(&house, &id).await;
    assert_eq!((counts.accepted, counts.total), (60, 60));

    let received = sink.received();
    let dutch = received
        .iter()
        .find(|m| m.to[0] == "funder1@example.org")
        .unwrap();
    let mail = MessageParser::default().parse(&dutch.bytes).unwrap();
    let text = mail.body_text(0).unwrap();
    let html = mail.body_html(0).unwrap();
    assert!(text.starts_with("Fresh Start"), "{text}");
    assert!(text.contains("Beste Funder 1,") && html.contains("Beste Funder 1,"));
    assert!(text.contains("61 %") && text.contains("2.1 : 1") && text.contains("A fifth would"));
    assert!(html.contains("https://backbone.example/s/s3cret/figure/employed"));
    assert!(html.contains("&lt;whom&gt;"), "text is escaped");
    assert_eq!(mail.subject(), Some("What your money moved"));
    let header = |name: &str| {
        mail.header_raw(name.to_string())
            .unwrap_or("")
            .trim()
            .to_string()
    };
    assert_eq!(
        header("List-Unsubscribe-Post"),
        "List-Unsubscribe=One-Click"
    );
    assert!(header("List-Unsubscribe").starts_with("<https://backbone.example/u/"));
    assert!(header("List-Id").contains("stories.start.backbone.example"));
    assert!(header("From").contains("mail@backbone.example"));
    assert!(header("Reply-To").contains("noor@start.example"));
    assert!(mail.attachment_count() > 0, "the chart comes along");
    assert!(dutch.size < 102 * 1024, "{} bytes", dutch.size);
    let english = received
        .iter()
        .find(|m| m.to[0] == "funder2@example.org")
        .unwrap();
    let mail = MessageParser::default().parse(&english.bytes).unwrap();
    assert!(mail.body_text(0).unwrap().contains("Dear Funder 2,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_is_not_written_to() {
    let sink = Sink::start(Script::default()).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 12).await;
    let row = Suppression {
        partnership_id: house.partnership.id.to_string(),
        address_key: "funder5@example.org".into(),
        reason: Reason::Unsubscribed,
        note: String::new(),
        created_at: clock(),
    };
    house
        .core
        .db
        .write(move |c| suppression::store::put(c, &row))
        .await
        .unwrap();
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(sink.totals().messages, 11);
    assert!(!arrivals(&sink).contains_key("funder5@example.org"));
    assert_eq!(counts(&house, &id).await.suppressed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_kept_with_the_servers_words() {
    let script = Script::default()
        .refusing("funder1@example.org", 550, "5.1.1 No such mailbox")
        .refusing("funder2@example.org", 554, "5.7.1 Not wanted")
        .refusing("funder3@example.org", 451, "4.2.2 Mailbox full");
    let sink = Sink::start(script).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 8).await;
    assert!(matches!(
        run_until_waiting(&house, &id).await,
        End::Again { seconds: 300, .. }
    ));
    let failed = deliveries(&house, &id, Some(DeliveryState::Failed)).await;
    let words: Vec<_> = failed.iter().map(|d| d.reply.clone().unwrap()).collect();
    assert_eq!(words.len(), 2);
    assert!(
        words.iter().any(|w| w.contains("No such mailbox")),
        "{words:?}"
    );
    let waiting = deliveries(&house, &id, Some(DeliveryState::Retry)).await;
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 1));
    let tenant = house.partnership.id.to_string();
    let listed = house
        .core
        .db
        .read(move |c| suppression::store::list(c, &tenant, None, 10))
        .await
        .unwrap();
    assert_eq!(listed.len(), 1, "only the dead address is suppressed");
    assert_eq!(listed[0].address_key, "funder1@example.org");
    // The mailbox has room again, and the policy was lifted; the dead address stays out.
    sink.change(Script::default());
    let_time_pass(&house, &id).await;
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(arrivals(&sink).len(), 7);
    assert!(arrivals(&sink).values().all(|n| *n == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn greylisting_costs_one_retry() {
    let script = Script {
        greylist: true,
        ..Script::default()
    };
    let sink = Sink::start(script).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 9).await;
    assert!(matches!(
        run_until_waiting(&house, &id).await,
        End::Again { seconds: 300, .. }
    ));
    assert_eq!(counts(&house, &id).await.retry, 9);
    let_time_pass(&house, &id).await;
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(sink.totals().messages, 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_loses_and_doubles_nothing() {
    for (slip, may_double) in [
        (Slip::DropWithin(3), false),
        (Slip::DropAfterDot(2), false),
        (Slip::KeepThenDrop(2), true),
        (Slip::CloseAfter(2), false),
        (
            Slip::AnswerDot(1, Refusal::new(452, "4.3.1 Disk full")),
            false,
        ),
    ] {
        let script = Script {
            slip: Some(slip.clone()),
            ..Script::default()
        };
        let sink = Sink::start(script).await.unwrap();
        let house = house(mailer(&sink.url())).await;
        let id = queued(&house, 30).await;
        run_until_waiting(&house, &id).await;
        sink.change(Script::default());
        for _ in 0..5 {
            let_time_pass(&house, &id).await;
            if run_until_waiting(&house, &id).await == End::Finished {
                break;
            }
        }
        let times = arrivals(&sink);
        assert_eq!(times.len(), 30, "{slip:?}");
        let doubled = times.values().filter(|n| **n > 1).count();
        assert!(may_double || doubled == 0, "{slip:?}: {doubled} came twice");
        assert_eq!(counts(&house, &id).await.accepted, 30, "{slip:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_mail_server_is_down_the_campaign_says_so_and_waits() {
    let sink = Sink::start(Script {
        greeting: Some(Refusal::new(421, "4.3.2 Come back later")),
        ..Script::default()
    })
    .await
    .unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 10).await;
    for wait in [10, 30, 60] {
        let End::Again { seconds, why } = run_until_waiting(&house, &id).await else {
            panic!("nothing was sent");
        };
        assert_eq!(seconds, wait);
        assert!(why.contains("Come back later"), "{why}");
    }
    let held = campaign(&house, &id).await;
    assert_eq!(held.state, CampaignState::Sending);
    assert!(held.waiting_reason.unwrap().contains("Come back later"));
    assert!(held.waiting_until.is_some());
    sink.change(Script::default());
    let_time_pass(&house, &id).await;
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(arrivals(&sink).len(), 10);
    assert_eq!(campaign(&house, &id).await.waiting_reason, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_killed_at_any_moment_repeats_at_most_what_was_in_flight() {
    let sink = Sink::start(Script {
        delay: Duration::from_millis(2),
        ..Script::default()
    })
    .await
    .unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 120).await;
    let at_once = Options {
        silent: -1,
        ..QUICK
    };
    let window = at_once.connections * at_once.batch as usize;
    let mut in_flight_at_kills = 0;
    for pause in [3, 9, 15, 22, 31, 40, 28, 17] {
        let killed = tokio::time::timeout(
            Duration::from_millis(pause),
            run(&house.core, &id, &at_once),
        )
        .await;
        if killed.is_ok() {
            break;
        }
        // What was sent last is written by the thread that was already asked to.
        let now = counts(&house, &id).await;
        assert!(now.claimed as usize <= window, "{now:?}");
        in_flight_at_kills += now.claimed as usize;
    }
    loop {
        match run(&house.core, &id, &at_once).await.unwrap() {
            End::Finished => break,
            End::Again { .. } => let_time_pass(&house, &id).await,
        }
    }
    let times = arrivals(&sink);
    assert_eq!(times.len(), 120, "none is lost");
    let repeats: usize = times.values().map(|n| n - 1).sum();
    assert!(
        repeats <= in_flight_at_kills,
        "{repeats} repeats, {in_flight_at_kills} in flight"
    );
    assert_eq!(counts(&house, &id).await.accepted, 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_once_share_nothing() {
    let sink = Sink::start(Script {
        delay: Duration::from_millis(5),
        ..Script::default()
    })
    .await
    .unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 80).await;
    let (a, b) = tokio::join!(run(&house.core, &id, &QUICK), run(&house.core, &id, &QUICK));
    let ends = [a.unwrap(), b.unwrap()];
    assert!(ends.contains(&End::Finished), "{ends:?}");
    assert!(arrivals(&sink).values().all(|n| *n == 1));
    assert_eq!(arrivals(&sink).len(), 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_and_a_cancel_ends() {
    let sink = Sink::start(Script::default()).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 20).await;
    let held = campaign(&house, &id).await;
    move_to(&house, held, CampaignState::Paused).await.unwrap();
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(sink.totals().messages, 0);
    let held = campaign(&house, &id).await;
    move_to(&house, held, CampaignState::Queued).await.unwrap();
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    assert_eq!(sink.totals().messages, 20);
}

async fn move_to(house: &House, campaign: Campaign, to: CampaignState) -> Result<(), DbError> {
    house
        .core
        .db
        .write(move |c| campaign::store::move_to(c, &campaign, to, clock()).map(drop))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configured_key_signs_every_message() {
    use backbone_mail::dkim::DkimKey;
    let sink = Sink::start(Script::default()).await.unwrap();
    let mut house = house(mailer(&sink.url())).await;
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let key = DkimKey::from_pem("mail", "backbone.example", &pair.serialize_pem()).unwrap();
    house.core.dkim = Some(std::sync::Arc::new(key));
    let id = queued(&house, 3).await;
    assert_eq!(run_until_waiting(&house, &id).await, End::Finished);
    for message in sink.received() {
        let head = String::from_utf8_lossy(&message.bytes);
        assert!(head.starts_with("DKIM-Signature: v=1; a=ed25519-sha256;"));
        assert!(head.contains("d=backbone.example"));
    }
}
