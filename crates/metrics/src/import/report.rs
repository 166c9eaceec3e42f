//! The file that says row by row what is wrong, to be corrected and uploaded again.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_ingest::report::{ErrorFileWords, write_error_file};
use backbone_ingest::table::{Problem, RowProblem};
use backbone_web::{Args, Catalogue};

use super::store::{self, ImportRow};
use super::{Import, check};

/// The kept rows as CSV, in the actor's language.
pub(crate) fn error_file(
    conn: &mut Conn,
    actor: &Actor,
    it: &Import,
    catalogue: &Catalogue,
) -> Result<Vec<u8>, DbError> {
    let rows = store::rows(conn, actor.tenant(), &it.id, None, 0, check::KEPT_ROWS)?;
    let problems: Vec<RowProblem> = rows
        .into_iter()
        .map(|row| told(row, actor, catalogue))
        .collect();
    let title = |key: &str| catalogue.text(actor.lang, key, &Args::new());
    let titles = [
        title("imports-rows-line"),
        title("imports-rows-problem"),
        title("imports-rows-advice"),
    ];
    let say = |problem: &RowProblem| match &problem.problem {
        Problem::Other { problem, advice } => (problem.clone(), advice.clone()),
        other => (other.to_string(), other.advice().to_owned()),
    };
    let words = ErrorFileWords {
        titles: [&titles[0], &titles[1], &titles[2]],
        say: &say,
    };
    let mut bytes = Vec::new();
    write_error_file(&mut bytes, &it.findings.headers, &problems, &words).map_err(|e| {
        DbError::Setup(format!(
            "the error file of import {} could not be written: {e}",
            it.id
        ))
    })?;
    Ok(bytes)
}

fn told(row: ImportRow, actor: &Actor, catalogue: &Catalogue) -> RowProblem {
    RowProblem {
        row: u64::try_from(row.line).unwrap_or(0),
        column: None,
        problem: Problem::Other {
            problem: row.told.text(catalogue, actor.lang, "import-problem"),
            advice: row.told.advice(catalogue, actor.lang),
        },
        left_out: true,
        cells: row.cells,
    }
}
