//! The gauge of the buffer: how it stands, at what pace it is used, and what is not known.

use super::ledger::decision_said;
use super::overflow::OverflowAsk;
use super::{Book, InterruptsQuestion, ledger, list};
use crate::capacity::learned::experience_within;
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::{SprintName, SprintRecord, seal, sealed, sprint_of};
use crate::team::{counted, short};
use domain::calendar::{Day, Instant};
use domain::capacity::{Experience, HoursPerPoint};
use domain::flow::Unit;
use domain::identity::{ItemId, SprintId};
use domain::interrupt::{Buffer, BufferState, Decision, Drawer, undecided};
use domain::measures::{Minutes, Share, Size};
use domain::sprint::Part;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// The area under which what interrupts did is sealed.
pub(crate) const AREA: &str = "interrupt";

/// How the buffer of a Sprint stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BufferGauge {
    /// The Sprint.
    pub sprint: SprintName,
    /// The name of its buffer lane.
    pub lane: String,
    /// Free, in use or overflowing.
    pub state: BufferState,
    /// How it stands, in words: “18 h of 20.5 h used, 2 h of it expected”.
    pub said: String,
    /// The pace, in words: “At this rate, 2 h a working day, the buffer is empty on Thursday.”
    pub pace_said: Option<String>,
    /// What is not known, in words; none where all is.
    pub unknown_said: Option<String>,
    /// What came in, in words: “3 interrupts, 1 open; 1 item”.
    pub came_said: String,
    /// Its share of the capacity.
    pub share: Share,
    /// The hours that were kept; none where nobody's hours were set.
    pub kept: Option<Minutes>,
    /// The hours that are used, as far as is known.
    pub used: Minutes,
    /// The part of them that is expected.
    pub expected: Minutes,
    /// By how much it overflows.
    pub over: Minutes,
    /// How full it is; none where no hours were kept.
    pub fill: Option<Share>,
    /// Interrupts of the Sprint.
    pub interrupts: u32,
    /// Those of them that are not over.
    pub open: u32,
    /// Items that were added as interrupts and are in the scope.
    pub items: u32,
    /// Their points.
    pub points: Size,
    /// What the team decided last about an overflow, in words: “Decided on Thursday, 3 December: swapped out PAY-12.”
    pub decided_said: Option<String>,
    /// What waits for a decision; none where the buffer does not overflow, or all of it is decided.
    pub asks: Option<OverflowAsk>,
}

/// How the buffer of a Sprint stands; none where no Sprint runs, or the Sprint was not started here.
pub(super) fn gauge(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
) -> Result<Option<BufferGauge>, AppError> {
    shown(reader, question, context, |sealed| sealed.gauge, |_, book| Ok(BufferGauge::of(book)))
}

impl BufferGauge {
    /// The gauge of the Sprint that runs, where the experience of closed Sprints was read already; none where none runs.
    pub(crate) fn running(
        reader: &Reader<'_>,
        history: &[(SprintName, Experience)],
        context: &Context<'_>,
    ) -> Result<Option<BufferGauge>, AppError> {
        let Some(record) = SprintRecord::running(reader)? else { return Ok(None) };
        let before = experience_within(reader, history, record.sprint.id)?;
        Ok(Some(BufferGauge::of(&Book::valued(reader, &record, context.now, &before)?)))
    }

    /// The gauge at the end of a book.
    pub(crate) fn of(book: &Book<'_>) -> BufferGauge {
        let commitment = &book.record.commitment;
        let now = book.buffer();
        let items = book.scope.scope(Part::Buffer).count() as u32;
        let lane = commitment.lanes.iter().find(|lane| lane.is_buffer);
        let interrupts = book.interrupts.len() as u32;
        let is_open = |one: &&super::book::Booked| one.interrupt.present.ended_at.is_none();
        let open = book.interrupts.iter().filter(is_open).count() as u32;
        let fill = now.kept.filter(|kept| *kept > Minutes::ZERO).map(|kept| {
            let (used, kept) = (i128::from(now.used.in_minutes()), i128::from(kept.in_minutes()));
            Share::basis_points(((used * 10_000 + kept / 2) / kept) as i64)
        });
        BufferGauge {
            sprint: SprintName::from(&book.record.sprint),
            lane: lane.map_or_else(|| "Buffer".to_owned(), |lane| lane.name.clone()),
            state: now.state,
            said: said(book, &now),
            pace_said: pace_said(&now, book.day()),
            unknown_said: unknown_said(book, &now),
            came_said: came_said(interrupts, open, items),
            share: commitment.buffer_share(),
            kept: now.kept,
            used: now.used,
            expected: now.expected,
            over: now.over,
            fill,
            interrupts,
            open,
            items,
            points: book.scope.terms(Unit::Points, Part::Buffer).scope(),
            decided_said: book.decisions.iter().max_by_key(|one| one.at).map(|one| {
                let on = weekday(book.record.calendar.zone.day_of(one.at));
                format!("Decided on {on}: {}.", decision_said(one))
            }),
            asks: ask(&now, &book.decisions),
        }
    }
}

