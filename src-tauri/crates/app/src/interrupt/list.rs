//! The interrupts of a Sprint as a list, and one interrupt with its time, its items and its history.
//!
//! 1. Open ones come first, the gravest before the others, the oldest before the younger.
//! 2. Those that belong to no Sprint, or are open and belong to an earlier one, wait to be taken.
//! 3. Of a closed Sprint the list is shown as it was sealed (3.5).
//! 4. What a screen shows of the interrupts of a Sprint is one question, so that its facts are read once.

use super::book::{Book, Booked};
use super::change::time_words;
use super::gauge::{BufferGauge, sealed_of};
use super::item::{LinkedItem, items_of};
use super::ledger::{Displacement, SprintSplit};
use super::{InterruptsQuestion, interrupt_of, lanes_to_draw_on};
use crate::backlog::{LaneName, MemberName};
use crate::contract::Context;
use crate::error::AppError;
use crate::incident::{LinkedIncident, incidents_of};
use crate::sprint::{SprintName, SprintRecord, sprint_of};
use crate::team::severities::SeverityName;
use domain::backlog::Dated;
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{InterruptId, LaneId, MemberId, RowId, SprintId};
use domain::interrupt::{IncidentSeverity, Interrupt, InterruptFact, InterruptPresent, SeverityNames};
use domain::measures::Minutes;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;
use store::{IncidentsOf, InterruptFilter, Reader, Sprint};
use ts_rs::TS;

/// The interrupts of a Sprint, and those that wait for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptList {
    /// The Sprint; none where none runs and none was asked for.
    pub sprint: Option<SprintName>,
    /// Whether it is closed: then nothing can be changed here.
    pub closed: bool,
    /// Whether what interrupts did to it is known: not of a Sprint of which only totals are, though some of its
    /// interrupts may be.
    pub known: bool,
    /// Today.
    pub today: Day,
    /// Its interrupts.
    pub rows: Vec<InterruptRow>,
    /// Those that belong to no Sprint, or are open and belong to an earlier one; none for a closed Sprint.
    pub waiting: Vec<InterruptRow>,
    /// How its buffer stands.
    pub gauge: Option<BufferGauge>,
    /// The members who are in the team now.
    pub members: Vec<MemberName>,
    /// The lanes on which an interrupt can draw.
    pub lanes: Vec<LaneName>,
    /// The severities, the gravest first.
    pub severities: Vec<SeverityName>,
}

/// An interrupt in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptRow {
    /// Its identity.
    pub id: InterruptId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// What the team calls that.
    pub severity_name: String,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// The lane on which it draws; none is the buffer.
    pub lane: Option<LaneId>,
    /// The name of that lane; none is the buffer.
    pub lane_name: Option<String>,
    /// When it arrived.
    pub reported_at: Option<Instant>,
    /// Since when it is over.
    pub ended_at: Option<Instant>,
    /// How long it took in this Sprint; in all, where it belongs to none.
    pub took: Option<Minutes>,
    /// How long it is expected to take in all.
    pub estimate: Option<Minutes>,
    /// The time in words: “2 h 15 min”, “4 h expected”, “not known”.
    pub time_said: String,
    /// Since when work on it is timed.
    pub timer_since: Option<Instant>,
    /// The items that belong to it.
    pub items: Vec<LinkedItem>,
    /// The Sprint to which it belongs, where that is not the one that is shown.
    pub sprint: Option<SprintName>,
}

/// What interrupts did in a Sprint: they themselves, what they pushed out, and how the Sprint was split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptsOfSprint {
    /// The interrupts.
    pub list: InterruptList,
    /// What they pushed out, with the sentence for the review; none where no Sprint runs, or nothing is known.
    pub ledger: Option<Displacement>,
    /// The planned, committed and actual split; none where there is no ledger.
    pub split: Option<SprintSplit>,
}

pub(super) fn of_sprint(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
) -> Result<InterruptsOfSprint, AppError> {
    let computed = |book: &Book<'_>| Ok((Displacement::of(book, false), SprintSplit::of(reader, book)?));
    let (list, told) = listed(reader, question, context, |ledger, split| (ledger, split), computed)?;
    let (ledger, split) = told.unzip();
    Ok(InterruptsOfSprint { list, ledger, split })
}

pub(super) fn list(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
) -> Result<InterruptList, AppError> {
    Ok(listed(reader, question, context, |_, _| (), |_| Ok(()))?.0)
}

