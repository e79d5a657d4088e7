//! What forecasts are drawn from, and the forecasts that were kept.
//!
//! 1. Work is done where an item without parts is in a state that means *done*, on the day on which it came there last
//!    from one that does not.
//! 2. A kept forecast and its score are written once and never changed.

use crate::Result;
use crate::backlog::OpenWork;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use domain::calendar::{Day, Instant};
use domain::forecast::{ForecastScore, KeptForecast, Marks, Seed, WEEKS};
use domain::identity::{ItemId, LaneId, RowId};
use domain::measures::{Minutes, Size};
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::{BTreeMap, HashMap, HashSet};

/// An item that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoneWork {
    /// The item.
    pub item: ItemId,
    /// When it was done.
    pub at: Instant,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// The lane of its selection; none where it was in none.
    pub lane: Option<LaneId>,
}

impl Reader<'_> {
    /// The items that were done from a moment on, by that moment (rule 1).
    pub fn done_since(&self, from: Instant) -> Result<Vec<DoneWork>> {
        let mut select = self.connection.prepare_cached(
            "WITH finish (state) AS (SELECT id FROM state WHERE category = 'done')
             SELECT item.id, item.size, item.lane, entered.happened_at,
                    entered.value IN (SELECT state FROM finish) AS is_done
               FROM item CROSS JOIN item_event AS entered ON entered.subject = item.id
              WHERE item.state IN (SELECT state FROM finish)
                AND item.state_since >= :from
                AND NOT EXISTS (SELECT 1 FROM item AS part WHERE part.parent = item.id)
                AND entered.kind IN ('created', 'moved')
              ORDER BY item.id, entered.happened_at, entered.recorded_at, entered.id",
        )?;
        let mut rows = select.query(named_params! { ":from": Number(from) })?;
        let mut all: Vec<DoneWork> = Vec::new();
        // Its states come in order: from each one that is open the item has to be done anew.
        let mut is_done_before = false;
        while let Some(row) = rows.next()? {
            let (item, at, is_done): (ItemId, Instant, bool) = (row.word(0)?, row.number(3)?, row.get(4)?);
            match all.last_mut().filter(|last| last.item == item) {
                Some(last) if is_done && !is_done_before => last.at = at,
                Some(_) => {}
                None => all.push(DoneWork { item, at, size: row.maybe_number(1)?, lane: row.maybe_word(2)? }),
            }
            is_done_before = is_done;
        }
        all.retain(|done| done.at >= from);
        all.sort_by_key(|done| (done.at, done.item));
        Ok(all)
    }

    /// The open items that have no parts, in the order of the Product Backlog.
    pub fn open_work(&self) -> Result<Vec<OpenWork>> {
        Ok(self.order.current(self.connection)?.open_work().collect())
    }

    /// The labels of some items and how many of these have each, the most used first.
    pub fn labels_of_open(&self, items: &HashSet<ItemId>) -> Result<Vec<(String, u32)>> {
        let mut select =
            self.connection.prepare_cached("SELECT item, name FROM item_label WHERE kind = 'label'")?;
        let mut uses: BTreeMap<String, u32> = BTreeMap::new();
        for row in select.query_map([], |row| Ok((row.word("item")?, row.get("name")?)))? {
            let (item, name): (ItemId, String) = row?;
            if items.contains(&item) {
                *uses.entry(name).or_default() += 1;
            }
        }
        let mut labels: Vec<(String, u32)> = uses.into_iter().collect();
        labels.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
        Ok(labels)
    }

    /// Since when the team's work is known: the first start of a Sprint, or the first item that is done, if that was
    /// earlier. None where there is neither.
    pub fn work_known_since(&self) -> Result<Option<Instant>> {
        let mut select = self.connection.prepare_cached(
            "SELECT min(at)
               FROM (SELECT min(started_at) AS at FROM sprint WHERE removed_at IS NULL
                     UNION ALL
                     SELECT min(state_since) FROM item
                      WHERE state IN (SELECT id FROM state WHERE category = 'done'))",
        )?;
        let at: Option<Number<Instant>> = select.query_row([], |row| row.get(0))?;
        Ok(at.map(|at| at.0))
    }

    /// The lanes that are a buffer, or once were.
    pub fn buffer_lanes(&self) -> Result<HashSet<LaneId>> {
        let mut select =
            self.connection.prepare_cached("SELECT DISTINCT lane FROM lane_share WHERE is_buffer <> 0")?;
        let lanes = select.query_map([], |row| row.word("lane"))?;
        Ok(lanes.collect::<Result<_, _>>()?)
    }

    /// What interrupts took on each day from the first to the last; a day without hours has no entry.
    pub fn interrupt_minutes(&self, first: Day, last: Day) -> Result<BTreeMap<Day, Minutes>> {
        let mut select = self.connection.prepare_cached(
            "SELECT day, sum(minutes) AS minutes
               FROM interrupt_hours
              WHERE day BETWEEN :first AND :last
              GROUP BY day",
        )?;
        let days = select
            .query_map(named_params! { ":first": Text(first), ":last": Text(last) }, |row| {
                Ok((row.word("day")?, row.number("minutes")?))
            })?
            .collect::<Result<_, _>>()?;
        Ok(days)
    }

    /// How many weeks of the past forecasts are drawn from.
    pub fn forecast_weeks(&self) -> Result<u32> {
        let mut select =
            self.connection.prepare_cached("SELECT weeks FROM forecast_window ORDER BY id LIMIT 1")?;
        Ok(select.query_row([], |row| row.get(0)).optional()?.unwrap_or(WEEKS))
    }

    /// The forecasts that were kept, the latest first.
    pub fn kept_forecasts(&self) -> Result<Vec<KeptForecast>> {
        let mut items: HashMap<RowId, Vec<ItemId>> = HashMap::new();
        let mut select =
            self.connection.prepare_cached("SELECT forecast, item FROM forecast_item ORDER BY id")?;
        for row in select.query_map([], |row| Ok((row.word("forecast")?, row.word("item")?)))? {
            let (forecast, item) = row?;
            items.entry(forecast).or_default().push(item);
        }
        let mut select = self.connection.prepare_cached(
            "SELECT forecast.id, forecast.made_at, forecast.question, forecast.answer, forecast.asked,
                    forecast.drawn_from, forecast.seed, forecast.trials, forecast.unit, forecast.sprint,
                    forecast.first_day, forecast.last_day, forecast.amount, forecast.marks,
                    forecast.mark_50, forecast.mark_70, forecast.mark_85, forecast.mark_95,
                    score.sprint AS scored_by, score.recorded_at, score.outcome,
                    score.held_50, score.held_70, score.held_85, score.held_95
               FROM forecast
               LEFT JOIN forecast_score AS score ON score.forecast = forecast.id
              ORDER BY forecast.made_at DESC, forecast.id DESC",
        )?;
        let kept = select.query_map([], read_kept)?;
        let mut all = kept.collect::<Result<Vec<KeptForecast>, _>>()?;
        for one in &mut all {
            one.items = items.remove(&one.id).unwrap_or_default();
        }
        Ok(all)
    }
}

