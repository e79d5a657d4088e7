//! Correcting a closed Sprint: an edition beside the first, from the facts as they are known now (3.5).
//!
//! 1. What counts is what happened before the close, whenever it was written down. Of the very moment of the close
//!    counts what was written down before it, so that the close's own facts do not.
//! 2. Names, titles, zone, goal and what was decided stay as they were sealed; the commitment is the frozen one.
//! 3. Where nothing would differ there is nothing to correct. A correction says why, and can be undone.

use super::close::seal_areas;
use super::{SprintQuestion, SprintRecord, report, sealed, sprint_of};
use crate::backlog::facts_said;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::interrupt;
use crate::reliability;
use crate::team::{counted, short};
use domain::backlog::{Dated, ItemFact};
use domain::calendar::Instant;
use domain::identity::{ItemId, SprintId};
use domain::sprint::{
    ItemDifference, Pair, ReportDifference, ReportItem, ReportList, SprintItem, SprintReport,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{Reader, Writer};
use ts_rs::TS;

/// Adds an edition to the reports of a closed Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrectSprint {
    /// The closed Sprint.
    pub sprint: SprintId,
    /// Why: what was not known, or was wrong, when it was closed.
    pub reason: String,
}

pub(crate) fn correct(
    writer: &mut Writer<'_>,
    command: CorrectSprint,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let again = Again::read(writer, command.sprint)??;
    let corrected = again.corrected(writer)?;
    let name = &again.record.sprint.name;
    let uptime = reliability::seal::changed(writer, command.sprint)?;
    if again.comes_to_the_same(&corrected) && uptime.is_empty() {
        return Err(AppError::refused(
            format!("Nothing is known that changes what {name} came to."),
            "Say first what was so, with the day on which it was; then correct.",
        ));
    }
    let reason = command.reason.trim();
    if reason.is_empty() {
        return Err(AppError::refused(
            "A correction needs a reason.",
            "Say what was not known, or was wrong, when the Sprint was closed.",
        )
        .at("reason"));
    }
    let outcome = Outcome::titled(format!("Correct {name}"));
    seal_areas(writer, &again.record, corrected, again.closed_at, Some(reason))?;
    Ok(outcome)
}

/// What a correction would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// The facts that arrived after the latest edition and happened before the close, in words.
    pub late: Vec<LateFact>,
    /// What an edition made now would say otherwise than the latest; none where it would say the same, and where only
    /// totals are known.
    pub changes: Option<EditionChanges>,
}

/// A fact that arrived late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LateFact {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// What was so, when, and when it was written down.
    pub said: String,
}

/// What an edition says otherwise than the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditionChanges {
    /// The figures that differ, in words.
    pub figures: Vec<FigureChange>,
    /// The items that stand otherwise.
    pub items: Vec<ItemChange>,
    /// Whether changes of the scope have other days or sizes.
    pub days: bool,
}

/// A figure that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FigureChange {
    /// What it counts: “Completed”.
    pub name: String,
    /// Before.
    pub before: String,
    /// Now.
    pub after: String,
}

/// An item that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemChange {
    /// The item.
    pub item: ItemId,
    /// Its label as it was.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// How it stands otherwise, in words.
    pub said: String,
}

pub(crate) fn correction(
    reader: &Reader<'_>,
    question: SprintQuestion,
    context: &Context<'_>,
) -> Result<Correction, AppError> {
    let again = match Again::read(reader, question.sprint)? {
        Ok(again) => again,
        Err(_) => return Ok(Correction { late: Vec::new(), changes: None }),
    };
    let corrected = again.corrected(reader)?;
    let difference = again.report.difference(&corrected);
    let uptime = reliability::seal::changed(reader, question.sprint)?;
    if again.comes_to_the_same(&corrected) && uptime.is_empty() {
        return Ok(Correction { late: Vec::new(), changes: None });
    }
    let zone = again.report.zone;
    let is_late = |dated: &Dated<ItemFact>| {
        dated.operation > again.closed_by
            && dated.recorded_at >= again.recorded_at
            && dated.happened_at < again.closed_at
    };
    let mut late = Vec::new();
    let changed: HashSet<ItemId> = difference.items.iter().filter_map(ItemDifference::item).collect();
    // What comes to the same is no reason, unless nothing else is.
    let counts = |item: &&SprintItem| changed.is_empty() || changed.contains(&item.id);
    for item in again.record.items.iter().filter(counts) {
        for (happened_at, recorded_at, text) in facts_said(reader, item.id, context.now, is_late)? {
            let (happened, recorded) = (short(zone.day_of(happened_at)), short(zone.day_of(recorded_at)));
            late.push((
                recorded_at,
                LateFact {
                    item: item.id,
                    label: item.label.clone(),
                    said: format!("{text} on {happened}, written down on {recorded}"),
                },
            ));
        }
    }
    late.sort_by_key(|(recorded_at, _)| *recorded_at);
    let mut changes = EditionChanges::between(&again.report, &corrected);
    let figure = |(name, before, after)| FigureChange { name, before, after };
    changes.figures.extend(uptime.into_iter().map(figure));
    Ok(Correction { late: late.into_iter().map(|(_, fact)| fact).collect(), changes: Some(changes) })
}

