//! Windows on the ordered Product Backlog, and moves within it.
//!
//! 1. Which items stand in a window is said by the order beside the connection; their words come from the file.
//! 2. A text finds items with all of its words, in any order, of which the last may go on, and items whose label or
//!    outside key starts so. Words stand in titles and descriptions, in every script.

use super::order::{Index, Placed, Tally, Wanted};
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::backlog::{BacklogFilter, Fit, Gap, ItemPresent, Rank, SortView, WorkKind};
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::priority::{Fraction, Input, Method, PriorityInputs, Rating};
use domain::team::Lanes;
use rusqlite::types::FromSql;
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::{HashMap, HashSet};

/// An item as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedItem {
    /// Its identity.
    pub id: ItemId,
    /// Its position among the open items, from 0; none once it is done or cancelled.
    pub position: Option<usize>,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What is so now.
    pub present: ItemPresent,
    /// The item of which it is a part.
    pub parent: Option<ItemId>,
    /// Whether other items are parts of it.
    pub has_children: bool,
    /// Its keys elsewhere: the source and the key.
    pub keys: Vec<(String, String)>,
    /// Its inputs of prioritisation.
    pub inputs: PriorityInputs,
}

const LISTED: &str = "SELECT item.id, item.label, item.title, item.parent, item.created_at, item.kind, item.severity,
           item.size, item.state, item.state_since, item.owner, item.blocked, item.sprint, item.lane, item.origin,
           item.carried, item.readiness,
           (SELECT group_concat(source || char(9) || key, char(10))
              FROM outside_item
             WHERE outside_item.item = item.id) AS keys,
           CASE WHEN :any_inputs
                THEN (SELECT group_concat(criterion || char(9) || value || char(9) || set_at, char(10))
                        FROM item_input
                       WHERE item_input.item = item.id)
           END AS inputs
      FROM item";

