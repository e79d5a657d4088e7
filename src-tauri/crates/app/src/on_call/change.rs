//! What people agree besides the rotation: somebody takes over, two swap, somebody stands in for one on leave.
//!
//! 1. What lies before now corrects the recorded past; what lies after it is an agreement that can be taken back.
//! 2. Time that was marked by hand or brought in goes before agreements, so that it is changed itself.

use super::past::{at_level, record, store, take_out};
use super::{level_of, read_local, span_said};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::members::member_of;
use domain::calendar::Instant;
use domain::identity::{MemberId, RowId};
use domain::on_call::{ChangeKind, OnCallChange, OnCallLevel, OnCallRefused, Shift};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Somebody takes over for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeOver {
    /// The level.
    pub level: RowId,
    /// From when on, in the team's zone: `2026-11-30 09:00`; a day alone is its beginning.
    pub from: String,
    /// Up to when; a day alone is its end.
    pub to: String,
    /// Whose place it is; none is whoever is on call then, or adds somebody where nobody is.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub leaves: Option<MemberId>,
    /// Who takes it; none leaves it empty.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub takes: Option<MemberId>,
    /// Why; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
}

pub(super) fn take_over(
    writer: &mut Writer<'_>,
    command: TakeOver,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.level)?;
    let (from, to) = window(writer, &command.from, &command.to)?;
    let takes = command.takes.map(|member| member_of(writer, member)).transpose()?;
    let leaves = command.leaves.map(|member| member_of(writer, member)).transpose()?;
    record(writer, context.now)?;
    let mut change = OnCallChange {
        id: writer.identity(),
        level: level.id,
        kind: ChangeKind::Override,
        from,
        to,
        leaves: leaves.as_ref().map(|member| member.id),
        takes: takes.as_ref().map(|member| member.id),
        note: command.note.trim().to_owned(),
        recorded_at: context.now,
    };
    let places: Vec<MemberId> = match change.leaves {
        Some(leaves) => vec![leaves],
        None => {
            let mut held: Vec<MemberId> = Vec::new();
            for shift in at_level(writer, level.id, from, to)? {
                if Some(shift.member) != change.takes && !held.contains(&shift.member) {
                    held.push(shift.member);
                }
            }
            held
        }
    };
    if places.is_empty() {
        change.check().map_err(|refused| refusal(&refused))?;
        agree(writer, &level, &change, context.now)?;
    }
    for leaves in places {
        change = OnCallChange { id: writer.identity(), leaves: Some(leaves), ..change };
        change.check().map_err(|refused| refusal(&refused))?;
        agree(writer, &level, &change, context.now)?;
    }
    let when = span_said(from, to, writer.team()?.zone);
    let title = match (&takes, &leaves) {
        (Some(takes), Some(leaves)) => format!("{} takes over from {}, {when}", takes.name, leaves.name),
        (Some(takes), None) => format!("{} is on call, {when}", takes.name),
        (None, Some(leaves)) => format!("{} is not on call, {when}", leaves.name),
        (None, None) => format!("Nobody is on call, {when}"),
    };
    Ok(Outcome::titled(title).created(change.id))
}

/// Two people swap a turn each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SwapTurns {
    /// The level.
    pub level: RowId,
    /// When one of the turns begins, or any moment of it.
    pub one: Instant,
    /// When the other begins, or any moment of it.
    pub other: Instant,
}

pub(super) fn swap_turns(
    writer: &mut Writer<'_>,
    command: SwapTurns,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.level)?;
    let (one, other) = (turn_at(writer, &level, command.one)?, turn_at(writer, &level, command.other)?);
    if one.member == other.member {
        let hint = "Choose turns of two people.";
        return Err(AppError::refused("Both turns are the same person's.", hint).at("other"));
    }
    if one.to <= context.now || other.to <= context.now {
        let hint = "Who really was on call is corrected with “takes over”.";
        return Err(AppError::refused("One of the turns is over.", hint).at("other"));
    }
    record(writer, context.now)?;
    for (turn, takes) in [(&one, other.member), (&other, one.member)] {
        let change = OnCallChange {
            id: writer.identity(),
            level: level.id,
            kind: ChangeKind::Swap,
            from: turn.from.max(context.now),
            to: turn.to,
            leaves: Some(turn.member),
            takes: Some(takes),
            note: String::new(),
            recorded_at: context.now,
        };
        agree(writer, &level, &change, context.now)?;
    }
    let (ana, bo) = (member_of(writer, one.member)?.name, member_of(writer, other.member)?.name);
    let zone = writer.team()?.zone;
    let title = format!(
        "{ana} and {bo} swap turns, {} with {}",
        span_said(one.from, one.to, zone),
        span_said(other.from, other.to, zone)
    );
    Ok(Outcome::titled(title))
}

/// Somebody stands in for one who is on leave; it holds while the calendar says that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StandIn {
    /// The level.
    pub level: RowId,
    /// Who is on leave.
    pub leaves: MemberId,
    /// Who stands in.
    pub takes: MemberId,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
}

