//! Whether the search index says of every item what its words say.
//!
//! 1. The index is derived: where it does not agree it is dropped and made again.
//! 2. A file that may only be read stays as it is, and the check says so.

use super::{Check, Problem};
use crate::team_file::Team;
use crate::{Result, StoreError, schema};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

impl Team {
    pub(super) fn check_search(&self, check: &mut Check) -> Result<()> {
        if agrees(&self.connection)? {
            return Ok(());
        }
        match self.make_search_again() {
            Ok(()) => check.search_made_again = true,
            Err(error) => check.problems.push(Problem::Search(error.to_string())),
        }
        Ok(())
    }

    fn make_search_again(&self) -> Result<()> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly);
        }
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        transaction.execute_batch("DROP TABLE item_search")?;
        transaction.execute_batch(schema::SEARCH)?;
        transaction.execute(schema::FILL_SEARCH, [])?;
        transaction.commit()?;
        // SQLite does not tell of tables that are dropped.
        self.order.forget();
        Ok(())
    }
}

/// Makes the index once more, in memory, and compares every word of every item.
fn agrees(connection: &Connection) -> Result<bool> {
    let again = Connection::open_in_memory()?;
    again
        .execute_batch("CREATE TABLE item (row INTEGER PRIMARY KEY, title TEXT, description TEXT); BEGIN")?;
    again.execute_batch(schema::SEARCH)?;
    let mut insert = again.prepare("INSERT INTO item VALUES (?1, ?2, ?3)")?;
    let mut items = connection.prepare("SELECT row, title, description FROM item")?;
    let mut rows = items.query([])?;
    while let Some(row) = rows.next()? {
        insert.execute((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))?;
    }
    again.execute(schema::FILL_SEARCH, [])?;
    for connection in [connection, &again] {
        connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_word USING fts5vocab (main, item_search, instance)",
        )?;
    }
    for sql in [
        // The items that it knows, and their words.
        "SELECT rowid, '' FROM item_search ORDER BY rowid",
        "SELECT doc, term FROM temp.item_word ORDER BY term",
    ] {
        // What cannot be read here does not agree.
        let Ok(mut here) = connection.prepare(sql) else { return Ok(false) };
        let (mut here, mut there) = (here.query([])?, again.prepare(sql)?);
        let mut there = there.query([])?;
        loop {
            let Ok(is) = here.next() else { return Ok(false) };
            match (is, there.next()?) {
                (Some(is), Some(was)) if said(is)? == said(was)? => {}
                (None, None) => break,
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
}

fn said<'r>(row: &'r Row<'_>) -> Result<(i64, ValueRef<'r>)> {
    Ok((row.get(0)?, row.get_ref(1)?))
}