/// A closed Sprint as its facts tell it now.
struct Again {
    /// The latest edition of its report.
    report: SprintReport,
    /// When that was sealed.
    recorded_at: Instant,
    /// When the Sprint was closed.
    closed_at: Instant,
    /// The operation that closed it.
    closed_by: i64,
    /// Its items with the facts that count (rule 1).
    record: SprintRecord,
}

impl Again {
    /// The report as it is computed from what is known now, with the time that unplanned work took.
    fn corrected(&self, reader: &Reader<'_>) -> Result<SprintReport, AppError> {
        let mut corrected = self.report.corrected(&self.record.sprint, &self.record.ledger(self.closed_at));
        corrected.experience.interrupts = interrupt::time_of(reader, &self.record, self.closed_at)?;
        Ok(corrected)
    }

    /// Whether a report would say the same as the one that was sealed.
    fn comes_to_the_same(&self, corrected: &SprintReport) -> bool {
        self.report.difference(corrected).is_empty()
            && self.report.experience.interrupts == corrected.experience.interrupts
    }

    /// Reads a closed Sprint; within, why it cannot be corrected.
    fn read(reader: &Reader<'_>, id: SprintId) -> Result<Result<Again, AppError>, AppError> {
        let row = sprint_of(reader, id)?;
        let (Some(closed_at), Some(closed_by)) = (row.closed_at, reader.closing_operation(id)?) else {
            return Ok(Err(AppError::refused(
                format!("{} is not closed.", row.name),
                "Until then every fact counts by itself.",
            )));
        };
        let Some((report, record)) = as_named(reader, &row, None)? else {
            return Ok(Err(AppError::refused(
                format!("Only the totals of {} are known.", row.name),
                "A correction is computed from the facts of its items.",
            )));
        };
        let recorded_at = reader.editions(id)?.last().map_or(closed_at, |edition| edition.recorded_at);
        Ok(Ok(Again { report, recorded_at, closed_at, closed_by, record }))
    }
}

/// A closed Sprint with the facts that count for it, whenever they were written down, and titles as they were sealed
/// in an edition, which comes along; none where only totals are known.
fn as_named(
    reader: &Reader<'_>,
    row: &store::Sprint,
    edition: Option<u32>,
) -> Result<Option<(SprintReport, SprintRecord)>, AppError> {
    let body = reader.report(row.id, report::AREA, edition)?;
    let (Some(closed_at), Some(closed_by), Some(body), Some(mut record)) =
        (row.closed_at, reader.closing_operation(row.id)?, body, SprintRecord::read(reader, &row.plan())?)
    else {
        return Ok(None);
    };
    let report: SprintReport = sealed(&body)?;
    let named: HashMap<ItemId, &ReportItem> = report.items_named().map(|item| (item.item, item)).collect();
    for item in &mut record.items {
        item.facts.retain(|dated| {
            dated.happened_at < closed_at || dated.happened_at == closed_at && dated.operation < closed_by
        });
        if let Some(known) = named.get(&item.id) {
            (item.label, item.title) = (known.label.clone(), known.title.clone());
        }
    }
    record.calendar.zone = report.zone;
    Ok(Some((report, record)))
}

/// A closed Sprint with what was known when an edition was sealed, to tell of a moment before its close; none where
/// only totals are known.
pub(crate) fn as_known_then(
    reader: &Reader<'_>,
    row: &store::Sprint,
    edition: Option<u32>,
) -> Result<Option<SprintRecord>, AppError> {
    let Some((_, mut record)) = as_named(reader, row, edition)? else { return Ok(None) };
    let editions = reader.editions(row.id)?;
    let sealed = match edition {
        Some(number) => editions.iter().find(|known| known.number == number),
        None => editions.last(),
    };
    let closed_by = reader.closing_operation(row.id)?;
    if let Some(sealed) = sealed {
        let is_first = sealed.number == 1;
        for item in &mut record.items {
            item.facts.retain(|dated| {
                Some(dated.operation) < closed_by || !is_first && dated.recorded_at <= sealed.recorded_at
            });
        }
        record.known_until = Some(sealed.recorded_at);
    }
    Ok(Some(record))
}

