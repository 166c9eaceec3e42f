//! Published editions, the figures frozen in them, and what changed since.

use backbone_db::{Conn, DbError, Dec, Instant, Json};
use diesel::prelude::*;

use super::super::changes::FigureChange;
use super::super::published::{FrozenFigure, PublishedEdition};
use super::super::schema::{figure_changes, figure_versions, stories, story_editions, story_links};
use super::super::{EditionId, EditionStatus, StoryId};
use super::read_json;
use crate::figure::FigureVersionId;

#[derive(Queryable, Selectable)]
#[diesel(table_name = story_editions)]
struct Row {
    id: EditionId,
    story_id: StoryId,
    number: i64,
    status: EditionStatus,
    view: Json,
    sha256: String,
    publisher: String,
    note: String,
    published_at: Instant,
}

type Joined = (Row, String, Option<String>);

fn edition_of((row, title, secret): Joined) -> Result<PublishedEdition, DbError> {
    Ok(PublishedEdition {
        view: read_json("edition", &row.view)?,
        id: row.id,
        story_id: row.story_id,
        number: row.number,
        status: row.status,
        title,
        sha256: row.sha256,
        publisher: row.publisher,
        note: row.note,
        published_at: row.published_at,
        public_url: secret.map(|s| format!("/s/{s}")),
    })
}

macro_rules! joined {
    () => {
        story_editions::table
            .inner_join(
                stories::table.on(stories::id
                    .eq(story_editions::story_id)
                    .and(stories::partnership_id.eq(story_editions::partnership_id))),
            )
            .left_join(
                story_links::table.on(story_links::story_id
                    .eq(story_editions::story_id)
                    .and(story_links::revoked_at.is_null())),
            )
            .select((
                Row::as_select(),
                stories::title,
                story_links::secret.nullable(),
            ))
    };
}

pub(crate) fn insert_edition(
    conn: &mut Conn,
    partnership: &str,
    e: &PublishedEdition,
    view: &Json,
) -> Result<(), DbError> {
    use story_editions as t;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&e.id),
            t::partnership_id.eq(partnership),
            t::story_id.eq(&e.story_id),
            t::number.eq(e.number),
            t::status.eq(e.status),
            t::view.eq(view),
            t::sha256.eq(&e.sha256),
            t::publisher.eq(&e.publisher),
            t::note.eq(&e.note),
            t::published_at.eq(e.published_at),
        ))
        .execute(conn)?;
    for f in &e.view.figures {
        insert_figure(conn, partnership, e, f)?;
    }
    Ok(())
}

