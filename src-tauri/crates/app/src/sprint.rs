//! The Sprint: select, start, work, close, and the reports of what was.
//!
//! 1. What a Sprint comes to is computed from its commitment and the facts of its items; once it is closed, from what
//!    was sealed then (3.5).
//! 2. A day in a command is a day of the team's zone; work that is said to be done on an earlier day is dated to it.

use crate::contract::{Context, Nothing, commands, queries};
use crate::error::AppError;
use crate::team::short;
use domain::backlog::ItemFact;
use domain::calendar::{Day, Instant, WorkCalendar, Zone};
use domain::identity::{ItemId, SprintId};
use domain::reliability::sprint_window;
use domain::sprint::{Commitment, ScopeLedger, Sprint, SprintItem, SprintReport};
use domain::team::Workflow;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{ItemFilter, Reader};
use ts_rs::TS;

pub mod board;
pub mod close;
pub mod correct;
pub mod past;
pub mod plan;
pub mod report;
pub mod select;
pub mod start;
pub mod work;

commands! {
    /// Changes of Sprints and of the work in them.
    SprintCommand {
        /// Plans a Sprint.
        Plan(plan::PlanSprint) => plan::plan_sprint,
        /// Changes a Sprint's name, goal or days.
        Change(plan::ChangeSprint) => plan::change_sprint,
        /// Takes away a Sprint that was never started.
        Remove(plan::RemoveSprint) => plan::remove_sprint,
        /// Selects items into a Sprint.
        SelectItems(select::SelectItems) => select::select_items,
        /// Adds a new item right into the running Sprint.
        AddItem(select::AddToSprint) => select::add_to_sprint,
        /// Returns items to the Product Backlog.
        ReturnItems(select::ReturnItems) => select::return_items,
        /// Starts a Sprint.
        Start(start::StartSprint) => start::start,
        /// Commits the running Sprint again, within the grace.
        CommitAgain(start::CommitAgain) => start::commit_again,
        /// Moves items to a state.
        MoveToState(work::MoveToState) => work::move_to_state,
        /// Closes the running Sprint.
        Close(close::CloseSprint) => close::close,
        /// Adds an edition to the reports of a closed Sprint, from the facts as they are known now.
        Correct(correct::CorrectSprint) => correct::correct,
        /// Records a past Sprint of which only totals are known.
        RecordPast(past::RecordPastSprint) => past::record_past,
    }
}

queries! {
    /// Questions about Sprints.
    SprintQuery / SprintAnswers {
        /// The next Sprint, proposed.
        Proposal(Nothing) -> plan::SprintProposal => plan::proposal,
        /// The running Sprint by states.
        Board(board::BoardQuestion) -> board::Board => board::board,
        /// What starting a Sprint would commit.
        StartSummary(SprintQuestion) -> start::StartSummary => start::start_summary,
        /// What closing a Sprint asks.
        CloseSummary(SprintQuestion) -> close::CloseSummary => close::close_summary,
        /// The sealed report of a closed Sprint.
        Report(report::ReportQuestion) -> report::ClosedSprintReport => report::report,
        /// What a correction of a closed Sprint would change, and which late facts are the reason.
        Correction(SprintQuestion) -> correct::Correction => correct::correction,
        /// All Sprints, latest first.
        List(Nothing) -> report::SprintList => report::list,
    }
}

/// Asks about one Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintQuestion {
    /// The Sprint.
    pub sprint: SprintId,
}

/// A Sprint by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintName {
    /// Its identity.
    pub id: SprintId,
    /// Its name.
    pub name: String,
}

impl From<&store::Sprint> for SprintName {
    fn from(sprint: &store::Sprint) -> SprintName {
        SprintName { id: sprint.id, name: sprint.name.clone() }
    }
}

impl From<&Sprint> for SprintName {
    fn from(sprint: &Sprint) -> SprintName {
        SprintName { id: sprint.id, name: sprint.name.clone() }
    }
}

/// What a started Sprint is computed from.
pub(crate) struct SprintRecord {
    /// The Sprint.
    pub sprint: Sprint,
    /// The latest commitment.
    pub commitment: Commitment,
    /// The team's states.
    pub workflow: Workflow,
    /// When the team works.
    pub calendar: WorkCalendar,
    /// Every item that was ever in it, with its facts.
    pub items: Vec<SprintItem>,
    /// What was written down later is left out; none is everything that is known.
    pub known_until: Option<Instant>,
}

impl SprintRecord {
    /// Reads a Sprint that was started; none where it was not, or where only totals are known.
    pub fn read(reader: &Reader<'_>, sprint: &Sprint) -> Result<Option<SprintRecord>, AppError> {
        match reader.commitment(sprint.id)? {
            Some(body) => SprintRecord::with(reader, sprint, sealed(&body)?).map(Some),
            None => Ok(None),
        }
    }

    /// Reads a Sprint as if it had begun with a commitment.
    pub fn with(
        reader: &Reader<'_>,
        sprint: &Sprint,
        commitment: Commitment,
    ) -> Result<SprintRecord, AppError> {
        let mut items: Vec<SprintItem> = Vec::new();
        let mut places = HashMap::new();
        for item in reader.items(ItemFilter::EverInSprint(sprint.id))? {
            places.insert(item.id, items.len());
            items.push(SprintItem { id: item.id, label: item.label, title: item.title, facts: Vec::new() });
        }
        for (item, fact) in reader.facts_of_sprint(sprint.id)? {
            if let Some(item) = places.get(&item).and_then(|place| items.get_mut(*place)) {
                item.facts.push(fact);
            }
        }
        Ok(SprintRecord {
            sprint: sprint.clone(),
            commitment,
            workflow: reader.workflow()?,
            calendar: reader.calendar()?,
            items,
            known_until: None,
        })
    }

