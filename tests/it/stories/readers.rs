//! Who has a mail needs no password: asking in one field, the page of what was received, and links that ended.

use backbone_identity::Role;
use backbone_tests::Client;
use backbone_tests::mail::{Mail, path_of};
use serde_json::json;

use super::Told;

const FEMKE: &str = "femke@fonds.example";

/// Follows a link of a mail as a browser would: the token becomes a cookie. Gives who now reads, and where they are.
fn follow(told: &Told, link: &str) -> (Client, String) {
    let visitor = told.visitor();
    let moved = visitor.get(link).expect(303);
    let cookie = moved
        .header("set-cookie")
        .unwrap_or_else(|| panic!("{link} leaves no cookie: {moved:?}"));
    assert!(
        cookie.starts_with("reader=")
            && cookie.contains("HttpOnly")
            && cookie.contains(&format!("Path={}", told.address)),
        "{cookie}"
    );
    let to = moved.header("location").unwrap().to_string();
    assert!(!to.contains("r="), "the address names nobody: {to}");
    let pair = cookie.split(';').next().unwrap();
    (visitor.with("Cookie", pair), to)
}

/// The link of a mail to where its figure comes from.
fn figure_link(mail: &Mail) -> String {
    mail.path("/figure/orgs")
}

/// Asks from a mail, in one field.
pub(super) fn ask(told: &Told, mail: &Mail, question: &str) {
    let (reader, page) = follow(told, &figure_link(mail));
    let shown = reader.get(&page).expect(200).text();
    assert!(
        shown.contains("f…@fonds.example") && !shown.contains("name=\"email\""),
        "they are known: {shown}"
    );
    let ask = format!("{}/ask", told.figure());
    reader
        .form(&ask, &[("question", question), ("website", "")])
        .expect(303);
}

#[test]
fn a_reader_asks_in_one_field_and_finds_the_answer_on_their_page() {
    let told = Told::new();
    let (_, mail) = told.send_to("Femke Smit", FEMKE);
    ask(&told, &mail, "Why so many?");
    let all = told.questions();
    assert_eq!(
        (
            all[0]["asker"].as_str(),
            all[0]["asker_email"].as_str(),
            all[0]["asker_name"].as_str()
        ),
        (Some("reader"), Some(FEMKE), Some("Femke Smit"))
    );
    let sent = told.mail();
    assert!(
        sent.iter().all(|m| m.to != [FEMKE]),
        "nothing to confirm: {sent:?}"
    );

    let page = mail.path("/r/");
    let visitor = told.visitor();
    let shown = visitor.get(&page).expect(200);
    assert_eq!(shown.header("x-robots-tag"), Some("noindex"));
    let text = shown.text();
    assert!(
        text.contains("Why so many?") && text.contains("take part"),
        "{text}"
    );
    let id = all[0]["id"].as_str().unwrap();
    told.staff()
        .request(
            "POST",
            &told.world.home.path(&format!("/questions/{id}/answer")),
        )
        .header("If-Match", "\"1\"")
        .json(&json!({"answer": "Because everybody helps."}))
        .send()
        .expect(200);
    let text = visitor.get(&page).expect(200).text();
    assert!(text.contains("Because everybody helps."), "{text}");
    // It was not shown beside the figure: only who asked reads it.
    let public = visitor.get(&told.figure()).expect(200).text();
    assert!(!public.contains("Because everybody helps."), "{public}");

    // A mail that is passed on takes its reader along only as far as the link; the pages themselves know nobody.
    let (_, to) = follow(&told, &figure_link(&mail));
    let passed_on = visitor.get(&to).expect(200).text();
    assert!(passed_on.contains("name=\"email\""), "{passed_on}");
}

