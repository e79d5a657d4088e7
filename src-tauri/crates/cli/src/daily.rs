//! The Daily Scrum on the command line: as Markdown, for a chat or a mail.

use crate::arguments::Daily;
use crate::say;
use crate::views::{ask, json, word};
use app::{AppError, Context, Team};
use serde_json::json;
use std::process::ExitCode;

/// Prints the Daily Scrum.
pub fn daily(team: &Team, question: &Daily, context: &Context<'_>) -> Result<ExitCode, AppError> {
    if question.json {
        return say(&json(&ask(team, &json!({ "daily": { "board": {} } }), context)?)?);
    }
    let told = ask(team, &json!({ "daily": { "markdown": {} } }), context)?;
    say(&word(&told["text"]))
}
