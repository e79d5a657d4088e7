//! The scope ledger of a Sprint: every change of its scope and of what is done, in order, each with its terms.
//!
//! 1. At every instant `scope = committed + added − removed ± re-sized` and `remaining = scope − done`, in points and
//!    in items, for the planned lanes together and for each lane (3.4).
//! 2. Items of the buffer lane are entries of their own; they are not in the planned scope (4.1).
//! 3. Cancelling takes an item out of the scope; it is never completed (3.3). Taking that back adds it again.
//! 4. Reopening an item of the scope lowers *done* only. An item that had ended before it came into the Sprint is
//!    outside the scope until it is opened again there: origin *reopened* (3.4).
//! 5. An item added and taken out again, or taken out and added again, counts in both terms (3.4).
//! 6. Selecting an item again into another lane takes it out of the one and adds it to the other.
//! 7. The commitment is the beginning, whatever is recorded about it later: a fact from before the start that arrives
//!    after it becomes an entry at the start.
//! 8. Between the start and a second commitment only *done* and *reopened* are entries (3.2).
//! 9. A committed item of which no fact is left counts as removed at the start.
//! 10. What was left out because it has parts begins outside the Sprint (1.1).

use super::{Commitment, CommittedItem, LeftOutItem};
use crate::backlog::{Category, Dated, ItemFact, ItemPresent, Origin, Severity, WorkKind};
use crate::calendar::Instant;
use crate::flow::Unit;
use crate::identity::{ItemId, LaneId, RowId, SprintId};
use crate::measures::Size;
use crate::team::Workflow;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// An item that is or was in the Sprint, with all its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintItem {
    /// The item.
    pub id: ItemId,
    /// Its label now.
    pub label: String,
    /// Its title now.
    pub title: String,
    /// Its facts, in any order.
    pub facts: Vec<Dated<ItemFact>>,
}

/// The terms of 3.4 in one unit; items count 1 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Committed.
    pub committed: Size,
    /// Added after the start.
    pub added: Size,
    /// Removed and cancelled after the start, as a positive amount.
    pub removed: Size,
    /// Re-sized after the start, signed.
    pub resized: Size,
    /// Done, of the scope.
    pub done: Size,
}

impl Terms {
    /// `committed + added − removed ± re-sized`.
    pub fn scope(&self) -> Size {
        self.committed + self.added - self.removed + self.resized
    }

    /// `scope − done`.
    pub fn remaining(&self) -> Size {
        self.scope() - self.done
    }

    fn apply(&mut self, kind: ScopeChange, change: Change) {
        match kind {
            ScopeChange::Added { .. } => self.added += change.scope,
            ScopeChange::Removed | ScopeChange::Cancelled => self.removed -= change.scope,
            ScopeChange::Resized { .. } => self.resized += change.scope,
            ScopeChange::Done | ScopeChange::Reopened => {}
        }
        self.done += change.done;
    }
}

/// What an entry changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ScopeChange {
    /// The item came into the scope.
    Added {
        /// Why.
        origin: Origin,
    },
    /// It was taken out of the Sprint.
    Removed,
    /// It was cancelled.
    Cancelled,
    /// It got another size.
    Resized {
        /// The size before; none is unsized.
        from: Option<Size>,
    },
    /// It was done.
    Done,
    /// It was done and was opened again.
    Reopened,
}

/// The amounts of an entry in one unit, signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// By how much the scope changed.
    pub scope: Size,
    /// By how much *done* changed.
    pub done: Size,
}

/// One change, in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScopeEntry {
    /// When.
    pub at: Instant,
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The lane; none is unsorted.
    pub lane: Option<LaneId>,
    /// Whether it belongs to the buffer and so stays out of the planned scope.
    pub in_buffer: bool,
    /// What happened.
    pub change: ScopeChange,
    /// The item's size from then on; none is unsized.
    pub size: Option<Size>,
    /// The amounts in points.
    pub points: Change,
    /// The amounts in items.
    pub items: Change,
}

impl ScopeEntry {
    /// The amounts in a unit.
    pub fn amounts(&self, unit: Unit) -> Change {
        match unit {
            Unit::Points => self.points,
            Unit::Items => self.items,
        }
    }
}

/// Which part of a Sprint is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All planned lanes and what is unsorted.
    Planned,
    /// The buffer: what interrupts brought.
    Buffer,
    /// One lane; none is what is unsorted.
    Lane(Option<LaneId>),
}

/// How an item stands to the Sprint at the end of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// In the scope and done.
    Done,
    /// In the scope and not done.
    Open,
    /// It was in the scope and was taken out.
    Removed,
    /// It was in the scope and was cancelled.
    Cancelled,
    /// It had ended before it came into the Sprint.
    Outside,
    /// It was never in the scope.
    Never,
}