fn insert_figure(
    conn: &mut Conn,
    partnership: &str,
    e: &PublishedEdition,
    f: &FrozenFigure,
) -> Result<(), DbError> {
    use figure_versions as t;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&f.id),
            t::partnership_id.eq(partnership),
            t::story_id.eq(&e.story_id),
            t::edition_id.eq(&e.id),
            t::figure_key.eq(&f.key),
            t::label.eq(&f.label),
            t::value.eq(&f.value),
            t::formatted.eq(&f.text),
            t::source.eq(Json::new(&f.source)),
            t::format.eq(Json::new(&f.format)),
            t::period.eq(&f.period),
            t::version_token.eq(&f.token),
            t::sources.eq(Json::new(&f.sources)),
            t::frozen_at.eq(f.frozen_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Editions of a story, newest first.
pub(crate) fn editions(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<Vec<PublishedEdition>, DbError> {
    joined!()
        .filter(story_editions::partnership_id.eq(partnership))
        .filter(story_editions::story_id.eq(story))
        .order(story_editions::number.desc())
        .load::<Joined>(conn)?
        .into_iter()
        .map(edition_of)
        .collect()
}

pub(crate) fn edition(
    conn: &mut Conn,
    partnership: &str,
    id: &EditionId,
) -> Result<Option<PublishedEdition>, DbError> {
    joined!()
        .filter(story_editions::partnership_id.eq(partnership))
        .filter(story_editions::id.eq(id))
        .first::<Joined>(conn)
        .optional()?
        .map(edition_of)
        .transpose()
}

/// What an edition shows, as the text over which its hash was taken.
pub(crate) fn view_text(
    conn: &mut Conn,
    partnership: &str,
    id: &EditionId,
) -> Result<String, DbError> {
    use story_editions as t;
    Ok(t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::id.eq(id))
        .select(t::view)
        .first(conn)?)
}

/// Partnerships that have a story out: for the schedule, which works for all of them.
pub(crate) fn partnerships_with_editions(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    use story_editions as t;
    Ok(t::table
        .filter(t::status.eq(EditionStatus::Published))
        .select(t::partnership_id)
        .distinct()
        .load(conn)?)
}

/// Editions that are out, newest first.
pub(crate) fn published_editions(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<PublishedEdition>, DbError> {
    joined!()
        .filter(story_editions::status.eq(EditionStatus::Published))
        .filter(story_editions::partnership_id.eq(partnership))
        .order(story_editions::id.desc())
        .load::<Joined>(conn)?
        .into_iter()
        .map(edition_of)
        .collect()
}

/// Moves the edition of a story that is out to another status; says how many there were.
pub(crate) fn end_published(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
    to: EditionStatus,
    now: Instant,
) -> Result<usize, DbError> {
    use story_editions as t;
    let withdrawn = (to == EditionStatus::Withdrawn).then_some(now);
    Ok(diesel::update(
        t::table
            .filter(t::partnership_id.eq(partnership))
            .filter(t::story_id.eq(story))
            .filter(t::status.eq(EditionStatus::Published)),
    )
    .set((t::status.eq(to), t::withdrawn_at.eq(withdrawn)))
    .execute(conn)?)
}

/// Frozen figures by identifier: story, edition number, key, label, text, value, period, when, sources.
#[derive(Queryable)]
pub(crate) struct FrozenRow {
    pub id: FigureVersionId,
    pub story_id: StoryId,
    pub label: String,
    pub formatted: String,
    pub value: Dec,
    pub period: String,
    pub frozen_at: Instant,
    pub number: i64,
}

pub(crate) fn frozen(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<FrozenRow>, DbError> {
    use figure_versions as t;
    Ok(t::table
        .inner_join(story_editions::table.on(story_editions::id.eq(t::edition_id)))
        .filter(t::partnership_id.eq(partnership))
        .filter(t::id.eq_any(ids.to_vec()))
        .select((
            t::id,
            t::story_id,
            t::label,
            t::formatted,
            t::value,
            t::period,
            t::frozen_at,
            story_editions::number,
        ))
        .load(conn)?)
}

pub(crate) fn insert_change(
    conn: &mut Conn,
    partnership: &str,
    c: &FigureChange,
) -> Result<(), DbError> {
    use figure_changes as t;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&c.id),
            t::partnership_id.eq(partnership),
            t::story_id.eq(&c.story_id),
            t::edition_id.eq(&c.edition_id),
            t::figure_version_id.eq(&c.figure_id),
            t::new_value.eq(&c.new_value),
            t::new_formatted.eq(&c.new_text),
            t::new_token.eq(&c.new_token),
            t::cause.eq(&c.cause),
            t::noticed_at.eq(c.noticed_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn resolve_change(
    conn: &mut Conn,
    partnership: &str,
    id: &str,
    now: Instant,
) -> Result<(), DbError> {
    use figure_changes as t;
    diesel::update(
        t::table
            .filter(t::id.eq(id))
            .filter(t::partnership_id.eq(partnership)),
    )
    .set(t::resolved_at.eq(now))
    .execute(conn)?;
    Ok(())
}

/// Changes that still hold, oldest first, of one edition or of all.
pub(crate) fn open_changes(
    conn: &mut Conn,
    partnership: &str,
    edition: Option<&EditionId>,
) -> Result<Vec<FigureChange>, DbError> {
    use figure_changes as t;
    use figure_versions as f;
    let mut query = t::table
        .inner_join(f::table.on(f::id.eq(t::figure_version_id)))
        .inner_join(story_editions::table.on(story_editions::id.eq(t::edition_id)))
        .inner_join(stories::table.on(stories::id.eq(t::story_id)))
        .filter(t::partnership_id.eq(partnership))
        .filter(t::resolved_at.is_null())
        .into_boxed();
    if let Some(edition) = edition {
        query = query.filter(t::edition_id.eq(edition.clone()));
    }
    Ok(query
        .order(t::id)
        .limit(1000)
        .select((
            t::id,
            t::story_id,
            stories::title,
            t::edition_id,
            story_editions::number,
            t::figure_version_id,
            f::figure_key,
            f::label,
            f::formatted,
            f::value,
            t::new_formatted,
            t::new_value,
            t::new_token,
            t::cause,
            t::noticed_at,
        ))
        .load(conn)?)
}
