//! The board of the running Sprint: its items by the team's states, its sums, its buffer, its changes.

use super::report::ScopeCount;
use super::{SprintName, SprintRecord, planned_sprints};
use crate::backlog::{Waiting, WaitsFor};
use crate::capacity::moved::{CapacityMovedSaid, moved_since_start};
use crate::capacity::{Tone, tone};
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::{Book, BufferGauge};
use domain::backlog::{Category, Origin, Severity, WorkKind};
use domain::calendar::{Day, Instant};
use domain::delivery::Going;
use domain::flow::Unit;
use domain::identity::{ItemId, LaneId, SprintId, StateId};
use domain::measures::{Share, Size};
use domain::sprint::{Commitment, Grace, Part, Phase, ScopeEntry, ScopeLedger, Standing, Terms};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{ItemFilter, Reader};
use ts_rs::TS;

/// Asks for the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardQuestion {}

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// Today.
    pub today: Day,
    /// The running Sprint; none while none runs.
    pub sprint: Option<BoardSprint>,
    /// The team's states in their order, each with its items of the Sprint.
    pub columns: Vec<BoardColumn>,
    /// The planned Sprints, by their days.
    pub planned: Vec<SprintName>,
}

/// The running Sprint on its board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardSprint {
    /// Its identity.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// Where it stands.
    pub phase: Phase,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The day on which it was started.
    pub started_on: Day,
    /// The last day before today on which the team worked in the Sprint; none on its first day.
    pub worked_before: Option<Day>,
    /// The last day on which the team may commit again; none where that is over or not agreed on (3.2).
    pub commit_again_until: Option<Day>,
    /// Committed working days that are left, today included: as the burn-down says.
    pub working_days_left: u32,
    /// The planned lanes, in points.
    pub points: TermsNow,
    /// The planned lanes, in items.
    pub items: TermsNow,
    /// What is done of the scope.
    pub count: ScopeCount,
    /// Items of the scope without a size.
    pub unsized_items: u32,
    /// The lanes in their order, and what is unsorted, where there is any.
    pub lanes: Vec<BoardLane>,
    /// How the buffer stands.
    pub buffer: BufferGauge,
    /// How its capacity moved since the start; none where it did not.
    pub capacity_moved: Option<CapacityMovedSaid>,
    /// What changed since the start, latest first.
    pub changes: Vec<ScopeEntry>,
}

/// The terms of 3.4 with their sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermsNow {
    /// The terms.
    pub terms: Terms,
    /// `committed + added − removed ± re-sized`.
    pub scope: Size,
    /// `scope − done`.
    pub remaining: Size,
}

impl TermsNow {
    /// The terms of a ledger's end.
    pub(crate) fn of(ledger: &ScopeLedger<'_>, unit: Unit, part: Part) -> TermsNow {
        let terms = ledger.terms(unit, part);
        TermsNow { terms, scope: terms.scope(), remaining: terms.remaining() }
    }
}

/// A lane on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardLane {
    /// The lane; none is what is unsorted.
    pub lane: Option<LaneId>,
    /// Its name as it was committed; empty for what is unsorted.
    pub name: String,
    /// Whether it is the buffer.
    pub is_buffer: bool,
    /// Its share of this Sprint's capacity.
    pub share: Share,
    /// What its colour says; none is unsorted.
    pub tone: Option<Tone>,
    /// Its sums in points.
    pub points: TermsNow,
    /// Its sums in items.
    pub items: TermsNow,
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardColumn {
    /// The state.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
    /// Its items, in the order of the Product Backlog.
    pub items: Vec<BoardItem>,
}

/// An item on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardItem {
    /// Its identity.
    pub id: ItemId,
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
    /// What its lane's colour says; none is unsorted.
    pub tone: Option<Tone>,
    /// Whether it belongs to the buffer.
    pub in_buffer: bool,
    /// Why it came in after the start.
    pub origin: Option<Origin>,
    /// Its owner's name.
    pub owner: Option<String>,
    /// What stands in its way.
    pub blocked: Option<String>,
    /// For what it waits, what is wrong first.
    pub waits: Vec<WaitsFor>,
    /// How many Sprints closed without it being done.
    pub carried: u32,
    /// When it came into its state.
    pub since: Option<Instant>,
    /// Whether it had ended before it came into this Sprint, and so is not in the scope.
    pub outside: bool,
    /// How far it is on its way to users; none where no deployment contains it (12.3).
    pub going: Option<Going>,
}

