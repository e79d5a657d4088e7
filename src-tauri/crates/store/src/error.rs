//! What can go wrong with a team file.

use rusqlite::ffi::ErrorCode;
use std::path::{Path, PathBuf};

/// Why a team file could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file at that place.
    #[error("there is no file {0}")]
    NotFound(PathBuf),
    /// There already is a file at that place.
    #[error("there already is a file {0}")]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{0} is not a team file")]
    NotATeamFile(PathBuf),
    /// A later version of Evenkeel wrote the file.
    #[error("the file has format {found}, this version reads up to {known}")]
    NewerFile {
        /// The format of the file.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// Somebody else has the file open, or is writing to it.
    #[error("the file is in use{}", whose.as_deref().map(|w| format!(" by {w}")).unwrap_or_default())]
    InUse {
        /// Who and where, as far as it is known.
        whose: Option<String>,
    },
    /// The file is not whole.
    #[error("the file is damaged: {found}")]
    Damaged {
        /// The file; empty where it is the one that is open.
        path: PathBuf,
        /// What does not hold.
        found: String,
    },
    /// The file may be read but not written.
    #[error("the file may only be read")]
    ReadOnly,
    /// There is no room left for the change.
    #[error("the disk is full")]
    DiskFull,
    /// The system refused a file operation.
    #[error("{path}: {reason}")]
    Files {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Nothing can be undone, or redone.
    #[error("there is nothing to {0}")]
    NothingTo(&'static str),
    /// A thing that is not in the file.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The caller stopped the work.
    #[error("cancelled")]
    Cancelled,
    /// A mistake of this program.
    #[error("{0}")]
    Internal(String),
}

impl StoreError {
    /// The open file is not whole.
    pub(crate) fn damaged(found: impl ToString) -> StoreError {
        StoreError::Damaged { path: PathBuf::new(), found: found.to_string() }
    }

    /// The same error, where it speaks of damage with the file that is damaged.
    pub(crate) fn in_file(self, file: &Path) -> StoreError {
        match self {
            StoreError::Damaged { found, .. } => StoreError::Damaged { path: file.to_owned(), found },
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::damaged(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse { whose: None },
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            Some(ErrorCode::CannotOpen) => {
                StoreError::Files { path: PathBuf::new(), reason: error.to_string() }
            }
            Some(ErrorCode::OperationInterrupted) => StoreError::Cancelled,
            _ => match error {
                // A value of the wrong kind in a row that only this program writes: the file was altered.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => StoreError::damaged(error),
                _ => StoreError::Internal(error.to_string()),
            },
        }
    }
}
