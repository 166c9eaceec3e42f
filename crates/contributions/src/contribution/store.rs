mod list;
mod row;

use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::{Comment, CommentId, CommentKind, Contribution, ContributionId, Status, Version};
use crate::schema::{contribution_comments, contribution_versions, contributions};
use row::Row;

pub(crate) use list::{
    activities, count_in, count_of, gave, givers, last_like, last_of, list, logged_last, moments,
    newest_in, of_share, overlapping, questions, unverified,
};
pub(crate) use row::hundredths;

/// One contribution of this partnership.
pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &ContributionId,
) -> Result<Option<Contribution>, DbError> {
    let row = contributions::table
        .filter(contributions::partnership_id.eq(partnership))
        .filter(contributions::id.eq(id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::into_contribution).transpose()
}

/// Several contributions of this partnership, in no order.
pub(crate) fn find_many(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<Contribution>, DbError> {
    let rows = contributions::table
        .filter(contributions::partnership_id.eq(partnership))
        .filter(contributions::id.eq_any(ids))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_contribution).collect()
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    contribution: &Contribution,
) -> Result<(), DbError> {
    diesel::insert_into(contributions::table)
        .values(Row::new(partnership, contribution))
        .execute(conn)?;
    Ok(())
}

/// Puts the new state in the place of version `before`; false when that is no longer the present one.
pub(crate) fn replace(
    conn: &mut Conn,
    partnership: &str,
    contribution: &Contribution,
    before: i64,
) -> Result<bool, DbError> {
    let row = contributions::table
        .filter(contributions::partnership_id.eq(partnership))
        .filter(contributions::id.eq(&contribution.id))
        .filter(contributions::version.eq(before));
    let changed = diesel::update(row)
        .set(Row::new(partnership, contribution))
        .execute(conn)?;
    Ok(changed > 0)
}

pub(crate) fn insert_version(
    conn: &mut Conn,
    partnership: &str,
    contribution: &Contribution,
    reason: &str,
    by: &str,
) -> Result<(), DbError> {
    use contribution_versions as v;
    diesel::insert_into(v::table)
        .values((
            v::contribution_id.eq(&contribution.id),
            v::version.eq(contribution.version),
            v::partnership_id.eq(partnership),
            v::status.eq(contribution.status),
            v::content.eq(Json::new(&contribution.content)),
            v::reason.eq(reason),
            v::changed_by.eq(by),
            v::changed_at.eq(contribution.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Every state of a contribution, oldest first.
pub(crate) fn versions(
    conn: &mut Conn,
    partnership: &str,
    id: &ContributionId,
) -> Result<Vec<Version>, DbError> {
    use contribution_versions as v;
    let rows = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::contribution_id.eq(id))
        .order(v::version.asc())
        .select((
            v::version,
            v::status,
            v::content,
            v::reason,
            v::changed_by,
            v::changed_at,
        ))
        .load::<(i64, Status, Json, String, String, Instant)>(conn)?;
    rows.into_iter()
        .map(
            |(version, status, content, reason, changed_by, changed_at)| {
                Ok(Version {
                    version,
                    status,
                    content: row::read(&content)?,
                    reason,
                    changed_by,
                    changed_at,
                })
            },
        )
        .collect()
}

pub(crate) fn insert_comment(
    conn: &mut Conn,
    partnership: &str,
    id: &ContributionId,
    comment: &Comment,
) -> Result<(), DbError> {
    use contribution_comments as c;
    diesel::insert_into(c::table)
        .values((
            c::id.eq(&comment.id),
            c::partnership_id.eq(partnership),
            c::contribution_id.eq(id),
            c::kind.eq(comment.kind),
            c::text.eq(&comment.text),
            c::written_by.eq(&comment.written_by),
            c::written_at.eq(comment.written_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Every comment on a contribution, oldest first.
pub(crate) fn comments(
    conn: &mut Conn,
    partnership: &str,
    id: &ContributionId,
) -> Result<Vec<Comment>, DbError> {
    use contribution_comments as c;
    let rows = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::contribution_id.eq(id))
        .order(c::id.asc())
        .select((c::id, c::kind, c::text, c::written_by, c::written_at))
        .load::<(CommentId, CommentKind, String, String, Instant)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, kind, text, written_by, written_at)| Comment {
            id,
            kind,
            text,
            written_by,
            written_at,
        })
        .collect())
}
