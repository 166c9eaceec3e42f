use std::collections::BTreeMap;

use super::poll::{as_vote, compared, says};
use super::*;
use crate::ballot::Says;
use crate::framework::Method;

fn option(id: i64, name: &str, icon: &str) -> PollOption {
    PollOption {
        id,
        name: name.into(),
        icon: icon.into(),
        ..PollOption::default()
    }
}

fn poll_of(kind: &str, options: &[(&str, &str)], stances: &[&[(i64, i64)]]) -> Poll {
    let numbered = (1..).zip(options);
    Poll {
        kind: kind.into(),
        options: numbered
            .map(|(id, (name, icon))| option(id, name, icon))
            .collect(),
        stances: stances
            .iter()
            .map(|choices| Stance {
                choices: choices.iter().copied().collect::<BTreeMap<_, _>>(),
                ..Stance::default()
            })
            .collect(),
        ..Poll::default()
    }
}

#[test]
fn each_kind_of_poll_has_its_method() {
    let yes_no: &[(&str, &str)] = &[
        ("Ja", "agree"),
        ("Nee", "disagree"),
        ("Onthouding", "abstain"),
    ];
    let blocks: &[(&str, &str)] = &[
        ("agree", "agree"),
        ("disagree", "disagree"),
        ("block", "block"),
    ];
    let twice: &[(&str, &str)] = &[("Fine", "agree"), ("Great", "agree")];
    let consent: &[(&str, &str)] = &[("consent", "agree"), ("objection", "disagree")];
    let ab: &[(&str, &str)] = &[("A", ""), ("B", "")];
    let one: &[&[(i64, i64)]] = &[&[(1, 1)]];
    let two: &[&[(i64, i64)]] = &[&[(1, 1), (2, 1)]];
    for (kind, options, stances, method, keys) in [
        (
            "proposal",
            yes_no,
            one,
            Method::Majority,
            "agree disagree abstain",
        ),
        (
            "proposal",
            consent,
            one,
            Method::Consent,
            "agree stand_aside abstain object",
        ),
        ("proposal", blocks, one, Method::Count, "o1 o2 o3"),
        ("proposal", twice, one, Method::Count, "o1 o2"),
        ("poll", ab, one, Method::Count, "o1 o2"),
        ("poll", ab, two, Method::Approval, "o1 o2"),
        ("count", ab, one, Method::Count, "o1 o2"),
        ("dot_vote", ab, two, Method::Dots, "o1 o2"),
        ("score", ab, two, Method::Score, "o1 o2"),
        ("ranked_choice", ab, two, Method::Score, "o1 o2"),
        ("meeting", ab, two, Method::Meeting, "o1 o2"),
        ("something new", ab, two, Method::Score, "o1 o2"),
    ] {
        let vote = as_vote(&poll_of(kind, options, stances));
        let found: Vec<&str> = vote.options.iter().map(|o| o.key.as_str()).collect();
        assert_eq!(
            (vote.norms.method, found.join(" ").as_str()),
            (method, keys),
            "{kind} {options:?}"
        );
    }
}

#[test]
fn ballots_say_what_was_chosen_and_nothing_that_was_not() {
    let marks = |all: &[(&str, i32)]| Says {
        marks: all.iter().map(|(k, n)| ((*k).to_string(), *n)).collect(),
        ..Says::default()
    };
    let ab: &[(&str, &str)] = &[("A", ""), ("B", "")];
    let dots = poll_of("dot_vote", ab, &[&[(1, 12), (2, 0)], &[(1, -1)], &[]]);
    let vote = as_vote(&dots);
    assert_eq!(vote.norms.dots, 12, "as many as anybody spent");
    assert_eq!(says(&vote, &dots.stances[0]), Some(marks(&[("o1", 12)])));
    assert_eq!(says(&vote, &dots.stances[2]), None);
    let score = poll_of("score", ab, &[&[(1, 7), (2, 0)], &[(9, 3)]]);
    let vote = as_vote(&score);
    assert_eq!((vote.norms.lowest, vote.norms.highest), (0, 7));
    assert_eq!(
        says(&vote, &score.stances[0]),
        Some(marks(&[("o1", 7), ("o2", 0)]))
    );
    assert_eq!(
        says(&vote, &score.stances[1]),
        None,
        "an option that is not there"
    );
}

