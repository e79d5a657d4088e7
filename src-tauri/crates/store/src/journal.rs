//! The journal: operations, undo and redo.
//!
//! 1. Every change of a row belongs to one operation, which has a title; a write outside an operation fails.
//! 2. The journal is append-only: undo is an operation that restores the rows before, redo is the undo of that.
//! 3. An operation that is refused, fails or changes nothing leaves no trace.
//! 4. Creating the team is not undone.
//! 5. Time never runs backwards in a file: an operation is at least as late as the one before it.

use crate::backlog::Order;
use crate::team_file::Team;
use crate::{Result, StoreError, schema};
use domain::calendar::Instant;
use domain::identity::{Identities, RowId};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};
use std::ops::Deref;

/// Who does something, when, and with what chance: all that a change takes from outside.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'s> {
    /// The moment.
    pub now: Instant,
    /// A number that nobody can foresee, other for each operation.
    pub chance: u64,
    /// The device, so that operations of several machines can be told apart.
    pub device: &'s str,
    /// Who sits at the device; may be empty.
    pub person: &'s str,
}

/// One undoable step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its place in the journal, from 1.
    pub number: i64,
    /// What was done, in words.
    pub title: String,
    /// When.
    pub at: Instant,
    /// On which device.
    pub device: String,
    /// By whom; may be empty.
    pub person: String,
    /// The operation that it took back.
    pub undoes: Option<i64>,
    /// How many rows it changed.
    pub changes: i64,
}

/// What undo and redo would do now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoState {
    /// The title of what would be undone.
    pub undo: Option<String>,
    /// The title of what would be done again.
    pub redo: Option<String>,
}

/// Reads a team file.
#[derive(Clone, Copy)]
pub struct Reader<'t> {
    pub(crate) connection: &'t Connection,
    pub(crate) order: &'t Order,
}

/// Writes a team file, within one operation.
pub struct Writer<'t> {
    reader: Reader<'t>,
    identities: Identities,
    /// The moment of the operation.
    pub now: Instant,
    pub(crate) operation: i64,
}

impl<'t> Deref for Writer<'t> {
    type Target = Reader<'t>;
    fn deref(&self) -> &Reader<'t> {
        &self.reader
    }
}

impl Writer<'_> {
    /// A new identity.
    pub fn identity<T: From<uuid::Uuid>>(&mut self) -> T {
        self.identities.fresh()
    }

    /// The source of new identities, for what makes many of them before it writes.
    pub fn identities(&mut self) -> &mut Identities {
        &mut self.identities
    }
}

