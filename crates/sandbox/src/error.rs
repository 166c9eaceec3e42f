use std::io;

/// Why a job has no answer. The text is one plain sentence for people; [`SandboxError::code`]
/// finds its translation, and details that only help an operator are in [`SandboxError::detail`].
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The job asked for more memory than it may have.
    #[error("The work needed more memory than it may use, so it was stopped.")]
    TooMuchMemory,
    /// The system ended the job, most often because the machine itself ran out of memory.
    #[error("The system stopped the work, probably because the machine is short of memory.")]
    Killed,
    /// The job used up its processor time or its time on the clock.
    #[error("The work took longer than it may, so it was stopped.")]
    TooSlow,
    /// The job's answer is larger than it may be.
    #[error("The work produced a larger result than it may, so it was stopped.")]
    TooMuchOutput,
    /// The job's input is larger than it may be (both in bytes); no child was started.
    #[error("The file has {size} bytes, more than the {limit} that can be worked on at once.")]
    TooMuchInput {
        /// Bytes handed in.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// The job looked at its input and says why it will not work on it.
    #[error("{0}")]
    Refused(String),
    /// The job fell over; the text is for the log.
    #[error("The work failed in a way that was not foreseen; nothing else was affected.")]
    Crashed(String),
    /// Every place was taken for as long as a job may wait.
    #[error("Too much work is waiting; try again in a minute.")]
    Busy,
    /// The child could not be started.
    #[error("The work could not be started on this machine.")]
    Unavailable(#[source] io::Error),
}

impl SandboxError {
    /// A stable name for logs, API answers and the message catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooMuchMemory => "sandbox-too-much-memory",
            Self::Killed => "sandbox-killed",
            Self::TooSlow => "sandbox-too-slow",
            Self::TooMuchOutput => "sandbox-too-much-output",
            Self::TooMuchInput { .. } => "sandbox-too-much-input",
            Self::Refused(_) => "sandbox-refused",
            Self::Crashed(_) => "sandbox-crashed",
            Self::Busy => "sandbox-busy",
            Self::Unavailable(_) => "sandbox-unavailable",
        }
    }

    /// What an operator wants in the log beside the sentence for people.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Crashed(detail) => Some(detail.clone()),
            Self::Unavailable(error) => Some(error.to_string()),
            _ => None,
        }
    }
}
