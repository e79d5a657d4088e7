//! Interrupts that came from a file: by what it knows them, and what it said last. All interrupts, whatever Sprint they
//! belong to.

use super::{OWN_COLUMNS, PRESENT_COLUMNS, read_interrupt};
use crate::exchange::outside;
use crate::journal::{Reader, Writer};
use crate::row::Columns;
use crate::{Result, StoreError};
use domain::identity::{InterruptId, RowId};
use domain::interrupt::Interrupt;
use domain::measures::Minutes;
use rusqlite::named_params;
use std::collections::HashMap;

/// An interrupt that a file knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideInterrupt {
    /// Its identity.
    pub id: RowId,
    /// Our interrupt.
    pub interrupt: Interrupt,
    /// What was seen there last, as JSON.
    pub last_seen: String,
}

impl Reader<'_> {
    /// The interrupt that a source knows by a key.
    pub fn outside_interrupt(&self, source: &str, key: &str) -> Result<Option<OutsideInterrupt>> {
        let found = outside::INTERRUPT.find(self, source, key)?;
        let Some((id, interrupt, last_seen)) = found else { return Ok(None) };
        let interrupt = self.interrupt(interrupt)?.ok_or(StoreError::Unknown("interrupt"))?;
        Ok(Some(OutsideInterrupt { id, interrupt, last_seen }))
    }

    /// The source of each interrupt that came from a file.
    pub fn interrupt_sources(&self) -> Result<HashMap<InterruptId, String>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT interrupt, source FROM outside_interrupt ORDER BY id DESC")?;
        let sources = select.query_map([], |row| Ok((row.word("interrupt")?, row.get("source")?)))?;
        Ok(sources.collect::<Result<_, _>>()?)
    }

    /// How long each interrupt took of which time is written down.
    pub fn interrupt_times(&self) -> Result<HashMap<InterruptId, Minutes>> {
        let mut select = self.connection.prepare_cached(
            "SELECT interrupt, sum(minutes) AS took FROM interrupt_hours GROUP BY interrupt",
        )?;
        let times = select.query_map([], |row| Ok((row.word("interrupt")?, row.number("took")?)))?;
        Ok(times.collect::<Result<_, _>>()?)
    }

    /// Interrupts, the latest first, from a place on; the moment is that of the arrival, or of the end where only that
    /// is known.
    pub fn latest_interrupts(&self, from: u32, limit: u32) -> Result<Vec<Interrupt>> {
        let sql = format!(
            "SELECT {OWN_COLUMNS}, {PRESENT_COLUMNS}
               FROM interrupt
              ORDER BY coalesce(reported_at, ended_at) DESC, id DESC
              LIMIT :limit OFFSET :from"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let interrupts =
            select.query_map(named_params! { ":limit": limit, ":from": from }, read_interrupt)?;
        Ok(interrupts.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Writes down by what a source knows an interrupt, and what it says of it.
    pub fn add_outside_interrupt(
        &mut self,
        interrupt: InterruptId,
        source: &str,
        key: &str,
        last_seen: &str,
    ) -> Result<()> {
        outside::INTERRUPT.add(self, interrupt, source, key, last_seen)
    }

    /// Writes down what a source says now of an interrupt that it knew already.
    pub fn put_interrupt_seen(&mut self, outside_interrupt: RowId, last_seen: &str) -> Result<()> {
        outside::INTERRUPT.seen(self, outside_interrupt, last_seen)
    }
}
