//! The interrupts of a started Sprint, as the rules read them: what draws on its buffer, what was decided, what was
//! pushed out, and how its hours were split.

use super::rate::day_of;
use crate::capacity::experience_before;
use crate::error::AppError;
use crate::on_call::on_call_days;
use crate::sprint::SprintRecord;
use domain::calendar::{Day, Instant};
use domain::capacity::{Experience, HoursPerPoint, hours_per_point};
use domain::flow::Unit;
use domain::identity::{ItemId, LaneId, MemberId};
use domain::interrupt::{
    Buffer, BufferItem, Decision, DisplacementLedger, Draw, Drawer, Interrupt, InterruptFact, InterruptHours,
    InterruptPresent, Relation, SplitReport, SplitWork, SprintHours, SprintInterrupt, Switching,
    SwitchingFacts, Undrawn, WhatWasPossible, buffer, displacement, draws, split_so_far, switching,
};
use domain::measures::{Minutes, Share, Size};
use domain::sprint::{LedgerItem, Part, ScopeLedger, Standing};
use std::collections::HashSet;
use store::{InterruptFilter, LinksOf, Reader};

/// The interrupts of a Sprint up to an instant.
pub(crate) struct Book<'r> {
    /// The Sprint.
    pub record: &'r SprintRecord,
    /// The instant: now, or the close.
    pub until: Instant,
    /// What happened to its scope until then.
    pub scope: ScopeLedger<'r>,
    /// Its interrupts, in the order in which they arrived, with what is so for each at that instant.
    pub interrupts: Vec<Booked>,
    /// Items of the buffer lane that no interrupt became.
    pub items: Vec<BufferItem>,
    /// The decisions, in order of time.
    pub decisions: Vec<Decision>,
    /// What a point takes, by earlier Sprints.
    pub per_point: HoursPerPoint,
    /// What came into the buffer and of which nothing is known.
    pub undrawn: Vec<Undrawn>,
    draws: Vec<Draw>,
}

/// An interrupt in a book.
pub(crate) struct Booked {
    /// The interrupt as it was at the instant of the book.
    pub interrupt: Interrupt,
    /// How it stands to the Sprint.
    pub drawn: SprintInterrupt,
}

