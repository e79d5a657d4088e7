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
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::fmt::Display;

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
                &[
                    "id",
                    "label",
                    "title",
                    "description",
                    "rank",
                    "parent",
                    "created_at",
                    "kind",
                    "severity",
                    "size",
                    "state",
                    "state_since",
                    "owner",
                    "blocked",
                    "sprint",
                    "lane",
                    "origin",
                    "carried",
                ],
            ),
            facts: Rows::of(
                "item_event",
                &[
                    "id",
                    "operation",
                    "subject",
                    "happened_at",
                    "recorded_at",
                    "kind",
                    "value",
                    "sprint",
                    "lane",
                    "origin",
                ],
            ),
            outside_items: Rows::of("outside_item", &["id", "item", "source", "key", "last_seen", "seen_at"]),
            labels: Rows::of("item_label", &["id", "item", "kind", "name"]),
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
        let instant = |at: Option<Instant>| at.map_or(Value::Null, |at| Value::Integer(at.millis()));
        self.items.push(
            writer.connection,
            [
                word(id),
                Value::Text(new.label),
                Value::Text(new.title),
                Value::Text(new.description),
                word(new.rank),
                maybe(new.parent),
                instant(present.created_at),
                maybe(present.kind),
                maybe(present.severity),
                present.size.map_or(Value::Null, |size| Value::Integer(size.in_hundredths())),
                maybe(present.state),
                instant(present.state_since),
                maybe(present.owner),
                present.blocked.map_or(Value::Null, Value::Text),
                maybe(present.sprint),
                maybe(present.lane),
                maybe(present.origin),
                Value::Integer(i64::from(present.carried)),
            ],
        )?;
        for (at, fact) in facts {
            let row: RowId = writer.identity();
            let columns = FactColumns::of(&fact);
            let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
            self.facts.push(
                writer.connection,
                [
                    word(row),
                    Value::Integer(writer.operation),
                    word(id),
                    Value::Integer(at.millis()),
                    Value::Integer(writer.now.millis()),
                    Value::Text(columns.kind),
                    text(columns.value),
                    text(columns.sprint),
                    text(columns.lane),
                    text(columns.origin),
                ],
            )?;
        }
        Ok(())
    }

    /// Adds by what a source knows an item, and what it says of it.
    pub fn add_outside_item(
        &mut self,
        writer: &mut Writer<'_>,
        item: ItemId,
        source: &str,
        key: String,
        last_seen: String,
    ) -> Result<()> {
        let id: RowId = writer.identity();
        self.outside_items.push(
            writer.connection,
            [
                word(id),
                word(item),
                Value::Text(source.to_owned()),
                Value::Text(key),
                Value::Text(last_seen),
                Value::Integer(writer.now.millis()),
            ],
        )
    }

    /// Adds a label of an item that has none of that kind and name.
    pub fn add_label(
        &mut self,
        writer: &mut Writer<'_>,
        item: ItemId,
        kind: LabelKind,
        name: String,
    ) -> Result<()> {
        let id: RowId = writer.identity();
        self.labels.push(writer.connection, [word(id), word(item), word(kind), Value::Text(name)])
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
    columns: &'static [&'static str],
    values: Vec<Value>,
}

impl Rows {
    fn of(table: &'static str, columns: &'static [&'static str]) -> Rows {
        Rows { table, columns, values: Vec::with_capacity(columns.len() * AT_ONCE) }
    }

    fn push<const WIDTH: usize>(&mut self, connection: &Connection, row: [Value; WIDTH]) -> Result<()> {
        self.values.extend(row);
        if self.values.len() >= self.columns.len() * AT_ONCE { self.write(connection) } else { Ok(()) }
    }

    fn write(&mut self, connection: &Connection) -> Result<()> {
        let rows = self.values.len() / self.columns.len();
        if rows == 0 {
            return Ok(());
        }
        let places = vec!["?"; self.columns.len()].join(", ");
        let all = vec![format!("({places})"); rows].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES {all}", self.table, self.columns.join(", "));
        connection.prepare_cached(&sql)?.execute(params_from_iter(self.values.drain(..)))?;
        Ok(())
    }
}

fn word(value: impl Display) -> Value {
    Value::Text(value.to_string())
}

fn maybe(value: Option<impl Display>) -> Value {
    value.map_or(Value::Null, word)
}