impl<'t> Reader<'t> {
    /// Reads several things as they are at one moment.
    ///
    /// It is also faster: without it SQLite takes and leaves the file's lock for every row that is looked up.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Reader<'t>) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            return read(self);
        }
        // Outside of the transaction the order forgets what it kept for the case that one falls.
        drop(self.order.current(self.connection)?);
        let transaction = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let value = read(self)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(value)
    }

    /// A part of what a filter lets pass, in the order that is asked for, and how many items pass in all.
    ///
    /// The lanes say which kinds go where; they matter where the filter names lanes.
    pub fn backlog(
        &self,
        lanes: &Lanes,
        filter: &BacklogFilter,
        sort: SortView,
        from: usize,
        limit: usize,
    ) -> Result<(Vec<ListedItem>, usize)> {
        let (placed, total) = self.backlog_places(lanes, filter, sort, from, limit)?;
        Ok((self.listed(&placed)?, total))
    }

    /// The same without the items' words.
    pub fn backlog_places(
        &self,
        lanes: &Lanes,
        filter: &BacklogFilter,
        sort: SortView,
        from: usize,
        limit: usize,
    ) -> Result<(Vec<Placed>, usize)> {
        let named = lanes.all().iter().filter(|lane| filter.lanes.contains(&lane.id));
        let lane_kinds: Vec<WorkKind> = named.flat_map(|lane| lane.kinds.iter().copied()).collect();
        self.order.current(self.connection)?.window(
            &mut Wanted {
                filter,
                sort,
                lane_kinds: &lane_kinds,
                connection: self.connection,
                keys: &mut |text, found| self.with_key(text, found),
                texts: &mut |text, found| self.with_text(text, found),
                among: &mut || self.among(filter),
                scores: &mut || self.scores(sort),
                fit: &mut |item| self.fit(&filter.text, item),
            },
            from,
            limit,
        )
    }

    /// A part of the items that could be selected into a Sprint, in the order of the Product Backlog.
    pub fn selectable(&self, from: usize, limit: usize) -> Result<Vec<ListedItem>> {
        let placed = self.order.current(self.connection)?.selectable(from, limit);
        self.listed(&placed)
    }

    /// How many items are where.
    pub fn tally(&self) -> Result<Tally> {
        Ok(self.order.current(self.connection)?.tally())
    }

    /// How many items are open: neither done nor cancelled.
    pub fn open_items(&self) -> Result<usize> {
        Ok(self.order.current(self.connection)?.open())
    }

    /// Positions among the open items, from 0, of items in the order in which they are named.
    pub fn positions(&self, items: &[ItemId]) -> Result<Vec<Option<usize>>> {
        Ok(self.order.current(self.connection)?.positions(items))
    }

    /// Reads the open items from the top, each with whether it is a critical bug, as far as it is needed.
    pub fn from_top<T>(&self, read: impl FnOnce(&mut dyn Iterator<Item = (ItemId, bool)>) -> T) -> Result<T> {
        let index = self.order.current(self.connection)?;
        let value = read(&mut index.open_from_top());
        Ok(value)
    }

    /// The ranks of items, in the order in which these are named; one that is not there has none.
    pub fn ranks(&self, items: &[ItemId]) -> Result<Vec<Option<Rank>>> {
        let index = self.order.current(self.connection)?;
        Ok(items.iter().map(|item| index.rank(*item).cloned()).collect())
    }

    /// Ranks in a gap between open items, in order, for items that move there.
    pub fn ranks_in(&self, gap: Gap, moving: &[ItemId]) -> Result<Vec<Rank>> {
        let index = self.order.current(self.connection)?;
        let item = |position: Option<usize>| {
            position.and_then(|position| index.open_at(position)).map(|(item, _)| item)
        };
        Ok(ranks_between(&index, item(gap.above), item(gap.below), moving))
    }

    /// Ranks right above an item, in order, for items that move there.
    pub fn ranks_above(&self, below: ItemId, moving: &[ItemId]) -> Result<Vec<Rank>> {
        let index = self.order.current(self.connection)?;
        Ok(ranks_between(&index, None, Some(below), moving))
    }

    /// Ranks right below an item, in order, for new items.
    pub fn ranks_below(&self, above: ItemId, count: usize) -> Result<Vec<Rank>> {
        let index = self.order.current(self.connection)?;
        let (low, high) = index.ranks_around(Some(above), None, &HashSet::new());
        Ok(Rank::spread(low.as_ref(), high.as_ref(), count))
    }

    fn listed(&self, placed: &[Placed]) -> Result<Vec<ListedItem>> {
        let mut select = self.connection.prepare_cached(&format!("{LISTED} WHERE item.row = :row"))?;
        // Looking for the inputs of each item costs a tenth of the whole, and many teams have none.
        let any_inputs: bool = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM item_input)")?
            .query_row([], |row| row.get(0))?;
        let mut items = Vec::with_capacity(placed.len());
        for one in placed {
            let mut rows = select.query(named_params! { ":row": one.row, ":any_inputs": any_inputs })?;
            // An item that somebody else took away a moment ago is left out.
            if let Some(row) = rows.next()? {
                items.push(read_listed(row, one.position, one.has_parts)?);
            }
        }
        Ok(items)
    }

    /// An item as a list shows it.
    pub fn listed_item(&self, id: ItemId) -> Result<Option<ListedItem>> {
        let (position, has_children) = {
            let index = self.order.current(self.connection)?;
            (index.positions(&[id]).pop().flatten(), index.has_parts(id))
        };
        let mut select = self.connection.prepare_cached(&format!("{LISTED} WHERE item.id = :id"))?;
        let mut rows = select.query(named_params! { ":id": Text(id), ":any_inputs": true })?;
        Ok(rows.next()?.map(|row| read_listed(row, position, has_children)).transpose()?)
    }

    /// The items that are parts of an item, in their order.
    pub fn children(&self, id: ItemId) -> Result<Vec<ItemId>> {
        let mut select =
            self.connection.prepare_cached("SELECT id FROM item WHERE parent = :id ORDER BY rank, id")?;
        let children = select.query_map(named_params! { ":id": Text(id) }, |row| row.word("id"))?;
        Ok(children.collect::<Result<_, _>>()?)
    }

    /// The name of a started Sprint that has facts of an item; its figures would change without them.
    pub fn started_sprint_with(&self, id: ItemId) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT sprint.name
               FROM item_event
               JOIN sprint ON sprint.id = item_event.sprint
              WHERE item_event.subject = :item
                AND sprint.started_at IS NOT NULL
              ORDER BY sprint.started_at DESC
              LIMIT 1",
        )?;
        Ok(select.query_row(named_params! { ":item": Text(id) }, |row| row.get(0)).optional()?)
    }

    /// Who wrote down the facts of an item: the number of each operation with the person, who may be empty.
    pub fn writers_of(&self, id: ItemId) -> Result<HashMap<i64, String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT number, person
               FROM operation
              WHERE number IN (SELECT operation FROM item_event WHERE subject = :item)",
        )?;
        let people =
            select.query_map(named_params! { ":item": Text(id) }, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// Tells the rows of the items whose label or outside key starts with a text; one may be told twice.
    fn with_key(&self, text: &str, found: &mut dyn FnMut(i64)) -> Result<()> {
        let mut tell = |sql: &str, from: &str, to: &str| -> Result<()> {
            let mut select = self.connection.prepare_cached(sql)?;
            let mut rows = select.query(named_params! { ":from": from, ":to": to })?;
            while let Some(row) = rows.next()? {
                found(row.get(0)?);
            }
            Ok(())
        };
        if !text.contains(char::is_whitespace) && text.contains(|c: char| c.is_ascii_digit()) {
            let upper = text.to_uppercase();
            for start in if upper == text { vec![text] } else { vec![text, upper.as_str()] } {
                let end = format!("{start}\u{10FFFF}");
                tell("SELECT row FROM item WHERE label >= :from AND label < :to", start, &end)?;
                tell(
                    "WITH RECURSIVE tracker (source) AS (
                         SELECT min(source) FROM outside_item
                         UNION ALL
                         SELECT (SELECT min(source) FROM outside_item WHERE source > tracker.source)
                           FROM tracker
                          WHERE tracker.source IS NOT NULL
                     )
                     SELECT item.row
                       FROM tracker
                       JOIN outside_item ON outside_item.source = tracker.source
                        AND outside_item.key >= :from AND outside_item.key < :to
                       JOIN item ON item.id = outside_item.item",
                    start,
                    &end,
                )?;
            }
        }
        Ok(())
    }

    /// Tells the rows of the items in whose words a text stands, by reading all of them: the search index takes words
    /// of some scripts for several, and keeps no phrases.
    fn with_text(&self, text: &str, found: &mut dyn FnMut(i64)) -> Result<()> {
        let mut select = self.connection.prepare_cached(
            "SELECT row
               FROM item
              WHERE instr(lower(title), lower(:text)) > 0
                 OR instr(lower(description), lower(:text)) > 0",
        )?;
        let mut rows = select.query(named_params! { ":text": text })?;
        while let Some(row) = rows.next()? {
            found(row.get(0)?);
        }
        Ok(())
    }

    fn fit(&self, text: &str, item: ItemId) -> Result<Fit> {
        let mut select = self.connection.prepare_cached("SELECT label, title FROM item WHERE id = :id")?;
        let mut rows = select.query(named_params! { ":id": Text(item) })?;
        match rows.next()? {
            Some(row) => Ok(Fit::of(text, &row.get::<_, String>(0)?, &row.get::<_, String>(1)?)),
            None => Ok(Fit::Elsewhere),
        }
    }

    fn scores(&self, sort: SortView) -> Result<HashMap<ItemId, Fraction>> {
        let method = if sort == SortView::Score { self.score_policy()?.method } else { Method::Severity };
        let scoring = self.scoring()?;
        let scored = |(item, scorable): (ItemId, _)| {
            method.score(&scorable, &scoring).ok().map(|score| (item, score.exact))
        };
        Ok(self.scorables()?.into_iter().filter_map(scored).collect())
    }

    /// What the parts of a filter let pass that are not held beside the connection.
    fn among(&self, filter: &BacklogFilter) -> Result<Vec<Vec<ItemId>>> {
        let mut among = Vec::new();
        if !filter.labels.is_empty() {
            among.push(self.items_labelled(&filter.labels)?);
        }
        if let Some(moment) = filter.rated_before {
            among.push(self.items_rated_before(moment)?);
        }
        Ok(among)
    }
}

