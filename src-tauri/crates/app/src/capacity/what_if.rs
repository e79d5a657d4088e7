//! What if: how the lanes of a planned Sprint would stand under changes that nobody has made.
//!
//! 1. It is a query: nothing is saved. Each change comes with the ordinary command that would make it so, and that
//!    command leads to the same figures.
//! 2. Before and after are computed by the same rules as the plan itself.
//! 3. The team's own number of points stays as it is; what the focus factor gives moves.

use super::calendar::{MarkAway, MarkOnCall, MemberDays, days_said};
use super::learned::history;
use super::plan::{Figures, PlanLane, SetSplit, hours_exactly, plan_lane, selected_items};
use super::policy::{shares_of, shares_said};
use super::{CapacityCommand, LaneShare, points_said, sprint_lanes};
use crate::Command;
use crate::contract::Context;
use crate::error::{AppError, sentence};
use crate::forecast::{Chances, chance_moved};
use crate::sprint::plan::ChangeSprint;
use crate::sprint::{SprintCommand, planned_sprints};
use crate::team::members::{AddMember, MemberForm, read_new_member};
use crate::team::{TeamCommand, counted, lanes_refused, short};
use domain::calendar::Day;
use domain::capacity::{
    Change, ChangeRefused, Draft, Focus, MemberCapacity, PlanLoad, PlannedPoints, Selection, giving_way, load,
};
use domain::identity::{Identities, ItemId, LaneId, MemberId, SprintId};
use domain::measures::{Minutes, Share, Size};
use domain::team::Member;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use ts_rs::TS;

/// Asks how the lanes of a planned Sprint would stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfQuestion {
    /// The Sprint; it is not started.
    pub sprint: SprintId,
    /// What would be otherwise, one after the other.
    pub changes: Vec<WhatIfChange>,
}

/// Something that could be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WhatIfChange {
    /// Somebody is away on days.
    Away {
        /// Who.
        member: MemberId,
        /// The first day.
        first_day: Day,
        /// The last day, included.
        last_day: Day,
        /// How much of each day in basis points: 10,000 the whole, 5,000 half; 0 is there.
        away: Share,
    },
    /// Somebody is on call on days, or is not.
    OnCall {
        /// Who.
        member: MemberId,
        /// The first day.
        first_day: Day,
        /// The last day, included.
        last_day: Day,
        /// Whether they are.
        on_call: bool,
    },
    /// The buffer has another share; the other lanes give and take in proportion.
    Buffer {
        /// Its share.
        share: Share,
    },
    /// The lanes have other shares.
    Shares {
        /// The share of each lane.
        shares: Vec<LaneShare>,
    },
    /// The Sprint has so many working days more at its end, or fewer.
    Length {
        /// How many; fewer below 0.
        days: i32,
    },
    /// Somebody joins.
    Joins {
        /// Their name.
        name: String,
        /// Their hours a day, as people write them.
        hours: String,
        /// Their first day; empty is the first day of the Sprint.
        #[serde(default)]
        #[ts(optional, as = "Option<String>")]
        from: String,
    },
}

/// How the lanes of a Sprint would stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// The changes in words, with the command that would make each of them so.
    pub changes: Vec<WhatIfMade>,
    /// As it is planned.
    pub before: WhatIfFigures,
    /// As it would be.
    pub after: WhatIfFigures,
    /// The hours in words: “204.25 h → 198.5 h, 5.75 h less”.
    pub hours_said: String,
    /// The points in words: “36 → 34.98 points, 1.02 less”.
    pub points_said: String,
    /// What would be at hand: “34.98 points at focus 0.82; 36 are selected, 1.02 too many.”
    pub forecast: String,
    /// How the chance that the plan holds moves: “The plan holds: likely (72 %) → unlikely (31 %).” None where it cannot be
    /// said, and while nothing is selected.
    pub chance_said: Option<String>,
    /// The lanes.
    pub lanes: Vec<WhatIfLane>,
    /// The members whose hours would be others.
    pub members: Vec<WhatIfMember>,
    /// The items that fit as it is planned and would have to wait, in the order of the Product Backlog.
    pub waiting: Vec<WhatIfItem>,
}

/// A change in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfMade {
    /// “Ana away on 2 December”.
    pub said: String,
    /// The command that makes it so.
    pub command: Command,
}

/// The figures of a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfFigures {
    /// Its last day.
    pub last_day: Day,
    /// Its working days.
    pub working_days: u32,
    /// Net minutes; none where nobody's hours are set.
    pub net: Option<Minutes>,
    /// Points of the planned lanes; none where they are not known.
    pub points: Option<Size>,
    /// By how many points the whole plan lies over them.
    pub over: Option<Size>,
}