/// The list, and what else is told of the Sprint: of what its close sealed, or of its book as it is now.
fn listed<T>(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
    of_closed: impl FnOnce(Displacement, SprintSplit) -> T,
    of_running: impl FnOnce(&Book<'_>) -> Result<T, AppError>,
) -> Result<(InterruptList, Option<T>), AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    let sprint = match question.sprint {
        Some(id) => Some(sprint_of(reader, id)?),
        None => reader.active_sprint()?,
    };
    let mut list = InterruptList {
        sprint: sprint.as_ref().map(SprintName::from),
        closed: sprint.as_ref().is_some_and(|sprint| sprint.closed_at.is_some()),
        known: true,
        today,
        rows: Vec::new(),
        waiting: Vec::new(),
        gauge: None,
        members: members_on(reader, today)?,
        lanes: Vec::new(),
        severities: SeverityName::all(reader)?,
    };
    if let Some(closed) = sprint.as_ref().filter(|sprint| sprint.closed_at.is_some()) {
        let Some(sealed) = sealed_of(reader, closed.id, question.edition)? else {
            // Only its totals are known: a file may have brought interrupts of its days since.
            list.known = false;
            list.rows = rows_now(reader, reader.interrupts(InterruptFilter::EverIn(closed.id))?)?;
            return Ok((list, None));
        };
        (list.rows, list.gauge) = (sealed.rows, Some(sealed.gauge));
        return Ok((list, Some(of_closed(sealed.ledger, sealed.split))));
    }
    list.lanes = lane_names(reader, sprint.as_ref(), today)?;
    let mut told = None;
    if let Some(record) =
        sprint.as_ref().map(|sprint| SprintRecord::read(reader, &sprint.plan())).transpose()?.flatten()
    {
        let book = Book::read(reader, &record, context.now)?;
        list.rows = rows_of(reader, &book)?;
        list.gauge = Some(BufferGauge::of(&book));
        told = Some(of_running(&book)?);
    }
    list.waiting = waiting(reader, sprint.as_ref().map(|sprint| sprint.id))?;
    Ok((list, told))
}

/// The members who are in the team on a day or come later.
fn members_on(reader: &Reader<'_>, today: Day) -> Result<Vec<MemberName>, AppError> {
    let members = reader.members()?;
    let here = members.iter().filter(|member| member.to.is_none_or(|to| to >= today));
    Ok(here.map(MemberName::of).collect())
}

fn lane_names(reader: &Reader<'_>, sprint: Option<&Sprint>, today: Day) -> Result<Vec<LaneName>, AppError> {
    Ok(lanes_to_draw_on(reader, sprint, today)?.all().iter().map(LaneName::of).collect())
}

/// The interrupts of a book, in their order.
pub(super) fn rows_of(reader: &Reader<'_>, book: &Book<'_>) -> Result<Vec<InterruptRow>, AppError> {
    let names = Names::read(reader)?;
    let lane = |lane: Option<LaneId>| book.record.commitment.lane(lane).map(|lane| lane.name.clone());
    let row = |one: &Booked| {
        let mut row = names.row(reader, &one.interrupt, one.drawn.took())?;
        row.lane_name = lane(row.lane).filter(|_| !one.drawn.in_buffer);
        row.sprint = None;
        Ok(row)
    };
    let rows: Result<Vec<InterruptRow>, AppError> = book.interrupts.iter().map(row).collect();
    Ok(sorted(rows?))
}

/// Open interrupts of no Sprint or of another than the one that is shown, and those that no Sprint ever had.
fn waiting(reader: &Reader<'_>, shown: Option<SprintId>) -> Result<Vec<InterruptRow>, AppError> {
    let names = Names::read(reader)?;
    let mut rows = Vec::new();
    for interrupt in reader.interrupts(InterruptFilter::Open)? {
        if interrupt.present.sprint.is_some_and(|sprint| Some(sprint) == shown) {
            continue;
        }
        let took: Minutes = reader.interrupt_hours(interrupt.id)?.iter().map(|hours| hours.minutes).sum();
        rows.push(names.row(reader, &interrupt, (took > Minutes::ZERO).then_some(took))?);
    }
    Ok(sorted(rows))
}

/// Interrupts as they are now, in the order in which they are given, each with all the time that it took.
pub(crate) fn rows_now(
    reader: &Reader<'_>,
    interrupts: Vec<Interrupt>,
) -> Result<Vec<InterruptRow>, AppError> {
    let names = Names::read(reader)?;
    let row = |interrupt: Interrupt| {
        let took: Minutes = reader.interrupt_hours(interrupt.id)?.iter().map(|hours| hours.minutes).sum();
        names.row(reader, &interrupt, (took > Minutes::ZERO).then_some(took))
    };
    interrupts.into_iter().map(row).collect()
}

