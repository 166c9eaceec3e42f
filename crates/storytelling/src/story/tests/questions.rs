//! Questions about a figure: asked, confirmed, answered, shown, set aside, forgotten.

use backbone_identity::attention::{Attention, Urgency};
use diesel::sql_types::Text;

use super::*;
use crate::attention::Questions;
use crate::question::answer::{NewAnswer, answer, reopen, set_aside};
use crate::question::ask::{About, NewQuestion, ask, confirm};
use crate::question::reader::Reader;
use crate::question::{
    Asker, Describer, Question, QuestionStatus, of_address, store as questions, upkeep,
};

const BASE: &str = "https://backbone.example";

#[derive(QueryableByName)]
struct Job {
    #[diesel(sql_type = Text)]
    payload: String,
}

/// The letters that wait to be sent, as template and receiver.
fn letters(conn: &mut Conn) -> Vec<(String, String)> {
    let jobs: Vec<Job> =
        diesel::sql_query("SELECT payload FROM jobs WHERE kind = 'mail.send' ORDER BY id")
            .load(conn)
            .unwrap();
    jobs.into_iter()
        .map(|j| {
            let job: serde_json::Value = serde_json::from_str(&j.payload).unwrap();
            let text = |key: &str| job["letter"][key].as_str().unwrap().to_string();
            (
                text("template").replace("storytelling/emails/", ""),
                text("to_address"),
            )
        })
        .collect()
}

fn new(question: &str, name: &str, email: &str) -> NewQuestion {
    NewQuestion {
        question: question.into(),
        name: name.into(),
        email: email.into(),
        language: "nl".into(),
    }
}

fn asked(
    conn: &mut Conn,
    author: &Actor,
    colleague: &Actor,
    new: &NewQuestion,
    reader: Option<&Reader>,
) -> Result<Question, StoryError> {
    let out = published::all_published(conn, author.tenant()).unwrap();
    let edition = match out.into_iter().next() {
        Some(edition) => edition,
        None => {
            let story = begin(conn, author);
            bring_out(conn, author, colleague, &story.id, &reads("61"))
        }
    };
    let about = About {
        partnership: &author.partnership,
        edition: &edition,
        figure: edition.view.figure("share").unwrap(),
        base_url: BASE,
    };
    ask(conn, &about, new, reader, author.now)
}

#[test]
fn a_visitor_confirms_before_staff_see_the_question() {
    with_two(|conn, author, colleague| {
        let q = new("Is that of all schools?", "Femke", "Femke@Fonds.Example");
        let made = asked(conn, author, colleague, &q, None).unwrap();
        assert_eq!(
            (made.status, made.asker),
            (QuestionStatus::Unconfirmed, Asker::Visitor)
        );
        assert_eq!(made.asker_email, "femke@fonds.example");
        let list =
            |conn: &mut Conn| questions::list(conn, author.tenant(), None, None, 10).unwrap();
        assert!(list(conn).is_empty(), "nobody sees it yet");
        assert!(Questions.lines(conn, author).unwrap().is_empty());
        let sent = [(
            "question-confirm".to_string(),
            "femke@fonds.example".to_string(),
        )];
        assert_eq!(letters(conn), sent);

        let done = confirm(conn, &author.partnership, &made.id, BASE, author.now).unwrap();
        assert_eq!(done.status, QuestionStatus::Open);
        // A second tap on the link changes nothing and mails nobody.
        let again = confirm(conn, &author.partnership, &made.id, BASE, author.now).unwrap();
        assert_eq!(again, done);
        let mut to: Vec<String> = letters(conn)
            .split_off(1)
            .into_iter()
            .map(|l| l.1)
            .collect();
        to.sort();
        let mut staff =
            [author, colleague].map(|a| format!("{}@example.org", a.person_id.clone().unwrap()));
        staff.sort();
        assert_eq!(to, staff);

        let lines = Questions.lines(conn, author).unwrap();
        assert_eq!((lines.len(), lines[0].urgency), (1, Urgency::Watch));
        let mut later = author.clone();
        later.now = author.now.plus_days(3);
        assert_eq!(
            Questions.lines(conn, &later).unwrap()[0].urgency,
            Urgency::Bad
        );
        later.roles = vec![Role::Funder];
        assert!(Questions.lines(conn, &later).unwrap().is_empty());
    });
}

