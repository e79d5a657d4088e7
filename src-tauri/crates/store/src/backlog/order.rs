//! The order of the Product Backlog, held in memory beside the connection.
//!
//! 1. It is derived: it says what `SELECT … ORDER BY rank, id` would say, can be dropped at any time, and is built
//!    again once somebody else has written to the file.
//! 2. SQLite tells which rows change, of items and of the search index; they are read again before the next question.
//!    So undo, redo and refused operations need nothing of their own.
//! 3. Positions count from 0 over the open items: one that is done or cancelled has none.
//! 4. A question costs what it answers: items before a window are skipped by the chunk.

use super::words::{Asked, Words};
use crate::Result;
use crate::row::Columns;
use domain::backlog::{BacklogFilter, Category, Fit, Rank, Severity, SortView, Whereabouts, WorkKind};
use domain::calendar::Instant;
use domain::flow::OpenItem;
use domain::identity::{ItemId, LaneId, StateId};
use domain::measures::Size;
use domain::priority::Fraction;
use rusqlite::{Connection, OptionalExtension, Row};
use std::cell::{RefCell, RefMut};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// An item of a window on the Product Backlog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The item.
    pub item: ItemId,
    /// Its position among the open items; none once it is done or cancelled.
    pub position: Option<usize>,
    /// Whether other items are parts of it.
    pub has_parts: bool,
    pub(crate) row: i64,
}

/// An open item as something that is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenWork {
    /// The item.
    pub item: ItemId,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// The lane that was chosen for it, where one was.
    pub lane: Option<LaneId>,
    /// The item of which it is a part.
    pub parent: Option<ItemId>,
}

/// How many items are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Open and in no Sprint.
    pub backlog: usize,
    /// Open and selected.
    pub selected: usize,
    /// Done or cancelled.
    pub ended: usize,
    /// Open and without a size.
    pub without_size: usize,
    /// Open and without a kind.
    pub unsorted: usize,
    /// In no Sprint, open, and without parts: they could be selected (1.1).
    pub selectable: usize,
    /// Those of them without a size.
    pub selectable_without_size: usize,
}

/// The order beside its connection.
pub(crate) struct Order {
    heard: Arc<Mutex<Heard>>,
    index: RefCell<Index>,
}

/// What SQLite told since the index last read.
#[derive(Default)]
struct Heard {
    /// Rows of `item` that changed.
    rows: Vec<i64>,
    /// Rows of `item` whose words changed in the search index.
    words: Vec<i64>,
    /// Both, as they were read within the transaction that is still open: what they said falls with it.
    within: (Vec<i64>, Vec<i64>),
    /// A state changed: any item may have come to an end.
    states: bool,
    /// Something else changed on which answers depend.
    beside: bool,
    rolled_back: bool,
}

impl Order {
    /// Listens to a connection.
    pub(crate) fn listen(connection: &mut Connection) -> Result<Order> {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (of_updates, of_rollbacks) = (Arc::clone(&heard), Arc::clone(&heard));
        connection.update_hook(Some(move |_, database: &str, table: &str, row: i64| {
            // Most rows are facts and lines of the journal: they say nothing of the order.
            if database != "main" || matches!(table, "change" | "item_event") {
                return;
            }
            let mut heard = of_updates.lock().unwrap_or_else(PoisonError::into_inner);
            match table {
                "item" => heard.rows.push(row),
                // Where the index keeps a row for each item: it is written whenever the item's words are.
                "item_search_docsize" => heard.words.push(row),
                "state" => heard.states = true,
                "item_input" | "severity_weight" | "outside_item" | "item_label" | "criterion"
                | "score_policy" | "interrupt_item" | "interrupt_hours" => heard.beside = true,
                _ => {}
            }
        }))?;
        connection.rollback_hook(Some(move || {
            of_rollbacks.lock().unwrap_or_else(PoisonError::into_inner).rolled_back = true;
        }))?;
        Ok(Order { heard, index: RefCell::new(Index::default()) })
    }

    /// The index, after it has read what changed.
    pub(crate) fn current(&self, connection: &Connection) -> Result<RefMut<'_, Index>> {
        let mut index = self.index.borrow_mut();
        let version: i64 =
            connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        let (mut rows, words, rebuild, beside) = {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut rows, mut words) = (std::mem::take(&mut heard.rows), std::mem::take(&mut heard.words));
            let rolled_back = std::mem::take(&mut heard.rolled_back);
            if rolled_back {
                rows.append(&mut heard.within.0);
                words.append(&mut heard.within.1);
            }
            if connection.is_autocommit() {
                heard.within = Default::default();
            } else {
                heard.within.0.extend(&rows);
                heard.within.1.extend(&words);
            }
            let rebuild = std::mem::take(&mut heard.states) || index.version != Some(version);
            // What was taken back may have been a state.
            (
                rows,
                words,
                rebuild || (rolled_back && index.states_within),
                std::mem::take(&mut heard.beside) || rolled_back,
            )
        };
        index.states_within = rebuild && !connection.is_autocommit();
        rows.sort_unstable();
        rows.dedup();
        if rebuild || rows.len() > 1_000.max(index.by_item.len() / 8) {
            index.build(connection)?;
        } else {
            // All go before any comes back: an undo may bring an item back in another one's row.
            for row in &rows {
                index.take_out(*row);
            }
            for row in &rows {
                index.bring_in(connection, *row)?;
            }
        }
        index.version = Some(version);
        index.words.changed(&words);
        if beside || rebuild || !rows.is_empty() || !words.is_empty() {
            index.remembered.clear();
        }
        Ok(index)
    }

    /// Forgets all: the next question reads everything again.
    pub(crate) fn forget(&self) {
        *self.index.borrow_mut() = Index::default();
    }
}

