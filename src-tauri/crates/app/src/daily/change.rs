//! Commands of the Daily Scrum.

use crate::backlog::{item_of, label_of};
use crate::contract::{Context, Nothing, Outcome};
use crate::error::{AppError, sentence};
use crate::team::counted;
use crate::team::members::member_of;
use domain::calendar::Instant;
use domain::daily::{BlockerLimit, Daily, DailyNote, NoteKind};
use domain::identity::{ItemId, MemberId, RowId};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// The longest text that is kept at once, in characters.
const LONGEST: usize = 2_000;

pub(super) fn begin(writer: &mut Writer<'_>, _: Nothing, context: &Context<'_>) -> Result<Outcome, AppError> {
    if let Some(daily) = of_today(writer, context.now)? {
        if daily.ended_at.is_none() {
            let hint = "Its notes are beside it; it ends when you end it, or with the day.";
            return Err(AppError::refused("The Daily Scrum goes on already.", hint));
        }
        // Somebody ended it too early: it goes on, with all that was said.
        writer.put_daily(&Daily { ended_at: None, ..daily })?;
        return Ok(Outcome::titled("Go on with the Daily Scrum"));
    }
    let daily = begun(writer, context.now)?;
    Ok(Outcome::titled("Begin the Daily Scrum").created(daily.id))
}

pub(super) fn end(writer: &mut Writer<'_>, _: Nothing, context: &Context<'_>) -> Result<Outcome, AppError> {
    let zone = writer.team()?.zone;
    let daily = of_today(writer, context.now)?.filter(|daily| daily.goes_on(context.now, zone));
    let daily = daily.ok_or_else(|| AppError::refused("No Daily Scrum goes on.", "Begin one first."))?;
    writer.put_daily(&Daily { ended_at: Some(context.now), ..daily.clone() })?;
    let minutes = (context.now.millis() - daily.held_at.millis()) / 60_000;
    let took = counted(u32::try_from(minutes).unwrap_or_default(), "minute");
    let said = writer.daily_notes(daily.id)?;
    let kept = match said.len() {
        0 => "nothing was written down".to_owned(),
        one => format!("{} kept", counted(u32::try_from(one).unwrap_or(u32::MAX), "note")),
    };
    Ok(Outcome::titled("End the Daily Scrum").noting(format!("It took {took}; {kept}.")))
}

/// Keeps what is said; begins the Daily Scrum of today where none was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeepNote {
    /// What is said.
    pub text: String,
    /// A note or a decision.
    #[serde(default)]
    #[ts(optional, as = "Option<NoteKind>")]
    pub kind: NoteKind,
    /// Of whom.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
    /// Of which item.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub item: Option<ItemId>,
}

pub(super) fn note(
    writer: &mut Writer<'_>,
    command: KeepNote,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let text = checked_text(&command.text)?;
    let mut of = Vec::new();
    if let Some(member) = command.member {
        of.push(member_of(writer, member)?.name);
    }
    if let Some(item) = command.item {
        of.push(label_of(&[item_of(writer, item)?]));
    }
    let daily = match of_today(writer, context.now)? {
        Some(daily) => daily,
        None => begun(writer, context.now)?,
    };
    let note = DailyNote {
        id: writer.identity(),
        daily: daily.id,
        kind: command.kind,
        member: command.member,
        item: command.item,
        noted_at: context.now,
        text: text.to_owned(),
    };
    writer.add_daily_note(&note)?;
    let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(", ")) };
    Ok(Outcome::titled(format!("Keep {}{of}", a_kind(command.kind))).created(note.id))
}

/// Corrects what was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrectNote {
    /// Which.
    pub note: RowId,
    /// What is said.
    pub text: String,
    /// A note or a decision.
    pub kind: NoteKind,
}

pub(super) fn correct(
    writer: &mut Writer<'_>,
    command: CorrectNote,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = note_of(writer, command.note)?;
    let text = checked_text(&command.text)?.to_owned();
    writer.correct_daily_note(&DailyNote { kind: command.kind, text, ..known })?;
    Ok(Outcome::titled(format!("Correct {}", a_kind(command.kind))))
}

/// Takes away what was kept by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveNote {
    /// Which.
    pub note: RowId,
}

pub(super) fn remove_note(
    writer: &mut Writer<'_>,
    command: RemoveNote,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = note_of(writer, command.note)?;
    writer.remove_daily_note(known.id)?;
    Ok(Outcome::titled(format!("Take {} away", a_kind(known.kind))))
}

/// Says after how many working days a blocker asks for more than the Daily Scrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetBlockerLimit {
    /// In working days, 1 to 30.
    pub days: u32,
}

pub(super) fn set_blocker_limit(
    writer: &mut Writer<'_>,
    command: SetBlockerLimit,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let limit = BlockerLimit::of_days(command.days).map_err(|refused| {
        let hint = "Two means that it was there in two Daily Scrums.";
        AppError::refused(sentence(&refused.to_string()), hint).at("days")
    })?;
    writer.put_blocker_limit(limit)?;
    Ok(Outcome::titled(format!("Let blockers stand for {}", counted(limit.days(), "working day"))))
}

/// The Daily Scrum of today, going on or over.
pub(super) fn of_today(reader: &Reader<'_>, now: Instant) -> Result<Option<Daily>, AppError> {
    let zone = reader.team()?.zone;
    let latest = reader.dailies(1)?.pop();
    Ok(latest.filter(|daily| zone.day_of(daily.held_at) == zone.day_of(now)))
}

fn begun(writer: &mut Writer<'_>, now: Instant) -> Result<Daily, AppError> {
    let sprint = writer.active_sprint()?.map(|sprint| sprint.id);
    let daily = Daily { id: writer.identity(), sprint, held_at: now, ended_at: None };
    writer.put_daily(&daily)?;
    Ok(daily)
}

fn note_of(reader: &Reader<'_>, id: RowId) -> Result<DailyNote, AppError> {
    reader.daily_note(id)?.ok_or_else(|| AppError::not_found("note"))
}

fn checked_text(text: &str) -> Result<&str, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::refused("Nothing is written.", "Write what is to be remembered.").at("text"));
    }
    if text.chars().count() > LONGEST {
        let hint = "Keep to what is to be remembered; a longer text belongs into an item.";
        return Err(AppError::refused(format!("A note has at most {LONGEST} characters."), hint).at("text"));
    }
    Ok(text)
}

fn a_kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "a note",
        NoteKind::Decision => "a decision",
    }
}