/// What of an overflow waits for a decision.
pub(super) fn ask(now: &Buffer, decisions: &[Decision]) -> Option<OverflowAsk> {
    let left = undecided(now.over, decisions)?;
    let beyond = if decisions.is_empty() {
        format!("The buffer overflows by {}.", now.over)
    } else {
        format!("The buffer overflows by {}, {left} beyond what was decided.", now.over)
    };
    let since = now.over_since.map(|day| format!(" It was used up on {}.", weekday(day)));
    Some(OverflowAsk {
        over: now.over,
        left,
        said: format!("{beyond}{} What gives way?", since.unwrap_or_default()),
    })
}

fn said(book: &Book<'_>, now: &Buffer) -> String {
    let by_points = book.items.iter().any(|item| item.minutes.is_some());
    let rate = match book.per_point {
        HoursPerPoint::Known { median, .. } if by_points => format!(", at {median} a point"),
        _ => String::new(),
    };
    let expected = match book.estimated() {
        Minutes::ZERO => String::new(),
        expected if expected == now.used => ", all of it expected".to_owned(),
        expected => format!(", {expected} of it expected"),
    };
    match (now.state, now.kept) {
        (BufferState::Free, Some(kept)) => format!("{kept} kept"),
        (BufferState::Free, None) => "nothing unplanned came in".to_owned(),
        (_, _) if now.used == Minutes::ZERO && !now.undrawn.is_empty() => match now.kept {
            Some(kept) => format!("{kept} kept; what is used is not known yet"),
            None => "what is used is not known yet".to_owned(),
        },
        (_, None) => format!("{} used{rate}{expected}", now.used),
        (_, Some(kept)) => {
            let left = if now.over > Minutes::ZERO {
                format!(": {} too much", now.over)
            } else if now.used == kept {
                ": used up".to_owned()
            } else {
                String::new()
            };
            format!("{} of {kept} used{rate}{expected}{left}", now.used)
        }
    }
}

fn pace_said(now: &Buffer, today: Day) -> Option<String> {
    let pace = now.pace?;
    let rate = format!("At this rate, {} a working day,", pace.a_day);
    Some(match pace.empty_on {
        Some(day) if day == today => format!("{rate} the buffer is empty today."),
        Some(day) if today.days_until(day) < 7 => {
            format!("{rate} the buffer is empty on {}.", day.date().format("%A"))
        }
        Some(day) => format!("{rate} the buffer is empty on {}.", weekday(day)),
        None => format!("{rate} the buffer lasts to the end of the Sprint."),
    })
}

fn unknown_said(book: &Book<'_>, now: &Buffer) -> Option<String> {
    let no_hours =
        "Nobody’s hours were set when the Sprint started: how much was kept for the buffer is not known.";
    let unknown = match now.undrawn.as_slice() {
        [] => None,
        [one] => Some(match one.drawer {
            Drawer::Interrupt(_) => {
                format!("How long {} took is not known: it has neither hours nor an estimate.", one.label)
            }
            Drawer::Item(item) => {
                format!("How many hours {} takes is not known: {}.", one.label, missing(book, item))
            }
        }),
        many => {
            let labels: Vec<&str> = many.iter().map(|one| one.label.as_str()).collect();
            Some(format!("How long {} of what came in took is not known: {}.", many.len(), listed(&labels)))
        }
    };
    match (now.kept, unknown) {
        (None, Some(unknown)) => Some(format!("{no_hours} {unknown}")),
        (None, None) => Some(no_hours.to_owned()),
        (Some(_), unknown) => unknown,
    }
}

