//! Questions and answers in the database.

use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::{Answer, Asker, Question, QuestionId, QuestionStatus, Shown};
use crate::figure::FigureVersionId;
use crate::story::schema::{figure_versions, stories, story_answers, story_questions};
use crate::story::{EditionId, StoryId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = story_questions)]
struct Row {
    id: QuestionId,
    story_id: StoryId,
    edition_id: EditionId,
    figure_version_id: FigureVersionId,
    figure_key: String,
    asker: Asker,
    asker_name: String,
    asker_email: String,
    language: String,
    question: String,
    status: QuestionStatus,
    shown: bool,
    shown_question: String,
    version: i64,
    asked_at: Instant,
    received_at: Option<Instant>,
    answered_at: Option<Instant>,
}

type Joined = (Row, String, String);

fn question((row, figure_label, figure_text): Joined) -> Question {
    Question {
        id: row.id,
        story_id: row.story_id,
        edition_id: row.edition_id,
        figure_id: row.figure_version_id,
        figure_key: row.figure_key,
        figure_label,
        figure_text,
        asker: row.asker,
        asker_name: row.asker_name,
        asker_email: row.asker_email,
        language: row.language,
        question: row.question,
        status: row.status,
        shown: row.shown,
        shown_question: row.shown_question,
        version: row.version,
        asked_at: row.asked_at,
        received_at: row.received_at,
        answered_at: row.answered_at,
    }
}

macro_rules! joined {
    () => {
        story_questions::table
            .inner_join(
                figure_versions::table
                    .on(figure_versions::id.eq(story_questions::figure_version_id)),
            )
            .select((
                Row::as_select(),
                figure_versions::label,
                figure_versions::formatted,
            ))
    };
}

