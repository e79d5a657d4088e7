//! The plan of a Sprint: its split, its own number of points, and how what is selected stands against its lanes.
//!
//! 1. What figures are made from is said beside them; what is not known is said with its reason (1.3, 2.4).
//! 2. A preview is a query: it changes nothing.

use super::learned::{LearnedSprint, history, learned};
use super::{LaneShare, Tone, points_said, selection_lane, sprint_capacity, sprint_lanes, tone};
use crate::backlog::{Waiting, WaitsFor};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::interrupt::BufferGauge;
use crate::sprint::plan::{SprintProposal, propose};
use crate::sprint::{SprintName, planned_sprints, sprint_of};
use crate::team::{SprintLine, counted, lanes_refused};
use domain::backlog::{Category, Item, ItemPresent, Readiness, Severity, WorkKind};
use domain::calendar::Day;
use domain::capacity::{
    Budget, Experience, Focus, HoursPerPoint, LaneLoad, MemberCapacity, NoPoints, PersonDays, PlanLoad,
    PlannedPoints, Selection, TeamCapacity, TeamTotal, balance, budget, first_that_does_not_fit, focus,
    hours_per_point, load, planned_points,
};
use domain::identity::{ItemId, LaneId, MemberId, SprintId};
use domain::measures::{Minutes, Share, Size};
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::{ItemFilter, ListedItem, Reader, Sprint, Writer};
use ts_rs::TS;

/// Divides a Sprint's capacity among the lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetSplit {
    /// The Sprint.
    pub sprint: SprintId,
    /// The share of each lane; none goes back to the team's usual shares.
    pub shares: Vec<LaneShare>,
}

pub(crate) fn set_split(
    writer: &mut Writer<'_>,
    command: SetSplit,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let shares: Vec<(LaneId, Share)> = command.shares.iter().map(|one| (one.lane, one.share)).collect();
    put_split(writer, &sprint, &shares)?;
    Ok(Outcome::titled(format!("Set capacity split of {}", sprint.name)))
}

/// Divides the capacity of a Sprint that is not started.
pub(crate) fn put_split(
    writer: &mut Writer<'_>,
    sprint: &Sprint,
    shares: &[(LaneId, Share)],
) -> Result<(), AppError> {
    if sprint.started_at.is_some() || sprint.closed_at.is_some() {
        return Err(AppError::refused(
            format!("{} has been started: its shares were committed.", sprint.name),
            "Divide the capacity of the next Sprint.",
        )
        .at("shares"));
    }
    let usual = writer.lanes(sprint.first_day)?;
    if shares.iter().any(|(lane, _)| usual.get(*lane).is_none()) {
        return Err(AppError::not_found("lane"));
    }
    let lanes = usual.with_shares(shares).map_err(lanes_refused)?;
    // A split that is the usual one follows the team's shares when those change.
    let own: Vec<(LaneId, Share)> = if lanes == usual {
        Vec::new()
    } else {
        lanes.all().iter().map(|lane| (lane.id, lane.share)).collect()
    };
    let mut known = writer.sprint_shares(sprint.id)?;
    known.sort_by_key(|(lane, _)| usual.all().iter().position(|one| one.id == *lane));
    if known != own {
        writer.put_sprint_shares(sprint.id, &own)?;
    }
    Ok(())
}

/// Sets the team's own number of points for a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetOwnSize {
    /// The Sprint.
    pub sprint: SprintId,
    /// Points for the planned lanes, as people write them: `21`; empty goes back to the computed number.
    pub points: String,
}

pub(crate) fn set_own_size(
    writer: &mut Writer<'_>,
    command: SetOwnSize,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    if sprint.started_at.is_some() || sprint.closed_at.is_some() {
        return Err(AppError::refused(
            format!("{} has been started.", sprint.name),
            "Set the number of points for the next Sprint.",
        )
        .at("points"));
    }
    let own_size = match command.points.trim() {
        "" => None,
        text => Some(Size::parse(text).map_err(|refused| {
            AppError::refused(
                sentence(&refused.to_string()),
                "Write a number of points such as 21 or 21.5, or leave it empty.",
            )
            .at("points")
        })?),
    };
    if own_size != sprint.own_size {
        writer.put_sprint(&Sprint { own_size, ..sprint.clone() })?;
    }
    Ok(Outcome::titled(match own_size {
        Some(points) => format!("Plan {} with {}", sprint.name, points_said(points)),
        None => format!("Plan {} with computed points", sprint.name),
    }))
}

