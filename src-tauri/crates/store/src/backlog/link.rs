//! What belongs to items beside their facts: dependencies, attachments, labels; and one item that goes on for another.
//!
//! 1. A dependency is a row of the item that is needed: it *blocks* the other.
//! 2. An attachment is an address or a path as text, with a title; nothing is ever read from it.
//! 3. That two items are not the same is one row of either of them.
//! 4. What nearly has the words of a text is found by the words in memory, not by reading titles.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Text, list};
use crate::{Result, StoreError};
use domain::backlog::WorkKind;
use domain::exchange::LabelKind;
use domain::identity::{ItemId, RowId, SprintId, StateId};
use rusqlite::named_params;
use std::collections::HashMap;

/// Something that is attached to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its identity.
    pub id: RowId,
    /// An address or a path.
    pub url: String,
    /// What it is, in words.
    pub title: String,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    /// Its label.
    pub label: String,
    /// Its state.
    pub state: Option<StateId>,
    /// The Sprint in which it is selected.
    pub sprint: Option<SprintId>,
    /// Its position among the open items, from 0; none once it has ended.
    pub position: Option<usize>,
}

/// An item by its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
}

impl Reader<'_> {
    /// What an item needs, in the order in which it was said.
    pub fn needs(&self, item: ItemId) -> Result<Vec<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT item FROM item_link WHERE other = :item AND kind = 'blocks' ORDER BY id",
        )?;
        let needs = select.query_map(named_params! { ":item": Text(item) }, |row| row.word("item"))?;
        Ok(needs.collect::<Result<_, _>>()?)
    }

    /// What each of some items needs, in the order in which it was said.
    pub fn needs_of(&self, items: &[ItemId]) -> Result<Vec<(ItemId, ItemId)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT other, item
               FROM item_link
              WHERE kind = 'blocks'
                AND other IN (SELECT value FROM json_each(:items))
              ORDER BY id",
        )?;
        let needs = select.query_map(named_params! { ":items": list(items) }, |row| {
            Ok((row.word("other")?, row.word("item")?))
        })?;
        Ok(needs.collect::<Result<_, _>>()?)
    }

    /// What needs an item, in the order in which it was said.
    pub fn needed_by(&self, item: ItemId) -> Result<Vec<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT other FROM item_link WHERE item = :item AND kind = 'blocks' ORDER BY id",
        )?;
        let needed = select.query_map(named_params! { ":item": Text(item) }, |row| row.word("other"))?;
        Ok(needed.collect::<Result<_, _>>()?)
    }

    /// Every item that needs another, with what it needs.
    pub fn all_needs(&self) -> Result<Vec<(ItemId, ItemId)>> {
        let mut select =
            self.connection.prepare_cached("SELECT other, item FROM item_link WHERE kind = 'blocks'")?;
        let needs = select.query_map([], |row| Ok((row.word("other")?, row.word("item")?)))?;
        Ok(needs.collect::<Result<_, _>>()?)
    }

    /// Where items stand, in the order in which they are named; one that is gone stands nowhere.
    pub fn placings(&self, items: &[ItemId]) -> Result<Vec<Option<Placing>>> {
        let positions = self.positions(items)?;
        let mut select = self.connection.prepare_cached(
            "SELECT id, label, state, sprint FROM item WHERE id IN (SELECT value FROM json_each(:items))",
        )?;
        let known = select.query_map(named_params! { ":items": list(items) }, |row| {
            let (label, state, sprint) =
                (row.get("label")?, row.maybe_word("state")?, row.maybe_word("sprint")?);
            Ok((row.word("id")?, Placing { label, state, sprint, position: None }))
        })?;
        let known: HashMap<ItemId, Placing> = known.collect::<Result<_, _>>()?;
        let placing = |(item, position): (&ItemId, Option<usize>)| {
            known.get(item).map(|placing| Placing { position, ..placing.clone() })
        };
        Ok(items.iter().zip(positions).map(placing).collect())
    }

    /// The items by what people call them, in capitals: `T-12`.
    pub fn items_by_label(&self) -> Result<HashMap<String, ItemId>> {
        let mut select = self.connection.prepare_cached("SELECT id, label FROM item")?;
        let named = select.query_map([], |row| {
            let label: String = row.get("label")?;
            Ok((label.to_uppercase(), row.word("id")?))
        })?;
        Ok(named.collect::<Result<_, _>>()?)
    }

    /// Whether any item of the team has a label.
    pub fn knows_labels(&self) -> Result<bool> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM item_label WHERE kind = 'label')")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// The items of which somebody said that they are not the same as one, in the order in which it was said.
    pub fn not_the_same_as(&self, item: ItemId) -> Result<Vec<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT CASE item WHEN :item THEN other ELSE item END AS apart
               FROM item_link
              WHERE kind = 'notTheSame' AND (item = :item OR other = :item)
              ORDER BY id",
        )?;
        let apart = select.query_map(named_params! { ":item": Text(item) }, |row| row.word("apart"))?;
        Ok(apart.collect::<Result<_, _>>()?)
    }

    /// All pairs of which somebody said that they are not the same, in the order in which it was said.
    pub fn all_not_the_same(&self) -> Result<Vec<(ItemId, ItemId)>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT item, other FROM item_link WHERE kind = 'notTheSame' ORDER BY id")?;
        let pairs = select.query_map([], |row| Ok((row.word("item")?, row.word("other")?)))?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    /// Whether any item needs another.
    pub fn knows_needs(&self) -> Result<bool> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM item_link WHERE kind = 'blocks')")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// Every part with the item of which it is one.
    pub fn all_parents(&self) -> Result<Vec<(ItemId, ItemId)>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, parent FROM item WHERE parent IS NOT NULL")?;
        let parents = select.query_map([], |row| Ok((row.word("id")?, row.word("parent")?)))?;
        Ok(parents.collect::<Result<_, _>>()?)
    }

    /// What is attached to an item, in the order in which it came.
    pub fn attachments(&self, item: ItemId) -> Result<Vec<Attachment>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, url, title FROM item_link WHERE item = :item AND kind = 'attachment' ORDER BY id",
        )?;
        let attachments = select.query_map(named_params! { ":item": Text(item) }, |row| {
            Ok(Attachment { id: row.word("id")?, url: row.get("url")?, title: row.get("title")? })
        })?;
        Ok(attachments.collect::<Result<_, _>>()?)
    }

    /// The labels of the team that contain a text, whatever its capitals, the most used first, with their uses.
    pub fn label_names(&self, text: &str, limit: usize) -> Result<Vec<(String, usize)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT name, count(*) AS uses
               FROM item_label
              WHERE kind = 'label' AND instr(lower(name), lower(:text)) > 0
              GROUP BY name
              ORDER BY uses DESC, name
              LIMIT :limit",
        )?;
        let names = select.query_map(named_params! { ":text": text, ":limit": limit as i64 }, |row| {
            Ok((row.get("name")?, row.get::<_, i64>("uses")? as usize))
        })?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The titles of all items that are neither cancelled nor, if only open ones are asked for, done; in their order.
    pub fn titles(&self, only_open: bool) -> Result<Vec<Titled>> {
        let mut select = self.connection.prepare_cached(
            "SELECT item.id, item.label, item.title
               FROM item
               LEFT JOIN state ON state.id = item.state
              WHERE state.category IS NOT 'cancelled'
                AND (NOT :only_open OR state.category IS NOT 'done')
              ORDER BY item.rank, item.id",
        )?;
        let titles = select.query_map(named_params! { ":only_open": only_open }, |row| {
            Ok(Titled { id: row.word("id")?, label: row.get("label")?, title: row.get("title")? })
        })?;
        Ok(titles.collect::<Result<_, _>>()?)
    }

    /// Items of a kind that have ended and have words of a text, those with more and rarer ones first; each with which
    /// part of the words it has, from 0 to 1, where a rare word weighs more.
    pub fn ended_like(&self, text: &str, kind: Option<WorkKind>, limit: usize) -> Result<Vec<(ItemId, f64)>> {
        self.order.current(self.connection)?.ended_like(self.connection, text, kind, limit)
    }
}

