//! The public page on a real database: who is on it, and what is taken off.

use backbone_web::{IfMatch, Problem};

use super::change::{PublicPageEdit, change, look};
use super::store;
use crate::error::StoryError;
use crate::story::tests::{begin, bring_out, reads, with_two};
use crate::story::{life, link};

fn edit(shown: Option<bool>, stories: &[&str]) -> PublicPageEdit {
    PublicPageEdit {
        shown,
        stories: Some(stories.iter().map(|s| (*s).to_string()).collect()),
    }
}

fn code(e: StoryError) -> &'static str {
    Problem::from(e).code
}

#[test]
fn only_published_stories_with_an_address_are_found() {
    with_two(|conn, author, colleague| {
        let tenant = author.tenant();
        let out = begin(conn, author);
        let draft = begin(conn, author);
        bring_out(conn, author, colleague, &out.id, &reads("61"));
        let before = look(conn, author).unwrap();
        assert_eq!((before.shown, before.version), (false, 0));
        assert!(before.stories.is_empty(), "nobody chose yet");

        let both = edit(Some(true), &[out.id.as_str(), draft.id.as_str()]);
        let refused = change(conn, author, IfMatch(Some(0)), &both).unwrap_err();
        assert_eq!(Problem::from(refused).fields[0].field, "stories");
        let other = edit(Some(true), &["no-identifier"]);
        change(conn, author, IfMatch(Some(0)), &other).unwrap_err();

        let only = edit(Some(true), &[out.id.as_str(), out.id.as_str()]);
        let page = change(conn, author, IfMatch(Some(0)), &only).unwrap();
        assert_eq!((page.shown, page.version), (true, 1));
        assert_eq!(page.stories.len(), 1);
        assert!(page.stories[0].href.starts_with("/s/"));
        assert!(page.stories[0].headline.contains("61"), "{page:?}");
        assert!(store::is_findable(conn, tenant, &out.id).unwrap());
        // The same again changes nothing; an older page is refused.
        let same = change(conn, author, IfMatch(Some(1)), &only).unwrap();
        assert_eq!(same.version, 1);
        let stale = change(conn, author, IfMatch(Some(0)), &only).unwrap_err();
        assert_eq!(code(stale), "changed-meanwhile");
        let blind = change(conn, author, IfMatch(None), &only).unwrap_err();
        assert_eq!(code(blind), "if-match-required");

        // Without an address it is off the page, and on it again with a new one.
        link::revoke(conn, author, &out.id, false).unwrap();
        assert!(look(conn, author).unwrap().stories.is_empty());
        link::revoke(conn, author, &out.id, true).unwrap();
        assert_eq!(look(conn, author).unwrap().stories.len(), 1);

        // Hidden, nobody finds what is listed; the choice is kept.
        let hidden = PublicPageEdit {
            shown: Some(false),
            stories: None,
        };
        let page = change(conn, author, IfMatch(Some(1)), &hidden).unwrap();
        assert_eq!(
            (page.shown, page.version, page.stories.len()),
            (false, 2, 1)
        );
        assert!(!store::is_findable(conn, tenant, &out.id).unwrap());
        life::withdraw(conn, author, &out.id, IfMatch(None)).unwrap();
        assert!(look(conn, author).unwrap().stories.is_empty());
        let none = change(conn, author, IfMatch(Some(2)), &edit(None, &[])).unwrap();
        assert_eq!(none.version, 3, "what was taken back can be taken off too");
    });
}