/// Asks for the board of Sprint Planning.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanBoardQuestion {
    /// The Sprint; the next planned one if it is not given.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
}

/// Asks how a planned Sprint would stand with other shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TriedPlanQuestion {
    /// The Sprint.
    pub sprint: SprintId,
    /// The shares in place of its own; left out of account while they do not add up.
    pub shares: Vec<LaneShare>,
}

/// Everything that Sprint Planning shows beside the items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanBoard {
    /// The Sprint that is planned; none while no future Sprint is.
    pub plan: Option<Plan>,
    /// All future Sprints, in order.
    pub sprints: Vec<SprintLine>,
    /// The running one.
    pub running: Option<SprintLine>,
    /// How the buffer of the running one stands.
    pub running_buffer: Option<BufferGauge>,
    /// The Sprint after those, proposed.
    pub proposal: SprintProposal,
    /// Whether there is any item in the Product Backlog that could be selected.
    pub has_items: bool,
}

/// The plan of a Sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The Sprint.
    pub sprint: SprintLine,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// The members with their days and hours.
    pub capacity: TeamCapacity,
    /// What the hours of each member are made of, in the order of the members.
    pub members: Vec<MemberHoursSaid>,
    /// The same of the whole team: “204.3 h: 249 h less 44.75 h of Scrum events”; none where nobody's hours are set.
    pub hours_said: Option<String>,
    /// The sum over members whose hours are set.
    pub total: Option<TeamTotal>,
    /// Those whose hours nobody has set.
    pub unanswered: Vec<String>,
    /// The focus factor, or why there is none.
    pub focus: Focus,
    /// The points of the planned lanes.
    pub planned: PlannedPoints,
    /// The points of the planned lanes in words: “36 points”, “no points yet”.
    pub points_said: String,
    /// How those points came about, or why there are none.
    pub method: String,
    /// The closed Sprints from which the focus factor is learned, in order (2.4).
    pub learned: Vec<LearnedSprint>,
    /// The lanes with budget and load.
    pub lanes: Vec<PlanLane>,
    /// The slack in words: “Free: 6.8 points in New features, 2.4 in Production.”; none where no budget is known.
    pub room_said: Option<String>,
    /// Whether the Sprint has shares of its own.
    pub own_split: bool,
    /// The team's usual shares.
    pub usual: Vec<LaneShare>,
    /// The load in all.
    pub load: PlanLoad,
    /// Selected items, those that have parts included: rows above the line (1.1).
    pub selected: u32,
    /// What is selected, in a sentence; and what would still fit.
    pub selected_said: String,
    /// The whole load in hours against the net hours, or why it is not shown (1.3).
    pub total_said: String,
    /// Items that could still be selected and have a size.
    pub ready: u32,
    /// Those that could be selected and have none: they are not ready.
    pub ready_unsized: u32,
}

/// What the hours of a member are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberHoursSaid {
    /// The member.
    pub member: MemberId,
    /// “54 h less 9.75 h of Scrum events”; none where their hours are not set.
    pub said: Option<String>,
}

/// A lane of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLane {
    /// Its budget and load.
    pub load: LaneLoad,
    /// What its colour says.
    pub tone: Tone,
    /// How it stands, in words: “11 of 10.8 points · lower by 0.2”.
    pub said: String,
}

