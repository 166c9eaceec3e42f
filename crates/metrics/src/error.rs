//! What can go wrong here, and what callers are told.

use backbone_db::DbError;
use backbone_web::Problem;

/// Why a verb of this domain did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The input is wrong, field by field; or the caller may not, or saw another version.
    #[error("{0}")]
    Refused(Box<Problem>),
    /// There is no such thing in this partnership.
    #[error("not found")]
    NotFound,
    /// A name is taken.
    #[error("the name is taken")]
    NameTaken,
    /// The scorecard holds as many metrics as its budget allows.
    #[error("the scorecard's budget of {budget} is used up")]
    BudgetUsed {
        /// The scorecard's name.
        scorecard: String,
        /// How many it may hold.
        budget: i32,
    },
    /// A budget below the number of metrics that are on the scorecard.
    #[error("the scorecard holds {used} metrics")]
    BudgetTooSmall {
        /// How many it holds.
        used: i64,
    },
    /// The metric is on the scorecard already.
    #[error("already on the scorecard")]
    OnScorecard,
    /// The metric is retired.
    #[error("the metric is retired")]
    Retired,
    /// There is a measurement for this metric, organization, period and dimensions already.
    #[error("already measured")]
    AlreadyMeasured {
        /// The measurement that is there.
        id: String,
    },
    /// The measurement was withdrawn.
    #[error("the measurement is withdrawn")]
    Withdrawn,
    /// The metric lets only others report.
    #[error("may not measure this metric")]
    MayNotMeasure,
    /// A perspective that still has metrics cannot go.
    #[error("in use")]
    InUse,
    /// An objective that metrics show the way of cannot go.
    #[error("objective in use")]
    ObjectiveInUse,
    /// A partnership keeps at least one scorecard.
    #[error("the last scorecard")]
    LastScorecard,
    /// There is no question to answer, or nothing that was taken back.
    #[error("the measurement is not {0}")]
    NotThere(&'static str),
    /// Rows of a bulk request were refused, and nothing was saved.
    #[error("{refused} rows refused")]
    RowsRefused {
        /// How many.
        refused: usize,
        /// Their errors.
        fields: Vec<backbone_web::FieldError>,
    },
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(e) => e.into(),
            Error::Refused(problem) => *problem,
            Error::NotFound => Problem::not_found(),
            Error::NameTaken => Problem::invalid("invalid").field("name", "metrics-name-taken"),
            Error::BudgetUsed { scorecard, budget } => Problem::conflict("metrics-budget-used")
                .arg("scorecard", scorecard)
                .arg("budget", budget),
            Error::BudgetTooSmall { used } => {
                Problem::conflict("metrics-budget-too-small").arg("used", used)
            }
            Error::OnScorecard => Problem::conflict("metrics-on-scorecard"),
            Error::Retired => Problem::conflict("metrics-retired"),
            Error::AlreadyMeasured { id } => {
                Problem::conflict("metrics-already-measured").arg("id", id)
            }
            Error::Withdrawn => Problem::conflict("metrics-withdrawn"),
            Error::MayNotMeasure => Problem::new(
                actix_web::http::StatusCode::FORBIDDEN,
                "metrics-may-not-measure",
            ),
            Error::InUse => Problem::conflict("metrics-perspective-in-use"),
            Error::ObjectiveInUse => Problem::conflict("metrics-objective-in-use"),
            Error::LastScorecard => Problem::conflict("metrics-last-scorecard"),
            Error::NotThere("queried") => Problem::conflict("metrics-no-question"),
            Error::NotThere(_) => Problem::conflict("metrics-not-withdrawn"),
            Error::RowsRefused { refused, fields } => {
                let mut problem = Problem::invalid("metrics-rows-refused").arg("n", refused);
                problem.fields = fields;
                problem
            }
        }
    }
}
