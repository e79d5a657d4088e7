//! Inputs of prioritisation.
//!
//! 1. One row an input; none where it is not set (7.1).
//! 2. Weights that the team never changed are the default ones.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::backlog::Severity;
use domain::identity::{ItemId, RowId};
use domain::priority::{PriorityInputs, Rating, SeverityWeights, TermName};
use rusqlite::{Row, named_params};
use std::collections::HashMap;

impl Reader<'_> {
    /// The inputs of an item.
    pub fn inputs(&self, item: ItemId) -> Result<PriorityInputs> {
        let mut select = self
            .connection
            .prepare_cached("SELECT item, criterion, value FROM item_input WHERE item = :item ORDER BY id")?;
        let mut inputs = PriorityInputs::default();
        for row in select.query_map(named_params! { ":item": Text(item) }, read_input)? {
            let (_, name, rating) = row?;
            set(&mut inputs, name, Some(rating));
        }
        Ok(inputs)
    }

    /// The inputs of all items that have any.
    pub fn all_inputs(&self) -> Result<HashMap<ItemId, PriorityInputs>> {
        let mut select =
            self.connection.prepare_cached("SELECT item, criterion, value FROM item_input ORDER BY id")?;
        let mut all: HashMap<ItemId, PriorityInputs> = HashMap::new();
        for row in select.query_map([], read_input)? {
            let (item, name, rating) = row?;
            set(all.entry(item).or_default(), name, Some(rating));
        }
        Ok(all)
    }

    /// How much each severity counts.
    pub fn severity_weights(&self) -> Result<SeverityWeights> {
        let mut select =
            self.connection.prepare_cached("SELECT severity, weight FROM severity_weight ORDER BY id")?;
        let default = SeverityWeights::default();
        let [mut critical, mut high, mut low] =
            [Severity::Critical, Severity::High, Severity::Low].map(|severity| default.of(severity));
        for row in select.query_map([], |row| Ok((row.word("severity")?, row.get::<_, u32>("weight")?)))? {
            match row? {
                (Severity::Critical, weight) => critical = weight,
                (Severity::High, weight) => high = weight,
                (Severity::Low, weight) => low = weight,
            }
        }
        SeverityWeights::new(critical, high, low).map_err(|refused| StoreError::Damaged(refused.to_string()))
    }
}

impl Writer<'_> {
    /// Sets an input of an item, or takes it away.
    pub fn put_input(&mut self, item: ItemId, name: TermName, rating: Option<Rating>) -> Result<()> {
        let Some(rating) = rating else {
            self.connection
                .prepare_cached("DELETE FROM item_input WHERE item = :item AND criterion = :criterion")?
                .execute(named_params! { ":item": Text(item), ":criterion": Text(name) })?;
            return Ok(());
        };
        let changed = self
            .connection
            .prepare_cached("UPDATE item_input SET value = :value, set_at = :now WHERE item = :item AND criterion = :criterion")?
            .execute(named_params! {
                ":item": Text(item), ":criterion": Text(name), ":value": rating.in_hundredths(), ":now": Number(self.now),
            })?;
        if changed > 0 {
            return Ok(());
        }
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO item_input (id, item, criterion, value, set_at)
                 VALUES (:id, :item, :criterion, :value, :now)",
            )?
            .execute(named_params! {
                ":id": Text(id), ":item": Text(item), ":criterion": Text(name), ":value": rating.in_hundredths(),
                ":now": Number(self.now),
            })?;
        Ok(())
    }

    /// Sets how much each severity counts.
    pub fn put_severity_weights(&mut self, weights: SeverityWeights) -> Result<()> {
        for severity in Severity::ALL {
            let weight = weights.of(*severity);
            let changed = self.connection.execute(
                "UPDATE severity_weight SET weight = :weight WHERE severity = :severity",
                named_params! { ":severity": Text(*severity), ":weight": weight },
            )?;
            if changed == 0 {
                let id: RowId = self.identity();
                self.connection.execute(
                    "INSERT INTO severity_weight (id, severity, weight) VALUES (:id, :severity, :weight)",
                    named_params! { ":id": Text(id), ":severity": Text(*severity), ":weight": weight },
                )?;
            }
        }
        Ok(())
    }
}

fn read_input(row: &Row<'_>) -> rusqlite::Result<(ItemId, TermName, Rating)> {
    let hundredths: i64 = row.get("value")?;
    let rating = Rating::hundredths(hundredths)
        .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, hundredths))?;
    Ok((row.word("item")?, row.word("criterion")?, rating))
}

fn set(inputs: &mut PriorityInputs, name: TermName, rating: Option<Rating>) {
    if let Some(input) = inputs.input_mut(name) {
        *input = rating;
    }
}
