//! Inputs of prioritisation, the team's criteria, and what items are scored with.
//!
//! 1. One row an input, with the moment at which it was set; none where it is not set (7.1).
//! 2. What the team never said is the default: weights, method, limit.
//! 3. Debt interest is no row of its own: it is read from the interrupts that an item caused (7.1).

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::backlog::{Category, Rank, Severity, WorkKind};
use domain::calendar::Instant;
use domain::identity::{CriterionId, ItemId, RowId};
use domain::interrupt::Relation;
use domain::priority::{
    Criterion, DebtInterest, Input, PriorityInputs, Rating, Scorable, ScorePolicy, Scoring, SeverityWeights,
    TermName,
};
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::{HashMap, HashSet};

/// An open item with all that its score is made of.
#[derive(Debug, Clone)]
pub struct OpenScorable {
    /// The item.
    pub item: ItemId,
    /// Its place among the open items, from 1.
    pub place: u32,
    /// Whether other items are parts of it: then it is not worked on itself (1.1).
    pub has_parts: bool,
    /// What is scored.
    pub scorable: Scorable,
}

impl Reader<'_> {
    /// The inputs of an item.
    pub fn inputs(&self, item: ItemId) -> Result<PriorityInputs> {
        let mut select = self.connection.prepare_cached(
            "SELECT item, criterion, value, set_at FROM item_input WHERE item = :item ORDER BY id",
        )?;
        let mut inputs = PriorityInputs::default();
        for row in select.query_map(named_params! { ":item": Text(item) }, read_input)? {
            let (_, name, input) = row?;
            inputs.set(name, input);
        }
        Ok(inputs)
    }

    /// The inputs of all items that have any.
    pub fn all_inputs(&self) -> Result<HashMap<ItemId, PriorityInputs>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT item, criterion, value, set_at FROM item_input ORDER BY id")?;
        let mut all: HashMap<ItemId, PriorityInputs> = HashMap::new();
        for row in select.query_map([], read_input)? {
            let (item, name, input) = row?;
            all.entry(item).or_default().set(name, input);
        }
        Ok(all)
    }

    /// What the interrupts took that items caused; an item that caused none has no entry.
    pub fn debt_interest(&self) -> Result<HashMap<ItemId, DebtInterest>> {
        let mut select = self.connection.prepare_cached(
            "SELECT link.item, sum(hours.minutes) AS minutes
               FROM interrupt_item AS link
               LEFT JOIN interrupt_hours AS hours ON hours.interrupt = link.interrupt
              WHERE link.relation = :caused
              GROUP BY link.item, link.interrupt",
        )?;
        let mut all: HashMap<ItemId, DebtInterest> = HashMap::new();
        let caused = named_params! { ":caused": Text(Relation::CausedBy) };
        for row in select.query_map(caused, |row| Ok((row.word("item")?, row.maybe_number("minutes")?)))? {
            let (item, minutes) = row?;
            let interest = all.entry(item).or_default();
            interest.interrupts += 1;
            match minutes {
                Some(minutes) => interest.minutes += minutes,
                None => interest.without_hours += 1,
            }
        }
        Ok(all)
    }

    /// The open items in their order, each with what its score is made of.
    pub fn open_scorables(&self) -> Result<Vec<OpenScorable>> {
        let parents = self.parents()?;
        let mut open: Vec<OpenScorable> = Vec::new();
        self.each_scorable(|item, ended, scorable| {
            if !ended {
                let place = open.len() as u32 + 1;
                open.push(OpenScorable { item, place, has_parts: parents.contains(&item), scorable });
            }
        })?;
        Ok(open)
    }

    /// All items, each with what its score is made of.
    pub(crate) fn scorables(&self) -> Result<Vec<(ItemId, Scorable)>> {
        let mut all = Vec::new();
        self.each_scorable(|item, _, scorable| all.push((item, scorable)))?;
        Ok(all)
    }

    /// Tells all items in their order, each with whether it has ended.
    fn each_scorable(&self, mut tell: impl FnMut(ItemId, bool, Scorable)) -> Result<()> {
        let mut inputs = self.all_inputs()?;
        let interest = self.debt_interest()?;
        let mut select = self.connection.prepare_cached(
            "SELECT item.id, item.kind, item.severity, item.size, state.category
               FROM item
               LEFT JOIN state ON state.id = item.state
              ORDER BY item.rank, item.id",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let item: ItemId = row.word("id")?;
            let ended = row.maybe_word::<Category>("category")?.is_some_and(Category::is_end);
            let scorable = Scorable {
                inputs: inputs.remove(&item).unwrap_or_default(),
                size: row.maybe_number("size")?,
                kind: row.maybe_word::<WorkKind>("kind")?,
                severity: row.maybe_word::<Severity>("severity")?,
                interest: interest.get(&item).copied().unwrap_or_default().known(),
            };
            tell(item, ended, scorable);
        }
        Ok(())
    }

    fn parents(&self) -> Result<HashSet<ItemId>> {
        let mut select =
            self.connection.prepare_cached("SELECT DISTINCT parent FROM item WHERE parent IS NOT NULL")?;
        let parents = select.query_map([], |row| row.word("parent"))?;
        Ok(parents.collect::<Result<_, _>>()?)
    }

    /// The items of which an input of their score by the team's method was set before a moment.
    pub fn items_rated_before(&self, moment: Instant) -> Result<Vec<ItemId>> {
        let (method, scoring) = (self.score_policy()?.method, self.scoring()?);
        let aged = |(_, scorable): &(ItemId, Scorable)| method.has_aged(scorable, &scoring, moment);
        Ok(self.scorables()?.into_iter().filter(aged).map(|(item, _)| item).collect())
    }

    /// The items that have one of some labels, whatever its capitals.
    pub fn items_labelled(&self, names: &[String]) -> Result<Vec<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT item FROM item_label WHERE kind = 'label' AND lower(name) = lower(:name)",
        )?;
        let mut items = Vec::new();
        for name in names {
            let found = select.query_map(named_params! { ":name": name }, |row| row.word("item"))?;
            for item in found {
                items.push(item?);
            }
        }
        Ok(items)
    }

    /// How the team scores, and when an input is old.
    pub fn score_policy(&self) -> Result<ScorePolicy> {
        let mut select = self
            .connection
            .prepare_cached("SELECT method, limit_days FROM score_policy ORDER BY id LIMIT 1")?;
        let policy = select.query_row([], |row| {
            Ok(ScorePolicy { method: row.word("method")?, limit_days: row.get("limit_days")? })
        });
        Ok(policy.optional()?.unwrap_or_default())
    }

    /// The weights and criteria with which items are scored.
    pub fn scoring(&self) -> Result<Scoring> {
        Ok(Scoring { weights: self.severity_weights()?, criteria: self.criteria()? })
    }

    /// The team's own criteria, in its order.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, name, weight, scale, is_interest FROM criterion ORDER BY rank, id")?;
        let criteria = select.query_map([], |row| {
            Ok(Criterion {
                id: row.word("id")?,
                name: row.get("name")?,
                weight: rating(row.get("weight")?)?,
                scale: row.word("scale")?,
                is_interest: row.get("is_interest")?,
            })
        })?;
        Ok(criteria.collect::<Result<_, _>>()?)
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
        SeverityWeights::new(critical, high, low).map_err(StoreError::damaged)
    }
}

