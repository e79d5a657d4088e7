//! Handovers: who hands over to whom, and what the next should know.
//!
//! 1. A handover is a moment at which somebody else is on call at a level than just before.
//! 2. What is open and what happened comes from the incidents and interrupts; what to watch is written by whoever hands
//!    over, and is kept as a fact with its time.

use super::past::{at_level, record};
use super::{level_of, local_said, name_of, span_said};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::together;
use domain::calendar::{Instant, Zone};
use domain::identity::{MemberId, RowId};
use serde::{Deserialize, Serialize};
use store::{HandoverNote, IncidentFilter, InterruptFilter, Reader, Writer};
use ts_rs::TS;

/// How far ahead a handover is looked for: ten weeks; and how far back the shift that ends is followed.
const FAR: i64 = super::AROUND;

/// A moment at which somebody else is on call.
pub(super) struct Handover {
    /// When.
    pub at: Instant,
    /// Since when those who hand over have been on call.
    pub since: Instant,
    /// Who is no longer on call; none where nobody was.
    pub from: Vec<MemberId>,
    /// Who is from then on; none where nobody is.
    pub to: Vec<MemberId>,
}

/// The first handover of a level after a moment; none within ten weeks.
pub(super) fn next(reader: &Reader<'_>, level: RowId, after: Instant) -> Result<Option<Handover>, AppError> {
    let shifts = at_level(reader, level, after.plus_millis(-FAR), after.plus_millis(FAR))?;
    let end = after.plus_millis(FAR);
    let mut moments: Vec<Instant> = shifts.iter().flat_map(|shift| [shift.from, shift.to]).collect();
    moments.sort();
    let held = |at: Instant| -> Vec<MemberId> {
        shifts.iter().filter(|shift| shift.from <= at && at < shift.to).map(|shift| shift.member).collect()
    };
    for at in moments.into_iter().filter(|at| *at > after && *at < end) {
        let (before, then) = (held(at.plus_millis(-1)), held(at));
        let from: Vec<MemberId> = before.iter().copied().filter(|one| !then.contains(one)).collect();
        let to: Vec<MemberId> = then.iter().copied().filter(|one| !before.contains(one)).collect();
        if !from.is_empty() || !to.is_empty() {
            let since = shifts
                .iter()
                .filter(|shift| shift.to == at && from.contains(&shift.member))
                .map(|shift| shift.from)
                .min();
            return Ok(Some(Handover { at, since: since.unwrap_or(at), from, to }));
        }
    }
    Ok(None)
}

/// Asks about a handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct HandoverQuestion {
    /// The level; the first if it is not given.
    #[ts(optional = nullable)]
    pub level: Option<RowId>,
}

/// The next handover of a level, and what the next should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverPage {
    /// The level.
    pub level: RowId,
    /// Its name.
    pub level_name: String,
    /// When.
    pub at: Instant,
    /// In words: “Ana hands over to Bo on Mon 30 Nov 09:00”.
    pub said: String,
    /// The shift that ends; empty where nobody is on call: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
    pub shift: String,
    /// What is open: incidents, and interrupts that are not over.
    pub open: Vec<HandoverLine>,
    /// What happened in the shift that ends.
    pub happened: Vec<HandoverLine>,
    /// What to watch, as it was written, the newest last.
    pub notes: Vec<HandoverNoteLine>,
    /// All of it as Markdown, to be copied.
    pub markdown: String,
}

/// An incident or an interrupt in a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverLine {
    /// Its label.
    pub label: String,
    /// How grave it is: “P1”.
    pub severity: String,
    /// Its title.
    pub title: String,
    /// When it came, in words.
    pub when: String,
}

/// A note for a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverNoteLine {
    /// What to watch.
    pub text: String,
    /// Who wrote it and when: “Ana, Fri 27 Nov 16:10”.
    pub by: String,
}

