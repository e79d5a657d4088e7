//! What becomes of an interrupt: it is reported, graded, given to somebody, ended, opened again, taken into a Sprint.

use super::{WrittenTime, checked_title, interrupt_of, lanes_to_draw_on, member_name, moment};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::When;
use crate::team::short;
use domain::calendar::{Day, Instant};
use domain::identity::{InterruptId, LaneId, MemberId, SprintId};
use domain::interrupt::{IncidentSeverity, Interrupt, InterruptFact, InterruptHours};
use domain::measures::Minutes;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Reports an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportInterrupt {
    /// What happened, in a line.
    pub title: String,
    /// How grave it is; P3 where nobody says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub severity: Option<IncidentSeverity>,
    /// Who takes it on.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub owner: Option<MemberId>,
    /// The lane on which it draws; none is the buffer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub lane: Option<LaneId>,
    /// How long it took so far.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hours: Option<WrittenTime>,
    /// How long it is expected to take.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub estimate: Option<WrittenTime>,
    /// The day on which it arrived, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
    /// The exact moment, where it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
}

pub(crate) fn report(
    writer: &mut Writer<'_>,
    command: ReportInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let title = checked_title(&command.title)?;
    member_name(writer, command.owner)?;
    let lane = command.lane.map(|lane| drawing_on(writer, lane, context)).transpose()?.flatten();
    let hours = WrittenTime::meant(command.hours.as_ref(), "hours")?;
    let estimate = WrittenTime::meant(command.estimate.as_ref(), "estimate")?;
    let at = moment(writer, &[], When { on: command.on, at: command.at }, context)?;
    let running = writer.active_sprint()?;
    let taken = running.as_ref().filter(|running| running.started_at.is_some_and(|start| start <= at));
    let mut facts = vec![InterruptFact::Reported];
    facts.extend(command.severity.map(InterruptFact::SeveritySet));
    facts.extend(lane.map(|lane| InterruptFact::LaneSet(Some(lane))));
    facts.extend(command.owner.map(|owner| InterruptFact::Assigned(Some(owner))));
    facts.extend(estimate.map(|estimate| InterruptFact::Estimated(Some(estimate))));
    facts.extend(taken.map(|taken| InterruptFact::Taken(taken.id)));
    let label = format!("I-{}", writer.interrupt_count()? + 1);
    let id = writer.add_interrupt(&label, title, at, &facts)?;
    let day = writer.team()?.zone.day_of(at);
    if let Some(minutes) = hours {
        writer.add_interrupt_hours(id, command.owner, day, minutes, taken.map(|taken| taken.id))?;
    }
    let outcome = Outcome::titled(format!("Report {label}")).created(id);
    Ok(match (&running, taken) {
        (Some(running), None) => outcome.noting(format!(
            "{label} arrived before {} began and does not draw on its buffer. Take it into the Sprint if the team works on it there.",
            running.name
        )),
        (None, _) => outcome.noting(format!("No Sprint is running: {label} is kept until one takes it.")),
        _ => outcome,
    })
}

/// The lane on which an interrupt is to draw; none where that is the buffer, whichever lane it is.
fn drawing_on(reader: &Reader<'_>, lane: LaneId, context: &Context<'_>) -> Result<Option<LaneId>, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    let lanes = lanes_to_draw_on(reader, reader.active_sprint()?.as_ref(), today)?;
    let known = lanes.get(lane).ok_or_else(|| AppError::not_found("lane").at("lane"))?;
    Ok((!known.is_buffer).then_some(lane))
}

/// Gives an interrupt another title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameInterrupt {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The title.
    pub title: String,
}

pub(crate) fn rename(
    writer: &mut Writer<'_>,
    command: RenameInterrupt,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let title = checked_title(&command.title)?;
    if title != known.title {
        writer.put_interrupt_title(known.id, title)?;
    }
    Ok(Outcome::titled(format!("Rename {}", known.label)))
}

/// Says how grave an interrupt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetInterruptSeverity {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// The day from which on, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
}

pub(crate) fn set_severity(
    writer: &mut Writer<'_>,
    command: SetInterruptSeverity,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let at = when(writer, &known, When { on: command.on, at: None }, context)?;
    if known.present.severity != command.severity || command.on.is_some() {
        writer.record_interrupt(known.id, at, &InterruptFact::SeveritySet(command.severity))?;
    }
    let names = writer.severity_names()?;
    Ok(Outcome::titled(format!("Set {} to {}", known.label, names.of(command.severity))))
}

/// Gives an interrupt to a member, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssignInterrupt {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// Who; none is nobody.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub owner: Option<MemberId>,
}

pub(crate) fn assign(
    writer: &mut Writer<'_>,
    command: AssignInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let name = member_name(writer, command.owner)?;
    if known.present.owner != command.owner {
        writer.record_interrupt(known.id, context.now, &InterruptFact::Assigned(command.owner))?;
    }
    Ok(Outcome::titled(format!("Assign {} to {}", known.label, name.as_deref().unwrap_or("nobody"))))
}

/// Says on which lane an interrupt draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetInterruptLane {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The lane; none is the buffer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub lane: Option<LaneId>,
}

