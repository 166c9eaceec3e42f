use backbone_db::DbError;
use backbone_finance::FinanceError;
use backbone_web::Problem;
use backbone_web::problem::FieldError;

use super::readings::Gap;

/// Why something about a value model could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such model, version, calculation or proxy in this partnership.
    #[error("not found")]
    NotFound,
    /// Fields that need attention.
    #[error("{} field(s) need attention", .0.len())]
    Invalid(Vec<FieldError>),
    /// A metric has no value yet.
    #[error("{} reading(s) are missing", .0.len())]
    Missing(Vec<Gap>),
    /// Too large to calculate exactly.
    #[error(transparent)]
    Finance(#[from] FinanceError),
    /// A stored version cannot be read.
    #[error("a stored value model cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Another answer, such as a version that changed meanwhile.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Invalid(fields) => {
                let mut problem = Problem::invalid("invalid");
                problem.fields = fields;
                problem
            }
            Error::Missing(gaps) => {
                let names: Vec<&str> = gaps.iter().map(|g| g.name.as_str()).collect();
                Problem::conflict("value-model-missing").arg("names", names.join(", "))
            }
            Error::Finance(why) => Problem::invalid("value-model-uncalculable").arg("why", why),
            Error::Unreadable(why) => Problem::internal(why),
            Error::Problem(problem) => problem,
            Error::Db(why) => why.into(),
        }
    }
}