pub(super) fn handover(
    reader: &Reader<'_>,
    question: HandoverQuestion,
    context: &Context<'_>,
) -> Result<Option<HandoverPage>, AppError> {
    let level = match question.level {
        Some(level) => level_of(reader, level)?,
        None => match reader.on_call_levels()?.into_iter().next() {
            Some(level) => level,
            None => return Ok(None),
        },
    };
    let Some(next) = next(reader, level.id, context.now)? else { return Ok(None) };
    let (zone, members) = (reader.team()?.zone, reader.members()?);
    let names = |all: &[MemberId]| {
        let names: Vec<String> = all.iter().map(|member| name_of(&members, *member)).collect();
        together(&names)
    };
    let when = local_said(next.at, zone);
    let said = match (next.from.is_empty(), next.to.is_empty()) {
        (true, _) => format!("{} begins on {when}", names(&next.to)),
        (false, true) => format!("{} ends on {when}; nobody follows", names(&next.from)),
        (false, false) => format!("{} hands over to {} on {when}", names(&next.from), names(&next.to)),
    };
    let (mut open, mut happened) = (Vec::new(), Vec::new());
    for incident in reader.incidents(IncidentFilter::All)? {
        let Some(at) = incident.now.reported_at.filter(|_| incident.now.merged_into.is_none()) else {
            continue;
        };
        let severity = incident.now.severity.to_string();
        let line = line(&incident.label, severity, &incident.title, at, zone);
        if incident.now.is_open() {
            open.push(line);
        } else if next.since <= at && at < next.at {
            happened.push(line);
        }
    }
    for interrupt in reader.interrupts(InterruptFilter::All)? {
        let present = &interrupt.present;
        let Some(at) = present.reported_at else { continue };
        let severity = present.severity.to_string();
        let line = line(&interrupt.label, severity, &interrupt.title, at, zone);
        if present.ended_at.is_none() {
            open.push(line);
        } else if next.since <= at && at < next.at {
            happened.push(line);
        }
    }
    // What was written since the shift began is meant for its end, also when that moved since.
    let notes = reader.handover_notes(level.id, next.since.plus_millis(1).min(next.at), next.at)?;
    let notes: Vec<HandoverNoteLine> = notes
        .into_iter()
        .map(|note| {
            let when = local_said(note.recorded_at, zone);
            let by = match note.member {
                Some(member) => format!("{}, {when}", name_of(&members, member)),
                None => when,
            };
            HandoverNoteLine { text: note.text, by }
        })
        .collect();
    let mut page = HandoverPage {
        level: level.id,
        level_name: level.name,
        at: next.at,
        said,
        shift: if next.since < next.at { span_said(next.since, next.at, zone) } else { String::new() },
        open,
        happened,
        notes,
        markdown: String::new(),
    };
    page.markdown = markdown(&page);
    Ok(Some(page))
}

fn line(label: &str, severity: String, title: &str, at: Instant, zone: Zone) -> HandoverLine {
    HandoverLine { label: label.to_owned(), severity, title: title.to_owned(), when: local_said(at, zone) }
}

fn markdown(page: &HandoverPage) -> String {
    let mut text = format!("## {}: {}\n", page.level_name, page.said);
    let mut part = |title: &str, lines: Vec<String>, none: &str| {
        text.push_str(&format!("\n**{title}**\n\n"));
        match lines.is_empty() {
            true => text.push_str(&format!("{none}\n")),
            false => lines.iter().for_each(|line| text.push_str(&format!("- {line}\n"))),
        }
    };
    let said = |line: &HandoverLine| {
        format!("{} {} {} ({})", line.severity, line.label, plain(&line.title), line.when)
    };
    part("Open", page.open.iter().map(said).collect(), "Nothing is open.");
    part("What to watch", page.notes.iter().map(|note| plain(&note.text)).collect(), "Nothing was written.");
    part("This shift", page.happened.iter().map(said).collect(), "Nothing happened.");
    text
}

/// People's text on one line, so that it makes no list or heading of its own.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes down what the next should watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WriteHandoverNote {
    /// The level.
    pub level: RowId,
    /// What to watch.
    pub text: String,
}

pub(super) fn write_note(
    writer: &mut Writer<'_>,
    command: WriteHandoverNote,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.level)?;
    let text = command.text.trim();
    if text.is_empty() {
        let hint = "Say in a sentence what the next person should watch.";
        return Err(AppError::refused("The note is empty.", hint).at("text"));
    }
    record(writer, context.now)?;
    let next = next(writer, level.id, context.now)?.ok_or_else(|| {
        AppError::refused("No handover follows.", "Set up a rotation, or mark who is on call next.")
            .at("text")
    })?;
    let members = writer.members()?;
    let sits = members.iter().find(|member| member.name == context.person).map(|member| member.id);
    let note = HandoverNote {
        id: writer.identity(),
        level: level.id,
        handover: next.at,
        member: sits,
        text: text.to_owned(),
        recorded_at: context.now,
    };
    writer.add_handover_note(&note)?;
    let when = local_said(next.at, writer.team()?.zone);
    Ok(Outcome::titled(format!("Write handover note for {when}")).created(note.id))
}