pub(crate) fn plan_board(
    reader: &Reader<'_>,
    question: PlanBoardQuestion,
    context: &Context<'_>,
) -> Result<PlanBoard, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    let calendar = reader.calendar()?;
    let line = |sprint: &Sprint| SprintLine::of(sprint, &calendar, today);
    let sprints = planned_sprints(reader)?;
    let counts = reader.tally()?;
    let history = history(reader, None)?;
    let plan = wanted(&sprints, question.sprint)
        .map(|sprint| plan(reader, sprint, None, &history, line(sprint)))
        .transpose()?;
    Ok(PlanBoard {
        has_items: counts.selectable > 0 || plan.as_ref().is_some_and(|plan| plan.load.items > 0),
        plan,
        sprints: sprints.iter().map(line).collect(),
        running: reader.active_sprint()?.as_ref().map(line),
        running_buffer: BufferGauge::running(reader, &history, context)?,
        proposal: propose(reader, context)?,
    })
}

/// The plan of a Sprint with other shares; none where it is no longer planned.
pub(crate) fn tried_plan(
    reader: &Reader<'_>,
    question: TriedPlanQuestion,
    context: &Context<'_>,
) -> Result<Option<Plan>, AppError> {
    let planned = planned_sprints(reader)?;
    let Some(sprint) = planned.iter().find(|sprint| sprint.id == question.sprint) else { return Ok(None) };
    let line = SprintLine::of(sprint, &reader.calendar()?, reader.team()?.zone.day_of(context.now));
    plan(reader, sprint, Some(&question.shares), &history(reader, None)?, line).map(Some)
}

/// The Sprint that is named among those that are planned, else the next.
fn wanted(planned: &[Sprint], named: Option<SprintId>) -> Option<&Sprint> {
    planned.iter().find(|sprint| Some(sprint.id) == named).or(planned.first())
}

/// How many candidates are looked at to say what would still fit.
const CANDIDATES: usize = 300;

fn plan(
    reader: &Reader<'_>,
    sprint: &Sprint,
    tried: Option<&[LaneShare]>,
    history: &[(SprintName, Experience)],
    line: SprintLine,
) -> Result<Plan, AppError> {
    let capacity = sprint_capacity(reader, sprint, sprint.first_day)?;
    let figures = figures_with(reader, sprint, tried, capacity, history)?;
    let counts = reader.tally()?;
    let selected = selected_items(reader, sprint)?;
    let rows = selected.len() as u32;
    let counted = selected.iter().filter(|(_, has_parts)| !has_parts);
    let selected: Vec<Selection> =
        counted.map(|(item, _)| figures.selection(item.id, &item.present)).collect();
    let candidates = reader.selectable(0, CANDIDATES)?;
    let Figures { lanes, usual, capacity, total, learned, focus, per_point, planned, budget } = &figures;
    let load = load(budget, &selected, per_point, &figures.person_days());
    let next: Vec<Selection> =
        candidates.iter().map(|item| figures.selection(item.id, &item.present)).collect();
    let stops = first_that_does_not_fit(&load, &next);
    let stops = stops.and_then(|id| candidates.iter().position(|item| item.id == id));
    let stops = stops.map(|place| (place, candidates[place].title.as_str()));
    Ok(Plan {
        goal: sprint.goal.clone(),
        unanswered: capacity.unanswered(),
        points_said: planned.points().map_or("no points yet".into(), points_said),
        method: method(focus, planned),
        members: capacity.members.iter().map(hours_said).collect(),
        hours_said: team_hours_said(*total),
        learned: learned.clone(),
        lanes: load.lanes.iter().map(|lane| plan_lane(lane, lanes)).collect(),
        room_said: room_said(&load, budget),
        own_split: lanes != usual,
        usual: usual.all().iter().map(|lane| LaneShare { lane: lane.id, share: lane.share }).collect(),
        selected_said: selected_said(&load, budget, stops),
        total_said: total_said(&load, budget, per_point, planned),
        sprint: line,
        capacity: capacity.clone(),
        total: *total,
        focus: *focus,
        planned: *planned,
        load,
        selected: rows,
        ready: counts.selectable.saturating_sub(counts.selectable_without_size) as u32,
        ready_unsized: counts.selectable_without_size as u32,
    })
}

/// Asks for a window of the items of Sprint Planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanItemsQuestion {
    /// The Sprint; the next planned one if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// How many rows to leave out.
    pub from: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A window of the items of Sprint Planning: those selected, then those that could be, each in the backlog's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanItems {
    /// The rows of the window.
    pub rows: Vec<PlanRow>,
    /// How many are selected; they come first.
    pub selected: u32,
    /// All rows.
    pub total: u32,
}

