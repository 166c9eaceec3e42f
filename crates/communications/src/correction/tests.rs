use backbone_db::{Conn, DbError};
use backbone_mail::sink::{Script, Sink};

use super::draft_pending;
use crate::campaign::{Campaign, CampaignState, Change, Kind, store};
use crate::delivery::{self, Counts};
use crate::stories::{Changed, Out, Stories};
use crate::suppression::{Reason, Suppression, store as suppressions};
use crate::testing::{House, clock, content, house, mailer, queued, send_all};

/// Stories whose employment figure now reads as given.
struct Now(&'static str);

impl Stories for Now {
    fn out(&self, _: &mut Conn, _: &str) -> Result<Vec<Out>, DbError> {
        Ok(Vec::new())
    }
    fn edition(&self, _: &mut Conn, _: &str, _: &str) -> Result<Option<Out>, DbError> {
        Ok(Some(Out {
            edition: content().edition,
            title: "Work".into(),
        }))
    }
    fn changed(&self, _: &mut Conn, _: &str) -> Result<Vec<Changed>, DbError> {
        Ok(vec![Changed {
            story_id: "story-1".into(),
            edition_id: "edition-1".into(),
            change: Change {
                key: "employed".into(),
                label: "found a job within a year".into(),
                old: "61 %".into(),
                new: self.0.into(),
            },
        }])
    }
}

async fn look(house: &House, now: &'static str) -> usize {
    let (tenant, renderer) = (
        house.partnership.id.to_string(),
        house.core.renderer.clone(),
    );
    house
        .core
        .db
        .write(move |c| draft_pending(c, &renderer, &Now(now), &tenant, clock()))
        .await
        .unwrap()
}

async fn drafts(house: &House) -> Vec<(Campaign, Counts)> {
    let tenant = house.partnership.id.to_string();
    house
        .core
        .db
        .read(move |c| {
            let mut found = Vec::new();
            for d in store::drafted_corrections(c, &tenant)? {
                let counts = delivery::store::counts(c, &d.id)?;
                found.push((d, counts));
            }
            Ok::<_, DbError>(found)
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_drafted_once_to_exactly_those_who_received_the_old_figure() {
    let refused = Script::default().refusing("funder2@example.org", 550, "5.7.1 No");
    let sink = Sink::start(refused).await.unwrap();
    let house = house(mailer(&sink.url())).await;
    let id = queued(&house, 6).await;
    assert_eq!(look(&house, "58 %").await, 0, "nobody has it yet");
    send_all(&house, &id).await;
    let left = Suppression {
        partnership_id: house.partnership.id.to_string(),
        address_key: "funder4@example.org".into(),
        reason: Reason::Unsubscribed,
        note: String::new(),
        created_at: clock(),
    };
    house
        .core
        .db
        .write(move |c| suppressions::put(c, &left))
        .await
        .unwrap();

    assert_eq!(look(&house, "58 %").await, 1);
    assert_eq!(look(&house, "58 %").await, 0, "a repeat changes nothing");
    assert_eq!(
        look(&house, "57 %").await,
        1,
        "a further change goes into the draft"
    );
    let found = drafts(&house).await;
    let [(draft, counts)] = found.as_slice() else {
        panic!("one draft, not {}", found.len());
    };
    assert_eq!(
        (draft.kind, draft.state),
        (Kind::Correction, CampaignState::Draft)
    );
    assert_eq!(counts.total, 5, "the refused one never had the figure");
    let told = draft.content().unwrap().changes;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].old.as_str(), told[0].new.as_str()),
        ("61 %", "57 %")
    );

    sink.clear();
    let (tenant, draft) = (house.partnership.id.clone(), draft.clone());
    let notice = draft.id.clone();
    house
        .core
        .db
        .write(move |c| {
            assert_eq!(draft.partnership_id, tenant.as_str());
            store::move_to(c, &draft, CampaignState::Queued, clock())
        })
        .await
        .unwrap();
    send_all(&house, &notice).await;
    let mut to: Vec<String> = sink.received().iter().map(|m| m.to[0].clone()).collect();
    to.sort();
    let expected = [0, 1, 3, 5].map(|i| format!("funder{i}@example.org"));
    assert_eq!(
        to,
        expected.to_vec(),
        "without the refused, and without who left"
    );
    let bytes = &sink.received()[0].bytes;
    let mail = mail_parser::MessageParser::default().parse(bytes).unwrap();
    let text = mail.body_text(0).unwrap();
    assert!(text.contains("61 %") && text.contains("57 %"), "{text}");
    assert_eq!(
        look(&house, "57 %").await,
        0,
        "who was told is not told again"
    );
    assert_eq!(look(&house, "55 %").await, 1, "a new value is a new notice");
}
