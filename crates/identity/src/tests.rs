//! Rules that hold across the tables of this crate.

mod walk;

use backbone_db::Conn;
use backbone_web::catalogue::check_sources;
use backbone_web::{IfMatch, Lang, Problem};

use crate::actor::Actor;
use crate::authenticate::store::{Credential, person};
use crate::organizations::{self, NewOrganization};
use crate::people::{self, MemberChange, NewInvitations, Newcomer};
use crate::role::Role;
use crate::testing::{House, founded, house, now};
use crate::{access_link, account, api_key, jwt, limit, session, setup, token, words};

fn run<T: Send + 'static>(
    house: &House,
    work: impl FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    house.core.db.write_blocking(work)
}

#[test]
fn both_languages_say_the_same() {
    let found = check_sources(&[(Lang::En, words::EN), (Lang::Nl, words::NL)]);
    assert!(found.is_empty(), "{found:?}");
}

fn oost(conn: &mut Conn, actor: &Actor) -> Result<organizations::Organization, Problem> {
    let new = NewOrganization {
        name: "Bibliotheek Oost".into(),
        role: "partner".into(),
        sector: "civil".into(),
        website: None,
        public_name: true,
    };
    organizations::add(conn, actor, &new)
}

fn invite_sam(conn: &mut Conn, actor: &Actor) -> Result<people::Invited, Problem> {
    let organization = oost(conn, actor)?;
    let new = NewInvitations {
        people: "Sam Visser <sam@oost.example>".into(),
        roles: vec![Role::Contributor],
        organization_id: Some(organization.id),
    };
    people::invite(conn, actor, &new)
}