/// An item in Sprint Planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// The name of its lane; none is unsorted.
    pub lane: Option<String>,
    /// What its colour says; none is unsorted.
    pub tone: Option<Tone>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether it got parts after it was selected: they count in its place (1.1).
    pub has_parts: bool,
    /// How many Sprints closed without it being done.
    pub carried: u32,
    /// What stands in its way.
    pub blocked: Option<String>,
    /// For what it waits, what is wrong first.
    pub waits: Vec<WaitsFor>,
    /// Whether it is ready to be selected; none where nobody said so.
    pub ready: Option<bool>,
    /// Why it is not ready.
    pub not_ready: Option<String>,
}

pub(crate) fn plan_items(
    reader: &Reader<'_>,
    question: PlanItemsQuestion,
    _: &Context<'_>,
) -> Result<PlanItems, AppError> {
    let sprints = planned_sprints(reader)?;
    let Some(sprint) = wanted(&sprints, question.sprint) else {
        return Ok(PlanItems { rows: Vec::new(), selected: 0, total: 0 });
    };
    let lanes = sprint_lanes(reader, sprint)?;
    let chosen = selected_items(reader, sprint)?;
    let selected = chosen.len() as u32;
    let (from, limit) = (question.from, question.limit.min(500));
    let shown = chosen.into_iter().skip(from as usize).take(limit as usize);
    let row = |(item, has_parts): (Item, bool)| PlanRow {
        selected: true,
        has_parts,
        ..plan_row((item.id, item.label, item.title), item.present, &lanes)
    };
    let mut rows: Vec<PlanRow> = shown.map(row).collect();
    let rest = limit - rows.len() as u32;
    if rest > 0 {
        let candidates = reader.selectable(from.saturating_sub(selected) as usize, rest as usize)?;
        let row = |item: ListedItem| plan_row((item.id, item.label, item.title), item.present, &lanes);
        rows.extend(candidates.into_iter().map(row));
    }
    let waiting = Waiting::read(reader, &rows.iter().map(|row| row.item).collect::<Vec<_>>())?;
    for row in &mut rows {
        row.waits = waiting.of(row.item);
    }
    Ok(PlanItems { rows, selected, total: selected + reader.tally()?.selectable as u32 })
}

/// The row of an item that is not selected and has no parts.
fn plan_row((item, label, title): (ItemId, String, String), present: ItemPresent, lanes: &Lanes) -> PlanRow {
    let lane = selection_lane(lanes, &present).and_then(|lane| lanes.get(lane));
    PlanRow {
        item,
        label,
        title,
        kind: present.kind,
        severity: present.severity,
        size: present.size,
        lane: lane.map(|lane| lane.name.clone()),
        tone: lane.map(tone),
        selected: false,
        has_parts: false,
        carried: present.carried,
        blocked: present.blocked,
        waits: Vec::new(),
        ready: present.readiness.as_ref().map(|readiness| *readiness == Readiness::Ready),
        not_ready: match present.readiness {
            Some(Readiness::NotReady(reason)) => Some(reason),
            Some(Readiness::Ready) | None => None,
        },
    }
}

/// Asks for the shares after a slider has moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BalanceQuestion {
    /// The shares before.
    pub shares: Vec<LaneShare>,
    /// The lane that moved.
    pub lane: LaneId,
    /// Its new share.
    pub to: Share,
    /// Whether the others give and take so that the sum stays 100 %.
    pub keep_sum: bool,
}

/// The shares after a slider has moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Balanced {
    /// The shares, in the same order.
    pub shares: Vec<LaneShare>,
    /// What they add up to.
    pub sum: Share,
    /// What is over or missing, in words; none where they add up.
    pub difference: Option<String>,
}

