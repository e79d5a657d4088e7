//! The Daily Scrum as Markdown, for a team's chat.
//!
//! 1. People's words come out as they wrote them, on one line.
//! 2. A section that has nothing to say is left out; what was decided stands first.

use super::board::{DailyBoard, NoteLine, board};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use domain::daily::NoteKind;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use store::Reader;
use ts_rs::TS;

/// The Daily Scrum as Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyMarkdown {
    /// The text.
    pub text: String,
}

pub(super) fn markdown(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<DailyMarkdown, AppError> {
    Ok(DailyMarkdown { text: text(&board(reader, Nothing {}, context)?) })
}

fn text(board: &DailyBoard) -> String {
    let mut out = format!("# Daily Scrum, {}\n", board.today.date().format("%A, %-d %B %Y"));
    if let Some(sprint) = &board.sprint {
        let goal =
            if sprint.goal.is_empty() { String::new() } else { format!("\nSprint Goal: {}", sprint.goal) };
        let _ = write!(out, "\n{}, {}{}\n", line(&sprint.name), sprint.said, one_line(&goal));
    }
    let said = |kind: NoteKind| board.notes.iter().filter(move |note| note.kind == kind).map(note);
    section(&mut out, "Decided", said(NoteKind::Decision));
    section(&mut out, "Notes", said(NoteKind::Note));
    let triage = board.triage.iter().map(|one| {
        let owner = one.owner_name.clone().unwrap_or_else(|| "nobody has it".to_owned());
        format!("{} {} {} ({owner}; {})", one.severity_name, one.label, one.title, one.said)
    });
    let known = board.services.iter().filter(|one| one.state.is_down() || one.remaining_said.is_some());
    let services = known.map(|one| {
        let state = one.state.is_down().then(|| "does not answer as it should".to_owned());
        let budget = one.remaining_said.as_ref().map(|left| format!("{left} of the error budget"));
        // “Burns nothing” is the rule: only what burns is worth a word.
        let burn = one.burn_said.clone().filter(|_| one.burn.is_some_and(|burn| burn > 0.0));
        let said: Vec<String> = [state, budget, burn].into_iter().flatten().collect();
        format!("{}: {}", one.name, said.join(", "))
    });
    section(&mut out, "Production", triage.chain(services).chain([board.load.said.clone()]));
    let blockers = board.blockers.iter().map(|one| {
        let owner = one.owner_name.clone().unwrap_or_else(|| "nobody has it".to_owned());
        let grave = if one.escalated { "**Escalate:** " } else { "" };
        format!("{grave}{} {}: {} ({owner}; {})", one.label, one.title, one.reason, one.said)
    });
    section(&mut out, "In the way", blockers);
    if let Some(gauge) = &board.gauge {
        let pace = gauge.pace_said.iter().map(|pace| format!(" {pace}")).collect::<String>();
        section(&mut out, "Buffer", [format!("{}.{pace}", gauge.said)]);
    }
    let aged = board.items.iter().filter(|item| item.aged).map(|item| {
        let owner = item.owner_name.clone().unwrap_or_else(|| "nobody has it".to_owned());
        format!("{} {} ({owner}; in work for {} days)", item.label, item.title, item.days.unwrap_or_default())
    });
    section(&mut out, "Older than usual", aged);
    let news = board.news.iter().flat_map(|group| {
        let lines = group.lines.iter().map(|one| {
            let thing = [&one.label, &one.title].map(String::as_str).join(" ");
            let parts = [thing.trim(), &one.said];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}: {}", group.title, parts.join(", "))
        });
        lines.chain((group.more > 0).then(|| format!("{}: and {} more", group.title, group.more)))
    });
    section(&mut out, &format!("New {}", board.since_said), news);
    let people = board.people.iter().filter(|person| !person.said.is_empty());
    section(&mut out, "Today", people.map(|person| format!("{}: {}", person.name, person.said)));
    out
}

/// A heading with a list below it; nothing where the list is empty.
fn section(out: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().map(|one| format!("- {}\n", line(&one))).collect();
    if !lines.is_empty() {
        let _ = write!(out, "\n## {title}\n\n{}", lines.concat());
    }
}

fn note(note: &NoteLine) -> String {
    let of = [&note.member_name, &note.item_label].into_iter().flatten().cloned().collect::<Vec<_>>();
    if of.is_empty() { note.text.clone() } else { format!("{}: {}", of.join(", "), note.text) }
}

/// Words on one line.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same, with the break before it.
fn one_line(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("  \n{}", line(words)) }
}
