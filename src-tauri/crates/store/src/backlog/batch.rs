//! Many new items at once.
//!
//! 1. Rows are collected and written many by one statement. The journal's triggers then cost a third of what they cost
//!    with a statement a row, because most of that is the beginning and the end of the statement.
//! 2. The rows and the journal are those of writing one by one; only the order among the tables is another.
//! 3. What is collected is not there to be read before [`Batch::finish`].

use super::{FactColumns, NewItem, OWN_COLUMNS, PRESENT_COLUMNS};
use crate::Result;
use crate::journal::Writer;
use domain::backlog::{ItemFact, ItemPresent, Readiness};
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
            items: Rows::of("item", &format!("{OWN_COLUMNS}, {PRESENT_COLUMNS}")),
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
            .cells
            .word(id)
            .text(&new.label)
            .text(&new.title)
            .text(&new.description)
            .text(new.rank.as_str())
            .maybe_word(new.parent)
            .present(&present);
        self.items.end_row(writer.connection)?;
        for (at, fact) in facts {
            let row: RowId = writer.identity();
            let columns = FactColumns::of(&fact);
            self.facts
                .cells
                .word(row)
                .number(writer.operation)
                .word(id)
                .number(at.millis())
                .number(writer.now.millis())
                .text(&columns.kind)
                .maybe_text(columns.value.as_deref())
                .maybe_text(columns.sprint.as_deref())
                .maybe_text(columns.lane.as_deref())
                .maybe_text(columns.origin.as_deref());
            self.facts.end_row(writer.connection)?;
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
        let cells = self.outside_items.cells.word(id).word(item).text(source).text(key).text(last_seen);
        cells.number(writer.now.millis());
        self.outside_items.end_row(writer.connection)
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
        self.labels.cells.word(id).word(item).text(kind.word()).text(name);
        self.labels.end_row(writer.connection)
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

/// Rows of one table that wait for their statement.
struct Rows {
    table: &'static str,
    columns: String,
    width: usize,
    cells: Cells,
}

impl Rows {
    fn of(table: &'static str, columns: &str) -> Rows {
        Rows {
            table,
            columns: columns.to_owned(),
            width: columns.split(',').count(),
            cells: Cells::default(),
        }
    }

    fn end_row(&mut self, connection: &Connection) -> Result<()> {
        if self.cells.cells.len() >= self.width * AT_ONCE { self.write(connection) } else { Ok(()) }
    }

    fn write(&mut self, connection: &Connection) -> Result<()> {
        let rows = self.cells.cells.len() / self.width;
        if rows == 0 {
            return Ok(());
        }
        let places = vec!["?"; self.width].join(", ");
        let all = vec![format!("({places})"); rows].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES {all}", self.table, self.columns);
        connection.prepare_cached(&sql)?.execute(params_from_iter(self.cells.bound()))?;
        self.cells.cells.clear();
        self.cells.texts.clear();
        Ok(())
    }
}

/// Values that wait for their statement; their texts stand in one string, one after the other.
#[derive(Default)]
pub(super) struct Cells {
    texts: String,
    cells: Vec<Cell>,
}

enum Cell {
    Null,
    Number(i64),
    Text(Range<usize>),
}

impl Cells {
    /// Adds what is so of an item, in the order of [`PRESENT_COLUMNS`].
    pub fn present(&mut self, present: &ItemPresent) -> &mut Cells {
        self.maybe_number(present.created_at.map(Instant::millis))
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
            .maybe_text(present.readiness.as_ref().map(|readiness| match readiness {
                Readiness::Ready => "",
                Readiness::NotReady(reason) => reason,
            }))
    }

    /// Adds a value as its word.
    pub fn word(&mut self, value: impl Display) -> &mut Cells {
        let start = self.texts.len();
        // Writing to a string cannot fail.
        let _ = write!(self.texts, "{value}");
        self.cells.push(Cell::Text(start..self.texts.len()));
        self
    }

    /// The values as a statement takes them.
    pub fn bound(&self) -> impl Iterator<Item = impl ToSql> {
        self.cells.iter().map(|cell| Bound { cell, texts: &self.texts })
    }

    fn text(&mut self, text: &str) -> &mut Cells {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.cells.push(Cell::Text(start..self.texts.len()));
        self
    }

    fn number(&mut self, number: i64) -> &mut Cells {
        self.cells.push(Cell::Number(number));
        self
    }

    fn null(&mut self) -> &mut Cells {
        self.cells.push(Cell::Null);
        self
    }

    fn maybe_text(&mut self, text: Option<&str>) -> &mut Cells {
        if let Some(text) = text { self.text(text) } else { self.null() }
    }

    fn maybe_word(&mut self, value: Option<impl Display>) -> &mut Cells {
        if let Some(value) = value { self.word(value) } else { self.null() }
    }

    fn maybe_number(&mut self, number: Option<i64>) -> &mut Cells {
        if let Some(number) = number { self.number(number) } else { self.null() }
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
