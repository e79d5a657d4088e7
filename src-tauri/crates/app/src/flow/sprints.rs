//! Charts across Sprints: velocity, the split of the capacity, interrupt load, the burn-up of a goal.
//!
//! 1. Of closed Sprints everything is as it was sealed, in a short body of its own, so that 60 of them are quickly read;
//!    “as of” a past moment leaves out what was closed later.
//! 2. The running Sprint is in none of the trends; its split is told so far.
//! 3. A goal is what has a label, or what an item is divided into; its past is told by the facts of its items.

use super::behind::{self, BehindRow, BehindView};
use super::sprint::named_or_running;
use super::{ChartGoal, ChartKind, ChartQuestion};
use crate::backlog::item_of;
use crate::contract::Context;
use crate::error::AppError;
use crate::forecast::{samples_or_why, seed_of};
use crate::interrupt::{Book, gauge};
use crate::sprint::correct::as_known_then;
use crate::sprint::{SprintRecord, past, report, seal, sealed, sprint_of};
use crate::team::{counted, short};
use domain::backlog::Category;
use domain::calendar::{Day, Instant};
use domain::flow::{
    Behind, BufferUse, ClosedSprint, GoalAsked, GoalBurnUp, GoalItem, GoalName, InterruptLoad, Known,
    LaneSplit, LaneTrend, SprintFigures, SprintSpan, TREND_SPRINTS, Unit, VELOCITY_SPRINTS, Velocity,
    interrupt_load, lane_trend, velocity,
};
use domain::identity::{LaneId, SprintId};
use domain::interrupt::SplitUnit;
use domain::measures::Size;
use domain::sprint::{SprintReport, Standing};
use store::{Edition, Reader, Writer};

/// The area under which the figures for trends are sealed.
pub(crate) const AREA: &str = "trend";
/// The most Sprints that a chart shows.
const MOST: u32 = 500;

/// Seals what trends need of a Sprint that is being closed, or corrected, in an edition.
pub(crate) fn seal_trend(
    writer: &mut Writer<'_>,
    edition: &Edition,
    book: &Book<'_>,
) -> Result<(), AppError> {
    writer.seal_report(book.record.sprint.id, edition, AREA, &seal(&figures(book))?)?;
    Ok(())
}

/// The figures of a Sprint at the end of a book.
fn figures(book: &Book<'_>) -> SprintFigures {
    let drawn = book.interrupts.iter().filter(|one| one.drawn.in_buffer).count();
    let buffer = BufferUse {
        share: book.record.commitment.buffer_share(),
        used: book.buffer().used,
        came: (drawn + book.items.len()) as u32,
        unknown: book.undrawn.len() as u32,
    };
    let zone = book.record.calendar.zone;
    SprintFigures::of(&book.record.sprint.name, &book.scope, zone, book.split(), buffer)
}

/// The latest Sprints that were closed by a moment, so many at most, the latest last. Refused where there is none.
fn closed(reader: &Reader<'_>, now: Instant, most: usize) -> Result<Vec<ClosedSprint>, AppError> {
    let mut all = Vec::new();
    let is_closed = |sprint: &store::Sprint| sprint.closed_at.is_some_and(|at| at <= now);
    for sprint in reader.sprints()?.into_iter().rev().filter(is_closed) {
        if all.len() == most {
            break;
        }
        let known = match reader.report(sprint.id, AREA, None)? {
            Some(body) => Known::Figures(sealed(&body)?),
            None => match reader.report(sprint.id, past::AREA, None)? {
                Some(body) => Known::Totals(sealed(&body)?),
                None => continue,
            },
        };
        let (name, first_day, last_day) = match &known {
            Known::Figures(figures) => (figures.name.clone(), figures.first_day, figures.last_day),
            Known::Totals(_) => (sprint.name, sprint.first_day, sprint.last_day),
        };
        all.push(ClosedSprint { id: sprint.id, name, first_day, last_day, known });
    }
    if all.is_empty() {
        return Err(AppError::refused(
            "No Sprint is closed yet.",
            "This chart tells of closed Sprints. Close the running one, or record past Sprints by their totals.",
        ));
    }
    all.reverse();
    Ok(all)
}

