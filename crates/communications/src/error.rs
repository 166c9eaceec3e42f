use backbone_db::DbError;
use backbone_web::{FieldError, Problem};

use crate::campaign::CampaignState;

/// Why something with campaigns, contacts or suppressions could not be done.
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
    /// Somebody changed it meanwhile, or the caller did not say which version it saw.
    #[error("another version: {0}")]
    Seen(Problem),
    /// The step may not follow in this state.
    #[error("this step does not follow {0}")]
    Step(CampaignState),
    /// The story has no edition that is out.
    #[error("the story is not published")]
    NotPublished,
    /// Something stops the campaign: the codes of the checks.
    #[error("checks stop it")]
    Blocked(Vec<FieldError>),
    /// The campaign cannot be made into a message.
    #[error("no message: {0}")]
    Message(String),
    /// The caller has no mail address: a program, or Backbone itself.
    #[error("nobody to send the test to")]
    NoAddress,
    /// The mail server did not take the test.
    #[error("the test was not taken: {0}")]
    TestRefused(String),
}

impl From<Error> for Problem {
    fn from(e: Error) -> Self {
        let with = |code, fields| {
            let mut problem = Problem::invalid(code);
            problem.fields = fields;
            problem
        };
        match e {
            Error::Db(e) => e.into(),
            Error::Invalid(fields) => with("invalid", fields),
            Error::NotFound => Problem::not_found(),
            Error::Seen(problem) => problem,
            Error::Step(state) => Problem::conflict("campaign-step").arg("state", state),
            Error::NotPublished => {
                Problem::invalid("campaign-not-published").field("story_id", "not-understood")
            }
            Error::Blocked(fields) => with("campaign-blocked", fields),
            Error::Message(why) => Problem::invalid("campaign-message").arg("why", why),
            Error::NoAddress => Problem::invalid("campaign-no-address"),
            Error::TestRefused(why) => Problem::new(
                actix_web::http::StatusCode::BAD_GATEWAY,
                "campaign-test-refused",
            )
            .arg("why", why),
        }
    }
}

/// Turns collected field errors into this crate's error.
pub(crate) fn fields(fields: backbone_web::Fields) -> Result<(), Error> {
    fields.finish().map_err(|p| Error::Invalid(p.fields))
}