/// An item of the Sprint at the end of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
    /// The lane of its selection; none is unsorted.
    pub lane: Option<LaneId>,
    /// Whether it belongs to the buffer.
    pub in_buffer: bool,
    /// Whether it was committed.
    pub committed: bool,
    /// Why it was added, the first time that it was.
    pub added: Option<Origin>,
    /// Its size when it was committed, added, or left out.
    pub initial: Option<Size>,
    /// Its last size in the Sprint.
    pub size: Option<Size>,
    /// Where it stands.
    pub standing: Standing,
    /// What its state means.
    pub category: Category,
    /// When it was last done in the scope.
    pub done_at: Option<Instant>,
}

/// The scope ledger of a Sprint from its commitment to an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeLedger<'a> {
    /// The commitment that it begins with.
    pub commitment: &'a Commitment,
    /// The instant up to which facts count: now, or the close.
    pub until: Instant,
    /// The changes, in order.
    pub entries: Vec<ScopeEntry>,
    /// Every item that is or was in the Sprint: the committed in their order, then those left out, then the others.
    pub items: Vec<LedgerItem>,
}

impl<'a> ScopeLedger<'a> {
    /// Replays the facts of the Sprint's items over its commitment.
    pub fn new(
        sprint: SprintId,
        commitment: &'a Commitment,
        workflow: &Workflow,
        items: &[SprintItem],
        until: Instant,
    ) -> ScopeLedger<'a> {
        let known: HashMap<ItemId, &SprintItem> = items.iter().map(|item| (item.id, item)).collect();
        let left_out = commitment.left_out.iter().map(|left_out| (left_out.item, left_out)).collect();
        let book = Book { sprint, commitment, left_out, workflow, until };
        let (mut entries, mut standing) = (Vec::new(), Vec::new());
        for committed in &commitment.items {
            let gone = SprintItem {
                id: committed.item,
                label: committed.label.clone(),
                title: committed.title.clone(),
                facts: Vec::new(),
            };
            let item = known.get(&committed.item).copied().unwrap_or(&gone);
            standing.push(book.replay(item, Some(committed), &mut entries));
        }
        let committed: HashSet<ItemId> = commitment.items.iter().map(|item| item.item).collect();
        let left_out = commitment.left_out.iter().filter_map(|left_out| known.get(&left_out.item).copied());
        let others = items.iter().filter(|item| !book.left_out.contains_key(&item.id));
        for item in left_out.chain(others).filter(|item| !committed.contains(&item.id)) {
            standing.push(book.replay(item, None, &mut entries));
        }
        entries.sort_by_key(|(order, _)| *order);
        ScopeLedger {
            commitment,
            until,
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            items: standing,
        }
    }

    /// The terms at the end of the ledger.
    pub fn terms(&self, unit: Unit, part: Part) -> Terms {
        self.terms_at(self.until, unit, part)
    }

    /// The terms at an instant, with all that happened by then.
    pub fn terms_at(&self, at: Instant, unit: Unit, part: Part) -> Terms {
        let mut terms = Terms { committed: self.committed(unit, part), ..Terms::default() };
        for entry in self.entries_of(part).take_while(|entry| entry.at <= at) {
            terms.apply(entry.change, entry.amounts(unit));
        }
        terms
    }

    /// The entries of a part with the terms after each of them.
    pub fn running(&self, unit: Unit, part: Part) -> impl Iterator<Item = (&ScopeEntry, Terms)> {
        let mut terms = Terms { committed: self.committed(unit, part), ..Terms::default() };
        self.entries_of(part).map(move |entry| {
            terms.apply(entry.change, entry.amounts(unit));
            (entry, terms)
        })
    }

    /// The items of a part that stand in some way at the end.
    pub fn standing(&self, part: Part, standing: Standing) -> impl Iterator<Item = &LedgerItem> {
        self.items
            .iter()
            .filter(move |item| item.standing == standing && self.is_part(part, item.lane, item.in_buffer))
    }

    /// The items of a part that are in the scope at the end, done or not.
    pub fn scope(&self, part: Part) -> impl Iterator<Item = &LedgerItem> {
        self.items.iter().filter(move |item| {
            matches!(item.standing, Standing::Done | Standing::Open)
                && self.is_part(part, item.lane, item.in_buffer)
        })
    }

    fn committed(&self, unit: Unit, part: Part) -> Size {
        let commitment = self.commitment;
        let of_part = commitment
            .items
            .iter()
            .filter(|item| self.is_part(part, item.lane, commitment.is_buffer(item.lane)));
        of_part.map(|item| amount(unit, item.size)).sum()
    }

    fn entries_of(&self, part: Part) -> impl Iterator<Item = &ScopeEntry> {
        self.entries.iter().filter(move |entry| self.is_part(part, entry.lane, entry.in_buffer))
    }

    fn is_part(&self, part: Part, lane: Option<LaneId>, in_buffer: bool) -> bool {
        match part {
            Part::Planned => !in_buffer,
            Part::Buffer => in_buffer,
            Part::Lane(wanted) => lane == wanted,
        }
    }
}