/// The day of the past moment that is asked for; none is now.
fn as_of(reader: &Reader<'_>, question: &ChartQuestion, now: Instant) -> Result<Option<Day>, AppError> {
    Ok(match question.as_of {
        Some(_) => Some(reader.calendar()?.zone.day_of(now)),
        None => None,
    })
}

/// How many Sprints are shown. Refused: none.
fn last(question: &ChartQuestion, usual: usize) -> Result<usize, AppError> {
    match question.last {
        None => Ok(usual),
        Some(0) => Err(AppError::refused(
            "A chart of no Sprints shows nothing.",
            format!("Write how many of the latest closed Sprints are shown: 1 to {MOST}."),
        )
        .at("last")),
        Some(count) => Ok(count.min(MOST) as usize),
    }
}

/// What the last closed Sprints committed and completed (5.4).
pub(crate) fn velocity_of(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Velocity, AppError> {
    let shown = closed(reader, now, last(question, VELOCITY_SPRINTS)?)?;
    Ok(velocity(&shown, question.unit, as_of(reader, question, now)?))
}

/// The split of the capacity over the last closed Sprints (4.4).
pub(crate) fn split_trend(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<LaneTrend, AppError> {
    let shown = closed(reader, now, last(question, TREND_SPRINTS)?)?;
    Ok(lane_trend(&shown, question.unit, as_of(reader, question, now)?))
}

/// What a split counts, where that can be asked for; none is hours.
pub(crate) fn unit_of(unit: SplitUnit) -> Option<Unit> {
    match unit {
        SplitUnit::Hours => None,
        SplitUnit::Points => Some(Unit::Points),
        SplitUnit::Items => Some(Unit::Items),
    }
}

/// What part of the net hours interrupts took in the last closed Sprints.
pub(crate) fn load(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<InterruptLoad, AppError> {
    let count = last(question, TREND_SPRINTS)?;
    Ok(interrupt_load(&closed(reader, now, usize::MAX)?, count, as_of(reader, question, now)?))
}

/// The split of one Sprint (4.4): the one that is asked for, else the running one, else the last closed.
pub(crate) fn split(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(store::Sprint, LaneSplit), AppError> {
    let sprint = split_sprint(reader, question, now)?;
    let told = |figures: &SprintFigures, closed, as_of| LaneSplit {
        id: sprint.id,
        name: figures.name.clone(),
        closed,
        as_of,
        report: figures.split_in(question.unit),
    };
    let known_then = known_before_its_close(reader, &sprint, question, now)?;
    let split = if sprint.closed_at.is_some() && known_then.is_none() {
        let Some(body) = reader.report(sprint.id, AREA, question.edition)? else {
            return Err(AppError::refused(
                format!("Only the totals of {} are known.", sprint.name),
                "What its lanes came to was not written down.",
            ));
        };
        told(&sealed::<SprintFigures>(&body)?, true, None)
    } else {
        let record = match known_then {
            Some(record) => Some(record),
            None => SprintRecord::read(reader, &sprint.plan())?,
        };
        let Some(record) = record else {
            return Err(AppError::refused(
                format!("{} has not been started.", sprint.name),
                "The split tells what was committed and done; Plan shows how the capacity is divided.",
            ));
        };
        let until = now.max(record.commitment.started_at);
        told(&figures(&Book::read(reader, &record, until)?), false, as_of(reader, question, now)?)
    };
    Ok((sprint, split))
}

/// A closed Sprint as it was known at a moment before its close; none for any other.
fn known_before_its_close(
    reader: &Reader<'_>,
    sprint: &store::Sprint,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Option<SprintRecord>, AppError> {
    match sprint.closed_at {
        Some(closed_at) if now < closed_at => as_known_then(reader, sprint, question.edition),
        _ => Ok(None),
    }
}

fn split_sprint(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<store::Sprint, AppError> {
    if let Some(meant) = named_or_running(reader, question, now)? {
        return Ok(meant);
    }
    let mut closed = Vec::new();
    for sprint in reader.sprints()?.into_iter().rev().filter(|sprint| sprint.closed_at.is_some()) {
        if reader.report(sprint.id, AREA, None)?.is_some() {
            return Ok(sprint);
        }
        closed.push(sprint);
    }
    closed.into_iter().next().ok_or_else(|| {
        AppError::refused("No Sprint has been started yet.", "Start the first one: then its split is told.")
    })
}

/// The burn-up of a goal over Sprints, and when it may be done.
pub(crate) fn goal(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<GoalBurnUp, AppError> {
    let (goal, items) = goal_items(reader, question)?;
    let mut spans = Vec::new();
    for sprint in reader.sprints()? {
        if let (Some(started_at), Some(closed_at)) = (sprint.started_at, sprint.closed_at) {
            spans.push(SprintSpan { id: sprint.id, name: sprint.name, started_at, closed_at });
        }
    }
    let (workflow, zone) = (reader.workflow()?, reader.calendar()?.zone);
    let today = zone.day_of(now);
    let asked = GoalAsked {
        goal,
        unit: question.unit,
        last: last(question, TREND_SPRINTS)?,
        until: now,
        as_of: question.as_of.is_some(),
        workflow: &workflow,
        zone,
    };
    let up = GoalBurnUp::new(asked, &items, &spans);
    if !up.asks_ahead() {
        return Ok(up);
    }
    let samples = samples_or_why(reader, up.unit, now)?;
    // The seed of the day, as the forecast screen has it: the same question has one answer.
    Ok(up.foreseen(samples, seed_of(today)))
}

/// What is asked about. Refused: nothing, and a label that no item has.
fn goal_items(reader: &Reader<'_>, question: &ChartQuestion) -> Result<(GoalName, Vec<GoalItem>), AppError> {
    match &question.goal {
        None => Err(AppError::refused(
            "Nothing is said about the goal.",
            "Choose a label, such as that of a release, or an item that is divided into parts.",
        )
        .at("goal")),
        Some(ChartGoal::Label(label)) => {
            let label = label.trim();
            let items = reader.goal_of_label(label)?;
            if items.is_empty() {
                return Err(AppError::refused(
                    format!("No item has the label “{label}”."),
                    "Give it to the items that belong to the goal: select them in Backlog and set a label.",
                )
                .at("goal"));
            }
            Ok((GoalName::Label(label.to_owned()), items))
        }
        Some(ChartGoal::Parent(parent)) => {
            let parent = item_of(reader, *parent)?;
            let items = reader.goal_of_parent(parent.id)?;
            if items.is_empty() {
                return Err(AppError::refused(
                    format!("{} is not divided into parts.", parent.label),
                    "Choose an item that has parts, or divide this one.",
                )
                .at("goal"));
            }
            Ok((GoalName::Parent(parent.title), items))
        }
    }
}

/// What stands behind a point of the charts across Sprints.
pub(crate) fn behind_sprints(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    asked: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    match (question.chart, asked) {
        (ChartKind::Split, Behind::Sprint(_)) => behind_split(reader, question, context.now),
        (ChartKind::InterruptLoad, Behind::Sprint(id)) => match gauge::sealed_of(reader, *id, None)? {
            Some(sealed) => Ok(behind_load(&sealed, *id)),
            None => behind::of_a_thing(reader, asked, context),
        },
        (ChartKind::Release, Behind::Sprint(id)) => {
            let closed_at = sprint_of(reader, *id)?.closed_at.unwrap_or(context.now);
            behind_goal(reader, question, closed_at)
        }
        (ChartKind::Release, Behind::Day(_)) => behind_goal(reader, question, context.now),
        _ => behind::of_a_thing(reader, asked, context),
    }
}

/// What each lane of a Sprint came to, item by item: of a closed one as it was sealed.
fn behind_split(reader: &Reader<'_>, question: &ChartQuestion, now: Instant) -> Result<BehindView, AppError> {
    let sprint = split_sprint(reader, question, now)?;
    let mut rows: Vec<(usize, BehindRow)> = Vec::new();
    let mut lanes: Vec<(Option<LaneId>, String)> = Vec::new();
    let mut place_of = |lane: Option<LaneId>, name: &str| match lanes.iter().position(|(id, _)| *id == lane) {
        Some(place) => place,
        None => {
            lanes.push((lane, if lane.is_none() { "unsorted".to_owned() } else { name.to_owned() }));
            lanes.len() - 1
        }
    };
    let row = |name: &str, what: &str, label: &str, title: &str, size: Option<Size>, item| BehindRow {
        label: label.to_owned(),
        title: title.to_owned(),
        what: format!("{name}: {what}, {}", super::sprint::size_said(size)),
        item: Some(item),
        ..BehindRow::default()
    };
    let known_then = known_before_its_close(reader, &sprint, question, now)?;
    let report = match known_then {
        Some(_) => None,
        None => reader.report(sprint.id, report::AREA, question.edition)?,
    };
    if let Some(body) = report {
        let report: SprintReport = sealed(&body)?;
        let named = |lane: Option<LaneId>| {
            let known = report.lanes.iter().find(|known| known.lane == lane);
            known.map(|known| known.name.clone()).unwrap_or_default()
        };
        for lane in &report.lanes {
            place_of(lane.lane, &lane.name);
        }
        let lists = [
            ("done", &report.completed),
            ("not done", &report.not_completed),
            ("in the buffer", &report.buffer),
        ];
        for (what, list) in lists {
            for one in list {
                let place = place_of(one.lane, &named(one.lane));
                let name = if one.lane.is_none() { "unsorted".to_owned() } else { named(one.lane) };
                rows.push((place, row(&name, what, &one.label, &one.title, one.last, one.item)));
            }
        }
    } else if let Some(record) = match known_then {
        Some(record) => Some(record),
        None => SprintRecord::read(reader, &sprint.plan())?,
    } {
        let ledger = record.ledger(now.max(record.commitment.started_at));
        for lane in &record.commitment.lanes {
            place_of(Some(lane.lane), &lane.name);
        }
        for one in &ledger.items {
            let what = match one.standing {
                Standing::Done => "done",
                Standing::Open => "not done",
                _ => continue,
            };
            let known = record.commitment.lane(one.lane);
            let name = known.map_or_else(|| "unsorted".to_owned(), |lane| lane.name.clone());
            let place = place_of(one.lane, &name);
            rows.push((place, row(&name, what, &one.label, &one.title, one.size, one.id)));
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    let title = format!("The lanes of {}", sprint.name);
    Ok(BehindView::new(title, rows.into_iter().map(|(_, row)| row).collect()))
}

/// The interrupts of a closed Sprint with what they took.
fn behind_load(sealed: &gauge::Sealed, sprint: SprintId) -> BehindView {
    let row = |one: &crate::interrupt::list::InterruptRow| BehindRow {
        label: one.label.clone(),
        title: one.title.clone(),
        what: one.time_said.clone(),
        interrupt: Some(one.id),
        ..BehindRow::default()
    };
    let name = &sealed.gauge.sprint.name;
    let mut rows: Vec<BehindRow> = sealed.rows.iter().map(row).collect();
    rows.push(BehindRow {
        title: name.clone(),
        what: sealed.gauge.said.clone(),
        sprint: Some(sprint),
        ..BehindRow::default()
    });
    BehindView::new(format!("What drew on the buffer of {name}"), rows)
}

/// The items of a goal as they stood at a moment.
fn behind_goal(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    moment: Instant,
) -> Result<BehindView, AppError> {
    let (goal, items) = goal_items(reader, question)?;
    let workflow = reader.workflow()?;
    let day = reader.calendar()?.zone.day_of(moment);
    let name = match goal {
        GoalName::Label(name) | GoalName::Parent(name) => name,
    };
    let mut rows: Vec<(bool, BehindRow)> = Vec::new();
    for item in &items {
        let Some((category, size)) = item.at(moment, &workflow) else { continue };
        let is_done = category == Category::Done;
        let what = if is_done { "done" } else { "open" };
        rows.push((
            is_done,
            BehindRow {
                label: item.label.clone(),
                title: item.title.clone(),
                what: format!("{what}, {}", super::sprint::size_said(size)),
                item: Some(item.id),
                ..BehindRow::default()
            },
        ));
    }
    rows.sort_by_key(|(is_done, _)| *is_done);
    let done = rows.iter().filter(|(is_done, _)| *is_done).count();
    let title = format!("{name} on {}: {done} of {} done", short(day), counted(rows.len() as u32, "item"));
    Ok(BehindView::new(title, rows.into_iter().map(|(_, row)| row).collect()))
}
