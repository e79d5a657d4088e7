//! Whether a team file is whole.
//!
//! 1. SQLite's own check and the foreign keys hold.
//! 2. Replaying the journal from nothing gives the present rows.
//! 3. The present of each item is the fold of its facts.
//!
//! A file whose pages were altered can pass the first with wrong rows; the others find it.

use crate::journal::apply;
use crate::team_file::Team;
use crate::{ItemFilter, Result, schema};
use domain::backlog::ItemPresent;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

/// What a check looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    /// Operations in the journal.
    pub operations: i64,
    /// Changes in the journal.
    pub changes: i64,
    /// Items.
    pub items: i64,
    /// Facts of items.
    pub facts: i64,
    /// What does not hold; empty for a whole file. At most a hundred are named.
    pub problems: Vec<Problem>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// SQLite finds its own structures wrong.
    Structure(String),
    /// A row names another one that is not there.
    Reference {
        /// The table of the row.
        table: String,
        /// The table that it names.
        names: String,
    },
    /// A row is not what the journal says it became.
    Journal {
        /// The table of the row.
        table: String,
        /// The row.
        row: String,
    },
    /// An item is not what its facts say.
    Fold {
        /// The item's label.
        label: String,
    },
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::Structure(said) => write!(f, "SQLite: {said}"),
            Problem::Reference { table, names } => write!(f, "a row of {table} names a {names} that is not there"),
            Problem::Journal { table, row } => write!(f, "{table} {row} is not what the journal says"),
            Problem::Fold { label } => write!(f, "{label} is not what its facts say"),
        }
    }
}

const MOST_PROBLEMS: usize = 100;

impl Team {
    /// Checks the whole file by the three rules; reads all of it.
    pub fn check(&self) -> Result<Check> {
        let connection = &self.connection;
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let mut check = Check {
            operations: count("SELECT count(*) FROM operation")?,
            changes: count("SELECT count(*) FROM change")?,
            items: count("SELECT count(*) FROM item")?,
            facts: count("SELECT count(*) FROM item_event")?,
            problems: Vec::new(),
        };
        structure(connection, &mut check.problems)?;
        references(connection, &mut check.problems)?;
        replay(connection, &mut check.problems)?;
        self.fold(&mut check.problems)?;
        check.problems.truncate(MOST_PROBLEMS);
        Ok(check)
    }

    /// Every row of every journalled table as JSON text, by table and identity: the whole present of the file.
    pub fn dump(&self) -> Result<Vec<String>> {
        let mut rows = Vec::new();
        for (table, columns) in schema::journalled(&self.connection)? {
            let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', {column}")).collect();
            let sql = format!("SELECT json_object({}) FROM {table} ORDER BY id", pairs.join(", "));
            let mut select = self.connection.prepare_cached(&sql)?;
            for row in select.query_map([], |row| row.get::<_, String>(0))? {
                rows.push(format!("{table} {}", row?));
            }
        }
        Ok(rows)
    }

    fn fold(&self, problems: &mut Vec<Problem>) -> Result<()> {
        let mut select = self.connection.prepare(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin
               FROM item_event
              ORDER BY happened_at, recorded_at, id",
        )?;
        let mut folds: HashMap<_, ItemPresent> = HashMap::new();
        for fact in select.query_map([], crate::backlog::read_fact)? {
            let (item, dated) = fact?;
            folds.entry(item).or_default().apply(&dated.fact, dated.happened_at);
        }
        for item in self.read().items(ItemFilter::All)? {
            if folds.get(&item.id) != Some(&item.present) && problems.len() < MOST_PROBLEMS {
                problems.push(Problem::Fold { label: item.label });
            }
        }
        Ok(())
    }
}

fn structure(connection: &Connection, problems: &mut Vec<Problem>) -> Result<()> {
    let mut select = connection.prepare("PRAGMA integrity_check(100)")?;
    for line in select.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            problems.push(Problem::Structure(line));
        }
    }
    Ok(())
}

fn references(connection: &Connection, problems: &mut Vec<Problem>) -> Result<()> {
    let mut select = connection.prepare("PRAGMA foreign_key_check")?;
    for row in
        select.query_map([], |row| Ok(Problem::Reference { table: row.get(0)?, names: row.get(2)? }))?
    {
        problems.push(row?);
    }
    Ok(())
}

/// Replays the journal into an empty file in memory and compares every row.
fn replay(connection: &Connection, problems: &mut Vec<Problem>) -> Result<()> {
    let again = Connection::open_in_memory()?;
    schema::migrate(&again, 0)?;
    again.pragma_update(None, "foreign_keys", false)?;
    let tables = schema::journalled(connection)?;
    again.execute_batch("BEGIN")?;
    let mut select = connection.prepare("SELECT table_name, row, after FROM change ORDER BY number")?;
    let mut changes = select.query([])?;
    while let Some(change) = changes.next()? {
        let (table, row, after): (String, String, Option<String>) =
            (change.get(0)?, change.get(1)?, change.get(2)?);
        apply(&again, &tables, &table, &row, after.as_deref())?;
    }
    for (table, columns) in &tables {
        let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', {column}")).collect();
        let content = format!("json_object({})", pairs.join(", "));
        let rows = format!("SELECT id, {content} FROM {table}");
        let mut one = again.prepare(&format!("SELECT {content} FROM {table} WHERE id = ?1"))?;
        let mut present = connection.prepare(&rows)?;
        let mut found: i64 = 0;
        let mut differ = |row: String| problems.push(Problem::Journal { table: table.clone(), row });
        for row in present.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
            let (id, content) = row?;
            let replayed: Option<String> = one.query_row([&id], |row| row.get(0)).optional()?;
            found += i64::from(replayed.is_some());
            if replayed.as_deref() != Some(&content) {
                differ(id);
            }
        }
        let replayed: i64 =
            again.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        if replayed > found {
            let mut ids = again.prepare(&format!("SELECT id FROM {table}"))?;
            let mut here = connection.prepare(&format!("SELECT count(*) FROM {table} WHERE id = ?1"))?;
            for id in ids.query_map([], |row| row.get::<_, String>(0))? {
                let id = id?;
                if here.query_row([&id], |row| row.get::<_, i64>(0))? == 0 {
                    differ(id);
                }
            }
        }
    }
    Ok(())
}