/// A lane as it is planned and as it would be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfLane {
    /// As it is planned.
    pub before: PlanLane,
    /// As it would be.
    pub after: PlanLane,
}

/// A member whose hours would be others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfMember {
    /// Their name.
    pub name: String,
    /// The hours in words: “50 h → 44.25 h, 5.75 h less”.
    pub said: String,
}

/// An item that would have to wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size.
    pub size: Option<Size>,
}

/// The longest time that a Sprint could still get at its end, in days.
const LONGER: i64 = 31;

pub(crate) fn what_if(
    reader: &Reader<'_>,
    question: WhatIfQuestion,
    context: &Context<'_>,
) -> Result<WhatIf, AppError> {
    let sprints = planned_sprints(reader)?;
    let Some(sprint) = sprints.iter().find(|sprint| sprint.id == question.sprint) else {
        let started = reader.sprint(question.sprint)?.ok_or_else(|| AppError::not_found("Sprint"))?;
        return Err(AppError::refused(
            format!("{} has been started: what it committed stays.", started.name),
            "Enter in the calendar what is so; the Sprint says how its capacity moved.",
        ));
    };
    let before = draft(reader, sprint)?;
    let mut identities = Identities::new(context.now, 0, context.chance);
    let mut after = before.clone();
    let mut changes = Vec::with_capacity(question.changes.len());
    for asked in question.changes {
        let asked = on_its_first_day(asked, sprint);
        let change = read(reader, &asked, &after.members, identities.fresh())?;
        after = after.with(&change).map_err(refused)?;
        changes.push(made(asked, sprint, &after));
    }
    let history = history(reader, None)?;
    let usual = reader.lanes(sprint.first_day)?;
    let figures = |draft: &Draft| {
        Figures::of(draft.lanes.clone(), usual.clone(), draft.capacity(), &history, sprint.own_size)
    };
    let items = selected_items(reader, sprint)?;
    let (was, would) = (figures(&before), figures(&after));
    let stand = |figures: &Figures| {
        let counted = items.iter().filter(|(_, has_parts)| !has_parts);
        let selected: Vec<Selection> =
            counted.map(|(item, _)| figures.selection(item.id, &item.present)).collect();
        let load = load(&figures.budget, &selected, &figures.per_point, &figures.person_days());
        let waiting = giving_way(&load, &selected);
        (load, waiting)
    };
    let ((load_before, waited), (load_after, waits)) = (stand(&was), stand(&would));
    let chances = Chances::of_selected(reader, &after.lanes, &items, context)?;
    let chance = |draft: &Draft, chances: &Chances| chances.with(&draft.without_events().capacity());
    let chance_said =
        chances.map(|chances| chance_moved(chance(&before, &chances), chance(&after, &chances)));
    let lane = |(before, after)| WhatIfLane {
        before: plan_lane(before, &was.lanes),
        after: plan_lane(after, &would.lanes),
    };
    let item = |id: &ItemId| {
        let (item, _) = items.iter().find(|(item, _)| item.id == *id)?;
        let (label, title) = (item.label.clone(), item.title.clone());
        Some(WhatIfItem { item: item.id, label, title, size: item.present.size })
    };
    Ok(WhatIf {
        hours_said: moved_said(was.budget.net, would.budget.net, "hours not set", hours_exactly),
        points_said: points_moved(&was.planned, &would.planned),
        forecast: forecast(&would, &load_after),
        chance_said,
        lanes: load_before.lanes.iter().zip(&load_after.lanes).map(lane).collect(),
        members: members(&was.capacity.members, &would.capacity.members),
        waiting: waits.iter().filter(|id| !waited.contains(id)).filter_map(item).collect(),
        before: whole(&before, &was, &load_before),
        after: whole(&after, &would, &load_after),
        changes,
    })
}

/// What the capacity of a planned Sprint is computed from.
fn draft(reader: &Reader<'_>, sprint: &Sprint) -> Result<Draft, AppError> {
    Ok(Draft {
        members: reader.members()?,
        calendar: reader.calendar()?,
        days: (sprint.first_day, sprint.last_day),
        events: reader.scrum_events(sprint.first_day)?,
        attendance: reader.attendance(sprint.first_day, sprint.last_day.plus(LONGER))?,
        lanes: sprint_lanes(reader, sprint)?,
    })
}

/// Who joins without a day joins on the first of the Sprint.
fn on_its_first_day(change: WhatIfChange, sprint: &Sprint) -> WhatIfChange {
    match change {
        WhatIfChange::Joins { name, hours, from } if from.trim().is_empty() => {
            WhatIfChange::Joins { name, hours, from: sprint.first_day.to_string() }
        }
        other => other,
    }
}

