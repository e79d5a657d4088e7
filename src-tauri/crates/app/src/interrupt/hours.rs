//! Time that was spent on interrupts.
//!
//! 1. Time belongs to a day and draws on the Sprint that had the interrupt on that day; where none had it, on none.
//! 2. A timer needs nothing else: it starts, it stops, and what it measured is time like any other. What is longer
//!    than a day is not believed, and asked for.

use super::change::{time_said, time_words};
use super::{WrittenTime, interrupt_of, member_name};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::short;
use domain::calendar::Day;
use domain::identity::{InterruptId, MemberId, RowId, SprintId};
use domain::interrupt::{A_DAY, Interrupt, InterruptFact, InterruptHours};
use domain::measures::Minutes;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint, Writer};
use ts_rs::TS;

/// Writes down time that was spent on an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddHours {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// How long: a number of minutes, or as it was written.
    pub time: WrittenTime,
    /// Who; its owner if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
    /// The day, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
}

pub(crate) fn add_hours(
    writer: &mut Writer<'_>,
    command: AddHours,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let member = command.member.or(known.present.owner);
    member_name(writer, member)?;
    let minutes = time(&command.time)?;
    let today = writer.team()?.zone.day_of(context.now);
    let day = command.on.unwrap_or(today);
    check_day(writer, &known, day, today)?;
    let sprint = drawn_on(writer, &known, day)?;
    let id = writer.add_interrupt_hours(known.id, member, day, minutes, sprint.as_ref().map(|one| one.id))?;
    let title = format!("Add {} to {}", time_said(minutes, day, today), known.label);
    told(Outcome::titled(title).created(id), sprint.as_ref())
}

/// Corrects time that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrectHours {
    /// The time that is corrected.
    pub hours: RowId,
    /// How long it really was; an empty text, or no time, takes it away.
    pub time: WrittenTime,
    /// Who; as it was if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
    /// The day; as it was if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
}

pub(crate) fn correct_hours(
    writer: &mut Writer<'_>,
    command: CorrectHours,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = writer.hours_of_interrupt(command.hours)?.ok_or_else(|| AppError::not_found("time"))?;
    let interrupt = interrupt_of(writer, known.interrupt)?;
    let before = known.sprint.map(|id| writer.sprint(id)).transpose()?.flatten();
    let nothing = match &command.time {
        WrittenTime::Minutes(minutes) => *minutes == 0,
        WrittenTime::Text(text) => text.trim().is_empty() || text.trim() == "0",
    };
    if nothing {
        writer.remove_interrupt_hours(known.id)?;
        let title = format!("Take {} from {}", time_words(known.minutes), interrupt.label);
        return told(Outcome::titled(title), before.as_ref());
    }
    let minutes = time(&command.time)?;
    member_name(writer, command.member)?;
    let today = writer.team()?.zone.day_of(context.now);
    let day = command.on.unwrap_or(known.day);
    check_day(writer, &interrupt, day, today)?;
    let sprint = if day == known.day { before } else { drawn_on(writer, &interrupt, day)? };
    let corrected = InterruptHours {
        member: command.member.or(known.member),
        day,
        minutes,
        sprint: sprint.as_ref().map(|sprint| sprint.id),
        ..known.clone()
    };
    if corrected != known {
        writer.put_interrupt_hours(&corrected)?;
    }
    let title = format!("Correct time of {} to {}", interrupt.label, time_said(minutes, day, today));
    told(Outcome::titled(title), sprint.as_ref())
}

/// Starts timing work on an interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartTimer {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// Who works; its owner if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
}

pub(crate) fn start_timer(
    writer: &mut Writer<'_>,
    command: StartTimer,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let member = command.member.or(known.present.owner);
    member_name(writer, member)?;
    if known.present.ended_at.is_some() {
        return Err(AppError::refused(format!("{} is over.", known.label), "Open it again first."));
    }
    if known.present.timer_since.is_some() {
        return Err(AppError::refused(
            format!("Work on {} is being timed already.", known.label),
            "Stop the timer to write the time down.",
        ));
    }
    writer.record_interrupt(known.id, context.now, &InterruptFact::TimerStarted(member))?;
    Ok(Outcome::titled(format!("Start timer of {}", known.label)))
}

