//! Starting a Sprint: what is committed, shown before and frozen then.

use super::{SprintName, SprintQuestion, seal, sprint_of};
use crate::capacity::selection_lane;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::sentence;
use domain::backlog::{Category, Item};
use domain::calendar::{Day, Instant, WorkCalendar};
use domain::capacity::{Attendance, ScrumEvents, TeamCapacity, team_capacity};
use domain::identity::{ItemId, LaneId, SprintId};
use domain::measures::{Share, Size};
use domain::sprint::{Candidate, Commitment, StartRefused};
use domain::team::{Lanes, Workflow};
use serde::{Deserialize, Serialize};
use store::{ItemFilter, Reader, SprintFact, Writer};
use ts_rs::TS;

/// Starts a Sprint now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartSprint {
    /// The Sprint.
    pub sprint: SprintId,
}

pub(crate) fn start(
    writer: &mut Writer<'_>,
    command: StartSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let running = writer.active_sprint()?.map(|running| running.plan());
    let choice = Choice::read(writer, &sprint, context.now)?;
    let commitment = Commitment::start(&sprint.plan(), running.as_ref(), &choice.candidate(), context.now)
        .map_err(refused)?;
    writer.keep_commitment(sprint.id, &seal(&commitment)?)?;
    writer.record_sprint(sprint.id, context.now, SprintFact::Started)?;
    Ok(Outcome::titled(format!("Start {}", sprint.name)))
}

fn refused(refusal: StartRefused) -> AppError {
    let hint = match &refusal {
        StartRefused::AlreadyStarted { .. } => "Its board shows how it goes.",
        StartRefused::AnotherIsActive { .. } => "Close it first: a team runs one Sprint at a time.",
        StartRefused::NothingSelected { .. } => "Select at least one item of the Product Backlog.",
    };
    AppError::refused(sentence(&refusal.to_string()), hint)
}

/// What a commitment is decided from, as it was read.
pub(crate) struct Choice {
    selected: Vec<Item>,
    workflow: Workflow,
    calendar: WorkCalendar,
    lanes: Lanes,
    capacity: TeamCapacity,
}

impl Choice {
    /// Reads what a Sprint would start with at an instant.
    pub fn read(reader: &Reader<'_>, sprint: &store::Sprint, now: Instant) -> Result<Choice, AppError> {
        let calendar = reader.calendar()?;
        let lanes = reader.lanes(sprint.first_day)?;
        let lanes = lanes
            .with_shares(&reader.sprint_shares(sprint.id)?)
            .map_err(|refusal| AppError::internal(refusal.to_string()))?;
        let first = sprint.first_day.max(calendar.zone.day_of(now));
        let (events, attendance) = (ScrumEvents::default(), Attendance::default());
        let days = (first, sprint.last_day);
        let capacity = team_capacity(&reader.members()?, &calendar, days, &events, &attendance);
        let mut selected = reader.items(ItemFilter::InSprint(sprint.id))?;
        for item in &mut selected {
            // What was unsorted when it was selected is in the lane of its kind now.
            item.present.lane = selection_lane(&lanes, &item.present);
        }
        Ok(Choice { selected, workflow: reader.workflow()?, calendar, lanes, capacity })
    }

    /// What the commitment is decided from.
    pub fn candidate(&self) -> Candidate<'_> {
        Candidate {
            selected: &self.selected,
            workflow: &self.workflow,
            calendar: &self.calendar,
            lanes: &self.lanes,
            capacity: &self.capacity,
        }
    }
}

/// What starting a Sprint now would commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartSummary {
    /// The Sprint.
    pub sprint: SprintName,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// Why it cannot be started now; none where it can.
    pub refusal: Option<String>,
    /// Today.
    pub today: Day,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The working days that are left from today, or from the first day, to the last.
    pub working_days: u32,
    /// The items that would be committed in the planned lanes and unsorted.
    pub items: u32,
    /// Their points.
    pub points: Size,
    /// Each lane's part.
    pub lanes: Vec<StartLane>,
    /// Items without a size: they count 0 points.
    pub unsized_items: Vec<StartItem>,
    /// Items without a kind: they belong to no lane.
    pub unsorted_items: Vec<StartItem>,
    /// Items that are done or cancelled already, and are left out.
    pub left_out: Vec<StartItem>,
    /// Members whose hours a day nobody has set.
    pub without_hours: Vec<String>,
}

/// A lane in the summary of a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartLane {
    /// The lane.
    pub lane: LaneId,
    /// Its name.
    pub name: String,
    /// Whether it is the buffer.
    pub is_buffer: bool,
    /// Its share.
    pub share: Share,
    /// The items selected into it.
    pub items: u32,
    /// Their points.
    pub points: Size,
}

/// An item in the summary of a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How it had ended, where it is left out for that.
    pub ended: Option<Category>,
}

pub(crate) fn start_summary(
    reader: &Reader<'_>,
    question: SprintQuestion,
    context: &Context<'_>,
) -> Result<StartSummary, AppError> {
    let sprint = sprint_of(reader, question.sprint)?;
    let running = reader.active_sprint()?.map(|running| running.plan());
    let choice = Choice::read(reader, &sprint, context.now)?;
    let candidate = choice.candidate();
    let refusal = Commitment::start(&sprint.plan(), running.as_ref(), &candidate, context.now).err();
    let draft = Commitment::draft(&sprint.plan(), &candidate, context.now);
    let lanes = draft.lanes.iter().map(|lane| {
        let items: Vec<_> = draft.items.iter().filter(|item| item.lane == Some(lane.lane)).collect();
        StartLane {
            lane: lane.lane,
            name: lane.name.clone(),
            is_buffer: lane.is_buffer,
            share: lane.share,
            items: items.len() as u32,
            points: items.iter().filter_map(|item| item.size).sum(),
        }
    });
    let item = |item: &domain::sprint::CommittedItem| StartItem {
        id: item.item,
        label: item.label.clone(),
        title: item.title.clone(),
        ended: None,
    };
    Ok(StartSummary {
        sprint: SprintName::from(&sprint),
        goal: sprint.goal.clone(),
        refusal: refusal.map(|refusal| sentence(&refusal.to_string())),
        today: choice.calendar.zone.day_of(context.now),
        first_day: sprint.first_day,
        last_day: sprint.last_day,
        working_days: draft.working_days.len() as u32,
        items: draft.planned().count() as u32,
        points: draft.points(),
        lanes: lanes.collect(),
        unsized_items: draft.items.iter().filter(|item| item.size.is_none()).map(item).collect(),
        unsorted_items: draft.items.iter().filter(|item| item.lane.is_none()).map(item).collect(),
        left_out: draft
            .left_out
            .iter()
            .map(|left_out| StartItem {
                id: left_out.item,
                label: left_out.label.clone(),
                title: left_out.title.clone(),
                ended: Some(left_out.ended),
            })
            .collect(),
        without_hours: choice.capacity.unanswered(),
    })
}