fn read(
    reader: &Reader<'_>,
    change: &WhatIfChange,
    members: &[Member],
    fresh: MemberId,
) -> Result<Change, AppError> {
    let known = |id: MemberId| {
        if members.iter().any(|member| member.id == id) { Ok(id) } else { Err(AppError::not_found("member")) }
    };
    let days = |first: Day, last: Day| {
        if first <= last && first.days_until(last) <= LONGER {
            return Ok((first, last));
        }
        let hint = "Choose days within the Sprint, the last one not before the first.";
        Err(AppError::refused(format!("{} to {} are no days of a Sprint.", short(first), short(last)), hint)
            .at("lastDay"))
    };
    Ok(match change {
        WhatIfChange::Away { member, first_day, last_day, away } => {
            if *away < Share::ZERO || *away > Share::WHOLE {
                let message = format!("{away} of a day is no absence.");
                return Err(AppError::refused(message, "From 0 % to 100 % of a day.").at("away"));
            }
            Change::Away { member: known(*member)?, days: days(*first_day, *last_day)?, away: *away }
        }
        WhatIfChange::OnCall { member, first_day, last_day, on_call } => {
            Change::OnCall { member: known(*member)?, days: days(*first_day, *last_day)?, on_call: *on_call }
        }
        WhatIfChange::Buffer { share } => Change::Buffer(*share),
        WhatIfChange::Shares { shares } => {
            Change::Shares(shares.iter().map(|one| (one.lane, one.share)).collect())
        }
        WhatIfChange::Length { days } => Change::Length((*days).into()),
        WhatIfChange::Joins { name, hours, from } => {
            Change::Joins(read_new_member(reader, &form(name, hours, from), fresh)?)
        }
    })
}

fn form(name: &str, hours: &str, from: &str) -> MemberForm {
    MemberForm {
        name: name.to_owned(),
        hours: hours.to_owned(),
        from: from.to_owned(),
        ..MemberForm::default()
    }
}

fn refused(refused: ChangeRefused) -> AppError {
    match refused {
        ChangeRefused::Shares(refused) => lanes_refused(refused),
        ChangeRefused::Buffer(refused) => {
            AppError::refused(sentence(&refused.to_string()), "Choose another share.").at("share")
        }
        ChangeRefused::NoDayLeft { .. } => {
            AppError::refused(sentence(&refused.to_string()), "Take fewer days away.").at("days")
        }
        ChangeRefused::TooLong { .. } => AppError::refused(
            "The Sprint would be longer than a month.",
            "The Scrum Guide allows a month at most: add fewer days.",
        )
        .at("days"),
    }
}

/// A change that was made to a draft, in words, and the command that makes it so (rule 1).
fn made(change: WhatIfChange, sprint: &Sprint, after: &Draft) -> WhatIfMade {
    let name = |id: MemberId| {
        after.members.iter().find(|member| member.id == id).map_or("", |member| member.name.as_str())
    };
    let shares = shares_of(&after.lanes);
    let split = |shares: &[(LaneId, Share)]| {
        let shares = shares.iter().map(|(lane, share)| LaneShare { lane: *lane, share: *share }).collect();
        Command::Capacity(CapacityCommand::SetSplit(SetSplit { sprint: sprint.id, shares }))
    };
    let (said, command) = match change {
        WhatIfChange::Away { member, first_day, last_day, away } => {
            let part = match away {
                Share::ZERO => "there".to_owned(),
                Share::WHOLE => "away".to_owned(),
                away => format!("{away} of a day away"),
            };
            let days = vec![MemberDays { member, first_day, last_day }];
            (
                format!("{} {part} {}", name(member), days_said(first_day, last_day)),
                Command::Capacity(CapacityCommand::MarkAway(MarkAway { days, away })),
            )
        }
        WhatIfChange::OnCall { member, first_day, last_day, on_call } => {
            let not = if on_call { "" } else { "not " };
            let days = vec![MemberDays { member, first_day, last_day }];
            (
                format!("{} {not}on call {}", name(member), days_said(first_day, last_day)),
                Command::Capacity(CapacityCommand::MarkOnCall(MarkOnCall { days, on_call })),
            )
        }
        WhatIfChange::Buffer { share } => {
            (format!("A buffer of {share}: {}", shares_said(&shares)), split(&shares))
        }
        WhatIfChange::Shares { .. } => (format!("Shares of {}", shares_said(&shares)), split(&shares)),
        WhatIfChange::Length { days } => {
            let (count, more) = (days.unsigned_abs(), if days < 0 { "less" } else { "more" });
            let last = after.days.1;
            let change = ChangeSprint {
                sprint: sprint.id,
                name: None,
                goal: None,
                first_day: None,
                last_day: Some(last.to_string()),
            };
            (
                format!("{} {more}: until {}", counted(count, "working day"), short(last)),
                Command::Sprint(SprintCommand::Change(change)),
            )
        }
        WhatIfChange::Joins { name, hours, from } => {
            let form = form(&name, &hours, &from);
            let day = Day::parse(&from).map_or(from, short);
            let hours = hours.trim();
            let hours =
                if hours.is_empty() { "hours not set".to_owned() } else { format!("{hours} h a day") };
            (
                format!("{} joins on {day}, {hours}", name.trim()),
                Command::Team(TeamCommand::AddMember(AddMember { member: form })),
            )
        }
    };
    WhatIfMade { said, command }
}

