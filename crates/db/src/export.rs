//! Everything a partnership put in, table by table, as JSON lines: nobody's data is held captive.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::{Conn, DbError};

/// Columns that are never exported: secrets' hashes, which open nothing but identify a secret.
const LEFT_OUT: &[&str] = &["token_hash", "key_hash", "password_hash"];

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The tables that belong to partnerships: those with a column `partnership_id`, and `partnerships` itself. Sorted.
pub fn tenant_tables(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let rows: Vec<Name> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(
            "SELECT DISTINCT m.name AS name FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND (p.name = 'partnership_id' OR m.name = 'partnerships') ORDER BY 1",
        )
        .load(c)?,
        Conn::Pg(c) => diesel::sql_query(
            "SELECT DISTINCT table_name::text AS name FROM information_schema.columns WHERE table_schema = current_schema() \
             AND (column_name = 'partnership_id' OR table_name = 'partnerships') ORDER BY 1",
        )
        .load(c)?,
    };
    Ok(rows.into_iter().map(|r| r.name).collect())
}

/// One page of a table's rows of one partnership, each as a JSON object, in the order of its first column after `skip` rows.
///
/// # Errors
/// A table that [`tenant_tables`] does not name.
pub fn tenant_rows(
    conn: &mut Conn,
    table: &str,
    partnership_id: &str,
    skip: i64,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    if !tenant_tables(conn)?.iter().any(|t| t == table) {
        return Err(DbError::Setup(format!(
            "{table} is not a table of partnerships"
        )));
    }
    let columns: Vec<String> = columns(conn, table)?
        .into_iter()
        .filter(|c| !LEFT_OUT.contains(&c.as_str()))
        .collect();
    let key = if table == "partnerships" {
        "id"
    } else {
        "partnership_id"
    };
    // Table and column names come from the database's own catalogue, never from a caller.
    let pairs: Vec<String> = columns.iter().map(|c| format!("'{c}', \"{c}\"")).collect();
    let order: Vec<String> = columns.iter().take(6).map(|c| format!("\"{c}\"")).collect();
    let (function, mark) = match conn {
        Conn::Sqlite(_) => ("json_object", "?"),
        Conn::Pg(_) => ("json_build_object", "$1"),
    };
    let sql = format!(
        "SELECT CAST({function}({}) AS TEXT) AS line FROM \"{table}\" WHERE \"{key}\" = {mark} ORDER BY {} LIMIT {limit} OFFSET {skip}",
        pairs.join(", "),
        order.join(", "),
    );
    let query = diesel::sql_query(sql).bind::<Text, _>(partnership_id.to_string());
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(c) => query.load(c)?,
        Conn::Pg(c) => query.load(c)?,
    };
    Ok(rows.into_iter().map(|r| r.line).collect())
}

fn columns(conn: &mut Conn, table: &str) -> Result<Vec<String>, DbError> {
    let rows: Vec<Name> = match conn {
        Conn::Sqlite(c) => {
            diesel::sql_query("SELECT name FROM pragma_table_info(?) ORDER BY cid").bind::<Text, _>(table).load(c)?
        }
        Conn::Pg(c) => diesel::sql_query(
            "SELECT column_name::text AS name FROM information_schema.columns WHERE table_schema = current_schema() \
             AND table_name = $1 ORDER BY ordinal_position",
        )
        .bind::<Text, _>(table)
        .load(c)?,
    };
    Ok(rows.into_iter().map(|r| r.name).collect())
}