#[test]
fn a_link_ends_by_time_by_its_reader_and_by_staff() {
    let told = Told::new();
    let visitor = told.visitor();
    let (campaign, first) = told.send_to("Femke Smit", FEMKE);
    let page = first.path("/r/");
    visitor.get(&page).expect(200);
    // By staff: only who may write campaigns.
    let deliveries = told
        .staff()
        .get(&format!("{campaign}/deliveries"))
        .expect(200)
        .json();
    let delivery = deliveries["items"][0]["id"].as_str().unwrap();
    let end = format!("{campaign}/deliveries/{delivery}/end-links");
    let funder = told.world.home.api(&told.app, Role::Funder);
    assert_eq!(funder.post(&end, &json!({})).status, 403);
    let foreign = told.world.foreign.api(&told.app, Role::Staff);
    assert_eq!(foreign.post(&end, &json!({})).status, 404);
    visitor.get(&page).expect(200);
    told.staff().post(&end, &json!({})).expect(200);
    let gone = visitor.get(&page).expect(410).text();
    assert!(!gone.contains("Femke"), "{gone}");
    // The story itself stays; its reader has to say who they are again.
    let (reader, to) = follow(&told, &figure_link(&first));
    let shown = reader.get(&to).expect(200).text();
    assert!(shown.contains("name=\"email\""), "{shown}");
    let ask = format!("{}/ask", told.figure());
    let asked = reader.form(&ask, &[("question", "Who?"), ("website", "")]);
    assert_eq!(asked.status, 422, "{}", asked.text());

    // A later mail has a link that holds; its reader ends it.
    told.app.clock.forward(60);
    let (_, second) = told.send_to("Femke Smit", FEMKE);
    let page = second.path("/r/");
    visitor.get(&page).expect(200);
    visitor.get(&first.path("/r/")).expect(410);
    visitor.form(&format!("{page}/end"), &[]).expect(303);
    visitor.get(&page).expect(410);
    visitor.form(&format!("{page}/end"), &[]).expect(410);

    // And by time.
    told.app.clock.forward(60);
    let (_, third) = told.send_to("Femke Smit", FEMKE);
    let page = third.path("/r/");
    told.app.clock.forward(180 * 86_400 - 60);
    visitor.get(&page).expect(200);
    told.app.clock.forward(61);
    visitor.get(&page).expect(410);
}

#[test]
fn a_link_opens_nothing_of_another_partnership_and_cannot_be_made_up() {
    let told = Told::new();
    let (_, mail) = told.send_to("Femke Smit", FEMKE);
    let token = mail.path("/r/").replace("/r/", "");
    for made_up in ["nothing", &token[..token.len() - 1], &format!("{token}A")] {
        let answer = told.visitor().get(&format!("/r/{made_up}"));
        assert_eq!(answer.status, 410, "{made_up}: {}", answer.text());
    }
    // The same cookie on a story of somebody else: nobody.
    let foreign = super::publish(&told.app, &told.world.foreign, "Elsewhere");
    let reader = told.visitor().with("Cookie", &format!("reader={token}"));
    let page = reader
        .get(&format!("{}/figure/orgs", foreign.1))
        .expect(200)
        .text();
    assert!(
        page.contains("name=\"email\"") && !page.contains("fonds.example"),
        "{page}"
    );
    let asked = reader.form(
        &format!("{}/figure/orgs/ask", foreign.1),
        &[("question", "Who?"), ("website", "")],
    );
    assert_eq!(asked.status, 422, "{}", asked.text());
    // Anonymous text links carry no name either.
    assert!(
        mail.links("/s/")
            .iter()
            .map(|l| path_of(l))
            .all(|path| !path.contains("femke")),
        "{}",
        mail.text
    );
}

#[test]
fn a_funder_who_signed_in_sees_what_they_received_and_nobody_elses() {
    let told = Told::new();
    let funder = told.world.home.account(Role::Funder).email.clone();
    let staff = told.staff();
    let path = told.world.home.path("/campaigns");
    let new = json!({"story_id": told.story, "subject": "What you made possible", "note": "Look."});
    let made = staff.post(&path, &new).expect(201).json();
    let campaign = format!("{path}/{}", made["id"].as_str().unwrap());
    staff
        .post(
            &format!("{campaign}/recipients"),
            &json!({"roles": ["funder"]}),
        )
        .expect(200);
    staff
        .post(&format!("{campaign}/send"), &json!({}))
        .expect(202);
    let sent = told.mail();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to, [funder]);
    let received = |role: Role| {
        let path = told.world.home.path("/received");
        told.world
            .home
            .api(&told.app, role)
            .get(&path)
            .expect(200)
            .json()
    };
    assert_eq!(
        received(Role::Funder)["stories"].as_array().unwrap().len(),
        1
    );
    assert_eq!(received(Role::Leader)["stories"], json!([]));
    let browser = told.world.home.browser(&told.app, Role::Funder);
    let page = browser
        .get(&format!("/p/{}/received", told.world.home.slug))
        .expect(200)
        .text();
    assert!(page.contains("take part"), "{page}");
}