impl Writer<'_> {
    /// Sets an input of an item, or takes it away.
    ///
    /// One that is set to what it was is given anew: it is as old as this moment.
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

    /// Says how the team scores, and when an input is old.
    pub fn put_score_policy(&mut self, policy: ScorePolicy) -> Result<()> {
        let values = (Text(policy.method), policy.limit_days);
        let changed = self.connection.execute(
            "UPDATE score_policy SET method = :method, limit_days = :days",
            named_params! { ":method": values.0, ":days": values.1 },
        )?;
        if changed == 0 {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO score_policy (id, method, limit_days) VALUES (:id, :method, :days)",
                named_params! { ":id": Text(id), ":method": values.0, ":days": values.1 },
            )?;
        }
        Ok(())
    }

    /// Adds a criterion after the others, or changes the one with its identity.
    pub fn put_criterion(&mut self, criterion: &Criterion) -> Result<()> {
        let last: Option<Rank> = self
            .connection
            .prepare_cached("SELECT rank FROM criterion ORDER BY rank DESC, id DESC LIMIT 1")?
            .query_row([], |row| row.word("rank"))
            .optional()?;
        self.connection
            .prepare_cached(
                "INSERT INTO criterion (id, name, weight, scale, is_interest, rank)
                 VALUES (:id, :name, :weight, :scale, :is_interest, :rank)
                 ON CONFLICT (id) DO UPDATE
                    SET name = excluded.name, weight = excluded.weight, scale = excluded.scale",
            )?
            .execute(named_params! {
                ":id": Text(criterion.id), ":name": criterion.name, ":weight": criterion.weight.in_hundredths(),
                ":scale": Text(criterion.scale), ":is_interest": criterion.is_interest,
                ":rank": Text(Rank::between(last.as_ref(), None)),
            })?;
        Ok(())
    }

    /// Puts a criterion right above another one, or last.
    pub fn move_criterion(&mut self, id: CriterionId, before: Option<CriterionId>) -> Result<()> {
        let ranks: Vec<(CriterionId, Rank)> = {
            let mut select =
                self.connection.prepare_cached("SELECT id, rank FROM criterion ORDER BY rank, id")?;
            let rows = select.query_map([], |row| Ok((row.word("id")?, row.word("rank")?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let others: Vec<&(CriterionId, Rank)> = ranks.iter().filter(|(other, _)| *other != id).collect();
        let at = before
            .and_then(|before| others.iter().position(|(other, _)| *other == before))
            .unwrap_or(others.len());
        let rank = |n: usize| others.get(n).map(|(_, rank)| rank);
        let new = Rank::between(at.checked_sub(1).and_then(rank), rank(at));
        self.connection
            .prepare_cached("UPDATE criterion SET rank = :rank WHERE id = :id")?
            .execute(named_params! { ":rank": Text(new), ":id": Text(id) })?;
        Ok(())
    }

    /// Takes a criterion away with all that was rated by it; the journal keeps both. Answers how many items had it.
    pub fn remove_criterion(&mut self, id: CriterionId) -> Result<usize> {
        let rated = self
            .connection
            .prepare_cached("DELETE FROM item_input WHERE criterion = :id")?
            .execute(named_params! { ":id": Text(id) })?;
        self.connection
            .prepare_cached("DELETE FROM criterion WHERE id = :id")?
            .execute(named_params! { ":id": Text(id) })?;
        Ok(rated)
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

fn read_input(row: &Row<'_>) -> rusqlite::Result<(ItemId, TermName, Input)> {
    let input = Input { rating: rating(row.get("value")?)?, set_at: Some(row.number("set_at")?) };
    Ok((row.word("item")?, row.word("criterion")?, input))
}

fn rating(hundredths: i64) -> rusqlite::Result<Rating> {
    Rating::hundredths(hundredths).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, hundredths))
}
