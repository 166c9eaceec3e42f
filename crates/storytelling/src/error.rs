//! What can go wrong with a story, as a problem that its readers understand.

use backbone_db::DbError;
use backbone_web::Problem;

use crate::story::Status;
use crate::story::checks::Check;

/// Why a story was not changed.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// There is no such story, edition or template here.
    #[error("not found")]
    NotFound,
    /// A step that does not fit where the story stands.
    #[error("cannot {0} a story that is {1}")]
    Step(&'static str, Status),
    /// The author approves their own story although others could.
    #[error("the author cannot approve")]
    OwnStory,
    /// Something stops it from going out.
    #[error("{} checks fail", .0.len())]
    Checks(Vec<Check>),
    /// Somebody else saved it meanwhile.
    #[error("changed meanwhile")]
    Changed,
    /// The story has no public link.
    #[error("no link")]
    NoLink,
    /// The layout could not be rendered; a code and a sentence.
    #[error("layout: {0} {1}")]
    Layout(&'static str, String),
    /// A step that does not fit where a question stands.
    #[error("cannot do this to a question that is {0}")]
    Question(crate::question::QuestionStatus),
    /// Fields, or a permission.
    #[error("{0}")]
    Problem(#[from] Problem),
}

impl From<diesel::result::Error> for StoryError {
    fn from(e: diesel::result::Error) -> Self {
        StoryError::Db(e.into())
    }
}

impl From<StoryError> for Problem {
    fn from(e: StoryError) -> Self {
        match e {
            StoryError::Db(e) => e.into(),
            StoryError::NotFound => Problem::not_found(),
            StoryError::Step(step, status) => Problem::conflict(match step {
                "submit" => "story-cannot-submit",
                "approve" => "story-cannot-approve",
                "send-back" => "story-cannot-send-back",
                "publish" => "story-cannot-publish",
                _ => "story-cannot-withdraw",
            })
            .arg("status", status),
            StoryError::OwnStory => {
                Problem::new(actix_web::http::StatusCode::FORBIDDEN, "story-own-approval")
            }
            StoryError::Checks(checks) => checks.iter().fold(
                Problem::invalid("story-checks").arg("n", checks.len()),
                |mut problem, check| {
                    problem.fields.push(check.field_error());
                    problem
                },
            ),
            StoryError::Changed => Problem::new(
                actix_web::http::StatusCode::PRECONDITION_FAILED,
                "changed-meanwhile",
            ),
            StoryError::NoLink => Problem::conflict("story-no-link"),
            StoryError::Layout(code, why) => Problem::invalid(code).arg("why", why),
            StoryError::Question(status) => {
                Problem::conflict("question-state").arg("status", status)
            }
            StoryError::Problem(p) => p,
        }
    }
}