impl<'r> Book<'r> {
    /// Reads the interrupts of a Sprint that was started, up to an instant.
    pub fn read(reader: &Reader<'_>, record: &'r SprintRecord, until: Instant) -> Result<Book<'r>, AppError> {
        Book::valued(reader, record, until, &experience_before(reader, record.sprint.id)?)
    }

    /// The same, where what the Sprints before it teach was read already.
    pub fn valued(
        reader: &Reader<'_>,
        record: &'r SprintRecord,
        until: Instant,
        before: &[Experience],
    ) -> Result<Book<'r>, AppError> {
        let scope = record.ledger(until);
        let per_point = hours_per_point(before);
        let mut became = HashSet::new();
        let mut interrupts = Vec::new();
        for interrupt in reader.interrupts(InterruptFilter::EverIn(record.sprint.id))? {
            let links = reader.interrupt_links(LinksOf::Interrupt(interrupt.id))?;
            became
                .extend(links.iter().filter(|link| link.relation == Relation::Became).map(|link| link.item));
            interrupts.extend(booked(reader, record, interrupt, until)?);
        }
        let items: Vec<BufferItem> = scope
            .scope(Part::Buffer)
            .filter(|item| !became.contains(&item.id))
            .map(|item| buffer_item(record, &scope, item, &per_point))
            .collect();
        let drawn: Vec<SprintInterrupt> = interrupts.iter().map(|one| one.drawn.clone()).collect();
        let (draws, undrawn) = draws(&drawn, &items);
        let mut decisions = reader.overflow_decisions(record.sprint.id)?;
        decisions.retain(|decision| decision.at <= until);
        Ok(Book { record, until, scope, interrupts, items, decisions, per_point, draws, undrawn })
    }

    /// The hours that were kept for the buffer; none where nobody's hours were set.
    pub fn kept(&self) -> Option<Minutes> {
        let commitment = &self.record.commitment;
        commitment.capacity.total().map(|total| commitment.buffer_share().of_minutes(total.net))
    }

    /// The day of the instant.
    pub fn day(&self) -> Day {
        self.record.calendar.zone.day_of(self.until)
    }

    /// What draws on the buffer, in order of time.
    pub fn draws(&self) -> &[Draw] {
        &self.draws
    }

    /// How the buffer stands.
    pub fn buffer(&self) -> Buffer {
        let (today, calendar) = (self.day(), &self.record.calendar);
        // A holiday entered later is no day on which the buffer is used up.
        let days: Vec<Day> = self
            .record
            .commitment
            .working_days
            .iter()
            .copied()
            .filter(|day| *day <= today || calendar.works_on(*day))
            .collect();
        buffer(self.kept(), &self.draws, self.undrawn.clone(), &days, today)
    }

    /// What interrupts pushed out, and what the team completed of what was left possible.
    pub fn displacement(&self) -> (DisplacementLedger, WhatWasPossible) {
        let done: HashSet<ItemId> = self
            .scope
            .items
            .iter()
            .filter(|item| item.standing == Standing::Done)
            .map(|item| item.id)
            .collect();
        let ledger = displacement(self.kept(), &self.draws, &self.decisions, &done);
        let planned: Vec<_> = self.record.commitment.planned().collect();
        let sized = planned.iter().filter(|item| item.size.is_some()).count();
        let unit = if sized * 2 < planned.len() { Unit::Items } else { Unit::Points };
        let amount = |size: Option<Size>| match unit {
            Unit::Points => size.unwrap_or_default(),
            Unit::Items => Size::points(1),
        };
        let out: HashSet<ItemId> = ledger.displaced.iter().map(|one| one.item).collect();
        let displaced =
            planned.iter().filter(|item| out.contains(&item.item)).map(|item| amount(item.size)).sum();
        let terms = self.scope.terms(unit, Part::Planned);
        let possible = WhatWasPossible::new(unit, terms.done, terms.committed, displaced);
        (ledger, possible)
    }

    /// The planned, committed and actual part of each lane.
    pub fn split(&self) -> SplitReport {
        let commitment = &self.record.commitment;
        let lanes = commitment
            .lanes
            .iter()
            .map(|lane| (Some(lane.lane), lane.name.as_str(), lane.is_buffer, lane.share));
        let work = |(lane, name, is_buffer, share): (Option<LaneId>, &str, bool, Share)| {
            let here = |one: &&Booked| {
                if is_buffer {
                    one.drawn.in_buffer
                } else {
                    !one.drawn.in_buffer && one.interrupt.present.lane == lane
                }
            };
            let part = if is_buffer { Part::Buffer } else { Part::Lane(lane) };
            let (points, items) = (self.scope.terms(Unit::Points, part), self.scope.terms(Unit::Items, part));
            let interrupts: Vec<&Booked> = self.interrupts.iter().filter(here).collect();
            let ended = interrupts.iter().filter(|one| one.interrupt.present.ended_at.is_some()).count();
            // What became an item counts as the interrupt that it was.
            let done = if is_buffer { self.done_items() } else { items.done };
            SplitWork {
                lane,
                name: name.to_owned(),
                is_buffer,
                share,
                committed_points: points.committed,
                committed_items: items.committed,
                done_points: points.done,
                done_items: done + Size::points(ended as i64),
                // One truth with the gauge: of the buffer all that drew on it, its items by hours per point included.
                interrupts: if is_buffer {
                    self.draws.iter().map(|draw| draw.minutes).sum()
                } else {
                    interrupts.iter().filter_map(|one| one.drawn.counts()).sum()
                },
            }
        };
        let mut all: Vec<SplitWork> = lanes.map(work).collect();
        let unsorted = work((None, "", false, Share::ZERO));
        if unsorted.committed_items != Size::ZERO || unsorted.done_items != Size::ZERO {
            all.push(unsorted);
        }
        let elsewhere = |one: &&Booked| !one.drawn.in_buffer && one.drawn.counts().is_none();
        let unknown = (self.undrawn.len() + self.interrupts.iter().filter(elsewhere).count()) as u32;
        let done = self.scope.standing(Part::Planned, Standing::Done).filter(|item| !item.committed);
        let sizes: Vec<bool> = commitment
            .planned()
            .map(|item| item.size.is_some())
            .chain(done.map(|item| item.size.is_some()))
            .collect();
        let sized = sizes.iter().filter(|sized| **sized).count() as u32;
        split_so_far(&all, self.net(), unknown, (sized, sizes.len() as u32))
    }

    /// The net hours of the whole Sprint, and those of its working days until then, today and the first included; none
    /// where nobody's hours were set.
    fn net(&self) -> Option<(Minutes, Minutes)> {
        let commitment = &self.record.commitment;
        let last = self.last_day();
        let known = commitment.capacity.members.iter().filter(|member| member.net.is_some());
        let days = known.flat_map(|member| &member.days).filter(|day| day.day <= last);
        let so_far = days.filter_map(|day| day.net).sum();
        commitment.capacity.total().map(|total| (total.net, so_far))
    }

    /// How many of its working days have come until then, and how many there are.
    pub fn days(&self) -> (u32, u32) {
        let days = &self.record.commitment.working_days;
        let come = days.iter().filter(|day| **day <= self.last_day()).count();
        (come as u32, days.len() as u32)
    }

    /// The day of the instant; the first working day where a Sprint began before it.
    fn last_day(&self) -> Day {
        self.record.commitment.working_days.first().map_or(self.day(), |first| self.day().max(*first))
    }

    /// How much interrupts made people change from one thing to another, beside who really was on call.
    pub fn switching(&self, reader: &Reader<'_>) -> Result<Switching, AppError> {
        let commitment = &self.record.commitment;
        let (zone, today) = (self.record.calendar.zone, self.day());
        let begun = zone.day_of(commitment.started_at);
        let arrived = |one: &&Booked| day_of(&one.interrupt, zone).is_some_and(|day| day >= begun);
        let hours: Vec<(Option<MemberId>, Day, Minutes)> = self
            .interrupts
            .iter()
            .flat_map(|one| &one.drawn.hours)
            .map(|hours| (hours.member, hours.day, hours.minutes))
            .collect();
        let days = commitment.working_days.iter().filter(|day| **day <= today).count() as u32;
        let items = self.items.iter().filter(|item| item.at > commitment.started_at).count();
        Ok(switching(&SwitchingFacts {
            sprint: self.record.sprint.id,
            workflow: &self.record.workflow,
            zone,
            items: &self.record.items,
            hours: &hours,
            on_call: &on_call_days(reader, begun, today)?,
            interrupts: self.interrupts.iter().filter(arrived).count() as u32,
            came_as_items: items as u32,
            days,
        }))
    }

    /// All the time that unplanned work took of this Sprint, as far as is known: hours of interrupts, else what they
    /// are expected to take, on whatever lane; and items of the buffer lane by hours per point.
    pub fn unplanned_time(&self) -> Minutes {
        self.interrupts.iter().filter_map(|one| one.drawn.counts()).sum::<Minutes>() + self.by_points()
    }

    /// The part of that which is of items, by hours per point.
    pub fn by_points(&self) -> Minutes {
        self.items.iter().filter_map(|item| item.minutes).sum()
    }

    /// What interrupts are expected to draw, where hours are not known yet.
    pub fn estimated(&self) -> Minutes {
        let estimated = |draw: &&Draw| !draw.is_known && matches!(draw.drawer, Drawer::Interrupt(_));
        self.draws.iter().filter(estimated).map(|draw| draw.minutes).sum()
    }

    /// Items of the buffer that are done and that no interrupt became; one is [`Size::points`]`(1)`.
    fn done_items(&self) -> Size {
        let own: HashSet<ItemId> = self.items.iter().map(|item| item.item).collect();
        let done = self.scope.standing(Part::Buffer, Standing::Done).filter(|item| own.contains(&item.id));
        Size::points(done.count() as i64)
    }
}