/// The items in their order, in chunks.
#[derive(Default)]
pub(crate) struct Index {
    /// The `data_version` at the last reading; none before the first.
    version: Option<i64>,
    states_within: bool,
    entries: Vec<Entry>,
    free: Vec<u32>,
    by_row: Rows,
    by_item: HashMap<ItemId, u32>,
    /// How many parts an item has; none stands for an item without any.
    parts: HashMap<ItemId, u32>,
    chunks: Vec<Chunk>,
    /// The chunk and the marks of each slot, side by side: a search looks up many.
    homes: Vec<(u32, u32)>,
    made_chunks: u32,
    tally: Tally,
    /// How many items without parts are in each state.
    in_states: HashMap<StateId, usize>,
    words: Words,
    /// Latest lists that were sorted or searched, newest last.
    remembered: Vec<Remembered>,
}

struct Entry {
    row: i64,
    item: ItemId,
    rank: Rank,
    marks: u32,
    lane: Option<LaneId>,
    parent: Option<ItemId>,
    state: Option<StateId>,
    size: Option<i64>,
    created: Option<i64>,
}

impl Entry {
    fn place(&self) -> (&Rank, ItemId) {
        (&self.rank, self.item)
    }
}

/// Neighbouring items with their marks, and how many of them bear each mark.
#[derive(Default)]
struct Chunk {
    /// Its identity: chunks before it come and go.
    id: u32,
    slots: Vec<(u32, u32)>,
    here: [u32; marks::COUNT],
}

struct Remembered {
    filter: BacklogFilter,
    lane_kinds: Vec<WorkKind>,
    sort: SortView,
    items: Answer,
}

/// What passes a filter that was searched or sorted.
enum Answer {
    /// In the order of the Product Backlog: which, and how many in each chunk.
    InOrder(Slots, Vec<u32>),
    /// In another order.
    Sorted(Vec<u32>),
}

const CHUNK: usize = 256;

/// Marks: one bit of each group says what an item is.
mod marks {
    pub const BACKLOG: u32 = 1;
    pub const SELECTED: u32 = 1 << 1;
    pub const ENDED: u32 = 1 << 2;
    pub const FEATURE: u32 = 1 << 3;
    pub const BUG: u32 = 1 << 4;
    pub const DEBT: u32 = 1 << 5;
    pub const INFRASTRUCTURE: u32 = 1 << 6;
    pub const UNSORTED: u32 = 1 << 7;
    pub const CRITICAL: u32 = 1 << 8;
    pub const HIGH: u32 = 1 << 9;
    pub const LOW: u32 = 1 << 10;
    pub const WITHOUT_SIZE: u32 = 1 << 11;
    /// In the backlog and without parts: it could be selected (1.1).
    pub const SELECTABLE: u32 = 1 << 12;
    /// Somebody said that it is ready to be selected.
    pub const READY: u32 = 1 << 13;
    pub const NOT_READY: u32 = 1 << 14;
    /// In a state that means *in progress*.
    pub const IN_PROGRESS: u32 = 1 << 15;
    /// Other items are parts of it.
    pub const HAS_PARTS: u32 = 1 << 16;
    pub const OPEN: u32 = BACKLOG | SELECTED;
    pub const COUNT: usize = 17;
}

fn kind_mark(kind: Option<WorkKind>) -> u32 {
    match kind {
        Some(WorkKind::Feature) => marks::FEATURE,
        Some(WorkKind::Bug) => marks::BUG,
        Some(WorkKind::Debt) => marks::DEBT,
        Some(WorkKind::Infrastructure) => marks::INFRASTRUCTURE,
        None => marks::UNSORTED,
    }
}

fn kind_of(marks: u32) -> Option<WorkKind> {
    WorkKind::ALL.iter().copied().find(|kind| marks & kind_mark(Some(*kind)) != 0)
}

fn severity_mark(severity: Option<Severity>) -> u32 {
    match severity {
        Some(Severity::Critical) => marks::CRITICAL,
        Some(Severity::High) => marks::HIGH,
        Some(Severity::Low) => marks::LOW,
        None => 0,
    }
}

const SELECT: &str =
    "SELECT item.row, item.id, item.rank, item.kind, item.severity, item.size, item.lane, item.parent,
           item.sprint IS NOT NULL AS is_selected, item.created_at, item.readiness IS '' AS is_ready,
           item.state, state.category
      FROM item
      LEFT JOIN state ON state.id = item.state";

fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (kind, severity) = (row.maybe_word("kind")?, row.maybe_word("severity")?);
    let category: Option<Category> = row.maybe_word("category")?;
    let ended = category.is_some_and(Category::is_end);
    let in_progress = if category == Some(Category::InProgress) { marks::IN_PROGRESS } else { 0 };
    let size: Option<i64> = row.get("size")?;
    let whereabouts = match (ended, row.get("is_selected")?) {
        (true, _) => marks::ENDED,
        (false, true) => marks::SELECTED,
        (false, false) => marks::BACKLOG,
    };
    let without_size = if size.is_none() { marks::WITHOUT_SIZE } else { 0 };
    let ready = if row.get("is_ready")? { marks::READY } else { marks::NOT_READY };
    Ok(Entry {
        row: row.get(0)?,
        item: row.word("id")?,
        rank: row.word("rank")?,
        marks: whereabouts | kind_mark(kind) | severity_mark(severity) | without_size | ready | in_progress,
        lane: row.maybe_word("lane")?,
        parent: row.maybe_word("parent")?,
        state: row.maybe_word("state")?,
        size,
        created: row.get("created_at")?,
    })
}

/// What an item must be to be shown.
pub(crate) struct Sieve {
    /// One mark of each group is asked for.
    groups: Vec<u32>,
    lanes: Option<Lanes>,
}

struct Lanes {
    lanes: HashSet<LaneId>,
    /// Marks of the kinds that go into these lanes.
    kinds: u32,
}

impl Sieve {
    fn new(filter: &BacklogFilter, lane_kinds: &[WorkKind]) -> Sieve {
        let kinds = filter.kinds.iter().map(|kind| kind_mark(Some(*kind))).fold(0, |all, mark| all | mark);
        let unsorted = if filter.unsorted { marks::UNSORTED } else { 0 };
        let groups = [
            match filter.whereabouts {
                Whereabouts::Open => marks::OPEN,
                Whereabouts::Backlog => marks::BACKLOG,
                Whereabouts::Selected => marks::SELECTED,
                Whereabouts::Ended => marks::ENDED,
                Whereabouts::All => 0,
            },
            kinds | unsorted,
            filter
                .severities
                .iter()
                .map(|severity| severity_mark(Some(*severity)))
                .fold(0, |all, mark| all | mark),
            if filter.without_size { marks::WITHOUT_SIZE } else { 0 },
            match filter.ready {
                None => 0,
                Some(true) => marks::READY,
                Some(false) => marks::NOT_READY,
            },
        ];
        let lanes = (!filter.lanes.is_empty()).then(|| Lanes {
            lanes: filter.lanes.iter().copied().collect(),
            kinds: lane_kinds.iter().fold(0, |all, kind| all | kind_mark(Some(*kind))),
        });
        Sieve { groups: groups.into_iter().filter(|group| *group != 0).collect(), lanes }
    }

    /// What could be selected into a Sprint.
    fn selectable() -> Sieve {
        Sieve { groups: vec![marks::SELECTABLE], lanes: None }
    }

    fn passes(&self, marks: u32, entry: impl Fn() -> Option<LaneId>) -> bool {
        self.groups.iter().all(|group| marks & group != 0)
            && self.lanes.as_ref().is_none_or(|asked| match entry() {
                Some(lane) => asked.lanes.contains(&lane),
                None => marks & asked.kinds != 0,
            })
    }

    /// How many items of a chunk pass, where its counts say so; none where the items have to be looked at.
    ///
    /// An item bears one mark of a group at most. So when all items of the chunk pass every group but one, those that
    /// pass that one are the answer.
    fn passing(&self, chunk: &Chunk) -> Option<usize> {
        if self.lanes.is_some() {
            return None;
        }
        let all = chunk.slots.len();
        let mut passing = all;
        for group in &self.groups {
            let here: u32 = (0..marks::COUNT).filter(|n| group & (1 << n) != 0).map(|n| chunk.here[n]).sum();
            match here as usize {
                0 => return Some(0),
                here if here == all => {}
                _ if passing < all => return None,
                here => passing = here,
            }
        }
        Some(passing)
    }
}

/// The slot of each row, found without hashing: a search may find every row there is.
#[derive(Default)]
pub(super) struct Rows {
    /// By the number of the row; [`Rows::NONE`] where there is none.
    low: Vec<u32>,
    /// Rows with numbers that SQLite gives out only in files that others made.
    high: HashMap<i64, u32>,
}

impl Rows {
    const NONE: u32 = u32::MAX;
    const MOST_LOW: i64 = 1 << 24;

    pub fn get(&self, row: i64) -> Option<u32> {
        if (0..Rows::MOST_LOW).contains(&row) {
            self.low.get(row as usize).copied().filter(|slot| *slot != Rows::NONE)
        } else {
            self.high.get(&row).copied()
        }
    }

    fn insert(&mut self, row: i64, slot: u32) {
        if (0..Rows::MOST_LOW).contains(&row) {
            if self.low.len() <= row as usize {
                self.low.resize(row as usize + 1, Rows::NONE);
            }
            self.low[row as usize] = slot;
        } else {
            self.high.insert(row, slot);
        }
    }

