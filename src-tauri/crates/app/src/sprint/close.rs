//! Closing the running Sprint (3.5).
//!
//! 1. What it came to is sealed first, from the facts until now; then the decisions are written as facts.
//! 2. An item that goes on is carried: its carry count rises. A split item becomes the parent of its parts; they are
//!    new items of the same kind just above it, with its labels, and need what it needs.

use super::report::{AREA, ScopeCount};
use super::{SprintName, SprintQuestion, SprintRecord, planned_sprints, seal, sprint_of};
use crate::backlog::{Amount, item_of};
use crate::capacity::moved::capacity_moved;
use crate::capacity::{learned, sprint_lanes};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::forecast::score_at_close;
use crate::interrupt::{self, Book};
use crate::reliability::seal::seal_figures;
use domain::backlog::{Category, Item, ItemFact, Rank, Relation};
use domain::calendar::{Day, Instant};
use domain::exchange::LabelKind;
use domain::flow::Unit;
use domain::identity::{ItemId, LaneId, SprintId};
use domain::measures::Size;
use domain::sprint::{
    CloseRefused, Closing, Decision, Destination, Goal, GoalOutcome, Missing, Part, SplitPart, SprintReport,
    Standing, Terms,
};
use domain::team::{Lanes, Workflow};
use serde::{Deserialize, Serialize};
use store::{NewItem, Reader, SprintFact, Writer};
use ts_rs::TS;

/// Closes the running Sprint now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseSprint {
    /// The Sprint.
    pub sprint: SprintId,
    /// One decision for each unfinished item.
    pub decisions: Vec<DecisionFor>,
    /// Whether the Sprint Goal was met, and why; left away only where there is no goal.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub goal: Option<Goal>,
}

/// What becomes of one unfinished item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionFor {
    /// The item.
    pub item: ItemId,
    /// What becomes of it.
    pub decision: ItemDecision,
}

/// A decision as people write it (3.5).
pub type ItemDecision = Decision<Amount>;

pub(crate) fn close(
    writer: &mut Writer<'_>,
    command: CloseSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let mut row = sprint_of(writer, command.sprint)?;
    let sprint = row.plan();
    let not_running = || refused(CloseRefused::NotRunning { name: sprint.name.clone() });
    let record = SprintRecord::read(writer, &sprint)?.ok_or_else(not_running)?;
    let planned: Vec<SprintId> = planned_sprints(writer)?.iter().map(|planned| planned.id).collect();
    let meant = |one: DecisionFor| {
        Ok((one.item, one.decision.read(|size| Amount::size(size.as_ref(), "decisions"))?))
    };
    let decisions = command.decisions.into_iter().map(meant).collect::<Result<_, AppError>>()?;
    // Without a goal there is nothing to be met.
    let goal = command.goal.filter(|_| !sprint.goal.trim().is_empty());
    let closing = Closing { decisions, goal };
    let ledger = record.ledger(context.now);
    closing.check(&sprint, &ledger, &planned, context.now).map_err(refused)?;

    let report = SprintReport::seal(&sprint, &ledger, &closing, record.calendar.zone);
    seal_areas(writer, &record, report, context.now, None)?;
    row.goal_outcome = closing.goal.as_ref().map(|goal| goal.outcome);
    row.goal_reason = closing.goal.as_ref().map(|goal| goal.why.trim().to_owned());
    writer.put_sprint(&row)?;
    writer.record_sprint(sprint.id, context.now, SprintFact::Closed)?;
    let mut outcome = Outcome::titled(format!("Close {}", sprint.name));
    for (id, decision) in &closing.decisions {
        let item = item_of(writer, *id)?;
        outcome.created.extend(carry_out(writer, &sprint.id, &item, decision, &record.workflow, context)?);
    }
    score_at_close(writer, &row, context.now)?;
    Ok(outcome)
}

/// Seals what a Sprint came to, area by area, as its next edition; a correction has a reason.
pub(crate) fn seal_areas(
    writer: &mut Writer<'_>,
    record: &SprintRecord,
    mut report: SprintReport,
    until: Instant,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let sprint = &record.sprint;
    let edition = writer.next_edition(sprint.id, reason)?;
    let book = Book::read(writer, record, until)?;
    report.experience.interrupts = book.unplanned_time();
    writer.seal_report(sprint.id, &edition, AREA, &seal(&report)?)?;
    writer.seal_report(sprint.id, &edition, learned::AREA, &seal(&report.experience)?)?;
    crate::flow::sprint::seal_charts(writer, &edition, &book)?;
    if let Some(moved) = capacity_moved(writer, &sprint_of(writer, sprint.id)?)? {
        writer.seal_report(sprint.id, &edition, crate::capacity::AREA, &seal(&moved)?)?;
    }
    seal_figures(writer, sprint.id, &edition)?;
    interrupt::seal_close(writer, record, until)?;
    crate::incident::figures::seal_close(writer, record, until)?;
    crate::delivery::seal_close(writer, record, until)?;
    crate::on_call::sprint::seal_close(writer, record, until)
}