/// Stops timing and writes the time down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StopTimer {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// How long it really was, where the timer measured something else.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub time: Option<WrittenTime>,
}

pub(crate) fn stop_timer(
    writer: &mut Writer<'_>,
    command: StopTimer,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let said = WrittenTime::meant(command.time.as_ref(), "time")?;
    let minutes = write_timer(writer, &known, said, context)?;
    writer.record_interrupt(known.id, context.now, &InterruptFact::TimerStopped)?;
    Ok(Outcome::titled(format!("Stop timer of {} at {}", known.label, time_words(minutes))))
}

/// Writes down what a timer measured, or what is said in its place; at least a minute, on the day of its start.
pub(super) fn write_timer(
    writer: &mut Writer<'_>,
    known: &Interrupt,
    said: Option<Minutes>,
    context: &Context<'_>,
) -> Result<Minutes, AppError> {
    let Some(since) = known.present.timer_since else {
        return Err(AppError::refused(
            format!("No timer runs for {}.", known.label),
            "Add the time that it took instead.",
        ));
    };
    let measured = Minutes::new(((context.now.millis() - since.millis() + 30_000) / 60_000).max(1));
    let minutes = said.unwrap_or(measured);
    if minutes > A_DAY {
        return Err(AppError::refused(
            format!("The timer of {} has run for {measured}.", known.label),
            "Say how long the work really took.",
        )
        .at("time"));
    }
    let day = writer.team()?.zone.day_of(since);
    let sprint = drawn_on(writer, known, day)?;
    writer.add_interrupt_hours(
        known.id,
        known.present.timer_member,
        day,
        minutes,
        sprint.map(|one| one.id),
    )?;
    Ok(minutes)
}

fn time(written: &WrittenTime) -> Result<Minutes, AppError> {
    WrittenTime::meant(Some(written), "time")?.ok_or_else(|| {
        AppError::refused("Nothing is said about how long it took.", "Write hours such as 1.5.").at("time")
    })
}

/// Refuses a day that is still to come, or that lies before the interrupt arrived.
fn check_day(reader: &Reader<'_>, interrupt: &Interrupt, day: Day, today: Day) -> Result<(), AppError> {
    if day > today {
        let message = format!("{} is still to come.", short(day));
        return Err(AppError::refused(message, "Choose today or an earlier day.").at("on"));
    }
    let zone = reader.team()?.zone;
    match interrupt.present.reported_at.map(|at| zone.day_of(at)).filter(|arrived| day < *arrived) {
        Some(arrived) => Err(AppError::refused(
            format!("{} arrived on {}, which is later.", interrupt.label, short(arrived)),
            "Choose that day or a later one.",
        )
        .at("on")),
        None => Ok(()),
    }
}

/// The Sprint on which time of a day draws (rule 1): the last that had taken the interrupt and ran on that day.
fn drawn_on(reader: &Reader<'_>, interrupt: &Interrupt, day: Day) -> Result<Option<Sprint>, AppError> {
    let zone = reader.team()?.zone;
    let taken: Vec<SprintId> = reader
        .interrupt_facts(interrupt.id)?
        .iter()
        .filter_map(|dated| match dated.fact {
            InterruptFact::Taken(sprint) => Some(sprint),
            _ => None,
        })
        .collect();
    for id in taken.into_iter().rev() {
        let Some(sprint) = reader.sprint(id)? else { continue };
        let begun = sprint.started_at.is_some_and(|start| zone.day_of(start) <= day);
        let lasts = sprint.closed_at.is_none_or(|end| day <= zone.day_of(end));
        if begun && lasts {
            return Ok(Some(sprint));
        }
    }
    Ok(None)
}

/// What else people should know of where the time went.
fn told(outcome: Outcome, sprint: Option<&Sprint>) -> Result<Outcome, AppError> {
    Ok(match sprint {
        None => outcome.noting("No Sprint had it on that day: the time draws on no buffer."),
        Some(closed) if closed.closed_at.is_some() => {
            outcome.noting(format!("{} is closed: what it came to stays as it was.", closed.name))
        }
        Some(_) => outcome,
    })
}