pub(crate) fn board(reader: &Reader<'_>, _: BoardQuestion, context: &Context<'_>) -> Result<Board, AppError> {
    let planned = planned_sprints(reader)?.iter().map(SprintName::from).collect();
    let Some(record) = SprintRecord::running(reader)? else {
        let today = reader.team()?.zone.day_of(context.now);
        return Ok(Board { today, sprint: None, columns: Vec::new(), planned });
    };
    let book = Book::read(reader, &record, context.now)?;
    let ledger = &book.scope;
    let tones = tones(&record.commitment)?;
    let grace = reader.team()?.grace;
    Ok(Board {
        today: record.calendar.zone.day_of(context.now),
        columns: columns(reader, &record, ledger, &tones)?,
        sprint: Some(BoardSprint {
            capacity_moved: match reader.sprint(record.sprint.id)? {
                Some(sprint) => moved_since_start(reader, &sprint)?.filter(|moved| !moved.members.is_empty()),
                None => None,
            },
            ..board_sprint(&record, ledger, &tones, (grace, BufferGauge::of(&book)), context.now)
        }),
        planned,
    })
}

/// What the colours of the committed lanes say.
fn tones(commitment: &Commitment) -> Result<HashMap<LaneId, Tone>, AppError> {
    let lanes = commitment.lanes_then().map_err(|refused| AppError::internal(refused.to_string()))?;
    Ok(lanes.all().iter().map(|lane| (lane.id, tone(lane))).collect())
}

fn board_sprint(
    record: &SprintRecord,
    ledger: &ScopeLedger<'_>,
    tones: &HashMap<LaneId, Tone>,
    (grace, buffer): (Grace, BufferGauge),
    now: Instant,
) -> BoardSprint {
    let (sprint, commitment, zone) = (&record.sprint, &record.commitment, record.calendar.zone);
    let today = zone.day_of(now);
    let lane = |lane: Option<LaneId>, name: &str, is_buffer, share| BoardLane {
        lane,
        name: name.to_owned(),
        is_buffer,
        share,
        tone: lane.and_then(|lane| tones.get(&lane).copied()),
        points: TermsNow::of(ledger, Unit::Points, Part::Lane(lane)),
        items: TermsNow::of(ledger, Unit::Items, Part::Lane(lane)),
    };
    let mut lanes: Vec<BoardLane> = commitment
        .lanes
        .iter()
        .map(|known| lane(Some(known.lane), &known.name, known.is_buffer, known.share))
        .collect();
    let unsorted = lane(None, "", false, Share::ZERO);
    if unsorted.items.terms != Terms::default() {
        lanes.push(unsorted);
    }
    BoardSprint {
        id: sprint.id,
        name: sprint.name.clone(),
        goal: sprint.goal.clone(),
        phase: sprint.phase(now, zone),
        first_day: sprint.first_day,
        last_day: sprint.last_day,
        started_on: zone.day_of(commitment.started_at),
        worked_before: commitment.worked_before(today, &record.calendar),
        commit_again_until: commitment.grace_ends(grace, zone).filter(|last| today <= *last),
        working_days_left: commitment.working_days_left(today, &record.calendar),
        points: TermsNow::of(ledger, Unit::Points, Part::Planned),
        items: TermsNow::of(ledger, Unit::Items, Part::Planned),
        count: ScopeCount::of(ledger),
        unsized_items: ledger.scope(Part::Planned).filter(|item| item.size.is_none()).count() as u32,
        lanes,
        buffer,
        capacity_moved: None,
        changes: ledger.entries.iter().rev().cloned().collect(),
    }
}

fn columns(
    reader: &Reader<'_>,
    record: &SprintRecord,
    ledger: &ScopeLedger<'_>,
    tones: &HashMap<LaneId, Tone>,
) -> Result<Vec<BoardColumn>, AppError> {
    let owners: HashMap<_, String> =
        reader.members()?.into_iter().map(|member| (member.id, member.name)).collect();
    let standing: HashMap<ItemId, Standing> =
        ledger.items.iter().map(|item| (item.id, item.standing)).collect();
    let mut columns: Vec<BoardColumn> = record
        .workflow
        .all()
        .iter()
        .map(|state| BoardColumn {
            state: state.id,
            name: state.name.clone(),
            category: state.category,
            items: Vec::new(),
        })
        .collect();
    let items = reader.items(ItemFilter::InSprint(record.sprint.id))?;
    let waiting = Waiting::read(reader, &items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    let live = crate::delivery::live_items(reader)?;
    for item in items {
        let present = item.present;
        let Some(column) = columns.iter_mut().find(|column| Some(column.state) == present.state) else {
            continue;
        };
        let lane = record.commitment.lane(present.lane);
        column.items.push(BoardItem {
            id: item.id,
            label: item.label,
            title: item.title,
            kind: present.kind,
            severity: present.severity,
            size: present.size,
            lane: lane.map(|lane| lane.name.clone()),
            tone: lane.and_then(|lane| tones.get(&lane.lane).copied()),
            in_buffer: present.origin == Some(Origin::Interrupt) || record.commitment.is_buffer(present.lane),
            origin: present.origin,
            owner: present.owner.and_then(|owner| owners.get(&owner).cloned()),
            blocked: present.blocked,
            waits: waiting.of(item.id),
            carried: present.carried,
            since: present.state_since,
            outside: standing.get(&item.id) == Some(&Standing::Outside),
            going: live.get(&item.id).map(|live| live.going),
        });
    }
    Ok(columns)
}