    /// Reads the Sprint that runs.
    pub fn running(reader: &Reader<'_>) -> Result<Option<SprintRecord>, AppError> {
        match reader.active_sprint()? {
            Some(active) => SprintRecord::read(reader, &active.plan()),
            None => Ok(None),
        }
    }

    /// Whether what was written down at an instant counts.
    pub fn knows(&self, recorded_at: Instant) -> bool {
        self.known_until.is_none_or(|until| recorded_at <= until)
    }

    /// What happened to its scope until an instant.
    pub fn ledger(&self, until: Instant) -> ScopeLedger<'_> {
        ScopeLedger::new(self.sprint.id, &self.commitment, &self.workflow, &self.items, until)
    }
}

/// A Sprint that must be there.
pub(crate) fn sprint_of(reader: &Reader<'_>, id: SprintId) -> Result<store::Sprint, AppError> {
    reader.sprint(id)?.ok_or_else(|| AppError::not_found("Sprint"))
}

/// The Sprints that are planned and not started, by their days.
pub(crate) fn planned_sprints(reader: &Reader<'_>) -> Result<Vec<store::Sprint>, AppError> {
    let mut sprints = reader.sprints()?;
    sprints.retain(|sprint| sprint.started_at.is_none() && sprint.closed_at.is_none());
    Ok(sprints)
}

/// What was sealed as JSON.
pub(crate) fn sealed<T: DeserializeOwned>(body: &str) -> Result<T, AppError> {
    serde_json::from_str(body)
        .map_err(|error| AppError::internal(format!("what was sealed cannot be read: {error}")))
}

/// What is to be sealed, as JSON.
pub(crate) fn seal(body: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(body).map_err(|error| AppError::internal(error.to_string()))
}

/// The latest sealed report of a closed Sprint.
pub(crate) fn sealed_report(reader: &Reader<'_>, sprint: SprintId) -> Result<Option<SprintReport>, AppError> {
    reader.report(sprint, report::AREA, None)?.map(|body| sealed(&body)).transpose()
}

/// When something was so, as it is said: at an instant, on a day, or now where neither is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct When {
    /// The day on which it was so, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
    /// The exact moment, where it is known; it goes before the day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
}

impl When {
    /// Whether anything but now is said.
    pub fn is_dated(self) -> bool {
        self.on.is_some() || self.at.is_some()
    }

    /// A moment that is meant, if it can be. Refused: what is still to come, and what lies before a thing `came` to be.
    pub(crate) fn checked(
        self,
        at: Instant,
        (came, begin): (&str, Option<Instant>),
        zone: Zone,
        now: Instant,
    ) -> Result<Instant, AppError> {
        let refused = |message: String, hint: &str| {
            Err(AppError::refused(message, hint).at(if self.at.is_some() { "at" } else { "on" }))
        };
        if at > now {
            let message = format!("{} is still to come.", short(zone.day_of(at)));
            return refused(message, "Choose today or an earlier day.");
        }
        match begin.filter(|begin| at < *begin) {
            Some(begin) => {
                let message = format!("It {came} on {}, which is later.", short(zone.day_of(begin)));
                refused(message, "Choose that day or a later one.")
            }
            None => Ok(at),
        }
    }
}

/// Noon of a day, and after whatever of some moments lies on that day.
pub(crate) fn noon_after(zone: Zone, day: Day, known: impl IntoIterator<Item = Instant>) -> Instant {
    let noon = zone.start_of(day).plus_millis(12 * 3_600_000);
    let of_day = known.into_iter().filter(|at| zone.day_of(*at) == day);
    of_day.map(|at| at.plus_millis(1)).fold(noon, Instant::max)
}

/// The moment at which something was so for an item.
///
/// A day other than today means its noon, and after whatever else is known of that day: what happened to the item, and
/// the start of the Sprint. The day on which a Sprint closed without the item means before the close, so that it can be
/// corrected (3.5). Refused: what is still to come, and what lies before the item was created.
pub(crate) fn moment(
    reader: &Reader<'_>,
    item: ItemId,
    when: When,
    context: &Context<'_>,
) -> Result<Instant, AppError> {
    let zone = reader.team()?.zone;
    let today = zone.day_of(context.now);
    let at = match (when.at, when.on) {
        (Some(at), _) => at,
        (None, Some(day)) if day != today => {
            let facts = reader.item_facts(item)?;
            let carried = facts.iter().filter(|dated| matches!(dated.fact, ItemFact::Carried { .. }));
            let closed = carried.map(|dated| dated.happened_at).filter(|at| zone.day_of(*at) == day).min();
            let started = reader.active_sprint()?.and_then(|active| active.started_at);
            let known = facts.iter().map(|dated| dated.happened_at).chain(started);
            let at = noon_after(zone, day, known.filter(|at| closed.is_none_or(|closed| *at < closed)));
            closed.map_or(at, |closed| at.min(closed.plus_millis(-1)))
        }
        _ => return Ok(context.now),
    };
    let created = reader.item(item)?.and_then(|item| item.present.created_at);
    when.checked(at, ("was created", created), zone, context.now)
}

/// From where to where the window of a Sprint goes (10.1).
pub(crate) fn window_of(sprint: &store::Sprint, sprints: &[store::Sprint], zone: Zone) -> (Instant, Instant) {
    let next = sprints.iter().map(|other| other.first_day).filter(|first| *first > sprint.last_day).min();
    let window = sprint_window(sprint.first_day, sprint.last_day, next, zone, None);
    match window.parts() {
        [(from, to), ..] => (Instant::from_millis(from * 1_000), Instant::from_millis(to * 1_000)),
        [] => (zone.start_of(sprint.first_day), zone.start_of(sprint.first_day)),
    }
}