/// Writes what was decided about an item; answers the items that it made.
fn carry_out(
    writer: &mut Writer<'_>,
    sprint: &SprintId,
    item: &Item,
    decision: &Decision,
    workflow: &Workflow,
    context: &Context<'_>,
) -> Result<Vec<String>, AppError> {
    let carried = ItemFact::Carried { sprint: *sprint };
    let returned = ItemFact::Returned { sprint: *sprint };
    match decision {
        Decision::NextSprint { sprint: next } => {
            let selected = selected(&lanes_of(writer, *next)?, *next, item);
            writer.record(item.id, context.now, &carried)?;
            writer.record(item.id, context.now, &selected)?;
        }
        Decision::ProductBacklog => {
            writer.record(item.id, context.now, &carried)?;
            writer.record(item.id, context.now, &returned)?;
        }
        Decision::Cancel => {
            let state = workflow
                .first(Category::Cancelled)
                .ok_or_else(|| AppError::internal("no state means cancelled"))?;
            writer.record(item.id, context.now, &ItemFact::Moved { state: state.id })?;
        }
        Decision::Split { parts } => {
            writer.record(item.id, context.now, &carried)?;
            writer.record(item.id, context.now, &returned)?;
            return split(writer, item, parts, workflow, context);
        }
    }
    Ok(Vec::new())
}

fn split(
    writer: &mut Writer<'_>,
    item: &Item,
    parts: &[SplitPart],
    workflow: &Workflow,
    context: &Context<'_>,
) -> Result<Vec<String>, AppError> {
    let state = workflow.first(Category::ToDo).ok_or_else(|| AppError::internal("no state means to do"))?.id;
    let above = writer.rank_above(&item.rank)?;
    let ranks = Rank::spread(above.as_ref(), Some(&item.rank), parts.len());
    let prefix = writer.team()?.label_prefix;
    let mut labels = writer.labels(item.id)?;
    labels.retain(|(kind, _)| *kind == LabelKind::Label);
    let mut made = Vec::new();
    for (part, rank) in parts.iter().zip(ranks) {
        let from = ItemFact::Related { how: Relation::SplitFrom, other: item.id, holds: true };
        let mut facts = vec![ItemFact::Created { state }, from];
        facts.extend(item.present.kind.map(|kind| ItemFact::KindSet(Some(kind))));
        facts.extend(item.present.severity.map(|severity| ItemFact::SeveritySet(Some(severity))));
        facts.extend(part.size.map(|size| ItemFact::Sized(Some(size))));
        if let Destination::NextSprint { sprint } = part.to {
            facts.push(selected(&lanes_of(writer, sprint)?, sprint, item));
        }
        let new = NewItem {
            label: format!("{prefix}-{}", writer.take_label_numbers(1)?),
            title: part.title.trim().to_owned(),
            description: String::new(),
            rank,
            parent: Some(item.id),
            facts: facts.into_iter().map(|fact| (context.now, fact)).collect(),
        };
        let part = writer.add_item(&new)?;
        let into = ItemFact::Related { how: Relation::SplitInto, other: part, holds: true };
        writer.record(item.id, context.now, &into)?;
        for (kind, name) in &labels {
            writer.add_label(part, *kind, name)?;
        }
        for needed in writer.needs(item.id)? {
            writer.add_need(part, needed)?;
        }
        made.push(part.to_string());
    }
    Ok(made)
}

/// The selection of an item that goes on in another Sprint; what an interrupt left is planned work there.
///
/// A lane that was chosen stays; the one of the item's kind goes on following the kind until the start.
fn selected(lanes: &Lanes, sprint: SprintId, item: &Item) -> ItemFact {
    let of_kind = lanes.for_kind(item.present.kind).map(|lane| lane.id);
    let planned = |lane: &LaneId| lanes.get(*lane).is_some_and(|lane| !lane.is_buffer);
    let lane = item.present.lane.filter(|lane| planned(lane) && Some(*lane) != of_kind);
    ItemFact::Selected { sprint, lane, origin: None }
}

