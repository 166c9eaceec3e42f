use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::{Comment, DecisionId, Proposal, ProposalCommentId, Status};
use crate::body::BodyId;
use crate::framework::FrameworkId;
use crate::framework::store::read as read_norms;
use crate::schema::{proposal_comments as c, proposal_versions as v, proposals as p};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = p, treat_none_as_null = true)]
struct Row {
    id: DecisionId,
    partnership_id: String,
    body_id: BodyId,
    framework_id: Option<FrameworkId>,
    framework_version: i64,
    norms: Json,
    title: String,
    status: Status,
    content: Json,
    opens_at: Option<Instant>,
    closes_at: Option<Instant>,
    opened_at: Option<Instant>,
    closed_at: Option<Instant>,
    reminded_at: Option<Instant>,
    review_on: Option<chrono::NaiveDate>,
    supersedes_id: Option<DecisionId>,
    author_id: Option<backbone_identity::PersonId>,
    author_name: String,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn new(partnership: &str, x: &Proposal) -> Self {
        Self {
            id: x.id.clone(),
            partnership_id: partnership.into(),
            body_id: x.body_id.clone(),
            framework_id: x.framework_id.clone(),
            framework_version: x.framework_version,
            norms: Json::new(&x.norms),
            title: x.title.clone(),
            status: x.status,
            content: Json::new(&x.content),
            opens_at: x.opens_at,
            closes_at: x.closes_at,
            opened_at: x.opened_at,
            closed_at: x.closed_at,
            reminded_at: x.reminded_at,
            review_on: x.review_on,
            supersedes_id: x.supersedes_id.clone(),
            author_id: x.author_id.clone(),
            author_name: x.author_name.clone(),
            version: x.version,
            created_at: x.created_at,
            updated_at: x.updated_at,
        }
    }

    fn whole(self) -> Result<Proposal, DbError> {
        let unreadable = |e| DbError::Setup(format!("a stored proposal cannot be read: {e}"));
        Ok(Proposal {
            norms: read_norms(&self.norms)?,
            content: self.content.get().map_err(unreadable)?,
            id: self.id,
            body_id: self.body_id,
            framework_id: self.framework_id,
            framework_version: self.framework_version,
            title: self.title,
            status: self.status,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            reminded_at: self.reminded_at,
            review_on: self.review_on,
            supersedes_id: self.supersedes_id,
            author_id: self.author_id,
            author_name: self.author_name,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    x: &Proposal,
    by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(p::table)
        .values(Row::new(partnership, x))
        .execute(conn)?;
    keep(conn, partnership, x, "", by)
}

/// Saves a change as a new version, with its reason.
pub(crate) fn update(
    conn: &mut Conn,
    partnership: &str,
    x: &Proposal,
    reason: &str,
    by: &str,
) -> Result<(), DbError> {
    diesel::update(
        p::table
            .filter(p::partnership_id.eq(partnership))
            .filter(p::id.eq(&x.id)),
    )
    .set(Row::new(partnership, x))
    .execute(conn)?;
    keep(conn, partnership, x, reason, by)
}

fn keep(
    conn: &mut Conn,
    partnership: &str,
    x: &Proposal,
    reason: &str,
    by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(v::table)
        .values((
            v::proposal_id.eq(&x.id),
            v::version.eq(x.version),
            v::partnership_id.eq(partnership),
            v::title.eq(&x.title),
            v::status.eq(x.status.as_str()),
            v::content.eq(Json::new(&x.content)),
            v::reason.eq(reason),
            v::changed_by.eq(by),
            v::changed_at.eq(x.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that the undecided were reminded; no change of the proposal itself.
pub(crate) fn reminded(
    conn: &mut Conn,
    partnership: &str,
    id: &DecisionId,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(
        p::table
            .filter(p::partnership_id.eq(partnership))
            .filter(p::id.eq(id)),
    )
    .set(p::reminded_at.eq(now))
    .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &DecisionId,
) -> Result<Option<Proposal>, DbError> {
    let row = p::table
        .filter(p::partnership_id.eq(partnership))
        .filter(p::id.eq(id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::whole).transpose()
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub status: Vec<Status>,
    pub body: Option<BodyId>,
    pub words: Option<String>,
}

/// Proposals, the newest first, before `before`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    filter: &Filter,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Proposal>, DbError> {
    let mut query = p::table
        .filter(p::partnership_id.eq(partnership))
        .into_boxed();
    if !filter.status.is_empty() {
        let words: Vec<&str> = filter.status.iter().map(|s| s.as_str()).collect();
        query = query.filter(p::status.eq_any(words));
    }
    if let Some(body) = &filter.body {
        query = query.filter(p::body_id.eq(body));
    }
    if let Some(words) = &filter.words {
        let like = format!("%{}%", words.replace(['%', '_'], " "));
        query = query.filter(p::title.like(like.clone()).or(p::content.like(like)));
    }
    if let Some(before) = before {
        query = query.filter(p::id.lt(before));
    }
    let rows = query
        .order(p::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::whole).collect()
}

/// Every proposal in one of these states, for the look at what is due.
pub(crate) fn in_states(
    conn: &mut Conn,
    partnership: &str,
    states: &[Status],
) -> Result<Vec<Proposal>, DbError> {
    let filter = Filter {
        status: states.to_vec(),
        ..Filter::default()
    };
    list(conn, partnership, &filter, None, 500)
}

/// Every proposal whose vote opened at a moment or after it, the first at the front.
pub(crate) fn opened_since(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<Proposal>, DbError> {
    let rows = p::table
        .filter(p::partnership_id.eq(partnership))
        .filter(p::opened_at.ge(since))
        .order(p::opened_at.asc())
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::whole).collect()
}

pub(crate) fn insert_comment(conn: &mut Conn, comment: &Comment) -> Result<(), DbError> {
    diesel::insert_into(c::table)
        .values(comment)
        .execute(conn)?;
    Ok(())
}

pub(crate) fn comments(
    conn: &mut Conn,
    partnership: &str,
    id: &DecisionId,
) -> Result<Vec<Comment>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::proposal_id.eq(id))
        .order(c::id.asc())
        .select(Comment::as_select())
        .load(conn)?)
}

pub(crate) fn settle(
    conn: &mut Conn,
    partnership: &str,
    id: &ProposalCommentId,
    how: &str,
    by: &str,
    now: Instant,
) -> Result<usize, DbError> {
    let open = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::id.eq(id))
        .filter(c::settled.is_null());
    Ok(diesel::update(open)
        .set((
            c::settled.eq(how),
            c::settled_by.eq(by),
            c::settled_at.eq(now),
        ))
        .execute(conn)?)
}