impl Writer<'_> {
    /// Says that an item needs another one.
    pub fn add_need(&mut self, item: ItemId, needed: ItemId) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO item_link (id, item, kind, other) VALUES (:id, :item, 'blocks', :other)",
            )?
            .execute(named_params! { ":id": Text(id), ":item": Text(needed), ":other": Text(item) })?;
        Ok(())
    }

    /// Says that an item does not need another one any more; answers whether it did.
    pub fn remove_need(&mut self, item: ItemId, needed: ItemId) -> Result<bool> {
        let gone = self
            .connection
            .prepare_cached(
                "DELETE FROM item_link WHERE item = :item AND kind = 'blocks' AND other = :other",
            )?
            .execute(named_params! { ":item": Text(needed), ":other": Text(item) })?;
        Ok(gone > 0)
    }

    /// Says that two items are not the same.
    pub fn add_not_the_same(&mut self, one: ItemId, other: ItemId) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO item_link (id, item, kind, other) VALUES (:id, :one, 'notTheSame', :other)",
            )?
            .execute(named_params! { ":id": Text(id), ":one": Text(one), ":other": Text(other) })?;
        Ok(())
    }

    /// Says that two items may be the same after all; answers whether it was said that they are not.
    pub fn remove_not_the_same(&mut self, one: ItemId, other: ItemId) -> Result<bool> {
        let gone = self
            .connection
            .prepare_cached(
                "DELETE FROM item_link
                  WHERE kind = 'notTheSame'
                    AND ((item = :one AND other = :other) OR (item = :other AND other = :one))",
            )?
            .execute(named_params! { ":one": Text(one), ":other": Text(other) })?;
        Ok(gone > 0)
    }

    /// Attaches an address or a path to an item.
    pub fn attach(&mut self, item: ItemId, url: &str, title: &str) -> Result<RowId> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO item_link (id, item, kind, url, title)
                 VALUES (:id, :item, 'attachment', :url, :title)",
            )?
            .execute(named_params! { ":id": Text(id), ":item": Text(item), ":url": url, ":title": title })?;
        Ok(id)
    }

    /// Takes an attachment away.
    pub fn detach(&mut self, attachment: RowId) -> Result<()> {
        let gone = self
            .connection
            .prepare_cached("DELETE FROM item_link WHERE id = :id AND kind = 'attachment'")?
            .execute(named_params! { ":id": Text(attachment) })?;
        if gone == 0 { Err(StoreError::Unknown("attachment")) } else { Ok(()) }
    }

    /// Gives to an item what belongs to another one: keys elsewhere, labels, parts, dependencies, attachments, interrupts,
    /// and inputs of prioritisation where it has none. The other one keeps its words, facts and labels.
    pub fn take_over(&mut self, item: ItemId, from: ItemId) -> Result<()> {
        for sql in [
            "UPDATE outside_item SET item = :item WHERE item = :from",
            "UPDATE item SET parent = :item WHERE parent = :from AND id <> :item",
            // A dependency between the two, or one that is there already, is none any more.
            "DELETE FROM item_link
              WHERE kind = 'blocks'
                AND ((item = :from AND other = :item) OR (item = :item AND other = :from)
                  OR (item = :from AND other IN (SELECT other FROM item_link WHERE item = :item AND kind = 'blocks'))
                  OR (other = :from AND item IN (SELECT item FROM item_link WHERE other = :item AND kind = 'blocks')))",
            // What was said of the other one goes on with it, each once; whoever merges the two has changed their mind.
            "DELETE FROM item_link
              WHERE kind = 'notTheSame'
                AND :from IN (item, other)
                AND (:item IN (item, other)
                  OR CASE item WHEN :from THEN other ELSE item END IN (
                       SELECT CASE item WHEN :item THEN other ELSE item END
                         FROM item_link
                        WHERE kind = 'notTheSame' AND :item IN (item, other)))",
            "UPDATE item_link SET item = :item WHERE item = :from",
            "UPDATE item_link SET other = :item WHERE other = :from",
            "UPDATE interrupt_item SET item = :item
              WHERE item = :from
                AND interrupt NOT IN (SELECT interrupt FROM interrupt_item WHERE item = :item)",
            "UPDATE item_input SET item = :item
              WHERE item = :from
                AND criterion NOT IN (SELECT criterion FROM item_input WHERE item = :item)",
        ] {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.execute(named_params! { ":item": Text(item), ":from": Text(from) })?;
        }
        let known = self.labels(item)?;
        for (kind, name) in self.labels(from)? {
            if kind == LabelKind::Label && !known.contains(&(kind, name.clone())) {
                self.add_label(item, kind, &name)?;
            }
        }
        Ok(())
    }
}