    fn remove(&mut self, row: i64) -> Option<u32> {
        let slot = self.get(row)?;
        match self.low.get_mut(row as usize) {
            Some(held) if row >= 0 => *held = Rows::NONE,
            _ => {
                self.high.remove(&row);
            }
        }
        Some(slot)
    }
}

/// A set of slots.
#[derive(Default)]
pub(super) struct Slots {
    words: Vec<u64>,
}

impl Slots {
    pub fn insert(&mut self, slot: u32) {
        let at = slot as usize / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1_u64 << (slot % 64);
    }

    pub fn remove(&mut self, slot: u32) {
        if let Some(word) = self.words.get_mut(slot as usize / 64) {
            *word &= !(1_u64 << (slot % 64));
        }
    }

    /// What is in both.
    pub fn and(mut self, other: &Slots) -> Slots {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        self
    }

    fn contains(&self, slot: u32) -> bool {
        self.words.get(slot as usize / 64).is_some_and(|word| word & (1 << (slot % 64)) != 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let bits = |(n, word): (usize, &u64)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(n as u32 * 64 + bit)
            })
        };
        self.words.iter().enumerate().filter(|(_, word)| **word != 0).flat_map(bits)
    }
}

impl Index {
    fn build(&mut self, connection: &Connection) -> Result<()> {
        *self = Index { states_within: self.states_within, ..Index::default() };
        let mut select = connection.prepare_cached(&format!("{SELECT} ORDER BY item.rank, item.id"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let entry = read_entry(row)?;
            let slot = self.hold(entry);
            if self.chunks.last().is_none_or(|chunk| chunk.slots.len() >= CHUNK) {
                let chunk = self.new_chunk();
                self.chunks.push(chunk);
            }
            let at = self.chunks.len() - 1;
            let within = self.chunks[at].slots.len();
            self.put(at, within, slot);
        }
        Ok(())
    }

    fn bring_in(&mut self, connection: &Connection, row: i64) -> Result<()> {
        let mut select = connection.prepare_cached(&format!("{SELECT} WHERE item.row = ?1"))?;
        if let Some(entry) = select.query_row([row], read_entry).optional()? {
            let slot = self.hold(entry);
            let (mut at, mut within) = self.find(slot);
            if at == self.chunks.len() {
                // After all others: the last chunk takes it.
                at = at.saturating_sub(1);
                within = self.chunks.get(at).map_or(0, |chunk| chunk.slots.len());
                if self.chunks.is_empty() {
                    let chunk = self.new_chunk();
                    self.chunks.push(chunk);
                }
            }
            self.put(at, within, slot);
            self.split(at);
        }
        Ok(())
    }

    fn hold(&mut self, entry: Entry) -> u32 {
        let (row, item, parent) = (entry.row, entry.item, entry.parent);
        let entry = Entry { marks: self.with_parts(entry.marks, item), ..entry };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.entries[slot as usize] = entry;
                slot
            }
            None => {
                self.entries.push(entry);
                self.homes.push((0, 0));
                self.entries.len() as u32 - 1
            }
        };
        self.by_row.insert(row, slot);
        self.by_item.insert(item, slot);
        if let Some(parent) = parent {
            *self.parts.entry(parent).or_default() += 1;
            self.mark_again(parent);
        }
        slot
    }

    /// The marks of an item with those that say whether it has parts, and so whether it could be selected.
    fn with_parts(&self, marks: u32, item: ItemId) -> u32 {
        let own = marks & !(marks::SELECTABLE | marks::HAS_PARTS);
        if self.has_parts(item) {
            own | marks::HAS_PARTS
        } else if own & marks::BACKLOG != 0 {
            own | marks::SELECTABLE
        } else {
            own
        }
    }

    /// Counts an item in its state, unless it has parts.
    fn count_in_state(&mut self, slot: u32, marks: u32, step: isize) {
        if marks & marks::HAS_PARTS == 0
            && let Some(state) = self.entries[slot as usize].state
        {
            let count = self.in_states.entry(state).or_default();
            *count = count.saturating_add_signed(step);
        }
    }

    /// Marks an item again whose parts came or went, if it stands in the order.
    fn mark_again(&mut self, item: ItemId) {
        let Some(slot) = self.by_item.get(&item).copied() else { return };
        let before = self.entries[slot as usize].marks;
        let after = self.with_parts(before, item);
        if before == after {
            return;
        }
        self.entries[slot as usize].marks = after;
        let (at, within) = self.find(slot);
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        // An item that is its own part is not placed yet.
        if let Some(placed) = chunk.slots.get_mut(within).filter(|(other, _)| *other == slot) {
            placed.1 = after;
            self.homes[slot as usize].1 = after;
            count(&mut chunk.here, before, -1);
            count(&mut chunk.here, after, 1);
            self.tally.count(before, -1);
            self.tally.count(after, 1);
            self.count_in_state(slot, before, -1);
            self.count_in_state(slot, after, 1);
        }
    }

    fn put(&mut self, at: usize, within: usize, slot: u32) {
        let marks = self.entries[slot as usize].marks;
        let chunk = &mut self.chunks[at];
        chunk.slots.insert(within, (slot, marks));
        self.homes[slot as usize] = (chunk.id, marks);
        count(&mut chunk.here, marks, 1);
        self.tally.count(marks, 1);
        self.count_in_state(slot, marks, 1);
    }

    fn take_out(&mut self, row: i64) {
        let Some(slot) = self.by_row.remove(row) else { return };
        let (at, within) = self.find(slot);
        let (item, marks) = (self.entries[slot as usize].item, self.entries[slot as usize].marks);
        let chunk = &mut self.chunks[at];
        chunk.slots.remove(within);
        count(&mut chunk.here, marks, -1);
        self.tally.count(marks, -1);
        if chunk.slots.is_empty() {
            self.chunks.remove(at);
        }
        self.count_in_state(slot, marks, -1);
        self.by_item.remove(&item);
        if let Some(parent) = self.entries[slot as usize].parent {
            if let Some(count) = self.parts.get_mut(&parent) {
                *count = count.saturating_sub(1);
            }
            self.mark_again(parent);
        }
        self.free.push(slot);
    }

    fn split(&mut self, at: usize) {
        if self.chunks[at].slots.len() < 2 * CHUNK {
            return;
        }
        let mut half = self.new_chunk();
        half.slots = self.chunks[at].slots.split_off(CHUNK);
        for (slot, marks) in &half.slots {
            self.homes[*slot as usize].0 = half.id;
            count(&mut half.here, *marks, 1);
            count(&mut self.chunks[at].here, *marks, -1);
        }
        self.chunks.insert(at + 1, half);
    }

    fn new_chunk(&mut self) -> Chunk {
        self.made_chunks += 1;
        Chunk { id: self.made_chunks, ..Chunk::default() }
    }

    /// The chunk and the place within it where a slot stands, or would.
    fn find(&self, slot: u32) -> (usize, usize) {
        let wanted = self.entries[slot as usize].place();
        let before = |(other, _): &(u32, u32)| self.entries[*other as usize].place() < wanted;
        let at = self.chunks.partition_point(|chunk| chunk.slots.last().is_some_and(before));
        let within = self.chunks.get(at).map_or(0, |chunk| chunk.slots.partition_point(before));
        (at, within)
    }

    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    pub(crate) fn open(&self) -> usize {
        self.tally.backlog + self.tally.selected
    }

    /// How many items are in each state; one that has parts is in none.
    pub(crate) fn in_states(&self) -> impl Iterator<Item = (StateId, usize)> {
        self.in_states.iter().filter(|(_, count)| **count > 0).map(|(state, count)| (*state, *count))
    }

    /// The items in a state that means *in progress*, without those that have parts.
    pub(crate) fn in_progress(&self) -> impl Iterator<Item = ItemId> {
        let chunks = self.chunks.iter().filter(|chunk| chunk.here[marks::IN_PROGRESS.ilog2() as usize] > 0);
        let slots = chunks.flat_map(|chunk| &chunk.slots);
        slots
            .filter(|(_, marks)| marks & (marks::IN_PROGRESS | marks::HAS_PARTS) == marks::IN_PROGRESS)
            .map(|(slot, _)| self.entries[*slot as usize].item)
    }

    /// The items in a state, without those that have parts.
    pub(crate) fn in_state(&self, state: StateId) -> impl Iterator<Item = ItemId> {
        let slots = self.chunks.iter().flat_map(|chunk| &chunk.slots);
        let whole = slots.filter(|(_, marks)| marks & marks::HAS_PARTS == 0);
        whole
            .map(|(slot, _)| &self.entries[*slot as usize])
            .filter(move |entry| entry.state == Some(state))
            .map(|entry| entry.item)
    }

    /// What kind of work an item is; none is unsorted.
    pub(crate) fn kind(&self, item: ItemId) -> Option<WorkKind> {
        self.by_item.get(&item).and_then(|slot| kind_of(self.entries[*slot as usize].marks))
    }

    /// The open items without those that have parts, each with its creation, its kind and whether it is sized.
    pub(crate) fn open_items(&self) -> impl Iterator<Item = OpenItem> {
        let slots = self.chunks.iter().flat_map(|chunk| &chunk.slots);
        let open = slots.filter(|(_, marks)| marks & marks::OPEN != 0 && marks & marks::HAS_PARTS == 0);
        open.filter_map(|(slot, marks)| {
            let entry = &self.entries[*slot as usize];
            Some(OpenItem {
                item: entry.item,
                created: Instant::from_millis(entry.created?),
                kind: kind_of(*marks),
                is_sized: marks & marks::WITHOUT_SIZE == 0,
            })
        })
    }

    /// Positions of items among the open ones.
    pub(crate) fn positions(&self, items: &[ItemId]) -> Vec<Option<usize>> {
        let ordinals = self.ordinals();
        let mut before = Vec::with_capacity(self.chunks.len());
        let mut open = 0;
        for chunk in &self.chunks {
            before.push(open);
            open += open_here(chunk);
        }
        let position = |slot: u32| {
            let (chunk, marks) = self.homes[slot as usize];
            let ordinal = ordinals[chunk as usize];
            let above = self.chunks[ordinal].slots.iter().take_while(|(other, _)| *other != slot);
            let above = above.filter(|(_, marks)| marks & marks::OPEN != 0).count();
            (marks & marks::OPEN != 0).then(|| before[ordinal] + above)
        };
        items.iter().map(|item| self.by_item.get(item).and_then(|slot| position(*slot))).collect()
    }

    /// The place of each chunk in the order, by its identity.
    fn ordinals(&self) -> Vec<usize> {
        let mut ordinals = vec![0; self.made_chunks as usize + 1];
        for (ordinal, chunk) in self.chunks.iter().enumerate() {
            ordinals[chunk.id as usize] = ordinal;
        }
        ordinals
    }

    /// The open item at a position, with its rank.
    pub(crate) fn open_at(&self, position: usize) -> Option<(ItemId, &Rank)> {
        let mut left = position;
        for chunk in &self.chunks {
            let here = open_here(chunk);
            if left >= here {
                left -= here;
                continue;
            }
            let mut open = chunk.slots.iter().filter(|(_, marks)| marks & marks::OPEN != 0);
            return open
                .nth(left)
                .map(|(slot, _)| &self.entries[*slot as usize])
                .map(|entry| (entry.item, &entry.rank));
        }
        None
    }

    /// Whether other items are parts of one.
    pub(crate) fn has_parts(&self, item: ItemId) -> bool {
        !self.parts.is_empty() && self.parts.get(&item).is_some_and(|count| *count > 0)
    }

    /// The rank of an item, whether open or ended.
    pub(crate) fn rank(&self, item: ItemId) -> Option<&Rank> {
        self.by_item.get(&item).map(|slot| &self.entries[*slot as usize].rank)
    }

    /// The open items from the top, each with whether it is a critical bug.
    pub(crate) fn open_from_top(&self) -> impl Iterator<Item = (ItemId, bool)> {
        let critical = marks::BUG | marks::CRITICAL;
        self.chunks
            .iter()
            .flat_map(|chunk| &chunk.slots)
            .filter(|(_, marks)| marks & marks::OPEN != 0)
            .map(move |(slot, marks)| (self.entries[*slot as usize].item, marks & critical == critical))
    }

    /// The open items that have no parts, in their order.
    pub(crate) fn open_work(&self) -> impl Iterator<Item = OpenWork> {
        let slots = self.chunks.iter().flat_map(|chunk| &chunk.slots);
        let open = slots.filter(|(_, marks)| marks & marks::OPEN != 0);
        let entries = open.map(|(slot, _)| &self.entries[*slot as usize]);
        entries.filter(|entry| !self.has_parts(entry.item)).map(|entry| OpenWork {
            item: entry.item,
            size: entry.size.map(Size::hundredths),
            lane: entry.lane,
            parent: entry.parent,
        })
    }

    /// The ranks right around a gap between open items, as it is without the items that move.
    ///
    /// Ended items keep their places in between: the gap is right above the item below, or right below the one above.
    pub(crate) fn ranks_around(
        &self,
        above: Option<ItemId>,
        below: Option<ItemId>,
        moving: &HashSet<ItemId>,
    ) -> (Option<Rank>, Option<Rank>) {
        let slot = |item: Option<ItemId>| item.and_then(|item| self.by_item.get(&item).copied());
        let rank = |slot: u32| Some(self.entries[slot as usize].rank.clone());
        match (slot(above), slot(below)) {
            (_, Some(below)) => (self.beside(below, moving, false).and_then(rank), rank(below)),
            (Some(above), None) => (rank(above), self.beside(above, moving, true).and_then(rank)),
            (None, None) => (None, None),
        }
    }

    /// The item right beside another that does not move, whether open or ended.
    fn beside(&self, slot: u32, moving: &HashSet<ItemId>, downwards: bool) -> Option<u32> {
        let (mut at, mut within) = self.find(slot);
        loop {
            if downwards {
                within += 1;
                if within >= self.chunks.get(at)?.slots.len() {
                    (at, within) = (at + 1, 0);
                }
            } else if within == 0 {
                at = at.checked_sub(1)?;
                within = self.chunks[at].slots.len().checked_sub(1)?;
            } else {
                within -= 1;
            }
            let (other, _) = *self.chunks.get(at)?.slots.get(within)?;
            if !moving.contains(&self.entries[other as usize].item) {
                return Some(other);
            }
        }
    }

    /// A part of what a filter lets pass, in the order that is asked for, and how many items pass in all.
    pub(crate) fn window(
        &mut self,
        wanted: &mut Wanted<'_>,
        from: usize,
        limit: usize,
    ) -> Result<(Vec<Placed>, usize)> {
        let filter = wanted.filter;
        if wanted.sort == SortView::Order && filter.text.trim().is_empty() && !filter.is_narrow() {
            return Ok(self.in_order(&Sieve::new(filter, wanted.lane_kinds), from, limit));
        }
        let known = self.remembered.iter().position(|known| {
            known.filter == *filter && known.sort == wanted.sort && known.lane_kinds == wanted.lane_kinds
        });
        let at = match known {
            Some(at) => at,
            None => {
                let items = self.answer(wanted)?;
                if self.remembered.len() >= 4 {
                    self.remembered.remove(0);
                }
                let (filter, lane_kinds) = (filter.clone(), wanted.lane_kinds.to_vec());
                self.remembered.push(Remembered { filter, lane_kinds, sort: wanted.sort, items });
                self.remembered.len() - 1
            }
        };
        let slots = match &self.remembered[at].items {
            Answer::InOrder(found, here) => return Ok(self.found_in_order(found, here, from, limit)),
            Answer::Sorted(slots) => slots,
        };
        let total = slots.len();
        let shown: Vec<u32> = slots.iter().skip(from).take(limit).copied().collect();
        let items: Vec<ItemId> = shown.iter().map(|slot| self.entries[*slot as usize].item).collect();
        let positions = self.positions(&items);
        let placed = shown.iter().zip(positions).map(|(slot, position)| self.placed(*slot, position));
        Ok((placed.collect(), total))
    }

    /// A part of the items that could be selected, in order.
    pub(crate) fn selectable(&self, from: usize, limit: usize) -> Vec<Placed> {
        self.in_order(&Sieve::selectable(), from, limit).0
    }

    fn placed(&self, slot: u32, position: Option<usize>) -> Placed {
        let entry = &self.entries[slot as usize];
        Placed { item: entry.item, position, has_parts: self.has_parts(entry.item), row: entry.row }
    }

    fn found_in_order(&self, found: &Slots, here: &[u32], from: usize, limit: usize) -> (Vec<Placed>, usize) {
        let (mut passed, mut open) = (0, 0);
        let mut placed = Vec::with_capacity(limit.min(1_000));
        for (chunk, here) in self.chunks.iter().zip(here) {
            if passed + *here as usize <= from || placed.len() >= limit {
                passed += *here as usize;
                open += open_here(chunk);
                continue;
            }
            for (slot, marks) in &chunk.slots {
                let is_open = marks & marks::OPEN != 0;
                if found.contains(*slot) {
                    if passed >= from && placed.len() < limit {
                        placed.push(self.placed(*slot, is_open.then_some(open)));
                    }
                    passed += 1;
                }
                open += usize::from(is_open);
            }
        }
        (placed, passed)
    }

    fn in_order(&self, sieve: &Sieve, from: usize, limit: usize) -> (Vec<Placed>, usize) {
        let (mut passed, mut open) = (0, 0);
        let mut placed = Vec::with_capacity(limit.min(1_000));
        for chunk in &self.chunks {
            if let Some(here) = sieve.passing(chunk)
                && (passed + here <= from || placed.len() >= limit)
            {
                passed += here;
                open += open_here(chunk);
                continue;
            }
            for (slot, marks) in &chunk.slots {
                if sieve.passes(*marks, || self.entries[*slot as usize].lane) {
                    if passed >= from && placed.len() < limit {
                        placed.push(self.placed(*slot, (marks & marks::OPEN != 0).then_some(open)));
                    }
                    passed += 1;
                }
                open += usize::from(marks & marks::OPEN != 0);
            }
        }
        (placed, passed)
    }

    fn answer(&mut self, wanted: &mut Wanted<'_>) -> Result<Answer> {
        let text = wanted.filter.text.trim();
        let sieve = Sieve::new(wanted.filter, wanted.lane_kinds);
        let mut found = Slots::default();
        let narrowed = !text.is_empty() || wanted.filter.is_narrow();
        if narrowed {
            let mut named: Option<Slots> = if text.is_empty() { None } else { Some(self.named(wanted)?) };
            for items in (wanted.among)()? {
                let mut among = Slots::default();
                items.iter().filter_map(|item| self.by_item.get(item)).for_each(|slot| among.insert(*slot));
                named = Some(match named {
                    Some(named) => named.and(&among),
                    None => among,
                });
            }
            for slot in named.unwrap_or_default().iter() {
                let marks = self.homes[slot as usize].1;
                if sieve.passes(marks, || self.entries[slot as usize].lane) {
                    found.insert(slot);
                }
            }
            if wanted.sort == SortView::Order {
                let ordinals = self.ordinals();
                let mut here = vec![0; self.chunks.len()];
                for slot in found.iter() {
                    here[ordinals[self.homes[slot as usize].0 as usize]] += 1;
                }
                return Ok(Answer::InOrder(found, here));
            }
        }
        let passes = |slot: u32, marks: u32| sieve.passes(marks, || self.entries[slot as usize].lane);
        let shown = |slot: u32, marks: u32| if narrowed { found.contains(slot) } else { passes(slot, marks) };
        let mut slots: Vec<u32> = Vec::new();
        for chunk in &self.chunks {
            slots.extend(
                chunk.slots.iter().filter(|(slot, marks)| shown(*slot, *marks)).map(|(slot, _)| *slot),
            );
        }
        let entry = |slot: &u32| &self.entries[*slot as usize];
        match wanted.sort {
            SortView::Order => {}
            SortView::Largest => slots.sort_by_key(|slot| Reverse(entry(slot).size)),
            SortView::Smallest => slots.sort_by_key(|slot| (entry(slot).size.is_none(), entry(slot).size)),
            SortView::Oldest => slots.sort_by_key(|slot| entry(slot).created),
            SortView::Youngest => slots.sort_by_key(|slot| Reverse(entry(slot).created)),
            SortView::Score | SortView::SeverityReach => {
                let scores = (wanted.scores)()?;
                slots.sort_by_key(|slot| Reverse(scores.get(&entry(slot).item).copied()));
            }
            SortView::Match if text.is_empty() => {}
            SortView::Match => {
                let mut fits = Vec::with_capacity(slots.len());
                for slot in slots {
                    fits.push(((wanted.fit)(entry(&slot).item)?, slot));
                }
                fits.sort_by_key(|(fit, _)| Reverse(*fit));
                slots = fits.into_iter().map(|(_, slot)| slot).collect();
            }
        }
        Ok(Answer::Sorted(slots))
    }

    /// Ended items of a kind that have words of a text, those with more and rarer ones first, each with its part of them.
    pub(crate) fn ended_like(
        &mut self,
        connection: &Connection,
        text: &str,
        kind: Option<WorkKind>,
        limit: usize,
    ) -> Result<Vec<(ItemId, f64)>> {
        let Some(asked) = Asked::read(connection, text)? else { return Ok(Vec::new()) };
        let items = self.by_item.len();
        let weights = self.words.weigh(connection, &Asked::whole(asked), &self.by_row, items)?;
        let wanted = |slot: u32| {
            let marks = self.homes[slot as usize].1;
            marks & marks::ENDED != 0 && marks & kind_mark(kind) != 0
        };
        let mut found: Vec<(u32, f64)> = weights.into_iter().filter(|(slot, _)| wanted(*slot)).collect();
        found.sort_by(|(one, weight), (other, more)| more.total_cmp(weight).then(one.cmp(other)));
        found.truncate(limit);
        Ok(found.into_iter().map(|(slot, weight)| (self.entries[slot as usize].item, weight)).collect())
    }

    /// What a text finds, whatever else is asked for.
    fn named(&mut self, wanted: &mut Wanted<'_>) -> Result<Slots> {
        let text = wanted.filter.text.trim();
        let asked = Asked::read(wanted.connection, text)?;
        let mut found = match &asked {
            Some(asked) => self.words.find(wanted.connection, asked, &self.by_row)?,
            None => Slots::default(),
        };
        let mut tell = |row: i64| {
            if let Some(slot) = self.by_row.get(row) {
                found.insert(slot);
            }
        };
        (wanted.keys)(text, &mut tell)?;
        if asked.is_none() {
            (wanted.texts)(text, &mut tell)?;
        }
        Ok(found)
    }
}