/// The form by which addresses are compared.
pub(crate) fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, q: &Question) -> Result<(), DbError> {
    use story_questions as t;
    diesel::insert_into(t::table)
        .values((
            (
                t::id.eq(&q.id),
                t::partnership_id.eq(partnership),
                t::story_id.eq(&q.story_id),
                t::edition_id.eq(&q.edition_id),
                t::figure_version_id.eq(&q.figure_id),
                t::figure_key.eq(&q.figure_key),
                t::asker.eq(q.asker),
                t::asker_name.eq(&q.asker_name),
                t::asker_email.eq(&q.asker_email),
                t::address_key.eq(address_key(&q.asker_email)),
            ),
            (
                t::language.eq(&q.language),
                t::question.eq(&q.question),
                t::status.eq(q.status),
                t::shown.eq(q.shown),
                t::shown_question.eq(&q.shown_question),
                t::version.eq(q.version),
                t::asked_at.eq(q.asked_at),
                t::received_at.eq(q.received_at),
                t::answered_at.eq(q.answered_at),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// Saves a question whose stored version is one less; says whether it was.
pub(crate) fn update(conn: &mut Conn, partnership: &str, q: &Question) -> Result<bool, DbError> {
    use story_questions as t;
    let changed = diesel::update(
        t::table
            .filter(t::id.eq(&q.id))
            .filter(t::partnership_id.eq(partnership))
            .filter(t::version.eq(q.version - 1)),
    )
    .set((
        t::status.eq(q.status),
        t::shown.eq(q.shown),
        t::shown_question.eq(&q.shown_question),
        t::version.eq(q.version),
        t::received_at.eq(q.received_at),
        t::answered_at.eq(q.answered_at),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &QuestionId,
) -> Result<Option<Question>, DbError> {
    Ok(joined!()
        .filter(story_questions::partnership_id.eq(partnership))
        .filter(story_questions::id.eq(id))
        .first::<Joined>(conn)
        .optional()?
        .map(question))
}

/// The partnership of a question whose confirmation was followed: the signed link names only the question.
pub(crate) fn partnership_of(conn: &mut Conn, id: &QuestionId) -> Result<Option<String>, DbError> {
    use story_questions as t;
    Ok(t::table
        .filter(t::id.eq(id))
        .select(t::partnership_id)
        .first(conn)
        .optional()?)
}

/// Received questions, newest first: those before `before`, of one status or of all.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    status: Option<QuestionStatus>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Question>, DbError> {
    use story_questions as t;
    let mut query = joined!()
        .filter(t::partnership_id.eq(partnership))
        .filter(t::status.ne(QuestionStatus::Unconfirmed))
        .into_boxed();
    if let Some(status) = status {
        query = query.filter(t::status.eq(status));
    }
    if let Some(before) = before.and_then(|b| QuestionId::parse(b).ok()) {
        query = query.filter(t::id.lt(before));
    }
    Ok(query
        .order(t::id.desc())
        .limit(limit)
        .load::<Joined>(conn)?
        .into_iter()
        .map(question)
        .collect())
}

/// How many received questions there are of each status.
pub(crate) fn count(
    conn: &mut Conn,
    partnership: &str,
    status: QuestionStatus,
) -> Result<i64, DbError> {
    use story_questions as t;
    Ok(t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::status.eq(status))
        .count()
        .get_result(conn)?)
}

/// What an address asked and was answered, newest first, at most 200: for the asker's own page.
///
/// # Errors
/// Only those of the database.
pub fn of_address(
    conn: &mut Conn,
    partnership: &str,
    address: &str,
) -> Result<Vec<(Question, Option<Answer>)>, DbError> {
    use story_questions as t;
    let asked: Vec<Question> = joined!()
        .filter(t::partnership_id.eq(partnership))
        .filter(t::address_key.eq(address_key(address)))
        .filter(t::status.ne(QuestionStatus::Unconfirmed))
        .order(t::id.desc())
        .limit(200)
        .load::<Joined>(conn)?
        .into_iter()
        .map(question)
        .collect();
    let mut found = Vec::with_capacity(asked.len());
    for q in asked {
        let newest = answers(conn, partnership, &q.id)?.into_iter().next();
        found.push((q, newest));
    }
    Ok(found)
}

pub(crate) fn insert_answer(
    conn: &mut Conn,
    partnership: &str,
    id: &QuestionId,
    a: &Answer,
) -> Result<(), DbError> {
    use story_answers as t;
    diesel::insert_into(t::table)
        .values((
            t::question_id.eq(id),
            t::partnership_id.eq(partnership),
            t::version.eq(a.version),
            t::answer.eq(&a.answer),
            t::author.eq(&a.author),
            t::created_at.eq(a.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Every answer that was given, newest first.
pub(crate) fn answers(
    conn: &mut Conn,
    partnership: &str,
    id: &QuestionId,
) -> Result<Vec<Answer>, DbError> {
    use story_answers as t;
    let rows: Vec<(i64, String, String, Instant)> = t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::question_id.eq(id))
        .order(t::version.desc())
        .select((t::version, t::answer, t::author, t::created_at))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(version, answer, author, created_at)| Answer {
            version,
            answer,
            author,
            created_at,
        })
        .collect())
}

/// What stands beside a story's figures, oldest first, at most 100.
pub(crate) fn shown(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<Vec<Shown>, DbError> {
    use story_questions as t;
    let rows: Vec<(QuestionId, String, String)> = t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::story_id.eq(story))
        .filter(t::status.eq(QuestionStatus::Answered))
        .filter(t::shown.eq(true))
        .order(t::id.asc())
        .limit(100)
        .select((t::id, t::figure_key, t::shown_question))
        .load(conn)?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, figure_key, question) in rows {
        if let Some(answer) = answers(conn, partnership, &id)?.into_iter().next() {
            found.push(Shown {
                figure_key,
                question,
                answer: answer.answer,
                answered_at: answer.created_at,
            });
        }
    }
    Ok(found)
}

/// The name of a story among staff.
pub(crate) fn story_title(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<String, DbError> {
    Ok(stories::table
        .filter(stories::partnership_id.eq(partnership))
        .filter(stories::id.eq(story))
        .select(stories::title)
        .first(conn)
        .optional()?
        .unwrap_or_default())
}

/// Forgets questions of visitors who did not confirm: partnership by partnership, how many.
pub(crate) fn forget_unconfirmed(
    conn: &mut Conn,
    before: Instant,
) -> Result<Vec<(String, i64)>, DbError> {
    use story_questions as t;
    let old = || {
        t::table
            .filter(t::status.eq(QuestionStatus::Unconfirmed))
            .filter(t::asked_at.lt(before))
    };
    let mut of: Vec<String> = old().select(t::partnership_id).distinct().load(conn)?;
    of.sort();
    let mut gone = Vec::new();
    for partnership in of {
        let n = diesel::delete(
            t::table
                .filter(t::status.eq(QuestionStatus::Unconfirmed))
                .filter(t::asked_at.lt(before))
                .filter(t::partnership_id.eq(&partnership)),
        )
        .execute(conn)?;
        gone.push((partnership, i64::try_from(n).unwrap_or(i64::MAX)));
    }
    Ok(gone)
}
