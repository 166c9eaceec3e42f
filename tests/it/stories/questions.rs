//! Asking about a figure from its public page, confirming by mail, answering, and what stands beside the figure afterwards.

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use serde_json::json;

use super::Told;

const FEMKE: &str = "femke@fonds.example";

fn asks<'a>(question: &'a str, name: &'a str, email: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("question", question),
        ("name", name),
        ("email", email),
        ("website", ""),
    ]
}

/// The mail that went to an address.
fn to<'a>(sent: &'a [Mail], address: &str) -> Vec<&'a Mail> {
    sent.iter().filter(|m| m.to == [address]).collect()
}

#[test]
fn a_visitor_asks_confirms_and_is_answered_and_the_answer_stands_beside_the_figure() {
    let told = Told::new();
    let visitor = told.visitor();
    let page = visitor.get(&told.figure()).expect(200).text();
    assert!(page.contains("name=\"email\""), "{page}");
    let ask = format!("{}/ask", told.figure());
    let asked = visitor
        .form(
            &ask,
            &asks("Who are these organizations?", "Femke Smit", FEMKE),
        )
        .expect(303);
    assert!(
        asked
            .header("location")
            .unwrap()
            .starts_with(&told.figure()),
        "{asked:?}"
    );

    // Nobody sees it until the address is confirmed; a mail scanner that follows the link confirms nothing.
    let sent = told.mail();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].to, [FEMKE]);
    assert!(told.questions().is_empty());
    let link = sent[0].path("/questions/confirm");
    let page = visitor.get(&link).expect(200).text();
    assert!(
        page.contains("Who are these organizations?") && !page.contains(FEMKE),
        "{page}"
    );
    assert!(told.questions().is_empty());
    let token = link.split("token=").nth(1).unwrap();
    let confirm = [("token", token)];
    let done = visitor
        .form("/questions/confirm", &confirm)
        .expect(200)
        .text();
    assert!(done.contains("f…@fonds.example"), "{done}");
    visitor.form("/questions/confirm", &confirm).expect(200);
    let all = told.questions();
    assert_eq!(all.len(), 1, "a second tap asks nothing again: {all:?}");
    let question = all[0].clone();
    assert_eq!(
        (
            question["asker"].as_str(),
            question["status"].as_str(),
            question["figure_key"].as_str()
        ),
        (Some("visitor"), Some("open"), Some("orgs"))
    );

    // Staff are told by mail, with the way there, and on their pages.
    let sent = told.mail();
    let staff_mail = to(&sent, &told.world.home.account(Role::Staff).email);
    assert_eq!(staff_mail.len(), 1, "{sent:?}");
    assert_eq!(to(&sent, FEMKE).len(), 0);
    let there = staff_mail[0].path("/questions/");
    let browser = told.world.home.browser(&told.app, Role::Staff);
    let page = browser.get(&there).expect(200).text();
    assert!(
        page.contains("Femke Smit") && page.contains(FEMKE),
        "{page}"
    );
    let home = browser
        .get(&format!("/p/{}", told.world.home.slug))
        .expect(200)
        .text();
    assert!(
        home.contains(&format!("/p/{}/questions", told.world.home.slug)),
        "it waits on the home page"
    );

    // They answer from the page: by mail, and beside the figure, without who asked.
    let version = question["version"].to_string();
    let answer = [
        ("version", version.as_str()),
        ("answer", "Schools, libraries and two funds."),
        ("show", "true"),
        ("shown_question", "Which organizations are these?"),
    ];
    browser
        .form(&format!("{there}/answer"), &answer)
        .expect(303);
    let sent = told.mail();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].to, [FEMKE]);
    assert!(
        sent[0].text.contains("Schools, libraries and two funds.")
            && sent[0].text.contains(&told.figure()),
        "{}",
        sent[0].text
    );
    for address in [&told.figure(), &told.address] {
        let page = visitor.get(address).expect(200).text();
        assert!(
            page.contains("Which organizations are these?")
                && page.contains("Schools, libraries and two funds."),
            "{page}"
        );
        assert!(
            !page.contains("Femke") && !page.contains("fonds.example"),
            "{page}"
        );
    }

    // The page that was open at a colleague's shows an older version: it is shown beside what stands, not written over it.
    let late = [("version", version.as_str()), ("answer", "No idea.")];
    let refused = browser.form(&format!("{there}/answer"), &late);
    let to = refused.expect(303).header("location").unwrap().to_string();
    assert!(to.contains("?kept="), "{to}");
    let page = visitor.get(&told.figure()).expect(200).text();
    assert!(!page.contains("No idea."), "{page}");
}

