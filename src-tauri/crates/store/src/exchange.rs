//! Outside items: which item of ours is which item of another tracker, and what was seen there last.
//!
//! 1. The same key of the same source is the same item, for ever; an item may have several outside keys.
//!    So is the same key of a Sprint.
//! 2. What was seen last is JSON of the caller's; nothing here looks into it.
//! 3. Labels are rows of their own, each once an item and kind.
//! 4. Any table can be read as it stands, for an export.
//! 5. What a person changed in a mapping is kept once for each kind of export; it is JSON of the caller's too.

pub(crate) mod outside;

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError, schema};
use domain::backlog::Item;
use domain::calendar::Instant;
use domain::exchange::LabelKind;
use domain::identity::{ItemId, RowId, SprintId};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, named_params};
use std::collections::HashSet;

/// An item of another tracker that is an item of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideItem {
    /// Its identity.
    pub id: RowId,
    /// Our item.
    pub item: Item,
    /// What was seen there last, as JSON.
    pub last_seen: String,
}

/// By what another tracker knows an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideKey {
    /// The tracker.
    pub source: String,
    /// Its key.
    pub key: String,
}

/// What a person changed in the mapping of a kind of export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMapping {
    /// What was changed, as JSON.
    pub choices: String,
    /// When it was kept.
    pub kept_at: Instant,
}

/// A table as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRows {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// The tables of the journal, which no journal keeps.
const JOURNAL: [&str; 2] = ["operation", "change"];