pub(crate) fn balanced(
    _: &Reader<'_>,
    question: BalanceQuestion,
    _: &Context<'_>,
) -> Result<Balanced, AppError> {
    let shares: Vec<(LaneId, Share)> = question.shares.iter().map(|one| (one.lane, one.share)).collect();
    let to = question.to.max(Share::ZERO).min(Share::WHOLE);
    let shares = if question.keep_sum {
        balance(&shares, question.lane, to).map_err(|refused| {
            AppError::refused(sentence(&refused.to_string()), "Move another slider.").at("shares")
        })?
    } else {
        shares
            .into_iter()
            .map(|(lane, share)| (lane, if lane == question.lane { to } else { share }))
            .collect()
    };
    let sum: Share = shares.iter().map(|(_, share)| *share).sum();
    let difference = if sum > Share::WHOLE {
        Some(format!("{} too much", sum - Share::WHOLE))
    } else if sum < Share::WHOLE {
        Some(format!("{} still to be given", Share::WHOLE - sum))
    } else {
        None
    };
    let shares = shares.into_iter().map(|(lane, share)| LaneShare { lane, share }).collect();
    Ok(Balanced { shares, sum, difference })
}

/// All figures of a Sprint that do not depend on what is selected.
pub(crate) struct Figures {
    pub lanes: Lanes,
    pub usual: Lanes,
    pub capacity: TeamCapacity,
    pub total: Option<TeamTotal>,
    pub learned: Vec<LearnedSprint>,
    pub focus: Focus,
    pub per_point: HoursPerPoint,
    pub planned: PlannedPoints,
    pub budget: Budget,
}

impl Figures {
    /// The figures of lanes, of what the members can give, and of what closed Sprints teach.
    pub(crate) fn of(
        lanes: Lanes,
        usual: Lanes,
        capacity: TeamCapacity,
        history: &[(SprintName, Experience)],
        own_size: Option<Size>,
    ) -> Figures {
        let total = capacity.total();
        let closed: Vec<Experience> = history.iter().map(|(_, one)| *one).collect();
        let (focus, per_point) = (focus(&closed), hours_per_point(&closed));
        let buffer = lanes.buffer().map_or(Share::ZERO, |lane| lane.share);
        let person_days = total.map(|total| total.person_days);
        let planned = planned_points(&focus, person_days, buffer, own_size);
        let budget = budget(&lanes, planned.points(), total.map(|total| total.net));
        let learned = learned(history);
        Figures { lanes, usual, capacity, total, learned, focus, per_point, planned, budget }
    }

    /// An item as something to be weighed against the lanes.
    pub(crate) fn selection(&self, item: ItemId, present: &ItemPresent) -> Selection {
        Selection {
            item,
            lane: selection_lane(&self.lanes, present),
            size: present.size,
            owner: present.owner,
        }
    }

    /// The members with their person-days, in order.
    pub(crate) fn person_days(&self) -> Vec<(MemberId, Option<PersonDays>)> {
        self.capacity.members.iter().map(|member| (member.member, member.person_days)).collect()
    }
}

/// The figures of a Sprint with what the members can give and what closed Sprints teach.
pub(crate) fn figures_with(
    reader: &Reader<'_>,
    sprint: &Sprint,
    tried: Option<&[LaneShare]>,
    capacity: TeamCapacity,
    history: &[(SprintName, Experience)],
) -> Result<Figures, AppError> {
    let (lanes, usual) = (sprint_lanes(reader, sprint)?, reader.lanes(sprint.first_day)?);
    let tried = tried.map(|shares| shares.iter().map(|one| (one.lane, one.share)).collect::<Vec<_>>());
    let lanes = tried.and_then(|shares| lanes.with_shares(&shares).ok()).unwrap_or(lanes);
    Ok(Figures::of(lanes, usual, capacity, history, sprint.own_size))
}

