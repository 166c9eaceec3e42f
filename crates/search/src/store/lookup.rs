//! Looking words up: FTS5 on SQLite, a tsvector with GIN on PostgreSQL. Words are already folded, so that neither engine's
//! own idea of a language comes in, and hold letters and digits only, so that they cannot be read as operators.

use backbone_db::{Conn, DbError};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the title.
    Title,
    /// In the title or the body.
    Anywhere,
}

/// Candidates of one place at most; the newest are taken.
const MOST: usize = 300;
/// Documents that PostgreSQL sorts at most to find the newest.
const SORTED: usize = 20_000;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    number: i32,
}

/// Numbers of the documents that every word fits, newest first. `scope` is the word of the partnership, `any` those of the
/// permissions, of which one must fit.
pub(crate) fn numbers(
    conn: &mut Conn,
    scope: &str,
    any: &[String],
    words: &[String],
    place: Place,
) -> Result<Vec<i32>, DbError> {
    if any.is_empty() || words.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Number> = match conn {
        Conn::Sqlite(c) => {
            let sql = format!(
                "SELECT CAST(rowid AS INTEGER) AS number FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT {MOST}"
            );
            diesel::sql_query(sql)
                .bind::<Text, _>(match_text(scope, any, words, place))
                .load(c)?
        }
        Conn::Pg(c) => {
            let column = match place {
                Place::Title => "title",
                Place::Anywhere => "words",
            };
            let sql = format!(
                "SELECT number FROM (SELECT number FROM search_index WHERE {column} @@ to_tsquery('simple', $1) LIMIT {SORTED}) f \
                 ORDER BY number DESC LIMIT {MOST}"
            );
            diesel::sql_query(sql)
                .bind::<Text, _>(tsquery_text(scope, any, words))
                .load(c)?
        }
    };
    Ok(rows.into_iter().map(|r| r.number).collect())
}

fn match_text(scope: &str, any: &[String], words: &[String], place: Place) -> String {
    let columns = match place {
        Place::Title => "title",
        Place::Anywhere => "{title body}",
    };
    let any: Vec<String> = any.iter().map(|w| format!("\"{w}\"")).collect();
    let words: Vec<String> = words.iter().map(|w| format!("\"{w}\" *")).collect();
    format!(
        "scope : (\"{scope}\" AND ({})) AND {columns} : ({})",
        any.join(" OR "),
        words.join(" AND ")
    )
}

fn tsquery_text(scope: &str, any: &[String], words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|w| format!("'{w}':*")).collect();
    format!("{scope} & ({}) & {}", any.join(" | "), words.join(" & "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_gets_the_query_in_its_own_words() {
        let (any, words) = (
            ["qxa".to_string(), "qxb".into()],
            ["koff".to_string(), "oo".into()],
        );
        assert_eq!(
            match_text("qxp1", &any, &words, Place::Title),
            "scope : (\"qxp1\" AND (\"qxa\" OR \"qxb\")) AND title : (\"koff\" * AND \"oo\" *)"
        );
        assert_eq!(
            tsquery_text("qxp1", &any, &words),
            "qxp1 & (qxa | qxb) & 'koff':* & 'oo':*"
        );
    }
}
