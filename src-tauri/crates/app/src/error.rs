//! What a call answers when it cannot do what it was asked.
//!
//! 1. The message says what happened, the hint what to do, the field where the window should say it.
//! 2. A kind exists only because the window acts on it; nobody parses a message.

use serde::{Deserialize, Serialize};
use std::path::Path;
use store::StoreError;
use ts_rs::TS;

/// Why a call was not carried out; nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct AppError {
    /// What the window acts on.
    pub kind: ErrorKind,
    /// What happened, in a sentence.
    pub message: String,
    /// What to do, in a sentence.
    pub hint: Option<String>,
    /// The field of the call that is to be corrected.
    pub field: Option<String>,
}

/// What the window acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorKind {
    /// A rule says no: shown at the field, or as a message.
    Refused,
    /// The file or the thing is gone: the window asks again.
    NotFound,
    /// The file cannot be used as it is: the window offers to open another.
    File,
    /// The file is not whole: the window offers its copies.
    Damaged,
    /// Somebody else has the file: the window offers to try again.
    InUse,
    /// The file may only be read: the window shows that and offers a copy.
    ReadOnly,
    /// There is no room: the window offers to try again.
    DiskFull,
    /// The work was stopped: the window says nothing more.
    Cancelled,
    /// A mistake of this program.
    Internal,
}

impl AppError {
    fn new(kind: ErrorKind, message: impl Into<String>, hint: impl Into<Option<String>>) -> AppError {
        AppError { kind, message: message.into(), hint: hint.into(), field: None }
    }

    /// A rule says no.
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> AppError {
        AppError::new(ErrorKind::Refused, message, hint.into())
    }

    /// A thing that is not there: “item”, “Sprint”.
    pub fn not_found(thing: &str) -> AppError {
        let hint = "Choose another one; undo brings back what was taken away.".to_owned();
        AppError::new(ErrorKind::NotFound, format!("This {thing} is no longer there."), hint)
    }

    /// The work was stopped.
    pub fn cancelled() -> AppError {
        AppError::new(ErrorKind::Cancelled, "Stopped. Nothing has changed.", None)
    }

    /// A mistake of this program.
    pub fn internal(message: impl Into<String>) -> AppError {
        let hint = "Nothing has changed. If it happens again, please report it with this text.".to_owned();
        AppError::new(ErrorKind::Internal, message, hint)
    }

    /// The same refusal, where it speaks of damage with the file that is damaged.
    pub fn in_file(self, file: &Path) -> AppError {
        if self.kind == ErrorKind::Damaged { AppError { message: damaged(file), ..self } } else { self }
    }

    /// The same refusal, said at a field.
    pub fn at(mut self, field: &str) -> AppError {
        self.field = Some(field.to_owned());
        self
    }
}

/// The words of a refusal as a sentence: with a capital letter and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>() + ".");
    first.unwrap_or_default()
}

fn damaged(file: &Path) -> String {
    let name = named(file);
    if name.is_empty() { "This file is damaged.".to_owned() } else { format!("{name} is damaged.") }
}

fn named(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        let say = |kind, message: &str, hint: &str| AppError::new(kind, message, Some(hint.to_owned()));
        match &error {
            StoreError::NotFound(path) => say(
                ErrorKind::NotFound,
                &format!("There is no file {}.", named(path)),
                "It may have been moved or renamed. Open it from where it is now.",
            ),
            StoreError::Exists(path) => say(
                ErrorKind::Refused,
                &format!("There already is a file {}.", named(path)),
                "Choose another name, or open that file.",
            ),
            StoreError::NotATeamFile(path) => say(
                ErrorKind::File,
                &format!("{} is not a team file of Evenkeel.", named(path)),
                "Choose a file that ends in .evenkeel. To bring in a list of items, open a team and import it.",
            ),
            StoreError::NewerFile { .. } => say(
                ErrorKind::File,
                "This file was written by a newer version of Evenkeel.",
                "Open it with that version. It has not been changed.",
            ),
            StoreError::InUse { whose } => say(
                ErrorKind::InUse,
                &match whose {
                    Some(whose) => format!("This team is open elsewhere: {whose}."),
                    None => "Somebody else is writing to this team.".to_owned(),
                },
                "Close it there and try again.",
            ),
            StoreError::Damaged { path, .. } => say(
                ErrorKind::Damaged,
                &damaged(path),
                "It has not been changed. Open it in the window, which offers the copies of the last days; on the command \
                 line evenkeel check says what is wrong with it.",
            ),
            StoreError::ReadOnly => say(
                ErrorKind::ReadOnly,
                "This file may only be read.",
                "Allow writing to it and open it again, or work on a copy.",
            ),
            StoreError::DiskFull => say(
                ErrorKind::DiskFull,
                "There is no room left on the disk.",
                "Nothing has changed. Make room and try again.",
            ),
            StoreError::Files { path, reason } => say(
                ErrorKind::File,
                &format!("{}: {reason}", named(path)),
                "Check that the place exists and that you may use it, then try again.",
            ),
            StoreError::NothingTo(verb) => say(
                ErrorKind::Refused,
                &format!("There is nothing to {verb}."),
                "Every change of this team can be undone, the latest first.",
            ),
            StoreError::Unknown(thing) => AppError::not_found(thing),
            StoreError::Cancelled => AppError::cancelled(),
            StoreError::Internal(message) => AppError::internal(message.clone()),
        }
    }
}
