//! What happens in the room: who is there, hands that go up, decisions, minutes, and what a meeting lacks.

use backbone_identity::{OrganizationRole as Org, Role};
use serde_json::{Value, json};

use super::{House, titles};

#[test]
fn who_is_there_makes_the_quorum_and_away_seats_raise_no_hand() {
    let h = House::new();
    let quorum = json!({"quorum": {"percent": 50, "organizations": 2, "groups": [{"group": "funder", "seats": 1}]}, "changeable": true});
    let decision = h.proposal("More mentors?", quorum);
    let id = h.plan(1);
    h.post(
        Role::Staff,
        &format!("/meetings/{id}/presence"),
        json!({"here": true}),
    )
    .expect(409);
    h.step(&id, "open").expect(200);
    let met = || h.detail(&id)["quorum"][0]["met"].clone();
    assert_eq!(met(), false, "one of four seats");
    h.arrive(&id, Role::Contributor);
    assert_eq!(met(), false, "no funder yet");
    h.arrive(&id, Role::Funder);
    assert_eq!(met(), true);
    let funder = h.person(&id, Role::Funder);
    h.post(
        Role::Contributor,
        &format!("/meetings/{id}/presence"),
        json!({"attendee_id": funder, "here": false}),
    )
    .expect(403);
    h.post(
        Role::Funder,
        &format!("/meetings/{id}/presence"),
        json!({"here": false}),
    )
    .expect(200);
    assert_eq!(met(), false);
    h.arrive(&id, Role::Funder);

    let vote = |step: &str, body: Value| {
        h.post(
            Role::Staff,
            &format!("/meetings/{id}/votes/{decision}/{step}"),
            body,
        )
    };
    h.hands(&id, &decision, &[(0, "agree")]).expect(409);
    h.post(
        Role::Funder,
        &format!("/meetings/{id}/votes/{decision}/open"),
        json!({}),
    )
    .expect(403);
    vote("close", json!({})).expect(409);
    vote("open", json!({})).expect(200);
    let absent = h.hands(&id, &decision, &[(3, "agree")]).expect(409).json();
    assert_eq!(absent["code"], "meeting-seat-absent");
    assert_eq!(h.app.count("ballots"), 0);
    // One votes by phone: that ballot stays, whatever is recorded.
    h.post(
        Role::Funder,
        &format!("/decisions/{decision}/ballot"),
        json!({"says": {"option": "disagree"}}),
    )
    .expect(200);
    let done = h
        .hands(&id, &decision, &[(0, "agree"), (1, "agree"), (2, "agree")])
        .expect(200)
        .json();
    assert_eq!((&done["recorded"], &done["kept"]), (&json!(2), &json!(1)));
    let wrong = h
        .hands(&id, &decision, &[(0, "nonsense")])
        .expect(422)
        .json();
    assert!(
        wrong["errors"][0]["field"].as_str().unwrap().contains(": "),
        "{wrong}"
    );
    h.hands(&id, &decision, &[(1, "abstain")]).expect(200);
    vote("close", json!({})).expect(200);
    h.hands(&id, &decision, &[(1, "agree")]).expect(409);
    let outcome = h
        .api(Role::Staff)
        .get(&h.path(&format!("/decisions/{decision}/outcome")))
        .expect(200)
        .json();
    assert_eq!(outcome["result"]["voted"], 3);
    let counted: Vec<(String, i64)> = outcome["result"]["counted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            (
                c["option"].as_str().unwrap().into(),
                c["ballots"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        counted,
        [
            ("agree".into(), 1),
            ("disagree".into(), 1),
            ("abstain".into(), 1)
        ]
    );
    let recorded = h
        .app
        .count("ballots WHERE capacity = 'recorded' AND counts = true");
    assert_eq!(recorded, 2);
}

#[test]
fn a_secret_vote_takes_no_hands() {
    let h = House::new();
    let decision = h.proposal("Who chairs?", json!({"secret": true, "changeable": false}));
    let id = h.plan(1);
    h.step(&id, "open").expect(200);
    h.post(
        Role::Staff,
        &format!("/meetings/{id}/votes/{decision}/open"),
        json!({}),
    )
    .expect(200);
    let refused = h.hands(&id, &decision, &[(0, "agree")]).expect(409).json();
    assert_eq!(refused["code"], "meeting-secret");
}

#[test]
fn a_decision_of_the_room_is_sealed_with_who_was_there_and_goes_into_the_minutes() {
    let h = House::new();
    let decision = h.proposal("More mentors?", json!({}));
    let id = h.plan(1);
    h.step(&id, "invite").expect(200);
    h.app.clock.forward(3600);
    h.step(&id, "open").expect(200);
    h.arrive(&id, Role::Contributor);
    let agenda = h.detail(&id)["agenda"].clone();
    let item = agenda[0]["id"].as_str().unwrap().to_string();
    h.app.clock.forward(120);
    h.post(
        Role::Staff,
        &format!("/meetings/{id}/agenda/{item}/steps/start"),
        json!({}),
    )
    .expect(200);
    let say = |text: &str| {
        h.post(
            Role::Staff,
            &format!("/meetings/{id}/notes"),
            json!({"text": text}),
        )
    };
    say("They wait seven weeks.").expect(201);
    say("  ").expect(422);
    h.post(
        Role::Contributor,
        &format!("/meetings/{id}/notes"),
        json!({"text": "Mine"}),
    )
    .expect(403);
    let vote = |step: &str, body: Value| {
        h.post(
            Role::Staff,
            &format!("/meetings/{id}/votes/{decision}/{step}"),
            body,
        )
    };
    vote("open", json!({})).expect(200);
    h.hands(&id, &decision, &[(0, "agree"), (1, "agree")])
        .expect(200);
    vote("close", json!({})).expect(200);
    let partner = h.world.home.organization(Org::Partner);
    let outcome = json!({"statement": "We find ten more mentors.",
                         "commitments": [{"title": "Find ten mentors", "organization_id": partner, "due_on": "2099-01-31"}]});
    let record = vote("outcome", outcome).expect(200).json();
    let sealed: Value = serde_json::from_str(record["content"].as_str().unwrap()).unwrap();
    assert_eq!(sealed["meeting"]["id"], json!(id));
    assert_eq!(sealed["meeting"]["number"], 1);
    let there = sealed["meeting"]["present"].as_array().unwrap();
    assert_eq!(there.len(), 2, "{there:?}");
    assert!(
        there
            .iter()
            .all(|p| p["for"].as_array().unwrap().len() == 1),
        "{there:?}"
    );
    assert!(
        sealed["ballots"]
            .as_array()
            .unwrap()
            .iter()
            .all(|b| b["capacity"] == "recorded")
    );
    let promise = json!({"title": "Write to the college", "organization_id": partner, "due_on": "2099-02-28"});
    h.post(Role::Staff, &format!("/meetings/{id}/commitments"), promise)
        .expect(201);
    // Somebody leaves early: their time ends there.
    h.app.clock.forward(600);
    h.post(
        Role::Contributor,
        &format!("/meetings/{id}/presence"),
        json!({"here": false}),
    )
    .expect(200);
    h.app.clock.forward(600);
    h.step(&id, "close").expect(200);
    say("Too late").expect(409);

    let detail = h.detail(&id);
    // Staff 120 + 600 + 600 s; the contributor 120 + 600 s.
    // The clock of a test goes on a little, and minutes that were begun count.
    let spent = detail["minutes_spent"].as_i64().unwrap();
    assert_eq!(detail["people_there"], 2);
    assert!((34..=38).contains(&spent), "{spent}");
    let time = h
        .api(Role::Staff)
        .get(&h.path("/meeting-time?from=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"))
        .expect(200)
        .json();
    let own = time
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["organization_id"] == json!(partner))
        .unwrap();
    assert_eq!(own["meeting_id"], json!(id));
    let own = own["minutes"].as_i64().unwrap();
    assert!((12..=14).contains(&own), "{own}");

    let minutes = |role: Role| {
        h.api(role)
            .get(&h.path(&format!("/meetings/{id}/minutes")))
            .expect(200)
            .json()
    };
    let draft = minutes(Role::Funder)[0]["text"]
        .as_str()
        .unwrap()
        .to_string();
    for part in [
        "They wait seven weeks.",
        "Agree 2",
        "2 of 4 voted",
        "> We find ten more mentors.",
        "Decision no. 1.",
        "Find ten mentors",
        "Write to the college",
        "February 2099",
        " minutes)",
    ] {
        assert!(draft.contains(part), "{part} in\n{draft}");
    }
    let send = |step: &str, body: Value| {
        h.post(Role::Staff, &format!("/meetings/{id}/minutes{step}"), body)
    };
    let early = send("/send", json!({})).expect(409).json();
    assert_eq!(early["code"], "meeting-minutes-unapproved");
    h.post(
        Role::Contributor,
        &format!("/meetings/{id}/minutes"),
        json!({"version": 1, "text": "Mine"}),
    )
    .expect(403);
    let text = draft.replace(
        "They wait seven weeks.",
        "They wait *seven* weeks on average.",
    );
    send("", json!({"version": 1, "text": text})).expect(200);
    let lost = send("", json!({"version": 1, "text": "Another"}))
        .expect(409)
        .json();
    assert_eq!(lost["code"], "meeting-minutes-changed");
    send("/approve", json!({"version": 1})).expect(409);
    send("/approve", json!({"version": 2})).expect(200);
    let before = h.mails().len();
    send("/send", json!({})).expect(200);
    let mail = h.to("community@", before);
    assert_eq!(mail.len(), 1, "those who were not there read them too");
    assert!(
        mail[0].text.contains("seven") && mail[0].html.contains("<em>seven</em>"),
        "{}",
        mail[0].html
    );
    assert!(mail[0].text.contains("We find ten more mentors."));
    send("", json!({"version": 2, "text": "Later"})).expect(409);
    assert_eq!(minutes(Role::Staff).as_array().unwrap().len(), 2);

    // The next meeting begins with what this one promised.
    let next = h.plan(48);
    let agenda = h.detail(&next)["agenda"].clone();
    assert_eq!(titles(&agenda)[0], "commitments ");
    assert_eq!(h.detail(&next)["number"], 2);
}