/// Open first, then by severity, then by age; what is over, latest first (rule 1).
fn sorted(mut rows: Vec<InterruptRow>) -> Vec<InterruptRow> {
    rows.sort_by_key(|row| match row.ended_at {
        None => (false, Some(row.severity), row.reported_at, None),
        Some(ended) => (true, None, None, Some(Reverse(ended))),
    });
    rows
}

/// What a row is named by, read once for all rows.
struct Names {
    members: HashMap<MemberId, String>,
    sprints: HashMap<SprintId, Sprint>,
    severities: SeverityNames,
}

impl Names {
    fn read(reader: &Reader<'_>) -> Result<Names, AppError> {
        let members = reader.members()?.into_iter().map(|member| (member.id, member.name)).collect();
        let sprints = reader.sprints()?.into_iter().map(|sprint| (sprint.id, sprint)).collect();
        Ok(Names { members, sprints, severities: reader.severity_names()? })
    }

    fn row(
        &self,
        reader: &Reader<'_>,
        interrupt: &Interrupt,
        took: Option<Minutes>,
    ) -> Result<InterruptRow, AppError> {
        let present = &interrupt.present;
        Ok(InterruptRow {
            id: interrupt.id,
            label: interrupt.label.clone(),
            title: interrupt.title.clone(),
            severity: present.severity,
            severity_name: self.severities.of(present.severity).to_owned(),
            owner: present.owner,
            owner_name: present.owner.and_then(|owner| self.members.get(&owner).cloned()),
            lane: present.lane,
            lane_name: None,
            reported_at: present.reported_at,
            ended_at: present.ended_at,
            took,
            estimate: present.estimate,
            time_said: match (took, present.estimate) {
                (Some(took), _) => time_words(took),
                (None, Some(estimate)) => format!("{} expected", time_words(estimate)),
                (None, None) => "not known".to_owned(),
            },
            timer_since: present.timer_since,
            items: items_of(reader, interrupt.id)?,
            sprint: present.sprint.and_then(|id| self.sprints.get(&id)).map(SprintName::from),
        })
    }
}

/// Asks for one interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptQuestion {
    /// The interrupt.
    pub interrupt: InterruptId,
}

/// One interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptPage {
    /// What a list shows of it; the time is all that it took.
    pub row: InterruptRow,
    /// Today.
    pub today: Day,
    /// The time that was written down, latest day first.
    pub hours: Vec<HoursRow>,
    /// What happened to it, latest first.
    pub history: Vec<InterruptLine>,
    /// The members who are in the team now.
    pub members: Vec<MemberName>,
    /// The lanes on which it can draw.
    pub lanes: Vec<LaneName>,
    /// The severities, the gravest first.
    pub severities: Vec<SeverityName>,
    /// Whether the running Sprint could take it.
    pub can_be_taken: bool,
    /// The incidents whose hours it counts.
    pub incidents: Vec<LinkedIncident>,
}

/// Time that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HoursRow {
    /// Its identity.
    pub id: RowId,
    /// The day.
    pub day: Day,
    /// How long.
    pub minutes: Minutes,
    /// The same in words: “2 h 15 min”.
    pub said: String,
    /// Who worked, where it is known.
    pub member: Option<MemberId>,
    /// Their name.
    pub member_name: Option<String>,
    /// The Sprint on which it drew; none where none had the interrupt on that day.
    pub sprint: Option<SprintName>,
    /// Whether that Sprint is closed.
    pub closed: bool,
}

/// A line of an interrupt's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptLine {
    /// When it happened.
    pub at: Instant,
    /// When it was written down, where that was at least a minute later.
    pub recorded_at: Option<Instant>,
    /// What happened: “severity P3 → P2”.
    pub text: String,
}