impl Writer<'_> {
    /// Says how many weeks of the past forecasts are drawn from.
    pub fn put_forecast_weeks(&mut self, weeks: u32) -> Result<()> {
        self.connection.execute("DELETE FROM forecast_window", [])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO forecast_window (id, weeks) VALUES (:id, :weeks)",
            named_params! { ":id": Text(id), ":weeks": weeks },
        )?;
        Ok(())
    }

    /// Keeps a forecast; its identity is made here.
    pub fn keep_forecast(&mut self, kept: &KeptForecast) -> Result<RowId> {
        let id: RowId = self.identity();
        let (kind, marks) = match kept.marks {
            Marks::Amounts(amounts) => ("amounts", amounts.map(|amount| Some(amount.in_hundredths()))),
            Marks::Days(days) => ("days", days.map(|day| day.map(i64::from))),
        };
        self.connection.execute(
            "INSERT INTO forecast (id, operation, made_at, question, answer, asked, drawn_from, seed, trials, unit, sprint,
                                   first_day, last_day, amount, marks, mark_50, mark_70, mark_85, mark_95)
             VALUES (:id, :operation, :made_at, :question, :answer, :asked, :drawn_from, :seed, :trials, :unit, :sprint,
                     :first_day, :last_day, :amount, :marks, :mark_50, :mark_70, :mark_85, :mark_95)",
            named_params! {
                ":id": Text(id),
                ":operation": self.operation,
                ":made_at": Number(kept.made_at),
                ":question": kept.question,
                ":answer": kept.answer,
                ":asked": kept.asked,
                ":drawn_from": kept.drawn_from,
                ":seed": kept.seed.number(),
                ":trials": kept.trials,
                ":unit": Text(kept.unit),
                ":sprint": text(kept.sprint),
                ":first_day": Text(kept.first_day),
                ":last_day": text(kept.last_day),
                ":amount": kept.amount.map(Number),
                ":marks": kind,
                ":mark_50": marks[0],
                ":mark_70": marks[1],
                ":mark_85": marks[2],
                ":mark_95": marks[3],
            },
        )?;
        for item in &kept.items {
            let row: RowId = self.identity();
            self.connection
                .prepare_cached(
                    "INSERT INTO forecast_item (id, forecast, item) VALUES (:id, :forecast, :item)",
                )?
                .execute(named_params! { ":id": Text(row), ":forecast": Text(id), ":item": Text(*item) })?;
        }
        Ok(id)
    }

    /// Writes down what became of a forecast.
    pub fn score_forecast(&mut self, forecast: RowId, score: &ForecastScore) -> Result<()> {
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO forecast_score (id, operation, forecast, sprint, recorded_at, outcome,
                                         held_50, held_70, held_85, held_95)
             VALUES (:id, :operation, :forecast, :sprint, :recorded_at, :outcome,
                     :held_50, :held_70, :held_85, :held_95)",
            named_params! {
                ":id": Text(id),
                ":operation": self.operation,
                ":forecast": Text(forecast),
                ":sprint": Text(score.sprint),
                ":recorded_at": Number(score.recorded_at),
                ":outcome": score.outcome,
                ":held_50": score.held[0],
                ":held_70": score.held[1],
                ":held_85": score.held[2],
                ":held_95": score.held[3],
            },
        )?;
        Ok(())
    }
}