/// Hears the rows that a search finds.
pub(crate) type Found<'f> = &'f mut dyn FnMut(i64);

/// What a window is asked for, and how what is not held here is found.
pub(crate) struct Wanted<'w> {
    pub filter: &'w BacklogFilter,
    pub sort: SortView,
    /// The kinds that go into the lanes that the filter names.
    pub lane_kinds: &'w [WorkKind],
    pub connection: &'w Connection,
    /// Tells the rows of items whose label or outside key starts with a text.
    pub keys: &'w mut dyn FnMut(&str, Found<'_>) -> Result<()>,
    /// Tells the rows of items in whose words a text stands.
    pub texts: &'w mut dyn FnMut(&str, Found<'_>) -> Result<()>,
    /// Sets of items of which all that is shown is a part: one for each part of the filter that is not held here.
    pub among: &'w mut dyn FnMut() -> Result<Vec<Vec<ItemId>>>,
    /// The scores by which the view sorts.
    pub scores: &'w mut dyn FnMut() -> Result<HashMap<ItemId, Fraction>>,
    /// How well an item matches the filter's text.
    pub fit: &'w mut dyn FnMut(ItemId) -> Result<Fit>,
}

impl Tally {
    fn count(&mut self, marks: u32, step: isize) {
        let add = |count: &mut usize, applies: bool| {
            if applies {
                *count = count.saturating_add_signed(step);
            }
        };
        let open = marks & marks::OPEN != 0;
        add(&mut self.backlog, marks & marks::BACKLOG != 0);
        add(&mut self.selected, marks & marks::SELECTED != 0);
        add(&mut self.ended, marks & marks::ENDED != 0);
        add(&mut self.without_size, open && marks & marks::WITHOUT_SIZE != 0);
        add(&mut self.unsorted, open && marks & marks::UNSORTED != 0);
        let selectable = marks & marks::SELECTABLE != 0;
        add(&mut self.selectable, selectable);
        add(&mut self.selectable_without_size, selectable && marks & marks::WITHOUT_SIZE != 0);
    }
}

fn count(here: &mut [u32; marks::COUNT], marks: u32, step: i32) {
    for (n, count) in here.iter_mut().enumerate() {
        if marks & (1 << n) != 0 {
            *count = count.saturating_add_signed(step);
        }
    }
}

fn open_here(chunk: &Chunk) -> usize {
    (chunk.here[0] + chunk.here[1]) as usize
}
