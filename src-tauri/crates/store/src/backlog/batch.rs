//! Many new items at once.
//!
//! 1. Rows are collected and written many by one statement. The journal's triggers then cost a third of what they cost
//!    with a statement a row, because most of that is the beginning and the end of the statement.
//! 2. The rows and the journal are those of writing one by one; only the order among the tables is another.
//! 3. What is collected is not there to be read before [`Batch::finish`].

use super::{FactColumns, NewItem};
use crate::Result;
use crate::journal::Writer;
use domain::backlog::{ItemFact, ItemPresent};
use domain::calendar::Instant;
use domain::exchange::LabelKind;
use domain::identity::{ItemId, RowId};
use domain::measures::Size;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use std::fmt::{Display, Write};
use std::ops::Range;

/// New items with what belongs to them, on their way into the file.
pub struct Batch {
    items: Rows,
    facts: Rows,
    outside_items: Rows,
    labels: Rows,
}

impl Default for Batch {
    fn default() -> Batch {
        Batch {
            items: Rows::of(
                "item",
                "id, label, title, description, rank, parent, created_at, kind, severity, size, state, state_since,
                 owner, blocked, sprint, lane, origin, carried",
            ),
            facts: Rows::of(
                "item_event",
                "id, operation, subject, happened_at, recorded_at, kind, value, sprint, lane, origin",
            ),
            outside_items: Rows::of("outside_item", "id, item, source, key, last_seen, seen_at"),
            labels: Rows::of("item_label", "id, item, kind, name"),
        }
    }
}

impl Batch {
    /// Adds an item under an identity that was made beforehand, so that other rows may name it.
    pub fn add_item(&mut self, writer: &mut Writer<'_>, id: ItemId, new: NewItem) -> Result<()> {
        let mut facts: Vec<(Instant, ItemFact)> = new.facts;
        facts.sort_by_key(|(at, _)| *at);
        let mut present = ItemPresent::default();
        for (at, fact) in &facts {
            present.apply(fact, *at);
        }
        self.items
            .word(id)
            .text(&new.label)
            .text(&new.title)
            .text(&new.description)
            .text(new.rank.as_str())
            .maybe_word(new.parent)
            .maybe_number(present.created_at.map(Instant::millis))
            .maybe_word(present.kind)
            .maybe_word(present.severity)
            .maybe_number(present.size.map(Size::in_hundredths))
            .maybe_word(present.state)
            .maybe_number(present.state_since.map(Instant::millis))
            .maybe_word(present.owner)
            .maybe_text(present.blocked.as_deref())
            .maybe_word(present.sprint)
            .maybe_word(present.lane)
            .maybe_word(present.origin)
            .number(i64::from(present.carried))
            .end_row(writer.connection)?;
        for (at, fact) in facts {
            let row: RowId = writer.identity();
            let columns = FactColumns::of(&fact);
            self.facts
                .word(row)
                .number(writer.operation)
                .word(id)
                .number(at.millis())
                .number(writer.now.millis())
                .text(&columns.kind)
                .maybe_text(columns.value.as_deref())
                .maybe_text(columns.sprint.as_deref())
                .maybe_text(columns.lane.as_deref())
                .maybe_text(columns.origin.as_deref())
                .end_row(writer.connection)?;
        }
        Ok(())
    }

    /// Adds by what a source knows an item, and what it says of it.
    pub fn add_outside_item(
        &mut self,
        writer: &mut Writer<'_>,
        item: ItemId,
        source: &str,
        key: &str,
        last_seen: &str,
    ) -> Result<()> {
        let id: RowId = writer.identity();
        let rows = self.outside_items.word(id).word(item).text(source).text(key).text(last_seen);
        rows.number(writer.now.millis()).end_row(writer.connection)
    }

    /// Adds a label of an item that has none of that kind and name.
    pub fn add_label(
        &mut self,
        writer: &mut Writer<'_>,
        item: ItemId,
        kind: LabelKind,
        name: &str,
    ) -> Result<()> {
        let id: RowId = writer.identity();
        self.labels.word(id).word(item).text(kind.word()).text(name).end_row(writer.connection)
    }

    /// Writes all that is left.
    pub fn finish(mut self, writer: &mut Writer<'_>) -> Result<()> {
        for rows in [&mut self.items, &mut self.facts, &mut self.outside_items, &mut self.labels] {
            rows.write(writer.connection)?;
        }
        Ok(())
    }
}

/// How many rows one statement writes.
const AT_ONCE: usize = 64;

/// Rows of one table that wait for their statement; their texts stand in one string, one after the other.
struct Rows {
    table: &'static str,
    columns: &'static str,
    width: usize,
    texts: String,
    cells: Vec<Cell>,
}

enum Cell {
    Null,
    Number(i64),
    Text(Range<usize>),
}

impl Rows {
    fn of(table: &'static str, columns: &'static str) -> Rows {
        Rows { table, columns, width: columns.split(',').count(), texts: String::new(), cells: Vec::new() }
    }

    fn text(&mut self, text: &str) -> &mut Rows {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.cells.push(Cell::Text(start..self.texts.len()));
        self
    }

    fn word(&mut self, value: impl Display) -> &mut Rows {
        let start = self.texts.len();
        // Writing to a string cannot fail.
        let _ = write!(self.texts, "{value}");
        self.cells.push(Cell::Text(start..self.texts.len()));
        self
    }

    fn number(&mut self, number: i64) -> &mut Rows {
        self.cells.push(Cell::Number(number));
        self
    }

    fn null(&mut self) -> &mut Rows {
        self.cells.push(Cell::Null);
        self
    }

    fn maybe_text(&mut self, text: Option<&str>) -> &mut Rows {
        if let Some(text) = text { self.text(text) } else { self.null() }
    }

    fn maybe_word(&mut self, value: Option<impl Display>) -> &mut Rows {
        if let Some(value) = value { self.word(value) } else { self.null() }
    }

    fn maybe_number(&mut self, number: Option<i64>) -> &mut Rows {
        if let Some(number) = number { self.number(number) } else { self.null() }
    }

    fn end_row(&mut self, connection: &Connection) -> Result<()> {
        if self.cells.len() >= self.width * AT_ONCE { self.write(connection) } else { Ok(()) }
    }

    fn write(&mut self, connection: &Connection) -> Result<()> {
        let rows = self.cells.len() / self.width;
        if rows == 0 {
            return Ok(());
        }
        let places = vec!["?"; self.width].join(", ");
        let all = vec![format!("({places})"); rows].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES {all}", self.table, self.columns);
        let values = self.cells.iter().map(|cell| Bound { cell, texts: &self.texts });
        connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        self.cells.clear();
        self.texts.clear();
        Ok(())
    }
}

/// A cell with the string in which its text stands.
struct Bound<'r> {
    cell: &'r Cell,
    texts: &'r str,
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.cell {
            Cell::Null => ValueRef::Null,
            Cell::Number(number) => ValueRef::Integer(*number),
            Cell::Text(at) => ValueRef::Text(self.texts.get(at.clone()).unwrap_or_default().as_bytes()),
        }))
    }
}