impl Team {
    /// Does one undoable step: what the work writes, together with its title, or nothing at all.
    ///
    /// The work answers the title and a value; answered is the number of the operation and that value. Nothing is kept,
    /// and no number answered, where it changes no row.
    pub fn transact<T, E: From<StoreError>>(
        &mut self,
        stamp: &Stamp<'_>,
        work: impl FnOnce(&mut Writer<'_>) -> Result<(String, T), E>,
    ) -> Result<(Option<i64>, T), E> {
        self.operate(stamp, |_| Ok(None), |writer, _| work(writer))
    }

    /// Takes back the last operation that is not undone; answers the number of this operation and the title of that.
    pub fn undo(&mut self, stamp: &Stamp<'_>) -> Result<(Option<i64>, String)> {
        self.take_back(stamp, "Undo", |stacks| stacks.undo.ok_or(StoreError::NothingTo("undo")))
    }

    /// Does again what was undone last; answers the number of this operation and the title of that.
    pub fn redo(&mut self, stamp: &Stamp<'_>) -> Result<(Option<i64>, String)> {
        self.take_back(stamp, "Redo", |stacks| stacks.redo.ok_or(StoreError::NothingTo("redo")))
    }

    fn take_back(
        &mut self,
        stamp: &Stamp<'_>,
        verb: &str,
        choose: impl FnOnce(Stacks) -> Result<i64>,
    ) -> Result<(Option<i64>, String)> {
        let chosen = |reader: &Reader<'_>| choose(reader.stacks()?).map(Some);
        self.operate(stamp, chosen, |writer, target| {
            let target = target.unwrap_or_default();
            let title = writer.root_title(target)?;
            writer.restore(target)?;
            Ok((format!("{verb} {title}"), title))
        })
    }

    fn operate<T, E: From<StoreError>>(
        &mut self,
        stamp: &Stamp<'_>,
        undoes: impl FnOnce(&Reader<'_>) -> Result<Option<i64>>,
        work: impl FnOnce(&mut Writer<'_>, Option<i64>) -> Result<(String, T), E>,
    ) -> Result<(Option<i64>, T), E> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly.into());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let reader = Reader { connection: &transaction, order: &self.order };
        let undoes = undoes(&reader)?;
        let begun = begin(&transaction, stamp, undoes)?;
        let mut writer = Writer {
            reader,
            identities: Identities::new(begun.at, begun.number, stamp.chance),
            now: begun.at,
            operation: begun.number,
        };
        let (title, value) = work(&mut writer, undoes)?;
        if !end(&transaction, &begun, &title)? {
            return Ok((None, value));
        }
        transaction.commit().map_err(StoreError::from)?;
        Ok((Some(begun.number), value))
    }
}

struct Begun {
    number: i64,
    at: Instant,
    first_change: i64,
}

fn begin(connection: &Connection, stamp: &Stamp<'_>, undoes: Option<i64>) -> Result<Begun> {
    let (number, latest, first_change) = connection.query_row(
        "SELECT coalesce((SELECT max(number) FROM operation), 0) + 1,
                coalesce((SELECT at FROM operation ORDER BY number DESC LIMIT 1), 0),
                coalesce((SELECT max(number) FROM change), 0) + 1",
        [],
        |row| Ok((row.get(0)?, Instant::from_millis(row.get(1)?), row.get(2)?)),
    )?;
    let at = stamp.now.max(latest);
    let id: RowId = Identities::new(at, number, !stamp.chance).fresh();
    connection
        .prepare_cached(
            "INSERT INTO operation (number, id, title, at, device, person, undoes, first_change)
         VALUES (:number, :id, '', :at, :device, :person, :undoes, :first_change)",
        )?
        .execute(named_params! {
            ":number": number, ":id": id.to_string(), ":at": at.millis(), ":device": stamp.device,
            ":person": stamp.person, ":undoes": undoes, ":first_change": first_change,
        })?;
    connection.execute("DELETE FROM under_way", [])?;
    connection.execute("INSERT INTO under_way (operation) VALUES (?1)", [number])?;
    Ok(Begun { number, at, first_change })
}

/// Ends an operation; answers whether it changed anything and is to be kept.
fn end(connection: &Connection, begun: &Begun, title: &str) -> Result<bool> {
    if title.trim().is_empty() {
        return Err(StoreError::Internal("an operation needs a title".into()));
    }
    connection.execute("DELETE FROM under_way", [])?;
    connection.execute("UPDATE operation SET title = ?1 WHERE number = ?2", params![title, begun.number])?;
    let last: i64 =
        connection.query_row("SELECT coalesce(max(number), 0) FROM change", [], |row| row.get(0))?;
    Ok(last >= begun.first_change)
}

#[derive(Default)]
struct Stacks {
    undo: Option<i64>,
    redo: Option<i64>,
}

impl Reader<'_> {
    /// What undo and redo would do now.
    pub fn undo_state(&self) -> Result<UndoState> {
        let stacks = self.stacks()?;
        let title = |number: Option<i64>| number.map(|number| self.root_title(number)).transpose();
        Ok(UndoState { undo: title(stacks.undo)?, redo: title(stacks.redo)? })
    }

    /// The latest operations, newest first.
    pub fn operations(&self, before: Option<i64>, limit: u32) -> Result<Vec<Operation>> {
        let mut select = self.connection.prepare_cached(
            "SELECT number, title, at, device, person, undoes,
                    coalesce((SELECT next.first_change FROM operation AS next WHERE next.number = operation.number + 1),
                             (SELECT max(number) + 1 FROM change)) - first_change AS changes
               FROM operation
              WHERE number < :before
              ORDER BY number DESC
              LIMIT :limit",
        )?;
        let operations = select.query_map(
            named_params! { ":before": before.unwrap_or(i64::MAX), ":limit": limit },
            |row| {
                Ok(Operation {
                    number: row.get("number")?,
                    title: row.get("title")?,
                    at: Instant::from_millis(row.get("at")?),
                    device: row.get("device")?,
                    person: row.get("person")?,
                    undoes: row.get("undoes")?,
                    changes: row.get("changes")?,
                })
            },
        )?;
        Ok(operations.collect::<Result<_, _>>()?)
    }