/// What one item counts: its size, or one.
fn amount(unit: Unit, size: Option<Size>) -> Size {
    match unit {
        Unit::Points => size.unwrap_or_default(),
        Unit::Items => Size::points(1),
    }
}

/// The place of an entry: when it counts, when it was recorded, which fact it was.
type Order = (Instant, Option<(Instant, RowId)>);

struct Book<'a> {
    sprint: SprintId,
    commitment: &'a Commitment,
    left_out: HashMap<ItemId, &'a LeftOutItem>,
    workflow: &'a Workflow,
    until: Instant,
}

/// How an item stands to the Sprint at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seat {
    member: bool,
    outside: bool,
    category: Category,
    size: Option<Size>,
    lane: Option<LaneId>,
    origin: Option<Origin>,
}

impl Seat {
    fn in_scope(&self) -> bool {
        self.member && !self.outside && self.category != Category::Cancelled
    }

    fn is_done(&self) -> bool {
        self.in_scope() && self.category == Category::Done
    }
}

impl Book<'_> {
    fn replay(
        &self,
        item: &SprintItem,
        committed: Option<&CommittedItem>,
        entries: &mut Vec<(Order, ScopeEntry)>,
    ) -> LedgerItem {
        let left_out = self.left_out.get(&item.id);
        let ended = left_out.and_then(|left_out| left_out.why.ended());
        let first = Seat {
            member: committed.is_some() || ended.is_some(),
            outside: ended.is_some(),
            category: ended.unwrap_or(Category::ToDo),
            size: committed.map_or(left_out.and_then(|left_out| left_out.size), |committed| committed.size),
            lane: committed.and_then(|committed| committed.lane),
            origin: None,
        };
        let mut walk = Walk {
            book: self,
            item,
            seat: first,
            entries,
            ever: committed.is_some(),
            added: None,
            initial: first.size,
            done_at: None,
        };
        let mut facts: Vec<&Dated<ItemFact>> =
            item.facts.iter().filter(|dated| dated.happened_at <= self.until).collect();
        facts.sort_by_key(|dated| dated.order());

        let Commitment { started_at, committed_at, .. } = *self.commitment;
        let known_at_start = facts.partition_point(|dated| dated.happened_at <= started_at);
        let known_again = facts.partition_point(|dated| dated.happened_at <= committed_at);
        let mut present = ItemPresent::default();
        for dated in &facts[..known_at_start] {
            present.apply(&dated.fact, dated.happened_at);
        }
        if committed_at > started_at {
            for dated in &facts[known_at_start..known_again] {
                present.apply(&dated.fact, dated.happened_at);
                // Only work counts before the second commitment; its items and sizes stand from the start (rule 8).
                let category = self.workflow.category(present.state);
                let order = (dated.happened_at, Some((dated.recorded_at, dated.id)));
                if committed.is_some() && category != Category::Cancelled {
                    walk.sit(Seat { category, ..walk.seat }, order);
                }
            }
        }
        walk.sit(self.seat(&walk.seat, &present), (committed_at, None));
        for dated in &facts[known_again..] {
            present.apply(&dated.fact, dated.happened_at);
            let order = (dated.happened_at, Some((dated.recorded_at, dated.id)));
            walk.sit(self.seat(&walk.seat, &present), order);
        }
        walk.end(committed, &present)
    }

    fn seat(&self, before: &Seat, present: &ItemPresent) -> Seat {
        let category = self.workflow.category(present.state);
        let member = present.sprint == Some(self.sprint);
        let outside = match (before.member, member) {
            (false, true) => category.is_end(),
            _ => before.outside && category.is_end(),
        };
        let size = if member || before.member { present.size } else { before.size };
        let (lane, origin) =
            if member { (present.lane, present.origin) } else { (before.lane, before.origin) };
        Seat { member, outside, category, size, lane, origin }
    }

    fn is_buffer(&self, seat: &Seat) -> bool {
        seat.origin == Some(Origin::Interrupt) || self.commitment.is_buffer(seat.lane)
    }
}

struct Walk<'a> {
    book: &'a Book<'a>,
    item: &'a SprintItem,
    seat: Seat,
    entries: &'a mut Vec<(Order, ScopeEntry)>,
    ever: bool,
    added: Option<Origin>,
    initial: Option<Size>,
    done_at: Option<Instant>,
}

