//! Whether a team file is whole.
//!
//! 1. SQLite's own check and the foreign keys hold.
//! 2. Replaying the journal from nothing gives the present rows.
//! 3. The present of each item, each interrupt and each incident is the fold of its facts.
//! 4. The search index says what the items say, or is made again.
//!
//! A file whose pages were altered can pass the first with wrong rows; the others find it.

use crate::journal::apply;
use crate::team_file::Team;
use crate::{IncidentFilter, InterruptFilter, ItemFilter, Result, schema};
use domain::backlog::ItemPresent;
use domain::interrupt::InterruptPresent;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

mod search;

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
    /// Whether the search index did not agree and was made again.
    pub search_made_again: bool,
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
    /// An item, an interrupt or an incident is not what its facts say.
    Fold {
        /// Its label.
        label: String,
    },
    /// The search index does not say what the items say, and could not be made again.
    Search(String),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::Structure(said) => write!(f, "SQLite: {said}"),
            Problem::Reference { table, names } => {
                write!(f, "a row of {table} names a {names} that is not there")
            }
            Problem::Journal { table, row } => write!(f, "{table} {row} is not what the journal says"),
            Problem::Fold { label } => write!(f, "{label} is not what its facts say"),
            Problem::Search(why) => {
                write!(f, "the search index is not what the items say, and was not made again: {why}")
            }
        }
    }
}

const MOST_PROBLEMS: usize = 100;

impl Team {
    /// Checks the whole file by the four rules; reads all of it.
    pub fn check(&self) -> Result<Check> {
        self.check_all().map_err(|error| error.in_file(self.path()))
    }

    fn check_all(&self) -> Result<Check> {
        let connection = &self.connection;
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let mut check = Check {
            operations: count("SELECT count(*) FROM operation")?,
            changes: count("SELECT count(*) FROM change")?,
            items: count("SELECT count(*) FROM item")?,
            facts: count("SELECT count(*) FROM item_event")?,
            search_made_again: false,
            problems: Vec::new(),
        };
        self.check_search(&mut check)?;
        structure(connection, &mut check.problems)?;
        references(connection, &mut check.problems)?;
        replay(connection, &mut check.problems)?;
        self.fold(&mut check.problems)?;
        self.fold_interrupts(&mut check.problems)?;
        self.fold_incidents(&mut check.problems)?;
        check.problems.truncate(MOST_PROBLEMS);
        Ok(check)
    }

    /// Every row of every journalled table as JSON text, by table and identity: the whole present of the file.
    pub fn dump(&self) -> Result<Vec<String>> {
        let mut rows = Vec::new();
        for (table, columns) in schema::journalled(&self.connection)? {
            let sql = format!("SELECT {} FROM {table} ORDER BY id", schema::as_json(&columns, &table));
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

impl Team {
    fn fold_interrupts(&self, problems: &mut Vec<Problem>) -> Result<()> {
        let mut select = self.connection.prepare(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value
               FROM interrupt_event
              ORDER BY happened_at, recorded_at, id",
        )?;
        let mut folds: HashMap<_, InterruptPresent> = HashMap::new();
        for fact in select.query_map([], crate::interrupt::read_interrupt_fact)? {
            let (interrupt, dated) = fact?;
            folds.entry(interrupt).or_default().apply(&dated.fact, dated.happened_at);
        }
        for interrupt in self.read().interrupts(InterruptFilter::All)? {
            if folds.get(&interrupt.id) != Some(&interrupt.present) && problems.len() < MOST_PROBLEMS {
                problems.push(Problem::Fold { label: interrupt.label });
            }
        }
        Ok(())
    }

    fn fold_incidents(&self, problems: &mut Vec<Problem>) -> Result<()> {
        let presents = self.read().incident_presents()?;
        for incident in self.read().incidents(IncidentFilter::All)? {
            let folded = presents.get(&incident.id).map(|present| present.now());
            if folded.as_ref() != Some(&incident.now) && problems.len() < MOST_PROBLEMS {
                problems.push(Problem::Fold { label: incident.label });
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

/// Replays the journal into an empty file in memory and compares every row: before each change with what the journal
/// says was there, at the end with what is there.
fn replay(connection: &Connection, problems: &mut Vec<Problem>) -> Result<()> {
    let again = Connection::open_in_memory()?;
    again.set_prepared_statement_cache_capacity(256);
    schema::migrate(&again, 0)?;
    again.pragma_update(None, "foreign_keys", false)?;
    let tables = schema::journalled(connection)?;
    again.execute_batch("BEGIN")?;
    let mut differ = |table: &str, row: &str| {
        if problems.len() < MOST_PROBLEMS {
            problems.push(Problem::Journal { table: table.to_owned(), row: row.to_owned() });
        }
    };
    let mut select =
        connection.prepare("SELECT table_name, row, before, after FROM change ORDER BY number")?;
    let mut changes = select.query([])?;
    while let Some(change) = changes.next()? {
        let (table, row, before, after): (String, String, Option<String>, Option<String>) =
            (change.get(0)?, change.get(1)?, change.get(2)?, change.get(3)?);
        if content(&again, &tables, &table, &row)? != before {
            differ(&table, &row);
        }
        apply(&again, &tables, &table, &row, after.as_deref())?;
    }
    for (table, _) in &tables {
        for (here, there) in [(connection, &again), (&again, connection)] {
            let mut ids = here.prepare(&format!("SELECT id FROM {table}"))?;
            for id in ids.query_map([], |row| row.get::<_, String>(0))? {
                let id = id?;
                let (is, was) = (content(here, &tables, table, &id)?, content(there, &tables, table, &id)?);
                // A row that both have is compared once.
                if is != was && (was.is_none() || std::ptr::eq(here, connection)) {
                    differ(table, &id);
                }
            }
        }
    }
    Ok(())
}

/// A row as the JSON that the journal would keep of it.
fn content(
    connection: &Connection,
    tables: &[(String, Vec<String>)],
    table: &str,
    row: &str,
) -> Result<Option<String>> {
    let Some((table, columns)) = tables.iter().find(|(name, _)| name == table) else { return Ok(None) };
    let mut select = connection
        .prepare_cached(&format!("SELECT {} FROM {table} WHERE id = ?1", schema::as_json(columns, table)))?;
    Ok(select.query_row([row], |row| row.get(0)).optional()?)
}
