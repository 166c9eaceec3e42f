//! Public pages and listed stories in the database.

use std::collections::HashSet;

use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::ListedStory;
use crate::story::published::View;
use crate::story::schema::{public_pages, story_editions, story_links, story_listings};
use crate::story::store::read_json;
use crate::story::{EditionStatus, StoryId};

/// Whether the page is shown, and its version; not shown and 0 before anybody decided.
pub(crate) fn page(conn: &mut Conn, partnership: &str) -> Result<(bool, i64), DbError> {
    use public_pages as t;
    Ok(t::table
        .filter(t::partnership_id.eq(partnership))
        .select((t::shown, t::version))
        .first(conn)
        .optional()?
        .unwrap_or((false, 0)))
}

/// Saves the page; call it under a lock.
pub(crate) fn save_page(
    conn: &mut Conn,
    partnership: &str,
    shown: bool,
    version: i64,
    now: Instant,
) -> Result<(), DbError> {
    use public_pages as t;
    let set = (
        t::shown.eq(shown),
        t::version.eq(version),
        t::updated_at.eq(now),
    );
    let changed = diesel::update(t::table.filter(t::partnership_id.eq(partnership)))
        .set(set)
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(t::table)
            .values((t::partnership_id.eq(partnership), set))
            .execute(conn)?;
    }
    Ok(())
}

/// The stories that staff listed, those that were taken back since included.
pub(crate) fn listings(conn: &mut Conn, partnership: &str) -> Result<HashSet<StoryId>, DbError> {
    use story_listings as t;
    let ids: Vec<StoryId> = t::table
        .filter(t::partnership_id.eq(partnership))
        .select(t::story_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// Lists a story; call it under a lock.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
    now: Instant,
) -> Result<(), DbError> {
    use story_listings as t;
    diesel::insert_into(t::table)
        .values((
            t::story_id.eq(story),
            t::partnership_id.eq(partnership),
            t::listed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a story off the list.
pub(crate) fn unlist(conn: &mut Conn, partnership: &str, story: &StoryId) -> Result<(), DbError> {
    use story_listings as t;
    diesel::delete(
        t::table
            .filter(t::partnership_id.eq(partnership))
            .filter(t::story_id.eq(story)),
    )
    .execute(conn)?;
    Ok(())
}

/// Whether anybody may find this story.
pub(crate) fn is_findable(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<bool, DbError> {
    use story_listings as t;
    let listed: i64 = t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::story_id.eq(story))
        .count()
        .get_result(conn)?;
    Ok(listed > 0 && page(conn, partnership)?.0)
}

type Row = (StoryId, i64, Instant, Json, Instant, String);

/// The listed stories that are out and have an address, the newest edition first, `limit` of them after the first `skip`.
pub(crate) fn out(
    conn: &mut Conn,
    partnership: &str,
    skip: i64,
    limit: i64,
) -> Result<Vec<ListedStory>, DbError> {
    let rows: Vec<Row> = story_listings::table
        .inner_join(
            story_editions::table.on(story_editions::story_id
                .eq(story_listings::story_id)
                .and(story_editions::partnership_id.eq(story_listings::partnership_id))),
        )
        .inner_join(
            story_links::table.on(story_links::story_id
                .eq(story_listings::story_id)
                .and(story_links::revoked_at.is_null())),
        )
        .filter(story_listings::partnership_id.eq(partnership))
        .filter(story_editions::status.eq(EditionStatus::Published))
        .order((
            story_editions::published_at.desc(),
            story_editions::id.desc(),
        ))
        .offset(skip)
        .limit(limit)
        .select((
            story_listings::story_id,
            story_editions::number,
            story_editions::published_at,
            story_editions::view,
            story_listings::listed_at,
            story_links::secret,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(
            |(story_id, edition, published_at, view, listed_at, secret)| {
                let view: View = read_json("edition", &view)?;
                Ok(ListedStory {
                    headline: view.plain(&view.headline),
                    dek: view.plain(&view.dek),
                    language: view.language.clone(),
                    story_id,
                    edition,
                    published_at,
                    listed_at,
                    href: format!("/s/{secret}"),
                })
            },
        )
        .collect()
}