impl Writer<'_> {
    /// Takes an item away, with its facts and all else that belongs to it; answers whether there was one.
    ///
    /// The foreign keys refuse it in the end while another item is a part of it.
    pub fn remove_item(&mut self, id: ItemId) -> Result<bool> {
        for (table, column) in [
            ("item_event", "subject"),
            ("item_label", "item"),
            ("item_input", "item"),
            ("outside_item", "item"),
            ("interrupt_item", "item"),
            ("item_link", "item"),
            ("item_link", "other"),
        ] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?1"))?
                .execute([Text(id)])?;
        }
        Ok(self.connection.prepare_cached("DELETE FROM item WHERE id = ?1")?.execute([Text(id)])? > 0)
    }
}

fn ranks_between(
    index: &Index,
    above: Option<ItemId>,
    below: Option<ItemId>,
    moving: &[ItemId],
) -> Vec<Rank> {
    let all: HashSet<ItemId> = moving.iter().copied().collect();
    let (low, high) = index.ranks_around(above, below, &all);
    Rank::spread(low.as_ref(), high.as_ref(), moving.len())
}

/// Columns are read by their places in [`LISTED`]: finding them by name would cost as much as reading them.
fn read_listed(row: &Row<'_>, position: Option<usize>, has_children: bool) -> rusqlite::Result<ListedItem> {
    let mut inputs = PriorityInputs::default();
    for (name, value) in pairs(row.get(18)?) {
        let input = value.split_once('\t').and_then(|(value, set_at)| {
            let rating = Rating::hundredths(value.parse().ok()?).ok()?;
            Some(Input { rating, set_at: set_at.parse().ok().map(Instant::from_millis) })
        });
        if let (Ok(name), Some(input)) = (name.parse(), input) {
            inputs.set(name, input);
        }
    }
    Ok(ListedItem {
        id: word(row, 0)?,
        position,
        label: row.get(1)?,
        title: row.get(2)?,
        parent: maybe_word(row, 3)?,
        present: ItemPresent {
            created_at: maybe_number(row, 4)?,
            kind: maybe_word(row, 5)?,
            severity: maybe_word(row, 6)?,
            size: maybe_number(row, 7)?,
            state: maybe_word(row, 8)?,
            state_since: maybe_number(row, 9)?,
            owner: maybe_word(row, 10)?,
            blocked: row.get(11)?,
            sprint: maybe_word(row, 12)?,
            lane: maybe_word(row, 13)?,
            origin: maybe_word(row, 14)?,
            carried: row.get(15)?,
            readiness: super::read_readiness(row.get(16)?),
        },
        has_children,
        keys: pairs(row.get(17)?),
        inputs,
    })
}

fn word<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<T>
where
    Text<T>: FromSql,
{
    row.get::<_, Text<T>>(at).map(|text| text.0)
}

fn maybe_word<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>>
where
    Text<T>: FromSql,
{
    row.get::<_, Option<Text<T>>>(at).map(|text| text.map(|text| text.0))
}

fn maybe_number<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>>
where
    Number<T>: FromSql,
{
    row.get::<_, Option<Number<T>>>(at).map(|number| number.map(|number| number.0))
}

/// Lines of two words with a tabulator between them.
fn pairs(text: Option<String>) -> Vec<(String, String)> {
    let pair = |line: &str| line.split_once('\t').map(|(one, other)| (one.to_owned(), other.to_owned()));
    text.iter().flat_map(|text| text.split('\n')).filter_map(pair).collect()
}
