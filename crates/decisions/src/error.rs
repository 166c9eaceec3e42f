use actix_web::http::StatusCode;
use backbone_db::DbError;
use backbone_web::Problem;

/// Why something with decisions could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Fields that are missing or wrong, or another version than the one that was seen.
    #[error("{0}")]
    Input(Problem),
    /// Not there, or of another partnership.
    #[error("not found")]
    NotFound,
    /// Only those who hold a seat, or staff, may do this.
    #[error("no seat")]
    NoSeat,
    /// The object's state does not allow it. The code names the rule.
    #[error("{0}")]
    Rule(&'static str),
    /// As [`Error::Rule`], with an argument for its words.
    #[error("{0}: {1} = {2}")]
    RuleOf(&'static str, &'static str, String),
    /// Who asks may not do this here. The code says who may.
    #[error("{0}")]
    Forbidden(&'static str),
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error::Input(problem)
    }
}

impl From<Error> for Problem {
    fn from(e: Error) -> Self {
        match e {
            Error::Db(e) => e.into(),
            Error::Input(problem) => problem,
            Error::NotFound => Problem::not_found(),
            Error::NoSeat => Problem::new(StatusCode::FORBIDDEN, "decision-no-seat"),
            Error::Rule(code) => Problem::conflict(code),
            Error::Forbidden(code) => Problem::new(StatusCode::FORBIDDEN, code),
            Error::RuleOf(code, name, value) => Problem::conflict(code).arg(name, value),
        }
    }
}

/// One wrong field.
pub(crate) fn wrong(field: &str, code: &'static str) -> Error {
    Error::Input(Problem::invalid("invalid").field(field, code))
}