#[test]
fn an_invitation_is_accepted_once_and_its_person_signs_in() {
    let (house, actor) = founded();
    let secret = house.core.settings.secret.clone();
    run(&house, move |c| {
        let invited = invite_sam(c, &actor)?;
        let token = secret.sign("invitation", invited.invited[0].id.as_str());
        let nobody = people::accept(c, &secret, &token, &Newcomer::default(), now()).unwrap_err();
        assert_eq!(nobody.fields[0].code, "required");
        let sam = Newcomer {
            name: "Sam".into(),
            ..Newcomer::default()
        };
        let late = people::accept(c, &secret, &token, &sam, now().plus_days(15)).unwrap_err();
        assert_eq!(late.code, "link-ended");
        let (person, _) = people::accept(c, &secret, &token, &sam, now())?;
        assert_eq!(
            people::accept(c, &secret, &token, &sam, now())
                .unwrap_err()
                .code,
            "link-ended"
        );
        assert_eq!(
            people::name(c, actor.tenant(), &person)?.as_deref(),
            Some("Sam")
        );
        let forged = secret.sign("link:sign_in", invited.invited[0].id.as_str());
        assert_eq!(
            people::accept(c, &secret, &forged, &sam, now())
                .unwrap_err()
                .code,
            "link-ended"
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn closing_an_account_ends_every_way_in() {
    let (house, actor) = founded();
    let secret = house.core.settings.secret.clone();
    run(&house, move |c| {
        let invited = invite_sam(c, &actor)?;
        let link = secret.sign("invitation", invited.invited[0].id.as_str());
        let sam = Newcomer {
            name: "Sam".into(),
            ..Newcomer::default()
        };
        let (sam, _) = people::accept(c, &secret, &link, &sam, now())?;
        let cookie = session::open(c, &sam, "Firefox", now())?;
        let tokens = token::issue(c, &secret, &sam, &actor.partnership.id, now())?;
        let mine = Actor {
            person_id: Some(sam.clone()),
            ..actor.clone()
        };
        let key = api_key::NewApiKey {
            name: "import".into(),
            write: true,
            days: None,
        };
        let (_, key) = api_key::make(c, &mine, &key)?;
        let open = access_link::NewLink {
            purpose: access_link::Purpose::LogContribution,
            person_id: Some(sam.clone()),
            organization_id: None,
            subject: ("metric".into(), "m".into()),
            expires_at: now().plus_days(3),
        };
        let (_, open) = access_link::issue(c, &actor.partnership.id, &open, now())?;
        let kid = jwt::key_id(&tokens.access_token).unwrap();
        let claims = jwt::verify(&secret, &kid, &tokens.access_token, now()).unwrap();
        let ways = [
            Credential::Session(crate::secret::hash_secret(&cookie)),
            Credential::Token {
                kid,
                claims: Box::new(claims),
            },
            Credential::ApiKey(crate::secret::hash_secret(&key)),
        ];
        for way in &ways {
            assert!(person(c, way, now())?.is_some());
        }
        account::close(c, &sam, &actor.by())?;
        for way in &ways {
            assert!(person(c, way, now())?.is_none());
        }
        let opened = access_link::open(
            c,
            &open,
            access_link::Purpose::LogContribution,
            Lang::En,
            now(),
        );
        assert_eq!(opened.unwrap_err().code, "link-ended");
        assert!(token::refresh(c, &secret, &tokens.refresh_token, now())?.is_err());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_refresh_token_used_twice_ends_its_family() {
    let (house, actor) = founded();
    let secret = house.core.settings.secret.clone();
    run(&house, move |c| {
        let me = actor.person_id.clone().unwrap();
        let first = token::issue(c, &secret, &me, &actor.partnership.id, now())?;
        let second = token::refresh(c, &secret, &first.refresh_token, now())?.unwrap();
        assert!(token::refresh(c, &secret, &first.refresh_token, now())?.is_err());
        let third = token::refresh(c, &secret, &second.refresh_token, now())?;
        assert_eq!(third.unwrap_err().code, "refresh-refused");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_rotated_key_is_accepted_until_its_tokens_have_run_out() {
    let (house, actor) = founded();
    let secret = house.core.settings.secret.clone();
    run(&house, move |c| {
        let me = actor.person_id.clone().unwrap();
        let old = token::issue(c, &secret, &me, &actor.partnership.id, now())?.access_token;
        let kid = jwt::key_id(&old).unwrap();
        let claims = jwt::verify(&secret, &kid, &old, now()).unwrap();
        let credential = Credential::Token {
            kid: kid.clone(),
            claims: Box::new(claims),
        };
        let newer = token::rotate_keys(c, now().plus_seconds(1))?;
        assert_ne!(newer, kid);
        token::retire_keys(c, now().plus_seconds(300))?;
        assert!(person(c, &credential, now().plus_seconds(300))?.is_some());
        token::retire_keys(c, now().plus_seconds(700))?;
        assert!(person(c, &credential, now().plus_seconds(700))?.is_none());
        let new = token::issue(c, &secret, &me, &actor.partnership.id, now())?.access_token;
        assert_eq!(jwt::key_id(&new), Some(newer));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_last_administrator_stays() {
    let (house, actor) = founded();
    run(&house, move |c| {
        let me = actor.person_id.clone().unwrap();
        let member = people::store::by_person(c, &actor.partnership.id, &me)?.unwrap();
        let seen = IfMatch(Some(member.version));
        for change in [
            MemberChange {
                roles: Some(vec![Role::Staff]),
                ..MemberChange::default()
            },
            MemberChange {
                active: Some(false),
                ..MemberChange::default()
            },
        ] {
            let refused = people::change(c, &actor, &member.id, seen, &change).unwrap_err();
            assert_eq!(refused.code, "last-admin");
        }
        assert_eq!(
            account::erase(c, &me, &actor.by()).unwrap_err().code,
            "last-admin"
        );
        let stale = MemberChange {
            active: Some(true),
            ..MemberChange::default()
        };
        let refused = people::change(c, &actor, &member.id, IfMatch(Some(7)), &stale).unwrap_err();
        assert_eq!(refused.code, "changed-meanwhile");
        Ok(())
    })
    .unwrap();
}

#[test]
fn erasing_leaves_no_name_and_no_address() {
    let (house, actor) = founded();
    let secret = house.core.settings.secret.clone();
    run(&house, move |c| {
        let invited = invite_sam(c, &actor)?;
        let link = secret.sign("invitation", invited.invited[0].id.as_str());
        let newcomer = Newcomer {
            name: "Quirijn".into(),
            ..Newcomer::default()
        };
        let (sam, _) = people::accept(c, &secret, &link, &newcomer, now())?;
        account::erase(c, &sam, &actor.by())?;
        let data = account::export::gather(c, &sam, now())?;
        let text = serde_json::to_string(&data).unwrap();
        assert!(
            !text.contains("Quirijn") && !text.contains("sam@"),
            "{text}"
        );
        let again = people::store::invitations::page(c, actor.tenant(), None, 10)?;
        assert!(
            again
                .iter()
                .all(|i| !i.email.starts_with("sam@") && !i.name.contains("Sam"))
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn tries_are_counted_within_a_window() {
    let house = house();
    run(&house, |c| {
        let limit = limit::Limit {
            name: "test",
            hits: 2,
            seconds: 60,
        };
        for (after, who, allowed) in [
            (0, "a", true),
            (1, "a", true),
            (2, "a", false),
            (2, "b", true),
            (61, "a", true),
        ] {
            let tried = limit::hit(c, limit, who, now().plus_seconds(after))?;
            assert_eq!(tried.is_ok(), allowed, "{who} after {after} s");
            if let Err(problem) = tried {
                assert_eq!(problem.retry_after, Some(58));
            }
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_first_person_is_made_once() {
    let (house, _) = founded();
    let second = setup::FirstPerson {
        name: "Eve".into(),
        email: "eve@evil.example".into(),
        lang: Lang::En,
        password_hash: None,
    };
    let refused = run(&house, move |c| setup::first_person(c, &second, now())).unwrap_err();
    assert_eq!(refused.code, "setup-done");
    let secret = &house.core.settings.secret;
    assert!(setup::is_token(secret, &setup::token(secret)));
    assert!(!setup::is_token(secret, "guess"));
}
