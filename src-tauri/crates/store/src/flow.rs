//! Items' ways through the states, by windows, as flow charts read them.
//!
//! 1. Which items entered a state since a moment is found by an index on these facts. What did not move is only
//!    counted, in memory beside the connection. So a chart costs what its window holds, not what the file holds.
//! 2. An item that has parts is left out: its parts count (1.1).
//! 3. Facts come in the order in which they are folded, so that a late one is sorted into the past.

use crate::Result;
use crate::journal::Reader;
use crate::row::{Columns, Number, Text};
use domain::backlog::{ItemPresent, WorkKind};
use domain::calendar::Instant;
use domain::flow::{Entered, FlowItem, OpenItem, Passage};
use domain::identity::{ItemId, StateId};
use domain::team::Workflow;
use rusqlite::{Row, named_params};
use std::collections::{HashMap, HashSet};

impl Reader<'_> {
    /// The whole ways of the items that entered a state at a moment or later, in the order in which they did first.
    pub fn passages_since(&self, from: Instant) -> Result<Vec<Passage>> {
        let mut select = self.connection.prepare_cached(
            "SELECT subject, happened_at, value
               FROM item_event
              WHERE kind IN ('created', 'moved')
                AND happened_at >= :from
              ORDER BY happened_at, recorded_at, id",
        )?;
        let mut rows = select.query(named_params! { ":from": Number(from) })?;
        let mut places: HashMap<ItemId, usize> = HashMap::new();
        let mut passages: Vec<Passage> = Vec::new();
        while let Some(row) = rows.next()? {
            let (item, entered) = read_entered(row)?;
            let place = *places.entry(item).or_insert(passages.len());
            match passages.get_mut(place) {
                Some(passage) => passage.entered.push(entered),
                None => passages.push(Passage { item, entered: vec![entered] }),
            }
        }
        // One statement for all that was before: one for each item would cost five times as much.
        let mut select = self.connection.prepare_cached(
            "SELECT subject, happened_at, value
               FROM item_event INDEXED BY item_event_by_subject
              WHERE kind IN ('created', 'moved')
                AND happened_at < :from
                AND subject IN (SELECT subject
                                  FROM item_event
                                 WHERE kind IN ('created', 'moved')
                                   AND happened_at >= :from)
              ORDER BY subject, happened_at, recorded_at, id",
        )?;
        let mut rows = select.query(named_params! { ":from": Number(from) })?;
        let mut before: Vec<(usize, Vec<Entered>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (item, entered) = read_entered(row)?;
            let Some(place) = places.get(&item).copied() else { continue };
            match before.last_mut().filter(|(last, _)| *last == place) {
                Some((_, way)) => way.push(entered),
                None => before.push((place, vec![entered])),
            }
        }
        for (place, mut way) in before {
            way.append(&mut passages[place].entered);
            passages[place].entered = way;
        }
        let index = self.order.current(self.connection)?;
        passages.retain(|passage| !index.has_parts(passage.item));
        Ok(passages)
    }

    /// When the first item entered its first state; none where there is no item.
    pub fn first_entered(&self) -> Result<Option<Instant>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT min(happened_at) FROM item_event WHERE kind IN ('created', 'moved')")?;
        let at: Option<Number<Instant>> = select.query_row([], |row| row.get(0))?;
        Ok(at.map(|at| at.0))
    }

    /// How many items are in each state now.
    pub fn items_in_states(&self) -> Result<Vec<(StateId, usize)>> {
        Ok(self.order.current(self.connection)?.in_states().collect())
    }

    /// The whole ways of the items that are in progress now.
    pub fn passages_in_progress(&self) -> Result<Vec<Passage>> {
        let items: Vec<ItemId> = self.order.current(self.connection)?.in_progress().collect();
        items.into_iter().map(|item| self.passage(item)).collect()
    }

    /// What people call items, by their identities; one that is not there has no entry.
    pub fn flow_items(&self, items: impl IntoIterator<Item = ItemId>) -> Result<HashMap<ItemId, FlowItem>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, label, title, kind
               FROM item
              WHERE id IN (SELECT value FROM json_each(:ids))",
        )?;
        let ids: Vec<String> = items.into_iter().map(|item| format!("\"{item}\"")).collect();
        let ids = format!("[{}]", ids.join(","));
        let named = select.query_map(named_params! { ":ids": ids }, |row| {
            let id = row.word("id")?;
            let (label, title) = (row.get("label")?, row.get("title")?);
            Ok((id, FlowItem { id, label, title, kind: row.maybe_word("kind")? }))
        })?;
        Ok(named.collect::<Result<_, _>>()?)
    }

    /// The items that were open at a moment, as they were then; now where no fact came later.
    pub fn open_items_at(&self, at: Instant, workflow: &Workflow) -> Result<Vec<OpenItem>> {
        let changed = self.changed_after(at)?;
        let mut open: Vec<OpenItem> = {
            let index = self.order.current(self.connection)?;
            index.open_items().filter(|open| !changed.contains(&open.item)).collect()
        };
        for item in changed {
            if self.has_parts(item)? {
                continue;
            }
            let facts = self.item_facts(item)?;
            let present = ItemPresent::fold(facts.iter().filter(|dated| dated.happened_at <= at));
            let is_open = present.state.is_some() && !workflow.category(present.state).is_end();
            if let Some(created) = present.created_at.filter(|_| is_open) {
                open.push(OpenItem { item, created, kind: present.kind, is_sized: present.size.is_some() });
            }
        }
        Ok(open)
    }

    /// What kinds of work items were at a moment; none is unsorted.
    pub fn kinds_at(
        &self,
        items: impl IntoIterator<Item = ItemId>,
        at: Instant,
    ) -> Result<HashMap<ItemId, Option<WorkKind>>> {
        let changed = self.changed_after(at)?;
        let mut kinds: HashMap<ItemId, Option<WorkKind>> = {
            let index = self.order.current(self.connection)?;
            items.into_iter().map(|item| (item, index.kind(item))).collect()
        };
        for (item, kind) in kinds.iter_mut().filter(|(item, _)| changed.contains(*item)) {
            let facts = self.item_facts(*item)?;
            *kind = ItemPresent::fold(facts.iter().filter(|dated| dated.happened_at <= at)).kind;
        }
        Ok(kinds)
    }

    /// The items that are in a state now, in the order of the Product Backlog.
    pub fn items_in_state(&self, state: StateId) -> Result<Vec<ItemId>> {
        Ok(self.order.current(self.connection)?.in_state(state).collect())
    }

    /// The whole way of an item.
    pub fn passage(&self, item: ItemId) -> Result<Passage> {
        let mut select = self.connection.prepare_cached(
            "SELECT subject, happened_at, value
               FROM item_event
              WHERE subject = :subject
                AND kind IN ('created', 'moved')
              ORDER BY happened_at, recorded_at, id",
        )?;
        let entered = select.query_map(named_params! { ":subject": Text(item) }, read_entered)?;
        Ok(Passage { item, entered: entered.map(|row| row.map(|(_, one)| one)).collect::<Result<_, _>>()? })
    }

    /// The items of which a fact after a moment says a state, a size or a kind.
    fn changed_after(&self, at: Instant) -> Result<HashSet<ItemId>> {
        let mut changed = HashSet::new();
        let mut moved = self.connection.prepare_cached(
            "SELECT subject
               FROM item_event
              WHERE kind IN ('created', 'moved')
                AND happened_at > :at",
        )?;
        let mut rows = moved.query(named_params! { ":at": Number(at) })?;
        while let Some(row) = rows.next()? {
            changed.insert(row.word("subject")?);
        }
        // Of sizes and kinds there is no such index: what happened after a moment was recorded after it, and an
        // identity begins with the moment of its making.
        let mut said = self.connection.prepare_cached(
            "SELECT subject
               FROM item_event
              WHERE id >= :made
                AND kind IN ('sized', 'kindSet')
                AND happened_at > :at",
        )?;
        let made = at.millis().clamp(0, 0xFFFF_FFFF_FFFF);
        let made = format!("{:08x}-{:04x}", made >> 16, made & 0xFFFF);
        let mut rows = said.query(named_params! { ":made": made, ":at": Number(at) })?;
        while let Some(row) = rows.next()? {
            changed.insert(row.word("subject")?);
        }
        Ok(changed)
    }
}

fn read_entered(row: &Row<'_>) -> rusqlite::Result<(ItemId, Entered)> {
    Ok((row.word(0)?, Entered { at: row.number(1)?, state: row.word(2)? }))
}
