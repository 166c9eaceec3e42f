use super::*;
use crate::testing::founded;

fn form() -> Kept {
    Kept {
        action: "/p/samen-oost/organizations/1/edit".into(),
        page: "/p/samen-oost/organizations/1/edit".into(),
        lost: true,
        multipart: false,
        had_files: false,
        fields: vec![
            ("name".into(), "Bibliotheek “Oost” & co".into()),
            ("password".into(), "vier gele fietsen".into()),
            ("name".into(), "twice".into()),
        ],
    }
}

#[test]
fn a_form_is_kept_sealed_for_its_owner_for_an_hour() {
    let (house, actor) = founded();
    let (core, me) = (&house.core, actor.person_id.clone().unwrap());
    let secret = core.settings.secret.clone();
    let now = actor.now;
    let name = {
        let (secret, me) = (secret.clone(), me.clone());
        core.db
            .write_blocking(move |c| keep(c, &secret, &me, &form(), now))
            .unwrap()
    };
    let open = |who: &PersonId, name: &str, at: Instant| {
        let (secret, who, name) = (secret.clone(), who.clone(), name.to_string());
        core.db
            .read_blocking(move |c| open(c, &secret, &who, &name, at))
            .unwrap()
    };
    let (kept, sent) = open(&me, &name, now.plus_seconds(HOLDS - 1)).unwrap();
    assert_eq!(sent, None);
    // Passwords are never kept; the rest is, in its order.
    assert_eq!(
        kept.fields,
        [
            ("name".to_string(), "Bibliotheek “Oost” & co".to_string()),
            ("name".to_string(), "twice".to_string())
        ]
    );
    assert!(open(&me, &name, now.plus_seconds(HOLDS)).is_none());
    assert!(open(&PersonId::new(), &name, now).is_none());
    assert!(open(&me, "another-name", now).is_none());
    core.db
        .write_blocking(move |c| {
            assert!(forget(c, &me, &name)?);
            assert!(!forget(c, &me, &name)?);
            Ok::<_, DbError>(())
        })
        .unwrap();
}

#[test]
fn the_seal_opens_under_its_name_and_secret_only() {
    let secret = MasterSecret::from_text(&"k".repeat(40)).unwrap();
    let other = MasterSecret::from_text(&"x".repeat(40)).unwrap();
    let sealed = seal(&secret, "a", b"typed".to_vec()).unwrap();
    assert!(!sealed.contains("typed"));
    assert_eq!(
        unseal(&secret, "a", &sealed).as_deref(),
        Some(&b"typed"[..])
    );
    assert_eq!(unseal(&secret, "b", &sealed), None);
    assert_eq!(unseal(&other, "a", &sealed), None);
    let me = PersonId::new();
    assert_eq!(
        used_by(&secret, &browser_of(&secret, &me)),
        Some(me.clone())
    );
    assert_eq!(used_by(&other, &browser_of(&secret, &me)), None);
}

#[test]
fn an_older_form_gives_way() {
    let (house, actor) = founded();
    let me = actor.person_id.clone().unwrap();
    let secret = house.core.settings.secret.clone();
    let now = actor.now;
    house
        .core
        .db
        .write_blocking(move |c| {
            let mut names = Vec::new();
            for i in 0..=MOST as i64 {
                names.push(keep(c, &secret, &me, &form(), now.plus_seconds(i))?);
            }
            let at = now.plus_seconds(60);
            assert!(open(c, &secret, &me, &names[0], at)?.is_none());
            assert!(open(c, &secret, &me, &names[1], at)?.is_some());
            Ok::<_, DbError>(())
        })
        .unwrap();
}
