//! The charts of flow and health: of the work as it is known, over a window of days.
//!
//! 1. What is read is what happened within the window, and how many items are in each state; never the whole file.
//! 2. A past moment is told as it was: what happened later is taken back.
//! 3. What stands behind a number are the items that it counts, the oldest first; of many the first ones.

use super::behind::{self, BehindRow, BehindView};
use super::{ChartKind, ChartQuestion};
use crate::contract::Context;
use crate::error::{AppError, sentence};
use crate::exchange::merge::kind_words;
use crate::team::{counted, short};
use domain::backlog::{Category, WorkKind};
use domain::calendar::{Day, Instant};
use domain::flow::{
    AgeSpan, Ageing, BacklogHealth, Behind, CumulativeFlow, CycleTimes, Finished, FlowItem, FlowWindow,
    OpenItem, Passage, Throughput, WindowRefused,
};
use domain::identity::{ItemId, StateId};
use domain::team::Workflow;
use std::collections::{HashMap, HashSet};
use store::Reader;

/// How many items were in each state, day by day.
pub(crate) fn cumulative_flow(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<CumulativeFlow, AppError> {
    let work = Work::read(reader, window(reader, question, now)?)?;
    let resting = work.resting(reader)?;
    Ok(CumulativeFlow::new(&work.window, &work.workflow, &work.passages, &resting))
}

/// How long finished items took.
pub(crate) fn cycle_times(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<CycleTimes, AppError> {
    let work = Work::read(reader, window(reader, question, now)?)?;
    let finished = work.finished();
    let begun = finished.iter().filter(|finished| finished.begun.is_some());
    let items = reader.flow_items(begun.map(|finished| finished.item))?;
    Ok(CycleTimes::new(&work.window, &finished, &items, &reader.calendar()?))
}

/// How many items were finished, per day or per week.
pub(crate) fn throughput(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Throughput, AppError> {
    let work = Work::read(reader, window(reader, question, now)?)?;
    let known_since = work.known_since(reader)?;
    Ok(Throughput::new(&work.window, &work.finished(), question.step, known_since))
}

/// What is in work, and how old it is.
pub(crate) fn ageing(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Ageing, AppError> {
    aged(reader, &Work::read(reader, window(reader, question, now)?)?)
}

fn aged(reader: &Reader<'_>, work: &Work) -> Result<Ageing, AppError> {
    let in_work = work.in_work(reader)?;
    let items = reader.flow_items(in_work.iter().map(|passage| passage.item))?;
    Ok(Ageing::new(&work.window, &work.workflow, &in_work, &items, &work.finished()))
}

/// What is in work now, and how old it is beside what was finished in the weeks before.
pub(crate) fn ageing_now(reader: &Reader<'_>, now: Instant) -> Result<Ageing, AppError> {
    let work = Work::read(reader, window_of(reader, None, None, now)?)?;
    aged(reader, &work)
}

/// How healthy the backlog is. The window is one of whole weeks, twelve of them with the one that goes on.
pub(crate) fn health(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<BacklogHealth, AppError> {
    let work = Work::read(reader, weeks(reader, question, now)?)?;
    let until = work.window.until();
    let open = reader.open_items_at(until, &work.workflow)?;
    let kinds = reader.kinds_at(work.passages.iter().map(|passage| passage.item), until)?;
    Ok(BacklogHealth::new(&work.window, &work.workflow, &open, &work.passages, &kinds))
}

/// What stands behind a point of one of these charts.
pub(crate) fn behind_work(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    behind: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    let now = context.now;
    let is_health = question.chart == ChartKind::Health;
    match *behind {
        Behind::State { day, state } => {
            in_a_state(reader, &Work::read(reader, window(reader, question, now)?)?, day, state)
        }
        Behind::Days { first, last } if is_health => {
            came_and_went(reader, &Work::read(reader, weeks(reader, question, now)?)?, first, last)
        }
        Behind::Days { first, last } => {
            finished_within(reader, &Work::read(reader, window(reader, question, now)?)?, first, last)
        }
        Behind::Unsized | Behind::Unsorted | Behind::Aged { .. } => {
            let window = weeks(reader, question, now)?;
            let open = reader.open_items_at(window.until(), &reader.workflow()?)?;
            open_items(reader, &window, open, behind)
        }
        _ => behind::of_a_thing(reader, behind, context),
    }
}

/// The window that a question names.
fn window(reader: &Reader<'_>, question: &ChartQuestion, now: Instant) -> Result<FlowWindow, AppError> {
    let first = day(question.first_day.as_deref(), "firstDay")?;
    let last = day(question.last_day.as_deref(), "lastDay")?;
    window_of(reader, first, last, now)
}

fn window_of(
    reader: &Reader<'_>,
    first: Option<Day>,
    last: Option<Day>,
    now: Instant,
) -> Result<FlowWindow, AppError> {
    let zone = reader.team()?.zone;
    let window = FlowWindow::new(first, last, now, zone).map_err(refused)?;
    // Twelve weeks that nobody asked for do not begin before the first item.
    let known = reader.first_entered()?.map(|at| zone.day_of(at));
    match known.filter(|known| first.is_none() && (window.first()..window.last()).contains(known)) {
        Some(known) => FlowWindow::new(Some(known), Some(window.last()), now, zone).map_err(refused),
        None => Ok(window),
    }
}

/// The same in whole weeks.
fn weeks(reader: &Reader<'_>, question: &ChartQuestion, now: Instant) -> Result<FlowWindow, AppError> {
    let window = window(reader, question, now)?;
    if question.first_day.is_some() {
        return Ok(window.in_weeks());
    }
    let first = window.last().monday().plus(7 - FlowWindow::USUAL_DAYS).max(window.first().monday());
    FlowWindow::new(Some(first), Some(window.last()), now, window.zone()).map_err(refused)
}

pub(crate) fn day(text: Option<&str>, field: &str) -> Result<Option<Day>, AppError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    Day::parse(text).map(Some).ok_or_else(|| {
        AppError::refused(format!("“{text}” is not a day."), "Write a day such as 2026-11-24.").at(field)
    })
}

fn refused(why: WindowRefused) -> AppError {
    let hint = match why {
        WindowRefused::Backwards { .. } => "Choose a first day that comes before the last.",
        WindowRefused::NotYet { .. } => "Choose a day that is over, or today.",
        WindowRefused::TooLong { .. } => "Choose a later first day.",
    };
    AppError::refused(sentence(&why.to_string()), hint).at("firstDay")
}

/// What moved within a window, and after it.
struct Work {
    window: FlowWindow,
    workflow: Workflow,
    passages: Vec<Passage>,
}

impl Work {
    fn read(reader: &Reader<'_>, window: FlowWindow) -> Result<Work, AppError> {
        Ok(Work { workflow: reader.workflow()?, passages: reader.passages_since(window.start())?, window })
    }

    fn finished(&self) -> Vec<Finished> {
        Finished::within(&self.window, &self.passages, &self.workflow)
    }

    /// The first day of the window on which the team's work is known: its first day where a Sprint was started or an
    /// item was done before, else the day of the first of these.
    fn known_since(&self, reader: &Reader<'_>) -> Result<Day, AppError> {
        let (start, zone) = (self.window.start(), self.window.zone());
        let is_done = |state: StateId| self.workflow.category(Some(state)) == Category::Done;
        if self.resting(reader)?.iter().any(|(state, count)| *count > 0 && is_done(*state)) {
            return Ok(self.window.first());
        }
        let entered = self.passages.iter().flat_map(|passage| &passage.entered);
        let done = entered.filter(|entered| is_done(entered.state)).map(|entered| entered.at);
        let started = reader.sprints()?.into_iter().filter_map(|sprint| sprint.started_at);
        let first = done.chain(started).min().filter(|first| *first >= start);
        Ok(first.map_or(self.window.first(), |first| zone.day_of(first)))
    }

    /// How many items that did not move since the window began are in each state.
    fn resting(&self, reader: &Reader<'_>) -> Result<Vec<(StateId, u32)>, AppError> {
        let mut counts: HashMap<StateId, usize> = reader.items_in_states()?.into_iter().collect();
        for now in self.passages.iter().filter_map(|passage| passage.entered.last()) {
            if let Some(count) = counts.get_mut(&now.state) {
                *count = count.saturating_sub(1);
            }
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(counts.into_iter().map(|(state, count)| (state, number(count))).collect())
    }

    /// The ways of the items that were in progress at the window's end.
    fn in_work(&self, reader: &Reader<'_>) -> Result<Vec<Passage>, AppError> {
        let until = self.window.until();
        let is_in_work = |passage: &Passage| {
            let state = passage.state_at(until);
            state.is_some() && self.workflow.category(state) == Category::InProgress
        };
        let moved: HashSet<ItemId> = self.passages.iter().map(|passage| passage.item).collect();
        let resting = reader.passages_in_progress()?;
        let resting = resting.into_iter().filter(|passage| !moved.contains(&passage.item));
        Ok(self.passages.iter().cloned().chain(resting).filter(is_in_work).collect())
    }
}

/// The items in a state at the end of a day, or at the window's end: those that were there before the window began,
/// then the others by when they came.
fn in_a_state(reader: &Reader<'_>, work: &Work, day: Day, state: StateId) -> Result<BehindView, AppError> {
    let (window, zone) = (&work.window, work.window.zone());
    let at = zone.start_of(day.plus(1)).plus_millis(-1).min(window.until());
    let known = work.workflow.get(state).ok_or_else(|| AppError::not_found("state"))?;
    let is_done = known.category == Category::Done;
    let mut moved: Vec<(Instant, ItemId)> = work
        .passages
        .iter()
        .filter(|passage| passage.state_at(at) == Some(state))
        // Done counts what was finished within the window.
        .filter(|passage| {
            !is_done || passage.finished(&work.workflow, at).is_some_and(|done| done >= window.start())
        })
        .filter_map(|passage| Some((passage.in_state_since(at)?, passage.item)))
        .collect();
    moved.sort_unstable();
    let mut items: Vec<ItemId> = Vec::new();
    if !is_done {
        let of_window: HashSet<ItemId> = work.passages.iter().map(|passage| passage.item).collect();
        let resting = reader.items_in_state(state)?;
        items.extend(resting.into_iter().filter(|item| !of_window.contains(item)));
    }
    let resting = items.len();
    items.extend(moved.iter().map(|(_, item)| *item));
    let title = format!("{} in “{}” at the end of {}", items_said(items.len()), known.name, short(day));
    told(reader, title, &items, |place, item| {
        let since = match place.checked_sub(resting).and_then(|place| moved.get(place)) {
            Some((since, _)) => Some(*since),
            None => reader.passage(item.id)?.in_state_since(at),
        };
        Ok(BehindRow {
            at: since,
            what: match since {
                Some(_) => format!("came into “{}”", known.name),
                None => format!("in “{}”", known.name),
            },
            ..row(item)
        })
    })
}

/// The items that were finished from one day to another.
fn finished_within(reader: &Reader<'_>, work: &Work, first: Day, last: Day) -> Result<BehindView, AppError> {
    let zone = work.window.zone();
    let finished: Vec<Finished> = work
        .finished()
        .into_iter()
        .filter(|finished| (first..=last).contains(&zone.day_of(finished.done)))
        .collect();
    let days = if first == last {
        format!("on {}", short(first))
    } else {
        format!("from {} to {}", short(first), short(last))
    };
    let title = format!("{} finished {days}", items_said(finished.len()));
    let items: Vec<ItemId> = finished.iter().map(|finished| finished.item).collect();
    told(reader, title, &items, |place, item| {
        let Some(finished) = finished.get(place) else { return Ok(row(item)) };
        let what = match finished.cycle_days(&work.window) {
            Some(0) => "done, on the day on which it came into work".to_owned(),
            Some(days) => format!("done, {} after it came into work", counted(days, "day")),
            None => "done, never in progress before".to_owned(),
        };
        Ok(BehindRow { at: Some(finished.done), what, ..row(item) })
    })
}

/// The debt and the bugs that came in and went out from one day to another.
fn came_and_went(reader: &Reader<'_>, work: &Work, first: Day, last: Day) -> Result<BehindView, AppError> {
    let (window, zone) = (&work.window, work.window.zone());
    let kinds = reader.kinds_at(work.passages.iter().map(|passage| passage.item), window.until())?;
    let mut crossings: Vec<(Instant, ItemId, WorkKind, String)> = Vec::new();
    for passage in &work.passages {
        let Some(Some(kind)) = kinds.get(&passage.item) else { continue };
        if !matches!(kind, WorkKind::Debt | WorkKind::Bug) {
            continue;
        }
        for crossing in passage.crossings(window, &work.workflow) {
            if !(first..=last).contains(&zone.day_of(crossing.at)) {
                continue;
            }
            let what = match (crossing.came, work.workflow.category(passage.state_at(crossing.at))) {
                (true, _) if passage.created() == Some(crossing.at) => "came in",
                (true, _) => "came in again",
                (false, Category::Cancelled) => "went out, cancelled",
                (false, _) => "went out, done",
            };
            let what = format!("{}: {what}", kind_words(*kind));
            crossings.push((crossing.at, passage.item, *kind, what));
        }
    }
    crossings.sort_by_key(|(at, item, kind, _)| (*kind, *at, *item));
    let items: Vec<ItemId> = crossings.iter().map(|(_, item, ..)| *item).collect();
    let title = format!("Debt and bugs that came and went from {} to {}", short(first), short(last));
    told(reader, title, &items, |place, item| {
        let Some((at, _, _, what)) = crossings.get(place) else { return Ok(row(item)) };
        Ok(BehindRow { at: Some(*at), what: what.clone(), ..row(item) })
    })
}

/// The open items that lack something, or that are of an age, the oldest first.
fn open_items(
    reader: &Reader<'_>,
    window: &FlowWindow,
    open: Vec<OpenItem>,
    behind: &Behind,
) -> Result<BehindView, AppError> {
    let age = |item: &OpenItem| {
        let days = window.zone().day_of(item.created).days_until(window.last()).max(0);
        u32::try_from(days).unwrap_or(u32::MAX)
    };
    let is_meant = |item: &OpenItem| match *behind {
        Behind::Unsized => !item.is_sized,
        Behind::Unsorted => item.kind.is_none(),
        Behind::Aged { from, to } => AgeSpan { from, to, items: 0 }.holds(age(item)),
        _ => false,
    };
    let mut meant: Vec<OpenItem> = open.into_iter().filter(is_meant).collect();
    meant.sort_by_key(|item| (item.created, item.item));
    let said = match *behind {
        Behind::Unsized => "without a size".to_owned(),
        Behind::Unsorted => "without a kind".to_owned(),
        Behind::Aged { from, to: Some(to) } => format!("{from} to {} days old", to.saturating_sub(1)),
        Behind::Aged { from, .. } => format!("{from} days old or older"),
        _ => String::new(),
    };
    let title = format!("{} open, {said}", items_said(meant.len()));
    let items: Vec<ItemId> = meant.iter().map(|item| item.item).collect();
    told(reader, title, &items, |place, item| {
        let Some(open) = meant.get(place) else { return Ok(row(item)) };
        let what = format!("created, {} ago", counted(age(open), "day"));
        Ok(BehindRow { at: Some(open.created), what, ..row(item) })
    })
}

/// Items in rows, the first ones of many.
fn told(
    reader: &Reader<'_>,
    title: String,
    items: &[ItemId],
    mut tell: impl FnMut(usize, &FlowItem) -> Result<BehindRow, AppError>,
) -> Result<BehindView, AppError> {
    let shown = &items[..items.len().min(BehindView::MOST_ROWS)];
    let named = reader.flow_items(shown.iter().copied())?;
    let mut rows = Vec::with_capacity(shown.len());
    for (place, item) in shown.iter().enumerate() {
        if let Some(item) = named.get(item) {
            rows.push(tell(place, item)?);
        }
    }
    let more = u32::try_from(items.len() - shown.len()).unwrap_or(u32::MAX);
    Ok(BehindView { title, rows, more })
}

fn row(item: &FlowItem) -> BehindRow {
    BehindRow {
        label: item.label.clone(),
        title: item.title.clone(),
        item: Some(item.id),
        ..BehindRow::default()
    }
}

fn items_said(count: usize) -> String {
    if count == 0 { "No item".to_owned() } else { counted(u32::try_from(count).unwrap_or(u32::MAX), "item") }
}