impl EditionChanges {
    /// What a report says otherwise than an earlier one of the same Sprint.
    pub(super) fn between(before: &SprintReport, after: &SprintReport) -> EditionChanges {
        let mut changes = EditionChanges::told(&before.difference(after), after.zone);
        let (took, takes) = (before.experience.interrupts, after.experience.interrupts);
        if took != takes {
            let name = "Time of unplanned work".to_owned();
            changes.figures.push(FigureChange { name, before: took.to_string(), after: takes.to_string() });
        }
        changes
    }

    fn told(difference: &ReportDifference, zone: domain::calendar::Zone) -> EditionChanges {
        let figure = |one: &domain::sprint::FigureDifference| FigureChange {
            name: list_said(one.list).to_owned(),
            before: pair_said(one.before),
            after: pair_said(one.after),
        };
        let day = |at: Instant| short(zone.day_of(at));
        let item = |one: &ItemDifference| {
            let (_, known) = one.after.as_ref().or(one.before.as_ref())?;
            Some(ItemChange {
                item: known.item,
                label: known.label.clone(),
                title: known.title.clone(),
                said: item_said(one, day),
            })
        };
        EditionChanges {
            figures: difference.figures.iter().map(figure).collect(),
            items: difference.items.iter().filter_map(item).collect(),
            days: difference.entries,
        }
    }
}

fn list_said(list: ReportList) -> &'static str {
    match list {
        ReportList::Completed => "Completed",
        ReportList::NotCompleted => "Not completed",
        ReportList::Removed => "Removed",
        ReportList::CompletedOutside => "Completed outside this Sprint",
        ReportList::Added => "Added after the start",
        ReportList::Buffer => "In the buffer",
    }
}

fn pair_said(pair: Pair) -> String {
    let points = crate::capacity::points_said(pair.last);
    let unsized_items = match pair.unsized_items {
        0 => String::new(),
        some => format!(", {some} unsized"),
    };
    format!("{points} in {}{unsized_items}", counted(pair.count, "item"))
}

fn item_said(one: &ItemDifference, day: impl Fn(Instant) -> String) -> String {
    let done = |item: &ReportItem| item.done_at.map_or(String::new(), |at| format!(" on {}", day(at)));
    let stands = |(list, item): &(ReportList, ReportItem)| {
        let said = list_said(*list);
        let done = if *list == ReportList::Completed { done(item) } else { String::new() };
        format!("{}{done}", said[..1].to_lowercase() + &said[1..])
    };
    let (before, after) = match (&one.before, &one.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(after)) => return format!("{}; it was in no list before", stands(after)),
        (Some(before), None) => return format!("in no list; before it was {}", stands(before)),
        (None, None) => return String::new(),
    };
    let mut said = Vec::new();
    if before.0 != after.0 {
        said.push(format!("{} instead of {}", stands(after), stands(before)));
    } else if before.1.done_at.map(&day) != after.1.done_at.map(&day) {
        said.push(match (before.1.done_at, after.1.done_at) {
            (Some(before), Some(after)) => format!("done on {} instead of {}", day(after), day(before)),
            (None, Some(after)) => format!("done on {}", day(after)),
            _ => "not done".to_owned(),
        });
    }
    if before.1.last != after.1.last {
        let size = |item: &ReportItem| item.last.map_or("unsized".to_owned(), |size| size.to_string());
        said.push(format!("size {} instead of {}", size(&after.1), size(&before.1)));
    }
    if before.1.kind != after.1.kind {
        let kind = |item: &ReportItem| item.kind.map_or("unsorted".to_owned(), |kind| kind.to_string());
        said.push(format!("{} instead of {}", kind(&after.1), kind(&before.1)));
    }
    if before.1.lane != after.1.lane {
        said.push("in another lane".to_owned());
    }
    if before.1.origin != after.1.origin {
        said.push("it came in for another reason".to_owned());
    }
    if said.is_empty() {
        said.push("at another moment, or with another size on the way".to_owned());
    }
    said.join(", ")
}
