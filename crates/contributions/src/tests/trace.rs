//! What the trace tells of contributions, and to whom.

use super::*;

#[test]
fn the_trace_leads_from_a_total_to_contributions_and_tells_the_public_less() {
    let h = house();
    for _ in 0..2 {
        logged(&h, entry(&h, 0, json!({ "note": "private" })));
    }
    logged(&h, entry(&h, 1, json!({})));
    let mut tracer = Tracer::default();
    tracer.register(Arc::new(Contributions));
    let root = Object::new("contribution_total", "time:2026");
    let walk = |audience| {
        let walked = h.db.read_blocking(|c| {
            tracer.trace(
                c,
                h.staff.tenant(),
                &root,
                Direction::Behind,
                audience,
                3,
                "en",
            )
        });
        walked.map(|t| (t.root.unwrap().title, t.levels)).unwrap()
    };
    let (title, levels) = walk(Audience::Members);
    assert_eq!(title, "138 hours");
    assert_eq!(levels.iter().map(Vec::len).collect::<Vec<_>>(), [2, 3]);
    assert!(serde_json::to_string(&levels).unwrap().contains("private"));
    let (title, levels) = walk(Audience::Public);
    assert_eq!(title, "138 hours");
    let text = serde_json::to_string(&levels).unwrap();
    assert!(
        !text.contains("private") && !text.contains("Reading") && !text.contains("Partner 1"),
        "{text}"
    );
    assert!(
        text.contains("Partner 0") && text.contains("1 contribution"),
        "{text}"
    );
    let one = Object::new(
        "contribution_total",
        format!("time:2026@{}", h.organizations[1]),
    );
    let node =
        h.db.read_blocking(|c| tracer.node(c, h.staff.tenant(), &one, Audience::Public, "en"));
    let node = node.unwrap().unwrap();
    assert!(
        node.title == "1 contribution" && node.facts.is_empty(),
        "{node:?}"
    );
    let kinds = Contributions.kinds();
    assert!(kinds.contains(&"contribution_share"));
}

#[test]
fn what_an_organization_gave_in_several_kinds_is_told_kind_by_kind() {
    let h = house();
    for _ in 0..5 {
        logged(&h, entry(&h, 0, json!({})));
    }
    let money = json!({ "kind": "treasure", "amount": "120.00", "hours": null, "work_role": null });
    logged(&h, entry(&h, 0, money.clone()));
    for _ in 0..5 {
        logged(&h, entry(&h, 1, json!({})));
    }
    logged(&h, entry(&h, 1, money));
    let mut tracer = Tracer::default();
    tracer.register(Arc::new(Contributions));
    let walk = |organization: usize, audience| {
        let root = Object::new(
            "contribution_share",
            format!("all:2026@{}", h.organizations[organization]),
        );
        let walked = h.db.read_blocking(|c| {
            let behind = Direction::Behind;
            tracer.trace(c, h.staff.tenant(), &root, behind, audience, 3, "en")
        });
        let levels = walked.unwrap().levels;
        let told: Vec<String> = levels[0]
            .iter()
            .map(|n| format!("{} | {}", n.title, n.summary))
            .collect();
        (told, levels.get(1).map_or(0, Vec::len))
    };
    let (kinds, single) = walk(0, Audience::Members);
    assert_eq!((kinds.len(), single), (2, 6), "{kinds:?}");
    assert!(
        kinds[0].starts_with("230 hours | Time: Partner 0"),
        "{kinds:?}"
    );
    assert!(kinds[1].contains("120"), "{kinds:?}");
    // Named and giving often: each contribution is shown outside, so its sums tell nothing more.
    let (kinds, single) = walk(0, Audience::Public);
    assert!(kinds[0].starts_with("230 hours"), "{kinds:?}");
    assert_eq!(single, 6);
    // Not named: the sum of one kind would tell what the other was.
    let unnamed = h.organizations[1].to_string();
    h.db.write_blocking(move |conn| {
        run(
            conn,
            &format!("UPDATE organizations SET public_name = FALSE WHERE id = '{unnamed}'"),
        );
        Ok::<_, backbone_db::DbError>(())
    })
    .unwrap();
    let (kinds, _) = walk(1, Audience::Public);
    assert!(
        kinds
            .iter()
            .all(|k| !k.contains("230") && !k.contains("120")),
        "{kinds:?}"
    );
}