#[test]
fn a_reader_asks_at_once_and_gets_the_answer_in_their_language() {
    with_two(|conn, author, colleague| {
        let reader = Reader {
            name: "Femke".into(),
            email: "femke@fonds.example".into(),
            language: "nl".into(),
        };
        let q = new("Why is it up?", "Somebody else", "other@example.org");
        let made = asked(conn, author, colleague, &q, Some(&reader)).unwrap();
        assert_eq!(
            (made.status, made.asker_name.as_str()),
            (QuestionStatus::Open, "Femke")
        );
        assert_eq!(
            made.asker_email, reader.email,
            "whoever is known cannot ask for another"
        );
        assert_eq!(letters(conn).len(), 2);

        let give = |text: &str, show: bool| NewAnswer {
            answer: text.into(),
            show,
            shown_question: "Why is the share up?".into(),
        };
        let tenant = author.tenant();
        let first = answer(
            conn,
            author,
            &made.id,
            IfMatch(Some(1)),
            &give("Two schools joined.", false),
            BASE,
        )
        .unwrap();
        assert_eq!((first.status, first.version), (QuestionStatus::Answered, 2));
        assert!(
            questions::shown(conn, tenant, &made.story_id)
                .unwrap()
                .is_empty()
        );
        // Shown beside the figure: nobody is mailed again for that.
        answer(
            conn,
            author,
            &made.id,
            IfMatch(Some(2)),
            &give("Two schools joined.", true),
            BASE,
        )
        .unwrap();
        let shown = questions::shown(conn, tenant, &made.story_id).unwrap();
        assert_eq!(
            (shown.len(), shown[0].question.as_str()),
            (1, "Why is the share up?")
        );
        assert_eq!(letters(conn).len(), 3);
        // A corrected answer is a new version and goes out again.
        let stale = answer(
            conn,
            colleague,
            &made.id,
            IfMatch(Some(2)),
            &give("Three.", true),
            BASE,
        );
        assert_eq!(
            backbone_web::Problem::from(stale.unwrap_err()).code,
            "changed-meanwhile"
        );
        answer(
            conn,
            colleague,
            &made.id,
            IfMatch(Some(3)),
            &give("Three schools joined.", true),
            BASE,
        )
        .unwrap();
        let answers = questions::answers(conn, tenant, &made.id).unwrap();
        assert_eq!(
            answers.iter().map(|a| a.version).collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(letters(conn).len(), 4);
        assert_eq!(letters(conn)[3].1, reader.email);

        let own = of_address(conn, tenant, "FEMKE@fonds.example").unwrap();
        assert_eq!(own[0].1.as_ref().unwrap().answer, "Three schools joined.");

        let mut tracer = Tracer::default();
        tracer.register(Arc::new(Describer));
        let this = Object::new("question", &made.id);
        let outside = tracer
            .node(conn, tenant, &this, Audience::Public, "en")
            .unwrap()
            .unwrap();
        assert_eq!(outside.title, "Why is the share up?");
        assert_eq!(outside.href, None);
    });
}

#[test]
fn what_cannot_be_used_is_refused_at_its_field_and_set_aside_can_be_undone() {
    with_two(|conn, author, colleague| {
        for (q, fields) in [
            (new("", "Femke", "femke@fonds.example"), vec!["question"]),
            (new("Why?", "", "nowhere"), vec!["name", "email"]),
            (
                new(&"long ".repeat(300), "Femke", ""),
                vec!["question", "email"],
            ),
        ] {
            let refused = asked(conn, author, colleague, &q, None).unwrap_err();
            let told = backbone_web::Problem::from(refused).fields;
            assert_eq!(
                told.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
                fields
            );
        }
        let q = new("Why?", "Femke", "femke@fonds.example");
        let made = asked(conn, author, colleague, &q, None).unwrap();
        let seen = IfMatch(Some(1));
        let none = set_aside(conn, author, &made.id, seen).unwrap_err();
        assert!(
            matches!(none, StoryError::NotFound),
            "unconfirmed questions are not there"
        );
        confirm(conn, &author.partnership, &made.id, BASE, author.now).unwrap();
        let aside = set_aside(conn, author, &made.id, IfMatch(Some(2))).unwrap();
        assert_eq!(aside.status, QuestionStatus::SetAside);
        let late = answer(
            conn,
            author,
            &made.id,
            IfMatch(Some(3)),
            &NewAnswer {
                answer: "So.".into(),
                ..NewAnswer::default()
            },
            BASE,
        );
        assert_eq!(
            backbone_web::Problem::from(late.unwrap_err()).code,
            "question-state"
        );
        let open = reopen(conn, author, &made.id, IfMatch(Some(3))).unwrap();
        assert_eq!(open.status, QuestionStatus::Open);
    });
}

#[test]
fn questions_that_nobody_confirmed_are_forgotten() {
    with_two(|conn, author, colleague| {
        let q = new("Why?", "Femke", "femke@fonds.example");
        let made = asked(conn, author, colleague, &q, None).unwrap();
        let late = author.now.plus_days(7);
        let ended = confirm(conn, &author.partnership, &made.id, BASE, late).unwrap_err();
        assert_eq!(backbone_web::Problem::from(ended).code, "link-ended");
        assert_eq!(
            upkeep::forget(conn, late).unwrap(),
            0,
            "until the very day it can be looked at"
        );
        assert_eq!(upkeep::forget(conn, late.plus_seconds(1)).unwrap(), 1);
        assert!(
            questions::find(conn, author.tenant(), &made.id)
                .unwrap()
                .is_none()
        );
    });
}