#[test]
fn labels_of_one_poll_differ() {
    let vote = as_vote(&poll_of(
        "poll",
        &[("Same", ""), ("Same", ""), ("", "")],
        &[],
    ));
    let labels: Vec<&str> = vote.options.iter().map(|o| o.label.as_str()).collect();
    assert_eq!(labels, ["Same", "Same (2)", "–"]);
}

#[test]
fn results_there_are_compared_only_where_there_are_some() {
    let mut poll = poll_of("poll", &[("A", ""), ("B", "")], &[&[(1, 1)], &[(1, 1)]]);
    assert_eq!(compared(&poll), "unknown");
    (poll.options[0].score, poll.options[1].score) = (Some(2), Some(0));
    assert_eq!(compared(&poll), "same");
    poll.options[1].score = Some(1);
    assert_eq!(compared(&poll), "differs");
    poll.stances.clear();
    (poll.options[0].score, poll.options[1].score) = (Some(0), Some(0));
    assert_eq!(compared(&poll), "unknown");
}

#[test]
fn lines_that_cannot_be_read_are_told_and_the_others_are_read() {
    let file = "\u{feff}{\"table\":\"groups\",\"record\":{\"id\":1,\"key\":\"k\",\"name\":\"G\"}}\n\nnonsense\n[1]\n{\"table\":\"groups\"}\n\
        {\"table\":\"groups\",\"record\":{\"id\":2,\"name\":\"\"}}\n{\"table\":\"events\",\"record\":{\"id\":5}}\n{\"table\":\"comments\",\"record\":{}}";
    let export = read(file);
    assert_eq!(export.groups.len(), 1);
    assert_eq!(export.left.get("events"), Some(&1));
    let told: Vec<(u64, &str)> = export.unread.iter().map(|u| (u.line, u.code)).collect();
    assert_eq!(
        told,
        [
            (3, "not-json"),
            (4, "no-record"),
            (5, "no-record"),
            (6, "no-name"),
            (8, "no-id")
        ]
    );
}

#[test]
fn topics_lead_to_groups_and_comments_to_where_they_were_said() {
    let file = r#"{"table":"topics","record":{"id":7,"group_id":1,"topicable_type":"Discussion","topicable_id":20}}
{"table":"topics","record":{"id":8,"group_id":1,"topicable_type":"Poll","topicable_id":31}}
{"table":"groups","record":{"id":1,"key":"k","name":"G"}}
{"table":"discussions","record":{"id":20,"key":"d","topic_id":7,"title":"T"}}
{"table":"polls","record":{"id":30,"key":"a","topic_id":7,"poll_type":"poll","title":"In it"}}
{"table":"polls","record":{"id":31,"key":"b","topic_id":8,"poll_type":"poll","title":"Alone"}}
{"table":"stances","record":{"id":40,"poll_id":31,"participant_id":3,"latest":true,"cast_at":"2026-01-01T00:00:00Z","option_scores":{"50":2}}}
{"table":"comments","record":{"id":60,"parent_type":"Stance","parent_id":40,"user_id":3,"body":"On a vote"}}
{"table":"comments","record":{"id":61,"parent_type":"Comment","parent_id":60,"user_id":3,"body":"An answer"}}
{"table":"comments","record":{"id":62,"parent_type":"Comment","parent_id":62,"user_id":3,"body":"A circle"}}
{"table":"comments","record":{"id":63,"parent_type":"Discussion","parent_id":20,"user_id":3,"body":"<p>In &amp; out</p>","body_format":"html"}}"#;
    let export = read(file);
    assert_eq!(export.threads[0].group, Some(1));
    let polls: Vec<_> = export
        .polls
        .iter()
        .map(|p| (p.id, p.group, p.thread))
        .collect();
    assert_eq!(polls, [(30, Some(1), Some(20)), (31, Some(1), None)]);
    assert_eq!(export.polls[1].stances[0].choices.get(&50), Some(&2));
    let said = |text: &str| {
        export
            .said
            .iter()
            .find(|s| s.text == text)
            .unwrap_or_else(|| panic!("{text}"))
    };
    assert_eq!(
        (said("On a vote").poll, said("On a vote").parent),
        (Some(31), None)
    );
    assert_eq!(
        (said("An answer").poll, said("An answer").parent),
        (Some(31), Some(60))
    );
    assert_eq!(
        (said("A circle").poll, said("A circle").thread),
        (None, None)
    );
    assert_eq!(said("In & out").thread, Some(20));
}