fn read_kept(row: &Row<'_>) -> rusqlite::Result<KeptForecast> {
    let columns = ["mark_50", "mark_70", "mark_85", "mark_95"];
    let mut marks = [None; 4];
    for (mark, column) in marks.iter_mut().zip(columns) {
        *mark = row.get::<_, Option<i64>>(column)?;
    }
    let kind: String = row.get("marks")?;
    let marks = if kind == "days" {
        Marks::Days(marks.map(|day| day.and_then(|day| u32::try_from(day).ok())))
    } else {
        Marks::Amounts(marks.map(|amount| Size::hundredths(amount.unwrap_or_default())))
    };
    let score = match row.maybe_word("scored_by")? {
        None => None,
        Some(sprint) => Some(ForecastScore {
            sprint,
            recorded_at: row.number("recorded_at")?,
            outcome: row.get("outcome")?,
            held: [row.get("held_50")?, row.get("held_70")?, row.get("held_85")?, row.get("held_95")?],
        }),
    };
    Ok(KeptForecast {
        id: row.word("id")?,
        made_at: row.number("made_at")?,
        question: row.get("question")?,
        answer: row.get("answer")?,
        asked: row.get("asked")?,
        drawn_from: row.get("drawn_from")?,
        seed: Seed::new(row.get("seed")?),
        trials: row.get("trials")?,
        unit: row.word("unit")?,
        sprint: row.maybe_word("sprint")?,
        first_day: row.word("first_day")?,
        last_day: row.maybe_word("last_day")?,
        amount: row.maybe_number("amount")?,
        items: Vec::new(),
        marks,
        score,
    })
}