#[test]
fn a_form_that_cannot_be_sent_comes_back_with_what_was_typed_and_bots_are_thanked() {
    let told = Told::new();
    let visitor = told.visitor();
    let ask = format!("{}/ask", told.figure());
    let back = visitor
        .form(&ask, &asks("Who are they?", "", "nowhere"))
        .expect(422)
        .text();
    assert!(
        back.contains("Who are they?") && back.contains("value=\"nowhere\""),
        "{back}"
    );
    let mut filled = asks("Buy now", "Bot", "bot@bots.example");
    filled[3].1 = "https://bots.example";
    visitor.form(&ask, &filled).expect(303);
    let unknown = format!("{}/figure/nothing/ask", told.address);
    visitor
        .form(&unknown, &asks("Who?", "Femke", FEMKE))
        .expect(404);
    visitor
        .form("/s/nowhere/figure/orgs/ask", &asks("Who?", "Femke", FEMKE))
        .expect(404);
    assert_eq!(told.app.count("story_questions"), 0);
    assert!(told.mail().is_empty());
}

#[test]
fn a_confirmation_that_ran_out_or_was_made_up_asks_nothing() {
    let told = Told::new();
    let visitor = told.visitor();
    let path = format!(
        "/api/v1/public/stories/{}/figures/orgs/questions",
        told.address.trim_start_matches("/s/")
    );
    let new = json!({"question": "Who?", "name": "Femke", "email": FEMKE, "language": "nl"});
    let asked = told.app.client().post(&path, &new).expect(200).json();
    assert_eq!(asked["status"], "unconfirmed");
    let sent = told.mail();
    let link = sent[0].path("/questions/confirm");
    assert!(
        sent[0].text.contains("bevestig") || sent[0].subject.to_lowercase().contains("vraag"),
        "in the language that was asked for: {} {}",
        sent[0].subject,
        sent[0].text
    );
    let made_up = link.replace("token=", "token=x");
    visitor.get(&made_up).expect(410);
    told.app.clock.forward(7 * 86_400);
    visitor.get(&link).expect(410);
    let token = link.split("token=").nth(1).unwrap();
    visitor
        .form("/questions/confirm", &[("token", token)])
        .expect(410);
    let reached = told
        .app
        .count("story_questions WHERE status <> 'unconfirmed'");
    assert_eq!(reached, 0);
}

#[test]
fn one_address_is_not_asked_to_confirm_again_and_again() {
    let told = Told::new();
    let path = format!(
        "/api/v1/public/stories/{}/figures/orgs/questions",
        told.address.trim_start_matches("/s/")
    );
    let ask = |n: usize, email: &str| {
        let new = json!({"question": format!("Question {n}?"), "name": "Femke", "email": email});
        told.app.client().post(&path, &new)
    };
    for n in 0..5 {
        ask(n, "Femke@Fonds.example").expect(200);
    }
    // However the address is written, it is the same letter box.
    let refused = ask(5, FEMKE);
    assert_eq!(refused.status, 429, "{}", refused.text());
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
    // One network address asks at most so often, whoever it says it is.
    let mut taken = 0;
    while ask(taken, &format!("r{taken}@fonds.example")).status == 200 {
        taken += 1;
        assert!(taken < 50, "nobody stops it");
    }
    assert_eq!(told.mail().len(), 5 + taken);
    told.app.clock.forward(3601);
    ask(99, "late@fonds.example").expect(200);
}

#[test]
fn questions_are_for_staff_alone_and_set_aside_answers_nobody() {
    let told = Told::new();
    let (_, mail) = told.send_to("Femke Smit", FEMKE);
    super::readers::ask(&told, &mail, "Is this about money?");
    let question = told.questions()[0].clone();
    let id = question["id"].as_str().unwrap();
    let path = told.world.home.path(&format!("/questions/{id}"));
    for role in [
        Role::Contributor,
        Role::Leader,
        Role::Funder,
        Role::Community,
        Role::ReadOnly,
    ] {
        let member = told.world.home.api(&told.app, role);
        assert_eq!(member.get(&path).status, 403, "{role}");
        let answer = member.post(&format!("{path}/answer"), &json!({"answer": "Yes."}));
        assert_eq!(answer.status, 403, "{role}: {}", answer.text());
    }
    let foreign = told.world.foreign.api(&told.app, Role::Staff);
    assert_eq!(foreign.get(&path).status, 404);
    let theirs = told.world.foreign.path(&format!("/questions/{id}"));
    assert_eq!(foreign.get(&theirs).status, 404);
    let answer = foreign
        .request("POST", &format!("{theirs}/answer"))
        .header("If-Match", "\"1\"")
        .json(&json!({"answer": "Yes."}))
        .send();
    assert_eq!(answer.status, 404, "{}", answer.text());

    told.mail();
    let staff = told.staff();
    let aside = staff
        .request("POST", &format!("{path}/set-aside"))
        .header("If-Match", "\"1\"")
        .json(&json!({}))
        .send()
        .expect(200);
    assert_eq!(aside.json()["status"], "set_aside");
    assert!(told.mail().is_empty(), "nobody is mailed for that");
    let answer = staff
        .request("POST", &format!("{path}/answer"))
        .header("If-Match", "\"2\"")
        .json(&json!({"answer": "Yes."}))
        .send();
    assert_eq!(answer.problem(), "question-state");
}
