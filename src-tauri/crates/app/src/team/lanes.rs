//! The lanes: their names, kinds and usual shares (1.2).
//!
//! 1. An edition of the lanes holds from a day on. Names, kinds and which lanes there are change from today on, also in
//!    editions that hold from a later day; shares change in the one edition that is named.
//! 2. A lane that facts name goes from the team's lanes but stays in the file; a planned Sprint's items that were in
//!    it are in the lane of their kind then, and a Sprint that was started keeps the lanes that it committed.
//! 3. A planned Sprint's own shares stay while they still divide the whole among the lanes; policies are made to fit.

use super::short;
use crate::capacity::LaneShare;
use crate::capacity::policy::fit_policies;
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::sprint::planned_sprints;
use domain::backlog::WorkKind;
use domain::calendar::Day;
use domain::identity::LaneId;
use domain::measures::Share;
use domain::team::{Lane, Lanes, LanesRefused};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Adds a lane, just before the buffer; it has no kinds and no share yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddLane {
    /// Its name.
    pub name: String,
}

pub(super) fn add_lane(
    writer: &mut Writer<'_>,
    command: AddLane,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (id, name) = (writer.identity(), command.name.trim());
    from_today_on(writer, context, |lanes| lanes.with_lane(id, name))?;
    Ok(Outcome::titled(format!("Add lane {name}")).created(id))
}

/// Gives a lane another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameLane {
    /// The lane.
    pub lane: LaneId,
    /// Its new name.
    pub name: String,
}

pub(super) fn rename_lane(
    writer: &mut Writer<'_>,
    command: RenameLane,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (before, name) = (find_lane(writer, command.lane, context)?.name, command.name.trim());
    from_today_on(writer, context, |lanes| lanes.with_name(command.lane, name))?;
    Ok(Outcome::titled(format!("Rename lane {before} to {name}")))
}

/// Takes a lane away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveLane {
    /// The lane, without kinds and without a share.
    pub lane: LaneId,
}

pub(super) fn remove_lane(
    writer: &mut Writer<'_>,
    command: RemoveLane,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let name = find_lane(writer, command.lane, context)?.name;
    from_today_on(writer, context, |lanes| lanes.without(command.lane))?;
    Ok(Outcome::titled(format!("Remove lane {name}")))
}

/// Sets the usual shares of the lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetShares {
    /// The shares, together 100 %; a lane that is not named keeps its own.
    pub shares: Vec<LaneShare>,
    /// The first day for which they hold; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(super) fn set_shares(
    writer: &mut Writer<'_>,
    command: SetShares,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let today = writer.team()?.zone.day_of(context.now);
    let valid_from = command.valid_from.unwrap_or(today);
    let before = writer.lanes(valid_from)?;
    if command.shares.iter().any(|one| before.get(one.lane).is_none()) {
        return Err(AppError::not_found("lane"));
    }
    let shares: Vec<(LaneId, Share)> = command.shares.iter().map(|one| (one.lane, one.share)).collect();
    let lanes = before.with_shares(&shares).map_err(lanes_refused)?;
    if lanes != before || command.valid_from.is_some() {
        writer.put_lanes(&lanes, valid_from)?;
    }
    Ok(Outcome::titled("Set lane shares"))
}

/// Says into which lane a kind of work goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetLaneOfKind {
    /// The kind of work.
    pub kind: WorkKind,
    /// The lane.
    pub lane: LaneId,
}

pub(super) fn set_lane_of_kind(
    writer: &mut Writer<'_>,
    command: SetLaneOfKind,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let lane = find_lane(writer, command.lane, context)?;
    from_today_on(writer, context, |lanes| lanes.with_kind(command.kind, command.lane))?;
    let kind = match command.kind {
        WorkKind::Feature => "features",
        WorkKind::Bug => "bugs",
        WorkKind::Debt => "technical debt",
        WorkKind::Infrastructure => "infrastructure",
    };
    Ok(Outcome::titled(format!("Put {kind} into {}", lane.name)))
}

/// Says which lane is kept for unplanned work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetBuffer {
    /// The lane, without kinds of its own.
    pub lane: LaneId,
}

pub(super) fn set_buffer(
    writer: &mut Writer<'_>,
    command: SetBuffer,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let lane = find_lane(writer, command.lane, context)?;
    from_today_on(writer, context, |lanes| lanes.with_buffer(command.lane))?;
    Ok(Outcome::titled(format!("Keep {} for unplanned work", lane.name)))
}

/// A lane that must be there today.
fn find_lane(reader: &Reader<'_>, id: LaneId, context: &Context<'_>) -> Result<Lane, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    reader.lanes(today)?.get(id).cloned().ok_or_else(|| AppError::not_found("lane"))
}

/// Changes the lanes as they hold today and in each edition that holds from a later day (rule 1).
fn from_today_on(
    writer: &mut Writer<'_>,
    context: &Context<'_>,
    change: impl Fn(&Lanes) -> Result<Lanes, LanesRefused>,
) -> Result<(), AppError> {
    let today = writer.team()?.zone.day_of(context.now);
    let later = writer.lanes_change_after(today)?;
    for day in std::iter::once(today).chain(later) {
        let before = writer.lanes(day)?;
        let lanes = change(&before).map_err(|refused| {
            let error = lanes_refused(refused);
            let message = match day == today {
                true => error.message,
                false => format!("From {} on: {}", short(day), error.message),
            };
            AppError { message, ..error }
        })?;
        if lanes != before {
            writer.put_lanes(&lanes, day)?;
        }
    }
    for sprint in planned_sprints(writer)? {
        let own = writer.sprint_shares(sprint.id)?;
        let lanes = writer.lanes(sprint.first_day)?;
        let share_of = |lane: &Lane| own.iter().find(|(id, _)| *id == lane.id).map(|(_, share)| *share);
        let fitted: Vec<(LaneId, Share)> =
            lanes.all().iter().map(|lane| (lane.id, share_of(lane).unwrap_or_default())).collect();
        if own.is_empty()
            || own.len() == fitted.len() && lanes.all().iter().all(|lane| share_of(lane).is_some())
        {
            continue;
        }
        let whole: Share = fitted.iter().map(|(_, share)| *share).sum();
        writer.put_sprint_shares(sprint.id, if whole == Share::WHOLE { &fitted } else { &[] })?;
    }
    let lanes = writer.lanes(today)?;
    fit_policies(writer, &lanes)
}

/// What a refusal of lanes or shares says, at its field.
pub(crate) fn lanes_refused(refused: LanesRefused) -> AppError {
    let hint = match (&refused, refused.difference()) {
        (_, Some(over)) if over > Share::ZERO => format!("Take {over} away."),
        (_, Some(under)) => format!("{} are still to be given.", -under),
        (LanesRefused::NotOneBuffer { .. }, _) => "Choose exactly one lane for unplanned work.".into(),
        (LanesRefused::KindWithoutLane { .. } | LanesRefused::KindInTwoLanes { .. }, _) => {
            "Give each kind of work exactly one lane.".into()
        }
        (LanesRefused::BufferTakesKind { .. }, _) => {
            "Give its kinds to other lanes first; unplanned work is all that the buffer takes.".into()
        }
        (LanesRefused::Nameless, _) => "Write how the team calls it.".into(),
        _ => "A share lies between 0 % and 100 %.".into(),
    };
    let field = match refused {
        LanesRefused::SharesDoNotAddUp { .. } | LanesRefused::ShareBelowZero { .. } => "shares",
        _ => "lanes",
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}