#[test]
fn a_meeting_that_was_ended_too_early_goes_on() {
    let h = House::new();
    let id = h.plan(1);
    h.step(&id, "open").expect(200);
    h.app.clock.forward(300);
    h.step(&id, "close").expect(200);
    h.app.clock.forward(60);
    h.step(&id, "resume").expect(200);
    let detail = h.detail(&id);
    assert_eq!(detail["status"], "open");
    let staff = detail["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| !p["here_since"].is_null())
        .count();
    assert_eq!(staff, 1, "who was there at the end is there again");
    h.app.clock.forward(300);
    h.step(&id, "close").expect(200);
    let spent = h.detail(&id)["minutes_spent"].as_i64().unwrap();
    assert!(
        (10..=12).contains(&spent),
        "{spent}: the minute in between does not count"
    );
    let write = json!({"version": 1, "text": "Nothing was said."});
    h.post(Role::Staff, &format!("/meetings/{id}/minutes"), write)
        .expect(200);
    let refused = h.step(&id, "resume").expect(409).json();
    assert_eq!(refused["code"], "meeting-minutes-begun");
}

#[test]
fn pages_of_a_meeting_work_for_who_leads_and_who_comes() {
    let h = House::new();
    let decision = h.proposal("More mentors?", json!({"reasons": "on_disagreement"}));
    let id = h.plan(1);
    let home = &h.world.home;
    let at = format!("/p/{}/meetings/{id}", home.slug);
    let staff = home.browser(&h.app, Role::Staff);
    let member = home.browser(&h.app, Role::Contributor);
    for status in ["planned", "open"] {
        if status == "open" {
            staff.form(&format!("{at}/steps/open"), &[]).expect(303);
        }
        let (led, seen) = (
            staff.get(&at).expect(200).text(),
            member.get(&at).expect(200).text(),
        );
        for page in [&led, &seen] {
            assert!(
                !page.contains('⟦') && page.contains("Board, in autumn"),
                "{page}"
            );
        }
        assert!(
            led.contains("/agenda/") && !seen.contains("/steps/"),
            "{status}: {seen}"
        );
    }
    member
        .form(&format!("{at}/presence"), &[("here", "1")])
        .expect(303);
    let item = h.detail(&id)["agenda"][0]["id"]
        .as_str()
        .unwrap()
        .to_string();
    staff
        .form(&format!("{at}/agenda/{item}/start"), &[])
        .expect(303);
    staff
        .form(&format!("{at}/votes/{decision}/open"), &[])
        .expect(303);
    let page = staff.get(&at).expect(200).text();
    let field = format!("{}-option", h.seats[1]);
    assert!(page.contains(&field), "{page}");
    let seats = [h.seats[0].as_str(), h.seats[1].as_str()];
    let own = format!("{}-option", h.seats[0]);
    let no_reason = [
        ("seat", seats[0]),
        ("seat", seats[1]),
        (own.as_str(), "agree"),
        (field.as_str(), "disagree"),
    ];
    let refused = staff
        .form(&format!("{at}/votes/{decision}/hands"), &no_reason)
        .expect(422)
        .text();
    assert!(refused.contains("reason"), "{refused}");
    assert_eq!(h.app.count("ballots"), 0, "all hands or none");
    let reason = format!("{}-reason", h.seats[1]);
    let mut with = no_reason.to_vec();
    with.push((reason.as_str(), "Too many at once"));
    staff
        .form(&format!("{at}/votes/{decision}/hands"), &with)
        .expect(303);
    // The member votes on their own phone after all, and stays on the page.
    member
        .form(
            &format!("{at}/votes/{decision}/cast"),
            &[("seat_id", seats[1]), ("option", "agree")],
        )
        .expect(303);
    assert!(
        member
            .get(&at)
            .expect(200)
            .text()
            .contains("Your vote: Agree")
    );
    staff
        .form(&format!("{at}/votes/{decision}/close"), &[])
        .expect(303);
    let nothing = staff
        .form(
            &format!("{at}/votes/{decision}/outcome"),
            &[("statement", "Ten more."), ("what", ""), ("no_action", "")],
        )
        .expect(422)
        .text();
    assert!(nothing.contains("Ten more."), "what was typed is kept");
    staff
        .form(
            &format!("{at}/votes/{decision}/outcome"),
            &[
                ("statement", "Ten more."),
                ("no_action", "They come by themselves"),
            ],
        )
        .expect(303);
    let taken = staff
        .get(&format!("/p/{}/decisions/{decision}", home.slug))
        .expect(200)
        .text();
    assert!(
        taken.contains(&format!("/meetings/{id}")),
        "the decision leads to its meeting"
    );
    staff.form(&format!("{at}/steps/close"), &[]).expect(303);
    let minutes = member.get(&format!("{at}/minutes")).expect(200).text();
    assert!(
        minutes.contains("Ten more.") && !minutes.contains("name=\"step\""),
        "{minutes}"
    );
    staff
        .form(
            &format!("{at}/minutes"),
            &[("step", "approve"), ("version", "1")],
        )
        .expect(303);
    staff
        .form(
            &format!("{at}/minutes"),
            &[("step", "send"), ("version", "1")],
        )
        .expect(303);
    assert_eq!(h.detail(&id)["status"], "sent");
    let list = member
        .get(&format!("/p/{}/meetings", home.slug))
        .expect(200)
        .text();
    assert!(list.contains("Minutes sent"), "{list}");
}

#[test]
fn what_a_meeting_lacks_is_told_to_who_leads_it() {
    let h = House::new();
    let needed = json!({"quorum": {"percent": 75, "organizations": 0, "groups": []}});
    h.proposal("More mentors?", needed);
    let id = h.plan(60);
    let lines = |role: Role| {
        h.world
            .home
            .browser(&h.app, role)
            .get(&format!("/p/{}", h.world.home.slug))
            .expect(200)
            .text()
    };
    assert!(
        lines(Role::Staff).contains("Nobody is invited to Board, in autumn"),
        "{}",
        lines(Role::Staff)
    );
    h.step(&id, "invite").expect(200);
    assert!(!lines(Role::Staff).contains("Nobody is invited"));
    assert!(lines(Role::Funder).contains("Do you come? Board, in autumn"));
    for role in [Role::Funder, Role::Community] {
        h.post(
            role,
            &format!("/meetings/{id}/answer"),
            json!({"answer": "no"}),
        )
        .expect(200);
    }
    assert!(!lines(Role::Funder).contains("Do you come?"));
    assert!(
        lines(Role::Staff).contains("Board, in autumn has no quorum to expect"),
        "{}",
        lines(Role::Staff)
    );
    // Those who have not answered are reminded once, two days before.
    let before = h.mails().len();
    h.app.clock.forward(30 * 3600);
    h.app.drain_jobs();
    let reminded = h.to("contributor@", before);
    assert!(
        reminded.iter().any(|m| m.subject.contains("Do you come?")),
        "{reminded:?}"
    );
    assert!(
        !h.to("funder@", before)
            .iter()
            .any(|m| m.subject.contains("Do you come?"))
    );
    h.app.clock.forward(3600);
    h.app.drain_jobs();
    assert_eq!(
        h.to("contributor@", before)
            .iter()
            .filter(|m| m.subject.contains("Do you come?"))
            .count(),
        1
    );
}