pub(crate) fn interrupt_page(
    reader: &Reader<'_>,
    question: InterruptQuestion,
    context: &Context<'_>,
) -> Result<InterruptPage, AppError> {
    let known = interrupt_of(reader, question.interrupt)?;
    let zone = reader.team()?.zone;
    let today = zone.day_of(context.now);
    let running = reader.active_sprint()?;
    let names = Names::read(reader)?;
    let lanes = lane_names(reader, running.as_ref(), today)?;
    let written = reader.interrupt_hours(known.id)?;
    let took = (!written.is_empty()).then(|| written.iter().map(|hours| hours.minutes).sum());
    let hours = written.into_iter().rev().map(|one| {
        let sprint = one.sprint.and_then(|id| names.sprints.get(&id));
        HoursRow {
            id: one.id,
            day: one.day,
            minutes: one.minutes,
            said: time_words(one.minutes),
            member: one.member,
            member_name: one.member.and_then(|member| names.members.get(&member).cloned()),
            sprint: sprint.map(SprintName::from),
            closed: sprint.is_some_and(|sprint| sprint.closed_at.is_some()),
        }
    });
    let hours = hours.collect();
    let mut row = names.row(reader, &known, took)?;
    row.lane_name =
        row.lane.and_then(|id| lanes.iter().find(|lane| lane.id == id)).map(|lane| lane.name.clone());
    Ok(InterruptPage {
        today,
        incidents: incidents_of(reader, IncidentsOf::Interrupt(known.id))?,
        hours,
        history: history(reader, &reader.interrupt_facts(known.id)?, &names, zone)?,
        members: members_on(reader, today)?,
        lanes,
        severities: SeverityName::all(reader)?,
        can_be_taken: running.is_some_and(|running| known.present.sprint != Some(running.id)),
        row,
    })
}

/// Facts in words, latest first; those of one step and one moment are one line.
fn history(
    reader: &Reader<'_>,
    facts: &[Dated<InterruptFact>],
    names: &Names,
    zone: Zone,
) -> Result<Vec<InterruptLine>, AppError> {
    let mut lines: Vec<(i64, InterruptLine)> = Vec::new();
    let mut before = InterruptPresent::default();
    let reported_by = facts.first().map(|first| first.operation);
    for dated in facts {
        let text = words(reader, (&dated.fact, Some(dated.operation) == reported_by), &before, names, zone)?;
        before.apply(&dated.fact, dated.happened_at);
        match lines.last_mut() {
            Some((operation, line)) if *operation == dated.operation && line.at == dated.happened_at => {
                line.text = format!("{}, {text}", line.text);
            }
            _ => {
                let late = dated.recorded_at.millis() - dated.happened_at.millis() >= 60_000;
                let recorded_at = late.then_some(dated.recorded_at);
                lines.push((dated.operation, InterruptLine { at: dated.happened_at, recorded_at, text }));
            }
        }
    }
    Ok(lines.into_iter().rev().map(|(_, line)| line).collect())
}

fn words(
    reader: &Reader<'_>,
    (fact, with_report): (&InterruptFact, bool),
    before: &InterruptPresent,
    names: &Names,
    zone: Zone,
) -> Result<String, AppError> {
    let grave = |severity: IncidentSeverity| names.severities.of(severity);
    let member = |id: &MemberId| names.members.get(id).cloned().unwrap_or_else(|| "somebody".to_owned());
    Ok(match fact {
        InterruptFact::Reported => "reported".to_owned(),
        // What is said with the report is no change.
        InterruptFact::SeveritySet(severity) if before.severity == *severity || with_report => {
            format!("severity {}", grave(*severity))
        }
        InterruptFact::SeveritySet(severity) => {
            format!("severity {} → {}", grave(before.severity), grave(*severity))
        }
        InterruptFact::LaneSet(None) => "draws on the buffer".to_owned(),
        InterruptFact::LaneSet(Some(lane)) => {
            let known = reader
                .lanes(before.reported_at.map_or(zone.day_of(Instant::default()), |at| zone.day_of(at)))?;
            match known.get(*lane) {
                Some(lane) => format!("draws on {}", lane.name),
                None => "draws on another lane".to_owned(),
            }
        }
        InterruptFact::Assigned(Some(owner)) => format!("assigned to {}", member(owner)),
        InterruptFact::Assigned(None) => "assigned to nobody".to_owned(),
        InterruptFact::Estimated(Some(minutes)) => format!("expected to take {}", time_words(*minutes)),
        InterruptFact::Estimated(None) => "estimate taken away".to_owned(),
        InterruptFact::TimerStarted(Some(who)) => format!("timer started by {}", member(who)),
        InterruptFact::TimerStarted(None) => "timer started".to_owned(),
        InterruptFact::TimerStopped => "timer stopped".to_owned(),
        InterruptFact::Ended => "over".to_owned(),
        InterruptFact::Reopened => "opened again".to_owned(),
        InterruptFact::Taken(sprint) => match names.sprints.get(sprint) {
            Some(sprint) => format!("in {}", sprint.name),
            None => "in a Sprint".to_owned(),
        },
    })
}
