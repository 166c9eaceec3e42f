//! Stories, their versions, templates and links in the database.

pub(crate) mod edition;

use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::schema::{stories, story_links, story_templates, story_versions};
use super::{Content, Status, Story, StoryId, StoryTemplateId};

pub(crate) use edition::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = stories)]
struct Row {
    id: StoryId,
    title: String,
    language: String,
    status: Status,
    content: Json,
    author_name: String,
    author_id: Option<String>,
    approver_name: Option<String>,
    approved_at: Option<Instant>,
    edition: i64,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

/// Stored JSON that this version cannot read is an error of the database, not an empty text.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    what: &str,
    json: &Json,
) -> Result<T, DbError> {
    json.get()
        .map_err(|e| DbError::Setup(format!("a stored {what} cannot be read: {e}")))
}

impl Row {
    fn story(self) -> Result<Story, DbError> {
        Ok(Story {
            content: read_json("story", &self.content)?,
            id: self.id,
            title: self.title,
            language: self.language,
            status: self.status,
            author_name: self.author_name,
            author_id: self.author_id,
            approver_name: self.approver_name,
            approved_at: self.approved_at,
            edition: self.edition,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, s: &Story) -> Result<(), DbError> {
    diesel::insert_into(stories::table)
        .values((
            stories::id.eq(&s.id),
            stories::partnership_id.eq(partnership),
            stories::title.eq(&s.title),
            stories::language.eq(&s.language),
            stories::status.eq(s.status),
            stories::content.eq(Json::new(&s.content)),
            stories::author_id.eq(&s.author_id),
            stories::author_name.eq(&s.author_name),
            stories::edition.eq(s.edition),
            stories::version.eq(s.version),
            stories::created_at.eq(s.created_at),
            stories::updated_at.eq(s.updated_at),
        ))
        .execute(conn)?;
    insert_version(conn, partnership, s, &s.author_name)
}

/// Saves a story whose stored version is `s.version - 1`; says whether it was.
pub(crate) fn update(conn: &mut Conn, partnership: &str, s: &Story) -> Result<bool, DbError> {
    let changed = diesel::update(
        stories::table
            .filter(stories::id.eq(&s.id))
            .filter(stories::partnership_id.eq(partnership))
            .filter(stories::version.eq(s.version - 1)),
    )
    .set((
        stories::title.eq(&s.title),
        stories::language.eq(&s.language),
        stories::status.eq(s.status),
        stories::content.eq(Json::new(&s.content)),
        stories::author_id.eq(&s.author_id),
        stories::author_name.eq(&s.author_name),
        stories::approver_name.eq(&s.approver_name),
        stories::approved_at.eq(s.approved_at),
        stories::edition.eq(s.edition),
        stories::version.eq(s.version),
        stories::updated_at.eq(s.updated_at),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}

pub(crate) fn insert_version(
    conn: &mut Conn,
    partnership: &str,
    s: &Story,
    author: &str,
) -> Result<(), DbError> {
    use story_versions as v;
    diesel::insert_into(v::table)
        .values((
            v::story_id.eq(&s.id),
            v::partnership_id.eq(partnership),
            v::version.eq(s.version),
            v::content.eq(Json::new(&s.content)),
            v::author.eq(author),
            v::created_at.eq(s.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &StoryId,
) -> Result<Option<Story>, DbError> {
    stories::table
        .filter(stories::id.eq(id))
        .filter(stories::partnership_id.eq(partnership))
        .select(Row::as_select())
        .first(conn)
        .optional()?
        .map(Row::story)
        .transpose()
}

/// Newest first, those with an identifier before `before`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Story>, DbError> {
    let mut query = stories::table
        .filter(stories::partnership_id.eq(partnership))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(stories::id.lt(before.to_string()));
    }
    query
        .order(stories::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?
        .into_iter()
        .map(Row::story)
        .collect()
}

pub(crate) fn insert_template(
    conn: &mut Conn,
    partnership: &str,
    name: &str,
    content: &Content,
    author: &str,
    now: Instant,
) -> Result<StoryTemplateId, DbError> {
    use story_templates as t;
    let id = StoryTemplateId::new();
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&id),
            t::partnership_id.eq(partnership),
            t::name.eq(name),
            t::content.eq(Json::new(content)),
            t::author.eq(author),
            t::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

pub(crate) fn templates(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(StoryTemplateId, String, Content)>, DbError> {
    use story_templates as t;
    t::table
        .filter(t::partnership_id.eq(partnership))
        .order(t::name)
        .limit(200)
        .select((t::id, t::name, t::content))
        .load::<(StoryTemplateId, String, Json)>(conn)?
        .into_iter()
        .map(|(id, name, content)| Ok((id, name, read_json("template", &content)?)))
        .collect()
}

pub(crate) fn insert_link(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
    secret: &str,
    hash: &str,
    now: Instant,
) -> Result<(), DbError> {
    use story_links as l;
    diesel::insert_into(l::table)
        .values((
            l::id.eq(uuid::Uuid::now_v7().to_string()),
            l::partnership_id.eq(partnership),
            l::story_id.eq(story),
            l::secret.eq(secret),
            l::secret_hash.eq(hash),
            l::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Revokes every link of a story and forgets their secrets; says how many there were.
pub(crate) fn revoke_links(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
    now: Instant,
) -> Result<usize, DbError> {
    use story_links as l;
    Ok(diesel::update(
        l::table
            .filter(l::story_id.eq(story))
            .filter(l::partnership_id.eq(partnership))
            .filter(l::revoked_at.is_null()),
    )
    .set((l::revoked_at.eq(now), l::secret.eq("")))
    .execute(conn)?)
}

/// The secret of the story's link, while it is not revoked.
pub(crate) fn secret(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<Option<String>, DbError> {
    use story_links as l;
    Ok(l::table
        .filter(l::story_id.eq(story))
        .filter(l::partnership_id.eq(partnership))
        .filter(l::revoked_at.is_null())
        .order(l::id.desc())
        .select(l::secret)
        .first(conn)
        .optional()?)
}

/// Partnership and story behind a link's hash: the one way in that knows no partnership beforehand.
pub(crate) fn by_secret(conn: &mut Conn, hash: &str) -> Result<Option<(String, StoryId)>, DbError> {
    use story_links as l;
    Ok(l::table
        .filter(l::secret_hash.eq(hash))
        .filter(l::revoked_at.is_null())
        .select((l::partnership_id, l::story_id))
        .first(conn)
        .optional()?)
}
