//! Starting a Sprint: what is committed, shown before and frozen then; and committing again within the grace (3.2).
//!
//! 1. What the commitment says of an item is so in the item's facts from then on: the lane on which it draws, and that
//!    an item with parts goes back (1.1). So nothing of it is a change of scope.
//! 2. Committing again keeps the first commitment beside the second.

use super::{SprintName, SprintQuestion, seal, sealed, sprint_of};
use crate::backlog::{doubts, item_of};
use crate::capacity::{selection_lane, sprint_capacity, sprint_lanes};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::short;
use domain::backlog::{Item, ItemFact};
use domain::calendar::{Day, Instant, WorkCalendar};
use domain::capacity::TeamCapacity;
use domain::identity::{ItemId, LaneId, SprintId};
use domain::measures::{Share, Size};
use domain::sprint::{Candidate, Commitment, GraceRefused, LeftOut, StartRefused};
use domain::team::{Lanes, Workflow};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
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
    let outcome = Outcome::titled(format!("Start {}", sprint.name));
    let outcome = commit(writer, &sprint, &commitment, context.now, outcome)?;
    writer.record_sprint(sprint.id, context.now, SprintFact::Started)?;
    Ok(outcome)
}

/// Commits the running Sprint again, as it is selected now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommitAgain {
    /// The Sprint.
    pub sprint: SprintId,
}

pub(crate) fn commit_again(
    writer: &mut Writer<'_>,
    command: CommitAgain,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let kept = writer.commitment(sprint.id)?.filter(|_| sprint.plan().is_running());
    let Some(kept) = kept else {
        return Err(AppError::refused(
            format!("{} is not running.", sprint.name),
            "Only the running Sprint can be committed again.",
        ));
    };
    let before: Commitment = sealed(&kept)?;
    let choice = Choice::read(writer, &sprint, before.started_at)?;
    let grace = writer.team()?.grace;
    let again = before.again(grace, &choice.candidate(), context.now).map_err(|refusal| {
        let (message, hint) = match refusal {
            GraceRefused::NoGrace => (
                "The team commits once, at the start.".to_owned(),
                "Allow one or two working days of grace in Settings.",
            ),
            GraceRefused::Over { last } => (
                format!("The grace ended with {}.", short(last)),
                "What changes from now on is a change of scope.",
            ),
            GraceRefused::NothingSelected => (
                format!("Nothing that could be committed is selected into {}.", sprint.name),
                "Select at least one item of the Product Backlog.",
            ),
        };
        AppError::refused(message, hint)
    })?;
    let outcome = Outcome::titled(format!("Commit {} again", sprint.name));
    commit(writer, &sprint, &again, context.now, outcome)
}

/// Keeps a commitment, and makes the facts of its items say the same (rule 1).
fn commit(
    writer: &mut Writer<'_>,
    sprint: &store::Sprint,
    commitment: &Commitment,
    now: Instant,
    outcome: Outcome,
) -> Result<Outcome, AppError> {
    for committed in &commitment.items {
        let known = item_of(writer, committed.item)?.present;
        if known.lane != committed.lane {
            let fact = ItemFact::Selected { sprint: sprint.id, lane: committed.lane, origin: known.origin };
            writer.record(committed.item, now, &fact)?;
        }
    }
    let mut returned = Vec::new();
    for left_out in commitment.left_out.iter().filter(|left_out| left_out.why == LeftOut::HasParts) {
        writer.record(left_out.item, now, &ItemFact::Returned { sprint: sprint.id })?;
        returned.push(left_out.label.as_str());
    }
    writer.keep_commitment(sprint.id, &seal(commitment)?)?;
    Ok(match returned.as_slice() {
        [] => outcome,
        [one] => outcome
            .noting(format!("{one} has parts, which are the work: it goes back to the Product Backlog.")),
        more => outcome.noting(format!(
            "{} have parts, which are the work: they go back to the Product Backlog.",
            more.join(", ")
        )),
    })
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
    with_parts: HashSet<ItemId>,
    workflow: Workflow,
    calendar: WorkCalendar,
    lanes: Lanes,
    capacity: TeamCapacity,
}

impl Choice {
    /// Reads what a Sprint would start with at an instant.
    pub fn read(reader: &Reader<'_>, sprint: &store::Sprint, now: Instant) -> Result<Choice, AppError> {
        let calendar = reader.calendar()?;
        let lanes = sprint_lanes(reader, sprint)?;
        let capacity = sprint_capacity(reader, sprint, sprint.first_day.max(calendar.zone.day_of(now)))?;
        let mut selected = reader.items(ItemFilter::InSprint(sprint.id))?;
        let with_parts = reader.with_parts(&selected.iter().map(|item| item.id).collect::<Vec<_>>())?;
        for item in &mut selected {
            item.present.lane = selection_lane(&lanes, &item.present);
        }
        Ok(Choice { selected, with_parts, workflow: reader.workflow()?, calendar, lanes, capacity })
    }

    /// Whether an item is divided into parts, so that a start returns it.
    pub fn has_parts(&self, item: ItemId) -> bool {
        self.with_parts.contains(&item)
    }

    /// What the commitment is decided from.
    pub fn candidate(&self) -> Candidate<'_> {
        Candidate {
            selected: &self.selected,
            with_parts: &self.with_parts,
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
    /// Items that are left out: they have ended already, or their parts count in their place.
    pub left_out: Vec<StartItem>,
    /// Items that are not ready or selected without what they need, each with why, in words.
    pub doubts: Vec<String>,
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
    /// Why it is left out; none where it is committed.
    pub why: Option<LeftOut>,
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
        why: None,
    };
    let mut chosen = Vec::with_capacity(draft.items.len());
    for item in &draft.items {
        chosen.extend(reader.item(item.item)?);
    }
    let said = |(item, why): (&Item, String)| format!("{} {}: {why}", item.label, item.title);
    let doubts = doubts(reader, &chosen)?.into_iter().map(said).collect();
    Ok(StartSummary {
        doubts,
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
                why: Some(left_out.why),
            })
            .collect(),
        without_hours: choice.capacity.unanswered(),
    })
}