impl Walk<'_> {
    /// Moves to the next seat and writes down what that changes.
    fn sit(&mut self, next: Seat, order: Order) {
        let before = std::mem::replace(&mut self.seat, next);
        if next.member && !before.member && !self.ever {
            self.initial = next.size;
        }
        let moved = before.in_scope()
            && next.in_scope()
            && (before.lane != next.lane || self.book.is_buffer(&before) != self.book.is_buffer(&next));
        if before.in_scope() && (!next.in_scope() || moved) {
            let cancelled = next.category == Category::Cancelled && next.member;
            let change = if cancelled { ScopeChange::Cancelled } else { ScopeChange::Removed };
            let done = before.is_done();
            // What leaves is what was there: a size that comes with the same fact no longer counts.
            self.seat.size = if moved { next.size } else { before.size };
            self.write(order, &before, change, before.size, -1, if done { -1 } else { 0 });
        }
        if next.in_scope() && (!before.in_scope() || moved) {
            let back = before.outside || before.category == Category::Cancelled;
            let origin = match next.origin {
                _ if before.member && back => Origin::Reopened,
                Some(origin) => origin,
                None if self.book.is_buffer(&next) => Origin::Interrupt,
                None => Origin::PulledIn,
            };
            if !self.ever {
                self.initial = next.size;
            }
            self.ever = true;
            self.added.get_or_insert(origin);
            self.write(order, &next, ScopeChange::Added { origin }, next.size, 1, 0);
            if next.is_done() {
                self.done_at = Some(order.0);
                self.write(order, &next, ScopeChange::Done, next.size, 0, 1);
            }
        }
        if before.in_scope() && next.in_scope() && !moved {
            self.stay(&before, &next, order);
        }
    }

    /// The item stays in the scope: it may be re-sized, done, opened again.
    fn stay(&mut self, before: &Seat, next: &Seat, order: Order) {
        if before.size != next.size {
            let by = next.size.unwrap_or_default() - before.size.unwrap_or_default();
            let done = if before.is_done() { by } else { Size::ZERO };
            let change = ScopeChange::Resized { from: before.size };
            let points = Change { scope: by, done };
            self.push(order, next, change, next.size, points, Change::default());
        }
        match (before.is_done(), next.is_done()) {
            (false, true) => {
                self.done_at = Some(order.0);
                self.write(order, next, ScopeChange::Done, next.size, 0, 1);
            }
            (true, false) => self.write(order, next, ScopeChange::Reopened, next.size, 0, -1),
            _ => {}
        }
    }

    fn write(
        &mut self,
        order: Order,
        seat: &Seat,
        change: ScopeChange,
        size: Option<Size>,
        scope: i64,
        done: i64,
    ) {
        let times = |unit, n: i64| Size::hundredths(amount(unit, size).in_hundredths().saturating_mul(n));
        let amounts = |unit| Change { scope: times(unit, scope), done: times(unit, done) };
        self.push(order, seat, change, size, amounts(Unit::Points), amounts(Unit::Items));
    }

    fn push(
        &mut self,
        order: Order,
        seat: &Seat,
        change: ScopeChange,
        size: Option<Size>,
        points: Change,
        items: Change,
    ) {
        self.entries.push((
            order,
            ScopeEntry {
                at: order.0,
                item: self.item.id,
                label: self.item.label.clone(),
                title: self.item.title.clone(),
                lane: seat.lane,
                in_buffer: self.book.is_buffer(seat),
                change,
                size,
                points,
                items,
            },
        ));
    }

    fn end(self, committed: Option<&CommittedItem>, present: &ItemPresent) -> LedgerItem {
        let seat = self.seat;
        let standing = if seat.is_done() {
            Standing::Done
        } else if seat.in_scope() {
            Standing::Open
        } else if seat.member && seat.outside {
            Standing::Outside
        } else if !self.ever {
            Standing::Never
        } else if seat.member {
            Standing::Cancelled
        } else {
            Standing::Removed
        };
        LedgerItem {
            id: self.item.id,
            label: self.item.label.clone(),
            title: self.item.title.clone(),
            kind: if self.item.facts.is_empty() { committed.and_then(|c| c.kind) } else { present.kind },
            severity: present.severity,
            lane: seat.lane,
            in_buffer: self.book.is_buffer(&seat),
            committed: committed.is_some(),
            added: self.added,
            initial: self.initial,
            size: seat.size,
            standing,
            category: seat.category,
            done_at: if standing == Standing::Done { self.done_at } else { None },
        }
    }
}

#[cfg(test)]
mod tests;
