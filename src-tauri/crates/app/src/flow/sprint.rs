//! The charts of one Sprint.
//!
//! 1. A running Sprint is computed from its commitment and its facts; a planned one shows what a start on its first
//!    day would commit; of a closed one everything is as it was sealed (3.5), and a moment before its close is told
//!    from what was known when it was sealed.
//! 2. What stands behind a day is what happened on it, then what was left at its end: the sum of that is the number.

use super::behind::{self, BehindRow, BehindView};
use super::{ChartKind, ChartQuestion};
use crate::backlog::origin_words;
use crate::capacity::points_said;
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::Book;
use crate::sprint::board::TermsNow;
use crate::sprint::correct::as_known_then;
use crate::sprint::start::Choice;
use crate::sprint::{SprintRecord, planned_sprints, report, seal, sealed, sealed_report, sprint_of};
use crate::team::{counted, short};
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{
    Arrival, Behind, BufferFacts, BurnDown, BurnUp, Ideal, PastScope, SealedFlow, SprintFlow, Stage,
    TwoLanes, Unit, VELOCITY_SPRINTS,
};
use domain::forecast::Seed;
use domain::identity::ItemId;
use domain::interrupt::{Decision, Drawer, OverflowChoice, SeverityNames};
use domain::measures::Size;
use domain::sprint::{Commitment, CommittedItem, Part, ScopeChange, ScopeEntry, ScopeLedger, SprintReport};
use store::{Edition, Reader, Writer};

/// The area under which the charts of a closed Sprint are sealed.
pub(crate) const AREA: &str = "flow";

