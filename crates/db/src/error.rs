/// Why the database could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A statement failed.
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
    /// The database cannot be reached or cannot write just now; the same request may succeed later.
    #[error("database unavailable: {0}")]
    Unavailable(#[from] Unavailable),
    /// The connection broke while the write was being committed: it may or may not have been saved.
    #[error("database unavailable while saving, so that the write may or may not be saved: {0}")]
    Unsure(String),
    /// The database could not be set up.
    #[error("{0}")]
    Setup(String),
}

/// No connection could be had, or the disk refused the write. Nothing was changed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

impl DbError {
    /// Whether the statement failed because a unique rule forbids it.
    pub fn is_unique_violation(&self) -> bool {
        matches!(
            self,
            DbError::Query(diesel::result::Error::DatabaseError(
                diesel::result::DatabaseErrorKind::UniqueViolation,
                _
            ))
        )
    }

    /// Whether the row that was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, DbError::Query(diesel::result::Error::NotFound))
    }

    /// Whether waiting and trying again may help: connection lost, disk full, input/output error, database locked.
    pub fn is_unavailable(&self) -> bool {
        match self {
            DbError::Unavailable(_) | DbError::Unsure(_) => true,
            DbError::Setup(_) => false,
            DbError::Query(e) => is_transport(e),
        }
    }

    /// Whether the write may have been saved although it is reported as failed.
    pub fn is_unsure(&self) -> bool {
        matches!(self, DbError::Unsure(_))
    }

    /// Whether there is no room on the disk for the write.
    pub fn is_disk_full(&self) -> bool {
        let told = self.to_string();
        [
            "disk is full",
            "No space left on device",
            "could not extend file",
        ]
        .iter()
        .any(|s| told.contains(s))
    }
}

/// SQLite reports a full or failing disk, and PostgreSQL a lost server, only through the text of the error.
pub(crate) fn is_transport(e: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match e {
        Error::BrokenTransactionManager => true,
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) => true,
        Error::RollbackErrorOnCommit {
            rollback_error,
            commit_error,
        } => is_transport(rollback_error) || is_transport(commit_error),
        Error::DatabaseError(_, info) => {
            let m = info.message();
            [
                "disk is full",
                "disk I/O error",
                "database is locked",
                "unable to open database file",
                "server closed the connection",
                "terminating connection",
                "connection to server",
                "the database system is",
                "no connection to the server",
                "could not connect",
                "could not receive data from server",
                "could not send data to server",
                "connection not open",
                "could not extend file",
                "No space left on device",
                "SSL SYSCALL",
            ]
            .iter()
            .any(|s| m.contains(s))
        }
        _ => false,
    }
}
