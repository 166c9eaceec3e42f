//! What a check found: where, what is wrong, and what to do about it.

use std::fmt;

/// Whether a finding fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
}

/// One thing found in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path relative to the root of the workspace.
    pub path: String,
    /// Line number from 1; 0 means the file as a whole.
    pub line: usize,
    pub what: String,
    pub advice: String,
    pub level: Level,
}

impl Finding {
    /// A finding that fails the run.
    pub fn error(
        path: &str,
        line: usize,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
            advice: advice.into(),
            level: Level::Error,
        }
    }

    /// A finding that is worth a thought but fails nothing.
    pub fn warning(
        path: &str,
        line: usize,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(path, line, what, advice)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}: {}", self.path, self.what, self.advice)
        } else {
            write!(
                f,
                "{}:{}: {}: {}",
                self.path, self.line, self.what, self.advice
            )
        }
    }
}