    /// The operation that undo would take back, and the one that redo would.
    ///
    /// An operation counts the undos below it: even is work (done, or done again), odd is an undo. After work,
    /// undo takes back that work; after an undo, it takes back what was on top before the work that was undone.
    fn stacks(&self) -> Result<Stacks> {
        let latest: Option<i64> =
            self.connection.query_row("SELECT max(number) FROM operation", [], |row| row.get(0))?;
        let mut stacks = Stacks::default();
        let mut at = latest.unwrap_or(0);
        while at > 1 {
            let chain = self.chain(at)?;
            if chain.len() % 2 == 1 {
                stacks.undo = Some(at);
                break;
            }
            at = chain[1] - 1;
        }
        let mut at = latest.unwrap_or(0);
        while at > 1 {
            let chain = self.chain(at)?;
            match chain.len() {
                1 => break,
                length if length % 2 == 0 => {
                    stacks.redo = Some(at);
                    break;
                }
                // Done again: what could be redone before the undo that this took back.
                _ => at = chain[1] - 1,
            }
        }
        Ok(stacks)
    }

    /// An operation, the one it undoes, the one that undoes, and so on.
    fn chain(&self, number: i64) -> Result<Vec<i64>> {
        let mut select = self.connection.prepare_cached("SELECT undoes FROM operation WHERE number = ?1")?;
        let mut chain = vec![number];
        let mut at = number;
        while let Some(undoes) =
            select.query_row([at], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten()
        {
            chain.push(undoes);
            at = undoes;
        }
        Ok(chain)
    }

    fn root_title(&self, number: i64) -> Result<String> {
        let root = self.chain(number)?.last().copied().unwrap_or(number);
        let mut select = self.connection.prepare_cached("SELECT title FROM operation WHERE number = ?1")?;
        Ok(select.query_row([root], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Restores every row that an operation changed to what it was before, last change first.
    fn restore(&mut self, operation: i64) -> Result<()> {
        let mut select = self.connection.prepare(
            "SELECT table_name, row, before
               FROM change
              WHERE number >= (SELECT first_change FROM operation WHERE number = :operation)
                AND number < (SELECT first_change FROM operation WHERE number = :operation + 1)
              ORDER BY number DESC",
        )?;
        let mut changes = select.query(named_params! { ":operation": operation })?;
        let tables = schema::journalled(self.connection)?;
        while let Some(change) = changes.next()? {
            let (table, row, before): (String, String, Option<String>) =
                (change.get(0)?, change.get(1)?, change.get(2)?);
            apply(self.connection, &tables, &table, &row, before.as_deref())?;
        }
        Ok(())
    }
}

/// Makes a row what a JSON object says, or takes it away where there is none.
pub(crate) fn apply(
    connection: &Connection,
    tables: &[(String, Vec<String>)],
    table: &str,
    row: &str,
    content: Option<&str>,
) -> Result<()> {
    // A name that is no table of ours never becomes SQL.
    let Some((table, columns)) = tables.iter().find(|(name, _)| name == table) else {
        return Err(StoreError::damaged(format!("the journal names an unknown table {table}")));
    };
    match content {
        None => {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([row])?;
        }
        Some(content) => {
            let values: Vec<String> = columns.iter().map(|column| format!("?1 ->> '$.{column}'")).collect();
            let sets: Vec<String> =
                columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
            // “WHERE true” tells the parser that ON belongs to the upsert and not to a join.
            let sql = format!(
                "INSERT INTO {table} ({}) SELECT {} WHERE true ON CONFLICT (id) DO UPDATE SET {}",
                columns.join(", "),
                values.join(", "),
                sets.join(", ")
            );
            connection.prepare_cached(&sql)?.execute([content])?;
        }
    }
    Ok(())
}
