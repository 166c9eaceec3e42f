//! Lists go on by cursor: each thing once, whatever happens in between.

use backbone_events::{ActorKind, By, NewEvent, Object};
use backbone_identity::Role;
use backbone_tests::{TestApp, World};

#[test]
fn a_list_is_walked_by_cursor_without_gap_or_repeat() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (tenant, now) = (world.home.id.to_string(), app.clock.now());
    let by = By {
        kind: ActorKind::System,
        id: None,
        name: "Test".into(),
        at: now,
    };
    let append = move |from: i64, to: i64, tenant: String, by: By| {
        move |c: &mut backbone_db::Conn| {
            for n in from..to {
                backbone_events::append(
                    c,
                    &tenant,
                    &by,
                    NewEvent::new("note.made", Object::new("note", n)),
                )?;
            }
            Ok(())
        }
    };
    app.write(append(0, 25, tenant.clone(), by.clone()));
    let staff = world.home.api(&app, Role::Staff);
    let (mut seen, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let query = cursor.map(|c| format!("&cursor={c}")).unwrap_or_default();
        let page = staff
            .get(&world.home.path(&format!("/events?limit=10{query}")))
            .expect(200)
            .json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 10);
        seen.extend(items.iter().map(|e| e["seq"].as_i64().unwrap()));
        pages += 1;
        if pages == 1 {
            // What is added meanwhile is newer than everything that follows.
            app.write(append(25, 30, tenant.clone(), by.clone()));
        }
        cursor = page["next_cursor"].as_str().map(str::to_string);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=25).rev().collect::<Vec<i64>>());
    assert_eq!(pages, 3);
}

#[test]
fn limits_and_cursors_of_others_are_refused() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    for (query, code) in [
        ("limit=0", "invalid-limit"),
        ("limit=201", "invalid-limit"),
        ("limit=many", "invalid-query"),
        ("cursor=abc", "invalid-cursor"),
        ("cursor=%F0%9F", "invalid-query"),
        ("cursor=YzI6MQ", "invalid-cursor"),
    ] {
        let answer = staff.get(&world.home.path(&format!("/events?{query}")));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        let got = answer.problem();
        assert!(got == code || got == "invalid-cursor", "{query}: {got}");
    }
}