impl Reader<'_> {
    /// The tables that can be read as they stand: all but bytes and what is derived.
    pub fn tables(&self) -> Result<Vec<String>> {
        let tables = schema::journalled(self.connection)?.into_iter().map(|(name, _)| name);
        Ok(tables.chain(JOURNAL.map(str::to_owned)).collect())
    }

    /// How many rows a table of [`Reader::tables`] has.
    pub fn count_rows(&self, table: &str) -> Result<u32> {
        if !self.tables()?.iter().any(|name| name == table) {
            return Err(StoreError::Unknown("table"));
        }
        Ok(self.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?)
    }

    /// A table as it stands, in the order of its making; none where there is no such table.
    pub fn table_rows(&self, table: &str) -> Result<Option<TableRows>> {
        // A name that is no table of ours never becomes SQL.
        let Some(table) = self.tables()?.into_iter().find(|name| name == table) else { return Ok(None) };
        let mut select = self.connection.prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))?;
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let width = columns.len();
        let rows = select.query_map([], |row| {
            let cell = |at: usize| {
                Ok(match row.get_ref(at)? {
                    ValueRef::Integer(number) => Cell::Number(number),
                    ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Cell::Nothing,
                })
            };
            (0..width).map(cell).collect::<rusqlite::Result<Vec<Cell>>>()
        })?;
        Ok(Some(TableRows { rows: rows.collect::<rusqlite::Result<_>>()?, columns }))
    }

    /// The item that a source knows by a key.
    pub fn outside_item(&self, source: &str, key: &str) -> Result<Option<OutsideItem>> {
        let found = outside::ITEM.find(self, source, key)?;
        let Some((id, item, last_seen)) = found else { return Ok(None) };
        let item = self.item(item)?.ok_or(StoreError::Unknown("item"))?;
        Ok(Some(OutsideItem { id, item, last_seen }))
    }

    /// The identity of the item that a source knows by a key.
    pub fn item_of_key(&self, source: &str, key: &str) -> Result<Option<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT item FROM outside_item WHERE source = :source AND key = :key ORDER BY id LIMIT 1",
        )?;
        Ok(select
            .query_row(named_params! { ":source": source, ":key": key }, |row| row.word("item"))
            .optional()?)
    }

    /// The Sprint that a source knows by a key.
    pub fn outside_sprint(&self, source: &str, key: &str) -> Result<Option<SprintId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT sprint FROM outside_sprint WHERE source = :source AND key = :key ORDER BY id LIMIT 1",
        )?;
        Ok(select
            .query_row(named_params! { ":source": source, ":key": key }, |row| row.word("sprint"))
            .optional()?)
    }

    /// The Sprints that came from a source.
    pub fn outside_sprints(&self) -> Result<HashSet<SprintId>> {
        let mut select = self.connection.prepare_cached("SELECT sprint FROM outside_sprint")?;
        let sprints = select.query_map([], |row| row.word("sprint"))?;
        Ok(sprints.collect::<Result<_, _>>()?)
    }

    /// Whether any item came from a source.
    pub fn knows_source(&self, source: &str) -> Result<bool> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM outside_item WHERE source = :source)")?;
        Ok(select.query_row(named_params! { ":source": source }, |row| row.get(0))?)
    }

    /// By what other trackers know an item, in the order in which they came.
    pub fn outside_keys(&self, item: ItemId) -> Result<Vec<OutsideKey>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT source, key FROM outside_item WHERE item = :item ORDER BY id")?;
        let keys = select.query_map(named_params! { ":item": Text(item) }, |row| {
            Ok(OutsideKey { source: row.get("source")?, key: row.get("key")? })
        })?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// What is kept for the mapping of a kind of export.
    pub fn kept_mapping(&self, export: &str) -> Result<Option<KeptMapping>> {
        let mut select = self.connection.prepare_cached(
            "SELECT choices, kept_at FROM import_mapping WHERE export = :export ORDER BY id DESC LIMIT 1",
        )?;
        let kept = select.query_row(named_params! { ":export": export }, |row| {
            Ok(KeptMapping { choices: row.get("choices")?, kept_at: row.number("kept_at")? })
        });
        Ok(kept.optional()?)
    }

    /// The labels of an item, in the order in which they came.
    pub fn labels(&self, item: ItemId) -> Result<Vec<(LabelKind, String)>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT kind, name FROM item_label WHERE item = :item ORDER BY id")?;
        let labels = select.query_map(named_params! { ":item": Text(item) }, |row| {
            Ok((row.word("kind")?, row.get("name")?))
        })?;
        Ok(labels.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Writes down what a source says now of an item that it knew already.
    pub fn put_last_seen(&mut self, outside_item: RowId, last_seen: &str) -> Result<()> {
        outside::ITEM.seen(self, outside_item, last_seen)
    }

    /// Writes down by what a source knows a Sprint.
    pub fn add_outside_sprint(&mut self, sprint: SprintId, source: &str, key: &str) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO outside_sprint (id, sprint, source, key) VALUES (:id, :sprint, :source, :key)",
            )?
            .execute(named_params! {
                ":id": Text(id), ":sprint": Text(sprint), ":source": source, ":key": key,
            })?;
        Ok(())
    }

    /// Keeps what a person changed in the mapping of a kind of export, in place of what was kept before.
    pub fn keep_mapping(&mut self, export: &str, choices: &str) -> Result<()> {
        self.forget_mapping(export)?;
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO import_mapping (id, export, choices, kept_at)
                 VALUES (:id, :export, :choices, :kept_at)",
            )?
            .execute(named_params! {
                ":id": Text(id), ":export": export, ":choices": choices, ":kept_at": Number(self.now),
            })?;
        Ok(())
    }

    /// Forgets what is kept for the mapping of a kind of export; answers whether there was any.
    pub fn forget_mapping(&mut self, export: &str) -> Result<bool> {
        let gone = self
            .connection
            .prepare_cached("DELETE FROM import_mapping WHERE export = :export")?
            .execute(named_params! { ":export": export })?;
        Ok(gone > 0)
    }

    /// Makes an item a part of another one, or of none.
    pub fn put_parent(&mut self, item: ItemId, parent: Option<ItemId>) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE item SET parent = :parent WHERE id = :id")?
            .execute(named_params! { ":id": Text(item), ":parent": text(parent) })?;
        if changed == 0 { Err(StoreError::Unknown("item")) } else { Ok(()) }
    }

    /// Gives an item a label. The caller has seen that it has none of that name.
    pub fn add_label(&mut self, item: ItemId, kind: LabelKind, name: &str) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO item_label (id, item, kind, name) VALUES (:id, :item, :kind, :name)",
            )?
            .execute(
                named_params! { ":id": Text(id), ":item": Text(item), ":kind": Text(kind), ":name": name },
            )?;
        Ok(())
    }

    /// Takes a label from an item.
    pub fn remove_label(&mut self, item: ItemId, kind: LabelKind, name: &str) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM item_label WHERE item = :item AND kind = :kind AND name = :name")?
            .execute(named_params! { ":item": Text(item), ":kind": Text(kind), ":name": name })?;
        Ok(())
    }
}
