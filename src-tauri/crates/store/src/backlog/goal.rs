//! What belongs to a goal: the items with a label, or the parts of an item; with the facts that tell how far it is.
//!
//! 1. What an item of the goal is divided into belongs to the goal too, however deep.
//! 2. `CROSS JOIN` goes from the items of the goal to what is known of them: otherwise SQLite, which does not know how few
//!    they are, may read the facts of the whole file.

use super::read_fact;
use crate::Result;
use crate::journal::Reader;
use crate::row::{Columns, Text};
use domain::flow::GoalItem;
use domain::identity::ItemId;
use rusqlite::{ToSql, named_params};
use std::collections::HashMap;

/// The items with a label, whatever its capitals.
const LABELLED: &str = "SELECT item FROM item_label WHERE kind = 'label' AND lower(name) = lower(:of)";
/// The parts of an item.
const PARTS: &str = "SELECT id FROM item WHERE parent = :of";

impl Reader<'_> {
    /// The items of the goal that a label names, in the order of the Product Backlog.
    pub fn goal_of_label(&self, name: &str) -> Result<Vec<GoalItem>> {
        self.goal(LABELLED, &name)
    }

    /// The items of the goal that an item is divided into, in the order of the Product Backlog.
    pub fn goal_of_parent(&self, item: ItemId) -> Result<Vec<GoalItem>> {
        self.goal(PARTS, &Text(item))
    }

    fn goal(&self, first: &str, of: &dyn ToSql) -> Result<Vec<GoalItem>> {
        let in_goal = format!(
            "WITH RECURSIVE part (id) AS (
                 {first}
                 UNION
                 SELECT item.id FROM part JOIN item ON item.parent = part.id
             )"
        );
        let mut select = self.connection.prepare_cached(&format!(
            "{in_goal}
             SELECT item.id, item.label, item.title,
                    (SELECT min(child.created_at) FROM item AS child WHERE child.parent = item.id) AS divided_at
               FROM part CROSS JOIN item ON item.id = part.id
              ORDER BY item.rank, item.id"
        ))?;
        let found = select.query_map(named_params! { ":of": of }, |row| {
            Ok(GoalItem {
                id: row.word("id")?,
                label: row.get("label")?,
                title: row.get("title")?,
                facts: Vec::new(),
                divided_at: row.maybe_number("divided_at")?,
            })
        })?;
        let mut items: Vec<GoalItem> = found.collect::<Result<_, _>>()?;
        let places: HashMap<ItemId, usize> =
            items.iter().enumerate().map(|(place, item)| (item.id, place)).collect();
        let mut select = self.connection.prepare_cached(&format!(
            "{in_goal}
             SELECT subject, item_event.id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin
               FROM part CROSS JOIN item_event ON item_event.subject = part.id
              WHERE kind IN ('created', 'sized', 'moved')"
        ))?;
        for fact in select.query_map(named_params! { ":of": of }, read_fact)? {
            let (item, fact) = fact?;
            if let Some(item) = places.get(&item).and_then(|place| items.get_mut(*place)) {
                item.facts.push(fact);
            }
        }
        Ok(items)
    }
}
