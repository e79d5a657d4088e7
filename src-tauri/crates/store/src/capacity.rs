//! Queries of capacity: what could be selected into a Sprint.

use crate::Result;
use crate::backlog::{ITEM_COLUMNS, read_item};
use crate::journal::Reader;
use domain::backlog::Item;
use rusqlite::named_params;

/// How many items could be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectableCount {
    /// All of them.
    pub items: u32,
    /// Those without a size.
    pub unsized_items: u32,
}

/// In no Sprint, not ended, and no parent of other items (1.1).
const SELECTABLE: &str = "item.sprint IS NULL
    AND coalesce(state.category, 'toDo') NOT IN ('done', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM item AS part WHERE part.parent = item.id)";

impl Reader<'_> {
    /// A window of the items that could be selected into a Sprint, in the order of the Product Backlog.
    pub fn selectable(&self, from: u32, limit: u32) -> Result<Vec<Item>> {
        let sql = format!(
            "SELECT {ITEM_COLUMNS}
               FROM item
               LEFT JOIN state ON state.id = item.state
              WHERE {SELECTABLE}
              ORDER BY item.rank, item.id
              LIMIT :limit OFFSET :from"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let items = select.query_map(named_params! { ":from": from, ":limit": limit }, read_item)?;
        Ok(items.collect::<Result<_, _>>()?)
    }

    /// How many items could be selected into a Sprint.
    pub fn selectable_count(&self) -> Result<SelectableCount> {
        let sql = format!(
            "SELECT count(*) AS items, count(*) - count(item.size) AS unsized_items
               FROM item
               LEFT JOIN state ON state.id = item.state
              WHERE {SELECTABLE}"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row([], |row| {
            Ok(SelectableCount { items: row.get("items")?, unsized_items: row.get("unsized_items")? })
        })?)
    }
}