/// What of size and hours per point is missing to tell the hours of an item.
fn missing(book: &Book<'_>, item: ItemId) -> String {
    let has_size = book.items.iter().any(|one| one.item == item && one.size.is_some());
    let size = (!has_size).then(|| "it has no size".to_owned());
    let rate = match book.per_point {
        HoursPerPoint::Known { .. } => None,
        HoursPerPoint::TooFew { sprints, needed } => Some(format!(
            "hours per point need {needed} closed Sprints that tell them, and there {} {sprints}",
            if sprints == 1 { "is" } else { "are" }
        )),
    };
    size.into_iter().chain(rate).collect::<Vec<_>>().join(", and ")
}

fn came_said(interrupts: u32, open: u32, items: u32) -> String {
    let open = match open {
        0 => String::new(),
        count => format!(", {count} open"),
    };
    match (interrupts, items) {
        (0, 0) => "Nothing unplanned came in.".to_owned(),
        (0, items) => format!("{} in the buffer lane. Outside the planned scope.", counted(items, "item")),
        (_, 0) => format!("{}{open}.", counted(interrupts, "interrupt")),
        (_, items) => format!(
            "{}{open}; {} in the buffer lane.",
            counted(interrupts, "interrupt"),
            counted(items, "item")
        ),
    }
}

/// “I-1, I-2, I-3 and 4 more”.
fn listed(labels: &[&str]) -> String {
    match labels {
        [first, second, third, _, _, ..] => {
            format!("{first}, {second}, {third} and {} more", labels.len() - 3)
        }
        few => few.join(", "),
    }
}

/// “Thursday, 3 December”.
pub(super) fn weekday(day: Day) -> String {
    format!("{}, {}", day.date().format("%A"), short(day))
}

/// What interrupts did to a Sprint, as it was at its close.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub gauge: BufferGauge,
    pub rows: Vec<list::InterruptRow>,
    pub ledger: ledger::Displacement,
    pub split: ledger::SprintSplit,
}

/// The time that unplanned work took of a Sprint up to an instant, as far as is known.
pub(crate) fn time_of(
    reader: &Reader<'_>,
    record: &SprintRecord,
    until: Instant,
) -> Result<Minutes, AppError> {
    Ok(Book::read(reader, record, until)?.unplanned_time())
}

/// Seals what interrupts did to a Sprint up to its close, in the edition that was begun last.
pub(crate) fn seal_close(
    writer: &mut Writer<'_>,
    record: &SprintRecord,
    until: Instant,
) -> Result<(), AppError> {
    let book = Book::read(writer, record, until)?;
    let sealed = Sealed {
        gauge: BufferGauge { asks: None, ..BufferGauge::of(&book) },
        rows: list::rows_of(writer, &book)?,
        ledger: ledger::Displacement::of(&book, true),
        split: ledger::SprintSplit::of(writer, &book)?,
    };
    let edition = writer.editions(record.sprint.id)?.pop();
    let edition = edition.ok_or_else(|| AppError::internal("the Sprint has no report yet"))?;
    writer.seal_report(record.sprint.id, &edition, AREA, &seal(&sealed)?)?;
    crate::flow::sprints::seal_trend(writer, &edition, &book)
}

/// Whether it was sealed what interrupts did to a Sprint.
pub(super) fn is_sealed(reader: &Reader<'_>, sprint: SprintId) -> Result<bool, AppError> {
    Ok(reader.report(sprint, AREA, None)?.is_some())
}

/// What was sealed of a closed Sprint, in an edition; none where nothing was.
pub(crate) fn sealed_of(
    reader: &Reader<'_>,
    sprint: SprintId,
    edition: Option<u32>,
) -> Result<Option<Sealed>, AppError> {
    reader.report(sprint, AREA, edition)?.map(|body| sealed(&body)).transpose()
}

/// What is shown of a Sprint: of a closed one what was sealed, of the running one what is so now; none where neither is.
pub(super) fn shown<T>(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
    of_closed: impl FnOnce(Sealed) -> T,
    of_running: impl FnOnce(&Reader<'_>, &Book<'_>) -> Result<T, AppError>,
) -> Result<Option<T>, AppError> {
    let sprint = match question.sprint {
        Some(id) => sprint_of(reader, id)?,
        None => match reader.active_sprint()? {
            Some(running) => running,
            None => return Ok(None),
        },
    };
    if sprint.closed_at.is_some() {
        return Ok(sealed_of(reader, sprint.id, question.edition)?.map(of_closed));
    }
    match SprintRecord::read(reader, &sprint.plan())? {
        Some(record) => of_running(reader, &Book::read(reader, &record, context.now)?).map(Some),
        None => Ok(None),
    }
}