/// An interrupt as it stands to the Sprint; none where it had not been taken by the instant.
fn booked(
    reader: &Reader<'_>,
    record: &SprintRecord,
    interrupt: Interrupt,
    until: Instant,
) -> Result<Option<Booked>, AppError> {
    let sprint = record.sprint.id;
    let facts: Vec<_> = reader
        .interrupt_facts(interrupt.id)?
        .into_iter()
        .filter(|dated| dated.happened_at <= until && record.knows(dated.recorded_at))
        .collect();
    let Some(taken) = facts.iter().find(|dated| dated.fact == InterruptFact::Taken(sprint)) else {
        return Ok(None);
    };
    let at = taken.happened_at;
    let present = InterruptPresent::fold(&facts);
    let mut hours = reader.interrupt_hours(interrupt.id)?;
    hours.retain(|one| record.knows(one.recorded_at));
    let since = record.calendar.zone.day_of(at);
    let here = |one: &InterruptHours| one.sprint == Some(sprint);
    let before = |one: &InterruptHours| !here(one) && one.day <= since;
    // Of its own day, time counts from when it was written down; of an earlier day always.
    let last = record.calendar.zone.day_of(until);
    let known = |one: &InterruptHours| {
        one.day < last
            || one.day == last
                && (one.recorded_at <= until || record.calendar.zone.day_of(one.recorded_at) != last)
    };
    let drawn = SprintInterrupt {
        id: interrupt.id,
        label: interrupt.label.clone(),
        title: interrupt.title.clone(),
        in_buffer: match present.lane {
            // A lane that this Sprint does not have is no reason to forget the time.
            Some(lane) => record.commitment.lane(Some(lane)).is_none_or(|lane| lane.is_buffer),
            None => true,
        },
        since,
        at,
        estimate: present.estimate,
        before: hours.iter().filter(|one| before(one)).map(|one| one.minutes).sum(),
        hours: hours
            .iter()
            .filter(|one| here(one) && known(one))
            .map(|one| SprintHours {
                day: one.day,
                minutes: one.minutes,
                member: one.member,
                recorded_at: one.recorded_at,
            })
            .collect(),
    };
    Ok(Some(Booked { interrupt: Interrupt { present, ..interrupt }, drawn }))
}

/// An item of the buffer lane, with the moment at which it came in.
fn buffer_item(
    record: &SprintRecord,
    scope: &ScopeLedger<'_>,
    item: &LedgerItem,
    per_point: &HoursPerPoint,
) -> BufferItem {
    let came = scope.entries.iter().find(|entry| entry.item == item.id && entry.in_buffer);
    let at = came.filter(|_| !item.committed).map_or(record.commitment.started_at, |entry| entry.at);
    BufferItem {
        item: item.id,
        label: item.label.clone(),
        title: item.title.clone(),
        since: record.calendar.zone.day_of(at),
        at,
        size: item.size,
        minutes: item.size.and_then(|size| per_point.for_size(size)),
    }
}
