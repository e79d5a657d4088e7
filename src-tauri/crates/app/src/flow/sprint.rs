//! The charts of one Sprint.
//!
//! 1. A running Sprint is computed from its commitment and its facts; a planned one shows what a start on its first
//!    day would commit; of a closed one everything is as it was sealed (3.5).
//! 2. What stands behind a day is what happened on it, then what was left at its end: the sum of that is the number.

use super::ChartQuestion;
use super::behind::{self, BehindRow, BehindView};
use crate::backlog::origin_words;
use crate::capacity::points_said;
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::board::TermsNow;
use crate::sprint::start::Choice;
use crate::sprint::{SprintRecord, planned_sprints, report, sealed, sprint_of};
use crate::team::{counted, short};
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{Behind, BurnDown, SealedBurnDown, Stage, Unit};
use domain::identity::ItemId;
use domain::measures::Size;
use domain::sprint::{Commitment, CommittedItem, Part, ScopeChange, ScopeEntry, SprintReport};
use store::Reader;

/// The area under which the charts of a closed Sprint are sealed.
pub(crate) const AREA: &str = "flow";

/// The Sprint that a question names, or the one that people mean when they name none: the running one, else the next
/// planned, else the last closed.
pub(crate) fn asked_sprint(reader: &Reader<'_>, question: &ChartQuestion) -> Result<store::Sprint, AppError> {
    if let Some(id) = question.sprint {
        return sprint_of(reader, id);
    }
    if let Some(active) = reader.active_sprint()? {
        return Ok(active);
    }
    if let Some(next) = planned_sprints(reader)?.into_iter().next() {
        return Ok(next);
    }
    let closed = reader.sprints()?.into_iter().rev().find(|sprint| sprint.closed_at.is_some());
    closed.ok_or_else(|| AppError::refused("There is no Sprint yet.", "Plan the first one."))
}