fn whole(draft: &Draft, figures: &Figures, load: &PlanLoad) -> WhatIfFigures {
    WhatIfFigures {
        last_day: draft.days.1,
        working_days: figures.capacity.days.len() as u32,
        net: figures.budget.net,
        points: figures.budget.points,
        over: load.over,
    }
}

/// The members whose hours would be others, and those who would come.
fn members(before: &[MemberCapacity], after: &[MemberCapacity]) -> Vec<WhatIfMember> {
    let moved = |member: &MemberCapacity| {
        let was = before.iter().find(|known| known.member == member.member);
        let said = match was {
            None => format!("joins with {}", member.net.map_or("hours not set".into(), hours_exactly)),
            Some(was) if was.net == member.net => return None,
            Some(was) => moved_said(was.net, member.net, "hours not set", hours_exactly),
        };
        Some(WhatIfMember { name: member.name.clone(), said })
    };
    after.iter().filter_map(moved).collect()
}

/// “204.25 h → 198.5 h, 5.75 h less”; the figure alone where it stays.
fn moved_said<M: Copy + PartialOrd + std::ops::Sub<Output = M>>(
    before: Option<M>,
    after: Option<M>,
    unknown: &str,
    say: fn(M) -> String,
) -> String {
    match (before, after) {
        (Some(before), Some(after)) if before > after => {
            format!("{} → {}, {} less", say(before), say(after), say(before - after))
        }
        (Some(before), Some(after)) if before < after => {
            format!("{} → {}, {} more", say(before), say(after), say(after - before))
        }
        (Some(before), None) => format!("{} → {unknown}", say(before)),
        (None, Some(after)) => format!("{unknown} → {}", say(after)),
        (Some(same), Some(_)) => say(same),
        (None, None) => unknown.to_owned(),
    }
}

/// How the points move: those of the focus factor, beside the team's own number where it has one (rule 3).
fn points_moved(before: &PlannedPoints, after: &PlannedPoints) -> String {
    let computed = |planned: &PlannedPoints| match planned {
        PlannedPoints::Computed { points } => Some(*points),
        PlannedPoints::Own { computed, .. } => *computed,
        PlannedPoints::Unknown { .. } => None,
    };
    let (before, after_all) = (computed(before), computed(after));
    let moved = match (before, after_all) {
        (Some(before), Some(now)) if before > now => {
            format!("{before} → {}, {} less", points_said(now), before - now)
        }
        (Some(before), Some(now)) if before < now => {
            format!("{before} → {}, {} more", points_said(now), now - before)
        }
        _ => moved_said(before, after_all, "no points yet", points_said),
    };
    match after {
        PlannedPoints::Own { points, .. } => {
            format!("The team’s own {} stay; computed {moved}", points_said(*points))
        }
        _ => moved,
    }
}

/// How many points would be at hand, and what is selected beside them.
fn forecast(figures: &Figures, load: &PlanLoad) -> String {
    let Some(points) = figures.budget.points else {
        return match figures.budget.net {
            Some(net) => {
                format!("{} at hand; how many points that is, is not known yet.", hours_exactly(net))
            }
            None => "Nobody’s hours in this Sprint are set.".to_owned(),
        };
    };
    let by = match (&figures.planned, &figures.focus) {
        (PlannedPoints::Computed { .. }, Focus::Known { factor, .. }) => format!(" at focus {factor:.2}"),
        (PlannedPoints::Own { .. }, _) => " by the team’s own number".to_owned(),
        _ => String::new(),
    };
    let selected = load.points;
    let fits = match load.over {
        Some(over) => format!("{over} too many"),
        None => format!("{} free", points - selected),
    };
    let are = if selected == Size::points(1) { "is" } else { "are" };
    format!("{}{by}; {selected} {are} selected, {fits}.", points_said(points))
}