pub(crate) fn set_lane(
    writer: &mut Writer<'_>,
    command: SetInterruptLane,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let lane = command.lane.map(|lane| drawing_on(writer, lane, context)).transpose()?.flatten();
    if known.present.lane != lane {
        writer.record_interrupt(known.id, context.now, &InterruptFact::LaneSet(lane))?;
    }
    Ok(Outcome::titled(format!("Set lane of {}", known.label)))
}

/// Says how long an interrupt is expected to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EstimateInterrupt {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// How long, in all; none or an empty text takes the estimate away.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub estimate: Option<WrittenTime>,
}

pub(crate) fn estimate(
    writer: &mut Writer<'_>,
    command: EstimateInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let estimate = WrittenTime::meant(command.estimate.as_ref(), "estimate")?;
    if known.present.estimate != estimate {
        writer.record_interrupt(known.id, context.now, &InterruptFact::Estimated(estimate))?;
    }
    Ok(Outcome::titled(format!("Estimate {}", known.label)))
}

/// Ends an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndInterrupt {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The day on which it was over, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
    /// The exact moment, where it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
}

pub(crate) fn end(
    writer: &mut Writer<'_>,
    command: EndInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    if known.present.ended_at.is_some() {
        return Err(AppError::refused(format!("{} is over already.", known.label), "Open it again first."));
    }
    let at = when(writer, &known, When { on: command.on, at: command.at }, context)?;
    let outcome = Outcome::titled(format!("End {}", known.label));
    // What was timed is not lost.
    let outcome = match known.present.timer_since {
        Some(_) => {
            let minutes = super::hours::write_timer(writer, &known, None, context)?;
            outcome.noting(format!("The timer was stopped: {minutes} are written down."))
        }
        None => outcome,
    };
    writer.record_interrupt(known.id, at, &InterruptFact::Ended)?;
    Ok(outcome)
}

/// Opens an interrupt again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReopenInterrupt {
    /// The interrupt.
    pub interrupt: InterruptId,
}

pub(crate) fn reopen(
    writer: &mut Writer<'_>,
    command: ReopenInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    if known.present.ended_at.is_none() {
        let hint = "It can be ended when it is over.";
        return Err(AppError::refused(format!("{} is not over.", known.label), hint));
    }
    writer.record_interrupt(known.id, context.now, &InterruptFact::Reopened)?;
    let running = writer.active_sprint()?.map(|running| running.id);
    let outcome = Outcome::titled(format!("Reopen {}", known.label));
    Ok(match running.filter(|running| known.present.sprint != Some(*running)) {
        Some(_) => outcome.noting(
            "It belongs to an earlier Sprint, or to none: take it into the running one to let it draw there.",
        ),
        None => outcome,
    })
}

/// Takes interrupts into the running Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeInterrupts {
    /// The interrupts.
    pub interrupts: Vec<InterruptId>,
}

pub(crate) fn take(
    writer: &mut Writer<'_>,
    command: TakeInterrupts,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let running = writer
        .active_sprint()?
        .ok_or_else(|| AppError::refused("No Sprint is running.", "Start one: it can take what waits."))?;
    let started_on = running.started_at.map(|start| (running.id, start));
    let mut taken = Vec::new();
    for id in command.interrupts {
        let known = interrupt_of(writer, id)?;
        if known.present.sprint == Some(running.id) {
            continue;
        }
        writer.record_interrupt(known.id, context.now, &InterruptFact::Taken(running.id))?;
        draw_here(writer, &known, started_on)?;
        taken.push(known.label);
    }
    match taken.as_slice() {
        [] => Err(AppError::refused(
            format!("Nothing new is taken into {}.", running.name),
            "Choose interrupts that belong to no Sprint, or to an earlier one.",
        )),
        [one] => Ok(Outcome::titled(format!("Take {one} into {}", running.name))),
        many => Ok(Outcome::titled(format!("Take {} interrupts into {}", many.len(), running.name))),
    }
}

/// Lets time that was written down since the start, and drew on no Sprint, draw on the one that runs.
fn draw_here(
    writer: &mut Writer<'_>,
    interrupt: &Interrupt,
    running: Option<(SprintId, Instant)>,
) -> Result<(), AppError> {
    let Some((sprint, start)) = running else { return Ok(()) };
    let since = writer.team()?.zone.day_of(start);
    for hours in writer.interrupt_hours(interrupt.id)? {
        if hours.sprint.is_none() && hours.day >= since {
            writer.put_interrupt_hours(&InterruptHours { sprint: Some(sprint), ..hours })?;
        }
    }
    Ok(())
}

/// The moment of a change of an interrupt that is there.
fn when(
    reader: &Reader<'_>,
    known: &Interrupt,
    when: When,
    context: &Context<'_>,
) -> Result<Instant, AppError> {
    moment(reader, &reader.interrupt_facts(known.id)?, when, context)
}

/// “2 h on 3 December”, or “2 h” for today.
pub(super) fn time_said(minutes: Minutes, day: Day, today: Day) -> String {
    let minutes = time_words(minutes);
    if day == today { minutes } else { format!("{minutes} on {}", short(day)) }
}

/// “45 min”, “2 h”, “2 h 15 min”: exact, where a rounded number would hide what was written.
pub(crate) fn time_words(minutes: Minutes) -> String {
    match (minutes.in_minutes() / 60, minutes.in_minutes() % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}