/// A Sprint's burn-down, and the terms behind what remains: none while the Sprint is planned, or where it is closed.
pub(crate) fn burn_down(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(store::Sprint, BurnDown, Option<TermsNow>), AppError> {
    let sprint = asked_sprint(reader, question)?;
    let unit = question.unit;
    if sprint.closed_at.is_some() {
        let Some(body) = reader.report(sprint.id, AREA, question.edition)? else {
            return Err(AppError::refused(
                format!("Only the totals of {} are known.", sprint.name),
                "A burn-down needs the days on which its items were done.",
            ));
        };
        let burn = sealed::<SealedBurnDown>(&body)?.in_unit(unit);
        return Ok((sprint, burn, None));
    }
    let plan = sprint.plan();
    if let Some(record) = SprintRecord::read(reader, &plan)? {
        let ledger = record.ledger(now.max(record.commitment.started_at));
        let burn = BurnDown::new(&sprint.name, &ledger, &record.calendar, Stage::Running, unit);
        let terms = TermsNow::of(&ledger, burn.unit, Part::Planned);
        return Ok((sprint, burn, Some(terms)));
    }
    // A planned Sprint shows what a start on its first day would commit.
    let calendar = reader.calendar()?;
    let start = now.max(calendar.zone.start_of(sprint.first_day));
    let choice = Choice::read(reader, &sprint, start)?;
    let draft = Commitment::draft(&plan, &choice.candidate(), start);
    let mut record = SprintRecord::with(reader, &plan, draft)?;
    // What a start would return is no part of its picture (1.1).
    record.items.retain(|item| !choice.has_parts(item.id));
    let ledger = record.ledger(start);
    let burn = BurnDown::new(&sprint.name, &ledger, &calendar, Stage::Planned, unit);
    Ok((sprint, burn, None))
}

/// What stands behind a point of a Sprint's chart.
pub(crate) fn behind_sprint(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    asked: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    let sprint = asked_sprint(reader, question)?;
    let told = match asked {
        Behind::Item(_) | Behind::Commitment | Behind::Day(_) => {
            Told::read(reader, &sprint, question, context.now)?
        }
        _ => None,
    };
    let Some(told) = told else { return behind::of_a_thing(reader, asked, context) };
    match asked {
        Behind::Item(item) => {
            let committed = told.committed.iter().filter(|one| one.item == *item);
            let entries: Vec<&ScopeEntry> = told.entries.iter().filter(|entry| entry.item == *item).collect();
            let Some(named) = entries
                .last()
                .map(|entry| (&entry.label, &entry.title))
                .or_else(|| committed.clone().next().map(|one| (&one.label, &one.title)))
            else {
                return behind::of_a_thing(reader, asked, context);
            };
            let title = format!("{} {} in {}", named.0, named.1, sprint.name);
            let rows = committed.map(|one| committed_row(one, told.started_at));
            Ok(BehindView::new(title, rows.chain(entries.into_iter().map(entry_row)).collect()))
        }
        Behind::Day(day) => Ok(told.day(&sprint, *day)),
        _ => {
            let rows = told.committed.iter().map(|one| committed_row(one, told.started_at));
            Ok(BehindView::new(format!("{}: committed at its start", sprint.name), rows.collect()))
        }
    }
}

/// What a started Sprint committed to in its planned lanes, and all that happened to its scope until an instant.
struct Told {
    started_at: Instant,
    zone: Zone,
    committed: Vec<CommittedItem>,
    entries: Vec<ScopeEntry>,
    /// What the chart counts.
    unit: Unit,
}

impl Told {
    /// None where the Sprint was not started, or where only totals are known.
    fn read(
        reader: &Reader<'_>,
        sprint: &store::Sprint,
        question: &ChartQuestion,
        now: Instant,
    ) -> Result<Option<Told>, AppError> {
        let (commitment, mut entries, zone) = if sprint.closed_at.is_some() {
            let body = reader.report(sprint.id, report::AREA, question.edition)?;
            let (Some(body), Some(commitment)) = (body, reader.commitment(sprint.id)?) else {
                return Ok(None);
            };
            let report: SprintReport = sealed(&body)?;
            (sealed::<Commitment>(&commitment)?, report.entries, report.zone)
        } else {
            let Some(record) = SprintRecord::read(reader, &sprint.plan())? else { return Ok(None) };
            let entries = record.ledger(now.max(record.commitment.started_at)).entries;
            (record.commitment, entries, record.calendar.zone)
        };
        entries.retain(|entry| entry.at <= now);
        let (_, burn, _) = burn_down(reader, question, now)?;
        let committed: Vec<CommittedItem> = commitment.planned().cloned().collect();
        Ok(Some(Told { started_at: commitment.started_at, zone, committed, entries, unit: burn.unit }))
    }
    /// What happened on a day, and what was left at its end (rule 2).
    fn day(&self, sprint: &store::Sprint, day: Day) -> BehindView {
        let mut scope: Vec<InScope<'_>> = Vec::new();
        for one in &self.committed {
            scope.push(InScope {
                item: one.item,
                label: &one.label,
                title: &one.title,
                size: one.size,
                open: true,
            });
        }
        for entry in self.entries.iter().filter(|entry| !entry.in_buffer && self.zone.day_of(entry.at) <= day)
        {
            let is_open = match entry.change {
                ScopeChange::Added { .. } | ScopeChange::Resized { .. } | ScopeChange::Reopened => true,
                ScopeChange::Removed | ScopeChange::Cancelled | ScopeChange::Done => false,
            };
            let (label, title) = (entry.label.as_str(), entry.title.as_str());
            match scope.iter_mut().find(|one| one.item == entry.item) {
                // A new size leaves what is done as it is.
                Some(known) => {
                    known.open =
                        is_open && (known.open || !matches!(entry.change, ScopeChange::Resized { .. }));
                    known.size = entry.size;
                }
                None => {
                    scope.push(InScope { item: entry.item, label, title, size: entry.size, open: is_open })
                }
            }
        }
        scope.retain(|one| one.open);
        let left: Size = scope
            .iter()
            .map(|one| match self.unit {
                Unit::Points => one.size.unwrap_or_default(),
                Unit::Items => Size::points(1),
            })
            .sum();
        let on_day = self.entries.iter().filter(|entry| self.zone.day_of(entry.at) == day);
        let mut rows: Vec<BehindRow> = on_day.map(entry_row).collect();
        rows.extend(scope.iter().map(|one| BehindRow {
            label: one.label.to_owned(),
            title: one.title.to_owned(),
            what: format!("left: {}", size_said(one.size)),
            item: Some(one.item),
            ..BehindRow::default()
        }));
        let left = match self.unit {
            Unit::Points => points_said(left),
            Unit::Items => counted(scope.len() as u32, "item"),
        };
        BehindView::new(format!("{}, {}: {left} left", sprint.name, short(day)), rows)
    }
}

/// An item that was in the planned scope.
struct InScope<'t> {
    item: ItemId,
    label: &'t str,
    title: &'t str,
    size: Option<Size>,
    open: bool,
}

fn committed_row(one: &CommittedItem, started_at: Instant) -> BehindRow {
    BehindRow {
        at: Some(started_at),
        label: one.label.clone(),
        title: one.title.clone(),
        what: format!("committed, {}", size_said(one.size)),
        item: Some(one.item),
        ..BehindRow::default()
    }
}

fn entry_row(entry: &ScopeEntry) -> BehindRow {
    let size = size_said(entry.size);
    let what = match entry.change {
        ScopeChange::Added { origin } => format!("came in, {}, {size}", origin_words(origin)),
        ScopeChange::Removed => format!("taken out, {size}"),
        ScopeChange::Cancelled => format!("cancelled, {size}"),
        ScopeChange::Resized { from } => format!("re-sized from {} to {size}", size_said(from)),
        ScopeChange::Done => format!("done, {size}"),
        ScopeChange::Reopened => format!("opened again, {size}"),
    };
    BehindRow {
        at: Some(entry.at),
        label: entry.label.clone(),
        title: entry.title.clone(),
        what: if entry.in_buffer { format!("{what}, in the buffer") } else { what },
        item: Some(entry.item),
        ..BehindRow::default()
    }
}

/// “5 points”, “unsized”.
pub(crate) fn size_said(size: Option<Size>) -> String {
    size.map_or_else(|| "unsized".to_owned(), points_said)
}
