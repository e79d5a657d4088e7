//! The recorded past of on call, and days that are marked by hand.
//!
//! 1. Before a rotation, a change or a stored shift is changed, who was on call until now is written down: what is changed
//!    later moves nobody in the past (11.2).
//! 2. Recording is a part of the step that asks for it, and goes with it when that is undone.
//! 3. Marking a day on call stores the whole day of the team's calendar; a day that the rotation gives to somebody else
//!    is theirs no longer. Unmarking takes stored time away, and where the person is on call all the same it leaves their
//!    place empty, which shows as a gap.

use super::first_level;
use crate::contract::Context;
use crate::error::AppError;
use domain::calendar::{Day, Instant};
use domain::identity::{MemberId, RowId};
use domain::on_call::{ChangeKind, OnCallChange, OnCallLevel, Shift, StoredShift, stretches};
use store::{Reader, Writer};

/// Writes down who was on call until now, level by level; nothing where only stored shifts are known (rule 1).
pub(crate) fn record(writer: &mut Writer<'_>, now: Instant) -> Result<(), AppError> {
    let levels = writer.on_call_levels()?;
    let Some(earliest) = levels.iter().filter_map(|level| level.recorded_until).min() else { return Ok(()) };
    let book = writer.on_call_book(earliest, now)?;
    for (level, roster) in &book.levels {
        let Some(until) = level.recorded_until.filter(|until| *until < now) else { continue };
        let shifts = stretches(&roster.shifts(until, now));
        // What was stored in this time becomes a part of what was so.
        for stored in clear(writer, level.id, None, until, now)? {
            if stored.to > now {
                let (id, from) = (writer.identity(), stored.from.max(now));
                writer.put_stored_shift(&StoredShift { id, from, ..stored })?;
            }
        }
        for shift in shifts {
            store(writer, level.id, shift.member, shift.from, shift.to)?;
        }
        writer.put_on_call_level(&OnCallLevel { recorded_until: Some(now), ..level.clone() })?;
    }
    Ok(())
}

/// Takes the stored time of a level in a window away, of one person or of all; what reaches over the beginning is cut
/// there. Answers the rows as they were.
fn clear(
    writer: &mut Writer<'_>,
    level: RowId,
    member: Option<MemberId>,
    from: Instant,
    to: Instant,
) -> Result<Vec<StoredShift>, AppError> {
    let mut rows = writer.stored_shifts(from, to)?;
    rows.retain(|row| {
        row.level == level
            && member.is_none_or(|member| row.member == member)
            && row.from < to
            && row.to > from
    });
    for row in &rows {
        if row.from < from {
            writer.put_stored_shift(&StoredShift { to: from, ..row.clone() })?;
        } else {
            writer.remove_stored_shift(row.id)?;
        }
    }
    Ok(rows)
}

/// Takes the stored time of somebody at a level in a window away, and nothing else.
pub(super) fn take_out(
    writer: &mut Writer<'_>,
    level: RowId,
    member: Option<MemberId>,
    from: Instant,
    to: Instant,
) -> Result<(), AppError> {
    for row in clear(writer, level, member, from, to)? {
        if row.to > to {
            let id = writer.identity();
            writer.put_stored_shift(&StoredShift { id, from: to, ..row })?;
        }
    }
    Ok(())
}

/// Stores time on call; what is stored of the same person beside it or below it becomes one with it.
pub(super) fn store(
    writer: &mut Writer<'_>,
    level: RowId,
    member: MemberId,
    from: Instant,
    to: Instant,
) -> Result<(), AppError> {
    let mut rows = writer.stored_shifts(from, to)?;
    rows.retain(|row| row.level == level && row.member == member && row.source.is_empty());
    let (mut from, mut to) = (from, to);
    for row in &rows {
        (from, to) = (from.min(row.from), to.max(row.to));
    }
    let id = rows.first().map_or_else(|| writer.identity(), |row| row.id);
    for row in rows.iter().skip(1) {
        writer.remove_stored_shift(row.id)?;
    }
    writer.put_stored_shift(&StoredShift { id, level, member, from, to, source: String::new() })?;
    Ok(())
}

/// Says of days whether a member is on call (rule 3).
pub(crate) fn mark(
    writer: &mut Writer<'_>,
    member: MemberId,
    (first, last): (Day, Day),
    on_call: bool,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let known = writer.days_on_call(first, last)?;
    let of_member = |day: &Day| known.contains(&(member, *day));
    if first.through(last).all(|day| of_member(&day) == on_call) {
        return Ok(());
    }
    record(writer, context.now)?;
    let zone = writer.team()?.zone;
    let (from, to) = (zone.start_of(first), zone.start_of(last.plus(1)));
    if on_call {
        let level = first_level(writer)?;
        return store(writer, level.id, member, from, to);
    }
    for level in writer.on_call_levels()?.iter().filter(|level| level.takes_hours) {
        take_out(writer, level.id, Some(member), from, to)?;
        for shift in at_level(writer, level.id, from, to)?.iter().filter(|shift| shift.member == member) {
            let id = writer.identity();
            writer.add_on_call_change(&OnCallChange {
                id,
                level: level.id,
                kind: ChangeKind::Override,
                from: shift.from,
                to: shift.to,
                leaves: Some(member),
                takes: None,
                note: String::new(),
                recorded_at: context.now,
            })?;
        }
    }
    Ok(())
}

/// Who is on call at a level in a window, cut at its ends.
pub(super) fn at_level(
    reader: &Reader<'_>,
    level: RowId,
    from: Instant,
    to: Instant,
) -> Result<Vec<Shift>, AppError> {
    let book = reader.on_call_book(from, to)?;
    let found = book.levels.iter().find(|(one, _)| one.id == level);
    Ok(found.map(|(_, roster)| stretches(&roster.shifts(from, to))).unwrap_or_default())
}
