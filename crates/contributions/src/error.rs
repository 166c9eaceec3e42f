use backbone_db::DbError;
use backbone_web::{FieldError, Problem};

/// Why something with contributions could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Fields that are missing or wrong.
    #[error("invalid fields")]
    Invalid(Vec<FieldError>),
    /// Not there, or of another partnership.
    #[error("not found")]
    NotFound,
    /// Contributors act for their own organization only.
    #[error("not for this organization")]
    NotYours,
    /// Somebody without organization must say which one.
    #[error("no organization")]
    NoOrganization,
    /// Somebody changed it meanwhile, or the caller did not say which version it saw.
    #[error("another version: {0}")]
    Seen(Problem),
    /// The step may not follow in this status.
    #[error("this step does not follow")]
    Step(&'static str),
    /// A rate of this role from this day is there.
    #[error("rate taken")]
    RateTaken,
    /// None of the chosen organizations has somebody who can be asked.
    #[error("nobody to ask")]
    NobodyToAsk,
}

impl From<Error> for Problem {
    fn from(e: Error) -> Self {
        match e {
            Error::Db(e) => e.into(),
            Error::Invalid(fields) => {
                let mut problem = Problem::invalid("invalid");
                problem.fields = fields;
                problem
            }
            Error::NotFound => Problem::not_found(),
            Error::NotYours => Problem::new(
                actix_web::http::StatusCode::FORBIDDEN,
                "contribution-not-yours",
            ),
            Error::NoOrganization => {
                Problem::invalid("invalid").field("organization_id", "required")
            }
            Error::Seen(problem) => problem,
            Error::Step(status) => Problem::conflict("contribution-step").arg("status", status),
            Error::RateTaken => Problem::conflict("contribution-rate-taken"),
            Error::NobodyToAsk => Problem::invalid("contribution-nobody-to-ask"),
        }
    }
}
