//! Bodies, seats, and what happens when people change.

use backbone_identity::{OrganizationRole, Role};
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

/// A board with a seat of each given organization, filled by a person of the given role.
pub fn board(
    app: &TestApp,
    world: &World,
    seats: &[(OrganizationRole, Role)],
) -> (String, Vec<String>) {
    let (home, staff) = (&world.home, world.home.api(app, Role::Staff));
    let body = staff
        .post(
            &home.path("/bodies"),
            &json!({"kind": "board", "name": "Board", "seats_each": 5}),
        )
        .expect(201)
        .json();
    let id = body["id"].as_str().unwrap().to_string();
    let seats = seats
        .iter()
        .map(|(organization, role)| {
            let seat = json!({"kind": "member", "organization_id": home.organization(*organization),
                              "person_id": home.account(*role).person});
            let made = staff
                .post(&home.path(&format!("/bodies/{id}/seats")), &seat)
                .expect(201)
                .json();
            made["id"].as_str().unwrap().to_string()
        })
        .collect();
    (id, seats)
}

fn organization_of(world: &World, role: Role) -> OrganizationRole {
    let own = &world.home.account(role).organization;
    *OrganizationRole::ALL
        .iter()
        .find(|r| world.home.organization(**r) == own)
        .unwrap()
}

#[test]
fn a_seat_belongs_to_an_organization_and_is_filled_by_its_people() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (home, staff) = (&world.home, world.home.api(&app, Role::Staff));
    let body = staff
        .post(
            &home.path("/bodies"),
            &json!({"kind": "council", "name": "Council"}),
        )
        .expect(201)
        .json();
    let seats = home.path(&format!("/bodies/{}/seats", body["id"].as_str().unwrap()));
    let partner = home.organization(OrganizationRole::Partner);
    let of = |more: Value| {
        let mut seat = json!({"kind": "member", "organization_id": partner});
        seat.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        seat
    };
    for (seat, field) in [
        (json!({"kind": "member"}), "organization_id"),
        (
            of(json!({"person_id": uuid::Uuid::now_v7().to_string()})),
            "person_id",
        ),
        (of(json!({"weight": 0})), "weight"),
        (of(json!({"rotation": [partner]})), "rotation_months"),
        (
            of(json!({"term_starts": "2026-01-02", "term_ends": "2026-01-01"})),
            "term_ends",
        ),
        (
            json!({"kind": "guest", "guest_email": "nobody"}),
            "guest_email",
        ),
    ] {
        let problem = staff.post(&seats, &seat).expect(422).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    staff.post(&seats, &of(json!({}))).expect(201);
    let twice = staff.post(&seats, &of(json!({}))).expect(422).json();
    assert_eq!(twice["errors"][0]["code"], "seat-taken");
}

#[test]
fn a_seat_passes_on_and_everybody_who_had_it_stays_known() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (home, staff) = (&world.home, world.home.api(&app, Role::Staff));
    let own = organization_of(&world, Role::Contributor);
    let (body, seats) = board(&app, &world, &[(own, Role::Contributor)]);
    let colleague = Role::ALL
        .iter()
        .find(|r| **r != Role::Contributor && organization_of(&world, **r) == own);
    let next = colleague.map(|r| home.account(*r).person.to_string());
    let pass = home.path(&format!("/seats/{}/pass", seats[0]));
    let over = staff
        .post(
            &pass,
            &json!({"person_id": next, "note": "Ask Ilse about the lease"}),
        )
        .expect(201)
        .json();
    assert_eq!(over["reason"], "named");
    assert_eq!(over["note"], "Ask Ilse about the lease");
    staff.post(&pass, &json!({"person_id": next})).expect(409);
    let seat = staff
        .get(&home.path(&format!("/seats/{}", seats[0])))
        .expect(200)
        .json();
    let first = &seat["terms"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        first["person_id"],
        home.account(Role::Contributor).person.to_string()
    );
    assert_eq!(first["reason"], "named");
    let page = home
        .browser(&app, Role::Staff)
        .get(&format!(
            "/p/{}/bodies/{body}/seats/{}",
            home.slug, seats[0]
        ))
        .expect(200);
    assert!(
        page.text().contains("Ask Ilse") || page.text().contains("hand-overs/"),
        "{}",
        page.text()
    );
}

#[test]
fn when_a_person_leaves_the_alternate_steps_in_and_without_one_staff_hear_of_it() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (home, staff) = (&world.home, world.home.api(&app, Role::Staff));
    let own = organization_of(&world, Role::Contributor);
    let (_, seats) = board(&app, &world, &[(own, Role::Contributor)]);
    app.drain_jobs();
    let sent = app.outbox.sent().len();
    let member = home.account(Role::Contributor);
    app.sql(&format!(
        "UPDATE memberships SET active = false WHERE id = '{}'",
        member.membership
    ));
    app.clock.forward(120);
    app.drain_jobs();
    let seat = staff
        .get(&home.path(&format!("/seats/{}", seats[0])))
        .expect(200)
        .json();
    assert_eq!(seat["person_id"], Value::Null, "{seat}");
    assert_eq!(seat["hand_overs"][0]["reason"], "left");
    assert!(
        app.outbox.sent().len() > sent,
        "nobody was told of the vacancy"
    );
    let before = app.count("hand_overs");
    app.clock.forward(120);
    app.drain_jobs();
    assert_eq!(app.count("hand_overs"), before, "it happened twice");
    let home_page = home
        .browser(&app, Role::Staff)
        .get(&format!("/p/{}", home.slug))
        .expect(200)
        .text();
    assert!(home_page.contains("Board has a vacant seat"), "{home_page}");
}