/// What is selected into a Sprint and has not ended, in the order of the Product Backlog, with whether it has parts.
pub(crate) fn selected_items(reader: &Reader<'_>, sprint: &Sprint) -> Result<Vec<(Item, bool)>, AppError> {
    let workflow = reader.workflow()?;
    let mut items = reader.items(ItemFilter::InSprint(sprint.id))?;
    items.retain(|item| !Category::is_end(workflow.category(item.present.state)));
    let with_parts = reader.with_parts(&items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    let marked = |item: Item| {
        let has_parts = with_parts.contains(&item.id);
        (item, has_parts)
    };
    Ok(items.into_iter().map(marked).collect())
}

fn hours_said(member: &MemberCapacity) -> MemberHoursSaid {
    MemberHoursSaid { member: member.member, said: member_made_of(member) }
}

/// “204.3 h: 249 h less 44.75 h of Scrum events”; none where nobody's hours are set.
pub(crate) fn team_hours_said(total: Option<TeamTotal>) -> Option<String> {
    let TeamTotal { gross, away, call, events, net, .. } = total?;
    Some(format!("{net}: {}", made_of(gross, away, call, events)))
}

/// What a member's hours are left of, and what takes the rest; none where their hours are not set.
pub(crate) fn member_made_of(member: &MemberCapacity) -> Option<String> {
    Some(made_of(member.gross?, member.away?, member.call?, member.events?))
}

/// “54 h less 9.75 h of Scrum events, 8 h away, 4 h on call” (2.1).
fn made_of(gross: Minutes, away: Minutes, call: Minutes, events: Minutes) -> String {
    let takes = [(events, "of Scrum events"), (away, "away"), (call, "on call")];
    let takes = takes.into_iter().filter(|(minutes, _)| *minutes != Minutes::ZERO);
    let takes: Vec<String> =
        takes.map(|(minutes, what)| format!("{} {what}", hours_exactly(minutes))).collect();
    if takes.is_empty() { gross.to_string() } else { format!("{gross} less {}", takes.join(", ")) }
}

/// `9.75 h`: to the hundredth, as Scrum events count quarters of an hour, so that differences come out.
pub(crate) fn hours_exactly(minutes: Minutes) -> String {
    format!("{} h", Size::hundredths((minutes.in_minutes() * 100 + 30).div_euclid(60)))
}

/// A lane's load with its colour and its words.
pub(crate) fn plan_lane(lane: &LaneLoad, lanes: &Lanes) -> PlanLane {
    PlanLane {
        tone: lanes.get(lane.budget.lane).map_or(Tone::Production, tone),
        said: lane_said(lane),
        load: lane.clone(),
    }
}

/// The slack of each planned lane and of all of them (2.5).
fn room_said(load: &PlanLoad, budget: &Budget) -> Option<String> {
    let all = budget.points?;
    let of_lane = |lane: &LaneLoad| {
        let room = lane.budget.points?.in_hundredths() - lane.points.in_hundredths();
        (room > 0).then(|| format!("{} in {}", Size::hundredths(room), lane.budget.name))
    };
    let lanes: Vec<String> = load.lanes.iter().filter_map(of_lane).collect();
    let lanes = if lanes.is_empty() { "nothing in any lane".to_owned() } else { lanes.join(", ") };
    let whole = match load.over {
        Some(over) => format!("{over} too many in all"),
        None => format!("{} in all", Size::hundredths(all.in_hundredths() - load.points.in_hundredths())),
    };
    Some(format!("Free points: {lanes}; {whole}."))
}

fn lane_said(lane: &LaneLoad) -> String {
    let unsized_items = match lane.unsized_items {
        0 => String::new(),
        count => format!(" · {count} unsized"),
    };
    if lane.budget.is_buffer {
        let kept =
            lane.budget.minutes.map_or("hours not known".to_owned(), |minutes| format!("{minutes} kept"));
        return match (lane.items, lane.minutes, lane.lower_by_minutes) {
            (0, ..) => kept,
            (_, Some(used), Some(by)) => format!("{used} of {kept} · lower by {by}{unsized_items}"),
            (_, Some(used), None) => format!("{used} of {kept}{unsized_items}"),
            (_, None, _) => format!("{} selected · {kept}{unsized_items}", points_said(lane.points)),
        };
    }
    match (lane.budget.points, lane.lower_by) {
        (Some(budget), Some(by)) => {
            format!("{} of {} · lower by {by}{unsized_items}", lane.points, points_said(budget))
        }
        (Some(budget), None) => format!("{} of {}{unsized_items}", lane.points, points_said(budget)),
        (None, _) => {
            let hours = lane.budget.minutes.map_or(String::new(), |minutes| format!(" · {minutes}"));
            format!("{}, no budget in points yet{hours}{unsized_items}", points_said(lane.points))
        }
    }
}

pub(crate) fn method(focus: &Focus, planned: &PlannedPoints) -> String {
    let by_focus = |computed: Option<Size>| match (focus, computed) {
        (Focus::Known { factor, sprints, completed, person_days }, Some(_)) => Some(format!(
            "focus {factor:.2}: {} in {person_days} person-days less the buffer, from {}",
            points_said(*completed),
            counted(*sprints, "closed Sprint")
        )),
        _ => None,
    };
    match planned {
        PlannedPoints::Computed { points } => {
            sentence(&by_focus(Some(*points)).unwrap_or_else(|| "computed".to_owned()))
        }
        PlannedPoints::Own { computed, .. } => match by_focus(*computed).zip(*computed) {
            Some((how, computed)) => format!("The team’s own number. Computed it would be {computed}, by {how}."),
            None => "The team’s own number.".to_owned(),
        },
        PlannedPoints::Unknown { reason: NoPoints::NoHours } => {
            "No points: nobody’s hours in this Sprint are set. Set them in Settings, or give a number of your own."
                .to_owned()
        }
        PlannedPoints::Unknown { reason } => {
            format!("No points to compare with: {reason}. Plan by hours, or give a number of your own.")
        }
    }
}

/// `stops` is the place and the title of the first candidate that does not fit.
fn selected_said(load: &PlanLoad, budget: &Budget, stops: Option<(usize, &str)>) -> String {
    let mut said = match (load.items, budget.points) {
        (0, Some(points)) => format!("Nothing selected yet; room for {}.", points_said(points)),
        (0, None) => "Nothing selected yet.".to_owned(),
        (_, Some(points)) => format!("Selected: {} of {}.", load.points, points_said(points)),
        (items, None) => {
            format!("Selected: {} in {}.", points_said(load.points), counted(items, "item"))
        }
    };
    match stops.filter(|_| load.over.is_none()) {
        Some((0, title)) => said.push_str(&format!(" “{title}” no longer fits its lane.")),
        Some((_, title)) => said.push_str(&format!(" Those below would still fit until “{title}”.")),
        None => {}
    }
    said
}

/// The whole load in hours, by hours per point (1.3).
fn total_said(
    load: &PlanLoad,
    budget: &Budget,
    per_point: &HoursPerPoint,
    planned: &PlannedPoints,
) -> String {
    match (per_point, budget.net) {
        (_, None) => "No total: nobody’s hours in this Sprint are set.".to_owned(),
        (HoursPerPoint::TooFew { sprints, needed }, _) => {
            let why = match sprints {
                0 => "none is".to_owned(),
                1 => "1 is".to_owned(),
                more => format!("{more} are"),
            };
            format!("No total in hours: hours per point need {needed} closed Sprints, {why} known.")
        }
        (HoursPerPoint::Known { median, least, most, sprints }, Some(net)) => {
            let buffer: Minutes =
                budget.lanes.iter().filter(|lane| lane.is_buffer).filter_map(|lane| lane.minutes).sum();
            let work = per_point.for_size(load.points).unwrap_or_default();
            let own = if matches!(planned, PlannedPoints::Own { .. }) {
                ", beside the team’s own number"
            } else {
                ""
            };
            format!(
                "With the buffer {} of {net}, at {median} a point ({least} to {most} in {sprints} Sprints){own}.",
                work + buffer
            )
        }
    }
}

/// The working days of a Sprint and whether it runs, in a line.
impl SprintLine {
    /// The line of a Sprint on a day.
    pub(crate) fn of(sprint: &Sprint, calendar: &domain::calendar::WorkCalendar, today: Day) -> SprintLine {
        let running = sprint.started_at.is_some() && sprint.closed_at.is_none();
        SprintLine {
            id: sprint.id,
            name: sprint.name.clone(),
            first_day: sprint.first_day,
            last_day: sprint.last_day,
            working_days: calendar.working_days(sprint.first_day, sprint.last_day).len() as u32,
            running,
            overdue: running && sprint.last_day < today,
        }
    }
}