/// The Sprint that a question names, or the one that people mean when they name none: the running one, else the next
/// planned, else the last closed.
pub(crate) fn asked_sprint(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<store::Sprint, AppError> {
    if let Some(meant) = named_or_running(reader, question, now)? {
        return Ok(meant);
    }
    if let Some(next) = planned_sprints(reader)?.into_iter().next() {
        return Ok(next);
    }
    let closed = reader.sprints()?.into_iter().rev().find(|sprint| sprint.closed_at.is_some());
    closed.ok_or_else(|| {
        AppError::refused(
            "There is no Sprint yet.",
            "Plan the first one and start it: from then on its days are drawn, one by one.",
        )
    })
}

/// The Sprint that a question names, else the one that ran at its past moment, else the running one.
pub(crate) fn named_or_running(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Option<store::Sprint>, AppError> {
    if let Some(id) = question.sprint {
        return sprint_of(reader, id).map(Some);
    }
    match ran_then(reader, question, now)? {
        Some(ran) => Ok(Some(ran)),
        None => Ok(reader.active_sprint()?),
    }
}

/// The Sprint that ran at the past moment that is asked for; none where none did, or where now is meant.
fn ran_then(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<Option<store::Sprint>, AppError> {
    if question.as_of.is_none() {
        return Ok(None);
    }
    let ran = |sprint: &store::Sprint| {
        sprint.started_at.is_some_and(|at| at <= now) && sprint.closed_at.is_none_or(|at| at > now)
    };
    Ok(reader.sprints()?.into_iter().find(ran))
}

/// Seals the charts of a Sprint that is being closed, or corrected, in an edition.
pub(crate) fn seal_charts(
    writer: &mut Writer<'_>,
    edition: &Edition,
    book: &Book<'_>,
) -> Result<(), AppError> {
    let record = book.record;
    let flow = SprintFlow {
        sprint: &record.sprint.name,
        ledger: &book.scope,
        calendar: &record.calendar,
        stage: Stage::Closed,
        decisions: &book.decisions,
        is_past: false,
    };
    let names = writer.severity_names()?;
    let sealed = with_buffer(book, &names, |facts| SealedFlow::seal(&flow, facts));
    writer.seal_report(record.sprint.id, edition, AREA, &seal(&sealed)?)?;
    Ok(())
}

/// A Sprint's burn-down, and the terms behind what remains: none while the Sprint is planned, or where it is closed.
pub(crate) fn burn_down(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(store::Sprint, BurnDown, Option<TermsNow>), AppError> {
    let sprint = asked_sprint(reader, question, now)?;
    let (unit, pace) = (question.unit, question.ideal.unwrap_or_default());
    let course = match Course::read(reader, &sprint, question, now)? {
        Course::Closed(sealed) => return Ok((sprint, sealed.in_unit(unit, pace).up.burn, None)),
        Course::Open(open) => open,
    };
    let ledger = course.record.ledger(course.until);
    let burn = BurnDown::new(&course.flow(&ledger), unit).falling(pace);
    let (burn, terms) = match course.stage {
        Stage::Running => {
            let terms = TermsNow::of(&ledger, burn.unit, Part::Planned);
            let burn = match crate::forecast::samples_of(reader, burn.unit, now)? {
                Some(samples) => burn.forecast(&samples, Seed::default()),
                None => burn,
            };
            (burn, Some(terms))
        }
        Stage::Planned | Stage::Closed => (burn, None),
    };
    Ok((sprint, burn, terms))
}

/// A Sprint's burn-up, and the terms behind what remains.
pub(crate) fn burn_up(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(store::Sprint, BurnUp, Option<TermsNow>), AppError> {
    let sprint = asked_sprint(reader, question, now)?;
    let (unit, pace) = (question.unit, question.ideal.unwrap_or_default());
    let course = match Course::read(reader, &sprint, question, now)? {
        Course::Closed(sealed) => return Ok((sprint, sealed.in_unit(unit, pace).up, None)),
        Course::Open(open) => open,
    };
    let ledger = course.record.ledger(course.until);
    let flow = course.flow(&ledger);
    let up = BurnUp::new(&flow, unit);
    let mut up = BurnUp { burn: up.burn.falling(pace), ..up }.projected(&flow, &[]);
    if course.stage != Stage::Running {
        return Ok((sprint, up, None));
    }
    if up.growth.is_none() {
        let past = past_scopes(reader, &sprint, up.burn.unit)?;
        up = up.projected(&flow, &past);
    }
    let terms = TermsNow::of(&ledger, up.burn.unit, Part::Planned);
    let up = match crate::forecast::samples_of(reader, up.burn.unit, now)? {
        Some(samples) => up.forecast(&samples, Seed::default()),
        None => up,
    };
    Ok((sprint, up, Some(terms)))
}

/// A Sprint's plan and buffer, and the terms behind what remains.
pub(crate) fn two_lanes(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(store::Sprint, TwoLanes, Option<TermsNow>), AppError> {
    let sprint = asked_sprint(reader, question, now)?;
    let (unit, pace) = (question.unit, question.ideal.unwrap_or_default());
    let course = match Course::read(reader, &sprint, question, now)? {
        Course::Closed(sealed) => return Ok((sprint, sealed.in_unit(unit, pace), None)),
        Course::Open(open) => open,
    };
    let book = Book::read(reader, &course.record, course.until)?;
    let names = match reader.report(sprint.id, AREA, question.edition)? {
        // A moment before the close is told with the names that were sealed.
        Some(body) => sealed::<SealedFlow>(&body)?.points.buffer.severities,
        None => reader.severity_names()?,
    };
    let flow = course.flow(&book.scope);
    let mut lanes = with_buffer(&book, &names, |facts| TwoLanes::new(&flow, unit, facts));
    lanes.up.burn = lanes.up.burn.falling(pace);
    let terms = (course.stage == Stage::Running)
        .then(|| TermsNow::of(&book.scope, lanes.up.burn.unit, Part::Planned));
    Ok((sprint, lanes, terms))
}

/// What the charts of a Sprint are drawn from.
enum Course {
    /// What was sealed at its close.
    Closed(Box<SealedFlow>),
    /// Its commitment and its facts.
    Open(Box<OpenCourse>),
}

/// A Sprint that is not closed.
struct OpenCourse {
    record: SprintRecord,
    until: Instant,
    stage: Stage,
    decisions: Vec<Decision>,
    is_past: bool,
}

impl Course {
    /// Reads a Sprint up to a moment. Refused: a past Sprint of which only totals are known.
    fn read(
        reader: &Reader<'_>,
        sprint: &store::Sprint,
        question: &ChartQuestion,
        now: Instant,
    ) -> Result<Course, AppError> {
        let (edition, is_past) = (question.edition, question.as_of.is_some());
        if let Some(closed_at) = sprint.closed_at {
            if now < closed_at
                && let Some(record) = as_known_then(reader, sprint, edition)?
            {
                return Course::running(reader, record, now, is_past);
            }
            let Some(body) = reader.report(sprint.id, AREA, edition)? else {
                return Err(AppError::refused(
                    format!("Only the totals of {} are known.", sprint.name),
                    "A chart of its days needs the days on which its items were done.",
                ));
            };
            return Ok(Course::Closed(Box::new(sealed(&body)?)));
        }
        let plan = sprint.plan();
        if let Some(record) = SprintRecord::read(reader, &plan)? {
            return Course::running(reader, record, now, is_past);
        }
        // A planned Sprint shows what a start on its first day would commit.
        let until = now.max(reader.calendar()?.zone.start_of(sprint.first_day));
        let choice = Choice::read(reader, sprint, until)?;
        let draft = Commitment::draft(&plan, &choice.candidate(), until);
        let mut record = SprintRecord::with(reader, &plan, draft)?;
        // What a start would return is no part of its picture (1.1).
        record.items.retain(|item| !choice.has_parts(item.id));
        let decisions = Vec::new();
        Ok(Course::Open(Box::new(OpenCourse { record, until, stage: Stage::Planned, decisions, is_past })))
    }

    /// A Sprint as it ran at a moment.
    fn running(
        reader: &Reader<'_>,
        record: SprintRecord,
        now: Instant,
        is_past: bool,
    ) -> Result<Course, AppError> {
        let until = now.max(record.commitment.started_at);
        let decisions = reader.overflow_decisions(record.sprint.id)?;
        Ok(Course::Open(Box::new(OpenCourse { record, until, stage: Stage::Running, decisions, is_past })))
    }
}

impl OpenCourse {
    fn flow<'f>(&'f self, ledger: &'f ScopeLedger<'f>) -> SprintFlow<'f> {
        SprintFlow {
            sprint: &self.record.sprint.name,
            ledger,
            calendar: &self.record.calendar,
            stage: self.stage,
            decisions: &self.decisions,
            is_past: self.is_past,
        }
    }
}

/// How the scopes of the last six closed Sprints before one grew.
fn past_scopes(reader: &Reader<'_>, sprint: &store::Sprint, unit: Unit) -> Result<Vec<PastScope>, AppError> {
    let mut past = Vec::new();
    let earlier = |one: &store::Sprint| one.closed_at.is_some() && one.first_day < sprint.first_day;
    for one in reader.sprints()?.into_iter().rev().filter(earlier).take(VELOCITY_SPRINTS) {
        let Some(report) = sealed_report(reader, one.id)? else { continue };
        let terms = match unit {
            Unit::Points => report.points,
            Unit::Items => report.items,
        };
        let (committed, scope) = (terms.committed, terms.scope());
        past.push(PastScope { committed, scope, working_days: report.working_days });
    }
    Ok(past)
}

/// Calls with what a buffer lane is computed from.
fn with_buffer<T>(book: &Book<'_>, names: &SeverityNames, call: impl FnOnce(&BufferFacts<'_>) -> T) -> T {
    let lane = book.record.commitment.lanes.iter().find(|lane| lane.is_buffer);
    let interrupts = book.interrupts.iter().map(|one| Arrival {
        what: Drawer::Interrupt(one.drawn.id),
        severity: Some(one.interrupt.present.severity),
        label: one.drawn.label.clone(),
        title: one.drawn.title.clone(),
        at: one.drawn.at,
        in_buffer: one.drawn.in_buffer,
        takes: one.drawn.counts(),
    });
    let items = book.items.iter().map(|item| Arrival {
        what: Drawer::Item(item.item),
        severity: None,
        label: item.label.clone(),
        title: item.title.clone(),
        at: item.at,
        in_buffer: true,
        takes: item.minutes,
    });
    let mut arrivals: Vec<Arrival> = interrupts.chain(items).collect();
    arrivals.sort_by_key(|arrival| arrival.at);
    call(&BufferFacts {
        name: lane.map_or("Buffer", |lane| lane.name.as_str()),
        buffer: &book.buffer(),
        draws: book.draws(),
        arrivals: &arrivals,
        decisions: &book.decisions,
        severities: names,
    })
}

/// What stands behind a point of a Sprint's chart.
pub(crate) fn behind_sprint(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    asked: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    let sprint = asked_sprint(reader, question, context.now)?;
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
        Behind::Day(day) => {
            let view = told.day(&sprint, *day);
            if question.chart != ChartKind::TwoLanes {
                return Ok(view);
            }
            let (_, lanes, _) = two_lanes(reader, question, context.now)?;
            Ok(with_unplanned(view, &lanes, *day, told.zone))
        }
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
        let unit = match Course::read(reader, sprint, question, now)? {
            Course::Closed(sealed) => sealed.in_unit(question.unit, Ideal::Even).up.burn.unit,
            Course::Open(open) => {
                BurnDown::new(&open.flow(&open.record.ledger(open.until)), question.unit).unit
            }
        };
        let committed: Vec<CommittedItem> = commitment.planned().cloned().collect();
        Ok(Some(Told { started_at: commitment.started_at, zone, committed, entries, unit }))
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

/// The same with what drew on the buffer that day, and what was decided: that comes first.
fn with_unplanned(view: BehindView, lanes: &TwoLanes, day: Day, zone: Zone) -> BehindView {
    let buffer = &lanes.buffer;
    let names = &buffer.severities;
    let leads = |row: BehindRow, what: Drawer| match what {
        Drawer::Interrupt(id) => BehindRow { interrupt: Some(id), ..row },
        Drawer::Item(id) => BehindRow { item: Some(id), ..row },
    };
    let drawn = buffer.drawn.iter().filter(|drawn| drawn.day == day).map(|drawn| {
        let expected = if drawn.is_known { "" } else { ", expected" };
        let row = BehindRow {
            on: Some(day),
            label: drawn.label.clone(),
            title: drawn.title.clone(),
            what: format!("{} of the buffer{expected}", drawn.minutes),
            ..BehindRow::default()
        };
        leads(row, drawn.what)
    });
    let arrived = buffer.arrivals.iter().map(|mark| &mark.arrival);
    let arrived = arrived.filter(|arrival| zone.day_of(arrival.at) == day).map(|arrival| {
        let severity =
            arrival.severity.map_or_else(String::new, |severity| format!(", {}", names.of(severity)));
        let row = BehindRow {
            at: Some(arrival.at),
            label: arrival.label.clone(),
            title: arrival.title.clone(),
            what: format!("arrived{severity}"),
            ..BehindRow::default()
        };
        leads(row, arrival.what)
    });
    let decided = buffer.decisions.iter().filter(|mark| zone.day_of(mark.at) == day).map(|mark| BehindRow {
        at: Some(mark.at),
        label: mark.items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>().join(", "),
        title: mark.reason.clone(),
        what: format!("decided: {}", choice_said(mark.choice)),
        item: mark.items.first().map(|item| item.item),
        ..BehindRow::default()
    });
    let mut rows: Vec<BehindRow> = arrived.chain(drawn).chain(decided).collect();
    let place = buffer.days.iter().zip(&lanes.up.burn.days).find(|(_, known)| known.day == day);
    let used = place.and_then(|(buffer, _)| buffer.used);
    let title = match used {
        Some(used) => format!("{}, {used} of the buffer used", view.title),
        None => view.title,
    };
    rows.extend(view.rows);
    let told = BehindView::new(title, rows);
    BehindView { more: told.more + view.more, ..told }
}

/// What was decided, in words.
fn choice_said(choice: OverflowChoice) -> &'static str {
    match choice {
        OverflowChoice::SwapOut => "swapped out",
        OverflowChoice::AcceptSlip => "the slip is accepted",
        OverflowChoice::ReduceScope => "the scope is reduced",
        OverflowChoice::CancelSprint => "the Sprint is cancelled",
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