pub(super) fn stand_in(
    writer: &mut Writer<'_>,
    command: StandIn,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.level)?;
    let (leaves, takes) = (member_of(writer, command.leaves)?, member_of(writer, command.takes)?);
    record(writer, context.now)?;
    let change = OnCallChange {
        id: writer.identity(),
        level: level.id,
        kind: ChangeKind::Substitution,
        from: command.from.max(context.now),
        to: command.to,
        leaves: Some(leaves.id),
        takes: Some(takes.id),
        note: String::new(),
        recorded_at: context.now,
    };
    change.check().map_err(|refused| refusal(&refused))?;
    let zone = writer.team()?.zone;
    let absences = writer.absences(zone.day_of(change.from), zone.day_of(change.to.plus_millis(-1)))?;
    if !absences.iter().any(|absence| absence.member == leaves.id) {
        let hint = "Enter the absence in the calendar, or let somebody take over.";
        return Err(AppError::refused(format!("{} is not away then.", leaves.name), hint).at("leaves"));
    }
    // Leave that reaches over marked time is answered by changing that time (rule 2 of the module).
    let marked = stored_of(writer, &level, leaves.id, change.from, change.to)?;
    match marked.is_empty() {
        true => writer.add_on_call_change(&change)?,
        false => agree(writer, &level, &change, context.now)?,
    }
    let when = span_said(change.from, change.to, zone);
    Ok(Outcome::titled(format!("{} stands in for {}, {when}", takes.name, leaves.name)).created(change.id))
}

/// Takes back what was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveChange {
    /// The agreement.
    pub id: RowId,
}

pub(super) fn remove_change(
    writer: &mut Writer<'_>,
    command: RemoveChange,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (begin, end) = (Instant::from_millis(i64::MIN), Instant::from_millis(i64::MAX));
    let changes = writer.on_call_changes(begin, end)?;
    let Some(change) = changes.iter().find(|change| change.id == command.id) else {
        return Err(AppError::not_found("agreement"));
    };
    record(writer, context.now)?;
    // A swap is two places taken in one step: one alone would give somebody two turns.
    let of_swap = |one: &&OnCallChange| {
        change.kind == ChangeKind::Swap
            && one.kind == ChangeKind::Swap
            && one.recorded_at == change.recorded_at
            && one.leaves == change.takes
            && one.takes == change.leaves
    };
    for other in changes.iter().filter(of_swap) {
        writer.remove_on_call_change(other.id)?;
    }
    writer.remove_on_call_change(change.id)?;
    let what = match change.kind {
        ChangeKind::Swap => "swap",
        ChangeKind::Substitution => "stand-in",
        ChangeKind::Override | ChangeKind::Planned => "change",
    };
    let when = span_said(change.from, change.to, writer.team()?.zone);
    Ok(Outcome::titled(format!("Take back {what}, {when}")))
}

/// Lets a change hold: the recorded past and stored time are changed themselves, the rest is agreed (rules 1 and 2).
pub(super) fn agree(
    writer: &mut Writer<'_>,
    level: &OnCallLevel,
    change: &OnCallChange,
    now: Instant,
) -> Result<(), AppError> {
    let OnCallChange { from, to, .. } = *change;
    match change.leaves {
        Some(leaves) => {
            for (from, to) in stored_of(writer, level, leaves, from, to)? {
                take_out(writer, level.id, Some(leaves), from, to)?;
                if let Some(takes) = change.takes {
                    store(writer, level.id, takes, from, to)?;
                }
            }
        }
        None => {
            let until = level.recorded_until.map_or(to, |_| to.min(now));
            if let Some(takes) = change.takes.filter(|_| from < until) {
                store(writer, level.id, takes, from, until)?;
            }
        }
    }
    // Without a rotation only stored time says anything.
    if level.recorded_until.is_some() && to > now {
        writer.add_on_call_change(&OnCallChange { from: from.max(now), ..change.clone() })?;
    }
    Ok(())
}

/// The parts of a window in which somebody's time on call is stored.
fn stored_of(
    reader: &Reader<'_>,
    level: &OnCallLevel,
    member: MemberId,
    from: Instant,
    to: Instant,
) -> Result<Vec<(Instant, Instant)>, AppError> {
    let rows = reader.stored_shifts(from, to)?.into_iter();
    let own = rows.filter(|row| row.level == level.id && row.member == member);
    Ok(own.map(|row| (row.from.max(from), row.to.min(to))).filter(|(from, to)| from < to).collect())
}

/// The whole turn that holds at a moment.
fn turn_at(reader: &Reader<'_>, level: &OnCallLevel, at: Instant) -> Result<Shift, AppError> {
    let around = at_level(reader, level.id, at.plus_millis(-super::AROUND), at.plus_millis(super::AROUND))?;
    around.into_iter().find(|shift| shift.from <= at && at < shift.to).ok_or_else(|| {
        AppError::refused("Nobody is on call then.", "Choose turns that somebody has.").at("other")
    })
}

/// A window as people write it: days alone are whole days, in the team's zone.
fn window(reader: &Reader<'_>, from: &str, to: &str) -> Result<(Instant, Instant), AppError> {
    let zone = reader.team()?.zone;
    let is_day = !to.trim().contains([' ', 'T']);
    let begin = zone.instant(read_local(from, "from")?);
    let end = read_local(to, "to")?;
    let end = if is_day { end.checked_add_days(chrono::Days::new(1)).unwrap_or(end) } else { end };
    let end = zone.instant(end);
    if end <= begin {
        return Err(refusal(&OnCallRefused::EndsBeforeItBegins));
    }
    Ok((begin, end))
}

fn refusal(refused: &OnCallRefused) -> AppError {
    let (field, hint) = match refused {
        OnCallRefused::EndsBeforeItBegins => ("to", "Choose a later end."),
        OnCallRefused::TooLong { .. } => ("to", "Change the rotation instead."),
        OnCallRefused::NobodyMoves => ("takes", "Choose who takes over."),
        OnCallRefused::SamePerson => ("takes", "Choose somebody else."),
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}