fn lanes_of(reader: &Reader<'_>, sprint: SprintId) -> Result<Lanes, AppError> {
    sprint_lanes(reader, &sprint_of(reader, sprint)?)
}

fn refused(refusal: CloseRefused) -> AppError {
    let (hint, field) = match &refusal {
        CloseRefused::NotRunning { .. } => ("Only the running Sprint can be closed.".to_owned(), None),
        CloseRefused::BeforeStart { .. } => ("Check the clock of this computer.".to_owned(), None),
        CloseRefused::NotUnfinished { .. } => {
            ("Decide about unfinished items only.".to_owned(), Some("decisions"))
        }
        CloseRefused::DecidedTwice { .. } => ("Decide once.".to_owned(), Some("decisions")),
        CloseRefused::NotAPlannedSprint { .. } => {
            ("Plan the next Sprint first.".to_owned(), Some("decisions"))
        }
        CloseRefused::Incomplete { missing } => {
            let mut hints: Vec<&str> = missing.iter().map(|one| asked(one).0).collect();
            hints.dedup();
            (hints.join(" "), missing.first().map(|first| asked(first).1))
        }
    };
    let error = AppError::refused(sentence(&refusal.to_string()), hint);
    match field {
        Some(field) => error.at(field),
        None => error,
    }
}

/// How to say what is missing, and in which field.
fn asked(missing: &Missing) -> (&'static str, &'static str) {
    match missing {
        Missing::Decisions { .. } => {
            ("Decide for each: next Sprint, Product Backlog, split, or cancel.", "decisions")
        }
        Missing::Parts { .. } | Missing::Title { .. } => ("Write down what is left to do.", "decisions"),
        Missing::Outcome => ("Say whether it was met, partly, or not.", "outcome"),
        Missing::Reason => ("Say why in a sentence; the next planning reads it.", "why"),
    }
}

/// What closing the running Sprint asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseSummary {
    /// The Sprint.
    pub sprint: SprintName,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// The outcomes of the goal of which the close asks why; none where there is no goal.
    pub why_required: Vec<GoalOutcome>,
    /// The planned last day.
    pub last_day: Day,
    /// Today.
    pub today: Day,
    /// What is done of the scope now.
    pub count: ScopeCount,
    /// What the planned lanes come to now, in points.
    pub points: Terms,
    /// The same in items.
    pub items: Terms,
    /// The items that wait for a decision.
    pub unfinished: Vec<Unfinished>,
    /// The planned Sprints into which they can go, by their days.
    pub planned: Vec<SprintName>,
}

/// An item that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unfinished {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// The name of its state.
    pub state: String,
    /// Whether it belongs to the buffer.
    pub in_buffer: bool,
    /// How many Sprints closed without it being done.
    pub carried: u32,
}

pub(crate) fn close_summary(
    reader: &Reader<'_>,
    question: SprintQuestion,
    context: &Context<'_>,
) -> Result<CloseSummary, AppError> {
    let row = sprint_of(reader, question.sprint)?;
    let sprint = row.plan();
    let not_running = || refused(CloseRefused::NotRunning { name: sprint.name.clone() });
    if !sprint.is_running() {
        return Err(not_running());
    }
    let record = SprintRecord::read(reader, &sprint)?.ok_or_else(not_running)?;
    let ledger = record.ledger(context.now);
    let mut unfinished = Vec::new();
    for part in [Part::Planned, Part::Buffer] {
        for open in ledger.standing(part, Standing::Open) {
            let item = item_of(reader, open.id)?;
            let state = item.present.state.and_then(|state| record.workflow.get(state));
            unfinished.push(Unfinished {
                id: open.id,
                label: open.label.clone(),
                title: open.title.clone(),
                size: open.size,
                state: state.map(|state| state.name.clone()).unwrap_or_default(),
                in_buffer: open.in_buffer,
                carried: item.present.carried,
            });
        }
    }
    Ok(CloseSummary {
        sprint: SprintName::from(&row),
        goal: sprint.goal.clone(),
        why_required: if sprint.goal.trim().is_empty() {
            Vec::new()
        } else {
            GoalOutcome::ALL.iter().copied().filter(|outcome| outcome.needs_reason()).collect()
        },
        last_day: sprint.last_day,
        count: ScopeCount::of(&ledger),
        today: record.calendar.zone.day_of(context.now),
        points: ledger.terms(Unit::Points, Part::Planned),
        items: ledger.terms(Unit::Items, Part::Planned),
        unfinished,
        planned: planned_sprints(reader)?.iter().map(SprintName::from).collect(),
    })
}
